"""The parties of the dense engine, and how its work is spread over threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from detente.engine.dense_kernels import LOWEST, NOTHING
from detente.engine.dense_lines import bounds

__all__ = ["CHUNK", "UNIT", "Cells", "Moves", "Party", "Payoffs", "Spread", "Work"]

Cells = NDArray[np.bool_]
Payoffs = NDArray[np.int32]

Work = Callable[[int, int, int], object]
Spread = Callable[[int, int, int, Work], None]
"""``spread(count, most, unit, work)`` calls ``work(worker, start, stop)`` for chunks of
range(count) that are multiples of ``unit``, at most ``most`` long where ``unit`` allows it."""

CHUNK = 1 << 20
"""Cells for each call of a kernel: Ctrl-C waits for the call to end."""
UNIT = 64
"""Least number of lines or places for each call: what kernels handle side by side."""


class Moves(Protocol):
    """A party's moves between its joint levels: from a to ``dst[ptr[a]:ptr[a + 1]]``."""

    @property
    def ptr(self) -> NDArray[np.int64]:
        """Offsets, shape (levels + 1,)."""

    @property
    def dst(self) -> NDArray[np.int32]:
        """Joint levels moved to, never the one that is left."""


@dataclass(frozen=True)
class Party:
    """A party and its axis: the cells are an array of shape (batch, outer, levels, inner).

    Attributes:
        axis: its number.
        outer: cells of the axes before its own.
        levels: its joint levels.
        inner: cells of the axes after its own.
        payoffs: int32, shape (batch * cells,); no feasible cell has ``NOTHING``.
        low: least payoff of a feasible cell.
        high: greatest payoff of a feasible cell.
        moves: ``None``: from any joint level to any other.
    """

    axis: int
    outer: int
    levels: int
    inner: int
    payoffs: Payoffs
    low: int
    high: int
    moves: Moves | None

    @classmethod
    def of(
        cls,
        shape: Sequence[int],
        axis: int,
        feasible: Cells,
        payoffs: Payoffs,
        moves: Moves | None,
        spread: Spread,
    ) -> Party:
        """Look at a party's payoffs, and replace them by ranks if one is ``NOTHING``."""
        low, high = _bounds(feasible, payoffs, spread)
        if high == NOTHING and low <= high:
            ranks = np.unique(payoffs[feasible], return_inverse=True)[1]
            payoffs = np.zeros_like(payoffs)
            payoffs[feasible] = ranks.reshape(-1)
            payoffs.setflags(write=False)
            low, high = _bounds(feasible, payoffs, spread)
        outer = int(np.prod(shape[:axis], dtype=np.int64))
        inner = int(np.prod(shape[axis + 1 :], dtype=np.int64))
        return cls(axis, outer, shape[axis], inner, payoffs, low, high, moves)

    @property
    def still(self) -> bool:
        """It has no moves."""
        return self.levels == 1 or (self.moves is not None and len(self.moves.dst) == 0)

    @property
    def settled(self) -> bool:
        """It has no improvements, so that every state is stable for it."""
        return self.still or self.low >= self.high

    @property
    def places(self) -> int:
        """Number of cells that share its joint level, in one batch entry: the size of a slab."""
        return self.outer * self.inner


def _bounds(feasible: Cells, payoffs: Payoffs, spread: Spread) -> tuple[int, int]:
    """Return the least and the greatest payoff of a feasible cell."""
    found = [(int(NOTHING), int(LOWEST))]

    def work(_: int, start: int, stop: int) -> None:
        low, high = bounds(start, stop, feasible, payoffs)
        found.append((int(low), int(high)))

    spread(len(payoffs), CHUNK, UNIT, work)
    return min(low for low, _ in found), max(high for _, high in found)
