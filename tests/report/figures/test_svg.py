"""Escaping, numbers, and where text wraps."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.report.figures.lettering import width_of, wrapped
from detente.report.figures.svg import element, number, text_of


@given(st.text(), st.text())
def test_any_text_comes_back_from_the_parser(value: str, inside: str) -> None:
    written = element("g", {"data-x": value}, text_of(inside))
    read = ElementTree.fromstring(written)
    allowed = [c for c in value if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff")]
    assert read.get("data-x") == "".join(c for c in allowed if not "\ud800" <= c <= "\udfff")
    assert len(read) == 0


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, "1"), (1.25, "1.2"), (-0.04, "0"), (-1.5, "-1.5"), (10.0, "10"), (100, "100.0"[:3])],
)
def test_number_is_short(value: float, written: str) -> None:
    assert number(value) == written


def test_element_leaves_out_what_is_none() -> None:
    assert element("a", {"b": None, "c": 1}) == '<a c="1"/>'


@given(st.text(min_size=1), st.integers(40, 300), st.integers(1, 4), st.booleans())
def test_wrapped_lines_fit(text: str, room: int, most: int, bold: bool) -> None:
    lines = wrapped(text, 12, room, most, bold=bold)
    assert len(lines) <= most
    assert all(width_of(line, 12, bold=bold) <= room + 1e-6 for line in lines)


@given(st.text(min_size=1), st.integers(40, 300))
def test_wrapping_without_limit_loses_nothing(text: str, room: int) -> None:
    lines = wrapped(text, 12, room)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_text_that_is_cut_ends_in_an_ellipsis() -> None:
    (line,) = wrapped("full withdrawal and then some", 12, 80, 1)
    assert line.startswith("full")
    assert line.endswith("…")
