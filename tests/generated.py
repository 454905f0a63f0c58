"""Reports in any number for measurements and long tests: seeded, about 4,000 characters each, tables that add up.

Narratives are put together from sentences written for this file about bodies that do not exist; labels of the tables
come from the forms. Plain text with one cell a line, plain text with tabs, Markdown and web pages, in UTF-8, GB18030
and UTF-16. The same seed and number give the same bytes. As a program: `python tests/generated.py FOLDER --count
1000`.
"""

from __future__ import annotations

import argparse
import html
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.tables.forms import form

FIRST, SECOND = "云青松河岭白石柳梅兰竹清远安宁永", "溪川阳坪岗湖塘桥岭泉州林沙浦湾陵"
KINDS = ("县", "市", "区", "镇", "乡", "街道")
OFFICES = (
    "",
    "",
    "教育局",
    "民政局",
    "农业农村局",
    "交通运输局",
    "卫生健康局",
    "应急管理局",
    "市场监督管理局",
    "水务局",
)
TOPICS = (
    "义务教育招生", "农村低保", "征地补偿", "公共租赁住房", "食品安全抽检", "道路养护", "医保结算", "防汛物资", "财政预决算",
    "创业补贴", "饮用水水质", "危房改造", "惠农资金", "公交线路", "养老服务", "扶持小微企业",
)  # fmt: skip
OVERVIEW = (
    "{year}年,本机关围绕{topic}等群众关心的事项,把公开贯穿办文、办会、办事各环节,公开工作有序开展。",
    "主要负责人全年两次听取公开工作汇报,分管负责人每季度召集一次碰头会,研究目录更新和平台管护。",
    "全年主动公开政府信息{a}条,其中{topic}类{b}条、{topic2}类{c}条、其他{d}条。",
    "通过门户网站发布信息{b}条,通过微信公众号推送{c}条,政务微博发布{d}条,公开栏张贴{e}期。",
    "制发规范性文件{issued}件,同步发布解读材料{f}篇,其中图解{g}篇、负责人解读{g}篇。",
    "收到公开申请{h}件,答复前与申请人电话沟通,没有因逾期被投诉的情形。",
    "召开新闻发布会{g}次,就{topic}和{topic2}回答了记者提问,回应群众留言{b}条,平均办理时间为三个工作日。",
    "对近五年挂网的文件逐件核对效力,标注废止{repealed}件,其余继续有效。",
    "按照谁起草、谁审核、谁负责的办法,发布前由科室初审、办公室复核、分管领导签发,涉密信息一律不上网。",
    "将“{topic}”专栏移到首页显著位置,新增按年份和文号检索的功能,累计访问{k}人次。",
    "举办业务培训{g}期,参训{c}人次,内容涉及申请答复文书的写法和目录的维护。",
    "政务公开纳入年度考核,占{g}分,对更新滞后的{g}个单位发函提醒。",
    "便民服务中心设公开专区,配自助查询机{g}台,接待群众查阅{b}人次。",
    "热线和网上咨询共办理{b}件,办结率为98.{g}%,群众满意率比上年提高{g}个百分点。",
    "编印《{topic}办事指南》{c}册,在村(社区)发放,方便不上网的老年人了解政策。",
    "申请人需要{topic}方面材料的,受理窗口先帮助查找已经公开的内容,查不到的再登记办理,并把办理进展以短信告知本人。",
    "对{topic2}领域的公开事项逐项列明内容、时限、渠道和责任科室,形成标准目录并在门户网站公布,目录每半年调整一次。",
    "文件起草时同步确定公开属性,拟不公开的写明理由,公文系统没有填写公开属性的不能进入下一环节。",
    "与档案馆、图书馆商定移交办法,每季度移交一次主动公开的文件纸质本,方便群众就近查阅,也为以后查考留下依据。",
    "对标题含糊、附件缺失、栏目错放的信息作了集中清理,重新归类后栏目之间不再重复,群众查找一条信息平均少点两次。",
    "门户网站完成适老化改造,提供大字版和语音朗读,读屏软件可以顺利读出表格中的数字,移动端页面打开更快。",
    "组织熟悉业务的同志编写常见问题库,把{topic}和{topic2}的办理条件、所需材料、办理地点讲清楚,并随政策变化更新。",
    "公开发布重大决策草案{g}件,附起草说明和背景材料,征求意见期满后公布采纳情况,对没有采纳的意见说明了理由。",
    "聘请社会监督员{g}名,以普通群众身份查找信息、提出申请、拨打咨询电话,发现的问题当月反馈、次月复查。",
    "加强对下属单位的指导,派人到{g}个单位现场查看公开栏和查阅点,帮助完善目录,纠正了只挂制度不见结果的做法。",
    "遇有群众集中关心的{topic2}问题,先核实情况再对外说明,做到说法一致、数据一致,避免引起误解。",
    "安排专人每天查看网站运行情况,监测到链接失效{g}处,都在当天修复,全年没有发生内容被篡改的事件。",
    "围绕{topic2}开展政府开放日活动{g}场,邀请居民代表、企业负责人走进办事大厅,当面答疑。",
)
PROBLEMS = (
    "个别科室对公开工作认识还停留在完成任务上,主动性不够",
    "部分栏目更新不及时,群众看到的还是上年的数据",
    "政策解读以转发文字为主,图表和视频少,群众不容易看懂",
    "公开专职人员更换频繁,新接手的同志对申请办理流程不熟",
    "基层村(社区)公开的内容偏重结果,过程信息偏少",
    "网站检索功能弱,查找{topic}方面的文件要翻多页",
    "与群众的互动较少,留言答复有时过于简单",
    "信息发布审核不严,偶有错字和链接失效的情况",
    "公开的渠道单一,对不常上网的老年人照顾不够",
    "各股室报送信息不均衡,{topic}类信息明显偏少",
)
MEASURES = (
    "把公开要求写进各科室年度任务,由办公室按月提醒、按季通报",
    "明确每个栏目的更新期限和责任人,逾期未更新的由专人督促",
    "增加图解、短视频和案例解读,重要政策做到文件与解读同时发布",
    "上半年组织一次全员培训,下半年组织一次答复文书评查",
    "指导村(社区)细化事项清单,重点公开{topic}的申请、评审和发放过程",
    "改造检索页面,支持按主题、文号和关键词查找",
    "建立留言分办制度,一般问题三个工作日内答复,复杂问题说明进展",
    "实行三审三校,每月检查一次链接和错别字",
    "用好广播、宣传栏和入户走访,把政策送到群众手里",
    "定期公布各股室报送数量,对连续落后的由分管领导约谈",
)
ORDINALS = ("一是", "二是", "三是", "四是")
REQUEST_COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
SHAPES = ("lines", "lines", "tabs", "tabs", "markdown", "page")
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")
SUFFIXES = {"lines": ".txt", "tabs": ".txt", "markdown": ".md", "page": ".html"}

