"""The Chinese names of ids, for everything that a person reads."""

from __future__ import annotations

from functools import cache

from nlp.structure.genre import genres
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load


def name_of(kind: str, key: str | None) -> str:
    """The Chinese name of an id; the id itself when the vocabulary has no name for it.

    Parameters
    ----------
    kind : roles, levels, editions, genres, statuses, severities, scopes, sections, labels, channels, metrics or contacts
    key : the id; channels may be joined by ``+``. ``None`` gives "—"

    >>> name_of("channels", "wechat+weibo"), name_of("roles", "measure"), name_of("levels", None)
    ('微信公众号、政务微博', '改进措施', '—')
    """
    if key is None:
        return "—"
    return "、".join(names(kind).get(part, part) for part in key.split("+"))


@cache
def names(kind: str) -> dict[str, str]:
    """All names of a kind, by id."""
    if kind == "labels":
        roles = ("problem", "measure")
        return {aspect[role]: aspect["zh"][role] for aspect in load("aspects").values() for role in roles}
    if kind == "contacts":
        return {key: entry["zh"] for key, entry in load(kind)["labels"].items()} | load("names")[kind]
    if kind == "editions":
        return {key: form["zh"] for key, form in forms().items()}
    if kind == "genres":
        return {key: genre.zh for key, genre in genres().items()}
    if kind in ("channels", "metrics"):
        return {key: entry["zh"] for key, entry in load(kind).items() if isinstance(entry, dict) and "zh" in entry}
    return dict(load("names")[kind])
