"""Sensitivity: every answer against a case file that was edited and diagnosed by itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from io import StringIO
from itertools import pairwise
from math import copysign
from pathlib import Path
from typing import Any

import pytest
from commandline import ROOT, TWO_STEP
from hypothesis import given
from negotiations import CONCEPTS, RULES, negotiation
from ruamel.yaml import YAML
from strategies import seeds
from strategies_cases import Drawn, drawn

import detente
from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import JointMove, Scenario
from detente.analysis.deadlock.verdicts import Diagnosis
from detente.analysis.inverse.preference_changes import induced_ranking
from detente.analysis.levers.changes import Swap as Lever
from detente.analysis.levers.changes import owners_changed
from detente.analysis.levers.unlock import unlock
from detente.analysis.sensitivity.rediagnosis import Outcome
from detente.analysis.sensitivity.results import Sensitivity, Variation
from detente.analysis.sensitivity.sensitivity import sensitivity
from detente.analysis.sensitivity.variations import Drop, Swap, apply_change
from detente.model.case import Case
from detente.model.errors import CaseError
from detente.model.loading import parse_case

Key = tuple[Any, ...]
Document = dict[str, Any]

SHIPPED = [
    path
    for path in sorted(ROOT.glob("cases/*/*.yaml"))
    if detente.load(path).status_quo is not None
]


def read(text: str) -> Document:
    return dict(YAML(typ="safe", pure=True).load(text))


def written(document: Document) -> str:
    stream = StringIO()
    yaml = YAML()  # keeps the order of the parties, which gives the digits of a code
    yaml.width = 1_000_000
    yaml.dump(document, stream)
    return stream.getvalue()


# The literal version: it shares nothing with the room but its results.


def edits(document: Document, case: Case) -> Iterator[tuple[Key, str]]:
    """Every change of a stated preference, as the text of the changed case file."""
    for party, own in document["parties"].items():
        stated = (own or {}).get("preferences") or {}
        for kind, value in stated.items():
            for key, changed in FORMS[kind](value, case):
                copy = deepcopy(document)
                copy["parties"][party]["preferences"][kind] = changed
                yield (key[0], party, *key[1:]), written(copy)


def of_priorities(items: list[Any], _: Case) -> Iterator[tuple[Key, list[Any]]]:
    for j in range(len(items)):
        yield ("drop", j + 1), items[:j] + items[j + 1 :]
    for j in range(len(items) - 1):
        yield (
            ("swap", j + 1, j + 2),
            [*items[:j], items[j + 1], items[j], *items[j + 2 :]],
        )


def of_ranking(items: list[Any], case: Case) -> Iterator[tuple[Key, list[Any]]]:
    tiers = [item if isinstance(item, list) else [item] for item in items]
    for k in range(len(tiers) - 1):
        yield ("drop", k + 1), [*tiers[:k], tiers[k] + tiers[k + 1], *tiers[k + 2 :]]
        for i, above in enumerate(tiers[k]):
            for j, low in enumerate(tiers[k + 1]):
                copy = deepcopy(tiers)
                copy[k][i], copy[k + 1][j] = low, above
                yield ("swap", k + 1, case.state(str(low)), case.state(str(above))), copy


def of_weights(items: dict[str, Any], _: Case) -> Iterator[tuple[Key, dict[str, Any]]]:
    def size(text: str) -> Fraction:
        return abs(Fraction(str(items[text])))

    order = sorted(items, key=size, reverse=True)
    number = {text: n + 1 for n, text in enumerate(order)}
    for text in order:
        if size(text):
            yield ("drop", number[text]), {**items, text: 0}
    groups = sorted({size(text) for text in order if size(text)}, reverse=True)
    for large, small in pairwise(groups):
        for a in (text for text in order if size(text) == large):
            for b in (text for text in order if size(text) == small):
                to_a = copysign(abs(items[b]), items[a])
                to_b = copysign(abs(items[a]), items[b])
                yield ("swap", number[a], number[b]), {**items, a: to_a, b: to_b}


FORMS: dict[str, Any] = {
    "priorities": of_priorities,
    "ranking": of_ranking,
    "weights": of_weights,
}


def key_of(variation: Variation) -> Key:
    change = variation.change
    match change:
        case Drop():
            return ("drop", change.of.party, change.of.number)
        case Swap(raises=str(low), above=str(high)):
            return ("swap", change.of.party, change.of.number, low, high)
        case Swap(other=other):
            assert other is not None
            return ("swap", change.of.party, change.of.number, other.number)
    raise AssertionError(change)


def outcome_of(found: Diagnosis, target: str | None) -> Outcome:
    """What the room should say, from a whole diagnosis of the changed case."""
    case = found.scenario.case
    loses = []
    if target is not None:
        for party in case.parties:
            tiers = induced_ranking(case, party.id)
            rank = {state: k for k, tier in enumerate(tiers) for state in tier}
            if not party.outside and rank[target] > rank[found.status_quo]:
                loses.append(party.id)
    kinds = {own.state: own.kind for own in found.targets}
    return Outcome(
        deadlock=found.deadlock,
        kind=found.kind,
        reason=found.reason,
        witness=found.witness,
        breaking_move=found.breaking_move,
        zone=len(found.zone),
        unstable_for=found.headline.unstable_for if found.headline else (),
        target_kind=None if target is None else kinds.get(target, "not-in-zone"),
        loses=tuple(loses),
    )


def agree(
    text: str, concept: str, rule: str, algorithm: Any, rng: random.Random, most: int
) -> Sensitivity:
    case = parse_case(text)
    result = sensitivity(case, concept, rule)
    base = result.diagnosis
    texts = dict(edits(read(text), case))
    found = {key_of(variation): variation for variation in result.variations}
    assert set(found) == set(texts)
    assert (result.searched.tried, result.searched.complete) == (len(texts), True)
    for key in rng.sample(sorted(texts, key=str), min(most, len(texts))):
        again = diagnose(
            parse_case(texts[key]), concept=concept, sequences=rule, algorithm=algorithm
        )
        assert found[key].outcome == outcome_of(again, base.witness), key
        assert found[key].unchanged == (
            (again.deadlock, again.kind, again.witness) == (base.deadlock, base.kind, base.witness)
        )
        party = found[key].change.of.party
        same = induced_ranking(again.scenario.case, party) == induced_ranking(case, party)
        assert found[key].same_order == same
    return result


def test_sensitivity_agrees_with_edited_files_of_random_negotiations(models: range) -> None:
    changed: set[str] = set()
    forms: set[str] = set()
    for seed in models[::5]:
        rng = random.Random(seed)
        text = negotiation(seed, most=12, beliefs=seed % 10 == 0)
        result = agree(text, rng.choice(CONCEPTS), rng.choice(RULES), "literal", rng, 2)
        for own in result.hinges:
            forms.add(own.stated.form)
            changed |= {variation.outcome.kind for variation in own.changing}
    if len(models) >= 200:
        assert forms == {"priorities", "ranking", "weights"}
        assert changed >= {"not-a-deadlock", "no-zone", "open", "double-bind"}


@pytest.mark.parametrize("path", SHIPPED, ids=[f"{p.parent.name}/{p.stem}" for p in SHIPPED])
def test_sensitivity_agrees_with_edited_files_of_shipped_cases(path: Path) -> None:
    most = 12 if detente.load(path).cells < 100 else 2  # each is diagnosed as a whole
    agree(path.read_text("utf-8"), "seq", "legal", "array", random.Random(1), most)


@given(drawn(most=10), seeds())
def test_sensitivity_agrees_with_replaced_preferences(model: Drawn, rng: random.Random) -> None:
    case = parse_case(model.text())
    if case.status_quo is None:
        with pytest.raises(CaseError, match="no status quo"):
            sensitivity(case)
        return
    result = sensitivity(case, rng.choice(CONCEPTS))
    for variation in rng.sample(result.variations, min(8, len(result.variations))):
        other = apply_change(case, variation.change)
        again = diagnose(other, concept=result.concept)
        assert variation.outcome == outcome_of(again, result.diagnosis.witness)


@given(drawn(most=10))
def test_hinges_are_what_the_definition_says(model: Drawn) -> None:
    case = parse_case(model.text())
    if case.status_quo is None:
        return
    result = sensitivity(case)
    for own in result.preferences:
        touching = [
            variation
            for variation in result.variations
            if variation.change.of == own.stated
            or (isinstance(variation.change, Swap) and variation.change.other == own.stated)
        ]
        assert own.hinge == any(not variation.unchanged for variation in touching)
    assert result.unchanged + sum(len(own.changing) for own in result.preferences) == len(
        result.variations
    )


def test_joint_moves_are_kept(models: range) -> None:
    seen = 0
    for seed in models[::8]:
        case = parse_case(negotiation(seed + 90_000, most=8, form="option"))
        zone = diagnose(case).zone
        if not zone or len(owners_changed(case, zone[0])) < 2:
            continue
        joint = (JointMove(zone[0], owners_changed(case, zone[0])),)
        result = sensitivity(Scenario(case, joint))
        for variation in result.variations[:10]:
            other = Scenario(apply_change(case, variation.change), joint)
            assert variation.outcome == outcome_of(diagnose(other), result.diagnosis.witness)
            seen += 1
    assert seen or len(models) < 200


# The first case, by hand


def test_first_case_hangs_on_what_each_wants_and_what_each_would_keep() -> None:
    result = detente.sensitivity(detente.load(TWO_STEP))
    assert (result.diagnosis.kind, result.diagnosis.witness) == ("enforcement-problem", "11")
    assert [(own.stated.party, own.stated.text) for own in result.hinges] == [
        ("us", "ceasefire = full"),
        ("us", "withdrawal = none"),
        ("taliban", "withdrawal = full"),
        ("taliban", "ceasefire = none"),
    ]
    assert (len(result.variations), result.unchanged, result.share) == (10, 5, 0.5)
    last = result.of("taliban")[-1]
    assert last.dropped is not None
    assert (last.dropped.outcome.kind, last.dropped.outcome.witness) == ("open", "11")
    assert (last.drop, last.swap) == ("changes", "does-not-apply")
    first = result.of("us")[0]
    assert first.dropped is not None
    assert first.dropped.same_order
    assert (first.drop, first.swap, first.hinge) == ("unchanged", "unchanged", False)
    with pytest.raises(CaseError, match="there is no party"):
        result.of("uss")


SMALLEST = """
detente: 1
parties:
  us:
    options: {withdrawal: {levels: [none, full], moves: forward}}
    preferences: {ranking: ["01", "11", "00", "10"]}
  taliban:
    options: {ceasefire: {levels: [none, full]}}
    preferences: {ranking: ["10", "11", "00", "01"]}
