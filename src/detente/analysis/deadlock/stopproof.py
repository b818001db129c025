"""Stop-proof paths: agreed schedules in which every mover gains more by going on than by stopping.

The idea that parties contribute step by step, each step worth it only if the rest follows, is
Admati and Perry's (1991) and, with irreversible steps, Lockwood and Thomas's (2002). A stop-proof
path guards against stopping only, not against every other deviation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.analysis.deadlock.board import Board, ends
from detente.engine.steps import Values

__all__ = ["Routes", "Searched", "routes", "stop_proof_routes"]

_Bits = NDArray[np.uint64]
_BYTES = 1 << 26  # memory for the sets of states reached, at one level


@dataclass(frozen=True)
class Routes:
    """A stop-proof path, in indices.

    Attributes:
        states: from the status quo to the target.
        movers: who makes each step: one party, or several at once.
    """

    states: tuple[int, ...]
    movers: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Searched:
    """The willing steps towards some targets, breadth first.

    Attributes:
        board: the players.
        targets: their indices.
        settlement: for each party, max of u_m over settle(x, m), shape ``(N,)``.
        levels: bit k of ``levels[d][x]`` says that x is first reached after d willing steps
            towards target k; uint64, shape ``(N, words)``.
    """

    board: Board
    targets: Sequence[int]
    settlement: Sequence[Values]
    levels: list[_Bits]

    def willing(self, party: int, state: int, target: int) -> bool:
        """Tell whether m would rather go on to t than stop at x."""
        own = self.board.players[party].payoffs
        if state == self.board.start:
            return bool(own[target] > own[state])
        return bool(own[target] > self.settlement[party][state])

    def reached_at(self, k: int, state: int) -> int | None:
        """Return after how many willing steps towards target k a state is first reached."""
        word, bit = divmod(k, 64)
        for depth, level in enumerate(self.levels):
            if int(level[state, word]) >> bit & 1:
                return depth
        return None

    def route(self, k: int, state: int | None = None) -> Routes | None:
        """Return the path towards target k, to the target or to another state reached.

        Among shortest paths the one chosen is the least when read from its end: predecessor
        states in the order of their codes, then parties as declared.
        """
        target = self.targets[k]
        goal = target if state is None else state
        depth = self.reached_at(k, goal)
        if depth is None:
            return None
        word, bit = divmod(k, 64)
        states, movers = [goal], []
        for level in reversed(self.levels[:depth]):
            found: tuple[int, int] | None = None
            for party, player in enumerate(self.board.players):
                before = player.backwards.targets(states[-1])
                before = before[(level[before, word] >> np.uint64(bit) & np.uint64(1)) > 0]
                for x in before.tolist():  # ascending: the first that is willing is the least
                    if found is not None and (x, party) >= found:
                        break
                    if self.willing(party, x, target):
                        found = (x, party)
                        break
            if found is None:  # only a joint move leads here
                states.append(self.board.start)
                movers.append(self.board.joint[target])
                break
            states.append(found[0])
            movers.append((found[1],))
        return Routes(tuple(reversed(states)), tuple(reversed(movers)))


def stop_proof_routes(
    board: Board, targets: Sequence[int], settlement: Sequence[Values]
) -> list[Searched]:
    """Search willing steps towards many targets at once, in blocks of targets.

    Returns:
        One entry for each block; its ``targets`` say which.
    """
    block = max(1, _BYTES // (8 * max(1, board.size))) * 64
    return [
        _search(board, targets[low : low + block], settlement)
        for low in range(0, len(targets), block)
    ]


def routes(
    board: Board, targets: Sequence[int], settlement: Sequence[Values]
) -> list[Routes | None]:
    """Return a shortest stop-proof path to each target, ``None`` where there is none."""
    return [
        searched.route(k)
        for searched in stop_proof_routes(board, targets, settlement)
        for k in range(len(searched.targets))
    ]


def _search(board: Board, targets: Sequence[int], settlement: Sequence[Values]) -> Searched:
    words = (len(targets) + 63) // 64
    goal = np.array(targets, dtype=np.int64)
    willing = [
        _willing(board, party, goal, settlement[party], words)
        for party in range(len(board.players))
    ]
    level = np.zeros((board.size, words), dtype=np.uint64)
    level[board.start] = _packed(np.ones((1, len(goal)), dtype=np.bool_), words)[0]
    reached = level.copy()
    searched = Searched(board, targets, settlement, [level])
    while level.any():
        after = np.zeros_like(level)
        for party, player in enumerate(board.players):
            moves = player.backwards  # sorted by where the moves lead
            if len(moves.src):
                able = level & willing[party]
                arrived = np.bitwise_or.reduceat(able[moves.dst], moves.starts, axis=0)
                after[moves.movers] |= arrived
        if len(searched.levels) == 1:
            _join(board, targets, after)
        level = after & ~reached
        reached |= level
        searched.levels.append(level)
    return searched


def _join(board: Board, targets: Sequence[int], after: _Bits) -> None:
    """Add the joint moves, in which every mover must strictly gain."""
    for k, target in enumerate(targets):
        movers = board.joint.get(target)
        if movers is None:
            continue
        gains = (board.players[m].payoffs for m in movers)
        if all(own[target] > own[board.start] for own in gains):
            after[target, k // 64] |= np.uint64(1) << np.uint64(k % 64)


def _willing(
    board: Board, party: int, goal: NDArray[np.int64], settlement: Values, words: int
) -> _Bits:
    own = board.players[party].payoffs
    floor = settlement.copy()
    floor[board.start] = own[board.start]
    return _packed(own[goal][None, :] > floor[:, None], words)


def _packed(matrix: NDArray[np.bool_], words: int) -> _Bits:
    """Pack columns into bits, shape ``(rows, words)``."""
    padded = np.zeros((len(matrix), words * 64), dtype=np.bool_)
    padded[:, : matrix.shape[1]] = matrix
    packed = np.packbits(padded, axis=1, bitorder="little")
    return packed.view("<u8").astype(np.uint64, copy=False)


def distances(board: Board, target: int) -> NDArray[np.int64]:
    """Return the least number of moves, willing or not, from each state; -1 where none leads."""
    distance = np.full(board.size, -1, dtype=np.int64)
    frontier = np.array([target], dtype=np.int64)
    step = 0
    while len(frontier):
        distance[frontier] = step
        step += 1
        reached = np.concatenate([ends(p.backwards, frontier) for p in board.players])
        frontier = np.unique(reached[distance[reached] < 0])
    return distance
