"""The dense engine alone: arrays given, all five concepts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.rows import Row
from benchmarks.timing import best_of, child, copy_seconds, peak_mib

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["KINDS", "engine_rows"]

KINDS = {
    "random": "random",
    "priorities": "14 statements",
    "forward": "14 statements, forward",
}
_STATEMENTS = 14


def engine_rows(sizes: list[int]) -> Iterator[Row]:
    """Measure `stable_dense` on 2^size states, 10% infeasible, each size in a fresh process."""
    for parties, kinds in ((2, ("random",)), (3, ("random", "priorities", "forward"))):
        for kind in kinds:
            for size in sizes:
                if size <= 12 or (parties == 3 and (kind != "forward" or size <= 20)):
                    yield _row(size, parties, kind)


def _row(size: int, parties: int, kind: str) -> Row:
    limited = parties == 3 and kind != "forward"
    return Row(
        group="engine",
        name=f"2^{size} states",
        kind=KINDS[kind],
        parties=parties,
        cells=1 << size,
        **child("engine", size, parties, kind),
        max_copies=400 if limited and size == 24 else None,
        max_seconds=0.3 if limited and size == 20 else None,
    )


def options_of(size: int, parties: int) -> list[int]:
    """Share out ``size`` binary options among the parties."""
    return [size // parties + (i < size % parties) for i in range(parties)]


def priority_payoffs(rng: np.random.Generator, size: int) -> NDArray[np.int32]:
    """Return the payoffs of 14 random statements of one to three options, as weighted sums."""
    import numpy as np

    axes = (2,) * size
    payoffs = np.zeros(axes, dtype=np.int32)
    for _ in range(_STATEMENTS):
        literals = []
        for option in rng.choice(size, int(rng.integers(1, 4)), replace=False):
            shape = [1] * size
            shape[option] = 2
            literals.append(np.array([False, True]).reshape(shape) ^ bool(rng.integers(2)))
        truth = literals[0]
        for literal in literals[1:]:
            truth = truth & literal if rng.random() < 0.5 else truth | literal
        payoffs *= 2
        payoffs += truth
    return payoffs.reshape(-1)


def measure(size: int, parties: int, kind: str) -> dict[str, float]:
    """Time one model in this process."""
    import numpy as np

    from detente.engine.dense import stable_dense
    from detente.engine.moves import option_moves

    cells, options = 1 << size, options_of(size, parties)
    shape = tuple(1 << own for own in options)
    rng = np.random.default_rng(size)
    feasible = rng.random(cells) >= 0.1
    if kind == "random":
        info = np.iinfo(np.int32)
        payoffs = [rng.integers(info.min, info.max, cells, dtype=np.int32) for _ in shape]
    else:
        payoffs = [priority_payoffs(rng, size) for _ in shape]
    forward = frozenset({(0, 1)})
    moves = [
        option_moves([2] * own, [forward] * own) if kind == "forward" else None for own in options
    ]

    def solve() -> None:
        stable_dense(shape, feasible, payoffs, moves)

    small = np.zeros(4, dtype=np.int32)  # compiles the kernels, or loads them
    stable_dense((2, 2), small == 0, [small, np.arange(4, dtype=np.int32)], [None, None])
    long = np.array([-(1 << 30), 0, 0, 1 << 30], dtype=np.int32)
    stable_dense((2, 2), small == 0, [long, long], [None, None])
    copy = copy_seconds(cells)
    before = peak_mib(reset=True)
    seconds, runs = best_of(solve, least=5, budget=4.0)
    return {
        "feasible": int(np.count_nonzero(feasible)),
        "seconds": seconds,
        "runs": runs,
        "copy_seconds": min(copy, copy_seconds(cells)),
        "peak_mib": max(0.0, peak_mib() - before),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
