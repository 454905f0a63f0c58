"""Checks on narratives in wordings other than the generator's own, printed (pytest -s shows the shares).

The sentences were written after how reports of other bodies tell the same facts, with numbers about other things among
them: letters, hotlines, licences, cases that are none of disclosure. First look, before anything was mended for them:
33 errors in 160 correct reports and 150 of 160 changed numbers found; a third of the sentences came after that, and
their first look gave 1 error in 160 and 152 of 160.
"""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

import nlp
from training.generated.report import write_report
from training.generated.spec import Spec, make_spec

REQUESTS = [
    "{year}年,{itself}共收到依申请公开政府信息{received}件(其中自然人{natural}件,法人和其他组织{organisations}件),"
    "加上{last}年结转的{carried_in}件,共需办理{all}件,已办结{answered}件,其余{carried_out}件结转至{next}年办理。",
    "依申请公开方面,全年新增申请{received}件,上年结转{carried_in}件;按期办结{answered}件,结转下年{carried_out}件。",
    "共办结政府信息公开申请{answered}件,其中予以公开的{granted}件,部分公开的{partial}件,不予公开的{refused}件,"
    "本机关不掌握等无法提供的{unavailable}件,不予处理的{not_processed}件,其他处理的{other}件。全年新收申请{received}件。",
    "本年度新收公民、法人和其他组织政府信息公开申请{received}件,答复{answered}件(含上年结转{carried_in}件),"
    "尚有{carried_out}件结转下一年度。",
    "受理政府信息公开申请{received}起,其中自然人提出{natural}起,企业及其他组织提出{organisations}起。",
    "截至{year}年12月31日,共收到政府信息公开申请{received}件,当年办结{answered}件。"
    "上一年度结转{carried_in}件,结转下年度{carried_out}件。",
    "{year}年收到政府信息公开申请共计{received}件。在办结的{answered}件申请中,予以公开{granted}件,"
    "部分公开{partial}件,不予公开{refused}件,无法提供{unavailable}件,不予处理{not_processed}件,其他处理{other}件。",
    "依申请公开:全年登记申请{received}件。按申请主体分,自然人{natural}件、法人或者其他组织{organisations}件;"
    "全年办结{answered}件,结转{next}年继续办理{carried_out}件。",
    "申请办理情况:本年新收{received}件,上年结转{carried_in}件,本年度办结{answered}件,结转下年度继续办理{carried_out}件。",
    "{year}年共收到申请人提交的政府信息公开申请{received}件,其中自然人申请{natural}件,法人、其他组织申请{organisations}件。"
    "从办理结果看,予以公开{granted}件、部分公开{partial}件、不予公开{refused}件、无法提供{unavailable}件、"
    "不予处理{not_processed}件、其他处理{other}件。",
    "依法依规办理依申请公开件,共收到{received}件申请(上年结转{carried_in}件不在其内),办结{answered}件,"
    "未办结的{carried_out}件结转至下年。",
    "一年来,{itself}新收政府信息公开申请{received}件,连同上年结转{carried_in}件,全部办理{answered}件,"
    "结转{next}年度{carried_out}件。",
    "政府信息公开申请{received}件,主要集中在征地拆迁、社会保障领域,结转下年继续办理的有{carried_out}件。",
    "我们严格依法办理依申请公开事项,全年收到申请{received}件(信函、网络各有),答复{answered}件,答复率100%。",
    "本机关{year}年度收到的政府信息公开申请为{received}件,较多集中在征地补偿领域;不予公开{refused}件,"
    "均向申请人说明了理由。",
]
DISPUTES = [
    "全年因政府信息公开被申请行政复议{review_total}件,其中维持{review_upheld}件,纠正{review_corrected}件;"
    "因政府信息公开引发的行政诉讼{litigations}件。",
    "政府信息公开行政复议{review_total}起(维持{review_upheld}起、纠正{review_corrected}起、其他结果{review_other}起、"
    "尚未审结{review_pending}起),行政诉讼{litigations}起。",
    "涉及政府信息公开的行政复议案件{review_total}件,行政诉讼案件{litigations}件"
    "(直接起诉{direct}件、复议后起诉{post}件)。",
    "本年度发生行政复议案件{review_total}件、行政诉讼案件{litigations}件,均与政府信息公开有关。",
    "因信息公开引发行政复议{review_total}件,结果维持{review_upheld}件、结果纠正{review_corrected}件、"
    "其他结果{review_other}件、尚未审结{review_pending}件。",
    "政府信息公开类行政复议共{review_total}宗,行政诉讼共{litigations}宗。",
    "",
]
DOCUMENTS = [
    "全年制发规范性文件{issued}件、废止{repealed}件,目前现行有效{in_force}件。",
    "本年印发行政规范性文件{issued}份,废止{repealed}份,截至年底现行有效{in_force}份。",
    "{year}年制定行政规范性文件{issued}件,宣布废止{repealed}件,清理后现行有效的行政规范性文件{in_force}件。",
    "",
]
# Numbers that no cell repeats.
BESIDE = [
    "办理12345热线工单{a}件,按时办结率100%。",
    "受理行政许可申请{a}件,办结{b}件。",
    "收到群众来信{b}件,均已答复。",
    "全年办理行政复议案件{a}件,其中维持{b}件。",
    "答复人大代表建议{b}件、政协提案{c}件。",
    "接待群众现场咨询{a}人次,发放便民手册{b}本。",
    "受理不动产登记申请{a}件,不予受理{c}件。",
    "全年受理劳动仲裁申请{a}件,调解结案{b}件。",
    "处理群众信访件{b}件,办结率100%,无越级上访。",
    "开展行政执法检查{a}次,约谈企业{c}家。",
    "法律援助中心受理援助申请{a}件,均已办结。",
    "组织听证{c}场,审结行政应诉案件{a}件,其中胜诉{b}件。",
    "公开财政预决算信息{c}条,部门项目支出绩效信息{b}条。",
    "",
]
# What a number of the narrative is called in the findings.
METRICS = {
    "received": "applications_received", "carried_in": "applications_carried_in", "answered": "applications_answered",
    "carried_out": "applications_carried_out", "natural": "applications_by_applicant",
    "organisations": "applications_by_applicant", "granted": "applications_granted", "partial": "applications_partial",
    "refused": "applications_refused", "unavailable": "applications_unavailable",
    "not_processed": "applications_not_processed", "review_total": "reviews", "review_upheld": "reviews_upheld",
    "review_corrected": "reviews_corrected", "litigations": "litigations", "direct": "litigations", "post": "litigations",
    "issued": "normative_docs_issued", "in_force": "normative_docs_valid",
}  # fmt: skip
LINE = re.compile(r"(?m)^(?:## )?\([一二]\)(主动公开|依申请公开)。.*$")
MAX_ERRORS_PER_REPORT, MIN_FOUND = 0.01, 0.95


