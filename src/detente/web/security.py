"""Who may ask, and what every answer says: plain ASGI around everything else.

Order of the checks: where the request believes to be (``Host``, ``Origin``), then the token, then
the size of the body. A page elsewhere on the web can make a browser send requests to 127.0.0.1; the
first check refuses them before anything is looked at, the second refuses programs on this machine
that were not given the address.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.web.pages import REFUSED_PAGE, TOKEN_PAGE

__all__ = ["MOST_BYTES", "POLICY", "TOO_LARGE", "Guard", "cookie_name"]

MOST_BYTES = 16 * 2**20
"""Largest body of a request."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'none'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""The Content-Security-Policy of every answer that does not bring a stricter one of its own."""

Headers = list[tuple[bytes, bytes]]


def cookie_name(port: int) -> str:
    """Return the name of the cookie: browsers keep cookies by host, not by port."""
    return f"detente_token_{port}"


class Guard:
    """Lets requests through that come from this workbench, and marks every answer.

    Args:
        app: what answers.
        token: what who asks must know.
        port: the port that is listened on.
        most_bytes: largest body of a request.
    """

    def __init__(self, app: ASGIApp, token: str, port: int, most_bytes: int = MOST_BYTES) -> None:
        self.app = app
        self.cookie = cookie_name(port)
        self._token = token.encode()
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}
        self._most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        marked = _marked(scope, send)
        headers = scope["headers"]
        if not self._at_home(headers):
            await _refuse(scope, marked, 403, REFUSED_PAGE, _FOREIGN)
            return
        if not self._known(scope, headers):
            if self._brings_token(scope):
                await self._welcome(scope, marked)
                return
            await _refuse(scope, marked, 401, TOKEN_PAGE, _NO_TOKEN)
            return
        if self._brings_token(scope) and not _api(scope):
            await self._welcome(scope, marked)
            return
        limited = _Limited(receive, self._most)
        if limited.declared(headers):
            await _refuse(scope, marked, 413, "", TOO_LARGE)
            return
        await self.app(scope, limited, marked)

    def _at_home(self, headers: Headers) -> bool:
        """Tell whether a request means this server, and comes from one of its own pages, if any."""
        hosts = _all(headers, b"host")
        origins = _all(headers, b"origin")
        return (
            len(hosts) == 1
            and hosts[0].lower() in self._hosts
            and all(origin.lower() in self._origins for origin in origins)
        )

    def _known(self, scope: Scope, headers: Headers) -> bool:
        for value in _all(headers, b"authorization"):
            kind, _, given = value.partition(" ")
            if kind.lower() == "bearer" and self._right(given.strip()):
                return True
        for value in _all(headers, b"cookie"):
            found = cookie_parser(value).get(self.cookie)
            if found is not None and self._right(found):
                return True
        return False

    def _right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token)

    def _brings_token(self, scope: Scope) -> bool:
        """Tell whether the address of a page carries the right token."""
        if scope["method"] != "GET" or _api(scope):
            return False
        return any(name == "token" and self._right(value) for name, value in _query(scope))

    async def _welcome(self, scope: Scope, send: Send) -> None:
        """Remember the token in a cookie and go on to the address without it."""
        rest = [(name, value) for name, value in _query(scope) if name != "token"]
        raw: bytes = scope.get("raw_path") or scope["path"].encode()
        path = "/" + raw.decode("ascii", "replace").lstrip("/\\")  # "//host" would lead elsewhere
        where = path + (f"?{QueryParams(rest)}" if rest else "")
        cookie = f"{self.cookie}={self._token.decode()}; Path=/; HttpOnly; SameSite=Strict"
        headers = [
            (b"location", where.encode("ascii", "replace")),
            (b"set-cookie", cookie.encode()),
            (b"cache-control", b"no-store"),
            (b"content-length", b"0"),
        ]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


_FOREIGN = {
    "what": "this request does not come from the workbench",
    "rule": "Host, and Origin if there is one, name 127.0.0.1 or localhost with the port",
    "next": "open the address that `detente serve` printed",
}
_NO_TOKEN = {
    "what": "the token is missing or wrong",
    "rule": "a token of this session comes with every request",
    "next": "open the address that `detente serve` printed, or send 'Authorization: Bearer TOKEN'",
}
TOO_LARGE = {
    "what": "the request is too large",
    "rule": f"a request has at most {MOST_BYTES // 2**20} MiB",
    "next": "read large files with `detente read FILE`; the workbench then shows them",
}


class _Limited:
    """Counts the bytes of a body as they come."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._seen = 0

    def declared(self, headers: Headers) -> bool:
        """Tell whether the request itself says that it is too large."""
        return any(
            not size.isdigit() or int(size) > self._most
            for size in _all(headers, b"content-length")
        )

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._most:
            raise HTTPException(413)  # the one kind that every layer lets through
        return message


def _api(scope: Scope) -> bool:
    return str(scope["path"]).startswith("/api/")


def _all(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]


def _query(scope: Scope) -> list[tuple[str, str]]:
    return QueryParams(scope["query_string"]).multi_items()


def _marked(scope: Scope, send: Send) -> Send:
    """Return a ``send`` that gives every answer the headers that it must have."""

    async def marking(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: Headers = list(message.get("headers", []))
            own = {name.lower() for name, _ in headers}
            for name, value in _due(_api(scope)):
                if name not in own:
                    headers.append((name, value))
            message = {**message, "headers": headers}
        await send(message)

    return marking


def _due(api: bool) -> Iterable[tuple[bytes, bytes]]:
    yield b"content-security-policy", POLICY.encode()
    yield b"x-content-type-options", b"nosniff"
    yield b"referrer-policy", b"no-referrer"
    yield b"x-frame-options", b"SAMEORIGIN" if api else b"DENY"
    yield b"cross-origin-resource-policy", b"same-origin"
    yield b"cross-origin-opener-policy", b"same-origin"
    yield b"cache-control", b"no-store" if api else b"no-cache"


async def _refuse(scope: Scope, send: Send, status: int, page: str, error: dict[str, str]) -> None:
    """Answer with a page, or under ``/api`` with an error."""
    if _api(scope) or not page:
        body, media = (
            json.dumps({"error": {"where": None, "excerpt": None, **error}}).encode(),
            "application/json",
        )
    else:
        body, media = page.encode(), "text/html; charset=utf-8"
    headers = [(b"content-type", media.encode()), (b"content-length", str(len(body)).encode())]
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
