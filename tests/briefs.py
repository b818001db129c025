"""Briefs for tests: of shipped cases, of invented news, and of news that means harm."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from detente.reading import read
from detente.reading.duplicates import signature
from detente.report.brief import Brief
from detente.store import Store, scratch
from detente.store.documents import save
from detente.store.records import Origin
from detente.workspace.briefing import Asking, brief_of_case, brief_of_store

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "cases"
DAY = Asking(today=date(2026, 1, 2))

HOSTILE = (
    "Ruritania said it would open the pass only after Freedonia had freed the prisoners.\n\n"
    "Freedonia wants the pass opened before it frees the prisoners <script>alert(1)</script> & "
    "'\"][x](http://example.org/a) \u202etxt.exe " + "w" * 300 + ".\n"
)

DATED = (
    (
        "a.txt",
        "2020-01-28",
        "Ruritania said it would open the pass only after Freedonia had freed the prisoners.\n\n"
        "Freedonia wants the pass opened before it frees the prisoners.\n",
    ),
    (
        "b.txt",
        "2020-02-29",
        "Ruritania promised to open the pass. Freedonia demanded that Ruritania open the pass. "
        "Freedonia refused to free the prisoners.\n",
    ),
)


def store_dated(store: Store) -> None:
    """Put two documents of two days into a workspace."""
    for name, day, text in DATED:
        save(store, Origin(f"/x/{name}", date=day), read(text, name), signature(text), "rules")


@cache
def of_case(name: str) -> Brief:
    """Return the brief of a shipped case, without any workspace."""
    return brief_of_case(str(CASES / name), DAY)


@cache
def of_dated() -> Brief:
    """Return the brief of two dated documents that nobody has reviewed."""
    with scratch() as store:
        store_dated(store)
        return brief_of_store(store, DAY, unreviewed=True)


@cache
def of_hostile() -> Brief:
    """Return the brief of news that tries to break out of every format."""
    with scratch() as store:
        name = "<b>news</b>.txt"
        text = HOSTILE
        save(store, Origin("/x/news"), read(text, name), signature(text), "rules")
        return brief_of_store(
            store, Asking(today=DAY.today, title="</title><script>x</script>"), unreviewed=True
        )


class Page(HTMLParser):
    """What an HTML document contains."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.words: list[str] = []
        self._hidden = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.tags.append((tag, own))
        if own.get("id"):
            self.ids.append(own["id"] or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self._hidden += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a kind."""
        return [own for name, own in self.tags if name == tag]

    @property
    def text(self) -> str:
        """The words, blanks put right."""
        return " ".join("".join(self.words).split())


def docx_part(content: bytes | str, name: str = "word/document.xml") -> str:
    """Return a part of a DOCX file."""
    assert isinstance(content, bytes)
    with ZipFile(BytesIO(content)) as file:
        return file.read(name).decode("utf-8")


def docx_text(content: bytes | str) -> str:
    """Return the words of a DOCX file, a line for each paragraph."""
    import html

    parts = re.split(r"</w:p>", docx_part(content))
    lines = ("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part)) for part in parts)
    return html.unescape("\n".join(lines))
