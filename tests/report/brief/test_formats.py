"""The formats themselves: nothing from outside, nothing that breaks out, readable by machines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from briefs import Page, docx_part, docx_text, of_case, of_dated, of_hostile

from detente.model.errors import CaseError
from detente.report.brief import Brief, pdf, render
from detente.report.brief.document import Figure
from detente.report.brief.html import css_string
from detente.report.brief.markdown import escaped
from detente.report.figures.colours import contrast

BRIEFS = {
    "two-step": lambda: of_case("us-taliban-2019/two-step.yaml"),
    "full": lambda: of_case("us-taliban-2019/full.yaml"),
    "graph": lambda: of_case("published/elmira-9.yaml"),
    "dated": of_dated,
    "hostile": of_hostile,
}


@pytest.fixture(params=BRIEFS, scope="module")
def brief(request: pytest.FixtureRequest) -> Brief:
    return BRIEFS[request.param]()


@pytest.fixture
def page(brief: Brief) -> Page:
    return Page(str(render(brief, "html")))


def test_html_asks_for_nothing_from_outside(page: Page) -> None:
    for tag, own in page.tags:
        assert tag not in ("script", "link", "iframe", "object", "embed", "img", "base", "form")
        for key in ("src", "srcset", "data", "action", "poster", "xlink:href"):
            assert key not in own, (tag, key)
        if "href" in own:
            assert str(own["href"]).startswith("#"), own
        assert not any(key.startswith("on") for key in own)
    policy = next(own for own in page.all("meta") if own.get("http-equiv"))
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_html_style_loads_nothing(brief: Brief) -> None:
    for style in re.findall(r"<style>(.*?)</style>", str(render(brief, "html")), re.S):
        assert "url(" not in style
        assert "@import" not in style


def test_html_is_well_formed(brief: Brief) -> None:
    """Every element is closed where it should be."""
    text = str(render(brief, "html")).replace("<!doctype html>", "")
    text = re.sub(r"<(meta|br|hr)\b([^>]*)>", r"<\1\2/>", text)
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    assert ET.fromstring(text).tag == "html"


def test_html_landmarks_and_headings(page: Page) -> None:
    assert page.all("html")[0]["lang"] == "en"
    for landmark in ("header", "main"):
        assert len(page.all(landmark)) == 1
    assert page.all("nav")[0]["aria-label"]
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)


def test_html_tables_have_heads_and_captions(page: Page) -> None:
    assert len(page.all("caption")) == len(page.all("table")) > 0
    assert all(own.get("scope") in ("col", "row") for own in page.all("th"))
    for region in (own for own in page.all("div") if own.get("role") == "region"):
        assert region["tabindex"] == "0"
        assert region["aria-label"]


def test_figures_say_what_they_show(page: Page, brief: Brief) -> None:
    assert len(page.all("figure")) == len(page.all("figcaption")) == len(list(brief.figures))
    drawn = [own for own in page.all("svg") if "xmlns" in own]  # a timeline has others inside
    assert all(own["role"] in ("img", "graphics-document") for own in drawn)
    assert len(page.all("desc")) == len(drawn) == len(page.all("figure"))


def test_figures_fit_on_paper(brief: Brief) -> None:
    for figure in brief.figures:
        assert figure.width <= (1800 if figure.landscape else 1060)
    style = str(render(brief, "html"))
    assert "max-width: 100%" in style


def test_hostile_words_stay_words() -> None:
    brief = of_hostile()
    html = str(render(brief, "html"))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<b>news" not in html
    assert "\u202e" not in html
    markdown = str(render(brief, "md"))
    assert "<script>" not in re.sub(r"\\.", "", markdown)
    assert "](http" not in markdown.replace("\\]", "")
    word = docx_text(render(brief, "docx"))
    assert "<script>alert(1)</script>" in word


def test_docx_is_made_of_real_parts(brief: Brief) -> None:
    content = render(brief, "docx")
    xml = docx_part(content)
    ET.fromstring(xml)
    for level in (1, 2, 3):
        assert f'w:val="Heading{level}"' in xml
    assert xml.count('w:val="Heading1"') == 1
    assert "<w:tblHeader/>" in xml
    figures = list(brief.figures)
    assert xml.count("descr=") >= len(figures)
    anchors = set(re.findall(r'w:anchor="([^"]+)"', xml))
    marks = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert anchors - {"summary"} <= set(marks)
    assert len(marks) == len(set(marks))


@pytest.mark.slow
def test_pdf_has_the_words_and_the_paper_size() -> None:
    from io import BytesIO

    from pypdf import PdfReader

    brief = of_case("us-taliban-2019/two-step.yaml")
    first, again = (PdfReader(BytesIO(bytes(render(brief, "pdf")))) for _ in range(2))  # type: ignore[arg-type]
    texts = [" ".join(page.extract_text() for page in own.pages) for own in (first, again)]
    assert texts[0] == texts[1]
    flat = " ".join(texts[0].split())
    for section in brief.sections[1:]:
        assert section.title in flat
    page_one = " ".join(first.pages[0].extract_text().split())
    assert "Three facts decide this" in page_one
    assert "What must still be believed" in page_one
    assert "Who wants what" not in page_one
    assert [round(float(side)) for side in first.pages[0].mediabox[2:]] == [595, 842]
    assert first.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_a_pdf_without_pango_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", missing)
    with pytest.raises(CaseError) as caught:
        render(of_case("us-taliban-2019/two-step.yaml"), "pdf")
    message = str(caught.value)
    assert "the library Pango is not installed" in message
    assert "libpango-1.0-0" in message
    assert ".html" in message


def test_a_pdf_fetches_nothing() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        pdf._nothing("http://example.org/x.png")


def test_text_cannot_leave_a_string_of_the_style_sheet() -> None:
    assert css_string('a"};</style>') == "a\\22 \\7d \\3b \\3c \\2f style\\3e "


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a*b", "a\\*b"), ("[x](y)", "\\[x\\](y)"), ("<b>", "\\<b\\>"), ("a|b", "a\\|b")],
)
def test_markdown_escapes(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_colours_can_be_read_in_both_themes() -> None:
    css = str(render(of_case("us-taliban-2019/two-step.yaml"), "html"))
    themes = re.findall(r":root \{(.*?)\}", css, re.S)
    assert len(themes) == 2
    for theme in themes:
        colours = dict(re.findall(r"--(\w+): (#\w{6})", theme))
        for name in ("ink", "grey", "accent", "link"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
        for name in ("ink", "accent"):
            assert contrast(colours[name], colours["notice"]) >= 4.5, name


def test_wide_maps_become_a_way_downwards() -> None:
    first = next(of_case("us-taliban-2019/full.yaml").figures)
    assert isinstance(first, Figure)
    assert first.title == "The way through the states"
    assert "It would not hold: Taliban would leave it." in first.description
    whole = next(of_case("us-taliban-2019/two-step.yaml").figures)
    assert whole.title == "Map of states"
