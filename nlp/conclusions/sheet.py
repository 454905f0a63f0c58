"""The sheet of a sample: rows for an annotator, as a workbook with drop-downs, CSV, or tasks for Label Studio or doccano."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import msgspec
import xlsxwriter

from nlp.conclusions.design import Design, SampleUnusable, Sheet, design_path, sha256_of, write_design
from nlp.conclusions.tags import Tags
from nlp.output.files import safe_cell
from nlp.output.names import name_of, names
from nlp.output.whole import replace_file, write_text
from nlp.version import __version__

NONE = "none"  # chosen for a statement that was looked at and bears no label
LABEL_COLUMNS = 4
MAX_CELL_CHARS = 32_000
# Columns in their order: key, Chinese name, width. Those of the second list are filled in by the annotator.
SHOWN = (
    ("id", "编号", 8), ("report", "报告", 24), ("heading", "标题", 20), ("before", "上文", 24), ("text", "陈述", 60),
    ("after", "下文", 24), ("predicted_role", "模型类别", 12), ("predicted_labels", "模型标签", 28),
)  # fmt: skip
FILLED = (
    ("role", "类别", 18),
    *((f"label_{n}", f"标签{n}", 30) for n in range(1, LABEL_COLUMNS + 1)),
    ("note", "备注", 24),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What an annotator is shown of one drawn statement; without predictions in a blind sample."""

    id: str
    report: str
    heading: str
    before: str
    text: str
    after: str
    role: str | None
    labels: tuple[str, ...]


def option(key: str, zh: str) -> str:
    """A choice as a drop-down shows it: the key, then the Chinese name.

    >>> option("timeliness_poor", "公开不及时")
    'timeliness_poor 公开不及时'
    """
    return f"{key} {zh}".strip()


def role_options() -> list[str]:
    """The roles to choose from."""
    return [option(key, zh) for key, zh in names("roles").items()]


def label_options(design: Design) -> list[str]:
    """The labels to choose from, each once, and ``none``."""
    labels = dict.fromkeys(option(label.key, label.zh) for label in design.taxonomy)
    return [*labels, option(NONE, "无标签")]


def write_sample(
    tags: Tags, design: Design, out: Path, *, first_sheet: int = 0, force: bool = False
) -> tuple[Design, list[Path]]:
    """Write the sheets and the design beside them; the design with its sheets, and the paths, come back.

    Parameters
    ----------
    out : ``.xlsx``, ``.csv``, ``.json`` (Label Studio, with its labelling configuration as ``.xml``) or ``.jsonl``
        (doccano). With several annotators ``sample.xlsx`` becomes ``sample.1.xlsx``, ``sample.2.xlsx`` …
    first_sheet : the number from which sheets are written; those before are with their annotators already
    force : replace an earlier sample there, of which nobody has filled in anything

    Raises
    ------
    SampleUnusable : the suffix is not known, or files that may not be replaced are there
    """
    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        raise SampleUnusable(f"{out}: unknown kind of sheet. Name a file that ends in {', '.join(WRITERS)}.")
    last = max((number for row in design.rows for number in row.sheets), default=0)
    numbers = range(first_sheet, max(first_sheet, last) + 1)
    paths = [
        out if len(numbers) == 1 else out.with_name(f"{out.stem}.{1 + n - first_sheet}{out.suffix}") for n in numbers
    ]
    place = design_path(paths[0])
    _check_free([*paths, place], place, force=force)
    rows = read_rows(tags, design)
    out.parent.mkdir(parents=True, exist_ok=True)
    for number, path in zip(numbers, paths, strict=True):
        mine = [rows[row.id] for row in design.rows if number in row.sheets]
        replace_file(path, lambda file, mine=mine: writer(file, mine, design))  # type: ignore[misc]
    written = [*paths]
    if out.suffix.lower() == ".json":
        config = out.with_suffix(".xml")
        write_text(config, label_studio_config(design))
        written.append(config)
    design = msgspec.structs.replace(design, sheets=tuple(Sheet(path.name, sha256_of(path)) for path in paths))
    write_design(design, place)
    return design, [*written, place]


