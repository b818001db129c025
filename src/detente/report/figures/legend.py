"""The legend of a map of states: only what occurs in it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.report.figures.colours import LIGHT, on
from detente.report.figures.lettering import width_of, wrapped
from detente.report.figures.pieces import (
    BETTER,
    BROKEN,
    LEAVING,
    PATH,
    WORSE,
    Look,
    cross,
    head,
    letter,
    text,
)
from detente.report.figures.statemap import StateMap
from detente.report.figures.svg import element
from detente.report.figures.telling import hidden_notes

__all__ = ["Legend"]

_SIZE = 11.0
_LINE = 19.0
_NOTE_LINE = 15.0
_SWATCH = 30.0


class Legend:
    """A legend of a given width.

    Args:
        shown: the map.
        width: greatest width.

    Attributes:
        height: what it needs.
    """

    def __init__(self, shown: StateMap, width: float) -> None:
        self.shown = shown
        self._parts: list[str] = []
        x, y = 0.0, 16.0
        for swatch, words, room in self._items():
            needed = room + 6 + width_of(words, _SIZE)
            if x and x + needed > width:
                x, y = 0.0, y + _LINE
            self._parts.append(
                element("g", {"transform": f"translate({x:.1f} {y:.1f})"}, swatch)
                + text(words, (x + room + 6, y), "ink", _SIZE)
            )
            x += needed + 18
        y += 4
        for note in self._notes():
            for line in wrapped(note, _SIZE, width):
                y += _NOTE_LINE
                self._parts.append(text(line, (0, y), "grey", _SIZE))
        self.height = y + 8

    def drawn(self) -> str:
        """Return it, its top left corner at the origin."""
        return element("g", {"class": "dm-legend"}, *self._parts)

    def _items(self) -> Iterator[tuple[str, str, float]]:
        """Yield swatch (on a base line), words, and width of the swatch."""
        shown = self.shown
        for party in shown.parties:
            own, fill = f"dm-p{party.number % len(LIGHT.parties)}", LIGHT.party(party.number)
            yield letter(party.letter, (7, -4), own, fill, on(fill)), party.name, 14.0
        moves, states = shown.moves, shown.states
        roles = {move.role for move in moves}
        if "path" in roles:
            holds = "the part of the path that holds" if "broken" in roles else "stop-proof path"
            yield _line(PATH), holds, _SWATCH
        if "broken" in roles:
            swatch = _line(BROKEN) + cross((14, -4), None)
            yield swatch, "here the path breaks", _SWATCH
        if "breaking" in roles:
            yield _line(PATH), "leaves the status quo: nothing deters it", _SWATCH
        if "leaves" in roles:
            yield _line(LEAVING), "leaves the target: nothing deters it", _SWATCH
        plain = [m for m in moves if m.role not in ("path", "broken", "breaking", "leaves")]
        if any(m.improvement for m in plain):
            yield _line(BETTER), "improvement for the mover", _SWATCH
        if any(not m.improvement for m in plain):
            yield _line(WORSE), "the mover gains nothing", _SWATCH
        if any(m.back and m.improvement for m in moves):
            yield _line(BETTER, back=True), "can be taken back, at a loss", _SWATCH
        only = [s for s in states if "stable" in s.roles and "nash" not in s.roles]
        if any("nash" in s.roles for s in states):
            both = "Nash" if shown.concept == "Nash" else f"Nash and {shown.concept}"
            yield _box(2), f"equilibrium under {both}", 26.0
        if only:
            yield _box(1), f"equilibrium under {shown.concept}", 26.0
        if any("zone" in s.roles for s in states):
            yield _box(0, zone=True), "suits everybody at the table", 26.0

    def _notes(self) -> Iterator[str]:
        shown = self.shown
        if shown.notice is not None:
            yield shown.notice
        if shown.graph:
            yield "Columns: the least number of moves, of anybody, from the status quo."
        else:
            yield "Columns: how many levels have changed from the status quo, each step counted."
        yield from hidden_notes(shown.hidden, len(shown.states))


def _line(look: Look, *, back: bool = False) -> str:
    start = look.head if back else 0
    drawn = element(
        "path",
        {
            "class": "dm-line",
            "d": f"M{start:.0f} -4L{_SWATCH - look.head:.0f} -4",
            "fill": "none",
            "stroke": LIGHT.ink,
            "stroke-width": look.width,
            "stroke-dasharray": look.dash,
        },
    )
    drawn += head((_SWATCH, -4), True, look.head, LIGHT.ink, filled=look.filled)
    if back:
        drawn += head((0, -4), False, look.head, LIGHT.ink, filled=False)
    return element("g", {"class": "dm-joint"}, drawn)


def _box(rings: int, *, zone: bool = False) -> str:
    drawn = ""
    for ring in range(rings, -1, -1):
        off = 2.5 * ring
        fill = "none" if ring else LIGHT.zone if zone else LIGHT.paper
        drawn += element(
            "rect",
            {
                "class": "dm-ring" if ring else f"dm-box{' dm-zone' if zone else ''}",
                "x": 6 - off,
                "y": -8 - off,
                "width": 14 + 2 * off,
                "height": 8 + 2 * off,
                "rx": 1.5,
                "fill": fill,
                "stroke": LIGHT.ink if ring else LIGHT.rule,
                "stroke-width": 1.0,
            },
        )
    return drawn
