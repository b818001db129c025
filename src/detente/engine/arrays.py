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
        return int(np.prod(self.levels, dtype=np.int64)) if self.levels else 1

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
        own, after = self._axis(party)
        outer, inner = np.divmod(self.states, own * after)
        raw = outer * after + inner % after
        return np.unique(raw, return_inverse=True)[1].reshape(-1)

    def own(self, party: int) -> NDArray[np.int64]:
        """Return the party's joint level in each state, shape ``(N,)``."""
        own, after = self._axis(party)
        return self.states // after % own

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
        return [self._arcs(i) for i in range(len(self.parties))]

    def _arcs(self, party: int) -> StateMoves:
        joint = self.parties[party].joint
        _, after = self._axis(party)
        own = self.own(party)
        degree = np.diff(joint.ptr)[own]
        src = np.repeat(np.arange(len(self.states), dtype=np.int32), degree)
        first = np.repeat(np.cumsum(degree) - degree, degree)
        at = joint.ptr[own][src] + (np.arange(len(src)) - first)
        target = self.states[src] + (joint.dst[at] - own[src]) * after
        dst = self.position[target]
        kept = dst >= 0
        return StateMoves(len(self.states), src[kept], dst[kept])
