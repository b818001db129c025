"""Where commands write: pages for people, or one JSON document."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

__all__ = [
    "console",
    "prepare",
    "say",
    "show",
    "show_json",
    "show_json_lists",
    "show_lines",
    "show_text",
]

_PLAIN = str.maketrans(
    {
        "●": "*",
        "▸": ">",
        "·": ".",
        "→": "->",
        "–": "-",
        "—": "-",
        "…": "...",
        "’": "'",
        "×": "x",
        "─": "-",
        "│": "|",
        "├": "|",
        "└": "`",
        "≥": ">=",
        "é": "e",
        "▲": "^",
        "◇": "o",
        "◆": "#",
        "»": ">>",
        "※": "!!",
        "‡": "!",
        "◎": "@",
        "▽": "v",
        "∞": "&",
        "✓": "+",
        "✗": "x",
        "“": '"',
        "”": '"',
        "‘": "'",
        "□": "?",
        "◐": "%",
        "■": "=",
        "↯": "!!",
    }
)


def prepare() -> None:
    """Make standard output and error take any text: what cannot be encoded is spelt plainly."""
    codecs.register_error("detente", _spell)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="detente")


def _spell(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    spelt = text.translate(_PLAIN)
    return spelt.encode("ascii", "backslashreplace").decode("ascii"), error.end


def console() -> Console:
    """Return the console for people: colour on a terminal only, ``NO_COLOR`` honoured.

    The width is that of the terminal, or ``COLUMNS``, or 80.
    """
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Screen(highlight=False, markup=False, emoji=False)


def show(page: RenderableType) -> None:
    """Print a page."""
    console().print(page)


def show_json(document: dict[str, Any]) -> None:
    """Print one JSON document and nothing else."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    text = json.dumps(document, ensure_ascii=encoding != "utf8", indent=2)
    sys.stdout.write(text + "\n")


def show_json_lists(
    facts: Mapping[str, Any] | None = None, /, **lists: Iterable[dict[str, Any]]
) -> None:
    """Print one JSON document of long lists, item by item, so that none is held as a whole.

    Args:
        facts: short values that follow the lists.
        lists: the lists, by their key.
    """
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    encode = json.JSONEncoder(ensure_ascii=encoding != "utf8").encode
    for k, (name, items) in enumerate(lists.items()):
        sys.stdout.write(f"{',' if k else '{'}\n  {json.dumps(name)}: [")
        empty = True
        for item in items:
            sys.stdout.write(f"{'' if empty else ','}\n    {encode(item)}")
            empty = False
        sys.stdout.write("]" if empty else "\n  ]")
    for name, value in (facts or {}).items():
        sys.stdout.write(f",\n  {json.dumps(name)}: {encode(value)}")
    sys.stdout.write("\n}\n")


def say(message: str) -> None:
    """Write a line for people to standard error."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def show_lines(lines: Iterable[str]) -> None:
    """Write lines that already end in a line break."""
    sys.stdout.writelines(lines)


def show_text(text: str) -> None:
    """Print a file's text as it would stand in the file: UTF-8, line ends as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
