"""Whatever the text, the reader answers, and every span is sound."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading import Reading, read

PIECES = st.sampled_from(
    """Strelna Vorland said that would not until after before only the rebels "We will“ ” ' ’ .
    , : ; — ( ) Mr. U.S. must sign unless first then demand demands 's and but which who it they
    According to \r\n \n \u2028 😀 ‏שלום مرحبا \x00 \ufeff accused of by [Photo Read more: İ"""
    .replace("\\r", "\r").split(" ")
)  # fmt: skip
BAD_ENDS = "\"'“”‘’.  \n\r\t"


def check(text: str, rules_only: bool = False) -> Reading:
    reading = read(text, rules_only=rules_only)
    assert reading.document.text == text
    ids = {s.id for s in reading.statements}
    assert len(ids) == len(reading.statements)
    for s in reading.statements:
        assert 0 <= s.start < s.end <= len(text)
        assert text[s.start] not in BAD_ENDS
        assert text[s.end - 1] not in BAD_ENDS
        assert (s.before is None) == (s.after is None)
        assert s.attribution in ("direct", "indirect", "author")
        assert s.repeat_of is None or s.repeat_of in ids
        assert s.speaker
    for a in reading.attributions:
        for start, end in (*a.source, *a.cue, *a.content):
            assert 0 <= start < end <= len(text)
    for line in reading.lines:
        assert 0 <= line.start < line.end <= len(text)
    return reading


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    check(text)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_mixture_of_cues_is_read(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["", " ", "\r\n", "\x00\x01", "\ufeff", '"', "“", ".", "\ud800"])
def test_next_to_nothing_is_read(text: str) -> None:
    assert check(text).statements == ()


def test_right_to_left_text_around_a_statement_keeps_its_offsets() -> None:
    text = "العنوان هنا\n\nStrelna rejected the plan.\n\nסוף\n"
    (statement,) = check(text).statements
    assert statement.text == "Strelna rejected the plan"


ARTICLE = (
    'Strelna will not sign until Vorland pays, its envoy said. "We want the money first," he '
    "added.\n\nVorland rejected the demand and accused Strelna of greed.\n\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        ARTICLE * 5000, ARTICLE.replace("\n", " ") * 5000, "a" * 1_000_000, '"' * 300_000,
        "“" * 300_000, "said, " * 160_000, "(" * 300_000, "Read more\n" * 100_000,
        "“We will not go. " * 50_000, "a.b.c. " * 140_000, "by " * 300_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_huge_text_takes_linear_time(text: str) -> None:
    began = time.perf_counter()
    check(text[:1_000_000], rules_only=True)
    assert time.perf_counter() - began < 60
