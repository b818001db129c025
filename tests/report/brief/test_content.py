"""What a brief says: every section in every format, footnotes that resolve, marks, words."""

from __future__ import annotations

import re

import pytest
from briefs import DAY, Page, docx_text, of_case, of_dated, of_hostile

from detente.report.brief import Brief, render
from detente.report.brief.data import brief_document
from detente.report.brief.document import (
    NOT_REVIEWED,
    OPEN,
    Bullets,
    Cite,
    Facts,
    Item,
    Line,
    Paragraph,
    Quote,
    Table,
    Text,
    plain,
)

SHIPPED = [
    "us-taliban-2019/two-step.yaml",
    "us-taliban-2019/full.yaml",
    "kosovo-serbia-2023/case.yaml",
    "cyprus-2017/case.yaml",
    "vietnam-1972/case.yaml",
    "iran-2021/case.yaml",
    "published/elmira-9.yaml",
    "published/syria-iraq-misperception.yaml",
]
SECTIONS = [
    "summary",
    "wants",
    "model",
    "map",
    "stability",
    "deadlock",
    "levers",
    "sensitivity",
    "left-out",
    "sources",
    "method",
]
NEVER = re.compile(r"\b(solution|optimal|prediction)", re.I)


def lines_of(brief: Brief) -> list[Line]:
    """Every line of a brief."""
    found: list[Line] = []
    for section in brief.sections:
        for block in section.blocks:
            match block:
                case Paragraph(line):
                    found.append(line)
                case Bullets(items):
                    found += [item.line for item in items]
                case Facts(rows):
                    found += [said for _, said in rows]
                case Quote(_, source):
                    found.append(source)
                case Table(_, _, rows):
                    found += [cell for row in rows for cell in row]
    return found


def texts_of(brief: Brief) -> dict[str, str]:
    """The words of a brief in the formats that are quick to write."""
    html = render(brief, "html")
    markdown = render(brief, "md")
    assert isinstance(html, str)
    assert isinstance(markdown, str)
    return {"html": Page(html).text, "md": markdown, "docx": docx_text(render(brief, "docx"))}


@pytest.mark.parametrize("name", SHIPPED)
def test_sections_stand_in_order(name: str) -> None:
    brief = of_case(name)
    assert [section.id for section in brief.sections] == SECTIONS
    assert all(section.blocks for section in brief.sections)


@pytest.mark.parametrize("name", SHIPPED)
def test_page_one_has_three_facts_a_figure_and_a_lever(name: str) -> None:
    first = of_case(name).sections[0]
    kinds = [type(block).__name__ for block in first.blocks]
    assert kinds[:3] == ["Heading", "Bullets", "Figure"]
    facts = first.blocks[1]
    assert isinstance(facts, Bullets)
    assert len(facts.items) == 3
    assert "Paragraph" in kinds[3:]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_words_that_no_brief_says(name: str) -> None:
    brief = of_case(name)
    told = [*map(plain, lines_of(brief)), brief.headline, *(s.title for s in brief.sections)]
    assert [line for line in told if NEVER.search(line)] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_links_lead_to_elements_of_the_brief(name: str) -> None:
    page = Page(str(render(of_case(name), "html")))
    assert len(page.ids) == len(set(page.ids))
    targets = [own["href"] for own in page.all("a") if own.get("href")]
    assert targets
    assert {str(target) for target in targets} <= {f"#{id}" for id in page.ids}


def test_facts_name_the_preference_that_decides() -> None:
    facts = of_case("us-taliban-2019/two-step.yaml").sections[0].blocks[1]
    assert isinstance(facts, Bullets)
    told = [plain(item.line) for item in facts.items]
    assert "Taliban because of “full withdrawal”" in told[0]
    assert told[1].startswith("Two steps lead there. Taliban (ceasefire: none → full), then")
    assert "Taliban would leave it (ceasefire: full → none) because of “no ceasefire”" in told[2]
    links = {piece.to for item in facts.items for piece in item.line if isinstance(piece, Text)}
    assert {"wants-us-2", "wants-taliban-2", "wants-taliban-3"} <= links


def test_facts_of_a_sequencing_trap_say_who_stops() -> None:
    facts = of_case("kosovo-serbia-2023/case.yaml").sections[0].blocks[1]
    assert isinstance(facts, Bullets)
    told = plain(facts.items[1].line)
    assert told.startswith("Nobody can safely go first.")
    assert "Kosovo would rather stop" in told


def test_facts_without_a_zone_say_who_blocks() -> None:
    facts = of_case("cyprus-2017/case.yaml").sections[0].blocks[1]
    assert isinstance(facts, Bullets)
    assert "Greek Cypriot side and Turkey" in plain(facts.items[2].line)


