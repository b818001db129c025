"""Search and filters."""

from __future__ import annotations

import pytest
from articles import TOLL, article, store_text

from detente.store import Store, StoreError, searching
from detente.store.searching import Filter, find, matching_documents, words_of


@pytest.mark.parametrize(
    ("search", "query"),
    [
        ("troops out", '"troops" "out"'),
        ('"first out" troops', '"first out" "troops"'),
        ("withdr*", '"withdr" *'),
        ('a" OR b', '"a" "OR" "b"'),
        ("NEAR(x) AND NOT y", '"NEAR(x)" "AND" "NOT" "y"'),
        ("- * toll", '"toll"'),
        ('"open', '"open"'),
        ("é\ud800x", '"é?x"'),
    ],
)
def test_a_search_is_words(search: str, query: str) -> None:
    assert words_of(search) == query


@pytest.mark.parametrize("search", ["", "  ", "*", '""', "- ( )"])
def test_a_search_without_words_is_refused(search: str) -> None:
    with pytest.raises(StoreError, match="no word to search for"):
        words_of(search)


@pytest.mark.parametrize(
    "search", ["x:y", "text:toll", "^toll", "{a}", "a + b", "toll'); --", "(("]
)
def test_no_search_breaks_the_query(store: Store, search: str) -> None:
    store_text(store, TOLL)
    if any(c.isalnum() for c in search):
        find(store, Filter(search=search))


def test_words_are_found_by_stem_without_accents_and_with_the_parties(store: Store) -> None:
    store_text(store, TOLL)
    for search in ("opening passes", "Rúritania", '"open the pass"', "tol*"):
        (item,) = find(store, Filter(search=search)).statements
        assert item.snippet is not None
    assert "\x02" in (find(store, Filter(search="toll")).statements[0].snippet or "")
    assert find(store, Filter(search='"pass open"')).total == 0


def test_filters_join(store: Store) -> None:
    for number in range(12):
        store_text(store, article(number), f"a{number}.txt")
    every = find(store, Filter()).statements
    assert find(store, Filter(), limit=3).total == len(every)
    for name in {n for s in every for n in s.fields["actors"]}:
        wanted = [
            s.id
            for s in every
            if name in [*s.fields["actors"], *s.fields["targets"], s.fields["speaker"]]
            and s.fields["type"] == "precondition"
        ]
        asked = Filter(parties=[name.casefold()], types=["precondition"])
        assert [s.id for s in find(store, asked).statements] == wanted
    word = Filter(search="withdraw", types=["precondition"], states=["proposed"])
    assert {s.fields["type"] for s in find(store, word).statements} == {"precondition"}
    assert find(store, Filter(states=["accepted"])).total == 0
    assert find(store, Filter(since="2999-01-01")).total == 0
    assert find(store, Filter(until="2999-01-01")).total == len(every)


def test_an_issue_is_matched_literally(store: Store) -> None:
    store_text(store, TOLL)
    assert find(store, Filter(issue="pass")).total == 1
    assert find(store, Filter(issue="%")).total == 0
    assert find(store, Filter(issue="p_ss")).total == 0


def test_of_very_many_matches_the_newest_are_ranked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        store_text(store, article(number), f"a{number}.txt")
    monkeypatch.setattr(searching, "RANKED", 5)
    found = find(store, Filter(search="the"), limit=2)
    assert (len(found.statements), found.ranked) == (2, 5)
    assert found.total > 5
    assert len(find(store, Filter(search="the")).statements) == found.total


def test_documents_are_searched_too(store: Store) -> None:
    store_text(store, "The weather over the strait was fair on Monday, and nobody spoke.", "w.txt")
    assert [name for name, _ in matching_documents(store, "weather")] == ["w.txt"]
    assert matching_documents(store, "toll") == []
