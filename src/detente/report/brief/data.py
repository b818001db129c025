"""A brief as plain data: the same sections, sentences and footnotes, for programs."""

from __future__ import annotations

from typing import Any

from detente.report.brief.document import (
    Block,
    Brief,
    Bullets,
    Cite,
    Facts,
    Figure,
    Heading,
    Line,
    Note,
    Paragraph,
    Quote,
    Sources,
    Table,
    plain,
)

__all__ = ["brief_document"]


def brief_document(brief: Brief) -> dict[str, Any]:
    """Return the JSON document of ``detente brief --json``."""
    return {
        "kind": brief.kind,
        "title": brief.title,
        "headline": brief.headline,
        "notices": list(brief.notices),
        "unreviewed": brief.unreviewed,
        "date": brief.date,
        "paper": brief.paper,
        "facts": dict(brief.facts),
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in brief.sections
        ],
        "notes": [_note(note) for note in brief.notes],
        "references": list(brief.references),
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, id):
            return {"block": "heading", "text": text, "id": id}
        case Paragraph(line, role):
            return {"block": "paragraph", "role": role, **_line(line)}
        case Bullets(items, ordered):
            told = [{"id": item.id, **_line(item.line)} for item in items]
            return {"block": "list", "ordered": ordered, "items": told}
        case Facts(rows):
            return {
                "block": "facts",
                "rows": [{"term": term, **_line(said)} for term, said in rows],
            }
        case Quote(text, source):
            return {"block": "quote", "text": text, "source": _line(source)}
        case Table(caption, head, rows):
            cells = [[_line(cell) for cell in row] for row in rows]
            return {"block": "table", "caption": caption, "head": list(head), "rows": cells}
        case Figure():
            return {
                "block": "figure",
                "title": block.title,
                "description": block.description,
                "caption": plain(block.caption),
                "width": block.width,
                "height": block.height,
                "svg": block.svg,
            }
        case Sources(notes):
            return {"block": "sources", "notes": [note.number for note in notes]}
    raise AssertionError("every block is one of these")


def _line(line: Line) -> dict[str, Any]:
    pieces: list[dict[str, Any]] = []
    for piece in line:
        if isinstance(piece, Cite):
            pieces.append({"note": piece.note, "not_reviewed": piece.open})
        else:
            pieces.append({"text": piece.text, "style": piece.style, "to": piece.to})
    return {"text": plain(line), "pieces": pieces}


def _note(note: Note) -> dict[str, Any]:
    return {
        "number": note.number,
        "statement": note.statement,
        "quote": note.quote,
        "doc": note.doc,
        "date": note.date,
        "speaker": note.speaker,
        "type": note.type,
        "state": note.state,
        "not_reviewed": note.open,
        "mentions": note.mentions,
    }
