"""Diagnose a case file, compare two, and look at coalitions and at the inverse question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.concepts.table import choose
from detente.model.errors import CaseError, Where
from detente.workspace.casefiles import load

if TYPE_CHECKING:
    from detente.analysis.coalition.coalitions import CoalitionStability, Variant
    from detente.analysis.coalition.moves import JointImprovement
    from detente.analysis.comparison import Comparison
    from detente.analysis.deadlock.verdicts import Diagnosis
    from detente.analysis.inverse.conditions import Condition

__all__ = [
    "coalitions_file",
    "compare_files",
    "conditions_file",
    "diagnose_file",
    "why_coalition_file",
]


def diagnose_file(
    path: str, to: str | None = None, concept: str = "seq", sequences: str = "legal"
) -> Diagnosis:
    """Diagnose; arguments as in :func:`detente.analysis.deadlock.diagnosis.diagnose`."""
    from detente.analysis.deadlock.diagnosis import diagnose

    return diagnose(load(path), to=to, concept=concept, sequences=sequences)


def compare_files(
    a: str,
    b: str,
    concepts: Sequence[str] | None = None,
    sequences: str = "legal",
    concept: str = "seq",
) -> Comparison:
    """Set two files side by side, as :func:`detente.analysis.comparison.compare` does."""
    from detente.analysis.comparison import compare

    return compare(load(a), load(b), concepts, sequences, concept=concept)


def conditions_file(
    path: str, to: str | None = None, concept: str = "seq", sequences: str = "legal"
) -> list[Condition]:
    """Return the conditions under which a target holds, one for each concept that applies.

    Args:
        path: the case file.
        to: the target; ``None`` for the headline of the diagnosis.
        concept: the concept of that diagnosis.
        sequences: rule for sequences of sanctioning moves.

    Raises:
        CaseError: also if no target is named and the diagnosis has none.
    """
    from detente.analysis.deadlock.diagnosis import diagnose
    from detente.analysis.inverse.conditions import stability_condition

    case = load(path)
    target = to
    if target is None:
        found = diagnose(case, concept=concept, sequences=sequences)
        target = found.witness
        if target is None:
            raise CaseError(
                f"there is no target to ask about: the case is '{found.kind}'",
                where=Where(case.source),
                rule="without --to, the target is the one in the headline of the diagnosis",
                hint="name a state with --to",
            )
    return [stability_condition(case, target, c.id, sequences) for c in choose(case, None)]


def coalitions_file(
    path: str,
    concepts: Sequence[str] | None = None,
    sequences: str = "legal",
    variant: Variant = "sequences",
) -> CoalitionStability:
    """Find coalition stability, as :func:`detente.coalitions` does."""
    from detente.analysis.coalition.coalitions import coalitions

    return coalitions(load(path), concepts, None, sequences, variant)


def why_coalition_file(
    path: str,
    state: str,
    group: str,
    concepts: Sequence[str] | None = None,
    sequences: str = "legal",
    variant: Variant = "sequences",
) -> tuple[CoalitionStability, tuple[str, ...], tuple[JointImprovement, ...]]:
    """Explain why a coalition would stay in a state or leave it.

    Args:
        path: the case file.
        state: code or label.
        group: party ids, separated by commas.
        concepts: ids of coalition concepts; ``None`` for all.
        sequences: rule for sequences of moves.
        variant: ``sequences`` or ``merged``.

    Returns:
        Its stability, the coalition in canonical form, and its joint improvements.
    """
    from detente.analysis.coalition.coalitions import coalitions, group_of

    case = load(path)
    members = group_of(case, group)
    result = coalitions(case, concepts, [members], sequences, variant)
    return result, members, result.improvements(members, state)
