"""From a diagnosis to a map of states: what is shown, where it stands, what it is called."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.deadlock.verdicts import Diagnosis
from detente.analysis.stability import Stability, solve
from detente.concepts.table import CONCEPTS
from detente.report.diagnosing import headline
from detente.report.drafts import notice
from detente.report.figures.arranging import Link, arrange
from detente.report.figures.choosing import EVERY_MOVE, MOST_STATES, Choice, Field, Step, choose
from detente.report.figures.lettering import width_of, wrapped
from detente.report.figures.routing import Frame, Sizes, busiest, lay_out
from detente.report.figures.statemap import Column, MapMove, MapParty, MapState, StateMap
from detente.report.figures.telling import map_in_words, state_in_words
from detente.report.words import Words, plural

__all__ = ["BOLD", "CODE_SIZE", "LABEL_SIZE", "LINE", "state_map"]

LABEL_SIZE = 12.5
CODE_SIZE = 10.5
LINE = 15.0
BOLD = frozenset({"status-quo", "target", "path"})
"""States with one of these roles are written heavy."""

_WIDTHS = ((4, 168.0, 60.0), (7, 154.0, 56.0), (1_000_000, 150.0, 48.0))
"""Up to so many columns: width of a box, and of the space between two columns."""

_MOST_LINES = 3
_INSET = 9.0
_PORT = 9.0
_MOST_PORTS = 9
"""A box has room for so many lines at a side, so far apart; more stand closer."""

_TOP = 30.0
_WEIGHTS = {"path": 8, "broken": 8, "way": 4}


def state_map(
    result: Diagnosis,
    stability: Stability | None = None,
    *,
    most: int = MOST_STATES,
    every: int = EVERY_MOVE,
) -> StateMap:
    """Return the map of a diagnosis.

    Status quo at the left; columns by the number of changes from it; the stop-proof path to the
    target, or the part of it that holds, in a line at the top. What is shown of a large case is
    said at :func:`~detente.report.figures.choosing.choose`.

    Args:
        result: the diagnosis.
        stability: the stability of the same case under Nash and the concept of the diagnosis;
            ``None``: it is solved here.
        most: above this many states, show a part.
        every: up to this many states, show moves that are no improvements, too.
    """
    case = result.scenario.case
    if stability is None:
        concepts = list(dict.fromkeys(["nash", result.concept]))
        stability = solve(case, concepts, result.origin.sequences)
    field = Field(result, stability)
    choice = choose(field, most, every)
    return _Builder(field, choice).map()


class _Builder:
    def __init__(self, field: Field, choice: Choice) -> None:
        self.field = field
        self.choice = choice
        self.words = Words(field.case)
        self.codes = dict(zip(choice.states, field.codes(choice.states), strict=True))

    def map(self) -> StateMap:
        """Return the map."""
        field, choice, result = self.field, self.choice, self.field.result
        columns = self._columns()
        place = self._place([states for _, states in columns])
        box_width, gap = next((w, g) for most, w, g in _WIDTHS if len(columns) <= most)
        labels = {state: self._wrapped(state, box_width) for state in choice.states}
        lines = max(len(own) for own in labels.values())
        crowd = _PORT * (min(busiest(place, choice.moves), _MOST_PORTS) - 1) + 2 * _INSET
        box = (box_width, max(2 * _INSET + LINE * lines + CODE_SIZE + 2, crowd))
        pad = {state: self._pad(state) for state in choice.states}
        crosses = [self._cross_width(move) for move in choice.moves]
        frame = lay_out(place, choice.moves, pad, Sizes(box, gap, 30.0, _TOP, crosses))
        states = tuple(
            self._state(state, place[state], labels[state], frame) for state in choice.states
        )
        focus = result.focus
        broken = focus.broken if focus else None
        shown = StateMap(
            title=field.case.title,
            sentence=headline(result),
            told="",
            concept=CONCEPTS[result.concept].abbreviation,
            status_quo=result.status_quo,
            target=focus.state if focus else None,
            breaks=broken.party if broken else None,
            columns=tuple(
                Column(changes, self._heading(changes), frame.left[k])
                for k, (changes, _) in enumerate(columns)
            ),
            states=states,
            moves=self._moves(frame),
            parties=self._parties(),
            hidden=choice.hidden,
            width=frame.width,
            height=frame.height,
            box=box,
            graph=field.case.graph is not None,
            notice=notice(field.case),
        )
        return map_in_words(shown, result, self.words)

    def _columns(self) -> list[tuple[int | None, list[int]]]:
        found: dict[int, list[int]] = {}
        for state in self.choice.states:
            found.setdefault(int(self.field.changes[state]), []).append(state)
        ordered = sorted(found, key=lambda changes: (changes < 0, changes))
        return [(None if changes < 0 else changes, found[changes]) for changes in ordered]

    def _heading(self, changes: int | None) -> str:
        if changes is None:
            return "out of reach"
        if not changes:
            return "now"
        return plural(changes, "move" if self.field.case.graph is not None else "change")

    def _place(self, columns: Sequence[Sequence[int]]) -> dict[int, tuple[int, int]]:
        moves = self.choice.moves
        links = [
            Link(m.start, m.end, _WEIGHTS.get(m.role, 2 if m.improvement else 1)) for m in moves
        ]
        route = [s for s in self.field.special if s.role in ("path", "broken", "way")]
        path = [route[0].start, *(step.end for step in route)] if route else []
        row = arrange(columns, links, path)
        return {state: (k, row[state]) for k, states in enumerate(columns) for state in states}

    def _label(self, state: int) -> str:
        code, home = self.codes[state], self.field.result.status_quo
        return self.words.deal(code, home).removesuffix(f" ({code})")

    def _wrapped(self, state: int, width: float) -> tuple[str, ...]:
        bold = bool(self.choice.roles[state] & BOLD)
        room = width - 2 * _INSET
        return wrapped(self._label(state), LABEL_SIZE, room, _MOST_LINES, bold=bold)

    def _pad(self, state: int) -> float:
        roles = self.choice.roles[state]
        return 8.0 if "nash" in roles else 5.0 if "stable" in roles else 2.0

    def _cross_width(self, move: Step) -> float:
        if move.role != "broken":
            return 0.0
        name = self.words.party(self.field.case.party_ids[move.parties[0]])
        return max(width_of(text, CODE_SIZE + 0.5, bold=True) for text in (name, "would stop"))

    def _state(
        self, state: int, place: tuple[int, int], label: tuple[str, ...], frame: Frame
    ) -> MapState:
        case, focus = self.field.case, self.field.result.focus
        code, roles = self.codes[state], self.choice.roles[state]
        return MapState(
            state=code,
            label=label,
            words=state_in_words(self.words, code, self.field.result.status_quo),
            code="" if case.graph is not None else code,
            column=place[0],
            row=place[1],
            x=frame.left[place[0]],
            y=frame.upper[place[1]],
            roles=roles,
            left_by=focus.unstable_for if focus is not None and "target" in roles else (),
        )

    def _moves(self, frame: Frame) -> tuple[MapMove, ...]:
        ids = self.field.case.party_ids
        return tuple(
            MapMove(
                start=self.codes[move.start],
                end=self.codes[move.end],
                parties=tuple(ids[p] for p in move.parties),
                improvement=move.improvement,
                back=move.back,
                role=move.role,
                route=route,
            )
            for move, route in zip(self.choice.moves, frame.routes, strict=True)
        )

    def _parties(self) -> tuple[MapParty, ...]:
        """Return the parties of which the map speaks."""
        focus = self.field.result.focus
        used = {p for move in self.choice.moves for p in move.parties}
        named = set(focus.unstable_for) if focus is not None else set()
        return tuple(
            MapParty(party, self.words.party(party), self.words.letters[party], k)
            for k, party in enumerate(self.field.case.party_ids)
            if k in used or party in named
        )
