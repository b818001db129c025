"""``diagnose``, ``unlock``, ``compare`` and coalitions: the contract, and what is refused."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from commandline import ELMIRA, ROOT, TWO_STEP, Runner

import detente
from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.levers.unlock import unlock

CASES = ROOT / "cases"
THREE = str(Path(TWO_STEP).with_name("three-level-irreversible.yaml"))
FULL = str(Path(TWO_STEP).with_name("full.yaml"))
KOSOVO = str(CASES / "kosovo-serbia-2023" / "case.yaml")


def test_diagnose_has_the_keys_of_the_contract(run: Runner) -> None:
    found = run.good("diagnose", TWO_STEP, "--json").json
    assert found["concept"] == "seq"
    assert found["status_quo"] == "00"
    assert found["deadlock"] is True
    assert found["kind"] == "enforcement-problem"
    assert found["witness"] == "11"
    assert found["breaking_move"] is None
    assert found["zone"] == ["11"]
    assert found["minimal_subsets"] == []
    assert found["ripeness"] == {
        "stalemate": True,
        "way_out": True,
        "hurting": {"us": 0.5, "taliban": 0.5},
    }
    (target,) = found["targets"]
    assert target["flags"] == ["reversibility-asymmetry"]
    assert target["witnesses"]["reversibility-asymmetry"] == {"can": ["taliban"], "cannot": ["us"]}
    assert (target["path"], target["movers"]) == (["00", "01", "11"], ["taliban", "us"])
    assert (target["equilibrium"], target["unstable_for"]) == (False, ["taliban"])
    assert (found["flags"], len(found["precedence"])) == ([], 1)
    assert found["sentence"].startswith("Deadlock: full exchange (11)")


def test_diagnose_passes_target_and_concept_on(run: Runner) -> None:
    found = run.good("diagnose", THREE, "--to", "22", "--concept", "gmr", "--json").json
    assert (found["to"], found["concept"]) == ("22", "gmr")
    page = run.good("diagnose", THREE, "--to", "22").out
    assert "full exchange (22)" in " ".join(page.split())


def test_unlock_has_the_keys_of_the_contract(run: Runner) -> None:
    found = run.good("unlock", TWO_STEP, "--size", "2", "--json").json
    assert (found["to"], found["kind"]) == ("11", "enforcement-problem")
    opening = [lever["changes"] for lever in found["levers"] if lever["opens"]]
    assert {json.dumps(changes, sort_keys=True) for changes in opening} == {
        json.dumps(changes, sort_keys=True)
        for changes in (
            [{"lever": "preference", "party": "taliban", "raise": "11", "above": "10"}],
            [{"lever": "snap-back", "party": "us", "option": "us.withdrawal"}],
            [
                {"lever": "joint-move", "parties": ["us", "taliban"]},
                {"lever": "guarantor", "party": "taliban", "option": "taliban.ceasefire"},
            ],
            [
                {"lever": "guarantor", "party": "taliban", "option": "taliban.ceasefire"},
                {"lever": "preference", "party": "us", "raise": "11", "above": "01"},
            ],
        )
    }
    assert all(lever["opens"] == (lever["kind"] == "open") for lever in found["levers"])
    assert [lever["number"] for lever in found["levers"]] == list(
        range(1, 1 + len(found["levers"]))
    )
    assert all(lever["words"] for lever in found["levers"])
    assert set(found["searched"]) >= {"sizes", "levers", "complete"}


def test_apply_writes_a_case_of_the_reported_kind(run: Runner, tmp_path: Path) -> None:
    levers = run.good("unlock", TWO_STEP, "--json").json["levers"]
    for lever in levers:
        path = tmp_path / f"changed-{lever['number']}.yaml"
        words = ("unlock", TWO_STEP, "--apply", str(lever["number"]), "-o", path)
        if {change["lever"] for change in lever["changes"]} <= {"order", "joint-move"}:
            assert "changes nothing" in run.bad(*words)
            assert not path.exists()
            continue
        run.good(*words)
        again = diagnose(detente.load(path), to=lever["to"])
        assert again.target(lever["to"]).kind == lever["kind"]
        text = path.read_text("utf-8")
        assert text.startswith("# Changed by detente unlock: ")
        assert "# This is a case file of Détente." in text  # comments are kept


def test_apply_says_what_a_case_file_cannot_say(run: Runner, tmp_path: Path) -> None:
    levers = run.good("unlock", TWO_STEP, "--size", "2", "--json").json["levers"]
    both = next(
        own["number"]
        for own in levers
        if own["opens"] and len(own["patch"]) == 2 and own["changes"][0]["lever"] == "joint-move"
    )
    path = tmp_path / "both.yaml"
    words = ("unlock", TWO_STEP, "--size", "2", "--apply", str(both), "-o", path)
    applied = run.good(*words, "--json").json["applied"]
    assert applied["not_written"] == ["us, taliban move together to 11"]
    assert "# Not written" in path.read_text("utf-8")
    assert detente.load(path).options[1].moves == "forward"
    assert "exists already" in run.bad(*words)


def test_apply_can_divide_an_option_into_tranches(run: Runner, tmp_path: Path) -> None:
    levers = run.good("unlock", THREE, "--json").json["levers"]
    number = next(o["number"] for o in levers if o["changes"][0]["lever"] == "tranches")
    path = tmp_path / "tranches.yaml"
    run.good("unlock", THREE, "--apply", str(number), "-o", path)
    changed = detente.load(path)
    assert max(len(option.levels) for option in changed.options) > 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--apply", "1"], "--apply and --output go together"),
        (["-o", "x.yaml"], "--apply and --output go together"),
        (["--apply", "77", "-o", "x.yaml"], "there is no set number 77"),
        (["--size", "0"], "the size 0 is not possible"),
        (["--size", "many"], "--size"),
        (["--budget", "-1"], "the budget -1 is not possible"),
        (["--budget", "nan"], "the budget nan is not possible"),
        (["--inverse", "--size", "2"], "--inverse searches for no levers"),
        (["--to", "10"], "outside the zone of agreement"),
        (["--to", "00"], "is the status quo"),
        (["--to", "99"], "99"),
        (["--concept", "nope"], "there is no solution concept 'nope'"),
    ],
)
def test_unlock_refuses(run: Runner, words: list[str], says: str) -> None:
    assert says in run.bad("unlock", TWO_STEP, *words)


def test_without_a_status_quo_there_is_no_diagnosis(run: Runner) -> None:
    case = CASES / "published" / "prisoners-dilemma.yaml"
    for command in (["diagnose"], ["unlock"], ["unlock", "--inverse"]):
        assert "no status quo" in run.bad(command[0], case, *command[1:])


def test_a_budget_ends_the_search_and_says_so(run: Runner) -> None:
    found = run.good("unlock", FULL, "--budget", "0.01", "--json").json
    assert found["searched"]["complete"] is False
    assert found["searched"]["reason"] == "stopped"
    assert "stopped before the end" in " ".join(
        run.good("unlock", FULL, "--budget", "0.01").out.split()
    )


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_the_search_and_keeps_what_was_found(
    run: Runner, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """The first asks the search to end; the second, before it has, ends everything."""

    def interrupted(*arguments: object, **named: object) -> object:
        named["progress"](0, 1)  # type: ignore[operator]
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        return unlock(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("detente.workspace.unlocking.unlock", interrupted)
    before = signal.getsignal(signal.SIGINT)
    done = run("unlock", FULL, "--json")
    assert signal.getsignal(signal.SIGINT) is before
    assert done.status == 130
    if times == 1:
        assert done.json["searched"]["complete"] is False
        assert done.err == ""
    else:
        assert (done.out, done.err) == ("", "detente: stopped\n")


def test_ctrl_c_before_the_search_has_begun_ends_everything(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> object:
        return signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("detente.workspace.unlocking.unlock", interrupted)
    done = run("unlock", FULL, "--json")
    assert (done.status, done.out, done.err) == (130, "", "detente: stopped\n")


def test_budget_keeps_what_the_search_finds_without_it(run: Runner) -> None:
    found = run.good("unlock", FULL, "--budget", "3", "--json").json
    opening = [own["changes"] for own in found["levers"] if own["opens"]]
    assert [sorted(c["lever"] for c in own) for own in opening] == [["contain", "snap-back"]]


def test_inverse_gives_a_condition_for_each_concept(run: Runner) -> None:
    found = run.good("unlock", TWO_STEP, "--inverse", "--json").json
    assert found["to"] == "11"
    assert list(found["conditions"]) == ["nash", "gmr", "smr", "seq", "sseq", "sim"]
    seq = found["conditions"]["seq"]
    assert seq["holds"] is False
    assert seq["parties"]["taliban"]["moves"] == [{"to": "10", "always": False, "sanctions": []}]
    other = run.good("unlock", ELMIRA, "--inverse", "--to", "10100", "--json").json
    assert other["conditions"]["gmr"]["holds"] is True


def test_inverse_without_any_target_is_refused(run: Runner) -> None:
    assert "there is no target to ask about" in run.bad("unlock", ELMIRA, "--inverse")


def test_nothing_to_unlock_says_why(run: Runner) -> None:
    out = run.good("unlock", CASES / "cyprus-2017" / "case.yaml").out
    assert out.startswith("There is no target to open. Deadlock: ")
    assert run.good("unlock", ELMIRA, "--json").json["to"] is None


def test_compare(run: Runner) -> None:
    found = run.good("compare", TWO_STEP, KOSOVO, "--json").json
    assert found["same_model"] is False
    assert found["states"]["common"] == 1
    same = run.good("compare", TWO_STEP, TWO_STEP)
    assert same.out.startswith("A and B are the same model.")
    page = run.good("compare", TWO_STEP, THREE, "--concepts", "nash,seq").out
    assert "Equilibria" in page
    assert "GMR" not in page


def test_compare_needs_two_cases(run: Runner) -> None:
    assert "B is missing" in run.bad("compare", TWO_STEP)
    assert "no such file" in run.bad("compare", TWO_STEP, "missing.yaml")


def test_solve_with_coalitions(run: Runner) -> None:
    found = run.good("solve", TWO_STEP, "--coalitions", "--json").json
    assert found["concepts"]["seq"]["equilibria"] == ["00", "10"]
    own = found["coalitions"]
    assert own["variant"] == "sequences"
    assert own["concepts"]["seq"]["universally_stable"] == ["10"]
    assert own["concepts"]["seq"]["vulnerable"] == {"00": [["us", "taliban"]]}
    merged = run.good("solve", TWO_STEP, "--coalitions", "--variant", "merged", "--json").json
    assert merged["coalitions"]["variant"] == "merged"
    page = run.good("solve", TWO_STEP, "--coalitions", "--variant", "merged").out
    assert "the rule of GMCR+" in " ".join(page.split())


def test_coalitions_are_refused_where_they_are_not_defined(run: Runner, graph: Path) -> None:
    assert "merged" in run.bad("solve", graph, "--coalitions", "--variant", "merged")
    assert "'sim'" in run.bad("solve", TWO_STEP, "--coalitions", "--concepts", "sim")
    assert "--csv and --coalitions" in run.bad("solve", TWO_STEP, "--coalitions", "--csv")
    run.good("solve", graph, "--coalitions")


def test_why_of_a_coalition(run: Runner) -> None:
    words = ("why", TWO_STEP, "00", "--coalition", "taliban, us")
    found = run.good(*words, "--json").json
    assert found["coalition"] == ["us", "taliban"]
    assert found["stable"] == {"nash": False, "gmr": False, "smr": False, "seq": False}
    assert [own["to"] for own in found["improvements"]] == ["11"]
    assert "for full exchange (11)" in " ".join(run.good(*words).out.split())
    alone = run.good("why", TWO_STEP, "00", "--coalition", "us").out
    assert alone.startswith("United States would stay in war goes on (00)")


def test_why_of_a_coalition_that_is_none(run: Runner) -> None:
    assert "there is no party 'rusia'" in run.bad("why", TWO_STEP, "00", "--coalition", "us,rusia")
    assert "the coalition is empty" in run.bad("why", TWO_STEP, "00", "--coalition", ",")
    message = run.bad("why", TWO_STEP, "00", "--coalition", "us", "--party", "us")
    assert "--party and --coalition exclude each other" in message


def test_diagnose_writes_the_map_and_says_so(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    page = run.good("diagnose", TWO_STEP, "--map", path).out
    assert page.endswith(f"\nWrote {path}\n")
    assert 'data-move="11&gt;10"' in path.read_text("utf-8")
    assert "exists already" in run.bad("diagnose", TWO_STEP, "--map", path)


def test_diagnose_names_the_map_in_json(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    found = run.good("diagnose", THREE, "--to", "22", "--map", path, "--json").json
    assert (found["map"], found["to"]) == (str(path), "22")
    assert "map" not in run.good("diagnose", THREE, "--json").json


def test_diagnose_refuses_a_map_that_is_no_svg(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    assert "ends in .svg" in run.bad("diagnose", TWO_STEP, "--map", path)
    assert not path.exists()
