"""The parts that every page of the terminal is made of: sentence, facts, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

__all__ = [
    "Branch",
    "Fact",
    "facts",
    "letters_line",
    "page",
    "paragraph",
    "party_styles",
    "plain_facts",
    "sentence",
]

_GAP = 2
_WIDEST = 100

Fact: TypeAlias = "tuple[str | Text, str | Text]"
"""What it is about, and what is so."""

_COLOURS = ("cyan", "magenta", "yellow", "green", "blue", "bright_red", "bright_cyan", "white")


def party_styles(parties: Sequence[str]) -> dict[str, str]:
    """Return a colour for each party; its letter always stands with it."""
    return {party: _COLOURS[k % len(_COLOURS)] for k, party in enumerate(parties)}


def _readable(options: ConsoleOptions) -> int:
    """Return the width for prose: a reading width, however wide the terminal."""
    return min(options.max_width, _WIDEST)


def sentence(text: str) -> RenderableType:
    """Return the sentence that opens a page."""
    return paragraph(text, style="bold")


class _Facts:
    """Quiet keys, and what is so hanging beside them; no trailing blanks."""

    def __init__(self, rows: list[Fact], indent: int) -> None:
        self.rows = rows
        self.indent = indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widest = max((cell_len(_plain(key)) for key, _ in self.rows), default=0)
        beside = self.indent + widest + _GAP
        for key, value in self.rows:
            text = value if isinstance(value, Text) else Text(value)
            lines = text.wrap(console, max(20, _readable(options) - beside)) or [Text("")]
            for k, line in enumerate(lines):
                shown = key if k == 0 else ""
                start = shown if isinstance(shown, Text) else Text(shown, style="dim")
                room = " " * (beside - self.indent - start.cell_len)
                whole = Text.assemble(" " * self.indent, start, room, line, no_wrap=True)
                whole.rstrip()
                yield whole


def _plain(key: str | Text) -> str:
    return key.plain if isinstance(key, Text) else key


def plain_facts(rows: Iterable[Fact]) -> list[dict[str, str]]:
    """Return facts as data: name and words."""
    return [{"name": str(name), "words": str(words)} for name, words in rows]


def facts(rows: Iterable[Fact], indent: int = 0) -> RenderableType:
    """Return rows of a quiet key and what is so, the text hanging beside the key."""
    return _Facts(list(rows), indent)


class _Paragraph:
    """Wrapped text without trailing blanks, its further lines hanging."""

    def __init__(self, text: Text, indent: int, hang: int) -> None:
        self.text = text
        self.indent = indent
        self.hang = hang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = max(20, _readable(options) - self.indent - self.hang)
        for k, line in enumerate(self.text.wrap(console, inner)):
            line.rstrip()
            yield Text.assemble(" " * (self.indent + (self.hang if k else 0)), line, no_wrap=True)


def paragraph(text: str | Text, indent: int = 0, hang: int = 0, style: str = "") -> RenderableType:
    """Return a paragraph.

    Args:
        text: its text.
        indent: blanks before every line.
        hang: further blanks before every line but the first.
        style: style of text that has none.
    """
    return _Paragraph(text if isinstance(text, Text) else Text(text, style=style), indent, hang)


class Branch:
    """A node of a tree of text, drawn with lines, long labels hanging; no trailing blanks."""

    def __init__(self, label: Text) -> None:
        self.label = label
        self.children: list[Branch] = []

    def add(self, label: Text) -> Branch:
        """Add a child and return it."""
        self.children.append(Branch(label))
        return self.children[-1]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._lines(console, _readable(options), "", "")

    def _lines(self, console: Console, width: int, first: str, further: str) -> Iterator[Text]:
        inner = max(20, width - len(first) - _GAP)
        for k, line in enumerate(self.label.wrap(console, inner)):
            line.rstrip()
            trunk = f"{further}{'│ ' if self.children else '  '}  " if k else first
            yield Text.assemble((trunk, "dim"), line, no_wrap=True)
        for child in self.children:
            last = child is self.children[-1]
            yield from child._lines(
                console,
                width,
                f"{further}{'└' if last else '├'}─ ",
                f"{further}{'   ' if last else '│  '}",
            )


def letters_line(letters: Mapping[str, str], names: Mapping[str, str]) -> Text:
    """Return the parties' letters with their names."""
    colours = party_styles(list(letters))
    line = Text()
    for party, letter in letters.items():
        line.append("  " if line else "")
        line.append(letter, style=f"bold {colours[party]}")
        line.append(f" {names[party]}")
    return line


def page(*parts: RenderableType | None) -> RenderableType:
    """Return the parts that exist, a blank line between two."""
    shown: list[RenderableType] = []
    for part in parts:
        if part is None:
            continue
        if shown:
            shown.append(Text(""))
        shown.append(part)
    return Group(*shown)
