"""Counts as public reports of 2019–2025 state them: sentences of our own, worked out by hand, each for one phenomenon."""

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "the name of a hotline before letters is no number": (
        "全年街道收到12345群众来信47件。",
        "", "", "hotline_orders=47"),
    "letters and applications with one number": (
        "本局收到12345群众来信、政府信息公开申请等52件,其中政府信息公开申请6件,均按时答复。",
        "", "", "applications_received=6 applications_answered=6"),
    "decisions on reviews that were published": (
        "以县政府网站为平台,主动公开政府信息73条、行政复议决定书21份。",
        "", "gov_website=73条 gov_website=21份/subset", ""),
    "no application for a licence is no zero": (
        "本年度未收到行政许可申请,未收到政府信息公开申请。",
        "", "", "applications_received=0"),
    "no application for a licence alone": (
        "本年度未收到行政许可申请。",
        "", "", ""),
    "subscribers of an account": (
        "“松坪发布”微信公众号发布信息415条,订阅1860个。",
        "wechat_account=松坪发布", "wechat=415条", "followers=1860"),
    "a change in items behind a comma": (
        "全年主动公开信息170条,其中网站发布120条,报刊公开50条,相比上年,共增加24条。",
        "", "gov_website=120条 newspaper=50条", "disclosed_total=170"),
    "the rest was answered": (
        "全年收到依申请公开14件,其中5件申请人撤回,其余均已答复。",
        "", "", "applications_received=14 applications_withdrawn=5 ?applications_answered=9"),
    "interpretations are the form of what was published": (
        "依托微信公众号、视频号等平台,采用图文解读、动漫等形式,全年发布各类政务信息70余条。",
        "", "wechat+wechat_channels=70条", ""),
    "so many were reviewed": (
        "全年收到23宗政府信息公开申请,未被行政诉讼,4宗被行政复议结果维持。",
        "", "", "applications_received=23 litigations=0 reviews=4 reviews_upheld=4"),
    "an outcome before the word answer": (
        "全年办理依申请公开11件,本机关不掌握政府信息答复5件。",
        "", "", "applications_received=11 applications_unavailable=5"),
    "public already, as an outcome": (
        "全年办理申请13件,予以公开6件,已通过网站对外公开4件,不予公开3件。",
        "", "", "applications_received=13 applications_granted=6 applications_other_result=4 applications_refused=3"),
    "laws that were reposted": (
        "及时转载法律法规规章共计26部。",
        "", "", ""),
    "documents in force that were published": (
        "集中发布现行有效的区政府规范性文件9件。",
        "", "", "normative_docs_valid=9"),
    "press conferences in a list that ends with interviews": (
        "本厅举办新闻发布会和参加省政府新闻发布会、集中采访共7次。",
        "", "", "press_conferences=7"),
    "powers of a body are no decisions": (
        "经梳理,本局保留行政权力事项205项,其中行政许可24项、行政处罚160项、行政强制12项、行政检查9项。",
        "", "", ""),
    "powers that were exercised": (
        "全年办理行政权力事项205件,其中行政许可24件、行政处罚160件。",
        "", "", "admin_licences=24 admin_penalties=160"),
    "denied defeats deny no disputes": (
        "没有因信息公开引起行政复议纠错和行政诉讼败诉的情形。",
        "", "", "reviews_corrected=0 litigations_corrected=0"),
    "denied corrections in a coordination": (
        "未发生行政复议及行政诉讼被纠错的情况。",
        "", "", "reviews_corrected=0 litigations_corrected=0"),
    "news conferences are no verb of publishing": (
        "全年公开政府信息95条,公开新闻发布信息6条,召开新闻发布会2次。",
        "", "", "disclosed_total=95 category_count=6 press_conferences=2"),
    "applications of last year that were passed on": (
        "今年收到公开申请9件、转办上一年度申请4件。",
        "", "", "applications_received=9 applications_carried_in=4"),
    "opinions asked for": (
        "主动向社会公开征集意见8次。",
        "", "", "opinions_solicited=8"),
    "opinions asked for, with feedback": (
        "推动网站公开征求意见建议并反馈意见采纳情况的事项31项。",
        "", "", "opinions_solicited=31"),
    "a Weibo account called 公众号": (
        "全县政务微信公众号发布信息640条,政务微博公众号发布信息510条。",
        "", "wechat=640条 weibo=510条", ""),
    "statistical communiqués are no gazette": (
        "全年发布统计分析14篇、统计公报3篇。",
        "", "", "category_count=14 category_count=3"),
    "metrics of their own within a list": (
        "区政府门户网站共发布信息420条,其中动态信息150条,开展征集5期,公开政府公报6期。",
        "", "gov_website=420条", "category_count=150 opinions_solicited=5 gazette_issues=6"),
    "applications handled are another matter": (
        "主动公开政务信息130条,其中规范性文件4件;处理信息公开申请18件。",
        "", "", "disclosed_total=130 category_count=4 applications_received=18"),
    "published bulletins are no inspections": (
        "公开水产品质量监测通报等9条。",
        "", "", "?category_count=9"),
    "all that was disclosed in several fields": (
        "全年主动公开低保救助、殡葬管理、养老服务等方面政府信息260条。",
        "", "", "disclosed_total=260"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
