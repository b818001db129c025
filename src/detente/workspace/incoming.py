"""What comes in: a file in one of the formats, and texts that it only names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.exchange.anchoring import Placed
from detente.exchange.errors import ExchangeError, refuse
from detente.exchange.items import Bundle, DocumentItem
from detente.exchange.table import Format
from detente.model.errors import Where
from detente.reading.language import UNKNOWN, language_of
from detente.reading.lines import label_lines
from detente.reading.text import Document, sentences
from detente.store.connection import now
from detente.store.indexing import IMPORTED

if TYPE_CHECKING:
    from detente.sources import SourceText

__all__ = ["completed_document", "load_bundle", "load_texts", "sentence_of"]

MOST_BYTES = 2**30
"""Largest file that is imported."""


def load_bundle(path: str, chosen: Format) -> Bundle:
    """Return what a file says.

    Raises:
        ExchangeError: it cannot be read, is not what its format says, or the format can only be
            exported.
    """
    where = Where(path)
    if chosen.read is None:
        raise ExchangeError(
            f"{chosen.name} cannot be imported: {chosen.refusal}",
            where=where,
            rule="a statement keeps the characters that it stands for",
            hint="import jsonl, w3c or dna-csv; export those beside this one",
        )
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is not a file name"
        refuse(f"the file cannot be read: {reason}", where, "check the path")
    if len(raw) > MOST_BYTES:
        refuse(f"the file is larger than {MOST_BYTES // 2**20:,} MiB", where, "split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        refuse("the file is not UTF-8 text", Where(path, line), "convert it to UTF-8")
    return chosen.read(text, path)


def load_texts(names: Sequence[str]) -> list[SourceText]:
    """Return the texts of files, as ``detente read`` would read them.

    Raises:
        DetenteError: one of them cannot be read.
    """
    if not names:
        return []
    from detente.sources import gather

    return list(gather(names))


def completed_document(item: DocumentItem) -> dict[str, Any]:
    """Return a document with what nobody has read yet: its lines and its language."""
    whole = {name: getattr(item, name) for name in item.__slots__}
    assert item.text is not None
    if item.extractor is None:
        lines = label_lines(Document(item.name, item.text))
        running = (item.text[line.start : line.end] for line in lines if not line.is_residue)
        whole["lines"] = tuple(
            {"start": n.start, "end": n.end, "label": n.label, "original": n.original}
            for n in lines
        )
        whole["language"] = item.language or language_of(" ".join(running)[:40_000])
    return {
        **whole,
        "language": whole["language"] or UNKNOWN,
        "read_at": item.read_at or now(),
        "extractor": item.extractor or IMPORTED,
    }


def sentence_of(text: str, found: Placed) -> list[int]:
    """Return the range of the sentence that a span stands in; its own if it is in several."""
    low = max(text.rfind("\n", 0, found.start), text.rfind("\r", 0, found.start)) + 1
    ends = [at for c in "\r\n" if (at := text.find(c, found.end)) >= 0]
    for span in sentences(text, low, min(ends, default=len(text))):
        if span.start <= found.start and found.end <= span.end:
            return [span.start, span.end]
    return [found.start, found.end]
