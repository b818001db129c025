"""What a call of ``detente read`` read, streamed from the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detente.model.errors import DetenteError
from detente.store import Store
from detente.store.lookup import attributions, document, document_lines
from detente.store.records import StoredDocument
from detente.store.searching import in_document

__all__ = ["DocumentRead", "ReadResult", "failures_in"]


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """One document of a call.

    Attributes:
        num: its number in the workspace.
        name: its name in this call.
        outcome: ``new``, ``version``, ``again`` or ``known``; see :class:`Saved`.
        note: what the source says about how it was read, or ``None``.
    """

    num: int
    name: str
    outcome: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a call read.

    Attributes:
        store: the workspace, still open.
        documents: its documents, in order, each once.
        problems: what was not read, and why.
        model: what a language model took and gave; ``None`` if none was named. See
            :meth:`.ModelUse.to_dict`.
        unasked: what the model did not read, and why.
    """

    store: Store
    documents: tuple[DocumentRead, ...]
    problems: tuple[DetenteError, ...] = ()
    model: Mapping[str, Any] | None = None
    unasked: tuple[DetenteError, ...] = ()

    @property
    def failures(self) -> list[DetenteError]:
        """What was asked for and could not be read."""
        return failures_in(self.problems)

    def stored(self) -> Iterator[tuple[DocumentRead, StoredDocument]]:
        """Yield each document with what the workspace knows of it."""
        for item in self.documents:
            yield item, document(self.store, item.num)

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each document, for the page."""
        return [
            {
                "doc": item.name,
                "outcome": item.outcome,
                "language": stored.language,
                "statements": stored.statements,
                "repeats": stored.repeats,
                "residue": stored.residue,
                "duplicate_of": stored.duplicate_of[1] if stored.duplicate_of else None,
                "resemblance": stored.resemblance,
                "note": item.note,
            }
            for item, stored in self.stored()
        ]

    def statements(self) -> Iterator[dict[str, Any]]:
        """Yield the statements of every document, in the shape of the contract."""
        for item in self.documents:
            for statement in in_document(self.store, item.num):
                yield {**statement.to_dict(), "doc": item.name}

    def attributions(self) -> Iterator[dict[str, Any]]:
        """Yield the attributions of every document, in the shape of the contract."""
        for item in self.documents:
            yield from attributions(self.store, item.num, item.name)

    def described(self) -> Iterator[dict[str, Any]]:
        """Yield the facts and lines of every document."""
        for item, stored in self.stored():
            other = stored.duplicate_of
            yield {
                "doc": item.name,
                "sha256": stored.sha256,
                "outcome": item.outcome,
                "language": stored.language,
                "title": stored.title,
                "date": stored.date,
                "media": stored.media,
                "places": list(stored.places),
                "characters": stored.characters,
                "read_at": stored.read_at,
                "extractor": stored.extractor,
                "duplicate_of": other[1] if other else None,
                "resemblance": stored.resemblance,
                "note": item.note,
                "lines": document_lines(self.store, item.num),
                "parties": [{"name": name, "count": count} for name, count in stored.parties],
            }


def failures_in(problems: Iterable[DetenteError]) -> list[DetenteError]:
    """Return what was asked for and could not be read; the rest was left out by rule."""
    return [problem for problem in problems if not getattr(problem, "skipped", False)]
