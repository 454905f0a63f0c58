"""The room 检查 as a client sees it: what is dropped, what is found, what can be taken away."""

import io
import re
import zipfile

import openpyxl
import pytest

from nlp.desk.messages import Examine, Refused
from nlp.desk.workshop import Workshop
from tests.output.test_comments import TITLE, commented, docx, paragraph, run

REPORT = "青溪镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n收到申请12件，比上年的10件增长30%。\n"


def shown(html):
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))


def test_a_faulty_report_is_shown_with_its_finding_beside_it(client, check, faulty_report):
    batch = check(client, ("草稿.txt", faulty_report))
    page = client.get(f"/check/{batch}/0").text
    assert re.search(r'<mark class="error" data-findings="1 2">\s*99\s*</mark>', page)
    words = shown(page)
    assert "四、政府信息公开行政复议、行政诉讼情况" in words and "第四部分表格“行政复议”行" in words
    assert "维持、纠正、其他、尚未审结之和等于总计" in words and "实为 99" in words
    assert "国办公开办函〔2021〕30号" in words and "disputes.row_total" in words
    assert re.search(r"已核对\d+项，\d+项一致，2项不符", words)


def test_a_clean_report_is_not_silence(client, check, clean_report):
    batch = check(client, ("a.txt", clean_report))
    found = client.get(f"/check/{batch}/0.json").json()["report"]
    assert found["findings"] == [] and found["held"]["holds"] > 20
    assert f"已核对{found['held']['holds']}项，未发现问题" in shown(client.get(f"/check/{batch}/0").text)


def test_one_language_at_a_time(client, check, faulty_report):
    batch = check(client, ("a.txt", faulty_report))
    english = client.get(f"/check/{batch}/0", params={"lang": "en"})
    assert "upheld + corrected + other + pending = total fails" in shown(english.text)
    assert "不满足" not in english.text and 'lang="en"' in english.text
    assert "comparisons" in shown(client.get(f"/check/{batch}/0").text)  # the choice is kept
    assert "不满足" in client.get(f"/check/{batch}/0", params={"lang": "zh"}).text


def test_words_of_a_report_do_not_become_markup(client, check):
    batch = check(client, ("<b>.txt", REPORT.replace("收到", "<script>alert(1)</script>收到")))
    page = client.get(f"/check/{batch}/0").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page and "<b>.txt" not in page


def test_an_archive_is_a_batch_with_what_could_not_be_read(client, check, clean_report, faulty_report):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("甲/一.txt", faulty_report)
        archive.writestr("二.txt", clean_report)
        archive.writestr("空.txt", "")
        archive.writestr("../外.txt", clean_report)
    batch = check(client, ("全县.zip", file.getvalue()))
    state = client.get(f"/check/{batch}.json").json()
    assert {f["code"] for f in state["checked"]["failures"]} == {"empty", "outside"}
    assert len(state["checked"]["reports"]) == 2
    words = shown(client.get(f"/check/{batch}").text)
    assert "4份报告" in words and "2个文件未读出" in words
    places = [n for n in range(4) if client.get(f"/check/{batch}/{n}.json").json()["failure"]]
    assert any("文件里没有内容" in client.get(f"/check/{batch}/{n}").text for n in places)


def test_reports_dropped_together_are_held_against_each_other(client, check, clean_report):
    year = int(re.search(r"20\d\d", clean_report)[0])
    later = clean_report.replace(str(year), str(year + 1))
    batch = check(client, ("一.txt", clean_report), ("二.txt", later))
    found = [f["code"] for r in client.get(f"/check/{batch}.json").json()["checked"]["reports"] for f in r["findings"]]
    assert "across.copied" in found
    assert "一.txt" in shown(client.get(f"/check/{batch}/1").text)


def test_the_list_as_workbook_and_page(client, check, faulty_report):
    batch = check(client, ("a.txt", faulty_report))
    answer = client.get(f"/check/{batch}/findings.xlsx")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:4] == ("序号", "报告", "位置", "级别") and "99" in rows[1]
    assert "第四部分表格" in client.get(f"/check/{batch}/findings.html").text


