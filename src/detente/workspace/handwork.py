"""Work on statements by hand: add one, merge several, take the last judgement back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.model.errors import counted, quoted
from detente.reading.results import EXTRACTOR_VERSION
from detente.store import ConflictError, Store, StoreError
from detente.store.handmade import add_statement
from detente.store.judging import append, last
from detente.store.lookup import document, document_lines, text_of
from detente.store.records import Review, StoredStatement
from detente.store.searching import statement
from detente.workspace.reviewing import check_values, reviewed, undo

__all__ = ["add_by_hand", "last_of_session", "merge", "undo_last"]

_MERGED = "says the same as "
_LONGEST = 4_000


def add_by_hand(
    store: Store, num: int, fields: Mapping[str, Any], by: str, why: str | None = None
) -> StoredStatement:
    """Add a statement that the reader did not find; it counts as accepted.

    Args:
        store: the workspace.
        num: number of the document.
        fields: ``start``, ``end``, ``type``, ``actors`` and what else is known of it.
        by: who adds it.
        why: the reason.

    Raises:
        UnknownError: there is no such document.
        StoreError: a field breaks a rule.
    """
    stored = document(store, num)
    text = text_of(store, num)
    start, end = fields["start"], fields["end"]
    if not 0 <= start < end <= len(text):
        raise StoreError(
            f"[{start}, {end}) is no span of {quoted(stored.name)}",
            rule=f"0 <= start < end <= {len(text):,}, in code points",
            hint="count code points of the raw text",
        )
    if end - start > _LONGEST:
        raise StoreError(
            f"the span has {counted(end - start, 'character')}",
            rule=f"a statement has at most {_LONGEST:,}",
            hint="choose the words of one position",
        )
    if not text[start:end].strip():
        raise StoreError(
            "the span has no words", rule="a statement has words", hint="select some text"
        )
    whole = {
        "start": start,
        "end": end,
        "type": fields["type"],
        "speaker": fields.get("speaker") or fields["actors"][0],
        "actors": list(fields["actors"]),
        "targets": list(fields.get("targets") or ()),
        "before": fields.get("before"),
        "after": fields.get("after"),
        "attribution": fields.get("attribution") or "indirect",
        "quoted": bool(fields.get("quoted")),
        "modality": fields.get("modality") or "asserted",
        "condition": fields.get("condition"),
        "issue": fields.get("issue"),
    }
    check_values({key: value for key, value in whole.items() if key not in ("start", "end")})
    if (whole["before"] is None) != (whole["after"] is None):
        raise StoreError(
            "'before' and 'after' go together",
            rule="an order has both, or there is none",
            hint="give the other one too, or leave both out",
        )
    line = next(
        (one for one in document_lines(store, num) if one["start"] <= start < one["end"]), None
    )
    sentence = [start, end] if line is None else [line["start"], max(end, line["end"])]
    extra = {
        "text": text[start:end],
        "repeat_of": None,
        "nested_in": None,
        "cue": None,
        "confidence": 1.0,
        "sentence": sentence,
        "version": EXTRACTOR_VERSION,
    }
    with store.writing() as db:
        own = add_statement(db, num, {**whole, **extra})
        append(db, own, "accepted", {}, by, why or "added by hand")
    return reviewed(store, own)


def merge(
    store: Store, ids: Sequence[str], into: str, by: str, why: str | None = None
) -> list[StoredStatement]:
    """Make statements repeats of one that says the same; all of them or none.

    Args:
        store: the workspace.
        ids: the statements that become repeats.
        into: the one that stays.
        by: who says so.
        why: the reason.

    Raises:
        UnknownError: there is no such statement.
        StoreError: one would repeat itself, or the one that stays is a repeat or rejected.
    """
    kept = reviewed(store, into)
    others = [reviewed(store, id) for id in dict.fromkeys(ids)]
    if any(one.id == kept.id for one in others):
        raise StoreError(
            "a statement cannot be merged into itself",
            rule="the others become repeats of the one that stays",
            hint="leave the one that stays out of the list",
        )
    if kept.state == "rejected":
        raise StoreError(
            "the statement that is to stay was rejected",
            rule="what stays counts",
            hint="accept it first, or merge into another one",
        )
    if kept.fields.get("repeat_of") is not None:
        raise StoreError(
            "the statement that is to stay repeats another one itself",
            rule="repeats point to a statement that is none",
            hint=f"merge into {quoted(str(kept.fields['repeat_of']))}",
        )
    reason = why or f"{_MERGED}{into}"
    with store.writing() as db:
        for one in others:
            edits = {key: one.fields[key] for key in one.edited}
            edits["repeat_of"] = kept.id
            append(db, one.id, "edited", edits, by, reason)
    return [reviewed(store, one.id) for one in others]


def last_of_session(store: Store, by: str, after: int) -> list[Review]:
    """Return the last judgement of a session that was not taken back; of a merge, each of it.

    Args:
        store: the workspace.
        by: who works.
        after: number of the last review made before the session.
    """
    rows = store.rows(
        "SELECT num, statement, at, why FROM reviews AS r WHERE num > ? AND by = ?"
        " AND undoes IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM reviews AS u WHERE u.undoes = r.num)"
        " ORDER BY num DESC LIMIT 200",
        (after, by),
    )
    if not rows:
        return []
    first = rows[0]
    chosen = [first]
    if (first["why"] or "").startswith(_MERGED):
        for row in rows[1:]:
            if (row["why"], row["at"]) != (first["why"], first["at"]):
                break
            chosen.append(row)
    found = [last(store, before=row["num"] + 1, id=row["statement"]) for row in chosen]
    return [review for review in found if review is not None]


def undo_last(store: Store, by: str, after: int) -> list[StoredStatement]:
    """Take back the last judgement of a session.

    Raises:
        StoreError: there is none.
        ConflictError: the statement was judged again by somebody else.
    """
    reviews = last_of_session(store, by, after)
    if not reviews:
        raise StoreError(
            "there is nothing to take back",
            rule="undo takes back judgements made since the workbench was started",
            hint="judge the statement again to change what was said before",
        )
    for review in reviews:
        newest = last(store, id=review.statement)
        if newest is None or newest.num != review.num:
            raise ConflictError(
                "the statement was judged again meanwhile",
                rule="undo takes back the last word on a statement only",
                hint="look at it as it is now and judge it again",
            )
    for review in reviews:
        undo(store, by, review)
    found = [statement(store, review.statement) for review in reviews]
    return [one for one in found if one is not None]
