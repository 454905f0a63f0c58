"""Second set: tax, customs, hospitals and water works, shares and sums, plans, snippets of the statutory table.

Each example: the text, its contacts, its channel counts and its counts (see ``differences`` in conftest.py); ``?`` marks what may be
found or not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "tax bureau, service halls and hotline": (
        "2016年,云州市地方税务局通过门户网站发布涉税信息2316条,更新税收法规186篇,通过办税服务厅公告栏、电子显示屏公开信息430条次,12366热线接听咨询3.8万个,咨询满意度99.2%。",
        "", "gov_website=2316条 gov_website=186篇/subset bulletin_board+led_screen=430条次/shared", "hotline_orders=38000 rate=99.2"),
    "customs: number then noun chain": (
        "全年在海关门户网站发布各类信息1,124条,其中图片新闻212条、动态新闻680条、通知公告232条;受理12360热线咨询5.6万余次。",
        "", "gov_website=1124条", "category_count=212 category_count=680 category_count=232 hotline_orders=56000"),
    "weather bureau, SMS": (
        "发送气象预警短信320万条,在电视台播出天气节目365期,官方微博发布预警信息2100条。",
        "", "im_group=3200000条/* broadcast_tv=365期/* weibo=2100条/*", ""),
    "requests mostly about land": (
        "共收到依申请公开事项52件,较2018年的31件增加21件,主要集中在征地补偿、土地规划、房屋拆迁等方面。其中当面申请3件、网络申请21件、信函申请28件。答复率100%。",
        "", "", "applications_received=52 applications_received=31 applications_in_person=3 applications_online=21 applications_letter=28 rate=100"),
    "receipt by month split": (
        "2020年1—6月收到信息公开申请12件,7—12月收到17件,全年合计29件,均在法定期限内答复。",
        "", "", "applications_received=12 applications_received=17 applications_received=29 applications_answered=29"),
    "outcomes as bracketed": (
        "已办结的申请中,予以公开17件(占58.6%),不予公开2件(属行政执法案卷1件、涉及第三方合法权益1件),信息不存在6件,补正后不再提交4件。",
        "", "", "applications_granted=17 rate=58.6 applications_refused=2 applications_refused=1 applications_refused=1 applications_unavailable=6 ?applications_other_result=4"),
    "reviews with courts": (
        "全年共发生因政府信息公开引起的行政复议案件8起,纠正1起,驳回7起;行政诉讼案件5起,一审已审结4起,我方全部胜诉,1起未审结。",
        "", "", "reviews=8 reviews_corrected=1 ?reviews_upheld=7 litigations=5 litigations_pending=1 ?litigations_upheld=4"),
    "old: no litigations at all": (
        "2009年,没有发生与信息公开有关的行政复议案、行政诉讼案,也没有申诉案。",
        "", "", "reviews=0 litigations=0 complaints=0"),
    "website with topic and column numbers": (
        "对网站进行改版,整合一级栏目8个、二级栏目36个,新开设“政策超市”专题1个,全年访问量186万人次,日均5000人次。",
        "", "", "columns=8 columns=36 columns=1 views=1860000"),
    "media by level": (
        "在《人民日报》等中央媒体刊发稿件8篇,省级媒体42篇,市级媒体156篇。",
        "", "news_media=8篇 news_media=42篇 news_media=156篇 ?newspaper=8篇", ""),
    "plain channel list with slash": (
        "信息发布情况:门户网站672条/微信公众号318条/微博205条/今日头条77条。",
        "", "gov_website=672条 wechat=318条 weibo=205条 toutiao=77条", ""),
    "two accounts with names": (
        "“湖畔云城”微信公众号推送图文信息420篇,“云城融媒”客户端发布短视频96个,总浏览量达37.6万。",
        "wechat_account=湖畔云城", "wechat=420篇 mobile_app=96个", "views=376000"),
    "hospital": (
        "医院官网更新信息186条,微信服务号推送健康科普文章92篇,院务公开栏张贴公示35份;收到患者投诉17件,均已办结;患者满意度97.8%。",
        "", "gov_website=186条 wechat=92篇/* bulletin_board=35份/*", "rate=97.8 ?complaints=17"),
    "water utility": (
        "公司营业厅张贴停水公告46次,微信公众号发布停水信息128条,24小时客服热线受理用户来电8640件,办结率99.7%。",
        "", "wechat=128条/* ?service_hall=46次/subset", "hotline_orders=8640 rate=99.7"),
    "suggestions public reply": (
        "今年共承办市人大代表建议11件(主办6件、会办5件),政协提案9件,全部按时办结并在网站公开可公开的答复6件。",
        "", "?gov_website=6件/subset", "suggestions_handled=11 suggestions_handled=6 suggestions_handled=5 suggestions_handled=9 ?suggestions_handled=6"),
    "normative docs cleanup": (
        "全年新制定行政规范性文件3件,修订2件,宣布失效7件,目前现行有效58件,均已在政府网站集中公开。",
        "", "", "normative_docs_issued=3 normative_docs_repealed=7 normative_docs_valid=58 ?category_count=2"),
    "interpretation multi-forms respective": (
        "发布政策文件31件、解读材料54件,文字解读、图表解读、视频解读分别为30件、18件、6件。",
        "", "", "policy_interpretations=54 policy_interpretations=30 policy_interpretations=18 policy_interpretations=6 documents_published=31"),
    "township one-liner dense": (
        "全年公开党务信息36条、政务信息128条、村务信息540条、财务信息96条,接受群众查询60人次。",
        "", "", "category_count=36 category_count=128 category_count=540 category_count=96 ?disclosed_total=128 ?reading_visits=60 ?consultations=60"),
    "opinion solicitation": (
        "就《停车管理办法》等7个决策事项公开征求意见,收到公众意见142条,采纳39条,反馈率100%;开展网上调查5期,1236人次参与。",
        "", "", "opinions_received=142 opinions_received=39 rate=100 opinions_solicited=5 ?opinions_solicited=7 ?participants=1236"),
    "interviews and news conference in one list": (
        "组织在线访谈8期、新闻发布会14场、政策吹风会3场,“政务公开日”主题活动2场,主要负责人带头解读政策5次。",
        "", "", "interviews_online=8 press_conferences=14 press_conferences=3 publicity_events=2 policy_interpretations=5"),
    "staffing": (
        "全局从事政府信息公开工作人员共14人,其中专职3人、兼职11人;设立查阅点2个、申请受理点1个。",
        "", "", "staff_total=14 staff_fulltime=3 staff_parttime=11 reading_points=2 reading_points=1"),
    "fee and costs": (
        "全年依申请公开收取检索、复制、邮寄等费用共计126.5元,政府信息公开专项经费支出18万元。",
        "", "", "fees_charged=126.5 funds=180000"),
    "cumulative and yearly channel": (
        "“平溪发布”微博自2011年开通以来累计发布信息1.86万条,2016年发布2400条,粉丝12.3万人。",
        "weibo_account=平溪发布", "weibo=18600条/cumulative weibo=2400条", "followers=123000"),
    "ranges and no unit": (
        "主动公开信息总数:345;收到申请总数:12;答复总数:12。",
        "", "", "disclosed_total=345 applications_received=12 applications_answered=12"),
    "mail received": (
        "全年受理市长信箱、网民留言等群众来信1560件,按时回复1548件,回复率99.2%。",
        "", "", "mailbox_replies=1560 mailbox_replies=1548 rate=99.2"),
    "hot responses": (
        "及时回应疫情防控、供暖收费等社会热点43次,处置网络舆情16起,发布辟谣信息9条。",
        "", "", "hotspot_responses=43 hotspot_responses=16 category_count=9"),
    "notes on year before last": (
        "2022年公开信息2030条,2021年为1876条,同比上升8.2%。",
        "", "", "disclosed_total=2030 disclosed_total=1876 yoy_change=8.2"),
    "village loudspeaker and leaflets": (
        "利用“大喇叭”播放政策宣讲210次,发放明白纸1.2万份,微信群推送信息3600余条,入户走访890户。",
        "", "?village_broadcast=210次/subset im_group=3600条", "materials_distributed=12000 ?publicity_events=210 ?village_broadcast=210"),
    "development zone: partially channel parts": (
        "管委会全年主动公开信息969条,其中管委会网站512条、“开发区之窗”公众号260条、区政府信息公开平台197条。",
        "?wechat_account=开发区之窗", "gov_website=512条 wechat=260条 disclosure_platform=197条", "disclosed_total=969"),
    "long dense province": (
        "2018年,全省主动公开政府信息412.6万条,同比增长6.1%。通过不同渠道和方式公开:政府公报1.9万条、政府网站266万条、政务微博58.3万条、政务微信62.4万条、其他方式24万条。回应公众关注热点或重大舆情1.1万次。参加或举办新闻发布会2365场,主要负责同志参加1012次。",
        "", "gov_gazette=19000条 gov_website=2660000条 weibo=583000条 wechat=624000条 other=240000条", "disclosed_total=4126000 yoy_change=6.1 hotspot_responses=11000 press_conferences=2365 press_conference_attendance=1012"),
    "contacts: 拨打电话, 发送邮件至": (
        "本报告由青萝市水务局编制,如有问题请拨打电话0551-6290 1188咨询,也可发送邮件至qlsw@qingluo.gov.cn。",
        "phone=0551-62901188 email=qlsw@qingluo.gov.cn", "", ""),
    "contacts: full-width marks throughout": (
        "联系地址：青萝市庐州大道118号水务大厦；邮政编码：230601；咨询电话：0551－62901188；传真：0551－62901199；电子信箱：qlsw2010@sina.com。",
        "address=青萝市庐州大道118号水务大厦 postcode=230601 phone=0551-62901188 fax=0551-62901199 email=qlsw2010@sina.com", "", ""),
    "contacts: a school": (
        "对本报告如有疑问,请与学校信息公开办公室联系(办公地点:行政楼218室,电话:024-86591234,邮箱:xxgk@lanhai.edu.cn)。",
        "contact_unit=学校信息公开办公室 address=行政楼218室 phone=024-86591234 email=xxgk@lanhai.edu.cn", "", ""),
    "contacts: our office, a mobile with a remark": (
        "如有疑问,请与我办联系。联系人:陈晓;电话:13905551234(微信同号)。",
        "contact_unit=我办 contact_person=陈晓 mobile=13905551234", "", ""),
    "contacts: spaces instead of marks": (
        "地址:石榆镇商贸街31号 邮编:415300 电话:0736-5322018 传真:0736-5322019",
        "address=石榆镇商贸街31号 postcode=415300 phone=0736-5322018 fax=0736-5322019", "", ""),
    "contacts: a hyphen in a web address": (
        "公众可登录“石榆县人民政府”门户网站(www.shiyu-xian.gov.cn)政府信息公开专栏查阅,或到县档案馆、图书馆现场查阅(咨询电话:5322017)。",
        "website=www.shiyu-xian.gov.cn phone=5322017", "", ""),
    "contacts: the list stands between the unit and 联系": (
        "如对本年度报告有疑问,请与嘉榆区教育局办公室(地址:嘉榆区文苑路5号,邮编:100011,电话:(010)64031122-8015)联系。",
        "contact_unit=嘉榆区教育局办公室 address=嘉榆区文苑路5号 postcode=100011 phone=010-64031122x8015", "", ""),
    "contacts: 取得联系": (
        "若有任何疑问或建议,可与街道党政办公室取得联系,办公电话:88231100,服务时间:周一至周五(法定节假日除外)9:00-17:00。",
        "contact_unit=街道党政办公室 phone=88231100 ?office_hours=周一至周五(法定节假日除外)9:00-17:00", "", ""),
    "contacts: a supervision telephone and a mailbox": (
        "设立投诉举报电话0736-5322000和举报信箱syjb@shiyu.gov.cn。",
        "supervision_phone=0736-5322000 email=syjb@shiyu.gov.cn", "", ""),
    "contacts: accounts in quotation marks": (
        "官方微博“@嘉榆发布”、官方微信“嘉榆教育”、抖音号“嘉榆校园”同步运行。",
        "?weibo_account=@嘉榆发布 ?weibo_account=嘉榆发布 wechat_account=嘉榆教育", "", ""),
    "contacts: a name after a colon": (
        "关注微信公众号:嘉榆社区通,可在线查询办事指南。",
        "wechat_account=嘉榆社区通", "", ""),
    "contacts: unit and section, a number that is no telephone": (
        "联系单位:嘉榆区行政审批局;联系科室:政务公开科;电话:0417—2815566;QQ:123456789。",
        "contact_unit=嘉榆区行政审批局 ?contact_unit=政务公开科 phone=0417-2815566", "", ""),
    "contacts: 致电, a postcode at the end of an address": (
        "请致电0871-63112233或写信至昆阳路2号市规划局(邮编650031)。",
        "phone=0871-63112233 postcode=650031", "", ""),
    "contacts: 公告送达": (
        "答复申请人时应当告知受理机构的名称、地址、电话,未留联系方式的予以公告送达。",
        "", "", ""),
    "contacts: 为 instead of a colon": (
        "通讯地址为临江县滨河北路66号;邮政编码为134600;联系电话为0439-5226688。",
        "address=临江县滨河北路66号 postcode=134600 phone=0439-5226688", "", ""),
    "nothing: a plan with numbers": (
        "2024年计划新增公开栏目5个,推送信息600条以上,培训人员200人次。",
        "", "", ""),
    "nothing: a hospital's business": (
        "全年接诊门诊患者86.5万人次,手术1.2万台,新购设备46台套,引进博士12人。",
        "", "", ""),
    "nothing: a township's business": (
        "全镇完成危房改造56户,硬化道路12.6公里,种植油菜3000亩,发放贷款2800万元。",
        "", "", ""),
    "nothing: service reform": (
        "压减办事环节3个,材料精简42%,126项事项实现“最多跑一次”。",
        "", "", "?rate=42"),
    "nothing: document numbers": (
        "根据国务院令第711号、教办函〔2014〕23号等文件要求,清单共10大类50条。",
        "", "", ""),
    "nothing: frequency and share of a duty": (
        "每季度对各单位开展一次抽查,每次抽查比例不低于30%,发现问题限7日内整改。",
        "", "", "?rate=30"),
    "nothing: deadlines and fee rules": (
        "各部门应于收到申请之日起20个工作日内答复,需要延长的最多延长20个工作日,同一申请人10件以上的收取信息处理费。",
        "", "", ""),
    "nothing: units of the form": (
        "本次年报数据以2021年12月31日24时为准,金额单位为万元,保留四位小数。",
        "", "", ""),
    "nothing: weak points": (
        "少数单位信息更新不及时,如某科室半年仅发布2条信息;个别解读稿件不足300字。",
        "", "", "?disclosed_total=2"),
    "nothing: rank and marks": (
        "全市政务公开考核排名由第12位上升至第5位,得分96.5分,获评优秀等次。",
        "", "", ""),
    "nothing: articles and marks": (
        "组织学习新《条例》56条内容,围绕第19条至第36条开展测试,平均得分92分。",
        "", "", ""),
    "nothing: a next step": (
        "下一步将新建政务公开体验区3处,实现16个镇街全覆盖。",
        "", "", ""),
    "nothing: a bureau's business": (
        "查处环境违法案件73起,罚款412万元,办理环评审批96件,12369热线之外另设值班室1间。",
        "", "", ""),
    "nothing: headings of a table": (
        "序号1 项目名称 数量 2 备注",
        "", "", ""),
    "nothing: a service platform": (
        "依托全国一体化平台,1.2万项服务“一网通办”,电子证照共享4.6亿次。",
        "", "", ""),
    "rows of the form of 2021": (
        "第二十条第(五)项\n信息内容 | 本年处理决定数量\n行政许可 | 61 |\n第二十条第(八)项\n信息内容 | 本年收费金额(单位:万元)\n行政事业性收费 | 2.5 |",
        "", "", "admin_licences=61 admin_fees=25000"),
    "rows of the form of 2019, the change left out": (
        "信息内容 上一年项目数量 本年增/减 处理决定数量 行政许可 14 +3 205 行政处罚 6 0 33",
        "", "", "admin_licences=205 admin_penalties=33"),
    "a row with a blank is not read": (
        "信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n行政许可\t14\t\t205",
        "", "", "?admin_licences=205"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
