"""Judge statements: accept, edit, reject, take back. Judgements are appended, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.model.errors import did_you_mean, quoted
from detente.reading.gazetteer import Gazetteer, gazetteer
from detente.reading.types import TYPES
from detente.store import ConflictError, Store, StoreError, UnknownError
from detente.store.judging import append, last
from detente.store.lookup import text_of
from detente.store.naming import add_alias
from detente.store.records import Review, StoredStatement
from detente.store.searching import statement
from detente.workspace.naming import learned, user_entries

__all__ = [
    "DECISIONS",
    "EDITABLE",
    "check_base",
    "check_values",
    "decide",
    "edits_of",
    "record",
    "reviewed",
    "undo",
]

DECISIONS = {"accept": "accepted", "edit": "edited", "reject": "rejected", "reopen": "reopened"}
"""What is asked for -> what is stored."""

_TYPES = tuple(row.name for row in TYPES)
_CHOICES: dict[str, tuple[str, ...]] = {
    "type": _TYPES,
    "attribution": ("direct", "indirect", "author"),
    "modality": ("asserted", "conditional", "expected", "hedged"),
}
_TEXTS = ("speaker",)
_MAYBE = ("before", "after", "issue", "condition")
_LISTS = ("actors", "targets")
_OFFSETS = ("start", "end")

EDITABLE = (
    *("type", "speaker", "actors", "targets", "before", "after", "issue", "condition"),
    *("attribution", "quoted", "modality", "start", "end"),
)
"""The fields that a review may change."""


def decide(
    store: Store,
    target: StoredStatement,
    decision: str,
    by: str,
    fields: Mapping[str, Any] | None = None,
    why: str | None = None,
    base: int | None = None,
) -> Review:
    """Append a judgement.

    Args:
        store: the workspace.
        target: the statement, as it is now.
        decision: ``accept``, ``edit``, ``reject`` or ``reopen``.
        by: who decides.
        fields: for ``edit``: the fields to change.
        why: the reason.
        base: number of the last review of the statement that was seen, 0 for none; ``None``: it
            does not matter whether there is another one meanwhile.

    Raises:
        ConflictError: somebody has judged the statement meanwhile.
        StoreError: a field cannot be changed so; the workspace cannot be written.
    """
    edits = edits_of(store, target, decision, fields)
    book = gazetteer(user_entries(store))
    with store.writing() as db:
        if base is not None:
            check_base(db, target.id, base)
        return record(db, book, target, decision, edits, by, why)


def check_base(db: Any, id: str, base: int) -> None:
    """Refuse, within a transaction, to judge a statement that was judged since it was seen.

    Raises:
        ConflictError: its last review is another one than ``base``.
    """
    row = db.execute(
        "SELECT num, by, decision FROM reviews WHERE statement = ? ORDER BY num DESC LIMIT 1", (id,)
    ).fetchone()
    now = 0 if row is None else row["num"]
    if now == base:
        return
    raise ConflictError(
        "this statement was judged meanwhile"
        + (f": {row['decision']} by {row['by']}" if row is not None else ""),
        rule=f"a judgement names the review that it follows: {base} was named, the last is {now}",
        hint="look at the statement as it is now and judge it again; nothing was written",
    )


def record(
    db: Any,
    book: Gazetteer,
    target: StoredStatement,
    decision: str,
    edits: Mapping[str, Any],
    by: str,
    why: str | None,
) -> Review:
    """Append a judgement within a transaction, and learn names from it."""
    review = append(db, target.id, DECISIONS[decision], edits, by, why)
    if decision in ("accept", "edit"):
        proposed = {**target.fields, **target.proposal}
        for name, party, role in learned(proposed, {**proposed, **edits}, book):
            add_alias(db, name, party, role, "review", review.num)
    return review


def edits_of(
    store: Store,
    target: StoredStatement,
    decision: str,
    fields: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return every field that differs from the proposal after a decision.

    Raises:
        StoreError: the decision or a field breaks a rule.
    """
    if decision not in DECISIONS:
        raise StoreError(
            f"there is no decision {quoted(decision)}",
            hint=did_you_mean(decision, DECISIONS),
        )
    if decision == "reopen":
        edits: dict[str, Any] = {}
    else:
        edits = {key: target.fields[key] for key in target.edited}
    if decision != "edit":
        if fields:
            raise StoreError(
                f"'{decision}' takes no fields", hint="use the decision 'edit' to change fields"
            )
        return edits
    if not fields:
        raise StoreError(
            "an edit needs fields", rule="fields: the names and new values", hint=_editable()
        )
    edits.update(_checked(store, target, fields))
    proposed = {**target.fields, **target.proposal}
    return {key: value for key, value in edits.items() if proposed.get(key) != value}


