"""A review in progress: a queue of statements, a place in it, decisions that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from detente.store import Store
from detente.store.lookup import text_of
from detente.store.records import Review, StoredStatement
from detente.store.searching import statement
from detente.workspace.reviewing import decide, undo
from detente.workspace.statements import Asked, list_statements

__all__ = ["Session"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentence of a statement.

    Attributes:
        text: its characters, as they stand in the document.
        start, end: the span of the statement, counted in ``text``.
    """

    text: str
    start: int
    end: int


class Session:
    """A review in progress.

    Args:
        store: the workspace.
        asked: which statements to review.
        by: who reviews.

    Attributes:
        place: index of the present statement.
    """

    def __init__(self, store: Store, asked: Asked, by: str) -> None:
        self.store = store
        self.asked = asked
        self.by = by
        self.place = 0
        self.made: list[Review] = []
        self.ids = self._queue()
        self._text: tuple[int, str] = (0, "")

    def _queue(self) -> list[str]:
        found = list_statements(self.store, self.asked).found
        return [item.id for item in found.statements]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def present(self) -> StoredStatement | None:
        """The statement that is looked at, as it is now."""
        return statement(self.store, self.ids[self.place]) if self.ids else None

    def passage(self, item: StoredStatement) -> Passage:
        """Return the sentence of a statement, with its span."""
        if self._text[0] != item.document:
            self._text = (item.document, text_of(self.store, item.document))
        text = self._text[1]
        start, end = item.fields["start"], item.fields["end"]
        low, high = item.fields.get("sentence") or (start, end)
        low, high = min(low, start), max(high, end)
        return Passage(text[low:high], start - low, end - low)

    def move(self, steps: int) -> bool:
        """Go on or back; tell whether there was anywhere to go."""
        place = min(max(self.place + steps, 0), max(len(self.ids) - 1, 0))
        moved = place != self.place
        self.place = place
        return moved

    def left(self) -> int:
        """Return how many statements that were asked for are still as they were."""
        return list_statements(self.store, replace(self.asked, search=None), 1).found.total

    def decide(
        self, decision: str, fields: dict[str, Any] | None = None, why: str | None = None
    ) -> Review | None:
        """Judge the present statement and go on to the next one."""
        item = self.present
        if item is None:
            return None
        review = decide(self.store, item, decision, self.by, fields, why)
        self.made.append(review)
        self.move(1)
        return review

    def undo(self) -> Review | None:
        """Take back the last decision of this session, and go to its statement."""
        if not self.made:
            return None
        taken = self.made.pop()
        review = undo(self.store, self.by, taken)
        if taken.statement in self.ids:
            self.place = self.ids.index(taken.statement)
        return review

    def search(self, words: str) -> int:
        """Look at the statements with some words only; without words, at all again."""
        self.asked = replace(self.asked, search=words or None)
        before = self.ids[self.place] if self.ids else None
        self.ids = self._queue()
        self.place = self.ids.index(before) if before in self.ids and not words else 0
        return len(self.ids)
