"""First set: passages written without looking at what the program makes of them, and the defects of real reports.

Each example: the text, its contacts, its channel counts and its counts (see ``differences`` in conftest.py); ``?`` marks what may be
found or not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "total with share list and subtotal": (
        "2022年,澜溪区发展改革局主动公开政府信息188条,包括政府信息公开目录102条、专题专栏86条,全部在区政府网站发布。",
        "", "", "disclosed_total=188 category_count=102 category_count=86"),
    "quoted categories in brackets": (
        "青岭区教育局在区政府网站“信息公开”平台上公开政府信息73件(其中“办学概况”5件,“招生入学”8件,“校园动态”60件)。",
        "", "gov_website=73件", "category_count=5 category_count=8 category_count=60"),
    "applications with shares by way": (
        "一年来,全县各级行政机关共收到政府信息公开申请417件,其中,通过网络提交322件,占77.2%;通过信函提交81件,占19.4%;当面提交14件,占3.4%。",
        "", "", "applications_received=417 applications_online=322 rate=77.2 applications_letter=81 rate=19.4 applications_in_person=14 rate=3.4"),
    "answered incl. carried in": (
        "本机关共答复申请93件(上年结转7件在内),其中予以公开40件,部分公开11件,不予公开6件,无法提供28件,不予处理3件,其他处理5件;另有4件结转下年度办理。",
        "", "", "applications_answered=93 applications_carried_in=7 applications_granted=40 applications_partial=11 applications_refused=6 applications_unavailable=28 applications_not_processed=3 applications_other_result=5 applications_carried_out=4"),
    "reviews in 宗, results number first": (
        "因政府信息公开被申请行政复议6宗,其中3宗维持,2宗被纠正,1宗尚未审结;行政诉讼0宗。",
        "", "", "reviews=6 reviews_upheld=3 reviews_corrected=2 reviews_pending=1 litigations=0"),
    "channel parts 公开政府信息数": (
        "白塔市公安局全年主动公开政府信息5120条。其中,在门户网站公开1204条,经政务微博公开2630条,由微信公众号公开1180条,以其他方式公开106条。",
        "", "gov_website=1204条 weibo=2630条 wechat=1180条 other=106条", "disclosed_total=5120"),
    "cumulative over the years": (
        "我局在区政府网站主动公开信息31条,历年累计402条,全文电子化率达100%。",
        "", "gov_website=31条 ?gov_website=402条/cumulative", "?disclosed_cumulative=402 rate=100"),
    "followers after count": (
        "“澜溪教育”微信公众号全年发布1208条,关注人数达21.3万人,总阅读量530余万次。",
        "wechat_account=澜溪教育", "wechat=1208条", "followers=213000 views=5300000"),
    "views without unit": (
        "政务微博全年发文860篇,阅读量突破1200万,转发评论3.4万次。",
        "", "weibo=860篇", "views=12000000"),
    "hotline and messages": (
        "官网互动板块全年回复网民留言214条,12345热线转来工单1655件。",
        "", "", "mailbox_replies=214 hotline_orders=1655"),
    "training periods and people": (
        "组织政务公开业务培训2期、126人次,召开工作推进会3次,开展专项督查2次。",
        "", "", "trainings_held=2 trainees=126 meetings_held=3 inspections=2"),
    "carried over next year and answered": (
        "收到申请25件,上年结转1件,本年办结24件,结转下年度答复2件。",
        "", "", "applications_received=25 applications_carried_in=1 applications_answered=24 applications_carried_out=2"),
    "implied already all answered": (
        "2023年度,共收到政府信息公开申请6件,均为自然人申请,已全部答复,未发生行政复议、行政诉讼。",
        "", "", "applications_received=6 applications_answered=6 reviews=0 litigations=0 ?applications_by_applicant=6"),
    "university year": (
        "2020—2021学年,学校通过信息公开网主动公开信息312条,比上一学年(287条)增加8.7%,学校主页发布新闻1450条,官方微信推送462期。",
        "", "disclosure_platform=312条 gov_website=1450条/* wechat=462期", "?disclosed_total=312 ?disclosed_total=287 ?disclosure=287 yoy_change=8.7"),
    "categories with shares separated by semicolons": (
        "各类信息中,教学科研类438条,占34.7%;人事师资类210条,占16.6%;后勤保障类96条,占7.6%。",
        "", "", "category_count=438 rate=34.7 category_count=210 rate=16.6 category_count=96 rate=7.6"),
    "full and part time": (
        "全县设专职工作人员12人,兼职信息员41人,落实工作经费6.5万元。",
        "", "", "staff_fulltime=12 staff_parttime=41 funds=65000"),
    "village columns": (
        "全镇15个行政村均设立公开栏,共张贴公示信息360余张,召开村民代表会议45次。",
        "", "bulletin_board=360张", "?meetings_held=45 ?materials_distributed=360"),
    "sub-columns": (
        "优化网站栏目设置,增设“优化营商环境”“稳岗就业”两个子栏目,调整栏目6个。",
        "", "", "columns=2 columns=6"),
    "increase in items": (
        "2021年网站发布信息1530条,比上年增加31条。",
        "", "gov_website=1530条", ""),
    "category list after of-the-info": (
        "全年在市政府门户网站发布信息2208条。发布的信息中,政务动态1800条、通知公告240条、政策文件168条。",
        "", "gov_website=2208条", "category_count=1800 category_count=240 category_count=168"),
    "column of the portal": (
        "区政府网站街道专栏公开信息241条,社区公告栏张贴公告96份。",
        "", "gov_website=241条 bulletin_board=96份/subset", ""),
    "inspections with object": (
        "组织对12个社区的政务公开工作开展检查2次,下发整改通知3份。",
        "", "", "inspections=2 ?inspections=3"),
    "assistant counts": (
        "网站智能问答系统全年自动应答53万次,办理网民来信612封。",
        "", "", "mailbox_replies=612"),
    "corporate applicants": (
        "全年新收公民申请310件,法人或其他组织申请24件,合计334件。",
        "", "", "applications_by_applicant=310 applications_by_applicant=24 applications_received=334"),
    "handed lists are not materials": (
        "在村级公开栏公示惠民补贴发放名册64条,低保名单18份。",
        "", "bulletin_board=64条/subset bulletin_board=18份/subset", ""),
    "litigation upheld once": (
        "被提起行政诉讼3件,其中法院判决维持2件,正在审理1件。",
        "", "", "litigations=3 litigations_upheld=2 litigations_pending=1"),
    "old report form labels": (
        "本年度免予公开范围1的0条,信息不存在的2条,非本部门掌握的1条。",
        "", "", "applications_unavailable=2 applications_unavailable=1 ?applications_refused=0"),
    "old local report, counsel": (
        "2010年共接受公民、法人政府信息公开方面的咨询1312人次,其中现场接待咨询305人次、电话咨询880人次、网上咨询127人次。",
        "", "", "consultations=1312 consultations=305 consultations=880 consultations=127"),
    "press and interpretations by form": (
        "围绕重点政策举行新闻发布会11场,制作图解、视频等解读产品57个,主要负责人解读9次。",
        "", "", "press_conferences=11 policy_interpretations=57 policy_interpretations=9"),
    "interpretation ratio to docs": (
        "全年印发规范性文件9件,配发解读材料9篇,解读率100%。",
        "", "", "normative_docs_issued=9 policy_interpretations=9 rate=100"),
    "proposals published": (
        "承办省人大代表建议14件、省政协提案22件,答复率、满意率均达100%,公开答复意见30件。",
        "", "", "suggestions_handled=14 suggestions_handled=22 rate=100 ?rate=100 ?suggestions_handled=30 ?category_count=30"),
    "gazette": (
        "编辑出版《云屏市人民政府公报》12期,刊登文件148件,免费赠阅1.2万册。",
        "", "?gov_gazette=148件/subset", "gazette_issues=12 ?gazette_items=148 gazette_copies=12000"),
    "licences published 公示": (
        "在信用平台公示行政许可520条、行政处罚37条。",
        "", "?disclosure_platform=520条/subset ?disclosure_platform=37条/subset", "?category_count=520 ?category_count=37"),
    "reply by phone, no total": (
        "共受理群众来访咨询86人次,接听咨询电话230个。",
        "", "", "consultations=86 consultations=230"),
    "new media matrix": (
        "全市开设政务新媒体账号87个,其中微信公众号52个、政务微博18个、抖音号17个,全年累计发布信息6.8万条。",
        "", "?new_media=68000条", "new_media_accounts=87 new_media_accounts=52 new_media_accounts=18 new_media_accounts=17"),
    "two totals by date": (
        "截至2018年12月底,镇政府信息公开平台累计公开信息1876条,当年新增243条。",
        "", "disclosure_platform=1876条/cumulative", "disclosed_total=243"),
    "short video": (
        "抖音号发布短视频63条,播放量410万次;视频号发布作品58个,点赞2.1万次。",
        "", "douyin=63条 wechat_channels=58个", "views=4100000"),
    "bulletin lists shared": (
        "通过政务公开栏、电子显示屏、村级广播等公开信息共计520条次。",
        "", "bulletin_board+led_screen+village_broadcast=520条次/shared", ""),
    "no breakdown nouns: 其余": (
        "本机关收到依申请公开16件,其中12件予以公开,其余4件告知申请人信息不存在。",
        "", "", "applications_received=16 applications_granted=12 applications_unavailable=4"),
    "fees refunded, zero amount": (
        "全年提供政府信息公开服务收取复制费、邮寄费0元,减免费用0元。",
        "", "", "fees_charged=0 ?fees_charged=0"),
    "contacts: an address after 联系方式": (
        "公众如需进一步了解本报告有关内容,请与霞川市卫生健康委员会办公室联系,联系方式:霞川市健康路28号,邮编:331200,电话:0796-5521308。",
        "contact_unit=霞川市卫生健康委员会办公室 address=霞川市健康路28号 postcode=331200 phone=0796-5521308", "", ""),
    "contacts: a hyphen in the domain of a mail address": (
        "如对本年报有任何疑问,请与苏宁湖区政务公开办联系(地址:苏宁湖区市民中心A座505室;邮编:223411;电话:0527-80996633;E-mail:zwgk@suning-hu.gov.cn)。",
        "contact_unit=苏宁湖区政务公开办 address=苏宁湖区市民中心A座505室 postcode=223411 phone=0527-80996633 email=zwgk@suning-hu.gov.cn", "", ""),
    "contacts: 电话及传真": (
        "联系人:周敏;电话及传真:0431-82211345;通讯地址:柳河市解放大路9号;邮政编码:130300。",
        "contact_person=周敏 phone=0431-82211345 fax=0431-82211345 address=柳河市解放大路9号 postcode=130300", "", ""),
    "contacts: office hours in a list of sentences": (
        "受理机构:丹枫县自然资源局办公室。办公地址:丹枫县迎宾大道77号。办公时间:工作日9:00—12:00,13:30—17:30。联系电话:(0539)2288017。",
        "?contact_unit=丹枫县自然资源局办公室 address=丹枫县迎宾大道77号 office_hours=工作日9:00—12:00,13:30—17:30 phone=0539-2288017", "", ""),
    "contacts: a telephone with spaces": (
        "对本报告内容有意见和建议的,可向望川区司法局反映,电话:023 6788 1120。",
        "contact_unit=望川区司法局 phone=023-67881120", "", ""),
    "contacts: a web address in brackets": (
        "本报告电子版可在“中国·望川”门户网站(http://www.wangchuan-qu.gov.cn)下载查阅。",
        "website=http://www.wangchuan-qu.gov.cn", "", ""),
    "contacts: two telephones, mail without colon": (
        "若有疑问请联系松泉镇党政综合办,联系电话:0377-66231018 / 66231019,邮箱 songquanzhen@126.com。",
        "contact_unit=松泉镇党政综合办 phone=0377-66231018 phone=66231019 email=songquanzhen@126.com", "", ""),
    "contacts: a mobile and its owner": (
        "咨询请找经办人:刘志远,手机:13611112222。",
        "contact_person=刘志远 mobile=13611112222", "", ""),
    "contacts: one name before Weibo and WeChat": (
        "开通“松泉消防”新浪微博、“松泉119”微信公众号和抖音号。",
        "weibo_account=松泉消防 wechat_account=松泉119", "", ""),
    "contacts: a name between label and verb": (
        "街道官方微信公众号“雁栖之声”每周更新,关注“雁栖发布”微信号可随时查询。",
        "wechat_account=雁栖之声 wechat_account=雁栖发布", "", ""),
    "contacts: only the list, in brackets": (
        "(联系电话:0312-3099871,传真:0312-3099872,邮编:071000)",
        "phone=0312-3099871 fax=0312-3099872 postcode=071000", "", ""),
    "contacts: supervision by telephone and by mail": (
        "监督电话:0312-3098800;举报邮箱:jubao@qingyuan-xian.gov.cn。",
        "supervision_phone=0312-3098800 email=jubao@qingyuan-xian.gov.cn", "", ""),
    "contacts: a unit with a bracket": (
        "如有疑问,请直接与云屏市住房和城乡建设局政策法规科(行政审批科)联系。地址:云屏市政务服务中心大楼(北楼)6层,邮编:655000,电话:0874—3130228,电子信箱:ypszjj@yunping.gov.cn。",
        "?contact_unit=云屏市住房和城乡建设局政策法规科(行政审批科) ?contact_unit=云屏市住房和城乡建设局政策法规科 address=云屏市政务服务中心大楼(北楼)6层 postcode=655000 phone=0874-3130228 email=ypszjj@yunping.gov.cn", "", ""),
    "contacts: ways of applying are no contacts": (
        "申请人可以通过信函、传真、电子邮件等方式提出申请,受理机构应当公布办公地址、联系电话。",
        "", "", ""),
    "nothing: a plan": (
        "下一步,力争全年举办业务培训4次以上,确保主动公开信息不少于500条。",
        "", "", ""),
    "nothing: business": (
        "全年受理企业登记12400户,办结行政审批事项8.6万件,开展食品抽检2300批次,立案查处违法案件412起。",
        "", "", "?admin_licences=86000"),
    "nothing: slogans": (
        "围绕“五公开”、26个试点领域和“一网通办”要求,落实“三审三校”,做到“七个统一”。",
        "", "", ""),
    "nothing: documents": (
        "认真执行《条例》第二十条、第五十四条和国办发〔2016〕19号文件,参照GB/T 37062—2018标准编制目录。",
        "", "", ""),
    "nothing: duties": (
        "规定网站每2周至少更新1次信息,新媒体每周推送不少于3条,答复应在20个工作日内作出。",
        "", "", ""),
    "nothing: problems": (
        "信息公开时效性有待提高,个别部门超过3个月未更新,15个栏目存在空白。",
        "", "", "?columns=15"),
    "nothing: page furniture": (
        "发布时间:2023-01-18 09:42 来源:区府办 浏览次数:356 字号:[大 中 小]",
        "", "", ""),
    "nothing: adopted by others": (
        "向省政府网站报送信息340条,采用126条;被市委办采用35篇。",
        "", "", ""),
    "nothing: the economy": (
        "全年完成地区生产总值318.6亿元,增长6.2%,新建学校4所,新增床位200张。",
        "", "", "?yoy_change=6.2"),
    "nothing: no wrong charge was found": (
        "经检查,没有发现超标准收费和违规泄密问题。",
        "", "", ""),
    "nothing: structure of a directory": (
        "公开目录分为8大类46小类,编制基层政务公开标准目录26项1300余条。",
        "", "", "?category_count=1300"),
    "nothing: what the report holds": (
        "本报告由总体情况、主动公开情况等六部分组成,统计期限为2024年1月1日至2024年12月31日。",
        "", "", ""),
    "nothing: persons of a committee": (
        "领导小组由7名成员组成,组长由常务副县长担任,下设4个工作组。",
        "", "", ""),
    "nothing: how the form counts": (
        "(注:不同渠道和方式公开相同信息计1条;同一批次计1次)",
        "", "", ""),
    "nothing: a deadline": (
        "对3件疑难申请延长答复期限15个工作日。",
        "", "", ""),
    "unit after 联系方式": (
        "有疑问的,联系方式:霁云市第二医院党政办公室,电话0731-4410022。",
        "contact_unit=霁云市第二医院党政办公室 phone=0731-4410022", "", ""),
    "all answered although the last number is a part": (
        "收到依申请公开6件,其中当面申请4件、网上申请2件,已全部答复。",
        "", "", "applications_received=6 applications_in_person=4 applications_online=2 applications_answered=6"),
    "a noun of its own after the number": (
        "除政府网站外,15个行政村都有公开栏;有6件被法院纠正;两轮检查覆盖9个社区。",
        "", "", ""),
    "parts in lines of their own": (
        "全年公开信息58条。\n按内容分:\n- 动态类50条,占86%;\n- 财务类8条,占14%。\n收到来信3封。",
        "", "", "disclosed_total=58 category_count=50 rate=86 category_count=8 rate=14 mailbox_replies=3"),
    "the extension of a telephone is no count": (
        "电话:0726-3310055转806,电子邮箱:tanhu@tanhu.gov.cn。",
        "phone=0726-3310055x806 email=tanhu@tanhu.gov.cn", "", ""),
    "issued, named only by what was said before": (
        "现行有效行政规范性文件63件,全部上网。全年制发11件,废止4件。",
        "", "", "normative_docs_valid=63 normative_docs_issued=11 normative_docs_repealed=4"),
    "upheld with its number": (
        "被申请行政复议2件,复议机关维持2件;行政诉讼1件。",
        "", "", "reviews=2 reviews_upheld=2 litigations=1"),
    "a change in items is no count": (
        "区政府网站乡镇专栏发布信息203条,比上年增加31条。",
        "", "gov_website=203条", ""),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
