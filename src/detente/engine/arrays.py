"""A case as arrays. Indices only: names stay in the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.engine.moves import JointMoves, StateMoves, option_moves

__all__ = ["Arrays", "PartyArrays"]


@dataclass(frozen=True)
class PartyArrays:
    """What the kernels know of one party.

    Attributes:
        levels: number of levels of each own option; empty in graph form.
        arcs: the arcs of each own option.
        complete: True if it can go from any joint level to any other in one step.
        transitive: True if two of its moves in a row reach nothing that one does not.
        indifferent: True if it has no preferences.
    """

    levels: tuple[int, ...]
    arcs: tuple[frozenset[tuple[int, int]], ...]
    complete: bool
    transitive: bool
    indifferent: bool

    @property
    def size(self) -> int:
        """Number G of its joint levels."""
        return int(np.prod(self.levels, dtype=np.int64))

    @cached_property
    def joint(self) -> JointMoves:
        """Its moves between joint levels."""
        return option_moves(self.levels, self.arcs)


@dataclass(frozen=True)
class Arrays:
    """A compiled case. Arrays are read-only.

    Option form: the cells are all combinations of levels, in C order of the party axes
    ``shape = (G_1, …, G_n)``; party i moves along axis i. Graph form: the cells are the states
    and every party's moves are listed in ``listed``.

    Attributes:
        parties: one entry for each party, in declared order.
        feasible: bool, shape ``(cells,)``.
        payoffs: for each party int32, shape ``(..., cells)``: ordinal, arbitrary on infeasible
            cells. Leading axes, if any, are preference profiles of the same model.
        listed: graph form only: for each party its moves between states.
    """

    parties: tuple[PartyArrays, ...]
    feasible: NDArray[np.bool_]
    payoffs: tuple[NDArray[np.int32], ...]
    listed: tuple[StateMoves, ...] | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of the party axes (option form)."""
        return tuple(party.size for party in self.parties)

    @property
    def cells(self) -> int:
        """Number of combinations of levels, feasible or not."""
        return int(self.feasible.size)

    @cached_property
    def states(self) -> NDArray[np.int64]:
        """The feasible cells, ascending, shape ``(N,)``: state k is cell ``states[k]``."""
        return np.flatnonzero(self.feasible)

    @cached_property
    def position(self) -> NDArray[np.int32]:
        """Cell -> state index, -1 if infeasible, shape ``(cells,)``."""
        where = np.full(self.cells, -1, dtype=np.int32)
        where[self.states] = np.arange(len(self.states), dtype=np.int32)
        return where

    @property
    def transitive(self) -> bool:
        """True if every party's moves are: then the last mover need not be carried."""
        return all(party.transitive for party in self.parties)

    def state_payoffs(self, party: int) -> NDArray[np.int32]:
        """Return a party's payoffs over the feasible states, shape ``(..., N)``."""
        return self.payoffs[party][..., self.states]

    def line(self, party: int) -> NDArray[np.int64]:
        """Return, for each state, the number of its line along a party's axis, shape ``(N,)``.

        States on one line differ only in the party's own options. Numbers are dense and
        ascend with the cells of the other parties.
        """
        size, after = self._axis(party)
        outer, inner = np.divmod(self.states, size * after)
        raw = outer * after + inner % after
        used = np.zeros(self.cells // size, dtype=np.bool_)
        used[raw] = True
        number: NDArray[np.int64] = (np.cumsum(used) - 1)[raw]
        return number

    def by_line(self, party: int) -> NDArray[np.int32]:
        """Return the states sorted by their line along a party's axis, shape ``(N,)``."""
        size, after = self._axis(party)
        cube = self.position.reshape(-1, size, after)
        order: NDArray[np.int32] = cube.transpose(0, 2, 1).reshape(-1)
        return order[order >= 0]

    def own(self, party: int) -> NDArray[np.int64]:
        """Return the party's joint level in each state, shape ``(N,)``."""
        return self._own[party]

    @cached_property
    def _own(self) -> Sequence[NDArray[np.int64]]:
        axes = [self._axis(party) for party in range(len(self.parties))]
        return [self.states // after % size for size, after in axes]

    def _axis(self, party: int) -> tuple[int, int]:
        """Length of the party's axis, and number of cells between neighbours along it."""
        shape = self.shape
        return shape[party], int(np.prod(shape[party + 1 :], dtype=np.int64))

    def state_moves(self, party: int) -> StateMoves:
        """Return a party's moves between feasible states."""
        return self._state_moves[party]

    @cached_property
    def _state_moves(self) -> Sequence[StateMoves]:
        if self.listed is not None:
            return self.listed
        everywhere = np.arange(len(self.states), dtype=np.int32)
        moves = []
        for party in range(len(self.parties)):
            src, dst = self.expand(party, everywhere)
            moves.append(StateMoves(len(self.states), src.astype(np.int32), dst))
        return moves

    def expand(
        self, party: int, sources: NDArray[np.integer]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return a party's moves from some states.

        Args:
            party: index of the party.
            sources: state indices, shape ``(S,)``.

        Returns:
            Two arrays of one length: index into ``sources``, ascending, and state moved to.
        """
        if self.listed is not None:
            own = self.listed[party]
            low, high = (np.searchsorted(own.src, sources + step) for step in (0, 1))
            at, within = _runs(high - low)
            return at, own.dst[low[at] + within]
        size, after = self._axis(party)
        here = self.own(party)[sources]
        if self.parties[party].complete:
            at, level = _runs(np.full(len(sources), size, dtype=np.int64))
        else:
            joint = self.parties[party].joint
            at, within = _runs(np.diff(joint.ptr)[here])
            level = joint.dst[joint.ptr[here][at] + within]
        cell = self.states[sources][at] + (level - here[at]) * after
        target = self.position[cell]
        kept = (target >= 0) & (level != here[at])
        return at[kept], target[kept]


def _runs(lengths: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for runs of these lengths laid end to end, each item's run and place in it."""
    run = np.repeat(np.arange(len(lengths)), lengths)
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return run, np.arange(len(run)) - first
