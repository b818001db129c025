"""Files that are nearly right: imported, or refused with one message; never a traceback."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from articles import TOLL, store_text
from hypothesis import given
from hypothesis import strategies as st
from workspaces import empty

from detente.exchange.table import FORMATS
from detente.model.errors import DetenteError
from detente.sources import SourceText
from detente.store.naming import add_alias, add_party
from detente.store.searching import Filter, find
from detente.workspace.exporting import export
from detente.workspace.importing import import_bundle
from detente.workspace.reviewing import decide
from detente.workspace.statements import Asked

values = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(-3, 3), st.just(10**30), st.just(2**63)),
        *(st.floats(), st.sampled_from(["", " ", "x", "\x00", "\ud83d", "offer", "accepted"])),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("ab"), inner, max_size=1)
    ),
    max_leaves=3,
)


def written(name: str) -> str:
    """A file with a bit of everything."""
    with empty() as store:
        store_text(store, TOLL, name="n.txt")
        (item,) = find(store, Filter()).statements
        decide(store, item, "edit", "ann", {"type": "demand", "issue": "pass"}, "why")
        with store.writing() as db:
            add_party(db, "Zenda", "state", "user")
            add_alias(db, "the Castle", "Zenda", "alias", "user")
        return export(store, FORMATS[name], Asked()).text


FILES = {name: written(name) for name in ("jsonl", "w3c", "dna-csv")}
HAND = (
    json.dumps({"record": "document", "name": "m.txt", "text": TOLL})
    + '\n{"doc": "m.txt", "start": 15, "end": 66, "type": "offer", "actors": ["Z"], "by": "ann"}'
)


def attempt(name: str, text: str) -> None:
    chosen = FORMATS[name]
    assert chosen.read is not None
    news = SourceText("n.txt", TOLL, "text/plain", "/n.txt")
    with empty() as store, contextlib.suppress(DetenteError):
        import_bundle(store, chosen.read(text, "f"), chosen, "bob", texts=[news], accepted=True)
        for name in FILES:  # what came in can go out
            export(store, FORMATS[name], Asked())


def changed(data: st.DataObject, item: Any) -> Any:
    """The same with one value replaced or dropped, somewhere."""
    if isinstance(item, dict) and item and data.draw(st.integers(0, 9)):
        key = data.draw(st.sampled_from(sorted(item)))
        if not data.draw(st.integers(0, 9)):
            return {k: v for k, v in item.items() if k != key}
        return {**item, key: changed(data, item[key])}
    if isinstance(item, list) and item and data.draw(st.integers(0, 9)):
        place = data.draw(st.integers(0, len(item) - 1))
        return [*item[:place], changed(data, item[place]), *item[place + 1 :]]
    return data.draw(values)


@pytest.mark.parametrize("text", [FILES["jsonl"], HAND], ids=["whole", "by hand"])
@given(data=st.data())
def test_json_lines_with_a_value_changed(text: str, data: st.DataObject) -> None:
    lines = text.rstrip("\n").split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = json.dumps(changed(data, json.loads(lines[place])))
    attempt("jsonl", "\n".join(lines))


@given(st.data())
def test_annotations_with_a_value_changed(data: st.DataObject) -> None:
    collection = json.loads(FILES["w3c"])
    collection["first"] = changed(data, collection["first"])
    attempt("w3c", json.dumps(collection))


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_files_that_were_cut_or_patched(name: str, data: st.DataObject) -> None:
    text = FILES[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    put = data.draw(
        st.sampled_from(["", '"', ";", "\n", "\r", "\x00", "=1", "{}", "-1", "\\ud83d"])
    )
    attempt(name, text[:start] + put + text[end:])
    attempt(name, text[:start])
