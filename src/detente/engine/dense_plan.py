"""Where the cells of a slab lie in a scratch buffer, and which lines run through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.engine.dense_kernels import COLUMNS

__all__ = ["Mover", "SlabPlan", "plan_slab"]

_LINE = 16  # int32 numbers in a cache line
_PADDED = 8 * _LINE  # strides from here on are odd numbers of cache lines

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Mover:
    """A party that may answer: its axis, and where its data begin (see `dense_kernels.COLUMNS`).

    ``order`` and ``count`` are for parties that can go anywhere, ``ptr`` and ``slot`` for the
    others; unused ones are -1.
    """

    axis: int
    arcs: bool
    order: int = -1
    count: int = -1
    ptr: int = -1
    slot: int = -1


@dataclass(frozen=True)
class SlabPlan:
    """Tables for one party's slabs; see `dense_kernels.settle`."""

    size: int
    width: int
    rows: Ints
    axes: Ints
    digits: Ints
    base: Ints
    line: Ints


def _strides(sizes: Sequence[int]) -> list[int]:
    """Return strides of a C-ordered buffer, padded so that neighbours do not share a cache set.

    The last entry is 1 and the first, an extra one, the size of the whole buffer.
    """
    strides = [1]
    for size in reversed(sizes):
        extent = strides[0] * size
        if extent >= _PADDED:
            extent = (-(-extent // _LINE) | 1) * _LINE
        strides.insert(0, extent)
    return strides


def _grid(sizes: Sequence[int], strides: Sequence[int]) -> Ints:
    """Return the offset of every index combination, C order."""
    result = np.zeros(1, dtype=np.int64)
    for size, stride in zip(sizes, strides, strict=True):
        steps = np.arange(size, dtype=np.int64) * stride
        result = (result[:, None] + steps).reshape(-1)
    return result


def plan_slab(sizes: Sequence[int], party: int, movers: Sequence[Mover]) -> SlabPlan:
    """Lay out the slabs of ``party`` in a model whose axes have these ``sizes``.

    Args:
        sizes: joint levels of every party, each at least 2.
        party: the party whose joint level is fixed in a slab.
        movers: the other parties that take part.
    """
    turns = {mover.axis: turn for turn, mover in enumerate(movers)}
    cells = int(np.prod(sizes, dtype=np.int64))
    others = [axis for axis in range(len(sizes)) if axis != party]
    padded = _strides([sizes[axis] for axis in others])
    stride = dict(zip(others, padded[1:], strict=True))
    table, base, line = [], [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    begin = 0
    for mover in movers:
        j = mover.axis
        across = [axis for axis in others if axis != j]
        starts = _grid([sizes[axis] for axis in across], [stride[axis] for axis in across])
        # lines of j are numbered in C order over all axes but its own
        number = {}
        below = 1
        for axis in reversed(range(len(sizes))):
            if axis != j:
                number[axis] = below
                below *= sizes[axis]
        numbers = _grid([sizes[axis] for axis in across], [number[axis] for axis in across])
        row = {
            "stride": stride[j],
            "levels": sizes[j],
            "lines": len(starts),
            "base": begin,
            "arcs": int(mover.arcs),
            "order": mover.order,
            "count": mover.count,
            "slab_step": number[party],
            "batch_step": cells // sizes[j],
            "ptr": mover.ptr,
            "slot": mover.slot,
        }
        table.append([row[name] for name in COLUMNS])
        base.append(starts)
        line.append(numbers)
        begin += len(starts)
    return SlabPlan(
        size=padded[0],
        width=sizes[others[-1]] if others else 1,
        rows=_grid([sizes[axis] for axis in others[:-1]], [stride[axis] for axis in others[:-1]]),
        axes=np.array(table, dtype=np.int64).reshape(len(movers), len(COLUMNS)),
        digits=np.array(
            [(stride[axis], turns.get(axis, -1)) for axis in others], dtype=np.int64
        ).reshape(len(others), 2),
        base=np.concatenate(base),
        line=np.concatenate(line),
    )
