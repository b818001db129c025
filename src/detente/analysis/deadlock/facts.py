"""What a diagnosis rests on: the seam between the two algorithms that find it.

:mod:`~detente.analysis.deadlock.array_facts` computes these over arrays,
:mod:`~detente.analysis.deadlock.literal_diagnosis` straight from the definitions, with sets.
Putting them together (kinds, headline) is common: :mod:`~detente.analysis.deadlock.diagnosis`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from detente.analysis.deadlock.verdicts import TARGET_KINDS, Break, Path, Ripeness, kind_of

__all__ = ["FLAGS", "CaseFlags", "Correction", "Facts", "Source", "TargetFacts", "headline"]

FLAGS = ("excluded-owner", "excluded-veto", "spoiler", "reversibility-asymmetry")
"""The flags of a target, in the order of the definitions."""

Correction: TypeAlias = "tuple[str, str]"
"""(viewer, seen): a belief that is corrected."""


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What was found about one state of the zone; see ``verdicts.Target``.

    Attributes:
        witnesses: flag -> witness, in the order of :data:`FLAGS`.
    """

    state: str
    unstable_for: tuple[str, ...]
    stable_under: tuple[str, ...]
    path: Path | None
    broken: Break | None
    efficient: bool
    witnesses: Mapping[str, Any]
    detailed: bool = True

    @property
    def kind(self) -> str:
        """One of the kinds of a target."""
        return kind_of(equilibrium=not self.unstable_for, path=self.path is not None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found about a case.

    Attributes:
        breaking_move: the first party, as declared, for which the status quo is unstable, with
            the undeterred improvement that it likes best (ties: state order).
        content: nobody at the table prefers another feasible state.
        zone: in state order.
        minimal_subsets: minimal blocking sets, computed only if the zone is empty.
        ripeness: Zartman's conditions.
        targets: one for each state of the zone.
        concepts: the concepts behind ``stable_under``.
    """

    breaking_move: tuple[str, str] | None
    content: bool
    zone: tuple[str, ...]
    minimal_subsets: tuple[tuple[str, ...], ...]
    ripeness: Ripeness
    targets: tuple[TargetFacts, ...]
    concepts: tuple[str, ...]

    @property
    def deadlock(self) -> bool:
        """The status quo is stable and somebody at the table prefers another state."""
        return self.breaking_move is None and not self.content

    @property
    def kind(self) -> str:
        """The kind of the case."""
        if not self.deadlock:
            return "not-a-deadlock"
        best = headline(self.targets)
        return "no-zone" if best is None else best.kind


@dataclass(frozen=True, slots=True)
class CaseFlags:
    """Witnesses of the flags that concern the case; ``None`` where a flag is not raised."""

    ratification_gap: Mapping[str, Any] | None
    linkage: Mapping[str, Any] | None


class Source(Protocol):
    """One of the two algorithms."""

    def facts(self, to: str | None) -> Facts:
        """Return the facts of the true game; ``to`` is looked into in any case."""

    def case_flags(self) -> CaseFlags:
        """Return the flags that concern the case."""

    def perceived(self, corrected: frozenset[Correction]) -> tuple[str, dict[str, str]]:
        """Return the kind of the case, and of each target, in the games as the parties see them.

        Args:
            corrected: the beliefs that are corrected.
        """


def headline(targets: Sequence[TargetFacts]) -> TargetFacts | None:
    """Return the headline target.

    It is Pareto-efficient within the zone, not flagged ``excluded-veto`` unless all of those are,
    and of the best kind; ties go to the shortest stop-proof path, then to state order.
    """
    efficient = [t for t in targets if t.efficient]
    free = [t for t in efficient if "excluded-veto" not in t.witnesses]

    def order(target: TargetFacts) -> tuple[int, int]:
        length = len(target.path.states) if target.path else 0
        return TARGET_KINDS.index(target.kind), length

    return min(free or efficient, key=order, default=None)
