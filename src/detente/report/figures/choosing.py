"""Which states and moves a map shows, and by which rule the others stay away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.analysis.deadlock.board import Board, Indices, Player, ends
from detente.analysis.deadlock.standing import undeterred
from detente.analysis.deadlock.verdicts import Diagnosis, Path, Target
from detente.analysis.stability import Stability
from detente.concepts.table import CONCEPTS
from detente.engine.compile import compile_case
from detente.engine.moves import StateMoves
from detente.engine.states import cell_of, codes_of
from detente.report.figures.statemap import Hidden

__all__ = ["EVERY_MOVE", "MOST_STATES", "Choice", "Field", "Step", "choose"]

MOST_STATES = 60
"""Above this many states a map shows a part of them."""

EVERY_MOVE = 12
"""Up to this many states a map shows moves that are no improvements, too."""

_ROLES = ("path", "broken", "leaves", "breaking", "rest", "way")
"""What a move can be beside a move; of two the first counts."""


_Move = tuple[int, int, int]
"""Party, from, to."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move to draw, in indices: states among the feasible ones, parties as declared."""

    start: int
    end: int
    parties: tuple[int, ...]
    improvement: bool
    back: bool
    role: str


@dataclass(frozen=True)
class Choice:
    """What a map shows.

    Attributes:
        states: indices of feasible states, ascending.
        roles: state -> its roles, as in :class:`~detente.report.figures.statemap.MapState`.
        moves: in the order of states and parties.
        hidden: what is left out.
    """

    states: tuple[int, ...]
    roles: dict[int, frozenset[str]]
    moves: tuple[Step, ...]
    hidden: Hidden


