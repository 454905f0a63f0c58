"""The desk in a real browser: what a person does and sees. Pictures of the rooms are kept among the test's files."""

import json
import re
from pathlib import Path

import pytest

from nlp.reading.files import read_report
from tests.formats import as_pdf, pieces_of

SAMPLES = Path(__file__).parents[2] / "corpora" / "reports"
DAMAGED = SAMPLES / "2022-county-puchuan.md"
CLEAN = SAMPLES / "2021-bureau-tandu.txt"
WAIT_MS = 120_000
MARKER = "此句只为查找残留而写八月九日"


@pytest.fixture
def opened(browser, served, tmp_path):
    """A page on a desk of its own; errors of its scripts fail the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    errors = []

    def page(*arguments):
        desk = served(*arguments)
        opened = context.new_page()
        opened.set_default_timeout(WAIT_MS)
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        opened.goto(desk.address)
        opened.desk = desk
        return opened

    yield page
    context.close()
    assert not errors


def drop(page, *files):
    """Drop files on the page as a person does with the mouse."""
    data = [{"name": file.name, "text": file.read_text(encoding="utf-8")} for file in files]
    page.evaluate(
        """files => {
            const transfer = new DataTransfer();
            for (const file of files) transfer.items.add(new File([file.text], file.name));
            document.getElementById("drop").dispatchEvent(
                new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }""",
        data,
    )


def test_a_damaged_report_is_dropped_and_its_faults_are_marked(opened, tmp_path):
    page = opened()
    assert "token" not in page.url and page.title().startswith("检查")
    drop(page, DAMAGED)
    page.wait_for_url(re.compile(r"/check/[\w-]+/0$"))
    page.screenshot(path=tmp_path / "draft.png")
    assert page.locator(".finding").count() == 4
    # The row that fails is marked in the table, number by number.
    row = page.locator("#view-text tr", has_text="1.本机关不掌握相关政府信息")
    first = page.locator(".finding", has_text="自然人与五类组织之和等于总计")
    number = first.get_attribute("data-number")
    marked = row.locator(f'mark[data-findings~="{number}"]')
    assert [text.strip() for text in marked.all_inner_texts()] == ["15", "1", "0", "0", "1", "1", "19"]
    # Choosing the finding chooses its marks and shows them.
    first.locator(".go").click()
    assert page.locator("mark.chosen").count() == 14  # in the text and in the tables as read
    page.wait_for_timeout(800)  # it is scrolled there
    box, pane = marked.first.bounding_box(), page.locator("#view-text").bounding_box()
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"]
    # And back from a mark to its finding; keys go through them.
    page.locator("mark", has_text="97件").click()
    assert page.locator(".finding.chosen").get_attribute("id") == "finding-1"
    page.keyboard.press("j")
    assert page.locator(".finding.chosen").get_attribute("id") == "finding-2"
    page.keyboard.press("k")
    assert page.locator(".finding.chosen").get_attribute("id") == "finding-1"


def test_verdicts_by_keyboard(opened, tmp_path):
    page = opened("--verdicts", str(tmp_path / "v.jsonl"))
    drop(page, DAMAGED)
    page.wait_for_url("**/0")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.locator("#standing-1", has_text="已确认").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("b")
    page.keyboard.type("原件如此")
    page.keyboard.press("Enter")
    page.locator("#standing-2", has_text="不成立（原件如此）").wait_for()
    page.screenshot(path=tmp_path / "verdicts.png")
    page.reload()
    assert page.locator("#standing-1").inner_text() == "已确认" and page.locator(".finding.closed").count() == 1
    page.locator("#finding-1 [data-verdict=confirmed]").click()
    page.locator("#finding-1 [data-verdict=confirmed][aria-pressed=false]").wait_for()
    lines = (tmp_path / "v.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["confirmed", "dismissed", "withdrawn"]


def test_the_tables_as_read_are_marked_too(opened, tmp_path):
    page = opened()
    drop(page, DAMAGED)
    page.wait_for_url("**/0")
    page.get_by_role("tab", name="表格读数").click()
    assert page.locator("#view-text").is_hidden()
    row = page.locator("#view-grids tr", has_text="行政复议").first
    assert [text.strip() for text in row.locator("mark").all_inner_texts()] == ["5", "1", "0", "1", "8"]
    page.screenshot(path=tmp_path / "grids.png")


def test_a_pdf_is_marked_on_the_picture_of_its_pages(opened, tmp_path):
    pytest.importorskip("reportlab", reason="reportlab draws the PDF")
    page = opened()
    data = as_pdf(pieces_of(read_report(DAMAGED)))
    page.set_input_files("#files", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": data})
    page.wait_for_url("**/0")
    finding = page.locator(".finding", has_text="自然人与五类组织之和等于总计")
    assert "（第2页）" in finding.inner_text()
    number = finding.get_attribute("data-number")
    sheet = page.locator("figure.sheet").nth(1)
    assert sheet.locator(f'rect[data-findings~="{number}"]').count() == 7
    finding.locator(".go").click()
    picture = sheet.locator("img")
    picture.scroll_into_view_if_needed()
    for _ in range(100):
        if picture.evaluate("image => image.complete && image.naturalWidth > 0"):
            break
        page.wait_for_timeout(100)
    assert picture.evaluate("image => image.naturalWidth") == pytest.approx(1400, abs=2)
    page.screenshot(path=tmp_path / "pages.png")


def test_a_clean_report_says_what_was_checked(opened):
    page = opened()
    drop(page, CLEAN)
    page.wait_for_url("**/0")
    assert re.search(r"已核对\d+项，未发现问题", page.locator(".held-line").inner_text())
    assert "未发现问题" in page.locator(".clean").inner_text() and not page.locator("mark").count()


def test_several_files_are_a_batch_in_english(opened, tmp_path):
    page = opened("--lang", "en")
    drop(page, DAMAGED, CLEAN)
    page.wait_for_url(re.compile(r"/check/[\w-]+$"))
    assert page.locator("h1").inner_text() == "2 reports" and page.locator("tbody tr").count() == 2
    page.screenshot(path=tmp_path / "batch.png")
    with page.expect_download() as download:
        page.get_by_role("link", name="List of findings (print)").click()
    kept = Path(download.value.path()).read_text(encoding="utf-8")
    assert "size: A4" in kept and "fails, 18 against 19" in kept


def test_a_narrow_window_shows_the_findings_first(opened, tmp_path):
    page = opened()
    page.set_viewport_size({"width": 390, "height": 844})
    drop(page, DAMAGED)
    page.wait_for_url("**/0")
    page.screenshot(path=tmp_path / "narrow.png")
    findings, report = (page.locator(place).bounding_box() for place in (".findings", ".report"))
    assert findings["y"] < report["y"] and page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_of_a_draft_is_kept(opened, tmp_path):
    """After a draft was checked, and after the desk has ended, no file that it could write holds a word of it."""
    page = opened()
    draft = tmp_path / "outside" / "draft.txt"
    draft.parent.mkdir()
    draft.write_text(CLEAN.read_text(encoding="utf-8") + f"\n{MARKER}。\n", encoding="utf-8")
    drop(page, draft)
    page.wait_for_url("**/0")
    assert MARKER in page.locator("#view-text").inner_text()
    draft.unlink()

    def kept():
        needles = MARKER.encode(), MARKER.encode("utf-16-le"), json.dumps(MARKER)[1:-1].encode()
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        return [path for path in files if any(needle in path.read_bytes() for needle in needles)]

    assert not kept()
    page.desk.stop()
    assert not kept()


def axe():
    """The accessibility checker; skipped where it was not installed."""
    found = [*Path(__file__).parents[2].glob("node_modules/axe-core/axe.min.js")]
    if not found:
        pytest.skip("axe-core is not installed: npm install --no-save axe-core")
    return found[0].read_text(encoding="utf-8")


def faults(page, script):
    """Serious faults of accessibility on a page, as axe tells them."""
    page.evaluate(script)
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (fault["id"], fault["nodes"][0]["html"][:120])
        for fault in result["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


def test_no_serious_fault_of_accessibility(opened):
    script = axe()
    page = opened()
    assert not faults(page, script)
    drop(page, DAMAGED)
    page.wait_for_url("**/0")
    assert not faults(page, script)
    page.get_by_role("tab", name="表格读数").click()
    assert not faults(page, script)


def test_no_serious_fault_of_accessibility_in_the_other_rooms(opened, tags_folder, tmp_path):
    script = axe()
    page = opened(str(tags_folder), "--reviews", str(tmp_path / "r.sqlite"))
    for path in ("/browse", "/browse/figures?year=2022", "/browse/bodies", "/browse/findings"):
        page.goto(page.desk.origin + path)
        assert not faults(page, script), path
    page.goto(page.desk.origin + "/browse?label=timeliness_poor")
    page.locator(".list .long a").first.click()
    page.locator(".context .here").wait_for()
    assert not faults(page, script)
    page.goto(page.desk.origin + "/review")
    page.get_by_role("button", name="加入队列").click()
    page.fill("#annotator", "王")
    assert not faults(page, script)
    page.get_by_role("button", name="开始").click()
    page.locator("#roles button").first.click()
    page.locator("#labels button").first.click()
    assert not faults(page, script)
    page.goto(page.desk.origin + "/review/progress")
    assert not faults(page, script)
