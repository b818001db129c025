"""Saved web pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources.helpers import BODY, article

from detente.sources.markup import look


def test_article_is_extracted_with_title_and_date(read, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(article(BODY), encoding="utf-8")
    got = read(tmp_path / "a.html").text
    assert got.text.splitlines()[-2:] == [
        "Ruritania said on Monday that it would open the pass only after the toll was paid.",
        "Its neighbour refused, and asked the Lakeland envoy to carry a new proposal to both.",
    ]
    assert "newsletter" not in got.text
    assert (got.title, got.date) == ("Toll talks stall", "2021-03-04")
    assert (got.name, got.media) == ("a.html", "text/html; extracted")
    assert got.extracted
    assert got.note is not None
    assert got.note.startswith("article extracted: ")


def test_page_is_known_by_its_content_without_an_ending(read, tmp_path: Path) -> None:
    (tmp_path / "saved").write_text("\n<!-- saved -->\n" + article(BODY), encoding="utf-8")
    assert read(tmp_path / "saved").text.media == "text/html; extracted"


@pytest.mark.parametrize(
    "broken",
    [
        "<html><body><p>Ruritania <b>refused<p>the toll<td>of the pass",
        "<p>Ruritania &bogus; &#xFFFFFFF; refused</p",
        "Ruritania refused < the toll > of & the pass",
        "<html><body>" + "<div>" * 5000 + "Ruritania refused the toll.",
        "<!DOCTYPE html><html><head><title>t</title>\0<body>Ruritania\0 refused",
    ],
)
def test_broken_html_still_gives_its_words(read, tmp_path: Path, broken: str) -> None:
    (tmp_path / "a.html").write_text(broken)
    got = read(tmp_path / "a.html").text
    assert "Ruritania" in got.text
    assert "refused" in got.text
    assert "<p>" not in got.text


@pytest.mark.parametrize(
    "empty", ["<html></html>", "<html><script>let x = 'text';</script></html>", "<br>", "<!--"]
)
def test_page_without_text_is_refused(read, tmp_path: Path, empty: str) -> None:
    (tmp_path / "a.html").write_text(empty)
    problem = read(tmp_path / "a.html").problem
    assert problem.what == "the page holds no text"
    assert "JavaScript" in str(problem)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=windows-1252>", "cp1252"),
        ("<meta charset='iso-8859-1'>", "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "cp1251"),
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-8"),
        ("\ufeff", "utf-16-le"),
    ],
)
def test_declared_encoding_is_used(read, tmp_path: Path, declared: str, encoding: str) -> None:
    word = "Київ" if encoding == "cp1251" else "Königsberg – “so”"
    page = f"{declared}<html><body><p>The envoy of {word} said no.</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    assert word in read(tmp_path / "a.html").text.text


def test_guesses_about_the_encoding_are_said(read, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body>caf\xe9 talks in the old town</body></html>")
    (tmp_path / "b.html").write_bytes(b"<meta charset=utf-8><p>caf\xe9 talks in the old town</p>")
    first, second = read(tmp_path / "a.html", tmp_path / "b.html").texts
    assert "café" in first.text
    assert "no encoding; read as windows-1252" in (first.note or "")
    assert "caf\ufffd" in second.text
    assert "bytes that are not utf-8 became U+FFFD (1)" in (second.note or "")


def test_control_characters_of_a_page_are_replaced(read, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>One\x1b[31m red \x07 word.</p></body></html>")
    got = read(tmp_path / "a.html").text
    assert "\x1b" not in got.text
    assert "\x07" not in got.text


def test_page_without_article_keeps_all_its_text(
    read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    (tmp_path / "a.html").write_text(article(BODY), encoding="utf-8")
    got = read(tmp_path / "a.html").text
    assert got.text.startswith("Home All news\nToll talks stall\nRuritania said")
    assert "all visible text kept" in (got.note or "")


def test_very_long_page_is_kept_whole(
    read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.sources.webpage._MOST_ELEMENTS", 15)
    (tmp_path / "a.html").write_text(article(BODY * 5), encoding="utf-8")
    got = read(tmp_path / "a.html").text
    assert got.text.count("Ruritania") == 5
    assert "a page of unusual size" in (got.note or "")


def test_visible_text_keeps_order_blocks_and_inline_words() -> None:
    html = (
        "<title>T</title><p>One <b>bold</b>word<br>next</p><ul><li>a<li>b</ul>"
        "<table><tr><td>x<td>y</table><style>p{}</style>سلام &mdash; 🕊"
    )
    page = look(html)
    assert page.text == "One boldword\nnext\na\nb\nx y\nسلام — 🕊"
    assert page.title == "T"
    assert page.depth < page.elements