def test_the_word_document_comes_back_with_comments(client, check):
    data = docx(
        TITLE + paragraph(run("一、总体情况")) + paragraph(run("收到申请12件，比上年的10件增长30%。"))
        + paragraph(run("五、存在的主要问题及改进情况")) + paragraph(run("公开不够及时，下一步及时公开。"))
    )  # fmt: skip
    batch = check(client, ("草稿.docx", data))
    findings = client.get(f"/check/{batch}/0.json").json()["report"]["findings"]
    wrong = next(f for f in findings if f["code"] == "change.wrong")
    answer = client.get(f"/check/{batch}/0/commented.docx")
    assert answer.status_code == 200, answer.text
    comments = commented(answer.content)
    about = next(words for text, words in comments.items() if text.startswith(wrong["message"].split("。")[0]))
    assert about in "收到申请12件，比上年的10件增长30%" and about
    assert "依据 《政府信息公开条例》第六条" in "".join(comments)
    assert "上年" in shown(client.get(f"/check/{batch}/0").text)


def test_only_word_documents_get_comments(client, check, clean_report):
    batch = check(client, ("a.txt", clean_report))
    assert client.get(f"/check/{batch}/0/commented.docx").status_code == 404
    assert "commented.docx" not in client.get(f"/check/{batch}/0").text


@pytest.mark.parametrize("path", ["/check/none", "/check/none.json", "/check/none/0", "/check/none/findings.xlsx"])
def test_a_batch_that_is_not_there_says_so(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and "重新检查" in answer.text


def test_a_batch_can_be_let_go(client, check, clean_report):
    batch = check(client, ("a.txt", clean_report))
    assert client.change(f"/check/{batch}/forget").status_code == 200
    assert client.get(f"/check/{batch}").status_code == 404 and client.get(f"/check/{batch}/0").status_code == 404


def test_a_file_that_hangs_costs_that_file_alone(clean_report):
    workshop = Workshop(seconds=0.2)
    try:
        # A worker that takes longer to start than the task may take is one that hangs.
        slow = workshop.ask(Examine("a.txt", clean_report.encode()))
        assert isinstance(slow, Refused) and slow.failure.code == "timeout"
        workshop._seconds = None
        assert not isinstance(workshop.ask(Examine("a.txt", clean_report.encode())), Refused)
    finally:
        workshop.close()


def test_a_worker_that_dies_costs_that_file_alone(clean_report):
    workshop = Workshop()
    try:
        workshop.warm()
        workshop._process.kill()
        workshop._process.end()
        assert not isinstance(workshop.ask(Examine("a.txt", clean_report.encode())), Refused)
    finally:
        workshop.close()


def test_uploads_are_read_in_another_process(clean_report):
    """A worker whose reading is made to break does not break this process."""
    workshop = Workshop()
    try:
        answer = workshop.ask(Examine("a.pdf", b"%PDF-1.7\n" + b"\x00" * 2000))
        assert isinstance(answer, Refused) and answer.failure.code in ("damaged", "scanned")
        assert workshop._process.pid > 0 and workshop._process.lives
    finally:
        workshop.close()


def test_a_verdict_lasts_and_is_taken_back(client, check, faulty_report, verdicts_file):
    batch = check(client, ("a.txt", faulty_report))
    address = f"/check/{batch}/0"
    finding = client.get(f"{address}.json").json()["report"]["findings"][0]
    mark = client.get(f"/check/{batch}.json").json()["checked"]["reports"][0]["findings"][0]["mark"]
    assert client.change(f"{address}/verdicts", json={"mark": mark, "verdict": "dismissed"}).status_code == 422
    said = client.change(f"{address}/verdicts", json={"mark": mark, "verdict": "dismissed", "reason": "原件如此"})
    assert said.status_code == 201 and said.json()["told"] == "不成立（原件如此）"
    # Dropped again it is known; the list of what is to be settled leaves it out.
    again = check(client, ("b.txt", faulty_report))
    assert "不成立（原件如此）" in client.get(f"/check/{again}/0").text
    listed = shown(client.get(f"/check/{again}/findings.html").text)
    assert finding["message"].split("。")[0] not in listed and "1处不成立或已整改" in listed
    assert client.change(f"{address}/verdicts", json={"mark": mark, "verdict": "withdrawn"}).json()["told"] == ""
    assert "不成立（原件如此）" not in client.get(f"/check/{again}/0").text
    assert len(verdicts_file.read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("body", [{}, {"mark": "x", "verdict": "confirmed"}, {"mark": "x", "verdict": "maybe"}, [], 5])
def test_a_verdict_on_nothing_is_refused(client, check, faulty_report, body):
    batch = check(client, ("a.txt", faulty_report))
    assert client.change(f"/check/{batch}/0/verdicts", json=body).status_code in (404, 422)
