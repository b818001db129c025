"""The result of a search for levers: frozen data, no prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.analysis.deadlock.verdicts import Diagnosis
from detente.analysis.levers.offers import LeverSet
from detente.analysis.results import Displayed, Origin

__all__ = ["Searched", "Unlocking"]


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search covered.

    Attributes:
        sizes: the numbers of changes that were covered, with every lever that is marked ``all``.
        complete: every lever was covered, in every combination of these sizes.
        reason: why the search ended: ``found``, ``size`` (the largest size was reached),
            ``stopped`` (the caller's budget), ``open`` (nothing is needed) or ``no-target``.
        levers: lever -> ``all``, ``singles``, ``partly``, ``listed`` (it cannot open anything),
            ``not-needed`` or ``does-not-apply``.
        needs_preferences: option -> the parties that must be asked about new levels.
        tried: number of changed models that were solved.
    """

    sizes: tuple[int, ...]
    complete: bool
    reason: str
    levers: Mapping[str, str]
    needs_preferences: Mapping[str, tuple[str, ...]]
    tried: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "sizes": list(self.sizes),
            "complete": self.complete,
            "reason": self.reason,
            "levers": dict(self.levers),
            "needs_preferences": {o: list(p) for o, p in self.needs_preferences.items()},
            "tried": self.tried,
        }


@dataclass(frozen=True)
class Unlocking(Displayed):
    """The result of :func:`~detente.analysis.levers.unlock.unlock`.

    Attributes:
        diagnosis: the diagnosis of the unchanged case.
        origin: how to repeat it.
        concept: id of the solution concept.
        to: the target; ``None`` if the case has no headline target.
        kind: the kind of the target (of the case, if there is no target).
        levers: best first; those with ``opens`` are minimal.
        searched: what the search covered.
    """

    diagnosis: Diagnosis
    origin: Origin
    concept: str
    to: str | None
    kind: str
    levers: tuple[LeverSet, ...]
    searched: Searched

    @property
    def opening(self) -> tuple[LeverSet, ...]:
        """The minimal sets that open the target, best first."""
        return tuple(found for found in self.levers if found.opens)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``detente unlock --json``."""
        return {
            **self.origin.to_dict(),
            "concept": self.concept,
            "status_quo": self.diagnosis.status_quo,
            "to": self.to,
            "kind": self.kind,
            "levers": [found.to_dict() for found in self.levers],
            "searched": self.searched.to_dict(),
        }

    def to_pandas(self) -> Any:
        """Return a data frame with a row for each set of levers.

        Raises:
            ImportError: if pandas is not installed.
        """
        import pandas

        frame = pandas.DataFrame.from_records(
            [
                {
                    "levers": " + ".join(str(c.to_dict()["lever"]) for c in found.changes),
                    "changes": [c.to_dict() for c in found.changes],
                    "kind": found.kind,
                    "opens": found.opens,
                    "stable_under": ", ".join(found.stable_under),
                }
                for found in self.levers
            ]
        )
        return self.origin.marked(frame)