class Field:
    """A diagnosis over the feasible states.

    Args:
        result: the diagnosis.
        stability: the stability of the same case under Nash and the concept of the diagnosis.
    """

    def __init__(self, result: Diagnosis, stability: Stability) -> None:
        self.result = result
        self.case = result.scenario.case
        self.arrays = compile_case(self.case)
        self.start = self.index(result.status_quo)
        self.board = Board.of(self.arrays, self.start)
        self.zone = [self.index(state) for state in result.zone]
        self.nash = np.flatnonzero(stability["nash"].equilibrium_mask)
        self.stable = np.flatnonzero(stability[result.concept].equilibrium_mask)

    def index(self, state: str) -> int:
        """Return the index of a state among the feasible ones."""
        return int(self.arrays.position[cell_of(self.case, state)])

    def codes(self, states: Sequence[int]) -> tuple[str, ...]:
        """Return the codes or labels of states."""
        return codes_of(self.case, self.arrays.states[list(states)])

    @property
    def players(self) -> Sequence[Player]:
        """The parties, as declared."""
        return self.board.players

    @cached_property
    def changes(self) -> NDArray[np.int64]:
        """The number of changes from the status quo to each state, shape ``(N,)``.

        In option form a change is one step from a level to a neighbouring one: from none to full
        are two where partial lies between, so that a half concession stands half-way. In graph form
        it is a move of anybody; -1 where none lead.
        """
        if self.case.graph is not None:
            steps = [player.moves for player in self.players]
            return self._spread([self.start], steps)
        total = np.zeros(self.board.size, dtype=np.int64)
        rest = self.arrays.states
        for option in reversed(self.case.options):
            rest, level = np.divmod(rest, len(option.levels))
            total += np.abs(level - level[self.start])
        return total

    @cached_property
    def improved(self) -> NDArray[np.int64]:
        """The least number of improvements from the status quo, -1 where none lead.

        Improvements of anybody in any order, the same party several times running too.
        """
        return self._spread([self.start], [player.improving for player in self.players])

    def _spread(self, start: Sequence[int], steps: Sequence[StateMoves]) -> NDArray[np.int64]:
        distance = np.full(self.board.size, -1, dtype=np.int64)
        frontier: Indices = np.array(start, dtype=np.int64)
        depth = 0
        while len(frontier):
            distance[frontier] = depth
            depth += 1
            after = np.concatenate([ends(moves, frontier) for moves in steps])
            frontier = np.unique(after[distance[after] < 0])
        return distance

    def way(self, start: int, end: int, by: Iterable[int], *, improving: bool) -> list[Step]:
        """Return a shortest sequence of moves, the least in the order of states and parties."""
        before: dict[int, tuple[int, int]] = {start: (-1, -1)}
        frontier = [start]
        parties = list(by)
        while frontier and end not in before:
            later = []
            for state in frontier:
                for party in parties:
                    player = self.players[party]
                    moves = player.improving if improving else player.moves
                    for there in moves.targets(state).tolist():
                        if there not in before:
                            before[there] = (state, party)
                            later.append(there)
            frontier = later
        steps: list[Step] = []
        while end != start and end in before:
            state, party = before[end]
            steps.append(self.step(state, end, (party,), ""))
            end = state
        return steps[::-1]

    def step(self, start: int, end: int, parties: tuple[int, ...], role: str) -> Step:
        """Return a move to draw."""
        gains = all(self.players[p].payoffs[end] > self.players[p].payoffs[start] for p in parties)
        return Step(start, end, parties, gains, False, role)

    @cached_property
    def special(self) -> list[Step]:
        """The moves that the diagnosis speaks of, with their roles."""
        found = []
        focus = self.result.focus
        if focus is not None:
            found += self._focus(focus)
        if self.result.breaking_move is not None:
            party, to = self.result.breaking_move
            number = self.case.party_ids.index(party)
            found.append(self.step(self.start, self.index(to), (number,), "breaking"))
        return found

    def _focus(self, focus: Target) -> list[Step]:
        numbers = {party: k for k, party in enumerate(self.case.party_ids)}
        target, broken = self.index(focus.state), focus.broken
        found = self._schedule(focus.path) if focus.path else []
        if broken is not None:
            found += self._schedule(broken.path)
            if broken.party is not None and broken.to is not None:
                at, to, party = self.index(broken.at), self.index(broken.to), numbers[broken.party]
                found.append(self.step(at, to, (party,), "broken"))
                everybody = range(len(self.players))
                found += self._named("way", self.way(to, target, everybody, improving=False))
                if broken.tempted_by is not None:
                    others = [k for k in everybody if k != party]
                    tempting = self.index(broken.tempted_by)
                    found += self._named("rest", self.way(at, tempting, others, improving=True))
        concept, rule = CONCEPTS[self.result.concept], self.result.origin.sequences
        for name in focus.unstable_for:
            party = numbers[name]
            for there in undeterred(self.board, concept, rule, party, target)[:1]:
                found.append(self.step(target, there, (party,), "leaves"))
        return found

    def _schedule(self, path: Path) -> list[Step]:
        numbers = {party: k for k, party in enumerate(self.case.party_ids)}
        states = [self.index(state) for state in path.states]
        return [
            self.step(start, end, tuple(numbers[m] for m in movers), "path")
            for movers, start, end in zip(path.movers, states, states[1:], strict=False)
        ]

    @staticmethod
    def _named(role: str, steps: list[Step]) -> list[Step]:
        return [replace(step, role=role) for step in steps]


def choose(field: Field, most: int = MOST_STATES, every: int = EVERY_MOVE) -> Choice:
    """Choose what a map shows.

    All states up to ``most``. Above, the states of the path and of what breaks it, the zone of
    agreement, the equilibria, and what improvements reach from the status quo; if those are still
    too many, the first of them in this order: path, efficient targets, zone, Nash equilibria, other
    equilibria, improvements, and in each group those nearer to the status quo. The status quo and
    the states of the path are always shown.

    Between shown states: up to ``every`` states all moves, above only improvements; but none that
    two moves of the same party make up, both improvements if it is one, both for the worse if it is
    for the worse (what is left still shows everything that the party can reach). The moves that the
    diagnosis speaks of are always shown.
    """
    states, rule = _states(field, most)
    moves, composed, worse, leading_out = _moves(field, states, every)
    left = field.board.size - len(states)
    hidden = Hidden(left, rule, most, composed, worse, leading_out)
    return Choice(tuple(states), _state_roles(field, states), tuple(moves), hidden)


