"""Learn where statements begin from passages whose statements are marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sklearn.model_selection import GroupKFold

from nlp.narrative.cutting import Begun, Stretch, signs
from nlp.narrative.linear import Linear
from nlp.narrative.statements import REPORTING, cut_statements, stretches
from nlp.narrative.stops import run_in_label, skip_marks
from nlp.reading.clean import CleanText, clean_text
from nlp.reading.files import read_text
from nlp.structure.paragraphs import Paragraph, find_paragraphs
from nlp.structure.sections import find_sections
from training.corpus import Passage
from training.linear import fit_linear

COST = 0.5


class Cut:
    """A passage as it is cut: its clean text, its paragraphs, and where its statements and headings begin and end."""

    def __init__(self, passage: Passage) -> None:
        source = read_text(passage.text, name=f"{passage.id}.txt")
        self.clean: CleanText = clean_text(source)
        self.paragraphs: Sequence[Paragraph] = find_paragraphs(source, self.clean, find_sections(source, self.clean))
        text = self.clean.text
        self.statements = [self._at(statement.start) for statement in passage.statements]
        self.begins = {*self.statements, *(self._at(heading.start) for heading in passage.headings)}
        self.bounds = sorted({*self.begins, len(text)})

    def _at(self, place: int) -> int:
        text = self.clean.text
        return skip_marks(text, self.clean.position(place), len(text))


def learn_cutting(passages: Sequence[Passage]) -> Linear:
    """The weights of signs from all passages. The same passages give the same weights."""
    examples = [example for passage in passages for example in _examples(Cut(passage))]
    return fit_linear([found for found, _ in examples], [begins for _, begins in examples], cost=COST)


def _examples(cut: Cut) -> Iterator[tuple[list[str], bool]]:
    """The signs of each opening and whether a statement begins there, read with the true statements before it."""
    for paragraphs in stretches(cut.clean.text, cut.paragraphs):
        if paragraphs[0].section_key in REPORTING:
            continue
        stretch = Stretch(cut.clean.text, paragraphs)
        first, *others = stretch.openings
        begun = Begun(first.at, first.marker)
        for opening in others:
            if opening.behind not in ",:":
                begun.sentences += 1
            begins = opening.at in cut.begins
            yield signs(stretch, opening, begun), begins
            if begins:
                begun = Begun(opening.at, opening.marker)


def score_cutting(passages: Sequence[Passage], folds: int = 5) -> tuple[float, int]:
    """The share of statements that come out with their true beginning and end, by models that did not see their family.

    With or without its run-in label a statement is the same (labelling guide, section 2).
    """
    cuts = [Cut(passage) for passage in passages]
    families = [passage.family for passage in passages]
    right = 0
    for train, test in GroupKFold(folds).split(cuts, groups=families):
        examples = [example for at in train for example in _examples(cuts[at])]
        model = fit_linear([found for found, _ in examples], [begins for _, begins in examples], cost=COST)
        right += sum(_right(cuts[at], model) for at in test)
    return right / max(1, sum(len(cut.statements) for cut in cuts)), sum(len(cut.statements) for cut in cuts)


def _right(cut: Cut, model: Linear) -> int:
    text = cut.clean.text
    pieces = cut_statements(cut.clean, cut.paragraphs, cutting=model)
    found = {(piece.start, skip_marks(text, piece.end, len(text))) for piece in pieces}
    right = 0
    for begin in cut.statements:
        end = next(bound for bound in cut.bounds if bound > begin)
        label = run_in_label().match(text, begin, end)
        start = skip_marks(text, label.end(), end) if label is not None else begin
        right += (begin, end) in found or (start, end) in found
    return right
