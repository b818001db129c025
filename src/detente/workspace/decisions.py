"""Recorded decisions: a file of JSON lines, checked as a whole, then applied as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from detente.model.errors import DetenteError, Where, listed, nearest, quoted
from detente.reading.gazetteer import gazetteer
from detente.store import Store, StoreError
from detente.store.judging import last
from detente.store.lookup import documents_named
from detente.store.records import Review, StoredStatement
from detente.store.searching import in_document, spans
from detente.workspace.naming import user_entries
from detente.workspace.reviewing import DECISIONS, edits_of, record, reviewed

__all__ = ["Applied", "apply_file", "apply_text"]

_KEYS = ("id", "doc", "start", "end", "decision", "fields", "by", "why")
_MOST_BYTES = 64 * 2**20
_STATES = {"accept": "accepted", "edit": "edited", "reject": "rejected", "reopen": "proposed"}
_ALSO = {stored: asked for asked, stored in DECISIONS.items()}  # "accepted" is understood too


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a file of decisions.

    Attributes:
        reviews: what was appended, in order.
        unchanged: decisions that said what was said already.
    """

    reviews: tuple[Review, ...]
    unchanged: int

    def count(self, decision: str) -> int:
        """Return how many reviews are of one decision."""
        return sum(review.decision == decision for review in self.reviews)

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome for JSON."""
        return {
            "applied": len(self.reviews),
            "unchanged": self.unchanged,
            "reviews": [review.to_dict() for review in self.reviews],
        }


@dataclass(frozen=True, slots=True)
class _Decision:
    target: StoredStatement
    decision: str
    edits: Mapping[str, Any]
    by: str
    why: str | None


def apply_file(store: Store, path: str, by: str) -> Applied:
    """Apply a file of decisions; see :func:`apply_text`.

    Raises:
        DetenteError: the file cannot be read, or a line is wrong; nothing was applied then.
    """
    try:
        raw = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is not a file name"
        raise StoreError(
            f"the decisions cannot be read: {reason}", where=Where(path), hint="check the path"
        ) from None
    if len(raw) > _MOST_BYTES:
        raise StoreError(
            f"the file is larger than {_MOST_BYTES // 2**20} MiB",
            where=Where(path),
            hint="split it",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise StoreError(
            "the file is not UTF-8 text", where=Where(path, line), hint="convert it to UTF-8"
        ) from None
    return apply_text(store, text, path, by)


def apply_text(store: Store, text: str, source: str, by: str) -> Applied:
    """Apply decisions, one JSON object a line: all of them, or none if a line is wrong.

    A line has ``id``, or ``doc``, ``start`` and ``end``; ``decision`` (``accept``, ``edit``,
    ``reject`` or ``reopen``); for an edit ``fields``; and optionally ``by`` and ``why``.

    Args:
        store: the workspace.
        text: the lines; blank ones are skipped.
        source: their name in messages.
        by: who decides where a line does not say.

    Raises:
        DetenteError: a line is wrong: the message names it.
    """
    current: dict[str, StoredStatement] = {}
    decisions: list[_Decision] = []
    unchanged = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        decision = _on_line(store, current, line, Where(source, number), by)
        if decision is None:
            unchanged += 1
            continue
        decisions.append(decision)
        target = decision.target
        before = {**target.fields, **target.proposal}
        current[target.id] = replace(
            target,
            state=_STATES[decision.decision],
            fields={**before, **decision.edits},
            edited=tuple(sorted(decision.edits)),
            proposal={key: before.get(key) for key in decision.edits},
        )
    book = gazetteer(user_entries(store))
    with store.writing() as db:
        reviews = [
            record(db, book, item.target, item.decision, item.edits, item.by, item.why)
            for item in decisions
        ]
    return Applied(tuple(reviews), unchanged)


def _on_line(
    store: Store, current: Mapping[str, StoredStatement], line: str, where: Where, by: str
) -> _Decision | None:
    """Return the decision of a line; ``None`` if it changes nothing."""
    item = _object(line, where)
    decision = item.get("decision")
    decision = _ALSO.get(decision, decision) if isinstance(decision, str) else None
    if decision not in DECISIONS:
        _refuse(
            where,
            "there is no decision"
            if "decision" not in item
            else f"this is no decision: {quoted(str(item['decision']))}",
            hint=f"'decision' is one of {', '.join(DECISIONS)}",
        )
    assert decision is not None
    who, why, fields = item.get("by", by), item.get("why"), item.get("fields")
    if not isinstance(who, str) or not who.strip():
        _refuse(where, "'by' must be the name of who decides", hint="or leave it out")
    if why is not None and not isinstance(why, str):
        _refuse(where, "'why' must be text", hint="or leave it out")
    if fields is not None and not isinstance(fields, dict):
        _refuse(where, "'fields' must be an object", hint='for instance {"type": "offer"}')
    target = _target(store, item, where)
    known = target.id in current
    target = current.get(target.id, target)
    try:
        edits = edits_of(store, target, decision, fields)
    except DetenteError as error:
        raise StoreError(error.what, where=where, rule=error.rule, hint=error.hint) from None
    present = {key: target.fields[key] for key in target.edited}
    if target.state == _STATES[decision] and edits == present and not known:
        newest = last(store, id=target.id)
        if newest is None or (newest.by == who and newest.why == why):
            return None
    return _Decision(target, decision, edits, who, why)


def _object(line: str, where: Where) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "it cannot be read")
        _refuse(where, f"this line is not JSON: {reason}", hint="one JSON object a line")
    if not isinstance(item, dict):
        _refuse(where, "this line is no JSON object", hint='{"id": …, "decision": "accept"}')
    strange = [key for key in item if key not in _KEYS]
    if strange:
        close = nearest(strange[0], _KEYS)
        _refuse(
            where,
            f"unknown key {quoted(strange[0])}",
            hint=f"did you mean '{close}'?" if close else f"the keys are {', '.join(_KEYS)}",
        )
    return item


def _target(store: Store, item: Mapping[str, Any], where: Where) -> StoredStatement:
    """Return the statement that a line is about."""
    if "id" in item:
        if {"doc", "start", "end"} & set(item):
            _refuse(where, "a statement is named twice", hint="give the id, or doc, start and end")
        if not isinstance(item["id"], str):
            _refuse(where, "'id' must be text", hint="ids are those of `detente statements --json`")
        try:
            return reviewed(store, item["id"])
        except StoreError as error:
            raise StoreError(error.what, where=where, rule=error.rule, hint=error.hint) from None
    doc, start, end = item.get("doc"), item.get("start"), item.get("end")
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in (start, end))
    if not isinstance(doc, str) or not whole:
        _refuse(where, "no statement is named", hint="give the id, or doc, start and end")
    assert isinstance(start, int)
    assert isinstance(end, int)
    numbers = documents_named(store, doc)
    if not numbers:
        _refuse(where, f"no document {quoted(doc)} was read", hint="read it first")
    for num in numbers:
        if found := spans(store, num, start, end):
            return found[0]
    there = list(in_document(store, numbers[0]))
    close_by = sorted(
        ((s.fields["start"], s.fields["end"]) for s in there),
        key=lambda span: abs(span[0] - start) + abs(span[1] - end),
    )
    spelt = listed((f"[{a}, {b})" for a, b in close_by[:3]), 3)
    return _refuse(
        where,
        f"there is no statement [{start}, {end}) in {quoted(doc)}",
        hint=f"the nearest ones are {spelt}" if close_by else "no statement was found in it",
    )


def _refuse(where: Where, what: str, hint: str) -> NoReturn:
    raise StoreError(
        what,
        where=where,
        rule="every line is checked before the first is applied; nothing was applied",
        hint=hint,
    )