def _forced(field: Field) -> set[int]:
    focus = field.result.focus
    named = {field.start} | {end for step in field.special for end in (step.start, step.end)}
    return named if focus is None else named | {field.index(focus.state)}


def _states(field: Field, most: int) -> tuple[list[int], str]:
    if field.board.size <= most:
        return list(range(field.board.size)), ""
    efficient = [field.index(t.state) for t in field.result.targets if t.efficient]
    reached = np.flatnonzero(field.improved > 0)
    groups: list[tuple[Iterable[int], NDArray[np.int64]]] = [
        (_forced(field), field.changes),
        (efficient, field.changes),
        (field.zone, field.changes),
        (field.nash.tolist(), field.changes),
        (field.stable.tolist(), field.changes),
        (reached.tolist(), field.improved),
    ]
    chosen: dict[int, None] = {}
    for group, distance in groups:
        near = sorted(group, key=lambda s: (int(distance[s]), s))
        chosen.update(dict.fromkeys(near))
    ordered = list(chosen)
    kept = ordered[: max(most, len(_forced(field)))]
    return sorted(kept), "related" if len(kept) == len(ordered) else "first"


def _state_roles(field: Field, states: Sequence[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {state: set() for state in states}
    focus = field.result.focus

    def mark(group: Iterable[int], role: str) -> None:
        for state in group:
            if state in found:
                found[state].add(role)

    mark([field.start], "status-quo")
    mark(field.zone, "zone")
    mark(field.nash.tolist(), "nash")
    mark(field.stable.tolist(), "stable")
    for step in field.special:
        if step.role == "path":
            mark((step.start, step.end), "path")
        elif step.role == "broken":
            mark([step.start], "break")
    if focus is not None:
        mark([field.index(focus.state)], "target")
        if focus.broken is not None and focus.broken.tempted_by is not None:
            mark([field.index(focus.broken.tempted_by)], "tempting")
    return {state: frozenset(roles) for state, roles in found.items()}


def _moves(field: Field, states: Sequence[int], every: int) -> tuple[list[Step], int, int, int]:
    """Return the moves to draw, and how many are left out: composed, worse, leading out."""
    shown, small = set(states), len(states) <= every
    signs: dict[_Move, int] = {}
    leading_out = 0
    for party, player in enumerate(field.players):
        for start in states:
            here = int(player.payoffs[start])
            for end in player.moves.targets(start).tolist():
                sign = int(np.sign(int(player.payoffs[end]) - here))
                if end in shown:
                    signs[party, start, end] = sign
                elif sign > 0:
                    leading_out += 1
    special: dict[tuple[tuple[int, ...], int, int], Step] = {}
    for step in sorted(field.special, key=lambda s: _ROLES.index(s.role)):
        special.setdefault((step.parties, step.start, step.end), step)
    named = {(parties[0], a, b) for parties, a, b in special if len(parties) == 1}
    worse = {m for m, sign in signs.items() if sign <= 0 and m not in named and not small}
    within = [m for m in signs if m not in named and m not in worse]
    composed = {m for m in within if _composite(signs, states, m)}
    drawn: list[Step] = []
    for move, sign in signs.items():
        if move in worse or move in composed:
            continue
        party, start, end = move
        back = (party, end, start)
        plain = back in signs and back not in named and back not in worse | composed
        both = plain and signs[back] <= 0 and (sign > 0 or move in named or start < end)
        if move in named:
            drawn.append(replace(special[(party,), start, end], back=both))
        elif sign > 0 or both or not (plain or back in named):
            drawn.append(Step(start, end, (party,), sign > 0, both, ""))
    drawn += [step for step in special.values() if len(step.parties) > 1]
    return drawn, len(composed), len(worse), leading_out


def _composite(signs: dict[_Move, int], states: Sequence[int], move: _Move) -> bool:
    """Tell whether two shown moves of the party, both up or both down as this one, make it up."""
    party, start, end = move
    sign = signs[move]
    return sign != 0 and any(
        signs.get((party, start, middle)) == sign == signs.get((party, middle, end))
        for middle in states
    )
