"""Whose report, of which year. Each row: the head of an invented report and what it says; codes are of GB/T 2260."""

from datetime import date

import pytest

from nlp.reading.clean import clean_text
from nlp.reading.files import read_text
from nlp.structure.identity import read_identity
from nlp.structure.sections import find_sections

END = "\n一、总体情况\n甲。"


def identity(text):
    source = read_text(text, name="a.txt")
    clean = clean_text(source)
    found = read_identity(source, clean, find_sections(source, clean), "free_form")
    for name, span in found.spans.items():
        assert 0 <= span.start < span.end <= len(source.text), name
    return found


ISSUERS = [
    ("白河县水利局2019年政府信息公开年报", "白河县水利局", "county", "610929"),
    ("2019年度白河县水利局政府信息公开工作报告", "白河县水利局", "county", "610929"),  # year first
    ("关于白河县水利局2019年政府信息公开工作情况的报告", "白河县水利局", "county", "610929"),
    ("白河县统计局\n2019年政府信息公开工作年度报告", "白河县统计局", "county", "610929"),  # two lines
    ("南通市2019年政府信息公开工作年度报告\n可在南通市人民政府网站下载。", "南通市人民政府", "prefecture", "320600"),
    ("四川省财政厅2019年政府信息公开工作年度报告", "四川省财政厅", "province", "510000"),
    ("国家税务总局邵武市税务局2019年政府信息公开工作年度报告", "国家税务总局邵武市税务局", "county", "350781"),
    (
        "紫云自治县教育局2019年政府信息公开工作年度报告",
        "紫云自治县教育局",
        "county",
        "520425",
    ),  # short form of the name
    (
        "鼓楼区财政局2019年政府信息公开工作年度报告",
        "鼓楼区财政局",
        "county",
        "ambiguous",
    ),  # four districts bear the name
    (
        "鼓楼区财政局2019年政府信息公开工作年度报告\n本报告由南京市鼓楼区财政局编制。",
        "南京市鼓楼区财政局",
        "county",
        "320106",
    ),
    ("鼓楼区财政局2019年政府信息公开工作年度报告\n地址:徐州市鼓楼区一路。", "鼓楼区财政局", "county", "320302"),
    ("甲乙丙镇2019年政府信息公开工作年度报告", "甲乙丙镇", "township", None),  # no such place: nothing is guessed
    ("南京大学2019年信息公开工作年度报告", "南京大学", None, None),  # the alias 南京 is no place here
    ("白河县2019年政府信息公开工作年度报告\n本报告由白河县人民政府办公室编制。", "白河县人民政府", "county", "610929"),
    ("白河县2019年政府信息公开工作年度报告\n由白河县人民政府信息公开办编制。", "白河县人民政府", "county", "610929"),
    # The place of a bare name: from the contact, the index card; never from whose orders are followed.
    ("水利局2019年政府信息公开工作年度报告\n请与白河县水利局办公室联系。", "白河县水利局", "county", "610929"),
    (
        "发布机构:县水利局\n2019年政府信息公开工作年度报告\n现公布白河县水利局2019年度报告。",
        "白河县水利局",
        "county",
        "610929",
    ),
    ("水利局2019年政府信息公开工作年度报告\n根据安康市水利局要求编制。", "水利局", None, None),
    ("水利局2019年政府信息公开工作年度报告\n按照《安康市水利局关于年报的通知》编制。", "水利局", None, None),
    ("城乡建设局2019年政府信息公开工作年度报告\n请与白河县城乡建设局联系。", "白河县城乡建设局", "county", "610929"),
    ("甲乙街道2019年政府信息公开工作年度报告\n地址:白河县甲乙街道办事处院内。", "甲乙街道办事处", "township", None),
    (
        "2019-2020学年信息公开工作年度报告\n请与南京大学党政办公室联系。",
        "南京大学",
        None,
        None,
    ),  # a school year is no name
    (
        "按照教育部要求,南京大学学校办公室结合学校工作情况,编制本报告。统计期限为2019年1月1日至12月31日。",
        "南京大学",
        None,
        None,
    ),
    ("白河县构扒镇2019年政府信息公开 工作告年度报", "白河县构扒镇", "township", "610929"),  # letters out of order
    ("名称:白河县水利局2019年政府信息公开年报", "白河县水利局", "county", "610929"),  # an index card
    (
        "主题分类:政务/2019年政府信息公开年报\n本报告由白河县水利局编制。统计时间为2019年1月1日至12月31日。",
        "白河县水利局",
        "county",
        "610929",
    ),  # no title
    ("白河县水利局2019年政府信息公开年报 打印本页 【关闭】", "白河县水利局", "county", "610929"),  # buttons
    ("白河县水利局办公室关于2019年白河县水利局政府信息公开工作年度报告的公告", "白河县水利局", "county", "610929"),
    ("现公布白河县水利局2019年政府信息公开工作年度报告。", "白河县水利局", "county", "610929"),  # the title was lost
    (
        "2019年公开情况如下。请与白河县水利局办公室联系(电话:0915-1234567)。编制2019年报告。",
        "白河县水利局",
        "county",
        "610929",
    ),
    (
        "统计时间为2019年1月1日至12月31日。由白河县中学信息公开工作领导小组办公室编制。",
        "白河县中学",
        "county",
        "610929",
    ),
    (
        "2019年公开情况如下。请与白河县人民政府办公室文电科联系。编制2019年报告。",
        "白河县人民政府办公室",
        "county",
        "610929",
    ),
    ("根据规定,城关街道认真开展2019年度政府信息公开工作。", "城关街道", "township", "ambiguous"),
    (
        "现公布国家税务总局邵武市税务局(以下简称市税务局)2019年政府信息公开年报。",
        "国家税务总局邵武市税务局",
        "county",
        "350781",
    ),
    ("白河县水利局2019年度信息公开工作\n年度报告", "白河县水利局", "county", "610929"),  # the title is broken
    (
        "标题: | 白河县水利局2019年政府信息公开年报 |\n白河县水利局\n2019年政府信息公开年报",
        "白河县水利局",
        "county",
        "610929",
    ),
    ("白河县水利局关于2019年度政府信息公开工作情况的报告", "白河县水利局", "county", "610929"),
    # A zone is no city, even where the name of the city is short.
    ("安康高新区2019年政府信息公开年报", "安康高新区", None, "610900"),
    ("白河县经济技术开发区管委会2019年政府信息公开年报", "白河县经济技术开发区管委会", None, "610929"),
    ("安康市滨河区经济开发区2019年政府信息公开年报", "安康市滨河区经济开发区", None, "610900"),
    ("浦东新区水务局2019年政府信息公开年报", "浦东新区水务局", "county", "310115"),  # a district in its own right
    ("大兴安岭地区行政公署2019年政府信息公开年报", "大兴安岭地区行政公署", "prefecture", "232700"),
    # The number of an announcement before the report's name.
    ("云山部(2020年第7号):云山部2019年政府信息公开工作报告\n甲。", "云山部", None, None),
    ("云山水利局(2020年第7号):2019年政府信息公开工作报告\n甲。", "云山水利局", None, None),
    # A name without its place; 市 may be of two levels, 区 may be a zone.
    ("自治区水利厅2019年政府信息公开年报", "自治区水利厅", "province", None),
    ("自治区人民政府办公厅2019年政府信息公开年报", "自治区人民政府办公厅", "province", None),
    ("省水利厅2019年政府信息公开年报", "省水利厅", "province", None),
    ("县水利局2019年政府信息公开年报", "县水利局", "county", None),
    ("市水利局2019年政府信息公开年报", "市水利局", None, None),
    ("区水利局2019年政府信息公开年报", "区水利局", None, None),
    # Places where nobody reports; the county of the same name is alone.
    ("台南工业园区管委会2019年政府信息公开年报", "台南工业园区管委会", None, None),
    ("连江县水利局2019年政府信息公开年报", "连江县水利局", "county", "350122"),
    # The portal is named as the source, the report's own name in the text.
    (
        "2019年政府信息公开工作年度报告\n信息来源:白河县人民政府\n现公布《白河县水利局2019年政府信息公开年报》。",
        "白河县水利局",
        "county",
        "610929",
    ),
    (
        "现公布白河县人民政府2019年政府信息公开年报。请与白河县人民政府办公室联系。",
        "白河县人民政府",
        "county",
        "610929",
    ),
    ("特向社会公布2019年度白河县水利局政府信息公开报告。", "白河县水利局", "county", "610929"),
    ("根据条例,云南省形成了《2019年政府信息公开年度报告》。", "云南省", "province", "530000"),
    ("白河县人民政府机关\n2019年政府信息公开年报", "白河县人民政府", "county", "610929"),
    ("白河县水利局(本级机关)2019年政府信息公开年报", "白河县水利局", "county", "610929"),
    (
        "白河县水利局(县河长制办公室)根据《条例》编制本报告。统计时间为2019年1月1日至2019年12月31日。",
        "白河县水利局",
        "county",
        "610929",
    ),
    # Provinces in short, the party's bodies, the state's teams, a division that is a city too.
    ("安徽舒城水利局2019年政府信息公开年报", "安徽舒城水利局", "county", "341523"),
    ("吉林大学2019年信息公开年报", "吉林大学", None, None),
    ("中共白河县委编办2019年政府信息公开年报", "中共白河县委编办", "county", "610929"),
    ("国家统计局湖州调查队2019年政府信息公开年报", "国家统计局湖州调查队", "prefecture", "330500"),
    ("第八师石河子市水利局2019年政府信息公开年报", "第八师石河子市水利局", None, "659001"),
    # A second name in brackets; the name behind the title; a bureau's branch in a district; a town no table has.
    (
        "白河县人力资源和社会保障局(白河县公务员局)2019年政府信息公开年报",
        "白河县人力资源和社会保障局",
        "county",
        "610929",
    ),
    ("2019年政府信息公开年报(白河县水利局)", "白河县水利局", "county", "610929"),
    ("白河县水利局\n政府信息公开年报\n(2019年)", "白河县水利局", "county", "610929"),  # the year on a line of its own
    ("南通市公安局崇川分局2019年政府信息公开年报", "南通市公安局崇川分局", "county", "320602"),
    ("南通市公安局水上分局2019年政府信息公开年报", "南通市公安局水上分局", "prefecture", "320600"),
    ("白河县甲乙街道办事处2019年政府信息公开年报", "白河县甲乙街道办事处", "township", "610929"),
    ("白河县甲乙镇卫生院2019年政府信息公开年报", "白河县甲乙镇卫生院", "county", "610929"),
    # Zones with a code of their own have no level either; nor have customs, which watch over provinces.
    ("苏州工业园区管理委员会2019年政府信息公开年报", "苏州工业园区管理委员会", None, "320571"),
    ("中华人民共和国南京海关2019年政府信息公开年报", "中华人民共和国南京海关", None, "320100"),
    ("克州阿图什市2019年政府信息公开年报", "克州阿图什市", "county", "653001"),  # 州 in short
    ("江苏省南通质量技术监督局2019年政府信息公开年报", "江苏省南通质量技术监督局", "prefecture", "320600"),
    # The year before what is published holds no name; an office of the school names no body.
    (
        "白河县水利局根据条例,认真编制了2019年度政府信息公开年报。请与白河县水利局联系。",
        "白河县水利局",
        "county",
        "610929",
    ),
    ("公布2019年信息公开年报。请联系学校信息公开办公室(电话:1234567)。", None, None, None),
    ("【年度报告】白河县水利局2019年政府信息公开年报", "白河县水利局", "county", "610929"),
    ("白河县水利局关于报送2019年政府信息公开工作年度报告的报告", "白河县水利局", "county", "610929"),
    ("白河县水利局\n关于2019年政府信息公开工作的年度报告", "白河县水利局", "county", "610929"),
    ("2019年白河县水利局政务公开工作总结", "白河县水利局", "county", "610929"),
    ("由白河县人民政府信息公开工作领导小组办公室编制2019年度信息公开工作报告。", "白河县人民政府", "county", "610929"),
    ("黄山风景区管理委员会2019年政府信息公开年报", "黄山风景区管理委员会", None, "341003"),
    ("白河县甲乙街办事处2019年政府信息公开年报", "白河县甲乙街办事处", "township", "610929"),
    ("澜沧某某省水利厅2019年政府信息公开年报", "澜沧某某省水利厅", "province", None),
    # The year behind the topic, the year before the body, a colon behind 联系; advertisements in front of the name.
    ("特向社会公布白河县水利局政府信息公开工作2019年度报告。", "白河县水利局", "county", "610929"),
    ("现特向社会公布2019年白河县甲乙镇人民政府信息公开工作年度报告。", "白河县甲乙镇人民政府", "township", "610929"),
    ("编制2019年报告。如有疑问,请联系:白河县水利局办公室,电话1234567。", "白河县水利局", "county", "610929"),
    ("威尼斯人娱乐_欧洲杯投注【官网】白河县水利局2019年政府信息公开年报", "白河县水利局", "county", "610929"),
    ("开云体育-首页 白河县水利局2019年政府信息公开年报", "白河县水利局", "county", "610929"),
]


