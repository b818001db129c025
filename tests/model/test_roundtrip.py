"""Editing a case file as text: what was meant changes, everything else stays as it is."""

from __future__ import annotations

import doctest
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from ruamel.yaml import YAML
from strategies import Printer, StyledCase, seeds, styled_case, styled_cases

import detente.model.roundtrip
from detente.model.errors import CaseError
from detente.model.parts import Priorities, Ranking, Weights
from detente.model.roundtrip import CaseText
from detente.model.starter import starter

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "cases").rglob("*.yaml"))
TEXTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in CASES} | {
    "starter": starter()
}

SMALL = """\
# top
detente: 1   # format
title: 'A small one'   # title
parties:
  us:   # them
    options:
      # about withdrawal
      withdrawal: {levels: [none, partial, full], moves: forward}   # out
      talk:
    preferences:
      # in order
      priorities:
        # first
        - not withdrawal if not ceasefire   # no troops out
        # second
        - {statement: ceasefire, evidence: [s1, s2]}   # fire
        - "withdrawal  <  full"
  taliban:
    options: {ceasefire: {}}
    preferences: {weights: {withdrawal: 2, talk: -0.5}}   # weights
  isis: {outside: true}
# now
status_quo: {talk: yes}   # talking
infeasible:
  - "21-"   # why
# end
"""


def plain(text: str) -> Any:
    """The data in a YAML text, every scalar as it is written."""

    def data(node: Any) -> Any:
        if type(node).__name__ == "MappingNode":
            return {key.value: data(value) for key, value in node.value}
        if type(node).__name__ == "SequenceNode":
            return [data(value) for value in node.value]
        return node.value

    return data(YAML(typ="safe", pure=True).compose(text))


def without(data: dict[str, Any], *path: str) -> dict[str, Any]:
    """The data without one entry; what is left empty counts as nothing."""
    if len(path) == 1:
        rest = {key: value for key, value in data.items() if key != path[0]}
    else:
        below = data[path[0]]
        rest = {**data, path[0]: without(below if isinstance(below, dict) else {}, *path[1:])}
    return {key: "" if value in ({}, "null") else value for key, value in rest.items()}


def edited(text: str, edit: Callable[[CaseText], CaseText]) -> str:
    return edit(CaseText.from_text(text)).text


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


# Loading and saving


@pytest.mark.parametrize("name", TEXTS)
def test_text_without_edits_stays_the_same(name: str) -> None:
    case_text = CaseText.from_text(TEXTS[name], name)
    assert case_text.text == TEXTS[name]
    assert case_text.case.source == name


@pytest.mark.parametrize("name", TEXTS)
def test_edit_that_changes_nothing_returns_the_same_text(name: str) -> None:
    before = CaseText.from_text(TEXTS[name])
    after = before.set_title(before.case.title).set_status_quo(before.case.status_quo)
    for party in before.case.parties:
        after = after.set_outside(party.id, party.outside)
        for option in party.options:
            if option.moves != "arcs":
                after = after.set_moves(party.id, option.id, option.moves)
        if isinstance(party.preferences, Ranking):
            after = after.set_preferences(party.id, ranking=party.preferences.tiers)
        if isinstance(party.preferences, Priorities):
            texts = [clause.text for clause in party.preferences.clauses]
            after = after.set_preferences(party.id, priorities=texts)
    assert after is before


def test_doctest_of_the_module() -> None:
    assert doctest.testmod(detente.model.roundtrip).failed == 0


# One edit, one changed line


