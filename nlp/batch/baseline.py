"""Findings already known: silent until they change."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Literal

import msgspec

from nlp.checking.findings import Checked
from nlp.inputs.paths import printable
from nlp.output.seal import BLANK, sealed

FORMAT = "gongkai-baseline-1"


class _Baseline(msgspec.Struct):
    format: Literal["gongkai-baseline-1"]
    known: dict[str, list[str]]


class BaselineWrong(ValueError):
    """A file that is no baseline; the message says what to do."""


def write_baseline(checked: Checked) -> str:
    """The findings of a batch as the JSON of a baseline file, by name of file; no words of a report are in it."""
    names = _names(report.name for report in checked.reports)
    known = {names[r.name]: sorted(f"{f.code} {f.mark}" for f in r.findings) for r in checked.reports}
    kept = {name: marks for name, marks in sorted(known.items()) if marks}
    return sealed(json.dumps({"format": FORMAT, "known": kept, "seal": BLANK}, ensure_ascii=False, indent=1) + "\n")


def read_baseline(path: Path) -> dict[str, Counter[str]]:
    """The marks of known findings by name of file. Raises ``BaselineWrong``, or ``OSError`` when it cannot be read."""
    try:
        baseline = msgspec.json.decode(path.read_bytes(), type=_Baseline)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BaselineWrong(
            f"{path}: no baseline of this program ({error}). Write one with --write-baseline."
        ) from None
    return {name: Counter(marks) for name, marks in baseline.known.items()}


def silence(checked: Checked, known: dict[str, Counter[str]]) -> Checked:
    """The batch without the findings that are known; each known one silences one finding.

    A file has its name of then if the batch has the same root, or if only it ends in that name: ``check reports`` and
    ``check reports/a/b.txt`` mean the same file.
    """
    names = _names(report.name for report in checked.reports)
    here = set(names.values())
    result = replace(checked, reports=[])
    for report in checked.reports:
        left = Counter(known.get(_known_name(names[report.name], here, known) or "", ()))
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


def _names(names: Iterable[str]) -> dict[str, str]:
    """The names of files, each as it is called below the folder that holds all of them."""
    paths = {name: PurePath(os.path.abspath(name)) for name in names}
    root = os.path.commonpath([path.parent for path in paths.values()]) if paths else ""
    return {name: printable(path.relative_to(root).as_posix()) for name, path in paths.items()}


def _known_name(name: str, here: set[str], known: Mapping[str, object]) -> str | None:
    if name in known:
        return name
    longer = [other for other in known if other.endswith(f"/{name}") or name.endswith(f"/{other}")]
    if len(longer) != 1 or longer[0] in here:
        return None
    rivals = [other for other in here if longer[0].endswith(f"/{other}") or other.endswith(f"/{longer[0]}")]
    return longer[0] if len(rivals) == 1 else None
