"""What kind of document a file is: an annual report on disclosure, or something that lies beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlp.records import ReportUnreadable, Section
from nlp.records.report import Edition
from nlp.vocabulary.editions import first
from nlp.vocabulary.load import load_folder

HEAD_CHARS = 3_000  # a document says what it is at its beginning
# What speaks for a genre. Tables of a form are printed in nothing but the report; of the words each pattern counts once.
TITLE, TABLES, MAX_TEXT, MAX_PARTS = 3.0, 4.0, 3, 3
MIN_SCORE = 2.0  # one sign in the words alone is none: a passage need not be a document at all
ANNUAL = "annual_report"


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of document, as its file in ``vocabulary/genres`` describes it.

    ``disclosure`` says that its numbers are facts of disclosure; of a document where they are not, only the counts of
    ``metrics`` are read. A genre ``of`` another one is a kind of that, told by the body whose report it is.
    """

    key: str
    zh: str
    en: str
    disclosure: bool
    of: str | None
    metrics: frozenset[str]
    parts: frozenset[str]
    title: re.Pattern[str] | None
    issuer: re.Pattern[str] | None
    text: tuple[re.Pattern[str], ...]


@cache
def genres() -> dict[str, Genre]:
    """Every genre by its key, which is the name of its file.

    >>> genres()["rule_of_law"].disclosure
    False
    """
    return {key: _genre(key, entry) for key, entry in load_folder("genres").items()}


def _genre(key: str, entry: dict[str, Any]) -> Genre:
    def pattern(field: str) -> re.Pattern[str] | None:
        return re.compile("|".join(entry[field])) if field in entry else None

    return Genre(
        key, entry["zh"], entry["en"], entry["disclosure"], entry.get("of"), frozenset(entry.get("metrics", ())),
        frozenset(entry.get("parts", ())), pattern("title"), pattern("issuer"), tuple(map(re.compile, entry["text"])),
    )  # fmt: skip


def find_genre(
    text: str, title: str | None, issuer: str | None, sections: Sequence[Section], edition: Edition
) -> str | None:
    """The key of the genre; ``None`` for a text that does not tell, as a passage of a report does not.

    Parameters
    ----------
    text : the clean text
    title : the line that it stands on
    issuer : as the identity has it
    sections : the parts of the document
    edition : the form whose tables it has

    >>> find_genre("", "清河县2018年法治政府建设年度报告", None, (), "free_form")
    'rule_of_law'
    >>> find_genre("全年公开信息12条。", None, None, (), "free_form") is None
    True
    """
    head = text[:HEAD_CHARS]
    words = "".join(title.split()) if title else ""
    keys = {section.key for section in sections}
    scores = {genre.key: _score(genre, head, words, keys, edition) for genre in genres().values() if genre.of is None}
    best = max(scores.values())
    if best < MIN_SCORE:
        return None
    # Of two that fit alike the annual report is the wider one: 自查报告 is a report too.
    first = sorted((key for key, score in scores.items() if score == best), key=lambda key: key == ANNUAL)[0]
    return next((genre.key for genre in genres().values() if genre.of == first and _is_of(genre, head, issuer)), first)


def _score(genre: Genre, head: str, title: str, keys: Set[str], edition: Edition) -> float:
    score = TITLE if genre.title is not None and title and genre.title.search(title) else 0.0
    score += min(MAX_TEXT, sum(pattern.search(head) is not None for pattern in genre.text))
    if genre.parts:
        score += min(MAX_PARTS, max(0, len(keys & genre.parts) - 1))
        score += TABLES if edition != first() else 0.0
    return score


def _is_of(genre: Genre, head: str, issuer: str | None) -> bool:
    """Whether the body is one of those that report in this genre; without a body, whether the words say so."""
    if issuer is not None:
        return genre.issuer is not None and genre.issuer.search(issuer) is not None
    return any(pattern.search(head) for pattern in genre.text)


def tells_disclosure(genre: str | None) -> bool:
    """Whether numbers of such a document are facts of disclosure; so are those of a passage."""
    return genre is None or genres()[genre].disclosure


def may_count(genre: str | None, metric: str) -> bool:
    """Whether a metric is counted in such a document: 行政复议56件 in a report on the rule of law is none of disclosure."""
    return tells_disclosure(genre) or metric in genres()[genre or ANNUAL].metrics


def refuse_other(name: str, genre: str | None) -> None:
    """Raise ``ReportUnreadable`` for a document whose numbers are none of disclosure; for those who want reports only.

    Parameters
    ----------
    name : of the document, for the message
    genre : the key of its genre; ``None`` for a text that does not tell, which is not refused
    """
    if not tells_disclosure(genre):
        other = genres()[genre or ANNUAL]
        raise ReportUnreadable(
            "other_genre",
            f"{name}: is a document of another kind ({other.en}), no report on disclosure.",
            "Leave it out, or leave out --strict to read what it shares with a report.",
            stage="analyse",
        )
