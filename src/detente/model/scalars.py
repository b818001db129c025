"""Write scalars and flow collections as YAML, in quotes only where YAML needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = ["flow_list", "flow_map", "scalar"]

# Starts with a letter or '(', so that it is no number, indicator or document marker.
_START = re.compile(r"[^\W\d_]|\(")
_NOT_PLAIN = re.compile(r": |:$| #|\s$|  ")
_FLOW = re.compile(r"[\[\]{},]|:[\[\]{},]")
_WORDS = frozenset({"null", "true", "false"})


def scalar(text: str, *, flow: bool = False, style: str = "") -> str:
    """Return text as a YAML scalar on one line.

    Args:
        text: any text.
        flow: whether it stands inside ``[]`` or ``{}``.
        style: the quotes to use where possible: ``"'"``, ``'"'``, or ``""`` for none.
    """
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _is_plain(text, flow):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _is_plain(text: str, flow: bool) -> bool:
    return (
        text.isprintable()
        and _START.match(text) is not None
        and _NOT_PLAIN.search(text) is None
        and text.lower() not in _WORDS
        and not (flow and _FLOW.search(text))
    )


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"


def flow_list(items: Iterable[str]) -> str:
    """Return ``[a, b]`` of items that are YAML already."""
    return f"[{', '.join(items)}]"


def flow_map(entries: Mapping[str, str]) -> str:
    """Return ``{a: b}`` of keys and values that are YAML already."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"