@pytest.mark.parametrize(
    ("edit", "gone", "new"),
    [
        (
            lambda c: c.set_title("Another's"),
            "title: 'A small one'   # title",
            "title: 'Another''s'   # title",
        ),
        (
            lambda c: c.set_title("Tab\tand\nline"),
            "title: 'A small one'   # title",
            'title: "Tab\\u0009and\\u000aline"   # title',
        ),
        (
            lambda c: c.set_status_quo({"talk": "no", "ceasefire": "yes"}),
            "status_quo: {talk: yes}   # talking",
            "status_quo: {talk: no, ceasefire: yes}   # talking",
        ),
        (
            lambda c: c.set_status_quo("1111"[:3]),
            "status_quo: {talk: yes}   # talking",
            "status_quo: {talk: yes, withdrawal: partial, ceasefire: yes}   # talking",
        ),
        (lambda c: c.set_status_quo(None), "status_quo: {talk: yes}   # talking", ""),
        (
            lambda c: c.set_moves("us", "withdrawal", "both"),
            "      withdrawal: {levels: [none, partial, full], moves: forward}   # out",
            "      withdrawal: {levels: [none, partial, full], moves: both}   # out",
        ),
        (
            lambda c: c.set_moves("us", "withdrawal", [("none", "full"), ("full", "none")]),
            "      withdrawal: {levels: [none, partial, full], moves: forward}   # out",
            "      withdrawal: {levels: [none, partial, full], "
            "moves: [[none, full], [full, none]]}   # out",
        ),
        (
            lambda c: c.set_moves("us", "talk", "back"),
            "      talk:",
            "      talk: {moves: back}",
        ),
        (
            lambda c: c.set_moves("taliban", "ceasefire", "forward"),
            "    options: {ceasefire: {}}",
            "    options: {ceasefire: {moves: forward}}",
        ),
        (
            lambda c: c.set_outside("isis", False),
            "  isis: {outside: true}",
            "  isis: {outside: false}",
        ),
        (lambda c: c.set_outside("taliban", True), "", "    outside: true"),
        (lambda c: c.add_infeasible("talk and ceasefire"), "", "  - talk and ceasefire"),
        (lambda c: c.add_infeasible("--1"), "", '  - "--1"'),
        (
            lambda c: c.add_infeasible(" talk  and\nceasefire ", ["s1", "a: b"]),
            "",
            '  - {statement: talk and ceasefire, evidence: [s1, "a: b"]}',
        ),
        (
            lambda c: c.set_preferences("taliban", weights={"talk": "-0.5", "withdrawal": 3}),
            "    preferences: {weights: {withdrawal: 2, talk: -0.5}}   # weights",
            "    preferences: {weights: {talk: -0.5, withdrawal: 3}}   # weights",
        ),
        (
            lambda c: c.set_preferences("taliban", weights={"ceasefire": Decimal("1E+3")}),
            "    preferences: {weights: {withdrawal: 2, talk: -0.5}}   # weights",
            "    preferences: {weights: {ceasefire: 1E+3}}   # weights",
        ),
        (
            lambda c: c.set_preferences("taliban", priorities=["talk", ("ceasefire", ["s3"])]),
            "    preferences: {weights: {withdrawal: 2, talk: -0.5}}   # weights",
            "    preferences: {priorities: [talk, "
            "{statement: ceasefire, evidence: [s3]}]}   # weights",
        ),
        (
            lambda c: c.set_preferences("isis", ranking=["000", ["001", "010"]]),
            "  isis: {outside: true}",
            '  isis: {outside: true, preferences: {ranking: ["000", ["001", "010"]]}}',
        ),
        (
            lambda c: c.set_preferences("taliban"),
            "    preferences: {weights: {withdrawal: 2, talk: -0.5}}   # weights",
            "",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_edit_changes_one_line(
    edit: Callable[[CaseText], CaseText], gone: str, new: str, newline: str
) -> None:
    text = SMALL.replace("\n", newline)
    after = edited(text, edit)
    assert changed_lines(text, after) == ([gone] if gone else [], [new] if new else [])
    assert after.count("\r") == after.count("\n") * (newline == "\r\n")


def test_last_item_of_a_list_leaves_an_empty_list() -> None:
    after = edited(SMALL, lambda c: c.remove_infeasible("21-"))
    assert after == SMALL.replace('infeasible:\n  - "21-"', "infeasible: []")


def test_priorities_move_with_their_comments() -> None:
    def edit(case_text: CaseText) -> CaseText:
        wanted = ["ceasefire", "talk", "withdrawal < full", "not withdrawal if not ceasefire"]
        return case_text.set_preferences("us", priorities=wanted)

    after = edited(SMALL, edit)
    assert (
        """\
      # in order
      priorities:
        # second
        - {statement: ceasefire, evidence: [s1, s2]}   # fire
        - talk
        - "withdrawal  <  full"
        # first
        - not withdrawal if not ceasefire   # no troops out
  taliban:
"""
        in after
    )


def test_priority_edited_in_place_keeps_comments_and_loses_evidence() -> None:
    wanted = ["not withdrawal if not ceasefire", "not ceasefire", "withdrawal < full"]
    after = CaseText.from_text(SMALL).set_preferences("us", priorities=wanted)
    assert "        # second\n        - not ceasefire   # fire\n" in after.text
    preferences = after.case.party("us").preferences
    assert isinstance(preferences, Priorities)
    assert [clause.evidence for clause in preferences.clauses] == [(), (), ()]


def test_priority_reworded_keeps_its_evidence() -> None:
    wanted = ["not withdrawal if not ceasefire", "taliban.ceasefire", "withdrawal < full"]
    after = CaseText.from_text(SMALL).set_preferences("us", priorities=wanted)
    assert "- {statement: taliban.ceasefire, evidence: [s1, s2]}   # fire\n" in after.text


def test_preferences_of_another_kind_replace_the_old_ones() -> None:
    after = edited(
        SMALL,
        lambda c: c.set_preferences("us", ranking=["000", "001"]),
    )
    assert '      # in order\n      ranking: ["000", "001"]\n  taliban:' in after
    after = edited(SMALL, lambda c: c.set_preferences("us", weights={"talk": 1, "not talk": 2}))
    assert "      # in order\n      weights:\n        talk: 1\n        not talk: 2\n" in after


def test_ranking_over_several_lines_keeps_its_comments() -> None:
    text = """\
detente: 1
parties:
  a:
    options: {x: {}, y: {}}
    preferences:
      ranking: [   # best first
        "00",      # peace
        # worse
        ["01", "10"],
        "11"       # war
      ]
"""
    after = edited(text, lambda c: c.set_preferences("a", ranking=["11", ["10", "01"], "00"]))
    assert plain(after)["parties"]["a"]["preferences"]["ranking"] == ["11", ["01", "10"], "00"]
    assert all(f"# {word}" in after for word in ("best first", "peace", "worse", "war"))
    after = edited(after, lambda c: c.set_preferences("a", ranking=["10", "01", "00", "11"]))
    assert plain(after)["parties"]["a"]["preferences"]["ranking"] == ["10", "01", "00", "11"]
    assert all(f"# {word}" in after for word in ("peace", "war"))


def test_missing_parts_are_put_where_they_belong() -> None:
    text = "detente: 1\nparties:\n    us:\n        options:\n            a:\n\n# note\n"
    after = CaseText.from_text(text).set_title("T").add_infeasible("a").set_status_quo("0")
    after = after.set_outside("us", True)
    assert after.set_preferences("us", priorities=["a", "not a"]).text == (
        "detente: 1\ntitle: T\nparties:\n    us:\n        options:\n            a:\n"
        "        preferences:\n            priorities:\n                - a\n"
        "                - not a\n        outside: true\n"
        "status_quo: {a: no}\ninfeasible:\n    - a\n\n# note\n"
    )


def test_status_quo_keeps_its_form() -> None:
    text = """\
detente: 1
parties: {us: {options: {a: {}, b: {}}}}
states: {peace: {}, war: {a: yes, b: yes}}
status_quo: peace
"""
    assert "status_quo: war" in edited(text, lambda c: c.set_status_quo("war"))
    assert "status_quo: war" in edited(text, lambda c: c.set_status_quo({"a": "yes", "b": "yes"}))
    assert 'status_quo: "11"' in edited(text, lambda c: c.set_status_quo("11"))
    plainly = text.replace("peace\n", "00\n")
    assert "status_quo: 10\n" in edited(plainly, lambda c: c.set_status_quo("10"))
    single = text.replace("peace\n", "'00'\n")
    assert "status_quo: '10'\n" in edited(single, lambda c: c.set_status_quo("10"))
    missing = text.replace("status_quo: peace\n", "")
    assert "status_quo: {a: yes, b: no}" in edited(missing, lambda c: c.set_status_quo("10"))


def test_block_scalar_before_an_insertion_keeps_its_last_lines() -> None:
    text = "detente: 1\nparties: {us: {options: {a: {}}}}\nabout: |+\n  words\n\n\n"
    after = CaseText.from_text(text).set_status_quo("1")
    assert after.case.about == "words\n\n\n"
    assert after.set_status_quo("0").add_infeasible("a").case.about == "words\n\n\n"


def test_edit_that_would_lengthen_a_block_scalar_is_refused() -> None:
    text = "detente: 1\nabout: |+\n  words\nstatus_quo: {}\n\nparties: {us: {options: {a: {}}}}\n"
    with pytest.raises(CaseError, match="does not fit"):
        CaseText.from_text(text).set_status_quo(None)


# What an edit refuses

SHARED = """\
detente: 1
parties:
  us: &us {options: {a: {}}, preferences: &wish {priorities: [us.a]}}
  them: *us
  third: {options: {b: &both {}, c: *both}, preferences: *wish}
"""


@pytest.mark.parametrize(
    "edit",
    [
        lambda c: c.set_outside("us", True),  # would put both outside
        lambda c: c.set_outside("them", True),
        lambda c: c.set_moves("us", "a", "forward"),
        lambda c: c.set_moves("them", "a", "forward"),
        lambda c: c.set_moves("third", "b", "forward"),
        lambda c: c.set_preferences("us", priorities=["them.a"]),
        lambda c: c.set_preferences("us", priorities=["us.a", "them.a"]),
    ],
)
def test_edit_of_a_shared_value_is_refused(edit: Callable[[CaseText], CaseText]) -> None:
    with pytest.raises(CaseError, match="does not fit the way in which the file is written"):
        edited(SHARED, edit)


def test_edit_beside_shared_values_works() -> None:
    after = edited(SHARED, lambda c: c.set_preferences("third", priorities=["b"]))
    assert after == SHARED.replace("preferences: *wish", "preferences: {priorities: [b]}")
    after = edited(SHARED, lambda c: c.set_moves("third", "c", "back"))
    assert after == SHARED.replace("c: *both", "c: {moves: back}")
    after = edited(SHARED, lambda c: c.set_outside("third", True))
    assert after == SHARED.replace("*wish}", "*wish, outside: true}")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda c: c.set_title("a\x07"), "the text has the character U+0007"),
        (lambda c: c.set_status_quo("0000"), "the code '0000' has 4 digits"),
        (lambda c: c.set_status_quo("pease"), "there is no state 'pease'"),
        (lambda c: c.set_status_quo({"talks": "yes"}), "there is no option 'talks'"),
        (lambda c: c.set_status_quo({"talk": "maybe"}), "has no level 'maybe'"),
        (lambda c: c.set_outside("usa", True), "there is no party 'usa'"),
        (lambda c: c.set_moves("us", "talks", "both"), "there is no option 'talks'"),
        (lambda c: c.set_moves("us", "talk", "up"), "there is no kind of moves 'up'"),
        (lambda c: c.set_moves("us", "talk", [("no", "no")]), "leads from 'no' to itself"),
        (lambda c: c.add_infeasible("talk if"), "the statement stops too early"),
        (lambda c: c.add_infeasible("01"), "the pattern '01' has 2 marks"),
        (lambda c: c.remove_infeasible("2--"), "there is no item of 'infeasible' '2--'"),
        (lambda c: c.set_preferences("usa"), "there is no party 'usa'"),
        (lambda c: c.set_preferences("us", priorities=["x"]), "there is no option 'x'"),
        (lambda c: c.set_preferences("us", ranking=["000", "000"]), "names state '000' twice"),
        (lambda c: c.set_preferences("us", weights={"us.talk": "much"}), "the weight of"),
        (lambda c: c.set_preferences("us", weights={"talk": "1, ceasefire: 2"}), "is '1, cease"),
        (lambda c: c.set_preferences("us", weights={"talk": float("nan")}), "is 'nan'"),
        (lambda c: c.set_preferences("us", weights={"us.talk": 1, " us.talk": 2}), "twice"),
        (lambda c: c.set_preferences("us", weights={}, ranking=[]), "give ranking and weights"),
    ],
)
def test_edit_that_breaks_a_rule_is_refused(
    edit: Callable[[CaseText], CaseText], message: str
) -> None:
    with pytest.raises(CaseError) as caught:
        edit(CaseText.from_text(SMALL, "small.yaml"))
    assert message in str(caught.value)
    assert caught.value.where is None or caught.value.where.source == "small.yaml"


