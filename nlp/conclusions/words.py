"""Key words: what statements of one year, level or label say more often than the others do.

A word's log-odds are weighed against what all statements say (log-odds ratio with an informative Dirichlet prior; Monroe,
Colaresi and Quinn 2008, Political Analysis 16(4)): a rare word needs more than chance, and a common one more than habit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from math import log, sqrt
from operator import itemgetter
from typing import Any

from nlp.conclusions.tags import Tags
from nlp.narrative.tokenizer import cut
from nlp.vocabulary.load import load

# By what statements may be grouped, and where it stands.
FIELDS = {
    "year": "r.year", "level": "r.level", "issuer": "r.issuer", "region": "r.region", "role": "s.role",
    "section": "s.section_key", "label": "l.label",
}  # fmt: skip
MIN_CHARS = 2
PRIOR_WORDS = 500.0  # how many words the prior weighs
Group = tuple[str, ...]


def key_words(tags: Tags, by: Sequence[str], *, top: int = 20, least: int = 3) -> Iterator[dict[str, Any]]:
    """One row for each key word of each group, the strongest first, with the first statement that has it.

    Statements without a value of a field are left out; one with several labels stands in the group of each. ``count`` is how
    often the group says the word and ``others`` how often the rest does; ``log_odds`` is above 0 for what the group says
    more, and ``z`` the same in standard errors.

    Parameters
    ----------
    by : of ``FIELDS``
    top : key words of a group
    least : times that a group says a key word
    """
    tags.need("reports", "statements", *(("labels",) if "label" in by else ()))
    said: dict[Group, Counter[str]] = {}
    first: dict[tuple[Group, str], tuple[str, int]] = {}
    whole: Counter[str] = Counter()
    for (report, number), rows in groupby(tags.stream(_query(by)), key=itemgetter(0, 1)):
        same = list(rows)
        groups = [tuple(map(str, values)) for _, _, _, *values in same]
        words = Counter(content_words(same[0][2]))
        whole += words
        for group in dict.fromkeys(groups):
            said.setdefault(group, Counter()).update(words)
            for word in words:
                first.setdefault((group, word), (report, number))
    for group in sorted(said):
        for word, odds, z in _strongest(said[group], whole, top, least):
            report, number = first[group, word]
            text = tags.one("SELECT text FROM statements WHERE report_id = ? AND statement_id = ?", (report, number))
            yield {
                "group": ", ".join(group), "word": word, "count": said[group][word], "others": whole[word] - said[group][word],
                "log_odds": round(odds, 4), "z": round(z, 4), "report_id": report, "statement_id": number, "text": text,
            }  # fmt: skip


def content_words(text: str) -> list[str]:
    """The words of a text that may be key words: of two Chinese characters or more, and no stop words.

    >>> content_words("一是政务新媒体更新不及时，3个栏目没有更新")
    ['政务新媒体', '更新', '及时', '栏目', '更新']
    """
    return [word for word in cut(text) if len(word) >= MIN_CHARS and word not in _stop_words() and _is_chinese(word)]


def _is_chinese(word: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in word)


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(load("stop_words")["words"])


def _query(by: Sequence[str]) -> str:
    fields = [FIELDS[name] for name in by]
    label = "JOIN labels l ON l.report_id = s.report_id AND l.statement_id = s.statement_id AND l.accepted"
    return (
        f"SELECT s.report_id, s.statement_id, s.text, {', '.join(fields)} FROM statements s JOIN reports r USING (report_id)"
        f" {label if 'label' in by else ''} WHERE {' AND '.join(f'{field} IS NOT NULL' for field in fields)}"
        " ORDER BY s.report_id, s.statement_id"
    )


def _strongest(here: Counter[str], whole: Counter[str], top: int, least: int) -> list[tuple[str, float, float]]:
    """The words that a group says more than the others, with log-odds and standard errors, the strongest first."""
    total, all_words = here.total(), whole.total()
    found = []
    for word, count in here.items():
        if count < least:
            continue
        odds, z = log_odds(count, total, whole[word] - count, all_words - total, whole[word] / all_words)
        if z > 0:
            found.append((word, odds, z))
    return sorted(found, key=lambda entry: (-entry[2], entry[0]))[:top]


def log_odds(here: int, total_here: int, there: int, total_there: int, share: float) -> tuple[float, float]:
    """The log-odds ratio of a word between two groups, and the same in its standard errors.

    Parameters
    ----------
    here, there : how often each group says the word
    total_here, total_there : how many words each group says
    share : of the word among all words, which the prior expects of both

    >>> odds, z = log_odds(30, 1000, 10, 1000, 0.02)
    >>> round(odds, 3), round(z, 2)
    (0.707, 2.58)
    """
    prior = PRIOR_WORDS * share
    one, two = here + prior, there + prior
    odds = log(one / (total_here + PRIOR_WORDS - one)) - log(two / (total_there + PRIOR_WORDS - two))
    return odds, odds / sqrt(1 / one + 1 / two)
