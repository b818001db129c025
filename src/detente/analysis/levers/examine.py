"""One target in one scenario, solved from scratch: its kind, its path, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from detente.analysis.deadlock.array_facts import examined
from detente.analysis.deadlock.board import Board, Player
from detente.analysis.deadlock.flags import TargetFlags, ratification_gap
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.deadlock.standing import answers, stays
from detente.analysis.deadlock.stopproof import routes
from detente.analysis.deadlock.verdicts import Path, kind_of
from detente.analysis.deadlock.zone import zone_mask
from detente.concepts.concept import Concept
from detente.concepts.table import CONCEPTS
from detente.engine.compile import compile_case
from detente.engine.states import cell_of, codes_of

__all__ = ["NOT_IN_ZONE", "Examined", "Exposure", "Threat"]

NOT_IN_ZONE = "not-in-zone"


@dataclass(frozen=True, slots=True)
class Exposure:
    """Who is left worse off than at the status quo if somebody stops half-way.

    Attributes:
        step: number of steps taken.
        at: the state then.
        stops: who would make the next step, and stops instead.
        exposed: (party, state): the worst state for it in which play can rest, worse for it
            than the status quo.
    """

    step: int
    at: str
    stops: tuple[str, ...]
    exposed: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "step": self.step,
            "at": self.at,
            "stops": list(self.stops),
            "exposed": [{"party": party, "worst": state} for party, state in self.exposed],
        }


@dataclass(frozen=True, slots=True)
class Threat:
    """A temptation at the target that only the others' answer deters.

    Attributes:
        party: who is tempted.
        to: its improvement.
        answer: a state to which the others can then lead, no better for it than the target;
            ``None`` under a concept whose answers are simultaneous.
    """

    party: str
    to: str
    answer: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"belief": "answer", "party": self.party, "to": self.to, "answer": self.answer}


class Examined:
    """Looks into one target.

    Args:
        scenario: in what; compiled anew.
        target: a feasible state (code or label).
        concept: the solution concept.
        rule: the rule for sequences of sanctioning moves.
    """

    def __init__(self, scenario: Scenario, target: str, concept: Concept, rule: str) -> None:
        self.scenario, self.concept, self.rule = scenario, concept, rule
        self.case = case = scenario.case
        arrays = compile_case(case)
        index = arrays.position
        assert case.status_quo is not None
        self.state = case.state(target)
        self.target = int(index[cell_of(case, self.state)])
        joint = {
            int(index[cell_of(case, move.to)]): tuple(map(case.party_ids.index, move.parties))
            for move in scenario.joint_moves
        }
        self.board = Board.of(arrays, int(index[cell_of(case, case.status_quo)]), joint)

    def _player(self, party: int) -> Player:
        return self.board.players[party]

    @cached_property
    def in_zone(self) -> bool:
        """True if the target is in the zone of agreement."""
        return bool(self._zone[self.target])

    @cached_property
    def _zone(self) -> Any:
        table = [k for k, party in enumerate(self.case.parties) if not party.outside]
        return zone_mask([self._player(k).payoffs for k in table], self.board.start)

    @cached_property
    def unstable_for(self) -> tuple[str, ...]:
        """The parties that would leave the target."""
        return tuple(
            name
            for i, name in enumerate(self.case.party_ids)
            if not stays(self.board, self.concept, self.rule, i, self.target)
        )

    @cached_property
    def path(self) -> Path | None:
        """A shortest stop-proof path to the target."""
        settlement = [self.board.best_settlement(i) for i in range(len(self.board.players))]
        (route,) = routes(self.board, [self.target], settlement)
        if route is None:
            return None
        names = self.case.party_ids
        codes = codes_of(self.case, self.board.arrays.states[list(route.states)])
        return Path(codes, tuple(tuple(names[i] for i in step) for step in route.movers))

    @cached_property
    def kind(self) -> str:
        """The kind of the target, or ``not-in-zone``."""
        if not self.in_zone:
            return NOT_IN_ZONE
        return kind_of(equilibrium=not self.unstable_for, path=self.path is not None)

    @cached_property
    def stable_under(self) -> tuple[str, ...]:
        """The concepts under which the target is stable for every party."""
        return tuple(
            name
            for name in examined(self.case, self.concept, self.board.size)
            if all(
                stays(self.board, CONCEPTS[name], self.rule, i, self.target)
                for i in range(len(self.board.players))
            )
        )

    @cached_property
    def flags(self) -> dict[str, Any]:
        """The flags of the target, and ``ratification-gap`` of the case, with witnesses."""
        found = TargetFlags(self.case, self.board, self._zone).of(self.target, self.state)
        gap = ratification_gap(self.case, self.board)
        return found if gap is None else {**found, "ratification-gap": gap}

    @cached_property
    def exposures(self) -> tuple[Exposure, ...]:
        """Who is exposed after each step but the last."""
        if self.path is None:
            return ()
        names = self.case.party_ids
        found = []
        for step in range(1, len(self.path.movers)):
            at = int(self.board.arrays.position[cell_of(self.case, self.path.states[step])])
            stops = self.path.movers[step]
            rest = self.board.settlements(at, names.index(stops[0]))
            exposed = []
            for i, name in enumerate(names):
                own = self._player(i).payoffs
                worst = int(rest[own[rest].argmin()])
                if name not in stops and own[worst] < own[self.board.start]:
                    exposed.append((name, self._code(worst)))
            found.append(Exposure(step, self.path.states[step], stops, tuple(exposed)))
        return tuple(found)

    @cached_property
    def threats(self) -> tuple[Threat, ...]:
        """The temptations at the target that only the others' answers deter."""
        if self.concept.sanctions == "none":
            return ()
        found = []
        for i, name in enumerate(self.case.party_ids):
            if name in self.unstable_for:
                continue
            for t in self._player(i).improving.targets(self.target).tolist():
                led = answers(self.board, self.concept, self.rule, i, self.target, t)
                answer = self._code(int(led[0])) if len(led) else None
                found.append(Threat(name, self._code(t), answer))
        return tuple(found)

    def _code(self, state: int) -> str:
        return codes_of(self.case, self.board.arrays.states[[state]])[0]
