"""How results show in a notebook: small tables, whatever the case is called."""

from __future__ import annotations

from pathlib import Path

import quoted
from commandline import TWO_STEP, large_case

import detente
from detente.report.drafts import notice


def test_stability_shows_as_a_table() -> None:
    html = detente.solve(detente.load(TWO_STEP))._repr_html_()
    assert html is not None
    assert html.startswith("<table>")
    assert html.count("<tr>") == 1 + 4
    assert "<b>00</b>" in html  # the status quo
    assert "<b>E</b> us, taliban" in html
    assert "<script" not in html
    assert "style" not in html


def test_names_are_escaped() -> None:
    text = Path(TWO_STEP).read_text("utf-8").replace("title: United States", "title: <i>United")
    html = detente.solve(detente.loads(text), ["nash"])._repr_html_()
    assert html is not None
    assert "<i>" not in html
    assert "&lt;i&gt;" in html


def test_large_results_show_counts() -> None:
    html = detente.solve(detente.loads(large_case(14)), ["nash"])._repr_html_()
    assert html is not None
    assert "16,384 states" in html
    assert html.count("<tr>") == 2


def test_unreviewed_drafts_say_so_in_the_caption() -> None:
    case = detente.loads(quoted.case_text(about=quoted.DRAFT))
    html = detente.solve(case, ["nash"])._repr_html_()
    assert html is not None
    caption = html.split("</caption>")[0]
    assert "<strong>Unreviewed draft: this case rests on statements" in caption
    assert "see &#x27;about&#x27; in its file" in caption
    large = detente.loads(large_case(14).replace("title: Large", f"about: {quoted.DRAFT!r}"))
    assert notice(large) is not None
    html = detente.solve(large, ["nash"])._repr_html_()
    assert html is not None
    assert html.count("Unreviewed draft") == 1
    plain = detente.solve(detente.loads(quoted.case_text()), ["nash"])._repr_html_()
    assert plain is not None
    assert "nreviewed" not in plain
