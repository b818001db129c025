"""Stability against coalitions over all states at once, with sets of states as bits.

A *row table* has for each state x a set of states s, as bits: uint64, shape ``(N, words)``. The
definitions become unions along moves. With D(x) = {s: x is a strict gain over s for every member},

    escape(x)  = D(x), and D(y) for every y in R_H(x)
    spared(x)  = not D(x), or not escape(x) for CSMR
    answered(x) = union of spared(y) over the answers y from x
    tempting(x) = D(x) minus answered(x)

and s is unstable iff s is in tempting(x) for some x in R_H(s). Where moves are transitive, R_H(x)
is computed with x itself if a sequence returns there; that never changes a verdict, since x is
no gain over x, and a state of R_H++(s) is never in LE_H(s).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.concepts.coalition import CoalitionConcept
from detente.engine.arrays import Arrays
from detente.engine.moves import StateMoves

__all__ = ["ArrayCoalitions", "Members", "joint_moves"]

Rows: TypeAlias = NDArray[np.uint64]
"""For each state a set of states as bits, shape ``(N, words)``."""

Members: TypeAlias = tuple[int, ...]
"""A coalition: party indices, ascending."""

_CHUNK = 1 << 22  # words or pairs handled at once


@dataclass(frozen=True)
class _Player:
    """A party or coalition with the steps that it can make.

    Attributes:
        members: its parties.
        steps: from state to state.
    """

    members: Members
    steps: StateMoves


def joint_moves(arrays: Arrays, members: Members) -> StateMoves:
    """Return where one joint move of several parties leads, each option along an arc or staying.

    What lies between may be infeasible: the options change at once.
    """
    count = len(arrays.states)
    src = np.arange(count, dtype=np.int64)
    offset = np.zeros(count, dtype=np.int64)
    for party in members:
        joint = arrays.parties[party].joint
        after = int(np.prod(arrays.shape[party + 1 :], dtype=np.int64))
        own = arrays.own(party)
        degree = np.diff(joint.ptr)[own][src]
        place = np.repeat(np.arange(len(src)), degree)
        first = np.repeat(np.cumsum(degree) - degree, degree)
        at = joint.ptr[own][src][place] + (np.arange(len(place)) - first)
        change = (joint.dst[at] - own[src[place]]) * after
        offset = np.concatenate([offset, offset[place] + change])
        src = np.concatenate([src, src[place]])
    moved = offset != 0
    src, dst = src[moved], arrays.position[(arrays.states[src] + offset)[moved]]
    return _arcs(count, src[dst >= 0], dst[dst >= 0])


def _arcs(size: int, src: NDArray[np.integer], dst: NDArray[np.integer]) -> StateMoves:
    order = np.lexsort((dst, src))
    return StateMoves(size, src[order].astype(np.int32), dst[order].astype(np.int32))


class ArrayCoalitions:
    """Coalition stability of every state.

    Args:
        arrays: the compiled case, one preference profile; in option form for ``merged``.
        rule: ``legal``, ``once`` or ``single``.
        variant: ``sequences`` or ``merged``.
    """

    def __init__(self, arrays: Arrays, rule: str = "legal", variant: str = "sequences") -> None:
        self.arrays = arrays
        self.rule = rule
        self.variant = variant
        self.size = len(arrays.states)
        self.payoffs = [arrays.state_payoffs(i) for i in range(len(arrays.parties))]
        self.player = cache(self._player)
        self.improving = cache(self._improving)

    def stable(
        self, concept: CoalitionConcept, group: Members, merged: Members = ()
    ) -> NDArray[np.bool_]:
        """Return where a coalition would stay, bool, shape ``(N,)``.

        Args:
            concept: a row of the table of coalition concepts.
            group: H; in the merged variant also a party outside the coalition.
            merged: in the merged variant, the coalition that is one player.
        """
        gains = self._gains_over(group)
        tempting = gains
        if concept.sanctions != "none":
            spared = ~(gains | self._reached_by(group, gains) if concept.escapes else gains)
            players = self._opponents(group, concept.sanctions, merged)
            tempting = gains & ~self._union(players, spared)
        return ~_diagonal(self._reached_by(group, tempting))

    # players

    def _player(self, members: Members) -> _Player:
        if len(members) == 1:
            return _Player(members, self.arrays.state_moves(members[0]))
        return _Player(members, joint_moves(self.arrays, members))

    def _own(self, group: Members) -> list[_Player]:
        """The players whose sequences of moves are the moves of a coalition."""
        if self.variant == "merged":
            return [self.player(group)]
        return [self.player((i,)) for i in group]

    def _opponents(self, group: Members, how: str, merged: Members) -> list[_Player]:
        everybody = range(len(self.arrays.parties))
        if self.variant == "merged":
            sides = ([merged] if merged else []) + [(i,) for i in everybody if i not in merged]
            sides = [side for side in sides if side != group]
        else:
            outside = [i for i in everybody if i not in group]
            most = len(outside) if how == "improvements" else 1
            sides = [k for n in range(1, most + 1) for k in combinations(outside, n)]
        return [self.improving(k) if how == "improvements" else self.player(k) for k in sides]

    def _improving(self, group: Members) -> _Player:
        """Return R_H++ as steps."""
        if self.variant == "merged" or len(group) == 1:
            moves = self.player(group).steps
            kept = self._better(group, moves.src, moves.dst)
            return _Player(group, StateMoves(self.size, moves.src[kept], moves.dst[kept]))
        itself = _packed(self.size, lambda rows: rows[:, None] == np.arange(self.size)[None, :])
        reached = self._reached_by(group, itself)
        found = [(rows[a], b) for rows, (a, b) in _members(reached)]
        src = np.concatenate([a for a, _ in found])
        dst = np.concatenate([b for _, b in found])
        kept = self._better(group, src, dst)
        return _Player(group, _arcs(self.size, src[kept], dst[kept]))

    def _better(
        self, group: Members, src: NDArray[np.integer], dst: NDArray[np.integer]
    ) -> NDArray[np.bool_]:
        better = np.ones(len(src), dtype=np.bool_)
        for i in group:
            better &= self.payoffs[i][dst] > self.payoffs[i][src]
        return better

    # sets

    def _gains_over(self, group: Members) -> Rows:
        """D: for each x the states over which it is a gain for every member."""

        def rows_of(rows: NDArray[np.int64]) -> NDArray[np.bool_]:
            gain = np.ones((len(rows), self.size), dtype=np.bool_)
            for i in group:
                gain &= self.payoffs[i][rows][:, None] > self.payoffs[i][None, :]
            return gain

        return _packed(self.size, rows_of)

    def _reached_by(self, group: Members, rows: Rows) -> Rows:
        """Return for each x the union of the rows of R_H(x)."""
        own = self._own(group)
        return _step(own[0].steps, rows) if len(own) == 1 else self._union(own, rows)

    def _union(self, players: Sequence[_Player], rows: Rows) -> Rows:
        """Return for each x the union of the rows of the states that sequences reach from x."""
        able = [player for player in players if len(player.steps.src)]
        if self.rule == "single":
            return _any(rows, (_step(p.steps, rows) for p in able))
        if self.rule == "once":
            return _each_once(able, rows)
        if self.arrays.transitive:
            return _legal_transitive(able, rows)
        return _legal_carrying_mover(able, rows)


def _step(moves: StateMoves, rows: Rows) -> Rows:
    """Return for each x the union of the rows of the states that one step reaches."""
    result = np.zeros_like(rows)
    at_once = max(1, _CHUNK // max(1, rows.shape[1]))
    starts, movers = moves.starts, moves.movers
    low = 0
    while low < len(movers):  # whole states at a time, so that little is gathered at once
        high = int(np.searchsorted(starts, starts[low] + at_once, side="right"))
        high = max(low + 1, high - 1) if high < len(movers) else len(movers)
        first = int(starts[low])
        last = int(starts[high]) if high < len(movers) else len(moves.src)
        gathered = rows[moves.dst[first:last]]
        result[movers[low:high]] = np.bitwise_or.reduceat(
            gathered, starts[low:high] - first, axis=0
        )
        low = high
    return result


def _any(like: Rows, parts: Iterable[Rows]) -> Rows:
    result = np.zeros_like(like)
    for part in parts:
        np.bitwise_or(result, part, out=result)
    return result


def _legal_transitive(players: Sequence[_Player], rows: Rows) -> Rows:
    """Fixpoint of unions; two steps of one player running are one, so nothing is carried."""
    result = _any(rows, (_step(p.steps, rows) for p in players))
    quiet = 0
    while quiet < len(players):
        for player in players:
            grown = result | _step(player.steps, result)
            quiet = quiet + 1 if np.array_equal(grown, result) else 0
            result = grown
            if quiet >= len(players):
                break
    return result


def _legal_carrying_mover(players: Sequence[_Player], rows: Rows) -> Rows:
    """Fixpoint that carries the last mover: ``after[p]`` is reached where p has just moved."""
    after = [rows.copy() for _ in players]
    changed = True
    while changed:
        changed = False
        for k, player in enumerate(players):
            reached = _step(player.steps, after[k])
            for j in range(len(players)):
                if j != k and (reached & ~after[j]).any():
                    np.bitwise_or(after[j], reached, out=after[j])
                    changed = True
    return _any(rows, (_step(p.steps, after[k]) for k, p in enumerate(players)))


def _each_once(players: Sequence[_Player], rows: Rows) -> Rows:
    """Each party moves at most once: unions for every set of parties that may still move."""

    @cache
    def after(able: frozenset[int]) -> Rows:
        return rows | _any(
            rows,
            (
                _step(p.steps, after(able - frozenset(p.members)))
                for p in players
                if able.issuperset(p.members)
            ),
        )

    everybody = frozenset(i for player in players for i in player.members)
    return _any(rows, (_step(p.steps, after(everybody - frozenset(p.members))) for p in players))


def _packed(size: int, rows_of: Callable[[NDArray[np.int64]], NDArray[np.bool_]]) -> Rows:
    """Pack boolean rows, computed some at a time, into words."""
    words = (size + 63) // 64
    result = np.zeros((size, words), dtype=np.uint64)
    seen = result.view(np.uint8)
    for rows in _blocks(size):
        bits = np.packbits(rows_of(rows), axis=1)
        seen[rows, : bits.shape[1]] = bits
    return result


def _blocks(size: int) -> Iterable[NDArray[np.int64]]:
    height = max(1, _CHUNK // max(1, size))
    for low in range(0, size, height):
        yield np.arange(low, min(low + height, size))


def _members(
    rows: Rows,
) -> Iterable[tuple[NDArray[np.int64], tuple[NDArray[np.int64], NDArray[np.int64]]]]:
    """Yield blocks of states, and the pairs (place in the block, member of its set)."""
    size = len(rows)
    for block in _blocks(size):
        bits = np.unpackbits(rows[block].view(np.uint8), axis=1, count=size)
        where = np.nonzero(bits)
        yield block, (where[0], where[1])


def _diagonal(rows: Rows) -> NDArray[np.bool_]:
    """Return which states are in their own set."""
    at = np.arange(len(rows))
    bits = rows.view(np.uint8)[at, at >> 3] >> (7 - (at & 7)).astype(np.uint8)
    inside: NDArray[np.bool_] = (bits & 1).astype(np.bool_)
    return inside
