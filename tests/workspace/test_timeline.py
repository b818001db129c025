"""The timeline of a workspace: which statements count, which dates are known, what is asked."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from timelines import ARTICLES

from detente.model.errors import DetenteError
from detente.reading import read
from detente.reading.duplicates import signature
from detente.store import Store, StoreError
from detente.store.documents import save
from detente.store.lookup import dates
from detente.store.records import Origin
from detente.workspace.reviewing import decide
from detente.workspace.statements import Asked, list_statements
from detente.workspace.timeline import draw_timeline, timeline_of

EVERYTHING = Asked()


def add(store: Store, name: str, day: str | None, text: str) -> None:
    save(store, Origin(f"/here/{name}", date=day), read(text, name), signature(text), "rules 1")


@pytest.fixture
def talks(store: Store) -> Store:
    for name, day, text in ARTICLES:
        add(store, name, day, text)
    return store


def accept(store: Store, words: str | None = None, decision: str = "accept") -> None:
    for item in list_statements(store, Asked(search=words)).found.statements:
        decide(store, item, decision, "ann")


def test_of_nothing_accepted_nothing_is_told(talks: Store) -> None:
    with pytest.raises(StoreError, match="no statement has been accepted; 8 statements wait") as e:
        timeline_of(talks, EVERYTHING)
    assert "--unreviewed" in str(e.value.hint)
    assert timeline_of(talks, EVERYTHING, unreviewed=True).timeline.unreviewed


def test_an_empty_workspace_says_so(store: Store) -> None:
    for unreviewed in (False, True):
        with pytest.raises(StoreError, match="there is no statement to draw") as error:
            timeline_of(store, EVERYTHING, unreviewed)
        assert "detente read" in str(error.value.hint)


def test_only_accepted_statements_count(talks: Store) -> None:
    accept(talks, "promised")
    told = timeline_of(talks, EVERYTHING)
    assert {entry.state for entry in told.timeline.entries} == {"accepted"}
    assert told.statements == 2
    assert not told.timeline.unreviewed
    more = timeline_of(talks, EVERYTHING, unreviewed=True)
    assert more.statements == 8
    assert {entry.state for entry in more.timeline.entries} == {"accepted", "proposed"}


def test_rejected_statements_never_count(talks: Store) -> None:
    accept(talks, decision="reject")
    for unreviewed in (False, True):
        with pytest.raises(StoreError, match="there is no statement to draw"):
            timeline_of(talks, EVERYTHING, unreviewed)


def test_freedonia_shifts_and_contradicts_itself(talks: Store) -> None:
    accept(talks)
    told = timeline_of(talks, EVERYTHING).timeline
    shift = told.shifts[0]
    assert (shift.after.party, shift.direction) == ("Freedonia", "towards")
    assert [shift.before.date, shift.after.date] == ["2020-01-28", "2020-02-11"]
    (found,) = told.contradictions
    assert found.support.quote == "Freedonia promised to release the prisoners"
    assert len(found.speakers) == 2


def test_the_day_of_reading_is_no_date(store: Store) -> None:
    for name, _, text in ARTICLES:
        add(store, name, None, text)
    accept(store)
    told = timeline_of(store, EVERYTHING).timeline
    assert set(dates(store).values()) == {(None, None)}
    assert not any(entry.dated for entry in told.entries)
    assert (told.span, told.compared, told.shifts) == (None, False, ())
    assert len(told.contradictions) == 1  # within one document no date is needed


def test_a_wire_copy_is_no_new_position(store: Store) -> None:
    said = "Freedonia refuses to release the prisoners."
    filler = " ".join(f"The price of barley in Strelsau stood at {k} crowns." for k in range(40))
    add(store, "wire.txt", "2020-01-28", f"{said} {filler}")
    add(store, "answer.txt", "2020-02-11", "Freedonia promised to release the prisoners.")
    add(store, "copy.txt", "2020-02-29", f"{said} {filler} Strelsau Gazette.")
    assert [row[1] for row in dates(store).values()] == [None, None, 1]
    accept(store)
    told = timeline_of(store, EVERYTHING)
    assert [s.direction for s in told.timeline.shifts] == ["towards"]  # and none back
    assert [item.reason for item in told.unused] == ["repeat"]


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        (Asked(party="Sylvania"), {"Sylvania demands that Ruritania withdraw its troops"}),
        (Asked(until="2020-01", issue="sylvania"), set()),
        (Asked(search="promised withdraw"), {"Ruritania promised to withdraw its troops"}),
        (
            Asked(since="2020-02-29", issue="release prisoners"),
            {
                "Freedonia promised to release the prisoners",
                "Freedonia would not release the prisoners",
            },
        ),
    ],
)
def test_what_is_asked_for_is_shown(talks: Store, asked: Asked, quotes: set[str]) -> None:
    accept(talks)
    told = timeline_of(talks, asked)
    assert {entry.quote for entry in told.timeline.entries} == quotes


def test_the_question_changes_no_issue(talks: Store) -> None:
    """Who would do a deed is concluded from every statement, whatever is asked for."""
    accept(talks)
    whole = set(timeline_of(talks, EVERYTHING).timeline.issues)
    for since in ("2020-02-11", "2020-02-29"):
        assert set(timeline_of(talks, Asked(since=since)).timeline.issues) <= whole


def test_a_bad_day_is_refused(talks: Store) -> None:
    accept(talks)
    with pytest.raises(StoreError, match="'soon' is no date"):
        timeline_of(talks, Asked(since="soon"))


def test_what_was_left_out_was_asked_for(talks: Store) -> None:
    accept(talks)
    whole = timeline_of(talks, EVERYTHING)
    shown = {entry.statement for entry in whole.timeline.entries}
    left_out = {item.id for item in whole.unused}
    assert not shown & left_out
    assert len(shown | left_out) == whole.statements == 8
    assert timeline_of(talks, Asked(party="Sylvania")).statements == 1


def test_the_figure_is_written_once_and_overwrites_nothing(talks: Store, tmp_path: Path) -> None:
    accept(talks)
    told = timeline_of(talks, EVERYTHING)
    path = tmp_path / "talks.svg"
    draw_timeline(told, str(path))
    assert ET.fromstring(path.read_text("utf-8")).tag.endswith("svg")
    before = path.read_bytes()
    with pytest.raises(DetenteError, match="exists already"):
        draw_timeline(told, str(path))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".detente")] == []


def test_nothing_is_drawn_of_nothing(talks: Store, tmp_path: Path) -> None:
    accept(talks)
    told = timeline_of(talks, Asked(since="2021"))
    assert told.timeline.lines == ()
    with pytest.raises(StoreError, match="no position to draw with since '2021'"):
        draw_timeline(told, str(tmp_path / "none.svg"))
    assert not (tmp_path / "none.svg").exists()
