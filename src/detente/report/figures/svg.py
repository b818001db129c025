"""SVG as text: elements whose names are ours and whose values are always escaped."""

from __future__ import annotations

import re
from html import escape

__all__ = ["element", "number", "text_of"]

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, escaped or not: control characters, halves of surrogates."""

_PLAIN = re.compile(r"[\w .,:;>()#%+*/-]*")
"""Values that need no escaping between quotation marks: nearly all of a figure's."""

_BLANKS = {ord("\n"): "&#10;", ord("\t"): "&#9;", ord("\r"): "&#13;"}


def text_of(text: str) -> str:
    """Return text for the inside of an element."""
    return escape(_FORBIDDEN.sub("", text), quote=False)


def number(value: float) -> str:
    """Return a number with at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(
    name: str, attributes: dict[str, str | float | None] | None = None, *inside: str
) -> str:
    """Return one element.

    Args:
        name: its name.
        attributes: by name; numbers are shortened, ``None`` is left out, text is escaped.
        inside: what it holds: elements, or text that went through :func:`text_of`.
    """
    written = "".join(
        f' {key}="{_written(value)}"'
        for key, value in (attributes or {}).items()
        if value is not None
    )
    held = "".join(inside)
    return f"<{name}{written}>{held}</{name}>" if held else f"<{name}{written}/>"


def _written(value: str | float) -> str:
    if isinstance(value, str):
        if value.isascii() and _PLAIN.fullmatch(value):
            return value.replace(">", "&gt;")
        return escape(_FORBIDDEN.sub("", value)).translate(_BLANKS)
    return number(value)
