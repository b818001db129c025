"""The marks of a timeline: a shape and a letter for each stance, arrows, bolts."""

from __future__ import annotations

from math import cos, pi, sin

from detente.report.figures.colours import LIGHT, on
from detente.report.figures.svg import element, number

__all__ = ["LETTERS", "RADIUS", "arrowhead", "at", "bolt", "mark", "segment"]

RADIUS = 9.0

LETTERS = {
    "against": "A",
    "threatened": "T",
    "conditional": "C",
    "for": "F",
    "promised": "P",
    "done": "D",
}
"""Stance -> the letter on its mark."""

_SIDES = {"against": (4, 45.0, 12.0), "conditional": (4, 0.0, 11.5), "promised": (6, 0.0, 10.5)}
"""Stance -> sides, turn in degrees and radius of its polygon."""


def at(x: float, y: float, *inside: str) -> str:
    """Return pieces moved to a place that is per cent across and pixels down."""
    place: dict[str, str | float | None] = {"x": f"{x:.2f}%", "y": y, "overflow": "visible"}
    return element("svg", place, *inside)


def mark(stance: str, party: int | None, *, reviewed: bool = True) -> str:
    """Return the mark of a stance around the origin.

    Args:
        stance: the stance.
        party: number of the party whose colour it has; ``None``: ink, as in the legend.
        reviewed: ``False``: hollow and dashed.
    """
    own, fill = colour_of(party)
    look: dict[str, str | float | None] = {
        "class": "dm-disc" if reviewed else "dt-open",
        "fill": fill if reviewed else LIGHT.paper,
        "stroke": None if reviewed else fill,
        "stroke-width": None if reviewed else 1.6,
        "stroke-dasharray": None if reviewed else "2.5 2",
    }
    letter = element(
        "text",
        {
            "class": "dm-letter" if reviewed else "dm-ink",
            "y": 5.2 if stance == "threatened" else 3.5,
            "fill": on(fill) if reviewed else LIGHT.ink,
            "font-size": 10.0,
            "font-weight": "700",
            "text-anchor": "middle",
        },
        LETTERS[stance],
    )
    return element("g", {"class": own}, *_shape(stance, look, fill), letter)


def colour_of(party: int | None) -> tuple[str, str]:
    """Return the class and the light colour of a party's marks."""
    if party is None:
        return "dm-joint", LIGHT.ink
    return f"dm-p{party % len(LIGHT.parties)}", LIGHT.party(party)


def _shape(stance: str, look: dict[str, str | float | None], fill: str) -> list[str]:
    if stance == "threatened":
        return [element("polygon", {**look, "points": "0,-11.5 11.5,9 -11.5,9"})]
    if stance in _SIDES:
        return [element("polygon", {**look, "points": _polygon(*_SIDES[stance])})]
    circle = element("circle", {**look, "r": RADIUS if stance == "for" else RADIUS - 1})
    if stance == "for":
        return [circle]
    ring: dict[str, str | float | None] = {
        "class": "dm-line",
        "fill": "none",
        "stroke": fill,
        "r": RADIUS + 2,
        "stroke-width": 1.5,
    }
    return [circle, element("circle", ring)]


def _polygon(sides: int, turn: float, radius: float) -> str:
    corners = [turn * pi / 180 + 2 * pi * k / sides for k in range(sides)]
    return " ".join(f"{number(radius * cos(a))},{number(radius * sin(a))}" for a in corners)


def segment(
    start: tuple[float, float], end: tuple[float, float], party: int | None, look: str
) -> str:
    """Return a straight line between places; ``look`` is ``thin``, ``thick`` or ``opposed``."""
    fill = colour_of(party)[1]
    accent = look == "opposed"
    return element(
        "line",
        {
            "class": "dm-cross" if accent else "dm-line",
            "x1": f"{start[0]:.2f}%",
            "y1": start[1],
            "x2": f"{end[0]:.2f}%",
            "y2": end[1],
            "stroke": LIGHT.accent if accent else fill,
            "stroke-width": 2.8 if look == "thick" else 1.2,
            "stroke-dasharray": "3 2.5" if accent else None,
        },
    )


def arrowhead(way: str, party: int | None) -> str:
    """Return an arrowhead that touches a mark at the origin, from ``up``, ``down`` or ``right``."""
    tip, back, half = RADIUS + 2.5, RADIUS + 10.5, 5.5
    corners = {
        "up": [(0.0, tip), (-half, back), (half, back)],
        "down": [(0.0, -tip), (-half, -back), (half, -back)],
        "right": [(-tip, 0.0), (-back, -half), (-back, half)],
    }[way]
    points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    own, fill = colour_of(party)
    head = element("polygon", {"class": "dm-head", "points": points, "fill": fill, "stroke": fill})
    return element("g", {"class": own}, head)


def bolt() -> str:
    """Return the flash of a contradiction around the origin, drawn as a path."""
    return element(
        "path",
        {
            "class": "dm-accent dt-bolt",
            "d": "M2.5 -10L-5 1.5L-0.8 1.5L-2.8 10L5 -2.5L0.6 -2.5Z",
            "fill": LIGHT.accent,
            "stroke": LIGHT.paper,
            "stroke-width": 1.0,
        },
    )
