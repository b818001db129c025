"""A language model's endpoint on this machine, whose answers a test sets."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]

PRICED = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}


def entry(quote: str, **fields: Any) -> dict[str, Any]:
    """An entry of a model's answer, whole but for what a test changes."""
    return {
        "sentence": 1,
        "quote": quote,
        "type": "demand",
        "speaker": "unnamed",
        "actors": [],
        "targets": [],
        "before": None,
        "after": None,
        "attribution": "indirect",
        **fields,
    }


def completion(
    content: str | None, finish: str = "stop", usage: Any = PRICED, **message: Any
) -> dict[str, Any]:
    """A chat completion."""
    said = {"role": "assistant", "content": content, **message}
    whole: dict[str, Any] = {"choices": [{"index": 0, "message": said, "finish_reason": finish}]}
    return whole if usage is None else {**whole, "usage": usage}


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer of some status."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return send


def good(document: Any) -> Answer:
    """An answer of status 200 with a JSON document."""
    return status(200, json.dumps(document).encode(), Content_Type="application/json")


def said(*entries: Any, **more: Any) -> Answer:
    """A chat completion with these entries."""
    return good(completion(json.dumps({"statements": list(entries)}), **more))


@dataclass
class ModelServer:
    """A server that answers in turn, the last answer again and again; it keeps what it was sent."""

    port: int = 0
    answers: list[Answer] = field(default_factory=list)
    connections: int = 0
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def texts(self) -> list[str]:
        """What the user's messages held."""
        return [body["messages"][-1]["content"] for body in self.sent]


@contextlib.contextmanager
def model_server(*answers: Answer) -> Iterator[ModelServer]:
    """Run a server while a test needs it."""
    server = ModelServer(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            server.paths.append(self.path)
            server.keys.append(self.headers.get("Authorization"))
            length = int(self.headers["Content-Length"])
            server.sent.append(json.loads(self.rfile.read(length)))
            self.close_connection = True
            answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
            with contextlib.suppress(OSError):  # the client hangs up, as it should
                answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Counting(ThreadingHTTPServer):
        def process_request(self, request: Any, client_address: Any) -> None:
            server.connections += 1
            super().process_request(request, client_address)

    listening = Counting(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        listening.shutdown()
        listening.server_close()
        thread.join()
