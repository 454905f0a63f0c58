"""How well problems are paired with the measures that answer them: `python -m training.pairs`.

Measured on the corpus, once with its own roles and labels (the pairing by itself) and once on what the stored model
makes of the texts (the whole path). Weak answers of the corpus are neither asked for nor wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nlp.labelling.label import clean_statement, label_statements
from nlp.labelling.pairing import pair_statements
from nlp.narrative.statements import Piece
from nlp.reading.clean import CleanText
from nlp.records import Label, Span, Statement
from training.corpus import CORPUS, Marked, Passage, read_passages

Pairs = set[tuple[int, int]]


def true_pairs(passage: Passage) -> tuple[Pairs, Pairs]:
    """(problem, measure) places that the corpus pairs, and those it pairs weakly."""
    strong = {(problem, at) for at, s in enumerate(passage.statements) for problem in s.answers}
    weak = {(problem, at) for at, s in enumerate(passage.statements) for problem in s.answers_weakly}
    return strong, weak - strong


def pairs_by_labels(passage: Passage) -> Pairs:
    """What the pairing finds with the roles and labels of the corpus."""
    statements = [_statement(at, s) for at, s in enumerate(passage.statements)]
    return _pairs(pair_statements(statements, [clean_statement(passage.of(s)) for s in passage.statements]))


def pairs_by_model(passage: Passage) -> Pairs:
    """What the whole path finds in statements cut as the corpus cuts them."""
    pieces = [Piece("problems", passage.heading_of(s), s.start, s.end) for s in passage.statements]
    statements = label_statements(CleanText(passage.text), pieces)
    return _pairs({s.ordinal: s.answers for s in statements})


def score(passages: Sequence[Passage], find: Callable[[Passage], Pairs]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all pairs."""
    hits = extra = missed = 0
    for passage in passages:
        strong, weak = true_pairs(passage)
        found = find(passage) - weak
        hits, extra, missed = hits + len(found & strong), extra + len(found - strong), missed + len(strong - found)
    precision, recall = hits / max(1, hits + extra), hits / max(1, hits + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _statement(ordinal: int, marked: Marked) -> Statement:
    labels: tuple[Label, ...] = ()
    if marked.role == "problem" or marked.role == "measure":
        labels = tuple(Label(marked.role, key, 1.0, "corpus", True) for key in marked.labels)
    return Statement(Span(marked.start, marked.end), "problems", "", ordinal, marked.role, 1.0, labels)


def _pairs(answers: dict[int, tuple]) -> Pairs:  # type: ignore[type-arg]
    return {(problem, answer.measure) for problem, found in answers.items() for answer in found}


def table(passages: Sequence[Passage]) -> str:
    """Both measurements as a Markdown table."""
    lines = ["| pairs of problem and measure | precision | recall | F1 |", "|---|---|---|---|"]
    for name, find in (
        ("with the corpus's labels", pairs_by_labels),
        ("with the labels of the model, which was trained on these passages", pairs_by_model),
    ):
        precision, recall, f1 = score(passages, find)
        lines.append(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(read_passages(CORPUS)))
