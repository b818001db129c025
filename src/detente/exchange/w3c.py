"""Statements as annotations: the W3C Web Annotation Data Model, as one JSON-LD document.

An ``AnnotationCollection`` with one page. Each annotation has the statement in its body, under
terms of ours beside those of the standard, and the type once more as a tag, for programs that know
tags only. Its target has a ``TextPositionSelector``, which counts code points as section 4.2 of the
model asks, and a ``TextQuoteSelector``. The addresses in a file are names; nothing is fetched.

Source: Sanderson, Ciccarese and Young (eds), *Web Annotation Data Model*, W3C (2017).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from detente.exchange.anchoring import quote_at
from detente.exchange.checking import FIELDS, Keys, fields_of, is_number, sound
from detente.exchange.errors import refuse
from detente.exchange.items import Bundle, DocumentItem, Quote, ReviewItem, StatementItem
from detente.exchange.lines import STATES
from detente.model.errors import Where
from detente.reading.types import TYPES

__all__ = ["CONTEXT", "read", "write"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_OURS = "urn:detente:terms:"
_PREFIX = "detente:"
_STATEMENT, _DOCUMENT = "urn:detente:statement:", "urn:detente:document:"
_BODY = tuple(key for key in FIELDS if key not in ("start", "end", "text"))
_TYPES = {row.name for row in TYPES}


def write(bundle: Bundle, writer: str) -> str:
    """Return the statements as annotations.

    Args:
        bundle: what to write; its documents have their texts.
        writer: the version of Détente.
    """
    software = {"type": "Software", "name": f"Détente {writer}"}
    items = [_annotation(item) for item in bundle.statements]
    document = {
        "@context": [CONTEXT, {"detente": _OURS}],
        "id": "urn:detente:statements",
        "type": "AnnotationCollection",
        "label": "Statements",
        "generator": software,
        "total": len(items),
        "first": {
            "id": "urn:detente:statements:1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair
        text = json.dumps(document, indent=1)
    return text + "\n"


def _annotation(item: StatementItem) -> dict[str, Any]:
    fields, document = item.fields, item.document
    start, end = fields["start"], fields["end"]
    assert document.text is not None
    quote = quote_at(document.text, start, end)
    newest = item.reviews[-1] if item.reviews else None
    body = {
        "type": f"{_PREFIX}Statement",
        "purpose": "describing",
        **{f"{_PREFIX}{key}": fields[key] for key in _BODY if key in fields},
        f"{_PREFIX}state": item.state,
    }
    if newest is not None:
        body[f"{_PREFIX}decision"] = newest.decision
        body[f"{_PREFIX}why"] = newest.why
    annotation: dict[str, Any] = {
        "id": f"{_STATEMENT}{item.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": fields["type"]}, body],
        "target": {
            "source": {
                "id": _source(document),
                "type": "Text",
                "format": "text/plain",
                f"{_PREFIX}name": document.name,
                f"{_PREFIX}sha256": document.sha256,
                f"{_PREFIX}title": document.title,
                f"{_PREFIX}date": document.date,
                **({"language": document.language} if document.language else {}),
            },
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": quote.exact,
                    "prefix": quote.prefix,
                    "suffix": quote.suffix,
                },
            ],
        },
    }
    if newest is not None:
        annotation["creator"] = {"type": "Person", "name": newest.by}
        annotation["created"] = newest.at
    return annotation


def _source(document: DocumentItem) -> str:
    addresses = (place for place, _ in document.places if "://" in place)
    return next(addresses, f"{_DOCUMENT}{document.sha256}")


def read(text: str, source: str) -> Bundle:
    """Return the statements of a collection, a page, a list of annotations or one annotation.

    Args:
        text: the file.
        source: its name in messages.

    Raises:
        ExchangeError: it is no JSON-LD of annotations, or a value of ours breaks a rule.
    """
    where = Where(source)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        refuse(
            f"this file is not JSON: {getattr(error, 'msg', 'it cannot be read')}",
            Where(source, line),
            "export it again; annotations one a line go into a list: [ …, … ]",
        )
    keys = Keys()
    statements = []
    for number, annotation in enumerate(_annotations(document, where), start=1):
        statements.append(_read(annotation, Where(f"{source}#{number}"), keys))
    return Bundle((), tuple(statements), ignored=dict(keys.ignored))


def _annotations(document: Any, where: Where) -> Iterator[Mapping[str, Any]]:
    """Yield the annotations of a document, whatever it is."""
    if isinstance(document, list):
        for item in document:
            yield from _annotations(item, where)
        return
    kinds = _several(document.get("type")) if isinstance(document, dict) else []
    if "Annotation" in kinds:
        yield document
    elif "AnnotationPage" in kinds:
        yield from _annotations(document.get("items") or [], where)
        if document.get("next") is not None:
            yield from _further(document["next"], where)
    elif "AnnotationCollection" in kinds:
        yield from _further(document.get("first") or [], where)
    else:
        refuse(
            "this is no annotation of the W3C model",
            where,
            "its 'type' is Annotation, AnnotationPage or AnnotationCollection",
        )


def _further(page: Any, where: Where) -> Iterator[Mapping[str, Any]]:
    if isinstance(page, str):
        refuse(
            "a page of this collection is only named, not included",
            where,
            "nothing is fetched: save its pages, each as a file or all in one list",
        )
    yield from _annotations(page, where)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _read(item: Mapping[str, Any], where: Where, keys: Keys) -> StatementItem:
    targets = _several(item.get("target"))
    if len(targets) != 1:
        refuse(
            f"this annotation has {len(targets)} targets",
            where,
            "a statement stands in one place: give each its own annotation",
        )
    target = targets[0] if isinstance(targets[0], dict) else {"source": targets[0]}
    position, quote = _selectors(_several(target.get("selector")), where)
    bodies = [body for body in _several(item.get("body")) if isinstance(body, dict)]
    ours = next(
        (body for body in bodies if f"{_PREFIX}Statement" in _several(body.get("type"))), {}
    )
    said = {key.removeprefix(_PREFIX): v for key, v in ours.items() if key.startswith(_PREFIX)}
    fields = fields_of(said, where)
    if "type" not in fields:
        said_tags = (tag for body in bodies for tag in _several(body.get("value")))
        tags = [tag for tag in said_tags if isinstance(tag, str) and tag in _TYPES]
        if tags:
            fields["type"] = tags[0]
    keys.note(said, (*_BODY, "state", "decision", "why"))
    fields.update(zip(("start", "end"), position or (), strict=False))
    id = sound(str(item.get("id", "")))
    return StatementItem(
        _document(target.get("source"), where),
        fields,
        id.removeprefix(_STATEMENT) if id.startswith(_STATEMENT) else None,
        said.get("state") if said.get("state") in STATES.values() else None,
        quote=quote,
        reviews=_judgement(item, said),
        by=_name(item.get("creator")),
        where=where,
    )


def _judgement(item: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[ReviewItem, ...]:
    by, at, decision = _name(item.get("creator")), item.get("created"), said.get("decision")
    if by is None or not isinstance(decision, str) or decision not in STATES:
        return ()
    why = said.get("why")
    return (
        ReviewItem(
            1,
            decision,
            {},
            by,
            sound(at) if isinstance(at, str) and at else None,
            sound(why) if isinstance(why, str) and why else None,
        ),
    )


def _name(creator: Any) -> str | None:
    for one in _several(creator):
        name = one.get("name") or one.get("id") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            return sound(name)
    return None


def _selectors(selectors: list[Any], where: Where) -> tuple[tuple[int, int] | None, Quote | None]:
    position: tuple[int, int] | None = None
    quote: Quote | None = None
    for one in selectors:
        kind = one.get("type") if isinstance(one, dict) else None
        if kind == "TextPositionSelector":
            start, end = one.get("start"), one.get("end")
            if not (is_number(start) and is_number(end)):
                refuse("'start' and 'end' of a position are whole numbers", where, "correct them")
            position = (start, end)
        elif kind == "TextQuoteSelector":
            words = [one.get(key, "") for key in ("exact", "prefix", "suffix")]
            if not all(isinstance(word, str) for word in words):
                refuse(
                    "'exact', 'prefix' and 'suffix' of a quotation are text", where, "correct them"
                )
            quote = Quote(*words)
    return position, quote


def _document(source: Any, where: Where) -> DocumentItem:
    if isinstance(source, str):
        source = {"id": source}
    if not isinstance(source, dict):
        refuse("the target of this annotation has no 'source'", where, "name the document")
    said = {
        key: sound(value)
        for key in ("name", "sha256", "title", "date")
        if isinstance(value := source.get(f"{_PREFIX}{key}"), str) and value
    }
    id = sound(str(source.get("id", "")))
    return DocumentItem(
        said.get("name", id.rstrip("/").rpartition("/")[2]),
        sha256=said.get("sha256"),
        title=said.get("title"),
        date=said.get("date"),
        places=() if id.startswith(_DOCUMENT) or not id else ((id, None),),
    )
