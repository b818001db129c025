"""Levers as data: what each changes in a scenario. Pure functions from scenario to scenario.

``preference`` swaps are :class:`~detente.analysis.inverse.swaps.Swap`; ``tranches`` are in
:mod:`detente.analysis.levers.tranches`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeAlias

from detente.analysis.deadlock.scenario import JointMove, Scenario, with_option, with_party
from detente.analysis.deadlock.verdicts import Path
from detente.analysis.inverse.preference_changes import apply_swap
from detente.analysis.inverse.swaps import Swap
from detente.analysis.levers.tranches import Tranches, apply_tranches
from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.model.parts import Option

__all__ = [
    "LEVERS",
    "Change",
    "Contain",
    "Exchange",
    "Guarantor",
    "Include",
    "Inform",
    "Order",
    "SnapBack",
    "Swap",
    "Tranches",
    "apply_change",
    "apply_changes",
    "owners_changed",
    "with_arcs",
]

LEVERS = (
    "order",
    "joint-move",
    "guarantor",
    "snap-back",
    "tranches",
    "preference",
    "contain",
    "include",
    "inform",
)
"""The levers, in the order in which changes of one set are listed where nothing else decides."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """``joint-move``: one simultaneous move from the status quo to the target.

    An exchange or an escrow; each part goes along its own arcs, and every mover must strictly
    gain (Admati and Perry 1991 on why a step-by-step exchange can fail where this does not).

    Attributes:
        parties: those whose options change, at least two.
    """

    parties: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"lever": "joint-move", "parties": list(self.parties)}


@dataclass(frozen=True, slots=True)
class _OfOption:
    """A lever on one option.

    Attributes:
        party: who owns the option.
        option: ``party.option``.
    """

    lever: ClassVar[str]
    party: str
    option: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"lever": self.lever, "party": self.party, "option": self.option}


@dataclass(frozen=True, slots=True)
class Guarantor(_OfOption):
    """``guarantor``: an option's change can no longer be taken back (Walter 2002)."""

    lever = "guarantor"


@dataclass(frozen=True, slots=True)
class SnapBack(_OfOption):
    """``snap-back``: an option's change can be taken back."""

    lever = "snap-back"


@dataclass(frozen=True, slots=True)
class _OfParty:
    """A lever on one party."""

    lever: ClassVar[str]
    party: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"lever": self.lever, "party": self.party}


@dataclass(frozen=True, slots=True)
class Contain(_OfParty):
    """``contain``: a spoiler loses its moves (Stedman 1997)."""

    lever = "contain"


@dataclass(frozen=True, slots=True)
class Include(_OfParty):
    """``include``: an outside party comes to the table (Cunningham 2011)."""

    lever = "include"


@dataclass(frozen=True, slots=True)
class Inform:
    """``inform``: one party's belief about another's preferences is corrected.

    Attributes:
        party: whose belief.
        about: about whom.
    """

    party: str
    about: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"lever": "inform", "party": self.party, "about": self.about}


@dataclass(frozen=True, slots=True)
class Order:
    """``order``: the stop-proof path itself, as an agreed schedule; the model does not change."""

    path: Path

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "lever": "order",
            "path": list(self.path.states),
            "movers": self.path.movers_json(),
        }


Change: TypeAlias = (
    Exchange | Guarantor | SnapBack | Contain | Include | Inform | Order | Swap | Tranches
)


def apply_changes(
    scenario: Scenario, changes: Iterable[Change], target: str
) -> tuple[Scenario, str]:
    """Apply changes in the order listed.

    Args:
        scenario: to what.
        changes: what changes. Swaps in one ranking do not commute.
        target: the target, by which "towards the target" is meant (code or label).

    Returns:
        The changed scenario, and the target in it: tranches change the codes of states.

    Raises:
        CaseError: if a change cannot be made there.
    """
    for change in changes:
        scenario, target = apply_change(scenario, change, target)
    return scenario, target


