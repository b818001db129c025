"""The facts of a diagnosis, over arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.analysis.deadlock.board import Board
from detente.analysis.deadlock.facts import CaseFlags, Correction, Facts, TargetFacts, headline
from detente.analysis.deadlock.flags import TargetFlags, linkage, ratification_gap
from detente.analysis.deadlock.perceptions import seen_by
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.deadlock.standing import undeterred
from detente.analysis.deadlock.stopproof import Routes, Searched, distances, stop_proof_routes
from detente.analysis.deadlock.verdicts import Break, Path, Ripeness
from detente.analysis.deadlock.zone import efficient_mask, minimal_blocking, zone_mask
from detente.analysis.stability import solve
from detente.concepts.concept import Concept
from detente.concepts.table import CONCEPTS, choose
from detente.engine.compile import compile_case
from detente.engine.sanctions import Engine
from detente.engine.states import cell_of, codes_of
from detente.engine.steps import Values
from detente.model.case import Case

__all__ = ["DETAILED", "ArrayFacts", "examined"]

DETAILED = 64
"""Most targets for which the furthest step is looked into without being asked for."""

_SIM_STATES = 512  # up to this many feasible states SIM is among the concepts examined unasked


def examined(case: Case, concept: Concept, states: int) -> tuple[str, ...]:
    """Return the ids of the concepts under which targets are examined.

    Args:
        case: the case.
        concept: the concept of the diagnosis.
        states: number of feasible states; above 512 SIM is left out unless it is the concept.
    """
    names = {c.id for c in choose(case, None) if c.id != "sim" or states <= _SIM_STATES}
    return tuple(c for c in CONCEPTS if c in names | {concept.id})


class ArrayFacts:
    """Finds the facts of a scenario.

    Args:
        scenario: what is diagnosed; its status quo is given.
        concept: the solution concept.
        rule: the rule for sequences of sanctioning moves.
    """

    def __init__(self, scenario: Scenario, concept: Concept, rule: str) -> None:
        self.scenario, self.concept, self.rule = scenario, concept, rule
        self.case = case = scenario.case
        assert case.status_quo is not None
        self.arrays = compile_case(case)
        index = self.arrays.position
        joint = {
            int(index[cell_of(case, move.to)]): tuple(map(case.party_ids.index, move.parties))
            for move in scenario.joint_moves
        }
        self.board = Board.of(self.arrays, int(index[cell_of(case, case.status_quo)]), joint)
        self.table = [k for k, party in enumerate(case.parties) if not party.outside]
        self.payoffs = [self.board.players[k].payoffs for k in self.table]
        self.zone_mask = zone_mask(self.payoffs, self.board.start)
        self.zone = np.flatnonzero(self.zone_mask)
        self.codes = codes_of(case, self.arrays.states[self.zone])
        self.efficient = efficient_mask(np.array(self.payoffs).T[self.zone])
        self.flags = TargetFlags(case, self.board, self.zone_mask)
        self.witnesses = [
            self.flags.of(t, code) for t, code in zip(self.zone.tolist(), self.codes, strict=True)
        ]
        self._views: dict[tuple[str, frozenset[str]], tuple[bool, NDArray[np.bool_], Values]] = {}

    def facts(self, to: str | None) -> Facts:
        """Return the facts of the true game."""
        case, board = self.case, self.board
        names = examined(case, self.concept, board.size)
        solved = solve(case, names, self.rule)
        stays = list(solved[self.concept.id].masks.values())
        settlement = [board.best_settlement(i) for i in range(len(board.players))]
        routes, searches = self._routes(settlement)
        stable = {name: solved[name].equilibrium_mask for name in names}
        found = []
        detailed = self._detailed(routes, to)
        for k, target in enumerate(self.zone.tolist()):
            broken = None
            if routes[k] is None and k in detailed:
                broken = self._break(*searches[k], settlement)
            found.append(
                TargetFacts(
                    state=self.codes[k],
                    unstable_for=tuple(
                        party
                        for party, mask in zip(case.party_ids, stays, strict=True)
                        if not mask[target]
                    ),
                    stable_under=tuple(name for name in names if stable[name][target]),
                    path=self._path(routes[k]),
                    broken=broken,
                    efficient=bool(self.efficient[k]),
                    witnesses=self.witnesses[k],
                    detailed=routes[k] is not None or k in detailed,
                )
            )
        return Facts(
            breaking_move=self._breaking_move([bool(mask[board.start]) for mask in stays]),
            content=self._content(),
            zone=self.codes,
            minimal_subsets=self._blocking(),
            ripeness=self._ripeness(),
            targets=tuple(found),
            concepts=names,
        )

    def case_flags(self) -> CaseFlags:
        """Return the flags that concern the case."""
        linked = None
        if self.case.graph is None:
            matrix = np.array(self.payoffs).T[self.zone]
            linked = linkage(self.case, self.zone, self.codes, matrix)
        return CaseFlags(ratification_gap(self.case, self.board), linked)

    def perceived(self, corrected: frozenset[Correction]) -> tuple[str, dict[str, str]]:
        """Return the kinds in the games as the parties see them."""
        views = [self._view(i, corrected) for i in range(len(self.board.players))]
        stays = [mask for _, mask, _ in views]
        routes, _ = self._routes([settlement for _, _, settlement in views])
        targets = tuple(
            TargetFacts(
                state=self.codes[k],
                unstable_for=tuple(
                    p for p, own in zip(self.case.party_ids, stays, strict=True) if not own[t]
                ),
                stable_under=(),
                path=self._path(routes[k]),
                broken=None,
                efficient=bool(self.efficient[k]),
                witnesses=self.witnesses[k],
            )
            for k, t in enumerate(self.zone.tolist())
        )
        kinds = {target.state: target.kind for target in targets}
        if self._content() or not all(own[self.board.start] for own in stays):
            return "not-a-deadlock", kinds
        best = headline(targets)
        return ("no-zone" if best is None else best.kind), kinds

    def _view(
        self, party: int, corrected: frozenset[Correction]
    ) -> tuple[bool, NDArray[np.bool_], Values]:
        """Return whether a party sees another game, its stability in it, and its settlements."""
        viewer = self.case.party_ids[party]
        believed = frozenset(
            p.seen
            for p in self.case.perceptions
            if p.viewer == viewer and (viewer, p.seen) not in corrected
        )
        key = (viewer, believed)
        if key not in self._views:
            seen = seen_by(self.case, viewer, corrected)
            arrays = compile_case(seen)
            board = Board.of(arrays, self.board.start)
            mask = self.concept.array(Engine(arrays, self.rule), party)
            self._views[key] = (bool(believed), mask, board.best_settlement(party))
        return self._views[key]

    def _routes(
        self, settlement: Sequence[Values]
    ) -> tuple[list[Routes | None], list[tuple[Searched, int]]]:
        searches = stop_proof_routes(self.board, self.zone.tolist(), settlement)
        each = [(searched, k) for searched in searches for k in range(len(searched.targets))]
        return [searched.route(k) for searched, k in each], each

    def _detailed(self, routes: Sequence[Routes | None], to: str | None) -> set[int]:
        """Return which targets without a path are looked into: efficient ones first."""
        without = [k for k, own in enumerate(routes) if own is None]
        without.sort(key=lambda k: (self.codes[k] != to, not self.efficient[k], k))
        return set(without[:DETAILED])

    def _path(self, route: Routes | None) -> Path | None:
        if route is None:
            return None
        names = self.case.party_ids
        codes = codes_of(self.case, self.arrays.states[list(route.states)])
        return Path(codes, tuple(tuple(names[i] for i in step) for step in route.movers))

    def _break(self, searched: Searched, k: int, settlement: Sequence[Values]) -> Break:
        board, target = self.board, searched.targets[k]
        left = distances(board, target)
        depth = np.full(board.size, -1, dtype=np.int64)
        for d, level in enumerate(searched.levels):
            here = level[:, k // 64] >> np.uint64(k % 64) & np.uint64(1) > 0
            depth[here] = d
        reached = np.flatnonzero(depth >= 0)
        far = np.iinfo(np.int64).max
        order = np.lexsort((reached, depth[reached], np.where(left < 0, far, left)[reached]))
        at = int(reached[order[0]])
        path = self._path(searched.route(k, at))
        assert path is not None
        if left[at] < 0:
            return Break(path, None, None, None, None)
        for party, player in enumerate(board.players):
            for there in player.moves.targets(at).tolist():
                if left[there] == left[at] - 1:
                    own = player.payoffs
                    rest = [at] if at == board.start else board.settlements(at, party).tolist()
                    tempting = max(rest, key=lambda x: (int(own[x]), -x))
                    return Break(
                        path,
                        self.case.party_ids[party],
                        self._code(there),
                        self._code(tempting),
                        int(left[at]),
                    )
        raise AssertionError("a state from which moves are left has a next move")

    def _code(self, state: int) -> str:
        return codes_of(self.case, self.arrays.states[[state]])[0]

    def _breaking_move(self, stays: Sequence[bool]) -> tuple[str, str] | None:
        for party, stable in enumerate(stays):
            if not stable:
                free = undeterred(self.board, self.concept, self.rule, party, self.board.start)
                return self.case.party_ids[party], self._code(free[0])
        return None

    def _content(self) -> bool:
        return all(bool(own[self.board.start] == own.max()) for own in self.payoffs)

    def _blocking(self) -> tuple[tuple[str, ...], ...]:
        if len(self.zone) or self._content():
            return ()
        found = minimal_blocking(self.payoffs, self.board.start)
        names = self.case.party_ids
        return tuple(tuple(names[self.table[k]] for k in own) for own in found)

    def _ripeness(self) -> Ripeness:
        start = self.board.start
        players = [(self.case.party_ids[k], self.board.players[k]) for k in self.table]
        return Ripeness(
            stalemate=not any(len(p.improving.targets(start)) for _, p in players),
            way_out=bool(len(self.zone)),
            hurting={
                name: int(np.count_nonzero(p.payoffs > p.payoffs[start])) for name, p in players
            },
            feasible=self.board.size,
        )