@pytest.mark.parametrize(("head", "issuer", "level", "region"), ISSUERS)
def test_issuer_level_and_region(head, issuer, level, region):
    found = identity(head + END)
    assert (found.issuer, found.level, found.region, found.year) == (issuer, level, region, 2019)


PERIODS = [
    ("统计期限自2019年1月1日起至2019年12月31日止。", date(2019, 1, 1), date(2019, 12, 31)),
    ("统计期限为2019年1月1日至12月31日。", date(2019, 1, 1), date(2019, 12, 31)),
    ("统计期限从2019年1月1日起,至2019年12月31止。", date(2019, 1, 1), date(2019, 12, 31)),
    ("统计期限自20191月1日起至201912月31日止。", date(2019, 1, 1), date(2019, 12, 31)),  # 年 was lost
    ("现将2019年度(2018年9月1日-2019年8月31日)情况总结如下。", date(2018, 9, 1), date(2019, 8, 31)),  # a school year
    ("统计期限为本年度1月1日至12月31日。", date(2019, 1, 1), date(2019, 12, 31)),  # the year of the title
    ("统计时间为二〇一九年一月一日至十二月三十一日。", date(2019, 1, 1), date(2019, 12, 31)),
    ("统计期限从2019年1月1日起算,到2019年12月31日为止。", date(2019, 1, 1), date(2019, 12, 31)),
    ("统计期限为2019.1.1-2019.12.31。", date(2019, 1, 1), date(2019, 12, 31)),
    ("数据统计期限为201911日至1231日。", date(2019, 1, 1), date(2019, 12, 31)),  # 年 and 月 were lost
    ("全年201911日至1231日。", None, None),  # not said to be the period
    ("数据截至2019年12月31日。", None, date(2019, 12, 31)),  # no beginning is said
    ("本报告真实准确。", None, None),
]


