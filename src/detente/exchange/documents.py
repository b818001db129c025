"""A document in a file: its text, and what is known of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from detente.exchange.checking import is_number, sound
from detente.exchange.errors import refuse
from detente.exchange.items import DocumentItem
from detente.model.errors import Where

__all__ = ["document_of", "fingerprint", "text_at", "text_or_none"]


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text, in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def text_at(item: Mapping[str, Any], key: str, where: Where) -> str:
    """Return a value that must be text and not empty.

    Raises:
        ExchangeError: it is not.
    """
    value = item.get(key)
    if not isinstance(value, str) or not value:
        refuse(f"'{key}' must be text", where, "correct the line")
    return sound(value)


def text_or_none(item: Mapping[str, Any], key: str, where: Where) -> str | None:
    """Return a value that must be text or null."""
    return None if item.get(key) is None else text_at(item, key, where)


def document_of(item: Mapping[str, Any], where: Where) -> DocumentItem:
    """Return the document of a line; only ``name`` and ``text`` are needed.

    Raises:
        ExchangeError: a value breaks a rule, or the text is not the one of the fingerprint.
    """
    text = _raw(item, where)
    sha256 = fingerprint(text)
    if item.get("sha256", sha256) != sha256:
        refuse(
            "the text is not the one of 'sha256'",
            where,
            "it was changed on its way, for instance its line ends: export the file again",
        )
    parties = _rows(item, "parties", "[name, number]", _is_text, is_number, where)
    places = _rows(item, "places", "[place, time]", _is_text, _is_text_or_none, where)
    versions = _rows(item, "versions", "[place, time]", _is_text, _is_text, where)
    return DocumentItem(
        name=text_at(item, "name", where),
        text=text,
        sha256=sha256,
        title=text_or_none(item, "title", where),
        date=text_or_none(item, "date", where),
        media=text_or_none(item, "media", where),
        language=text_or_none(item, "language", where),
        read_at=text_or_none(item, "read_at", where),
        extractor=text_or_none(item, "extractor", where),
        parties=tuple((sound(name), count) for name, count in parties),
        places=tuple((sound(place), since and sound(since)) for place, since in places),
        versions=tuple((sound(place), sound(until)) for place, until in versions),
        duplicate=_duplicate(item.get("duplicate"), where),
        lines=_lines(item.get("lines") or [], where),
        attributions=_attributions(item.get("attributions") or [], where),
    )


def _duplicate(value: Any, where: Where) -> tuple[str, str, float] | None:
    if value is None:
        return None
    kinds = (str, str, float | int)
    if not (
        isinstance(value, list)
        and len(value) == len(kinds)
        and all(isinstance(one, kind) for one, kind in zip(value, kinds, strict=True))
    ):
        refuse("'duplicate' is name, fingerprint and resemblance", where, "or leave it out")
    return sound(value[0]), sound(value[1]), float(value[2])


def _raw(item: Mapping[str, Any], where: Where) -> str:
    if item.get("text_base64") is not None:
        try:
            raw = base64.b64decode(text_at(item, "text_base64", where), validate=True)
            return raw.decode("utf-8", "surrogatepass")
        except (binascii.Error, UnicodeDecodeError):
            refuse("'text_base64' cannot be decoded", where, "export the file again")
    text = item.get("text")
    if not isinstance(text, str):
        refuse("'text' must be the whole text of the document", where, "correct the line")
    return text


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_text_or_none(value: object) -> bool:
    return value is None or _is_text(value)


def _is_range(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_number, value))


def _rows(
    item: Mapping[str, Any],
    key: str,
    form: str,
    first: Callable[[Any], bool],
    second: Callable[[Any], bool],
    where: Where,
) -> list[list[Any]]:
    rows = item.get(key) or []
    good = isinstance(rows, list) and all(
        isinstance(row, list) and len(row) == 2 and first(row[0]) and second(row[1]) for row in rows
    )
    if not good:
        refuse(f"'{key}' must be a list of {form}", where, "correct it, or leave it out")
    return list(rows)


def _lines(rows: Any, where: Where) -> tuple[Mapping[str, Any], ...]:
    good = isinstance(rows, list) and all(
        isinstance(row, dict)
        and is_number(row.get("start"))
        and is_number(row.get("end"))
        and _is_text(row.get("label"))
        and (row.get("original") is None or _is_range(row["original"]))
        for row in rows
    )
    if not good or len({row["start"] for row in rows}) < len(rows):
        refuse(
            "'lines' must be a list of objects with start, end, label and original",
            where,
            "each line begins elsewhere; correct it, or leave it out",
        )
    return tuple({**row, "label": sound(row["label"])} for row in rows)


def _attributions(rows: Any, where: Where) -> tuple[Mapping[str, Any], ...]:
    good = isinstance(rows, list) and all(
        isinstance(row, dict)
        and all(
            isinstance(row.get(role), list) and all(map(_is_range, row[role]))
            for role in ("source", "cue", "content")
        )
        and _is_text(row.get("kind"))
        and _is_text(row.get("cue_class"))
        for row in rows
    )
    if not good:
        refuse(
            "'attributions' must be a list of objects with source, cue, content, kind, cue_class",
            where,
            "source, cue and content are lists of [start, end]; correct it, or leave it out",
        )
    return tuple(
        {**row, "kind": sound(row["kind"]), "cue_class": sound(row["cue_class"])} for row in rows
    )
