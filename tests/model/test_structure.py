"""Edits of parties, options and levels in the text: everything else stays as it is."""

from __future__ import annotations

import pytest

from detente.model import structure
from detente.model.errors import CaseError
from detente.model.roundtrip import CaseText

BLOCK = """\
# head
detente: 1
parties:
  ann:   # first
    name: Ann
    options:
      # about aid
      aid: {name: Send aid, levels: [none, some, all]}
      talk:
        name: "Talk"   # quoted
    preferences:
      priorities:
        - talk   # wanted
  bob:
    options: {truce: {}}
    constituent_of: ann
status_quo:
  aid: some   # now
  bob.truce: yes
states:
  calm: {aid: all, truce: yes}
"""
FLOW = """\
detente: 1
parties: {ann: {options: {aid: {}}}, bob: {options: {truce: {}}}}
status_quo: '01'
"""
FORMS = [BLOCK, FLOW]


def text(form: str = BLOCK) -> CaseText:
    return CaseText.from_text(form)


def unchanged_but(before: str, after: str, gone: int, new: int) -> None:
    """Assert that so many lines went and came, and all others stayed in their order."""
    old, now = before.splitlines(), after.splitlines()
    assert len([line for line in old if line not in now]) == gone
    assert len([line for line in now if line not in old]) == new


def test_rename_keeps_quotes_and_comments() -> None:
    after = structure.rename_option(text(), "ann.talk", "Speak: now")
    assert 'name: "Speak: now"   # quoted' in after.text
    unchanged_but(BLOCK, after.text, 1, 1)
    after = structure.rename_party(text(), "ann", "Anna")
    assert after.case.party("ann").name == "Anna"
    unchanged_but(BLOCK, after.text, 1, 1)


@pytest.mark.parametrize("form", FORMS)
def test_name_is_added_where_there_was_none(form: str) -> None:
    after = structure.rename_option(
        structure.rename_party(text(form), "bob", "B"), "bob.truce", "T"
    )
    assert after.case.party("bob").name == "B"
    assert after.case.options[-1].name == "T"


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00b"])
def test_name_that_is_none_is_refused(name: str) -> None:
    for edit, key in ((structure.rename_party, "ann"), (structure.rename_option, "ann.aid")):
        with pytest.raises(CaseError, match="name"):
            edit(text(), key, name)


@pytest.mark.parametrize("form", FORMS)
def test_option_is_added_behind_the_others_and_goes_again(form: str) -> None:
    before = text(form)
    after = structure.add_option(before, "ann", "loan", "Lend: money", ["low", "high"])
    option = next(o for o in after.case.options if o.key == "ann.loan")
    assert (option.name, option.levels) == ("Lend: money", ("low", "high"))
    assert after.case.describe(str(after.case.status_quo))["ann.loan"] == "low"
    back = structure.remove_option(after, "ann.loan")
    assert back.case.fingerprint == before.case.fingerprint
    if form == BLOCK:
        assert back.text == BLOCK


def test_option_is_added_to_a_party_without_any() -> None:
    with_party = structure.add_party(text(), "cid", "Cid")
    after = structure.add_option(with_party, "cid", "watch")
    assert [o.key for o in after.case.options][-1] == "cid.watch"


def test_removed_option_leaves_the_status_quo_and_the_named_states() -> None:
    after = structure.remove_option(text(), "ann.aid")
    assert "aid" not in after.text.replace("# about aid", "")
    assert after.case.describe(str(after.case.status_quo)) == {"ann.talk": "no", "bob.truce": "yes"}
    assert after.case.labels == {"calm": "01"}


def test_removed_option_that_is_still_spoken_of_is_refused_with_the_place() -> None:
    with pytest.raises(CaseError, match="talk") as caught:
        structure.remove_option(text(), "ann.talk")
    assert caught.value.where is not None
    assert caught.value.where.line


@pytest.mark.parametrize("form", FORMS)
def test_party_is_added_and_goes_again(form: str) -> None:
    before = text(form)
    after = structure.add_party(before, "cid", "Cid, the third")
    assert after.case.party("cid").name == "Cid, the third"
    assert structure.remove_party(after, "cid").case.party_ids == ("ann", "bob")


def test_removed_party_that_is_still_spoken_of_is_refused() -> None:
    with pytest.raises(CaseError, match="ann"):
        structure.remove_party(text(), "ann")


def test_levels_change_and_the_code_is_spelt_out() -> None:
    after = structure.set_levels(text(FLOW), "bob.truce", ["no", "maybe", "yes"])
    assert after.case.describe(str(after.case.status_quo)) == {"ann.aid": "no", "bob.truce": "yes"}
    same = text()
    assert structure.set_levels(same, "ann.aid", ["none", "some", "all"]) is same
    with pytest.raises(CaseError, match="some"):
        structure.set_levels(same, "ann.aid", ["none", "all"])


def test_infeasible_list_as_a_whole() -> None:
    after = structure.set_infeasible(text(), [("aid = all and talk", ("s1",)), ("-1-", None)])
    assert [item.text for item in after.case.infeasible] == ["aid = all and talk", "-1-"]
    assert after.case.infeasible[0].evidence == ("s1",)
    kept = structure.set_infeasible(after, [("aid = all  and talk", None)])
    assert [(i.text, i.evidence) for i in kept.case.infeasible] == [("aid = all and talk", ("s1",))]
    changed = structure.set_infeasible(kept, [("aid = all and talk", ())])
    assert changed.case.infeasible[0].evidence == ()
    assert structure.set_infeasible(changed, []).case.infeasible == ()


@pytest.mark.parametrize("id", ["1st", "not", "", "a b", "ann"])
def test_id_that_is_none_or_taken_is_refused(id: str) -> None:
    with pytest.raises(CaseError):
        structure.add_party(text(), id)
    with pytest.raises(CaseError):
        structure.add_option(text(), "ann", id if id != "ann" else "aid")


def test_shared_value_is_refused_rather_than_changed_twice() -> None:
    shared = (
        "detente: 1\nparties:\n  ann: &a {options: {aid: {}}, name: Both}\n"
        "  bob: *a\nstatus_quo: {ann.aid: no}\n"
    )
    with pytest.raises(CaseError):
        structure.rename_party(CaseText.from_text(shared), "ann", "Ann")
