"""What the category of a count is called: the words of the class, whole and nothing else."""

from __future__ import annotations

import pytest

import nlp


def test_a_title_mark_alone_is_no_category() -> None:
    (count,) = nlp.analyse_text("在《清河日报》发稿26篇。").channel_counts
    assert (count.channel, count.scope, count.category) == ("newspaper", "year", None)


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        (
            "公布种子检验结果、经营许可名单、禁渔期安排、增殖放流方案、港口收费标准等信息90条。",
            ["禁渔期安排、增殖放流方案、港口收费标准等信息"],
        ),
        ("全年公开政府信息公开年报1条、部门预算2条。", ["政府信息公开年报", "部门预算"]),
        (
            "公开信息50条。其中,“今日清河”栏目发布30条,“办事指引”栏目发布20条。",
            [None, "今日清河", "办事指引"],
        ),
        (
            "2012年制作信息总数50条,其中主动公开文件15条,依申请公开文件25条,不予公开文件10条。",
            ["制作信息", "文件", "依申请公开文件", "不予公开文件"],
        ),
    ],
)
def test_a_category_begins_at_a_word(text: str, categories: list[str | None]) -> None:
    assert [count.category for count in nlp.analyse_text(text).counts] == categories


def test_a_communique_in_a_list_is_no_gazette() -> None:
    (count,) = nlp.analyse_text("在市林业信息网公开林业数据、林业公报、工作动态等信息80多条。").channel_counts
    assert (count.channel, count.scope) == ("gov_website", "subset")


def test_what_the_law_asks_for_is_named_whole() -> None:
    counts = nlp.analyse_text("网站公开信息90条,法定主动公开70条。").channel_counts
    assert [count.category for count in counts] == [None, "法定主动公开"]


def test_an_item_that_only_says_what_was_published_is_named_by_its_matter() -> None:
    text = "公开信息60条。一是发布重点领域信息40条;二是调整权责清单,发布相关信息20条。"
    assert [count.category for count in nlp.analyse_text(text).counts] == [None, "重点领域信息", "调整权责清单"]


def test_a_class_is_named_without_the_time() -> None:
    (count, *_) = nlp.analyse_text("全年制发公文36件,其中主动公开23件、依申请公开13件。").counts
    assert count.category == "制发公文"


def test_each_class_has_the_noun_behind_its_number() -> None:
    counts = nlp.analyse_text("全年发布16条招聘公告和7条会议通知。").counts
    assert [count.category for count in counts] == ["招聘公告", "会议通知"]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("“街道要闻”栏目发布86条。", "街道要闻"),
        ("发布《保障房选房公示》等21条公共资源信息。", "公共资源信息"),
        (
            "全年公开财政预决算、政府债务、城乡低保救助资金、老旧小区改造制度、水环境治理、土地交易等重点领域信息75条。",
            "水环境治理、土地交易等重点领域信息",
        ),
    ],
)
def test_category(text: str, category: str) -> None:
    assert [count.category for count in nlp.analyse_text(text).counts] == [category]
