"""Web pages, from a server on this machine."""

from __future__ import annotations

import gzip
import http.client
import socket
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from sources.helpers import BODY, QUICK, Site, article, pdf

from detente.sources import SourceOptions
from detente.version import __version__

PUBLIC = replace(QUICK, private_hosts=frozenset())
PAGE = article(BODY).encode()


def test_page_is_fetched_read_and_named_by_its_address(read, site: Site) -> None:
    url = site.page("/news/1?x=ä b".replace(" ", "%20").replace("ä", "%C3%A4"), PAGE)
    got = read(url + "#part").text
    assert (got.name, got.origin) == (url + "#part", url)
    assert (got.media, got.title, got.date) == (
        "text/html; extracted",
        "Toll talks stall",
        "2021-03-04",
    )
    assert got.text.endswith("carry a new proposal to both.")
    assert site.agents == {f"Detente/{__version__}"}
    assert site.asked[0] == "/robots.txt"


@pytest.mark.parametrize(
    ("path", "body", "media", "kind"),
    [
        ("/a", PAGE, None, "text/html; extracted"),
        ("/a", PAGE, "image/png", "text/html; extracted"),
        ("/a", PAGE, "text/plain", "text/html; extracted"),
        ("/a", PAGE, "application/octet-stream", "text/html; extracted"),
        ("/a", pdf(["Ruritania said no."]), "text/html", "application/pdf; extracted"),
        ("/a.txt", b"Ruritania said no.", "text/plain", "text/plain"),
        ("/a", b"Ruritania said no.", "application/octet-stream", "text/plain"),
        ("/a", b"Ruritania said no.", "nonsense", "text/plain"),
        ("/a", gzip.compress(b"Ruritania said no."), "application/gzip", "text/plain"),
        ("/d", b'{"text": "no"}\n', "application/x-ndjson", "application/jsonl; extracted"),
        ("/d.jsonl", b'{"text": "no"}\n', "text/plain", "application/jsonl; extracted"),
    ],
)
def test_content_decides_where_the_type_is_wrong(
    read, site: Site, path: str, body: bytes, media: str | None, kind: str
) -> None:
    assert read(site.page(path, body, media)).text.media == kind


@pytest.mark.parametrize(
    ("body", "media", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0", "text/html", "this is a picture (PNG)"),
        (b"some pixels", "image/x-odd", "this is 'image/x-odd'"),
        (b'{"a": 1}', "application/json", "this is JSON"),
        (b"\0\1\2\3", "text/plain", "this is binary, not text (byte 0 is 0x00)"),
        (b"", "text/html", "this is empty"),
        (b"caf\xe9", "text/plain", "this is not UTF-8 text (byte 3, in line 1, is 0xe9)"),
    ],
)
def test_what_is_no_text_is_refused(read, site: Site, body: bytes, media: str, what: str) -> None:
    url = site.page("/a", body, media)
    problem = read(url).problem
    assert problem.what == what
    assert str(problem).startswith(f"{url}: ")


def test_encoding_that_the_server_declares(read, site: Site) -> None:
    got = read(site.page("/a", b"caf\xe9", "text/plain; charset=iso-8859-1")).text
    assert got.text == "café"
    assert (got.note or "").startswith("decoded as iso-8859-1, as the server declared")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_status_is_told(read, site: Site, status: int) -> None:
    problem = read(site.page("/a", b"oops", status=status)).problem
    reason = http.client.responses[status]
    assert problem.what == f"the server answered {status} {reason}"
    assert problem.hint


# robots.txt


