"""The result of a sensitivity analysis: frozen data, no prose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

from detente.analysis.deadlock.verdicts import Diagnosis
from detente.analysis.results import Displayed, Origin
from detente.analysis.sensitivity.rediagnosis import Outcome
from detente.analysis.sensitivity.variations import Change, Drop, Stated, Swap

__all__ = ["Preference", "Sensitivity", "Tried", "Variation", "Verdict"]

Verdict: TypeAlias = Literal["changes", "unchanged", "not-tried", "does-not-apply"]
"""What the changes of one kind come to: ``changes`` if one of them changes the headline;
``unchanged`` if all were tried and none does."""


@dataclass(frozen=True, slots=True)
class Variation:
    """One change of what a party states, and the diagnosis with it.

    Attributes:
        change: what is dropped or swapped.
        outcome: what the diagnosis comes to.
        same_order: the party orders the states as before, so nothing can change.
        unchanged: deadlock, kind and witness are what they were.
    """

    change: Change
    outcome: Outcome
    same_order: bool
    unchanged: bool

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            **self.change.to_dict(),
            "unchanged": self.unchanged,
            "same_order": self.same_order,
            **self.outcome.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Preference:
    """One stated preference, and what hangs on it.

    Attributes:
        stated: the preference.
        dropped: it is dropped; ``None`` if that was not tried, or does not apply.
        swaps: the swaps with what is next, as far as they were tried.
        drop: what dropping it comes to.
        swap: what swapping it with what is next comes to.
        hinge: True if dropping it, or swapping it with a neighbour (the next one, or the one
            before), changes the headline; False if no such change does; ``None`` if none of those
            tried does and some were not tried.
    """

    stated: Stated
    dropped: Variation | None
    swaps: tuple[Variation, ...]
    drop: Verdict
    swap: Verdict
    hinge: bool | None

    @property
    def changing(self) -> tuple[Variation, ...]:
        """The changes of it, itself dropped or swapped with the next, that change the headline."""
        own = self.swaps if self.dropped is None else (self.dropped, *self.swaps)
        return tuple(variation for variation in own if not variation.unchanged)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            **self.stated.to_dict(),
            "hinge": self.hinge,
            "drop": self.drop,
            "swap": self.swap,
            "dropped": self.dropped and self.dropped.to_dict(),
            "swaps": [variation.to_dict() for variation in self.swaps],
        }


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried.

    Attributes:
        tried: number of changes tried.
        total: number of changes that there are.
        reason: ``all``; ``stopped`` (by the caller); ``limit`` (the case is too large to try all
            of them unasked); or ``nothing-stated`` (no party prefers anything by what it states:
            it does not apply).
    """

    tried: int
    total: int
    reason: str

    @property
    def complete(self) -> bool:
        """True if every change was tried."""
        return self.tried == self.total

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "tried": self.tried,
            "total": self.total,
            "complete": self.complete,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Sensitivity(Displayed):
    """The result of :func:`~detente.analysis.sensitivity.sensitivity.sensitivity`.

    Attributes:
        diagnosis: the diagnosis of the unchanged case.
        origin: how to repeat it.
        concept: id of the solution concept.
        preferences: every stated preference, party by party as declared, then by number.
        searched: what was tried.
        silent: the parties that state no preference.
        not_varied: what else a diagnosis depends on and is left as it is: ``perceptions``, if
            the case has some. The headline does not depend on them.
    """

    diagnosis: Diagnosis
    origin: Origin
    concept: str
    preferences: tuple[Preference, ...]
    searched: Tried
    silent: tuple[str, ...]
    not_varied: tuple[str, ...]

    @cached_property
    def variations(self) -> tuple[Variation, ...]:
        """Every change that was tried."""
        found = []
        for own in self.preferences:
            found += [own.dropped] if own.dropped else []
            found += own.swaps
        return tuple(found)

    @property
    def unchanged(self) -> int:
        """How many of the changes tried leave the headline as it is."""
        return sum(variation.unchanged for variation in self.variations)

    @property
    def share(self) -> float | None:
        """The share of the changes tried that leave the headline; ``None`` if none was tried."""
        return self.unchanged / len(self.variations) if self.variations else None

    @property
    def hinges(self) -> tuple[Preference, ...]:
        """The stated preferences that the headline hangs on."""
        return tuple(own for own in self.preferences if own.hinge)

    def of(self, party: str) -> tuple[Preference, ...]:
        """Return the stated preferences of one party, by number.

        Raises:
            CaseError: if there is no such party.
        """
        name = self.diagnosis.scenario.case.party(party).id
        return tuple(own for own in self.preferences if own.stated.party == name)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``detente sensitivity --json``."""
        base = self.diagnosis
        kinds = {"drops": 0, "swaps": 0}
        for variation in self.variations:
            kinds["drops" if isinstance(variation.change, Drop) else "swaps"] += 1
        return {
            **self.origin.to_dict(),
            "concept": self.concept,
            "status_quo": base.status_quo,
            "headline": {
                "deadlock": base.deadlock,
                "kind": base.kind,
                "witness": base.witness,
                "zone": len(base.zone),
            },
            "preferences": [own.to_dict() for own in self.preferences],
            "hinges": [
                {"party": own.stated.party, "number": own.stated.number} for own in self.hinges
            ],
            "summary": {
                "variations": len(self.variations),
                **kinds,
                "unchanged": self.unchanged,
                "same_order": sum(variation.same_order for variation in self.variations),
                "share": self.share,
            },
            "searched": self.searched.to_dict(),
            "silent": list(self.silent),
            "not_varied": list(self.not_varied),
        }

    def to_pandas(self) -> Any:
        """Return a data frame with a row for each change that was tried.

        Raises:
            ImportError: if pandas is not installed.
        """
        import pandas

        return pandas.DataFrame.from_records(
            [
                {
                    "party": variation.change.of.party,
                    "number": variation.change.of.number,
                    "text": variation.change.of.text,
                    "change": "swap" if isinstance(variation.change, Swap) else "drop",
                    "unchanged": variation.unchanged,
                    "same_order": variation.same_order,
                    "deadlock": variation.outcome.deadlock,
                    "kind": variation.outcome.kind,
                    "witness": variation.outcome.witness,
                    "zone": variation.outcome.zone,
                    "target_kind": variation.outcome.target_kind,
                }
                for variation in self.variations
            ]
        )
