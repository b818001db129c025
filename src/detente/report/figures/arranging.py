"""Rows for states in columns: few crossings, and the chosen path in a straight line at the top."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Link", "arrange"]

_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Link:
    """Two states that a line joins.

    Attributes:
        one, other: the states.
        weight: how much it matters that the line is short and straight.
    """

    one: int
    other: int
    weight: int


def arrange(
    columns: Sequence[Sequence[int]], links: Sequence[Link], path: Sequence[int]
) -> dict[int, int]:
    """Return the row of every state.

    The states of the path take the first row that is free in their column, which is the top one
    where the path never stands still or turns back; columns that it passes over leave that row
    empty. The others are put in order by barycentre sweeps (Sugiyama, Tagawa and Toda 1981),
    keeping the order with the fewest crossings seen, and then get the rows nearest to their
    neighbours. Nothing is random: equal cases give equal maps.

    Args:
        columns: the states of each column, from left to right, in the order in which ties are
            broken.
        links: the lines between states.
        path: the states of the chosen path, or none.
    """
    column_of = {state: k for k, states in enumerate(columns) for state in states}
    fixed, taken = _path_rows(columns, column_of, path)
    free = [[state for state in states if state not in fixed] for states in columns]
    rows = max(len(own) + len(taken[k]) for k, own in enumerate(free))
    slots = [[r for r in range(rows) if r not in taken[k]] for k in range(len(columns))]
    beside: dict[int, list[tuple[int, int]]] = {state: [] for state in column_of}
    for link in links:
        beside[link.one].append((link.other, link.weight))
        beside[link.other].append((link.one, link.weight))
    row = dict(fixed)
    for k, own in enumerate(free):
        row.update(zip(own, slots[k], strict=False))
    best = _crossings(row, column_of, links), dict(row)
    for sweep in range(_SWEEPS):
        order = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        for k in order:
            own = _sorted(free[k], row, beside, column_of, before=sweep % 2 == 0)
            row.update(_nearest(own, slots[k], row, beside))
        found = _crossings(row, column_of, links)
        if found < best[0]:
            best = found, dict(row)
    return best[1]


def _path_rows(
    columns: Sequence[Sequence[int]], column_of: dict[int, int], path: Sequence[int]
) -> tuple[dict[int, int], list[set[int]]]:
    fixed: dict[int, int] = {}
    taken: list[set[int]] = [set() for _ in columns]
    for state in path:
        if state not in fixed:
            k = column_of[state]
            fixed[state] = next(r for r in range(len(path)) if r not in taken[k])
            taken[k].add(fixed[state])
    passed = [column_of[state] for state in path]
    for one, other in pairwise(passed):
        for k in range(min(one, other) + 1, max(one, other)):
            taken[k].add(0)
    return fixed, taken


def _sorted(
    states: Sequence[int],
    row: dict[int, int],
    beside: dict[int, list[tuple[int, int]]],
    column_of: dict[int, int],
    *,
    before: bool,
) -> list[int]:
    """Return the states of a column by the barycentre of their neighbours on one side."""

    def centre(state: int) -> float:
        own = column_of[state]
        near = [
            (row[other], weight)
            for other, weight in beside[state]
            if (column_of[other] < own if before else column_of[other] > own)
        ]
        total = sum(weight for _, weight in near)
        return sum(r * weight for r, weight in near) / total if total else float(row[state])

    return sorted(states, key=lambda state: (round(centre(state), 6), row[state]))


def _nearest(
    states: Sequence[int],
    slots: Sequence[int],
    row: dict[int, int],
    beside: dict[int, list[tuple[int, int]]],
) -> dict[int, int]:
    """Return rows in this order, nearest to the neighbours' rows, by dynamic programming."""
    if not states:
        return {}
    wished = []
    for state in states:
        near = sorted((row[other], weight) for other, weight in beside[state])
        wished.append(_middle(near) if near else float(row[state]))
    spare = len(slots) - len(states)
    # cost[d]: least cost so far with the last state d slots below the highest possible one
    cost = [0.0] * (spare + 1)
    choices: list[list[int]] = []
    for k, wish in enumerate(wished):
        least, at, best, chosen = [], 0, cost[0], []
        for d in range(spare + 1):
            if cost[d] < best:
                best, at = cost[d], d
            least.append(best + abs(slots[k + d] - wish) + 0.01 * slots[k + d])
            chosen.append(at)
        cost = least
        choices.append(chosen)
    d = min(range(spare + 1), key=cost.__getitem__)
    found = {}
    for k in range(len(states) - 1, -1, -1):
        found[states[k]] = slots[k + d]
        d = choices[k][d]
    return found


def _middle(near: Sequence[tuple[int, int]]) -> float:
    """Return the weighted median."""
    half, passed = sum(weight for _, weight in near) / 2, 0.0
    for r, weight in near:
        passed += weight
        if passed >= half:
            return float(r)
    return float(near[-1][0])


def _crossings(
    row: dict[int, int], column_of: dict[int, int], links: Sequence[Link]
) -> tuple[int, int]:
    """Return how many lines cross, and how long they are; long lines count as straight ones."""
    gaps: dict[int, list[tuple[float, float]]] = {}
    length = 0
    for link in links:
        one, other = sorted((link.one, link.other), key=column_of.__getitem__)
        low, high = column_of[one], column_of[other]
        length += abs(row[one] - row[other]) * link.weight
        if low < high:
            at = _straight(low, row[one], high, row[other])
            for k in range(low, high):
                gaps.setdefault(k, []).append((at(k), at(k + 1)))
    count = 0
    for lines in gaps.values():
        ends: list[float] = []
        for _, right in sorted(lines, reverse=True):
            count += bisect_left(ends, right)
            insort(ends, right)
    return count, length


def _straight(low: int, start: int, high: int, end: int) -> Callable[[int], float]:
    return lambda k: start + (end - start) * (k - low) / (high - low)
