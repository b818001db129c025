"""Reading in further processes. They end with this one, even when it is killed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import TypeAlias

from detente.reading import read
from detente.reading.duplicates import signature
from detente.reading.gazetteer import Entry
from detente.reading.model.asking import Ask
from detente.reading.results import Reading
from detente.reading.tagger import Tagger, load_tagger

__all__ = ["Answer", "Reader", "read_one"]

Answer: TypeAlias = tuple[Reading, tuple[int, ...]]

_entries: tuple[Entry, ...] = ()
_tagger: Tagger | None = None


def read_one(
    text: str,
    name: str,
    entries: Sequence[Entry],
    rules_only: bool,
    tagger: Tagger | None = None,
    ask: Ask | None = None,
) -> Answer:
    """Return the reading of a text, and its signature."""
    reading = read(text, name, parties=entries, rules_only=rules_only, tagger=tagger, ask=ask)
    return reading, signature(text)


def _begin(entries: tuple[Entry, ...], rules_only: bool) -> None:
    global _entries, _tagger
    _entries = entries
    _tagger = None if rules_only else load_tagger(threads=1)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(text: str, name: str) -> Answer:
    return read_one(text, name, _entries, _tagger is None, _tagger)


class Reader:
    """Processes that read.

    Args:
        workers: how many.
        entries: the user's parties.
        rules_only: whether they do without the tagger.
    """

    def __init__(self, workers: int, entries: Sequence[Entry], rules_only: bool) -> None:
        self._entries = tuple(entries)
        self._rules_only = rules_only
        self._pool = ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=_begin, initargs=(self._entries, rules_only)
        )

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def start(self, text: str, name: str) -> Callable[[], Answer]:
        """Begin to read a text; what is returned gives the result, and waits for it."""
        try:
            future = self._pool.submit(_work, text, name)
        except BrokenProcessPool:
            return lambda: read_one(text, name, self._entries, self._rules_only)

        def result() -> Answer:
            try:
                return future.result()
            except BrokenProcessPool:  # a worker was killed: read it here
                return read_one(text, name, self._entries, self._rules_only)

        return result
