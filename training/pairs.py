"""Learn which measures answer a problem, and measure how well problems are paired.

Measured on families that the weights did not come from, once with the corpus's own roles and labels (the pairing by
itself) and once with those that models give which did not see the family either (the whole path). Weak answers of the
corpus are neither asked for nor wrong, and nothing is learnt from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sklearn.model_selection import GroupKFold

from nlp.labelling.label import clean_statement
from nlp.labelling.label_set import packaged_labels
from nlp.labelling.pairing import candidates, pair_statements, sides
from nlp.narrative.linear import Linear
from nlp.records import Label, Role, Span, Statement
from training.corpus import Passage
from training.linear import fit_linear

COST, FOLDS = 0.3, 5
Pairs = set[tuple[int, int]]
Judged = tuple[Role, Sequence[str]]  # the role and the labels of a statement


def true_pairs(passage: Passage) -> tuple[Pairs, Pairs]:
    """(problem, measure) places that the corpus pairs, and those it pairs weakly."""
    strong = {(problem, at) for at, s in enumerate(passage.statements) for problem in s.answers}
    weak = {(problem, at) for at, s in enumerate(passage.statements) for problem in s.answers_weakly}
    return strong, weak - strong


def own_labels(passage: Passage) -> list[Judged]:
    """The roles and labels of the corpus."""
    return [(s.role, s.labels) for s in passage.statements]


def learn_pairing(passages: Sequence[Passage]) -> Linear:
    """The weights of signs from all passages. The same passages give the same weights."""
    examples = [example for passage in passages for example in _examples(passage)]
    return fit_linear([found for found, _ in examples], [answers for _, answers in examples], cost=COST)


def _examples(passage: Passage) -> Iterator[tuple[list[str], bool]]:
    strong, weak = true_pairs(passage)
    labels = packaged_labels()
    problems, measures = sides(*_statements(passage, own_labels(passage)), labels)
    for problem in problems:
        for measure, found in candidates(problem, problems, measures, labels):
            pair = (problem.ordinal, measure.ordinal)
            if pair not in weak:
                yield found, pair in strong


def pairs_of(passage: Passage, judged: Sequence[Judged], pairing: Linear | None = None) -> Pairs:
    """What the pairing finds when the statements have these roles and labels."""
    answers = pair_statements(*_statements(passage, judged), pairing=pairing)
    return {(problem, answer.measure) for problem, found in answers.items() for answer in found}


def _statements(passage: Passage, judged: Sequence[Judged]) -> tuple[list[Statement], list[str]]:
    statements = []
    for at, (marked, (role, keys)) in enumerate(zip(passage.statements, judged, strict=True)):
        labels: tuple[Label, ...] = ()
        if role == "problem" or role == "measure":
            labels = tuple(Label(role, key, 1.0, "corpus", True) for key in keys)
        heading = passage.heading_of(marked)
        statements.append(Statement(Span(marked.start, marked.end), "problems", heading, at, role, 1.0, labels))
    return statements, [clean_statement(passage.of(s)) for s in passage.statements]


def score(passages: Sequence[Passage], judged: Sequence[Sequence[Judged]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all pairs, by weights that did not see the family.

    Parameters
    ----------
    judged : for each passage the roles and labels of its statements
    """
    hits = extra = missed = 0
    for train, test in GroupKFold(FOLDS).split(passages, groups=[passage.family for passage in passages]):
        model = learn_pairing([passages[at] for at in train])
        for at in test:
            strong, weak = true_pairs(passages[at])
            found = pairs_of(passages[at], judged[at], model) - weak
            hits, extra, missed = hits + len(found & strong), extra + len(found - strong), missed + len(strong - found)
    precision, recall = hits / max(1, hits + extra), hits / max(1, hits + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def table(passages: Sequence[Passage], judged: Iterator[Judged]) -> str:
    """Both measurements as a Markdown table; ``judged`` has the statements of all passages in order."""
    given = [[next(judged) for _ in passage.statements] for passage in passages]
    lines = ["| pairs of problem and measure | precision | recall | F1 |", "|---|---|---|---|"]
    for name, labels in (
        ("with the corpus's labels", [own_labels(passage) for passage in passages]),
        ("with the labels of models that did not see the family", given),
    ):
        precision, recall, f1 = score(passages, labels)
        lines.append(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    return "\n".join(lines) + "\n"