Table = list[list[str]]


@dataclass(frozen=True, slots=True)
class Generated:
    """One report: a file name, its bytes, and what is known of it."""

    name: str
    content: bytes
    issuer: str
    year: int
    received: int


def reports(count: int, *, seed: int = 1) -> Iterator[Generated]:
    """``count`` reports. Each depends on its number and the seed only."""
    for number in range(count):
        yield report(number, seed=seed)


def report(number: int, *, seed: int = 1) -> Generated:
    """Report number ``number``."""
    dice = random.Random(seed * 1_000_003 + number)
    place = dice.choice(FIRST) + dice.choice(SECOND) + dice.choice(KINDS)
    issuer = place + (dice.choice(OFFICES) or "人民政府")
    old = dice.random() < 0.15
    year = dice.randint(2014, 2018) if old else dice.randint(2021, 2025)
    shape = dice.choice(SHAPES)
    encoding = dice.choice(ENCODINGS)
    received = dice.choice((0, 1, 2, 3, 5, 8, 13, 34))
    parts = _report(dice, issuer, place, year, received, old=old)
    text = _page(parts) if shape == "page" else _text(parts, shape)
    if shape == "page" and encoding != "utf-8-sig":
        text = text.replace("utf-8", "gb2312" if encoding == "gb18030" else encoding)
    return Generated(f"{number:07}-{year}{SUFFIXES[shape]}", text.encode(encoding), issuer, year, received)


