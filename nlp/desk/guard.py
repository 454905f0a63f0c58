"""Who may speak to the desk: this machine's browser, with the token of the first address, and pages of the desk itself."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD"})
MAX_BODY_BYTES = 64 * 2**20 + 2**16  # the largest file that is read
TOKEN = "token"
CSRF_HEADER = b"x-csrf-token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True, slots=True)
class Pass:
    """The secrets of one run of the desk: ``token`` opens it, ``csrf`` proves that a change was asked for by its pages."""

    port: int
    hosts: frozenset[str] = LOOPBACK
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The name of the cookie: cookies are shared by all ports of a machine."""
        return f"gongkai-{self.port}"

    def address(self, host: str = "127.0.0.1", path: str = "/") -> str:
        """The first address, which lets a browser in."""
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self.port}{path}?{urlencode({TOKEN: self.token})}"


class Guard:
    """Lets through what may speak to the desk, and puts the headers on every answer that keep its pages apart.

    Refused are: another ``Host`` than this machine (a page elsewhere that has its name point here), a request without the
    token, a change whose ``Origin`` is not the desk or that lacks the token of its pages, a body larger than any report.
    """

    def __init__(self, app: App, passing: Pass, *, warm: Callable[[], None], close: Callable[[], None]) -> None:
        self._app, self._pass, self.warm, self.close = app, passing, warm, close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # web sockets are not spoken
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in HEADERS if pair[0] not in given)]
            await send(message)

        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), value)
        refused = self._refused(scope, headers)
        if refused is not None:
            await _answer(guarded, *refused)
        elif self._is_first(scope):
            await _let_in(guarded, scope, self._pass)
        elif not self._has_token(headers):
            await _answer(
                guarded, 403, "请用 gongkai desk 显示的地址打开。 Open the address that gongkai desk printed."
            )
        else:
            await self._app(scope, _limited(receive), guarded)

    def _refused(self, scope: Scope, headers: dict[bytes, bytes]) -> tuple[int, str] | None:
        printed = headers.get(b"host", b"").decode("latin-1")
        try:
            host = urlsplit("//" + printed)
            named, port = host.hostname or "", host.port
        except ValueError:  # no host at all
            named, port = "", None
        if named not in self._pass.hosts or port != self._pass.port:
            return 421, "此地址不提供服务。 This host is not served."
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return 413, "文件太大。 The file is too large."
        if scope["method"] in SAFE_METHODS:
            return None
        if headers.get(b"origin", b"").decode("latin-1") != f"http://{printed}":
            return 403, "请求不是本页发出的。 The request does not come from the desk."
        if not hmac.compare_digest(headers.get(CSRF_HEADER, b""), self._pass.csrf.encode()):
            return 403, "页面已过期，请刷新。 The page has expired; load it again."
        return None

    def _is_first(self, scope: Scope) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get(TOKEN, [""])[0]
        return scope["method"] in SAFE_METHODS and hmac.compare_digest(given.encode(), self._pass.token.encode())

    def _has_token(self, headers: dict[bytes, bytes]) -> bool:
        try:
            morsel = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(self._pass.cookie)
        except CookieError:
            return False
        return morsel is not None and hmac.compare_digest(morsel.value.encode(), self._pass.token.encode())


async def _let_in(send: Send, scope: Scope, passing: Pass) -> None:
    """The token goes from the address, where it would be seen, into a cookie that no script can read."""
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    query.pop(TOKEN, None)
    path = b"/" + bytes(scope.get("raw_path") or b"/").lstrip(b"/\\")  # never //elsewhere
    where = path + (b"?" + urlencode(query, doseq=True).encode() if query else b"")
    cookie = f"{passing.cookie}={passing.token}; Path=/; HttpOnly; SameSite=Strict"
    headers = [(b"location", where), (b"set-cookie", cookie.encode())]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


def _limited(receive: Receive) -> Receive:
    """The body of a request, cut off as if the client had gone when it is longer than it may be."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > MAX_BODY_BYTES else message

    return limited
