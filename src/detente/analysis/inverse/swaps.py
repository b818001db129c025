"""The smallest change of preferences that makes a target stable: adjacent swaps, exactly.

For one party let ``stable'`` be its condition with every move of the others taken for an
improvement: necessary, and exact where answers need not be improvements. A swap changes the
difference in tiers between the target and any state by at most one, but for the two of them when
they are neighbours, so after d swaps only states at most d tiers above the target can have stopped
being preferred to it; and lifting the target by d tiers does stop all of these. Hence the least d
for which ``stable'`` holds once all states within d tiers are not preferred is exactly the party's
distance to it. It guides an A* search over each party's rankings; sums over the parties are
deepened one swap at a time, so that the first size with a solution is the least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from detente.analysis.inverse.preference_changes import Tiers, with_ranking
from detente.analysis.inverse.rankings import Rankings, Stopped
from detente.analysis.inverse.target import Bits, TargetGame, Tierlist
from detente.analysis.results import Origin
from detente.analysis.stability import check_sequences
from detente.concepts.table import choose
from detente.model.case import Case

__all__ = [
    "MOST_CALLS",
    "MOST_KEPT",
    "MOST_RANKINGS",
    "Swap",
    "SwapSearch",
    "SwapSolution",
    "minimal_swaps",
]

MOST_RANKINGS = 200_000
"""Most rankings looked at before the search gives up."""

MOST_CALLS = 20_000
"""Most profiles handed to ``accept`` before the search gives up."""

MOST_KEPT = 1_000
"""Most solutions that are kept; all are counted."""


@dataclass(frozen=True, slots=True)
class Swap:
    """In a party's ranking a state rises above the one that stood just above it.

    Attributes:
        party: whose ranking.
        raise_state: the state that rises.
        above: the state above which it rises.
    """

    party: str
    raise_state: str
    above: str

    def to_dict(self) -> dict[str, str]:
        """Return the change as ``unlock --json`` has it."""
        return {
            "lever": "preference",
            "party": self.party,
            "raise": self.raise_state,
            "above": self.above,
        }


@dataclass(frozen=True, slots=True)
class SwapSolution:
    """One profile of rankings that does it.

    Attributes:
        swaps: a shortest sequence that leads there, in the order in which it is applied.
        rankings: party id -> its new ranking, for the parties whose ranking changes.
    """

    swaps: tuple[Swap, ...]
    rankings: dict[str, Tiers]

    def apply(self, case: Case) -> Case:
        """Return the case with these rankings."""
        for party, tiers in self.rankings.items():
            case = with_ranking(case, party, tiers)
        return case


@dataclass(frozen=True, slots=True)
class SwapSearch:
    """The result of :func:`minimal_swaps`.

    Attributes:
        origin: how to repeat it.
        concept, target: what is to be an equilibrium, under which concept.
        parties: whose rankings may change.
        size: the least number of swaps; ``None`` if none was found. It is exact: all smaller
            numbers were covered.
        solutions: profiles of that size, one shortest sequence for each; at most the first 1,000.
        found: how many profiles of that size there are, as far as the search went.
        covered: every profile within this many swaps was covered; -1: none.
        complete: True if all solutions of the least size were found, or there is none at all.
        impossible: True if no number of swaps can do it.
    """

    origin: Origin
    concept: str
    target: str
    parties: tuple[str, ...]
    size: int | None
    solutions: tuple[SwapSolution, ...]
    found: int
    covered: int
    complete: bool
    impossible: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {
            **self.origin.to_dict(),
            "concept": self.concept,
            "to": self.target,
            "parties": list(self.parties),
            "size": self.size,
            "solutions": [[swap.to_dict() for swap in s.swaps] for s in self.solutions],
            "found": self.found,
            "covered": self.covered,
            "complete": self.complete,
            "impossible": self.impossible,
        }


def minimal_swaps(
    case: Case,
    target: str,
    concept: str = "seq",
    sequences: str = "legal",
    parties: Iterable[str] | None = None,
    most: int | None = None,
    accept: Callable[[Case], bool] | None = None,
    stop: Callable[[], bool] | None = None,
) -> SwapSearch:
    """Find the least number of adjacent swaps after which a target is an equilibrium.

    Minimum-cost preference change is NP-hard in general (Rego et al.), so the search can be
    stopped; what it returns then says what it covered.

    Args:
        case: the case.
        target: a feasible state: code or label.
        concept: id of a solution concept.
        sequences: rule for sequences of sanctioning moves.
        parties: whose rankings may change; ``None`` for all.
        most: the largest number of swaps to try; ``None``: until a solution is found, none can
            exist, or :data:`MOST_RANKINGS` or :data:`MOST_CALLS` is reached.
        accept: what else must hold of the changed case.
        stop: asked again and again; True ends the search.

    Returns:
        All profiles of the least size, in a fixed order. Size 0 with one empty solution means
        that nothing need change.

    Raises:
        CaseError: if there is no such party, state or concept.

    Example:
        >>> import detente
        >>> case = detente.load("cases/us-taliban-2019/two-step.yaml")
        >>> minimal_swaps(case, "11").solutions[0].swaps
        (Swap(party='taliban', raise_state='11', above='10'),)
    """
    rule = check_sequences(sequences)
    (row,) = choose(case, [concept])
    game = TargetGame(case, target, row, rule)
    varied = case.party_ids if parties is None else tuple(case.party(p).id for p in parties)
    search = _Search(game, frozenset(varied), accept, stop or (lambda: False))
    size = search.run(most)
    return SwapSearch(
        origin=Origin.of(case, rule),
        concept=row.id,
        target=game.codes[game.target],
        parties=tuple(party for party in case.party_ids if party in varied),
        size=size,
        solutions=tuple(sorted(search.solutions, key=_order(case))),
        found=search.found,
        covered=search.covered,
        complete=search.impossible or (size is not None and search.covered >= size),
        impossible=search.impossible,
    )


def _order(case: Case) -> Callable[[SwapSolution], tuple[Any, ...]]:
    place = {party: k for k, party in enumerate(case.party_ids)}

    def key(solution: SwapSolution) -> tuple[Any, ...]:
        movers = [place[party] for party in solution.rankings]
        return (
            len(movers),
            movers,
            [(place[s.party], s.raise_state, s.above) for s in solution.swaps],
        )

    return key


class _Search:
    def __init__(
        self,
        game: TargetGame,
        varied: frozenset[str],
        accept: Callable[[Case], bool] | None,
        stop: Callable[[], bool],
    ) -> None:
        self.game = game
        self.accept = accept
        self.stop = stop
        self.calls = 0
        self.looked = 0
        self.solutions: list[SwapSolution] = []
        self.found = 0
        self.covered = -1
        self.impossible = False
        self.own = [Rankings(game, i, game.case.party_ids[i] in varied) for i in game.parties]
        # Parties whose rankings are fixed first: they leave least to be tried.
        self.order = sorted(game.parties, key=lambda i: (self.own[i].varies, i))
        self.verdicts: dict[tuple[object, ...], bool] = {}
        self.least: list[int] = []

    def run(self, most: int | None) -> int | None:
        """Deepen until a size has a solution; return it."""
        least = [own.least([o.attainable(None) for o in self.own]) for own in self.own]
        costs = [cost for cost in least if cost is not None]
        if len(costs) < len(least):
            self.impossible = True
            return None
        size = sum(costs)
        self.covered = size - 1
        while most is None or size <= most:
            whole = self._try(size)
            if whole:
                self.covered = size
            if self.found:
                return size
            if not whole:
                return None
            furthest = [own.furthest for own in self.own]
            if None not in furthest and sum(far or 0 for far in furthest) <= size:
                self.impossible = True
                return None
            size += 1
        self.covered = max(self.covered, most)
        return None

    def _try(self, size: int) -> bool:
        """Look for solutions with so many swaps; tell whether all profiles were covered."""
        try:
            self._pause()
        except Stopped:
            return False
        bounds = self._bounds(size)
        if bounds is None:
            return True
        self.least = bounds
        whole = self._explore(size)
        return self._combine(size) and whole

    def _bounds(self, size: int) -> list[int] | None:
        """Return each party's least number of swaps in a profile of this size.

        What a party can spend is the size less what the others need; what it can spend limits
        the improvements with which it answers; and these what the others need.

        Returns:
            ``None`` if no profile of this size can do it.
        """
        needs = [0] * len(self.own)
        while True:
            spare = size - sum(needs)
            improving = [o.attainable(n + spare) for o, n in zip(self.own, needs, strict=True)]
            found = [own.least(improving) for own in self.own]
            now = [cost for cost in found if cost is not None]
            if len(now) < len(found) or sum(now) > size:
                return None
            if now == needs:
                return needs
            needs = now

    def _pause(self) -> None:
        self.looked += 1
        if self.looked >= MOST_RANKINGS or self.stop():
            raise Stopped

    def _explore(self, size: int) -> bool:
        """Explore every party's rankings as far as the size allows; tell whether it could."""
        spare = size - sum(self.least)
        try:
            for own, least in zip(self.own, self.least, strict=True):
                own.explore(least + spare, self._pause)
        except Stopped:
            return False
        return True

    def _combine(self, size: int) -> bool:
        """Find the profiles of a size among the rankings known; tell whether all were tried."""
        try:
            for chosen in self._profiles(0, size, (), [None] * len(self.own)):
                self._count(chosen)
        except Stopped:
            return False
        return True

    def _profiles(
        self,
        step: int,
        left: int,
        chosen: tuple[list[Tierlist], ...],
        improving: Sequence[Bits | None],
        below: tuple[Bits, ...] = (),
    ) -> Iterator[tuple[list[Tierlist], ...]]:
        """Yield, for each combination of what matters, the rankings of each party with it."""
        if step == len(self.order):
            if left == 0:
                yield chosen
            return
        party = self.order[step]
        reserved = sum(self.least[j] for j in self.order[step + 1 :])
        last = step + 1 == len(self.order)
        for cost in [left] if last else range(left - reserved + 1):
            for (own_below, own_improving), rankings in self.own[party].at(
                cost, nearest=self.accept is None
            ):
                if self.stop():
                    raise Stopped
                arcs = list(improving)
                arcs[party] = own_improving
                known = (*below, own_below)
                pairs = zip(self.order, known, strict=False)
                if all(self._stable(i, b, arcs) for i, b in pairs):
                    yield from self._profiles(
                        step + 1, left - cost, (*chosen, rankings), arcs, known
                    )

    def _stable(self, party: int, below: Bits, arcs: Sequence[Bits | None]) -> bool:
        if not self.game.coupled:
            return True  # it is in `at` because its own condition holds
        key = (party, below, *(None if j == party else a for j, a in enumerate(arcs)))
        if key not in self.verdicts:
            self.verdicts[key] = self.game.stable(party, below, arcs)
        return self.verdicts[key]

    def _count(self, chosen: tuple[list[Tierlist], ...]) -> None:
        if self.accept is None:
            total = 1
            for rankings in chosen:
                total *= len(rankings)
            self.found += total
        for profile in product(*chosen):
            if self.accept is None and len(self.solutions) >= MOST_KEPT:
                return
            solution = self._solution(dict(zip(self.order, profile, strict=True)))
            if self.accept is not None:
                self.calls += 1
                if self.calls > MOST_CALLS or self.stop():
                    raise Stopped
                if not self.accept(solution.apply(self.game.case)):
                    continue
                self.found += 1
                if len(self.solutions) >= MOST_KEPT:
                    continue
            self.solutions.append(solution)

    def _solution(self, profile: dict[int, Tierlist]) -> SwapSolution:
        codes, ids = self.game.codes, self.game.case.party_ids
        swaps: list[Swap] = []
        rankings: dict[str, Tiers] = {}
        for i in sorted(profile):
            way = self.own[i].way(profile[i])
            if way:
                swaps.extend(Swap(ids[i], codes[low], codes[high]) for low, high in way)
                rankings[ids[i]] = self.own[i].named(profile[i])
        return SwapSolution(tuple(swaps), rankings)