def write_reports(folder: Path, count: int, *, seed: int = 1, a_folder: int = 1000) -> None:
    """Write ``count`` reports below ``folder``, a thousand to a folder."""
    for number, one in enumerate(reports(count, seed=seed)):
        place = folder / f"{number // a_folder:05}"
        if number % a_folder == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / one.name).write_bytes(one.content)


def _report(dice: random.Random, issuer: str, place: str, year: int, received: int, *, old: bool) -> list[str | Table]:
    """Title, paragraphs and tables in order. A paragraph that begins with "# " is a heading."""

    issued, repealed = dice.randint(0, 9), dice.randint(0, 3)

    def filled(template: str) -> str:
        topic, topic2 = dice.sample(TOPICS, 2)
        numbers = {key: dice.randint(low, high) for key, low, high in (
            ("a", 300, 2000), ("b", 40, 290), ("c", 20, 150), ("d", 10, 90), ("e", 2, 30), ("f", 3, 40),
            ("g", 1, 9), ("k", 900, 90_000),
        )}  # fmt: skip
        return template.format(
            year=year, topic=topic, topic2=topic2, h=received, issued=issued, repealed=repealed, **numbers
        )

    code = dice.randint(310, 999)
    parts: list[str | Table] = [f"# {issuer}{year}年政府信息公开工作年度报告"]
    parts.append(
        f"本报告根据《中华人民共和国政府信息公开条例》编制,所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。如对报告有疑问,请与"
        f"{issuer}办公室联系(地址:{place}新华路{dice.randint(1, 300)}号,"
        f"邮编:{dice.randint(100000, 899999)},电话:0{code}-{dice.randint(2000000, 8999999)},"
        f"电子邮箱:gkb{dice.randint(1, 999)}@example.gov.cn)。"
    )
    parts.append("# 一、总体情况" if not old else "# 一、概述")
    sentences = [filled(s) for s in OVERVIEW]
    head, *rest = sentences
    dice.shuffle(rest)
    rest = rest[: dice.randint(18, len(rest))]
    names = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")
    parts.append(head)
    for at, name in enumerate(names):
        here = rest[at :: len(names)]
        parts += [f"# ({'一二三四五'[at]}){name}", "".join(here) or "按上级要求开展。"]
        parts += [filled(s) for s in dice.sample(OVERVIEW[1:], 4)]
    if old:
        parts += ["# 二、统计数据", _indicators(dice, received)]
    else:
        parts += ["# 二、主动公开政府信息情况", *_disclosure(dice, issued, repealed)]
        parts += ["# 三、收到和处理政府信息公开申请情况", _requests(dice, received)]
        parts += ["# 四、政府信息公开行政复议、行政诉讼情况", _disputes(dice)]
    parts.append(f"# {'三' if old else '五'}、存在的主要问题及改进情况")
    count = dice.randint(2, 4)
    chosen = dice.sample(range(len(PROBLEMS)), count)
    problems = ";".join(o + filled(PROBLEMS[c]) for o, c in zip(ORDINALS, chosen, strict=False))
    measures = ";".join(o + filled(MEASURES[c]) for o, c in zip(ORDINALS, chosen, strict=False))
    parts += [f"对照群众期待,工作中还有不足:{problems}。", f"下一步,将做好以下工作:{measures}。"]
    parts += [f"# {'四' if old else '六'}、其他需要报告的事项", "本年度没有收取信息处理费。"]
    return parts


def _spread(dice: random.Random, total: int, places: int) -> list[int]:
    parts = [0] * places
    for _ in range(total):
        parts[min(int(dice.expovariate(0.9)), places - 1)] += 1
    return parts


