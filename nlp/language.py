"""The path of a report as a spaCy pipeline: the only spaCy code.

Each component marks what it finds as a span group over the project's own words, and can be left out, replaced or put
into a pipeline of one's own:

| component | span group | on each span |
|---|---|---|
| ``gongkai_sections`` | ``sections`` | ``label_`` its key; ``_.level`` |
| ``gongkai_statements`` | ``statements`` | ``_.section``, ``_.heading``; statements are the sentences of the Doc |
| ``gongkai_labels`` | (statements) | ``label_`` the role; ``_.labels``, ``_.scores``, ``_.answers``, ``_.role_score`` |
| ``gongkai_contacts`` | ``contacts`` | ``label_`` the kind; ``_.value`` |
| ``gongkai_channels`` | ``channel_counts`` | ``label_`` the channel; ``_.value``, ``_.unit``, ``_.scope``, ``_.category`` |
| ``gongkai_counts`` | ``counts`` | ``label_`` the metric; ``_.value``, ``_.unit``, ``_.period``, ``_.category`` |

``doc._.report`` is the whole analysis of the text as plain dictionaries, made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.analyse import analyse_text
from nlp.extraction.contacts import find_contacts
from nlp.extraction.counts import find_counts
from nlp.labelling.choice import choose_labeller
from nlp.labelling.label import label_statements
from nlp.narrative.statements import Piece, cut_statements
from nlp.narrative.tokenizer import cut
from nlp.reading.clean import CleanText, clean_text
from nlp.reading.files import read_text
from nlp.records import Quantity, Section
from nlp.structure.paragraphs import Paragraph, find_paragraphs
from nlp.structure.sections import find_sections

if TYPE_CHECKING:
    from spacy.vocab import Vocab

COMPONENTS = (
    "gongkai_sections",
    "gongkai_statements",
    "gongkai_labels",
    "gongkai_contacts",
    "gongkai_channels",
    "gongkai_counts",
)
SPAN_ATTRIBUTES = (
    "level", "section", "heading", "labels", "scores", "answers", "role_score", "value", "unit", "scope", "period", "category",
)  # fmt: skip
# Two documents at a time may be on their way through a pipeline.
KEPT_READINGS = 2


class Tokenizer:
    """Text to ``Doc`` with the project's words. Chinese has no spaces: the tokens' concatenation is the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        # The text as a source has it (no byte order mark, LF): places count their characters in that.
        words = [word for word in cut(read_text(text, name="doc").text) if word]
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to store: the words come with the package."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Tokenizer:
        return self

    def to_disk(self, _path: object, **_kwargs: object) -> None:
        """Nothing to store."""

    def from_disk(self, _path: object, **_kwargs: object) -> Tokenizer:
        return self


@spacy.registry.tokenizers("gongkai.Tokenizer.v1")  # type: ignore[attr-defined, untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    return lambda language: Tokenizer(language.vocab)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as every component reads it: once for all of them."""

    clean: CleanText
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]


@lru_cache(maxsize=KEPT_READINGS)
def _read(text: str) -> Reading:
    source = read_text(text, name="doc")
    clean = clean_text(source)
    sections = find_sections(source, clean)
    return Reading(clean, sections, find_paragraphs(source, clean, sections))


def find_section_spans(doc: Doc) -> Doc:
    """The parts of the report as ``doc.spans["sections"]``."""
    found = []
    for section in _read(doc.text).sections:
        span = _span(doc, section.span.start, section.span.end, section.key)
        if span is not None:
            span._.level = section.level
            found.append(span)
    doc.spans["sections"] = found
    return doc


def find_statement_spans(doc: Doc) -> Doc:
    """The statements as ``doc.spans["statements"]`` and as sentences, without roles and labels."""
    reading = _read(doc.text)
    spans, starts = [], [-1] * len(doc)
    for ordinal, piece in enumerate(cut_statements(reading.clean, reading.paragraphs)):
        place = reading.clean.span(piece.start, piece.end)
        span = _span(doc, place.start, place.end, "", str(ordinal))
        if span is None:
            continue
        span._.section, span._.heading = piece.section_key, piece.heading
        starts[span.start] = 1
        if span.end < len(doc):
            starts[span.end] = 1
        spans.append(span)
    doc.spans["statements"] = spans
    if len(doc):
        starts[0] = 1
        # One array for the document: token by token it takes 70 ms a report instead of 0.3.
        marks = np.array(starts, dtype="int64").astype("uint64").reshape(-1, 1)
        doc.from_array(["SENT_START"], marks)  # type: ignore[arg-type]
    return doc