# Every valid file, in every style


def check_edit(before: CaseText, after: CaseText, *path: str) -> None:
    """Whatever is not under ``path`` is as it was."""
    assert without(plain(after.text), *path) == without(plain(before.text), *path)
    assert CaseText.from_text(after.text).case == after.case


def random_edits(styled: StyledCase, rng: random.Random) -> None:
    text = styled.text
    start = CaseText.from_text(text)
    case = start.case

    def keeps_comments(after: CaseText) -> None:
        assert not [comment for comment in styled.comments if comment not in after.text]

    after = start.set_title(
        rng.choice(["New", "a: b", "it's", "no", "12", "{", "a ], b", "x # y", "é"])
    )
    check_edit(start, after, "title")
    keeps_comments(after)

    state = rng.choice([styled.drawn.name(s) for s in styled.drawn.states])
    after = start.set_status_quo(state)
    assert after.case.status_quo == state
    check_edit(start, after, "status_quo")
    keeps_comments(after)
    check_edit(start, start.set_status_quo(None), "status_quo")

    party = rng.choice(case.parties)
    after = start.set_outside(party.id, not party.outside)
    assert after.case.party(party.id).outside is not party.outside
    check_edit(start, after, "parties", party.id, "outside")
    keeps_comments(after)

    for option in rng.sample(party.options, min(1, len(party.options))):
        ends = option.levels[:2]
        moves: Any = rng.choice(["both", "forward", "back", [ends], [ends, ends[::-1]], []])
        after = start.set_moves(party.id, option.id, moves)
        check_edit(start, after, "parties", party.id, "options", option.id, "moves")

    if case.graph is None:
        statement = rng.choice(["-" * len(case.options), f"{case.options[0].key} = l0"])
        after = start.add_infeasible(statement, rng.choice([(), ("s1",)]))
        assert len(after.case.infeasible) - len(case.infeasible) in (0, 1)
        check_edit(start, after, "infeasible")
        keeps_comments(after)
        if after is not start:
            back = after.remove_infeasible(statement)
            if [item.text for item in case.infeasible].count(statement) == 0:
                assert len(back.case.infeasible) == len(case.infeasible)

    check_preferences(start, party.id, styled, rng)


