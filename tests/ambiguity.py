"""Finds the repetitions of a pattern that read one string in two ways: where a match fails there, every way is tried.

Python's engine tries alternatives one after the other and goes back to each of them when what follows fails. A repetition
whose rounds can be cut in two ways (``(?:a+)+``, ``(?:a|ab?)*``, ``(?:x?y?)+``) takes time that doubles with every
character; two endless repetitions that can share their characters (``a*b?a*``) take the square.

A pattern is taken apart into its places (one for each character class) and the steps between them, each with the number
of ways to take it. Ranges such as ``{2,14}`` count as endless where they stand in another repetition, assertions count as
fulfilled, and what they hold is looked at by itself. So a pattern that passes cannot explode, and one that is refused may
still be harmless: reword it, or make a repetition possessive (``++``, ``{2,14}+``, ``(?>…)``).
"""

from __future__ import annotations

import re._constants as op
import re._parser as parser
from collections import Counter, deque
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import permutations, product
from operator import and_, or_

FEW_ROUNDS = 3  # a repetition of at most so many rounds multiplies the work by a constant: it is written out
WRITTEN_OUT = 24  # so is one of a fixed number of rounds (\d{18}), and one of few characters ( {0,8})
ENDLESS_ROUNDS = 500
MAX_STATES = 200_000
# One character of each kind that the classes of patterns tell apart; those a pattern names come on top.
State = tuple[int, ...]  # places that are reached at once, over the same string
SAMPLE = "a0 >Z_,.;:|()-中公件条一，。；：、（）“”【】《》\t\n\u3000\xa0é０\uffff"


@dataclass(frozen=True)
class Finding:
    """``kind`` is ``exponential`` or ``polynomial``; ``lead``, ``pump`` many times and a foreign character are slow."""

    kind: str
    lead: str
    pump: str


def findings(pattern: str, flags: int = 0) -> list[Finding]:
    """The ambiguous repetitions of ``pattern``, at most one of each kind for each of its assertions and for the rest.

    >>> [finding.kind for finding in findings("(?:a+)+b")], findings("(?:a+,)+b")
    (['exponential'], [])
    """
    return [
        found
        for graph in graphs(pattern, flags)
        for found in (_doubled(graph), _overlapping(graph))
        if found is not None
    ]


def repetitions(pattern: str, flags: int = 0) -> list[tuple[str, str]]:
    """For each repetition of ``pattern`` a string that leads into it, and one that it reads again and again.

    >>> repetitions("第(?:一、)+")
    [('第一', '、一')]
    """
    found = []
    for graph in graphs(pattern, flags):
        for members in _components(graph.steps, set()):
            place = min(members)
            inside = set(members)
            round_ = _walk(
                graph.together((place,), inside),
                lambda state, place=place: state == (place,),
                lambda state, graph=graph, inside=inside: graph.together(state, inside),
            )
            found.append((graph.lead(place), graph.text(round_ or [])))
    return found


def graphs(pattern: str, flags: int = 0) -> Iterator[Graph]:
    """The places and steps of a pattern, then those of each assertion and atomic group in it."""
    tree = parser.parse(pattern, flags)
    waiting, groups = [tree], {}
    while waiting:
        graph = Graph(waiting.pop(), tree.state.flags, groups)
        yield graph
        waiting += graph.inner


@dataclass
class _Part:
    """A piece of a pattern: where it can begin and end, each place with its number of ways, and the ways to be empty."""

    first: Counter = field(default_factory=Counter)
    last: Counter = field(default_factory=Counter)
    empty: int = 1


