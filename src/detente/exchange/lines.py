"""The lines of a file that Détente wrote: each checked, and all of them against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from detente.exchange.checking import CONTENT, FIELDS, Keys, fields_of, is_number, one_of
from detente.exchange.documents import document_of, text_at, text_or_none
from detente.exchange.errors import refuse
from detente.exchange.items import (
    AliasItem,
    Bundle,
    DocumentItem,
    PartyItem,
    ReviewItem,
    StatementItem,
)
from detente.model.errors import Where, quoted

__all__ = ["STATES", "Reader"]

STATES = {
    "accepted": "accepted",
    "edited": "edited",
    "rejected": "rejected",
    "reopened": "proposed",
}
"""Decision -> state after it."""

_ROLES = ("alias", "leader", "demonym", "capital")
_RECORDS = ("document", "statement", "review", "party", "alias")
_DOCUMENT = (*DocumentItem.__slots__, "record", "text_base64")
_STATEMENT = (
    *("record", "id", "doc", "sha256", "date", "state", "found", "listed", "edited", "proposal"),
    *FIELDS,
)
_REVIEW = ("record", "statement", *ReviewItem.__slots__)
_NEEDED = ("start", "end", "text", "type", "speaker", "actors", "targets", "extractor", "version")


class Reader:
    """Takes the lines after the header, one by one.

    Args:
        keys: counts what is ignored.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._documents: dict[tuple[str, str], DocumentItem] = {}
        self._statements: dict[str, StatementItem] = {}
        self._reviews: dict[str, list[ReviewItem]] = defaultdict(list)
        self._numbers: dict[int, str] = {}
        self._parties: list[PartyItem] = []
        self._aliases: list[tuple[AliasItem, Where]] = []

    def take(self, item: Mapping[str, Any], where: Where) -> None:
        """Take a line.

        Raises:
            ExchangeError: it breaks a rule.
        """
        record = one_of(item.get("record"), _RECORDS, "'record'", where)
        getattr(self, f"_{record}")(item, where)

    def bundle(self) -> Bundle:
        """Return everything that was taken.

        Raises:
            ExchangeError: a line points to one that is not there, or contradicts another.
        """
        statements = []
        for id, item in self._statements.items():
            reviews = tuple(sorted(self._reviews[id], key=lambda review: review.num))
            assert item.where is not None
            state = STATES[reviews[-1].decision] if reviews else "proposed"
            if item.state != state:
                refuse(
                    f"this statement is {quoted(str(item.state))}, its last judgement "
                    f"{'says ' + quoted(state) if reviews else 'is missing'}",
                    item.where,
                    "a state comes from judgements: correct the line, or export it again",
                )
            statements.append(replace(item, reviews=reviews))
        for alias, where in self._aliases:
            if alias.review is not None and alias.review not in self._numbers:
                refuse(f"there is no judgement {alias.review}", where, "export the file again")
        return Bundle(
            tuple(self._documents.values()),
            tuple(statements),
            tuple(self._parties),
            tuple(alias for alias, _ in self._aliases),
            whole=True,
            strict=True,
            ignored=dict(self._keys.ignored),
        )

    def _document(self, item: Mapping[str, Any], where: Where) -> None:
        self._keys.note(item, _DOCUMENT)
        document = document_of(item, where)
        assert document.sha256 is not None
        self._documents[document.name, document.sha256] = document

    def _statement(self, item: Mapping[str, Any], where: Where) -> None:
        self._keys.note(item, _STATEMENT)
        id = text_at(item, "id", where)
        if id in self._statements:
            refuse(f"the statement {quoted(id)} is there twice", where, "remove one of the lines")
        document = self._documents.get(
            (text_at(item, "doc", where), text_at(item, "sha256", where))
        )
        if document is None:
            refuse(
                f"the document {quoted(str(item['doc']))} of this statement is not above it",
                where,
                "its line stands before those of its statements; export the file again",
            )
        fields = fields_of(item, where)
        if lost := [key for key in _NEEDED if key not in fields]:
            refuse(f"'{lost[0]}' is missing", where, "export the file again")
        proposal = item.get("proposal") or {}
        if not isinstance(proposal, dict) or not set(proposal) <= set(CONTENT):
            refuse("'proposal' holds the fields that were changed", where, "export the file again")
        fields_of({**fields, **proposal}, where)
        assert document.text is not None
        for said in (fields, {**fields, **proposal}):
            if document.text[said["start"] : said["end"]] != said["text"] or not said["text"]:
                refuse(
                    f"[{said['start']}, {said['end']}) of the document is not 'text'",
                    where,
                    "offsets count code points of the raw text; export the file again",
                )
        state = one_of(item.get("state"), set(STATES.values()), "'state'", where)
        self._statements[id] = StatementItem(
            document,
            fields,
            id,
            state,
            found=item.get("found") is not False,
            listed=item.get("listed") is not False,
            proposal=proposal,
            where=where,
        )

    def _review(self, item: Mapping[str, Any], where: Where) -> None:
        self._keys.note(item, _REVIEW)
        id, num, undoes = text_at(item, "statement", where), item.get("num"), item.get("undoes")
        if id not in self._statements:
            refuse(f"there is no statement {quoted(id)} above", where, "export the file again")
        if not isinstance(num, int) or not is_number(num) or num in self._numbers:
            refuse("'num' must be a number of its own", where, "export the file again")
        if undoes is not None and not (is_number(undoes) and self._numbers.get(undoes) == id):
            refuse(f"there is no judgement {undoes!r} to undo", where, "export the file again")
        fields = item.get("fields") or {}
        if not isinstance(fields, dict) or not set(fields) <= set(CONTENT):
            refuse("'fields' holds fields that a judgement changes", where, "correct the line")
        fields_of({**self._statements[id].fields, **fields}, where)
        why = item.get("why")
        if why is not None and not isinstance(why, str):
            refuse("'why' must be text", where, "or leave it out")
        self._numbers[num] = id
        decision = one_of(item.get("decision"), STATES, "'decision'", where)
        self._reviews[id].append(
            ReviewItem(
                num,
                decision,
                fields,
                text_at(item, "by", where),
                text_at(item, "at", where),
                why,
                undoes,
            )
        )

    def _party(self, item: Mapping[str, Any], where: Where) -> None:
        self._keys.note(item, ("record", *PartyItem.__slots__))
        self._parties.append(
            PartyItem(
                text_at(item, "name", where),
                text_at(item, "kind", where),
                text_at(item, "origin", where),
                text_or_none(item, "added_at", where),
            )
        )

    def _alias(self, item: Mapping[str, Any], where: Where) -> None:
        self._keys.note(item, ("record", *AliasItem.__slots__))
        review = item.get("review")
        if review is not None and not is_number(review):
            refuse("'review' must be the number of a judgement or null", where, "correct it")
        alias = AliasItem(
            text_at(item, "alias", where),
            text_at(item, "party", where),
            one_of(item.get("role"), _ROLES, "'role'", where),
            text_at(item, "origin", where),
            review,
            text_or_none(item, "added_at", where),
        )
        self._aliases.append((alias, where))
