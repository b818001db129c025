"""What would unlock a target: the search for levers, each applied and solved again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, product
from math import comb

import numpy as np

from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.precedence import Edge, edges_of
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.deadlock.verdicts import Diagnosis
from detente.analysis.deadlock.wanted import wanted_target
from detente.analysis.inverse.swaps import minimal_swaps
from detente.analysis.levers.changes import (
    LEVERS,
    Change,
    Include,
    Inform,
    Order,
    Tranches,
    apply_changes,
)
from detente.analysis.levers.examine import Examined
from detente.analysis.levers.offers import (
    LeverSet,
    lever_set,
    rank,
    structural_changes,
    tranche_options,
)
from detente.analysis.levers.search import Search, Stopped, relevant_swaps
from detente.analysis.levers.trial import Trial, exchanges
from detente.analysis.levers.unlocking import Searched, Unlocking
from detente.analysis.results import Origin
from detente.analysis.stability import check_sequences
from detente.concepts.concept import Concept
from detente.concepts.table import choose
from detente.model.case import Case
from detente.model.parts import Ranking

__all__ = ["MOST_SINGLES", "SWAP_STATES", "unlock"]

SWAP_STATES = 64
"""Up to this many feasible states swaps are full members of the search; above, singles only."""

DEFAULT_SIZE = 2
"""Largest number of changes that is covered completely, whatever it takes, if none is named."""

LARGEST_SIZE = 4
"""Largest number of changes tried if none is named; swaps take part while they are few enough."""

MOST_WORK = 10_000
"""Most sets of one size above :data:`DEFAULT_SIZE` that are tried if none is named."""

MOST_SINGLES = 2_000
"""Above :data:`SWAP_STATES`, most single swaps tried unless the caller sets another limit."""

MOST_CELLS = 1 << 16
"""Most combinations of levels of a case with tranches."""


def unlock(
    case: Case | Scenario,
    *,
    to: str | None = None,
    concept: str = "seq",
    sequences: str = "legal",
    size: int | None = None,
    swaps: int | None = MOST_SINGLES,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
    edges: tuple[Edge, ...] = (),
) -> Unlocking:
    """Search for what would unlock a target: each change is applied and the case solved again.

    A set of levers *opens* a target if the target is in the zone of agreement and its kind is
    ``open`` in the changed model. Single changes are tried first, then pairs (then more, up to
    ``size``); the search stops at the first size that opens the target unless ``size`` is given.
    Only minimal opening sets are listed as opening.

    Levers: joint moves (Admati and Perry 1991), guarantors (Walter 2002), snap-backs, tranches
    (Lockwood and Thomas 2002), preference swaps (Kinsara 2014), including or containing an outside
    party (Cunningham 2011, Stedman 1997), correcting a perception, and the order of steps.

    Args:
        case: the case, or a scenario with joint moves.
        to: the target; by default the headline of the diagnosis.
        concept: id of a solution concept.
        sequences: rule for sequences of sanctioning moves.
        size: go on to sets of up to this many changes even where a smaller set opens.
        swaps: above 64 states, most single swaps that are tried; ``None``: all.
        stop: asked again and again; True ends the search, which then says what it covered.
        progress: called with (changed models tried, changed models known to be ahead).
        edges: more precedence edges, for the lever ``order``.

    Raises:
        CaseError: as :func:`~detente.analysis.deadlock.diagnosis.diagnose`.
    """
    scenario = Scenario.of(case)
    rule = check_sequences(sequences)
    (chosen,) = choose(scenario.case, [concept])
    target = None if to is None else wanted_target(scenario.case, to)
    diagnosis = diagnose(scenario, concept=concept, sequences=rule, to=target, edges=edges)
    focus = diagnosis.focus
    origin = Origin.of(scenario.case, rule)
    if focus is None:
        nothing = Searched((), True, "no-target", {}, {}, 0)
        return Unlocking(diagnosis, origin, chosen.id, None, diagnosis.kind, (), nothing)
    run = _Run(diagnosis, focus.state, chosen, rule, stop or (lambda: False), progress, size, edges)
    run.most_swaps = swaps
    levers = run.levers()
    return Unlocking(diagnosis, origin, chosen.id, focus.state, focus.kind, levers, run.searched())


class _Run:
    def __init__(
        self,
        diagnosis: Diagnosis,
        target: str,
        concept: Concept,
        rule: str,
        stop: Callable[[], bool],
        progress: Callable[[int, int], None] | None,
        size: int | None,
        edges: tuple[Edge, ...],
    ) -> None:
        self.diagnosis, self.target = diagnosis, target
        self.scenario, self.case = diagnosis.scenario, diagnosis.scenario.case
        self.concept, self.rule, self.stop, self.progress = concept, rule, stop, progress
        self.edges = edges
        self.asked = size
        self.base = Examined(self.scenario, target, concept, rule)
        self.trial = Trial(self.scenario, target, concept, rule)
        spoilers = self.base.flags.get("spoiler", [])
        self.structural = structural_changes(self.case, target, [s["party"] for s in spoilers])
        self.able, self.needs = tranche_options(self.case, target)
        self.few = self.trial.base.size <= SWAP_STATES
        self.most_swaps: int | None = MOST_SINGLES
        self.sizes: list[int] = []
        self.partial: set[str] = set()  # levers that were not tried in every combination
        self.stopped = False
        self.reason = "size"
        self.ticks = 0
        self._divided: dict[tuple[Tranches, ...], Trial] = {}

    # The search.

    def levers(self) -> tuple[LeverSet, ...]:
        """Return all sets to list, best first."""
        found = [*self._orders(), *self._includes(), *self._informs()]
        idle: list[Change]
        if self.base.kind == "open":
            self.reason = "open"
        else:
            opening = self._opening()
            found += [lever_set(self.base, changes) for changes in opening]
            single = {changes for changes in opening if len(changes) == 1}
            idle = [change for change in self.structural if self._valid(change)]
            idle += [
                Tranches(option, levels[0])
                for option, levels in self.able.items()
                if self._divide((Tranches(option, levels[0]),)) is not None
            ]
            found += [lever_set(self.base, (c,)) for c in idle if (c,) not in single]
        return tuple(sorted(found, key=lambda own: rank(own, self.case)))

    def _valid(self, change: Change) -> bool:
        return Search(self.trial, (), 0, self.stop, self._tick).valid((change,))

    def _opening(self) -> list[tuple[Change, ...]]:
        most = self.asked or LARGEST_SIZE
        search = Search(self.trial, self.structural, most if self.few else 0, self.stop, self._tick)
        found: list[tuple[Change, ...]] = []
        try:
            for size in range(1, most + 1):
                if self.asked is None and size > DEFAULT_SIZE and self._work(size) > MOST_WORK:
                    search = Search(self.trial, self.structural, 0, self.stop, self._tick)
                    self.partial.add("preference")  # from here on without swaps
                found += search.opening(size)
                found += self._with_tranches(size, found)
                self.sizes.append(size)
                if found and self.asked is None:
                    self.reason = "found"
                    break
            else:
                if not found and self.asked is None and self.few:
                    found += self._more_swaps()
            if not self.few:
                self._add_single_swaps(found)
        except Stopped:
            self.stopped = True
            self.reason = "found" if found and self.asked is None else "stopped"
        if search.truncated:
            self.partial.add("preference")
        return found

    def _work(self, size: int) -> int:
        """Return how many sets of a size there are."""
        swaps = sum(len(exchanges(player.payoffs)) for player in self.trial.base.players)
        return comb(len(self.structural) + (swaps if self.few else 0), size)

    def _tick(self) -> None:
        self.ticks += 1
        if self.progress is not None:
            self.progress(self.ticks, self.ticks)

    def _add_single_swaps(self, found: list[tuple[Change, ...]]) -> None:
        """Above 64 states, spend what time is left on single swaps: they are very many."""
        swaps: list[tuple[Change, ...]] = []
        try:
            swaps.extend(self._single_swaps())  # keeps what came before a stop
        except Stopped:
            self.partial.add("preference")
            raise
        finally:
            if swaps and self.asked is None:  # the search ends at the first size that opens
                found[:] = [changes for changes in found if len(changes) == 1]
                self.sizes, self.reason = [1], "found"
            found += swaps

    def _single_swaps(self) -> Iterator[tuple[Change, ...]]:
        """Above 64 states: the single swaps that can matter, while there is time."""
        codes = {code: k for k, code in enumerate(self.trial.codes)}
        for count, swap in enumerate(relevant_swaps(self.trial)):
            self._tick()
            if self.stop():
                raise Stopped
            if self.most_swaps is not None and count >= self.most_swaps:
                self.partial.add("preference")
                return
            party = self.case.party_ids.index(swap.party)
            pair = codes[swap.raise_state], codes[swap.above]
            payoffs = self.trial.after({party: [pair]})
            if payoffs is not None and self.trial.opens((), payoffs):
                yield (swap,)

    def _more_swaps(self) -> list[tuple[Change, ...]]:
        """Look for larger sets of swaps only, by the exact inverse search."""
        place = {code: k for k, code in enumerate(self.trial.codes)}

        def opens(changed: Case) -> bool:
            payoffs = {}
            for i, (was, now) in enumerate(zip(self.case.parties, changed.parties, strict=True)):
                if was is not now and isinstance(now.preferences, Ranking):
                    payoffs[i] = own = np.zeros(len(place), dtype=np.int64)
                    for rank, tier in enumerate(reversed(now.preferences.tiers)):
                        own[[place[state] for state in tier]] = rank
            return self.trial.opens((), payoffs)

        if self.base.in_zone and not self.base.unstable_for:
            return []  # the inverse search starts from stability, which is not what is amiss
        result = minimal_swaps(
            self.case,
            self.target,
            self.concept.id,
            self.rule,
            accept=opens,
            stop=self.stop,
        )
        if result.size is None or result.size <= max(self.sizes, default=0):
            return []
        self.reason = "found"
        return [solution.swaps for solution in result.solutions]

    # Tranches: they change the states, so each division is a base of its own.

    def _with_tranches(
        self, size: int, found: list[tuple[Change, ...]]
    ) -> Iterator[tuple[Change, ...]]:
        known = [frozenset(own) for own in found]
        for count in range(1, min(size, len(self.able)) + 1):
            for options in combinations(self.able, count):
                done: set[frozenset[Change]] = set()
                ways = product(*(self.able[option] for option in options))
                for levels in sorted(ways, key=lambda way: (sum(way), way)):
                    divided = tuple(map(Tranches, options, levels))
                    trial = self._divide(divided)
                    if trial is None:
                        continue
                    rest = structural_changes(trial.case, trial.code, ())
                    more = [c for c in self.structural if c.to_dict()["lever"] == "contain"]
                    search = Search(trial, (*rest, *more), 0, self.stop, self._tick)
                    for changes in search.opening(size - count):
                        other = frozenset(changes)
                        whole = {*other, *divided}
                        names = {*other, *options}
                        if other in done or any(own <= whole for own in known):
                            continue
                        if any(self._covers(own, names) for own in known):
                            continue
                        done.add(other)
                        known.append(frozenset(whole))
                        yield (*divided, *changes)

    def _covers(self, found: frozenset[Change], names: set[Change | str]) -> bool:
        """Tell whether a set found needs no more than these changes, whatever the levels."""
        return all((c.option if isinstance(c, Tranches) else c) in names for c in found)

    def _divide(self, divided: tuple[Tranches, ...]) -> Trial | None:
        if divided not in self._divided:
            cells = self.case.cells
            for change in divided:
                index = [option.key for option in self.case.options].index(change.option)
                cells = cells // len(self.case.options[index].levels) * change.levels
            if cells > MOST_CELLS or self.scenario.joint_moves:
                self.partial.add("tranches")
                return None
            scenario, target = apply_changes(self.scenario, divided, self.target)
            self._divided[divided] = Trial(scenario, target, self.concept, self.rule)
        return self._divided[divided]

    # Levers that are listed, and cannot open anything.

    def _orders(self) -> Iterator[LeverSet]:
        """The stop-proof path, where it opens, or is not in the order that a party demands."""
        path = self.base.path
        if path is None:
            return
        against = [
            edge.to_dict()
            for edge in (*edges_of(self.case), *self.edges)
            if edge.party is not None and not _follows(path.states, edge, self.case)
        ]
        if self.base.kind == "open" or against:
            own = lever_set(self.base, (Order(path),), deep=False)
            yield replace(own, against=tuple(against))

    def _includes(self) -> Iterator[LeverSet]:
        for party in self.case.parties:
            if party.outside:
                own = lever_set(self.base, (Include(party.id),), deep=False)
                if own.cures or own.kind != self.base.kind:
                    yield own

    def _informs(self) -> Iterator[LeverSet]:
        if not self.case.perceptions:
            return
        beliefs = [(p.viewer, p.seen) for p in self.case.perceptions]
        raised = "misperception" in self.diagnosis.flags
        for size in range(1, len(beliefs) + 1):
            found = []
            for chosen in combinations(beliefs, size):
                changes = tuple(Inform(*belief) for belief in chosen)
                own = lever_set(self.base, changes, deep=False)
                seen = diagnose(
                    own.scenario, concept=self.concept.id, sequences=self.rule, to=self.target
                )
                if "misperception" not in seen.flags and raised:
                    kind = seen.target(self.target).kind
                    cures = (*own.cures, "misperception")
                    found.append(replace(own, cures=cures, perceived_kind=kind))
            yield from found
            if found or not raised:
                return

    def searched(self) -> Searched:
        """Say what was covered."""
        graph = self.case.graph is not None
        levers = dict.fromkeys(LEVERS, "all")
        levers |= dict.fromkeys(("include", "order", "inform"), "listed")
        levers["preference"] = "all" if self.few or self.sizes == [1] else "singles"
        levers["tranches"] = "all" if self.able else "does-not-apply"
        if self.needs:
            levers["tranches"] = "partly" if self.able else "needs-preferences"
        levers |= dict.fromkeys(self.partial, "partly")
        if graph:
            names = ("joint-move", "guarantor", "snap-back", "tranches")
            levers |= dict.fromkeys(names, "does-not-apply")
        if not self.case.perceptions:
            levers["inform"] = "does-not-apply"
        if not any(party.outside for party in self.case.parties):
            levers |= dict.fromkeys(("include", "contain"), "does-not-apply")
        if self.reason == "open":
            levers = {
                n: "not-needed" if how in ("all", "singles") else how for n, how in levers.items()
            }
        complete = not self.stopped and not {"singles", "partly"} & set(levers.values())
        return Searched(
            tuple(self.sizes), complete, self.reason, levers, self.needs, self.trial.tried
        )


def _follows(states: tuple[str, ...], edge: Edge, case: Case) -> bool:
    """Tell whether a path respects "X before Y": Y never becomes true while X is not."""
    return all(
        not edge.after.holds(case.levels(state))
        or edge.before.holds(case.levels(state))
        or edge.after.holds(case.levels(states[0]))
        for state in states
    )
