"""The visible text of HTML, all of it: for feeds, and where the article cannot be told apart."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass

__all__ = ["Visible", "look", "visible_text"]

_HIDDEN = frozenset({"script", "style", "template", "noscript", "svg", "math", "object", "iframe"})
_INLINE_TAGS = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s
samp small span strike strong sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_SPACE = re.compile(r"[^\S\u00a0\u2009\u202f]+")


@dataclass(frozen=True, slots=True)
class Visible:
    """What a page shows.

    Attributes:
        text: one line a paragraph; scripts and styles are left out, nothing else.
        title: its title.
        elements: number of its elements.
        depth: how deeply they are nested.
    """

    text: str
    title: str | None
    elements: int
    depth: int


class _Collector:
    """Receives lxml's events, so that no tree is built and depth does not matter."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.title: list[str] = []
        self.elements = 0
        self.deepest = 0
        self._depth = 0
        self._line: list[str] = []
        self._hidden = 0
        self._in_title = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "title":
            self._in_title = not self.title and not self._hidden
        elif tag in ("td", "th"):
            self._line.append(" ")
        elif tag not in _INLINE:
            self._break()

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "title":
            self._in_title = False
        elif tag not in _INLINE and tag not in ("td", "th"):
            self._break()

    def data(self, text: str) -> None:
        if self._in_title:
            self.title.append(text)
        elif not self._hidden:
            self._line.append(text)

    def comment(self, text: str) -> None:
        pass

    def close(self) -> None:
        self._break()

    def _break(self) -> None:
        if self._line:
            line = _SPACE.sub(" ", "".join(self._line)).strip()
            self._line.clear()
            if line:
                self.lines.append(line)


def look(html: str) -> Visible:
    """Return what a page or a fragment of HTML shows, and how large it is."""
    etree = importlib.import_module("lxml.etree")  # has no types
    collector = _Collector()
    parser = etree.HTMLParser(target=collector, huge_tree=True, recover=True)
    try:
        parser.feed(html.replace("\0", ""))
        parser.close()
    except (etree.LxmlError, AssertionError):  # nothing to parse
        collector.close()
    title = " ".join("".join(collector.title).split())
    text = "\n".join(collector.lines)
    return Visible(text, title or None, collector.elements, collector.deepest)


def visible_text(html: str) -> str:
    """Return the text that a fragment of HTML shows."""
    return look(html).text
