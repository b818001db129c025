"""The small pieces of figures: text, lines, heads, letters, crosses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.report.figures.colours import LIGHT
from detente.report.figures.lettering import width_of
from detente.report.figures.marking import MARK
from detente.report.figures.statemap import MapMove, Point
from detente.report.figures.svg import element, number, text_of

__all__ = ["Look", "cross", "head", "letter", "path_data", "shown_as", "text"]

_NOTE = 11.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is drawn.

    Attributes:
        width: of its stroke.
        head: length of its heads.
        dash: dashes and gaps, or ``None``.
        filled: its head is full.
    """

    width: float
    head: float
    dash: str | None = None
    filled: bool = True


PATH = Look(4.0, 11.0)
BROKEN = Look(4.0, 11.0, "7 4")
LEAVING = Look(2.4, 9.0)
BETTER = Look(1.4, 8.0)
WORSE = Look(1.0, 7.0, "3 3", filled=False)


def shown_as(move: MapMove) -> Look:
    """Return how a move is drawn."""
    if move.role in ("path", "breaking"):
        return PATH
    if move.role == "broken":
        return BROKEN
    if move.role == "leaves":
        return LEAVING
    return BETTER if move.improvement else WORSE


def text(
    words: str,
    at: tuple[str | float, float],
    colour: str,
    size: float,
    *,
    anchor: str | None = None,
    weight: str | None = None,
    halo: bool = False,
) -> str:
    """Return one line of text; ``colour`` is ``ink``, ``grey`` or ``accent``.

    Its place may be per cent across; with a halo it stands out from lines behind it.
    """
    return element(
        "text",
        {
            "class": f"dm-{colour} dt-halo" if halo else f"dm-{colour}",
            "x": at[0],
            "y": at[1],
            "fill": getattr(LIGHT, colour),
            "font-size": size,
            "font-weight": weight,
            "text-anchor": anchor,
        },
        text_of(words),
    )


def path_data(curves: Sequence[tuple[Point, Point, Point, Point]]) -> str:
    """Return the ``d`` of curves that join end to end."""
    parts = [f"M{_at(curves[0][0])}"]
    parts += [f"C{_at(b)} {_at(c)} {_at(d)}" for _, b, c, d in curves]
    return "".join(parts)


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def head(tip: Point, rightwards: bool, length: float, fill: str, *, filled: bool) -> str:
    """Return an arrowhead; a hollow one is for a move that is no improvement."""
    x, y = tip
    back = x - length if rightwards else x + length
    half = length * 0.45
    points = " ".join(_at(p) for p in ((x, y), (back, y - half), (back, y + half)))
    return element(
        "polygon",
        {
            "class": "dm-head" if filled else "dm-head dm-hollow",
            "points": points,
            "fill": fill if filled else LIGHT.paper,
            "stroke": fill,
            "stroke-width": None if filled else 1.1,
        },
    )


def letter(letters: str, at: Point, own: str, fill: str, above: str) -> str:
    """Return a mark: a disc in the party's colour with its letter."""
    x, y = at
    if len(letters) == 1:
        disc = element("circle", {"class": "dm-disc", "cx": x, "cy": y, "r": MARK, "fill": fill})
    else:
        wide = width_of(letters, 9.5) + 8
        disc = element(
            "rect",
            {
                "class": "dm-disc",
                "x": x - wide / 2,
                "y": y - MARK,
                "width": wide,
                "height": 2 * MARK,
                "rx": MARK,
                "fill": fill,
            },
        )
    written = element(
        "text",
        {
            "class": "dm-letter",
            "x": x,
            "y": y + 3.4,
            "fill": above,
            "font-size": 9.5,
            "font-weight": "700",
            "text-anchor": "middle",
        },
        text_of(letters),
    )
    return element("g", {"class": own}, disc, written)


def cross(at: Point, name: str | None) -> str:
    """Return the cross at which a path breaks, with the name of who breaks it."""
    x, y = at
    arm = 6.5
    lines = f"M{_at((x - arm, y - arm))}L{_at((x + arm, y + arm))}"
    lines += f"M{_at((x - arm, y + arm))}L{_at((x + arm, y - arm))}"
    drawn = element(
        "path",
        {
            "class": "dm-cross",
            "d": lines,
            "fill": "none",
            "stroke": LIGHT.accent,
            "stroke-width": 2.6,
            "stroke-linecap": "round",
        },
    )
    if name is None:
        return drawn
    said = ""
    for line, under in ((name, -25.0), ("would stop", -12.5)):
        wide = width_of(line, _NOTE, bold=True)
        said += element(
            "rect",
            {
                "class": "dm-paper",
                "x": x - wide / 2 - 2,
                "y": y + under - 10,
                "width": wide + 4,
                "height": 13,
                "fill": LIGHT.paper,
            },
        )
        said += text(line, (x, y + under), "accent", _NOTE, anchor="middle", weight="600")
    return said + drawn
