"""Read sources into a workspace: one transaction for each document, so a kill loses nothing."""

from __future__ import annotations

import hashlib
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.model.errors import DetenteError
from detente.reading.gazetteer import Entry
from detente.reading.results import EXTRACTOR, EXTRACTOR_VERSION
from detente.store import Store
from detente.store.documents import at_place, known, relink, save
from detente.store.lookup import attributions, document, document_lines
from detente.store.records import Origin, Saved, StoredDocument
from detente.store.searching import in_document
from detente.workspace.naming import user_entries
from detente.workspace.workers import Reader, read_one

if TYPE_CHECKING:
    from detente.sources import Listed, SourceOptions, SourceText

__all__ = [
    "DocumentRead",
    "ReadResult",
    "Sources",
    "list_sources",
    "read_sources",
    "read_texts",
]

Progress = Callable[[int, "int | None", str], None]
"""Called with (documents done, how many there are if known, name of the last one)."""

_PARALLEL = 24  # from so many documents on, further processes repay their start
_LINE = re.compile(r"(?<=.):\d+$")


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
    """

    store: Store
    documents: tuple[DocumentRead, ...]
    problems: tuple[DetenteError, ...] = ()

    @property
    def failures(self) -> list[DetenteError]:
        """What was asked for and could not be read."""
        return _failures(self.problems)

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


@dataclass(frozen=True, slots=True)
class Sources:
    """Sources that exist, each file of a folder for itself.

    Attributes:
        items: what there is to read.
        problems: what there is not.
    """

    items: tuple[Listed, ...]
    problems: tuple[DetenteError, ...]


def list_sources(names: Sequence[str]) -> Sources:
    """List what is to be read, before anything is read or a workspace is made.

    Raises:
        DetenteError: there is nothing to read, for one reason.
    """
    from detente.sources import expand

    problems: list[DetenteError] = []
    items = expand(names, problems.append)
    failures = _failures(problems)
    if not items and len(failures) == 1:
        raise failures[0]
    return Sources(items, tuple(problems))


def read_sources(
    store: Store,
    sources: Sources,
    *,
    options: SourceOptions | None = None,
    progress: Progress | None = None,
    workers: int = 1,
) -> ReadResult:
    """Read files, folders, feeds, dumps and addresses into a workspace.

    What was read before is not read again, unless by an older reader or with other names of
    parties. After a kill at any moment the same call goes on where it stopped.

    Args:
        store: the workspace.
        sources: what :func:`list_sources` gave.
        options: limits and permissions.
        progress: told after each document.
        workers: processes that read, for calls with many documents.

    Raises:
        DetenteError: nothing could be read, for one reason; the workspace cannot be written.
    """
    from detente.sources import gather

    problems = list(sources.problems)
    texts = gather(sources.items, options, problems.append)
    found = read_texts(
        store, texts, progress=progress, workers=workers, expected=len(sources.items)
    )
    failures = _failures(problems)
    if not found and len(failures) == 1:
        raise failures[0]
    return ReadResult(store, found, tuple(problems))


def _failures(problems: Iterable[DetenteError]) -> list[DetenteError]:
    """Return what was asked for and could not be read; the rest was left out by rule."""
    return [problem for problem in problems if not getattr(problem, "skipped", False)]


def read_texts(
    store: Store,
    texts: Iterable[SourceText],
    *,
    progress: Progress | None = None,
    workers: int = 1,
    expected: int | None = None,
) -> tuple[DocumentRead, ...]:
    """Read texts into a workspace; see :func:`read_sources`.

    Args:
        store: the workspace.
        texts: the texts.
        progress: told after each document.
        workers: processes that read.
        expected: how many texts there are, if known.
    """
    entries = user_entries(store)
    extractor = extractor_of(entries)
    done: dict[int, DocumentRead] = {}
    waiting: deque[tuple[SourceText, Any]] = deque()
    count = 0

    def note(text: SourceText, saved: Saved) -> None:
        nonlocal count
        count += 1
        item = DocumentRead(saved.document, text.name, saved.outcome, text.note)
        done.setdefault(saved.document, item)
        if progress is not None:
            progress(count, expected if expected and expected >= count else None, text.name)

    def finish(text: SourceText, pending: Any) -> None:
        reading, signature = pending()
        note(text, save(store, _origin(text), reading, signature, extractor))

    many = workers > 1 and (expected or 0) >= _PARALLEL
    pool: AbstractContextManager[Reader | None] = (
        Reader(workers, entries) if many else nullcontext()
    )
    with pool as reader:
        for text in texts:
            before = _read_before(store, text, extractor)
            if before is not None:
                note(text, relink(store, _origin(text), before))
            elif reader is None:
                finish(text, lambda text=text: read_one(text.text, text.name, entries))
            else:
                waiting.append((text, reader.start(text.text, text.name)))
                if len(waiting) >= 4 * workers:
                    finish(*waiting.popleft())
        while waiting:
            finish(*waiting.popleft())
    return tuple(done.values())


def extractor_of(entries: Sequence[Entry]) -> str:
    """Return what reads: the rules, their version, and a mark of the user's own names."""
    base = f"{EXTRACTOR} {EXTRACTOR_VERSION}"
    if not entries:
        return base
    return f"{base} +{hashlib.sha256(repr(entries).encode()).hexdigest()[:8]}"


def _read_before(store: Store, text: SourceText, extractor: str) -> int | None:
    """Return the number of a document that need not be read again."""
    sha256 = hashlib.sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest()
    found = known(store, text.name, sha256)
    if found is None:
        num = at_place(store, _place(text))
        if num is None:
            return None
        stored = document(store, num)
        if stored.sha256 != sha256:
            return None
        found = (num, stored.extractor)
    num, by = found
    return num if by == extractor else None


def _origin(text: SourceText) -> Origin:
    return Origin(_place(text), text.media, text.title, text.date)


def _place(text: SourceText) -> str:
    """Return where a text stands, however the source was named."""
    origin = text.origin
    if "://" in origin:
        return origin
    if _LINE.search(origin):  # an item of a dump: it may move to another line
        return f"{os.path.abspath(_LINE.sub('', origin))}#{text.name.rpartition('#')[2]}"
    return os.path.abspath(origin)