def _check_free(paths: Sequence[Path], place: Path, *, force: bool) -> None:
    """Nothing of a person is overwritten: only sheets that are still as they were written."""
    there = [path for path in paths if path.exists()]
    if not there:
        return
    if not force:
        raise SampleUnusable(
            f"{there[0]}: is there already. Choose another file with --out, or replace it with --force."
        )
    try:
        sheets = msgspec.json.decode(place.read_bytes(), type=Design).sheets
    except (OSError, msgspec.MsgspecError):
        sheets = ()
    ours = {sheet.name: sheet.sha256 for sheet in sheets}
    # Other sheets of the design that would be lost, too: without it what stands in them cannot be used.
    for path in dict.fromkeys([*there, *(place.with_name(name) for name in ours)]):
        if path != place and path.exists() and ours.get(path.name) != sha256_of(path):
            raise SampleUnusable(
                f"{path}: has been changed since it was written, perhaps by an annotator. Move it away first."
            )


def read_rows(tags: Tags, design: Design) -> dict[str, Row]:
    """What is shown of each drawn row, by its id. The context are the statements before and after in the report."""
    tags.need("reports", "statements", "labels", "sections")
    tags.db.execute("CREATE OR REPLACE TABLE shown (id VARCHAR, report_id VARCHAR, statement_id BIGINT)")
    if design.rows:
        tags.db.executemany(
            "INSERT INTO shown VALUES (?, ?, ?)", [[r.id, r.report_id, r.statement_id] for r in design.rows]
        )
    found = tags.rows("""
        WITH near AS (
            SELECT report_id, statement_id, role, text, section_key, start,
                   lag(text) OVER report AS before, lead(text) OVER report AS after
            FROM statements SEMI JOIN shown USING (report_id)
            WINDOW report AS (PARTITION BY report_id ORDER BY statement_id)
        ), borne AS (
            SELECT report_id, statement_id, list(label ORDER BY score DESC) AS labels
            FROM labels SEMI JOIN shown USING (report_id, statement_id) WHERE accepted GROUP BY ALL
        ), headed AS (
            SELECT s.id, arg_max(h.title, h.start) AS title
            FROM shown s JOIN near n USING (report_id, statement_id)
                 JOIN sections h ON h.report_id = n.report_id AND h.start <= n.start AND n.start < h."end"
            GROUP BY s.id
        )
        SELECT s.id, r.name, h.title, n.before, n.text, n.after, n.role, b.labels
        FROM shown s JOIN reports r USING (report_id) JOIN near n USING (report_id, statement_id)
             LEFT JOIN headed h USING (id) LEFT JOIN borne b USING (report_id, statement_id)
    """)
    rows = {}
    for key, report, heading, before, text, after, role, labels in found:
        shown = (None, ()) if design.blind else (role, tuple(labels or ()))
        rows[key] = Row(key, report, heading or "", before or "", text or "", after or "", *shown)
    return rows


def _predicted(row: Row, design: Design) -> tuple[str, str]:
    zh = {label.key: label.zh for label in design.taxonomy}
    if row.role is None:
        return "", ""
    return option(row.role, name_of("roles", row.role)), " | ".join(zh.get(key) or key for key in row.labels)


def cells(row: Row, design: Design) -> list[str]:
    """The cells of a row that are shown, in the order of ``SHOWN``."""
    texts = (row.id, row.report, row.heading, row.before, row.text, row.after, *_predicted(row, design))
    return [text[:MAX_CELL_CHARS] for text in texts]


