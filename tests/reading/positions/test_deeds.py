"""Which deed a phrase names."""

from __future__ import annotations

import pytest

from detente.reading.positions.deeds import deed_of, is_everything, is_lasting, needs_of
from detente.reading.positions.lexicon import known_deeds


@pytest.mark.parametrize(
    ("phrase", "id", "done", "degree"),
    [
        ("complete evacuation of foreign troops", "withdrawal", True, "full"),
        ("the last soldier has been airlifted", "withdrawal", True, "full"),
        ("withdrawal", "withdrawal", True, None),
        ("the occupation", "withdrawal", False, None),
        ("the occupation should end", "withdrawal", True, None),
        ("some of the battalions go home", "withdrawal", True, "part"),
        ("a ceasefire", "ceasefire", True, None),
        ("peace", "ceasefire", True, None),
        ("less violence", "ceasefire", True, None),
        ("stop the attacks on the convoy", "ceasefire", True, None),
        ("to attack the convoy", "ceasefire", False, None),
        ("not to attack the convoy", "ceasefire", True, None),
        ("break off the truce", "ceasefire", False, None),
        ("lift the embargo", "sanctions_relief", True, None),
        ("new sanctions", "sanctions_relief", False, None),
        ("hold direct talks", "direct_talks", True, None),
        ("to talk directly with the rebels", "direct_talks", True, None),
        ("peace talks", "negotiations", True, None),
        ("suspend the talks", "negotiations", False, None),
        ("sign the treaty", "settlement", True, None),
        ("would not allow its soil to be used against anyone", "guarantee", True, None),
        ("would allow anyone to use its soil against others", "guarantee", False, None),
    ],
)
def test_known_deeds_by_their_words(phrase: str, id: str, done: bool, degree: str | None) -> None:
    deed = deed_of(phrase)
    assert deed is not None
    assert (deed.id, deed.known, deed.done, deed.degree) == (id, True, done, degree)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the toll was paid", "payment of the toll"),
        ("it would open the great gate", "the great gate is opened"),
        ("repair of the bridge", "they would repair the bridge"),
    ],
)
def test_the_same_words_in_other_forms_are_one_deed(one: str, other: str) -> None:
    a, b = deed_of(one), deed_of(other)
    assert a is not None
    assert b is not None
    assert a.stems == b.stems


@pytest.mark.parametrize(
    "phrase", ["", "the", "it", "?!", "that", "a step", "Iran", "do something"]
)
def test_words_that_name_no_deed(phrase: str) -> None:
    assert deed_of(phrase) is None


def test_a_refusal_keeps_its_own_not_to_itself() -> None:
    plain = deed_of("will not recognise the island")
    refused = deed_of("will not recognise the island", negation=False)
    assert plain is not None
    assert refused is not None
    assert (plain.done, refused.done) == (False, True)


def test_anything_else_is_everything() -> None:
    assert is_everything("anything else")
    assert is_everything("it takes any further step")
    assert not is_everything("the toll")


def test_words_that_say_for_good() -> None:
    assert is_lasting("destroy the reactor irreversibly")
    assert not is_lasting("close the reactor")


def test_every_deed_has_words_and_every_need_exists() -> None:
    ids = [row.id for row in known_deeds()]
    assert len(ids) == len(set(ids))
    for row in known_deeds():
        assert row.does or row.undoes
        assert row.name[0].isupper()
        assert needs_of(row.id) in (None, *ids)
