"""Where boxes stand and lines run: coordinates for an arrangement of states and moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.report.figures.choosing import Step
from detente.report.figures.corridors import Corridors, Lane
from detente.report.figures.marking import MARK, place_marks
from detente.report.figures.statemap import Point, Route

__all__ = ["Frame", "Sizes", "busiest", "lay_out", "shortened"]

Curve = tuple[Point, Point, Point, Point]

_TRACK = 7.0
_MARGIN = 18.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths, in pixels.

    Attributes:
        box: width and height of a box.
        gap: least space between two columns.
        channel: least space between two rows.
        top: room above the first row, for headings.
        label: for each move, the width of what is written at its cross.
    """

    box: tuple[float, float]
    gap: float
    channel: float
    top: float
    label: Sequence[float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Coordinates.

    Attributes:
        left: left edge of each column's boxes.
        upper: upper edge of each row's boxes.
        width, height: of everything.
        routes: for each move its line.
    """

    left: tuple[float, ...]
    upper: tuple[float, ...]
    width: float
    height: float
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a line: at which side of which state, and where the line comes from."""

    move: int
    last: bool
    towards: float
    path: bool


def busiest(place: dict[int, tuple[int, int]], moves: Sequence[Step]) -> int:
    """Return the greatest number of lines at one side of one state."""
    count: dict[tuple[int, int], int] = {}
    for move in moves:
        for here, there in ((move.start, move.end), (move.end, move.start)):
            side = _side(place, here, there)
            count[here, side] = count.get((here, side), 0) + 1
    return max(count.values(), default=0)


def _side(place: dict[int, tuple[int, int]], here: int, there: int) -> int:
    """Return on which side of a state the line to another one is: 1 right, -1 left."""
    return 1 if place[there][0] >= place[here][0] else -1


def lay_out(
    place: dict[int, tuple[int, int]],
    moves: Sequence[Step],
    pad: dict[int, float],
    sizes: Sizes,
) -> Frame:
    """Give every state and every line its coordinates.

    Lines between neighbouring columns are curves from side to side; those within a column swing
    out to the right; longer ones run along a free row or in the channel between two rows.

    Args:
        place: state -> column and row.
        moves: what is drawn.
        pad: state -> room that its rings take outside its box.
        sizes: lengths.
    """
    columns = 1 + max(c for c, _ in place.values())
    rows = 1 + max(r for _, r in place.values())
    lanes = _lanes(place, moves, rows)
    channels = _channels(lanes, rows, sizes)
    upper, y = [], sizes.top
    for r in range(rows):
        y += channels[r]
        upper.append(y)
        y += sizes.box[1]
    height = y + channels[rows]
    gaps = _gaps(place, moves, columns, sizes)
    left, x = [], gaps[0]
    for c in range(columns):
        left.append(x)
        x += sizes.box[0] + gaps[c + 1]
    draft = _Draft(place, moves, pad, sizes, lanes, tuple(left), tuple(upper), channels)
    curves = draft.curves()
    marks = place_marks(curves, moves)
    routes = tuple(
        Route(tuple(own), mark, cross) for own, (mark, cross) in zip(curves, marks, strict=True)
    )
    return Frame(tuple(left), tuple(upper), x, height, routes)


def _lanes(
    place: dict[int, tuple[int, int]], moves: Sequence[Step], rows: int
) -> list[Lane | None]:
    """Return a lane for each long line; the path chooses first."""
    corridors = Corridors(frozenset(place.values()), rows)
    found: list[Lane | None] = [None] * len(moves)
    for k in sorted(range(len(moves)), key=lambda k: (moves[k].role not in ("path", "broken"), k)):
        ends = sorted((place[moves[k].start], place[moves[k].end]))
        (low, start), (high, end) = ends
        if high - low > 1:
            found[k] = corridors.lane(low, high, start, end)
    return found


def _channels(lanes: Sequence[Lane | None], rows: int, sizes: Sizes) -> list[float]:
    """Return the height of the channel above each row, and of the one below the last."""
    tracks = [0] * (rows + 1)
    for lane in lanes:
        if lane is not None and lane.kind == "channel":
            tracks[lane.number] = max(tracks[lane.number], lane.track + 1)
    inner = [max(sizes.channel, 14 + _TRACK * n + 4) for n in tracks]
    outer = [8 + (_TRACK * n + 10 if n else 0) for n in tracks]
    return [outer[0], *inner[1:rows], outer[rows]]


def _gaps(
    place: dict[int, tuple[int, int]], moves: Sequence[Step], columns: int, sizes: Sizes
) -> list[float]:
    """Return the space left of each column, and right of the last: wider where much goes on."""
    busy = [0] * (columns + 1)
    least = [0.0] * (columns + 1)
    for k, move in enumerate(moves):
        (low, start), (high, end) = sorted((place[move.start], place[move.end]))
        for gap in {low + 1, high} if high > low else {low + 1}:
            busy[gap] += 1
        first = low + 1 if place[move.start][0] <= place[move.end][0] else high
        swing = _swing(start, end) + 24 if low == high else 0.0
        label = sizes.label[k] + 24 if sizes.label[k] else 0.0
        least[first] = max(least[first], swing, label)
    inner = [
        max(sizes.gap + min(2.0 * max(0, n - 3), 56.0), room)
        for n, room in zip(busy, least, strict=True)
    ]
    return [_MARGIN, *inner[1:columns], max(_MARGIN, least[columns])]


def _swing(one: int, other: int) -> float:
    """Return how far a line within a column swings out."""
    return min(26 + 7 * abs(one - other), 58)


@dataclass(frozen=True)
class _Draft:
    place: dict[int, tuple[int, int]]
    moves: Sequence[Step]
    pad: dict[int, float]
    sizes: Sizes
    lanes: Sequence[Lane | None]
    left: tuple[float, ...]
    upper: tuple[float, ...]
    channels: Sequence[float]

    def curves(self) -> list[list[Curve]]:
        """Return the curves of every move."""
        ports = self._ports()
        return [self._route(k, ports[k, False], ports[k, True]) for k in range(len(self.moves))]

    def _middle(self, state: int) -> float:
        return self.upper[self.place[state][1]] + self.sizes.box[1] / 2

    def _level(self, lane: Lane) -> float:
        """Return the y of a lane."""
        if lane.kind == "row":
            shift = (lane.track + 1) // 2 * (1 if lane.track % 2 else -1)
            return self.upper[lane.number] + self.sizes.box[1] / 2 + _TRACK * shift
        rows = len(self.upper)
        if lane.number < rows:
            space = self.channels[lane.number]
            lower = self.upper[lane.number]
        else:
            space = self.channels[rows]
            lower = self.upper[-1] + self.sizes.box[1] + space
        used = max(
            o.track for o in self.lanes if o and (o.kind, o.number) == ("channel", lane.number)
        )
        return lower - space / 2 + _TRACK * (lane.track - used / 2)

    def _ports(self) -> dict[tuple[int, bool], Point]:
        """Return where each line begins and ends, spread along the sides of the boxes."""
        sides: dict[tuple[int, int], list[_End]] = {}
        for k, move in enumerate(self.moves):
            lane = self.lanes[k]
            for last in (False, True):
                here, there = (move.end, move.start) if last else (move.start, move.end)
                towards = self._middle(there) if lane is None else self._level(lane)
                straight = move.role in ("path", "broken")
                end = _End(k, last, towards, straight)
                sides.setdefault((here, _side(self.place, here, there)), []).append(end)
        found: dict[tuple[int, bool], Point] = {}
        room = self.sizes.box[1] / 2 - 8
        for (state, side), ends in sides.items():
            ends.sort(key=lambda e: (round(e.towards, 3), e.move))
            middle = next((i for i, e in enumerate(ends) if e.path), (len(ends) - 1) / 2)
            most = max(middle, len(ends) - 1 - middle)
            step = min(2 * MARK + 1, room / most) if most else 0.0
            edge = self.left[self.place[state][0]] + (self.sizes.box[0] if side > 0 else 0)
            for i, end in enumerate(ends):
                at = (edge + side * self.pad[state], self._middle(state) + (i - middle) * step)
                found[end.move, end.last] = at
        return found

    def _route(self, k: int, start: Point, end: Point) -> list[Curve]:
        move, lane = self.moves[k], self.lanes[k]
        (a, row_a), (b, row_b) = self.place[move.start], self.place[move.end]
        if a == b:
            out = max(start[0], end[0]) + _swing(row_a, row_b) * 4 / 3
            return [(start, (out, start[1]), (out, end[1]), end)]
        if lane is None:
            return [_bow(start, end)]
        y = self._level(lane)
        width = self.sizes.box[0]
        step = 1 if b > a else -1
        near, far = a + step, b - step
        enter = self.left[near] - 8 if step > 0 else self.left[near] + width + 8
        leave = self.left[far] + width + 8 if step > 0 else self.left[far] - 8
        p, q = (enter, y), (leave, y)
        third = (q[0] - p[0]) / 3
        return [
            _bow(start, p),
            (p, (p[0] + third, y), (q[0] - third, y), q),
            _bow(q, end),
        ]


def _bow(start: Point, end: Point) -> Curve:
    half = (end[0] - start[0]) / 2
    return (start, (start[0] + half, start[1]), (end[0] - half, end[1]), end)


def shortened(curves: Sequence[Curve], head: float, tail: float) -> list[Curve]:
    """Return the line without the room of its heads, so that a thick one does not stick out."""
    found = list(curves)
    (a, b, c, d) = found[-1]
    away = 1 if c[0] > d[0] else -1
    found[-1] = (a, b, c, (d[0] + away * head, d[1]))
    if tail:
        (a, b, c, d) = found[0]
        away = 1 if b[0] > a[0] else -1
        found[0] = ((a[0] + away * tail, a[1]), b, c, d)
    return found
