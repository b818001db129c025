"""The table of concepts, and what is chosen from it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from samples import graph

from detente.concepts import table
from detente.concepts.concept import stays_where_assured
from detente.concepts.sim import SIM
from detente.concepts.table import CONCEPTS, SIM_DEFAULT_STATES, choose
from detente.engine.compile import compile_case
from detente.engine.sanctions import Engine
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case

ALL = ["nash", "gmr", "smr", "seq", "sseq", "sim"]
OPTIONS = parse_case("detente: 1\nparties: {p: {options: {o: {}}}}")
GRAPH = graph({"p": "ab"}, {"p": "a>b"})


def chosen(case: Case, names: Iterable[str] | None) -> list[str]:
    return [concept.id for concept in choose(case, names)]


def test_rows_are_keyed_by_id_and_say_everything() -> None:
    assert list(CONCEPTS) == ALL
    for id, row in CONCEPTS.items():
        assert row.id == id
        words = (row.name, row.abbreviation, row.source, row.gloss, row.definition, row.foresight)
        assert all(words)
        assert row.gloss.startswith("stays, because ")
        assert set(row.implies) <= set(CONCEPTS) - {id}
        assert row.sanctions in ("none", "moves", "improvements", "simultaneous")
        assert set(row.forms) <= {"option", "graph"}


def test_rows_say_how_the_others_may_answer() -> None:
    kinds = {id: (row.sanctions, row.escapes) for id, row in CONCEPTS.items()}
    assert kinds == {
        "nash": ("none", False),
        "gmr": ("moves", False),
        "smr": ("moves", True),
        "seq": ("improvements", False),
        "sseq": ("improvements", True),
        "sim": ("simultaneous", False),
    }


def test_all_that_apply_are_chosen_by_default() -> None:
    assert chosen(OPTIONS, None) == ALL
    assert chosen(GRAPH, None) == ALL[:-1]


def test_sim_is_chosen_for_large_cases_only_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SIM_DEFAULT_STATES == 10_000
    monkeypatch.setattr(table, "SIM_DEFAULT_STATES", 2)
    assert chosen(OPTIONS, None) == ALL
    larger = parse_case("detente: 1\nparties: {p: {options: {o: {levels: [l, m, h]}}}}")
    assert chosen(larger, None) == ALL[:-1]
    assert chosen(larger, ["sim"]) == ["sim"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], []),
        (["seq"], ["seq"]),
        (["sim", "seq", "nash"], ["nash", "seq", "sim"]),
        ([" SEQ ", "Nash", "seq"], ["nash", "seq"]),
        (("gmr",), ["gmr"]),
    ],
)
def test_named_concepts_come_in_the_order_of_the_table(
    names: Iterable[str], expected: list[str]
) -> None:
    assert chosen(OPTIONS, names) == expected
    assert chosen(OPTIONS, iter(names)) == expected


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (
            ["nahs"],
            "there is no solution concept 'nahs'\n"
            "  rule: the concepts are nash, gmr, smr, seq, sseq, sim\n"
            "  next: did you mean 'nash'?",
        ),
        (
            ["seq", "zzz", "yyy"],
            "there is no solution concept 'yyy'\n"
            "  rule: the concepts are nash, gmr, smr, seq, sseq, sim\n"
            "  next: use one or more of these ids",
        ),
    ],
)
def test_unknown_concepts_are_refused(names: list[str], message: str) -> None:
    with pytest.raises(CaseError) as caught:
        choose(OPTIONS, names)
    assert str(caught.value) == message


def test_a_concept_that_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(CaseError) as caught:
        choose(GRAPH, ["nash", "sim"])
    assert str(caught.value) == (
        "SIM is not defined in graph form\n"
        "  rule: it combines the parties' own options\n"
        "  next: leave it out, or describe the case by options"
    )
    assert SIM.forms == ("option",)


def test_a_party_stays_where_its_best_assured_payoff_is_no_gain() -> None:
    # p moves a-b and a-c. u = 1, 3, 2.
    engine = Engine(compile_case(graph({"p": "ab ac"}, {"p": "b>c>a"})))
    for assured, expected in (
        ([1, 3, 2], False),
        ([1, 1, 2], False),
        ([1, 1, 1], True),
        ([0, -5, 0], True),
    ):
        found = stays_where_assured(engine, 0, np.array(assured, dtype=np.int64))
        assert found.tolist() == [expected, True, True]
