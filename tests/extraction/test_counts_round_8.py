"""Counts as public reports of 2008–2018 state them: sentences of our own, worked out by hand, each for one phenomenon."""

from collections.abc import Callable

import pytest

import nlp

# fmt: off
EXAMPLES = {
    "lines that are merged are no calls": (
        "全年推动12345平台与7个部门的9条热线电话并线。",
        "", "", ""),
    "calls of a hotline are calls": (
        "全年12345热线受理诉求260件。",
        "", "", "hotline_orders=260"),
    "a reference to a table is no count": (
        "全县公开政府信息640条,其中县直部门240条,各镇400条(见附表2)。",
        "", "", "disclosed_total=640 category_count=240 category_count=400"),
    "annexes that are counted": (
        "全年公开附件2份。",
        "", "", "category_count=2"),
    "no costs of lawsuits": (
        "本年度没有与行政诉讼有关的费用支出,未收到公开申请。",
        "", "", "applications_received=0"),
    "the number of a telephone service is its name": (
        "全年受理65230电话咨询14次。接听76110热线电话咨询8次。",
        "", "", "consultations=14 ?hotline_orders=8 ?consultations=8"),
    "classes of the catalogue": (
        "本局政府信息公开专栏公开的信息分成6大类、21个小类。",
        "", "", ""),
    "sites that were ranked": (
        "清河政府网站在全市30多个县区网站测评中名列第二。",
        "", "", ""),
    "the items that an inspection looked at": (
        "年中检查了各科室对目录中28项内容的公开情况。",
        "", "", ""),
    "inspections are still counted": (
        "年中检查各科室公开情况3次。",
        "", "", "inspections=3"),
    "each number before its noun": (
        "梳理公开6项行政许可、2项行政备案事项。设立1个查阅点和3个专题栏目。",
        "", "", "?admin_licences=6 reading_points=1 columns=3"),
    "what won a prize": (
        "在《清河日报》发稿26篇,2篇稿件被评为全市好新闻。",
        "", "newspaper=26篇", ""),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []


def test_a_title_mark_alone_is_no_category() -> None:
    (count,) = nlp.analyse_text("在《清河日报》发稿26篇。").channel_counts
    assert (count.channel, count.scope, count.category) == ("newspaper", "year", None)
