"""The headline of a case again and again, while one party's preferences change.

The same definitions as :mod:`detente.analysis.deadlock.array_facts`, made of the same pieces; what
does not touch the headline is left out: other concepts, targets that are not efficient, where paths
break, the flags of the case. Moves are compiled once, and the tests compare every answer with
:func:`~detente.analysis.deadlock.diagnosis.diagnose`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.analysis.deadlock.board import Board, ranks
from detente.analysis.deadlock.facts import TargetFacts, headline
from detente.analysis.deadlock.flags import TargetFlags
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.deadlock.standing import undeterred
from detente.analysis.deadlock.stopproof import stop_proof_routes
from detente.analysis.deadlock.verdicts import Path
from detente.analysis.deadlock.zone import efficient_mask, zone_mask
from detente.analysis.sensitivity.variations import Change, Drop, Swap, changed
from detente.concepts.concept import Concept
from detente.engine.compile import compile_case, payoffs_of
from detente.engine.sanctions import Engine
from detente.engine.states import cell_of, codes_of
from detente.engine.steps import Values

__all__ = ["NOT_IN_ZONE", "Outcome", "Rediagnosis"]

NOT_IN_ZONE = "not-in-zone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a diagnosis comes to.

    Attributes:
        deadlock, kind, reason, witness, breaking_move: as of a ``Diagnosis``.
        zone: number of states in the zone of agreement.
        unstable_for: the parties that would leave the witness, if there is one.
        target_kind: what the target of the unchanged headline is here: its kind, or
            ``not-in-zone``; ``None`` if the unchanged headline has no target.
        loses: the parties at the table that are worse off at that target than now.
    """

    deadlock: bool
    kind: str
    reason: str | None
    witness: str | None
    breaking_move: tuple[str, str] | None
    zone: int
    unstable_for: tuple[str, ...]
    target_kind: str | None
    loses: tuple[str, ...]

    @property
    def headline(self) -> tuple[bool, str, str | None]:
        """Deadlock or not, the kind, and the target: what must stay for nothing to change."""
        return self.deadlock, self.kind, self.witness

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        breaking = self.breaking_move
        return {
            "deadlock": self.deadlock,
            "kind": self.kind,
            "reason": self.reason,
            "witness": self.witness,
            "breaking_move": breaking and {"party": breaking[0], "to": breaking[1]},
            "zone": self.zone,
            "unstable_for": list(self.unstable_for),
            "target_kind": self.target_kind,
            "loses": list(self.loses),
        }


