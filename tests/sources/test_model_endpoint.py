"""Asking a language model: what is sent, when it is tried again, and how each failure reads."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from modelserver import ModelServer, completion, good, model_server, said, status

from detente.sources.addresses import Target
from detente.sources.model_address import EndpointError, endpoint
from detente.sources.model_endpoint import Endpoint, ModelAnswer
from detente.sources.model_wire import Limits

MESSAGES = [{"role": "user", "content": "1: Ruritania wants the toll “paid”."}]
SCHEMA = {"type": "object"}
KEY = "sk-s3cret"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server(said()) as running:
        yield running


class Asked:
    """An endpoint that waits in no test, and the pauses that it would have made."""

    def __init__(self, where: Target, key: str | None = KEY, **limits: Any) -> None:
        self.pauses: list[float] = []
        self.endpoint = Endpoint(
            where,
            "small",
            key,
            Limits(**{"timeout": 2.0, "connect_timeout": 1.0, **limits}),
            sleep=self.pauses.append,
            chance=lambda: 0.5,
            now=lambda: 1_000_000_000.0,
        )
        self.usage = self.endpoint.usage

    def __call__(self) -> ModelAnswer:
        return self.endpoint.ask(MESSAGES, SCHEMA)

    def fails(self) -> str:
        with pytest.raises(EndpointError) as caught:
            self()
        message = str(caught.value)
        assert KEY not in message
        assert "\n" not in caught.value.what
        assert caught.value.hint
        return message


def asked(server: ModelServer, key: str | None = KEY, **limits: Any) -> Asked:
    return Asked(endpoint(server.url), key, **limits)


def test_a_question_and_its_answer(server: ModelServer) -> None:
    ask = asked(server)
    assert ask() == ModelAnswer('{"statements": []}', True)
    assert server.paths == ["/v1/chat/completions"]
    assert server.keys == [f"Bearer {KEY}"]
    (body,) = server.sent
    assert body["messages"] == MESSAGES
    assert (body["model"], body["temperature"], body["seed"]) == ("small", 0, 0)
    form = body["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["strict"] is True
    assert form["json_schema"]["schema"] == SCHEMA
    assert (ask.usage.prompt_tokens, ask.usage.completion_tokens) == (1000, 200)
    assert (ask.usage.requests, ask.usage.retries, ask.usage.unmetered) == (1, 0, 0)


def test_without_a_key_none_is_sent(server: ModelServer) -> None:
    asked(server, key=None)()
    assert server.keys == [None]


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        {"prompt_tokens": 3},
        {"prompt_tokens": "3", "completion_tokens": True},
        7,
        {"prompt_tokens": 10**40, "completion_tokens": 1},
    ],
)
def test_an_answer_without_token_counts_is_counted_as_such(
    server: ModelServer, usage: object
) -> None:
    server.answers = [said(usage=usage)]
    ask = asked(server)
    ask()
    assert (ask.usage.answers, ask.usage.unmetered, ask.usage.prompt_tokens) == (1, 1, 0)


def test_an_answer_cut_off_at_its_length_and_a_refusal(server: ModelServer) -> None:
    server.answers = [
        good(completion('{"statem', finish="length")),
        good(completion(None, refusal="I would rather not")),
    ]
    ask = asked(server)
    assert ask() == ModelAnswer('{"statem', False)
    assert ask() == ModelAnswer("", True)


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "0"}, 0.0),
        ({"Retry_After": "Sun, 09 Sep 2001 01:46:52 GMT"}, 12.0),
        ({"Retry_After": "Sun, 09 Sep 2001 01:46:30 GMT"}, 0.0),
        ({"Retry_After": "soon"}, 1.25),
        ({}, 1.25),
    ],
)
def test_a_busy_server_is_asked_again_when_it_says(
    server: ModelServer, headers: dict[str, str], pause: float
) -> None:
    server.answers = [status(429, **headers), said()]
    ask = asked(server)
    ask()
    assert ask.pauses == [pause]
    assert (ask.usage.requests, ask.usage.retries) == (1, 1)


def test_a_server_that_asks_for_too_long_a_pause_is_given_up(server: ModelServer) -> None:
    server.answers = [status(429, Retry_After="3600")]
    ask = asked(server)
    message = ask.fails()
    assert "'127.0.0.1' answered 429 Too Many Requests, and asks to wait for 3,600 s" in message
    assert "it goes on where it stopped" in message
    assert ask.pauses == []


def test_three_faults_of_the_server_are_survived_and_a_fourth_is_not(server: ModelServer) -> None:
    server.answers = [status(500), status(502), status(503), said(), status(500)]
    ask = asked(server)
    ask()
    assert ask.pauses == [1.25, 2.5, 5.0]
    assert "'127.0.0.1' answered 500 Internal Server Error, 4 times" in ask.fails()
    assert len(server.sent) == 8


def test_pauses_have_a_limit(server: ModelServer) -> None:
    server.answers = [status(500)]
    ask = asked(server, retries=4, longest_pause=3.0)
    ask.fails()
    assert ask.pauses == [1.25, 2.5, 3.0, 3.0]


def test_a_connection_that_breaks_off_is_tried_again(server: ModelServer) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")

    server.answers = [lambda handler: None, cut, said()]
    ask = asked(server)
    assert ask().whole
    assert ask.usage.retries == 2


def test_nobody_listens() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        ask = Asked(endpoint(f"http://127.0.0.1:{held.getsockname()[1]}"))
        message = ask.fails()
    assert "the connection to '127.0.0.1' failed (Connection refused), 4 times" in message
    assert "check that the server runs" in message


def test_the_second_address_of_a_host_is_tried(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def both(host: str, port: int, **_: object) -> list[object]:
        return [(10, 1, 6, "", ("::1", port)), (2, 1, 6, "", ("127.0.0.1", port))]

    where = endpoint(f"http://localhost:{server.port}/v1")
    monkeypatch.setattr(socket, "getaddrinfo", both)
    monkeypatch.setattr(socket, "create_connection", _only_ipv4)
    assert Asked(where)().whole


def _only_ipv4(address: tuple[str, int], timeout: float) -> socket.socket:
    if ":" in address[0]:
        raise ConnectionRefusedError(111, "Connection refused")
    made = socket.socket(socket.AF_INET)
    made.settimeout(timeout)
    made.connect(address)
    return made


def test_an_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    ask = Asked(endpoint("https://models.example/v1"))
    assert "there is no host 'models.example'" in ask.fails()
    assert ask.pauses == []


@pytest.mark.parametrize("begun", [False, True])
def test_a_server_that_is_too_slow_is_not_asked_again(server: ModelServer, begun: bool) -> None:
    def stall(handler: BaseHTTPRequestHandler) -> None:
        if begun:
            handler.send_response(200)
            handler.end_headers()
        while not server.over.wait(0.05):
            if begun:
                handler.wfile.write(b" ")

    server.answers = [stall]
    started = time.monotonic()
    message = asked(server, timeout=0.3).fails()
    assert "'127.0.0.1' did not answer within 0.3 s" in message
    assert "--model-timeout" in message
    assert time.monotonic() - started < 2
    assert server.connections == 1


@pytest.mark.parametrize("code", [301, 307, 308])
def test_redirects_are_not_followed(server: ModelServer, code: int) -> None:
    server.answers = [status(code, Location=f"https://ann@elsewhere.example/v1?k={KEY}")]
    message = asked(server).fails()
    assert "'127.0.0.1' redirects to 'https://…@elsewhere.example/v1?k=…'" in message
    assert "the text goes only to the host that was named" in message
    assert server.connections == 1


@pytest.mark.parametrize("declared", [True, False])
def test_a_huge_answer_is_refused(server: ModelServer, declared: bool) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if declared:
            handler.send_header("Content-Length", str(10**10))
        handler.end_headers()
        while not server.over.is_set():
            handler.wfile.write(b" " * 10_000)

    server.answers = [endless]
    assert (
        "the answer of '127.0.0.1' is larger than 64 KiB"
        in asked(server, max_bytes=1 << 16).fails()
    )


def test_a_packed_answer_is_refused(server: ModelServer) -> None:
    server.answers = [status(200, b"x", Content_Encoding="gzip")]
    assert "packed its answer as 'gzip', unasked" in asked(server).fails()


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome</html>",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": "x"}]}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_answers_that_are_no_chat_completion(server: ModelServer, body: bytes) -> None:
    server.answers = [status(200, body)]
    message = asked(server).fails()
    assert "the answer of '127.0.0.1' is no chat completion" in message
    assert "/v1" in message


@pytest.mark.parametrize(
    ("code", "body", "what"),
    [
        (400, {"error": {"message": "response_format\nis not supported"}},
         "answered 400 Bad Request: response_format is not supported"),
        (400, {"error": "no"}, "answered 400 Bad Request: no"),
        (400, {"message": "x" * 500}, "answered 400 Bad Request: " + "x" * 159 + "…"),
        (422, {"detail": 1}, "answered 422"),
        (404, {"error": {"message": f"no model for {KEY}"}}, ": no model for …"),
    ],
)  # fmt: skip
def test_a_question_that_is_refused_is_not_asked_again(
    server: ModelServer, code: int, body: dict[str, Any], what: str
) -> None:
    server.answers = [status(code, json.dumps(body).encode())]
    message = asked(server).fails()
    assert what in message
    assert "json_schema" in message or "base URL" in message
    assert server.connections == 1


def test_a_web_page_as_an_error_is_not_shown(server: ModelServer) -> None:
    server.answers = [status(400, b"<html>\x1b[31mred</html>")]
    assert asked(server).fails().splitlines()[0] == "'127.0.0.1' answered 400 Bad Request"


@pytest.mark.parametrize(
    ("key", "does"), [(KEY, "does not accept the key"), (None, "asks for a key")]
)
def test_a_refused_key_is_never_repeated(server: ModelServer, key: str | None, does: str) -> None:
    server.answers = [status(401, b'{"error": {"message": "bad key: sk-s3c***"}}')]
    message = asked(server, key).fails()
    assert f"'127.0.0.1' {does} (401 Unauthorized)" in message
    assert "$DETENTE_MODEL_KEY" in message
    assert "s3c" not in message


def test_a_certificate_that_is_not_valid(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        error = ssl.SSLCertVerificationError(1, "failed")
        error.verify_message = "self-signed certificate"
        raise error

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", refuse)
    ask = Asked(endpoint(server.url.replace("http://", "https://")))
    message = ask.fails()
    assert "the certificate of '127.0.0.1' is not valid (self-signed certificate)" in message
    assert ask.pauses == []
    assert server.sent == []


def test_tls_to_a_server_without_it(server: ModelServer) -> None:
    ask = Asked(endpoint(server.url.replace("http://", "https://")))
    assert "'127.0.0.1'" in ask.fails()
    assert server.sent == []
