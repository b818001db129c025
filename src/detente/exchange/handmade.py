"""Statements that people coded elsewhere: as few keys as can be, the rest follows.

Each line is a statement in the shape of ``detente read --json``. Needed are ``doc``, ``start``,
``end`` and ``type``; ``text`` is checked if it is there. A line with ``"record": "document"`` holds
a text: ``name`` and ``text``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.exchange.checking import FIELDS, Keys, fields_of, json_object, one_of, sound
from detente.exchange.documents import document_of
from detente.exchange.errors import refuse
from detente.exchange.items import Bundle, DocumentItem, Quote, StatementItem
from detente.model.errors import Where, quoted

__all__ = ["completed", "read_handmade"]

_KNOWN = (*FIELDS, "record", "id", "doc", "by", "why")
_DOCUMENT = ("record", "name", "text", "sha256", "title", "date", "media", "language", "places")
_NEEDED = ("doc", "start", "end", "type")


def read_handmade(lines: Sequence[tuple[Where, str]]) -> Bundle:
    """Return the statements and documents of a file without a header.

    Raises:
        ExchangeError: a line is wrong.
    """
    keys = Keys()
    documents: dict[str, DocumentItem] = {}
    statements: list[StatementItem] = []
    ids: dict[tuple[str, str], int] = {}
    for where, line in lines:
        item = json_object(line, where)
        record = one_of(item.get("record", "statement"), ("statement", "document"), "record", where)
        if record == "document":
            keys.note(item, _DOCUMENT)
            document = document_of(item, where)
            if document.name in documents:
                refuse(
                    f"the document {quoted(document.name)} is there twice",
                    where,
                    "give each document a name of its own",
                )
            documents[document.name] = document
            continue
        keys.note(item, _KNOWN)
        statement = _statement(item, where)
        if isinstance(item.get("id"), str):
            named = (statement.document.name, item["id"])
            if named in ids:
                refuse(
                    f"there are two statements {quoted(item['id'])} in "
                    f"{quoted(statement.document.name)}",
                    where,
                    "ids are unique in a document; leave them out if nothing points to them",
                )
            ids[named] = len(statements)
        statements.append(statement)
    return Bundle(
        tuple(documents.values()), tuple(statements), strict=True, ignored=dict(keys.ignored)
    )


def _statement(item: Mapping[str, Any], where: Where) -> StatementItem:
    if lost := [key for key in _NEEDED if key not in item]:
        refuse(
            f"'{lost[0]}' is missing",
            where,
            f"a statement needs {', '.join(_NEEDED[:-1])} and {_NEEDED[-1]}",
        )
    for key in ("doc", "id", "by", "why"):
        if key in item and not (isinstance(item[key], str) and item[key].strip()):
            refuse(
                f"'{key}' must be text", where, "correct it" if key == "doc" else "or leave it out"
            )
    fields = fields_of(item, where)
    return StatementItem(
        DocumentItem(sound(item["doc"])),
        fields,
        item.get("id"),
        quote=Quote(fields["text"]) if "text" in fields else None,
        by=sound(item["by"]) if "by" in item else None,
        why=sound(item["why"]) if "why" in item else None,
        where=where,
    )


def completed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a statement with those that were left out.

    The speaker is the only actor, or ``unnamed``; what an author says in their own voice is
    ``author``, everything else ``indirect``. What people coded is certain.
    """
    actors = list(fields.get("actors") or [])
    speaker = fields.get("speaker") or (actors[0] if len(actors) == 1 else "unnamed")
    return {
        "speaker": speaker,
        "actors": actors,
        "targets": [],
        "before": None,
        "after": None,
        "attribution": "author" if speaker == "author" else "indirect",
        "quoted": fields.get("attribution") == "direct",
        "repeat_of": None,
        "nested_in": None,
        "cue": None,
        "modality": "asserted",
        "condition": None,
        "issue": None,
        "confidence": 1.0,
        "extractor": "imported",
        "version": "1",
        **fields,
    }
