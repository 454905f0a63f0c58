"""Findings already known: silent until they change."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePath

from nlp.checking.findings import Checked

FORMAT = "gongkai-baseline-1"


class BaselineWrong(ValueError):
    """A file that is no baseline; the message says what to do."""


def write_baseline(checked: Checked) -> str:
    """The findings of a batch as the JSON of a baseline file, by name of file; no words of a report are in it."""
    known = {
        PurePath(report.name).name: sorted(f"{f.code} {f.mark}" for f in report.findings) for report in checked.reports
    }
    kept = {name: marks for name, marks in sorted(known.items()) if marks}
    return json.dumps({"format": FORMAT, "known": kept}, ensure_ascii=False, indent=1) + "\n"


def read_baseline(path: Path) -> dict[str, Counter[str]]:
    """The marks of known findings by name of file. Raises ``BaselineWrong``, or ``OSError`` when it cannot be read."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise KeyError(FORMAT)
        return {name: Counter(marks) for name, marks in values["known"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BaselineWrong(f"{path}: no baseline of this program. Write one with --write-baseline.") from None


def silence(checked: Checked, known: dict[str, Counter[str]]) -> Checked:
    """The batch without the findings that are known; each known one silences one finding."""
    result = Checked(failures=checked.failures, silenced=checked.silenced)
    for report in checked.reports:
        left = Counter(known.get(PurePath(report.name).name, ()))
        kept = []
        for finding in report.findings:
            mark = f"{finding.code} {finding.mark}"
            if left[mark] > 0:
                left[mark] -= 1
                result.silenced += 1
            else:
                kept.append(finding)
        result.reports.append(replace(report, findings=tuple(kept)))
    return result