class Graph:
    """The places of a pattern and the steps between them, each with its number of ways (2 stands for more)."""

    def __init__(self, tree, flags: int, groups: dict) -> None:
        self.flags = flags
        self.alphabet = "".join(dict.fromkeys([*_named(tree), *SAMPLE]))
        self.reads: list[int] = []  # what each place reads of the alphabet, one bit a character
        self.steps: list[Counter] = []
        self.limited: set[tuple[int, int]] = set()  # steps into a further round of a repetition that has a limit
        self.atoms: dict[int, int] = {}  # places inside an atomic group, by the group
        self.settled: set[tuple[int, int]] = set()  # steps inside one
        self.inner: list = []  # assertions and atomic groups
        self.groups = groups  # what a reference to a group reads again
        self._steps_by_character: dict[int, dict[int, list[int]]] = {}
        self.first = self._sequence(tree).first

    def shared(self, state: State) -> int:
        """What all places of a state read, one bit a character of the alphabet."""
        return reduce(and_, (self.reads[place] for place in state))

    def any_of(self, places: Iterable[int]) -> int:
        """What at least one of the places reads."""
        return reduce(or_, (self.reads[place] for place in places))

    def text(self, path: Iterable[State]) -> str:
        """A string that is read along a path."""
        bits = [self.shared(state) for state in path]
        return "".join(self.alphabet[(bit & -bit).bit_length() - 1] for bit in bits)

    def lead(self, place: int) -> str:
        """A string from the beginning of the pattern to a place, its own character included."""
        path = _walk([(first,) for first in self.first], lambda state: state == (place,), self.together)
        return self.text(path or [])

    def together(self, state: State, inside: Container[int] | None = None) -> Iterator[State]:
        """The states that one more character leads to from ``state``, all of its places taking a step."""
        found: dict[State, None] = {}
        ways = [self._by_character(place) for place in state]
        for character in ways[0]:
            choices = [way.get(character, ()) for way in ways]
            if inside is not None:
                choices = [[after for after in choice if after in inside] for choice in choices]
            found.update(dict.fromkeys(product(*choices)))
        yield from found

    def _by_character(self, place: int) -> dict[int, list[int]]:
        """The steps from a place by what is read, one bit of the alphabet."""
        if place not in self._steps_by_character:
            ways: dict[int, list[int]] = {}
            for after in self.steps[place]:
                bits = self.reads[after]
                while bits:
                    ways.setdefault(bits & -bits, []).append(after)
                    bits &= bits - 1
            self._steps_by_character[place] = ways
        return self._steps_by_character[place]

    def _sequence(self, tree) -> _Part:
        whole = _Part()
        for code, argument in tree:
            whole = self._then(whole, self._piece(code, argument))
        return whole

    def _then(self, before: _Part, after: _Part) -> _Part:
        self._step(before.last, after.first)
        first, last = Counter(before.first), Counter(after.last)
        for place, ways in after.first.items():
            first[place] += ways * before.empty
        for place, ways in before.last.items():
            last[place] += ways * after.empty
        return _Part(+first, +last, min(2, before.empty * after.empty))

    def _step(self, ends: Counter, begins: Counter, *, limited: bool = False) -> None:
        for end, ways in ends.items():
            for begin, more in begins.items():
                if limited and begin not in self.steps[end]:
                    self.limited.add((end, begin))
                elif not limited:
                    self.limited.discard((end, begin))
                self.steps[end][begin] = min(2, self.steps[end][begin] + ways * more)

    def _piece(self, code, argument) -> _Part:
        if code in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            return self._place(self._bits(code, argument))
        if code is op.SUBPATTERN:
            self.groups[argument[0]] = argument[-1]
            return self._sequence(argument[-1])
        if code is op.GROUPREF:
            return self._sequence(self.groups[argument])
        if code is op.GROUPREF_EXISTS:
            return self._branch([self._sequence(branch or ()) for branch in argument[1:]])
        if code is op.BRANCH:
            return self._branch([self._sequence(branch) for branch in argument[1]])
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self._repeat(*argument)
        if code is op.ATOMIC_GROUP:
            return self._atom(argument)
        if code is op.POSSESSIVE_REPEAT:
            return self._atom([(op.MAX_REPEAT, argument)])
        if code in (op.ASSERT, op.ASSERT_NOT):
            self.inner.append(argument[1])
        return _Part()  # what only looks reads nothing

    def _place(self, reads: int) -> _Part:
        self.reads.append(reads)
        self.steps.append(Counter())
        return _Part(Counter([len(self.reads) - 1]), Counter([len(self.reads) - 1]), 0)

    def _branch(self, parts: Iterable[_Part]) -> _Part:
        whole = _Part(empty=0)
        for part in parts:
            whole.first.update(part.first)
            whole.last.update(part.last)
            whole.empty = min(2, whole.empty + part.empty)
        return whole

    def _repeat(self, least: int, most: int, tree) -> _Part:
        short = len(tree) == 1 and tree[0][0] in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
        if most <= FEW_ROUNDS or (most <= WRITTEN_OUT and (short or least == most)):
            whole = _Part()
            for number in range(most, 0, -1):  # x{1,3} is x(?:x(?:x)?)?
                whole = self._then(self._sequence(tree), whole)
                whole.empty = min(2, whole.empty + (number > least))
            return whole
        part = self._sequence(tree)
        self._step(part.last, part.first, limited=most is not parser.MAXREPEAT and most < ENDLESS_ROUNDS)
        return _Part(part.first, part.last, max(1, part.empty) if least == 0 else part.empty)

    def _atom(self, tree) -> _Part:
        """An atomic group: what it repeats leaves no choice to what stands around it, and is one round here."""
        self.inner.append(tree)
        begin = len(self.reads)
        part = self._sequence([_once(item) for item in tree])
        for place in range(begin, len(self.reads)):
            self.atoms[place] = begin
            self.settled.update((place, after) for after in self.steps[place])
        return part

    def is_choice(self, place: int, one: int, other: int) -> bool:
        """Whether the engine goes back to ``place`` and takes the other step after the one failed."""
        if {(place, one), (place, other)} & self.settled:
            return False
        return one not in self.atoms or self.atoms[one] != self.atoms.get(other)

    def _bits(self, code, argument) -> int:
        return sum(1 << at for at, character in enumerate(self.alphabet) if self._is_read(code, argument, character))

    def _is_read(self, code, argument, character: str) -> bool:
        if code is op.ANY:
            return character != "\n" or bool(self.flags & parser.SRE_FLAG_DOTALL)
        forms = (
            {character, character.lower(), character.upper()}
            if self.flags & parser.SRE_FLAG_IGNORECASE
            else {character}
        )
        if code is op.IN:
            negated = argument[0][0] is op.NEGATE
            return negated != any(_is_in(item, form) for item in argument[negated:] for form in forms)
        return (code is op.LITERAL) == (argument in {ord(form) for form in forms if len(form) == 1})


