"""Trying many changes on one target: what does not change is kept between trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from detente.analysis.deadlock.board import Board, Player
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.deadlock.standing import stays
from detente.analysis.deadlock.stopproof import routes
from detente.analysis.deadlock.verdicts import kind_of
from detente.analysis.levers.changes import Change, Contain, Exchange, SnapBack, apply_changes
from detente.analysis.levers.examine import NOT_IN_ZONE
from detente.concepts.concept import Concept
from detente.engine.arrays import PartyArrays
from detente.engine.compile import compile_case
from detente.engine.moves import StateMoves
from detente.engine.states import cell_of, codes_of
from detente.engine.steps import Values
from detente.model.parts import Party

__all__ = ["Exchanged", "Trial", "exchanged", "exchanges"]

_SHUT = "not-open"  # a kind that was not looked into any further

Exchanged = tuple[int, int]
"""A swap in indices: (raise, above)."""


def exchanges(payoffs: Values) -> list[Exchanged]:
    """Return every adjacent swap of dense ranks: (raise, above), best tiers first."""
    tiers = [np.flatnonzero(payoffs == r).tolist() for r in range(int(payoffs.max()), -1, -1)]
    return [(low, above) for upper, lower in pairwise(tiers) for above in upper for low in lower]


def exchanged(payoffs: Values, swap: Exchanged) -> Values | None:
    """Return the ranks after a swap, ``None`` if the two are not in neighbouring tiers."""
    low, above = swap
    if payoffs[above] - payoffs[low] != 1:
        return None
    result = payoffs.copy()
    result[low], result[above] = payoffs[above], payoffs[low]
    return result


class Trial:
    """The base scenario, and the verdict on a target after changes.

    The kind of a target t depends on the moves and, for each party, on two things only: how every
    state compares with t, and which moves are improvements. So verdicts are kept by that
    *signature* of the changed rankings, and swaps that leave it as it is need no trial.

    Args:
        scenario: the base.
        target: code or label.
        concept: the solution concept.
        rule: the rule for sequences of sanctioning moves.
    """

    def __init__(self, scenario: Scenario, target: str, concept: Concept, rule: str) -> None:
        self.scenario, self.concept, self.rule = scenario, concept, rule
        self.case = case = scenario.case
        self.arrays = compile_case(case)
        self.code = case.state(target)
        position = self.arrays.position
        self.target = int(position[cell_of(case, self.code)])
        assert case.status_quo is not None
        self.start = int(position[cell_of(case, case.status_quo)])
        self.base = Board.of(self.arrays, self.start)
        self.table = [k for k, party in enumerate(case.parties) if not party.outside]
        self.codes = codes_of(case, self.arrays.states)
        self.tried = 0
        self._boards: dict[tuple[Change, ...], Board] = {}
        self._kinds: dict[tuple[object, ...], str] = {}
        self._widest: dict[int, StateMoves] = {}

    def board(self, structural: tuple[Change, ...]) -> Board:
        """Return the board after changes that leave preferences and states alone."""
        if structural not in self._boards:
            scenario, _ = apply_changes(self.scenario, structural, self.code)
            players = list(self.base.players)
            for i, (was, now) in enumerate(
                zip(self.case.parties, scenario.case.parties, strict=True)
            ):
                if was.options != now.options:
                    players[i] = self._player(i, now)
            for change in structural:
                if isinstance(change, Contain) and self.case.graph is not None:
                    i = self.case.party_ids.index(change.party)
                    none = np.zeros(0, dtype=np.int32)
                    still = StateMoves(self.base.size, none, none)
                    players[i] = Player(players[i].payoffs, still, True)
            joint = {
                int(self.arrays.position[cell_of(self.case, move.to)]): tuple(
                    map(self.case.party_ids.index, move.parties)
                )
                for move in scenario.joint_moves
            }
            self._boards[structural] = Board(self.arrays, tuple(players), self.start, joint)
        return self._boards[structural]

    def _player(self, party: int, changed: Party) -> Player:
        """Return a party with other arcs."""
        own = PartyArrays(
            levels=tuple(len(option.levels) for option in changed.options),
            arcs=tuple(option.arcs for option in changed.options),
            complete=all(option.complete for option in changed.options),
            transitive=all(option.transitive for option in changed.options),
            indifferent=changed.preferences is None,
        )
        parties = (*self.arrays.parties[:party], own, *self.arrays.parties[party + 1 :])
        everywhere = np.arange(self.base.size, dtype=np.int32)
        src, dst = replace(self.arrays, parties=parties).expand(party, everywhere)
        moves = StateMoves(self.base.size, src.astype(np.int32), dst)
        return Player(self.base.players[party].payoffs, moves, own.transitive)

    def kind(
        self, structural: tuple[Change, ...], payoffs: Mapping[int, Values] | None = None
    ) -> str:
        """Return the kind of the target after changes.

        Args:
            structural: changes that leave preferences and states alone.
            payoffs: party index -> its new ranks.
        """
        changed = payoffs or {}
        key = (structural, *((i, self.signature(i, changed[i])) for i in sorted(changed)))
        if self._kinds.get(key, _SHUT) == _SHUT:
            self._kinds[key] = self._kind(structural, changed, whole=True)
        return self._kinds[key]

    def opens(
        self, structural: tuple[Change, ...], payoffs: Mapping[int, Values] | None = None
    ) -> bool:
        """Tell whether the kind is ``open``, stopping at the first thing that is amiss."""
        changed = payoffs or {}
        key = (structural, *((i, self.signature(i, changed[i])) for i in sorted(changed)))
        if key not in self._kinds:
            self._kinds[key] = self._kind(structural, changed, whole=False)
        return self._kinds[key] == "open"

    def _kind(
        self, structural: tuple[Change, ...], payoffs: Mapping[int, Values], *, whole: bool
    ) -> str:
        self.tried += 1
        board = self.board(structural)
        if payoffs:
            players = list(board.players)
            for i, own in payoffs.items():
                players[i] = players[i].with_payoffs(own)
            board = Board(board.arrays, tuple(players), board.start, board.joint)
        if not self._in_zone(board):
            return NOT_IN_ZONE
        equilibrium = self._equilibrium(board)
        if not equilibrium and not whole:
            return _SHUT
        settlement = [board.best_settlement(i) for i in range(len(board.players))]
        (route,) = routes(board, [self.target], settlement)
        return kind_of(equilibrium=equilibrium, path=route is not None)

    def _in_zone(self, board: Board) -> bool:
        gains = [
            int(own[self.target] - own[self.start])
            for own in (board.players[k].payoffs for k in self.table)
        ]
        return min(gains) >= 0 and max(gains) > 0

    def _equilibrium(self, board: Board) -> bool:
        return all(
            stays(board, self.concept, self.rule, i, self.target) for i in range(len(board.players))
        )

    def widest(self, party: int) -> StateMoves:
        """Return a party's moves with every snap-back added: all that any change can give it."""
        if party not in self._widest:
            moves = self.base.players[party].moves
            if self.case.graph is None:
                changes = tuple(
                    SnapBack(option.owner, option.key)
                    for k, option in enumerate(self.case.options)
                    if option.owner == self.case.party_ids[party]
                    and self.code[k] != (self.case.status_quo or "")[k]
                )
                moves = self.board(changes).players[party].moves
            self._widest[party] = moves
        return self._widest[party]

    def signature(self, party: int, payoffs: Values) -> bytes:
        """Return all that a party's ranks have to do with the kind of the target."""
        moves = self.widest(party)
        against = np.sign(payoffs - payoffs[self.target]).astype(np.int8)
        improving = np.packbits(payoffs[moves.dst] > payoffs[moves.src])
        both: bytes = against.tobytes() + improving.tobytes()
        return both

    def after(self, swaps: Mapping[int, Sequence[Exchanged]]) -> dict[int, Values] | None:
        """Return the ranks after swaps, by party; ``None`` if one cannot be made."""
        result = {}
        for party, own in swaps.items():
            payoffs: Values | None = self.base.players[party].payoffs
            for swap in own:
                if payoffs is not None:
                    payoffs = exchanged(payoffs, swap)
            if payoffs is None:
                return None
            result[party] = payoffs
        return result

    def can_exchange(self, structural: Sequence[Change], movers: tuple[str, ...]) -> bool:
        """Tell whether a joint move to the target goes along the arcs of all its parts."""
        if len(movers) < 2 or self.case.graph is not None:
            return False
        changes = tuple(c for c in structural if not isinstance(c, Exchange))
        case = apply_changes(self.scenario, changes, self.code)[0].case
        assert case.status_quo is not None
        return all(
            a == b or (int(a), int(b)) in option.arcs
            for option, a, b in zip(case.options, case.status_quo, self.code, strict=True)
        )
