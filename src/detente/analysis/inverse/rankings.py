"""One party's rankings near the present one, the nearest to its own stability condition first."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from detente.analysis.inverse.preference_changes import Tiers
from detente.analysis.inverse.target import Bits, TargetGame, Tierlist

__all__ = ["Essence", "Rankings", "Stopped"]

Essence: TypeAlias = tuple[Bits, Bits]
"""All of a ranking that matters: the states not preferred to the target, among those that can
matter, and the improvements, among the moves with which the party can take part in an answer."""


class Stopped(Exception):  # noqa: N818  (no error: the search was asked to end)
    """The search was stopped."""


class Rankings:
    """The rankings of one party, explored by A* in the graph of adjacent swaps.

    Args:
        game: the target under changing preferences.
        party: index of the party.
        varies: False: only the present ranking counts.
    """

    def __init__(self, game: TargetGame, party: int, varies: bool) -> None:
        self.game = game
        self.party = party
        self.varies = varies
        self.start = game.tiers(party)
        self._meets: dict[Bits, bool] = {}
        self._cost = {self.start: 0}
        self._from: dict[Tierlist, tuple[Tierlist, int, int]] = {}
        self._nearest: dict[Essence, int] = {}
        self._found: dict[int, dict[Essence, list[Tierlist]]] = defaultdict(dict)
        self._done: set[Tierlist] = set()
        distance = self._distance(self.start, self._everything, self._meets)
        self._heap = [(distance, 0, 0, self.start)]

    def attainable(self, budget: int | None) -> Bits | None:
        """Return the moves that so many swaps can make improvements; ``None`` for every move.

        A swap changes the difference in tiers of two states by at most one, but for the two of
        them when they are neighbours.
        """
        if not self.game.coupled or (self.varies and budget is None):
            return None
        most = budget if self.varies and budget is not None else 0
        moves = self.game.moves[self.party]
        found = 0
        for number, (x, y) in enumerate(zip(moves.src, moves.dst, strict=True)):
            gap = self.start[y] - self.start[x]
            if gap < 0 or max(gap, 1) <= most:
                found |= 1 << number
        return found

    def least(self, improving: Sequence[Bits | None]) -> int | None:
        """Return how many swaps take the party to a ranking for which the target is stable.

        Args:
            improving: for each party the moves taken for improvements.

        Returns:
            The distance, or ``None`` if the ranking is fixed and the target is not stable.
        """
        distance = self._distance(self.start, improving, {})
        return distance if self.varies or distance == 0 else None

    def at(self, cost: int, *, nearest: bool) -> Iterator[tuple[Essence, list[Tierlist]]]:
        """Yield the explored rankings this many swaps away, by what matters of them.

        Args:
            cost: number of swaps.
            nearest: leave out what fewer swaps achieve as well.
        """
        for essence, rankings in self._found.get(cost, {}).items():
            if not nearest or self._nearest[essence] == cost:
                yield essence, rankings

    @property
    def furthest(self) -> int | None:
        """Swaps to the most distant ranking; ``None`` if not every ranking is explored."""
        return None if self._heap else max(self._cost.values())

    def explore(self, bound: int, pause: Callable[[], None]) -> None:
        """Explore all rankings on a way of at most ``bound`` swaps to the necessary condition.

        Args:
            bound: length of the longest way.
            pause: called for each ranking; may raise :class:`Stopped`, and then the exploration
                can be resumed.
        """
        everything, meets = self._everything, self._meets
        target = self.game.target
        while self._heap and self._heap[0][0] <= bound:
            pause()
            total, minus_cost, _, ranking = heapq.heappop(self._heap)
            cost = -minus_cost
            if ranking in self._done:
                continue
            self._done.add(ranking)
            lift = total - cost
            if lift == 0:
                essence = self._essence(ranking)
                self._found[cost].setdefault(essence, []).append(ranking)
                self._nearest[essence] = min(cost, self._nearest.get(essence, cost))
            if not self.varies:
                continue
            floor = ranking[target]
            for low, high in _swaps(ranking):
                changed = list(ranking)
                tier = changed[low]
                changed[low], changed[high] = changed[high], tier
                there = tuple(changed)
                if self._cost.get(there, cost + 2) <= cost + 1:
                    continue
                self._cost[there] = cost + 1
                self._from[there] = (ranking, low, high)
                # The lift depends on which states are in the tiers from the target's to its own.
                same = floor < tier != floor + 1 or tier < floor - lift
                left = lift if same else self._distance(there, everything, meets)
                # Deeper first among equals, so that a solution is met before all are.
                heapq.heappush(self._heap, (cost + 1 + left, -cost - 1, len(self._cost), there))

    def _distance(
        self, ranking: Tierlist, improving: Sequence[Bits | None], meets: dict[Bits, bool]
    ) -> int:
        """Return how far the target must be lifted for the condition to hold."""
        floor = ranking[self.game.target]
        members = [0] * (floor + 1)
        below = 0
        for state, tier in enumerate(ranking):
            if tier < floor:
                members[tier] |= 1 << state
            else:
                below |= 1 << state
        for lift in range(floor):
            key = below & self._relevant
            if key not in meets:
                meets[key] = self.game.stable(self.party, key, improving)
            if meets[key]:
                return lift
            below |= members[floor - lift - 1]
        return floor  # at the top nothing is preferred to the target

    @cached_property
    def _relevant(self) -> Bits:
        return self.game.relevant(self.party)

    @cached_property
    def _everything(self) -> list[Bits | None]:
        return [None] * len(self.game.case.parties)

    @cached_property
    def _moves(self) -> Bits:
        """The party's moves that can be part of an answer to somebody else."""
        game = self.game
        if not game.coupled:
            return 0
        if game.concept.sanctions == "simultaneous":
            starts = 1 << game.target
        else:
            starts = 0
            for i in game.parties:
                if i != self.party:
                    for _, q in game.moves[i].of[game.target]:
                        starts |= 1 << q | game.answers(i, q, self._everything)
        moves = game.moves[self.party]
        return sum(1 << number for number, start in enumerate(moves.src) if starts >> start & 1)

    def _essence(self, ranking: Tierlist) -> Essence:
        if not self.game.coupled:
            return (0, 0)
        below = self.game.not_preferred(ranking) & self._relevant
        return below, self.game.improving(self.party, ranking) & self._moves

    def way(self, ranking: Tierlist) -> list[tuple[int, int]]:
        """Return a shortest sequence of swaps (raised state, state above it) to a ranking."""
        found = []
        while ranking in self._from:
            ranking, low, high = self._from[ranking]
            found.append((low, high))
        return found[::-1]

    def named(self, ranking: Tierlist) -> Tiers:
        """Return a ranking as tiers of codes."""
        tiers: list[list[str]] = [[] for _ in range(max(ranking) + 1)]
        for state, tier in enumerate(ranking):
            tiers[tier].append(self.game.codes[state])
        return tuple(map(tuple, tiers))


def _swaps(ranking: Tierlist) -> Iterator[tuple[int, int]]:
    """Yield the pairs (state, state of the tier just above it), the best tiers first."""
    tiers: list[list[int]] = [[] for _ in range(max(ranking) + 1)]
    for state, tier in enumerate(ranking):
        tiers[tier].append(state)
    for upper, lower in pairwise(tiers):
        for high in upper:
            for low in lower:
                yield low, high
