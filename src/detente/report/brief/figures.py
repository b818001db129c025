"""The figures of a brief: the map of states, as large as paper allows, and positions over time."""

from __future__ import annotations

from detente.reading.timeline import Timeline
from detente.report.brief.document import Figure
from detente.report.brief.route import draw_route
from detente.report.brief.writing import Writer
from detente.report.figures.building import state_map
from detente.report.figures.drawing import draw
from detente.report.figures.statemap import StateMap
from detente.report.figures.timeline import draw as draw_timeline
from detente.report.stances import opening

__all__ = ["first_figure", "map_figure", "timeline_figure"]

_PAGE = (1060.0, 430.0)
"""Width and height of a map, in CSS pixels, that half a page takes with letters still legible."""

_TURNED = (1800.0, 1090.0)
"""The same for a whole page turned on its side."""

_FEWER = (60, 40, 24, 16, 12, 9, 7, 5, 4)
"""How many states are tried, until the map fits."""


def first_figure(writer: Writer) -> Figure:
    """Return the map for page 1: every state, or as many as are legible; else the way alone."""
    found = _fitting(writer, _PAGE)
    if found is not None:
        shown = found
        whole = not shown.hidden.states
        total = len(shown.states) + shown.hidden.states
        caption = "The map of states, from left to right by what has changed."
        if not whole:
            caption += f" {len(shown.states):,} of {total:,}; the section on the map shows more."
        return _figure(writer, shown, caption, landscape=False)
    svg, height, told = draw_route(writer)
    caption = "The way through the states. The section on the map shows the states around it."
    return Figure(svg, "The way through the states", told, writer.text(caption), 700.0, height)


def map_figure(writer: Writer) -> Figure | None:
    """Return the larger map for the section on it; ``None`` if page 1 shows every state."""
    first = _fitting(writer, _PAGE)
    if first is not None and not first.hidden.states:
        return None
    found = _fitting(writer, _TURNED)
    shown = found or _map(writer, _FEWER[-1])
    if first is not None and len(first.states) >= len(shown.states):
        return None
    total = len(shown.states) + shown.hidden.states
    caption = (
        f"The map of states: {len(shown.states):,} of {total:,}, from left to right what changes."
    )
    return _figure(writer, shown, caption, landscape=shown.width > _PAGE[0])


def timeline_figure(told: Timeline, writer: Writer) -> Figure:
    """Return the positions over time."""
    svg = draw_timeline(told)
    height = float(svg.split('height="', 1)[1].split('"', 1)[0])
    title = "Positions over time"
    return Figure(svg, title, opening(told), writer.text(f"{title}."), 760.0, height)


def _map(writer: Writer, most: int) -> StateMap:
    """Return the map of up to so many states, laid out once."""
    if most not in writer.maps:
        given = writer.given
        every = 12 if len(given.stability.cells) <= most else 0
        known = {"nash", given.diagnosis.concept} <= set(given.stability.results)
        solved = given.stability if known else None
        writer.maps[most] = state_map(given.diagnosis, solved, most=most, every=every)
    return writer.maps[most]


def _fitting(writer: Writer, room: tuple[float, float]) -> StateMap | None:
    """Return the map with the most states that fits; ``None`` if none does."""
    for most in _FEWER:
        shown = _map(writer, most)
        if shown.width <= room[0] and shown.height <= room[1]:
            return shown
    return None


def _figure(writer: Writer, shown: StateMap, caption: str, *, landscape: bool) -> Figure:
    svg = draw(shown, heading=False)
    width, height = (
        float(part) for part in svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split()
    )
    return Figure(svg, "Map of states", shown.told, writer.text(caption), width, height, landscape)
