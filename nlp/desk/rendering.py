"""Pages and their texts: templates, the language of a request, answers as HTML or JSON."""

from __future__ import annotations

import json
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec
from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from nlp.output.names import name_of
from nlp.output.numbers import plain
from nlp.version import __version__
from nlp.vocabulary.texts import LANGUAGES, catalogue, in_language, translator

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGE_COOKIE = "gongkai-language"
YEAR_SECONDS = 365 * 24 * 3600


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("nlp.desk", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    environment.filters["file_name"] = lambda path: PurePath(path).name
    return environment


def language_of_request(request: Request) -> str:
    """What the address asks for, else what was chosen before, else the language that the desk was started in."""
    for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if asked in LANGUAGES:
            return asked
    return str(request.app.state.language)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of the desk in the language of the request."""
    language = language_of_request(request)
    say = translator(language)
    values |= {
        "_": say,
        "name": lambda kind, key: say(name_of(kind, key)),
        "told": lambda message: in_language(message, language),
        "language": language,
        "path": request.url.path,
        "in_other": lambda other: _in_language(request, other),
        "csrf": request.app.state.passing.csrf,
        "version": __version__,
        "rooms": request.app.state.rooms,
        "script_texts": {} if language == "zh" else dict(catalogue(language)),
    }
    response = HTMLResponse(_environment().get_template(template).render(values), status_code=status)
    if request.query_params.get("lang") == language:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_SECONDS, httponly=True, samesite="strict")
    return response


def _in_language(request: Request, language: str) -> str:
    """The address of the same page in a language."""
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return f"{request.url.path}?{urlencode([*pairs, ('lang', language)])}"


def as_json(value: Any, *, status: int = 200) -> Response:
    """Records, dataclasses and plain values as JSON."""
    text = json.dumps(msgspec.to_builtins(value, str_keys=True), ensure_ascii=False, indent=1)
    return Response(text.encode("utf-8", "replace"), status_code=status, media_type="application/json; charset=utf-8")


def download(data: bytes, name: str, media_type: str) -> Response:
    """A file for the browser to keep, under a name of any script."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type=media_type, headers={"content-disposition": disposition})
