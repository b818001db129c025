"""The dense engine's order of work: sort all lines once, then solve party after party."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.engine import dense_lines as lines
from detente.engine.dense_kernels import LOWEST, TILE, settle
from detente.engine.dense_party import CHUNK, UNIT, Cells, Moves, Party, Payoffs, Spread, Work
from detente.engine.dense_plan import plan_slab
from detente.engine.dense_tables import make_tables

__all__ = ["Solver"]

_CACHED = 1 << 17  # cells for each call where several calls read the same cells
_FAMILIES = ((("gmr", "smr"), False), (("seq", "sseq"), True))  # True: improvements only


class Solver:
    """Solves one party after another; what they share is kept.

    Args:
        batch: number of batch entries.
        feasible: bool, shape (batch * cells,).
        parties: all parties.
        wanted: concepts asked for.
        threads: number of workers of ``spread``.
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
        self.tables = make_tables(feasible, self.parties, improving, threads, spread)
        listed = [party.levels for party in self.parties if party.moves is not None]
        self.tiles = np.empty((threads, 4, max(listed, default=0), TILE), dtype=np.int32)
        self.f = np.empty(len(feasible), dtype=np.int32)  # one party's payoffs, its axis first

    def solve(self, party: Party) -> dict[str, Cells]:
        """Return, for each wanted concept, the cells that are stable for the party."""
        if party.settled:
            return {name: self.feasible.copy() for name in self.wanted}
        stable = {name: np.empty(len(self.feasible), dtype=np.bool_) for name in self.wanted}
        if party.moves is None:
            self._solve_anywhere(party, stable)
        else:
            self._solve_arcs(party, party.moves, stable)
        return stable

    def _solve_anywhere(self, party: Party, stable: dict[str, Cells]) -> None:
        """Compare payoffs with the maximum of m along the line."""
        top = np.empty(self.batch * party.places, dtype=np.int32)
        self._bring_first(party, top)
        least: dict[str, Payoffs] = {"nash": top}
        for names, improving in _FAMILIES:
            if not stable.keys().isdisjoint(names):
                out = np.full((2, self.threads, len(top)), LOWEST, dtype=np.int32)
                self._settle(party, improving, top, out)
                least |= dict(zip(names, np.maximum.reduce(out, axis=1), strict=True))

        def work(_: int, start: int, stop: int) -> None:
            for name, result in stable.items():
                args = party.levels, party.inner, self.feasible, party.payoffs, least[name]
                lines.judge_anywhere(start, stop, *args, result)

        unit = party.levels if party.inner == 1 else 1
        self.spread(len(self.feasible) // party.inner, _CACHED // party.inner, unit, work)

    def _solve_arcs(self, party: Party, moves: Moves, stable: dict[str, Cells]) -> None:
        """Compare payoffs with m along the listed moves."""
        places, f = party.places, self.f
        ptr, dst = moves.ptr.astype(np.int64), moves.dst.astype(np.int32)

        def judge(name: str, m: Payoffs) -> None:
            def work(_: int, start: int, stop: int) -> None:
                args = places, party.inner, f, m, ptr, dst, stable[name]
                lines.judge_arcs(start, stop, *args)

            if name in stable:
                self._over_places(party, work)

        def reach(_: int, start: int, stop: int) -> None:
            lines.reach_arcs(start, stop, places, f, ptr, dst, best)

        self._bring_first(party, np.empty(self.batch * places, dtype=np.int32))
        judge("nash", f)
        best = np.empty_like(f)
        self._over_places(party, reach)
        out = np.empty((2, 1, len(f)), dtype=np.int32)
        for names, improving in _FAMILIES:
            if not stable.keys().isdisjoint(names):
                self._settle(party, improving, best, out)
                for name, m in zip(names, out[:, 0], strict=True):
                    judge(name, m)

    def _bring_first(self, party: Party, top: Payoffs) -> None:
        """Fill ``self.f``, and ``top`` with the greatest payoff at each place."""
        args = party.places, party.levels, party.inner, self.feasible, party.payoffs, self.f, top

        def work(_: int, start: int, stop: int) -> None:
            lines.bring_first(start, stop, *args)

        self._over_places(party, work)

    def _over_places(self, party: Party, work: Work) -> None:
        """Spread work over the places of all batch entries; see `dense_lines`."""
        self.spread(self.batch * party.places, CHUNK // party.levels, UNIT, work)

    def _settle(self, party: Party, improving: bool, best: Payoffs, out: NDArray[np.int32]) -> None:
        """Solve the party's slabs.

        Args:
            party: the party.
            improving: the others take improvements only.
            best: W_i; see `dense_kernels.settle`.
            out: M^u and min(u, M^W), int32, shape (2, workers, len(best)); with listed moves all
                workers share the first row.
        """
        tables, moving = self.tables, party.moves is not None
        movers = [
            tables.movers[other.axis]
            for other in self.parties
            if other is not party and not (other.settled if improving else other.still)
        ]
        sizes = [other.levels for other in self.parties]
        plan = plan_slab(sizes, tables.movers[party.axis].axis, movers)
        buffers = np.empty((self.threads, 3, plan.size), dtype=np.int32)
        marks = np.empty((self.threads, plan.size if improving else 0), dtype=np.uint32)
        slots = len(tables.payoffs) if improving else 0
        gathered = np.empty((self.threads, slots, plan.size), dtype=np.int32)

        def work(worker: int, start: int, stop: int) -> None:
            out_m, out_w = out[:, 0 if moving else worker]
            settle(
                start,
                stop,
                improving,
                party.levels,
                party.inner,
                self.f,
                best,
                moving,
                plan.axes,
                plan.digits,
                plan.rows,
                plan.width,
                plan.base,
                plan.line,
                tables.orders,
                tables.counts,
                tables.ptr,
                tables.dst,
                tables.payoffs,
                buffers[worker],
                gathered[worker],
                marks[worker],
                self.tiles[worker],
                out_m,
                out_w,
            )

        self.spread(self.batch * party.levels, CHUNK // party.places, 1, work)
