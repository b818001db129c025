"""The dense engine's order of work: sort the lines once, then solve party after party."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from detente.engine import dense_kernels as kernels
from detente.engine import dense_lines as lines
from detente.engine.dense_plan import Mover, SlabPlan, plan_slab

__all__ = ["Moves", "Party", "Solver", "Spread", "Work"]

Cells = NDArray[np.bool_]
Payoffs = NDArray[np.int32]

Work = Callable[[int, int, int], object]
Spread = Callable[[int, int, int, Work], None]
"""``spread(count, most, unit, work)`` calls ``work(worker, start, stop)`` for chunks of
range(count): at most ``most`` long, but at least ``unit``, and multiples of ``unit``."""

_CHUNK = 1 << 20  # cells for each call of a kernel: Ctrl-C waits for the call to end
_CACHED = 1 << 17  # cells for each call of a kernel where several calls read the same cells
_SORTED = 1 << 16  # cells whose keys are sorted at a time
_NARROW = 1 << 15  # joint levels that leave room for a flag in 16 bits
_FAMILIES = ((("gmr", "smr"), False), (("seq", "sseq"), True))  # True: improvements only


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
    """A party and its axis: flat cells are an array of shape (batch, outer, levels, inner).

    Attributes:
        axis: its number.
        outer: cells of the axes before its own.
        levels: its joint levels.
        inner: cells of the axes after its own.
        payoffs: int32, shape (batch * cells,); no feasible cell has ``kernels.NOTHING``.
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
        """Look at a party's payoffs, and replace them by ranks if they use up all numbers."""
        low, high = _bounds(feasible, payoffs, spread)
        if high == kernels.NOTHING:
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
    found = [(int(kernels.NOTHING), int(kernels.LOWEST))]

    def work(_: int, start: int, stop: int) -> None:
        low, high = lines.bounds(start, stop, feasible, payoffs)
        found.append((int(low), int(high)))

    spread(len(payoffs), _CHUNK, kernels.TILE, work)
    return min(low for low, _ in found), max(high for _, high in found)


