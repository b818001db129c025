"""What a brief is made of: frozen pieces of text, tables and figures, before any format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

__all__ = [
    "Block",
    "Brief",
    "Bullets",
    "Cite",
    "Facts",
    "Figure",
    "Heading",
    "Inline",
    "Item",
    "Line",
    "NOT_REVIEWED",
    "Note",
    "OPEN",
    "Paragraph",
    "Quote",
    "Section",
    "Sources",
    "Table",
    "Text",
    "plain",
]

OPEN = "◌"
"""The mark beside every mention of a statement that nobody has judged."""

NOT_REVIEWED = f"{OPEN} not reviewed"
"""The same, spelt out."""

Style: TypeAlias = Literal["", "strong", "quiet", "code", "mark"]


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text.

    Attributes:
        text: its characters.
        style: ``strong``, ``quiet`` (small and grey), ``code`` (as in the case file), ``mark``
            (must be seen), or empty.
        to: id of the element of the brief to which it is a link.
    """

    text: str
    style: Style = ""
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Cite:
    """A mention of a footnote.

    Attributes:
        note: its number.
        mention: which mention of it this is, from 1.
        open: whether nobody has judged the statement.
    """

    note: int
    mention: int
    open: bool = False


Inline: TypeAlias = "Text | Cite"
Line: TypeAlias = "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        line: its text.
        role: ``notice`` (a warning), ``quiet``, or empty.
    """

    line: Line
    role: Literal["", "notice", "quiet"] = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; ``id`` if links lead to it."""

    line: Line
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered or not."""

    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms, and what is said of each."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a statement, with where they stand."""

    text: str
    source: Line


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row heads the row.

    Attributes:
        caption: what it shows.
        head: names of the columns.
        rows: the cells.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure.

    Attributes:
        svg: the drawing.
        title: what it is.
        description: the same in words, for those who do not see it.
        caption: the line under it.
        width, height: in CSS pixels.
        landscape: whether, on paper, it needs a page turned on its side.
    """

    svg: str
    title: str
    description: str
    caption: Line
    width: float
    height: float
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: a statement with where it stands.

    Attributes:
        number: its number in the brief.
        statement: id of the statement.
        quote: its words.
        doc: name of the document.
        date: day of publication; ``None`` if it is not known.
        speaker: who says it; ``None`` if that is the author or nobody named.
        type: the type of statement.
        state: ``proposed``, ``accepted``, ``edited`` or ``rejected``.
        mentions: how often the brief mentions it.
    """

    number: int
    statement: str
    quote: str
    doc: str
    date: str | None
    speaker: str | None
    type: str
    state: str
    mentions: int

    @property
    def open(self) -> bool:
        """Whether nobody has judged the statement."""
        return self.state == "proposed"

    @property
    def origin(self) -> str:
        """Return "Khalilzad, news.txt, 28 January 2019, demand"."""
        from detente.report.stances import day

        when = "no date" if self.date is None else day(self.date)
        parts = [self.speaker, self.doc, when, self.type.replace("-", " ")]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Sources:
    """Every footnote, in full."""

    notes: tuple[Note, ...]


Block: TypeAlias = "Paragraph | Heading | Bullets | Facts | Quote | Table | Figure | Sources"


@dataclass(frozen=True, slots=True)
class Section:
    """A section.

    Attributes:
        id: what links lead to; unique.
        title: its heading; the first section's heading is the headline of the brief.
        blocks: what it contains.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A document.

    Attributes:
        kind: ``brief``, ``role`` (a sheet for one party of an exercise) or ``debrief``.
        title: the title of the case, which runs along every page.
        headline: its first sentence.
        notices: what must be said before all else.
        sections: the first is page 1.
        notes: the footnotes, by number.
        references: ids that are cited and of which no workspace at hand knows the words.
        unreviewed: whether anything rests on statements that nobody has judged.
        paper: ``a4`` or ``letter``.
        date: the day it was made, ISO 8601.
        facts: how to make it again: version, fingerprint, concept and the like.
    """

    kind: Literal["brief", "role", "debrief"]
    title: str
    headline: str
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    references: tuple[str, ...]
    unreviewed: bool
    paper: Literal["a4", "letter"]
    date: str
    facts: tuple[tuple[str, str], ...] = field(default=())

    def section(self, id: str) -> Section:
        """Return the section with this id.

        Raises:
            KeyError: there is none.
        """
        for section in self.sections:
            if section.id == id:
                return section
        raise KeyError(id)

    @property
    def figures(self) -> Iterator[Figure]:
        """Yield the figures, in order."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Figure))


def plain(line: Line) -> str:
    """Return a line as plain text; mentions of footnotes become "[3]", or "[3 ◌ not reviewed]"."""
    parts = []
    for piece in line:
        if isinstance(piece, Text):
            parts.append(piece.text)
        else:
            parts.append(f"[{piece.note}{f' {NOT_REVIEWED}' if piece.open else ''}]")
    return "".join(parts)
