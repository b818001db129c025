"""The first case: the tables of its small forms, and each claim made about its full form.

The preferences were written knowing the outcome: a regression test and a teaching case, never
evidence of predictive power. V1 to V8 are the points of `what-happened.md`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import pytest
from ruamel.yaml import YAML

import detente
from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import JointMove, Scenario, with_option, with_party
from detente.analysis.levers.unlock import unlock
from detente.concepts.game import Game
from detente.model.case import Case
from detente.model.parts import Option, Pattern, Priorities

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "cases" / "us-taliban-2019"
ARTICLE = ROOT.parent / "shared" / "seed" / "article.txt"

ALGORITHMS = ("array", "literal")
Algorithm = Literal["array", "literal"]

DEADLOCK = "0101000110"
SETTLEMENT = "2122111110"
WITHOUT_PRISONERS = "2122110110"
FIRST_TRANCHE = "1112000110"
TRANCHE_WITH_PRISONERS = "1112001110"


@cache
def load(name: str) -> Case:
    return detente.load(FOLDER / f"{name}.yaml")


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def diagnosed(name: str) -> dict[str, Any]:
    return diagnose(load(name)).to_dict()


def kinds(found: dict[str, Any]) -> dict[str, str]:
    return {target["state"]: target["kind"] for target in found["targets"]}


def target(found: dict[str, Any], state: str) -> dict[str, Any]:
    (own,) = [own for own in found["targets"] if own["state"] == state]
    return own  # type: ignore[no-any-return]


def option(case: Case, key: str) -> Option:
    return next(own for own in case.options if own.key == key)


def with_moves(case: Case, key: str, arcs: set[tuple[int, int]]) -> Case:
    return with_option(case, replace(option(case, key), arcs=frozenset(arcs), moves="arcs"))


def seq(case: Case) -> list[str]:
    found = detente.solve(case, concepts=["seq"]).to_dict()
    return found["concepts"]["seq"]["equilibria"]  # type: ignore[no-any-return]


def levers(case: Case, *, size: int, to: str | None = None) -> dict[frozenset[str], bool]:
    """Minimal opening sets -> whether the target is Nash stable under them."""
    found: dict[frozenset[str], bool] = {}
    for own in unlock(case, size=size, to=to).to_dict()["levers"]:
        if not own["opens"]:
            continue
        names = set()
        for change in own["changes"]:
            if change["lever"] == "preference":
                names.add(f"{change['party']}: {change['raise']} above {change['above']}")
            elif change["lever"] == "joint-move":
                names.add("joint-move")
            else:
                names.add(f"{change['lever']} {change.get('option', change['party'])}")
        found[frozenset(names)] = "nash" in own["stable_under"]
    return found


# The smallest form


def reversible(*, withdrawal: bool, ceasefire: bool) -> Case:
    case = load("two-step")
    both, forward = {(0, 1), (1, 0)}, {(0, 1)}
    case = with_moves(case, "us.withdrawal", both if withdrawal else forward)
    return with_moves(case, "taliban.ceasefire", both if ceasefire else forward)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(
    ("withdrawal", "ceasefire", "alone", "jointly"),
    [
        (False, False, "sequencing-trap", "open"),
        (False, True, "enforcement-problem", "enforcement-problem"),
        (True, False, "enforcement-problem", "enforcement-problem"),
        (True, True, "open", "open"),
    ],
)
def test_smallest_form_has_the_kinds_of_the_table(
    withdrawal: bool, ceasefire: bool, alone: str, jointly: str, algorithm: Algorithm
) -> None:
    case = reversible(withdrawal=withdrawal, ceasefire=ceasefire)
    joint = Scenario(case, (JointMove("11", ("us", "taliban")),))
    for scenario, kind in ((case, alone), (joint, jointly)):
        found = diagnose(scenario, algorithm=algorithm)
        assert found.deadlock
        assert (found.kind, found.witness) == (kind, "11")


def test_smallest_form_with_everything_reversible_is_seq_stable_and_not_nash() -> None:
    case = reversible(withdrawal=True, ceasefire=True)
    assert "11" in seq(case)
    assert (
        "11"
        not in detente.solve(case, concepts=["nash"]).to_dict()["concepts"]["nash"]["equilibria"]
    )


def test_smallest_form_is_opened_by_these_four_sets_and_no_others() -> None:
    assert levers(load("two-step"), size=2) == {
        frozenset({"snap-back us.withdrawal"}): False,
        frozenset({"taliban: 11 above 10"}): True,
        frozenset({"guarantor taliban.ceasefire", "joint-move"}): True,
        frozenset({"guarantor taliban.ceasefire", "us: 11 above 01"}): True,
    }


def test_smallest_form_orders_are_the_published_ones() -> None:
    game = Game.of(load("two-step"))
    orders = {
        party: sorted(game.states, key=lambda s: -game.payoffs[party][s]) for party in game.parties
    }
    assert orders == {"us": ["01", "11", "00", "10"], "taliban": ["10", "11", "00", "01"]}


# The three-level form

THREE_LEVELS = {
    "three-level-irreversible": (set(), ["00", "10", "20"]),
    "three-level": ({(1, 0)}, ["00", "11", "20"]),
    "three-level-reversible": ({(1, 0), (2, 1), (2, 0)}, ["00", "11", "21", "22"]),
}


@pytest.mark.parametrize("name", THREE_LEVELS)
def test_three_level_form_has_the_equilibria_of_the_table(name: str) -> None:
    back, equilibria = THREE_LEVELS[name]
    case = load(name)
    assert option(case, "us.withdrawal").arcs == {(0, 1), (1, 2)} | back
    assert option(case, "taliban.restraint").arcs == {(0, 1), (1, 2), (1, 0), (2, 1), (2, 0)}
    assert seq(case) == equilibria
    literal = detente.solve(case, concepts=["seq"], algorithm="literal").to_dict()
    assert literal["concepts"]["seq"]["equilibria"] == equilibria


@pytest.mark.parametrize("name", THREE_LEVELS)
def test_three_level_files_differ_only_in_what_can_be_taken_back(name: str) -> None:
    middle = option(load("three-level"), "us.withdrawal").arcs
    same = with_moves(load(name), "us.withdrawal", set(middle))
    assert same.fingerprint == load("three-level").fingerprint


@pytest.mark.parametrize("name", THREE_LEVELS)
def test_three_level_payoffs_are_the_published_weights(name: str) -> None:
    game = Game.of(load(name))
    gain, cost = (0, 4, 6), (0, 1, 3)
    value, price = (0, 2, 6), (0, 1, 5)
    for state in game.states:
        w, c = map(int, state)
        assert game.payoffs["us"][state] == gain[c] - cost[w]
        assert game.payoffs["taliban"][state] == value[w] - price[c]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("three-level-irreversible", dict.fromkeys(["11", "21", "22"], "enforcement-problem")),
        (
            "three-level",
            {"11": "open", "21": "enforcement-problem", "22": "enforcement-problem"},
        ),
        ("three-level-reversible", dict.fromkeys(["11", "21", "22"], "open")),
    ],
)
def test_three_level_targets_have_these_kinds(
    name: str, expected: dict[str, str], algorithm: Algorithm
) -> None:
    assert kinds(diagnose(load(name), algorithm=algorithm).to_dict()) == expected


def test_last_tranche_is_opened_by_a_snap_back_on_the_withdrawal() -> None:
    assert levers(load("three-level"), size=1, to="22") == {
        frozenset({"snap-back us.withdrawal"}): False
    }


# The full form


@pytest.mark.parametrize("algorithm", ["array", pytest.param("literal", marks=pytest.mark.slow)])
def test_status_quo_is_a_deadlock_that_no_agreement_enforces(algorithm: Algorithm) -> None:
    found = diagnose(load("full"), algorithm=algorithm).to_dict()
    assert found["status_quo"] == DEADLOCK
    assert found["deadlock"]
    assert found["breaking_move"] is None
    assert (found["kind"], found["witness"]) == ("enforcement-problem", SETTLEMENT)
    assert found["ripeness"]["stalemate"]
    assert kinds(found) == {
        FIRST_TRANCHE: "open",
        WITHOUT_PRISONERS: "enforcement-problem",
        SETTLEMENT: "enforcement-problem",
        TRANCHE_WITH_PRISONERS: "sequencing-trap",
        "0101001110": "sequencing-trap",
        # the same with Baradar back in prison, where no arc leads
        "1112000100": "sequencing-trap",
        "1112001100": "sequencing-trap",
        "0101001100": "sequencing-trap",
        "2122110100": "double-bind",
        "2122111100": "double-bind",
    }


def test_full_case_is_small_enough() -> None:
    assert len(Game.of(load("full")).states) == 1408


def test_labels_name_the_states_of_the_story() -> None:
    assert load("full").labels == {
        "deadlock": DEADLOCK,
        "settlement": SETTLEMENT,
        "settlement-prisoners-held": WITHOUT_PRISONERS,
        "first-tranche": FIRST_TRANCHE,
    }


def test_guarantee_on_territory_is_the_only_progress() -> None:
    """Of what Washington and the Taliban can give each other, only the guarantee has moved.

    (That they talk at all, over the head of Kabul, is a concession of Washington's to begin with.)
    """
    case = load("full")
    moved = {
        own.key
        for own, level in zip(case.options, case.levels(DEADLOCK), strict=True)
        if level and own.owner in ("us", "taliban")
    }
    assert moved == {"us.direct_talks", "taliban.guarantee"}


BEST_FIRST = ("open", "sequencing-trap", "enforcement-problem", "double-bind")


def up_to(found: dict[str, Any], case: Case, key: str) -> dict[str, str]:
    """Targets up to one option -> the best kind that they have at any of its levels."""
    at = [own.key for own in case.options].index(key)
    merged: dict[str, list[str]] = {}
    for own in found["targets"]:
        state = own["state"]
        merged.setdefault(state[:at] + state[at + 1 :], []).append(own["kind"])
    return {state: min(own, key=BEST_FIRST.index) for state, own in merged.items()}


def kinds_at(found: dict[str, Any], case: Case, key: str, level: str) -> dict[str, str]:
    """Targets with one option at a level -> their kinds, that option left out of the code."""
    at = [own.key for own in case.options].index(key)
    return {
        own["state"][:at] + own["state"][at + 1 :]: own["kind"]
        for own in found["targets"]
        if own["state"][at] == level
    }


def test_releasing_baradar_changes_nothing() -> None:
    free = load("full")
    assert option(free, "pakistan.baradar").levels == ("held", "released")
    assert DEADLOCK[8] == "1"
    held = replace(free, status_quo=DEADLOCK[:8] + "0" + DEADLOCK[9:])
    key = "pakistan.baradar"
    before, after = diagnose(held).to_dict(), diagnose(free).to_dict()
    assert before["deadlock"]
    assert before["kind"] == after["kind"]
    assert up_to(before, held, key) == up_to(after, free, key)
    assert kinds_at(before, held, key, "0") == kinds_at(after, free, key, "1")
    for party, payoffs in Game.of(free).payoffs.items():
        for state, payoff in payoffs.items():
            assert payoffs[state[:8] + "0" + state[9:]] == payoff, party


def no_endorsement() -> Case:
    """The full case in a world where Russia has nothing to endorse."""
    yaml = YAML()  # which keeps the order of the parties
    document = yaml.load(text_of("full.yaml"))
    del document["parties"]["russia"]["options"]
    for party in document["parties"].values():
        stated = party["preferences"]["priorities"]
        party["preferences"]["priorities"] = [
            own for own in stated if "endorse" not in own["statement"]
        ]
    document["status_quo"].pop("endorse")
    del document["states"]
    out = StringIO()
    yaml.dump(document, out)
    return detente.loads(out.getvalue())


def test_russian_endorsement_changes_no_kind() -> None:
    """Without it, the same targets have the same kinds: Russia owns no option on any path (V6)."""
    case, bare = load("full"), no_endorsement()
    assert len(bare.options) == len(case.options) - 1
    without_it = diagnose(bare).to_dict()
    assert without_it["kind"] == diagnosed("full")["kind"]
    assert kinds(without_it) == kinds_at(diagnosed("full"), case, "russia.endorse", "1")
    assert len(without_it["targets"]) == len(diagnosed("full")["targets"])
    for own in diagnosed("full")["targets"]:
        assert "russia" not in (own["movers"] or [])


def test_russia_endorses_in_return_for_alignment_against_isis() -> None:
    case = load("full")
    game = Game.of(case)
    dropped = DEADLOCK.replace("0101", "0100", 1)  # the Taliban take the guarantee back
    answer = dropped[:7] + "0" + dropped[8:]  # and Russia its endorsement
    assert answer in game.improvements("russia", dropped)
    assert not game.improvements("russia", DEADLOCK)


def test_bypassing_kabul_raises_excluded_owner_when_prisoners_enter_the_target() -> None:
    case = load("full")
    assert option(case, "us.direct_talks").levels[int(DEADLOCK[1])] == "yes"
    assert case.party("kabul").outside
    for own in diagnosed("full")["targets"]:
        owners = own["witnesses"].get("excluded-owner", [])
        assert owners == (["kabul.prisoners"] if own["state"][6] == "1" else [])
    assert "excluded-veto" not in target(diagnosed("full"), SETTLEMENT)["flags"]


def test_including_kabul_cures_excluded_owner_and_changes_no_kind() -> None:
    case = load("full")
    found = diagnose(with_party(case, replace(case.party("kabul"), outside=False))).to_dict()
    assert "excluded-owner" not in target(found, SETTLEMENT)["flags"]
    for own in found["targets"]:
        assert own["kind"] == kinds(diagnosed("full"))[own["state"]]


def test_isis_is_a_spoiler_for_everyone() -> None:
    own = target(diagnosed("full"), SETTLEMENT)
    (spoiler,) = own["witnesses"]["spoiler"]
    assert (spoiler["party"], spoiler["scope"]) == ("isis", "total")
    attacked = spoiler["to"]
    assert attacked == SETTLEMENT[:-1] + "1"
    payoffs = Game.of(load("full")).payoffs
    others = [party for party in payoffs if party != "isis"]
    assert {"us", "taliban", "kabul", "russia", "pakistan", "central_asia"} == set(others)
    assert all(payoffs[party][attacked] < payoffs[party][SETTLEMENT] for party in others)


def test_central_asia_is_only_exposed() -> None:
    party = load("full").party("central_asia")
    assert party.options == ()
    assert isinstance(party.preferences, Priorities)


def test_demands_close_a_circle() -> None:
    """Washington: ceasefire and framework before complete withdrawal. Taliban: complete withdrawal
    before negotiations. The model: no framework or lasting ceasefire without negotiations."""
    cycles = [
        {(e["before"], e["after"], e["party"], e["statement"]) for e in cycle}
        for cycle in diagnosed("full")["precedence"]
    ]
    withdrawal, talks = "us.withdrawal = full", "taliban.negotiations = yes"
    for first, cited in (
        ("taliban.ceasefire = permanent", "seed:s28"),
        ("taliban.framework = yes", "seed:s29"),
    ):
        assert {
            (first, withdrawal, "us", cited),
            (withdrawal, talks, "taliban", "seed:s30"),
            (talks, first, None, "F11"),
        } in cycles


# What happened, V1 to V8 (V6 is above)


def test_v1_only_open_target_contains_neither_stated_first_step() -> None:
    opened = [state for state, kind in kinds(diagnosed("full")).items() if kind == "open"]
    assert opened == [FIRST_TRANCHE]
    levels = load("full").describe(FIRST_TRANCHE)
    assert levels["us.withdrawal"] == "partial"
    assert levels["taliban.ceasefire"] == "reduction"
    assert not target(diagnosed("full"), FIRST_TRANCHE)["efficient"]


def test_v2_first_tranche_is_open_because_it_can_be_taken_back() -> None:
    final = with_moves(load("full"), "us.withdrawal", {(0, 1), (1, 2)})
    assert kinds(diagnose(final).to_dict())[FIRST_TRANCHE] == "enforcement-problem"


def test_v3_smallest_form_moves_the_concession_that_can_be_taken_back_first() -> None:
    (own,) = diagnosed("two-step")["targets"]
    assert own["path"] == ["00", "01", "11"]
    assert own["movers"] == ["taliban", "us"]
    # and there is no other order: having the withdrawal, the Taliban would not go on
    payoffs = Game.of(load("two-step")).payoffs["taliban"]
    assert payoffs["10"] > payoffs["11"]


def test_v4_kabul_does_not_give_its_prisoners_for_a_first_tranche() -> None:
    own = target(diagnosed("full"), TRANCHE_WITH_PRISONERS)
    assert own["kind"] == "sequencing-trap"
    assert own["path"] is None
    assert own["witnesses"]["excluded-veto"] == ["kabul"]
    assert all(own["state"][6] == "1" for own in diagnosed("full")["targets"] if own["efficient"])


def test_v5_taliban_would_leave_the_settlement() -> None:
    for state in (SETTLEMENT, WITHOUT_PRISONERS):
        assert "taliban" in target(diagnosed("full"), state)["unstable_for"]


def test_v7_one_exchange_that_opens_the_deal_is_in_the_order_of_the_taliban() -> None:
    singles = [own for own in levers(load("two-step"), size=1) if len(own) == 1]
    swaps = [name for (name,) in singles if " above " in name]
    assert swaps == ["taliban: 11 above 10"]


def test_v8_isis_blocks_no_path_and_unsettles_the_settlement_only() -> None:
    assert target(diagnosed("full"), SETTLEMENT)["path"] is not None
    assert "isis" in target(diagnosed("full"), SETTLEMENT)["unstable_for"]
    assert "spoiler" not in target(diagnosed("full"), FIRST_TRANCHE)["flags"]


def test_settlement_is_opened_by_one_pair_of_structural_levers() -> None:
    found = unlock(load("full")).to_dict()
    assert found["to"] == SETTLEMENT
    opening = [
        {(c["lever"], c.get("option") or c["party"]) for c in own["changes"]}
        for own in found["levers"]
        if own["opens"]
    ]
    assert opening == [{("snap-back", "us.withdrawal"), ("contain", "isis")}]


# Evidence, sources, warnings


def evidence_ids() -> set[str]:
    case = load("full")
    found: set[str] = set()
    for party in case.parties:
        found |= set(party.evidence)
        for own in party.options:
            found |= set(own.evidence)
        assert isinstance(party.preferences, Priorities)
        for clause in party.preferences.clauses:
            assert clause.evidence, f"{party.id}: '{clause.text}' cites nothing"
            found |= set(clause.evidence)
    for item in case.infeasible:
        assert not isinstance(item, Pattern)
        assert item.evidence, item.text
        found |= set(item.evidence)
    return found


def test_every_preference_cites_a_fact_or_a_statement() -> None:
    facts = set(re.findall(r"^\| (F\d\d) \|", text_of("sources.md"), re.MULTILINE))
    assert facts == {f"F{k:02}" for k in range(1, 30)}
    for cited in evidence_ids():
        if cited.startswith("seed:"):
            assert re.fullmatch(r"seed:s(?:0[1-9]|[1-4]\d|5[0-2])", cited), cited
        else:
            assert cited in facts, cited


def test_what_happened_cites_known_facts_and_treats_every_point() -> None:
    text = text_of("what-happened.md")
    facts = set(re.findall(r"^\| (F\d\d) \|", text_of("sources.md"), re.MULTILINE))
    assert set(re.findall(r"\bF\d\d\b", text)) <= facts
    assert re.findall(r"^\| (V\d) \|", text, re.MULTILINE) == [f"V{k}" for k in range(1, 9)]


@pytest.mark.parametrize("name", ["full", "two-step", *THREE_LEVELS])
def test_hindsight_is_admitted_on_the_file(name: str) -> None:
    words = " ".join(text_of(f"{name}.yaml").replace("#", " ").split())
    assert re.search(r"when the outcome was known", words)
    assert re.search(r"(no|never) evidence that the method predicts anything", words)


def test_hindsight_and_quality_are_admitted_on_the_page() -> None:
    text = " ".join(text_of("what-happened.md").replace(">", " ").split())
    assert "Hindsight" in text
    assert "no evidence that the method predicts anything" in text
    assert "low quality" in text
    assert "low" in text_of("sources.md")


@pytest.mark.skipif(not ARTICLE.is_file(), reason="the project's shared data is not at hand")
def test_no_sentence_of_the_article_is_repeated() -> None:
    def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.lower())
        return {tuple(words[k : k + length]) for k in range(len(words) - length + 1)}

    article = runs(ARTICLE.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.iterdir()):
        assert not runs(path.read_text(encoding="utf-8")) & article, path.name
