"""Compiled kernels of the dense engine: what the other parties can force, slab by slab.

A *slab* is the set of cells that share party i's joint level (and batch entry). The other parties
never leave it, so the least payoff that they can force from its cells is a fixpoint of its own,
small enough to stay in the processor's cache. Within a slab every other party that matters has an
*axis*; a *line* along it holds the cells that only this party can tell apart.

Kernels are plain functions, compiled by :func:`compiled` at the end of the file, so that they can
also run as Python. Kernels that call one another share this file, because numba's cache looks only
at the file of the caller. Positions are unsigned, which spares numba the test for negative indices.

Two functions are propagated together: ``m`` starts as u_i, ``w`` as W_i (the best that party i can
do by one more move). Both hold ``NOTHING`` on infeasible cells, which is neutral for the minimum.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["COLUMNS", "LOWEST", "NOTHING", "TILE", "compiled", "settle"]

Kernel = TypeVar("Kernel", bound=Callable[..., Any])
Ints = NDArray[np.int64]
Payoffs = NDArray[np.int32]

NOTHING = np.int32(2**31 - 1)
"""Payoff that stands for "infeasible"; no feasible cell has it."""
LOWEST = np.int32(-(2**31))
"""Neutral for the maximum."""
TILE = 64
"""Lines that are handled side by side where moves are listed arc by arc.

LLVM vectorises loops of 64; it unrolls loops of 32 and then does not.
"""

COLUMNS = (
    "stride",  # positions between neighbours along the axis
    "levels",  # joint levels of the party
    "lines",  # lines along the axis in one slab
    "base",  # where the axis begins in `base` and `line`
    "arcs",  # 1: moves are listed; 0: any level to any other
    "order",  # where the party begins in `orders`
    "count",  # where it begins in `counts`
    "slab_step",  # how much the number of a line grows with party i's joint level
    "batch_step",  # and with the batch entry
    "ptr",  # where its arcs begin in `ptr`
    "slot",  # row of `payoffs` and of the gathered payoffs
)
"""Meaning of the columns of ``axes``, int64, shape ``(axes, len(COLUMNS))``."""

_STRIDE, _LEVELS, _LINES, _BASE, _ARCS, _ORDER = range(6)
_COUNT, _SLAB_STEP, _BATCH_STEP, _PTR, _SLOT = range(6, 11)

_ALL = np.uint32(0xFFFFFFFF)
U = np.uint64


def compiled(kernel: Kernel) -> Kernel:
    """Compile a kernel: cached on disk, and without the interpreter's lock, so threads help."""
    return cast(Kernel, numba.njit(cache=True, nogil=True)(kernel))


def _move_anywhere(m: Payoffs, axis: Ints, base: Ints, width: int, best: Payoffs) -> bool:
    """Take the minimum along every line of a party that can go anywhere; True if any changed."""
    stride, start = U(axis[_STRIDE]), axis[_BASE]
    changed = np.int32(0)
    if axis[_STRIDE] == 1:  # lines are contiguous
        for line in range(axis[_LINES]):
            at = U(base[start + line])
            low = NOTHING
            for c in range(axis[_LEVELS]):
                low = min(low, m[at + U(c)])
            for c in range(axis[_LEVELS]):
                old = m[at + U(c)]
                new = old if old == NOTHING else low
                changed |= old ^ new
                m[at + U(c)] = new
        return bool(changed != 0)
    for line in range(0, axis[_LINES], width):  # `width` neighbouring lines at once
        at = U(base[start + line])
        for c in range(width):
            best[c] = NOTHING
        for a in range(axis[_LEVELS]):
            row = at + U(a) * stride
            for c in range(width):
                best[c] = min(best[c], m[row + U(c)])
        for a in range(axis[_LEVELS]):
            row = at + U(a) * stride
            for c in range(width):
                old = m[row + U(c)]
                new = old if old == NOTHING else best[c]
                changed |= old ^ new
                m[row + U(c)] = new
    return bool(changed != 0)


