"""The page of a timeline, and its figure."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

import pytest
from commandline import shown as rendered
from timelines import gold, said

from detente.reading.positions import Evidence, find_positions
from detente.reading.positions.types import Unused
from detente.reading.timeline import Timeline, timeline
from detente.report.figures.colours import DARK, LIGHT, contrast
from detente.report.figures.stance_marks import LETTERS
from detente.report.figures.timeline import draw
from detente.report.figures.timeline_rows import NARROWEST, Scale, row_of
from detente.report.stances import STANCE_GLYPHS, days, party_letters
from detente.report.timeline import timeline_page
from training.annotation import TEXTS

SVG = "{http://www.w3.org/2000/svg}"
REFUSED = said(1, "2020-01-28", "rejection", "Ruritania refuses to open the border")
PROMISED = said(2, "2020-02-11", "commitment", "Ruritania promised to open the border")
DENIED = said(
    3, "2020-02-11", "rejection", "It will not open the border", speaker="Rudolf <b>&", doc="b"
)


def told(*statements: Evidence, undated: tuple[str, ...] = ()) -> Timeline:
    return timeline(find_positions(statements), undated)


def page(shown: Timeline, width: int = 80, unused: tuple[Unused, ...] = ()) -> str:
    return rendered(timeline_page(shown, 3, unused), width)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_sentence_comes_first_and_counts() -> None:
    text = flat(page(told(REFUSED, PROMISED)))
    assert text.startswith(
        "1 shift and no contradiction in 2 positions of 1 party on 1 issue, 28 January to"
        " 11 February 2020."
    )
    one_day = flat(page(told(PROMISED, DENIED)))
    assert one_day.startswith("No dates to compare and 1 contradiction in 2 positions")
    assert "11 February 2020." in one_day


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2020-01-28", "2020-02-29", "28 January to 29 February 2020"),
        ("2019-12-31", "2020-01-01", "31 December 2019 to 1 January 2020"),
        ("2020-01-28", "2020-01-28", "28 January 2020"),
        ("2019", "2020-02", "2019 to February 2020"),
    ],
)
def test_a_span_of_days(first: str, last: str, text: str) -> None:
    assert days(first, last) == text


def test_shift_and_contradiction_are_marked_and_quoted_in_full() -> None:
    shift = page(told(REFUSED, PROMISED))
    assert re.search(r"11 Feb 2020  R ✓ ◆ promised    ▲ ", shift)
    assert "Ruritania shifts towards it: against → promised" in flat(shift)
    both = page(told(PROMISED, DENIED))
    assert len(re.findall(r" ↯ +“", both)) == 2
    assert "(two speakers: Ruritania; Rudolf <b>&)" in flat(both)
    assert flat(both).count("“It will not open the border”") == 2  # in the table, and below it


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_cut_off(width: int) -> None:
    long = "Ruritania refuses to open the border, " + "and says so at length, " * 20 + "for ever"
    text = page(told(said(1, "2020-01-28", "rejection", long)), width)
    squeezed = re.sub(r"\s+", "", text)
    assert re.sub(r"\s+", "", f"“{long}”") in squeezed
    assert max(map(len, text.splitlines())) <= width
    assert all(line == line.rstrip() for line in text.splitlines())


def test_unreviewed_statements_are_announced_and_marked() -> None:
    waiting = said(1, "2020-01-28", "rejection", REFUSED.text, state="proposed")
    text = page(told(waiting, PROMISED))
    assert flat(text.split("\n\n")[1]).startswith(
        "Unreviewed statements take part: 1 of 2 positions rests on what nobody has accepted (·)."
    )
    assert re.search(r"28 Jan 2020  R · × against", text)
    assert "· unreviewed" in text
    assert "Unreviewed" not in page(told(REFUSED, PROMISED))


def test_what_is_held_out_as_undone_is_spelt_out() -> None:
    threat = said(1, "2020-01-28", "threat", "Ruritania threatens not to open the border")
    text = page(told(threat))
    assert "‡ threatened" in text
    assert "threatened not to. “Ruritania threatens not to open the border”" in flat(text)


def test_dates_of_reading_only_are_no_dates() -> None:
    shown = told(REFUSED, PROMISED, undated=("s001", "s002"))
    text = page(shown)
    assert "no day of publication known" in flat(text)
    assert "    no date  R" in text
    assert "1 without a day of publication" in flat(text)
    assert "2020" not in text
    figure = draw(shown)
    assert "no date" in figure
    assert "read on 28 January 2020" in figure


def test_what_does_not_apply_and_what_is_left_out_is_said() -> None:
    one = flat(page(told(REFUSED), unused=(Unused("a", "no-deed"), Unused("b", "repeat"))))
    assert "Shifts do not apply to 1 of 1 line (a party on an issue): 1 of one date only." in one
    assert "Left out: 2 statements: no deed in the words (1) and reprints (1)." in one
    nothing = flat(rendered(timeline_page(told(), 3, (), {"party": "Utopia"})))
    assert nothing == "No position in 3 statements with party 'Utopia'."


def test_every_party_has_a_letter_of_its_own() -> None:
    names = [f"Republic {k}" for k in range(70)] + ["Éire", "中国"]
    letters = party_letters(names)
    assert len(set(letters.values())) == len(names)
    assert party_letters(["Ruritania", "Russia"]) == {"Ruritania": "R", "Russia": "U"}


def test_every_stance_has_its_own_glyph_and_letter() -> None:
    assert set(STANCE_GLYPHS) == set(LETTERS)
    for marks in (STANCE_GLYPHS, LETTERS):
        assert len(set(marks.values())) == len(marks)


def parsed(shown: Timeline) -> ET.Element:
    return ET.fromstring(draw(shown))


def test_the_figure_has_a_mark_for_each_entry_with_its_quotation() -> None:
    shown = told(REFUSED, PROMISED, DENIED)
    root = parsed(shown)
    marks = [e for e in root.iter(f"{SVG}g") if "data-statement" in e.attrib]
    by_id = {e.attrib["data-statement"]: e for e in marks}
    assert set(by_id) == {"s001", "s002", "s003"}
    for entry in shown.entries:
        title = by_id[entry.statement].findtext(f"{SVG}title")
        assert title is not None
        assert f"“{entry.quote}”" in title
        assert entry.doc in title
    assert root.findtext(f"{SVG}title") == "Positions over time"
    described = root.findtext(f"{SVG}desc") or ""
    assert "Ruritania contradicts itself" in described


def test_the_figure_flags_what_the_page_flags() -> None:
    figure = draw(told(REFUSED, PROMISED))
    assert figure.count('data-shift="towards"') == 1
    assert "dt-bolt" not in figure.split("</style>")[1]
    assert "dt-bolt" in draw(told(PROMISED, DENIED)).split("</style>")[1]


def test_unreviewed_marks_are_hollow() -> None:
    waiting = said(1, "2020-01-28", "rejection", REFUSED.text, state="proposed")
    assert 'class="dt-open"' in draw(told(waiting))
    assert 'class="dt-open"' not in draw(told(REFUSED))


def test_the_figure_needs_nothing_from_outside_and_runs_nothing() -> None:
    figure = draw(told(REFUSED, PROMISED, DENIED))
    for word in ("<script", "href", "url(", "@import", "onload", "<image", "<foreignObject"):
        assert word not in figure
    assert re.findall(r"https?://[^\"' ]+", figure) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r'\bid="', figure)


def test_hostile_words_stay_words() -> None:
    nasty = said(
        1,
        "2020-01-28",
        "rejection",
        'It refuses to open the border</title><script>"\x07',
        doc="a<b>",
    )
    root = parsed(told(nasty))
    assert not list(root.iter(f"{SVG}script"))


def texts(root: ET.Element, party: str = "") -> Iterator[tuple[ET.Element, str]]:
    """Yield text elements with the party class around them."""
    for child in root:
        own = child.attrib.get("class", "")
        inside = own if re.fullmatch(r"dm-(p\d|joint)", own) else party
        if child.tag == f"{SVG}text":
            yield child, inside
        yield from texts(child, inside)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(theme: object) -> None:
    from detente.report.figures.colours import Theme, on

    assert isinstance(theme, Theme)
    root = parsed(timeline(gold("shalit-2011")))
    seen = set()
    for element, party in texts(root):
        own = element.attrib["class"].split()[0]
        seen.add(own)
        if own == "dm-letter":
            below = theme.ink if party == "dm-joint" else theme.parties[int(party[-1])]
            assert contrast(on(below), below) >= 4.5
        else:
            colour = {"dm-ink": theme.ink, "dm-grey": theme.grey, "dm-accent": theme.accent}[own]
            assert contrast(colour, theme.paper) >= 4.5
    assert seen >= {"dm-ink", "dm-grey", "dm-letter"}


@pytest.mark.parametrize("name", ["shalit-2011", "canada-rail-2024", "aceh-2005"])
def test_marks_and_dates_do_not_overlap_on_a_narrow_screen(name: str) -> None:
    shown = timeline(gold(name))
    scale = Scale(shown)
    for line in shown.lines:
        row = row_of(line, scale)
        places = [(spot.x / 100 * NARROWEST, spot.y) for spot in row.spots]
        for k, (x, y) in enumerate(places):
            assert 11 <= x <= NARROWEST - 11
            assert 0 < y < row.height
            for a, b in places[:k]:
                assert max(abs(a - x), abs(b - y)) >= 21.0
    left = {"start": 0.0, "middle": 0.5, "end": 1.0}
    spans = []
    for tick in scale.ticks:
        start = tick.x / 100 * NARROWEST - left[tick.anchor] * 70
        spans.append((start, start + 70))
    assert len(spans) >= 2
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start


def test_higher_is_nearer_to_the_deed() -> None:
    shown = told(REFUSED, PROMISED)
    row = row_of(shown.lines[0], Scale(shown))
    before, after = row.spots
    assert after.y < before.y
    assert after.x > before.x


def test_many_statements_without_a_date_get_room() -> None:
    statements = [
        said(k, "2020-01-28", "rejection", REFUSED.text, doc=f"d{k:02}") for k in range(40)
    ]
    for undated in (tuple(s.id for s in statements), tuple(s.id for s in statements[1:])):
        shown = told(*statements, undated=undated)
        row = row_of(shown.lines[0], Scale(shown))
        assert len({(spot.x, spot.y) for spot in row.spots}) == 40
        assert max(spot.x for spot in row.spots) <= 92.0 + 0.01


@pytest.mark.slow
def test_every_negotiation_of_the_corpus_is_drawn_and_told() -> None:
    for path in sorted(TEXTS.glob("*.txt")):
        shown = timeline(gold(path.stem))
        assert len(list(parsed(shown).iter(f"{SVG}text"))) > len(shown.lines)
        assert page(shown)
