"""What the store gives back: frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Found", "Origin", "Review", "Saved", "StoredDocument", "StoredStatement"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from.

    Attributes:
        place: file, address or entry of a feed; it has one current document at a time.
        media: what kind of file it was, for instance ``text/html``.
        title: its title, if it has one of its own.
        date: when it was published, ISO 8601, if known.
    """

    place: str
    media: str | None = None
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a reading.

    Attributes:
        document: number of the document.
        outcome: ``new``, ``version`` (its place had another text before), ``again`` (read again
            by another reader) or ``known``.
    """

    document: int
    outcome: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document without its text.

    Attributes:
        num: its number in the workspace.
        name: its name.
        sha256: fingerprint of its text.
        places: where it stands now; empty if it was replaced by another version everywhere.
        title, media, date: see :class:`Origin`.
        language: ``en``, another code or ``unknown``.
        read_at: when it was first read.
        extractor: what read it.
        characters: length of its text.
        lines: number of lines that are not blank.
        residue: label -> number of such lines, for what is no part of the running text.
        statements: number of statements, repeats included.
        repeats: how many of them are reprints of others.
        parties: party -> how often the text names it.
        duplicate_of: number and name of the document that this one nearly repeats, or ``None``.
        resemblance: how nearly, from 0 to 1.
    """

    num: int
    name: str
    sha256: str
    places: tuple[str, ...]
    title: str | None
    media: str | None
    date: str | None
    language: str
    read_at: str
    extractor: str
    characters: int
    lines: int
    residue: dict[str, int]
    statements: int
    repeats: int
    parties: tuple[tuple[str, int], ...]
    duplicate_of: tuple[int, str] | None
    resemblance: float | None


@dataclass(frozen=True, slots=True)
class StoredStatement:
    r"""A statement as it is after the reviews.

    Attributes:
        num: its number in the workspace.
        id: its id: the same whenever the same span of the same document is found.
        document: number of its document.
        doc: name of its document.
        date: day of its document: when it was published, or else read.
        state: ``proposed``, ``accepted``, ``edited`` or ``rejected``.
        found: whether the present reader finds it.
        fields: every field of ``detente read --json``, reviews applied.
        edited: names of the fields that reviews have changed.
        proposal: of those fields, what the reader had proposed.
        snippet: where a search matched, the words between ``\\x02`` and ``\\x03``.
    """

    num: int
    id: str
    document: int
    doc: str
    date: str
    state: str
    found: bool
    fields: dict[str, Any]
    edited: tuple[str, ...] = ()
    proposal: Mapping[str, Any] = field(default_factory=dict)
    snippet: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the statement in the JSON shape of the contract, with further keys."""
        return {
            "id": self.id,
            "doc": self.doc,
            **self.fields,
            "date": self.date,
            "state": self.state,
            "edited": list(self.edited),
            "found": self.found,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query.

    Attributes:
        statements: the statements, in order.
        total: how many there are, shown or not.
        ranked: how many were compared for the ranking; ``None`` if all were.
    """

    statements: tuple[StoredStatement, ...]
    total: int
    ranked: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One judgement.

    Attributes:
        num: its number.
        statement: id of the statement.
        decision: ``accepted``, ``edited``, ``rejected`` or ``reopened``.
        fields: every field that then differed from the proposal.
        by: who judged.
        at: when, in UTC.
        why: the reason given, or ``None``.
        undoes: number of the review that this one takes back, or ``None``.
    """

    num: int
    statement: str
    decision: str
    fields: dict[str, Any]
    by: str
    at: str
    why: str | None
    undoes: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the judgement for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}
