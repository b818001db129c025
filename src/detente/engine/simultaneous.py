"""Simultaneous sanctions: every combination of the others' improvements, in chunks of states."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detente.engine.arrays import Arrays

__all__ = ["simultaneously_deterred"]

_CHUNK = 1 << 22  # combinations examined at once


def simultaneously_deterred(arrays: Arrays, party: int) -> NDArray[np.bool_]:
    """Return where every improvement of a party is deterred by simultaneous improvements.

    A state is reached by i's own change plus, for each other party, either none or one of its
    improvements from s. Taking none at all leaves i's improvement itself, which never deters,
    so the condition that somebody moves needs no extra test.

    Args:
        arrays: the compiled case, in option form.
        party: index of i.

    Returns:
        Boolean array of shape ``(..., N)``; leading axes are preference profiles.
    """
    profiles = arrays.payoffs[party].shape[:-1]
    payoffs = [p.reshape(-1, arrays.cells) for p in arrays.payoffs]
    rows = [_one_profile(arrays, party, [p[b] for p in payoffs]) for b in range(len(payoffs[0]))]
    return np.array(rows).reshape(*profiles, len(arrays.states))


def _one_profile(arrays: Arrays, party: int, payoffs: list[NDArray[np.int32]]) -> NDArray[np.bool_]:
    stable = np.ones(len(arrays.states), dtype=np.bool_)
    own = payoffs[party]
    changes = [_improvements(arrays, j, payoffs[j]) for j in range(len(arrays.parties))]
    mine = changes[party]
    tempted = np.flatnonzero(np.diff(mine.ptr))
    for state in tempted.tolist():
        here = arrays.states[state]
        floor = own[here]
        answers = [c.of(state) for j, c in enumerate(changes) if j != party]
        undeterred = mine.of(state)
        for combined in _combinations([a for a in answers if len(a)]):
            target = here + undeterred[:, None] + combined[None, :]
            hit = arrays.feasible[target] & (own[target] <= floor)
            undeterred = undeterred[~hit.any(axis=1)]
            if not len(undeterred):
                break
        stable[state] = not len(undeterred)
    return stable


class _Changes:
    """For each state the cell offsets of a party's improvements from it."""

    def __init__(self, ptr: NDArray[np.int64], offset: NDArray[np.int64]) -> None:
        self.ptr = ptr
        self._offset = offset

    def of(self, state: int) -> NDArray[np.int64]:
        return self._offset[self.ptr[state] : self.ptr[state + 1]]


def _improvements(arrays: Arrays, party: int, payoffs: NDArray[np.int32]) -> _Changes:
    moves = arrays.state_moves(party)
    start, end = arrays.states[moves.src], arrays.states[moves.dst]
    better = payoffs[end] > payoffs[start]
    ptr = np.searchsorted(moves.src[better], np.arange(moves.size + 1))
    return _Changes(ptr.astype(np.int64), (end - start)[better])


def _combinations(answers: list[NDArray[np.int64]]) -> Iterator[NDArray[np.int64]]:
    """Yield sums of one offset or none from each list, at most ``_CHUNK`` at a time."""
    if not answers:
        yield np.zeros(1, dtype=np.int64)
        return
    head, rest = answers[0], answers[1:]
    with_none = np.concatenate([np.zeros(1, dtype=np.int64), head])
    for tail in _combinations(rest):
        if len(tail) * len(with_none) <= _CHUNK:
            yield (with_none[:, None] + tail[None, :]).reshape(-1)
        else:
            for offset in with_none:
                yield tail + offset
