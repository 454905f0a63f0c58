"""Whom to ask about a report: office, address, postcode, telephones, mail, web addresses, accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.extraction.accounts import find_accounts
from nlp.extraction.passage import paragraph_text
from nlp.extraction.telephones import TELEPHONE, is_mobile, normalise_telephone
from nlp.extraction.unlabelled import bare_addresses, telephone_behind
from nlp.reading.clean import CleanText
from nlp.records import Contact
from nlp.structure.paragraphs import Paragraph
from nlp.vocabulary.load import load

# Only official addresses: copies on hijacked domains replace the office's own (guide section 2).
WEBSITE = re.compile(
    r"(?<![@#A-Za-z0-9.])(?:https?:\s?//)?(?:[A-Za-z0-9-]{1,40}\.){1,6}gov\.cn(?::\d{2,5})?(?:/[A-Za-z0-9_./?=&%#~-]{0,200})?(?![A-Za-z0-9@])"
)
MAIL_BEFORE = re.compile(r"[@#][A-Za-z0-9.-]{0,50}$")
EMAIL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,40}\s?@\s?[.A-Za-z0-9-]{1,50}\.[A-Za-z]{2,6}")
GLUED = re.compile(
    r"(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9})?(?:[Ee]-?[Mm][Aa][Ii][Ll]:?)?(?=[A-Za-z0-9_])|"
)  # 63602263E-mailxxgk@…
POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
POSTCODE_BEHIND = re.compile(r"\s?\((\d{6})\)$")
PERSON = re.compile(r"[一-龥·]{2,6}(?:、[一-龥·]{2,4}){0,2}")
HOURS = re.compile(r"(?:[^。\n()]|\([^()\n]{0,20}\)){4,80}")
HINTS = re.compile(
    r"联系|时间|电话|网址|www|http|gov\.cn|@|微|公众号|邮编|地址|传真|手机|经办|邮箱|信箱|疑问|热线|拨打|办公|[咨联][询系]方"
)
LISTED = re.compile(  # a list of contacts has one of these
    r"\d{5}|@|地\s{0,4}址|联系人|联系方|经办人|时间|(?:电\s{0,4}话|传\s{0,4}真)[^,。;\n]{0,8}\d"
)
CALL = re.compile(r"(?:请|可|欢迎|敬请)(?:直接)?(?:来电|联系|致电|拨打)(?:电话)?\s?:?\s?(?=\d|\()")
NAMED = re.compile(r"(?P<name>[一-龥·]{2,4})\s?[,:]?\s?(?=\(?[01]\d{2})")  # 张三,0755-23456781
# 文化路 5号 is one address; a postcode, a telephone or the next label ends it.
BEHIND_ADDRESS = re.compile(r"\s{1,4}(?:\Z|[邮電电传联网\n]|\d{5}|\(?0\d{2,3}[-—)])")
MAX_ADDRESS_CHARS = 60
MAX_VALUE_CHARS = 90


def find_contacts(clean: CleanText, paragraphs: Sequence[Paragraph]) -> tuple[Contact, ...]:
    """The contacts of a report in the order of the text, the same one once.

    Kinds: contact_unit, address, postcode, phone, mobile, fax, email, contact_person, website, wechat_account,
    weibo_account, supervision_phone, office_hours. Telephone numbers are normalised (area code, hyphen, number, ``x``
    extension), eleven digits beginning with 1 are ``mobile`` whatever their label; the rest is as printed. A label
    without value gives nothing.
    """
    found: dict[tuple[str, str], Contact] = {}
    for paragraph in paragraphs:
        text = paragraph_text(clean, paragraph)
        if not HINTS.search(text):
            continue
        for kind, value, start, end in sorted(_contacts_of(text), key=lambda c: c[2]):
            personal = kind in ("mobile", "contact_person")
            span = clean.span(paragraph.start + start, paragraph.start + end)
            found.setdefault((kind, value), Contact(kind, value, span, personal))
    return tuple(found.values())


def _contacts_of(text: str) -> Iterator[tuple[str, str, int, int]]:
    yield from _websites(text)
    for mail in EMAIL.finditer(text):
        start = mail.start() + GLUED.match(mail[0]).end()  # type: ignore[union-attr]
        yield "email", re.sub(r"\s", "", text[start : mail.end()]), start, mail.end()
    yield from _units(text)
    if LISTED.search(text):
        yield from _labelled(text)
        yield from bare_addresses(text)
    for account in find_accounts(text):
        yield account.kind, account.name, account.start, account.end


def _websites(text: str) -> Iterator[tuple[str, str, int, int]]:
    for match in WEBSITE.finditer(text):
        if MAIL_BEFORE.search(text, max(0, match.start() - 60), match.start()):
            continue  # the rest of a mail domain: @some-place.gov.cn
        value = match[0].rstrip(".-?&")
        yield "website", value, match.start(), match.start() + len(value)


def _units(text: str) -> Iterator[tuple[str, str, int, int]]:
    refused = re.compile("|".join(load("contacts")["frames"]["not_unit"]["patterns"]))
    for match in _frame().finditer(text):
        group = match.lastgroup or ""
        name, start = match[group].rstrip(), match.start(group)
        cut = max(name.rfind(" "), name.rfind("\t")) + 1  # 垃圾词 in front of the name: 某某主页 北街街道办事处
        start, name = start + cut, name[cut:]
        name = re.sub(r"(?:联系|办理|进行)$", "", name).rstrip()
        framed = _frame_needed().search(text, max(0, match.start() - 60), match.end() + 12)
        if framed and len(name) >= 2 and not refused.search(name):
            yield "contact_unit", name, start, start + len(name)
            yield from telephone_behind(text, start + len(name))


def _labelled(text: str) -> Iterator[tuple[str, str, int, int]]:
    labels = [m for m in _labels().finditer(text) if not _no_label().match(text, *_word(m))]
    last_phone: tuple[str, int, int] | None = None
    for position, label in enumerate(labels):
        kind = label.lastgroup or ""
        following = labels[position + 1].start() if position + 1 < len(labels) else len(text)
        start = label.end()
        limit = min(following, start + MAX_VALUE_CHARS)
        opened = re.compile(r"\s{0,3}(?:[::]|为|是)?\s{0,3}[(<“]?\s?").match(text, start, limit)
        colon = opened is not None and any(c in opened[0] for c in ":为是")
        start = opened.end() if opened else start
        values = list(_values(kind, text, start, limit, colon))
        for value_kind, value, begin, end in values:
            if value_kind == "phone":
                last_phone = (value, begin, end)
            yield value_kind, value, begin, end
        also_fax = text[max(0, label.start() - 1) : label.start()] in ("兼", "(", "同", "及")
        if kind == "fax" and not values and last_phone and also_fax:
            yield "fax", *last_phone  # 电话68000000,兼传真
    for match in CALL.finditer(text):
        yield from _telephones("phone", text, match.end(), len(text))


def _values(kind: str, text: str, start: int, limit: int, colon: bool) -> Iterator[tuple[str, str, int, int]]:
    if kind == "phone_and_fax" and (both := _one_each(text, start, limit)):
        yield from both
    elif kind in ("phone", "fax", "mobile", "supervision_phone", "phone_and_fax"):
        yield from _telephones(kind, text, start, limit)
    elif kind == "postcode":
        code = POSTCODE.match(text, start, limit)
        if code:
            yield kind, code[0], code.start(), code.end()
    elif kind == "email":
        mail = EMAIL.search(text, start, limit)
        if mail and mail.start() - start <= 4 and not GLUED.match(mail[0])[0]:  # type: ignore[index]
            yield kind, re.sub(r"\s", "", mail[0]), mail.start(), mail.end()
    elif kind == "address":
        yield from _address(text, start, limit, colon)
    elif kind == "ways":
        yield from _ways(text, start, limit, colon)
    elif kind == "contact_person":
        person = PERSON.match(text, start, limit)
        if person and colon:
            yield kind, person[0], person.start(), person.end()
    elif kind == "office_hours":
        hours = HOURS.match(text, start, limit)
        if hours and colon and re.search(r"\d|周|星期|工作日", hours[0]):
            value = hours[0].rstrip(" ,;、(")
            yield kind, value, start, start + len(value)
    elif kind == "contact_unit" and colon:
        unit = re.compile(r"[^,。;:()\n]{2,45}").match(text, start, limit)
        if unit:
            value = unit[0].rstrip()
            yield kind, value, start, start + len(value)


def _one_each(text: str, start: int, limit: int) -> list[tuple[str, str, int, int]]:
    """电话/传真:A/B is a telephone and a fax; with one number, or more, each is both."""
    numbers = list(_telephones("phone", text, start, limit))
    if len(numbers) != 2 or text[numbers[0][3] : numbers[1][2]].strip() != "/":
        return []
    return [numbers[0], ("fax", *numbers[1][1:])]


def _ways(text: str, start: int, limit: int, colon: bool) -> Iterator[tuple[str, str, int, int]]:
    """After 联系方式: telephones, also each with a name before it, an address, or the office itself."""
    person = NAMED.match(text, start, limit)
    while person and colon:
        telephones = list(_telephones("phone", text, person.end(), limit))
        if not telephones:
            break
        yield "contact_person", person["name"], *person.span("name")
        yield from telephones
        person = NAMED.match(text, min(limit, telephones[-1][3] + 1), limit)
        if person is None:
            return
    telephones = list(_telephones("phone", text, start, limit))
    if telephones or not colon:
        yield from telephones
        return
    name = re.compile(r"[^,。;:()\n ]{2,45}").match(text, start, limit)
    entry = load("contacts")["labels"]["ways"]
    if name and re.search(entry["place"], name[0]):
        yield from _address(text, start, limit, colon)
    elif name and re.search(entry["office"], name[0]):
        yield "contact_unit", name[0], name.start(), name.end()


def _telephones(kind: str, text: str, start: int, limit: int) -> Iterator[tuple[str, str, int, int]]:
    at = start
    while True:
        number = TELEPHONE.match(text, at, limit)
        if number is None or len(re.sub(r"\D", "", number[0])) < 7:
            return
        value, begin, end = normalise_telephone(number[0]), number.start(), number.end()
        if is_mobile(number[0]):
            yield "mobile", value, begin, end
        elif kind == "phone_and_fax":
            yield "phone", value, begin, end
            yield "fax", value, begin, end
        else:
            yield "phone" if kind == "mobile" else kind, value, begin, end
        fax = re.compile(r"\s?\(\s?(?:兼|含|同)?传真\)").match(text, end)
        if fax and kind == "phone":
            yield "fax", value, begin, end
        more = re.compile(r"\s?(?:\([^()\d]{0,12}\))?\s?[、/,;和或 ]\s?(?=\(?[0-9])").match(text, end, limit)
        if more is None:
            return
        at = more.end()


def _address(text: str, start: int, limit: int, colon: bool) -> Iterator[tuple[str, str, int, int]]:
    """An address goes on to the comma, semicolon or bracket that ends it; brackets within it belong to it."""
    end, depth = start, 0
    while end < min(limit, start + MAX_ADDRESS_CHARS):
        character = text[end]
        if character in "(":
            depth += 1
        elif character == ")":
            if not depth:
                break
            depth -= 1
        elif _ends_address(text, end, depth):
            break
        end += 1
    value = text[start:end]
    if depth and "(" in value:
        value = value[: value.rindex("(")] if not re.search(r"[(][^()]{0,20}$", value) else value
    value = re.sub(load("contacts")["labels"]["address"]["placed"], "", value.strip(" 、:“”").rstrip("( "))
    begin = text.find(value, start) if value else start
    if len(value) < 4 or not re.search(r"[一-龥]{2}", value) or re.match(r"[、和及]", value):
        return
    if "://" in value or "www." in value or (not colon and not re.search(r"[路街道镇乡村号区县市楼]", value)):
        return
    code = POSTCODE_BEHIND.search(value)
    if code:  # 云山路6号(654300)
        value = value[: code.start()]
        yield "postcode", code[1], begin + code.start(1), begin + code.end(1)
    yield "address", value, begin, begin + len(value)


def _ends_address(text: str, at: int, depth: int) -> bool:
    character = text[at]
    if character in ",;。\n|\t<":
        return not depth or text[at + 1 : at + 3] in ("邮编", "电话")
    return character == " " and bool(BEHIND_ADDRESS.match(text, at))


def _word(label: re.Match[str]) -> tuple[int, int]:
    """Where to look whether a label is one: from the last two characters of the label on."""
    return max(label.start(), label.end() - 2), label.end() + 4


@cache
def _labels() -> re.Pattern[str]:
    labels = load("contacts")["labels"]
    return re.compile("|".join(f"(?P<{kind}>{'|'.join(entry['patterns'])})" for kind, entry in labels.items()))


@cache
def _no_label() -> re.Pattern[str]:
    return re.compile("|".join(load("contacts")["not_label"]["patterns"]))


@cache
def _frame() -> re.Pattern[str]:
    return re.compile("|".join(load("contacts")["frames"]["unit"]["patterns"]))


@cache
def _frame_needed() -> re.Pattern[str]:
    return re.compile("|".join(load("contacts")["frames"]["needed"]["patterns"]))
