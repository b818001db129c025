"""The zone of agreement, what is efficient in it, and who blocks it if it is empty."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.engine.steps import Values

__all__ = ["efficient_mask", "minimal_blocking", "minimal_transversals", "zone_mask"]


def zone_mask(payoffs: Sequence[Values], start: int) -> NDArray[np.bool_]:
    """Return Z, bool over the feasible states: nobody at the table loses, somebody gains.

    Args:
        payoffs: of the parties at the table, each of shape ``(N,)``.
        start: index of the status quo.
    """
    nobody_loses = np.ones(payoffs[0].shape, dtype=np.bool_)
    somebody_gains = np.zeros(payoffs[0].shape, dtype=np.bool_)
    for own in payoffs:
        nobody_loses &= own >= own[start]
        somebody_gains |= own > own[start]
    return nobody_loses & somebody_gains


def efficient_mask(payoffs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows are Pareto-efficient among the rows.

    Args:
        payoffs: shape ``(states, parties)``.
    """
    rows, inverse = np.unique(payoffs, axis=0, return_inverse=True)
    order = np.argsort(-rows.sum(axis=1), kind="stable")  # nobody is dominated by a later one
    left = rows[order]
    kept = np.zeros(len(rows), dtype=np.bool_)
    index = order
    while len(left):
        best = left[0]
        kept[index[0]] = True
        beaten = (left <= best).all(axis=1)
        left, index = left[~beaten], index[~beaten]
    return kept[inverse.reshape(-1)]


def minimal_blocking(payoffs: Sequence[Values], start: int) -> list[tuple[int, ...]]:
    """Return the minimal blocking sets of an empty zone, as indices into ``payoffs``.

    P is blocking if no feasible t has u_i(t) >= u_i(s0) for all i in P and > for someone at the
    table. A set is blocking iff it meets, for each state that somebody at the table prefers, the
    parties that lose there: so the minimal ones are minimal transversals. The parties that cannot
    all be satisfied are Cunningham's (2011) veto players.
    """
    matrix = np.array(payoffs)
    wanted = (matrix > matrix[:, [start]]).any(axis=0)
    loses = (matrix < matrix[:, [start]])[:, wanted]
    losers = {frozenset(np.flatnonzero(own).tolist()) for own in np.unique(loses.T, axis=0)}
    return minimal_transversals(losers)


def minimal_transversals(sets: Collection[frozenset[int]]) -> list[tuple[int, ...]]:
    """Return the minimal sets that meet every one of ``sets`` (Berge's algorithm), sorted."""
    least = [s for s in sets if not any(other < s for other in sets)]
    found: set[frozenset[int]] = {frozenset()}
    for own in sorted(least, key=lambda s: (len(s), sorted(s))):
        hit = {t for t in found if t & own}
        longer = {t | {k} for t in found - hit for k in own}
        found = hit | {t for t in longer if not any(h <= t for h in hit)}
    minimal = [t for t in found if not any(o < t for o in found)]
    return sorted((tuple(sorted(t)) for t in minimal), key=lambda t: (len(t), t))
