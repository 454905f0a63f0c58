"""The room 复核: worked by keyboard in a browser, blind, by several, and without loss."""

import csv
import io
import json
import sqlite3
from collections import Counter

import pyarrow.parquet as pq
import pytest

from nlp.conclusions.answers import read_answers
from nlp.conclusions.design import read_design
from nlp.conclusions.sample import Wanted, draw_sample
from nlp.conclusions.sheet import write_sample
from nlp.conclusions.tags import Tags
from nlp.desk.app import make_app
from nlp.desk.guard import Pass
from nlp.desk.queue import of_sample
from nlp.desk.reviews import Reviews
from nlp.desk.views import opened

ORIGIN = "http://127.0.0.1:8125"
WAIT_MS = 60_000


@pytest.fixture
def room(tags_folder, tmp_path):
    """A function that opens the room on a file of reviews of its own; ``client.change`` posts JSON."""
    testclient = pytest.importorskip("starlette.testclient", reason="httpx is not installed")

    def opened_room(reviews=None):
        passing = Pass(8125)
        kept = reviews or Reviews(tmp_path / "r.sqlite")
        client = testclient.TestClient(make_app(passing, library=opened(tags_folder), reviews=kept), base_url=ORIGIN)
        client.get(f"/?token={passing.token}")
        client.change = lambda path, body: client.post(
            path, content=json.dumps(body), headers={"Origin": ORIGIN, "X-CSRF-Token": passing.csrf}
        )
        client.reviews = kept
        return client

    return opened_room


def whole(text, role="problem", labels=(), done=True):
    return {"parts": [{"end": len(text), "role": role, "labels": list(labels)}], "done": done}


def test_the_least_certain_come_first(room, tags_folder):
    client = room()
    assert client.change("/review/queue", {"n": 12}).json()["added"] == 12
    assert client.change("/review/queue", {"n": 12}).json()["added"] == 0
    doubts = Counter()
    for table, column in (("statements", "role_score"), ("labels", "score")):
        for row in pq.read_table(tags_folder / f"{table}.parquet").to_pylist():
            doubts[row["report_id"], row["statement_id"]] += row[column] * (1 - row[column])
    queued = [doubts[unit.report_id, unit.statement_id] for unit in client.reviews.units()]
    assert queued == pytest.approx(sorted(doubts.values(), reverse=True)[:12])


def test_nobody_is_shown_what_another_decided(room):
    client = room()
    client.change("/review/queue", {"n": 3})
    unit = client.reviews.units()[0]
    answer = client.change(
        f"/review/units/{unit.id}", {"annotator": "王", "decision": whole(unit.shown.text, labels=["timeliness_poor"])}
    )
    assert answer.status_code == 201
    assert client.get(f"/review/units/{unit.id}.json", params={"annotator": "王"}).json()["decision"]["done"]
    assert client.get(f"/review/units/{unit.id}.json", params={"annotator": "李"}).json()["decision"] is None
    queue = client.get("/review/queue.json", params={"annotator": "李"}).json()["units"]
    assert not any(one["done"] for one in queue)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"annotator": "王"},
        {"annotator": "王", "decision": {"parts": []}},
        {"annotator": "王", "decision": 5},
        [],
        "x",
    ],
)
def test_what_is_no_decision_is_refused(room, body):
    client = room()
    client.change("/review/queue", {"n": 1})
    unit = client.reviews.units()[0]
    assert client.change(f"/review/units/{unit.id}", body).status_code == 422
    assert client.change("/review/units/999", {"annotator": "王", "decision": whole("x")}).status_code == 404
    assert client.change("/review/queue", {"n": 10**9}).status_code == 422
    assert not client.reviews.decisions()


