"""A timeline as SVG: a row for each party on each issue, time to the right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from detente.reading.timeline import Entry, Shift, Timeline
from detente.report.figures.colours import LIGHT, on
from detente.report.figures.lettering import FAMILY, width_of, wrapped
from detente.report.figures.pieces import text
from detente.report.figures.stance_marks import (
    LETTERS,
    RADIUS,
    arrowhead,
    at,
    bolt,
    colour_of,
    mark,
    segment,
)
from detente.report.figures.style import STYLE
from detente.report.figures.svg import element, text_of
from detente.report.figures.timeline_rows import NARROWEST, Row, Scale, Spot, row_of
from detente.report.stances import (
    contradiction_words,
    day,
    issue_title,
    opening,
    party_letters,
    shift_words,
    stance_words,
)

__all__ = ["draw"]

_WIDTH = 760.0
_SIDE = 14.0
_ROOM = NARROWEST - 2 * _SIDE
_TALL = 620.0
_TEXT, _SMALL = 12.5, 11.0
_BOLD = 1.08  # bold letters are wider

TIMELINE_STYLE = """
@media all{
.dt-fluid{width:100%;max-width:1100px}
.dm .dt-rule{stroke:var(--dm-rule)}
.dm .dt-open{fill:var(--dm-paper);stroke:var(--dm-p)}
.dm .dt-bolt{stroke:var(--dm-paper)}
.dm .dt-halo{stroke:var(--dm-paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
}"""


def draw(told: Timeline) -> str:
    """Return a timeline as an SVG document.

    Its width is that of where it stands: text keeps its size, time gets the room. It is light or
    dark as the reader's system or a page's ``data-theme`` says, and light where style sheets are
    not understood. It has no ids, so several fit on one page. Every mark is
    ``<g data-statement data-party data-issue>`` with the quotation in its title.

    Args:
        told: a timeline with at least one line.
    """
    return _Drawing(told).svg()


class _Drawing:
    def __init__(self, told: Timeline) -> None:
        self.told = told
        self.scale = Scale(told)
        self.letters = party_letters(told.parties)
        self.numbers = {party: k for k, party in enumerate(told.parties)}
        self.y = 0.0

    def svg(self) -> str:
        """Return the document."""
        head = list(self._heading())
        self.y += 28
        first = self.y
        self.y += 6
        plot = list(self._plot())
        grid = self._grid(first, self.y)
        axes = [*self._axis(first - 6)]
        if self.y - first > _TALL:
            self.y += 14
            axes += self._axis(self.y)
        legend = list(self._legend())
        height = self.y + 12
        told = [opening(self.told), *(shift_words(s, self.told.issues) for s in self.told.shifts)]
        told += [contradiction_words(found) for found in self.told.contradictions]
        parts = [
            element("title", None, text_of("Positions over time")),
            element("desc", None, text_of(" ".join(f"{t.rstrip('.')}." for t in told))),
            element("style", None, STYLE + TIMELINE_STYLE),
            element(
                "rect",
                {"class": "dm-paper", "width": "100%", "height": height, "fill": LIGHT.paper},
            ),
            *(*grid, *axes, *head, *plot, *legend),
        ]
        root: dict[str, str | float | None] = {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "dm dt-fluid",
            "role": "graphics-document",
            "width": _WIDTH,
            "height": height,
            "font-family": FAMILY,
            "font-size": _TEXT,
        }
        return element("svg", root, "\n", "\n".join(parts), "\n") + "\n"

    def _text(self, words: str, colour: str, size: float, weight: str | None = None) -> str:
        return text(words, (_SIDE, self.y), colour, size, weight=weight, halo=True)

    def _heading(self) -> Iterator[str]:
        self.y = 6.0
        for line in wrapped(opening(self.told), 15.0 * _BOLD, _ROOM):
            self.y += 20
            yield self._text(line, "ink", 15.0, "600")
        if self.told.unreviewed:
            self.y += 18
            note = "Hollow marks: statements that nobody has reviewed."
            yield self._text(note, "ink", _SMALL)

    def _axis(self, y: float) -> Iterator[str]:
        for tick in self.scale.ticks:
            at_x = f"{tick.x:.2f}%"
            yield text(tick.label, (at_x, y), "grey", _SMALL, anchor=tick.anchor, halo=True)
        if self.scale.undated is not None:
            x = sum(self.scale.undated) / 2
            yield text("no date", (f"{x:.2f}%", y), "grey", _SMALL, anchor="middle", halo=True)

    def _grid(self, top: float, bottom: float) -> list[str]:
        places: list[tuple[float, str | None]] = [(tick.x, None) for tick in self.scale.ticks]
        if self.scale.undated is not None and self.scale.ticks:
            places.append((self.scale.undated[0] - 4.0, "4 3"))
        return [
            element(
                "line",
                {
                    "class": "dt-rule",
                    "x1": f"{x:.2f}%",
                    "y1": top,
                    "x2": f"{x:.2f}%",
                    "y2": bottom,
                    "stroke": LIGHT.rule,
                    "stroke-width": 0.5,
                    "stroke-dasharray": dash,
                },
            )
            for x, dash in places
        ]

    def _plot(self) -> Iterator[str]:
        for issue, lines in self.told.by_issue():
            self.y += 16
            rule: dict[str, str | float | None] = {
                "class": "dt-rule",
                "x2": "100%",
                "stroke": LIGHT.rule,
                "y1": self.y - 8,
                "y2": self.y - 8,
                "stroke-width": 0.8,
            }
            yield element("line", rule)
            for words in wrapped(issue_title(issue), 13.0 * _BOLD, _ROOM):
                self.y += 15
                yield self._text(words, "ink", 13.0, "700")
            for line in lines:
                self.y += 20
                yield from self._party(line.party, line.party == issue.owner)
                self.y += 8
                row = row_of(line, self.scale)
                yield from self._row(row)
                self.y += row.height

    def _party(self, party: str, owner: bool) -> Iterator[str]:
        yield self._letter(party, _SIDE + 8, self.y - 4)
        told = f"{party}, who would do it" if owner else party
        for k, line in enumerate(wrapped(told, _TEXT, _ROOM - 24)):
            self.y += 15 if k else 0
            yield text(line, (_SIDE + 22, self.y), "ink", _TEXT, halo=True)

    def _letter(self, party: str, x: float, y: float) -> str:
        own, fill = colour_of(self.numbers[party])
        disc: dict[str, str | float | None] = {
            "class": "dm-disc",
            "fill": fill,
            "cx": x,
            "cy": y,
            "r": 7.5,
        }
        written: dict[str, str | float | None] = {
            "class": "dm-letter",
            "x": x,
            "y": y + 3.4,
            "fill": on(fill),
            "font-size": 9.5,
            "font-weight": "700",
            "text-anchor": "middle",
        }
        letter = element("text", written, text_of(self.letters[party]))
        return element("g", {"class": own}, element("circle", disc), letter)

    def _row(self, row: Row) -> Iterator[str]:
        number = self.numbers[row.line.party]
        own = colour_of(number)[0]
        yield element("g", {"class": own}, *self._lines(row, number))
        for shift in row.line.shifts or ():
            yield self._step(row, shift, number)
        bolts = []
        for found in row.line.contradictions:
            one, other = row.spot(found.support), row.spot(found.refusal)
            (x1, y1), (x2, y2) = ((spot.x, self.y + spot.y) for spot in (one, other))
            yield segment((x1, y1), (x2, y2), number, "opposed")
            title = element("title", None, text_of(contradiction_words(found)))
            aside = element("g", {"transform": "translate(18 0)"}, title, bolt())
            bolts.append(at((x1 + x2) / 2, (y1 + y2) / 2, aside))
        for spot in row.spots:  # above every line
            yield self._mark(spot, number)
        yield from bolts

    def _lines(self, row: Row, number: int) -> Iterator[str]:
        """Yield thin lines between successive dates."""
        dated = [spot for spot in row.spots if spot.entry.dated]
        stepped = {(id(s.before), id(s.after)) for s in row.line.shifts or ()}
        for one, other in pairwise(dated):
            pair = (id(one.entry), id(other.entry))
            if one.entry.date != other.entry.date and pair not in stepped:
                start, end = (one.x, self.y + one.y), (other.x, self.y + other.y)
                yield segment(start, end, number, "thin")

    def _step(self, row: Row, shift: Shift, number: int) -> str:
        one, other = row.spot(shift.before), row.spot(shift.after)
        start, end = (one.x, self.y + one.y), (other.x, self.y + other.y)
        corner = (end[0], start[1])
        lines = segment(start, corner, number, "thick")
        way = "right"
        if start[1] != end[1]:
            lines += segment(corner, end, number, "thick")
            way = "up" if end[1] < start[1] else "down"
        title = element("title", None, text_of(shift_words(shift, self.told.issues)))
        own = {"class": colour_of(number)[0], "data-shift": shift.direction or "condition"}
        return element("g", {**own}, title, lines, at(*end, arrowhead(way, number)))

    def _mark(self, spot: Spot, number: int) -> str:
        entry = spot.entry
        reviewed = entry.state != "proposed"
        named: dict[str, str | float | None] = {
            "role": "img",
            "data-statement": entry.statement,
            "data-party": entry.party,
            "data-issue": entry.issue,
        }
        title = element("title", None, text_of(self._said(entry)))
        drawn = mark(entry.stance, number, reviewed=reviewed)
        return at(spot.x, self.y + spot.y, element("g", named, title, drawn))

    def _said(self, entry: Entry) -> str:
        when = day(entry.date) if entry.dated else f"no date (read on {day(entry.date)})"
        notes = [entry.speaker, entry.doc]
        if entry.state == "proposed":
            notes.append("unreviewed")
        if entry.guess:
            notes.append("who would do it is concluded")
        if entry.implied:
            notes.append("implied by what it threatens or fears")
        stance = stance_words(entry, self.told.issues)
        return f"{when}, {entry.party}: {stance}. “{entry.quote}” ({'; '.join(notes)})"

    def _legend(self) -> Iterator[str]:
        self.y += 30
        x = 0.0
        for swatch, words, room in self._items():
            needed = room + 5 + width_of(words, _SMALL)
            if x and x + needed > _ROOM:
                x, self.y = 0.0, self.y + 26
            place = f"translate({_SIDE + x + room / 2:.1f} {self.y - 4:.1f})"
            yield element("g", {"transform": place}, swatch)
            yield text(words, (_SIDE + x + room + 5, self.y), "ink", _SMALL, halo=True)
            x += needed + 16

    def _items(self) -> Iterator[tuple[str, str, float]]:
        """Yield what occurs: swatch around the origin, words, width of the swatch."""
        occurring = {entry.stance for entry in self.told.entries}
        for stance in LETTERS:
            if stance in occurring:
                yield mark(stance, None), stance, 2 * RADIUS + 5
        if self.told.shifts:
            shape = arrowhead("right", None)
            head = element("g", {"transform": "translate(21 0)"}, shape)
            line = element(
                "path",
                {"class": "dm-line", "d": "M-14 0H2", "stroke": LIGHT.ink, "stroke-width": 2.8},
            )
            swatch = element("g", {"class": "dm-joint"}, line, head)
            yield swatch, "shift (up: towards the deed)", 34.0
        if self.told.contradictions:
            yield bolt(), "contradiction", 12.0