def _follow_arcs(
    m: Payoffs,
    w: Payoffs,
    u: Payoffs,
    improving: bool,
    axis: Ints,
    base: Ints,
    ptr: Ints,
    dst: Payoffs,
    tiles: NDArray[np.int32],
) -> bool:
    """Take the minimum over listed moves (``improving``: those to a better ``u``); True if changed.

    ``TILE`` lines are copied side by side into ``tiles``, int32, shape (4, levels, TILE), so that
    one instruction serves several of them wherever in the slab they lie.
    """
    stride, start = U(axis[_STRIDE]), axis[_BASE]
    tm, tw, tu, low = tiles[0], tiles[1], tiles[2], tiles[3]
    changed = np.int32(0)
    for first in range(0, axis[_LINES], TILE):
        here = min(TILE, axis[_LINES] - first)
        for a in range(axis[_LEVELS]):
            for t in range(here, TILE):
                tm[a, t] = NOTHING
        for t in range(here):
            at = U(base[start + first + t])
            for a in range(axis[_LEVELS]):
                p = at + U(a) * stride
                tm[a, t], tw[a, t] = m[p], w[p]
                if improving:
                    tu[a, t] = u[p]
        differs = np.int32(0)
        for a in range(axis[_LEVELS]):
            for t in range(TILE):
                low[0, t], low[1, t] = tm[a, t], tw[a, t]
            for arc in range(ptr[axis[_PTR] + a], ptr[axis[_PTR] + a + 1]):
                b = dst[arc]
                if improving:
                    for t in range(TILE):
                        better = tu[b, t] > tu[a, t]
                        low[0, t] = min(low[0, t], tm[b, t] if better else NOTHING)
                        low[1, t] = min(low[1, t], tw[b, t] if better else NOTHING)
                else:
                    for t in range(TILE):
                        low[0, t] = min(low[0, t], tm[b, t])
                        low[1, t] = min(low[1, t], tw[b, t])
            for t in range(here):
                if tm[a, t] != NOTHING:
                    differs |= (tm[a, t] ^ low[0, t]) | (tw[a, t] ^ low[1, t])
                    tm[a, t], tw[a, t] = low[0, t], low[1, t]
        if differs:
            for t in range(here):
                at = U(base[start + first + t])
                for a in range(axis[_LEVELS]):
                    p = at + U(a) * stride
                    m[p], w[p] = tm[a, t], tw[a, t]
        changed |= differs
    return bool(changed != 0)


def _improve_anywhere(
    m: Payoffs,
    w: Payoffs,
    axis: Ints,
    base: Ints,
    line: Ints,
    shift: int,
    orders: NDArray[np.unsignedinteger],
    counts: Payoffs,
) -> int:
    """Take the minimum over the improvements along every line; return how many cells changed.

    A line is walked from its best cell to its worst: ``below`` is the least value among strictly
    better cells, ``seen`` among all cells so far. The top bit of an entry in ``orders`` starts a
    worse tie group; on the first entry it says that no cells tie, so that the two are the same.
    """
    flag = U(1) << U(8 * orders.itemsize - 1)
    stride, start = U(axis[_STRIDE]), axis[_BASE]
    changed = 0
    for n in range(axis[_LINES]):
        at, which = U(base[start + n]), line[start + n] + shift
        first = U(axis[_ORDER] + which * axis[_LEVELS])
        below_m, below_w, seen_m, seen_w = NOTHING, NOTHING, NOTHING, NOTHING
        if U(orders[first]) >= flag:
            for r in range(counts[axis[_COUNT] + which]):
                p = at + (U(orders[first + U(r)]) & (flag - U(1))) * stride
                old_m, old_w = m[p], w[p]
                seen_m, seen_w = min(seen_m, old_m), min(seen_w, old_w)
                m[p], w[p] = seen_m, seen_w
                changed += int(seen_m < old_m or seen_w < old_w)
            continue
        for r in range(counts[axis[_COUNT] + which]):
            entry = U(orders[first + U(r)])
            if entry >= flag:
                below_m, below_w = seen_m, seen_w
            p = at + (entry & (flag - U(1))) * stride
            old_m, old_w = m[p], w[p]
            new_m, new_w = min(old_m, below_m), min(old_w, below_w)
            m[p], w[p] = new_m, new_w
            seen_m, seen_w = min(seen_m, old_m), min(seen_w, old_w)
            changed += int(new_m < old_m or new_w < old_w)
    return changed


