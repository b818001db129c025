"""Misperception: the game as each party sees it, and the beliefs whose correction matters.

A first-level hypergame: each party's stability and willingness are computed in the game as that
party sees it, with its own true preferences and the others' as it believes them to be; the zone of
agreement uses the true preferences, and so do the flags.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from detente.analysis.deadlock.facts import Correction, Source
from detente.analysis.deadlock.scenario import with_preferences
from detente.model.case import Case

__all__ = ["Misperception", "misperception", "seen_by"]


@dataclass(frozen=True, slots=True)
class Misperception:
    """How beliefs change the diagnosis.

    Attributes:
        kind: the kind of the case under the perceived models.
        true_kind: its kind under the true ones.
        targets: target -> kind under the perceived models, for targets where the two differ.
        corrections: the smallest sets of corrected beliefs, (viewer, seen), that remove the
            difference in the kind of the case; all of that size. Empty if there is none.
    """

    kind: str
    true_kind: str
    targets: dict[str, str]
    corrections: tuple[tuple[Correction, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        sets = [[{"viewer": v, "seen": s} for v, s in own] for own in self.corrections]
        return {
            "perceived_kind": self.kind,
            "true_kind": self.true_kind,
            "targets": dict(self.targets),
            "correct": sets[0] if sets else [],
            "corrections": sets,
        }


def seen_by(case: Case, viewer: str, corrected: frozenset[Correction] = frozenset()) -> Case:
    """Return the case with the preferences that ``viewer`` believes the others to have."""
    seen = case
    for belief in case.perceptions:
        if belief.viewer == viewer and (viewer, belief.seen) not in corrected:
            seen = with_preferences(seen, belief.seen, belief.preferences)
    return seen


def misperception(
    case: Case, source: Source, true_kind: str, true_targets: dict[str, str]
) -> Misperception | None:
    """Compare the perceived kind with the true one.

    Returns:
        ``None`` if no party has beliefs of its own.
    """
    if not case.perceptions:
        return None
    kind, targets = source.perceived(frozenset())
    differing = {t: k for t, k in targets.items() if k != true_targets[t]}
    beliefs = [(p.viewer, p.seen) for p in case.perceptions]
    corrections: tuple[tuple[Correction, ...], ...] = ()
    if kind != true_kind:
        for size in range(1, len(beliefs) + 1):
            corrections = tuple(
                chosen
                for chosen in combinations(beliefs, size)
                if source.perceived(frozenset(chosen))[0] == true_kind
            )
            if corrections:
                break
    return Misperception(kind, true_kind, differing, corrections)