def check_preferences(start: CaseText, party: str, styled: StyledCase, rng: random.Random) -> None:
    old = start.case.party(party).preferences
    states = [styled.drawn.name(s) for s in styled.drawn.states]
    check_edit(start, start.set_preferences(party), "parties", party, "preferences")
    rng.shuffle(states)
    after = start.set_preferences(party, ranking=[*states[1:], states[:1]])
    new = after.case.party(party).preferences
    assert isinstance(new, Ranking)
    assert new.tiers == tuple((state,) for state in [*states[1:], *states[:1]])
    check_edit(start, after, "parties", party, "preferences")
    if isinstance(old, Ranking):
        tiers = list(old.tiers)
        rng.shuffle(tiers)
        after = start.set_preferences(party, ranking=tiers)
        assert not [comment for comment in styled.comments if comment not in after.text]
    if start.case.graph is not None:
        return
    key = rng.choice(start.case.options).key
    items: list[Any] = [key, f"not {key}", (f"{key} = l0", ["s7"])]
    if isinstance(old, Priorities):
        items += [clause.text for clause in old.clauses]
        same = [clause.text for clause in old.clauses]
        rng.shuffle(same)
        after = start.set_preferences(party, priorities=same)
        assert not [comment for comment in styled.comments if comment not in after.text]
    items = rng.sample(items, rng.randint(0, len(items)))
    after = start.set_preferences(party, priorities=items)
    new = after.case.party(party).preferences
    assert isinstance(new, Priorities)
    texts = [item if isinstance(item, str) else item[0] for item in items]
    assert [" ".join(clause.text.split()) for clause in new.clauses] == texts
    check_edit(start, after, "parties", party, "preferences")
    weights: dict[str, Any] = {key: rng.randint(-3, 3), f"not {key}": 0.5}
    if isinstance(old, Weights):
        weights |= {clause.text: rng.choice([weight, 7]) for clause, weight in old.clauses}
    kept = rng.sample(sorted(weights), rng.randint(0, len(weights)))
    after = start.set_preferences(party, weights={text: weights[text] for text in kept})
    new = after.case.party(party).preferences
    assert isinstance(new, Weights)
    assert [weight for _, weight in new.clauses] == [Decimal(str(weights[t])) for t in kept]
    check_edit(start, after, "parties", party, "preferences")


