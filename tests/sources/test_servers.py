"""Servers that stall, drip, never end, pack bombs, or speak something else."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from sources.helpers import BODY, QUICK, Site, article

PAGE = article(BODY).encode()


def test_unknown_host(read, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    problem = read("http://nowhere.example/a").problem
    assert problem.what == "there is no host 'nowhere.example'"


def test_name_server_that_stalls(read, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(5) and [])
    problem = read("http://slow.example/a", options=replace(QUICK, connect_timeout=0.2)).problem
    over.set()
    assert problem.what == "looking up 'slow.example' took longer than 0.2 s"


def test_nobody_listens(read) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        first, second = read(f"http://127.0.0.1:{port}/a", f"http://127.0.0.1:{port}/b").problems
    assert first.what == second.what == "the connection to '127.0.0.1' failed (Connection refused)"


def test_server_that_stalls_before_it_answers(read, site: Site) -> None:
    url = site.route("/a", lambda handler: site.over.wait(5) and None)
    started = time.monotonic()
    assert read(url).problem.what == "'127.0.0.1' was silent for 0.3 s"
    assert time.monotonic() - started < 2


def test_server_that_stalls_in_the_middle(read, site: Site) -> None:
    def stall(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"<html>")
        site.over.wait(5)

    assert read(site.route("/a", stall)).problem.what == "'127.0.0.1' was silent for 0.3 s"


@pytest.mark.parametrize("part", ["header", "body", "chunks"])
def test_server_that_drips(read, site: Site, part: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        if part != "header":
            handler.send_response(200)
            if part == "chunks":
                handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
        piece = {"header": b"H", "body": b"x", "chunks": b"1\r\nx\r\n"}[part]
        while not site.over.wait(0.05):
            handler.wfile.write(piece)

    started = time.monotonic()
    assert read(site.route("/a", drip)).problem.what == "'127.0.0.1' did not finish within 1.2 s"
    assert time.monotonic() - started < 3


def test_body_that_never_ends(read, site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not site.over.is_set():
            handler.wfile.write(b"more and more " * 1000)

    got = read(site.route("/a", endless), options=replace(QUICK, max_bytes=1 << 20))
    assert got.problem.what == "this is larger than 1 MiB"


def test_declared_length_is_refused_before_the_body(read, site: Site) -> None:
    def announce(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**12))
        handler.end_headers()
        site.over.wait(5)

    assert read(site.route("/a", announce)).problem.what == "this is larger than 20 MiB"


def test_packed_body(read, site: Site) -> None:
    url = site.page("/a", gzip.compress(PAGE), Content_Encoding="gzip")
    assert read(url).text.title == "Toll talks stall"


def test_packed_bomb(read, site: Site) -> None:
    bomb = gzip.compress(b" " * (64 << 20), 6)
    problem = read(site.page("/a", bomb, Content_Encoding="gzip")).problem
    assert problem.what.startswith("this is packed too tightly: ")


def test_packing_that_nobody_asked_for(read, site: Site) -> None:
    problem = read(site.page("/a", b"\x0b\x02\x80", Content_Encoding="br")).problem
    assert problem.what == "the server packed the page as 'br', unasked"


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "'127.0.0.1' broke off or does not speak HTTP (RemoteDisconnected)"),
        (b"SSH-2.0-x\r\n", "'127.0.0.1' broke off or does not speak HTTP (BadStatusLine)"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut",
            "'127.0.0.1' broke off or does not speak HTTP (IncompleteRead)",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "'127.0.0.1' broke off or does not speak HTTP (IncompleteRead)",
        ),
        (
            b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
            "'127.0.0.1' broke off or does not speak HTTP (LineTooLong)",
        ),
        (
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200,
            "'127.0.0.1' broke off or does not speak HTTP (HTTPException)",
        ),
    ],
)
def test_answers_that_are_no_http(read, site: Site, raw: bytes, what: str) -> None:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)

    assert read(site.route("/a", send)).problem.what == what


def test_https_to_a_server_without_tls(read, site: Site) -> None:
    url = site.url.replace("http://", "https://")
    problem = read(url + "/a", options=replace(QUICK, read_timeout=2, total_timeout=2)).problem
    assert problem.what.startswith("the connection to '127.0.0.1' failed (")


def test_certificate_that_is_not_valid(read, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        error = ssl.SSLCertVerificationError(1, "failed")
        error.verify_message = "self-signed certificate"
        raise error

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", refuse)
    problem = read(site.url.replace("http://", "https://")).problem
    assert problem.what == "the certificate of '127.0.0.1' is not valid (self-signed certificate)"
