"""The map of states as data: what is drawn where, before anybody draws it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Column", "Hidden", "MapMove", "MapParty", "MapState", "Point", "Route", "StateMap"]

Point = tuple[float, float]
"""x to the right, y down, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class MapParty:
    """A party on a map.

    Attributes:
        id, name: of the party.
        letter: its mark.
        number: its place among the parties of the case, from 0; gives its colour.
    """

    id: str
    name: str
    letter: str
    number: int


@dataclass(frozen=True, slots=True)
class Column:
    """The states with one number of changes from the status quo.

    Attributes:
        changes: the number; ``None``: no moves lead there (graph form).
        heading: the number in words.
        x: left edge of its boxes.
    """

    changes: int | None
    heading: str
    x: float


@dataclass(frozen=True, slots=True)
class MapState:
    """A state on a map.

    Attributes:
        state: code or label.
        label: the state in words, as it is drawn, in lines.
        words: the same in full.
        code: what is written small beside the words; empty in graph form.
        column: place of its column in ``StateMap.columns``.
        row: from 0 at the top.
        x, y: top left corner of its box.
        roles: among ``status-quo``, ``target``, ``zone``, ``nash``, ``stable`` (an equilibrium
            under the concept of the diagnosis), ``path``, ``break`` (where the path breaks),
            ``tempting`` (where play could rest if it breaks).
        left_by: parties that would leave it, if it is the target.
    """

    state: str
    label: tuple[str, ...]
    words: str
    code: str
    column: int
    row: int
    x: float
    y: float
    roles: frozenset[str]
    left_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """The line of a move.

    Attributes:
        curves: cubic Bézier curves, end to end: (start, control, control, end).
        mark: where the mover's letter stands.
        cross: where the cross stands, if the path breaks here.
    """

    curves: tuple[tuple[Point, Point, Point, Point], ...]
    mark: Point
    cross: Point | None = None


@dataclass(frozen=True, slots=True)
class MapMove:
    """A move on a map.

    Attributes:
        start, end: states.
        parties: ids of those who move; several in a joint move.
        improvement: every mover strictly prefers ``end``.
        back: the move back is drawn on the same line, with a small head at its start; it is no
            improvement.
        role: ``path`` (a step of the stop-proof path, or of its part that holds), ``broken`` (the
            step at which it breaks), ``way`` (what would be left after that), ``leaves`` (somebody
            leaves the target), ``rest`` (how play would come to rest if the path breaks),
            ``breaking`` (the move by which the status quo would be left), or empty.
        route: its line.
    """

    start: str
    end: str
    parties: tuple[str, ...]
    improvement: bool
    back: bool
    role: str
    route: Route


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not drawn, and by which rule.

    Attributes:
        states: number of feasible states that are not drawn.
        rule: ``""`` (all are drawn), ``related`` (drawn are those reached by improvements from
            the status quo, the zone, the equilibria, and the path) or ``first`` (those were too
            many: the first of them in this order: path, efficient targets, zone, Nash equilibria,
            other equilibria, improvements; nearer ones first).
        limit: more states than this are not drawn.
        composed: moves left out because two moves of the same party make them up.
        worse: moves between drawn states left out because the mover does not gain.
        leading_out: improvements from drawn states to states that are not drawn.
    """

    states: int = 0
    rule: str = ""
    limit: int = 0
    composed: int = 0
    worse: int = 0
    leading_out: int = 0


@dataclass(frozen=True, slots=True)
class StateMap:
    """A map of states.

    Attributes:
        title: of the case.
        sentence: the headline of the diagnosis.
        told: the map in words.
        concept: abbreviation of the concept whose equilibria have a single ring.
        status_quo, target: states; ``target`` may be ``None``.
        breaks: the party that breaks the path, and its name; ``None`` if none does.
        columns, states, moves, parties: what is drawn; moves in drawing order.
        hidden: what is not.
        width, height: of the whole.
        box: width and height of a state's box.
        graph: the case is in graph form.
        notice: what must be said of the case: that it is an unreviewed draft.
    """

    title: str
    sentence: str
    told: str
    concept: str
    status_quo: str
    target: str | None
    breaks: str | None
    columns: tuple[Column, ...]
    states: tuple[MapState, ...]
    moves: tuple[MapMove, ...]
    parties: tuple[MapParty, ...]
    hidden: Hidden
    width: float
    height: float
    box: tuple[float, float]
    graph: bool = field(default=False)
    notice: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "title": self.title,
            "sentence": self.sentence,
            "told": self.told,
            "unreviewed": self.notice is not None,
            "concept": self.concept,
            "status_quo": self.status_quo,
            "target": self.target,
            "breaks": self.breaks,
            "width": round(self.width, 1),
            "height": round(self.height, 1),
            "box": [round(side, 1) for side in self.box],
            "parties": [
                {"id": p.id, "name": p.name, "letter": p.letter, "number": p.number}
                for p in self.parties
            ],
            "columns": [
                {"changes": c.changes, "heading": c.heading, "x": round(c.x, 1)}
                for c in self.columns
            ],
            "states": [
                {
                    "state": s.state,
                    "words": s.words,
                    "label": list(s.label),
                    "column": s.column,
                    "row": s.row,
                    "x": round(s.x, 1),
                    "y": round(s.y, 1),
                    "roles": sorted(s.roles),
                    "left_by": list(s.left_by),
                }
                for s in self.states
            ],
            "moves": [
                {
                    "from": m.start,
                    "to": m.end,
                    "parties": list(m.parties),
                    "improvement": m.improvement,
                    "back": m.back,
                    "role": m.role,
                }
                for m in self.moves
            ],
            "hidden": {
                "states": self.hidden.states,
                "rule": self.hidden.rule,
                "limit": self.hidden.limit,
                "moves": {
                    "composed": self.hidden.composed,
                    "worse": self.hidden.worse,
                    "leading_out": self.hidden.leading_out,
                },
            },
        }
