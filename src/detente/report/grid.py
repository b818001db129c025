"""Tables of text that keep to a width: columns that do not fit go to a further block.

A block repeats the first columns, so that each can be read alone. Headers have a line for the
group (a party, "stable for") and the column's own name, wrapped by words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style

__all__ = ["Column", "Grid", "Piece", "wrapped"]

_GAP = 2
_NARROWEST = 8

Piece: TypeAlias = tuple[str, str]
"""Text and the name of its style."""


def wrapped(text: str, width: int) -> list[str]:
    """Break text into lines of at most ``width`` cells, at spaces and after hyphens."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for k, piece in enumerate(_pieces(word, width)):
            joint = " " if line and k == 0 else ""
            if line and cell_len(line) + len(joint) + cell_len(piece) > width:
                lines.append(line)
                line = piece
            else:
                line += joint + piece
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    if cell_len(word) <= width:
        return [word]
    parts = [part for part in word.replace("-", "-\0").split("\0") if part]
    return [piece for part in parts for piece in chop_cells(part, max(1, width))]


@dataclass
class Column:
    """A column.

    Attributes:
        head: its name.
        cells: the text of each row.
        styles: a style for each row, or none.
        group: what stands above the names of neighbouring columns of the same group.
        wraps: True if long cells may be broken into lines; then ``least`` is its least width.
        least: see ``wraps``.
        right: True to align to the right.
        marks: pieces of text with styles for each row, if cells have several; ``cells`` has the
            same text without styles.
        prefix: a mark before each cell, all of one width.
    """

    head: str
    cells: Sequence[str]
    styles: Sequence[str] = ()
    group: str = ""
    wraps: bool = False
    least: int = 0
    right: bool = False
    marks: Sequence[Sequence[Piece]] = ()
    prefix: Sequence[str] = ()
    width: int = field(init=False)

    def __post_init__(self) -> None:
        head = max((cell_len(word) for word in self.head.split()), default=0)
        self.width = max([head, *(cell_len(cell) for cell in set(self.cells))]) + self.indent

    @property
    def indent(self) -> int:
        """Width of the mark before each cell."""
        return cell_len(self.prefix[0]) if self.prefix else 0

    def lines(self, row: int) -> list[str]:
        """Return the lines of a cell."""
        if not self.prefix:
            return wrapped(self.cells[row], self.width) if self.wraps else [self.cells[row]]
        lines = wrapped(self.cells[row], self.width - self.indent)
        return [self.prefix[row] + lines[0], *(" " * self.indent + line for line in lines[1:])]


class Grid:
    """A table, broken into blocks of columns.

    Args:
        fixed: the columns that every block begins with; the first may wrap.
        columns: the other columns.
    """

    def __init__(self, fixed: Sequence[Column], columns: Sequence[Column]) -> None:
        self.fixed = list(fixed)
        self.columns = list(columns)
        self.rows = len(self.fixed[0].cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines of each block."""
        blocks = self.blocks(options.max_width)
        for k, block in enumerate(blocks):
            if k:
                yield Segment.line()
            yield from self._lines(block, console)

    def blocks(self, width: int) -> list[list[Column]]:
        """Divide the columns into blocks that fit ``width``; neighbours of a group stay together.

        The first fixed column gives way, down to its least width, if that saves a block.
        """
        first = self.fixed[0]
        natural = first.width
        rest = _total(self.fixed[1:]) + _GAP * (len(self.fixed) > 1)
        needed = _total(self.columns) + _GAP
        if first.wraps:
            least = min(natural, first.least)
            spare = width - rest - needed
            if spare < natural:
                first.width = max(least, spare) if spare >= least else min(natural, least + 6)
        room = width - first.width - rest - _GAP
        for column in self.columns:
            if column.width > room:
                column.width, column.wraps = max(room, _NARROWEST), True
        blocks: list[list[Column]] = []
        for group in _groups(self.columns):
            name = max((cell_len(word) for word in group[0].group.split()), default=0)
            whole = max(name, _total(group))
            joins = bool(blocks) and _total(blocks[-1]) + _GAP + whole <= room
            if not joins:
                blocks.append([])
            if joins or whole <= room:
                group[-1].width += whole - _total(group)
                blocks[-1] += group
                continue
            for column in group:
                if blocks[-1] and _total(blocks[-1]) + _GAP + column.width > room:
                    blocks.append([])
                if not blocks[-1]:
                    column.width = max(column.width, min(name, room))
                blocks[-1].append(column)
        return blocks or [[]]

    def _lines(self, block: list[Column], console: Console) -> Iterator[Segment]:
        columns = self.fixed + block
        styles = _Styles(console)
        heads = [*self._heads(columns), ("─" * _total(columns), "dim")]
        for text, style in heads:
            yield Segment(text, styles[style])
            yield Segment.line()
        for row in range(self.rows):
            yield from self._row(columns, row, styles)

    def _heads(self, columns: list[Column]) -> Iterator[tuple[str, str]]:
        """Yield the lines of the header with their styles."""
        groups = _groups(columns)
        if any(group[0].group for group in groups):
            names = [wrapped(group[0].group, _total(group)) for group in groups]
            for line in _bottom(names):
                pieces = zip(line, groups, strict=True)
                yield _joined([_pad(text, _total(group)) for text, group in pieces]), "bold"
        heads = [
            [" " * c.indent + line for line in wrapped(c.head, c.width - c.indent)] for c in columns
        ]
        for line in _bottom(heads):
            padded = [_pad(t, c.width, c.right) for t, c in zip(line, columns, strict=True)]
            yield _joined(padded), "dim"

    def _row(self, columns: list[Column], row: int, styles: _Styles) -> Iterator[Segment]:
        """Yield the lines of a row: plain segments, as there may be many thousand rows."""
        parts = [column.lines(row) for column in columns]
        for line in range(max(map(len, parts))):
            blank = ""  # written only if something follows
            for part, column in zip(parts, columns, strict=True):
                cell = part[line] if line < len(part) else ""
                pieces: Sequence[Piece] = ((cell, column.styles[row] if column.styles else ""),)
                if line == 0 and column.marks:
                    pieces = column.marks[row]
                space = " " * (column.width - sum(cell_len(text) for text, _ in pieces))
                if column.right:
                    blank += space
                    space = ""
                for text, style in pieces:
                    if text:
                        yield Segment(blank + text, styles[style])
                        blank = ""
                blank += space + " " * _GAP
            yield Segment.line()


class _Styles(dict[str, Style | None]):
    """Styles by their names, parsed once."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def __missing__(self, name: str) -> Style | None:
        self[name] = style = self.console.get_style(name) if name else None
        return style


def _groups(columns: Sequence[Column]) -> list[list[Column]]:
    groups: list[list[Column]] = []
    for column in columns:
        if groups and groups[-1][0].group == column.group:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _total(columns: Sequence[Column]) -> int:
    return sum(c.width for c in columns) + _GAP * max(0, len(columns) - 1)


def _bottom(cells: list[list[str]]) -> Iterator[list[str]]:
    """Yield lines across cells of several lines each, aligned at the bottom."""
    height = max(len(cell) for cell in cells)
    for k in range(height):
        yield [c[k - height + len(c)] if k >= height - len(c) else "" for c in cells]


def _pad(text: str, width: int, right: bool = False) -> str:
    space = " " * max(0, width - cell_len(text))
    return space + text if right else text + space


def _joined(cells: list[str]) -> str:
    return (" " * _GAP).join(cells).rstrip()
