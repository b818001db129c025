"""The feasible states of a scenario as arrays, one player for each party.

What one lever does not change is kept: a player remembers its improvements, and a changed board
shares the players that stayed the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.engine.arrays import Arrays
from detente.engine.moves import StateMoves
from detente.engine.steps import Values

__all__ = ["Board", "Indices", "Player", "ends", "ranks"]

Indices = NDArray[np.int64]
"""Indices of feasible states."""


def ranks(payoffs: NDArray[np.signedinteger]) -> Values:
    """Return dense ranks of payoffs over the feasible states, 0 for the worst, shape ``(N,)``."""
    found: Values = np.unique(payoffs, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return found


def ends(moves: StateMoves, states: Indices) -> Indices:
    """Return the states that one move reaches from any of ``states`` (with repetitions)."""
    low = np.searchsorted(moves.src, states)
    count = np.searchsorted(moves.src, states, side="right") - low
    shift = np.repeat(low - (np.cumsum(count) - count), count)
    return moves.dst[shift + np.arange(len(shift))].astype(np.int64)


@dataclass(frozen=True)
class Player:
    """One party over the feasible states.

    Attributes:
        payoffs: dense ranks, shape ``(N,)``, greater is better.
        moves: its moves between feasible states.
        transitive: True if two of its moves in a row reach nothing that one does not.
    """

    payoffs: Values
    moves: StateMoves
    transitive: bool

    @cached_property
    def improving(self) -> StateMoves:
        """Its unilateral improvements."""
        kept = self.payoffs[self.moves.dst] > self.payoffs[self.moves.src]
        return StateMoves(self.moves.size, self.moves.src[kept], self.moves.dst[kept])

    @cached_property
    def backwards(self) -> StateMoves:
        """Its moves, reversed: ``src`` is where they lead, ``dst`` where they come from."""
        order = np.lexsort((self.moves.src, self.moves.dst))
        return StateMoves(self.moves.size, self.moves.dst[order], self.moves.src[order])

    def with_payoffs(self, payoffs: Values) -> Player:
        """Return the player with other payoffs."""
        return Player(payoffs, self.moves, self.transitive)


@dataclass(frozen=True)
class Board:
    """The players of a scenario.

    Attributes:
        arrays: the compiled case.
        players: one for each party, in declared order.
        start: index of the status quo among the feasible states.
        joint: joint moves from the status quo: target index -> indices of the movers.
    """

    arrays: Arrays
    players: tuple[Player, ...]
    start: int
    joint: dict[int, tuple[int, ...]]

    @staticmethod
    def of(arrays: Arrays, start: int, joint: dict[int, tuple[int, ...]] | None = None) -> Board:
        """Build the board of a compiled case."""
        players = tuple(
            Player(ranks(arrays.state_payoffs(i)), arrays.state_moves(i), party.transitive)
            for i, party in enumerate(arrays.parties)
        )
        return Board(arrays, players, start, joint or {})

    @property
    def size(self) -> int:
        """Number N of feasible states."""
        return len(self.arrays.states)

    def others(self, party: int) -> Sequence[Player]:
        """Return the players other than one."""
        return [p for i, p in enumerate(self.players) if i != party]

    def best_settlement(self, party: int) -> Values:
        """Return max of u_m over settle(x, m) for every state x, shape ``(N,)``.

        settle(x, m): where play can rest if m stops at x. R is x and every state that the other
        parties reach by any sequence of their own improvements; the rest states are those of R
        from which none of the others has an improvement; if there are none, all of R.
        """
        own = self.players[party].payoffs
        steps = [p.improving for p in self.others(party) if len(p.improving.src)]
        rest = np.ones(self.size, dtype=np.bool_)
        for moves in steps:
            rest[moves.movers] = False
        settled = _spread(np.where(rest, own, -1), steps)
        if settled.min() >= 0:
            return settled
        return np.where(settled >= 0, settled, _spread(own, steps))

    def settlements(self, state: int, party: int) -> Indices:
        """Return settle(x, m), ascending."""
        steps = [p.improving for p in self.others(party)]
        reached = np.zeros(self.size, dtype=np.bool_)
        frontier = np.array([state], dtype=np.int64)
        while len(frontier):
            reached[frontier] = True
            after = [frontier, *(ends(moves, frontier) for moves in steps)]
            frontier = np.unique(np.concatenate(after))
            frontier = frontier[~reached[frontier]]
        resting = reached.copy()
        for moves in steps:
            resting[moves.movers] = False
        return np.flatnonzero(resting if resting.any() else reached)


def _spread(values: Values, steps: Sequence[StateMoves]) -> Values:
    """Return the greatest value that any sequence of steps reaches from each state."""
    result = values.copy()
    changed = True
    while changed:
        changed = False
        for moves in steps:
            here = result[moves.movers]
            greatest = np.maximum.reduceat(result[moves.dst], moves.starts)
            if (greatest > here).any():
                result[moves.movers] = np.maximum(here, greatest)
                changed = True
    return result
