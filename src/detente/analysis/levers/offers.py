"""Which levers a case offers for a target, and what a set of them does when solved again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.deadlock.verdicts import Path
from detente.analysis.levers.changes import (
    LEVERS,
    Change,
    Contain,
    Exchange,
    Guarantor,
    Inform,
    Order,
    SnapBack,
    Swap,
    Tranches,
    apply_changes,
    guaranteed,
    owners_changed,
    returnable,
)
from detente.analysis.levers.examine import Examined, Exposure
from detente.analysis.levers.patches import Edit, patch_of
from detente.analysis.levers.tranches import choices, needs_preferences
from detente.concepts.table import CONCEPTS
from detente.model.case import Case
from detente.model.errors import CaseError

__all__ = ["Harm", "LeverSet", "lever_set", "rank", "structural_changes", "tranche_options"]


@dataclass(frozen=True, slots=True)
class Harm:
    """What a change worsens, taken alone.

    Attributes:
        change: its index in the set.
        effect: ``path-lost`` (there was a stop-proof path, and is none), ``stability-lost`` (the
            target was an equilibrium, and is none) or ``zone-lost``.
        kind: the kind of the target with this change alone.
    """

    change: int
    effect: str
    kind: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"change": self.change, "effect": self.effect, "kind": self.kind}


@dataclass(frozen=True)
class LeverSet:
    """A set of changes, and what the changed case gives when it is solved again.

    Attributes:
        changes: in the order in which they apply.
        kind: the kind of the target in the changed model, or ``not-in-zone``.
        target: the target in the changed model (tranches change the codes of states).
        stable_under: the concepts under which it is stable for every party.
        unstable_for: the parties that would leave it under the concept.
        path: a shortest stop-proof path to it, if there is one.
        exposed: who is exposed at each step of it.
        residual: what must still be believed (plain data, each with ``belief``).
        harms: what its changes worsen, each taken alone.
        cures: flags of the target or the case that the set removes.
        gains_flags: flags that it adds.
        patch: the edits of the case file.
        scenario: the changed scenario.
        perceived_kind: ``inform``: the kind of the target as the parties then see it.
        against: ``order``: the precedence demands that the path does not follow.
    """

    changes: tuple[Change, ...]
    kind: str
    target: str
    stable_under: tuple[str, ...]
    unstable_for: tuple[str, ...]
    path: Path | None
    exposed: tuple[Exposure, ...]
    residual: tuple[Mapping[str, Any], ...]
    harms: tuple[Harm, ...]
    cures: tuple[str, ...]
    gains_flags: tuple[str, ...]
    patch: tuple[Edit, ...]
    scenario: Scenario
    perceived_kind: str | None = None
    against: tuple[Mapping[str, Any], ...] = ()

    @property
    def opens(self) -> bool:
        """True if an agreed schedule is enough in the changed model."""
        return self.kind == "open"

    @property
    def case(self) -> Case:
        """The changed case (without joint moves, which format 1 cannot say)."""
        return self.scenario.case

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, in the shape of ``unlock --json``."""
        return {
            "changes": [change.to_dict() for change in self.changes],
            "kind": self.kind,
            "opens": self.opens,
            "to": self.target,
            "stable_under": list(self.stable_under),
            "unstable_for": list(self.unstable_for),
            "path": list(self.path.states) if self.path else None,
            "movers": self.path.movers_json() if self.path else None,
            "exposed": [exposure.to_dict() for exposure in self.exposed],
            "residual": [dict(belief) for belief in self.residual],
            "harms": [harm.to_dict() for harm in self.harms],
            "cures": list(self.cures),
            "gains_flags": list(self.gains_flags),
            "patch": [edit.to_dict() for edit in self.patch],
            "perceived_kind": self.perceived_kind,
            "against": [dict(edge) for edge in self.against],
        }


def structural_changes(case: Case, target: str, spoilers: Sequence[str]) -> tuple[Change, ...]:
    """Return the changes that leave preferences and states alone and do change something.

    Args:
        case: the case.
        target: its code or label.
        spoilers: the parties flagged ``spoiler`` at the target.
    """
    contain = tuple(Contain(party) for party in spoilers)
    if case.graph is not None:
        return contain
    assert case.status_quo is not None
    found: list[Change] = []
    movers = owners_changed(case, target)
    if len(movers) >= 2:
        found.append(Exchange(movers))
    changed = [
        (option, int(a), int(b))
        for option, a, b in zip(case.options, case.status_quo, target, strict=True)
        if a != b
    ]
    for option, a, b in changed:
        if guaranteed(option, a, b) != option.arcs:
            found.append(Guarantor(option.owner, option.key))
    for option, a, b in changed:
        if returnable(option, a, b) != option.arcs:
            found.append(SnapBack(option.owner, option.key))
    return (*found, *contain)


