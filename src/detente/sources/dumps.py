"""JSONL dumps: one document a line, read as a stream."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

from detente.model.errors import listed, quoted
from detente.sources.types import (
    EXTRACTED,
    Problem,
    SourceError,
    SourceOptions,
    SourceText,
    notes,
    size,
    too_large,
)

__all__ = ["read_dump"]

MEDIA = "application/jsonl" + EXTRACTED
_MOST_REPORTED = 20
_RULE = 'every line is an object with a "text", for instance {"text": "…", "title": "…"}'


def read_dump(
    chunks: Iterable[bytes], name: str, options: SourceOptions, on_problem: Problem
) -> Iterator[SourceText]:
    """Give the documents of a dump; a bad line costs only itself.

    Args:
        chunks: the file, in pieces of any size.
        name: its name.
        options: ``max_bytes`` limits a line, ``max_dump_bytes`` the whole.
        on_problem: told of each bad line; of more than twenty, only how many there are.

    Raises:
        SourceError: if it has no line with text, or is too large.
    """
    bad = good = 0
    for number, line in _lines(chunks, name, options):
        try:
            if line is None:
                raise too_large(options.max_bytes, name, number)
            if not line.strip():
                continue
            text = _document(line, name, number)
        except SourceError as error:
            bad += 1
            if bad <= _MOST_REPORTED:
                on_problem(error)
            continue
        good += 1
        yield text
    if bad > _MOST_REPORTED:
        on_problem(
            SourceError(
                f"{bad - _MOST_REPORTED:,} more lines could not be read", source=name, rule=_RULE
            )
        )
    if not good and not bad:
        raise SourceError("the dump is empty", source=name, rule=_RULE, hint="check the file")


def _lines(
    chunks: Iterable[bytes], name: str, options: SourceOptions
) -> Iterator[tuple[int, bytes | None]]:
    """Give numbered lines; ``None`` for one that is too long, of which nothing is kept."""
    number, total, held = 1, 0, 0
    pieces: list[bytes] = []
    for chunk in chunks:
        total += len(chunk)
        if total > options.max_dump_bytes:
            raise SourceError(
                f"the dump is larger than {size(options.max_dump_bytes)}",
                source=name,
                rule=f"the first {number - 1:,} lines were read",
                hint="split it, or raise the limit (max_dump_bytes)",
            )
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            held += len(piece)
            yield number, _joined(pieces, piece) if held <= options.max_bytes else None
            pieces, held, number = [], 0, number + 1
        held += len(rest)
        if held > options.max_bytes:
            pieces.clear()
        elif rest:
            pieces.append(rest)
    if held:
        yield number, _joined(pieces, b"") if held <= options.max_bytes else None


def _joined(pieces: list[bytes], last: bytes) -> bytes:
    return b"".join([*pieces, last]) if pieces else last


def _document(line: bytes, name: str, number: int) -> SourceText:
    def wrong(what: str, hint: str = "correct the line") -> SourceError:
        return SourceError(what, source=name, line=number, rule=_RULE, hint=hint)

    try:
        row: Any = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise wrong(
            f"byte {error.start + 1:,} of the line is not UTF-8", "convert the dump to UTF-8"
        ) from None
    except json.JSONDecodeError as error:
        raise wrong(f"this is not JSON ({error.msg}, column {error.colno:,})") from None
    except (ValueError, RecursionError):
        raise wrong("this is not JSON that can be read") from None
    if not isinstance(row, dict):
        raise wrong("this is no JSON object")
    text = row.get("text")
    if not isinstance(text, str):
        has = f"its keys are {listed(map(quoted, row), 8)}" if row else "it has no keys"
        raise wrong(f'the object has no "text"; {has}')
    if not text.strip():
        raise wrong('"text" is empty')
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise wrong('"text" contains a zero character or half of a surrogate pair')
    identity, title = row.get("id"), row.get("title")
    own = str(identity) if isinstance(identity, str | int) and identity != "" else None
    date, note = _date(row.get("date"))
    origin = f"{name}:{number}"
    return SourceText(
        name=f"{name}#{own}" if own is not None else origin,
        text=text,
        media=MEDIA,
        origin=origin,
        title=title if isinstance(title, str) and title else None,
        date=date,
        note=notes(note),
    )


def _date(value: object) -> tuple[str | None, str | None]:
    """Return a date as ``YYYY-MM-DD``, or a note that it is none."""
    if value is None or value == "":
        return None, None
    shown = str(value)
    for candidate in (shown, shown[:10]):
        try:
            return datetime.date.fromisoformat(candidate).isoformat(), None
        except ValueError:
            continue
    return None, f"its date {quoted(shown)} is not of the form YYYY-MM-DD"