@pytest.mark.parametrize("name", ["us-taliban-2019/two-step.yaml", "cyprus-2017/case.yaml"])
def test_every_section_is_in_every_format(name: str) -> None:
    brief = of_case(name)
    for format, text in texts_of(brief).items():
        for section in brief.sections[1:]:
            assert section.title in text, (format, section.title)
        assert brief.headline in text.replace("\\", ""), format


def test_references_that_no_workspace_knows_stand_as_they_are() -> None:
    brief = of_case("us-taliban-2019/full.yaml")
    assert brief.notes == ()
    assert {"F01", "seed:s09"} <= set(brief.references)
    for format, text in texts_of(brief).items():
        assert re.search(r"\[[^\]]*seed:s09", text.replace("\\", "")), format


def test_the_timeline_needs_two_days() -> None:
    assert [section.id for section in of_dated().sections][8] == "timeline"
    with pytest.raises(KeyError):
        of_hostile().section("timeline")


def test_every_footnote_resolves_both_ways() -> None:
    brief = of_dated()
    assert [note.number for note in brief.notes] == list(range(1, len(brief.notes) + 1))
    cites = [p for line in lines_of(brief) for p in line if isinstance(p, Cite)]
    counts = {note.number: sum(c.note == note.number for c in cites) for note in brief.notes}
    assert counts == {note.number: note.mentions for note in brief.notes}
    page = Page(str(render(brief, "html")))
    for cite in cites:
        assert f"ref-{cite.note}-{cite.mention}" in page.ids
        assert f"note-{cite.note}" in page.ids
    markdown = str(render(brief, "md"))
    used = set(re.findall(r"\[\^(\d+)\](?!:)", markdown))
    assert used == set(re.findall(r"^\[\^(\d+)\]:", markdown, re.M))


def test_notes_say_words_document_day_and_speaker() -> None:
    note = next(own for own in of_dated().notes if own.quote.startswith("it would open the pass"))
    assert (note.doc, note.date, note.speaker) == ("a.txt", "2020-01-28", "Ruritania")
    assert note.origin == "Ruritania, a.txt, 28 January 2020, precondition"


def test_a_document_without_a_day_gets_none() -> None:
    """The day on which it was read is no day of publication, and would change every day."""
    assert {note.date for note in of_hostile().notes} == {None}


def test_every_mention_of_an_open_statement_is_marked() -> None:
    brief = of_dated()
    cites = [p for line in lines_of(brief) for p in line if isinstance(p, Cite)]
    assert all(cite.open for cite in cites)
    html = str(render(brief, "html"))
    marks = re.findall(r'<sup class="fn">,?<a [^>]*>\d+</a>(.*?)</sup>', html)
    assert len(marks) == len(cites)
    assert all(OPEN in mark for mark in marks)
    markdown = str(render(brief, "md"))
    assert re.findall(r"\[\^\d+\](?!:)(?! ◌)", markdown) == []
    assert all(NOT_REVIEWED in line for line in re.findall(r"^\[\^\d+\]:.*", markdown, re.M))
    word = docx_text(render(brief, "docx"))
    assert word.count(NOT_REVIEWED) >= len(cites) + len(brief.notes)
    quoted = [block for section in brief.sections for block in section.blocks]
    sources = [plain(block.source) for block in quoted if isinstance(block, Quote)]
    assert sources
    assert all(NOT_REVIEWED in source for source in sources)


def test_an_unreviewed_brief_says_so_on_page_one() -> None:
    brief = of_dated()
    assert brief.unreviewed
    for format, text in texts_of(brief).items():
        assert 1 <= text.count("Unreviewed draft: ") <= 3, format  # the map says so too
        assert "that nobody has checked" in text, format


def test_what_the_draft_left_out_is_quoted() -> None:
    text = str(render(of_dated(), "md"))
    assert "Open questions: what the texts do not say" in text


def test_the_data_has_every_section_line_and_note() -> None:
    brief = of_dated()
    document = brief_document(brief)
    assert [section["id"] for section in document["sections"]] == [s.id for s in brief.sections]
    assert [note["number"] for note in document["notes"]] == [note.number for note in brief.notes]
    pieces = [
        piece
        for section in document["sections"]
        for block in section["blocks"]
        for piece in block.get("pieces", ())
    ]
    assert {"note", "not_reviewed"} in [set(piece) for piece in pieces]
    assert document["unreviewed"] is True


def test_plain_text_spells_the_mark_out() -> None:
    item = Item((Text("so"), Cite(3, 1, open=True), Cite(4, 1)))
    assert plain(item.line) == f"so[3 {NOT_REVIEWED}][4]"


def test_the_same_materials_give_the_same_bytes() -> None:
    from briefs import CASES

    from detente.workspace.briefing import brief_of_case

    again = brief_of_case(str(CASES / "us-taliban-2019/two-step.yaml"), DAY)
    before = of_case("us-taliban-2019/two-step.yaml")
    for format in ("html", "md", "docx"):
        assert render(before, format) == render(again, format), format