def tranche_options(
    case: Case, target: str
) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[str, ...]]]:
    """Return the options that can be divided into tranches, and those that need preferences.

    Returns:
        Option -> numbers of levels that it can get, for options that change; and option -> the
        parties whose preferences over new levels are not known.
    """
    able: dict[str, tuple[int, ...]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    if case.graph is not None or case.status_quo is None:
        return able, unknown
    for option, a, b in zip(case.options, case.status_quo, target, strict=True):
        if a == b:
            continue
        needs = needs_preferences(case, option.key)
        if needs:
            unknown[option.key] = needs
        elif choices(option):
            able[option.key] = tuple(choices(option))
    return able, unknown


def lever_set(base: Examined, changes: tuple[Change, ...], *, deep: bool = True) -> LeverSet:
    """Apply changes to the base and solve the changed case again, from scratch.

    Args:
        base: the target in the unchanged scenario.
        changes: in order.
        deep: also look at what each change does alone.
    """
    after = _after(base, changes)
    before_flags, after_flags = base.flags, after.flags if after.in_zone else {}
    return LeverSet(
        changes=changes,
        kind=after.kind,
        target=after.state,
        stable_under=after.stable_under,
        unstable_for=after.unstable_for,
        path=after.path if after.in_zone else None,
        exposed=after.exposures if after.in_zone else (),
        residual=_residual(changes, after) if after.in_zone else (),
        harms=_harms(base, changes, after) if deep else (),
        cures=tuple(f for f in before_flags if f not in after_flags) if after.in_zone else (),
        gains_flags=tuple(f for f in after_flags if f not in before_flags),
        patch=patch_of(base.scenario, after.scenario),
        scenario=after.scenario,
    )


def _after(base: Examined, changes: tuple[Change, ...]) -> Examined:
    scenario, target = apply_changes(base.scenario, changes, base.state)
    return Examined(scenario, target, base.concept, base.rule)


def _harms(base: Examined, changes: tuple[Change, ...], after: Examined) -> tuple[Harm, ...]:
    found = []
    for k, change in enumerate(changes):
        try:
            alone = after if len(changes) == 1 else _after(base, (change,))
        except CaseError:  # a swap that only another makes adjacent
            continue
        if not alone.in_zone:
            effects = ["zone-lost"]
        else:
            effects = ["path-lost"] if base.path and not alone.path else []
            if alone.unstable_for and not base.unstable_for:
                effects.append("stability-lost")
        found += [Harm(k, effect, alone.kind) for effect in effects]
    return tuple(found)


def _residual(changes: tuple[Change, ...], after: Examined) -> tuple[Mapping[str, Any], ...]:
    """Return what must still be believed for the changed model to be true."""
    found: list[Mapping[str, Any]] = []
    for change in changes:
        match change:
            case Exchange(parties):
                found.append({"belief": "simultaneity", "parties": list(parties)})
            case Guarantor(party, option):
                found.append({"belief": "guarantee", "party": party, "option": option})
            case SnapBack(party, option):
                found.append({"belief": "return", "party": party, "option": option})
            case Contain(party):
                found.append({"belief": "containment", "party": party})
            case Swap(party, raised, above):
                found.append(
                    {"belief": "preference", "party": party, "raise": raised, "above": above}
                )
            case Inform(viewer, seen):
                found.append({"belief": "information", "party": viewer, "about": seen})
            case Tranches(option, levels):
                found.append({"belief": "interpolation", "option": option, "levels": levels})
                if after.exposures:
                    found.append({"belief": "last-step", **after.exposures[-1].to_dict()})
            case _:
                pass
    found += [threat.to_dict() for threat in after.threats]
    found += [
        {"belief": "going-on", "party": list(own.stops), "at": own.at, "exposes": own.exposed[0][0]}
        for own in after.exposures
        if own.exposed
    ]
    return tuple(found)


def rank(found: LeverSet, case: Case) -> tuple[Any, ...]:
    """Return the sort key of a set: opening first, then size, strength, and who must act.

    Strength: the strongest concept under which the target is stable, by the number of concepts
    that it implies (Nash, then SSEQ, then SEQ and SMR, then GMR). Who: parties at the table before
    outsiders. Then the kinds of lever in a fixed order, and the order of declaration.
    """
    outside = {party.id for party in case.parties if party.outside}
    strength = max((len(CONCEPTS[c].implies) for c in found.stable_under), default=-1)
    actors = [party for change in found.changes for party in _actors(change)]
    kinds = [LEVERS.index(change.to_dict()["lever"]) for change in found.changes]
    places = [case.party_ids.index(party) for party in actors if party in case.party_ids]
    return (
        not found.opens,
        len(found.changes),
        -strength,
        sum(party in outside for party in actors),
        kinds,
        places,
        [str(change.to_dict()) for change in found.changes],
    )


def _actors(change: Change) -> tuple[str, ...]:
    match change:
        case Exchange(parties):
            return parties
        case Tranches(option):
            return (option.split(".")[0],)
        case Order():
            return ()
    return (change.party,)
