"""How well problems are paired with the measures that answer them.

Measured on the corpus, once with its own roles and labels (the pairing by itself) and once with those that models give
which did not see the family (the whole path; ``training.compare`` trains them). Weak answers of the corpus are neither
asked for nor wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nlp.labelling.label import clean_statement
from nlp.labelling.pairing import pair_statements
from nlp.records import Label, Role, Span, Statement
from training.corpus import Passage

Pairs = set[tuple[int, int]]
Judged = tuple[Role, Sequence[str]]  # the role and the labels of a statement


def true_pairs(passage: Passage) -> tuple[Pairs, Pairs]:
    """(problem, measure) places that the corpus pairs, and those it pairs weakly."""
    strong = {(problem, at) for at, s in enumerate(passage.statements) for problem in s.answers}
    weak = {(problem, at) for at, s in enumerate(passage.statements) for problem in s.answers_weakly}
    return strong, weak - strong


def pairs_by_labels(passage: Passage) -> Pairs:
    """What the pairing finds with the roles and labels of the corpus."""
    return pairs_of(passage, [(s.role, s.labels) for s in passage.statements])


def pairs_of(passage: Passage, judged: Sequence[Judged]) -> Pairs:
    """What the pairing finds when the statements have these roles and labels."""
    statements = []
    for at, (marked, (role, keys)) in enumerate(zip(passage.statements, judged, strict=True)):
        labels: tuple[Label, ...] = ()
        if role == "problem" or role == "measure":
            labels = tuple(Label(role, key, 1.0, "corpus", True) for key in keys)
        statements.append(Statement(Span(marked.start, marked.end), "problems", "", at, role, 1.0, labels))
    answers = pair_statements(statements, [clean_statement(passage.of(s)) for s in passage.statements])
    return {(problem, answer.measure) for problem, found in answers.items() for answer in found}


def score(passages: Sequence[Passage], find: Callable[[Passage], Pairs]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all pairs."""
    hits = extra = missed = 0
    for passage in passages:
        strong, weak = true_pairs(passage)
        found = find(passage) - weak
        hits, extra, missed = hits + len(found & strong), extra + len(found - strong), missed + len(strong - found)
    precision, recall = hits / max(1, hits + extra), hits / max(1, hits + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def table(passages: Sequence[Passage], judged: Iterator[Judged]) -> str:
    """Both measurements as a Markdown table; ``judged`` has the statements of all passages in order."""
    given = {passage.id: [next(judged) for _ in passage.statements] for passage in passages}
    lines = ["| pairs of problem and measure | precision | recall | F1 |", "|---|---|---|---|"]
    for name, find in (
        ("with the corpus's labels", pairs_by_labels),
        ("with the labels of models that did not see the family", lambda p: pairs_of(p, given[p.id])),
    ):
        precision, recall, f1 = score(passages, find)
        lines.append(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    return "\n".join(lines) + "\n"