def _write_workbook(path: Path, rows: Sequence[Row], design: Design) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties(
        {"title": f"Gongkai {__version__}", "created": datetime(2000, 1, 1)}
    )  # equal draws, equal files
    sheet, lists = book.add_worksheet("sample 样本"), book.add_worksheet("labels 标签")
    heads = {
        False: book.add_format({"bold": True, "bg_color": "#DDE7F0"}),
        True: book.add_format({"bold": True, "bg_color": "#FFE9B3"}),
    }
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, (key, zh, width) in enumerate((*SHOWN, *FILLED)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, f"{key} {zh}", heads[at >= len(SHOWN)])
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(cells(row, design)):
            sheet.write_string(number, at, text, wrapped)
    sheet.freeze_panes(1, 1)
    choices = {"role": role_options(), "label": label_options(design)}
    definitions = {option(label.key, label.zh): label.definition for label in design.taxonomy}
    lists.set_column(0, 0, 24)
    lists.set_column(1, 1, 40)
    lists.set_column(2, 2, 100)
    for at, (key, zh) in enumerate((("role", "类别"), ("label", "标签"), ("definition", "定义"))):
        lists.write_string(0, at, f"{key} {zh}", heads[False])
    for at, options_of in enumerate(choices.values()):
        for number, choice in enumerate(options_of, start=1):
            lists.write_string(number, at, choice)
            if at == 1:
                lists.write_string(number, 2, definitions.get(choice, ""))
    if rows:
        for at, (key, _, _) in enumerate(FILLED[:-1], start=len(SHOWN)):
            column, length = (0, len(choices["role"])) if key == "role" else (1, len(choices["label"]))
            letter = "AB"[column]
            sheet.data_validation(1, at, len(rows), at, {
                "validate": "list", "source": f"='labels 标签'!${letter}$2:${letter}${length + 1}",
                "error_title": "Gongkai", "error_message": "请从下拉列表中选择。Choose from the list.",
            })  # fmt: skip
    book.close()


def _write_csv(path: Path, rows: Sequence[Row], design: Design) -> None:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(key for key, _, _ in (*SHOWN, *FILLED))
    for row in rows:
        writer.writerow([safe_cell(text) for text in cells(row, design)] + [""] * len(FILLED))
    path.write_text("\ufeff" + file.getvalue(), encoding="utf-8", newline="")


def _write_label_studio(path: Path, rows: Sequence[Row], design: Design) -> None:
    tasks = []
    for row in rows:
        task: dict[str, object] = {"data": _data(row)}
        if row.role is not None:
            result = [_choices("role", [row.role])] + ([_choices("label", row.labels)] if row.labels else [])
            task["predictions"] = [{"model_version": f"gongkai {__version__}", "result": result}]
        tasks.append(task)
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _data(row: Row) -> dict[str, str]:
    return {key: getattr(row, key) for key in ("id", "report", "heading", "before", "text", "after")}


def _choices(name: str, keys: Sequence[str]) -> Mapping[str, object]:
    return {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": list(keys)}}


def label_studio_config(design: Design) -> str:
    """The labelling configuration of a Label Studio project for the sample."""
    zh = {label.key: label.zh for label in design.taxonomy}
    labels = [*dict.fromkeys(label.key for label in design.taxonomy), NONE]

    def choices(keys: Sequence[str], shown: Mapping[str, str]) -> str:
        return "\n".join(
            f'    <Choice value="{escape(option(key, shown.get(key, "")))}" alias="{escape(key)}"/>' for key in keys
        )

    return f"""<View>
  <Header value="$heading"/>
  <Text name="before" value="$before"/>
  <Text name="text" value="$text"/>
  <Text name="after" value="$after"/>
  <Choices name="role" toName="text" choice="single" required="true">
{choices(list(names("roles")), names("roles"))}
  </Choices>
  <Choices name="label" toName="text" choice="multiple">
{choices(labels, zh)}
  </Choices>
</View>
"""


def _write_doccano(path: Path, rows: Sequence[Row], design: Design) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            data = _data(row)
            # Predictions are no labels here: a row that nobody looked at would come back as one that somebody confirmed.
            line = {"text": data.pop("text"), "label": [], "sample_id": data.pop("id"), **data}
            if row.role is not None:
                line |= {"predicted_role": row.role, "predicted_labels": list(row.labels)}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


WRITERS: dict[str, Callable[[Path, Sequence[Row], Design], None]] = {
    ".xlsx": _write_workbook, ".csv": _write_csv, ".json": _write_label_studio, ".jsonl": _write_doccano,
}  # fmt: skip
