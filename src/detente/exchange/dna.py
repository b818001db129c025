"""Statements as an event list of the Discourse Network Analyzer (DNA), in its CSV.

The columns are those that DNA writes for its default statement type: ``statement_id``, ``time``,
the variables ``person``, ``organization``, ``concept`` and ``agreement``, then positions, text,
coder and document. Like DNA we separate by semicolons, and positions count UTF-16 code units.
Five columns of our own follow, by which a file of ours can be imported without loss of what they
hold. DNA replaces ``;`` and ``"`` in texts; we quote them, which R and spreadsheets read.

Source: Leifeld, *Discourse Network Analyzer*, ``Exporter.java`` of the public repository
``leifeld/dna``, network type "eventlist"; Leifeld, Gruber and Bossner, *DNA Manual* (2018).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from detente.exchange.anchoring import Offsets
from detente.exchange.checking import Keys, one_of
from detente.exchange.coding import AGREEMENT, TYPE_OF_AGREEMENT, concept_of
from detente.exchange.csvtext import bare, read_rows, write_rows
from detente.exchange.errors import refuse
from detente.exchange.items import Bundle, DocumentItem, Quote, StatementItem
from detente.exchange.lines import STATES
from detente.model.errors import Where

__all__ = ["COLUMNS", "OURS", "read", "write"]

COLUMNS = (
    *("statement_id", "time", "person", "organization", "concept", "agreement"),
    *("start_position", "stop_position", "text", "coder", "document_id", "document_title"),
    *("document_author", "document_source", "document_section", "document_type"),
)
"""The columns of DNA."""

OURS = ("detente_id", "detente_doc", "detente_type", "detente_issue", "detente_state")
"""The columns that we add."""

_NEEDED = ("organization", "agreement", "text")


def write(bundle: Bundle, writer: str) -> str:
    """Return a row for each actor of each statement; one without an organization if it has none.

    Args:
        bundle: what to write; its documents have their texts.
        writer: not held by the format.
    """
    return write_rows(_rows(bundle), ";")


def _rows(bundle: Bundle) -> Iterator[tuple[str | int, ...]]:
    yield (*COLUMNS, *OURS)
    numbers = {id(document): k for k, document in enumerate(bundle.documents, start=1)}
    offsets = {id(d): Offsets(d.text or "") for d in bundle.documents}
    row = 0
    for item in bundle.statements:
        fields, document = item.fields, item.document
        counted = offsets[id(document)]
        for actor in fields["actors"] or [""]:
            row += 1
            yield (
                *(row, _time(document), fields["speaker"], actor, concept_of(fields)),
                AGREEMENT[fields["type"]],
                *(counted.to_utf16(fields["start"]), counted.to_utf16(fields["end"])),
                fields["text"],
                item.reviews[-1].by if item.reviews else "",
                numbers[id(document)],
                document.title or document.name,
                *("", "", "", ""),
                *(item.id or "", document.name, fields["type"], fields.get("issue") or ""),
                item.state or "proposed",
            )


def _time(document: DocumentItem) -> str:
    date = document.date or ""
    clock = date[11:19] if len(date) >= 19 and date[10] in "T " else "00:00:00"
    return f"{document.day} {clock}"


def read(text: str, source: str) -> Bundle:
    """Return the statements of an event list; rows that differ by organization only are one.

    Args:
        text: the file.
        source: its name in messages.

    Raises:
        ExchangeError: a column is missing, or a cell breaks a rule.
    """
    rows = read_rows(text, source)
    names = list(rows[0][1]) if rows else []
    for name in _NEEDED:
        if rows and name not in names:
            refuse(
                f"there is no column '{name}'",
                Where(source, 1),
                "export an event list with DNA; statements are found by their text in the "
                "documents, which 'text' must hold",
            )
    keys = Keys()
    keys.note(names, (*COLUMNS, *OURS))
    ours = set(OURS) <= set(names)
    found: dict[tuple[Any, ...], StatementItem] = {}
    for line, row in rows:
        cells = {name: bare(cell) for name, cell in row.items()} if ours else row
        item = _statement(cells, Where(source, line), ours)
        key = tuple(
            cells.get(name, "")
            for name in (*COLUMNS[1:], *OURS)
            if name not in ("organization", "document_id")
        )
        before = found.get(key)
        found[key] = item if before is None else _joint(before, item)
    return Bundle((), tuple(found.values()), ignored=dict(keys.ignored), folded=True)


def _joint(first: StatementItem, second: StatementItem) -> StatementItem:
    actors = list(dict.fromkeys([*first.fields["actors"], *second.fields["actors"]]))
    return replace(first, fields={**first.fields, "actors": actors})


def _statement(cells: dict[str, str], where: Where, ours: bool) -> StatementItem:
    agreement = cells["agreement"].strip().lower()
    agreement = {"true": "1", "yes": "1", "false": "0", "no": "0"}.get(agreement, agreement)
    one_of(agreement, ("0", "1"), "'agreement'", where)
    concept, actor = cells.get("concept", ""), cells["organization"]
    fields: dict[str, Any] = {
        "actors": [actor] if actor.strip() else [],
        "issue": concept if concept.strip() else None,
    }
    if cells.get("person", "").strip():
        fields["speaker"] = cells["person"]
    state = None
    if ours:
        fields["type"] = one_of(cells["detente_type"], AGREEMENT, "'detente_type'", where)
        fields["issue"] = cells["detente_issue"] or None
        state = one_of(cells["detente_state"], set(STATES.values()), "'detente_state'", where)
    for name, key in (("start_position", "start"), ("stop_position", "end")):
        value = cells.get(name, "").strip()
        if value:
            if not (value.isascii() and value.isdigit()):
                refuse(f"'{name}' must be a whole number", where, "correct it")
            fields[key] = int(value)
    return StatementItem(
        _document(cells),
        fields,
        cells.get("detente_id") or None,
        state,
        quote=Quote(cells["text"]),
        unit="UTF-16",
        by=cells.get("coder", "").strip() or None,
        otherwise={"type": TYPE_OF_AGREEMENT[int(agreement)]},
        where=where,
    )


def _document(cells: dict[str, str]) -> DocumentItem:
    title = cells.get("document_title", "")
    return DocumentItem(
        cells.get("detente_doc") or title,
        title=title or None,
        date=cells.get("time", "")[:10] or None,
    )
