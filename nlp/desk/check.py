"""The room 检查: drafts are dropped, and what does not add up in them is shown beside the place where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any

import msgspec
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from nlp.checking.findings import Checked, Finding
from nlp.checking.verdicts import (
    Kind,
    Verdicts,
    VerdictsWrong,
    add_verdict,
    read_verdicts,
    verdict_on,
    with_verdicts,
    without_closed,
)
from nlp.desk.draft_view import blocks_of, grids_of, grouped, in_order, marks_of, sheets_of
from nlp.desk.drafts import Batch, Draft, Drafts
from nlp.desk.messages import Annotate, Draw, Made, Note, Refused
from nlp.desk.rendering import as_json, download, language_of_request, page
from nlp.output.failures import failure_told
from nlp.output.findings import findings_page, findings_workbook, law_of, standing_told
from nlp.reading.documents import WORD
from nlp.reading.files import MAX_FILE_BYTES
from nlp.vocabulary.texts import in_language, translator

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_NAME_CHARS = 200

router = APIRouter()


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page sends: a verdict on the finding with a mark."""

    mark: str
    verdict: Kind
    reason: str = ""
    by: str = ""


def _drafts(request: Request) -> Drafts:
    drafts: Drafts = request.app.state.drafts
    return drafts


def _batch(request: Request, batch_id: str) -> Batch:
    batch = _drafts(request).get(batch_id)
    if batch is None:
        raise HTTPException(404, "这批文件已不在内存中，请重新检查。 These files are no longer held; drop them again.")
    return batch


def _draft(request: Request, batch_id: str, number: int) -> tuple[Batch, Draft]:
    batch = _batch(request, batch_id)
    if not 0 <= number < len(batch.drafts):
        raise HTTPException(404, "没有这份报告。 There is no such report.")
    return batch, batch.drafts[number]


def _judged(request: Request, batch: Batch) -> Checked:
    """The findings of a batch with what people said of them."""
    return with_verdicts(batch.checked(), Verdicts.of(read_verdicts(request.app.state.verdicts)))


