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
    "a hotline among the ways of disclosure": (
        "借助公告栏、区政府网站、纠风热线、微博等渠道主动公开政府信息540余条。",
        "", "bulletin_board+gov_website+hotline+weibo=540条", "?disclosed_total=540"),
    "calls of a hotline among channels": (
        "网站、热线全年受理咨询35件。",
        "", "", "?consultations=35 ?hotline_orders=35"),
    "a total behind a heading with a colon": (
        "(一)主要公开内容: 2014年度共主动公开政府信息57条,其中工作动态41条,财政信息16条。",
        "", "", "disclosed_total=57 category_count=41 category_count=16"),
    "the information that was new in the year": (
        "到2010年底累计主动公开政府信息95条,全文电子化率100%,其中,本年度新增的主动公开政府信息31条。",
        "", "", "disclosed_cumulative=95 rate=100 disclosed_total=31"),
    "over the years, in other order": (
        "2012年新增公开政府信息37条,历年累计信息公开164条。",
        "", "", "disclosed_total=37 disclosed_cumulative=164"),
    "over the years, alone": (
        "截至年底,本局历年累计信息公开数为164条。",
        "", "", "disclosed_cumulative=164"),
    "two kinds of information in all": (
        "全年公布政府信息、工作动态信息75条。其中:政府网站公开35条,政务微信公开40条。",
        "", "gov_website=35条 wechat=40条", "disclosed_total=75"),
    "applications at the end of a list of channels": (
        "各单位公开政府信息2600条,其中网站公开信息900条,政务微信公开信息500条,依申请公开38条,办结率达100%。",
        "", "gov_website=900条 wechat=500条", "disclosed_total=2600 applications_received=38 rate=100"),
    "ways of applying under a heading": (
        "本镇依申请公开信息:网络申请6件,信函申请3件。",
        "", "", "applications_online=6 applications_letter=3"),
    "results in quotes": (
        "全年受理依申请公开政府信息11件。答复件中,“同意公开答复数”7件,“属于已主动公开答复数”4件。",
        "", "", "applications_received=11 applications_granted=7 applications_other_result=4"),
    "an application given up": (
        "受理申请15宗,答复12宗,因申请人未补正而放弃申请3宗。",
        "", "", "applications_received=15 applications_answered=12 applications_withdrawn=3"),
    "what the applicants were given is no total": (
        "本局受理依申请公开4件,公开信息4条。",
        "", "", "applications_received=4 ?applications_granted=4"),
    "a total in a sentence of its own": (
        "本局受理依申请公开4件。全年公开信息4条。",
        "", "", "applications_received=4 disclosed_total=4"),
    "advice of citizens is no motion": (
        "通过互动平台处理网上投诉和建议19件。办理人大代表建议8件。",
        "", "", "?mailbox_replies=19 suggestions_handled=8"),
    "views, counted as items": (
        "政府信息公开专栏点击量为41260条。",
        "", "", "views=41260"),
    "multimedia are no press": (
        "本厅采用多媒体手段发布重要信息2000多条。众多媒体刊发信息60条。",
        "", "news_media=60条", "?disclosed_total=2000 ?category_count=2000"),
    "what sites took over from us": (
        "稿件经网站转载4000多篇(次),被各网站转载700多次。",
        "", "", "media_reports=4000 media_reports=700"),
    "documents delivered to be read": (
        "年内向区图书馆报送规范性文件9种供读者查阅,向档案馆移送规范性文件5件。",
        "", "", ""),
    "a site with its address": (
        "清河民防网(http://www.qhmf.gov.cn)共发布信息53条。",
        "website=http://www.qhmf.gov.cn", "gov_website=53条", ""),
    "an information site beside a board": (
        "全乡公开信息75条,其中清河信息网45条,公示栏30条。",
        "", "gov_website=45条 bulletin_board=30条", "disclosed_total=75"),
    "a reading room of disclosure": (
        "区林业局在门户网站和政府信息公开查阅场所主动公开政府信息207条。",
        "", "gov_website+reading_point=207条", "?disclosed_total=207"),
    "staff that grew": (
        "本镇专兼职信息员由原来的4人增加到现在的9人。",
        "", "", "?staff_total=4@previous_year staff_total=9"),
    "classes behind a heading": (
        "主动公开政府信息的主要类别情况:水情快报类26条,公示类17条,办事类5条。",
        "", "", "category_count=26 category_count=17 category_count=5"),
    "classes behind a heading, with an inspection in a name": (
        "(二)主动公开政府信息的主要类别:汛情通报6条,招标公告9条,工作简讯33条。",
        "", "", "category_count=6 category_count=9 category_count=33"),
    "classes with their shares": (
        "(二)类别情况:计划方案6条,占15%;工作动态34条,占85%。",
        "", "", "category_count=6 rate=15 category_count=34 rate=85"),
    "classes of what was applied for are none of what was published": (
        "依申请公开信息的类别:财政类2条,土地类3条。",
        "", "", ""),
    "the number before its noun": (
        "全年公布145条政务信息。",
        "", "", "disclosed_total=145"),
    "the number before its noun, after the body's own name": (
        "我局全年发布18条招标信息。",
        "", "", "category_count=18"),
    "a breakdown in a paragraph of its own": (
        "受理申请12件,比上年增加3件。\n其中,网上申请7件,信函申请5件。",
        "", "", "applications_received=12 applications_online=7 applications_letter=5"),
    "the number before a place of disclosure": (
        "办公室设立3个政府信息公开申请受理点,全县开放8个政府信息公开查阅点。",
        "", "", "reading_points=3 reading_points=8"),
    "the number of items": (
        "2012年度我乡主动公开政府信息件数为63件。",
        "", "", "disclosed_total=63"),
    "the noun before its verb": (
        "本年主动公开的政府信息中,共公开47条,其中人事类12条。",
        "", "", "disclosed_total=47 category_count=12"),
    "all applications by letter": (
        "共收到申请9件,都为信函申请,均按时办结。",
        "", "", "applications_received=9 applications_letter=9 applications_answered=9"),
    "all applications through the net, or not": (
        "共收到申请14件,全部为网上申请。上年收到申请5件,答复4件,均为网上申请。",
        "", "", "applications_received=14 applications_online=14 applications_received=5@previous_year applications_answered=4 ?applications_answered=4@previous_year"),
    "two kinds of items under one verb": (
        "在门户网站发布招聘公告15期、重要信息3000余条。",
        "", "gov_website=15期/subset gov_website=3000条/*", ""),
    "nothing in any of the classes": (
        "政策文件、人事信息、行政执法类信息均为0条。",
        "", "", "category_count=0 category_count=0 category_count=0"),
    "as many in each of the classes": (
        "全年公开招聘信息、考试信息各4条。",
        "", "", "category_count=4 category_count=4"),
    "an account that was opened, and what it published": (
        "开通农业局官方公众号,编写发布70多期内容。",
        "", "wechat=70期", ""),
    "the person who was named for it": (
        "局办公室确定一名专职人员负责信息发布。",
        "", "", "staff_fulltime=1"),
    "the way of the answer is not that of the applications": (
        "收到申请7件,均为网上公开答复。收到申请4件(均通过网络渠道提交)。",
        "", "", "applications_received=7 applications_answered=7 applications_received=4 applications_online=4"),
    "classes of what was applied for, of which there were none": (
        "收到申请6件,涉密类、隐私类均为0件。",
        "", "", "applications_received=6"),
    "places of disclosure and their parts": (
        "共开放14个政府信息公开查阅点(其中乡镇5个、部门9个)。",
        "", "", "reading_points=14 reading_points=5 reading_points=9"),
    "a closed bracket opens no list": (
        "全市公开重点领域信息3万余条(见附表3)。按要求公开市级部门812项职权的名称。",
        "", "", "category_count=30000"),
    "no costs of lawsuits, nor of what a bracket adds": (
        "未产生与诉讼(行政复议、申诉)有关的费用支出。",
        "", "", ""),
    "what sites took over, in a list": (
        "全年公开信息210条,其中政务动态210条;稿件经网站转载900多篇。",
        "", "", "disclosed_total=210 category_count=210 media_reports=900"),
    "the columns of many bodies": (
        "全区现有38个单位的政府信息公开专栏统一建在区政府网站。",
        "", "", ""),
    "opened and written for": (
        "正式推出镇政府官方公众号并编写发布80多期内容。",
        "", "wechat=80期", ""),
    "what a journal of the house held is no total": (
        "编印内刊《清河水利》8期,公开政府信息60条,政府网站公开信息110条。",
        "", "?newspaper=8期 gov_website=110条", "?category_count=60"),
    "calls after the lines were merged": (
        "热线并线后受理工单240件。将6条政务热线整合为12345热线。",
        "", "", "hotline_orders=240"),
    "a table below": (
        "公开信息36条(见下表2)。",
        "", "", "disclosed_total=36"),
    "neither costs nor damages of lawsuits": (
        "没有因信息公开引起的诉讼费用。没有发生行政诉讼赔偿。",
        "", "", ""),
    "the bodies that came to a meeting": (
        "召开9个部门参加的会议2次。",
        "", "", "meetings_held=2"),
    "advice of the people is no motion": (
        "收到群众建议13条。",
        "", "", "?opinions_received=13"),
    "from so many to so many": (
        "信息员由6名增加到11名。",
        "", "", "staff_total=6@previous_year staff_total=11"),
    "kinds of complaints are no information": (
        "举报类别:环境类14件,噪声类6件。",
        "", "", ""),
    "classes behind a short heading": (
        "2.主要类别情况如下:水情快报类22条,公示类13条。",
        "", "", "category_count=22 category_count=13"),
    "two numbers before their nouns": (
        "全年发布16条招聘公告和7条会议通知。",
        "", "", "category_count=16 category_count=7"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []


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
            "公开信息50条。其中,“今日清河”栏目发布信息30条,“政务公开”栏目发布信息20条。",
            [None, "今日清河", "“政务公开”栏目"],
        ),
        (
            "2012年制作政府信息总数50条,其中主动公开文件数15条,依申请公开文件数25条,不予公开文件数10条。",
            ["制作政府信息", "文件", "依申请公开文件", "不予公开文件"],
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


def test_each_class_has_the_noun_behind_its_number() -> None:
    counts = nlp.analyse_text("全年发布16条招聘公告和7条会议通知。").counts
    assert [count.category for count in counts] == ["招聘公告", "会议通知"]
