"""Where long lines run: along free rows, or in the channels between rows, each on its own track."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Corridors", "Lane"]


@dataclass(frozen=True, slots=True)
class Lane:
    """The stretch of a long line beside the columns that it passes.

    Attributes:
        kind: ``row`` (a row that is empty there) or ``channel`` (the space above a row).
        number: of the row; the channel below the last row has the number of rows.
        track: 0 for the first line there, 1 for the next that would touch it, and so on.
    """

    kind: str
    number: int
    track: int


@dataclass
class Corridors:
    """Hands out lanes.

    Attributes:
        boxes: (column, row) of every state.
        rows: number of rows.
    """

    boxes: frozenset[tuple[int, int]]
    rows: int
    _used: dict[tuple[str, int], list[tuple[int, int, int]]] = field(default_factory=dict)

    def lane(self, low: int, high: int, start: int, end: int) -> Lane:
        """Return a lane for a line between two columns that are not neighbours.

        Args:
            low: the column of its left end.
            high: the column of its right end, at least ``low + 2``.
            start: the row of its left end.
            end: the row of its right end.
        """
        passed = range(low + 1, high)
        places = [
            ("row", r, float(r))
            for r in range(self.rows)
            if not any((c, r) in self.boxes for c in passed)
        ]
        places += [("channel", k, k - 0.5) for k in range(self.rows + 1)]

        def cost(place: tuple[str, int, float]) -> tuple[float, str, int]:
            kind, number, y = place
            track = self._track(kind, number, low, high)
            crowd = 0.12 * track + (0.8 if kind == "row" and track > 2 else 0)
            edge = 0.3 if kind == "channel" and number in (0, self.rows) else 0
            return round(abs(y - start) + abs(y - end) + crowd + edge, 6), kind, number

        kind, number, _ = min(places, key=cost)
        track = self._track(kind, number, low, high)
        self._used.setdefault((kind, number), []).append((low, high, track))
        return Lane(kind, number, track)

    def _track(self, kind: str, number: int, low: int, high: int) -> int:
        near = {t for a, b, t in self._used.get((kind, number), ()) if a < high and low < b}
        return next(t for t in range(len(near) + 1) if t not in near)

    def tracks(self) -> Sequence[int]:
        """Return the number of tracks used in each channel, from the top."""
        return [
            max((t + 1 for _, _, t in self._used.get(("channel", k), ())), default=0)
            for k in range(self.rows + 1)
        ]
