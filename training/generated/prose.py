"""The narrative of a made-up report, in several wordings; every number comes from the spec."""

from __future__ import annotations

import random
from collections.abc import Callable

from training.generated.spec import Spec

PROBLEMS = (
    "公开内容的深度还不够,群众关心的办事结果和资金去向写得少", "政策解读形式单一,多是文字稿,看的人不多",
    "个别栏目更新不及时,有的链接失效后没有马上处理", "经办人员调整频繁,新手对条例和答复格式不熟",
    "各站所报送信息不主动,临近检查才集中补录", "依申请公开答复文书的说理部分偏短,引用条款不够完整",
    "村(社区)公示栏管理不一,有的张贴半天就被覆盖", "对基层的指导和督促不足,发现问题后跟踪不到位",
)  # fmt: skip
MEASURES = (
    "按月核对栏目,到期自动提醒,逾期的由分管负责人过问", "每季度组织一次业务学习,由熟手带新手逐件过一遍",
    "多用图表、问答和短视频讲政策,方便老年人看懂", "把报送情况列入年终考核,临时突击的不计分",
    "请法律顾问逐件审看答复文书,统一格式和条款引用", "统一公示栏样式,每月拍照留底,破损的及时更换",
    "把群众问得多的事项整理成清单,逐项公开办理结果", "建立台账,发现一处改一处,改完再回头看一遍",
)  # fmt: skip
NUMERALS = "一二三四五六"


def overview(spec: Spec) -> list[tuple[str, str]]:
    """The five sub-sections of the overview: heading and text."""
    rng = random.Random(spec.seed * 7 + 1)
    who = rng.choice([spec.itself, spec.itself, "本机关"])
    return [
        ("主动公开", _disclosed(spec, rng, who)),
        ("依申请公开", requests(spec, rng, who)),
        ("政府信息管理", _management(spec, rng)),
        (
            "平台建设",
            rng.choice(["对网站栏目作了归并,停用两个长期不更新的栏目。", "公众号菜单由5项减为3项,查找更方便。"]),
        ),
        ("监督保障", _supervision(rng)),
    ]


def _disclosed(spec: Spec, rng: random.Random, who: str) -> str:
    told, year = spec.told, spec.year
    start = rng.choice([f"{year}年,{who}", "全年", "本年度", f"{year}年度,{who}"])
    text = f"{start}{rng.choice(['主动公开政府信息', '共主动公开政府信息', '主动公开各类信息'])}{told['disclosed']}条"
    parts = [told[f"part_{n}"] for n in range(4)]
    nouns = rng.choice(
        (("政策文件类", "财政信息类", "民生保障类", "其他信息"), ("机构职能类", "规划计划类", "业务办理类", "其他类"))
    )
    if spec.edition != "indicators_2014" and (rng.random() < 0.6 or "parts" in spec.switches):
        share = rng.random() < 0.4 or "shares" in spec.switches
        shown = []
        for place, (noun, part) in enumerate(zip(nouns, parts, strict=True)):
            rate = round(1000 * part / sum(parts)) / 10
            if place == 0 and "wrong_share" in spec.switches:
                rate += 12
            shown.append(f"{noun}{part}条" + (f",占{rate:.1f}%" if share else ""))
        text += ",其中" + ("、" if not share else ";").join(shown)
    text += "。"
    if rng.random() < 0.6:
        text += f"通过县政府网站公开{told['website']}条,通过微信公众号推送{told['wechat']}条。"
    if spec.edition == "tables_2021" and (rng.random() < 0.6 or "documents" in spec.switches):
        text += f"制发行政规范性文件{told['issued']}件,废止{told['repealed']}件,现行有效{told['in_force']}件。"
    if rng.random() < 0.5:
        text += rng.choice(["发布政策解读材料9篇。", "办理人大代表建议4件、政协提案3件。", "回应群众关切12次。"])
    return text


def requests(spec: Spec, rng: random.Random, who: str) -> str:
    """What is told of requests, reviews and litigation."""
    told = spec.told
    if (
        not any(told[key] for key in ("received", "carried_in", "answered", "carried_out"))
        or "none_received" in spec.switches
    ):
        text = rng.choice(
            [
                "全年未收到政府信息公开申请。",
                f"{spec.year}年,{who}没有收到依申请公开事项。",
                "本年度未接到政府信息公开申请,无结转事项。",
            ]
        )
    else:
        ways = [_by_balance, _by_applicants, _by_outcomes]
        if spec.edition == "indicators_2014":
            ways = [_by_forms]
        elif not told["carried_in"] and not told["carried_out"]:
            ways.append(_all_answered)
        if told["received"]:
            ways.append(_against_last_year) if spec.edition != "indicators_2014" else None
        chosen = {way.__name__.strip("_"): way for way in (_by_balance, _by_applicants, _by_outcomes, _all_answered, _against_last_year, _by_forms)}  # fmt: skip
        way: Callable[[Spec, random.Random, str], str] = rng.choice(ways)
        for name, other in chosen.items():
            if name in spec.switches:
                way = other
        text = way(spec, rng, who)
    if "all_closed" in spec.switches:
        text += "上述申请均已办结。"
    return text + _disputes(spec, rng)


def _opening(spec: Spec, rng: random.Random, who: str) -> str:
    verb = rng.choice(["收到政府信息公开申请", "新收政府信息公开申请", "受理依申请公开", "收到依申请公开政府信息申请"])
    return (
        f"{rng.choice([f'{spec.year}年,{who}共', '全年', '本年度', f'{spec.year}年'])}{verb}{spec.told['received']}件"
    )