def _improve_marked(
    m: Payoffs,
    w: Payoffs,
    key: int,
    axes: Ints,
    digits: Ints,
    base: Ints,
    line: Ints,
    shift: int,
    orders: NDArray[np.unsignedinteger],
    counts: Payoffs,
    marks: NDArray[np.uint32],
) -> bool:
    """As `_improve_anywhere`, for the lines whose first position is marked; mark those it touches.

    Bit k of ``marks[p]`` says that a value on the line along axis k that begins at p has changed.
    """
    axis = axes[key]
    flag = U(1) << U(8 * orders.itemsize - 1)
    stride, start = U(axis[_STRIDE]), axis[_BASE]
    changed = False
    for n in range(axis[_LINES]):
        at, which = U(base[start + n]), line[start + n] + shift
        if (marks[at] >> np.uint32(key)) & np.uint32(1) == 0:
            continue
        marks[at] ^= np.uint32(1) << np.uint32(key)
        first = U(axis[_ORDER] + which * axis[_LEVELS])
        below_m, below_w, seen_m, seen_w = NOTHING, NOTHING, NOTHING, NOTHING
        for r in range(counts[axis[_COUNT] + which]):
            entry = U(orders[first + U(r)])
            if entry >= flag:
                below_m, below_w = seen_m, seen_w
            p = at + (entry & (flag - U(1))) * stride
            old_m, old_w = m[p], w[p]
            seen_m, seen_w = min(seen_m, old_m), min(seen_w, old_w)
            if below_m < old_m or below_w < old_w:
                m[p], w[p] = min(old_m, below_m), min(old_w, below_w)
                changed = True
                rest = p
                for digit in range(len(digits)):
                    gap, other = U(digits[digit, 0]), digits[digit, 1]
                    along = rest // gap * gap
                    rest -= along
                    if other not in (-1, key):
                        marks[p - along] |= np.uint32(1) << np.uint32(other)
    return changed


