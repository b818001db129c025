"""Compiled kernels of the dense engine that look along party i's own axis, and sorted lines.

Around party i's axis the cells are an array of shape (batch, outer, levels, inner), C order.
A *place* stands for the cells that differ only in party i's joint level; places are numbered in
the order of (batch, outer, inner).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.engine.dense_kernels import LOWEST, NOTHING, compiled

__all__ = [
    "bounds",
    "bring_first",
    "judge_anywhere",
    "judge_arcs",
    "pack_lines",
    "reach_arcs",
    "unpack_lines",
]

Ints = NDArray[np.int64]
Payoffs = NDArray[np.int32]
Cells = NDArray[np.bool_]
Keys = NDArray[np.unsignedinteger]

_WIDE = 64  # places handled side by side, as `dense_kernels.TILE`; here, for numba's cache
_LONG = 64  # inner cells from which whole runs are copied
_RUN = 4096  # cells copied at a time
_BLOCK = 16  # lines whose keys are written side by side


def _bounds(start: int, stop: int, feasible: Cells, u: Payoffs) -> tuple[np.int32, np.int32]:
    """Return the least and the greatest payoff of the feasible cells ``start`` to ``stop`` - 1."""
    low, high = NOTHING, LOWEST
    feasible, u = feasible[start:stop], u[start:stop]
    for cell in range(len(u)):
        low = min(low, u[cell] if feasible[cell] else NOTHING)
        high = max(high, u[cell] if feasible[cell] else LOWEST)
    return low, high


def _bring_first(
    start: int,
    stop: int,
    places: int,
    levels: int,
    inner: int,
    feasible: Cells,
    u: Payoffs,
    f: Payoffs,
    top: Payoffs,
) -> None:
    """Copy the payoffs at places ``start`` to ``stop`` - 1 so that party i's axis comes first.

    Args:
        start: first place.
        stop: one past the last place.
        places: number of places in one batch entry.
        levels: joint levels of party i.
        inner: cells of the axes after its own.
        feasible: bool, in the order of the cells.
        u: payoffs of party i, in the order of the cells.
        f: output, shape (batch, levels, places) but flat; ``NOTHING`` where infeasible.
        top: output, shape (batch * places,): the greatest payoff at each place.
    """
    for place in range(start, stop):
        top[place] = LOWEST
    longest = _RUN if inner >= _LONG else _WIDE
    at = np.empty(_WIDE, np.int64)
    place = start
    while place < stop:
        x = place % places
        first = (place - x) * levels
        run = min(stop - place, places - x, longest)
        if inner >= _LONG:
            run = min(run, inner - x % inner)
        best = top[place:][:run]
        for t in range(min(run, _WIDE)):
            at[t] = first + (x + t) // inner * inner * levels + (x + t) % inner
        for g in range(levels):
            new = f[first + g * places + x :][:run]
            if inner >= _LONG:
                ok, old = feasible[at[0] + g * inner :][:run], u[at[0] + g * inner :][:run]
                for t in range(run):
                    new[t] = old[t] if ok[t] else NOTHING
                    best[t] = max(best[t], old[t] if ok[t] else LOWEST)
            else:
                for t in range(run):
                    cell = at[t] + g * inner
                    new[t] = u[cell] if feasible[cell] else NOTHING
                    best[t] = max(best[t], u[cell] if feasible[cell] else LOWEST)
        place += run


def _reach_arcs(
    start: int, stop: int, places: int, f: Payoffs, ptr: Ints, dst: Payoffs, w: Payoffs
) -> None:
    """Set ``w``, laid out as ``f``, to the greatest of f in a cell and along its listed moves."""
    levels = len(ptr) - 1
    tile = np.full((levels, _WIDE), LOWEST, np.int32)
    best = np.empty(_WIDE, np.int32)
    place = start
    while place < stop:
        run = min(stop - place, places - place % places, _WIDE)
        first = place // places * places * levels + place % places
        for g in range(levels):
            for t in range(run):
                value = f[first + g * places + t]
                tile[g, t] = LOWEST if value == NOTHING else value
        for g in range(levels):
            for t in range(_WIDE):
                best[t] = tile[g, t]
            for arc in range(ptr[g], ptr[g + 1]):
                b = dst[arc]
                for t in range(_WIDE):
                    best[t] = max(best[t], tile[b, t])
            for t in range(run):
                w[first + g * places + t] = best[t]
        place += run


def _judge_arcs(
    start: int,
    stop: int,
    places: int,
    inner: int,
    f: Payoffs,
    m: Payoffs,
    ptr: Ints,
    dst: Payoffs,
    stable: Cells,
) -> None:
    """Set the cells at places ``start`` to ``stop`` - 1 where no listed move has ``m`` above u_i.

    ``f`` and ``m`` have party i's axis first; ``stable`` has the order of the cells.
    """
    levels = len(ptr) - 1
    tile = np.full((levels, _WIDE), LOWEST, np.int32)
    best = np.empty(_WIDE, np.int32)
    at = np.empty(_WIDE, np.int64)
    place = start
    while place < stop:
        x = place % places
        run = min(stop - place, places - x, _WIDE)
        first = (place - x) * levels
        for t in range(run):
            at[t] = first + (x + t) // inner * inner * levels + (x + t) % inner
        for g in range(levels):
            for t in range(run):
                p = first + g * places + x + t
                tile[g, t] = LOWEST if f[p] == NOTHING else m[p]
        for g in range(levels):
            for t in range(_WIDE):
                best[t] = LOWEST
            for arc in range(ptr[g], ptr[g + 1]):
                b = dst[arc]
                for t in range(_WIDE):
                    best[t] = max(best[t], tile[b, t])
            for t in range(run):
                value = f[first + g * places + x + t]
                stable[at[t] + g * inner] = value != NOTHING and best[t] <= value
        place += run


def _judge_anywhere(
    start: int,
    stop: int,
    levels: int,
    inner: int,
    feasible: Cells,
    u: Payoffs,
    least: Payoffs,
    stable: Cells,
) -> None:
    """Set the cells of rows ``start`` to ``stop`` - 1 that are feasible and at least ``least``.

    A row is a run of ``inner`` cells; with ``inner`` = 1 rows come in whole lines.
    """
    if inner == 1:
        for place in range(start // levels, stop // levels):
            low = least[place]
            ok, value = feasible[place * levels :][:levels], u[place * levels :][:levels]
            result = stable[place * levels :][:levels]
            for g in range(levels):
                result[g] = ok[g] and value[g] >= low
        return
    for row in range(start, stop):
        ok, value = feasible[row * inner :][:inner], u[row * inner :][:inner]
        result, lows = stable[row * inner :][:inner], least[row // levels * inner :][:inner]
        for c in range(inner):
            result[c] = ok[c] and value[c] >= lows[c]


def _pack_lines(
    start: int,
    stop: int,
    levels: int,
    inner: int,
    highest: int,
    bits: int,
    last: np.uint64,
    feasible: Cells,
    u: Payoffs,
    keys: Keys,
    counts: Payoffs,
) -> None:
    """Write sort keys of lines ``start`` to ``stop`` - 1: best payoff first, infeasible last.

    A key is (highest - payoff) << bits | joint level, or ``last``. ``keys`` has one row of
    ``levels`` for each line; ``counts`` receives the feasible cells of every line.
    """
    line = start
    while line < stop:
        run = min(_BLOCK, stop - line, inner - line % inner)  # neighbours at every joint level
        first = line // inner * inner * levels + line % inner
        row = keys[(line - start) * levels :]
        found = counts[line:][:run]
        for t in range(run):
            found[t] = 0
        for g in range(levels):
            ok, old = feasible[first + g * inner :][:run], u[first + g * inner :][:run]
            for t in range(run):
                key = np.uint64((highest - np.int64(old[t])) << bits | g)
                row[t * levels + g] = key if ok[t] else last
                found[t] += ok[t]
        line += run


def _unpack_lines(
    start: int, stop: int, levels: int, bits: int, keys: Keys, orders: Keys, counts: Payoffs
) -> None:
    """Write joint levels in the order of the sorted keys.

    The top bit starts a worse tie group; on the first entry it says that no cells of the line tie.
    """
    flag = np.uint64(1) << np.uint64(8 * orders.itemsize - 1)
    mask = (np.uint64(1) << np.uint64(bits)) - np.uint64(1)
    for line in range(start, stop):
        entry, row = orders[line * levels :], keys[(line - start) * levels :]
        before = np.uint64(row[0]) >> np.uint64(bits)
        groups = 1
        for r in range(counts[line]):
            key = np.uint64(row[r])
            value = key >> np.uint64(bits)
            mark = flag if value != before else np.uint64(0)
            groups += int(value != before)
            entry[r] = mark | (key & mask)
            before = value
        if groups == counts[line]:
            entry[0] = flag | np.uint64(entry[0])


bounds = compiled(_bounds)
bring_first = compiled(_bring_first)
reach_arcs = compiled(_reach_arcs)
judge_anywhere = compiled(_judge_anywhere)
judge_arcs = compiled(_judge_arcs)
pack_lines = compiled(_pack_lines)
unpack_lines = compiled(_unpack_lines)
