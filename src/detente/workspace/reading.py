"""Read sources into a workspace: one transaction for each document, so a kill loses nothing."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from detente.model.errors import DetenteError
from detente.reading.gazetteer import Entry
from detente.reading.read import reader_name
from detente.store import Store
from detente.store.documents import at_place, known, relink, save
from detente.store.lookup import document
from detente.store.records import Origin, Saved
from detente.workspace.naming import user_entries
from detente.workspace.places import place_of
from detente.workspace.readresult import DocumentRead, ReadResult, failures_in
from detente.workspace.workers import Answer, Reader, read_one

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
    failures = failures_in(problems)
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
    rules_only: bool = False,
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
        rules_only: whether to do without the tagger.

    Raises:
        DetenteError: nothing could be read, for one reason; the workspace cannot be written.
    """
    from detente.sources import gather

    problems = list(sources.problems)
    texts = gather(sources.items, options, problems.append)
    found = read_texts(
        store,
        texts,
        progress=progress,
        workers=workers,
        expected=len(sources.items),
        rules_only=rules_only,
    )
    failures = failures_in(problems)
    if not found and len(failures) == 1:
        raise failures[0]
    return ReadResult(store, found, tuple(problems))


def read_texts(
    store: Store,
    texts: Iterable[SourceText],
    *,
    progress: Progress | None = None,
    workers: int = 1,
    expected: int | None = None,
    rules_only: bool = False,
) -> tuple[DocumentRead, ...]:
    """Read texts into a workspace; see :func:`read_sources`.

    Args:
        store: the workspace.
        texts: the texts.
        progress: told after each document.
        workers: processes that read.
        expected: how many texts there are, if known.
        rules_only: whether to do without the tagger.
    """
    entries = user_entries(store)
    extractor = extractor_of(entries, rules_only)
    done: dict[int, tuple[int, DocumentRead]] = {}
    waiting: deque[tuple[int, SourceText, Callable[[], Answer]]] = deque()
    count = 0

    def note(place: int, text: SourceText, saved: Saved) -> None:
        nonlocal count
        count += 1
        item = DocumentRead(saved.document, text.name, saved.outcome, text.note)
        done.setdefault(saved.document, (place, item))
        if progress is not None:
            progress(count, expected if expected and expected >= count else None, text.name)

    def finish(place: int, text: SourceText, pending: Callable[[], Answer]) -> None:
        reading, signature = pending()
        note(place, text, save(store, _origin(text), reading, signature, extractor))

    fresh = 0
    with ExitStack() as stack:
        reader: Reader | None = None
        for place, text in enumerate(texts):
            before = _read_before(store, text, extractor)
            if before is not None:
                note(place, text, relink(store, _origin(text), before))
                continue
            fresh += 1
            if reader is None and workers > 1 and max(fresh, expected or 0) >= _PARALLEL:
                reader = stack.enter_context(Reader(workers, entries, rules_only))
            if reader is None:
                finish(place, text, partial(read_one, text.text, text.name, entries, rules_only))
                continue
            waiting.append((place, text, reader.start(text.text, text.name)))
            if len(waiting) >= 4 * workers:
                finish(*waiting.popleft())
        while waiting:
            finish(*waiting.popleft())
    return tuple(item for _, item in sorted(done.values(), key=lambda pair: pair[0]))


def extractor_of(entries: Sequence[Entry], rules_only: bool = False) -> str:
    """Return what reads: rules and tagger, their versions, and a mark of the user's own names."""
    base = reader_name(rules_only)
    if not entries:
        return base
    return f"{base} +{hashlib.sha256(repr(entries).encode()).hexdigest()[:8]}"


def _read_before(store: Store, text: SourceText, extractor: str) -> int | None:
    """Return the number of a document that need not be read again."""
    sha256 = hashlib.sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest()
    found = known(store, text.name, sha256)
    if found is None:
        num = at_place(store, place_of(text))
        if num is None:
            return None
        stored = document(store, num)
        if stored.sha256 != sha256:
            return None
        found = (num, stored.extractor)
    num, by = found
    return num if by == extractor else None


def _origin(text: SourceText) -> Origin:
    return Origin(place_of(text), text.media, text.title, text.date)
