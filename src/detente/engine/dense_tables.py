"""What all slabs of the dense engine share: sorted lines, listed moves, and where they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.dense_lines import pack_lines, unpack_lines
from detente.engine.dense_party import Cells, Party, Payoffs, Spread
from detente.engine.dense_plan import Mover

__all__ = ["Tables", "make_tables"]

_SORTED = 1 << 17  # cells whose keys are sorted at a time
_BESIDE = 16  # neighbouring lines whose keys are best written together
_NARROW = 1 << 15  # joint levels that leave room for a flag in 16 bits


@dataclass(frozen=True)
class Tables:
    """Arguments of the same names of `dense_kernels.settle`, and where each party's part begins.

    Attributes:
        orders: sorted lines of the parties that can go anywhere.
        counts: feasible cells of these lines.
        ptr: offsets of the listed moves.
        dst: their targets.
        payoffs: payoffs of the parties with listed moves.
        movers: for each axis, where its data begin.
    """

    orders: NDArray[Any]
    counts: NDArray[np.int32]
    ptr: NDArray[np.int64]
    dst: NDArray[np.int32]
    payoffs: NDArray[np.int32]
    movers: dict[int, Mover]


def make_tables(
    feasible: Cells, parties: Sequence[Party], improving: bool, threads: int, spread: Spread
) -> Tables:
    """Prepare the parties' moves.

    Args:
        feasible: bool, shape (batch * cells,).
        parties: the parties with at least two joint levels, in the order of their axes.
        improving: improvements are needed, not only moves.
        threads: number of workers of ``spread``.
        spread: see `Spread`.
    """
    cells = len(feasible)
    credible = [party for party in parties if improving and not party.settled]
    free = [party for party in credible if party.moves is None]
    bound = [party for party in credible if party.moves is not None]
    narrow = all(party.levels <= _NARROW for party in free)
    orders = np.empty(len(free) * cells, dtype=np.uint16 if narrow else np.uint32)
    counts = np.empty(sum(cells // party.levels for party in free), dtype=np.int32)
    payoffs = np.empty((len(bound), cells if bound else 0), dtype=np.int32)
    ptr, dst = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    movers = {}
    order = count = slot = rows = arcs = 0
    for axis, party in enumerate(parties):
        if party.moves is None:
            movers[party.axis] = Mover(axis, arcs=False, order=order, count=count)
            if party in credible:
                lines = cells // party.levels
                own = orders[order : order + cells], counts[count : count + lines]
                _sort_lines(feasible, party, *own, threads, spread)
                order, count = order + cells, count + lines
        else:
            movers[party.axis] = Mover(axis, arcs=True, ptr=rows, slot=slot)
            ptr.append(party.moves.ptr.astype(np.int64) + arcs)
            dst.append(party.moves.dst.astype(np.int32))
            rows, arcs = rows + len(party.moves.ptr), arcs + len(party.moves.dst)
            if party in credible:
                payoffs[slot] = party.payoffs
                slot += 1
    return Tables(orders, counts, np.concatenate(ptr), np.concatenate(dst), payoffs, movers)


def _sort_lines(
    feasible: Cells,
    party: Party,
    orders: NDArray[Any],
    counts: Payoffs,
    threads: int,
    spread: Spread,
) -> None:
    """Sort the cells of every line of a party from best to worst."""
    levels, bits = party.levels, (party.levels - 1).bit_length()
    small = (party.high - party.low + 1) << bits < 1 << 32
    dtype, last = (np.uint32, (1 << 32) - 1) if small else (np.uint64, (1 << 64) - 1)
    unit = _BESIDE if _BESIDE * levels <= _SORTED else 1
    step = max(1, _SORTED // levels // unit) * unit
    keys = np.empty((threads, step * levels), dtype=dtype)

    def work(worker: int, start: int, stop: int) -> None:
        own = keys[worker][: (stop - start) * levels]
        args = levels, party.inner, party.high, bits, np.uint64(last)
        pack_lines(start, stop, *args, feasible, party.payoffs, own, counts)
        own.reshape(-1, levels).sort(axis=1)
        unpack_lines(start, stop, levels, bits, own, orders, counts)

    spread(len(counts), step, unit, work)
