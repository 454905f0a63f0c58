"""Names of bodies: what is one body has one id, whatever the name, the reform and the code of the year."""

import pytest

from nlp.structure.bodies import body_of, code_of_today, lines

ONE_BODY = [
    # Ways to write the name of one department. All names but those of real reforms are of places that do not exist.
    [("檀渡县财政局", None, 2021), ("檀渡县人民政府财政局", None, 2019)],
    [("县财政局", "410527", 2021), ("内黄县财政局", "410527", 2021), ("内黄县人民政府财政局", "410527", 2010)],
    [("青芜镇", None, 2021), ("青芜镇人民政府", None, 2020)],
    [("雁渚街道", None, 2021), ("雁渚街道办事处", None, 2020), ("雁渚街道办", None, 2019)],
    [("内黄县发改委", "410527", 2020), ("内黄县发展和改革委员会", "410527", 2012), ("县发展改革局", "410527", 2011)],
    [("国家税务总局内黄县税务局", "410527", 2020), ("内黄县税务局", "410527", 2021)],
    # Reforms: the same body under another name.
    [("内黄县国土资源局", "410527", 2016), ("内黄县自然资源局", "410527", 2020)],
    [("内黄县环境保护局", "410527", 2016), ("内黄县生态环境局", "410527", 2020)],
    [("内黄县卫生和计划生育委员会", "410527", 2016), ("内黄县卫健委", "410527", 2020)],
    # Places that were renamed or became districts, with other codes.
    [("新津县人民政府", "510132", 2015), ("成都市新津区人民政府", "510118", 2021)],
    [("章丘市财政局", "370181", 2014), ("济南市章丘区财政局", "370114", 2020)],
]
OTHER_BODIES = [
    ("内黄县财政局", "410527", 2021), ("内黄县审计局", "410527", 2021), ("檀渡县财政局", None, 2021),
    ("璞川县财政局", None, 2021), ("内黄县人民政府", "410527", 2021), ("内黄县人民政府办公室", "410527", 2021),
    ("内黄县城关镇人民政府", "410527", 2021), ("墨川县鹤坞镇人民政府", None, 2021), ("鹤坞镇人民政府", None, 2021),
    # What was merged into another body was a body of its own.
    ("内黄县工商行政管理局", "410527", 2016), ("内黄县食品药品监督管理局", "410527", 2016),
    ("内黄县市场监督管理局", "410527", 2020), ("澜江理工学院", None, 2012), ("霁川市第三人民医院", None, 2024),
    ("内黄县教育局", "410527", 2012), ("内黄县教育体育局", "410527", 2020),
]  # fmt: skip
NO_PLACE = [
    ("县财政局", None, 2021),
    ("财政局", None, 2021),
    ("镇人民政府", "410527", 2021),
    ("市市场监督管理局", "ambiguous", 2022),
]


def ids(names):
    return [body.id if (body := body_of(*name)) else None for name in names]


@pytest.mark.parametrize("names", ONE_BODY, ids=lambda names: names[0][0])
def test_one_body_has_one_id(names):
    assert len(set(ids(names))) == 1 and None not in ids(names), ids(names)


def test_other_bodies_have_other_ids():
    assert len(set(ids(OTHER_BODIES))) == len(OTHER_BODIES), ids(OTHER_BODIES)


@pytest.mark.parametrize("name", NO_PLACE)
def test_a_place_that_nobody_tells_is_not_guessed(name):
    assert body_of(*name).id is None


def test_ids_tell_place_and_line():
    assert ids([("省教育厅", "510000", 2020), ("墨川县鹤坞镇人民政府", None, 2020), ("城市管理局", "410527", 2020)]) == [
        "510000/教育", "墨川县鹤坞镇/政府", "410527/城市管理",
    ]  # fmt: skip
    assert body_of("内黄县财政局", "410527", 2021).coded and not body_of("檀渡县财政局", None, 2021).coded
    assert body_of(None, None, None) is None


def test_codes_follow_a_place_through_the_years():
    # 郫县 510124 became 郫都区 510117 in 2016.
    assert code_of_today("510124", 2012) == "510117"
    assert code_of_today("510117", 2020) == "510117"
    assert code_of_today("999999", 2012) == "999999"


def test_a_spelling_belongs_to_one_line():
    assert lines()["国土资源"] == "自然资源" and lines()["工商"] == "工商行政管理" and lines()["卫健"] == "卫生健康"
