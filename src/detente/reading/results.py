"""What the reader returns: frozen statements, attributions and lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from detente.reading.attribution import Attribution
from detente.reading.lines import Line
from detente.reading.model.asking import ModelTally
from detente.reading.text import Document

__all__ = ["EXTRACTOR", "EXTRACTOR_VERSION", "Reading", "Statement"]

EXTRACTOR = "rules"
EXTRACTOR_VERSION = "2"


@dataclass(frozen=True, slots=True)
class Statement:
    """One position taken in a text. See ``docs`` and the table in :mod:`.types`.

    Attributes:
        id: unique in the document.
        doc: name of the document.
        start: offset of its first code point in the raw text.
        end: offset after its last one.
        text: the characters of the span.
        type: one of the eleven types.
        speaker: whose words or position it is; ``author`` or ``unnamed`` where the contract says.
        actors: the parties whose statement it is.
        targets: the parties it is directed at.
        before: what must come first, in words of the text; ``None`` if no order is stated.
        after: what may only follow it; ``None`` if no order is stated.
        attribution: ``direct``, ``indirect`` or ``author``.
        quoted: whether at least half of the span is inside quotation marks.
        repeat_of: id of the statement that this one reprints, or ``None``.
        nested_in: id of the statement that it is part of ("an endorsement *of* a demand").
        cue: range of the words that take the position, ``None`` if there are none of their own.
        modality: ``asserted``, ``conditional``, ``expected`` or ``hedged``.
        condition: the condition that the words state, or ``None``.
        issue: what it is about, a short noun phrase of the text; ``None`` if unclear.
        confidence: how sure the reader is, from 0 to 1.
        sentence: range of the sentence it stands in.
        extractor: what found it: ``rules``, ``tagger`` or ``model`` (a language model), or those
            that did, as in ``rules+tagger`` and ``rules+tagger+model``.
        version: version of the reader.
    """

    id: str
    doc: str
    start: int
    end: int
    text: str
    type: str
    speaker: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    before: str | None
    after: str | None
    attribution: str
    quoted: bool
    repeat_of: str | None = None
    nested_in: str | None = None
    cue: tuple[int, int] | None = None
    modality: str = "asserted"
    condition: str | None = None
    issue: str | None = None
    confidence: float = 0.5
    sentence: tuple[int, int] = (0, 0)
    extractor: str = EXTRACTOR
    version: str = EXTRACTOR_VERSION

    def to_dict(self) -> dict[str, Any]:
        """Return the statement in the JSON shape of the contract, with further keys."""
        return {
            "id": self.id,
            "doc": self.doc,
            "start": self.start,
            "end": self.end,
            "type": self.type,
            "speaker": self.speaker,
            "actors": list(self.actors),
            "targets": list(self.targets),
            "before": self.before,
            "after": self.after,
            "attribution": self.attribution,
            "quoted": self.quoted,
            "repeat_of": self.repeat_of,
            "text": self.text,
            "nested_in": self.nested_in,
            "cue": list(self.cue) if self.cue else None,
            "modality": self.modality,
            "condition": self.condition,
            "issue": self.issue,
            "confidence": self.confidence,
            "sentence": list(self.sentence),
            "extractor": self.extractor,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the reader sees in one text.

    Attributes:
        document: the raw text with its fingerprint.
        language: ``en``, another code, or ``unknown``; only English is read for statements.
        lines: every line that is not blank, labelled.
        statements: the statements, in order of their spans.
        attributions: every attribution, of whatever subject.
        parties: party to how often the text names it, most frequent first.
        model: what became of a language model's answers; ``None`` if none was asked.
    """

    document: Document
    language: str
    lines: tuple[Line, ...] = ()
    statements: tuple[Statement, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    parties: tuple[tuple[str, int], ...] = field(default=())
    model: ModelTally | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape of ``detente read --json`` for this document."""
        doc = self.document.name
        return {
            "statements": [statement.to_dict() for statement in self.statements],
            "attributions": [
                {
                    "doc": doc,
                    "source": [list(segment) for segment in item.source],
                    "cue": [list(segment) for segment in item.cue],
                    "content": [list(segment) for segment in item.content],
                    "kind": item.kind,
                    "cue_class": item.cue_class,
                    "nested": item.nested,
                }
                for item in self.attributions
            ],
            "documents": [
                {
                    "doc": doc,
                    "sha256": self.document.sha256,
                    "language": self.language,
                    "lines": [
                        {
                            "start": line.start,
                            "end": line.end,
                            "label": line.label,
                            "original": list(line.original) if line.original else None,
                        }
                        for line in self.lines
                    ],
                    "parties": [{"name": name, "count": count} for name, count in self.parties],
                }
            ],
        }