def test_a_blind_sample_for_two_goes_back_into_estimate(room, tags_folder, tmp_path):
    with Tags(tags_folder) as tags:
        design = draw_sample(tags, Wanted(12, blind=True, annotators=2, overlap=4, seed=3))
        design, paths = write_sample(tags, design, tmp_path / "s.csv")
    reviews = Reviews(tmp_path / "r.sqlite")
    units, blind = of_sample(opened(tags_folder), paths[0])
    reviews.add(units, blind=blind)
    client = room(reviews)
    mine = {name: client.get("/review/queue.json", params={"annotator": name}).json()["units"] for name in ("王", "李")}
    ids = {name: {one["id"] for one in queue} for name, queue in mine.items()}
    assert len(ids["王"] & ids["李"]) == 4 and len(ids["王"] | ids["李"]) == len(units) == len(design.rows)
    sheets = []
    for number, name in enumerate(("王", "李"), start=1):
        for unit in reviews.units(name):
            shown = client.get(f"/review/units/{unit.id}.json", params={"annotator": name}).json()["shown"]
            assert shown["role"] is None and shown["labels"] == [] and shown["text"] == unit.shown.text
            body = {"annotator": name, "decision": whole(unit.shown.text, labels=["timeliness_poor"])}
            assert client.change(f"/review/units/{unit.id}", body).status_code == 201
        sheets.append(tmp_path / f"s.{number}.csv")
        sheets[-1].write_bytes(client.get("/review/sheet.csv", params={"annotator": name}).content)
    answers = read_answers(sheets, read_design(tmp_path / "s.design.json"))
    assert answers.doubled == 4 and not answers.open and len(answers.by_id) == 12
    given = {label for each in answers.by_id.values() for answer in each for label in answer.labels}
    assert given == {("problem", "timeliness_poor")}
    assert "盲标" in client.get("/review", params={"who": "1"}).text


def test_progress_and_conflicts_and_export(room):
    client = room()
    client.change("/review/queue", {"n": 4})
    one, two = client.reviews.units()[:2]
    for name, role in (("王", "problem"), ("李", "measure")):
        client.change(f"/review/units/{one.id}", {"annotator": name, "decision": whole(one.shown.text, role)})
        client.change(f"/review/units/{two.id}", {"annotator": name, "decision": whole(two.shown.text)})
    state = client.get("/review/progress.json").json()
    assert state["conflicts"] == 1 and state["agreement"]["n"] == 2 and state["agreement"]["same_role"] == 0.5
    page = client.get("/review/progress").text
    assert one.shown.text[:10] in page and "分歧" in page
    assert client.change(f"/review/units/{one.id}/settle", {"annotator": "李"}).status_code == 201
    rows = list(csv.DictReader(io.StringIO(client.get("/review/corpus.csv").content.decode("utf-8-sig"))))
    assert [(row["role"], row["annotator"]) for row in rows] == [("measure", "裁定"), ("problem", "王")]
    lines = [json.loads(line) for line in client.get("/review/corpus.jsonl").text.splitlines()]
    assert [line["role"] for line in lines] == ["measure", "problem"]


def test_fifty_statements_by_keyboard_with_the_power_going_off(browser, served, tags_folder, tmp_path):
    """Half of them, then the desk is killed; what was decided is there when it starts again."""
    kept = tmp_path / "kept.sqlite"
    desk = served(str(tags_folder), "--reviews", str(kept))
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)

    def begin(desk, name):
        page.goto(desk.address)
        page.goto(f"{desk.origin}/review?who=1")
        if not page.locator("#annotator").count():
            page.fill("#n", "50")
            page.get_by_role("button", name="加入队列").click()
        page.fill("#annotator", name)
        page.get_by_role("button", name="开始").click()
        page.locator("#roles button").first.wait_for()

    def done():
        query = "SELECT unit, decision FROM decisions WHERE NOT undone ORDER BY id"
        found = {unit: json.loads(decision) for unit, decision in sqlite3.connect(kept).execute(query)}
        return {unit: decision for unit, decision in found.items() if decision.get("done")}

    def label(number, upto):
        """Choose role and label of a statement, and go on when the desk has the decision."""
        page.keyboard.press("1")
        page.keyboard.press("qwer"[number % 4])
        page.keyboard.press("Enter")
        page.locator("#done-text", has_text=f"已完成{upto} / 50").wait_for()

    begin(desk, "王")
    page.screenshot(path=tmp_path / "review.png")
    for number in range(25):
        label(number, number + 1)
    # One is split, its second part judged otherwise, and that taken back.
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.locator(".part").nth(1).wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("2")
    page.locator(".part .chip.measure").wait_for()
    page.keyboard.press("z")
    page.locator("#notice", has_text="已撤销").wait_for()
    assert page.locator(".part").count() == 2 and not page.locator(".part .chip.measure").count()
    page.screenshot(path=tmp_path / "split.png")
    desk.kill()
    assert len(done()) == 25
    desk.start()
    begin(desk, "王")
    page.locator(".part").nth(1).wait_for()  # where it was left, split as it was
    page.keyboard.press("1")
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.locator("#done-text", has_text="已完成26 / 50").wait_for()
    for number in range(26, 50):
        label(number, number + 1)
    page.locator("#notice", has_text="全部完成").wait_for()
    found = done()
    assert len(found) == 50 and all(part["role"] == "problem" for d in found.values() for part in d["parts"])
    assert sorted(len(decision["parts"]) for decision in found.values()) == [1] * 49 + [2]
    context.close()
