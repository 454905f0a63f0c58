"""Damage as real pages show it, a case for each kind: what can be mended is read as the whole text is, and recorded;
what cannot be mended is flagged.
"""

import pytest

import nlp
from nlp.checking.check import check
from nlp.reading.clean import clean_text

WHOLE = """云岭县水务局2021年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》，编制本报告。本报告统计期限自2021年1月1日起至2021年12月31日止。如有疑问，请与云岭县水务局办公室联系（联系电话：0851-3572606，邮编：561300）。
一、总体情况
（一）主动公开。全年通过政府网站主动公开政府信息128条，通过微信公众号发布信息36条。
（二）依申请公开。全年收到政府信息公开申请5件，全部按期答复。
五、存在的主要问题及改进情况
存在的问题：一是公开内容不够全面，部分信息更新不及时；二是工作人员业务能力有待提高。
改进措施：一是进一步丰富公开内容，及时更新；二是加强业务培训，提升工作人员能力。
六、其他需要报告的事项
无其他需要报告的事项。
"""
TRADITIONAL = """雲嶺縣水務局2021年政府信息公開工作年度報告
根據《中華人民共和國政府信息公開條例》，編制本報告。本報告統計期限自2021年1月1日起至2021年12月31日止。如有疑問，請與雲嶺縣水務局辦公室聯係（聯係電話：0851-3572606，郵編：561300）。
一、總體情況
（一）主動公開。全年通過政府入口網站主動公開政府信息128條，通過微信公眾號發佈信息36條。
（二）依申請公開。全年收到政府信息公開申請5件，全部按期答複。
五、存在的主要問題及改進情況
存在的問題：一是公開內容不夠全面，部分信息更新不及時；二是工作人員業務能力有待提高。
改進措施：一是進一步豐富公開內容，及時更新；二是加強業務培訓，提陞工作人員能力。
六、其他需要報告的事項
無其他需要報告的事項。
"""
WIDTH = 30
WRAPPED = "\n".join(line[at : at + WIDTH] for line in WHOLE.splitlines() for at in range(0, len(line), WIDTH))
CARD = "首页 > 政务公开 > 年报\n索引号：000014349/2022-00012\n发布时间：2022-01-20 浏览次数：128次 字体：大 中 小\n"
FOOT = "打印 关闭\n扫一扫在手机打开当前页\n分享到：\n下载积分：100\n相关附件：年报.docx\n版权所有：云岭县人民政府\n"


def with_(*pairs):
    text = WHOLE
    for whole, damaged in pairs:
        assert whole in text
        text = text.replace(whole, damaged)
    return text


MENDED = {
    "a gambling phrase for 其他": (with_(("其他", "必威体育")), {"spam"}),
    "a gambling phrase for 政府信息": (with_(("政府信息", "亚博体育")), {"spam"}),
    "a stray line break behind the phrase": (with_(("无其他需要", "无必威体育\n需要")), {"spam"}),
    "traditional script": (TRADITIONAL, {"script"}),
    "pinyin behind a traditional character": (with_(("主要问题", "主要問(wèn)题"), ("更新", "更(gēng)新")), {"script", "control"}),
    "radicals": (with_(("工", "⼯"), ("人", "⼈"), ("一", "⼀"), ("力", "⼒")), {"radical"}),
    "mojibake of numbers": (with_(("（一）", "?。ㄒ唬?"), ("（二）", "?。ǘ?")), {"undecodable"}),
    "empty brackets for numbers": (with_(("（一）", "()"), ("（二）", "()")), set()),
    "a date without 年": (with_(("2021年1月1日", "20211月1日")), {"lost_character"}),
    "dates without 年 and 月": (with_(("2021年1月1日起至2021年12月31日", "202111日起至20211231日")), {"lost_character"}),
    "a split year": (with_(("2021年政府", "202 1 年政府")), {"split_digits"}),
    "doubled words and marks": (with_(("公开内容不", "公开公开内容不"), ("有待提高", "有待于有待提高"), ("；二是", "；；二是")), {"control"}),
    "emoji": (with_(("公开内容", "公开\U0001f600内容"), ("业务培训", "业\U0001f43b务培训")), {"control"}),
    "lines of a fixed number of characters": (WRAPPED, {"line_break"}),
    "page numbers between and within paragraphs": (
        with_(("五、存", "Page 9 / P. 9\n五、存"), ("部分信息更新", "部分信息\n- 3 -\n更新")), {"furniture", "line_break"},
    ),
    "rows of bare zeros": (with_(("五、存", "|规章|0|\n|0|0|0|0|0|\n0 0 0 0\n五、存")), set()),
    "page chrome": (CARD + WHOLE + FOOT, {"furniture"}),
    "no stop between two items": (with_(("；二是", " 二是")), set()),
    "(一)是 for 一是": (with_(("一是公开", "（一）是公开")), set()),
    "a bracket never closed": (with_(("561300）。", "561300。")), set()),
}  # fmt: skip