def told(spec: Spec, templates: tuple[str, ...], numbers: dict[str, int]) -> str:
    rng = random.Random(spec.seed)
    values = {
        **spec.told, "year": spec.year, "last": spec.year - 1, "next": spec.year + 1, "itself": spec.itself,
        "a": rng.randint(40, 900), "b": rng.randint(3, 39), "c": rng.randint(1, 9),
        "all": spec.told["received"] + spec.told["carried_in"],
    } | numbers  # fmt: skip
    return "".join(template.format(**values) for template in templates)


def chosen(seed: int) -> tuple[Spec, dict[str, tuple[str, ...]]]:
    spec = make_spec(seed, "tables_2021")
    rng = random.Random(seed)
    requests = rng.choice(REQUESTS)
    if spec.told["carried_in"] or spec.told["carried_out"]:
        requests = rng.choice(REQUESTS[:13])  # 答复率100% beside a carry-over is a contradiction
    return spec, {
        "主动公开": (f"全年主动公开政府信息{spec.told['disclosed']}条。", rng.choice(DOCUMENTS), rng.choice(BESIDE)),
        "依申请公开": (requests, rng.choice(DISPUTES), rng.choice(BESIDE)),
    }


def text_of(spec: Spec, parts: dict[str, tuple[str, ...]], numbers: dict[str, int] | None = None) -> str:
    made = write_report(spec, "lines")
    return LINE.sub(
        lambda line: line[0][: line[0].index("。") + 1] + told(spec, parts[line[1]], numbers or {}), made.text
    )


def test_correct_reports(capsys):
    found: Counter[tuple[str, str]] = Counter()
    count = 160
    for seed in range(20_000, 20_000 + count):
        issues = nlp.analyse_text(text_of(*chosen(seed))).issues
        found.update((issue.severity, issue.code) for issue in issues if issue.severity != "info")
    errors = sum(number for (severity, _), number in found.items() if severity == "error")
    with capsys.disabled():
        print(
            f"\n{count} correct reports in other words: {errors} errors, {found.total() - errors} warnings {dict(found)}"
        )
    assert errors / count < MAX_ERRORS_PER_REPORT
    assert found.total() / count < 3 * MAX_ERRORS_PER_REPORT


def faults(count: int):
    """Reports with one number of the narrative changed: key, text."""
    rng = random.Random(7)
    seed, made = 30_000, 0
    while made < count:
        seed += 1
        spec, parts = chosen(seed)
        used = re.findall(r"{(\w+)}", "".join(parts["主动公开"] + parts["依申请公开"]))
        keys = [key for key in used if key in METRICS]
        if keys:
            key = rng.choice(keys)
            made += 1
            yield key, spec.told[key] + 3, text_of(spec, parts, {key: spec.told[key] + 3})


@pytest.mark.parametrize("count", [160])
def test_one_changed_number(count, capsys):
    missed: Counter[str] = Counter()
    for key, number, text in faults(count):
        hit = any(
            issue.severity != "info" and str(number) in f"{issue.found} {issue.expected} {issue.message}"
            for issue in nlp.analyse_text(text).issues
        )
        missed[key] += not hit
    found = count - missed.total()
    with capsys.disabled():
        print(f"\n{found} of {count} changed numbers found; missed {dict(+missed)}")
    assert found / count >= MIN_FOUND
