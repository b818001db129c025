"""Would a party stay in one given state? Forward searches from its improvements only.

The kernels of the engine answer for all states at once; a search for levers asks about one
target in thousands of changed models, and there this is far cheaper. Both are exact.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import combinations, product

import numpy as np

from detente.analysis.deadlock.board import Board, Indices, Player, ends
from detente.concepts.concept import Concept

__all__ = ["answers", "deterred", "stays", "undeterred"]


def stays(board: Board, concept: Concept, rule: str, party: int, state: int) -> bool:
    """Tell whether a state is stable for a party.

    Args:
        board: the players.
        concept: a concept with sanctions ``none``, ``moves``, ``improvements`` or
            ``simultaneous``.
        rule: the rule for sequences of sanctioning moves.
        party: index of i.
        state: index of s.
    """
    moves = board.players[party].improving.targets(state).tolist()
    return all(deterred(board, concept, rule, party, state, t) for t in moves)


def undeterred(board: Board, concept: Concept, rule: str, party: int, state: int) -> list[int]:
    """Return the improvements that nothing deters, best first, ties in state order."""
    player = board.players[party]
    free = [
        t
        for t in player.improving.targets(state).tolist()
        if not deterred(board, concept, rule, party, state, t)
    ]
    return sorted(free, key=lambda t: (-int(player.payoffs[t]), t))


def deterred(
    board: Board, concept: Concept, rule: str, party: int, state: int, improvement: int
) -> bool:
    """Tell whether the others can answer an improvement so that the mover regrets it."""
    if concept.sanctions == "simultaneous":
        return _simultaneous(board, party, state, improvement)
    return bool(len(answers(board, concept, rule, party, state, improvement)))


def answers(
    board: Board, concept: Concept, rule: str, party: int, state: int, improvement: int
) -> Indices:
    """Return the states to which the others can lead so that the mover regrets an improvement.

    Not for concepts with simultaneous sanctions; empty where there are no sanctions.
    """
    if concept.sanctions not in ("moves", "improvements"):
        return np.zeros(0, dtype=np.int64)
    own = board.players[party]
    floor = own.payoffs[state]
    led = _reached(board, concept.sanctions == "improvements", rule, party, improvement)
    hurts: Indices = led[own.payoffs[led] <= floor]
    if concept.escapes and len(hurts):
        better = own.payoffs[own.moves.dst] > floor
        hurts = np.setdiff1d(hurts, own.moves.src[better])
    return hurts


def _reached(board: Board, improving: bool, rule: str, party: int, state: int) -> Indices:
    """Return R_{N-i}(s), or R_{N-i}+(s): where sequences of the others can lead."""
    others = board.others(party)
    moves = [p.improving if improving else p.moves for p in others]
    moves = [m for m in moves if len(m.src)]
    here = np.array([state], dtype=np.int64)
    if not moves:
        return here[:0]
    if rule == "single":
        return np.unique(np.concatenate([ends(m, here) for m in moves]))
    if rule == "once":
        return _each_once(others, improving, state)
    carried = not all(p.transitive for p in others)
    groups = range(len(moves)) if carried else [0]
    seen = np.zeros((len(groups), board.size), dtype=np.bool_)  # by last mover, if carried
    frontier = [(-1, here)]
    while frontier:
        later: list[tuple[int, Indices]] = []
        for last, states in frontier:
            for k, own in enumerate(moves):
                if carried and k == last:
                    continue
                mark = seen[k if carried else 0]
                fresh = np.unique(ends(own, states))
                fresh = fresh[~mark[fresh]]
                if len(fresh):
                    mark[fresh] = True
                    later.append((k, fresh))
        frontier = later
    return np.flatnonzero(seen.any(axis=0))


def _each_once(others: Sequence[Player], improving: bool, state: int) -> Indices:
    start = (state, frozenset[int]())
    seen = {start}
    queue = deque([start])
    while queue:
        here, moved = queue.popleft()
        for k, player in enumerate(others):
            if k not in moved:
                steps = player.improving if improving else player.moves
                for there in steps.targets(here).tolist():
                    node = (there, moved | {k})
                    if node not in seen:
                        seen.add(node)
                        queue.append(node)
    return np.array(sorted({s for s, _ in seen - {start}}), dtype=np.int64)


def _simultaneous(board: Board, party: int, state: int, improvement: int) -> bool:
    """SIM: some others take improvements of their own from s at once, and i gains nothing."""
    cells, position = board.arrays.states, board.arrays.position
    own = board.players[party].payoffs
    here = int(cells[state])
    answers = [(cells[p.improving.targets(state)] - here).tolist() for p in board.others(party)]
    answers = [offsets for offsets in answers if offsets]
    for size in range(1, len(answers) + 1):
        for group in combinations(answers, size):
            for offsets in product(*group):
                end = int(position[int(cells[improvement]) + sum(offsets)])
                if end >= 0 and own[end] <= own[state]:
                    return True
    return False
