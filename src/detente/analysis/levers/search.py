"""The search for sets of levers: by size, exact, and only minimal sets are kept.

Structural changes (arcs, joint moves, spoilers) are few. Swaps are many, so the rankings that a
party can have after some swaps are grouped by their signature (see :class:`~.trial.Trial`): one
trial decides a whole group, and groups with the signature of the present ranking cannot add
anything to a set without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from typing import TypeAlias

import numpy as np

from detente.analysis.levers.changes import Change, Contain, Exchange, Guarantor, SnapBack, Swap
from detente.analysis.levers.trial import Exchanged, Trial, exchanged, exchanges
from detente.engine.steps import Values

__all__ = ["MOST_RANKINGS", "Found", "Search", "compatible"]

MOST_RANKINGS = 100_000
"""Most sequences of swaps in one party's ranking that are looked at for one number of swaps."""

Found: TypeAlias = "tuple[Change, ...]"

_Group: TypeAlias = "list[tuple[Exchanged, ...]]"


class Stopped(Exception):  # noqa: N818  (no error: the search was asked to end)
    """The search was asked to end."""


@dataclass
class _Rankings:
    """What one party's ranking can become.

    Attributes:
        level: for each number of swaps, the sequences of that length: one for each set of swaps
            and ranking that it leads to.
        groups: number of swaps -> signature -> (ranks, sequences).
    """

    level: list[dict[tuple[frozenset[Exchanged], bytes], tuple[Exchanged, ...]]]
    groups: dict[int, dict[bytes, tuple[Values, _Group]]] = field(default_factory=dict)


class Search:
    """Searches the sets of changes of one trial, size by size.

    Args:
        trial: the base and the target.
        structural: the changes that leave preferences and states alone.
        swaps: most swaps in one set.
        stop: asked again and again; True ends the search.
        step: called after each set that was decided.
    """

    def __init__(
        self,
        trial: Trial,
        structural: Sequence[Change],
        swaps: int,
        stop: Callable[[], bool],
        step: Callable[[], None],
    ) -> None:
        self.trial = trial
        self.structural = tuple(structural)
        self.swaps = swaps
        self.stop, self.step = stop, step
        self.truncated = False
        self._rankings: dict[int, _Rankings] = {}

    def opening(self, size: int) -> Iterator[Found]:
        """Yield the minimal opening sets of a size.

        Raises:
            Stopped: if the search was asked to end.
        """
        for count in range(max(0, size - self.swaps), min(size, len(self.structural)) + 1):
            for chosen in self._structural(count):
                if self._already(chosen) and count < size:
                    continue  # a smaller set opens it: nothing with more is minimal
                yield from self._with_swaps(chosen, size - count)

    def _already(self, structural: tuple[Change, ...]) -> bool:
        return any(
            self.trial.opens(part)
            for size in range(len(structural) + 1)
            for part in combinations(structural, size)
            if self.valid(part)
        )

    def _structural(self, count: int) -> Iterator[tuple[Change, ...]]:
        for chosen in combinations(self.structural, count):
            if compatible(chosen) and self.valid(chosen):
                yield chosen

    def valid(self, chosen: Sequence[Change]) -> bool:
        """Tell whether a joint move among the changes goes along the arcs that there then are."""
        moves = [change for change in chosen if isinstance(change, Exchange)]
        return all(self.trial.can_exchange(chosen, move.parties) for move in moves)

    def _pause(self) -> None:
        self.step()
        if self.stop():
            raise Stopped

    def _with_swaps(self, chosen: tuple[Change, ...], left: int) -> Iterator[Found]:
        if left == 0:
            self._pause()
            if self.trial.opens(chosen) and self._minimal(chosen, {}):
                yield chosen
            return
        for counts in _distributions(len(self.trial.base.players), left):
            able = [self._groups(party, count) for party, count in counts]
            for groups in product(*(own.values() for own in able)):
                self._pause()
                changed = {p: g[0] for (p, _), g in zip(counts, groups, strict=True)}
                if not self.trial.opens(chosen, changed):
                    continue
                for members in product(*(g[1] for g in groups)):
                    swaps = {p: m for (p, _), m in zip(counts, members, strict=True)}
                    if self._minimal(chosen, swaps):
                        yield (*chosen, *self._named(swaps))

    def _named(self, swaps: dict[int, tuple[Exchanged, ...]]) -> Iterator[Swap]:
        codes, parties = self.trial.codes, self.trial.case.party_ids
        for party in sorted(swaps):
            for low, above in swaps[party]:
                yield Swap(parties[party], codes[low], codes[above])

    def _minimal(
        self, structural: tuple[Change, ...], swaps: dict[int, tuple[Exchanged, ...]]
    ) -> bool:
        """Tell whether no proper subset of the changes opens the target."""
        items: list[Change | tuple[int, Exchanged]] = [*structural]
        items += [(party, swap) for party, own in swaps.items() for swap in own]
        for size in range(len(items)):
            for part in combinations(items, size):
                fixed = tuple(item for item in part if not isinstance(item, tuple))
                if not self.valid(fixed):
                    continue
                left: dict[int, list[Exchanged]] = {}
                for item in part:
                    if isinstance(item, tuple):
                        left.setdefault(item[0], []).append(item[1])
                payoffs = self.trial.after(left)
                if payoffs is not None and self.trial.opens(fixed, payoffs):
                    return False
        return True

    def _groups(self, party: int, count: int) -> dict[bytes, tuple[Values, _Group]]:
        """Group the rankings at a number of swaps by signature, without the present one's."""
        if party not in self._rankings:
            self._rankings[party] = _Rankings([{(frozenset(), b""): ()}])
        own = self._rankings[party]
        while len(own.level) <= count:
            own.level.append(self._next(party, own))
        if count not in own.groups:
            present = self.trial.signature(party, self.trial.base.players[party].payoffs)
            groups: dict[bytes, tuple[Values, _Group]] = {}
            for swaps in own.level[count].values():
                payoffs = self._ranks(party, swaps)
                signature = self.trial.signature(party, payoffs)
                if signature != present:
                    groups.setdefault(signature, (payoffs, []))[1].append(swaps)
            own.groups[count] = groups
        return own.groups[count]

    def _ranks(self, party: int, swaps: tuple[Exchanged, ...]) -> Values:
        after = self.trial.after({party: swaps})
        assert after is not None
        return after[party]

    def _next(
        self, party: int, own: _Rankings
    ) -> dict[tuple[frozenset[Exchanged], bytes], tuple[Exchanged, ...]]:
        after: dict[tuple[frozenset[Exchanged], bytes], tuple[Exchanged, ...]] = {}
        for swaps in own.level[-1].values():
            if self.stop():
                raise Stopped
            payoffs = self._ranks(party, swaps)
            for swap in exchanges(payoffs):
                if swap in swaps:
                    continue  # a set of changes holds each once
                changed = exchanged(payoffs, swap)
                assert changed is not None
                longer = (*swaps, swap)
                after.setdefault((frozenset(longer), changed.astype(np.int16).tobytes()), longer)
                if len(after) >= MOST_RANKINGS:
                    self.truncated = True
                    return after
        return after


