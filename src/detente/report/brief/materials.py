"""What a brief is built from: results and evidence, all computed beforehand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from detente.analysis.deadlock.verdicts import Diagnosis
from detente.analysis.levers.unlocking import Unlocking
from detente.analysis.sensitivity.results import Sensitivity
from detente.analysis.stability import Stability
from detente.model.case import Case
from detente.reading.drafting import Draft
from detente.reading.timeline import Timeline
from detente.report.quoting import NOTHING, Evidence

__all__ = ["Materials"]


@dataclass(frozen=True)
class Materials:
    """What a brief is built from.

    Attributes:
        diagnosis: the diagnosis.
        unlocking: the search for levers.
        stability: the stability of the same case, under every concept that applies.
        sensitivity: which preferences the headline hangs on.
        date: the day the brief is made, ISO 8601.
        evidence: the statements that are cited, and those of them that are at hand.
        undated: ids of statements of whose documents the day of publication is not known.
        draft: if the case was drafted from statements just now, the draft.
        told: the positions over time, if there is more than one dated document.
        title: in place of the title of the case.
        paper: ``a4`` or ``letter``.
    """

    diagnosis: Diagnosis
    unlocking: Unlocking
    stability: Stability
    sensitivity: Sensitivity
    date: str
    evidence: Evidence = NOTHING
    undated: frozenset[str] = field(default=frozenset())
    draft: Draft | None = None
    told: Timeline | None = None
    title: str | None = None
    paper: Literal["a4", "letter"] = "a4"

    @property
    def case(self) -> Case:
        """The case."""
        return self.diagnosis.scenario.case
