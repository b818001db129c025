"""Quotations on pages: how many, in which order, and what is said where some are missing."""

from __future__ import annotations

import pytest
import quoted
from commandline import GRAPH, shown

import detente
from detente.report.drafts import notice
from detente.report.explaining import why_page
from detente.report.opening import opening
from detente.report.quoting import NOTHING, Evidence, Quotation, quoted_edges
from detente.report.sources import evidence_row, of_moves, of_preference, quotation, sources
from detente.report.words import Words


def said(id: str, state: str = "accepted", quote: str = "we will not pay") -> Quotation:
    return Quotation(id, quote, "news.txt", "2026-03-01", 0, 15, "Ruritania", state, "rejection")


def found(*own: Quotation, cited: tuple[str, ...] = ()) -> Evidence:
    return Evidence(cited or tuple(q.id for q in own), {q.id: q for q in own}, "detente.db")


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        ("accepted", "✓ accepted"),
        ("edited", "~ edited"),
        ("proposed", "· not reviewed"),
        ("rejected", "✗ rejected"),
    ],
)
def test_quotation_shows_how_it_was_judged(state: str, mark: str) -> None:
    assert quotation(said("s1", state)).plain == f"“we will not pay”  news.txt, 2026-03-01  {mark}"


def test_quotation_is_one_line_without_controls() -> None:
    own = said("s1", quote="we will\nnot \x1b[31mpay")
    assert quotation(own).plain.startswith("“we will not □[31mpay”")


def test_sources_leave_out_elements_without_quotations_and_merge_those_named_alike() -> None:
    evidence = found(said("s1"), said("s2", quote="never"))
    page = sources([("x", ("s1",)), ("y", ("s9",)), ("z", ()), ("x", ("s2", "s1"))], evidence)
    assert page is not None
    lines = shown(page).splitlines()
    assert [line for line in lines if "“" not in line] == ["Sources", "  x"]
    assert [line.split("”")[0] for line in lines[2:]] == ["    “we will not pay", "    “never"]
    assert sources([("y", ("s9",))], evidence) is None
    assert sources([("x", ("s1",))], NOTHING) is None


def test_long_lists_say_what_they_leave_out() -> None:
    many = [said(f"s{k}", quote=f"word {k}") for k in range(6)]
    page = sources([("x", tuple(q.id for q in many))], found(*many))
    assert page is not None
    text = shown(page)
    assert text.count("“") == 3
    assert "and 3 more; --json has all" in text
    page = sources([("x", tuple(q.id for q in many[:4]))], found(*many))
    assert page is not None
    assert shown(page).count("“") == 4  # "and 1 more" would be no shorter
    page = sources([(f"x{k}", ("s0",)) for k in range(15)], found(*many))
    assert page is not None
    assert shown(page).count("“") == 12
    assert "and the sources of 3 more; --json has all" in shown(page)


def test_rejected_statements_are_called_out() -> None:
    case = detente.loads(quoted.case_text())
    one = " ".join(shown(opening("So it is.", case, found(said("s3", "rejected")))).split())
    assert one == ("So it is. Warning: the case cites a statement that was rejected in review: s3.")
    many = [said(f"s{k}", "rejected") for k in range(9)]
    several = " ".join(shown(opening("So it is.", case, found(*many))).split())
    assert (
        "cites 9 statements that were rejected in review: s0, s1, s2, s3, s4, s5 and 3 more."
        in (several)
    )
    assert shown(opening("So it is.", case, found(said("s1")))) == "So it is.\n"


def test_evidence_row_counts() -> None:
    own = found(said("a"), said("b", "proposed"), said("c", "edited"), cited=("a", "b", "c", "d"))
    assert evidence_row(own) == (
        "4 statements cited, 3 found in detente.db: 1 accepted, 1 edited, 1 proposed; "
        "1 not found: d"
    )
    assert evidence_row(found(said("a"))) == "1 statement cited, 1 found in detente.db: 1 accepted"
    none = Evidence(("a", "b"), {}, "detente.db")
    assert evidence_row(none) == "2 statements cited, 0 found in detente.db; 2 not found: a and b"
    assert evidence_row(NOTHING) is None


def test_edges_without_evidence_have_no_words() -> None:
    edges = [{"statement": None}, {"statement": "s1"}, {"statement": "s9"}]
    told = quoted_edges(edges, found(said("s1")))
    assert [edge["quote"] for edge in told] == [None, "we will not pay", None]
    assert [edge["state"] for edge in told] == [None, "accepted", None]
    assert edges == [{"statement": None}, {"statement": "s1"}, {"statement": "s9"}]


def test_a_move_is_backed_by_its_option_and_by_the_priority_that_decides() -> None:
    case = detente.loads(quoted.case_text())
    words = Words(case)
    assert list(of_moves(case, [("00", "10")], words)) == [("Ruritania, option 'pass'", ("s1",))]
    assert list(of_preference(case, "ruritania", "00", "10", words)) == [
        ("Ruritania, priority 'not pass if not prisoners'", ("s1",))
    ]
    assert list(of_preference(case, "ruritania", "00", "01", words)) == [
        ("Ruritania, priority 'prisoners'", ("s3",))
    ]


def test_graph_form_has_no_sources_and_breaks_nothing() -> None:
    case = detente.loads(GRAPH)
    assert list(of_moves(case, [("s1", "s2")], Words(case))) == []
    assert list(of_preference(case, "ann", "s1", "s2", Words(case))) == []
    assert "Sources" not in shown(why_page(detente.why(case, "s1"), found(said("a"))))


@pytest.mark.parametrize(
    "about",
    ["UNREVIEWED DRAFT", "See below. UNREVIEWED\nDRAFT: nobody looked.", "UNREVIEWED  DRAFT."],
)
def test_notice_stands_for_the_exact_words(about: str) -> None:
    lines = about.replace("\n", "\n  ")
    text = quoted.case_text().replace(f">-\n  {quoted.REVIEWED}", f"|\n  {lines}")
    case = detente.loads(text)
    assert case.unreviewed
    assert notice(case) == (
        "Unreviewed draft: this case rests on statements that nobody has checked; see 'about' in "
        "its file."
    )
