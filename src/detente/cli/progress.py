"""A search that takes time: a line on the terminal, and Ctrl-C that keeps what was found."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Progress", "searching"]

_QUIET = 0.5  # seconds before anything is shown
_PACE = 0.1  # seconds between two changes of the line


class Progress:
    """Shows how far a search is, on standard error if that is a terminal.

    Attributes:
        interrupted: True after Ctrl-C.
        begun: True once the search has tried something.
    """

    def __init__(self) -> None:
        self.interrupted = False
        self.begun = False
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + _QUIET
        self._shown = False

    def __call__(self, tried: int, ahead: int) -> None:
        """Take note of (changed models tried, known to be ahead)."""
        self.begun = True
        now = time.monotonic()
        if self._terminal and now >= self._next:
            self._next = now + _PACE
            self._shown = True
            share = f" of {ahead:,}" if ahead > tried else ""
            sys.stderr.write(f"\r\x1b[Ktrying remedies: {tried:,}{share} (Ctrl-C ends the search)")
            sys.stderr.flush()

    def stop(self) -> bool:
        """Tell whether the search is to end."""
        return self.interrupted

    def close(self) -> None:
        """Wipe the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def searching() -> Iterator[Progress]:
    """Give a progress; within, the first Ctrl-C asks the search to end, the second ends all.

    Before the search has begun there is nothing to keep, and the first ends all.
    """
    progress = Progress()

    def ask(number: int, frame: FrameType | None) -> None:
        if progress.interrupted or not progress.begun:
            raise KeyboardInterrupt
        progress.interrupted = True

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:  # not in the main thread
        yield progress
        return
    try:
        yield progress
    finally:
        signal.signal(signal.SIGINT, before)
        progress.close()
