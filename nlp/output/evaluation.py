"""A folder for evaluators: a page and a workbook for each body, an index, and a workbook that sums up."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.checking.findings import Checked, CheckedReport
from nlp.checking.settings import Settings
from nlp.inputs.inventory import STATE_FOLDER
from nlp.output.evaluation_tables import Table, tables
from nlp.output.findings import findings_page, findings_workbook
from nlp.output.manifest import put_in_place, read_manifest, refuse_foreign
from nlp.output.numbers import plain
from nlp.output.printed_book import PrintedBook
from nlp.output.seal import BLANK, sealed
from nlp.records import OutputRefused
from nlp.version import __version__
from nlp.vocabulary.texts import translator

COMMAND = "check"
INDEX, SUMMARY, BODIES = "index.html", "summary.xlsx", "bodies"
MAX_STEM_CHARS = 60
BAD_FILE_CHARS = re.compile(r'[\x00-\x1f<>:"/\\|?*\s\ud800-\udfff]+')


@dataclass(frozen=True, slots=True)
class BodyReports:
    """The reports of a body, and the stem of the names of its files: 003-青石镇."""

    stem: str
    reports: tuple[CheckedReport, ...]


def refuse_taken_folder(out: Path, reads: Iterable[str | Path], *, force: bool) -> None:
    """Raise ``OutputRefused`` unless the folder is free for an evaluation: new, or with ``force`` an earlier one's.

    What is there and was not written by an evaluation is never replaced.
    """
    if out.exists() and not out.is_dir():
        raise OutputRefused(f"{out}: is no folder. Name another one with --out.")
    manifest = read_manifest(out)
    if manifest.finished and manifest.command != COMMAND:
        raise OutputRefused(f"{out}: holds the tables of `gongkai {manifest.command}`. Choose another folder.")
    if manifest.finished and not force:
        raise OutputRefused(f"{out}: holds an earlier evaluation. Replace it with --force, or choose another folder.")
    refuse_foreign(out, {INDEX, SUMMARY, BODIES}, manifest, reads=reads)


def write_evaluation(
    checked: Checked, out: Path, *, settings: Settings, language: str = "zh", reads: Iterable[str | Path] = ()
) -> list[Path]:
    """Write the folder ``out`` all at once; the paths of the index, the summary and the folder of the bodies come back.

    Raises ``OutputRefused`` when something of another stands in the way (ask ``refuse_taken_folder`` before).
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / STATE_FOLDER).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new", dir=out / STATE_FOLDER) as temporary:
        folder = Path(temporary)
        (folder / BODIES).mkdir()
        bodies = by_body(checked.reports)
        for body in bodies:
            own = Checked(reports=list(body.reports))
            page = folder / BODIES / f"{body.stem}.html"
            page.write_text(findings_page(own, language), encoding="utf-8", newline="\n")
            (folder / BODIES / f"{body.stem}.xlsx").write_bytes(findings_workbook(own, language=language))
        found = tables(checked, settings, language)
        (folder / INDEX).write_text(_index(checked, found, bodies, language), encoding="utf-8", newline="\n")
        (folder / SUMMARY).write_bytes(_workbook(found))
        put_in_place(folder, out, _run(checked, settings, language), reads=reads)
    return [out / INDEX, out / SUMMARY, out / BODIES]


def by_body(reports: Iterable[CheckedReport]) -> list[BodyReports]:
    """The reports by body, the latest first; one that tells no body is by itself. The order is that of the names."""
    groups: dict[tuple[str, str, str], list[CheckedReport]] = {}
    for report in reports:
        key = (report.body, report.body_id or report.region or "", "") if report.body else ("", "", report.name)
        groups.setdefault(key, []).append(report)
    width = len(str(len(groups)))
    return [
        BodyReports(
            f"{number:0{width}}-{_file_name(body or Path(name).stem)}",
            tuple(sorted(group, key=lambda report: (-(report.year or 0), report.name))),
        )
        for number, ((body, _, name), group) in enumerate(sorted(groups.items()), start=1)
    ]


def _file_name(name: str) -> str:
    """What any file system takes: no signs of a path, not too long."""
    return BAD_FILE_CHARS.sub("_", name)[:MAX_STEM_CHARS].strip("._") or "report"


def _workbook(found: Iterable[Table]) -> bytes:
    book = PrintedBook()
    for table in found:
        book.sheet(table.name, table.columns, table.rows, note=table.note)
    return book.data()


def _index(checked: Checked, found: list[Table], bodies: list[BodyReports], language: str) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("nlp.output"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["plain"] = plain
    pages = {report.name: body.stem for body in bodies for report in body.reports}
    html = environment.get_template("evaluation.html").render(
        checked=checked, tables=found, pages=pages, bodies=bodies, folder=BODIES, summary=SUMMARY, _=translator(language),
        language=language, seal=BLANK,
    )  # fmt: skip
    return sealed(html)


def _run(checked: Checked, settings: Settings, language: str) -> dict[str, Any]:
    """What ``run.json`` says: who wrote the folder, and by which weights."""
    return {
        "command": COMMAND,
        "versions": {"gongkai": __version__},
        "settings": {
            "formats": [],
            "by_year": False,
            "language": language,
            "full_marks": str(settings.full_marks),
            "weights": {key: str(weight) for key, weight in settings.weights.items()},
        },
        "reports": len(checked.reports),
        "errors": checked.count("error"),
        "warnings": checked.count("warning"),
        "failures": len(checked.failures),
        "skipped": len(checked.skipped),
    }
