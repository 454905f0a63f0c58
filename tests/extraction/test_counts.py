"""What the numbers of a passage count: invented bodies, answers worked out by hand.

Each example gives the text, then the channel counts and the counts that must be found, and no others:
``channel=value/scope`` (scope year when not given) and ``metric=value`` (``@previous_year``, ``@cumulative`` where the
period is not this year).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "total, breakdown of categories (word order noun-number)": (
        "2020年,青石镇主动公开政府信息58条,其中机构职能3条,财政预决算4条,通知公告51条。",
        "", "disclosed_total=58 category_count=3 category_count=4 category_count=51"),
    "total after its noun, number before noun": (
        "本年度共公开2条信息,另公示环境保护信息16条。",
        "", "disclosed_total=2 category_count=16"),
    "总数, thousands separator": (
        "全区主动公开政府信息总数为12,405条。",
        "", "disclosed_total=12405"),
    "colon list, other punctuation, a channel inside the list is a channel count": (
        "我局主动公开信息90条:部门文件12条;工作动态60条;人事任免3条;微信公众号15条。",
        "wechat=15", "disclosed_total=90 category_count=12 category_count=60 category_count=3"),
    "own metrics inside a breakdown: interpretation, consultation, proposals, concerns": (
        "全年发布政府信息200条,包括政策解读12条、意见征集5条、建议提案答复9条、回应关切4条、财政资金170条。",
        "", "disclosed_total=200 policy_interpretations=12 opinions_solicited=5 suggestions_handled=9 hotspot_responses=4 category_count=170"),
    "normative documents inside a breakdown are a category": (
        "公开政府信息30条,其中规范性文件4条,规划计划6条,行政许可20条。",
        "", "disclosed_total=30 category_count=4 category_count=6 category_count=20"),
    "nested bracket": (
        "公开政府信息40条,其中财政信息10条(部门预算6条、部门决算4条),动态信息30条。",
        "", "disclosed_total=40 category_count=10 category_count=6 category_count=4 category_count=30"),
    "breakdown in the next sentence, categories marked 类 with shares": (
        "全年公开信息50条。其中,概况类5条,占10%;动态类45条,占90%。",
        "", "disclosed_total=50 category_count=5 category_count=45 rate=10 rate=90"),
    "partial list after 涵盖; structure numbers are no counts": (
        "共发布信息300条,涵盖15个大类,设置栏目26个。",
        "", "disclosed_total=300 columns=26"),
    "one channel: no disclosed_total": (
        "通过县政府门户网站公开政府信息321条。",
        "gov_website=321", ""),
    "category governed by the channel is a subset": (
        "在区政府网站发布政策文件17件,规划计划3件。",
        "gov_website=17/subset gov_website=3/subset", ""),
    "channel without verb": (
        "微信公众号49条,政务微博120条,抖音号7条。",
        "wechat=49 weibo=120 douyin=7", ""),
    "elided verbs with views between": (
        "微信公众号推送信息88条,阅读量3.2万次,政务微博发布56条,今日头条12条,粉丝1.5万人。",
        "wechat=88 weibo=56 toutiao=12", "views=32000 followers=15000"),
    "shared count of coordinated channels": (
        "通过门户网站、微信公众号和政务微博共公开信息640余条。",
        "gov_website+wechat+weibo=640/shared", ""),
    "shared count, a class word after its members": (
        "利用公示栏、村村通、微信群等多种渠道公开信息75条。",
        "bulletin_board+village_broadcast+im_group=75/shared", ""),
    "outlets stand for news media": (
        "在人民日报、新华社等中央媒体刊发稿件31篇。",
        "news_media=31", ""),
    "broad class after members adds nothing": (
        "微信、微博等新媒体发布信息400条。",
        "wechat+weibo=400/shared", ""),
    "carrier in a part of its own": (
        "依托政府网站和政务微信,全年共发布各类信息1100条。",
        "gov_website+wechat=1100/shared", ""),
    "each channel the same number": (
        "政府网站、微信公众号各发布信息36条。",
        "gov_website=36 wechat=36", ""),
    "respective counts": (
        "门户网站、微信公众号和微博分别发布信息310条、96条和42条。",
        "gov_website=310 wechat=96 weibo=42", ""),
    "respective metrics": (
        "承办人大代表建议、政协提案分别为8件和11件。",
        "", "suggestions_handled=8 suggestions_handled=11"),
    "named carriers: quoted sites, papers, apps": (
        "“青石之窗”公开信息21条,《青石晚报》刊登稿件9篇,“掌上青石通”发布13条。",
        "gov_website=21 newspaper=9 mobile_app=13", ""),
    "channel(number)": (
        "公开方式为政府网站(64条)、公告栏(12条)、广播(3条)。",
        "gov_website=64 bulletin_board=12 broadcast_tv=3", ""),
    "parts of a total by channel keep scope year": (
        "全年主动公开政府信息500条,其中微信公众号120条,门户网站380条。",
        "gov_website=380 wechat=120", "disclosed_total=500"),
    "parts of a channel by account are subsets": (
        "政务新媒体共发布信息900条,其中微信公众号500条、微博400条。",
        "new_media=900 wechat=500/subset weibo=400/subset", ""),
    "media levels": (
        "各级新闻媒体刊发报道210篇,其中国家级6篇、省级44篇、市级160篇。",
        "news_media=210 news_media=6/subset news_media=44/subset news_media=160/subset", ""),
    "name of an account holds the name of a channel": (
        "“平川政务网”微信公众号推送信息57条。",
        "wechat=57", ""),
    "adopted by others, reported upwards: not ours": (
        "向市政府网站报送信息96条,被采用41条;省厅网站采用12条。",
        "", ""),
    "accounts are not items": (
        "全县共有政务新媒体账号31个,其中微信公众号22个、微博9个。",
        "", "new_media_accounts=31 new_media_accounts=22 new_media_accounts=9"),
    "carrier with 主要为: categories of the channel": (
        "政府网站公开内容主要为工作动态70条、政策法规8条、通知公告22条。",
        "", "category_count=70 category_count=8 category_count=22"),
    "interpretation in a channel is both": (
        "政务微信发布政策解读24篇。",
        "wechat=24/subset", "policy_interpretations=24"),
    "cumulative against the year": (
        "截至2019年12月31日,累计公开政府信息8120条,2019年度新增信息960条。",
        "", "disclosed_cumulative=8120@cumulative disclosed_total=960"),
    "cumulative since the Regulations": (
        "自2008年《条例》施行以来,累计公开信息3300条。",
        "", "disclosed_cumulative=3300@cumulative"),
    "全年累计 is this year": (
        "2022年全年累计公开政府信息777条。",
        "", "disclosed_total=777"),
    "number without measure word": (
        "主动公开政府信息数量为0,收到政府信息公开申请0。",
        "", "disclosed_total=0 applications_received=0"),
    "applications: received, carried in, answered, carried out": (
        "全年新收政府信息公开申请61件,上年结转3件,办结60件,结转下年度继续办理4件。",
        "", "applications_received=61 applications_carried_in=3 applications_answered=60 applications_carried_out=4"),
    "number before its noun": (
        "共收到12件政府信息公开申请,办结11件。",
        "", "applications_received=12 applications_answered=11"),
    "received and answered in one": (
        "收到并办结依申请公开9件。",
        "", "applications_received=9 applications_answered=9"),
    "办理 alone is received": (
        "全年办理政府信息公开申请19件。",
        "", "applications_received=19"),
    "all answered": (
        "共受理政府信息公开申请33件,其中网络申请30件、信函申请3件,均已按期答复。",
        "", "applications_received=33 applications_online=30 applications_letter=3 applications_answered=33"),
    "answered, right after": (
        "收到依申请公开2件,已按规定答复。",
        "", "applications_received=2 applications_answered=2"),
    "已 after a partial number says nothing of the whole": (
        "收到依申请公开申请20件,其中予以公开6件,已按期办结。",
        "", "applications_received=20 applications_granted=6"),
    "applicants and ways": (
        "收到申请14件,按申请人分,自然人10件、商业企业3件、社会公益组织1件;按方式分,当面申请2件、传真申请1件、电子邮件申请11件。",
        "", "applications_received=14 applications_by_applicant=10 applications_by_applicant=3 applications_by_applicant=1 applications_in_person=2 applications_fax=1 applications_other_form=11"),
    "outcomes": (
        "办结申请40件,其中予以公开12件,部分公开5件,不予公开4件,本机关不掌握9件,不予处理3件,申请人撤回2件,其他处理5件。",
        "", "applications_answered=40 applications_granted=12 applications_partial=5 applications_refused=4 applications_unavailable=9 applications_not_processed=3 applications_withdrawn=2 applications_other_result=5"),
    "applications for review are reviews": (
        "因政府信息公开被申请行政复议3件,结果维持2件,尚未审结1件;被提起行政诉讼2件,败诉1件。",
        "", "reviews=3 reviews_upheld=2 reviews_pending=1 litigations=2 litigations_corrected=1"),
    "all upheld": (
        "全年发生行政复议2件,均维持原行为。",
        "", "reviews=2 reviews_upheld=2"),
    "one zero for a coordination": (
        "因信息公开引发的行政复议、行政诉讼均为0件。",
        "", "reviews=0 litigations=0"),
    "zero in words": (
        "全年未收到政府信息公开申请,没有因政府信息公开引起的行政复议和行政诉讼,也未收取任何费用。",
        "", "applications_received=0 reviews=0 litigations=0 fees_charged=0"),
    "zero in words: 无, 尚无, complaints": (
        "本年度我局无依申请公开事项,尚无行政复议、行政诉讼和举报投诉。",
        "", "applications_received=0 reviews=0 litigations=0 complaints=0"),
    "zero after its noun": (
        "政府信息公开没有收费。",
        "", "fees_charged=0"),
    "nothing to deny": (
        "无一起泄密事件,无异议反馈,没有建立长效机制,没有形成统一的申请办理制度。",
        "", ""),
    "a duty is no zero, nor is a missing skill": (
        "依法提供政府信息不收费。工作人员未及时答复群众申请的情形应当避免。",
        "", ""),
    "无法提供 is an outcome, not a zero of applications": (
        "无法提供1件。",
        "", "applications_unavailable=1"),
    "fees": (
        "全年收取信息处理费400元。",
        "", "fees_charged=400"),
    "training": (
        "举办政务公开培训班3期,培训人员210人次。",
        "", "trainings_held=3 trainees=210"),
    "training, people by the sentence": (
        "组织开展业务培训2场,各科室、各乡镇共80余人参加。",
        "", "trainings_held=2 trainees=80"),
    "Chinese numerals after a count verb": (
        "召开两次专题会议,开展了三次督查,举办一期培训班。",
        "", "meetings_held=2 inspections=3 trainings_held=1"),
    "Chinese numerals that are no counts": (
        "落实三审三校,公开“三公”经费,建好两微一端,一是加强领导,十三五规划第一年。",
        "", ""),
    "numbers before verbs": (
        "12次参加在线访谈,设1名专职和4名兼职工作人员。",
        "", "interviews_online=12 staff_fulltime=1 staff_parttime=4"),
    "staff": (
        "现有政府信息公开工作人员6名,其中专职2名。",
        "", "staff_total=6 staff_fulltime=2"),
    "press conferences with their officials": (
        "召开新闻发布会26场,部门负责人出席31人次。",
        "", "press_conferences=26 press_conference_attendance=31"),
    "replies of the mailbox, the hotline, enquiries, concerns": (
        "办理县长信箱来信82件,办理12345热线工单1506件,接待群众咨询300余人次,回应社会关切7次。",
        "", "mailbox_replies=82 hotline_orders=1506 consultations=300 hotspot_responses=7"),
    "enquiries by way": (
        "全年解答咨询130人次,包括电话咨询90人次、现场咨询40人次。",
        "", "consultations=130 consultations=90 consultations=40"),
    "proposals": (
        "公开办理人大代表建议5件、政协提案7件,办结率100%。",
        "", "suggestions_handled=5 suggestions_handled=7 rate=100"),
    "normative documents": (
        "制发行政规范性文件6件,废止2件,现行有效行政规范性文件41件。",
        "", "normative_docs_issued=6 normative_docs_repealed=2 normative_docs_valid=41"),
    "interpretation in several forms": (
        "发布政策解读材料20篇,其中图解12篇、视频解读8篇。",
        "", "policy_interpretations=20 policy_interpretations=12 policy_interpretations=8"),
    "consultation of the public and opinions received": (
        "开展意见征集14次,收到意见建议36条。",
        "", "opinions_solicited=14 opinions_received=36"),
    "handed out": (
        "发放宣传资料4000余份,开展政务开放日活动2次。",
        "", "materials_distributed=4000 publicity_events=2"),
    "reading points and visits": (
        "设立政府信息查阅点8处,接待查阅120人次。",
        "", "reading_points=8 reading_visits=120"),
    "gazette": (
        "编印政府公报12期,发行3.6万册。",
        "", "gazette_issues=12 gazette_copies=36000"),
    "last year in brackets, decrease": (
        "全年收到申请22件,比2022年(31件)下降29%。",
        "", "applications_received=22 applications_received=31@previous_year yoy_change=-29"),
    "increase": (
        "受理政府信息公开申请88件,同比增长12.5%。",
        "", "applications_received=88 yoy_change=12.5"),
    "rates": (
        "按时答复率100%,群众满意率98.6%。",
        "", "rate=100 rate=98.6"),
    "duties and plans": (
        "要求各部门每月发布信息不少于6条,每季度召开一次例会,确保公开率达到100%。",
        "", ""),
    "document numbers, dates, articles, deadlines": (
        "根据国办发〔2020〕17号、《条例》第三十二条,自2022年1月1日至12月31日,20个工作日内答复。",
        "", ""),
    "broken dates": (
        "统计期限自20221月1日起至202212月31日止,截至20101231日。",
        "", ""),
    "business is not disclosure": (
        "全年开展普法讲座46场,走访企业120家,网上办理业务8000件次,化解矛盾纠纷35起。",
        "", ""),
    "made and obtained: the classes are of documents": (
        "全年制作并获取政府信息150条,其中主动公开120条,依申请公开25条,不予公开5条。",
        "", "category_count=150 disclosed_total=120 category_count=25 category_count=5"),
    "分 each, one record for the list": (
        "更新机构职能、领导分工各2条,公布年度预算1条。",
        "", "category_count=2 category_count=1"),
    "unit with two forms, inner spaces": (
        "市属媒体刊发稿件 36 篇(条)。",
        "news_media=36", ""),
    "meeting as a channel needs a preposition": (
        "通过座谈会公开村级事务12次;召开座谈会4次。",
        "meeting=12/subset", "meetings_held=4"),
    "columns and sites": (
        "全市正常运行的政府网站56家,新增专栏3个。",
        "", "sites=56 columns=3"),
    "documents published without a channel": (
        "全年主动公开文件35件。",
        "", "documents_published=35"),
    "media write about the body": (
        "接受媒体采访5次,被各类媒体转载报道60篇次。",
        "", "media_reports=5 media_reports=60"),
    "inspections": (
        "开展政务公开专项检查4次,印发通报2期。",
        "", "inspections=4 inspections=2"),
    "licences and penalties in prose": (
        "全年办理行政许可312件,作出行政处罚18件。",
        "", "admin_licences=312 admin_penalties=18"),
    "funds": (
        "安排政务公开工作经费15万元。",
        "", "funds=150000"),
    "platform alone, other ways": (
        "平台公开信息210条,其他方式公开信息15条。",
        "disclosure_platform=210 other=15", ""),
    "LED, loudspeakers, text messages": (
        "LED显示屏滚动播放信息90条,大喇叭播报60次,发送短信1200条。",
        "led_screen=90 village_broadcast=60 im_group=1200", ""),
    "next sentence does not inherit the channel": (
        "门户网站公开信息30条。公示救助名单8份。",
        "gov_website=30", "category_count=8"),
    # -- more ways of writing the same -------------------------------------------------------------------------------
    "elided verb with the channels named by 通过": (
        "2021年,全县主动公开政府信息1.2万条,其中,通过县政府门户网站公开8600条,通过政务新媒体公开3400条。",
        "gov_website=8600 new_media=3400", "disclosed_total=12000"),
    "named site, account and station share a count": (
        "通过“平川在线”网站、“平川发布”微信公众号、平川电视台等媒体公开政务信息2300多条。",
        "gov_website+wechat+broadcast_tv=2300/shared", ""),
    "total given since the beginning, the year's in the breakdown": (
        "截止2012年底,本局累计主动公开信息560条,其中2012年新增88条。",
        "", "disclosed_cumulative=560@cumulative disclosed_total=88"),
    "year's part of a cumulative total, 累计 after the noun": (
        "截至2015年12月31日,我局主动公开政府信息累计2140条,其中2015年公开212条。",
        "", "disclosed_cumulative=2140@cumulative disclosed_total=212"),
    "both upheld": (
        "收到行政复议申请2件、行政诉讼1件,均维持原判。",
        "", "reviews=2 litigations=1 reviews_upheld=2 litigations_upheld=1"),
    "interpretations by form within a breakdown": (
        "区政府门户网站共发布信息1876条,其中,重点领域信息640条,政策解读58条(文字解读30条,图片解读28条)。",
        "gov_website=1876", "category_count=640 policy_interpretations=58 policy_interpretations=30 policy_interpretations=28"),
    "bracketed channels of a total": (
        "发布各类政务信息共计2031条(其中:网站1200条,微信600条,微博231条)。",
        "gov_website=1200 wechat=600 weibo=231", "disclosed_total=2031"),
    "one name, two platforms, respective counts": (
        "市政府门户网站公开信息1.02万条,“平川发布”微博、微信分别发布信息3200条、2100条。",
        "gov_website=10200 weibo=3200 wechat=2100", ""),
    "followers first, then what was posted": (
        "政务微博“平川检察”粉丝量达3.4万,发布微博1100条。",
        "weibo=1100", "followers=34000"),
    "the site has columns, then information": (
        "门户网站开设专题专栏7个,发布信息230条。",
        "gov_website=230", "columns=7"),
    "accounts first, then what they posted": (
        "全系统开通政务微博12个、政务微信公众号25个,累计发布信息4.2万条。",
        "weibo+wechat=42000/shared", "new_media_accounts=12 new_media_accounts=25"),
    "all zeros in one sentence": (
        "依申请公开政府信息0件,行政复议0件,行政诉讼0件,举报投诉0件,收费0元。",
        "", "applications_received=0 reviews=0 litigations=0 complaints=0 fees_charged=0"),
    "a zero with its applicants named": (
        "本年度,我局没有收到公民、法人和其他组织的政府信息公开申请。",
        "", "applications_received=0"),
    "an unknown platform; documents that came in": (
        "在省级平台发布信息12条,接收公文3500份。",
        "", ""),
    "outcomes, shares and 其他": (
        "全年共答复政府信息公开申请42件,其中予以公开18件,占43%;不予公开3件,占7%;无法提供15件,占36%;其他6件。",
        "", "applications_answered=42 applications_granted=18 rate=43 applications_refused=3 rate=7 applications_unavailable=15 rate=36 applications_other_result=6"),
    "predicate after the number": (
        "今年共收到政府信息公开申请5件,其中1件不属于本机关公开范围,2件予以公开,1件信息不存在,1件正在办理。",
        "", "applications_received=5 applications_unavailable=1 applications_granted=2 applications_unavailable=1"),
    "parts of applications that no metric names": (
        "全市共收到依申请公开政府信息申请2061件(其中市政府收到367件,市直部门收到1694件),比上年增长8.6%。",
        "", "applications_received=2061 yoy_change=8.6"),
    "review upheld by the authority": (
        "因政府信息公开被申请行政复议1宗,复议机关维持;被提起行政诉讼0宗。",
        "", "reviews=1 reviews_upheld=1 litigations=0"),
    "media wrote, the body's press office held": (
        "召开新闻通气会5场,组织记者集中采访22次,中央及省级媒体报道我市新闻1800余篇。",
        "", "press_conferences=5 media_reports=22 media_reports=1800"),
    "posted and forwarded": (
        "政务微博原创信息210条,转发信息430条。",
        "weibo=210 weibo=430", ""),
    "issued documents by attribute": (
        "制发公文36件,其中主动公开23件、依申请公开8件、不予公开5件。",
        "", "category_count=36 category_count=23 category_count=8 category_count=5"),
    "a newsletter, and a subject of its own ends the channel before": (
        "通过区门户网站公开信息12条,《南屏区政务信息》刊发230条,宣传栏公开40期,微信工作群转发信息600余条。",
        "gov_website=12 brochure=230 bulletin_board=40 im_group=600", ""),
    "the sum after its parts": (
        "通过镇政府网站公开政府信息62条,村务公开栏公开信息5条,共67条。",
        "gov_website=62 bulletin_board=5", "disclosed_total=67"),
    "a breakdown without its total": (
        "其中,概述类信息5条,占4%,法规文件类12条,占10%。",
        "", "category_count=5 rate=4 category_count=12 rate=10"),
    "announced list without total": (
        "主动公开重点领域信息:财政预决算8条、保障性住房5条。",
        "", "category_count=8 category_count=5"),
    "parts of a number that is not ours": (
        "化解矛盾纠纷35件,其中重大纠纷3件。",
        "", ""),
    "works of accounts are items": (
        "本年新增公众号文章312篇、视频号作品45个、抖音作品60个。",
        "wechat=312 wechat_channels=45 douyin=60", ""),
    "shares of channels without counts": (
        "通过政府网站发布信息占65%,微信公众号发布信息占35%。",
        "", "rate=65 rate=35"),
    "published licences are categories, not licences": (
        "全年公开行政许可信息320条、行政处罚信息45条。",
        "", "category_count=320 category_count=45"),
    "website form: messages are replies, not applications": (
        "收到留言数量230条,办结留言数量228条,公开答复数量200条。",
        "", "mailbox_replies=230 mailbox_replies=228"),
    "what was received and what of it is done, of letters and of orders": (
        "局长信箱收到来信12件,已办结10件。市民热线受理工单35件,已办结33件。",
        "", "mailbox_replies=12 mailbox_replies=10 hotline_orders=35 hotline_orders=33"),
    "people trained, after the units they come from": (
        "召集业务培训会,培训13个部门36名业务人员。又对9个乡镇18名联络员进行了集中培训。",
        "", "trainees=36 trainees=18"),
    "one field of work is a category, no total": (
        "全年公开信息120条。公共卫生领域发布信息23条,财政资金方面公开信息12条。",
        "", "disclosed_total=120 category_count=23 category_count=12"),
    "主动公开 is no field of work": (
        "主动公开方面,发布信息255条。",
        "", "disclosed_total=255"),
    "from January to December of one year is that year": (
        "自2016年1月1日起至2016年12月31日止,公开信息568条。2019年年报另行编制。",
        "", "disclosed_total=568"),
    "volumes updated, of categories": (
        "网站概况类信息更新量47条,政务动态信息更新量378条。",
        "gov_website=47/subset", "category_count=378"),
    "a gazette that was issued publishes what it prints, nothing else": (
        "编印《云溪县人民政府公报》12期,公开发布政策文件及配套解读56件。又编印公报6期,登载文件36件。",
        "gov_gazette=36/subset", "gazette_issues=12 policy_interpretations=56 gazette_issues=6"),
    "the number of fields is no count": (
        "在县政府网站公开卫生健康、公共交通等4个领域50余家单位信息。",
        "", ""),
    "all granted is all answered": (
        "收到政府信息公开申请3项全部予以公开。",
        "", "applications_received=3 applications_answered=3 applications_granted=3"),
    "no cases is no zero of applications": (
        "2020年,我局接到依申请公开事项5项,均已答复办结,未产生依申请公开政府信息案例。",
        "", "applications_received=5 applications_answered=5"),
    "two media, summed up in a word": (
        "县局官方微博、微信两个自媒体共发布信息258条次。",
        "weibo+wechat=258/shared", ""),
    "what newspapers printed": (
        "在市级以上报纸见报数151篇。",
        "", "media_reports=151"),
    "a zero spelt out, for both": (
        "本年度行政复议案件、行政诉讼案件均为零。",
        "", "reviews=0 litigations=0"),
    "a masked name before a number is not last year": (
        "梳理12大类340条服务指南,公布102项行政许可事项目录。",
        "", ""),
    "documents of other years": (
        "今年我局按要求公开了2022年部门预算1份、2021年部门决算1份。",
        "", "category_count=1 category_count=1"),
    "parts of media reports": (
        "新闻媒体报道120次,其中省电视台报道3次。",
        "", "media_reports=120 media_reports=3"),
}
# fmt: on


@pytest.mark.parametrize(("text", "channels", "metrics"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(
    read_counts: Callable[[str], tuple[Counter[str], Counter[str]]], text: str, channels: str, metrics: str
) -> None:
    assert read_counts(text) == (Counter(channels.split()), Counter(metrics.split()))
