"""Positions over time: who stood where on which deed, what shifted, what contradicts itself."""

from __future__ import annotations

from detente.reading.timeline.line import timeline
from detente.reading.timeline.types import (
    Condition,
    Contradiction,
    Entry,
    Line,
    Shift,
    Stance,
    Timeline,
)

__all__ = ["Condition", "Contradiction", "Entry", "Line", "Shift", "Stance", "Timeline", "timeline"]