def _gather(
    batch: int,
    own: int,
    levels: int,
    inner: int,
    axes: Ints,
    rows: Ints,
    width: int,
    payoffs: NDArray[np.int32],
    gathered: NDArray[np.int32],
) -> None:
    """Copy one slab of the payoffs of the parties with listed moves; arguments as for `_settle`."""
    cells = len(rows) * width
    step = 1 if inner > 1 else levels  # between the cells of a run
    for k in range(len(axes)):
        if axes[k, _ARCS] == 1:
            slot = axes[k, _SLOT]
            for r in range(len(rows)):
                x = r * width
                cell = batch * cells * levels + (x // inner * levels + own) * inner + x % inner
                for c in range(width):
                    gathered[slot, rows[r] + c] = payoffs[slot, cell + c * step]


def _settle(
    first: int,
    last: int,
    improving: bool,
    levels: int,
    inner: int,
    f: Payoffs,
    best: Payoffs,
    moving: bool,
    axes: Ints,
    digits: Ints,
    rows: Ints,
    width: int,
    base: Ints,
    line: Ints,
    orders: NDArray[np.unsignedinteger],
    counts: Payoffs,
    ptr: Ints,
    dst: Payoffs,
    payoffs: NDArray[np.int32],
    buffers: NDArray[np.int32],
    gathered: NDArray[np.int32],
    marks: NDArray[np.uint32],
    tiles: NDArray[np.int32],
    out_m: Payoffs,
    out_w: Payoffs,
) -> None:
    """Compute M for slabs ``first`` to ``last`` - 1 of party i, and keep what stability needs.

    Slab q is joint level q % levels of batch entry q // levels.

    Args:
        first: first slab.
        last: one past the last slab.
        improving: the others take improvements only (SEQ, SSEQ), not any move (GMR, SMR).
        levels: joint levels of party i.
        inner: cells between neighbours along party i's axis.
        f: u_i with party i's axis first, ``NOTHING`` where infeasible, one number per cell.
        best: W_i: if ``moving`` as ``f``, else one entry per batch entry and line along i's axis.
        moving: party i's moves are listed; then results are kept cell by cell.
        axes: see `COLUMNS`; only parties that take part.
        digits: for each axis of the slab its stride and its number in ``axes``, or -1.
        rows: positions in the buffers of the runs of ``width`` cells that make up a slab.
        width: length of a run: the last axis of the slab.
        base: first position of every line of every axis.
        line: its number among all lines of the party, for joint level 0 and batch entry 0.
        orders: joint levels along each line, best first; the top bit as in `_improve_anywhere`.
        counts: feasible cells of each line.
        ptr: arcs of all listed parties, as offsets into ``dst``.
        dst: joint levels that the arcs lead to.
        payoffs: payoffs of the listed parties in the order of the cells, shape (slots, cells).
        buffers: int32, shape (3, size), scratch.
        gathered: int32, shape (slots, size), scratch.
        marks: uint32, shape (size,), scratch.
        tiles: int32, shape (4, most levels, TILE), scratch.
        out_m: as ``best``: the maximum of M^u along the line, or M^u itself if ``moving``.
        out_w: the same of min(u, M^W).
    """
    m, w, spare = buffers[0], buffers[1], buffers[2]
    cells = len(rows) * width
    for slab in range(first, last):
        batch, own = slab // levels, slab % levels
        start = slab * cells
        best_start = start if moving else batch * cells
        for r in range(len(rows)):
            at, x = U(rows[r]), U(r * width)
            for c in range(width):
                value = f[U(start) + x + U(c)]
                m[at + U(c)] = value
                high = best[U(best_start) + x + U(c)]
                w[at + U(c)] = NOTHING if value == NOTHING else high
        if improving:
            gather(batch, own, levels, inner, axes, rows, width, payoffs, gathered)
            marks.fill(np.uint32(0))
        many = True
        quiet, turn = 0, 0  # stop once every axis has been passed without a change
        while quiet < len(axes):
            k = turn % len(axes)
            axis = axes[k]
            shift = own * axis[_SLAB_STEP] + batch * axis[_BATCH_STEP]
            fine = False
            if axis[_ARCS] == 1:
                u = gathered[axis[_SLOT]] if improving else spare
                changed = follow_arcs(m, w, u, improving, axis, base, ptr, dst, tiles)
            elif not improving:
                changed = move_anywhere(m, axis, base, width, spare)
                changed = move_anywhere(w, axis, base, width, spare) or changed
            elif turn < len(axes) or many:  # do not lose time with marks
                found = improve_anywhere(m, w, axis, base, line, shift, orders, counts)
                changed, many = found > 0, found > cells // 4 * 3
            else:
                fine = True
                changed = improve_marked(
                    m, w, k, axes, digits, base, line, shift, orders, counts, marks
                )
            if changed and not fine:
                marks.fill(_ALL ^ (np.uint32(1) << np.uint32(k)))
            quiet = 1 if changed else quiet + 1  # a pass repeated at once changes nothing
            turn += 1
        for r in range(len(rows)):
            at, x = U(rows[r]), U(r * width)
            for c in range(width):
                value, own_payoff = m[at + U(c)], f[U(start) + x + U(c)]
                low = min(own_payoff, w[at + U(c)])
                p = U(best_start) + x + U(c)
                if value == NOTHING:
                    value, low = LOWEST, LOWEST
                out_m[p] = value if moving else max(out_m[p], value)
                out_w[p] = low if moving else max(out_w[p], low)


move_anywhere = compiled(_move_anywhere)
follow_arcs = compiled(_follow_arcs)
improve_anywhere = compiled(_improve_anywhere)
improve_marked = compiled(_improve_marked)
gather = compiled(_gather)
settle = compiled(_settle)