class Labels:
    """Role, labels and answers of the spans in ``doc.spans["statements"]``, whoever found them.

    Parameters
    ----------
    model : folder of a trained model or name of a packaged one; the package's unless given
    """

    def __init__(self, model: str | None = None) -> None:
        self.labeller = choose_labeller(Path(model) if model else None)

    def __call__(self, doc: Doc) -> Doc:
        clean = _read(doc.text).clean
        group = list(doc.spans.get("statements", ()))
        pieces = [
            Piece(span._.section, span._.heading or "", clean.position(span.start_char), clean.position(span.end_char))
            for span in group
        ]
        labelled = []
        for span, statement in zip(group, label_statements(clean, pieces, labeller=self.labeller), strict=True):
            accepted = [label for label in statement.labels if label.accepted]
            again = _span(doc, span.start_char, span.end_char, statement.role, str(statement.ordinal))
            assert again is not None  # the span that was there
            again._.labels = tuple(label.key for label in accepted)
            again._.scores = tuple(label.score for label in accepted)
            again._.answers = tuple(answer.measure for answer in statement.answers)
            again._.role_score = statement.role_score
            labelled.append(again)
        doc.spans["statements"] = labelled
        return doc


def find_contact_spans(doc: Doc) -> Doc:
    """Whom to ask, as ``doc.spans["contacts"]``."""
    reading = _read(doc.text)
    found = []
    for contact in find_contacts(reading.clean, reading.paragraphs):
        span = _span(doc, contact.span.start, contact.span.end, contact.kind)
        if span is not None:
            span._.value = contact.value
            found.append(span)
    doc.spans["contacts"] = found
    return doc


def find_channel_spans(doc: Doc) -> Doc:
    """How much was published through which channel, as ``doc.spans["channel_counts"]``."""
    reading = _read(doc.text)
    channel_counts, _ = find_counts(reading.clean, reading.paragraphs)
    named = [(c.channel, c.quantity, {"scope": c.scope, "category": c.category}) for c in channel_counts]
    doc.spans["channel_counts"] = _counted(doc, named)
    return doc


def find_count_spans(doc: Doc) -> Doc:
    """The other figures of the narrative, as ``doc.spans["counts"]``."""
    reading = _read(doc.text)
    _, counts = find_counts(reading.clean, reading.paragraphs)
    named = [(c.metric, c.quantity, {"period": c.period, "category": c.category}) for c in counts]
    doc.spans["counts"] = _counted(doc, named)
    return doc


def _counted(doc: Doc, named: Iterable[tuple[str, Quantity, dict[str, Any]]]) -> list[Span]:
    found = []
    for name, quantity, attributes in named:
        span = _span(doc, quantity.span.start, quantity.span.end, name)
        if span is not None:
            span._.value, span._.unit = str(quantity.value), quantity.unit
            for attribute, value in attributes.items():
                span._.set(attribute, value)
            found.append(span)
    return found


def _span(doc: Doc, start: int, end: int, label: str, number: str = "") -> Span | None:
    """The words that a place touches. spaCy keeps attributes by place: two facts of one number share them."""
    return doc.char_span(start, end, label=label, span_id=number, alignment_mode="expand")


def _report(doc: Doc) -> dict[str, Any]:
    return {key: value for key, value in analyse_text(doc.text).to_dict().items() if key != "source"}


for _name in SPAN_ATTRIBUTES:
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)
if not Doc.has_extension("report"):
    Doc.set_extension("report", getter=_report)


@Language.factory("gongkai_sections", assigns=["doc.spans"])
def make_sections(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return find_section_spans


@Language.factory("gongkai_statements", assigns=["doc.spans", "token.is_sent_start"])
def make_statements(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return find_statement_spans


@Language.factory("gongkai_labels", default_config={"model": None}, requires=["doc.spans"], assigns=["doc.spans"])
def make_labels(nlp: Language, name: str, model: str | None) -> Labels:
    return Labels(model)


@Language.factory("gongkai_contacts", assigns=["doc.spans"])
def make_contacts(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return find_contact_spans


@Language.factory("gongkai_channels", assigns=["doc.spans"])
def make_channels(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return find_channel_spans


@Language.factory("gongkai_counts", assigns=["doc.spans"])
def make_counts(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return find_count_spans


def language(components: Sequence[str] = COMPONENTS) -> Language:
    """A spaCy pipeline with the project's tokenizer and components.

    Parameters
    ----------
    components : which to put in, in this order; ``gongkai_labels`` needs the statements before it

    >>> doc = language()("一是公开意识不强。二是更新不及时。")
    >>> [(span.text, span.label_) for span in doc.spans["statements"]]
    [('一是公开意识不强。', 'problem'), ('二是更新不及时。', 'problem')]
    >>> doc = language(["gongkai_channels"])("微信公众号发布信息49条。")
    >>> [(span.text, span.label_, span._.value) for span in doc.spans["channel_counts"]]
    [('49条', 'wechat', '49')]
    """
    config = {"nlp": {"tokenizer": {"@tokenizers": "gongkai.Tokenizer.v1"}}}
    pipeline = spacy.blank("zh", config=config)
    for component in components:
        pipeline.add_pipe(component)
    return pipeline