def _once(item):
    code, argument = item
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, _, tree = argument
        return op.MAX_REPEAT, (min(least, 1), 1, [_once(inner) for inner in tree])
    return item


def _is_in(item, character: str) -> bool:
    code, argument = item
    if code is op.LITERAL:
        return ord(character) == argument
    if code is op.RANGE:
        return argument[0] <= ord(character) <= argument[1]
    name = str(argument)
    holds = {
        "DIGIT": character.isdecimal(),
        "SPACE": character.isspace(),
        "WORD": character.isalnum() or character == "_",
    }[name.rpartition("_")[2]]
    return holds != ("NOT" in name)


def _named(tree) -> Iterator[str]:
    """The characters that a pattern names, and those beside the ends of its ranges."""
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple) and len(item) == 2 and item[0] in (op.LITERAL, op.NOT_LITERAL):
            yield chr(item[1])
        elif isinstance(item, tuple) and len(item) == 2 and item[0] is op.RANGE:
            low, high = item[1]
            yield from (chr(code) for code in {low, high, max(0, low - 1), min(0x10FFFF, high + 1)})
        elif isinstance(item, (tuple, list, parser.SubPattern)):
            waiting += list(item)


def _components(steps: list[Counter], limited: set[tuple[int, int]]) -> list[list[int]]:
    """The places that lead to one another, in groups; a place that does not lead to itself is in none (Tarjan)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    path: list[int] = []
    on_path: set[int] = set()
    found: list[list[int]] = []

    def leads(place: int) -> Iterator[int]:
        return (after for after in steps[place] if (place, after) not in limited)

    for root in range(len(steps)):
        if root in order:
            continue
        stack = [(root, leads(root))]
        order[root] = low[root] = len(order)
        path.append(root)
        on_path.add(root)
        while stack:
            place, following = stack[-1]
            for after in following:
                if after not in order:
                    order[after] = low[after] = len(order)
                    path.append(after)
                    on_path.add(after)
                    stack.append((after, leads(after)))
                    break
                if after in on_path:
                    low[place] = min(low[place], order[after])
            else:
                stack.pop()
                if stack:
                    low[stack[-1][0]] = min(low[stack[-1][0]], low[place])
                if low[place] == order[place]:
                    group = []
                    while (member := path.pop()) != place:
                        group.append(member)
                    group.append(place)
                    on_path.difference_update(group)
                    if len(group) > 1 or place in set(leads(place)):
                        found.append(group)
    return found


def _doubled(graph: Graph) -> Finding | None:
    """A repetition whose rounds can be cut in two ways: two paths over one string that leave a place and meet again."""
    for members in _components(graph.steps, set()):
        inside = set(members)

        def follow(state: State, inside: set[int] = inside) -> Iterator[State]:
            return graph.together(state, inside)

        parted = {
            (one, other): place
            for place in members
            for one, other in follow((place, place))
            if one < other or (one == other and graph.steps[place][one] > 1)
            if graph.is_choice(place, one, other)
        }
        met = _walk(parted, lambda state: state[0] == state[1], follow)
        if met is not None:
            place = parted[met[0]]
            back = _walk([met[-1][:1]], lambda state, place=place: state == (place,), follow)
            return Finding("exponential", graph.lead(place), graph.text([*met, *back[1:]]))
    return None


def _overlapping(graph: Graph) -> Finding | None:
    """Two endless repetitions, one behind the other, that can share a string in many ways."""
    components = _components(graph.steps, graph.limited)
    for members, later in permutations(components, 2):
        before, behind = set(members), set(later)
        if not graph.any_of(before) & graph.any_of(behind):
            continue

        def follow(state: State, before: set[int] = before, behind: set[int] = behind) -> Iterator[State]:
            return (after for after in graph.together(state) if after[0] in before and after[2] in behind)

        for place, last in product(members, later):
            goal = (place, last, last)
            path = _walk(follow((place, place, last)), lambda state, goal=goal: state == goal, follow)
            if path is not None:
                return Finding("polynomial", graph.lead(place), graph.text(path))
    return None


def _walk(
    starts: Iterable[State], reached: Callable[[State], bool], follow: Callable[[State], Iterable[State]]
) -> list[State] | None:
    """The shortest path from one of ``starts`` to a state that is ``reached``, both included; ``None`` without one."""
    before: dict[State, State | None] = dict.fromkeys(starts)
    queue = deque(before)
    while queue:
        state: State | None = queue.popleft()
        if reached(state):
            path = []
            while state is not None:
                path.append(state)
                state = before[state]
            return path[::-1]
        for after in follow(state):
            if after not in before:
                before[after] = state
                queue.append(after)
        if len(before) > MAX_STATES:
            raise ValueError("the pattern is too long to be looked through")
    return None