@settings(max_examples=20)
@given(styled_cases(), seeds())
def test_edits_of_any_file_change_only_what_is_meant(
    styled: StyledCase, rng: random.Random
) -> None:
    random_edits(styled, rng)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(8))
def test_edits_of_many_files_change_only_what_is_meant(block: int) -> None:
    for seed in range(block * 50, (block + 1) * 50):
        random_edits(styled_case(random.Random(seed)), random.Random(seed + 1))


@pytest.mark.parametrize("name", TEXTS)
def test_edits_of_shipped_files_keep_every_comment(name: str) -> None:
    text = TEXTS[name]
    start = CaseText.from_text(text)
    after = start.set_title("Another title")
    for party in start.case.parties:
        after = after.set_outside(party.id, not party.outside)
        if isinstance(party.preferences, Priorities):
            clauses = [clause.text for clause in party.preferences.clauses]
            after = after.set_preferences(party.id, priorities=clauses[::-1])
        if isinstance(party.preferences, Ranking):
            after = after.set_preferences(party.id, ranking=party.preferences.tiers[::-1])
        for option in party.options:
            if option.moves == "both":
                after = after.set_moves(party.id, option.id, "forward")
    comments = [line.split("# ", 1)[1] for line in text.splitlines() if "# " in line]
    assert not [comment for comment in comments if comment not in after.text]
    assert after.case.title == "Another title"


def test_printed_statements_survive_being_written() -> None:
    """Statements with any spacing come back as they were meant."""
    rng = random.Random(7)
    text = "detente: 1\nparties:\n  us: {options: {withdrawal: {levels: [none, partial, full]}}}\n"
    for tree in [("atom", 0, ">=", 1), ("not", ("atom", 0, "=", 2))]:
        written = Printer(rng, redundant=True).text(tree)
        after = CaseText.from_text(text).set_preferences("us", priorities=[written])
        preferences = after.case.party("us").preferences
        assert isinstance(preferences, Priorities)
        assert preferences.clauses[0].text.split() == written.split()
