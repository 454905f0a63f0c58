"""False alarms on correct reports and found faults on reports with one fault each, both printed (pytest -s shows them).

The reports are made up from seeds: all four editions, seven ways of printing the tables, a narrative that repeats the
tables' numbers in several wordings.
"""

from __future__ import annotations

from collections import Counter

import pytest

import nlp
from nlp.records import Analysis
from training.generated.faults import FAULTS, Fault
from training.generated.report import write_report
from training.generated.spec import Spec, make_spec

MAX_ERRORS_PER_REPORT = 0.01
MIN_FOUND = 0.95
FIRST_FAULTY_SEED = 10_000
MAX_TRIES = 400


def analyse(spec: Spec, folder) -> Analysis:
    made = write_report(spec)
    path = folder / f"{spec.seed}{made.suffix}"
    path.write_bytes(made.content)
    return nlp.analyse(path)


@pytest.mark.parametrize("count", [100, pytest.param(600, marks=pytest.mark.slow)])
def test_correct_reports_raise_no_alarm(count, tmp_path, capsys):
    found: Counter[tuple[str, str]] = Counter()
    for seed in range(count):
        issues = analyse(make_spec(seed), tmp_path).issues
        found.update((issue.severity, issue.code) for issue in issues if issue.severity != "info")
    errors = sum(number for (severity, _), number in found.items() if severity == "error")
    with capsys.disabled():
        print(f"\n{count} correct reports: {errors} errors, {found.total() - errors} warnings {dict(found)}")
    assert errors / count < MAX_ERRORS_PER_REPORT
    assert found.total() / count < 3 * MAX_ERRORS_PER_REPORT


def is_found(fault: Fault, spec: Spec, analysis: Analysis) -> bool:
    """Whether a finding has one of the fault's codes and names the changed cell or number."""
    for issue in analysis.issues:
        if issue.severity == "info" or issue.code not in fault.codes:
            continue
        if fault.cell:
            figure = next(f for f in analysis.figures if (f.table, f.row, f.column) == fault.cell)
            if figure.span in issue.spans:
                return True
        elif fault.told:
            if str(spec.told[fault.told]) in (issue.expected, issue.found):
                return True
        else:
            return True
    return False


@pytest.mark.parametrize("each", [1, pytest.param(8, marks=pytest.mark.slow)])
def test_planted_faults_are_found(each, tmp_path, capsys):
    assert len(FAULTS) >= 30
    missed: Counter[str] = Counter()
    planted = 0
    for number, fault in enumerate(FAULTS):
        seeds = range(FIRST_FAULTY_SEED + MAX_TRIES * number, FIRST_FAULTY_SEED + MAX_TRIES * (number + 1))
        specs = (spec for seed in seeds if (spec := fault.plant(make_spec(seed, fault.edition))) is not None)
        for _, spec in zip(range(each), specs, strict=False):
            planted += 1
            missed[fault.name] += not is_found(fault, spec, analyse(spec, tmp_path))
    found = planted - missed.total()
    with capsys.disabled():
        print(f"\n{len(FAULTS)} kinds of fault: {found} of {planted} found; missed {dict(+missed)}")
    assert planted >= each * len(FAULTS) * 0.95  # every fault fits some report
    assert found / planted >= MIN_FOUND


def test_the_correct_twin_of_a_faulty_report_is_clean(tmp_path):
    # What is found in a faulty report is the fault's, not the report's.
    for number, fault in enumerate(FAULTS[::6]):
        spec = make_spec(FIRST_FAULTY_SEED + MAX_TRIES * number, fault.edition)
        assert [i for i in analyse(spec, tmp_path).issues if i.severity == "error"] == []
