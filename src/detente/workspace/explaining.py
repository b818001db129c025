"""Explain a state of a case file, or how its status quo can evolve."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.evolution import Evolution, paths
from detente.analysis.explanation import Why, why
from detente.workspace.casefiles import load

__all__ = ["paths_file", "why_file"]


def why_file(
    path: str,
    state: str,
    party: str | None = None,
    concepts: Sequence[str] | None = None,
    sequences: str = "legal",
) -> Why:
    """Explain one state; arguments as in :func:`detente.analysis.explanation.why`."""
    return why(load(path), state, party, concepts, sequences)


def paths_file(
    path: str,
    to: str | None = None,
    concepts: Sequence[str] | None = None,
    sequences: str = "legal",
) -> Evolution:
    """Find paths; arguments as in :func:`detente.analysis.evolution.paths`."""
    return paths(load(path), to, concepts, sequences)
