"""Verdicts last: over runs, moved text and corrected drafts, and no longer than their evidence."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from nlp.batch.checked import check_source
from nlp.checking.findings import Checked
from nlp.checking.settings import Settings
from nlp.checking.verdicts import (
    Verdicts,
    VerdictsWrong,
    add_verdict,
    find_marked,
    read_verdicts,
    verdict_on,
    with_verdicts,
    without_closed,
)
from nlp.reading.files import read_text
from training.generated.report import write_report
from training.generated.spec import make_spec


def checked(text, name="a.txt"):
    _, report, _ = check_source(name, read_text(text, name=name), Settings())
    return report


def report_text(number=99):
    return write_report(make_spec(11, "tables_2021").put("disputes", "review", "total", number=number), "pipes").text


def finding_of(report, code="disputes.row_total"):
    return next(finding for finding in report.findings if finding.code == code)


def standing(report, verdicts, code="disputes.row_total"):
    place = report.findings.index(finding_of(report, code))
    return Verdicts.of(verdicts).standings(report)[place]


def test_a_verdict_holds_when_the_finding_moves_and_opens_when_its_evidence_changes():
    report = checked(report_text())
    said = [verdict_on(report, finding_of(report), "dismissed", reason="原件如此", by="王")]
    assert standing(report, said).verdict == "dismissed" and standing(report, said).reason == "原件如此"
    moved = checked("页眉一\n页眉二\n" + report_text().replace("。", "。 "))
    assert standing(moved, said).verdict == "dismissed"
    corrected = checked(report_text(98))
    assert standing(corrected, said).verdict is None and standing(corrected, said).reopened == "dismissed"
    assert standing(corrected, said, "prose.reviews").reopened is None


def test_the_last_word_counts_whatever_the_order_of_the_lines():
    report = checked(report_text())
    finding = finding_of(report)
    early = verdict_on(report, finding, "confirmed", now=datetime(2026, 1, 1, tzinfo=UTC))
    late = verdict_on(report, finding, "settled", now=datetime(2026, 1, 2, tzinfo=UTC))
    assert standing(report, sorted([late, early], key=lambda v: v.at)).verdict == "settled"
    withdrawn = verdict_on(report, finding, "withdrawn", now=datetime(2026, 1, 3, tzinfo=UTC))
    assert standing(report, [early, late, withdrawn]).verdict is None


def test_next_years_same_finding_was_pointed_out():
    text = report_text()
    report = checked(text)
    year = report.year
    confirmed = [verdict_on(report, finding_of(report), "confirmed")]
    later = checked(text.replace(str(year), str(year + 1)))
    assert (
        later.year == year + 1 and standing(later, confirmed).pointed_out and standing(later, confirmed).verdict is None
    )
    dismissed = [verdict_on(report, finding_of(report), "dismissed", reason="非问题")]
    assert not standing(later, dismissed).pointed_out
    assert not standing(replace(later, body="别的镇", body_id="别处/政府"), confirmed).pointed_out


def test_two_rows_with_the_same_numbers_have_verdicts_of_their_own():
    spec = make_spec(11, "tables_2021")
    for row in ("ref_state_secret", "ref_law"):
        for column, number in {
            "natural_person": 3,
            "business": 0,
            "research": 0,
            "ngo": 0,
            "legal_service": 0,
            "other_org": 0,
            "total": 4,
        }.items():
            spec = spec.put("requests", row, column, number=number)
    report = checked(write_report(spec, "pipes").text)
    twins = [finding for finding in report.findings if finding.code == "requests.row_total"]
    assert len(twins) == 2 and twins[0].mark == twins[1].mark
    said = [verdict_on(report, twins[0], "dismissed", reason="如此")]
    found = dict(zip(report.findings, Verdicts.of(said).standings(report), strict=True))
    assert [found[twin].verdict for twin in twins] == ["dismissed", None]


def test_a_file_is_added_to_and_read_again_and_two_are_merged_by_joining(tmp_path):
    report = checked(report_text())
    one, two = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    assert read_verdicts(one) == []
    add_verdict(one, verdict_on(report, finding_of(report), "confirmed", by="王"))
    add_verdict(two, verdict_on(report, finding_of(report, "prose.reviews"), "settled", by="李"))
    joined = tmp_path / "both.jsonl"
    joined.write_bytes(two.read_bytes() + one.read_bytes())
    assert sorted(v.by for v in read_verdicts(joined)) == sorted("王李")
    assert standing(report, read_verdicts(joined)).verdict == "confirmed"
    assert standing(report, read_verdicts(joined), "prose.reviews").verdict == "settled"


def test_no_words_of_the_report_are_in_the_file(tmp_path):
    report = checked(report_text())
    add_verdict(tmp_path / "v.jsonl", verdict_on(report, finding_of(report), "confirmed"))
    (line,) = (tmp_path / "v.jsonl").read_text(encoding="utf-8").splitlines()
    assert "99" not in json.loads(line).values() and set(json.loads(line)) == {
        "body", "year", "code", "place", "mark", "verdict", "reason", "by", "at",
    }  # fmt: skip


def test_several_add_at_once(tmp_path):
    report = checked(report_text())
    path = tmp_path / "v.jsonl"
    said = verdict_on(report, finding_of(report), "dismissed", reason="理由" * 200)

    def work():
        for _ in range(50):
            add_verdict(path, said)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_verdicts(path)) == 200


def test_closed_findings_are_left_out_and_counted():
    report = checked(report_text())
    said = [
        verdict_on(report, finding_of(report), "settled"),
        verdict_on(report, finding_of(report, "prose.reviews"), "confirmed"),
    ]
    batch = without_closed(with_verdicts(Checked([report]), Verdicts.of(said)))
    assert batch.closed == 1 and [f.code for f in batch.reports[0].findings] == ["prose.reviews"]
    assert batch.reports[0].findings[0].standing.verdict == "confirmed"


@pytest.mark.parametrize(("verdict", "reason"), [("dismissed", ""), ("dismissed", "  "), ("confirmed", "x" * 501)])
def test_a_verdict_that_makes_no_sense(verdict, reason):
    report = checked(report_text())
    with pytest.raises(VerdictsWrong):
        verdict_on(report, finding_of(report), verdict, reason=reason)


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "no json",
        '{"body": 1}',
        "[1]",
        '{"body":"a","year":1,"code":"a","place":"","mark":"","verdict":"maybe","at":""}',
    ],
)
def test_a_file_of_another_kind_says_which_line(tmp_path, line):
    (tmp_path / "v.jsonl").write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(VerdictsWrong, match=r"v\.jsonl:2"):
        read_verdicts(tmp_path / "v.jsonl")


def test_marks_name_one_finding():
    batch = Checked([checked(report_text())])
    mark = finding_of(batch.reports[0]).mark
    assert find_marked(batch, [mark[:6]])[0][1].mark == mark
    for wrong in ("", "zzz"):
        with pytest.raises(VerdictsWrong):
            find_marked(batch, [wrong])
