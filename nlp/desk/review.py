"""The room 复核: a queue of statements worked by keyboard, every decision committed as it is made."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

import msgspec
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from nlp.desk.agreement import agreement
from nlp.desk.queue import least_certain
from nlp.desk.rendering import as_json, download, page
from nlp.desk.reviewed import as_csv, as_jsonl, examples, sheet_of
from nlp.desk.reviews import ARBITER, Decision, Reviews, ReviewsUnusable, Unit
from nlp.desk.views import Library
from nlp.output.names import names

ANNOTATOR_COOKIE = "gongkai-annotator"
YEAR_SECONDS = 365 * 24 * 3600
# One key for each label, in the order of the taxonomy; s, m, n and z do other things.
LABEL_KEYS = "qwertyuiopadfghjkl"
MAX_QUEUE = 5_000
CSV, JSONL = "text/csv; charset=utf-8", "application/jsonl; charset=utf-8"

router = APIRouter()


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page sends: a decision of somebody about a statement."""

    annotator: str
    decision: Decision


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many of the least certain statements to put into the queue."""

    n: int


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose decision to take back, or which one to take over."""

    annotator: str


def _reviews(request: Request) -> Reviews:
    reviews: Reviews = request.app.state.reviews
    return reviews


def _unit(request: Request, unit_id: int) -> Unit:
    for unit in _reviews(request).units():
        if unit.id == unit_id:
            return unit
    raise HTTPException(404, "没有这条陈述。 There is no such statement.")


async def _body(request: Request, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except msgspec.DecodeError as error:
        raise HTTPException(422, f"请求有误，请刷新页面。 The request is wrong ({error}).") from None


@router.get("/review")
def start(request: Request) -> Response:
    """Where a reviewer gives a name, or the queue of one who has."""
    annotator = request.query_params.get("annotator", "").strip() or unquote(request.cookies.get(ANNOTATOR_COOKIE, ""))
    reviews = _reviews(request)
    units = reviews.units()
    if not annotator or not units or "who" in request.query_params:
        return page(
            request, "reviewers.html", progress=reviews.progress(), units=len(units), annotator=annotator,
            blind=reviews.blind, file=reviews.path.name,
        )  # fmt: skip
    if "annotator" in request.query_params:
        answer = RedirectResponse("/review", status_code=303)
        answer.set_cookie(ANNOTATOR_COOKIE, quote(annotator), max_age=YEAR_SECONDS, httponly=True, samesite="strict")
        return answer
    return page(request, "review.html", annotator=annotator, setup=_setup(request), arbiter=ARBITER)


def _setup(request: Request) -> dict[str, Any]:
    """What the page's script must know: roles and labels with their keys."""
    library: Library = request.app.state.library
    schemes: dict[str, list[dict[str, str]]] = {}
    for label in library.tags.labels:
        mine = schemes.setdefault(label.scheme, [])
        key = LABEL_KEYS[len(mine)] if len(mine) < len(LABEL_KEYS) else ""
        mine.append({"key": label.key, "name": names("labels").get(label.key, label.zh or label.key), "press": key})
    return {"roles": [{"key": key, "name": zh} for key, zh in names("roles").items()], "labels": schemes}


@router.get("/review/queue.json")
def queue(request: Request, annotator: str) -> Response:
    """The statements of an annotator in order, and which of them are finished."""
    reviews = _reviews(request)
    decisions = reviews.decisions(annotator)
    return as_json({
        "units": [
            {"id": unit.id, "done": bool((d := decisions.get(unit.id, {}).get(annotator)) and d.done)}
            for unit in reviews.units(annotator)
        ]
    })  # fmt: skip


@router.get("/review/units/{unit_id}.json")
def unit_as_json(request: Request, unit_id: int, annotator: str) -> Response:
    """A statement with the annotator's own decision: never another's, and of a blind queue not the model's."""
    reviews, unit = _reviews(request), _unit(request, unit_id)
    shown = unit.shown
    if reviews.blind:
        shown = msgspec.structs.replace(shown, role=None, labels=())
    decision = reviews.decisions(annotator).get(unit.id, {}).get(annotator)
    return as_json({"id": unit.id, "shown": shown, "decision": decision})


@router.post("/review/units/{unit_id}")
async def decide(request: Request, unit_id: int) -> Response:
    """Commit a decision."""
    decided: Decided = await _body(request, Decided)
    try:
        _reviews(request).decide(_unit(request, unit_id), decided.annotator, decided.decision)
    except ReviewsUnusable as error:
        raise HTTPException(422, str(error)) from None
    return as_json({"kept": True}, status=201)


@router.post("/review/undo")
async def undo(request: Request) -> Response:
    """Take back the last decision of an annotator; its statement comes back."""
    who: Who = await _body(request, Who)
    return as_json({"unit": _reviews(request).undo(who.annotator)})


@router.post("/review/queue")
async def fill_queue(request: Request) -> Response:
    """Put the least certain statements into the queue."""
    asked: Asked = await _body(request, Asked)
    if not 1 <= asked.n <= MAX_QUEUE:
        raise HTTPException(422, f"请填1至{MAX_QUEUE}。 Give a number from 1 to {MAX_QUEUE}.")
    return as_json({"added": _reviews(request).add(least_certain(request.app.state.library, asked.n))}, status=201)


@router.get("/review/progress.json")
def progress_as_json(request: Request) -> Response:
    """How far everybody is, and how far they agree."""
    reviews = _reviews(request)
    return as_json(
        {"progress": reviews.progress(), "agreement": agreement(reviews), "conflicts": len(reviews.conflicts())}
    )


@router.get("/review/progress")
def progress(request: Request) -> Response:
    """How far everybody is, how far they agree, and where they do not."""
    reviews = _reviews(request)
    return page(
        request, "progress.html", progress=reviews.progress(), agreement=agreement(reviews), conflicts=reviews.conflicts(),
        settled=len(examples(reviews)), sampled=any(unit.sample_id for unit in reviews.units()), role_names=names("roles"),
        label_names=names("labels"),
    )  # fmt: skip


@router.post("/review/units/{unit_id}/settle")
async def settle(request: Request, unit_id: int) -> Response:
    """Decide between reviewers: one of their decisions is taken over."""
    who: Who = await _body(request, Who)
    reviews, unit = _reviews(request), _unit(request, unit_id)
    chosen = reviews.decisions(who.annotator).get(unit.id, {}).get(who.annotator)
    if chosen is None:
        raise HTTPException(404, "没有这个结论。 There is no such decision.")
    reviews.decide(unit, ARBITER, chosen)
    return as_json({"kept": True}, status=201)


@router.get("/review/corpus.csv")
def corpus_as_csv(request: Request) -> Response:
    """What is settled as a corpus, CSV."""
    return download(as_csv(examples(_reviews(request))).encode("utf-8", "replace"), "corpus.csv", CSV)


@router.get("/review/corpus.jsonl")
def corpus_as_jsonl(request: Request) -> Response:
    """What is settled as a corpus, JSON Lines."""
    return download(as_jsonl(examples(_reviews(request))).encode("utf-8", "replace"), "corpus.jsonl", JSONL)


@router.get("/review/sheet.csv")
def filled_sheet(request: Request, annotator: str) -> Response:
    """The sheet of the sample as an annotator filled it in."""
    return download(sheet_of(_reviews(request), annotator).encode("utf-8", "replace"), f"sample-{annotator}.csv", CSV)