@router.get("/check")
def start(request: Request) -> Response:
    """Where files are dropped, with the batches that are still held."""
    return page(request, "check.html", batches=_drafts(request).all(), limit=MAX_FILE_BYTES // 2**20)


@router.post("/check/batches")
def new_batch(request: Request) -> Response:
    """A new batch; its id comes back."""
    return as_json({"batch": _drafts(request).new().id}, status=201)


@router.post("/check/{batch_id}/files")
async def add_file(request: Request, batch_id: str, name: str) -> Response:
    """Read the body as a file. ``name`` is shown and tells the format in doubt; it never becomes a path."""
    batch = _batch(request, batch_id)
    shown = PurePath(name.replace("\\", "/")).name[:MAX_NAME_CHARS] or "report"
    _drafts(request).add(batch, shown, await request.body())
    return as_json({"waiting": batch.waiting}, status=202)


@router.post("/check/{batch_id}/close")
def close_batch(request: Request, batch_id: str) -> Response:
    """No more files come."""
    batch = _batch(request, batch_id)
    _drafts(request).close(batch)
    return as_json(_state(batch))


@router.post("/check/{batch_id}/forget")
def forget(request: Request, batch_id: str) -> Response:
    """Let the files and everything found in them go."""
    _drafts(request).forget(batch_id)
    return as_json({})


@router.get("/check/{batch_id}/findings.xlsx")
def list_as_workbook(request: Request, batch_id: str) -> Response:
    """The list of what is to be settled, as a workbook."""
    language = language_of_request(request)
    data = findings_workbook(without_closed(_judged(request, _batch(request, batch_id))), language=language)
    return download(data, translator(language)("整改清单") + ".xlsx", XLSX)


@router.get("/check/{batch_id}/findings.html")
def list_as_page(request: Request, batch_id: str) -> Response:
    """The list of what is to be settled, to be printed."""
    language = language_of_request(request)
    text = findings_page(without_closed(_judged(request, _batch(request, batch_id))), language)
    return download(
        text.encode("utf-8", "replace"), translator(language)("整改清单") + ".html", "text/html; charset=utf-8"
    )


@router.get("/check/{batch_id}.json")
def batch_as_json(request: Request, batch_id: str) -> Response:
    """How far the reading is, and the findings so far."""
    batch = _batch(request, batch_id)
    return as_json(_state(batch) | {"checked": _judged(request, batch).to_dict() if batch.done else None})


@router.get("/check/{batch_id}")
def batch_page(request: Request, batch_id: str) -> Response:
    """The reports of a batch with what was found in each."""
    return page(request, "batch.html", batch=_batch(request, batch_id))


@router.get("/check/{batch_id}/{number}.json")
def draft_as_json(request: Request, batch_id: str, number: int) -> Response:
    """One report: its findings and everything that it says."""
    _, draft = _draft(request, batch_id, number)
    return as_json({"name": draft.name, "report": draft.report, "analysis": draft.analysis, "failure": draft.failure})


@router.get("/check/{batch_id}/{number}")
def draft_page(request: Request, batch_id: str, number: int) -> Response:
    """One report with its findings marked, and the list of them beside it."""
    batch, draft = _draft(request, batch_id, number)
    if draft.report is None or draft.examined is None or draft.analysis is None:
        return page(request, "unread.html", batch=batch, draft=draft, failure_told=failure_told)
    standings = Verdicts.of(read_verdicts(request.app.state.verdicts)).standings(draft.report)
    pairs = zip(draft.report.findings, standings, strict=True)
    findings = in_order([replace(finding, standing=standing) for finding, standing in pairs])
    marks = marks_of(findings)
    return page(
        request, "draft.html", batch=batch, number=number, draft=draft, report=draft.report, analysis=draft.analysis,
        groups=grouped(findings), blocks=blocks_of(draft.analysis, marks), grids=grids_of(draft.analysis, marks),
        law_of=law_of, standing_told=standing_told, verdicts_file=request.app.state.verdicts.name, pages=sheets_of(draft.analysis, marks, draft.examined.heights), commented=draft.analysis.source.media_type == WORD,
    )  # fmt: skip


@router.post("/check/{batch_id}/{number}/verdicts")
async def say(request: Request, batch_id: str, number: int) -> Response:
    """Write a verdict on a finding of a report into the file of verdicts; what stands of the finding comes back."""
    _, draft = _draft(request, batch_id, number)
    try:
        said = msgspec.json.decode(await request.body(), type=Said)
    except msgspec.MsgspecError as error:
        raise HTTPException(422, f"请求有误，请刷新页面。 The request is wrong ({error}).") from None
    report = draft.report
    finding = next((f for f in report.findings if f.mark == said.mark), None) if report else None
    if report is None or finding is None:
        raise HTTPException(404, "没有这个问题，请刷新页面。 There is no such finding; load the page again.")
    path = request.app.state.verdicts
    try:
        add_verdict(path, verdict_on(report, finding, said.verdict, reason=said.reason, by=said.by))
        standing = Verdicts.of(read_verdicts(path)).standings(report)[report.findings.index(finding)]
    except VerdictsWrong as error:
        raise HTTPException(422, str(error)) from None
    except OSError as error:
        raise HTTPException(
            503, f"结论没有写入（{error.strerror}）。 The verdict could not be written ({path.name})."
        ) from None
    return as_json({"standing": standing, "told": standing_told(standing, language_of_request(request))}, status=201)


@router.get("/check/{batch_id}/{number}/pages/{page_number}.png")
def page_picture(request: Request, batch_id: str, number: int, page_number: int) -> Response:
    """A page of a PDF or picture as it looks."""
    _, draft = _draft(request, batch_id, number)
    reply = request.app.state.studio.ask(Draw(draft.name, draft.data, page_number))
    if not isinstance(reply, Made):
        raise HTTPException(404, "没有这一页。 There is no such page.")
    return Response(reply.data, media_type="image/png")


@router.get("/check/{batch_id}/{number}/commented.docx")
def commented(request: Request, batch_id: str, number: int) -> Response:
    """The Word document as it was dropped, with a comment at the place of each finding."""
    _, draft = _draft(request, batch_id, number)
    if draft.report is None or draft.analysis is None or draft.analysis.source.media_type != WORD:
        raise HTTPException(404, "只有 .docx 文件可以加批注。 Only .docx files can get comments.")
    language = language_of_request(request)
    notes = tuple(
        Note(_comment(finding, language), tuple((quote.start, quote.end) for quote in finding.quotes))
        for finding in draft.report.findings
    )
    reply = request.app.state.studio.ask(Annotate(draft.name, draft.data, notes))
    if isinstance(reply, Refused):
        raise HTTPException(422, " ".join(failure_told(reply.failure, language)))
    assert isinstance(reply, Made)
    return download(reply.data, f"{PurePath(draft.name).stem}-{translator(language)('批注')}.docx", WORD)


def _comment(finding: Finding, language: str) -> str:
    """What a comment says: the finding, what was expected, what prescribes it."""
    say = translator(language)
    lines = [in_language(finding.message, language)]
    if finding.expected and finding.found:
        lines.append(f"{say('应为')} {finding.expected}  {say('实为')} {finding.found}")
    if law := law_of(finding.code):
        lines.append(f"{say('依据')} {law}")
    return "\n".join(lines)


def _state(batch: Batch) -> dict[str, Any]:
    return {"batch": batch.id, "read": len(batch.drafts), "waiting": batch.waiting, "done": batch.done}
