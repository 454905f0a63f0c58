"""The codes of issues: all that the checks can say is listed, and what is listed has two names."""

import re
from pathlib import Path

import nlp
from nlp.checking.codes import codes, unknown
from nlp.checking.rules.prose_itself import ONCE

CHECKS = Path(nlp.__file__).parent / "checking"
PRINTED = re.compile(r"(?:Issue\(|code=)\s*f?\"([^\"\s]+\.[^\"\s]+)\"")


def test_every_code_in_the_program_is_listed():
    printed = {code for path in CHECKS.rglob("*.py") for code in PRINTED.findall(path.read_text(encoding="utf-8"))}
    assert {"period.late", "{table}.words", "sections.{key}_missing", "prose.{claim.metric}"} <= printed
    for code in printed:
        pattern = "[a-z_]+".join(map(re.escape, re.split(r"\{[^}]*\}", code)))
        assert any(re.fullmatch(pattern, known) for known in codes()), code


def test_every_metric_that_may_conflict_has_a_code():
    assert {f"prose.conflict.{metric}" for metric in ONCE} <= codes().keys()


def test_names_in_both_languages():
    assert codes()["requests.row_total"][0] == "自然人与五类组织之和等于总计"
    assert codes()["requests.absent"] == (
        "缺少收到和处理政府信息公开申请情况表",
        "The table requests is missing",
    )
    assert codes()["sections.problems_missing"][0] == "缺少“存在的主要问题及改进情况”部分"
    for code, (zh, en) in codes().items():
        assert re.search(r"[一-龥]", zh) and re.search(r"[a-z]", en), code
        assert "{" not in code + zh + en, code


def test_families_and_patterns_name_codes():
    assert not unknown(["sections", "sections.*", "*.row_total", "across.in_force.regulations"])
    assert unknown(["section"]) == "unknown code section (did you mean sections?)"
    assert (
        unknown(["zzz", "prose.review"]) == "unknown code zzz, unknown code prose.review (did you mean prose.reviews?)"
    )
