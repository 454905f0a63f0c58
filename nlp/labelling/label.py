"""Roles and labels of statements, with a trained model where one is stored and with rules otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from nlp.labelling.aspects import Scheme
from nlp.labelling.choice import choose_labeller
from nlp.labelling.context import Context, announced_role, find_contexts
from nlp.labelling.label_set import LabelSet
from nlp.labelling.labeller import Judgement, Labeller
from nlp.labelling.pairing import pair_statements
from nlp.narrative.statements import Piece
from nlp.reading.clean import CleanText
from nlp.reading.repair import find_repairs
from nlp.records import Label, Span, Statement

# Some converted copies print the sound of a character behind it: 規(guī)范.
PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zà-ǜ]{1,6}\)")

# The scheme of labels that are neither the project's problems nor its measures.
OWN_SCHEME: Final = "own"


def clean_statement(text: str) -> str:
    """A text by itself as a labeller reads it: repaired, folded, in simplified script, without pinyin.

    >>> clean_statement("（一）规(guī)范公开")
    '(一)规范公开'
    """
    return PINYIN.sub("", CleanText(text, find_repairs(text)).text)


def label_statements(
    clean: CleanText, pieces: Sequence[Piece], *, labeller: Labeller | None = None
) -> tuple[Statement, ...]:
    """The statements at ``pieces`` with role, labels and, for problems, the measures that answer them.

    Headings, lead-ins and transitions bear on the role. Labels are those of the role's own scheme: a problem
    has problem keys, a measure has measure keys, other roles have none. A model with labels of its own gives them to
    statements of every role, in the scheme ``own``.

    Parameters
    ----------
    pieces : as cut by ``cut_statements``, in the order of the report
    labeller : what judges; the model that comes with the package unless given
    """
    texts = [clean.text[piece.start : piece.end] for piece in pieces]
    texts = [PINYIN.sub("", text) if "(" in text else text for text in texts]
    labeller = labeller or choose_labeller()
    judgements = labeller.roles_and_aspects(texts, find_contexts(texts, pieces))
    statements = [
        _statement(ordinal, judgement, piece, clean.span(piece.start, piece.end), labeller.labels)
        for ordinal, (piece, judgement) in enumerate(zip(pieces, judgements, strict=True))
    ]
    answers = pair_statements(statements, texts, labels=labeller.labels)
    return tuple(
        replace(statement, answers=answers[ordinal]) if ordinal in answers else statement
        for ordinal, statement in enumerate(statements)
    )


def label_texts(
    texts: Sequence[str],
    headings: Sequence[str | None] | None = None,
    *,
    labeller: Labeller | None = None,
    model: str | Path | None = None,
) -> list[Statement]:
    """Role and labels of each text by itself, in order: neighbours are not looked at, and nothing is paired.

    Parameters
    ----------
    headings : the heading above each text, where known; it bears on the role. As long as ``texts``.
    model : folder of a model that ``gongkai train`` wrote, or the name of a packaged one, in place of the package's
    labeller : what judges, in place of a model

    Raises
    ------
    TypeError : ``texts`` is one string
    ValueError : there are not as many headings as texts
    ModelUnusable : there is no such model, or it is damaged

    >>> [s] = label_texts(["一是公开形式较为单一。"])
    >>> s.role, [label.key for label in s.labels if label.accepted]
    ('problem', ['channel_limited'])
    """
    if isinstance(texts, str):
        raise TypeError("texts is one string, whose characters would be labelled one by one: give a list, [text].")
    if headings is not None and len(headings) != len(texts):
        raise ValueError(f"{len(headings)} headings for {len(texts)} texts: give one heading (or None) for each text.")
    cleaned = [clean_statement(text) for text in texts]
    contexts = contexts_alone([heading or "" for heading in headings or [None] * len(texts)])
    labeller = labeller or choose_labeller(model)
    judgements = labeller.roles_and_aspects(cleaned, contexts)
    return [
        _statement(ordinal, judgement, context, Span(0, len(text)), labeller.labels)
        for ordinal, (text, context, judgement) in enumerate(zip(texts, contexts, judgements, strict=True))
    ]


def contexts_alone(headings: Sequence[str]) -> list[Context]:
    """The contexts of texts that stand by themselves below these headings ("" for none)."""
    return [Context(heading=heading, expected=announced_role(heading) if heading else None) for heading in headings]


def _statement(ordinal: int, judgement: Judgement, place: Piece | Context, span: Span, known: LabelSet) -> Statement:
    labels: tuple[Label, ...] = ()
    if judgement.aspects and (judgement.role == "problem" or judgement.role == "measure"):
        scheme: Scheme = "problem" if judgement.role == "problem" else "measure"
        labels = tuple(
            Label(scheme, known.aspects[name].key(scheme), support.score, support.origin, support.accepted)
            for name, support in judgement.aspects.items()
        )
    if judgement.own:
        labels += tuple(
            Label(OWN_SCHEME, key, support.score, support.origin, support.accepted)
            for key, support in judgement.own.items()
        )
    return Statement(span, place.section_key, place.heading, ordinal, judgement.role, judgement.role_score, labels)