def compatible(chosen: Sequence[Change]) -> bool:
    """Tell whether changes make sense together.

    An option gets a guarantor or a snap-back, not both; and whoever is contained has no moves, so
    nothing else about its options is a change.
    """
    options = [c.option for c in chosen if isinstance(c, Guarantor | SnapBack)]
    owners = [c.party for c in chosen if isinstance(c, Guarantor | SnapBack)]
    movers = [p for c in chosen if isinstance(c, Exchange) for p in c.parties]
    contained = {c.party for c in chosen if isinstance(c, Contain)}
    return len(set(options)) == len(options) and contained.isdisjoint([*owners, *movers])


def _distributions(parties: int, total: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield the ways to give ``total`` swaps to parties: (party, how many), none of them zero."""
    for chosen in range(1, min(parties, total) + 1):
        for who in combinations(range(parties), chosen):
            for cuts in combinations(range(1, total), chosen - 1):
                ends = (0, *cuts, total)
                counts = [b - a for a, b in pairwise(ends)]
                yield tuple(zip(who, counts, strict=True))


def relevant_swaps(trial: Trial) -> Iterator[Swap]:
    """Yield the single swaps that can matter to the target, those of its own tier first.

    Only comparisons within the two tiers change: a swap is irrelevant unless one of them holds
    the target, or a move of the party links one of the two states with a state of the two tiers.
    """
    late: list[tuple[int, Exchanged]] = []
    codes, parties = trial.codes, trial.case.party_ids
    for party, player in enumerate(trial.base.players):
        payoffs = player.payoffs
        own_tier = int(payoffs[trial.target])
        moves = trial.widest(party)
        near = np.abs(payoffs[moves.src] - payoffs[moves.dst]) <= 1
        src, dst = moves.src[near], moves.dst[near]
        for upper in range(int(payoffs.max()), 0, -1):
            high, low = np.flatnonzero(payoffs == upper), np.flatnonzero(payoffs == upper - 1)
            if own_tier in (upper, upper - 1):
                for b in low.tolist():
                    for a in high.tolist():
                        yield Swap(parties[party], codes[b], codes[a])
                continue
            inside = (np.isin(payoffs[src], (upper, upper - 1))) & (
                np.isin(payoffs[dst], (upper, upper - 1))
            )
            linked = set(src[inside].tolist()) | set(dst[inside].tolist())
            for a in high.tolist():
                late += [(party, (b, a)) for b in low.tolist() if a in linked or b in linked]
    for party, (b, a) in late:
        yield Swap(parties[party], codes[b], codes[a])
