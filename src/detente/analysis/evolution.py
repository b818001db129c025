"""How the status quo can evolve: what sequences of moves, or of improvements, lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.analysis.explanation import Step, feasible_state
from detente.analysis.results import Displayed, Origin
from detente.analysis.stability import Stability, solve
from detente.engine.arrays import Arrays
from detente.engine.compile import compile_case
from detente.engine.states import codes_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where

__all__ = ["Evolution", "Obstacle", "Reach", "paths"]


@dataclass(frozen=True)
class Reach:
    """What legal sequences of one kind reach from a state: nobody moves twice running.

    Attributes:
        kind: ``"moves"`` or ``"improvements"``.
        case: the case.
        arrays: its arrays.
        start: index of the state at which the sequences start.
        distance: int32, shape ``(N,)``: fewest moves to each state, -1 where there is no way.
        parent, mover: int32, shape ``(parties, N)``: for each last mover and state, the state
            before, and who moved to that one (-1: nobody, it is the start); -2 where never.
    """

    kind: str
    case: Case
    arrays: Arrays
    start: int
    distance: NDArray[np.int32]
    parent: NDArray[np.int32]
    mover: NDArray[np.int32]

    @property
    def count(self) -> int:
        """Number of states reached, without the start."""
        return int(np.count_nonzero(self.distance > 0))

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The states reached, nearest first, without the start."""
        reached = np.flatnonzero(self.distance > 0)
        order = np.argsort(self.distance[reached], kind="stable")
        return codes_of(self.case, self.arrays.states[reached[order]])

    def path(self, state: str) -> tuple[Step, ...] | None:
        """Return a shortest sequence to a state, or ``None`` if there is none."""
        at = feasible_state(self.case, self.arrays, state)
        if at == self.start:
            return ()
        if self.distance[at] < 0:
            return None
        last = next(
            j
            for j in range(len(self.parent))
            if self.parent[j, at] >= 0 and self._length(j, at) == self.distance[at]
        )
        hops: list[tuple[int, int, int]] = []
        while last >= 0:
            before = int(self.parent[last, at])
            hops.append((last, before, at))
            last, at = int(self.mover[last, at]), before
        names = codes_of(self.case, self.arrays.states[[h[1] for h in hops] + [hops[0][2]]])
        ends = [names[-1], *names[:-1]]
        steps = [
            Step(self.case.party_ids[j], names[k], ends[k], self._improves(j, before, after))
            for k, (j, before, after) in enumerate(hops)
        ]
        return tuple(reversed(steps))

    def _length(self, last: int, at: int) -> int:
        length = 0
        while last >= 0:
            length += 1
            last, at = int(self.mover[last, at]), int(self.parent[last, at])
        return length

    def _improves(self, party: int, before: int, after: int) -> bool:
        payoffs = self.arrays.payoffs[party][self.arrays.states[[before, after]]]
        return bool(payoffs[1] > payoffs[0])


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a state cannot be reached.

    Attributes:
        kind: ``no-moves`` (nobody can move at all), ``no-improvements`` (nobody gains by
            moving), ``option`` (an option's own arcs do not lead to the level),
            ``infeasible-between`` (arcs would do, but every way passes infeasible states or a
            party would have to move twice running), ``no-one-gains`` (there are ways, but some
            step of each is no improvement), ``no-way`` (graph form: no moves lead there).
        option: for ``option``, which one: ``party.option``.
    """

    kind: str
    option: str | None = None


@dataclass(frozen=True)
class Evolution(Displayed):
    """The result of :func:`paths`.

    Attributes:
        case, origin: what was asked.
        start: the status quo.
        targets: the states asked for with ``to``; otherwise every equilibrium under a concept
            asked for, but for the start.
        equilibria: state -> ids of the concepts under which it is one.
        by_moves, by_improvements: what the two kinds of sequences reach.
        obstacles: kind of sequence -> target -> why it is not reached that way.
    """

    case: Case
    origin: Origin
    start: str
    targets: tuple[str, ...]
    equilibria: dict[str, tuple[str, ...]]
    by_moves: Reach
    by_improvements: Reach
    obstacles: dict[str, dict[str, tuple[Obstacle, ...]]]

    @property
    def reaches(self) -> tuple[Reach, Reach]:
        """Both kinds of sequences."""
        return self.by_moves, self.by_improvements

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``detente paths --json``."""
        return {
            **self.origin.to_dict(),
            "status_quo": self.start,
            "start_is_equilibrium": list(self.equilibria.get(self.start, ())),
            "targets": [
                {
                    "state": state,
                    "equilibrium": list(self.equilibria.get(state, ())),
                    **{reach.kind: self._way(reach, state) for reach in self.reaches},
                }
                for state in self.targets
            ],
            "reached": {reach.kind: reach.count for reach in self.reaches},
        }

    def _way(self, reach: Reach, state: str) -> dict[str, Any]:
        steps = reach.path(state)
        if steps is None:
            why = self.obstacles[reach.kind][state]
            return {
                "path": None,
                "movers": None,
                "obstacles": [{"kind": o.kind, "option": o.option} for o in why],
            }
        return {
            "path": [self.start, *(step.end for step in steps)],
            "movers": [step.party for step in steps],
            "obstacles": [],
        }

    def to_pandas(self) -> Any:
        """Return a data frame: a row for each target and kind of sequence."""
        import pandas

        rows = []
        for state in self.targets:
            for reach in self.reaches:
                steps = reach.path(state)
                rows.append(
                    {
                        "state": state,
                        "kind": reach.kind,
                        "equilibrium": ", ".join(self.equilibria.get(state, ())),
                        "moves": None if steps is None else len(steps),
                        "movers": None if steps is None else ", ".join(s.party for s in steps),
                    }
                )
        columns = ["state", "kind", "equilibrium", "moves", "movers"]
        return self.origin.marked(pandas.DataFrame(rows, columns=columns))


def paths(
    case: Case,
    to: str | None = None,
    concepts: Iterable[str] | None = None,
    sequences: str = "legal",
) -> Evolution:
    """Find how the status quo can evolve.

    Status quo analysis (Li, Kilgour and Hipel 2005): shortest legal sequences from the status
    quo, by any moves and by improvements only.

    Args:
        case: a case with a status quo.
        to: a state to reach; ``None`` for every equilibrium.
        concepts: ids of the concepts whose equilibria are meant; ``None`` for all that apply.
        sequences: rule for the sanctions in those concepts.

    Raises:
        CaseError: if there is no status quo, or ``to`` is unknown or infeasible.
    """
    if case.status_quo is None:
        raise CaseError(
            "the case has no status quo",
            where=Where(case.source),
            rule="paths start at the status quo",
            hint="add 'status_quo:' to the case",
        )
    stability = solve(case, concepts, sequences)
    arrays = compile_case(case)
    start = feasible_state(case, arrays, case.status_quo)
    equilibria = _equilibria(stability)
    if to is not None:
        targets: tuple[str, ...] = (case.state(to),)
        feasible_state(case, arrays, to)
    else:
        targets = tuple(state for state in equilibria if state != case.status_quo)
    by_moves = _reach(case, arrays, start, improving=False)
    by_improvements = _reach(case, arrays, start, improving=True)
    obstacles: dict[str, dict[str, tuple[Obstacle, ...]]] = {"moves": {}, "improvements": {}}
    for state in targets:
        at = feasible_state(case, arrays, state)
        blocked = _obstacles(case, by_moves, state, at) if by_moves.distance[at] < 0 else ()
        if blocked:
            obstacles["moves"][state] = blocked
        if by_improvements.distance[at] < 0:
            if not by_improvements.count:
                blocked = (Obstacle("no-improvements"), *blocked)
            obstacles["improvements"][state] = blocked or (Obstacle("no-one-gains"),)
    origin = stability.origin
    return Evolution(
        case, origin, case.status_quo, targets, equilibria, by_moves, by_improvements, obstacles
    )


def _equilibria(stability: Stability) -> dict[str, tuple[str, ...]]:
    """Return state -> concepts under which it is an equilibrium, in the order of the states."""
    found: dict[str, list[str]] = {}
    mask = np.zeros(len(stability.cells), dtype=np.bool_)
    for result in stability:
        mask |= result.equilibrium_mask
    for state in stability.pick(mask):
        found[state] = []
    for result in stability:
        for state in result.equilibria:
            found[state].append(result.concept.id)
    return {state: tuple(ids) for state, ids in found.items()}


def _obstacles(case: Case, reach: Reach, state: str, at: int) -> tuple[Obstacle, ...]:
    if not reach.count:
        return (Obstacle("no-moves"),)
    if case.graph is not None or case.status_quo is None:
        return (Obstacle("no-way"),)
    ends = zip(case.options, case.levels(case.status_quo), case.levels(state), strict=True)
    stuck = tuple(
        Obstacle("option", option.key)
        for option, level, wanted in ends
        if wanted not in _closure(option.arcs, level)
    )
    return stuck or (Obstacle("infeasible-between"),)


def _closure(arcs: frozenset[tuple[int, int]], level: int) -> set[int]:
    reached = {level}
    while True:
        further = {b for a, b in arcs if a in reached} - reached
        if not further:
            return reached
        reached |= further


def _reach(case: Case, arrays: Arrays, start: int, *, improving: bool) -> Reach:
    """Breadth-first search over (state, last mover)."""
    parties, count = len(arrays.parties), len(arrays.states)
    distance = np.full(count, -1, dtype=np.int32)
    distance[start] = 0
    parent = np.full((parties, count), -2, dtype=np.int32)
    mover = np.full((parties, count), -2, dtype=np.int32)
    payoffs = [arrays.state_payoffs(j) for j in range(parties)]
    frontier: dict[int, NDArray[np.int64]] = {-1: np.array([start])}
    depth = 0
    while frontier:
        depth += 1
        found: dict[int, list[NDArray[np.int64]]] = {}
        for last, sources in frontier.items():
            for j in range(parties):
                if j == last:
                    continue
                at, target = arrays.expand(j, sources)
                fresh = parent[j, target] == -2
                if improving:
                    fresh &= payoffs[j][target] > payoffs[j][sources[at]]
                reached, first = np.unique(target[fresh], return_index=True)
                if len(reached):
                    parent[j, reached] = sources[at[fresh][first]]
                    mover[j, reached] = last
                    found.setdefault(j, []).append(reached.astype(np.int64))
        frontier = {j: np.concatenate(parts) for j, parts in found.items()}
        for states in frontier.values():
            new = states[distance[states] < 0]
            distance[new] = depth
    return Reach(
        "improvements" if improving else "moves", case, arrays, start, distance, parent, mover
    )