def read(text):
    """What a report says, apart from where it says it and how sure its labels are."""
    analysis = nlp.analyse_text(text)
    return {
        "issuer": analysis.identity.issuer,
        "period": (analysis.identity.year, analysis.identity.period_start, analysis.identity.period_end),
        "sections": [section.key for section in analysis.sections],
        "contacts": [(contact.kind, contact.value) for contact in analysis.contacts],
        "channels": [(count.channel, count.quantity.value) for count in analysis.channel_counts],
        "counts": [(count.metric, count.quantity.value) for count in analysis.counts],
        "statements": [(s.role, [label.key for label in s.labels if label.accepted]) for s in analysis.statements],
    }, {repair.kind for repair in analysis.source.repairs}


def flags(text):
    analysis = nlp.analyse_text(text)
    return {issue.code for issue in check(analysis, clean_text(analysis.source))}


def test_the_whole_text_is_read_whole():
    said, kinds = read(WHOLE)
    assert kinds == set() and flags(WHOLE) == set()
    assert said["issuer"] == "云岭县水务局"
    assert said["sections"] == [
        "preamble", "overview", "proactive", "on_request", "problems", "problem_list", "measure_list", "other"
    ]  # fmt: skip
    assert said["channels"] == [("gov_website", 128), ("wechat", 36)]
    assert said["statements"][-5:] == [
        ("problem", ["timeliness_poor", "content_incomplete"]),
        ("problem", ["staff_capacity"]),
        ("measure", ["timeliness_improve", "content_expand"]),
        ("measure", ["staff_training"]),
        ("boilerplate", []),
    ]


@pytest.mark.parametrize("name", MENDED)
def test_damaged_text_is_read_as_the_whole_one(name):
    damaged, kinds = MENDED[name]
    said, found = read(damaged)
    assert said == read(WHOLE)[0]
    assert found == kinds


def test_numbers_that_lost_their_points_open_items():
    damaged = with_(
        ("一是公开内容", "1公开内容"), ("；二是工作", " 2工作"), ("一是进一步", "1进一步"), ("；二是加强", " 2加强")
    )
    assert read(damaged)[0]["statements"] == read(WHOLE)[0]["statements"]


FLAGGED = {
    "a mask": (with_(("业务能力", "业务***力")), "lost_character", None),
    "tables that were dropped": (
        with_(("五、存", "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、存")),
        None, "requests.absent",
    ),
    "another year": (with_(("全年收到", "2020年全年收到"), ("一、总体情况\n", "一、总体情况\n2020年，我局认真落实条例。\n")), None, "leftover.year"),
    "slips of the pen": (with_(("公开内容不够", "公安的内容不够")), None, "wording.slip"),
    "a template": (with_(("云岭县水务局", "XX县水务局"), ("2021", "202X")), None, "leftover.placeholder"),
    "an end that is cut off": (WHOLE[: WHOLE.index("业务能力有待提高")], None, "reading.cut_off"),
    "bytes that were lost": (with_(("公开内容不够", "公开\ufffd\ufffd不够")), "undecodable", None),
}  # fmt: skip


@pytest.mark.parametrize("name", FLAGGED)
def test_what_cannot_be_mended_is_flagged(name):
    damaged, kind, code = FLAGGED[name]
    if kind:
        assert kind in read(damaged)[1]
    if code:
        assert code in flags(damaged)


def test_a_template_has_no_year_and_no_number():
    said, _ = read(with_(("云岭县水务局", "XX县水务局"), ("2021", "202X"), ("128", "XX")))
    assert said["period"] == (None, None, None)
    assert said["issuer"] == "XX县水务局"
    assert said["channels"] == [("wechat", 36)]
