"""How a question reaches a model, and what becomes of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

__all__ = ["Ask", "ModelTally", "Reply"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model answered.

    Attributes:
        text: its words; empty if it refused.
        whole: whether it came to an end by itself.
    """

    text: str
    whole: bool = True


Ask: TypeAlias = Callable[[Sequence[Mapping[str, str]], Mapping[str, Any]], Reply]
"""Carries messages and the JSON Schema of the answer to a model."""


@dataclass(slots=True)
class ModelTally:
    """What became of a model's answers.

    Attributes:
        parts: parts of documents that were sent, however often.
        unread: reason -> parts whose answer could not be used: ``not-json``, ``cut-off``,
            ``no-answer``.
        proposed: entries that the model gave.
        confirmed: statements of the other readers that it found too.
        added: statements that it alone found.
        rejected: reason -> entries that were rejected.
    """

    parts: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    proposed: int = 0
    confirmed: int = 0
    added: int = 0
    rejected: Counter[str] = field(default_factory=Counter)

    def add(self, other: ModelTally) -> None:
        """Add another tally to this one."""
        self.parts += other.parts
        self.unread.update(other.unread)
        self.proposed += other.proposed
        self.confirmed += other.confirmed
        self.added += other.added
        self.rejected.update(other.rejected)
