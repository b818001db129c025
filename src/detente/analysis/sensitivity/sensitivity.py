"""Which stated preferences the headline of a diagnosis hangs on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain

from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.results import Origin
from detente.analysis.sensitivity.rediagnosis import Outcome, Rediagnosis
from detente.analysis.sensitivity.results import (
    Preference,
    Sensitivity,
    Tried,
    Variation,
    Verdict,
)
from detente.analysis.sensitivity.variations import Change, Drop, Stated, drops, stated, swaps
from detente.analysis.stability import check_sequences
from detente.concepts.table import choose
from detente.model.case import Case

__all__ = ["MOST_WORK", "sensitivity"]

MOST_WORK = 2_000_000
"""Most changes times feasible states that are tried unless the caller sets another limit."""


def sensitivity(
    case: Case | Scenario,
    concept: str = "seq",
    sequences: str = "legal",
    *,
    work: int | None = MOST_WORK,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """Say which stated preferences the headline of a diagnosis hangs on.

    Each stated preference of each party is dropped, and swapped with its neighbour, one change at
    a time, and the changed case is diagnosed again, exactly. The *headline* is whether there is a
    deadlock, of which kind, and with which target as its witness. A preference is a *hinge* if
    dropping it, or swapping it with a neighbour, changes one of the three.

    Priorities: a statement is left out, or changes places with the next. Weights: a statement
    gets the weight 0, or exchanges the size of its weight (not the sign) with one of the next
    smaller size. Rankings: two neighbouring tiers become one, or one state of each exchanges
    tiers, which is the adjacent swap of the lever ``preference``.

    All drops are tried before all swaps. It says what the headline rests on in the model, not how
    sure the model is.

    Args:
        case: the case, or a scenario with joint moves.
        concept: id of a solution concept.
        sequences: rule for sequences of sanctioning moves.
        work: most changes times feasible states; ``None``: no limit. The result says whether
            every change was tried.
        stop: asked before each change; True ends it, and the result says so.
        progress: called with (changes tried, changes there are).

    Raises:
        CaseError: as :func:`~detente.analysis.deadlock.diagnosis.diagnose`.

    Example:
        >>> import detente
        >>> case = detente.load("cases/us-taliban-2019/two-step.yaml")
        >>> found = detente.sensitivity(case)
        >>> found.unchanged, len(found.variations)
        (5, 10)
    """
    scenario = Scenario.of(case)
    case = scenario.case
    rule = check_sequences(sequences)
    (chosen,) = choose(case, [concept])
    base = diagnose(scenario, concept=chosen.id, sequences=rule)
    again = Rediagnosis(scenario, chosen, rule, base.witness)
    preferences = stated(case)
    total = sum(own.droppable + own.swappable for own in preferences)
    most = total if work is None else work // again.states
    headline = (base.deadlock, base.kind, base.witness)
    found: list[Variation] = []
    reason = "all" if total else "nothing-stated"
    changes: Iterator[Change] = chain(drops(preferences), swaps(preferences))
    for change in changes:
        if len(found) >= most:
            reason = "limit"
            break
        if stop is not None and stop():
            reason = "stopped"
            break
        found.append(_varied(again, change, headline))
        if progress is not None:
            progress(len(found), total)
    return Sensitivity(
        diagnosis=base,
        origin=Origin.of(case, rule),
        concept=chosen.id,
        preferences=_rows(preferences, found),
        searched=Tried(len(found), total, reason),
        silent=_silent(case, preferences),
        not_varied=("perceptions",) if case.perceptions else (),
    )


def _varied(
    again: Rediagnosis, change: Change, headline: tuple[bool, str, str | None]
) -> Variation:
    order = again.reorder(change)
    outcome: Outcome = again.outcome(change.of.party, order)
    return Variation(
        change,
        outcome,
        same_order=again.same(change, order),
        unchanged=outcome.headline == headline,
    )


def _silent(case: Case, preferences: tuple[Stated, ...]) -> tuple[str, ...]:
    speaking = {own.party for own in preferences if own.droppable}
    return tuple(party for party in case.party_ids if party not in speaking)


def _rows(preferences: tuple[Stated, ...], found: list[Variation]) -> tuple[Preference, ...]:
    """Put the changes tried under the preferences that they change."""
    dropped: dict[tuple[str, int], Variation] = {}
    swapped: dict[tuple[str, int], list[Variation]] = defaultdict(list)
    touching: dict[tuple[str, int], list[Variation]] = defaultdict(list)
    for variation in found:
        own = variation.change.of
        if isinstance(variation.change, Drop):
            dropped[own.party, own.number] = variation
        else:
            swapped[own.party, own.number].append(variation)
        for number in variation.change.touches:
            touching[own.party, number].append(variation)
    possible: dict[tuple[str, int], int] = defaultdict(int)
    for own in preferences:
        possible[own.party, own.number] += own.droppable + own.swappable
        for number in own.below:
            possible[own.party, number] += 1
    rows = []
    for own in preferences:
        key = own.party, own.number
        drop = [dropped[key]] if key in dropped else []
        rows.append(
            Preference(
                stated=own,
                dropped=dropped.get(key),
                swaps=tuple(swapped[key]),
                drop=_verdict(drop, int(own.droppable)),
                swap=_verdict(swapped[key], own.swappable),
                hinge=_hinge(touching[key], possible[key]),
            )
        )
    return tuple(rows)


def _verdict(found: list[Variation], possible: int) -> Verdict:
    if not possible:
        return "does-not-apply"
    hinge = _hinge(found, possible)
    return "not-tried" if hinge is None else "changes" if hinge else "unchanged"


def _hinge(found: list[Variation], possible: int) -> bool | None:
    if not all(variation.unchanged for variation in found):
        return True
    return False if len(found) == possible else None
