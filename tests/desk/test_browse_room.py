"""The room 浏览 over the tags of the sample reports, and over tags made by hand."""

import csv
import io
import re

import openpyxl
import pytest

from nlp.desk.app import make_app
from nlp.desk.guard import Pass
from nlp.desk.views import VIEWS, opened

ORIGIN = "http://127.0.0.1:8124"


def client_of(folder):
    testclient = pytest.importorskip("starlette.testclient", reason="httpx is not installed")
    passing = Pass(8124)
    client = testclient.TestClient(make_app(passing, library=opened(folder)), base_url=ORIGIN)
    client.get(f"/?token={passing.token}")
    return client


@pytest.fixture(scope="module")
def browsing(tags_folder):
    return client_of(tags_folder)


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


@pytest.mark.parametrize("view", VIEWS)
def test_every_list_is_also_json_csv_and_workbook(browsing, view):
    html = browsing.get(f"/browse/{view}")
    found = browsing.get(f"/browse/{view}.json").json()
    assert html.status_code == 200 and f"{found['total']:,} 行" in words(html.text)
    lines = list(csv.reader(io.StringIO(browsing.get(f"/browse/{view}.csv").content.decode("utf-8-sig"))))
    assert len(lines) == found["total"] + 1 and len(lines[0]) == len(VIEWS[view].columns)
    sheet = openpyxl.load_workbook(io.BytesIO(browsing.get(f"/browse/{view}.xlsx").content)).worksheets[0]
    assert sheet.max_row == found["total"] + 1


def test_filters_hold_together_and_stand_in_the_address(browsing):
    asked = {"role": "problem", "label": ["timeliness_poor", "content_incomplete"], "year": "2018"}
    found = browsing.get("/browse/statements.json", params=asked).json()
    assert found["chosen"] == {
        "role": ["problem"],
        "label": ["timeliness_poor", "content_incomplete"],
        "year": ["2018"],
    }
    assert found["rows"] and all(row["year"] == 2018 and row["role"] == "problem" for row in found["rows"])
    assert all({"timeliness_poor", "content_incomplete"} & set(row["labels"]) for row in found["rows"])
    every = browsing.get("/browse/statements.json", params={"role": "problem", "year": "2018"}).json()
    by_hand = sum(bool({"timeliness_poor", "content_incomplete"} & set(row["labels"])) for row in every["rows"])
    assert found["total"] == by_hand
    page = browsing.get("/browse/statements", params=asked).text
    assert re.search(r'value="timeliness_poor" checked', page) and "公开不及时 ✕" in page


def test_confidence_and_numbers_have_bounds(browsing):
    low = browsing.get("/browse/statements.json", params={"to": "0.8"}).json()
    assert low["rows"] and all(row["confidence"] <= 0.8 for row in low["rows"])
    large = browsing.get("/browse/figures.json", params={"from": "1000", "status": "given"}).json()
    assert large["rows"] and all(float(row["value"]) >= 1000 for row in large["rows"])
    # What is no number bounds nothing.
    every = browsing.get("/browse/statements.json").json()["total"]
    assert browsing.get("/browse/statements.json", params={"from": "viel"}).json()["total"] == every


def test_facets_count_what_the_other_filters_leave(browsing):
    found = browsing.get("/browse/statements.json", params={"role": "problem"}).json()
    roles = dict(found["facets"]["role"])
    assert roles["problem"] == found["total"] and roles["achievement"] > 0
    assert sum(n for _, n in found["facets"]["year"]) == found["total"]


@pytest.mark.parametrize("value", ["'; DROP VIEW reports; --", '"', "%", "\\", "\x00", "x" * 5000])
def test_what_an_address_says_is_never_sql(browsing, value):
    for key in ("year", "role", "label", "region", "body", "words", "from", "page", "nothing"):
        answer = browsing.get("/browse/statements.json", params={key: value})
        assert answer.status_code == 200, (key, answer.text)
    assert browsing.get("/browse/reports.json").json()["total"] == 14


