"""Results of a solve: lists, documents, data frames, algorithms."""

from __future__ import annotations

import json
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from samples import RULES, Sample, graph
from strategies_cases import Drawn, drawn

from detente.analysis import stability as solving
from detente.analysis.results import DISPLAYS, Displayed, Origin
from detente.analysis.stability import Algorithm, Stability, check_sequences, solve
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case
from detente.version import __version__

TEXT = """
detente: 1
title: Two steps
parties:
  us: {options: {leave: {}}, preferences: {ranking: ["01", "11", "00", "10"]}}
  taliban: {options: {truce: {}}, preferences: {ranking: ["10", "11", "00", "01"]}}
status_quo: {}
"""
CASE = parse_case(TEXT, "two.yaml")

needs_dense = pytest.mark.skipif(
    find_spec("detente.engine.dense") is None, reason="there is no dense engine"
)


def same(one: Stability, two: Stability) -> bool:
    return one.concepts == two.concepts and all(
        np.array_equal(mask, two[r.concept.id].masks[party])
        for r in one
        for party, mask in r.masks.items()
    )


@given(model=drawn(most=12))
def test_algorithms_give_one_result(model: Drawn) -> None:
    case = Sample(model).case
    for rule in RULES:
        found = solve(case, sequences=rule)
        assert same(found, solve(case, sequences=rule, algorithm="literal"))
        assert same(found, solve(case, sequences=rule, algorithm="array"))


def test_a_result_lists_stable_states_and_equilibria() -> None:
    found = solve(CASE)
    assert found.states == ("00", "01", "10", "11")
    assert found.status_quo == "00"
    assert found.concepts == ("nash", "gmr", "smr", "seq", "sseq", "sim")
    assert [result.concept.id for result in found] == list(found.concepts)
    nash, seq = found["nash"], found["seq"]
    assert nash.stable == {"us": ("00", "01"), "taliban": ("00", "10")}
    assert nash.equilibria == ("00",)
    assert seq.equilibria == ("00", "11")
    assert seq.equilibrium_mask.tolist() == [True, False, False, True]
    assert nash.result is found
    with pytest.raises(KeyError):
        solve(CASE, ["nash"])["seq"]


def test_masks_are_read_only() -> None:
    for algorithm in ("array", "literal"):
        for result in solve(CASE, algorithm=algorithm):
            for mask in result.masks.values():
                with pytest.raises(ValueError, match="read-only"):
                    mask[0] = False


def test_origin_says_how_to_repeat_the_result() -> None:
    assert solve(CASE).origin == Origin(
        "Two steps", CASE.fingerprint, "legal", "array", __version__
    )
    literal = solve(CASE, sequences="once", algorithm="literal").origin
    assert (literal.sequences, literal.algorithm) == ("once", "literal")
    untitled = TEXT.replace("title: Two steps\n", "")
    assert solve(parse_case(untitled, "two.yaml")).origin.case == "two.yaml"
    assert solve(parse_case(untitled)).origin.case == "untitled"


def document(case: Case, **options: object) -> dict[str, object]:
    data = solve(case, ["nash"]).to_dict(**options)  # type: ignore[arg-type]
    assert json.loads(json.dumps(data)) == data
    return data


HEAD = {
    "case": "Two steps",
    "format": 1,
    "unreviewed": False,
    "fingerprint": CASE.fingerprint,
    "sequences": "legal",
    "algorithm": "array",
    "version": __version__,
}


def test_dictionary_has_what_the_contract_says() -> None:
    assert document(CASE) == {
        **HEAD,
        "states": ["00", "01", "10", "11"],
        "status_quo": "00",
        "parties": ["us", "taliban"],
        "concepts": {
            "nash": {
                "stable": {"us": ["00", "01"], "taliban": ["00", "10"]},
                "equilibria": ["00"],
            }
        },
    }


def test_summary_replaces_lists_by_their_lengths() -> None:
    short = {
        **HEAD,
        "states": 4,
        "status_quo": "00",
        "parties": ["us", "taliban"],
        "concepts": {"nash": {"stable": {"us": 2, "taliban": 2}, "equilibria": 1}},
    }
    assert document(CASE, summary=True) == short
    assert document(CASE, summary=False) == document(CASE)


