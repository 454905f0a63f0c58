"""The same path as a spaCy pipeline: the only spaCy code.

A ``Doc`` made here carries the statements as ``doc.spans["statements"]``; each span's label is its role, and
``span._.labels`` its accepted labels (a sequence). ``doc._.report`` is the whole analysis as plain dictionaries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.analyse import analyse_text
from nlp.narrative.tokenizer import cut
from nlp.reading.files import read_text

if TYPE_CHECKING:
    from spacy.vocab import Vocab

KEY = "statements"


class Tokenizer:
    """Text to ``Doc`` with the project's words. Chinese has no spaces: the tokens' concatenation is the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        # The text as a source has it (no byte order mark, LF): statements count their characters in that.
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


class Statements:
    """The pipeline component: finds the statements, their roles and labels, and marks them as sentences."""

    def __init__(self) -> None:
        for name in ("labels", "scores", "answers", "role_score", "section"):
            if not Span.has_extension(name):
                Span.set_extension(name, default=None)
        if not Doc.has_extension("report"):
            Doc.set_extension("report", default=None)

    def __call__(self, doc: Doc) -> Doc:
        analysis = analyse_text(doc.text)
        spans, starts = [], [-1] * len(doc)
        for statement in analysis.statements:
            span = doc.char_span(
                statement.span.start, statement.span.end, label=statement.role, span_id=str(statement.ordinal),
                alignment_mode="expand",
            )  # fmt: skip
            if span is None:
                continue
            accepted = [label for label in statement.labels if label.accepted]
            span._.labels = tuple(label.key for label in accepted)
            span._.scores = tuple(label.score for label in accepted)
            span._.answers = tuple(answer.measure for answer in statement.answers)
            span._.role_score = statement.role_score
            span._.section = statement.section_key
            starts[span.start] = 1
            if span.end < len(doc):
                starts[span.end] = 1
            spans.append(span)
        doc.spans[KEY] = spans
        if len(doc):
            starts[0] = 1
            # One array for the document: token by token it takes 70 ms a report instead of 0.3.
            marks = np.array(starts, dtype="int64").astype("uint64").reshape(-1, 1)
            doc.from_array(["SENT_START"], marks)  # type: ignore[arg-type]
        doc._.report = {k: v for k, v in analysis.to_dict().items() if k != "source"}
        return doc


@Language.factory("gongkai_statements", assigns=["doc.spans", "doc._.report", "token.is_sent_start"])
def make_statements(nlp: Language, name: str) -> Statements:
    return Statements()


def language() -> Language:
    """A spaCy pipeline with the project's tokenizer and statements.

    >>> doc = language()("一是公开意识不强。二是更新不及时。")
    >>> [(span.text, span.label_) for span in doc.spans["statements"]]
    [('一是公开意识不强。', 'problem'), ('二是更新不及时。', 'problem')]
    """
    config = {"nlp": {"tokenizer": {"@tokenizers": "gongkai.Tokenizer.v1"}}}
    pipeline = spacy.blank("zh", config=config)
    pipeline.add_pipe("gongkai_statements")
    return pipeline