def test_pages_of_a_list_hold_all_rows_once(browsing):
    total = browsing.get("/browse/figures.json", params={"year": "2022"}).json()["total"]
    seen = []
    for number in range(1, total // 50 + 2):
        rows = browsing.get("/browse/figures.json", params={"year": "2022", "page": number}).json()["rows"]
        seen += [(row["report_id"], row["table"], row["row"], row["column"]) for row in rows]
    assert len(seen) == len(set(seen)) == total
    assert "下一页" in browsing.get("/browse/figures", params={"year": "2022"}).text


def test_a_statement_in_its_context_and_why(browsing):
    row = browsing.get("/browse/statements.json", params={"label": "timeliness_poor"}).json()["rows"][0]
    address = f"/browse/statements/{row['report_id']}/{row['statement_id']}"
    found = browsing.get(f"{address}.json").json()
    near = [one["statement_id"] for one in found["near"]]
    assert row["statement_id"] in near and near == sorted(near) and len(near) > 3
    why = {one["key"]: one["words"] for one in found["reasons"]["why"]}
    assert {"problem", "timeliness_poor"} <= why.keys() and found["reasons"]["same"]
    # The words that weighed stand in the statement.
    assert all(
        part in row["text"].replace("，", ",") for word, _ in why["timeliness_poor"] for part in word.split("、")
    )
    page = words(browsing.get(address).text)
    assert row["text"] in page and "哪些词起了作用" in page and "公开不及时" in page


def test_a_report_with_its_evidence(browsing):
    row = browsing.get("/browse/reports.json", params={"body": "璞川县"}).json()["rows"][0]
    found = browsing.get(f"/browse/reports/{row['report_id']}.json").json()
    assert len(found["issues"]) == row["errors"] == 4
    page = browsing.get(f"/browse/reports/{row['report_id']}").text
    assert "而总计 19" in words(page) and "原表数字：95" in page


def test_a_body_over_its_years_side_by_side(make_tags):
    def report(key, year):
        return {"report_id": key, "name": f"{key}.txt", "title": "题", "issuer": "青溪镇", "year": year, "edition": "tables_2021",
                "chars": 9, "sections_found": 6, "errors": year - 2020, "warnings": 0, "body_id": "330100/青溪镇"}  # fmt: skip

    def figure(key, value, status="given"):
        return {
            "report_id": key,
            "table": "requests",
            "row": "granted",
            "column": "total",
            "value": value,
            "status": status,
        }

    client = client_of(
        make_tags(
            reports=[report("b", 2022), report("a", 2021), report("c", 2023)],
            figures=[figure("a", 3), figure("b", None, "blank"), figure("c", 7)],
            labels=[{"report_id": "a", "statement_id": 1, "scheme": "problem", "label": "timeliness_poor", "score": 0.9,
                     "accepted": True, "origin": "model:x@1"}],
        )
    )  # fmt: skip
    found = client.get("/browse/body.json", params={"key": "330100/青溪镇"}).json()
    assert [one["year"] for one in found["reports"]] == [2021, 2022, 2023]
    assert [cell and cell["value"] for cell in found["tables"][0]["cells"]] == ["3.000000", None, "7.000000"]
    assert [cell and cell["n"] for cell in found["labels"][0]["cells"]] == [1, None, None]
    page = words(client.get("/browse/body", params={"key": "330100/青溪镇"}).text)
    assert re.search(r"予以公开 3 空白 7", page) and re.search(r"公开不及时 1 · ·", page)
    assert "青溪镇 2021、2022、2023 3" in words(client.get("/browse/bodies").text)


def test_csv_holds_no_formula(make_tags):
    client = client_of(
        make_tags(reports=[{"report_id": "a", "name": "=1+1", "title": "@SUM(1)", "issuer": "+cmd", "year": 2021, "edition": "free_form",
                            "chars": 1, "sections_found": 0, "errors": 0, "warnings": 0}])
    )  # fmt: skip
    text = client.get("/browse/reports.csv").content.decode("utf-8-sig")
    assert "'=1+1" in text and "'@SUM(1)" in text and "'+cmd" in text


@pytest.mark.parametrize(
    "path",
    ["/browse/none", "/browse/none.json", "/browse/reports/none", "/browse/statements/none/1", "/browse/body?key=none"],
)
def test_what_is_not_there_says_so(browsing, path):
    answer = browsing.get(path)
    assert answer.status_code == 404 and "没有" in answer.text


def test_english(browsing):
    page = browsing.get("/browse/statements", params={"lang": "en", "label": "timeliness_poor"}).text
    assert "Confidence" in page and not re.search("[一-龥]{2}[：。]?(?:行|页)</", page)
    assert "lang=zh" in page and "label=timeliness_poor" in page
    browsing.get("/browse/statements", params={"lang": "zh"})


def test_a_filter_is_chosen_in_the_browser(browser, served, tags_folder, tmp_path):
    desk = served(str(tags_folder))
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto(desk.address)
    page.get_by_role("link", name="浏览").click()
    page.locator('input[name="role"][value="problem"]').check()
    page.wait_for_url(re.compile("role=problem"))
    assert "year" not in page.url and page.locator(".chip.removable").count() == 1
    page.screenshot(path=tmp_path / "browse.png")
    page.locator(".list .long a").first.click()
    page.locator(".context .here").wait_for()
    page.screenshot(path=tmp_path / "statement.png")
    page.get_by_role("link", name="整份报告").click()
    page.locator("table.grid").first.wait_for()
    page.close()
