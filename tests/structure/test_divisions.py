"""Abolished, renamed and renumbered places. Years and codes are those of the ministry's notices."""

from itertools import pairwise

import pytest

from nlp.reading.clean import clean_text
from nlp.reading.files import read_text
from nlp.structure.divisions import code_of_the_time, divisions
from nlp.structure.places import read_places
from nlp.structure.region import find_region

KINDS = {
    "district", "city", "county", "renamed", "renumbered", "moved", "merged", "divided", "abolished", "created",
}  # fmt: skip


def test_every_line_is_whole():
    assert len(divisions()) > 1000
    names = {division.name for division in divisions()}
    for division in divisions():
        assert len(division.code) == 6 and division.code.isdecimal(), division
        assert (division.level == "prefecture") == division.code.endswith("00"), division
        assert division.kind in KINDS, division
        assert division.first < division.last, division
        assert division.parent in names or read_places(division.parent), division
        if division.ended:
            assert 2000 <= division.last <= 2025 and bool(division.successors) == (division.kind != "abolished"), (
                division
            )
        else:
            assert 2000 <= division.first <= 2025 and division.kind == "created" and not division.successors, division
        assert all(code[:2] == division.code[:2] for code in division.successors), division  # none left its province


def test_no_division_is_listed_twice_for_one_time():
    listed = sorted((d.code, d.first, d.last) for d in divisions())
    for (code, _, last), (other, first, _) in pairwise(listed):
        assert code != other or first >= last or first == 0, (code, first, last)


def test_every_chain_of_codes_ends():
    for division in divisions():
        for code in division.successors:
            assert len(code_of_the_time(code, 2000)) == 6


TIMES = [
    ("510116", 2012, "510122"),  # 双流区 was a county
    ("510116", 2015, "510116"),
    ("533401", 2012, "533421"),  # 香格里拉市, 香格里拉县 …
    ("533401", 2000, "533421"),  # … and 中甸县 under the same code
    ("110101", 2005, "110101"),  # 东城区 took 崇文区 in and stayed what it was
]


@pytest.mark.parametrize(("code", "year", "then"), TIMES)
def test_codes_of_a_time(code, year, then):
    assert code_of_the_time(code, year) == then


REGIONS = [
    # abolished and merged
    ("上海市卢湾区人民政府", 2010, "county", "310103"),
    ("上海市卢湾区人民政府", 2012, "county", "310103"),  # a report behind its end: still none of the city's
    ("上海市卢湾区清溪街道办事处", 2010, "township", "310103"),
    ("北京市崇文区财政局", 2009, "county", "110103"),
    ("天津市塘沽区教育局", 2009, "county", "120107"),
    ("杭州市下城区教育局", 2018, "county", "330103"),
    ("青岛市胶南市人民政府", 2011, "county", "370284"),
    ("苏州市沧浪区民政局", 2011, "county", "320502"),
    # counties and cities that became districts; the same name without its kind is of the time too
    ("成都市双流县教育局", 2012, "county", "510122"),
    ("双流教育局", 2012, "county", "510122"),
    ("双流教育局", 2018, "county", "510116"),
    ("重庆市铜梁县安居镇人民政府", 2012, "township", "500224"),
    ("荣昌县昌元街道办事处", 2012, "township", "500226"),
    ("章丘市财政局", 2012, "county", "370181"),
    ("南通市海门区财政局", 2021, "county", "320614"),
    ("海门市财政局", 2019, "county", "320684"),
    # prefectures that are no more, and what is called the same since
    ("巢湖市人民政府", 2009, "prefecture", "341400"),
    ("巢湖市人民政府", 2014, "county", "340181"),
    ("巢湖市居巢区财政局", 2010, "county", "341402"),
    ("莱芜市财政局", 2016, "prefecture", "371200"),
    ("济南市莱芜区财政局", 2020, "county", "370116"),
    ("襄樊市襄城区财政局", 2009, "county", "420602"),
    ("哈密地区行政公署", 2012, "prefecture", "652200"),
    ("哈密市财政局", 2012, "county", "652201"),
    ("哈密市财政局", 2019, "prefecture", "650500"),
    # moved to another prefecture
    ("简阳市财政局", 2012, "county", "512081"),
    ("成都市简阳市财政局", 2019, "county", "510185"),
    ("六安市寿县人民政府", 2012, "county", "341521"),
    ("寿县人民政府", 2018, "county", "340422"),
    # a county or town that no table has takes no code of its city
    ("成都市清溪县教育局", 2012, "county", None),
    ("成都市清溪县白云镇人民政府", 2012, "township", None),
    ("成都市白云镇人民政府", 2012, "township", None),
    ("四川省清溪市财政局", 2012, None, None),
    ("东莞市清溪湾镇人民政府", 2012, "township", "441900"),  # a city without counties
    ("杭州市城市管理局", 2012, "prefecture", "330100"),
    ("杭州市市场监督管理局", 2012, "prefecture", "330100"),
    # names of companies begin before their place
    ("国网清河县供电公司", 2020, "county", "130534"),
    ("国网浙江省电力有限公司海宁市供电公司", 2020, "county", "330481"),
]


@pytest.mark.parametrize(("issuer", "year", "level", "code"), REGIONS)
def test_places_as_they_were(issuer, year, level, code):
    region = find_region(clean_text(read_text(issuer, name="a.txt")), issuer, 0, year)
    assert (region.level, region.code) == (level, code)