def apply_change(scenario: Scenario, change: Change, target: str) -> tuple[Scenario, str]:
    """Apply one change; see :func:`apply_changes`."""
    case = scenario.case
    match change:
        case Exchange(parties):
            move = JointMove(case.state(target), parties)
            joint = (*(own for own in scenario.joint_moves if own.to != move.to), move)
            return replace(scenario, joint_moves=joint), target
        case Guarantor(_, key) | SnapBack(_, key):
            option, home, goal = _change_of(case, key, target)
            arcs = guaranteed if isinstance(change, Guarantor) else returnable
            changed = with_arcs(option, arcs(option, home, goal))
            return replace(scenario, case=with_option(case, changed)), target
        case Contain(party):
            return replace(scenario, case=_contained(case, party)), target
        case Include(party):
            at_table = replace(case.party(party), outside=False)
            return replace(scenario, case=with_party(case, at_table)), target
        case Inform(viewer, seen):
            kept = tuple(p for p in case.perceptions if (p.viewer, p.seen) != (viewer, seen))
            return replace(scenario, case=replace(case, perceptions=kept)), target
        case Swap(party, raised, above):
            return replace(scenario, case=apply_swap(case, party, raised, above)), target
        case Tranches(key, levels):
            changed_case, new_target = apply_tranches(case, key, levels, target)
            if scenario.joint_moves:
                raise CaseError(
                    "tranches come before a joint move",
                    rule="a joint move is to a state, and tranches rename the states",
                    hint="list the tranches first",
                )
            return Scenario(changed_case), new_target
        case Order():
            return scenario, target


def _change_of(case: Case, key: str, target: str) -> tuple[Option, int, int]:
    """Return an option, its level in the status quo, and its level in the target."""
    assert case.status_quo is not None
    if case.graph is not None:
        raise CaseError(
            "levers about options do not apply in graph form",
            where=Where(case.source),
            rule="a graph-form case has no options",
        )
    for k, option in enumerate(case.options):
        if option.key == key:
            return option, case.levels(case.status_quo)[k], case.levels(case.state(target))[k]
    raise CaseError(
        f"there is no option '{key}'",
        where=Where(case.source),
        rule=f"the options are {', '.join(option.key for option in case.options)}",
    )


def guaranteed(option: Option, home: int, goal: int) -> frozenset[tuple[int, int]]:
    """Return the arcs left with a guarantor.

    Every arc a -> b goes where a lies on the target's side of the level in the status quo and b
    on the status quo's side of a.
    """
    side = (goal > home) - (goal < home)
    return frozenset(
        (a, b) for a, b in option.arcs if not (side * (a - home) > 0 and side * (b - a) < 0)
    )


def returnable(option: Option, home: int, goal: int) -> frozenset[tuple[int, int]]:
    """Return the arcs with a snap-back: all that lead towards home between home and goal."""
    side = (goal > home) - (goal < home)
    between = range(min(home, goal), max(home, goal) + 1)
    added = {(a, b) for a in between for b in between if side * (b - a) < 0}
    return option.arcs | added


def with_arcs(option: Option, arcs: frozenset[tuple[int, int]]) -> Option:
    """Return the option with other arcs, named ``both``, ``forward`` or ``back`` where they are."""
    count = len(option.levels)
    every = {(a, b) for a in range(count) for b in range(count) if a != b}
    named = {
        "both": every,
        "forward": {(a, b) for a, b in every if a < b},
        "back": {(a, b) for a, b in every if a > b},
    }
    kind = next((name for name, own in named.items() if own == arcs), "arcs")
    return replace(option, arcs=arcs, moves=kind)


def _contained(case: Case, party: str) -> Case:
    own = case.party(party)
    if case.graph is not None:
        moves = {p: arcs for p, arcs in case.graph.moves.items() if p != party}
        return replace(case, graph=replace(case.graph, moves=moves))
    options = tuple(with_arcs(option, frozenset()) for option in own.options)
    return with_party(case, replace(own, options=options))


def owners_changed(case: Case, target: str) -> tuple[str, ...]:
    """Return the parties whose options differ between the status quo and the target."""
    assert case.status_quo is not None
    owners = {
        option.owner
        for option, a, b in zip(
            case.options, case.levels(case.status_quo), case.levels(target), strict=True
        )
        if a != b
    }
    return tuple(party for party in case.party_ids if party in owners)
