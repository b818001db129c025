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

    Args:
        doing: what the search does, for the line.

    Attributes:
        interrupted: True after Ctrl-C.
        begun: True once the search has tried something.
    """

    def __init__(self, doing: str = "trying remedies") -> None:
        self.doing = doing
        self._first = time.monotonic()
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
            share = ""
            if ahead > tried > 0:
                left = (now - self._first) / tried * (ahead - tried)
                share = f" of {ahead:,}, about {left:,.0f} s left"
            line = f"{self.doing}: {tried:,}{share} (Ctrl-C ends the search)"
            sys.stderr.write(f"\r\x1b[K{line}")
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
def searching(doing: str = "trying remedies") -> Iterator[Progress]:
    """Give a progress; within, the first Ctrl-C asks the search to end, the second ends all.

    Before the search has begun there is nothing to keep, and the first ends all.

    Args:
        doing: what the search does, for the line on the terminal.
    """
    progress = Progress(doing)

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
