"""Errors as answers: what, where, which rule, what to do next."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from detente.model.errors import DetenteError
from detente.store import ConflictError, UnknownError
from detente.web.answers import answer
from detente.web.security import TOO_LARGE

__all__ = ["error_document", "install", "showing_current"]


class ConflictedError(Exception):
    """A conflict, with what is there now."""

    def __init__(self, error: ConflictError, current: Mapping[str, Any]) -> None:
        super().__init__(error.what)
        self.error = error
        self.current = current


@contextmanager
def showing_current(current: Callable[[], Mapping[str, Any]]) -> Iterator[None]:
    """Add what is there now to a conflict."""
    try:
        yield
    except ConflictError as error:
        raise ConflictedError(error, current()) from error


def error_document(error: DetenteError) -> dict[str, Any]:
    """Return an error of ours as data."""
    where = error.where
    place = None
    if where is not None:
        place = {"source": where.source, "line": where.line, "column": where.column}
    return {
        "what": error.what,
        "where": place,
        "rule": error.rule,
        "next": error.hint,
        "excerpt": error.excerpt,
    }


def _plain(what: str, rule: str | None = None, next: str | None = None) -> dict[str, Any]:
    return {"what": what, "where": None, "rule": rule, "next": next, "excerpt": None}


def install(app: FastAPI) -> None:
    """Tell an application how to answer errors."""
    app.add_exception_handler(DetenteError, _detente)
    app.add_exception_handler(ConflictedError, _conflicted)
    app.add_exception_handler(RequestValidationError, _shape)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


def _detente(request: Request, error: Exception) -> Response:
    assert isinstance(error, DetenteError)
    unknown = isinstance(error, UnknownError)
    status = 404 if unknown else 409 if isinstance(error, ConflictError) else 400
    return answer({"error": error_document(error)}, status)


def _conflicted(request: Request, error: Exception) -> Response:
    assert isinstance(error, ConflictedError)
    return answer({"error": error_document(error.error), "current": error.current}, 409)


def _shape(request: Request, error: Exception) -> Response:
    """Say what is wrong with the shape of a request; what was sent is not repeated."""
    assert isinstance(error, RequestValidationError)
    found = [
        {"at": ".".join(str(part) for part in item["loc"]), "what": str(item["msg"])}
        for item in error.errors()[:20]
    ]
    first = found[0] if found else {"at": "body", "what": "it cannot be read"}
    document = _plain(
        f"{first['at']}: {first['what']}",
        "requests have the shape that /api/openapi.json describes",
        "correct the request",
    )
    return answer({"error": {**document, "fields": found}}, 422)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = {
        404: _plain(
            "there is nothing at this address", next="/api/openapi.json lists what there is"
        ),
        405: _plain("this address does not take that method"),
        413: {**_plain(""), **TOO_LARGE},
    }.get(error.status_code, _plain(str(error.detail)))
    headers = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
    return answer({"error": said}, error.status_code, headers)


def _fault(request: Request, error: Exception) -> Response:
    logging.getLogger("detente").error("fault while answering", exc_info=error)
    said = _plain(
        f"this is a fault in Détente, not in your input: {type(error).__name__}",
        next="the terminal of `detente serve` says where; report it with the case if you can",
    )
    return answer({"error": said}, 500)
