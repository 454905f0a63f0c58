"""Figures: pictures with Chinese text that needs no font of the machine, numbers beside them, one page that fetches nothing."""

import csv
import re
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from nlp.conclusions.answers import read_answers
from nlp.conclusions.design import design_path, read_design
from nlp.conclusions.plots.draw import figures as of_tags
from nlp.conclusions.tags import Tags
from nlp.output.webfont import FAMILY, font_face, subset

CHROMIUM = Path("/usr/bin/chromium")
NAMES = {"problem_by_year", "measure_by_year", "levels", "applications", "channels", "matrix"}


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def rows(path):
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def figures(tags_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("figures") / "figures"
    result = run("plot", tags_folder, "--out", out)
    assert result.exit_code == 0, result.output
    assert "nothing but the model speaks" in result.stderr
    return out


def test_each_figure_is_there_as_svg_png_and_numbers(figures):
    assert {path.stem for path in figures.glob("*.svg")} == NAMES
    for name in NAMES:
        svg = (figures / f"{name}.svg").read_text(encoding="utf-8")
        ElementTree.fromstring(svg)
        assert svg.count("@font-face") == 1 and FAMILY in svg
        assert (figures / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert rows(figures / f"{name}.csv")


def test_numbers_beside_the_figures_are_those_of_the_tags(figures):
    received = {
        row["year"]: float(row["total"]) for row in rows(figures / "applications.csv") if row["part"] == "received"
    }
    assert received["2021"] == 12 + 7  # 檀渡县财政局 and 青芜镇
    outcomes = {row["outcome"] for row in rows(figures / "applications.csv") if row["part"] == "outcomes"}
    assert outcomes == {"granted", "partial", "refused", "unavailable", "not_processed", "other"}
    shares = rows(figures / "matrix.csv")
    assert all(float(row["share"]) == pytest.approx(int(row["both"]) / int(row["reports"])) for row in shares)


def test_page_works_offline(figures):
    page = (figures / "figures.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page) and "<link" not in page
    assert all(f'href="{name}.csv"' in page for name in NAMES)


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium to look at the page with")
def test_page_shows_all_figures_in_a_browser_without_network(figures):
    code = f"""
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    browser = p.chromium.launch(executable_path={str(CHROMIUM)!r}, args=["--no-sandbox"])
    page = browser.new_context(offline=True).new_page()
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto({(figures / "figures.html").as_uri()!r})
    page.wait_for_function("document.querySelectorAll('.chart svg').length === {len(NAMES)}", timeout=60000)
    has = page.evaluate("document.fonts.check(\\"12px '{FAMILY}'\\", '公开不及时')")
    print(len([url for url in asked if not url.startswith(('data:', 'blob:'))]), len(wrong), has)
    browser.close()
"""  # a process of its own: Playwright's loop is not to meet that of other tests
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=180)
    assert shown.stdout.split() == ["1", "0", "True"], shown.stdout + shown.stderr


def test_pictures_of_chinese_are_drawn_with_our_font(figures, monkeypatch, tmp_path):
    """Without any font of the machine the same picture comes out: the renderer finds ours first."""
    code = (
        "from nlp.output.charts import as_png\nimport altair as alt, hashlib\n"
        "chart = alt.Chart(alt.InlineData(values=[{'x': '公开不及时'}])).mark_text().encode(text='x:N')\n"
        "print(hashlib.sha256(as_png(chart)).hexdigest())"
    )
    bare = {
        "FONTCONFIG_FILE": str(tmp_path / "none.conf"),
        "FONTCONFIG_PATH": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
    }
    (tmp_path / "none.conf").write_text("<?xml version='1.0'?><fontconfig></fontconfig>")
    seen = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env).stdout
        for env in (None, bare)
    ]
    assert seen[0] == seen[1] and len(seen[0]) == 65


def test_the_font_of_a_picture_holds_its_characters_alone():
    font = subset("公开")
    assert font[:4] == b"wOFF" and struct.unpack(">I", font[8:12])[0] == len(font)
    assert len(font) < 30_000 < len(subset("".join(map(chr, range(0x4E00, 0x9FFF)))))
    assert font_face("").startswith("@font-face")


def test_intervals_with_a_sample(tags_folder, tmp_path, fill):
    sheet = tmp_path / "sample.csv"
    run("sample", tags_folder, "--n", 60, "--out", sheet)
    fill(sheet, sheet)
    design = read_design(design_path(sheet))
    with Tags(tags_folder) as tags:
        made = {f.name: f for f in of_tags(tags, "en", design=design, answers=read_answers([sheet], design))}
    assert set(made) == NAMES
    found = made["problem_by_year"].rows
    assert {row["measure"] for row in found} == {"statements"}
    assert all(row["low"] <= row["estimate"] <= row["high"] for row in found if row["low"] is not None)
    assert any(row["low"] is not None for row in found)
    assert made["problem_by_year"].title == "Problems by year"


def test_provinces_where_codes_are_known(make_tags):
    report = {"name": "a.txt", "year": 2021, "level": "county"}
    statement = {"role": "problem", "text": "句", "start": 0, "end": 1}
    ids = [letter * 16 for letter in "abc"]
    regions = ("410527", "410000", "ambiguous")
    folder = make_tags(
        reports=[report | {"report_id": i, "region": region} for i, region in zip(ids, regions, strict=True)],
        statements=[statement | {"report_id": ids[0], "statement_id": n} for n in range(3)],
    )
    with Tags(folder) as tags:
        [figure] = [figure for figure in of_tags(tags, "zh") if figure.name == "provinces"]
    cells = {row["code"]: row for row in figure.rows}
    assert len(cells) == 34 and len({(row["column"], row["row"]) for row in cells.values()}) == 34
    assert (cells["41"]["reports"], cells["41"]["problems"], cells["41"]["name"]) == (2, 1.5, "河南")
    assert (cells["11"]["reports"], cells["11"]["problems"]) == (0, None)


def test_figures_of_others_are_not_replaced(figures, tags_folder):
    result = run("plot", tags_folder, "--out", figures)
    assert result.exit_code == 2 and "holds files already" in result.stderr
    mine = figures / "mine.svg"
    mine.write_text("<svg/>")
    result = run("plot", tags_folder, "--out", figures, "--force")
    assert result.exit_code == 2 and "mine.svg: is not what this program wrote there" in result.stderr and mine.exists()
    mine.unlink()
    assert run("plot", tags_folder, "--out", figures, "--force").exit_code == 0
