"""Through which channels a number was published: mentions, what joins them, and what binds a number to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from nlp.extraction.cues import Cue, Cues
from nlp.extraction.fields import Field
from nlp.extraction.grammar import around_channels, last_match, reading
from nlp.quantities import unit_classes
from nlp.vocabulary.load import load

ACCOUNT_CHANNELS = frozenset(
    {"wechat", "wechat_channels", "weibo", "douyin", "kuaishou", "toutiao", "other_media_account"}
)
QUOTED_OR_BRACKETED = re.compile(r"“[^”]{0,20}”|\([^()\d]{1,6}\)")  # 村(社区)公示栏
REPORTED = re.compile(r"(?:上报|报送|订阅|征订|订购)(?:到|至|给)?[^,。;]{0,6}$")
COLUMNS = frozenset({"栏目", "专栏"})
NEVER_PUBLISHED = frozenset("起宗例批轮届位名人") | {"批次", "人次", "场"}
MAX_CATEGORY_CHARS = 24
INCLUDED = re.compile(r"\((?:包括|包含|含)$")
NAME_OR_YEAR = re.compile(
    r"^[(]?“[^”]{1,20}”(?!经费|(?:发布|更新|公开)[量数])[)]?|(?:19|20)\d{2}年(?:度)?(?:以来)?"
)  # “三公”经费 is no account
LISTED = re.compile(r"[”》]?(?:、[^,。;:、\d()]{1,12}){1,3}、?")
UNKNOWN_MEMBER = re.compile(r"[”》]?(?:、[^,。;:、\d()等]{2,12}){1,3}等")
OF_A_LIST = re.compile(
    r"[”》]?(?:、[^,。;:、\d()]{1,12}){0,3}等[^,。;:、\d]{0,6}(?:渠道|平台|途径|方式|载体|形式|媒介|媒体)"
)
JOINS = re.compile("[和及与或以]|公开|发布")
WITHIN = re.compile(r"(?:上?的)?(?:“[^”]{1,16}”)?")  # 网站的专栏, 网站“信息公开”平台


class Carrier(Struct, frozen=True, gc=False):
    """Channels that share what follows: their ids in the order of the text, and where they stand."""

    channels: tuple[str, ...]
    start: int
    end: int

    @property
    def key(self) -> str:
        """The ids joined by ``+``."""
        return "+".join(self.channels)


def find_carrier(text: str, cues: Cues, start: int, end: int) -> Carrier | None:
    """The last group of coordinated channels between two positions, ``None`` if no channel is named.

    >>> text = "通过门户网站、微信和微博等平台公开"
    >>> find_carrier(text, Cues(text), 0, len(text)).key
    'gov_website+wechat+weibo'
    """
    if (start, end) not in cues.carriers:
        cues.carriers[start, end] = _find_carrier(text, cues, start, end)
    found: Carrier | None = cues.carriers[start, end]
    return found


def _find_carrier(text: str, cues: Cues, start: int, end: int) -> Carrier | None:
    mentions = _named(text, cues.channels_between(start, end))
    if not mentions:
        return None
    group = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if not _joined(text, mention, group[0], end):
            break
        group.insert(0, mention)
    members = _without_class(text, group)
    return Carrier(tuple(dict.fromkeys(c.channel for c in members)), group[0].start, group[-1].end)


def _named(text: str, mentions: Sequence[Cue]) -> list[Cue]:
    """Mentions that are no part of another's name: of “平安网”微信公众号 only the account counts."""
    kept: list[Cue] = []
    for mention in mentions:
        if mention.channel == "news_media" and reading("form_of_reading").match(text, mention.end):
            continue  # 动漫、媒体、专家等形式的解读
        if kept and INCLUDED.search(text[max(0, mention.start - 3) : mention.start]):
            continue  # 主流媒体(包括新媒体)
        if kept:
            before = kept[-1]
            gap = text[before.end : mention.start]
            of_site = before.channel == "gov_website" and re.fullmatch(r"[一-龥]{0,6}", gap) and not JOINS.search(gap)
            if of_site and (mention.channel == "bulletin_board" or text[mention.start : mention.end] == "子站"):
                continue  # 局网站通知公告栏: a column of the site
            if text[mention.start : mention.end] == "子站" and re.fullmatch(r"[一-龥]{1,6}", gap):
                continue  # 政务服务网青溪子站
            quoted = "“" in text[max(0, before.start - 16) : before.start] and gap == "”"
            if quoted and mention.channel != "gov_website":
                kept.pop()
            elif WITHIN.fullmatch(gap) and not {before.channel, mention.channel} <= ACCOUNT_CHANNELS:
                part = gap.endswith("”") or text[mention.start : mention.end].endswith("专栏")
                portal_first = before.channel == "gov_website" and mention.channel == "disclosure_platform" and part
                if portal_first or mention.channel in ("new_media", "news_media"):
                    continue
                kept.pop()
        kept.append(mention)
    return kept


def _joined(text: str, left: Cue, right: Cue, end: int) -> bool:
    gap = QUOTED_OR_BRACKETED.sub("", text[left.end : right.start])
    if re.fullmatch(r"[”》]?等[^,。;:\d、]{0,6}", gap) or reading("so_many").fullmatch(gap):
        return True
    if LISTED.fullmatch(gap) and OF_A_LIST.match(text, right.end, end):
        return True  # 政府公报、政府信息公开查阅中心、公开专区等渠道: members that are no channels of ours
    if len(gap) > 32 or around_channels("publish").search(gap):
        return False
    if gap in ("", "”") and {left.channel, right.channel} <= ACCOUNT_CHANNELS:
        return True
    if "," in gap:
        return bool(re.match(r"[”》号]?,[^,。;:\d]{0,12}$", gap)) and "等" in text[right.end : min(end, right.end + 8)]
    return bool(around_channels("joint").match(gap)) and not re.search(r"[。;:(]", gap)


