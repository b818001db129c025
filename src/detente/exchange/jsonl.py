"""JSON lines: the format that holds everything, and the simple one for statements made by hand.

A file that Détente writes begins with a header, ``{"detente": "statements", "version": 1, …}``;
every other line says which ``record`` it is. A file made by hand has no header: each line is a
statement in the shape of ``detente read --json``, or a document (``"record": "document"``).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from detente.exchange.checking import Keys, json_object
from detente.exchange.errors import refuse
from detente.exchange.handmade import read_handmade
from detente.exchange.items import Bundle, DocumentItem, ReviewItem, StatementItem
from detente.exchange.lines import Reader
from detente.model.errors import Where

__all__ = ["VERSION", "read", "write"]

VERSION = 1
"""Version of the format; a file of another one is refused."""

_NAME = "statements"


def write(bundle: Bundle, writer: str) -> str:
    """Return everything as JSON lines.

    Args:
        bundle: what to write.
        writer: the version of Détente, for the header.
    """
    lines = [
        *({"record": "document", **_document(item)} for item in bundle.documents),
        *({"record": "statement", **_statement(item)} for item in bundle.statements),
        *(
            {"record": "review", "statement": item.id, **_plain(review)}
            for item, review in _in_order(bundle)
        ),
        *({"record": "party", **_plain(party)} for party in bundle.parties),
        *({"record": "alias", **_plain(alias)} for alias in bundle.aliases),
    ]
    head = {"detente": _NAME, "version": VERSION, "writer": writer, "lines": len(lines)}
    return "".join(_line(line) for line in (head, *lines))


def _in_order(bundle: Bundle) -> Iterator[tuple[StatementItem, ReviewItem]]:
    """Yield the judgements in the order in which they were made."""
    every = ((item, review) for item in bundle.statements for review in item.reviews)
    yield from sorted(every, key=lambda pair: pair[1].num)


def _line(item: Mapping[str, Any]) -> str:
    text = json.dumps(item, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair
        text = json.dumps(item)
    return text + "\n"


def _plain(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


def _document(item: DocumentItem) -> dict[str, Any]:
    line = _plain(item)
    text = item.text
    if text is not None and not _encodes(text):
        # JSON joins two halves of a pair that stand together: the text would not come back.
        line["text"] = None
        raw = text.encode("utf-8", "surrogatepass")
        line["text_base64"] = base64.b64encode(raw).decode("ascii")
    return line


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _statement(item: StatementItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "doc": item.document.name,
        "sha256": item.document.sha256,
        **item.fields,
        "date": item.document.day,
        "state": item.state,
        "found": item.found,
        "listed": item.listed,
        "edited": sorted(item.proposal),
        "proposal": dict(item.proposal),
    }


def read(text: str, source: str) -> Bundle:
    """Return what JSON lines say.

    Args:
        text: the file.
        source: its name in messages.

    Raises:
        ExchangeError: a line is wrong, the file is cut off, or its version is unknown.
    """
    lines = [
        (Where(source, number), line)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    if not lines:
        refuse("the file is empty", Where(source), "the first line is the header or a statement")
    first = json_object(lines[0][1], lines[0][0])
    if "detente" not in first:
        return read_handmade(lines)
    _check_head(first, lines[0][0], len(lines) - 1)
    reader = Reader(Keys())
    for where, line in lines[1:]:
        reader.take(json_object(line, where), where)
    return reader.bundle()


def _check_head(head: Mapping[str, Any], where: Where, count: int) -> None:
    if head["detente"] != _NAME:
        refuse(
            "this is no export of statements",
            where,
            f'the header of one is {{"detente": "{_NAME}", "version": {VERSION}}}',
        )
    if head.get("version") != VERSION:
        refuse(
            f"this file has version {json.dumps(head.get('version'))} of the format; "
            f"this Détente knows version {VERSION}",
            where,
            "read it with the Détente that wrote it, or a later one, and export it again",
        )
    if head.get("lines", count) != count:
        refuse(
            f"the header says {json.dumps(head['lines'])} lines, there are {count:,}",
            where,
            "the file is cut off or was edited: export it again, or drop 'lines' from the header",
        )
