"""One statement from elsewhere, and what is known of it here: nothing said is lost.

Judgements are appended with their authors and times. Where somebody here judged otherwise, the
judgement made here stands: it is appended once more, and the conflict is reported.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.exchange.checking import CONTENT
from detente.exchange.items import ReviewItem, StatementItem
from detente.exchange.lines import STATES
from detente.store import Store
from detente.store.connection import clean
from detente.store.indexing import insert_statement
from detente.store.judging import append, history
from detente.store.records import Review, StoredStatement
from detente.store.searching import statement

__all__ = ["Merger", "Placing"]

_STANDS = "import: the judgement made here stands"


@dataclass(frozen=True, slots=True)
class Placing:
    """A statement and where it belongs.

    Attributes:
        item: the statement, its fields those of this workspace.
        full: every field of it, for a workspace that does not have it.
        id: its id here.
        document: number of its document.
    """

    item: StatementItem
    full: Mapping[str, Any]
    id: str
    document: int


@dataclass(slots=True)
class Merger:
    """Merges statements within a transaction, and keeps count.

    Attributes:
        store: the workspace, in :meth:`Store.writing`.
        by: who imports.
        added, known: statements that were not there, and that were.
        judged: judgements appended.
        numbers: number of a judgement in the file -> here.
        conflicts: judged otherwise here and in the file.
        differing: not judged in the file, and proposed otherwise here.
    """

    store: Store
    by: str
    added: int = 0
    known: int = 0
    judged: int = 0
    numbers: dict[int, int] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    differing: list[dict[str, Any]] = field(default_factory=list)
    _waiting: list[tuple[str, ReviewItem]] = field(default_factory=list)
    _standing: list[tuple[str, ReviewItem]] = field(default_factory=list)

    def merge(self, placing: Placing, reviews: Sequence[ReviewItem]) -> None:
        """Add a statement, or what was said of it; judgements wait for :meth:`finish`.

        Args:
            placing: the statement.
            reviews: its judgements, the oldest first.
        """
        item = placing.item
        here = statement(self.store, placing.id)
        if here is None:
            self.added += 1
            insert_statement(
                self.store.connection,
                placing.document,
                placing.id,
                placing.full,
                found=item.found,
                listed=item.listed,
            )
            self._append(placing.id, reviews)
            return
        self.known += 1
        if reviews and reviews[-1].at is None and _agrees(item, reviews[-1], here):
            return
        proposed = {**here.fields, **here.proposal}
        theirs = [_translated(item, review, proposed) for review in reviews]
        if not theirs:
            if _differs(item.proposed, proposed) and _differs(item.fields, here.fields):
                self.differing.append(self._pair(placing, here, None))
            return
        self._judge(placing, here, theirs, reviews[-1])

    def _judge(
        self, placing: Placing, here: StoredStatement, theirs: list[ReviewItem], last: ReviewItem
    ) -> None:
        ours = history(self.store, placing.id)
        new, only_here = self._matched(ours, theirs)
        if not new:
            return
        self._append(placing.id, new)
        meant = {**placing.item.proposed, **last.fields}
        if only_here and (STATES[last.decision] != here.state or _differs(meant, here.fields)):
            self.conflicts.append(self._pair(placing, here, theirs[-1]))
        wanted = _item(ours[-1]) if only_here else theirs[-1]
        if _said(new[-1]) != _said(wanted):
            stands = ReviewItem(0, wanted.decision, wanted.fields, self.by, None, _STANDS)
            self._standing.append((placing.id, stands))

    def _matched(
        self, ours: list[Review], theirs: list[ReviewItem]
    ) -> tuple[list[ReviewItem], bool]:
        """Return the judgements that are new here, and whether there are some only here."""
        left = Counter(_key(review) for review in ours)
        undated = Counter(_key(review)[:-1] for review in ours)
        numbers: dict[tuple[str | None, ...], list[int]] = {}
        for review in ours:
            numbers.setdefault(_key(review), []).append(review.num)
        new: list[ReviewItem] = []
        for item in theirs:
            key = _key(item)
            if item.at is None and undated[key[:-1]]:
                undated[key[:-1]] -= 1
                left[next(k for k in left if k[:-1] == key[:-1] and left[k])] -= 1
            elif left[key]:
                left[key] -= 1
                undated[key[:-1]] -= 1
                self.numbers[item.num] = numbers[key].pop(0)
            else:
                new.append(item)
        return new, any(left.values())

    def _append(self, id: str, reviews: Sequence[ReviewItem]) -> None:
        self._waiting += [(id, review) for review in reviews]

    def finish(self) -> None:
        """Append the judgements in the order in which they were made, over all statements."""
        self._waiting.sort(key=lambda pair: pair[1].num)
        for id, review in (*self._waiting, *self._standing):
            undoes = None if review.undoes is None else self.numbers.get(review.undoes)
            done = append(
                self.store.connection,
                id,
                review.decision,
                review.fields,
                review.by,
                review.why,
                undoes,
                review.at,
            )
            if review.num:
                self.numbers[review.num] = done.num
        self.judged = len(self._waiting)

    def _pair(
        self, placing: Placing, here: StoredStatement, theirs: ReviewItem | None
    ) -> dict[str, Any]:
        item = placing.item
        there = (
            {"state": "proposed", "by": None, "at": None}
            if theirs is None
            else {"state": STATES[theirs.decision], "by": theirs.by, "at": theirs.at}
        )
        ours = history(self.store, placing.id)
        newest = next(
            (r for r in reversed(ours) if theirs is None or _key(r) != _key(theirs)), None
        )
        return {
            "id": placing.id,
            "doc": here.doc,
            "start": here.fields["start"],
            "end": here.fields["end"],
            "fields": [
                key
                for key in CONTENT
                if key in item.fields and item.fields[key] != here.fields.get(key)
            ],
            "here": {
                "state": here.state,
                "by": newest.by if newest else None,
                "at": newest.at if newest else None,
            },
            "there": there,
        }


def _agrees(item: StatementItem, review: ReviewItem, here: StoredStatement) -> bool:
    """Tell whether a judgement without a time says what is so here."""
    return STATES[review.decision] == here.state and not _differs(item.fields, here.fields)


def _item(review: Review) -> ReviewItem:
    return ReviewItem(review.num, review.decision, review.fields, review.by, review.at, review.why)


def _differs(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(key in one and one[key] != other.get(key) for key in CONTENT)


def _translated(item: StatementItem, review: ReviewItem, proposed: Mapping[str, Any]) -> ReviewItem:
    """Return a judgement with its fields as changes of what is proposed here."""
    if review.decision == "reopened" or not _differs(item.proposed, proposed):
        return review
    meant = {**item.proposed, **review.fields}
    changed = {
        key: meant[key] for key in CONTENT if key in meant and meant[key] != proposed.get(key)
    }
    return ReviewItem(
        review.num, review.decision, changed, review.by, review.at, review.why, review.undoes
    )


def _said(review: Review | ReviewItem) -> tuple[str, str]:
    return STATES[review.decision], _spelt(review.fields)


def _key(review: Review | ReviewItem) -> tuple[str | None, ...]:
    why = clean(review.why) if review.why else None
    return review.decision, _spelt(review.fields), clean(review.by), why, review.at


def _spelt(fields: Mapping[str, Any]) -> str:
    return json.dumps(dict(fields), sort_keys=True)
