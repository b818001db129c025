"""Statements as positions: which party is for or against which deed of which party."""

from __future__ import annotations

from detente.reading.positions.find import find_positions
from detente.reading.positions.types import Atom, Evidence, Issue, Position, Positions

__all__ = ["Atom", "Evidence", "Issue", "Position", "Positions", "find_positions"]
