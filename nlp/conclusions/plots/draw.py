"""All figures of a study in a folder: SVG, PNG, the numbers as CSV, and one page that works offline."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from nlp.conclusions.answers import Answers
from nlp.conclusions.design import Design
from nlp.conclusions.place import SUMS, check_folder, write_sums
from nlp.conclusions.plots import labels, numbers
from nlp.conclusions.plots.figure import Figure, Language, said
from nlp.conclusions.tables import write_table
from nlp.conclusions.tags import Tags
from nlp.output.charts import Shown, as_png, as_svg, page

PAGE = "figures.html"
PARTS = 6


def figures(
    tags: Tags,
    language: Language,
    *,
    design: Design | None = None,
    answers: Answers | None = None,
    partial: bool = False,
) -> Iterator[Figure]:
    """The figures that these tags have numbers for."""
    tags.need("reports", "statements", "labels", "figures", "channel_counts")
    yield from labels.by_year(tags, language, design=design, answers=answers, partial=partial)
    yield from labels.by_level(tags, language, design=design, answers=answers, partial=partial)
    yield from numbers.applications(tags, language)
    yield from numbers.channels(tags, language)
    yield from numbers.provinces(tags, language)
    yield from labels.matrix(tags, language)


def draw(
    tags: Tags,
    out: Path,
    *,
    language: Language = "zh",
    design: Design | None = None,
    answers: Answers | None = None,
    partial: bool = False,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Path]:
    """Write the figures into the folder ``out`` at once; the paths written come back.

    Raises
    ------
    OutputRefused : something is there that may not be replaced
    SampleUnusable : the sample is of other tags or not filled in far enough
    """
    check_folder(out, force=force)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as temporary:
        folder = Path(temporary)
        shown = []
        for number, figure in enumerate(figures(tags, language, design=design, answers=answers, partial=partial)):
            progress(number, PARTS + 1)
            (folder / f"{figure.name}.svg").write_text(as_svg(figure.chart), encoding="utf-8", newline="\n")
            (folder / f"{figure.name}.png").write_bytes(as_png(figure.chart))
            write_table(folder / f"{figure.name}.csv", figure.columns, figure.rows)
            files = tuple(f"{figure.name}.{suffix}" for suffix in ("svg", "png", "csv"))
            shown.append(Shown(figure.name, figure.title, figure.note, figure.chart, files))
        reports = tags.one("SELECT count(*) FROM reports")
        introduction = said(
            (
                f"{reports} 份报告。每张图的数字在旁边的 CSV 里。",
                f"{reports} reports. The numbers of each figure lie beside it as CSV.",
            ),
            language,
        )
        title = said(("政府信息公开工作年度报告：图", "Annual reports on information disclosure: figures"), language)
        (folder / PAGE).write_text(page(title, introduction, shown), encoding="utf-8", newline="\n")
        write_sums(folder)
        return put_in_place(folder, out)


def put_in_place(new: Path, out: Path) -> list[Path]:
    """Move all files of a finished folder to their place, and remove those of an earlier time that are no more."""
    out.mkdir(exist_ok=True)
    before = {path.name for path in out.iterdir()}
    names = sorted(path.name for path in new.iterdir())
    for name in names:
        (new / name).replace(out / name)
    for name in before - set(names):
        (out / name).unlink()
    return [out / name for name in names if name != SUMS]