def _without_class(text: str, group: list[Cue]) -> list[Cue]:
    """微信、微博等新媒体 are WeChat and Weibo; 新华社、人民日报等主流媒体 are news media."""
    if len(group) < 2:
        return group
    last = group[-1]
    entry = load("channels")[last.channel]
    gap = text[group[-2].end : last.start]
    if reading("so_many").fullmatch(gap):
        return group[:-1]  # 微博、微信两个自媒体
    if "等" not in gap:
        return group
    unknown = bool(entry.get("broad")) and UNKNOWN_MEMBER.match(gap) is not None  # 都市报、云上汀原等地方媒体
    if unknown or text[last.start : last.end] in entry.get("outlets", ()) or group[0].channel == last.channel:
        return [last]  # 新华社、今日头条等媒体 too
    others = last.channel == "other" and text[last.start : last.end] in entry["classes"]
    return group[:-1] if entry.get("broad") or others else group


def is_bound(text: str, carrier: Carrier, field: Field) -> bool:
    """Whether the number says how much was published through the carrier named before it."""
    unit = field.number.unit
    if unit in NEVER_PUBLISHED or unit_classes().get(unit, frozenset()) & {"money", "share", "place", "people"}:
        return False
    between = text[carrier.end : field.number.start]
    verb = last_match(around_channels("publish"), between)
    if not unit and not (verb and re.search(r"(?:信息|稿件|内容|条数|数量?|量)\s*(?:为|共|达)?$", between)):
        return False
    other = last_match(around_channels("elsewhere"), between)
    if other and other[0] in COLUMNS and unit in ("条", "篇", "件", "份", "条次"):
        other = None  # 网站街道专栏241条: what its column published
    if other and verb and around_channels("matters").match(between[verb.end() :]):
        other = None  # 公开机构设置、项目建设等信息: nouns
    if other and (verb is None or verb.start() < other.start()):
        return False
    if REPORTED.search(text[max(0, carrier.start - 20) : carrier.start]):
        return False  # 上报区政府网站公示信息234条
    if other and other.start() <= 2 and other[0] in ("报送", "上报"):
        return False  # 向政府网站报送公示信息187条
    entry = load("channels")
    if all(entry[key].get("carrier_only") for key in carrier.channels):
        through = around_channels("through").search(text[max(0, carrier.start - 40) : carrier.start])
        return verb is not None and through is not None
    if verb is None:
        if unit in ("个", "次", "频次") and not reading("posts").search(between):
            return False
        if re.search(r"[。;!?\n]", between):
            return False
        plain = re.sub(r"“[^”]{0,20}”|[()、,: ”]", "", reading("tail").sub("", between))
        return len(plain) <= 10
    return True


def category_of(text: str, carrier_end: int, field: Field, *, account: bool = False) -> str | None:
    """What was counted, if it is narrower than 信息: 政策文件, 工作动态. ``None`` for information in general."""
    between = text[max(carrier_end, field.segment_start) : field.number.start]
    column = reading("column").search(between) or reading("site_column").match(between)
    if column:
        return column["column"]
    between = reading("titles").sub("", reading("rest_of_name").sub("", between))
    between = reading("aside").sub("", NAME_OR_YEAR.sub("", between))
    between = reading("volume").sub("", between)
    between = reading("published_when").sub("", reading("tail").sub("", between))
    noun = strip_noun(between)
    if reading("others_that").match(noun):
        return shortened(noun)
    for match in around_channels("publish").finditer(between):
        if reading("published_noun").match(between, match.start()):
            continue
        rest = strip_noun(between[match.end() :])
        if rest and match[0] not in ("解读", "宣传", "报道", "转载"):  # 公告公示25条: the last verb is the noun
            noun = rest
    subject = around_channels("time_only").sub("", around_channels("publish").sub("", noun))
    noun_follows = field.number.unit and field.right and around_channels("generic").match(subject)
    if not subject or noun_follows:  # 我局发布15条招标信息
        noun = ""
    of_field = reading("field_of_work").search(between)
    if of_field:
        noun = of_field["field"]
    if not noun and field.right:
        noun = strip_noun(field.right)
    if reading("every_kind").search(noun):
        return None  # 组织机构、部门文件等各类信息
    noun = shortened(noun)
    if around_channels("generic").match(noun) or (account and around_channels("generic_account").search(noun)):
        return None
    return noun


def strip_noun(noun: str) -> str:
    """A noun without 共、达、为 after it and punctuation around it."""
    stripped = reading("tail").sub("", noun).strip("”“、,:;( )的了.-*").rstrip("和及与").lstrip("》")
    return f"“{stripped}" if "”" in stripped and "“" not in stripped else stripped  # “三公”经费信息


def shortened(noun: str) -> str:
    """The last words of a long noun: whole members of a list, never half a word."""
    if len(noun) <= MAX_CATEGORY_CHARS:
        return noun
    cut = noun[-MAX_CATEGORY_CHARS - 1 :]
    return cut.partition("、")[2] or cut[1:]
