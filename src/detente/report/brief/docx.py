"""A brief as a DOCX file: real headings, lists and header rows; figures as pictures with words."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from detente.report.brief.document import (
    NOT_REVIEWED,
    OPEN,
    Block,
    Brief,
    Bullets,
    Cite,
    Facts,
    Figure,
    Heading,
    Line,
    Note,
    Paragraph,
    Quote,
    Sources,
    Table,
)
from detente.report.stances import day

__all__ = ["render"]

_GREY, _ACCENT = RGBColor(0x59, 0x59, 0x59), RGBColor(0x9C, 0x1C, 0x14)
_PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
_KINDS = {"brief": "Brief", "role": "Role sheet", "debrief": "Debrief"}
_MARGIN = 20.0
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STAMP = (1980, 1, 1, 0, 0, 0)


def render(brief: Brief) -> bytes:
    """Return the document; the same brief gives the same bytes."""
    writer = _Docx(brief)
    writer.write()
    out = BytesIO()
    writer.document.save(out)
    return _dated(out.getvalue())


def _dated(content: bytes) -> bytes:
    """Return a zip file whose parts carry no time of day."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            item = ZipInfo(name, _STAMP)
            item.compress_type = ZIP_DEFLATED
            item.external_attr = 0o600 << 16
            new.writestr(item, old.read(name))
    return out.getvalue()


