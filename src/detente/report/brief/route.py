"""The way through the states, drawn downwards: for maps too wide for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from detente.analysis.deadlock.verdicts import Path, Target
from detente.report.brief.writing import Writer
from detente.report.figures.colours import LIGHT, on
from detente.report.figures.lettering import FAMILY, width_of, wrapped
from detente.report.figures.pieces import cross, letter, text
from detente.report.figures.style import STYLE
from detente.report.figures.svg import element, text_of

__all__ = ["draw_route"]

_WIDTH = 700.0
_AXIS = 34.0
_LEFT = 78.0
_SIZE = 13.0
_LINE = 17.0
_GAP = 11.0


@dataclass(frozen=True, slots=True)
class _Stop:
    """A row: who moves, what is said, in which state play is then."""

    movers: tuple[str, ...]
    words: str
    code: str
    role: str


def draw_route(writer: Writer) -> tuple[str, float, str]:
    """Return the drawing, its height, and the same in words."""
    stops = tuple(_stops(writer))
    y = 14.0
    drawn: list[str] = []
    places: list[float] = []
    for stop in stops:
        strong = stop.role in ("now", "target")
        room = _WIDTH - _LEFT - 12 - width_of(stop.code, 10.5) - 14
        lines = wrapped(stop.words, _SIZE, room, bold=strong)
        places.append(y + 9)
        drawn += _row(stop, lines, y, writer, strong=strong)
        y += _LINE * len(lines) + _GAP
    height = y + 4
    told = " ".join(f"{stop.words.rstrip('.')}." for stop in stops)
    parts = [
        element("title", None, text_of("The way through the states")),
        element("desc", None, text_of(told)),
        element("style", None, STYLE),
        element(
            "rect",
            {"class": "dm-paper", "width": _WIDTH, "height": height, "fill": LIGHT.paper},
        ),
        *_axis(stops, places),
        *drawn,
    ]
    root: dict[str, str | float | None] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": "dm",
        "role": "img",
        "width": _WIDTH,
        "height": height,
        "viewBox": f"0 0 {_WIDTH:.1f} {height:.1f}",
        "font-family": FAMILY,
        "font-size": _SIZE,
    }
    return element("svg", root, "\n", "\n".join(parts), "\n") + "\n", height, told


def _stops(writer: Writer) -> Iterator[_Stop]:
    result, words = writer.given.diagnosis, writer.words
    here = result.status_quo
    yield _Stop((), f"Now: {words.state(here)}", here, "now")
    focus = result.focus
    if focus is None:
        if result.breaking_move is not None:
            party, to = result.breaking_move
            yield _Stop((party,), f"{words.party(party)}: {words.change(here, to)}", to, "step")
        return
    goal = f"Target: {words.deal(focus.state, here).removesuffix(f' ({focus.state})')}"
    if focus.path is not None:
        yield from _steps(focus.path, writer)
        yield _Stop((), goal, focus.state, "target")
        yield from _leaving(focus, writer)
        return
    broken = focus.broken
    if broken is not None:
        yield from _steps(broken.path, writer)
        if broken.party is not None:
            name = words.party(broken.party)
            rest = broken.tempted_by
            then = (
                f"; play could rest at {words.state(rest)}"
                if rest not in (None, focus.state) and rest
                else ""
            )
            yield _Stop((broken.party,), f"Here it breaks: {name} would stop{then}", "", "break")
    yield _Stop((), f"{goal} (not reached)", focus.state, "target")
    yield from _leaving(focus, writer)


def _steps(path: Path, writer: Writer) -> Iterator[_Stop]:
    words = writer.words
    for movers, start, end in zip(path.movers, path.states, path.states[1:], strict=False):
        yield _Stop(movers, f"{words.parties(movers)}: {words.change(start, end)}", end, "step")


def _leaving(target: Target, writer: Writer) -> Iterator[_Stop]:
    for party in target.unstable_for:
        yield _Stop(
            (party,), f"It would not hold: {writer.words.party(party)} would leave it", "", "leaves"
        )


def _row(
    stop: _Stop, lines: tuple[str, ...], y: float, writer: Writer, *, strong: bool
) -> Iterator[str]:
    middle = y + 9
    if stop.role == "break":
        yield cross((_AXIS, middle), None)
    elif stop.role != "leaves":
        radius = 6.0 if strong else 3.5
        yield element(
            "circle",
            {
                "class": "dm-box dm-strong",
                "cx": _AXIS,
                "cy": middle,
                "r": radius,
                "fill": LIGHT.paper,
                "stroke": LIGHT.ink,
                "stroke-width": 2.0,
            },
        )
    if stop.movers:
        numbers = {party: k for k, party in enumerate(writer.case.party_ids)}
        own = numbers[stop.movers[0]]
        several = len(stop.movers) > 1
        fill = LIGHT.ink if several else LIGHT.party(own)
        name = "dm-joint" if several else f"dm-p{own % len(LIGHT.parties)}"
        letters = "+".join(writer.words.letters[party] for party in stop.movers)
        yield letter(letters, (_AXIS + 24, middle), name, fill, on(fill))
    colour = "accent" if stop.role in ("break", "leaves") else "ink"
    for k, line in enumerate(lines):
        at = (_LEFT, y + 13.5 + k * _LINE)
        yield text(line, at, colour, _SIZE, weight="600" if strong else None)
    if stop.code and writer.case.graph is None:
        yield text(stop.code, (_WIDTH - 12, y + 13.5), "grey", 10.5, anchor="end")


def _axis(stops: tuple[_Stop, ...], places: list[float]) -> Iterator[str]:
    """Yield the line that joins the states: dashed where the way is not taken."""
    rows = [k for k, stop in enumerate(stops) if stop.role not in ("leaves", "break")]
    broken = any(stop.role == "break" for stop in stops)
    for one, other in pairwise(rows):
        last = broken and stops[other].role == "target"
        yield element(
            "path",
            {
                "class": "dm-line dm-joint",
                "d": f"M{_AXIS:.0f} {places[one]:.1f}L{_AXIS:.0f} {places[other]:.1f}",
                "fill": "none",
                "stroke": LIGHT.ink,
                "stroke-width": 2.0,
                "stroke-dasharray": "5 4" if last else None,
            },
        )