def _disclosure(dice: random.Random, issued: int, repealed: int) -> list[str | Table]:
    in_force = dice.randint(10, 60)
    return [
        [["第二十条第(一)项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "0", "0"],
         ["行政规范性文件", str(issued), str(repealed), str(in_force)]],
        [["第二十条第(五)项"], ["信息内容", "本年处理决定数量"], ["行政许可", str(dice.randint(0, 900))]],
        [["第二十条第(六)项"], ["信息内容", "本年处理决定数量"], ["行政处罚", str(dice.randint(0, 300))], ["行政强制", str(dice.randint(0, 40))]],
        [["第二十条第(八)项"], ["信息内容", "本年收费金额(单位:万元)"], ["行政事业性收费", f"{dice.randint(0, 90000) / 100}"]],
    ]  # fmt: skip


def _requests(dice: random.Random, received: int) -> Table:
    """A table whose rows and columns add up: received + carried in = results + carried out, column by column."""
    names = form("tables_2021").names
    rows = list(form("tables_2021").cells["requests"])
    new, before = _spread(dice, received, 6), _spread(dice, dice.choice((0, 0, 1, 2)), 6)
    after = [dice.randint(0, min(1, n + b)) for n, b in zip(new, before, strict=True)]
    results = [n + b - a for n, b, a in zip(new, before, after, strict=True)]
    outcomes = [row for row in rows if row not in ("new_received", "carried_in", "results_total", "carried_out")]
    cells = {row: [0] * 6 for row in outcomes}
    for column, count in enumerate(results):
        for _ in range(count):
            cells[dice.choice(outcomes[:1] * 6 + outcomes)][column] += 1
    cells |= {"new_received": new, "carried_in": before, "results_total": results, "carried_out": after}
    groups = {
        "granted": "results",
        "ref_state_secret": "refused",
        "una_not_held": "unavailable",
        "np_petition": "not_processed",
    }
    groups["op_no_correction"] = "other_processing"
    table: Table = [
        ["(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)", "申请人情况"],
        list(REQUEST_COLUMNS),
    ]
    for row in rows:
        if row in groups:
            table.append([names["requests", groups[row]]])
        table.append([names["requests", row], *map(str, cells[row]), str(sum(cells[row]))])
    return table


def _disputes(dice: random.Random) -> Table:
    values: list[str] = []
    for _ in range(3):
        four = [dice.choice((0, 0, 0, 1, 2)) for _ in range(4)]
        values += [*map(str, four), str(sum(four))]
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [["行政复议", "行政诉讼"], [*heads, "未经复议直接起诉", "复议后起诉"], [*heads, *heads], values]


def _indicators(dice: random.Random, received: int) -> Table:
    names, units = form("indicators_2014").names, form("indicators_2014").units
    table: Table = [["统计指标", "单位", "统计数"]]
    for row in form("indicators_2014").cells["indicators"]:
        value = (
            received if row in ("applications_received", "applications_closed") else dice.choice((0, 0, 1, 2, 6, 15))
        )
        table.append([names["indicators", row], units[row], str(value)])
    return table


def _text(parts: list[str | Table], shape: str) -> str:
    blocks = []
    for part in parts:
        if isinstance(part, str):
            heading = part.startswith("# ")
            blocks.append(("## " if heading and shape == "markdown" else "") + part.removeprefix("# "))
        elif shape == "lines":
            blocks += [cell for row in part for cell in row]
        elif shape == "tabs":
            blocks.append("\n".join("\t".join(row) for row in part))
        else:
            blocks.append("\n".join("| " + " | ".join(row) + " |" for row in part))
    return "\n\n".join(blocks) + "\n"


def _page(parts: list[str | Table]) -> str:
    body = []
    for part in parts:
        if isinstance(part, str):
            tag = "h3" if part.startswith("# ") else "p"
            body.append(f"<{tag}>{html.escape(part.removeprefix('# '))}</{tag}>")
        else:
            width = max(map(len, part))
            rows = (
                "".join(_cell(cell, width - len(row) + 1 if at == 0 else 1) for at, cell in enumerate(row))
                for row in part
            )
            body.append("<table border='1'>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    title = parts[0].removeprefix("# ") if isinstance(parts[0], str) else ""
    menu = "".join(
        f"<li><a href='/{n}/'>{name}</a></li>" for n, name in enumerate(("首页", "要闻", "办事", "互动", "数据"))
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(title)}</title></head>"
        f"<body><ul class='nav'>{menu}</ul>"
        f"<div class='content'>{''.join(body)}</div><div class='foot'><a href='/map'>网站地图</a></div></body></html>"
    )


def _cell(text: str, span: int) -> str:
    return f"<td colspan='{span}'>{text}</td>" if span > 1 else f"<td>{text}</td>"


def main() -> None:
    """Write reports."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_reports(options.folder, options.count, seed=options.seed)


if __name__ == "__main__":
    main()
