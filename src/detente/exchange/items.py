"""What is exchanged: documents, statements, judgements and names, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.model.errors import Where

__all__ = [
    "AliasItem",
    "Bundle",
    "DocumentItem",
    "PartyItem",
    "Quote",
    "ReviewItem",
    "StatementItem",
]


@dataclass(frozen=True, slots=True)
class DocumentItem:
    """A document, or what a format says of one.

    Attributes:
        name: its name.
        text: its raw text; ``None`` where the format does not hold it.
        sha256: fingerprint of the text; ``None`` where the format does not say.
        title, date, media, language: see :class:`detente.store.records.StoredDocument`.
        read_at: when it was first read.
        extractor: what read it; ``None``: nobody.
        parties: party and how often the text names it.
        places: where it stands now, and since when.
        versions: where it stood before, and until when.
        duplicate: name and fingerprint of the document that it nearly repeats, and how nearly.
        lines: its labelled lines, as in ``detente read --json``.
        attributions: its attributions, as in ``detente read --json``, without ``doc``.
    """

    name: str
    text: str | None = None
    sha256: str | None = None
    title: str | None = None
    date: str | None = None
    media: str | None = None
    language: str | None = None
    read_at: str | None = None
    extractor: str | None = None
    parties: tuple[tuple[str, int], ...] = ()
    places: tuple[tuple[str, str | None], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    duplicate: tuple[str, str, float] | None = None
    lines: tuple[Mapping[str, Any], ...] = ()
    attributions: tuple[Mapping[str, Any], ...] = ()

    @property
    def day(self) -> str:
        """Return the day it was published, or else read; empty if neither is known."""
        return (self.date or self.read_at or "")[:10]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A judgement; see :class:`detente.store.records.Review`."""

    num: int
    decision: str
    fields: Mapping[str, Any]
    by: str
    at: str | None
    why: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a statement, for finding it in a text.

    Attributes:
        exact: its words.
        prefix: what stands right before them; empty if unknown.
        suffix: what stands right after them; empty if unknown.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class StatementItem:
    """A statement.

    Attributes:
        document: its document.
        fields: every field, reviews applied, without ``id`` and ``doc``. What a format does not
            hold is missing.
        id: its id; ``None`` where the format does not say.
        state: ``proposed``, ``accepted``, ``edited`` or ``rejected``; ``None``: not said.
        found: whether the present reader finds it.
        listed: whether it is in the lists: false if proposed from a version that was replaced.
        proposal: of the fields that reviews have changed, what had been proposed.
        reviews: its judgements, the oldest first.
        where: its place in the file it was read from.
        quote: its words as the file has them, where they decide where it stands.
        unit: what ``start`` and ``end`` count: ``code points`` or ``UTF-16``.
        by, why: who coded it and why, where that is no judgement yet.
        otherwise: fields for a statement that is not there yet, which the file only suggests.
    """

    document: DocumentItem
    fields: Mapping[str, Any]
    id: str | None = None
    state: str | None = None
    found: bool = True
    listed: bool = True
    proposal: Mapping[str, Any] = field(default_factory=dict)
    reviews: tuple[ReviewItem, ...] = ()
    where: Where | None = None
    quote: Quote | None = None
    unit: str = "code points"
    by: str | None = None
    why: str | None = None
    otherwise: Mapping[str, Any] = field(default_factory=dict)

    @property
    def proposed(self) -> dict[str, Any]:
        """Return the fields as they were proposed."""
        return {**self.fields, **self.proposal}


@dataclass(frozen=True, slots=True)
class PartyItem:
    """A party that a user added."""

    name: str
    kind: str
    origin: str
    added_at: str | None = None


@dataclass(frozen=True, slots=True)
class AliasItem:
    """A name of a party; ``review`` is the number of the judgement that taught it."""

    alias: str
    party: str
    role: str
    origin: str
    review: int | None = None
    added_at: str | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is written to a file, or was read from one.

    Attributes:
        documents: the documents, in order.
        statements: the statements, in order.
        parties, aliases: names beside those that Détente ships.
        whole: whether it was written by Détente with everything that belongs to its statements.
        strict: whether one statement that has no place in its text spoils the whole.
        ignored: keys of the file that mean nothing here -> how often they occur.
        folded: whether ``;`` and ``"`` of the texts may stand as ``,`` and ``'`` in the file.
    """

    documents: tuple[DocumentItem, ...] = ()
    statements: tuple[StatementItem, ...] = ()
    parties: tuple[PartyItem, ...] = ()
    aliases: tuple[AliasItem, ...] = ()
    whole: bool = False
    strict: bool = False
    ignored: Mapping[str, int] = field(default_factory=dict)
    folded: bool = False
