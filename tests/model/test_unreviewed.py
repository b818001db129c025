"""The mark of a draft from unreviewed statements, and the evidence that a case cites."""

from __future__ import annotations

import pytest
import quoted

from detente.analysis.coalition.coalitions import coalitions
from detente.analysis.comparison import compare
from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.evolution import paths
from detente.analysis.explanation import why
from detente.analysis.levers.unlock import unlock
from detente.analysis.results import Origin
from detente.analysis.stability import solve
from detente.model.case import UNREVIEWED, Case
from detente.model.loading import parse_case
from detente.model.roundtrip import CaseText


def case(about: str = quoted.DRAFT) -> Case:
    return parse_case(quoted.case_text(about=about))


@pytest.mark.parametrize(
    "about", [UNREVIEWED, f"A talk. {UNREVIEWED}: 1 of 2.", "UNREVIEWED\n  DRAFT"]
)
def test_the_words_mark_a_case(about: str) -> None:
    assert case(about).unreviewed


@pytest.mark.parametrize(
    "about", ["Unreviewed draft", "UNREVIEWED", "DRAFT, UNREVIEWED", "UNREVIEWED-DRAFT", "A draft."]
)
def test_other_words_do_not(about: str) -> None:
    assert not case(about).unreviewed


def test_the_title_is_not_looked_at() -> None:
    text = quoted.case_text().replace("title: The pass", f"title: {UNREVIEWED} the pass")
    assert not parse_case(text).unreviewed


def test_the_mark_changes_no_result() -> None:
    assert case().fingerprint == case(quoted.REVIEWED).fingerprint


def test_every_result_carries_it() -> None:
    own = case()
    results = [
        solve(own), why(own, "11"), paths(own), diagnose(own), unlock(own), coalitions(own),
    ]  # fmt: skip
    for result in results:
        assert result.origin.unreviewed
        assert result.to_dict()["unreviewed"] is True
        assert "unreviewed=True" in repr(result)
    both = compare(own, case(quoted.REVIEWED))
    assert [origin.unreviewed for origin in both.origins] == [True, False]
    assert [both.to_dict()[side]["unreviewed"] for side in "ab"] == [True, False]
    assert Origin.of(case(quoted.REVIEWED)).to_dict()["unreviewed"] is False


def test_data_frames_carry_it() -> None:
    pytest.importorskip("pandas")
    own = case()
    for result in (solve(own), why(own, "11"), paths(own), diagnose(own), unlock(own)):
        frame = result.to_pandas()
        assert frame.attrs["unreviewed"] is True
        assert frame.attrs["fingerprint"] == own.fingerprint
    assert solve(case(quoted.REVIEWED)).to_pandas().attrs["unreviewed"] is False


def test_editing_keeps_it() -> None:
    text = CaseText.from_text(quoted.case_text(about=quoted.DRAFT))
    edited = (
        text.set_title("Another title")
        .set_outside("freedonia", True)
        .set_moves("ruritania", "pass", "forward")
        .set_preferences("ruritania", priorities=["prisoners", "not pass"])
    )
    assert edited.case.unreviewed
    assert quoted.DRAFT in edited.text


def test_levers_keep_it() -> None:
    found = unlock(case())
    assert found.levers
    assert all(lever.case.unreviewed for lever in found.levers)


EVIDENCE = """\
detente: 1
parties:
  a:
    evidence: [p1]
    options: {x: {evidence: [o1, o2]}}
    preferences: {priorities: [{statement: x, evidence: [c1, p1]}, not y]}
  b:
    options: {y: {evidence: o3}}
    preferences: {weights: {x: 1}}
infeasible:
  - {statement: x and y, evidence: [i1]}
perceptions:
  b:
    a: {priorities: [{statement: not x, evidence: [s1, o1]}]}
"""


def test_evidence_lists_each_id_once_in_the_order_of_the_file() -> None:
    assert parse_case(EVIDENCE).evidence == ("p1", "o1", "o2", "c1", "o3", "i1", "s1")
    assert parse_case("detente: 1\nparties: {a: {options: {x: {}}}}\n").evidence == ()
