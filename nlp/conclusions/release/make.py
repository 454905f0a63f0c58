"""A dataset that can be deposited: the tables, what explains them, and what lets a stranger check them."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from nlp.conclusions.design import SUFFIX, design_of, write_design
from nlp.conclusions.filled import LABELS, ROLE, read_filled
from nlp.conclusions.place import check_folder, write_sums
from nlp.conclusions.release.about import About, check_about
from nlp.conclusions.release.describe import croissant, package
from nlp.conclusions.release.masking import Masks
from nlp.conclusions.release.papers import citation, licence, provenance, readme
from nlp.conclusions.tables import write_table
from nlp.conclusions.tags import Tags
from nlp.labelling.choice import NAME, find_model
from nlp.labelling.store import ModelUnusable, read_card
from nlp.output.codebook import Both, Chapter, chapters, markdown, page, tables
from nlp.output.files import TableFiles
from nlp.output.frames import schema
from nlp.vocabulary.load import load

FORMATS = ("parquet", "csv")
BATCH_ROWS = 20_000
Progress = Callable[[int, int], None]


def make_release(
    tags: Tags,
    out: Path,
    about: About,
    *,
    sheets: Sequence[Path] = (),
    keep_personal: bool = False,
    force: bool = False,
    progress: Progress = lambda done, total: None,
) -> dict[str, int]:
    """Write a release into the folder ``out`` at once; the number of rows of each table comes back.

    Parameters
    ----------
    sheets : filled-in sheets of a sample, which go with it, with their design
    keep_personal : leave private mobiles and persons' names as printed

    Raises
    ------
    OutputRefused : something is at ``out`` that may not be replaced, or ``about`` lacks something
    """
    check_about(about)
    check_folder(out, force=force)
    tags.need(*load("codebook"))
    masks = Masks() if keep_personal else Masks(tags)
    already = bool(tags.run.get("settings", {}).get("mask_personal"))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as temporary:
        folder = Path(temporary) / "release"
        (folder / "data").mkdir(parents=True)
        rows = _write_data(tags, folder / "data", masks, progress)
        _write_sample(folder, sheets)
        masked = already or not keep_personal
        _write_text(folder / "CITATION.cff", citation(about))
        _write_text(folder / "LICENSE", licence(about))
        _write_text(folder / "README.md", readme(about, tags.run, rows, masked=masked, sampled=bool(sheets)))
        _write_text(folder / "provenance.json", provenance(about, tags.run, _card(tags), masked=masked))
        inputs = (
            {"name": name, "sha256_16": report}
            for name, report in tags.stream("SELECT name, report_id FROM reports ORDER BY name")
        )
        write_table(folder / "inputs.csv", [("name", "string", ""), ("sha256_16", "string", "")], inputs)
        _write_codebooks(tags, folder, about, rows)
        _write_text(folder / "datapackage.json", _json(package(about, folder)))
        _write_text(folder / "croissant.json", _json(croissant(about, folder)))
        write_sums(folder)
        if out.exists():
            shutil.rmtree(out)
        folder.replace(out)
    return rows


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _write_data(tags: Tags, folder: Path, masks: Masks, progress: Progress) -> dict[str, int]:
    names = list(load("codebook"))
    files = TableFiles(folder, FORMATS, tables=names)
    for number, name in enumerate(names):
        progress(number, len(names))
        for batch in _batches(tags, name):
            files.write(name, masks.batch(batch))
    files.close()
    progress(len(names), len(names))
    return dict(files.rows)


def _batches(tags: Tags, name: str) -> Iterator[pa.Table]:
    """The rows of a table in pieces, with the schema of the codebook."""
    kind = schema(name)
    with tags.db.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')
        while rows := cursor.fetchmany(BATCH_ROWS):
            yield pa.table(
                [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), kind, strict=True)],
                schema=kind,
            )


def _write_sample(folder: Path, sheets: Sequence[Path]) -> None:
    """The answers of the sheets by id, without the texts, which are in the data; `gongkai estimate data sample/…` reads them."""
    if not sheets:
        return
    place = folder / "sample"
    place.mkdir()
    write_design(design_of(sheets), place / f"sample{SUFFIX}")
    columns = [(name, "string", "") for name in ("id", ROLE, "labels")]
    for number, sheet in enumerate(sheets, start=1):
        lines = (
            {
                "id": line.cells["id"],
                ROLE: line.cells.get(ROLE, ""),
                "labels": "|".join(filter(None, (line.cells.get(c, "") for c in (*LABELS, "labels")))),
            }
            for line in read_filled(sheet)
        )
        write_table(place / f"sample.{number}.csv", columns, lines)


def _card(tags: Tags) -> Mapping[str, Any]:
    """The card of the model that made the labels, where it is here and is the same one; else nothing."""
    named = str(tags.run.get("versions", {}).get("labels", ""))
    try:
        card = read_card(find_model(tags.run.get("settings", {}).get("model") or NAME))
    except ModelUnusable:
        return {}
    return card if named == f"model:{card['name']}@{card['version']}" else {}


def _write_codebooks(tags: Tags, folder: Path, about: About, rows: Mapping[str, int]) -> None:
    """The codebook in both languages, as a page and as Markdown, with how many rows have a value in each column."""
    filled = {
        name: dict(
            zip(
                names,
                tags.rows(f"SELECT {', '.join(f'count({_quoted(c)})' for c in names)} FROM {_quoted(name)}")[0],
                strict=True,
            )
        )
        for name, names in (
            (name, [column for column, *_ in table["columns"]]) for name, table in load("codebook").items()
        )
    }
    parts = [
        _study(tags, about, rows),
        *(_with_counts(part, filled, rows) for part in tables("codebook")),
        *chapters(tags.labels),
    ]
    title = Both(f"{about.title}：数据字典", f"{about.title}: codebook")
    for language in ("zh", "en"):
        _write_text(folder / f"codebook.{language}.md", markdown(parts, title, language) + "\n")
        _write_text(folder / f"codebook.{language}.html", page(parts, title, language))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _study(tags: Tags, about: About, rows: Mapping[str, int]) -> Chapter:
    """The description of the study, as DDI has it: who, what, which period, how it was collected and processed."""
    first, last = tags.rows("SELECT min(year), max(year) FROM reports")[0]
    versions = tags.run.get("versions", {})
    lines = (
        (Both("题名", "title"), about.title),
        (Both("作者", "creator"), "; ".join(creator.name for creator in about.creators)),
        (Both("版本", "version"), about.version),
        (Both("发布日期", "date of issue"), str(about.issued)),
        (Both("许可", "licence"), f"{about.licence} {about.licence_url}"),
        (Both("总体", "universe"), Both("所给的政府信息公开工作年度报告", "the annual reports on information disclosure that were given")),
        (Both("所涉年度", "years covered"), f"{first or '—'}–{last or '—'}"),
        (Both("报告数", "reports"), str(rows.get("reports", 0))),
        (Both("未能读取", "inputs not read"), str(rows.get("failures", 0))),
        (Both("处理", "processing"), f"gongkai {versions.get('gongkai', '—')}, {versions.get('labels', '—')}"),
        (Both("引用", "how to cite"), about.citation()),
    )  # fmt: skip
    head = (Both("项", "item"), Both("内容", "content"))
    return Chapter("study", Both("研究说明", "The study"), Both("", ""), head, lines)


def _with_counts(part: Chapter, filled: Mapping[str, Mapping[str, int]], rows: Mapping[str, int]) -> Chapter:
    whole = rows[part.anchor]
    counted = tuple((*row, f"{filled[part.anchor][str(row[0])]} / {whole}") for row in part.rows)
    return Chapter(
        part.anchor, part.title, part.note, (*part.head, Both("有值的行 / 行数", "rows with a value / rows")), counted
    )
