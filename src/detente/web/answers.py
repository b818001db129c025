"""JSON answers, written as they are: results are ours, and checking them again costs time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

__all__ = ["answer", "svg"]

_SVG_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


def answer(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON answer. Texts with half surrogates are escaped, so that any text can go."""
    body = json.dumps(document, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return Response(
        body, status_code=status, media_type="application/json", headers=dict(headers or {})
    )


def svg(drawing: str) -> Response:
    """Return a drawing. It has a style sheet of its own and no script; nothing else may run."""
    return Response(
        drawing,
        media_type="image/svg+xml",
        headers={"Content-Security-Policy": _SVG_POLICY},
    )
