"""Who can move where: joint moves over a party's own options, and moves between states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["JointMoves", "StateMoves", "option_moves"]


@dataclass(frozen=True)
class JointMoves:
    """A party's moves between its joint levels (one level for each of its own options).

    In one step each option goes along one of its arcs or stays, and at least one goes.

    Attributes:
        size: number G of joint levels.
        ptr: int64, shape ``(G + 1,)``; the moves of joint level a are ``dst[ptr[a]:ptr[a+1]]``.
        dst: int32, joint levels moved to, ascending for each a.
    """

    size: int
    ptr: NDArray[np.int64]
    dst: NDArray[np.int32]

    @property
    def src(self) -> NDArray[np.int32]:
        """Joint level that each move leaves, shape of ``dst``."""
        return np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.ptr))


def option_moves(levels: Sequence[int], arcs: Sequence[frozenset[tuple[int, int]]]) -> JointMoves:
    """Combine the arcs of a party's options into moves between joint levels.

    Args:
        levels: number of levels of each own option, in declared order.
        arcs: for each own option, its arcs as pairs of level indices.
    """
    steps = np.zeros((1, 2), dtype=np.int64)  # pairs (from, to) of joint levels so far
    for count, own in zip(levels, arcs, strict=True):
        local = np.array(sorted({(a, a) for a in range(count)} | own), dtype=np.int64)
        steps = (steps[:, None, :] * count + local[None, :, :]).reshape(-1, 2)
    steps = steps[steps[:, 0] != steps[:, 1]]
    size = int(np.prod(levels, dtype=np.int64))
    order = np.lexsort((steps[:, 1], steps[:, 0]))
    src, dst = steps[order, 0], steps[order, 1]
    ptr = np.searchsorted(src, np.arange(size + 1)).astype(np.int64)
    return JointMoves(size, ptr, dst.astype(np.int32))


@dataclass(frozen=True)
class StateMoves:
    """One party's moves between feasible states, as arcs sorted by the state that they leave.

    Attributes:
        size: number N of feasible states.
        src: int32, shape ``(arcs,)``, ascending.
        dst: int32, shape ``(arcs,)``.
    """

    size: int
    src: NDArray[np.int32]
    dst: NDArray[np.int32]

    @cached_property
    def movers(self) -> NDArray[np.int32]:
        """The states that have at least one move, ascending."""
        return self.src[self.starts]

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where the arcs of each state in :attr:`movers` begin."""
        first = np.ones(len(self.src), dtype=np.bool_)
        first[1:] = self.src[1:] != self.src[:-1]
        return np.flatnonzero(first)

    def targets(self, state: int) -> NDArray[np.int32]:
        """Return the states that one move reaches from ``state``."""
        return self.dst[self._ptr[state] : self._ptr[state + 1]]

    @cached_property
    def _ptr(self) -> list[int]:
        """Where the arcs of each state begin; one entry more for the end of the last."""
        starts: list[int] = np.searchsorted(self.src, np.arange(self.size + 1)).tolist()
        return starts

    @cached_property
    def transitive(self) -> bool:
        """True if two moves in a row reach nothing that one does not, but the start itself."""
        known = set(zip(self.src.tolist(), self.dst.tolist(), strict=True))
        return all(
            end == start or (start, end) in known
            for start, middle in known
            for end in self.targets(middle).tolist()
        )
