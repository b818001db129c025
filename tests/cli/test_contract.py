"""The JSON that other programs read: the keys of the design, one document, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import ELMIRA, TWO_STEP, Runner

import detente

HEAD = {"case", "format", "fingerprint", "sequences", "algorithm", "version"}


def test_solve_has_the_keys_of_the_design(run: Runner) -> None:
    found = run.good("solve", TWO_STEP, "--json").json
    assert set(found) >= HEAD | {"states", "status_quo", "concepts"}
    assert found["format"] == 1
    assert found["states"] == ["00", "01", "10", "11"]
    assert found["status_quo"] == "00"
    assert list(found["concepts"]) == ["nash", "gmr", "smr", "seq", "sseq", "sim"]
    for concept in found["concepts"].values():
        assert set(concept) == {"stable", "equilibria"}
        assert set(concept["stable"]) == {"us", "taliban"}
    assert found["concepts"]["seq"]["equilibria"] == ["00", "10"]
    assert found["concepts"]["seq"]["stable"]["taliban"] == ["00", "10"]


def test_solve_without_filters_is_the_result_of_the_python_api(run: Runner) -> None:
    expected = detente.solve(detente.load(ELMIRA)).to_dict()
    assert run.good("solve", ELMIRA, "--json").json == expected


def test_solve_of_a_graph_form_case_has_labels_and_no_sim(run: Runner, graph: Path) -> None:
    found = run.good("solve", graph, "--json").json
    assert found["states"] == ["s1", "s2", "s3"]
    assert found["status_quo"] == "s1"
    assert "sim" not in found["concepts"]


def test_sim_of_a_graph_form_case_is_refused(run: Runner, graph: Path) -> None:
    assert "SIM is not defined in graph form" in run.bad("solve", graph, "--concepts", "sim")


def test_solve_above_ten_thousand_states_counts_and_leaves_sim_out(
    run: Runner, large: Path
) -> None:
    found = run.good("solve", large, "--json").json
    assert found["states"] == 2**14
    assert "sim" not in found["concepts"]
    for concept in found["concepts"].values():
        assert isinstance(concept["equilibria"], int)
        assert all(isinstance(count, int) for count in concept["stable"].values())


def test_no_summary_lists_the_states_of_a_large_case(run: Runner, large: Path) -> None:
    found = run.good("solve", large, "--json", "--no-summary", "--concepts", "nash").json
    assert len(found["states"]) == 2**14
    counts = run.good("solve", large, "--json", "--concepts", "nash").json["concepts"]["nash"]
    nash = found["concepts"]["nash"]
    assert len(nash["equilibria"]) == counts["equilibria"]
    assert {p: len(s) for p, s in nash["stable"].items()} == counts["stable"]


def test_sim_is_computed_for_a_large_case_when_named(run: Runner, large: Path) -> None:
    found = run.good("solve", large, "--json", "--concepts", "nash,sim").json
    assert list(found["concepts"]) == ["nash", "sim"]


def test_summary_replaces_each_list_by_its_length(run: Runner) -> None:
    lists = run.good("solve", ELMIRA, "--json").json
    counts = run.good("solve", ELMIRA, "--json", "--summary").json
    assert counts["states"] == len(lists["states"])
    for name, concept in lists["concepts"].items():
        assert counts["concepts"][name] == {
            "stable": {party: len(states) for party, states in concept["stable"].items()},
            "equilibria": len(concept["equilibria"]),
        }


def test_concepts_and_sequences_are_passed_on(run: Runner) -> None:
    found = run.good("solve", TWO_STEP, "--json", "--concepts", "seq,NASH", "--sequences", "once")
    assert list(found.json["concepts"]) == ["nash", "seq"]
    assert found.json["sequences"] == "once"


@pytest.mark.parametrize("algorithm", ["auto", "array", "dense", "literal"])
def test_algorithms_agree(run: Runner, algorithm: str) -> None:
    found = run.good("solve", ELMIRA, "--json", "--algorithm", algorithm).json
    assert found["concepts"] == run.good("solve", ELMIRA, "--json").json["concepts"]


def test_filters_keep_states_and_say_so(run: Runner) -> None:
    found = run.good("solve", TWO_STEP, "--json", "--where", "ceasefire = full").json
    assert found["states"] == ["01", "11"]
    assert found["filter"] == {"where": "ceasefire = full", "equilibria": None, "kept": 2, "of": 4}
    assert found["concepts"]["seq"] == {
        "stable": {"us": ["01", "11"], "taliban": []},
        "equilibria": [],
    }
    assert "filter" not in run.good("solve", TWO_STEP, "--json").json


def test_the_filter_by_equilibria_keeps_those_of_one_concept(run: Runner) -> None:
    whole = run.good("solve", ELMIRA, "--json").json
    found = run.good("solve", ELMIRA, "--json", "--equilibria", "SEQ").json
    assert found["states"] == whole["concepts"]["seq"]["equilibria"]
    assert found["filter"]["equilibria"] == "seq"
    assert found["concepts"]["nash"]["equilibria"] == [
        s for s in whole["concepts"]["nash"]["equilibria"] if s in found["states"]
    ]


def test_filters_apply_to_counts(run: Runner) -> None:
    found = run.good("solve", ELMIRA, "--json", "--summary", "--where", "insist").json
    assert found["states"] == found["filter"]["kept"] == 6
    lists = run.good("solve", ELMIRA, "--json", "--where", "insist").json["concepts"]["seq"]
    assert found["concepts"]["seq"]["equilibria"] == len(lists["equilibria"])


def test_why_has_an_explanation_for_each_party_and_concept(run: Runner) -> None:
    found = run.good("why", TWO_STEP, "full-exchange", "--json").json
    assert set(found) >= HEAD | {"state", "explanations"}
    assert found["state"] == "11"
    pairs = {(e["concept"], e["party"]) for e in found["explanations"]}
    assert len(pairs) == len(found["explanations"]) == 12
    leaves = next(
        e for e in found["explanations"] if (e["concept"], e["party"]) == ("seq", "taliban")
    )
    assert leaves["stable"] is False
    assert [i["to"] for i in leaves["improvements"]] == ["10"]


def test_why_of_one_party_and_concept(run: Runner) -> None:
    found = run.good("why", TWO_STEP, "11", "--party", "us", "--concepts", "seq", "--json").json
    assert [(e["concept"], e["party"]) for e in found["explanations"]] == [("seq", "us")]


def test_paths_says_what_is_reached_and_what_stands_in_the_way(run: Runner) -> None:
    found = run.good("paths", TWO_STEP, "--to", "11", "--json").json
    assert set(found) >= HEAD | {"status_quo", "targets", "reached"}
    (target,) = found["targets"]
    assert target["state"] == "11"
    assert target["moves"]["path"] == ["00", "01", "11"]
    assert target["moves"]["movers"] == ["taliban", "us"]
    assert target["improvements"]["path"] is None
    assert target["improvements"]["obstacles"] == [{"kind": "no-improvements", "option": None}]


def test_check_describes_the_case(run: Runner) -> None:
    found = run.good("check", ELMIRA, "--json").json
    assert found["valid"] is True
    assert (found["states"], found["combinations"]) == (12, 32)
    assert [party["id"] for party in found["parties"]] == ["moe", "uniroyal", "lg"]
    assert found["parties"][0]["preferences"] == "ranking"
    assert found["parties"][0]["options"][0]["id"] == "moe.modify"
    assert found["status_quo"] == "01000"
    assert found["fingerprint"] == detente.load(ELMIRA).fingerprint


def test_check_of_an_invalid_case_prints_no_json(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("detente: 1\nparties: {a: {options: {x: {levels: [no]}}}}\n", "utf-8")
    message = run.bad("check", path, "--json")
    assert message.startswith(f"{path}:2:")
