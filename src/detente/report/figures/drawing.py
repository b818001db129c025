"""A map of states as SVG."""

from __future__ import annotations

from collections.abc import Sequence

from detente.report.figures.building import BOLD, CODE_SIZE, LABEL_SIZE, LINE
from detente.report.figures.colours import LIGHT, on
from detente.report.figures.legend import Legend
from detente.report.figures.lettering import FAMILY, width_of, wrapped
from detente.report.figures.pieces import cross, head, letter, path_data, shown_as, text
from detente.report.figures.routing import shortened
from detente.report.figures.statemap import MapMove, MapState, StateMap
from detente.report.figures.style import STYLE
from detente.report.figures.svg import element, text_of
from detente.report.figures.telling import move_title, state_title

__all__ = ["draw"]

_NARROWEST = 460.0
_SIDE = 18.0
_TITLE = 15.0


def draw(shown: StateMap, *, heading: bool = True) -> str:
    """Return a map as an SVG document.

    It stands by itself or inside a page: light or dark as the reader's system or the page's
    ``data-theme`` says, and light where style sheets are not understood. It has no ids, so several
    fit on one page. Every state is ``<g data-state>`` and every move ``<g data-move="from>to"
    data-party>``.

    Args:
        shown: the map.
        heading: write the headline of the diagnosis and the title of the case above it.
    """
    width = max(shown.width, _NARROWEST)
    top, above = _heading(shown, width) if heading else (0.0, "")
    legend = Legend(shown, width - 2 * _SIDE)
    height = top + shown.height + legend.height + 8
    picture = [
        *(_column(shown, k) for k in range(len(shown.columns))),
        *(_move(move, shown) for move in _ordered(shown.moves)),
        *(_state(state, shown) for state in shown.states),
        *(_mark(move, shown) for move in _ordered(shown.moves)),
    ]
    shift = (width - shown.width) / 2
    said = (shown.notice, shown.sentence, shown.told)
    parts = [
        element("title", None, text_of(shown.title or "Map of states")),
        element("desc", None, text_of(" ".join(part for part in said if part))),
        element("style", None, STYLE),
        element(
            "rect",
            {"class": "dm-paper", "width": width, "height": height, "fill": LIGHT.paper},
        ),
        above,
        element("g", {"transform": _moved(shift, top)}, *picture),
        element("g", {"transform": _moved(_SIDE, top + shown.height)}, legend.drawn()),
    ]
    root: dict[str, str | float | None] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": "dm",
        "role": "img",
        "width": width,
        "height": height,
        "viewBox": f"0 0 {width:.1f} {height:.1f}",
        "font-family": FAMILY,
        "font-size": LABEL_SIZE,
    }
    return element("svg", root, "\n", "\n".join(part for part in parts if part), "\n") + "\n"


def _moved(x: float, y: float) -> str:
    return f"translate({x:.1f} {y:.1f})"


def _heading(shown: StateMap, width: float) -> tuple[float, str]:
    lines = wrapped(shown.sentence, _TITLE, min(width - 2 * _SIDE, 760), bold=True)
    written = [
        text(line, (_SIDE, 24 + k * 20), "ink", _TITLE, weight="600")
        for k, line in enumerate(lines)
    ]
    y = 24 + len(lines) * 20
    if shown.title:
        under = wrapped(shown.title, CODE_SIZE + 0.5, width - 2 * _SIDE, 1)[0]
        written.append(text(under, (_SIDE, y), "grey", CODE_SIZE + 0.5))
        y += 8
    return y + 4.0, element("g", {"class": "dm-heading"}, *written)


def _column(shown: StateMap, k: int) -> str:
    column = shown.columns[k]
    middle = column.x + shown.box[0] / 2
    return text(column.heading, (middle, 16), "grey", CODE_SIZE + 0.5, anchor="middle")


def _ordered(moves: Sequence[MapMove]) -> list[MapMove]:
    """Return moves so that the important ones are drawn over the others."""
    rank = {"": 1, "way": 1, "rest": 2, "leaves": 3, "breaking": 4, "broken": 5, "path": 6}
    return sorted(moves, key=lambda m: rank[m.role] if m.role else int(m.improvement))


