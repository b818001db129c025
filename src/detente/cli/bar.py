"""A bar on the terminal for reading that takes longer than a second."""

from __future__ import annotations

import sys
import time

__all__ = ["Bar"]

_QUIET = 1.0  # seconds before anything is shown
_PACE = 0.1  # seconds between two changes of the line
_WIDTH = 24


class Bar:
    """Shows how many documents are read, on standard error if that is a terminal."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._begun = time.monotonic()
        self._next = self._begun + _QUIET
        self._shown = False

    def __call__(self, done: int, total: int | None, name: str) -> None:
        """Take note of the documents done, how many there are if known, and the last one."""
        now = time.monotonic()
        if not self._terminal or now < self._next:
            return
        self._next = now + _PACE
        self._shown = True
        pace = f"{done / (now - self._begun):.0f} a second"
        if total:
            full = _WIDTH * done // total
            bar = "█" * full + "░" * (_WIDTH - full)
            line = f"reading {bar} {done:,} of {total:,}, {pace}"
        else:
            line = f"reading: {done:,} documents, {pace}"
        safe = "".join(c if c.isprintable() else "?" for c in name)
        sys.stderr.write(f"\r\x1b[K{line}  {safe[:24]}")
        sys.stderr.flush()

    def close(self) -> None:
        """Wipe the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
