"""What every result carries, and what every result can do. No prose: only data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from detente.model.case import FORMAT, Case
from detente.version import __version__

__all__ = ["DISPLAYS", "Displayed", "Origin"]

DISPLAYS: dict[type, Callable[[Any], str]] = {}
"""How a notebook shows each kind of result, as HTML; :mod:`detente.report.notebook` fills it."""


class Displayed:
    """A result that a notebook shows as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        display = DISPLAYS.get(type(self))
        return display(self) if display else None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a result comes from, so that it can be repeated.

    Attributes:
        case: the case's title, or its file name.
        fingerprint: SHA-256 of the model (names and comments left out).
        sequences: the rule for sequences of sanctioning moves.
        algorithm: ``array``, ``dense`` or ``literal``; all are exact.
        version: version of Détente.
        unreviewed: True if the case is a draft from statements that nobody has judged: see
            :attr:`detente.model.case.Case.unreviewed`.
    """

    case: str
    fingerprint: str
    sequences: str = "legal"
    algorithm: str = "array"
    version: str = __version__
    unreviewed: bool = False

    @staticmethod
    def of(case: Case, sequences: str = "legal", algorithm: str = "array") -> Origin:
        """Describe a result about ``case``."""
        name = case.title or case.source or "untitled"
        return Origin(name, case.fingerprint, sequences, algorithm, unreviewed=case.unreviewed)

    def to_dict(self) -> dict[str, Any]:
        """Return the head that every JSON document has."""
        return {
            "case": self.case,
            "format": FORMAT,
            "unreviewed": self.unreviewed,
            "fingerprint": self.fingerprint,
            "sequences": self.sequences,
            "algorithm": self.algorithm,
            "version": self.version,
        }

    def marked(self, frame: Any) -> Any:
        """Return a data frame of the result with this head in its ``attrs``."""
        frame.attrs.update(self.to_dict())
        return frame
