"""The dense engine: exact stability of every state of a very large model.

For models in option form whose parties' moves are transitive, under Nash, GMR, SMR, SEQ and SSEQ
with legal sequences. It imports numba: import this module only when a model is large.

For party i let M^f(t) be the least f in t and the states that the other parties can reach from t by
moves (GMR, SMR) or by improvements of the mover (SEQ, SSEQ); let W_i(x) be the greatest u_i that
party i can have by staying in x or moving on; and let m be

====  ======  ===================  ======  ====================
Nash  GMR     SMR                  SEQ     SSEQ
====  ======  ===================  ======  ====================
u_i   M^u_i   min(u_i, M^W_i)      M^u_i   min(u_i, M^W_i)
====  ======  ===================  ======  ====================

Then s is stable for i if and only if m is at most u_i(s) in every state that i can reach from s.
The cells in which i has the same joint level, a slab, are solved for themselves (see
:mod:`detente.engine.dense_kernels`); where i can go anywhere, only the maximum of m along each of
its lines is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from detente.engine.dense_party import Moves, Party, Spread, Work
from detente.engine.dense_solver import Solver

__all__ = ["CONCEPTS", "stable_dense"]

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")

_SMALL = 1 << 15  # cells below which a second thread does not repay its start
_SHARES = 4  # chunks for each thread, at least: they do not all take the same time


def stable_dense(
    shape: tuple[int, ...],
    feasible: NDArray[np.bool_],
    payoffs: Sequence[NDArray[np.int32]],
    moves: Sequence[Moves | None],
    *,
    concepts: Collection[str] = CONCEPTS,
    threads: int | None = None,
) -> dict[str, list[NDArray[np.bool_]]]:
    """Find the states that are stable for each party.

    Cells have the C order of ``shape``. An array over cells has this shape or is flat, and may
    have one leading batch axis (many profiles of one model; arrays without it are repeated).

    Args:
        shape: numbers of joint levels (G_0, …, G_{n-1}); party i moves along axis i.
        feasible: bool, over cells.
        payoffs: for each party int32 over cells: a greater number is better. Any values;
            arbitrary on infeasible cells.
        moves: for each party its moves between joint levels, transitive and without repetition,
            or ``None`` if it can go from any joint level to any other.
        concepts: some of ``CONCEPTS``; work that they do not need is skipped.
        threads: number of threads; ``None``: one for each processor, or one if the model is small.

    Returns:
        For each concept one bool array per party, shaped as ``feasible`` with the batch axis, if
        any array has one: True where the cell is feasible and stable. The number of threads does
        not change the result.

    Raises:
        ValueError: if a concept is unknown or the arrays do not fit ``shape``.

    Example:
        >>> row = np.array([[2, 0], [3, 1]], dtype=np.int32)  # the prisoners' dilemma
        >>> found = stable_dense((2, 2), np.ones((2, 2), bool), [row, row.T], [None, None])
        >>> (found["nash"][0] & found["nash"][1]).tolist()
        [[False, False], [False, True]]
        >>> (found["seq"][0] & found["seq"][1]).tolist()
        [[True, False], [False, True]]
    """
    unknown = sorted(set(concepts) - set(CONCEPTS))
    if unknown:
        raise ValueError(f"concepts {unknown} are not among {', '.join(CONCEPTS)}")
    if not len(shape) == len(payoffs) == len(moves) or min(shape, default=1) < 1:
        raise ValueError(
            f"shape {shape} needs a positive length, payoffs and moves for each party; "
            f"there are {len(payoffs)} payoffs and {len(moves)} moves"
        )
    wanted = tuple(name for name in CONCEPTS if name in concepts)
    outside = _outside(shape, feasible, payoffs)
    cells = int(np.prod(shape, dtype=np.int64))
    batch = int(np.prod(outside, dtype=np.int64)) // cells
    mask = _flat(feasible, batch, cells)
    if threads is None:
        processors = int(numba.config.NUMBA_NUM_THREADS)  # type: ignore[attr-defined]
        threads = processors if batch * cells >= _SMALL else 1
    with _spreading(threads) as spread:
        parties = [
            Party.of(shape, axis, mask, _flat(u, batch, cells), own, spread)
            for axis, (u, own) in enumerate(zip(payoffs, moves, strict=True))
        ]
        solver = Solver(batch, mask, parties, wanted, threads, spread)
        solved = [solver.solve(party) for party in parties]
    return {name: [masks[name].reshape(outside) for masks in solved] for name in wanted}


def _outside(
    shape: tuple[int, ...], feasible: NDArray[np.bool_], payoffs: Sequence[NDArray[np.int32]]
) -> tuple[int, ...]:
    """Return the shape of the results.

    Raises:
        ValueError: if an array has the wrong type or shape.
    """
    cells = int(np.prod(shape, dtype=np.int64))
    batches: set[tuple[int, ...]] = set()
    for array, dtype in ((feasible, np.bool_), *((u, np.int32) for u in payoffs)):
        own = shape if array.shape[-len(shape) :] == shape else (cells,)
        batch = array.shape[: array.ndim - len(own)]
        if array.dtype != dtype or array.shape != (*batch, *own) or len(batch) > 1:
            raise ValueError(
                f"an array of {array.dtype}, shape {array.shape}, does not fit: it should be "
                f"{np.dtype(dtype)}, shape {shape} or {(cells,)}, after at most one batch axis"
            )
        batches.add(batch)
    batches.discard(())
    if len(batches) > 1:
        raise ValueError(f"batch axes differ: {sorted(size for (size,) in batches)}")
    tail = shape if feasible.shape[-len(shape) :] == shape else (cells,)
    return (*batches.pop(), *tail) if batches else tail


def _flat(array: NDArray[Any], batch: int, cells: int) -> NDArray[Any]:
    """Return the array over (batch * cells,), read-only: kernels are compiled for one kind."""
    whole = np.broadcast_to(array.reshape(-1, cells), (batch, cells))
    flat = np.ascontiguousarray(whole).reshape(-1).view()
    flat.setflags(write=False)
    return flat


@contextmanager
def _spreading(threads: int) -> Iterator[Spread]:
    """Give a `Spread` with so many workers."""
    with ThreadPoolExecutor(threads) as pool:

        def spread(count: int, most: int, unit: int, work: Work) -> None:
            step = min(most, -(-count // (_SHARES * threads))) if threads > 1 else most
            step = max(1, step // unit) * unit
            starts = iter(range(0, count, step))  # shared: each chunk is taken once

            def run(worker: int) -> None:
                for start in starts:
                    work(worker, start, min(start + step, count))

            if threads == 1 or step >= count:
                run(0)
                return
            futures = [pool.submit(run, worker) for worker in range(threads)]
            try:
                for future in futures:
                    future.result()
            finally:
                for _ in starts:  # after an error or Ctrl-C: leave nothing to the others
                    pass

        yield spread