class _Docx:
    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.document: Any = Document()
        self.drawn = 0
        self.marks = 0

    def write(self) -> None:
        """Write everything."""
        self._settings()
        brief, document = self.brief, self.document
        self._plain(f"{_KINDS[brief.kind]} · {brief.title} · {day(brief.date)}", _GREY)
        document.add_heading(_text(brief.headline), 1)
        for text in brief.notices:
            self._plain(text, _ACCENT, bold=True)
        for k, section in enumerate(brief.sections):
            if k:
                heading = document.add_heading(_text(section.title), 2)
                heading.paragraph_format.page_break_before = k == 1
            for block in section.blocks:
                self._block(block, 3 if k else 2)

    def _settings(self) -> None:
        document, brief = self.document, self.brief
        made = datetime.fromisoformat(brief.date)
        core = document.core_properties
        core.title, core.author, core.language = _text(brief.title), "Détente", "en"
        core.created = core.modified = made
        core.comments = _text(brief.headline)
        section = document.sections[0]
        width, height = _PAPERS[brief.paper]
        section.page_width, section.page_height = Mm(width), Mm(height)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Mm(_MARGIN))
        style = document.styles["Normal"]
        style.font.name, style.font.size = "Georgia", Pt(10.5)
        style.paragraph_format.space_after = Pt(4)
        for level, size in ((1, 18), (2, 14), (3, 11.5)):
            own = document.styles[f"Heading {level}"]
            own.font.name, own.font.size, own.font.color.rgb = "Arial", Pt(size), RGBColor(0, 0, 0)
            fonts = own.element.rPr.rFonts
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            fonts.set(qn("w:ascii"), "Arial")
            fonts.set(qn("w:hAnsi"), "Arial")
        running = section.header.paragraphs[0]
        running.text = f"{_text(brief.title)} · {_KINDS[brief.kind]}"
        foot = section.footer.paragraphs[0]
        version = dict(brief.facts).get("version", "")
        draft = f" · {OPEN} UNREVIEWED DRAFT" if brief.unreviewed else ""
        foot.add_run(f"made {day(brief.date)} · {version}{draft} · page ")
        _field(foot, "PAGE")
        foot.add_run(" of ")
        _field(foot, "NUMPAGES")

    def _plain(self, text: str, colour: RGBColor, *, bold: bool = False) -> None:
        run = self.document.add_paragraph().add_run(_text(text))
        run.font.color.rgb, run.bold = colour, bold

    def _block(self, block: Block, level: int) -> None:
        match block:
            case Heading(text, id):
                self._bookmark(self.document.add_heading(_text(text), level), id)
            case Paragraph(line, role):
                paragraph = self.document.add_paragraph()
                self._line(paragraph, line, quiet=role == "quiet")
                if role == "notice":
                    for run in paragraph.runs:
                        run.bold = True
            case Bullets(items, ordered):
                for k, item in enumerate(items, 1):
                    # A numbered list of Word's goes on counting where the last one ended.
                    paragraph = self.document.add_paragraph(
                        style=None if ordered else "List Bullet"
                    )
                    if ordered:
                        paragraph.paragraph_format.left_indent = Mm(8)
                        paragraph.paragraph_format.first_line_indent = Mm(-8)
                        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
                        paragraph.add_run(f"{k}.\t")
                    self._line(paragraph, item.line)
                    self._bookmark(paragraph, item.id)
            case Facts(rows):
                self._table(None, None, rows)
            case Quote(text, source):
                self.document.add_paragraph(f"“{_text(text)}”", style="Quote")
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.left_indent = Mm(8)
                self._line(paragraph, source)
            case Table(caption, head, rows):
                self._table(caption, head, rows)
            case Figure():
                self._figure(block)
            case Sources(notes):
                for note in notes:
                    self._note(note)

    def _table(
        self, caption: str | None, head: tuple[str, ...] | None, rows: tuple[tuple[Any, ...], ...]
    ) -> None:
        if not rows:
            return
        if caption is not None:
            paragraph = self.document.add_paragraph()
            paragraph.add_run(_text(caption)).bold = True
            paragraph.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=0, cols=len(rows[0]))
        table.style = "Light Grid" if head else "Normal Table"
        if head is not None:
            cells = table.add_row().cells
            for cell, name in zip(cells, head, strict=True):
                cell.paragraphs[0].add_run(_text(name)).bold = True
            _repeated(table.rows[0])
        for row in rows:
            added = table.add_row()
            _whole(added)
            for cell, told in zip(added.cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                if isinstance(told, str):
                    run = paragraph.add_run(_text(told))
                    run.font.color.rgb = _GREY
                else:
                    self._line(paragraph, told)
                for run in paragraph.runs:
                    run.font.size = Pt(9)
        if head is None:
            for row in table.rows:
                row.cells[0].width, row.cells[1].width = Mm(32), Mm(138)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _figure(self, figure: Figure) -> None:
        from vl_convert import svg_to_png

        turned = figure.landscape
        paper = _PAPERS[self.brief.paper]
        if turned:
            self._turn(landscape=True)
        room = (paper[1] if turned else paper[0]) - 2 * _MARGIN
        tall = (paper[0] if turned else paper[1]) - 2 * _MARGIN
        tall = tall - 14 if turned else min(110.0, tall)
        width = min(room, tall * figure.width / figure.height, figure.width * 25.4 / 96 * 1.15)
        picture = svg_to_png(figure.svg, scale=2.5)
        run = self.document.add_paragraph().add_run()
        shape = run.add_picture(BytesIO(picture), width=Mm(width))
        self.drawn += 1
        properties = shape._inline.docPr
        properties.set("name", f"Figure {self.drawn}")
        properties.set("title", _text(figure.title))
        properties.set("descr", _text(figure.description))
        self._line(self.document.add_paragraph(style="Caption"), figure.caption)
        if turned:
            self._turn(landscape=False)

    def _turn(self, *, landscape: bool) -> None:
        width, height = _PAPERS[self.brief.paper]
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        sides = (height, width) if landscape else (width, height)
        section.page_width, section.page_height = Mm(sides[0]), Mm(sides[1])

    def _line(self, paragraph: Any, line: Line, *, quiet: bool = False) -> None:
        after_cite = False
        for piece in line:
            if isinstance(piece, Cite):
                if after_cite:
                    paragraph.add_run(",").font.superscript = True
                self._cite(paragraph, piece)
                after_cite = True
                continue
            after_cite = False
            run = paragraph.add_run(_text(piece.text))
            run.bold = piece.style == "strong" or None
            if quiet or piece.style == "quiet":
                run.font.color.rgb, run.font.size = _GREY, Pt(9)
            elif piece.style == "code":
                run.font.name, run.font.size = "Consolas", Pt(9)
            elif piece.style == "mark":
                run.font.color.rgb = _ACCENT
            if piece.to is not None:
                self._link(paragraph, run, piece.to)

    def _cite(self, paragraph: Any, piece: Cite) -> None:
        run = paragraph.add_run(str(piece.note))
        run.font.superscript = True
        self._link(paragraph, run, f"note-{piece.note}")
        if piece.open:
            mark = paragraph.add_run(f" {NOT_REVIEWED}")
            mark.font.color.rgb, mark.font.size = _ACCENT, Pt(7.5)

    def _note(self, note: Note) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(8)
        paragraph.paragraph_format.first_line_indent = Mm(-8)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
        paragraph.add_run(f"{note.number}.\t“{_text(note.quote)}” ")
        where = paragraph.add_run(_text(f"{note.origin} ({note.statement})"))
        where.font.color.rgb, where.font.size = _GREY, Pt(9)
        if note.open or note.state == "rejected":
            mark = paragraph.add_run(f" {NOT_REVIEWED}" if note.open else " rejected in review")
            mark.font.color.rgb = _ACCENT
        self._bookmark(paragraph, f"note-{note.number}")

    def _bookmark(self, paragraph: Any, id: str | None) -> None:
        if id is None:
            return
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), _name(id))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(end)

    def _link(self, paragraph: Any, run: Any, to: str) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _name(to))
        paragraph._p.append(link)
        link.append(run._r)


def _name(id: str) -> str:
    """Return an id as the name of a bookmark: letters, digits and underscores, up to 40."""
    return re.sub(r"\W", "_", id)[:40]


def _text(text: str) -> str:
    """Return text without what XML has no place for."""
    return _FORBIDDEN.sub("", text)


def _field(paragraph: Any, name: str) -> None:
    """Add a field that the word processor fills in: a page number."""
    for kind, text in (("begin", None), (None, name), ("end", None)):
        run = paragraph.add_run()
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _repeated(row: Any) -> None:
    """Make a row the header that is repeated on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
