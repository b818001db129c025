"""Who may ask, and what every answer says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from workbench import CASE, HOME, PORT, TOKEN, Bench

from detente.web.security import MOST_BYTES, POLICY, Guard

FOREIGN = [
    "evil.example",
    f"evil.example:{PORT}",
    "127.0.0.1",
    "127.0.0.1:80",
    f"127.0.0.1.evil.example:{PORT}",
    f"localhost.:{PORT}",
    f"0.0.0.0:{PORT}",
    "",
]


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/api/desk", "/assets/app.js"])
def test_foreign_host_is_refused_even_with_the_token(
    bench: Bench, host: str, method: str, path: str
) -> None:
    answer = bench.client.request(method, path, headers={"Host": host})
    assert answer.status_code == 403
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}"])
def test_own_host_is_let_in(bench: Bench, host: str) -> None:
    assert bench.client.get("/api/desk", headers={"Host": host}).status_code == 200


ORIGINS = [
    "null",
    "https://evil.example",
    f"https://127.0.0.1:{PORT}",
    "http://127.0.0.1:9999",
    f"http://127.0.0.1:{PORT}.evil.example",
    "file://",
    "",
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_foreign_origin_is_refused_on_get_and_post(bench: Bench, origin: str) -> None:
    headers = {"Origin": origin}
    assert bench.client.get("/api/cases", headers=headers).status_code == 403
    before = bench.get("cases")["count"]
    answer = bench.client.post("/api/cases", json={"text": CASE}, headers=headers)
    assert answer.status_code == 403
    assert bench.get("cases")["count"] == before


def test_own_origin_is_let_in(bench: Bench) -> None:
    for origin in (HOME, f"http://localhost:{PORT}"):
        assert bench.client.get("/api/desk", headers={"Origin": origin}).status_code == 200


def test_foreign_host_is_refused_before_the_token_is_looked_at(bench: Bench) -> None:
    stranger = bench.another(headers={})
    answer = stranger.get(f"/?token={TOKEN}", headers={"Host": "evil.example"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_two_hosts_are_refused(bench: Bench) -> None:
    headers = [("Host", f"127.0.0.1:{PORT}"), ("Host", "evil.example")]
    scope_hosts = [(name.lower().encode(), value.encode()) for name, value in headers]
    sent = _ask(bench.guard, scope_hosts)
    assert sent[0]["status"] == 403


def _ask(guard: Guard, headers: list[tuple[bytes, bytes]], **more: Any) -> list[Any]:
    """Send a request as a server would hand it over."""
    import asyncio

    sent: list[Any] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": headers,
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", PORT),
        **more,
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(guard(scope, receive, send))
    return sent


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Cookie": "detente_token_8765=wrong"},
        {"Cookie": f"detente_token_9999={TOKEN}"},
        {"Cookie": "=;=;\x7f"},
    ],
)
def test_missing_or_wrong_token_is_refused(bench: Bench, headers: dict[str, str]) -> None:
    stranger = bench.another(headers=headers)
    answer = stranger.get("/api/desk")
    assert answer.status_code == 401
    assert "token" in answer.json()["error"]["what"]
    page = stranger.get("/")
    assert page.status_code == 401
    assert "detente serve" in page.text
    assert TOKEN not in page.text
    assert stranger.get("/assets/app.js").status_code == 401
    assert stranger.get("/api/openapi.json").status_code == 401


def test_token_in_the_address_does_not_open_the_api(bench: Bench) -> None:
    """Addresses end up in logs and histories; programs send a header."""
    assert bench.another(headers={}).get(f"/api/desk?token={TOKEN}").status_code == 401


def test_page_with_the_token_sets_a_cookie_and_hides_the_token(bench: Bench) -> None:
    browser = bench.another(headers={})
    answer = browser.get(f"/cases/c1?token={TOKEN}&state=01")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/cases/c1?state=01"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"detente_token_{PORT}={TOKEN};")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert browser.get("/cases/c1?state=01").status_code == 200
    assert browser.get("/api/desk").status_code == 200


def test_wrong_token_in_the_address_sets_no_cookie(bench: Bench) -> None:
    answer = bench.another(headers={}).get("/?token=wrong")
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "///evil.example/x"])
def test_redirect_stays_at_home(bench: Bench, path: str) -> None:
    host = [(b"host", f"127.0.0.1:{PORT}".encode())]
    query = f"token={TOKEN}".encode()
    sent = _ask(bench.guard, host, path=path, raw_path=path.encode(), query_string=query)
    assert sent[0]["status"] == 303
    where = dict(sent[0]["headers"])[b"location"].decode()
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))


ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/assets/app.js", 200),
    ("GET", "/assets/none.js", 404),
    ("GET", "/favicon.svg", 200),
    ("GET", "/api/desk", 200),
    ("GET", "/api/none", 404),
    ("GET", "/api/cases/c99", 404),
    ("GET", "/api/documents/x", 422),
    ("DELETE", "/api/desk", 405),
    ("GET", "/api/statements?state=odd", 400),
    ("GET", "/api/openapi.json", 200),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_has_the_headers(bench: Bench, method: str, path: str, status: int) -> None:
    answer = bench.client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    expected = "no-store" if path.startswith("/api") else "no-cache"
    assert answer.headers["cache-control"] == expected
    assert "access-control-allow-origin" not in answer.headers
    if path.startswith("/api") and status >= 400:
        assert answer.json()["error"]["what"]


def test_fault_has_the_headers_and_no_traceback(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("detente.web.routes.desk.overview", broken)
    client = TestClient(
        bench.guard,
        base_url=HOME,
        headers={"Authorization": f"Bearer {TOKEN}"},
        raise_server_exceptions=False,
    )
    answer = client.get("/api/desk")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "RuntimeError" in answer.json()["error"]["what"]
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text


def test_policy_allows_no_inline_script_and_no_other_host() -> None:
    rules = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets//etc/passwd",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..\\..\\secret.txt",
        "/assets/%00",
        "/favicon.svg%00.html",
    ],
)
def test_static_gives_nothing_outside_its_folder(bench: Bench, path: str) -> None:
    answer = bench.client.get(path)
    assert "not for the web" not in answer.text
    assert "root:" not in answer.text
    assert answer.status_code in (200, 400, 404)
    if answer.status_code == 200:  # a screen's address, not a file
        assert "<title>bench</title>" in answer.text


def test_link_out_of_the_static_folder_is_not_followed(bench: Bench, static: Path) -> None:
    (static / "assets" / "link.txt").symlink_to(static.parent / "secret.txt")
    assert bench.client.get("/assets/link.txt").status_code == 404


def test_body_that_says_it_is_too_large_is_refused_unread(bench: Bench) -> None:
    answer = bench.client.post("/api/cases", content=b"x" * (MOST_BYTES + 1))
    assert answer.status_code == 413
    assert "too large" in answer.json()["error"]["what"]


@pytest.mark.parametrize("path", ["/api/cases", "/api/documents/file?name=a.txt"])
def test_body_of_unknown_length_is_cut_off(bench: Bench, path: str) -> None:
    piece = b"x" * (1 << 20)
    answer = bench.client.post(path, content=(piece for _ in range(18)))
    assert answer.status_code == 413
    assert bench.get("desk")["jobs"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"text": ' + b'{"a":' * 50_000,
        b"null",
        b'{"text": 1e999}',
        b'{"text": NaN}',
    ],
)
def test_strange_json_is_refused_with_one_message(bench: Bench, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = bench.client.post("/api/cases", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["what"]


def test_null_bytes_and_half_surrogates_are_refused(bench: Bench) -> None:
    headers = {"Content-Type": "application/json"}
    for text in ("a\\u0000b", "\\ud800"):
        body = f'{{"name": "{text}", "shipped": "us-taliban-2019/two-step"}}'.encode()
        answer = bench.client.post("/api/cases", content=body, headers=headers)
        assert answer.status_code == 422
    assert bench.client.get("/api/cases/c1%00").status_code == 404
    assert bench.client.get("/api/statements?search=%00").status_code == 400


def test_answer_to_a_wrong_shape_does_not_repeat_what_was_sent(bench: Bench) -> None:
    answer = bench.client.post("/api/cases", json={"text": 5, "<script>": "x" * 50})
    assert answer.status_code == 422
    assert "xxxx" not in answer.text


def test_pages_of_fastapi_are_off(bench: Bench) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        answer = bench.client.get(path)
        assert "swagger" not in answer.text.lower()
        assert "redoc" not in answer.text.lower()


def test_article_with_html_comes_as_text_in_json(bench: Bench) -> None:
    text = "Ruritania demands <script>alert(1)</script> that Graustark withdraw its troops.\n"
    job = bench.post("documents", {"name": "<b>x</b>.html", "text": text}, 202)
    num = bench.finish(job)["result"]["documents"][0]["num"]
    answer = bench.client.get(f"/api/documents/{num}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["text"] == text


def test_drawing_has_a_policy_without_script(bench: Bench) -> None:
    case = bench.keep()
    answer = bench.client.get(f"/api/cases/{case['id']}/map.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "<script" not in answer.text
