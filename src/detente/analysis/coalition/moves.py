"""How a coalition improves on a state, and how the others can answer: data for explanations."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, TypeAlias

from detente.concepts.coalition import CoalitionConcept, Group
from detente.concepts.coalition_arrays import Members, joint_moves
from detente.engine.compile import compile_case
from detente.engine.moves import StateMoves
from detente.engine.states import cell_of, codes_of
from detente.model.case import Case
from detente.model.errors import CaseError, Where

__all__ = ["Answer", "JointImprovement", "Step", "joint_improvements"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sequence.

    Attributes:
        movers: who makes it: a party, or a coalition that improves or moves jointly.
        state: where it leads.
        via: for a coalition's improvement in the variant ``sequences``, the moves of its members.
    """

    movers: Group
    state: str
    via: tuple[Step, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        found: dict[str, Any] = {"movers": list(self.movers), "state": self.state}
        if self.via:
            found["via"] = [step.to_dict() for step in self.via]
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """What the others can do against an improvement, under one concept.

    Attributes:
        concept: id of the concept.
        steps: the shortest sequence that deters, or (with ``escape``) the shortest that would if
            the coalition could not react; empty if there is none.
        spoils: the members that end no better off than at the start.
        escape: CSMR: the moves with which the coalition escapes that answer.
        deters: True if the improvement is deterred.
    """

    concept: str
    steps: tuple[Step, ...] = ()
    spoils: Group = ()
    escape: tuple[Step, ...] = ()
    deters: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "deters": self.deters,
            "steps": [step.to_dict() for step in self.steps],
            "spoils": list(self.spoils),
            "escape": [step.to_dict() for step in self.escape],
        }


@dataclass(frozen=True, slots=True)
class JointImprovement:
    """A state that all members of a coalition prefer and that they can reach together.

    Attributes:
        group: the coalition H.
        start, state: from where, and where to.
        steps: the shortest way there.
        answers: concept id -> what the others can do; empty steps under ``nash``.
    """

    group: Group
    start: str
    state: str
    steps: tuple[Step, ...]
    answers: dict[str, Answer]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "coalition": list(self.group),
            "from": self.start,
            "to": self.state,
            "steps": [step.to_dict() for step in self.steps],
            "answers": {name: answer.to_dict() for name, answer in self.answers.items()},
        }


_Path: TypeAlias = "tuple[tuple[Members, int], ...]"
_Steps: TypeAlias = "Callable[[Members, int], Sequence[int]]"


def joint_improvements(
    case: Case,
    group: Group,
    state: str,
    concepts: Sequence[CoalitionConcept],
    rule: str = "legal",
    variant: str = "sequences",
) -> tuple[JointImprovement, ...]:
    """Return every coalition improvement of ``group`` from ``state``, in the order of the states.

    Args:
        case: the case; in option form for ``merged``.
        group: the coalition, party ids in declared order.
        state: a feasible state: code or label.
        concepts: rows of the table of coalition concepts.
        rule: ``legal``, ``once`` or ``single``.
        variant: ``sequences`` or ``merged``.

    Raises:
        CaseError: if the state does not exist or is infeasible.
    """
    play = _Play(case, rule, variant)
    start = play.index(state)
    members = tuple(case.party_ids.index(party) for party in group)
    found = []
    ways = dict(play.ways(start, play.own(members), play.moves))
    for target in sorted(ways):
        if play.gains(members, target, start):
            answers = {c.id: play.answer(c, members, start, target) for c in concepts}
            steps = play.steps(ways[target])
            found.append(
                JointImprovement(group, play.codes[start], play.codes[target], steps, answers)
            )
    return tuple(found)