def undo(store: Store, by: str, review: Review) -> Review:
    """Take back a judgement: append one that says what was said before it.

    Raises:
        StoreError: the workspace cannot be written.
    """
    before = last(store, review.num, review.statement)
    with store.writing() as db:
        return append(
            db,
            review.statement,
            before.decision if before else "reopened",
            before.fields if before else {},
            by,
            f"undo of review {review.num}",
            review.num,
        )


def reviewed(store: Store, id: str) -> StoredStatement:
    """Return a statement that must exist.

    Raises:
        StoreError: there is none of this id.
    """
    found = statement(store, id)
    if found is None:
        raise UnknownError(
            f"there is no statement {quoted(id)}",
            rule="ids are those of `detente statements --json`",
            hint="or name it by document and span: doc, start, end",
        )
    return found


def _editable() -> str:
    return f"the fields are {', '.join(EDITABLE)}"


def _checked(store: Store, target: StoredStatement, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an edit, with what follows from them."""
    values = {key: _value(key, value) for key, value in fields.items()}
    whole = {**target.fields, **values}
    if (whole["before"] is None) != (whole["after"] is None):
        raise StoreError(
            "'before' and 'after' go together",
            rule="an order has both, or there is none",
            hint="give the other one too, or null for both",
        )
    if {"start", "end"} & set(values):
        text = text_of(store, target.document)
        if not 0 <= whole["start"] < whole["end"] <= len(text):
            raise StoreError(
                f"[{whole['start']}, {whole['end']}) is no span of {quoted(target.doc)}",
                rule=f"0 <= start < end <= {len(text):,}, in code points",
                hint="count code points of the raw text",
            )
        values["text"] = text[whole["start"] : whole["end"]]
    return values


def check_values(fields: Mapping[str, Any]) -> None:
    """Refuse values that no field of a statement can have.

    Raises:
        StoreError: a field breaks a rule.
    """
    for key, value in fields.items():
        _value(key, value)


def _value(key: str, value: Any) -> Any:
    """Return a field's new value, checked."""
    if key not in EDITABLE:
        raise StoreError(
            f"{quoted(key)} is no field that a review can change",
            hint=did_you_mean(key, EDITABLE),
        )
    if key in _CHOICES:
        if value not in _CHOICES[key]:
            raise StoreError(
                f"{quoted(str(value))} is no {key}", hint=did_you_mean(str(value), _CHOICES[key])
            )
        return value
    good = {
        "quoted": isinstance(value, bool),
        "start": isinstance(value, int) and not isinstance(value, bool),
        "end": isinstance(value, int) and not isinstance(value, bool),
    }.get(key, False)
    if key in _TEXTS:
        good = isinstance(value, str) and bool(value.strip())
    elif key in _MAYBE:
        good = value is None or (isinstance(value, str) and bool(value.strip()))
    elif key in _LISTS:
        good = isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    if not good:
        kind = (
            "true or false"
            if key == "quoted"
            else "a number"
            if key in _OFFSETS
            else "a list of names"
            if key in _LISTS
            else "text"
            if key in _TEXTS
            else "text or null"
        )
        raise StoreError(f"'{key}' must be {kind}", hint=_editable())
    return value