status_quo: "00"
"""


def test_a_swap_in_a_ranking_is_the_preference_lever() -> None:
    case = parse_case(SMALLEST)
    opens = {
        (variation.change.of.party, variation.change.raises, variation.change.above)
        for variation in sensitivity(case).variations
        if isinstance(variation.change, Swap) and variation.outcome.target_kind == "open"
    }
    levers = {
        (change.party, change.raise_state, change.above)
        for found in unlock(case).opening
        for change in found.changes
        if isinstance(change, Lever)
    }
    assert opens == levers == {("taliban", "11", "10")}


WEIGHED = """
detente: 1
parties:
  us:
    options: {a: {}, b: {}}
    preferences: {weights: {a: -2, b: 3, a and b: 2, a or b: 0, c: 1}}
  them:
    options: {c: {}}
status_quo: "000"
"""


def test_weights_go_by_size_and_keep_their_signs() -> None:
    case = parse_case(WEIGHED)
    result = sensitivity(case)
    assert [own.stated.text for own in result.preferences] == ["b", "a", "a and b", "c", "a or b"]
    swaps = [v for v in result.variations if isinstance(v.change, Swap)]
    assert [key_of(v)[2:] for v in swaps] == [(1, 2), (1, 3), (2, 4), (3, 4)]
    changed = apply_change(case, swaps[0].change).party("us").preferences
    assert changed is not None
    weights = {clause.text: int(weight) for clause, weight in changed.clauses}  # type: ignore[union-attr]
    assert weights == {"a": -3, "b": 2, "a and b": 2, "a or b": 0, "c": 1}
    idle = result.preferences[-1]
    assert (idle.drop, idle.swap, idle.hinge) == ("does-not-apply", "does-not-apply", False)
    assert result.silent == ("them",)


def test_nothing_stated_is_not_the_same_as_no_hinge() -> None:
    silent = parse_case('detente: 1\nparties: {a: {options: {x: {}}}}\nstatus_quo: "0"\n')
    nothing = sensitivity(silent)
    assert (nothing.searched.reason, nothing.searched.total, nothing.share) == (
        "nothing-stated",
        0,
        None,
    )
    assert nothing.preferences == ()
    text = "preferences: {priorities: [x, not x]}"
    sure = parse_case(
        f'detente: 1\nparties: {{a: {{options: {{x: {{}}}}, {text}}}}}\nstatus_quo: "1"'
    )
    assert sensitivity(sure).searched.reason == "all"


def test_a_stopped_search_says_what_it_does_not_know() -> None:
    case = detente.load(TWO_STEP)
    seen: list[tuple[int, int]] = []
    result = sensitivity(
        case, stop=lambda: len(seen) == 2, progress=lambda tried, total: seen.append((tried, total))
    )
    assert seen == [(1, 10), (2, 10)]
    assert (result.searched.tried, result.searched.reason, result.searched.complete) == (
        2,
        "stopped",
        False,
    )
    rows = result.of("us")
    assert [(own.drop, own.swap, own.hinge) for own in rows] == [
        ("unchanged", "not-tried", None),
        ("changes", "not-tried", True),
        ("not-tried", "does-not-apply", None),
    ]
    assert result.share == 0.5


def test_a_large_case_is_tried_as_far_as_the_limit_goes() -> None:
    result = sensitivity(detente.load(TWO_STEP), work=28)  # four states: seven changes
    assert (result.searched.tried, result.searched.reason) == (7, "limit")
    kinds = [type(variation.change) for variation in result.variations]
    assert sorted(kinds, key=str) == [Drop] * 6 + [Swap]


def test_perceptions_are_left_as_they_are_and_named() -> None:
    path = ROOT / "cases" / "us-china-2019" / "case.yaml"
    assert sensitivity(detente.load(path)).not_varied == ("perceptions",)


def test_result_converts_to_plain_data_and_pandas() -> None:
    result = detente.sensitivity(detente.load(TWO_STEP), concept="gmr", sequences="once")
    found = result.to_dict()
    assert (found["concept"], found["sequences"]) == ("gmr", "once")
    assert found["summary"]["variations"] == len(result.to_pandas()) == 10
    assert [own["number"] for own in found["preferences"]] == [1, 2, 3, 1, 2, 3]
