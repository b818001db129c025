"""Read sources into a workspace: one transaction for each document, so a kill loses nothing."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.model.errors import DetenteError
from detente.reading.gazetteer import Entry
from detente.reading.read import reader_name, without_model
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
    from detente.workspace.asking import Agree, ModelUse

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
_INCOMPLETE = ", incomplete"  # the next call with the model asks again


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
    model: ModelUse | None = None,
    agree: Agree | None = None,
) -> ReadResult:
    """Read files, folders, feeds, dumps and addresses into a workspace.

    What was read before is not read again, unless by an older reader or with other names of
    parties. After a kill at any moment the same call goes on where it stopped. What a language
    model has read beside the rules and the tagger counts as read by these.

    Args:
        store: the workspace.
        sources: what :func:`list_sources` gave.
        options: limits and permissions.
        progress: told after each document.
        workers: processes that read, for calls with many documents.
        rules_only: whether to do without the tagger.
        model: a language model that reads beside the others; one text at a time, in this process.
        agree: asked once for each workspace and host whether text may be sent to the model.

    Raises:
        DetenteError: nothing could be read, for one reason; the workspace cannot be written;
            it is not agreed that text is sent.
    """
    from detente.sources import gather

    problems = list(sources.problems)
    texts: Iterable[SourceText] = gather(sources.items, options, problems.append)
    if model is not None:
        from detente.workspace.asking import with_consent

        by = extractor_of(user_entries(store), rules_only, model)
        texts = with_consent(
            store, texts, model, lambda text: _read_before(store, text, by) is None, agree
        )
    found = read_texts(
        store,
        texts,
        progress=progress,
        workers=workers,
        expected=len(sources.items),
        rules_only=rules_only,
        model=model,
    )
    failures = failures_in(problems)
    if model is None:
        if not found and len(failures) == 1:
            raise failures[0]
        return ReadResult(store, found, tuple(problems))
    unasked = list(model.problems)
    if model.stopped is not None:
        unasked.append(model.stopped)
    if not found and len(failures) + len(unasked) == 1:
        raise [*failures, *unasked][0]
    return ReadResult(store, found, tuple(problems), model.to_dict(), tuple(unasked))


def read_texts(
    store: Store,
    texts: Iterable[SourceText],
    *,
    progress: Progress | None = None,
    workers: int = 1,
    expected: int | None = None,
    rules_only: bool = False,
    model: ModelUse | None = None,
) -> tuple[DocumentRead, ...]:
    """Read texts into a workspace; see :func:`read_sources`.

    Args:
        store: the workspace.
        texts: the texts.
        progress: told after each document.
        workers: processes that read.
        expected: how many texts there are, if known.
        rules_only: whether to do without the tagger.
        model: a language model that reads beside the others. Consent is the caller's matter. If
            it cannot be asked, reading ends with the last text that it has read.
    """
    entries = user_entries(store)
    extractor = extractor_of(entries, rules_only, model)
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

    def finish(place: int, text: SourceText, answer: Answer) -> None:
        reading, signature = answer
        whole = reading.model is None or not reading.model.unread
        by = extractor if whole else extractor + _INCOMPLETE
        note(place, text, save(store, _origin(text), reading, signature, by))

    def finish_oldest() -> None:
        place, text, pending = waiting.popleft()
        finish(place, text, pending())

    fresh = 0
    with ExitStack() as stack:
        reader: Reader | None = None
        for place, text in enumerate(texts):
            before = _read_before(store, text, extractor)
            if before is not None:
                note(place, text, relink(store, _origin(text), before))
                continue
            if model is not None:
                answer = model.read(text.text, text.name, entries, rules_only)
                if answer is None:
                    break
                finish(place, text, answer)
                continue
            fresh += 1
            if reader is None and workers > 1 and max(fresh, expected or 0) >= _PARALLEL:
                reader = stack.enter_context(Reader(workers, entries, rules_only))
            if reader is None:
                finish(place, text, read_one(text.text, text.name, entries, rules_only))
                continue
            waiting.append((place, text, reader.start(text.text, text.name)))
            if len(waiting) >= 4 * workers:
                finish_oldest()
        while waiting:
            finish_oldest()
    return tuple(item for _, item in sorted(done.values(), key=lambda pair: pair[0]))


def extractor_of(
    entries: Sequence[Entry], rules_only: bool = False, model: ModelUse | None = None
) -> str:
    """Return what reads: rules, tagger and model, versions, and a mark of the user's own names."""
    base = reader_name(rules_only)
    if entries:
        base += f" +{hashlib.sha256(repr(entries).encode()).hexdigest()[:8]}"
    return base if model is None else model.reader(base)


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
    # A model reads beside the others and takes nothing away from what they find.
    return num if extractor in (by, without_model(by)) else None


def _origin(text: SourceText) -> Origin:
    return Origin(place_of(text), text.media, text.title, text.date)