class Rediagnosis:
    """Diagnoses a scenario with other preferences of one party.

    Args:
        scenario: the scenario; its status quo is given.
        concept: the solution concept.
        rule: the rule for sequences of sanctioning moves.
        target: the target of the unchanged headline, if there is one.
    """

    def __init__(self, scenario: Scenario, concept: Concept, rule: str, target: str | None) -> None:
        self.case = case = scenario.case
        self.concept, self.rule = concept, rule
        self.arrays = compile_case(case)
        index = self.arrays.position
        assert case.status_quo is not None
        joint = {
            int(index[cell_of(case, move.to)]): tuple(map(case.party_ids.index, move.parties))
            for move in scenario.joint_moves
        }
        self.board = Board.of(self.arrays, int(index[cell_of(case, case.status_quo)]), joint)
        self.target = None if target is None else int(index[cell_of(case, target)])
        self.table = [k for k, party in enumerate(case.parties) if not party.outside]
        self._known: dict[tuple[int, bytes], Outcome] = {}

    @property
    def states(self) -> int:
        """Number of feasible states."""
        return self.board.size

    def reorder(self, change: Change) -> Values:
        """Return the party's dense ranks of the feasible states after a change."""
        party = self.case.party_ids.index(change.of.party)
        if change.of.form == "ranking":
            return self._reranked(self.board.players[party].payoffs, change)
        preferences = self.case.parties[party].preferences
        assert preferences is not None
        other = changed(preferences, change)
        payoffs = payoffs_of(self.case, other, self.arrays.feasible, change.of.party)
        return ranks(payoffs[self.arrays.states])

    def _reranked(self, own: Values, change: Change) -> Values:
        """Change a ranking in its ranks: far cheaper than reading a long ranking again."""
        match change:
            case Drop():
                assert change.of.tiers is not None
                better = own[self._index(change.of.tiers[0][0])]
                merged: Values = own - (own >= better)
                return merged
            case Swap(raises=str(low), above=str(high)):
                a, b = self._index(low), self._index(high)
                result = own.copy()
                result[a], result[b] = own[b], own[a]
                return result
        raise TypeError("a ranking is changed by merging tiers or exchanging states")

    def _index(self, state: str) -> int:
        return int(self.arrays.position[cell_of(self.case, state)])

    def same(self, change: Change, order: Values) -> bool:
        """Tell whether an order of the states is the one that the party has now."""
        party = self.case.party_ids.index(change.of.party)
        return np.array_equal(order, self.board.players[party].payoffs)

    def outcome(self, party: str, order: Values) -> Outcome:
        """Diagnose with another order of the states for one party.

        Args:
            party: its id.
            order: its dense ranks of the feasible states, shape ``(N,)``.
        """
        index = self.case.party_ids.index(party)
        key = (index, order.tobytes())
        if key not in self._known:
            self._known[key] = self._diagnosed(index, order)
        return self._known[key]

    def _diagnosed(self, party: int, order: Values) -> Outcome:
        players = list(self.board.players)
        players[party] = players[party].with_payoffs(order)
        board = Board(self.board.arrays, tuple(players), self.board.start, self.board.joint)
        start = board.start
        stays = self._stability(board, party)
        payoffs = [players[k].payoffs for k in self.table]
        zone = zone_mask(payoffs, start)
        breaking = self._breaking_move(board, [bool(own[start]) for own in stays])
        content = all(bool(own[start] == own.max()) for own in payoffs)
        deadlock = breaking is None and not content
        shown = self._targets(board, zone, stays, deadlock=deadlock)
        best = headline(shown) if deadlock else None
        reason = None
        if not deadlock:
            kind = "not-a-deadlock"
            reason = "content" if breaking is None else "unstable"
        else:
            kind = "no-zone" if best is None else best.kind
        return Outcome(
            deadlock=deadlock,
            kind=kind,
            reason=reason,
            witness=best.state if best else None,
            breaking_move=breaking,
            zone=int(np.count_nonzero(zone)),
            unstable_for=best.unstable_for if best else (),
            target_kind=self._kind_of_target(shown),
            loses=self._losers(board),
        )

    def _stability(self, board: Board, party: int) -> list[NDArray[np.bool_]]:
        payoffs = list(self.arrays.payoffs)
        own = np.zeros(self.arrays.cells, dtype=np.int32)
        own[self.arrays.states] = board.players[party].payoffs
        payoffs[party] = own
        engine = Engine(replace(self.arrays, payoffs=tuple(payoffs)), self.rule)
        return [
            self.concept.array(engine, i)
            if player.payoffs.max()  # no move improves on anything for who is indifferent
            else np.ones(board.size, dtype=np.bool_)
            for i, player in enumerate(board.players)
        ]

    def _breaking_move(self, board: Board, stays: Sequence[bool]) -> tuple[str, str] | None:
        for party, stable in enumerate(stays):
            if not stable:
                free = undeterred(board, self.concept, self.rule, party, board.start)
                return self.case.party_ids[party], self._code(free[0])
        return None

    def _targets(
        self,
        board: Board,
        zone: NDArray[np.bool_],
        stays: Sequence[NDArray[np.bool_]],
        *,
        deadlock: bool,
    ) -> list[TargetFacts]:
        """Look into the targets that can be in the headline, and into the unchanged one."""
        efficient: dict[int, bool] = {}
        if deadlock and zone.any():
            matrix = np.array([board.players[k].payoffs for k in self.table]).T[zone]
            best = np.flatnonzero(zone)[efficient_mask(matrix)]
            efficient = dict.fromkeys(best.tolist(), True)
        if self.target is not None and zone[self.target]:
            efficient.setdefault(self.target, False)
        targets = sorted(efficient)
        if not targets:
            return []
        flags = TargetFlags(self.case, board, zone)
        settlement = [board.best_settlement(i) for i in range(len(board.players))]
        routes = [
            searched.route(k)
            for searched in stop_proof_routes(board, targets, settlement)
            for k in range(len(searched.targets))
        ]
        found = []
        for target, route in zip(targets, routes, strict=True):
            code = self._code(target)
            path = None
            if route is not None:  # of a path only its length counts here
                path = Path(codes_of(self.case, self.arrays.states[list(route.states)]), ())
            found.append(
                TargetFacts(
                    state=code,
                    unstable_for=tuple(
                        p
                        for p, own in zip(self.case.party_ids, stays, strict=True)
                        if not own[target]
                    ),
                    stable_under=(),
                    path=path,
                    broken=None,
                    efficient=efficient[target],
                    witnesses=flags.of(target, code),
                )
            )
        return found

    def _kind_of_target(self, shown: Sequence[TargetFacts]) -> str | None:
        if self.target is None:
            return None
        code = self._code(self.target)
        return next((own.kind for own in shown if own.state == code), NOT_IN_ZONE)

    def _losers(self, board: Board) -> tuple[str, ...]:
        if self.target is None:
            return ()
        return tuple(
            self.case.party_ids[k]
            for k in self.table
            if board.players[k].payoffs[self.target] < board.players[k].payoffs[board.start]
        )

    def _code(self, state: int) -> str:
        return codes_of(self.case, self.arrays.states[[state]])[0]
