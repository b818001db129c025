"""Fixtures: a reader that keeps problems, and a web server on this machine."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sources.helpers import QUICK, Read, Site

from detente.sources import SourceError, SourceOptions, gather


@pytest.fixture
def read() -> Callable[..., Read]:
    def read(*names: object, options: SourceOptions = QUICK) -> Read:
        told: list[SourceError] = []
        texts = list(gather([str(name) for name in names], options, told.append))
        return Read(texts, [e for e in told if not e.skipped], [e for e in told if e.skipped])

    return read


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers["User-Agent"])
            self.close_connection = True
            route = site.routes.get(self.path)
            if route is None:
                self.send_error(404)
                return
            with contextlib.suppress(OSError):  # the client hangs up, as it should
                route(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield site
    site.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes by their kind only: archives hold the time they were made at."""
    return "bytes" if isinstance(val, bytes) else None
