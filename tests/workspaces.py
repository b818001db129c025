"""Random workspaces for tests of the formats: texts, statements, judgements, names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import strategies as st

from detente.reading.duplicates import signature
from detente.reading.lines import label_lines
from detente.reading.results import Reading, Statement
from detente.reading.text import Document
from detente.reading.types import TYPES
from detente.sources import SourceText
from detente.store import Store, open_store
from detente.store.documents import save
from detente.store.judging import last
from detente.store.naming import add_alias, add_party
from detente.store.records import Origin
from detente.store.searching import Filter, find
from detente.workspace.reviewing import decide, undo

EVERY = "proposed,accepted,edited,rejected"

_PIECES = (
    *("Ruritania", "will not", "open", "the pass", "until", "Strelsau", "pays", ", ", ". ", " "),
    *("\r\n", "\n", "\t", '"', "'", ";", "“so”", "=1+1", "-2", "@x", "\u2028", "\x0b", "&<>"),
    *("\U0001f600", "\U0001d11e", "e\u0301", "سلام", "שלום", "\u202e", "日本"),
)
texts = st.lists(st.sampled_from(_PIECES), min_size=3, max_size=14).map("".join)
names = st.sampled_from(
    ["Ruritania", "Strelsau", "=Zenda", "'-Hentzau", 'the "Six"', "a;b", "وطن", "\U0001f451 Crown"]
)
words = st.one_of(
    st.none(), st.text("ab \n;\"'=é\U0001f600س", min_size=1, max_size=9).filter(str.strip)
)


@st.composite
def readings(draw: st.DrawFn, number: int) -> tuple[Reading, str]:
    """A text with statements in it, and the place where it stands."""
    text = draw(texts.filter(str.strip))
    document = Document(draw(st.sampled_from(["a.txt", "b;.txt", f"n{number}.txt"])), text)
    statements: list[Statement] = []
    for k in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        if not text[start:end].strip():
            continue
        order = draw(
            st.tuples(words, words).filter(lambda pair: (pair[0] is None) == (pair[1] is None))
        )
        statements.append(
            Statement(
                id=f"s{k}",
                doc=document.name,
                start=start,
                end=end,
                text=text[start:end],
                type=draw(st.sampled_from([row.name for row in TYPES])),
                speaker=draw(st.one_of(names, st.sampled_from(["author", "unnamed"]))),
                actors=tuple(draw(st.lists(names, max_size=2, unique=True))),
                targets=tuple(draw(st.lists(names, max_size=2, unique=True))),
                before=order[0],
                after=order[1],
                attribution=draw(st.sampled_from(["direct", "indirect", "author"])),
                quoted=draw(st.booleans()),
                repeat_of=statements[0].id if statements and draw(st.booleans()) else None,
                cue=draw(st.sampled_from([None, (start, end)])),
                modality=draw(st.sampled_from(["asserted", "conditional", "hedged"])),
                condition=draw(words),
                issue=draw(words),
                confidence=draw(st.sampled_from([0.3, 0.75])),
                sentence=(start, end),
            )
        )
    reading = Reading(document, "en", label_lines(document), tuple(statements))
    return reading, draw(st.sampled_from(["/here/a.txt", "https://example.org/b", f"/n{number}"]))


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Any]:
    """What a review may change."""
    return draw(
        st.fixed_dictionaries(
            {},
            optional={
                "type": st.sampled_from([row.name for row in TYPES]),
                "speaker": names,
                "actors": st.lists(names, max_size=2, unique=True),
                "issue": words,
                "quoted": st.booleans(),
            },
        ).filter(bool)
    )


@contextmanager
def empty() -> Iterator[Store]:
    """An empty workspace in memory."""
    with open_store(":memory:", create=True) as store:
        yield store


@contextmanager
def filled(data: st.DataObject) -> Iterator[Store]:
    """A workspace with whatever is drawn."""
    with empty() as store:
        for number in range(data.draw(st.integers(1, 3))):
            reading, place = data.draw(readings(number))
            origin = Origin(
                place,
                "text/plain",
                data.draw(st.sampled_from([None, 'A "title"; so', "عنوان"])),
                data.draw(st.sampled_from([None, "2019-05-28"])),
            )
            save(store, origin, reading, signature(reading.document.text), "rules 2")
        judge(store, data)
        with store.writing() as db:
            if data.draw(st.booleans()):
                add_party(db, "Zenda", "state", "user")
                add_alias(db, "the Castle", "Zenda", "alias", "user")
        yield store


def judge(store: Store, data: st.DataObject, by: str = "ann") -> None:
    """Judge some statements; sometimes take the last judgement back."""
    there = find(store, Filter(unlisted=True)).statements
    if not there:
        return
    for _ in range(data.draw(st.integers(0, 4))):
        chosen = data.draw(st.sampled_from(there))
        item = next(s for s in find(store, Filter(unlisted=True)).statements if s.id == chosen.id)
        what = data.draw(st.sampled_from(["accept", "edit", "reject", "reopen", "undo"]))
        if what == "undo":
            newest = last(store)
            if newest is not None:
                undo(store, by, newest)
            continue
        fields = data.draw(edits()) if what == "edit" else None
        decide(store, item, what, by, fields, data.draw(words))


def rows(store: Store) -> dict[str, dict[str, Any]]:
    """Every statement, by id."""
    found = find(store, Filter(unlisted=True)).statements
    return {item.id: item.to_dict() for item in found}


def source_texts(store: Store) -> list[SourceText]:
    """The documents of a workspace as files beside an import."""
    found = []
    for row in store.rows("SELECT * FROM documents ORDER BY num"):
        text = bytes(row["raw"]).decode("utf-8", "surrogatepass")
        place = f"/texts/{row['num']}"
        found.append(SourceText(row["name"], text, "text/plain", place, row["title"], row["date"]))
    return found