@pytest.mark.parametrize(("sentence", "start", "end"), PERIODS)
def test_period(sentence, start, end):
    found = identity("白河县水利局2019年政府信息公开年报\n" + sentence + END)
    assert (found.period_start, found.period_end) == (start, end)


DATES = [
    ("{title}\n发布日期：2020-01-20 09:00 浏览次数：3次" + END, date(2020, 1, 20)),
    ("索引号: | A1 | 发文日期: | 2020-01-20 |\n{title}" + END, date(2020, 1, 20)),
    ("2020年01月20日    来源：\n{title}" + END, date(2020, 1, 20)),
    ("{title}\n信息提供日期 : 2020-01-15 17:52来源 : 县水利局" + END, date(2020, 1, 15)),
    ("{title}\n发布来源:县水利局网站 发布时间:2020-01-24 16:55:49" + END, date(2020, 1, 24)),
    ("{title}\n2020-01-0915:30來源:縣水利局" + END, date(2020, 1, 9)),  # a scan loses the space
    ("{title}\n（2020年1月20日）" + END, date(2020, 1, 20)),
    ("{title}" + END + "\n白河县水利局\n二○二○年一月二十日", date(2020, 1, 20)),  # signature, ○ for zero
    ("{title}" + END + "\n2019年1月1日至2019年12月31日", None),  # a period is no signature
    ("{title}\n2020-01-09 15:30 来源:县水利局 【打印】【关闭】" + END, date(2020, 1, 9)),  # no label before the date
    (
        "{title}\n索 引 号:A1主题分类:年报\n文  号成文日期:2020-01-21发布日期:2020-01-22\n{title}\n甲。" + END,
        date(2020, 1, 22),
    ),
    (
        "索引號: | A1 |\n發文日期: | 2020-02-15 |\n{title}" + END.replace("总体情况", "總體情況為機關報告開展業務"),
        date(2020, 2, 15),
    ),
    ("{title}\n2020-01-22 08:37\n甲。" + END, date(2020, 1, 22)),
    (
        "{title}\nQA4425-2020-001\n主动公开\n白河县水利局\n2020.01.25\n甲。" + END,
        date(2020, 1, 25),
    ),  # a card without labels
    ("{title}\n  • 白河县人民政府网站\n  • 发布时间：2020年02月17日\n甲。" + END, date(2020, 2, 17)),  # a list of marks
    ("索引号\n    A1\n发布日期\n    2020-02-19\n{title}" + END, date(2020, 2, 19)),  # the day is not cut
    # Lines of the page with other items around the date, and dates in other dress.
    ("{title}\n发表日期:2020-01-26    文章来源:县水利局" + END, date(2020, 1, 26)),
    ("{title}\n来自: 时间:2020-01-12" + END, date(2020, 1, 12)),
    ("{title}\n公开目录 年度报告 发布日期 2020-02-20 09:00" + END, date(2020, 2, 20)),
    ("{title}\n发布时间:20200307" + END, date(2020, 3, 7)),
    ("{title}\n发布日期:二〇二〇年一月三日" + END, date(2020, 1, 3)),
    ("{title}\n日期:2020年元月6日" + END, date(2020, 1, 6)),
    ("{title}\n(2020)白政信字第12号 发布时间:2020年3月20日 上午九点" + END, date(2020, 3, 20)),
    ("{title}\n白水发〔2020〕12号 2020-03-21" + END, date(2020, 3, 21)),
    ("{title}\n信息提供:办公室  2020-01-26 08:30" + END, date(2020, 1, 26)),
    ("{title}\n统计时间:2020年1月1日" + END, None),  # the beginning of a period
    ("{title}" + END, None),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_day_of_publication(text, day):
    assert identity(text.format(title="白河县水利局2019年政府信息公开年报")).published_on == day


def test_the_title_decides_a_contradiction_and_the_period_follows():
    assert identity("某镇2017年政府信息公开年报\n统计期限自2018年1月1日至2018年12月31日。" + END).year == 2017
    assert identity("某镇政府信息公开年报\n统计期限自2018年1月1日至2018年12月31日。" + END).year == 2018


YEARS = [
    ("甲乙大学信息公开年度报告\n本报告为2011-2012学年度信息公开年度报告。" + END, 2011),  # a school year: its first
    ("甲乙大学2011—2012学年信息公开年度报告" + END, 2011),
    ("甲乙大学信息公开年度报告\n统计期限为2011年9月1日至2012年8月31日。" + END, 2011),
    ("一、政府信息主动公开情况\n2016年,县水利局发布信息6条。\n二、存在的问题\n甲。", 2016),
    ("一、工作情况\n今年发布信息6条。\n二、存在的问题\n2017年要加强。", None),  # the year to come
    ("一、主动公开情况\n2010年以来,发布信息6条。", None),
]


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_year(text, year):
    assert identity(text).year == year


def test_nothing_is_made_of_a_passage():
    found = identity("全年公开信息12条,联系电话0999-1234567。")
    assert (found.title, found.issuer, found.level, found.region, found.year, found.spans) == (
        None,
        None,
        None,
        None,
        None,
        {},
    )