def _by_balance(spec: Spec, rng: random.Random, who: str) -> str:
    told = spec.told
    into = rng.choice(["上年结转", "上一年度结转"])
    out = rng.choice(["结转下年度继续办理", "结转下年度", "结转下年"])
    done = rng.choice(["办结", "全年办结", "本年办结"])
    return f"{_opening(spec, rng, who)},{into}{told['carried_in']}件,{done}{told['answered']}件,{out}{told['carried_out']}件。"


def _by_applicants(spec: Spec, rng: random.Random, who: str) -> str:
    told = spec.told
    link = rng.choice([",其中", "。从申请人看,", ";"])
    return (
        f"{_opening(spec, rng, who)}{link}自然人申请{told['natural']}件,法人或其他组织申请{told['organisations']}件。"
        f"上年结转{told['carried_in']}件,结转下年度{told['carried_out']}件。"
    )


def _by_outcomes(spec: Spec, rng: random.Random, who: str) -> str:
    told = spec.told
    names = (("予以公开", "granted"), ("部分公开", "partial"), ("不予公开", "refused"), ("无法提供", "unavailable"), ("不予处理", "not_processed"), ("其他处理", "other"))  # fmt: skip
    shown = "、".join(f"{name}{told[key]}件" for name, key in names if told[key] or key == "granted")
    return (
        f"{_opening(spec, rng, who)},上年结转{told['carried_in']}件。{rng.choice(['全年办结', '办结'])}{told['answered']}件,"
        f"其中{shown}。结转下年度{told['carried_out']}件。"
    )


def _all_answered(spec: Spec, rng: random.Random, who: str) -> str:
    return f"{_opening(spec, rng, who)},{rng.choice(['均已按期答复', '已全部办结', '全部在法定期限内答复'])}。"


def _against_last_year(spec: Spec, rng: random.Random, who: str) -> str:
    now, last = spec.told["received"], spec.told["last_received"]
    if "wrong_level" in spec.switches:
        return f"{_opening(spec, rng, who)},与上年持平(上年{last + 5 if last == now else last}件)。"
    rate = round(1000 * abs(now - last) / last) / 10 + (17 if "wrong_change" in spec.switches else 0)
    if now == last and "wrong_change" not in spec.switches:
        return f"{_opening(spec, rng, who)},与上年持平(上年{last}件)。"
    verb = "增长" if now >= last else "下降"
    if rng.random() < 0.3 and "wrong_change" not in spec.switches:
        return f"{_opening(spec, rng, who)},比上年({last}件){'增加' if now > last else '减少'}{abs(now - last)}件。"
    return f"{_opening(spec, rng, who)},比上年({last}件){verb}{rate:.1f}%。"


def _by_forms(spec: Spec, rng: random.Random, who: str) -> str:
    told = spec.told
    return (
        f"{_opening(spec, rng, who)},其中网络申请{told['online']}件,信函申请{told['letter']}件,"
        f"当面申请{told['in_person']}件,传真申请{told['fax']}件。申请全部办结,"
        f"同意公开{told['granted']}件,同意部分公开{told['partial']}件,不同意公开{told['refused']}件。"
    )


def _disputes(spec: Spec, rng: random.Random) -> str:
    told = spec.told
    if (not told["review_total"] and not told["litigations"]) or "no_disputes" in spec.switches:
        said = ["未发生因政府信息公开引发的行政复议、行政诉讼。", "没有因信息公开被申请行政复议和提起行政诉讼的情况。"]
        return rng.choice(said if "no_disputes" in spec.switches else [*said, ""])
    text = f"因政府信息公开被申请行政复议{told['review_total']}件"
    upheld = told["review_upheld"] == told["review_total"] > 0
    if upheld and rng.random() < 0.5 and "review_parts" not in spec.switches:
        text += ",均予维持"
    elif told["review_total"] and spec.edition != "indicators_2014":
        text += f",其中结果维持{told['review_upheld']}件、结果纠正{told['review_corrected']}件"
    text += f";被提起行政诉讼{told['litigations']}件"
    if told["litigations"] and spec.edition != "indicators_2014":
        text += f",其中未经复议直接起诉{told['direct']}件,复议后起诉{told['post']}件"
    return text + "。"


def _management(spec: Spec, rng: random.Random) -> str:
    return rng.choice(
        [
            "严格执行先审后发,公开前逐件核对是否涉密。", "修订信息发布审批单,全年审核稿件300余条。",
            f"对{spec.year - 4}年以来的文件逐件核对效力,结果已在网上标注。",
        ]
    )  # fmt: skip


def _supervision(rng: random.Random) -> str:
    return rng.choice(
        [
            "全年召开专题会议2次,组织培训1期,60余人次参加。", "举办业务培训3次,参训90人次。设立意见箱5个。",
            "把公开工作纳入年度考核,分值占4%。社会评议满意率为96.5%。", "上年度评估指出的3个问题已全部整改。",
        ]
    )  # fmt: skip


def problems(spec: Spec) -> str:
    """Section five."""
    rng = random.Random(spec.seed * 11 + 3)
    found, planned = rng.sample(PROBLEMS, 3), rng.sample(MEASURES, 3)
    text = f"{spec.year}年,{spec.itself}的信息公开工作还有不足:"
    text += "".join(f"{NUMERALS[n]}是{words}。" for n, words in enumerate(found))
    return text + "\n下一步,将从以下方面改进:" + "".join(f"{NUMERALS[n]}是{words}。" for n, words in enumerate(planned))


def other(spec: Spec) -> str:
    """Section six."""
    fee = spec.told["fee"]
    if "fee_untold" in spec.switches:
        return "落实年度政务公开工作要点,各项任务已按时完成。"
    return f"本年度收取信息处理费{fee}元。" if fee else "本年度未收取信息处理费。"
