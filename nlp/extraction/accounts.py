"""Names of WeChat and Weibo accounts: “云山发布”微信公众号, 微信公众号(云山发布), “云山发布”微博、微信."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.extraction.grammar import last_match
from nlp.vocabulary.load import load

MIN_UNQUOTED_CHARS = 4


@dataclass(frozen=True, slots=True)
class Account:
    """The name of an account and its place, without quotation marks. ``kind`` is wechat_account or weibo_account."""

    kind: str
    name: str
    start: int
    end: int


def find_accounts(text: str) -> Iterator[Account]:
    """The accounts a text names; one name before 微博、微信 is the name of two.

    >>> [(a.kind, a.name) for a in find_accounts("“云山发布”微博、微信,微信公众号(云山水利)")]
    [('weibo_account', '云山发布'), ('wechat_account', '云山发布'), ('wechat_account', '云山水利')]
    """
    if "微" not in text and "公众号" not in text:
        return
    seen: set[tuple[str, str]] = set()
    for account in _all(text):
        if (account.kind, account.name) not in seen:
            seen.add((account.kind, account.name))
            yield account


def _all(text: str) -> Iterator[Account]:
    before, after, unquoted = _patterns()
    for match in before.finditer(text):
        kinds = sorted((at, kind) for kind in ("wechat", "weibo") if (at := _first(kind, match["platforms"])) >= 0)
        also = _also_followed().match(text, match.end())  # “云山发布”微信粉丝3万,微博粉丝2万
        if also and len(kinds) == 1:
            kinds.append((0, "weibo" if "微博" in also[0] else "wechat"))
        for kind in dict.fromkeys(kind for _, kind in kinds):
            yield Account(f"{kind}_account", match["name"].strip(), match.start("name"), match.end("name"))
    in_brackets = re.compile("|".join(load("contacts")["accounts"]["no_name_in_brackets"]["patterns"]))
    for match in after.finditer(text):
        if in_brackets.search(match["name"]):
            continue
        kind = "weibo" if "微博" in match["platform"] else "wechat"
        yield Account(f"{kind}_account", match["name"].strip(), match.start("name"), match.end("name"))
        yield from _more_names(text, match.end(), f"{kind}_account")
    several = re.compile("|".join(load("contacts")["accounts"]["several"]["patterns"]))
    for match in several.finditer(text):
        kind = "weibo" if match["platform"] == "微博" else "wechat"
        for quoted in re.finditer(r"“@?([^“”]+)”", match["names"]):
            start = match.start("names") + quoted.start(1)
            yield Account(f"{kind}_account", quoted[1].strip(), start, start + len(quoted[1]))
    colon = re.compile("|".join(load("contacts")["accounts"]["after_colon"]["patterns"]))
    refused = re.compile("|".join(load("contacts")["accounts"]["no_name"]["patterns"]))
    for match in colon.finditer(text):
        group = match.lastgroup or "name"
        if not refused.search(match[group]):
            yield Account("weibo_account" if group == "weibo" else "wechat_account", match[group], *match.span(group))
    yield from _listed_unquoted(text)
    for match in unquoted.finditer(text):
        if after.match(text, match.end("name")):
            continue  # 主抓微信公众号“青溪发布”: the name stands behind
        name, start = match["name"], match.start("name")
        stop = last_match(refused, name)
        if stop:
            name, start = name[stop.end() :], start + stop.end()
        bare = text.startswith("公众号", match.end("name"))
        if bare and not stop:
            continue  # 严格执行公众号管理办法; 通过健康云山公众号 names one
        if len(name) >= MIN_UNQUOTED_CHARS:
            yield Account("wechat_account", name, start, match.end("name"))


def _listed_unquoted(text: str) -> Iterator[Account]:
    """Several names without quotation marks before their platforms: 开通云山发布、云山之声政务微博、微信."""
    listed = re.compile("|".join(load("contacts")["accounts"]["listed_unquoted"]["patterns"]))
    for match in listed.finditer(text):
        kinds = [kind for kind in ("weibo", "wechat") if _first(kind, match["platforms"]) >= 0]
        for name in re.finditer(r"[^、和及]+", match["names"]):
            start, end = match.start("names") + name.start(), match.start("names") + name.end()
            yield from (Account(f"{kind}_account", name[0], start, end) for kind in kinds)


def _more_names(text: str, at: int, kind: str) -> Iterator[Account]:
    """The names that follow a quoted one: 微信公众号“云上青石”“茶香青石”."""
    more = _more().match(text, at)
    for name in re.finditer(r"“([^“”]+)”", more["names"]) if more else ():
        start = at + name.start(1)
        yield Account(kind, name[1].strip(), start, start + len(name[1]))


@cache
def _more() -> re.Pattern[str]:
    return re.compile("|".join(load("contacts")["accounts"]["more"]["patterns"]))


def _first(kind: str, platforms: str) -> int:
    terms = load("contacts")["accounts"][kind]["surface"]
    return min((platforms.find(term) for term in terms if term in platforms), default=-1)


@cache
def _also_followed() -> re.Pattern[str]:
    return re.compile("|".join(load("contacts")["accounts"]["also_followed"]["patterns"]))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    accounts = load("contacts")["accounts"]
    terms = sorted({*accounts["wechat"]["surface"], *accounts["weibo"]["surface"]}, key=len, reverse=True)
    platform = "|".join(map(re.escape, terms))
    before = re.compile(
        rf"[“\"]@?(?P<name>[^“”\"\n,。;]{{2,20}})[”\"](?:的)?(?:政务|官方|新浪|腾讯|门户)?"
        rf"(?P<platforms>(?:{platform})(?:(?:、|和|及|与|/|,)?(?:政务|官方|新浪|腾讯)?(?:{platform})(?!群|订阅|公众|服务|平台|号|\s?[“(]))?)(?!群|小程序)"
    )
    after = re.compile(
        rf"(?P<platform>{platform})(?:账号|名称|平台)?(?:名称)?(?:为|是|:|—)?\s?(?:(?P<open>[“\"])|\()(?:名称:|“)?@?(?P<name>[^“”\"()\n,。;、\d]{{2,20}})(?(open)[”\"]|”?\))(?!(?:专题|信息)?(?:专栏|栏目|板块|专题|话题))"
    )
    return before, after, re.compile("|".join(accounts["unquoted"]["patterns"]))