class Solver:
    """Solves one party after another; scratch arrays are kept between them.

    Args:
        batch: number of batch entries.
        feasible: bool, shape (batch * cells,).
        parties: all parties.
        wanted: concepts asked for.
        threads: number of workers that ``spread`` uses.
        spread: see `Spread`.
    """

    def __init__(
        self,
        batch: int,
        feasible: Cells,
        parties: Sequence[Party],
        wanted: Sequence[str],
        threads: int,
        spread: Spread,
    ) -> None:
        self.batch, self.feasible, self.wanted = batch, feasible, tuple(wanted)
        self.threads, self.spread = threads, spread
        self.parties = [party for party in parties if party.levels > 1]
        improving = not {"seq", "sseq"}.isdisjoint(wanted)
        solved = [party for party in self.parties if not party.settled]
        answering = solved if improving and len(solved) > 0 else []
        listed = [party for party in self.parties if party.moves is not None and not party.still]
        free = [party for party in answering if party.moves is None]
        self.orders, self.counts, order_at = self._sort_lines(free)
        self.ptr, self.dst, ptr_at = _join(listed)
        credible = [party for party in answering if party.moves is not None]
        self.payoffs = np.zeros((len(credible), len(feasible) if credible else 0), dtype=np.int32)
        slots = {}
        for slot, party in enumerate(credible):
            self.payoffs[slot] = party.payoffs
            slots[party.axis] = slot
        most = max((party.levels for party in listed), default=0)
        self.tiles = np.empty((threads, 4, most, kernels.TILE), dtype=np.int32)
        self.movers = {}
        for place, party in enumerate(self.parties):
            order, count = order_at.get(party.axis, (-1, -1))
            arcs, ptr = party.moves is not None, ptr_at.get(party.axis, -1)
            slot = slots.get(party.axis, -1)
            self.movers[party.axis] = Mover(place, arcs, order, count, ptr, slot)
        self.f = np.empty(len(feasible) if solved else 0, dtype=np.int32)

    def solve(self, party: Party) -> dict[str, Cells]:
        """Return, for each wanted concept, the cells that are stable for the party."""
        if party.settled:
            return {name: self.feasible.copy() for name in self.wanted}
        if party.moves is None:
            return self._solve_anywhere(party)
        return self._solve_arcs(party, party.moves)

    def _solve_anywhere(self, party: Party) -> dict[str, Cells]:
        top = np.empty(self.batch * party.places, dtype=np.int32)
        self._bring_first(party, top)
        least: dict[str, Payoffs] = {"nash": top}
        for names, improving in _FAMILIES:
            if not set(names).isdisjoint(self.wanted):
                shape = (2, self.threads, len(top))
                out = np.full(shape, kernels.LOWEST, dtype=np.int32)
                self._settle(party, improving, top, out)
                least |= dict(zip(names, np.maximum.reduce(out, axis=1), strict=True))
        stable = {name: np.empty(self.feasible.shape, dtype=np.bool_) for name in self.wanted}

        def work(_: int, start: int, stop: int) -> None:
            for name, result in stable.items():
                lines.judge_anywhere(
                    start,
                    stop,
                    party.levels,
                    party.inner,
                    self.feasible,
                    party.payoffs,
                    least[name],
                    result,
                )

        rows = len(self.feasible) // party.inner
        unit = party.levels if party.inner == 1 else 1
        self.spread(rows, _CACHED // party.inner, unit, work)
        return stable

    def _solve_arcs(self, party: Party, moves: Moves) -> dict[str, Cells]:
        places, f = party.places, self.f
        ptr, dst = moves.ptr.astype(np.int64), moves.dst.astype(np.int32)
        self._bring_first(party, np.empty(self.batch * places, dtype=np.int32))
        stable = {name: np.empty(self.feasible.shape, dtype=np.bool_) for name in self.wanted}

        def judge(name: str, m: Payoffs) -> None:
            def work(_: int, start: int, stop: int) -> None:
                result = stable[name]
                lines.judge_arcs(start, stop, places, party.inner, f, m, ptr, dst, result)

            if name in stable:
                self._over_places(party, work)

        judge("nash", f)
        best = np.empty_like(f)
        self._over_places(
            party, lambda _, start, stop: lines.reach_arcs(start, stop, places, f, ptr, dst, best)
        )
        out = np.empty((2, 1, len(f)), dtype=np.int32)
        for names, improving in _FAMILIES:
            if not set(names).isdisjoint(self.wanted):
                self._settle(party, improving, best, out)
                judge(names[0], out[0, 0])
                judge(names[1], out[1, 0])
        return stable

    def _bring_first(self, party: Party, top: Payoffs) -> None:
        """Fill ``self.f`` with the party's payoffs, its axis first, and ``top`` with the best."""
        places, levels, inner, u = party.places, party.levels, party.inner, party.payoffs
        self._over_places(
            party,
            lambda _, start, stop: lines.bring_first(
                start, stop, places, levels, inner, self.feasible, u, self.f, top
            ),
        )

    def _over_places(self, party: Party, work: Work) -> None:
        """Spread work over the places of all batch entries; see `dense_lines`."""
        self.spread(self.batch * party.places, _CHUNK // party.levels, kernels.TILE, work)

    def _settle(self, party: Party, improving: bool, best: Payoffs, out: NDArray[np.int32]) -> None:
        """Solve the party's slabs into ``out``, shape (2, workers or 1, as ``best``)."""
        movers = [
            self.movers[other.axis]
            for other in self.parties
            if other is not party and not (other.settled if improving else other.still)
        ]
        place = self.movers[party.axis].axis
        plan = plan_slab([other.levels for other in self.parties], place, movers)
        moving = party.moves is not None
        buffers = np.empty((self.threads, 3, plan.size), dtype=np.int32)
        marks = np.empty((self.threads, plan.size if improving else 0), dtype=np.uint32)
        slots = len(self.payoffs) if improving else 0
        gathered = np.empty((self.threads, slots, plan.size), dtype=np.int32)

        def work(worker: int, start: int, stop: int) -> None:
            kernels.settle(
                start,
                stop,
                improving,
                party.levels,
                party.inner,
                self.f,
                best,
                moving,
                plan.axes,
                plan.rows,
                plan.width,
                plan.base,
                plan.line,
                self.orders,
                self.counts,
                self.ptr,
                self.dst,
                self.payoffs,
                buffers[worker],
                gathered[worker],
                marks[worker],
                self.tiles[worker],
                out[0, 0 if moving else worker],
                out[1, 0 if moving else worker],
            )

        self.spread(self.batch * party.levels, _CHUNK // party.places, 1, work)

    def _sort_lines(
        self, parties: Sequence[Party]
    ) -> tuple[NDArray[Any], NDArray[np.int32], dict[int, tuple[int, int]]]:
        """Sort every line of the parties that can go anywhere, from best to worst.

        Returns:
            ``orders`` and ``counts`` of `kernels.settle`, and where each axis begins in them.
        """
        cells = len(self.feasible)
        narrow = all(party.levels <= _NARROW for party in parties)
        orders = np.empty(len(parties) * cells, dtype=np.uint16 if narrow else np.uint32)
        counts = np.empty(sum(cells // party.levels for party in parties), dtype=np.int32)
        starts, begin = {}, 0
        for number, party in enumerate(parties):
            starts[party.axis] = (number * cells, begin)
            order = orders[number * cells : (number + 1) * cells]
            self._sort_axis(party, order, counts[begin : begin + cells // party.levels])
            begin += cells // party.levels
        return orders, counts, starts

    def _sort_axis(self, party: Party, order: NDArray[Any], counts: NDArray[np.int32]) -> None:
        levels, bits = party.levels, (party.levels - 1).bit_length()
        small = (party.high - party.low + 1) << bits < 1 << 32
        dtype, last = (np.uint32, (1 << 32) - 1) if small else (np.uint64, (1 << 64) - 1)
        step = max(kernels.TILE, _SORTED // levels)
        keys = np.empty((self.threads, step * levels), dtype=dtype)

        def work(worker: int, start: int, stop: int) -> None:
            own = keys[worker][: (stop - start) * levels]
            lines.pack_lines(
                start,
                stop,
                levels,
                party.inner,
                party.high,
                bits,
                np.uint64(last),
                self.feasible,
                party.payoffs,
                own,
                counts,
            )
            own.reshape(-1, levels).sort(axis=1)
            lines.unpack_lines(start, stop, levels, bits, own, order, counts)

        self.spread(len(counts), step, kernels.TILE, work)


def _join(
    parties: Sequence[Party],
) -> tuple[NDArray[np.int64], NDArray[np.int32], dict[int, int]]:
    """Put the listed moves of parties into one pair of arrays, and say where each ptr begins."""
    ptr, dst, starts = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)], {}
    rows = arcs = 0
    for party in parties:
        if party.moves is not None:
            starts[party.axis] = rows
            ptr.append(party.moves.ptr.astype(np.int64) + arcs)
            dst.append(party.moves.dst.astype(np.int32))
            rows += len(party.moves.ptr)
            arcs += len(party.moves.dst)
    return np.concatenate(ptr), np.concatenate(dst), starts
