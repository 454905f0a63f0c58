"""Third set: whole paragraphs as streets, schools and bureaus write them.

Each example: the text, its contacts, its channel counts and its counts (see ``differences`` in conftest.py); ``?`` marks what may be
found or not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "street: visits and 上报": (
        "全年累计向区政府网站报送动态及公示信息187条,其中图解2条;政务公开栏目主动公开信息29条,街道微信公众号公开信息63条。",
        "", "wechat=63条/year disclosure_platform=29条", "?policy_interpretations=2"),
    "street: 236 with site dynamics": (
        "2022年度共计公开各类信息305条,其中政府网站发布工作动态41条,微信公众号发布信息249条,回复群众诉求15件。",
        "", "gov_website=41条/subset wechat=249条", "disclosed_total=305 mailbox_replies=15"),
    "office: reviewed directory counts": (
        "一年来,围绕规划计划、财政信息、公示公告、重点领域等内容录入公开信息133条,其中新增重大决策栏目录入信息8条。",
        "", "", "disclosed_total=133 category_count=8"),
    "requests same as last year": (
        "街道本年度受理公开申请2件,和上年一样多;答复2件,均为部分公开。",
        "", "", "applications_received=2 applications_answered=2 ?applications_partial=2"),
    "education: lists with units mixed": (
        "主动公开信息511条,其中官网发布校园新闻类171条、招考通知类43条、政策解读12条、办事指引类26篇、建议提案答复31篇、专题专栏9个;“丹湖教育”公众号发布986条,关注人数达15.6万人。",
        "wechat_account=丹湖教育", "wechat=986条 gov_website=171条/subset", "disclosed_total=511 ?category_count=171 category_count=43 policy_interpretations=12 category_count=26 suggestions_handled=31 columns=9 followers=156000"),
    "bureau: two columns of directory": (
        "全年公开信息186条。其中政府信息公开目录收录规章制度20条、资金安排4条、人事任免13条、工作简讯65条,共102条;专题专栏收录收费清单50条、项目进展34条,共84条。",
        "", "", "disclosed_total=186 category_count=20 category_count=4 category_count=13 category_count=65 ?category_count=102 category_count=50 category_count=34 ?category_count=84"),
    "answered totals incl transferred": (
        "共答复申请112件(上年度结转9件在内,另有6件结转下年度继续办理),其中予以公开及部分公开51件,占45.5%;不予公开2件,占1.8%;由于信息不存在等情形无法提供53件;其他处理6件。",
        "", "", "applications_answered=112 applications_carried_in=9 applications_carried_out=6 applications_granted=51 rate=45.5 applications_refused=2 rate=1.8 applications_unavailable=53 applications_other_result=6"),
    "because of disclosure one each": (
        "因政府信息公开引发行政复议3件、行政诉讼2件,行政机关均未败诉。",
        "", "", "reviews=3 litigations=2"),
    "processing in old narrative": (
        "2012年,共受理政府信息公开申请1.3万件,其中网上申请占54.2%,信函申请占30.1%,当面申请占15.7%;已答复12867件,其中同意公开8120件,占63.1%。",
        "", "", "applications_received=13000 rate=54.2 rate=30.1 rate=15.7 applications_answered=12867 applications_granted=8120 rate=63.1"),
    "consultation with reception": (
        "2009年共接待市民咨询4.2万人次,网站专栏访问量126万人次,政府信息公开热线接听电话1.9万个。",
        "", "", "consultations=42000 views=1260000 hotline_orders=19000"),
    "electronic rate": (
        "新增主动公开信息2103条,全文电子化率98.7%;其中规范性文件26条,占总数的1.2%。",
        "", "", "disclosed_total=2103 rate=98.7 category_count=26 rate=1.2"),
    "form sentence list": (
        "回应公众关注热点或重大舆情数2次,参加政府网站在线访谈1次,政策解读稿件发布5篇,微博微信回应事件数11次,其他方式回应事件数3次。",
        "", "", "hotspot_responses=2 interviews_online=1 policy_interpretations=5 hotspot_responses=11 hotspot_responses=3"),
    "weibo first person and video": (
        "我局利用“云港公安”政务微博发布微博1820条、微信公众号发布推文742条、官方抖音号发布短视频156条,在各级新闻媒体播发新闻信息1036条。",
        "weibo_account=云港公安", "weibo=1820条 wechat=742条 douyin=156条 news_media=1036条", ""),
    "hotline of leaders": (
        "局领导参加行风热线上线直播4次,现场解答群众提问38个,向群众反馈诉求问题43件。",
        "", "", "interviews_online=4 ?mailbox_replies=43 ?consultations=38"),
    "documents archive": (
        "向县档案馆、图书馆移交主动公开文件各46份,全年接待查阅1200人次、查阅文件3500份次。",
        "", "?reading_point=46份/* ?reading_point+reading_point=46份", "reading_visits=1200 ?reading_visits=3500"),
    "school year with month range": (
        "2022年9月至2023年8月,学校官网发布信息1866条,信息公开专栏更新218条,召开教代会2次、校务公开通报会3次,官方视频号推送作品75个。",
        "", "gov_website=1866条 disclosure_platform=218条 wechat_channels=75个", "?meetings_held=2 ?meetings_held=3 ?inspections=3"),
    "county: training people in different units": (
        "举办全县政务公开业务培训班1期,培训业务骨干180余人;赴乡镇实地指导12次,编发工作简报8期,印发督查通报4期。",
        "", "?brochure=8期/*", "trainings_held=1 trainees=180 inspections=4 ?inspections=12 ?category_count=8"),
    "service platform consult": (
        "“政民互动”栏目收到网民咨询投诉236条,办结232条,办结率98.3%;开展民意征集6次,发布在线访谈4期。",
        "", "", "consultations=236 rate=98.3 opinions_solicited=6 interviews_online=4 ?consultations=232 ?mailbox_replies=236 ?mailbox_replies=232"),
    "publicity of fee 3 years": (
        "2019年至2021年,全市累计主动公开政府信息86.4万条,收到申请6120件,收费0元。",
        "", "", "disclosed_cumulative=864000 applications_received=6120 fees_charged=0"),
    "number with 之多, 近": (
        "网站点击量高达890万次之多,微信粉丝近6万人,日均推送3条。",
        "", "", "views=8900000 followers=60000"),
    "units 起 for requests": (
        "受理依申请公开7起,已办结6起,正在办理1起;行政复议1起,行政诉讼未发生。",
        "", "", "applications_received=7 applications_answered=6 reviews=1 litigations=0"),
    "three zeros in parallel 为零": (
        "截至12月底,我单位收到政府信息公开申请数为0,因信息公开被复议、诉讼数为0,投诉举报0起。",
        "", "", "applications_received=0 reviews=0 litigations=0 complaints=0"),
    "no requests longer": (
        "税务所全年未收到任何形式的公开申请,无依申请公开收费情况。",
        "", "", "applications_received=0 fees_charged=0"),
    "no case for review and complaint": (
        "本年度没有公民、法人或其他组织因政府信息公开工作向我局提出行政复议、提起行政诉讼或进行投诉举报。",
        "", "", "reviews=0 litigations=0 complaints=0"),
    "platform two": (
        "我局信息公开平台有2个,全年依托政府网站公开政务信息1.6万条,政务服务网公布办事指南186项。",
        "", "gov_website=16000条 disclosure_platform=186项/subset", ""),
    "new media closing": (
        "关停政务新媒体账号5个,保留3个;清理失效文件21件。",
        "", "", "new_media_accounts=5 ?new_media_accounts=3 ?normative_docs_repealed=21"),
    "proactive decision disclosure": (
        "公开重大决策预公开事项4项,邀请公众代表列席政府常务会议5次、18人次,公开会议议定事项32项。",
        "", "", "meetings_held=5 ?opinions_solicited=4 ?category_count=4 ?category_count=32"),
    "respectively with shares": (
        "网站、微博、微信发布信息占比分别为62%、21%、17%。",
        "", "", "rate=62 rate=21 rate=17"),
    "list in lines": (
        "全年主动公开政府信息220条:\n(1)通过区政府网站公开150条;\n(2)通过街道公众号公开58条;\n(3)通过宣传栏公开12条。",
        "", "gov_website=150条 wechat=58条 bulletin_board=12条", "disclosed_total=220"),
    "summary with 分类: categories by bullet": (
        "按类别统计:机构职能类12条;政策法规类36条;工作动态类402条;其他类50条。合计500条。",
        "", "", "category_count=12 category_count=36 category_count=402 category_count=50 disclosed_total=500"),
    "contacts: every label there is": (
        "如对本报告有任何疑问,请与鹤溪县人民政府政务公开领导小组办公室联系(地址:鹤溪县团结路1号县政府大院3号楼301室;邮编:323600;电话/传真:0578-5065120;邮箱:hxzwgk@126.com;网址:http://www.hexi.gov.cn)。",
        "contact_unit=鹤溪县人民政府政务公开领导小组办公室 address=鹤溪县团结路1号县政府大院3号楼301室 postcode=323600 phone=0578-5065120 fax=0578-5065120 email=hxzwgk@126.com website=http://www.hexi.gov.cn", "", ""),
    "contacts: a unit after 请联系:": (
        "社会公众如有意见和建议,请联系:鹤溪县教育局办公室,电话0578-5065777。",
        "contact_unit=鹤溪县教育局办公室 phone=0578-5065777", "", ""),
    "contacts: 网站地址为": (
        "报告可从鹤溪县政府网站“信息公开年报”专栏下载,网站地址为www.hexi.gov.cn,联系电话:5065777。",
        "website=www.hexi.gov.cn phone=5065777", "", ""),
    "contacts: 受理机构名称": (
        "(受理机构名称:鹤溪县司法局政务公开办,办公地址:鹤溪县建设西路22号,受理时间:8:30-11:30、14:30-17:30,电话号码:0578 5065118)",
        "?contact_unit=鹤溪县司法局政务公开办 address=鹤溪县建设西路22号 office_hours=8:30-11:30、14:30-17:30 phone=0578-5065118", "", ""),
    "contacts: 向…咨询": (
        "有不明之处,请向镇便民服务中心咨询,地址鹤溪县沙湾镇沿江路9号,电话0578-5041036,邮编323606。",
        "contact_unit=镇便民服务中心 address=鹤溪县沙湾镇沿江路9号 phone=0578-5041036 postcode=323606", "", ""),
    "contacts: 欢迎拨打": (
        "欢迎拨打0578-5041000或12345热线咨询。",
        "phone=0578-5041000", "", ""),
    "contacts: two accounts of one platform": (
        "开通“鹤溪水利”“平安鹤溪”两个微信公众号。",
        "?wechat_account=鹤溪水利 wechat_account=平安鹤溪", "", "?new_media_accounts=2"),
    "contacts: names without quotation marks": (
        "新浪微博@鹤溪检察、微信公众号鹤溪检察同步更新。",
        "?weibo_account=鹤溪检察 ?weibo_account=@鹤溪检察 ?wechat_account=鹤溪检察", "", ""),
    "contacts: accounts that count": (
        "“鹤溪气象”官方微信、微博分别发布信息320条、560条。",
        "wechat_account=鹤溪气象 weibo_account=鹤溪气象", "wechat=320条 weibo=560条", ""),
    "contacts: damaged": (
        "联系人:王 芳  联系电话:(0578)5065-223  邮箱:wf_hx@zj.gov.cn",
        "?contact_person=王芳 ?contact_person=王 ?phone=0578-5065223 email=wf_hx@zj.gov.cn", "", ""),
    "contacts: the second number is the fax": (
        "电话:0578-5065120,0578-5065121(传真)。",
        "phone=0578-5065120 fax=0578-5065121 ?phone=0578-5065121", "", ""),
    "contacts: extensions": (
        "请与本局办公室联系,电话:021-23110000转80126、80127。",
        "contact_unit=本局办公室 phone=021-23110000x80126", "", ""),
    "contacts: a bracket in the address": (
        "办公地址:鹤溪县瓯江大道(新行政中心)东楼5楼;邮政编码:323600",
        "address=鹤溪县瓯江大道(新行政中心)东楼5楼 postcode=323600", "", ""),
    "contacts: 详见指南": (
        "依申请公开受理点设在县行政服务中心二楼,群众可就近咨询,联系方式详见公开指南。",
        "", "", ""),
    "contacts: privacy": (
        "对涉及个人电话、住址、邮箱等隐私内容进行了脱敏处理。",
        "", "", ""),
    "nothing: data sharing": (
        "推进23个部门数据归集,共享数据1.2亿条,开放数据集610个。",
        "", "", ""),
    "nothing: law enforcement": (
        "开展执法检查86次,出动人员320人次,整改隐患145处。",
        "", "", ""),
    "nothing: good works": (
        "完成省政府下达的12项民生实事,投入资金3.6亿元,惠及群众21万人。",
        "", "", ""),
    "nothing: rules for staff": (
        "要认真落实信息公开“三级审核”,每条信息至少2人校对,做到零差错。",
        "", "", ""),
    "nothing: structure of a catalogue": (
        "目录设一级类目12个、二级类目58个,编码规则为9位数字。",
        "", "", "?columns=12 ?columns=58"),
    "nothing: rank and marks, change": (
        "在全省政务公开第三方评估中得88.7分,列全省第3名,比上年提升5个位次。",
        "", "", ""),
    "nothing: the report itself": (
        "本年度报告共分6个部分,约4200字,附表1张。",
        "", "", ""),
    "nothing: party meetings": (
        "全年召开党委会议36次,研究“三重一大”事项112项。",
        "", "", "?meetings_held=36"),
    "nothing: questionnaires": (
        "公众满意度调查发放问卷500份,收回486份。",
        "", "", "?materials_distributed=500"),
    "nothing: problems": (
        "存在问题:一是10个部门未及时更新,二是个别单位答复超期2天。",
        "", "", ""),
    "nothing: page furniture": (
        "发布日期:2021-03-30 访问量:1024 责任编辑:张三",
        "", "", ""),
    "nothing: force and repeal": (
        "自2024年3月1日起施行,有效期5年,原2015年第3号文件同时废止。",
        "", "", ""),
    "nothing: charity": (
        "组织义诊活动26场,惠及群众3600人次,发放药品价值2.3万元。",
        "", "", ""),
    "nothing: personnel": (
        "机关事业单位招聘工作人员56名,提拔干部21人。",
        "", "", ""),
    "nothing: service reform": (
        "推行“一件事一次办”18件,“一窗受理”事项占比95%。",
        "", "", "?rate=95"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
