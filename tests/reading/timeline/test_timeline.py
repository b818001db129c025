"""Timelines: stances, shifts and contradictions, by example and as properties."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timelines import gold, said

from detente.reading.positions import Evidence, Positions, find_positions
from detente.reading.timeline import Entry, Timeline, timeline
from detente.reading.timeline.comparing import opposed
from detente.reading.timeline.types import RANKS
from training.annotation import TEXTS

PASS, PRISONERS = "Ruritania/opening", "Freedonia/prisoner_release"

PROMISE = ("commitment", "Ruritania promised to open the border")
REFUSAL = ("rejection", "Ruritania refuses to open the border")
OFFER = ("offer", "Ruritania offers to open the border")
OPENED = ("concession", "Ruritania has opened the border")
THREAT = ("threat", "Ruritania threatens to open the border")
ONLY_AFTER = "it would open the border only after Freedonia released the prisoners"
CONDITION = {"before": "Freedonia released the prisoners", "after": "it would open the border"}
OTHER = {"before": "Freedonia lifted the sanctions", "after": "it would open the border"}


def told(*statements: Evidence, undated: Sequence[str] = ()) -> Timeline:
    return timeline(find_positions(statements), undated)


def line_of(shown: Timeline, issue: str = PASS, party: str = "Ruritania") -> Any:
    (found,) = [li for li in shown.lines if (li.issue.key, li.party) == (issue, party)]
    return found


def says(number: int, date: str, what: tuple[str, str], **fields: Any) -> Evidence:
    return said(number, date, *what, **fields)


def waits(number: int, date: str, order: dict[str, str] = CONDITION) -> Evidence:
    return said(
        number, date, "precondition", f"{order['after']} only after {order['before']}",
        targets=("Freedonia",), **order,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("what", "stance"),
    [
        (PROMISE, "promised"),
        (REFUSAL, "against"),
        (OFFER, "for"),
        (OPENED, "done"),
        (THREAT, "threatened"),
        (("commitment", "Ruritania promised not to open the border"), "against"),
    ],
)
def test_stance_of_a_statement(what: tuple[str, str], stance: str) -> None:
    (entry,) = line_of(told(says(1, "2020-01-28", what))).entries
    assert (entry.stance, entry.conditions) == (stance, ())
    assert (entry.quote, entry.doc, entry.date) == (what[1], "doc-2020-01-28", "2020-01-28")
    assert entry.dated


def test_a_precondition_is_conditional_and_for_its_condition() -> None:
    shown = told(waits(1, "2020-01-28"))
    (entry,) = line_of(shown).entries
    assert entry.stance == "conditional"
    assert [(c.issue, c.done) for c in entry.conditions] == [(PRISONERS, True)]
    (required,) = line_of(shown, PRISONERS).entries
    assert (required.stance, required.required) == ("for", True)


@pytest.mark.parametrize(
    ("first", "then", "direction"),
    [
        (REFUSAL, OFFER, "towards"),
        (REFUSAL, PROMISE, "towards"),
        (REFUSAL, THREAT, "towards"),
        (REFUSAL, OPENED, "towards"),
        (PROMISE, OPENED, "towards"),
        (PROMISE, REFUSAL, "away"),
        (OFFER, THREAT, "away"),
        (OPENED, REFUSAL, "away"),
    ],
)
def test_shift_of_stance(first: tuple[str, str], then: tuple[str, str], direction: str) -> None:
    shown = told(says(1, "2020-01-28", first), says(2, "2020-02-11", then))
    (shift,) = line_of(shown).shifts
    assert (shift.what, shift.direction) == ("stance", direction)
    assert (shift.before.quote, shift.after.quote) == (first[1], then[1])


@pytest.mark.parametrize(
    ("first", "then"),
    [(OFFER, PROMISE), (OPENED, PROMISE), (REFUSAL, REFUSAL), (PROMISE, PROMISE)],
)
def test_no_shift_where_nothing_is_taken_back(
    first: tuple[str, str], then: tuple[str, str]
) -> None:
    line = line_of(told(says(1, "2020-01-28", first), says(2, "2020-02-11", then)))
    assert (line.shifts, line.why_no_shifts) == ((), None)


def test_a_condition_that_drops_away_is_a_shift_towards() -> None:
    shown = told(waits(1, "2020-01-28"), says(2, "2020-02-11", PROMISE))
    (shift,) = line_of(shown).shifts
    assert (shift.what, shift.direction) == ("stance", "towards")


def test_another_condition_is_a_shift_without_direction() -> None:
    shown = told(waits(1, "2020-01-28"), waits(2, "2020-02-11", OTHER))
    (shift,) = line_of(shown).shifts
    assert (shift.what, shift.direction) == ("condition", None)
    assert shift.before.conditions != shift.after.conditions


def test_one_condition_that_stays_is_no_shift() -> None:
    shown = told(waits(1, "2020-01-28"), waits(2, "2020-01-28", OTHER), waits(3, "2020-02-11"))
    assert line_of(shown).shifts == ()


FULL = ("commitment", "Ruritania promised to withdraw all its troops")
PART = ("commitment", "Ruritania promised to withdraw some of its troops")
NOT_ALL = ("commitment", "Ruritania promised not to withdraw all its troops")
NOT_SOME = ("commitment", "Ruritania promised not to withdraw some of its troops")


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (PART, FULL, ("degree", "towards")),
        (FULL, PART, ("degree", "away")),
        (NOT_ALL, NOT_SOME, ("degree", "away")),
        (NOT_SOME, NOT_ALL, ("degree", "towards")),
        (NOT_ALL, PART, ("stance", "towards")),
        (PART, NOT_ALL, None),
        (FULL, NOT_ALL, ("stance", "away")),
    ],
)
def test_shift_of_degree(
    first: tuple[str, str], then: tuple[str, str], expected: tuple[str, str] | None
) -> None:
    shown = told(says(1, "2020-01-28", first), says(2, "2020-02-11", then))
    shifts = line_of(shown, "Ruritania/withdrawal").shifts
    assert [(s.what, s.direction) for s in shifts] == ([expected] if expected else [])


def test_a_party_on_all_sides_has_shifted_nowhere() -> None:
    shown = told(
        says(1, "2020-01-28", REFUSAL), says(2, "2020-01-28", PROMISE), waits(3, "2020-02-11")
    )
    assert line_of(shown).shifts == ()


@pytest.mark.parametrize(
    ("dates", "undated", "why"),
    [
        (("2020-01-28", "2020-01-28"), (), "one-date"),
        (("2020-01-28", "2020-02-11"), ("s001", "s002"), "no-dates"),
        (("2020-01-28", "2020-02-11"), ("s001",), "one-date"),
    ],
)
def test_without_two_known_dates_shifts_do_not_apply(
    dates: tuple[str, str], undated: tuple[str, ...], why: str
) -> None:
    one, two = says(1, dates[0], REFUSAL), says(2, dates[1], OFFER)
    line = line_of(told(one, two, undated=undated))
    assert (line.shifts, line.why_no_shifts) == (None, why)


def test_a_day_within_a_month_that_is_all_we_know_is_no_later() -> None:
    shown = told(says(1, "2020-02", REFUSAL), says(2, "2020-02-11", OFFER))
    assert line_of(shown).shifts == ()


def test_entries_without_a_date_of_publication_come_last() -> None:
    shown = told(says(1, "2019-01-01", REFUSAL), says(2, "2020-02-11", OFFER), undated=["s001"])
    assert [entry.dated for entry in line_of(shown).entries] == [True, False]
    assert shown.span == ("2020-02-11", "2020-02-11")


def test_contradiction_of_two_speakers() -> None:
    shown = told(
        says(1, "2020-01-28", PROMISE, speaker="Flavia"),
        says(2, "2020-01-28", REFUSAL, speaker="Rudolf"),
        says(3, "2020-01-28", REFUSAL, speaker="Flavia", doc="other"),
    )
    (found,) = line_of(shown).contradictions
    assert found.speakers == ("Flavia",)  # one speaker is the plainer case
    assert [entry.speaker for entry in found.further] == ["Rudolf"]
    (alone,) = line_of(
        told(
            says(1, "2020-01-28", PROMISE, speaker="Flavia"),
            says(2, "2020-01-28", REFUSAL, speaker="Rudolf"),
        )
    ).contradictions
    assert alone.speakers == ("Flavia", "Rudolf")
    assert (alone.support.quote, alone.refusal.quote) == (PROMISE[1], REFUSAL[1])


@pytest.mark.parametrize("other", [OPENED, THREAT, OFFER])
def test_what_contradicts_no_promise(other: tuple[str, str]) -> None:
    shown = told(says(1, "2020-01-28", PROMISE), says(2, "2020-01-28", other))
    assert line_of(shown).contradictions == ()


def test_some_and_all_are_no_contradiction() -> None:
    shown = told(says(1, "2020-01-28", PART), says(2, "2020-01-28", NOT_ALL))
    assert line_of(shown, "Ruritania/withdrawal").contradictions == ()


def test_a_contradiction_without_dates_needs_one_document() -> None:
    one = says(1, "2020-01-28", PROMISE, doc="a")
    ids = ["s001", "s002"]
    same = told(one, says(2, "2020-01-28", REFUSAL, doc="a"), undated=ids)
    assert len(line_of(same).contradictions) == 1
    apart = told(one, says(2, "2020-01-28", REFUSAL, doc="b"), undated=ids)
    assert line_of(apart).contradictions == ()


def test_what_is_only_implied_neither_shifts_nor_contradicts() -> None:
    threat = ("threat", "Freedonia will keep its tariffs unless Ruritania opens the border")
    refusal = ("demand", "Freedonia demands that Ruritania not open the border")
    who = {"actors": ("Freedonia",), "targets": ("Ruritania",)}
    condition = {"condition": "unless Ruritania opens the border"}
    shown = told(
        says(1, "2020-01-28", threat, **who, **condition), says(2, "2020-02-11", refusal, **who)
    )
    line = line_of(shown, PASS, "Freedonia")
    assert [entry.implied for entry in line.entries] == [True, False]
    assert (line.shifts, line.contradictions) == (None, ())


def test_a_deed_named_by_one_word_is_not_compared() -> None:
    shown = told(
        said(1, "2020-01-28", "commitment", "Ruritania promised a bridge"),
        said(2, "2020-02-11", "rejection", "Ruritania refuses a bridge"),
    )
    (line,) = shown.lines
    assert (line.why_no_shifts, line.contradictions) == ("vague", ())


def test_repeats_are_left_out() -> None:
    shown = told(says(1, "2020-01-28", REFUSAL), says(2, "2020-02-11", OFFER, repeat_of="s001"))
    assert [entry.statement for entry in shown.entries] == ["s001"]


def test_deeds_on_which_something_moves_come_first() -> None:
    shown = told(
        says(1, "2020-01-01", FULL), says(2, "2020-01-28", REFUSAL), says(3, "2020-02-11", OFFER)
    )
    assert [issue.key for issue, _ in shown.by_issue()] == [PASS, "Ruritania/withdrawal"]


def test_what_is_kept_is_what_is_compared() -> None:
    found = find_positions([says(1, "2020-01-28", REFUSAL), says(2, "2020-02-11", OFFER)])
    shown = timeline(found, keep=lambda entry: entry.date > "2020-02")
    assert [entry.statement for entry in shown.entries] == ["s002"]
    assert not shown.compared


def test_of_nothing_nothing() -> None:
    shown = told()
    assert (shown.lines, shown.span, shown.compared, shown.unreviewed) == ((), None, False, False)
    assert shown.to_dict()["shifts"] is None


def check(shown: Timeline) -> None:
    """Hold a timeline against the definitions, written down once more."""
    for line in shown.lines:
        own = {id(entry) for entry in line.entries}
        pairs = [(s.before, s.after) for s in line.shifts or ()]
        pairs += [(c.support, c.refusal) for c in line.contradictions]
        for one, other in pairs:
            assert {id(one), id(other)} <= own
            assert one.party == other.party == line.party
            assert one.issue == other.issue == line.issue.key
            assert one.statement != other.statement
            assert one.stated
            assert other.stated
        for shift in line.shifts or ():
            differs(shift.before, shift.after, shift.what, shift.direction)
        for found in line.contradictions:
            assert RANKS[found.support.stance] == 2
            assert found.refusal.stance == "against"
            for entry in found.further:
                assert any(opposed(entry, other) for other in line.entries)


def differs(before: Entry, after: Entry, what: str, direction: str | None) -> None:
    assert before.dated
    assert after.dated
    assert before.date < after.date
    ranks = before.rank, after.rank
    if what == "stance":
        assert ranks[0] != ranks[1]
        assert (ranks[0] < ranks[1]) == (direction == "towards")
    else:
        assert ranks[0] == ranks[1]
        changed = before.degree != after.degree or before.conditions != after.conditions
        assert changed or before.undone != after.undone


@pytest.mark.parametrize("name", ["aceh-2005", "canada-rail-2024", "shalit-2011"])
def test_negotiations_of_the_corpus_have_timelines(name: str) -> None:
    shown = timeline(gold(name))
    check(shown)
    assert shown.shifts  # the check looks at something


@pytest.mark.slow
def test_every_negotiation_of_the_corpus_has_a_timeline() -> None:
    for path in sorted(TEXTS.glob("*.txt")):
        shown = timeline(gold(path.stem))
        check(shown)
        assert shown.lines, path.stem


KINDS = [PROMISE, REFUSAL, OFFER, OPENED, THREAT, FULL, PART, NOT_ALL, NOT_SOME]


@st.composite
def scripts(draw: st.DrawFn) -> list[Evidence]:
    statements = []
    for number in range(draw(st.integers(1, 9))):
        date = draw(st.sampled_from(["2020-01-28", "2020-02-11", "2020-02-29", "2020-02"]))
        doc = draw(st.sampled_from(["a", "b"])) + date
        if draw(st.booleans()) and draw(st.booleans()):
            statements.append(waits(number, date, draw(st.sampled_from([CONDITION, OTHER]))))
        else:
            what = draw(st.sampled_from(KINDS))
            speaker = draw(st.sampled_from(["Flavia", "Rudolf"]))
            statements.append(says(number, date, what, doc=doc, speaker=speaker))
    return statements


@given(scripts(), st.randoms(use_true_random=False), st.sets(st.integers(0, 8)))
def test_order_of_input_does_not_matter(
    script: list[Evidence], chance: random.Random, loose: set[int]
) -> None:
    undated = {f"s{number:03}" for number in loose}
    shown = timeline(find_positions(script), undated)
    check(shown)
    mixed = chance.sample(script, len(script))
    positions = find_positions(mixed)
    again = Positions(
        positions.issues,
        tuple(chance.sample(positions.positions, len(positions.positions))),
        positions.unused,
    )
    assert timeline(again, undated).to_dict() == shown.to_dict()
