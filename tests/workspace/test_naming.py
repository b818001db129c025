"""Parties: counted under one name, extended by hand and by file."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import TOLL, store_text

from detente.model.errors import DetenteError
from detente.store import Store
from detente.workspace.naming import add_name, keys_of, list_parties, load_gazetteer
from detente.workspace.statements import Asked, list_statements

BOOK = """\
parties:
  - name: Freedonia
    kind: state
    aliases: [Land of the Free, FDN]
    leaders: [Rufus Firefly]
    capitals: [Fredonopolis]
    demonyms: [Freedonian]
  - name: Sylvania
"""


def test_parties_are_listed_with_counts(store: Store) -> None:
    store_text(store, TOLL)
    store_text(store, "Iran said it would leave only after Oman signed.", "b.txt")
    parties = {party.name: party for party in list_parties(store)}
    assert parties["Iran"].actor == 1
    assert parties["Iran"].kind == "state"
    assert parties["Ruritania"].kind is None
    assert "author" not in parties


def test_an_alias_joins_counts_and_filters(store: Store) -> None:
    store_text(store, TOLL)
    assert add_name(store, "Ruritania = Iran") == ("Ruritania", "Iran")
    (party,) = list_parties(store)
    assert (party.name, party.also, party.actor) == ("Iran", ("Ruritania",), 1)
    assert party.aliases == (("Ruritania", "user"),)
    assert "ruritania" in keys_of(store, "Tehran")
    assert list_statements(store, Asked(party="Tehran")).found.total == 1


@pytest.mark.parametrize("text", ["Iran", "=Iran", "Tehran=", "  =  "])
def test_what_is_no_alias_is_refused(store: Store, text: str) -> None:
    with pytest.raises(DetenteError, match="no alias") as caught:
        add_name(store, text)
    assert "NAME=PARTY" in str(caught.value)


def test_a_slip_in_a_party_is_noticed(store: Store) -> None:
    with pytest.raises(DetenteError, match=r"there is no party .Irna.") as caught:
        add_name(store, "Persia=Irna")
    assert "did you mean" in str(caught.value)


def test_a_gazetteer_file_adds_parties(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text(BOOK, encoding="utf-8")
    assert [entry.name for entry in load_gazetteer(store, str(path))] == ["Freedonia", "Sylvania"]
    names = {party.name: party for party in list_parties(store)}
    assert names["Freedonia"].kind == "state"
    assert {alias for alias, _ in names["Freedonia"].aliases} == {
        *("Land of the Free", "FDN", "Rufus Firefly", "Fredonopolis", "Freedonian")
    }
    assert keys_of(store, "FDN") == keys_of(store, "Freedonia")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- name: A1\n- kind: state\n", 2, "needs a name"),
        ("- name: A1\n- name: B1\n  kind: planet\n", 2, "kind must be one of"),
        ("- name: A1\n  alias: [x]\n", 1, "unknown key 'alias'"),
        ("- name: A1\n- [x]\n", 2, "needs a name"),
        ("party: 1\n", 1, ""),
        ("just text\n", 1, "no list of parties"),
    ],
)
def test_a_bad_gazetteer_is_refused_whole(
    store: Store, tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "book.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DetenteError) as caught:
        load_gazetteer(store, str(path))
    assert f"book.yaml:{line}" in str(caught.value)
    assert message in str(caught.value)
    assert list_parties(store) == []
