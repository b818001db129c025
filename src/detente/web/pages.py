"""The few pages that the server writes itself, and the folder of the built front end."""

from __future__ import annotations

from pathlib import Path

__all__ = ["MISSING_PAGE", "REFUSED_PAGE", "STATIC", "TOKEN_PAGE", "index_page"]

STATIC = Path(__file__).resolve().parent / "static"
"""The front end, as ``npm run build`` leaves it."""


def _page(title: str, *paragraphs: str) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} – Détente</title></head><body><main><h1>{title}</h1>{body}</main></body>"
        "</html>"
    )


TOKEN_PAGE = _page(
    "This needs the token",
    "The workbench answers only to who was given its address. The address, with the token in it, "
    "stands in the terminal where <code>detente serve</code> runs.",
    "Open that address once; this browser then remembers it until the server ends.",
)

REFUSED_PAGE = _page(
    "Refused",
    "This request does not come from the workbench. Open the address that "
    "<code>detente serve</code> printed.",
)

MISSING_PAGE = _page(
    "The workbench is not built",
    "This installation of Détente came without the screens of the workbench. Everything else "
    "works: all commands, and the interface for programs under <code>/api</code>, described by "
    '<a href="/api/openapi.json">/api/openapi.json</a>.',
    "To get the screens, install a released version of Détente, or in a checkout of the source "
    "install Node.js and run <code>make setup</code> again; then restart "
    "<code>detente serve</code>.",
)


def index_page(static: Path | None = None) -> str:
    """Return the front end's first page, or the one that says how to get it."""
    index = (static or STATIC) / "index.html"
    try:
        return index.read_text(encoding="utf-8")
    except OSError:
        return MISSING_PAGE
