"""Détente: why a negotiation is deadlocked, and what would unlock it.

The public functions are loaded when they are first used, so that importing the package, and
``detente --help``, stay fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.version import __version__

if TYPE_CHECKING:
    from detente.analysis.coalition.coalitions import coalitions
    from detente.analysis.comparison import compare
    from detente.analysis.deadlock.diagnosis import diagnose
    from detente.analysis.evolution import paths
    from detente.analysis.explanation import why
    from detente.analysis.levers.unlock import unlock
    from detente.analysis.sensitivity.sensitivity import sensitivity
    from detente.analysis.stability import solve
    from detente.model.case import Case
    from detente.model.errors import CaseError, DetenteError
    from detente.reading.read import read
    from detente.workspace.casefiles import load, loads

__all__ = [
    "Case",
    "CaseError",
    "DetenteError",
    "__version__",
    "coalitions",
    "compare",
    "diagnose",
    "load",
    "loads",
    "paths",
    "read",
    "sensitivity",
    "solve",
    "unlock",
    "why",
]

_HOMES = {
    "Case": "detente.model.case",
    "CaseError": "detente.model.errors",
    "DetenteError": "detente.model.errors",
    "coalitions": "detente.analysis.coalition.coalitions",
    "compare": "detente.analysis.comparison",
    "diagnose": "detente.analysis.deadlock.diagnosis",
    "load": "detente.workspace.casefiles",
    "loads": "detente.workspace.casefiles",
    "paths": "detente.analysis.evolution",
    "read": "detente.reading.read",
    "sensitivity": "detente.analysis.sensitivity.sensitivity",
    "solve": "detente.analysis.stability",
    "unlock": "detente.analysis.levers.unlock",
    "why": "detente.analysis.explanation",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    if _HOMES[name].startswith("detente.analysis"):
        import_module("detente.report.notebook")  # so that results display as tables
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