def test_summary_is_the_default_above_ten_thousand_states(monkeypatch: pytest.MonkeyPatch) -> None:
    assert solving.SUMMARY_STATES == 10_000
    monkeypatch.setattr(solving, "SUMMARY_STATES", 4)
    assert document(CASE)["states"] == ["00", "01", "10", "11"]
    monkeypatch.setattr(solving, "SUMMARY_STATES", 3)
    assert document(CASE)["states"] == 4
    assert document(CASE, summary=False)["states"] == ["00", "01", "10", "11"]


def test_data_frame_has_a_row_for_each_state() -> None:
    pytest.importorskip("pandas")
    frame = solve(CASE, ["nash"]).to_pandas()
    assert list(frame.index) == ["00", "01", "10", "11"]
    assert frame.index.name == "state"
    assert list(frame.columns) == [
        ("option", "us.leave"),
        ("option", "taliban.truce"),
        ("nash", "us"),
        ("nash", "taliban"),
        ("nash", "equilibrium"),
    ]
    assert frame["option", "us.leave"].tolist() == ["no", "no", "yes", "yes"]
    assert frame["nash", "us"].tolist() == [True, True, False, False]
    assert frame["nash", "equilibrium"].tolist() == [True, False, False, False]
    listed = solve(graph({"p": "ab"}, {"p": "b>a"}), ["seq"]).to_pandas()
    assert list(listed.columns) == [("seq", "p"), ("seq", "equilibrium")]
    assert listed["seq", "p"].to_dict() == {"a": False, "b": True}


@pytest.mark.parametrize("rule", RULES)
def test_known_rules_are_taken(rule: str) -> None:
    assert check_sequences(rule) == rule


def test_unknown_rule_is_refused() -> None:
    with pytest.raises(CaseError) as caught:
        solve(CASE, sequences="twice")
    assert str(caught.value) == (
        "there is no sequence rule 'twice'\n"
        "  rule: the rules are legal, once, single\n"
        "  next: 'legal' is the one of the current literature"
    )


# The dense algorithm


def used(case: Case, rule: str = "legal", algorithm: Algorithm = "auto") -> str:
    return solve(case, ["nash"], rule, algorithm=algorithm).origin.algorithm


STEPWISE = parse_case(TEXT.replace("leave: {}", "leave: {moves: [[no, yes]]}"))
INTRANSITIVE = parse_case("""
detente: 1
parties: {p: {options: {o: {levels: [a, b, c], moves: [[a, b], [b, c]]}}}}
""")


@needs_dense
@given(model=drawn(form="option", most=12))
def test_dense_agrees_where_it_applies(model: Drawn) -> None:
    sample = Sample(model)
    if sample.arrays.transitive:
        assert same(solve(sample.case), solve(sample.case, algorithm="dense"))
        one = solve(sample.case, ["sim", "seq"], algorithm="dense")
        assert one.concepts == ("seq", "sim")
        assert same(one, solve(sample.case, ["seq", "sim"]))


@needs_dense
def test_dense_is_used_for_large_cases_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert solving.DENSE_STATES == 400_000
    assert used(CASE) == "array"
    monkeypatch.setattr(solving, "DENSE_STATES", 5)
    assert used(CASE) == "array"
    monkeypatch.setattr(solving, "DENSE_STATES", 4)
    assert used(CASE) == "dense"
    assert used(STEPWISE) == "dense"
    assert used(CASE, "once") == "array"
    monkeypatch.setattr(solving, "DENSE_STATES", 1)
    assert used(INTRANSITIVE) == "array"
    assert used(graph({"p": "ab"}, {"p": "b>a"})) == "array"
    assert used(CASE, algorithm="array") == "array"
    assert used(CASE, algorithm="literal") == "literal"


@pytest.mark.parametrize(
    ("case", "rule"),
    [
        (CASE, "once"),
        (CASE, "single"),
        (INTRANSITIVE, "legal"),
        (graph({"p": "ab"}, {"p": ""}), "legal"),
    ],
    ids=["once", "single", "intransitive", "graph"],
)
def test_dense_is_refused_where_it_does_not_apply(case: Case, rule: str) -> None:
    with pytest.raises(CaseError) as caught:
        used(case, rule, "dense")
    assert str(caught.value) == (
        "the dense algorithm does not apply to this case\n"
        "  rule: option form, legal sequences, and moves that are transitive\n"
        "  next: use 'array'"
    )


def test_a_notebook_shows_what_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain(Displayed):
        pass

    assert Plain()._repr_html_() is None
    monkeypatch.setitem(DISPLAYS, Plain, lambda result: f"<p>{type(result).__name__}</p>")
    assert Plain()._repr_html_() == "<p>Plain</p>"
