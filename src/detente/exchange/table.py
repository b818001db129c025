"""The table of formats: what each holds. Commands, messages and the docs read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.exchange import dna, graphml, jsonl, plover, w3c
from detente.exchange.coding import NOBODY, has_issue
from detente.exchange.items import Bundle, DocumentItem, StatementItem
from detente.exchange.networks import counted

__all__ = ["FIELDS", "FORMATS", "Field", "Format", "Loss", "Partly", "format_of", "losses"]

Count = Callable[[Bundle], int]


@dataclass(frozen=True, slots=True)
class Field:
    """A kind of thing that there may be to hold.

    Attributes:
        key: its short name.
        what: what it is, as in "the order of 3 statements".
        unit: what it is counted by.
        count: how many of a bundle have it.
    """

    key: str
    what: str
    unit: str
    count: Count


@dataclass(frozen=True, slots=True)
class Partly:
    """How a format holds a part of something.

    Attributes:
        how: what of it is held, for the table.
        lost: what is lost, as in "the order of 3 statements".
        unit: what that is counted by.
        count: how many of a bundle lose it.
        note: which ones those are.
    """

    how: str
    lost: str
    unit: str
    count: Count
    note: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: what ``--format`` takes.
        title: what it is.
        suffixes: how the names of its files end.
        write: bundle, version and options to text.
        read: text and name to bundle; ``None``: it cannot be imported.
        holds: keys of :data:`FIELDS` that it holds.
        partly: keys of what it holds in part.
        refusal: why it cannot be imported.
        everything: whether rejected statements are exported unless others are asked for.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    write: Callable[..., str]
    read: Callable[[str, str], Bundle] | None
    holds: frozenset[str]
    partly: Mapping[str, Partly] = field(default_factory=dict)
    refusal: str = ""
    everything: bool = False

    def holding(self, key: str) -> str:
        """Return ``yes``, ``no``, or what of it is held."""
        if key in self.holds:
            return "yes"
        return self.partly[key].how if key in self.partly else "no"


@dataclass(frozen=True, slots=True)
class Loss:
    """What a format could not hold of some data: ``what`` of ``count`` ``unit`` (``note``)."""

    field: str
    count: int
    what: str
    unit: str
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def _of_documents(test: Callable[[DocumentItem], object]) -> Count:
    return lambda bundle: sum(bool(test(item)) for item in bundle.documents)


def _of_statements(test: Callable[[StatementItem], object]) -> Count:
    return lambda bundle: sum(bool(test(item)) for item in bundle.statements)


def _document(key: str, what: str, test: Callable[[DocumentItem], object]) -> Field:
    return Field(key, what, "document", _of_documents(test))


def _statement(key: str, what: str, *names: str) -> Field:
    return Field(
        key, what, "statement", _of_statements(lambda s: any(s.fields.get(name) for name in names))
    )


def _not_newest(bundle: Bundle) -> int:
    return sum(max(0, len(item.reviews) - 1) for item in bundle.statements)


FIELDS: tuple[Field, ...] = (
    _document("text", "the raw text", lambda d: d.text is not None),
    _document("title", "the title", lambda d: d.title),
    _document("date", "the date", lambda d: d.date),
    _document("media", "the kind of file", lambda d: d.media),
    _document("language", "the language", lambda d: d.language),
    _document("places", "the places", lambda d: d.places or d.versions),
    _document("lines", "the labels of the lines", lambda d: d.lines),
    _document("attributions", "the attributions", lambda d: d.attributions),
    _document("read", "reader and time of reading", lambda d: d.read_at or d.extractor),
    Field("id", "the id", "statement", _of_statements(lambda s: s.id)),
    Field("doc", "the name of the document", "statement", _of_statements(lambda s: True)),
    Field("span", "the exact place", "statement", _of_statements(lambda s: True)),
    Field("words", "the words", "statement", _of_statements(lambda s: True)),
    Field("type", "the type", "statement", _of_statements(lambda s: True)),
    _statement("speaker", "the speaker", "speaker"),
    _statement("actors", "the actors", "actors"),
    _statement("targets", "the targets", "targets"),
    _statement("order", "the order (before, after)", "before", "after"),
    _statement("condition", "the condition", "condition"),
    _statement("issue", "the issue", "issue"),
    Field(
        "modality",
        "the modality",
        "statement",
        _of_statements(lambda s: s.fields.get("modality") not in (None, "asserted")),
    ),
    _statement("attribution", "the attribution", "attribution", "quoted"),
    _statement("links", "the links (reprint of, part of)", "repeat_of", "nested_in"),
    _statement("cue", "the ranges of cue and sentence", "cue", "sentence"),
    _statement("reader", "extractor and confidence", "extractor", "confidence"),
    Field("state", "the state", "statement", _of_statements(lambda s: s.state != "proposed")),
    Field(
        "proposal", "what was proposed", "edited statement", _of_statements(lambda s: s.proposal)
    ),
    Field(
        "reviews",
        "author, time and reason",
        "judgement",
        lambda bundle: sum(len(item.reviews) for item in bundle.statements),
    ),
    Field(
        "names",
        "the meaning",
        "added name",
        lambda bundle: len(bundle.parties) + len(bundle.aliases),
    ),
)
"""Everything that an export may hold, in order."""

_DAY = len("2019-05-28")
_EVERY = frozenset(row.key for row in FIELDS)
_SAYS = frozenset(
    ["id", "doc", "span", "words", "type", "speaker", "actors", "issue", "state", "title"]
)

FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format(
            "jsonl",
            "JSON lines, everything",
            (".jsonl", ".ndjson"),
            jsonl.write,
            jsonl.read,
            _EVERY,
            everything=True,
        ),
        Format(
            "w3c",
            "W3C Web Annotation, JSON-LD",
            (".jsonld", ".json"),
            w3c.write,
            w3c.read,
            _SAYS
            | {
                "date",
                "language",
                "targets",
                "order",
                "condition",
                "modality",
                "attribution",
                "links",
            }
            | {"cue", "reader"},
            {
                "reviews": Partly(
                    "the newest", "author, time and reason", "earlier judgement", _not_newest
                ),
            },
        ),
        Format(
            "dna-csv",
            "event list of the Discourse Network Analyzer",
            (".csv",),
            dna.write,
            dna.read,
            _SAYS,
            {
                "date": Partly(
                    "the day; if it is not known, the day it was read",
                    "the date as it is, or that it is unknown,",
                    "document",
                    _of_documents(lambda d: len(d.date or "") != _DAY),
                ),
                "reviews": Partly(
                    "who judged last",
                    "time and reason",
                    "judgement",
                    lambda bundle: sum(len(item.reviews) for item in bundle.statements),
                ),
            },
        ),
        Format(
            "dna-graphml",
            "network of actors, or of actors and concepts",
            (".graphml", ".xml"),
            graphml.write,
            None,
            frozenset(),
            {
                "actors": Partly(
                    "as nodes, parties only",
                    "any trace",
                    "statement",
                    _of_statements(lambda s: not counted(s)),
                    "no party acts, or it is a reprint",
                ),
                "issue": Partly(
                    "as concepts; the words where there is none",
                    "the missing issue",
                    "statement",
                    _of_statements(lambda s: counted(s) and not has_issue(s.fields)),
                ),
                "type": Partly(
                    "as agreement", "the type", "statement", _of_statements(lambda s: True)
                ),
            },
            refusal="a network holds counts, not statements: one edge stands for all statements of "
            "an actor on a concept, without their words or documents",
        ),
        Format(
            "plover",
            "events with PLOVER codes, CSV",
            (".plover.csv",),
            plover.write,
            None,
            frozenset(["id", "doc", "span", "words", "targets", "state"]),
            {
                "type": Partly(
                    "with its class, if it has one",
                    "any trace",
                    "statement",
                    _of_statements(lambda s: not plover.is_event(s)),
                    "PLOVER has no class for it, or it is a reprint",
                ),
                "actors": Partly(
                    "parties only",
                    "an actor that is no party",
                    "statement",
                    _of_statements(lambda s: NOBODY & set(s.fields["actors"])),
                ),
                "date": Partly(
                    "the day; if it is not known, the day it was read",
                    "the date as it is, or that it is unknown,",
                    "document",
                    _of_documents(lambda d: len(d.date or "") != _DAY),
                ),
            },
            refusal="an event has no speaker and no issue, and one class stands for several types",
        ),
    )
}
"""Every format, by name."""


def losses(chosen: Format, bundle: Bundle) -> list[Loss]:
    """Return what a format cannot hold of these data, in the order of the table."""
    found = []
    for row in FIELDS:
        if row.key in chosen.holds:
            continue
        part = chosen.partly.get(row.key)
        if part is None:
            loss = Loss(row.key, row.count(bundle), row.what, row.unit)
        else:
            loss = Loss(row.key, part.count(bundle), part.lost, part.unit, part.note)
        if loss.count:
            found.append(loss)
    return found


def format_of(name: str, formats: Iterable[Format] = FORMATS.values()) -> Format | None:
    """Return the format that a file's name ends like: the one with the longest suffix."""
    ends = [
        (len(suffix), row)
        for row in formats
        for suffix in row.suffixes
        if name.lower().endswith(suffix)
    ]
    return max(ends, key=lambda pair: pair[0])[1] if ends else None