def _move(move: MapMove, shown: StateMap) -> str:
    numbers = {party.id: party.number for party in shown.parties}
    look = shown_as(move)
    own, fill = _colour(move, numbers)
    curves = shortened(move.route.curves, look.head, look.head if move.back else 0)
    line = element(
        "path",
        {
            "class": "dm-line",
            "d": path_data(curves),
            "fill": "none",
            "stroke": fill,
            "stroke-width": look.width,
            "stroke-dasharray": look.dash,
        },
    )
    last, first = move.route.curves[-1], move.route.curves[0]
    parts = [
        element("title", None, text_of(move_title(move, shown))),
        line,
        head(last[3], last[2][0] < last[3][0], look.head, fill, filled=look.filled),
    ]
    drawn = element("g", _linked(move, own, move.start, move.end), *parts)
    if move.back:
        tip = head(first[0], first[1][0] < first[0][0], look.head, fill, filled=False)
        drawn += element("g", _linked(move, own, move.end, move.start), tip)
    return drawn


def _linked(move: MapMove, own: str, start: str, end: str) -> dict[str, str | float | None]:
    role = f" dm-{move.role}" if move.role else ""
    return {
        "class": f"dm-move {own}{role}",
        "data-move": f"{start}>{end}",
        "data-party": " ".join(move.parties),
    }


def _colour(move: MapMove, numbers: dict[str, int]) -> tuple[str, str]:
    """Return the class and the light colour of a move; joint moves are in ink."""
    if len(move.parties) > 1:
        return "dm-joint", LIGHT.ink
    number = numbers[move.parties[0]]
    return f"dm-p{number % len(LIGHT.parties)}", LIGHT.party(number)


def _mark(move: MapMove, shown: StateMap) -> str:
    parties = {party.id: party for party in shown.parties}
    own, fill = _colour(move, {party.id: party.number for party in shown.parties})
    letters = "+".join(parties[p].letter for p in move.parties)
    drawn = [letter(letters, move.route.mark, own, fill, on(fill))]
    if move.route.cross is not None:
        drawn.append(cross(move.route.cross, parties[move.parties[0]].name))
    return element("g", {**_linked(move, own, move.start, move.end), "class": "dm-mark"}, *drawn)


def _state(state: MapState, shown: StateMap) -> str:
    width, height = shown.box
    x, y, roles = state.x, state.y, state.roles
    strong = bool(roles & {"status-quo", "target"})
    drawn = [element("title", None, text_of(state_title(state, shown)))]
    rings = 2 if "nash" in roles else 1 if "stable" in roles else 0
    for ring in range(1, rings + 1):
        off = 3.0 * ring
        drawn.append(_frame(x - off, y - off, width + 2 * off, height + 2 * off, "dm-ring", 1.3))
    zone = "zone" in roles
    drawn.append(
        element(
            "rect",
            {
                "class": f"dm-box{' dm-zone' if zone else ''}{' dm-strong' if strong else ''}",
                "x": x,
                "y": y,
                "width": width,
                "height": height,
                "rx": 1.5,
                "fill": LIGHT.zone if zone else LIGHT.paper,
                "stroke": LIGHT.ink if strong else LIGHT.rule,
                "stroke-width": 1.6 if strong else 1.0,
            },
        )
    )
    weight = "600" if roles & BOLD else None
    for k, line in enumerate(state.label):
        at = (x + 9, y + 19 + k * LINE)
        drawn.append(text(line, at, "ink", LABEL_SIZE, weight=weight))
    foot = y + height - 8
    if state.code:
        drawn.append(text(state.code, (x + 9, foot), "grey", CODE_SIZE))
    if tag := _tag(state, shown):
        drawn.append(text(tag, (x + width - 9, foot), "ink", CODE_SIZE, anchor="end", weight="600"))
    links: dict[str, str | float | None] = {"class": "dm-state", "data-state": state.state}
    return element("g", links, *drawn)


def _frame(x: float, y: float, width: float, height: float, name: str, stroke: float) -> str:
    return element(
        "rect",
        {
            "class": name,
            "x": x,
            "y": y,
            "width": width,
            "height": height,
            "rx": 3,
            "fill": "none",
            "stroke": LIGHT.ink,
            "stroke-width": stroke,
        },
    )


def _tag(state: MapState, shown: StateMap) -> str:
    letters = {party.id: party.letter for party in shown.parties}
    if "status-quo" in state.roles:
        return "now"
    if "target" in state.roles:
        left = " ".join(letters[p] for p in state.left_by)
        room = shown.box[0] - 24 - width_of(state.code, CODE_SIZE)
        full = f"target, {left} would leave" if left else "target"
        short = f"target, {left} leaves" if len(state.left_by) == 1 else f"target, {left} leave"
        for tag in (full, short if left else "target"):
            if width_of(tag, CODE_SIZE, bold=True) <= room:
                return tag
        return "target"
    if "tempting" in state.roles and shown.breaks is not None:
        return f"if {letters[shown.breaks]} stops"
    return ""