class _Play:
    """Walks over single states; states are indices among the feasible ones."""

    def __init__(self, case: Case, rule: str, variant: str) -> None:
        self.case = case
        self.rule = rule
        self.merged = variant == "merged"
        self.arrays = compile_case(case)
        self.codes = codes_of(case, self.arrays.states)
        self.payoffs = [self.arrays.state_payoffs(i) for i in range(len(case.parties))]
        self.arcs = cache(self._arcs)
        self.gaining = cache(self._gaining)

    def index(self, state: str) -> int:
        name = self.case.state(state)
        found = int(self.arrays.position[cell_of(self.case, name)])
        if found < 0:
            raise CaseError(
                f"the state {name} is infeasible",
                where=Where(self.case.source),
                rule="a verdict is about a feasible state",
                hint="'detente solve' lists the feasible states",
            )
        return found

    def _arcs(self, members: Members) -> StateMoves:
        if len(members) == 1:
            return self.arrays.state_moves(members[0])
        return joint_moves(self.arrays, members)

    def own(self, members: Members) -> list[Members]:
        """The players whose sequences of moves are the moves of the coalition."""
        return [members] if self.merged else [(i,) for i in members]

    def moves(self, player: Members, state: int) -> Sequence[int]:
        """Where one move of a party, or one joint move, leads."""
        return [int(t) for t in self.arcs(player).targets(state)]

    def gains(self, members: Members, state: int, over: int) -> bool:
        """Tell whether every member strictly prefers ``state``."""
        return all(self.payoffs[i][state] > self.payoffs[i][over] for i in members)

    def improvements(self, player: Members, state: int) -> Sequence[int]:
        """R_K++ from a state, ascending."""
        return list(self.gaining(player, state))

    def _gaining(self, player: Members, state: int) -> dict[int, _Path]:
        found = dict(self.ways(state, self.own(player), self.moves))
        return {t: found[t] for t in sorted(found) if self.gains(player, t, state)}

    def opponents(self, members: Members, how: str) -> list[Members]:
        outside = [i for i in range(len(self.payoffs)) if i not in members]
        most = len(outside) if how == "improvements" and not self.merged else 1
        return [k for size in range(1, most + 1) for k in combinations(outside, size)]

    def ways(
        self, start: int, players: Sequence[Members], step: _Steps
    ) -> Iterator[tuple[int, _Path]]:
        """Yield each state that sequences reach, with a shortest way, the nearest first."""
        seen: set[tuple[int, Members, frozenset[int]]] = {(start, (), frozenset())}
        reached: set[int] = set()
        queue: deque[tuple[int, Members, frozenset[int], _Path]] = deque()
        queue.append((start, (), frozenset(), ()))
        single = self.rule == "single" or len(players) == 1
        while queue:
            here, last, moved, way = queue.popleft()
            if single and way:
                return
            for player in players:
                if player == last or moved & set(player):
                    continue
                gone = moved | set(player) if self.rule == "once" else moved
                barred = player if self.rule == "legal" else ()
                for there in step(player, here):
                    longer = (*way, (player, there))
                    if there not in reached:
                        reached.add(there)
                        yield there, longer
                    node = (there, barred, gone)
                    if node not in seen:
                        seen.add(node)
                        queue.append((*node, longer))

    def answer(
        self, concept: CoalitionConcept, members: Members, start: int, target: int
    ) -> Answer:
        if concept.sanctions == "none":
            return Answer(concept.id)
        credible = concept.sanctions == "improvements"
        step = self.improvements if credible else self.moves
        first: Answer | None = None
        before = target
        for state, way in self.ways(target, self.opponents(members, concept.sanctions), step):
            if self.gains(members, state, start):
                continue
            spoils = tuple(
                self.case.party_ids[i]
                for i in members
                if self.payoffs[i][state] <= self.payoffs[i][start]
            )
            steps = self.steps(way, before, expand=credible)
            escape = self._escape(members, state, start) if concept.escapes else ()
            if not escape:
                return Answer(concept.id, steps, spoils, deters=True)
            first = first or Answer(concept.id, steps, spoils, escape)
        return first or Answer(concept.id)

    def _escape(self, members: Members, sanction: int, start: int) -> tuple[Step, ...]:
        for state, way in self.ways(sanction, self.own(members), self.moves):
            if self.gains(members, state, start):
                return self.steps(way)
        return ()

    def steps(self, way: _Path, start: int = -1, *, expand: bool = False) -> tuple[Step, ...]:
        """Name a way; with ``expand`` the moves within each coalition's improvement too."""
        found = []
        here = start
        for player, there in way:
            via: tuple[Step, ...] = ()
            if expand and len(player) > 1 and not self.merged:
                via = self.steps(self.gaining(player, here)[there])
            movers = tuple(self.case.party_ids[i] for i in player)
            found.append(Step(movers, self.codes[there], via))
            here = there
        return tuple(found)
