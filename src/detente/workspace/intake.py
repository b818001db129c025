"""Texts that come over the workbench: what somebody pasted, a file, an article that is shipped.

A name that came from outside is a label, never a path: a file's bytes go into a folder of their own
under a name of our own, and are gone when they have been read.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.model.errors import DetenteError
from detente.store import StoreError
from detente.workspace.casefiles import read_text
from detente.workspace.desk import Desk
from detente.workspace.reading import Progress, read_texts
from detente.workspace.readresult import ReadResult, failures_in
from detente.workspace.shipped import shipped_article

if TYPE_CHECKING:
    from detente.sources import SourceText

__all__ = ["read_file", "read_pasted", "read_shipped"]

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}(?:\.(?:gz|GZ))?$")
_PLACE = "workbench://"


def label_of(name: str) -> str:
    """Return what a document is called, from a name that came from outside.

    >>> label_of("../../etc/passwd")
    'passwd'
    """
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(c if c.isprintable() else " " for c in last).strip()
    return printable[:120] or "document"


def read_pasted(
    desk: Desk, name: str, text: str, date: str | None, progress: Progress
) -> dict[str, Any]:
    """Read a text that somebody pasted.

    Raises:
        StoreError: it is empty.
    """
    from detente.sources import SourceText

    if not text.strip():
        raise StoreError("this is empty", rule="a document has words", hint="paste some text")
    label = label_of(name)
    one = SourceText(label, text, "text/plain", f"{_PLACE}{label}", None, _day(date))
    return _read(desk, [one], progress)


def _day(date: str | None) -> str | None:
    from datetime import date as day

    if date is None:
        return None
    try:
        return day.fromisoformat(date).isoformat()
    except ValueError:
        raise StoreError(
            f"'{date}' is no date", rule="a day is written 2019-05-28", hint="correct it"
        ) from None


def read_shipped(desk: Desk, id: str, progress: Progress) -> dict[str, Any]:
    """Read an article that comes with Détente.

    Raises:
        UnknownError: there is none of this name.
    """
    from detente.sources import SourceText

    found = shipped_article(id)
    name = found.path.name
    one = SourceText(name, read_text(found.path), "text/plain", f"{_PLACE}shipped/{name}")
    return _read(desk, [one], progress)


def read_file(desk: Desk, name: str, content: bytes, progress: Progress) -> dict[str, Any]:
    """Read a file: text, HTML, PDF, a feed, a dump, an archive. Nothing is fetched for it.

    Raises:
        DetenteError: it holds nothing that can be read.
    """
    from detente.sources import Listed, gather

    label = label_of(name)
    ending = _ENDING.search(label)
    problems: list[DetenteError] = []
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        path = Path(folder) / f"upload{ending[0].lower() if ending else ''}"
        path.write_bytes(content)
        texts = gather([Listed(label, str(path))], None, problems.append)
        placed = _placed(texts, str(path), label)
        try:
            return _read(desk, placed, progress, problems)
        except DetenteError as error:
            _hide(error, str(path), label)
            raise


def _placed(texts: Iterator[SourceText], path: str, label: str) -> Iterator[SourceText]:
    """Yield texts that stand at a place of the workbench, whatever file they were read from."""
    for text in texts:
        yield replace(text, origin=f"{_PLACE}{text.origin.replace(path, label)}")


def _hide(error: DetenteError, path: str, label: str) -> None:
    """Name the file as the user does, in an error about it."""
    if error.where is not None and error.where.source is not None:
        error.where = replace(error.where, source=error.where.source.replace(path, label))


def _read(
    desk: Desk,
    texts: Iterable[SourceText],
    progress: Progress,
    problems: list[DetenteError] | None = None,
) -> dict[str, Any]:
    faults = problems if problems is not None else []
    with desk.store() as store:
        found = read_texts(store, texts, progress=progress)
        failures = failures_in(faults)
        if not found and failures:
            raise failures[0]
        result = ReadResult(store, found, tuple(faults))
        rows = [
            {
                "num": item.num,
                "name": item.name,
                "outcome": item.outcome,
                "statements": stored.statements,
                "language": stored.language,
                "note": item.note,
            }
            for item, stored in result.stored()
        ]
    return {"documents": rows, "problems": [fault.what for fault in failures]}
