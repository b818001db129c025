"""Statements as events with PLOVER codes: who did what to whom, on which day.

Source: Open Event Data Alliance, *PLOVER* (2016), the successor of CAMEO.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.exchange.coding import parties_of
from detente.exchange.csvtext import write_rows
from detente.exchange.items import Bundle, StatementItem
from detente.reading.types import EVENT_OF_TYPE

__all__ = ["COLUMNS", "is_event", "write"]

COLUMNS = (
    *("date", "source", "event", "target", "quote", "doc", "start", "end"),
    *("statement", "type", "state"),
)
"""The columns: one row for each source and target of an event."""


def is_event(item: StatementItem) -> bool:
    """Tell whether PLOVER has a class for a statement, and it is no reprint of another."""
    return EVENT_OF_TYPE[item.fields["type"]] is not None and not item.fields.get("repeat_of")


def write(bundle: Bundle, writer: str) -> str:
    """Return the events; a source or target that is unknown is empty.

    Args:
        bundle: what to write.
        writer: not held by the format.
    """
    return write_rows(_rows(bundle), ",")


def _rows(bundle: Bundle) -> Iterator[tuple[str | int, ...]]:
    yield COLUMNS
    for item in bundle.statements:
        fields = item.fields
        code = EVENT_OF_TYPE[fields["type"]]
        if code is None or not is_event(item):
            continue
        for source in list(parties_of(fields["actors"])) or [""]:
            for target in list(parties_of(fields["targets"])) or [""]:
                yield (
                    *(item.document.day, source, code, target, fields["text"]),
                    *(item.document.name, fields["start"], fields["end"]),
                    *(item.id or "", fields["type"], item.state or "proposed"),
                )
