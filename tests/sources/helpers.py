"""A web server on this machine, pages and PDF files to serve, and what a reading gave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from detente.sources import SourceError, SourceOptions, SourceText

Route = Callable[[BaseHTTPRequestHandler], None]

QUICK = SourceOptions(
    private_hosts=frozenset({"127.0.0.1"}),
    connect_timeout=2.0,
    read_timeout=0.3,
    total_timeout=1.2,
    pause=0.0,
)


@dataclass
class Read:
    """What a call of gather gave: texts, problems, and what was left out by rule."""

    texts: list[SourceText]
    problems: list[SourceError]
    skipped: list[SourceError]

    @property
    def text(self) -> SourceText:
        assert self.problems == []
        (only,) = self.texts
        return only

    @property
    def problem(self) -> SourceError:
        assert self.texts == []
        (only,) = self.problems
        return only

    @property
    def names(self) -> list[str]:
        return [text.name for text in self.texts]


@dataclass
class Site:
    """A server whose pages a test sets; it keeps the paths and headers that were asked for."""

    port: int = 0
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(
        self,
        path: str,
        body: bytes,
        media: str | None = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> str:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            if media is not None:
                handler.send_header("Content-Type", media)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return self.route(path, answer)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.page(path, b"", status=status, Location=to)

    def route(self, path: str, answer: Route) -> str:
        self.routes[path] = answer
        return self.url + path


def article(body: str, title: str = "Toll talks stall", date: str = "2021-03-04") -> str:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'>"
        f"<title>{title} | The Pass</title>"
        f"<meta property='article:published_time' content='{date}T10:00:00Z'></head>"
        "<body><nav><a href='/'>Home</a> <a href='/all'>All news</a></nav>"
        f"<article><h1>{title}</h1>{body}</article>"
        "<footer>Subscribe to our newsletter</footer></body></html>"
    )


BODY = (
    "<p>Ruritania said on Monday that it would open the pass only after the toll was paid.</p>"
    "<p>Its neighbour refused, and asked the Lakeland envoy to carry a new proposal to both.</p>"
)


def pdf(pages: Sequence[str], info: str = "") -> bytes:
    """Write a small PDF by hand: one line of text on each page, none for an empty string."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else "0 0 100 100 re f"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects.append(f"<< {info} >>")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
