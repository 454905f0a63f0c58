"""Whom to ask: every way of printing a contact list that the guide names, with invented bodies and numbers."""

from __future__ import annotations

import pytest

from nlp.extraction.contacts import find_contacts
from nlp.reading.clean import CleanText
from nlp.structure.paragraphs import Paragraph

# fmt: off
EXAMPLES = {
    "bracketed list, semicolons": (
        "如对本报告有疑问,请与云山县人民政府办公室联系(地址:云山县人民路1号;邮编:654300;电话:0871-61234567;传真:0871-61234568;邮箱:yunshan@163.com)。",
        "contact_unit=云山县人民政府办公室 address=云山县人民路1号 postcode=654300 phone=0871-61234567 fax=0871-61234568 email=yunshan@163.com"),
    "full-width punctuation": (
        "如有疑问，请联系青石镇党政办公室（地址：青石镇中心街２号，邮编：６５４３０１，电话：０８７１－６２３４５６７８）。",
        "contact_unit=青石镇党政办公室 address=青石镇中心街2号 postcode=654301 phone=0871-62345678"),
    "telephone run together, three-digit area code run together": (
        "如有疑问,请与青石乡政府联系(电话:087162345678),也可致电市局办公室(电话:01061234567)。",
        "contact_unit=青石乡政府 phone=0871-62345678 contact_unit=市局办公室 phone=010-61234567"),
    "dashes of every kind and an inner space": (
        "联系电话:0871—6234567,咨询电话:0872 – 6234567,办公电话:0873- 6234567。",
        "phone=0871-6234567 phone=0872-6234567 phone=0873-6234567"),
    "no area code, fax without it either: as printed": (
        "有疑问请联系云山镇办公室,电话:62345678;传真:62345679。",
        "contact_unit=云山镇办公室 phone=62345678 fax=62345679"),
    "extension": (
        "有疑问请联系:云山市生态局办公室(电话62345678转3012)。",
        "contact_unit=云山市生态局办公室 phone=62345678x3012"),
    "no unit between frame and number": (
        "如对本报告有任何疑问,请联系:0871-6234567。",
        "phone=0871-6234567"),
    "doubled 联系, colon before the unit": (
        "有疑问请联系:云山区审计局综合科联系(地址:云山区东风路8号,联系电话:0871-6234567)",
        "contact_unit=云山区审计局综合科 address=云山区东风路8号 phone=0871-6234567"),
    "full stop before the bracket, bracket never closed": (
        "如有疑问,请联系青石街道办事处。(地址:青石路与东街交叉口以北50米,邮编:054300,电话:0871-6234567  联系人:李四  电话:13912345678",
        "contact_unit=青石街道办事处 address=青石路与东街交叉口以北50米 postcode=054300 phone=0871-6234567 contact_person=李四 mobile=13912345678"),
    "bracket within the address": (
        "请与云山县档案局联系。地址:云山县政府大院(东侧2号楼),邮编:654300,电话:0871-6234567",
        "contact_unit=云山县档案局 address=云山县政府大院(东侧2号楼) postcode=654300 phone=0871-6234567"),
    "room numbers are no telephone numbers": (
        "有疑问请联系云山市统计局办公室(地址:银桦路16号会展楼1207室,电话:0871-6234567)。",
        "contact_unit=云山市统计局办公室 address=银桦路16号会展楼1207室 phone=0871-6234567"),
    "labels without values": (
        "如有疑问,请联系云山税务局办公室(地址:云山市西街5号,邮编:电话:传真:",
        "contact_unit=云山税务局办公室 address=云山市西街5号"),
    "telephone is also the fax": (
        "联系云山财政局,电话(传真):0871-6234567。", "phone=0871-6234567 fax=0871-6234567"),
    "also fax, said after the number": (
        "有疑问请联系部办公厅(电话:62345678,兼传真)。", "contact_unit=部办公厅 phone=62345678 fax=62345678"),
    "mail with an open bracket, and broken mail": (
        "电子邮箱:(qingshi@163.com);电子信箱:123456@.qq.com。", "email=qingshi@163.com email=123456@.qq.com"),
    "two telephones after one label, each as printed": (
        "咨询电话:0871-6234567、6234568。", "phone=0871-6234567 phone=6234568"),
    "supervision in running text": (
        "设立意见箱,公布监督电话0871-6234569,接受群众监督。", "supervision_phone=0871-6234569"),
    "office hours": (
        "办公时间:周一至周五8:30-12:00,14:30-18:00。", "office_hours=周一至周五8:30-12:00,14:30-18:00"),
    "official web addresses only": (
        "可在云山县人民政府网站(http://www.yunshan.gov.cn/)和www.casino-yunshan.com查阅,网址:xxgk.yunshan.gov.cn/nb。",
        "website=http://www.yunshan.gov.cn/ website=xxgk.yunshan.gov.cn/nb"),
    "地址 in front of a web address": (
        "查阅地址:http://www.yunshan.gov.cn/zwgk。", "website=http://www.yunshan.gov.cn/zwgk"),
    "our own office": (
        "任何疑问,请与我局办公室联系。", "contact_unit=我局办公室"),
    "spam in front of the unit": (
        "如有疑问,请与某某主页 北街街道办事处联系。", "contact_unit=北街街道办事处"),
    "spaces within labels": (
        "如有疑问请与云山县水利局联系。地  址:云山县水岸路6号 邮  编:654300 电  话:0871-6234567",
        "contact_unit=云山县水利局 address=云山县水岸路6号 postcode=654300 phone=0871-6234567"),
    "no separators": (
        "请联系云山县司法局,地址:云山县法治路3号邮编:654300电话:0871-6234567",
        "contact_unit=云山县司法局 address=云山县法治路3号 postcode=654300 phone=0871-6234567"),
    "running text about telephones and addresses": (
        "来信、来电都逐件登记,受理处的地址与电话张榜公布,答复时用电话或邮箱均可。", ""),
    "accounts": (
        "“云山发布”微信公众号、“云山公安”微博、微信订阅号(青石司法)、云山防震减灾微信公众号。",
        "wechat_account=云山发布 weibo_account=云山公安 wechat_account=青石司法 wechat_account=云山防震减灾"),
    "one name, two accounts; a closed account is still named": (
        "开通“云山检察”微博、微信,关停“秀美青石”微信公众号。",
        "weibo_account=云山检察 wechat_account=云山检察 wechat_account=秀美青石"),
    "name after the platform": (
        "微信公众号“双桥教育”推送信息。", "wechat_account=双桥教育"),
    "no account name": (
        "通过政府网站、官方微信公众号和各单位微信公众号公开信息,镇村微信群转发。", ""),
    "a bracket behind the address holds the postcode": (
        "地址:云山县中山路1号(邮编:654300),电话:0871-6234567", "address=云山县中山路1号 postcode=654300 phone=0871-6234567"),
    "where the office is said to be": (
        "办公地点设在县政府三楼312室,联系电话:0871-6234567", "address=县政府三楼312室 phone=0871-6234567"),
    "ways to reach two persons": (
        "联系方式:张三,0871-6234567;李四,0871-6234568",
        "contact_person=张三 phone=0871-6234567 contact_person=李四 phone=0871-6234568"),
    "an address of mail written with # is no web address": (
        "投诉邮箱:jubao#yunshan.gov.cn", ""),
    "account with @, account after a colon with its id": (
        "政务微博“@云山发布”,微信公众号:云山教体(微信号:ysjt_2018)", "weibo_account=云山发布 wechat_account=云山教体"),
    "two names before one platform, one with @ and a hyphen": (
        "依托“云山国土”、“@国土之窗-云山”微博、“国土之窗-云山”微信。", "weibo_account=云山国土 weibo_account=国土之窗-云山 wechat_account=国土之窗-云山"),
    "extension after a star, a dot inside": (
        "请联系街道办公室,联系电话:62345678*2301。请联系法规科,电话6234.5679。",
        "contact_unit=街道办公室 phone=62345678x2301 contact_unit=法规科 phone=62345679"),
    "fees, dates and counts look like numbers": (
        "2021年1月1日至2021年12月31日,公开信息123456条,国办发〔2020〕17号。", ""),
    "a service line of eight digits keeps no area code of another": (
        "联系电话:0871-6234567、61234567。", "phone=0871-6234567 phone=61234567"),
    "extension after a star, a dot within the number": (
        "咨询电话:62345678*3012,传真:6234.5679。", "phone=62345678x3012 fax=62345679"),
    "a telephone without a label behind the office": (
        "如有疑问,请联系:青石乡综合办 62345678。", "contact_unit=青石乡综合办 phone=62345678"),
    "a telephone without a label behind office and blanks, in brackets, after a comma": (
        "请联系:综合科  62345678。也可与云山县水利局联系(0871-6234567)。请联系青石司法所,0871-6234569。",
        "contact_unit=综合科 phone=62345678 contact_unit=云山县水利局 phone=0871-6234567 contact_unit=青石司法所 phone=0871-6234569"),
    "a hotline's short number behind an office is none of its telephones": (
        "如有疑问,请联系青石司法所,12345热线同时受理。", "contact_unit=青石司法所"),
    "an address without its label in a list": (
        "请与青石林草局联系(电话:0871-6234567,青石区银桦路7号;邮箱:a1@163.com)。",
        "contact_unit=青石林草局 phone=0871-6234567 address=青石区银桦路7号 email=a1@163.com"),
    "two names behind one platform": (
        "通过微信公众号“云上青石”“茶香青石”发布通知,通过微信公众号“青石水利”、“青石之声”抖音号宣传。",
        "wechat_account=云上青石 wechat_account=茶香青石 wechat_account=青石水利"),
    "the body itself before the platform is its owner, the body with its place may be its name": (
        "全市政府系统政务微信公众号、县水利局官方微信公众号和云山市水利局微信公众号推送信息。",
        "wechat_account=云山市水利局"),
    "one of two names in quotation marks has @": (
        "依托“云山水利”、“@水利之声-青石”微博公开信息。", "weibo_account=云山水利 weibo_account=水利之声-青石"),
    "telephone and fax, one of each; one number for both": (
        "电话/传真:0871-6234567/6234568。办公室电话/传真:0872-6234567。",
        "phone=0871-6234567 fax=6234568 phone=0872-6234567 fax=0872-6234567"),
    "the number of the country": (
        "联系电话:086-0871-62345678,咨询电话:+86-872-6234567,办公电话:0869-6234567。",
        "phone=0871-62345678 phone=0872-6234567 phone=0869-6234567"),
    "two telephones to call": (
        "可拨打0871-6234567、0871-6234568咨询。", "phone=0871-6234567 phone=0871-6234568"),
    "an office after 或, an office that receives applications": (
        "请登录网站查询,或与青石司法局联系。受理机构:青石司法局办公室,电话:62345678。",
        "contact_unit=青石司法局 contact_unit=青石司法局办公室 phone=62345678"),
    "a Weibo account after a colon; a mini program is no account": (
        "微信公众号名称:青石交通;微博:@青石交通;依托“青石政务”微信小程序发布。",
        "wechat_account=青石交通 weibo_account=青石交通"),
    "the postcode in brackets behind the address": (
        "通讯地址:云山县中山路6号 (654300)  电话:0871-6234567",
        "address=云山县中山路6号 postcode=654300 phone=0871-6234567"),
    "where the office is and how to ask it": (
        "办公地点:云山县政务中心2楼A12窗口;咨询方式:0871-6234567", "address=云山县政务中心2楼A12窗口 phone=0871-6234567"),
    "names of columns, sites and plans behind an account are no accounts": (
        "微信公众号“青石发布”、“十四五”规划专题,公众号“青石水利”、“中国青石”政府网站公开信息。", "wechat_account=青石发布 wechat_account=青石水利"),
    "a range and an amount are no telephones, a sentence in brackets no address": (
        "接听电话4000-5000次,邮箱、电话 2345.6789万元。(电话:0871-6234567,走访北街道12号楼30户)", "phone=0871-6234567"),
    "微信公共平台": (
        "在微信公共平台“青石手机台”公开信息。", "wechat_account=青石手机台"),
    "the telephone, the label and the mail run together": (
        "(电话:0871-61234567E-mailxxgk@yunshan.edu.cn)", "phone=0871-61234567 email=xxgk@yunshan.edu.cn"),
    "the code of the country with and without brackets": (
        "电话:0086-871-61234567,传真:(86)871-61234568,值班电话:+86(872)6123456,手机:0086-13800000000。",
        "phone=0871-61234567 fax=0871-61234568 phone=0872-6123456 mobile=13800000000"),
    "accounts without quotation marks before several platforms": (
        "开通青石发布、青石之声政务微博、微信。",
        "weibo_account=青石发布 wechat_account=青石发布 weibo_account=青石之声 wechat_account=青石之声"),
    "an account without quotation marks before 公众号; a kind of account and a verb are none": (
        "通过健康青石公众号推送206篇,加强民政微信公众号管理,现有微信公众号(服务号)18个。", "wechat_account=健康青石"),
}
# fmt: on


def read(text: str) -> list[str]:
    clean = CleanText(text)
    contacts = find_contacts(clean, [Paragraph(None, "", 0, len(clean.text))])
    return [f"{c.kind}={c.value}" for c in contacts]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_contact_list(text: str, expected: str) -> None:
    assert sorted(read(text)) == sorted(expected.split(" ") if expected else [])


def test_span_shows_what_is_printed() -> None:
    text = "联系电话:0871- 62345678"
    (contact,) = find_contacts(CleanText(text), [Paragraph(None, "", 0, len(text))])
    assert contact.span.of(text) == "0871- 62345678"
    assert contact.value == "0871-62345678"


def test_names_and_mobiles_are_personal() -> None:
    text = "联系人:王五,手机:13912345678,电话:0871-6234567"
    contacts = find_contacts(CleanText(text), [Paragraph(None, "", 0, len(text))])
    assert {c.kind: c.personal for c in contacts} == {"contact_person": True, "mobile": True, "phone": False}


def test_an_address_may_hold_spaces() -> None:
    found = read("地址:青石县 城关镇 文化路 5号 3楼 邮编:654300 电话:0871-61234567")
    assert found == ["address=青石县 城关镇 文化路 5号 3楼", "postcode=654300", "phone=0871-61234567"]
