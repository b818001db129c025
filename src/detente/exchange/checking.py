"""What a line of a file must be: each rule with one clear message."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from detente.exchange.errors import refuse
from detente.model.errors import Where, did_you_mean, quoted
from detente.reading.types import TYPES

__all__ = ["CONTENT", "FIELDS", "Keys", "fields_of", "is_number", "json_object", "one_of", "sound"]

FIELDS = (
    *("start", "end", "type", "speaker", "actors", "targets", "before", "after", "attribution"),
    *("quoted", "repeat_of", "text", "nested_in", "cue", "modality", "condition", "issue"),
    *("confidence", "sentence", "extractor", "version"),
)
"""Every field of a statement beside ``id`` and ``doc``."""

CONTENT = (
    *("start", "end", "text", "type", "speaker", "actors", "targets", "before", "after"),
    *("condition", "issue", "attribution", "quoted", "modality"),
)
"""The fields that say what a statement says: those that people judge."""

_NAMES = tuple(row.name for row in TYPES)
_CHOICES: dict[str, Collection[str]] = {
    "type": _NAMES,
    "attribution": ("direct", "indirect", "author"),
    "modality": ("asserted", "conditional", "expected", "hedged"),
}
_TEXTS = ("speaker", "text", "extractor", "version")
_MAYBE = ("before", "after", "condition", "issue", "repeat_of", "nested_in")
_LISTS = ("actors", "targets")
_OFFSETS = ("start", "end")


class Keys:
    """Counts the keys of a file that mean nothing here."""

    def __init__(self) -> None:
        self.ignored: Counter[str] = Counter()

    def note(self, keys: Iterable[str], known: Collection[str]) -> None:
        """Count the keys that are not known."""
        self.ignored.update(key for key in keys if key not in known)


def json_object(line: str, where: Where) -> dict[str, Any]:
    """Return the object of a line.

    Raises:
        ExchangeError: it is not JSON, or no object.
    """
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "it cannot be read")
        refuse(f"this line is not JSON: {reason}", where, "one JSON object a line")
    if not isinstance(item, dict):
        refuse("this line is no JSON object", where, 'for instance {"doc": "news.txt", …}')
    return item


def sound(text: str) -> str:
    """Return text that any program can store: half of a surrogate pair becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def is_number(value: object) -> bool:
    """Tell whether a value is a whole number that is not negative, and no larger than any text."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def one_of(value: object, valid: Collection[str], what: str, where: Where) -> str:
    """Return a value that is one of a few.

    Raises:
        ExchangeError: with the nearest valid one.
    """
    if isinstance(value, str) and value in valid:
        return value
    return refuse(f"{quoted(str(value))} is no {what}", where, did_you_mean(str(value), valid))


def _pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_number, value))


_KINDS: tuple[tuple[Collection[str], Callable[[Any], bool], str], ...] = (
    (_TEXTS, lambda v: isinstance(v, str) and bool(v.strip()), "text"),
    (_MAYBE, lambda v: v is None or (isinstance(v, str) and bool(v.strip())), "text or null"),
    (
        _LISTS,
        lambda v: isinstance(v, list) and all(isinstance(n, str) and n.strip() for n in v),
        "a list of names",
    ),
    (_OFFSETS, is_number, "a whole number, in code points"),
    (("quoted",), lambda v: isinstance(v, bool), "true or false"),
    (
        ("confidence",),
        lambda v: isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 1,
        "a number from 0 to 1",
    ),
    (("cue",), lambda v: v is None or _pair(v), "[start, end] or null"),
    (("sentence",), _pair, "[start, end]"),
)


def fields_of(item: Mapping[str, Any], where: Where) -> dict[str, Any]:
    """Return the fields of a statement that an object has, each checked.

    Raises:
        ExchangeError: a value breaks a rule.
    """
    fields: dict[str, Any] = {}
    for key in FIELDS:
        if key not in item:
            continue
        value = item[key]
        if key in _CHOICES:
            fields[key] = one_of(value, _CHOICES[key], f"'{key}'", where)
            continue
        good, kind = next((good, kind) for keys, good, kind in _KINDS if key in keys)
        if not good(value):
            refuse(f"'{key}' must be {kind}, not {quoted(json.dumps(value))}", where, "correct it")
        fields[key] = value
    if (fields.get("before") is None) != (fields.get("after") is None):
        refuse(
            "'before' and 'after' go together",
            where,
            "an order has both, or there is none: give the other one too, or null for both",
        )
    return fields
