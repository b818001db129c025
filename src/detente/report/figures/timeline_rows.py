"""Where the marks of a timeline stand: across in per cent of the width, down in pixels.

Per cent, so that one drawing fits a telephone and a wide page with its text at one size. Marks are
kept apart for the narrowest width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.reading.timeline import Entry, Line, Timeline
from detente.report.stances import day

__all__ = ["NARROWEST", "Row", "Scale", "Spot", "Tick", "row_of"]

NARROWEST = 390.0
"""Width for which marks and labels are kept apart."""

_LEFT, _RIGHT = 6.0, 92.0
_END_OF_DATES = 72.0
_NO_DATES = 80.0
_APART = 5.6  # of two marks, in per cent of the narrowest width: 22 pixels
_LANE = 22.0
_LEVEL = 32.0
_TICK = 18.5  # room of a date's label, in per cent


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis.

    Attributes:
        x: where, in per cent.
        label: the date.
        anchor: ``start``, ``middle`` or ``end``.
    """

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an entry's mark stands: per cent across, pixels down from the top of its row."""

    entry: Entry
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the timeline, laid out.

    Attributes:
        line: the line.
        spots: in the order of its entries.
        height: what it needs.
    """

    line: Line
    spots: tuple[Spot, ...]
    height: float

    def spot(self, entry: Entry) -> Spot:
        """Return where an entry of the line stands."""
        return next(spot for spot in self.spots if spot.entry is entry)


class Scale:
    """From dates to places.

    Args:
        told: the timeline.

    Attributes:
        undated: where the marks without a date of publication begin and end; ``None`` without any.
        ticks: the dates that are labelled: first, last, and between them what has room.
    """

    def __init__(self, told: Timeline) -> None:
        days = sorted({entry.date for entry in told.entries if entry.dated})
        loose = any(not entry.dated for entry in told.entries)
        self.undated = ((_NO_DATES if days else _LEFT), _RIGHT) if loose else None
        self._end = _END_OF_DATES if loose else _RIGHT
        self._span = (_ordinal(days[0]), _ordinal(days[-1])) if days else (0, 0)
        self.ticks = self._ticks(days)

    def x(self, day: str) -> float:
        """Return the place of a date."""
        first, last = self._span
        if first == last:
            return (_LEFT + self._end) / 2
        return _LEFT + (self._end - _LEFT) * (_ordinal(day) - first) / (last - first)

    def _ticks(self, days: Sequence[str]) -> tuple[Tick, ...]:
        chosen: list[tuple[float, float, Tick]] = []
        for shown in dict.fromkeys([*days[:1], *days[-1:], *days]):
            x = self.x(shown)
            anchor, low = "middle", x - _TICK / 2
            if len(days) > 1 and x < _LEFT + _TICK / 2:
                anchor, low = "start", x
            elif len(days) > 1 and x > self._end - _TICK / 2:
                anchor, low = "end", x - _TICK
            if all(low >= b or low + _TICK <= a for a, b, _ in chosen):
                chosen.append((low, low + _TICK, Tick(x, day(shown, short=True), anchor)))
        return tuple(tick for _, _, tick in sorted(chosen, key=lambda item: item[0]))


def _ordinal(text: str) -> int:
    """Return the number of a day; of a month or a year, that of its first day."""
    year, month, number = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, number).toordinal()


def row_of(line: Line, scale: Scale) -> Row:
    """Return a line laid out.

    What is nearer to the deed being done stands higher; only the levels that occur take room. Marks
    that would touch stand one below the other.
    """
    ranks = sorted({entry.rank for entry in line.entries}, reverse=True)
    places: dict[int, tuple[float, float]] = {}
    top = 14.0
    for k, rank in enumerate(ranks):
        own = [entry for entry in line.entries if entry.rank == rank]
        lanes = 0
        for entry, x, lane in _lanes(own, scale):
            places[id(entry)] = (x, top + lane * _LANE)
            lanes = max(lanes, lane + 1)
        top += (lanes - 1) * _LANE + (_LEVEL if k + 1 < len(ranks) else 0.0)
    spots = tuple(Spot(entry, *places[id(entry)]) for entry in line.entries)
    return Row(line, spots, top + 16.0)


def _lanes(entries: Sequence[Entry], scale: Scale) -> list[tuple[Entry, float, int]]:
    """Return entries of one level with their place and their lane, the first that is free."""
    found = []
    last: list[float] = []
    for entry in entries:
        if not entry.dated:
            continue
        x = scale.x(entry.date)
        lane = next((k for k, before in enumerate(last) if x - before >= _APART), len(last))
        last[lane : lane + 1] = [x]
        found.append((entry, x, lane))
    if scale.undated is None:
        return found
    low, high = scale.undated
    columns = int((high - low) / _APART) + 1
    loose = [entry for entry in entries if not entry.dated]
    return found + [(e, low + k % columns * _APART, k // columns) for k, e in enumerate(loose)]
