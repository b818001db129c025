"""Where a text stands, however its source was named."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.sources import SourceText

__all__ = ["place_of"]

_LINE = re.compile(r"(?<=.):\d+$")


def place_of(text: SourceText) -> str:
    """Return where a text stands: an address, a path, or an item of a dump."""
    origin = text.origin
    if "://" in origin:
        return origin
    if _LINE.search(origin):  # an item of a dump: it may move to another line
        return f"{os.path.abspath(_LINE.sub('', origin))}#{text.name.rpartition('#')[2]}"
    return os.path.abspath(origin)