def test_robots_txt_is_honoured(read, site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /private\n", "text/plain")
    denied, allowed = site.page("/private/1", PAGE), site.page("/public", PAGE)
    got = read(denied, allowed)
    assert got.names == [allowed]
    (problem,) = got.problems
    assert problem.what == "robots.txt of '127.0.0.1' forbids programs to read '/private/1'"
    assert problem.rule == "robots.txt is honoured"
    assert site.asked == ["/robots.txt", "/public"]


@pytest.mark.parametrize(
    ("status", "reads"), [(404, True), (403, True), (429, False), (500, False)]
)
def test_robots_txt_that_cannot_be_read(read, site: Site, status: int, reads: bool) -> None:
    site.page("/robots.txt", b"", status=status)
    got = read(site.page("/a", PAGE))
    assert bool(got.texts) is reads
    if not reads:
        assert "/robots.txt cannot be read just now" in got.problem.what
        assert "/a" not in site.asked


def test_robots_txt_may_be_elsewhere_or_endless(read, site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"User-agent: *\nDisallow: /a\n")
        while not site.over.is_set():
            handler.wfile.write(b"# and so on\n" * 1000)

    site.route("/rules", endless)
    site.redirect("/robots.txt", "/rules")
    assert "forbids programs" in read(site.page("/a", PAGE)).problem.what


def test_requests_to_one_host_keep_their_distance(read, site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    started = time.monotonic()
    got = read(site.page("/a", PAGE), site.page("/b", PAGE), site.page("/c", PAGE))
    assert len(got.texts) == 3
    assert 0.6 <= time.monotonic() - started < 3


# redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_followed_and_said(read, site: Site, status: int) -> None:
    end = site.page("/end", PAGE)
    got = read(site.redirect("/start", "/end", status)).text
    assert (got.name, got.origin) == (f"{site.url}/start", end)
    assert (got.note or "").startswith(f"redirected to {end}")


def test_redirect_to_a_private_address_is_refused(read, site: Site) -> None:
    for place in (
        f"http://localhost:{site.port}/secret",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
    ):
        site.page("/secret", PAGE)
        problem = read(site.redirect("/start", place)).problem
        assert "is not a public address" in problem.what
        assert problem.rule == "only public addresses are fetched"
    assert "/secret" not in site.asked


def test_redirect_to_a_forbidden_page_is_refused(read, site: Site) -> None:
    site.page("/robots.txt", b"User-agent: detente\nDisallow: /end\n", "text/plain")
    site.page("/end", PAGE)
    assert "forbids programs to read '/end'" in read(site.redirect("/a", "/end")).problem.what


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("file:///etc/hosts", "the server redirects to 'file:///etc/hosts'"),
        ("ftp://example.org/", "the server redirects to 'ftp://example.org/'"),
        ("http://user:pw@example.org/", "the server redirects to"),
        ("http://[broken/", "the server redirects to no address"),
        ("", "the server redirects to nowhere"),
        ("/circle", "the page redirects more than 5 times"),
    ],
)
def test_bad_redirects(read, site: Site, to: str, what: str) -> None:
    assert read(site.redirect("/circle", to)).problem.what.startswith(what)


# addresses


def test_private_addresses_are_refused_unless_named(read, site: Site) -> None:
    problem = read(site.page("/a", PAGE), options=PUBLIC).problem
    assert problem.what == "'127.0.0.1' is not a public address"
    assert site.asked == []


def test_host_with_one_private_address_is_refused(read, monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", ("93.184.215.14", 80)), (0, 0, 0, "", ("192.168.1.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    problem = read("http://rebinding.example/", options=PUBLIC).problem
    assert problem.what == "'rebinding.example' (192.168.1.1) is not a public address"


def test_connection_goes_to_the_address_that_was_checked(
    read, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers differently the second time is not asked a second time."""
    answers = iter(["93.184.215.14", "127.0.0.1"])
    asked_for: list[tuple[str, int]] = []

    def changing(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (next(answers), port))]

    def connect(address: tuple[str, int], **_: object) -> socket.socket:
        asked_for.append(address)
        raise OSError("no network in a test")

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    monkeypatch.setattr(socket, "create_connection", connect)
    problem = read(f"http://rebinding.example:{site.port}/", options=PUBLIC).problem
    assert "failed (no network in a test)" in problem.what
    assert asked_for == [("93.184.215.14", site.port)]
    assert next(answers) == "127.0.0.1"


def test_one_bad_page_does_not_stop_the_others(read, site: Site) -> None:
    got = read(site.url + "/gone", site.page("/a", PAGE), site.url + "/lost")
    assert got.names == [f"{site.url}/a"]
    assert len(got.problems) == 2


def test_password_in_an_address_is_not_repeated(read, site: Site) -> None:
    for name in ("http://me:hunter2@127.0.0.1/", site.redirect("/a", "http://me:hunter2@[::1]/")):
        problem = read(name).problem
        assert "the address contains a user name or password" in problem.what
        assert "hunter2" not in str(problem)


def test_limits_have_defaults_that_end() -> None:
    options = SourceOptions()
    assert options.private_hosts == frozenset()
    assert options.max_bytes == 20 * 2**20
    assert 0 < options.connect_timeout <= options.total_timeout <= 120
    assert not options.full_pages
