"""A case together with what a case file cannot say: moves that several parties make at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from detente.model.case import Case
from detente.model.parts import Option, Party, Preferences

__all__ = ["JointMove", "Scenario", "with_option", "with_party", "with_preferences"]


@dataclass(frozen=True, slots=True)
class JointMove:
    """One simultaneous move from the status quo: an exchange, an escrow.

    Attributes:
        to: the state to which it leads (code or label).
        parties: who moves, in declared order; at least two.
    """

    to: str
    parties: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"to": self.to, "parties": list(self.parties)}


@dataclass(frozen=True)
class Scenario:
    """What is diagnosed: a case, and the joint moves that have been arranged.

    A joint move counts as one step of a stop-proof path in which every mover must strictly gain.
    It is no unilateral move, so it changes no party's stability.

    Attributes:
        case: the case.
        joint_moves: the joint moves from the status quo.
    """

    case: Case
    joint_moves: tuple[JointMove, ...] = ()

    @staticmethod
    def of(case: Case | Scenario) -> Scenario:
        """Return the scenario itself, or the case without joint moves."""
        return case if isinstance(case, Scenario) else Scenario(case)


def with_party(case: Case, party: Party) -> Case:
    """Return the case with one party replaced (the one with the same id)."""
    return replace(case, parties=tuple(party if p.id == party.id else p for p in case.parties))


def with_option(case: Case, option: Option) -> Case:
    """Return the case with one option replaced (the one with the same key)."""
    owner = case.party(option.owner)
    options = tuple(option if o.id == option.id else o for o in owner.options)
    return with_party(case, replace(owner, options=options))


def with_preferences(case: Case, party: str, preferences: Preferences | None) -> Case:
    """Return the case with one party's preferences replaced."""
    return with_party(case, replace(case.party(party), preferences=preferences))
