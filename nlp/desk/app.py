"""The application: its rooms, its files, and what the rooms share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path, PurePosixPath

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from nlp.checking.settings import Settings
from nlp.checking.verdicts import VerdictsWrong
from nlp.desk import browse, check, review
from nlp.desk.drafts import Drafts
from nlp.desk.guard import Guard, Pass
from nlp.desk.rendering import as_json, page
from nlp.desk.reviews import Reviews, ReviewsUnusable
from nlp.desk.views import Library
from nlp.desk.workshop import Workshop

VERDICTS = Path("gongkai-verdicts.jsonl")
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def make_app(
    passing: Pass,
    *,
    language: str = "zh",
    settings: Settings | None = None,
    library: Library | None = None,
    reviews: Reviews | None = None,
    verdicts: Path = VERDICTS,
) -> Guard:
    """The desk as an ASGI application, behind its guard.

    Parameters
    ----------
    passing : the secrets and hosts of this run
    language : of pages for a browser that has not chosen another
    settings : how strict the checks are
    library : the tags of a run to browse
    verdicts : the file of what people say of findings; made when somebody says something
    reviews : where what reviewers decide about these tags is kept
    """

    workshop, studio = Workshop(), Workshop()  # pictures of pages need not wait for a long reading

    def close() -> None:
        workshop.close()
        studio.close()

    @asynccontextmanager
    async def alive(app: FastAPI) -> AsyncIterator[None]:
        yield
        close()

    # No page of documentation: it would load scripts from elsewhere.
    app = FastAPI(title="Gongkai", docs_url=None, redoc_url=None, openapi_url=None, lifespan=alive)
    app.state.passing, app.state.language = passing, language
    app.state.studio = studio
    app.state.drafts = Drafts(workshop, settings or Settings())
    app.state.verdicts = verdicts
    app.state.rooms = ["check"]
    app.include_router(check.router)
    if library is not None:
        app.state.library = library
        app.state.rooms.append("browse")
        app.include_router(browse.router)
    if library is not None and reviews is not None:
        app.state.reviews = reviews
        app.state.rooms.append("review")
        app.include_router(review.router)
    app.add_api_route("/", _first_room)
    app.add_api_route("/assets/{name}", _asset)
    app.add_exception_handler(HTTPException, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(VerdictsWrong, _unusable)
    app.add_exception_handler(ReviewsUnusable, _unusable)
    app.add_exception_handler(404, _refused)  # type: ignore[arg-type]
    return Guard(app, passing, warm=workshop.warm, close=close)  # type: ignore[arg-type]


def _first_room(request: Request) -> Response:
    return RedirectResponse(f"/{request.app.state.rooms[0]}", status_code=303)


def _asset(name: str) -> Response:
    """A file of the desk's own; names are looked up in the list of them, never on the disk."""
    files = {file.name: file for file in resources.files("nlp.desk").joinpath("assets").iterdir()}
    if name not in files:
        raise HTTPException(404)
    return Response(files[name].read_bytes(), media_type=MEDIA_TYPES[PurePosixPath(name).suffix])


async def _unusable(request: Request, error: Exception) -> Response:
    return await _refused(request, HTTPException(503, str(error)))


async def _refused(request: Request, error: HTTPException) -> Response:
    """What cannot be shown, said on a page or as JSON."""
    if error.detail in ("Not Found", None):
        error.detail = "没有这个页面。 There is no such page."
    if request.url.path.endswith(".json") or request.method not in ("GET", "HEAD"):
        return as_json({"message": error.detail}, status=error.status_code)
    return page(request, "refused.html", status=error.status_code, message=error.detail)
