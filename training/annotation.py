"""The corpus's file format: one negotiation a file, statements marked in the text.

``corpus/GUIDELINES.md`` describes the format and what the marks mean. Offsets count Unicode code
points in the article's plain text: its lines without marks, joined by a blank line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from detente.reading.lines import LABELS
from detente.reading.text import trim
from detente.reading.types import TYPES

__all__ = """ROOT TEXTS Article CorpusError Gold Negotiation Paragraph load_corpus
    parse""".split()

TYPE_NAMES = tuple(kind.name for kind in TYPES)
ATTRIBUTIONS = ("direct", "indirect", "author")
MODALITIES = ("asserted", "conditional", "expected", "hedged")
KINDS = ("peace", "border", "trade", "climate", "labour", "hostage", "nuclear", "other")
REGISTERS = (
    "wire",
    "analysis",
    "op-ed",
    "interview",
    "communique",
    "explainer",
    "live-blog",
    "regional",
)
SPLITS = ("train", "dev", "test")
_HEAD = ("negotiation", "title", "kind", "region", "years")
_KEYS = ("cue", "before", "after", "if", "modality", "issue")
_ARTICLE = re.compile(r"## (\d+) ([a-z-]+) (\d{4}(?:-\d\d){0,2})$")
_LABEL = re.compile(r"\[([a-z-]+)\] ")
_MARK = re.compile(r"\{(\d+)\||\}")
_REPEAT = re.compile(r"> (\d+) = (\d+)$")
GAP = "\n\n"

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "corpus" / "texts"


class CorpusError(Exception):
    """A line that breaks the format: the message names file, line and rule."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated statement; offsets are those of the article's plain text."""

    number: int
    start: int
    end: int
    text: str
    type: str
    speaker: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    attribution: str
    cue: str | None
    before: str | None
    after: str | None
    condition: str | None
    modality: str
    issue: str
    repeat_of: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of an article: its label, plain text, offset and statements."""

    label: str
    text: str
    start: int
    line: int
    statements: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a negotiation."""

    number: int
    register: str
    date: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """Return the plain text, as a reader would meet it."""
        return GAP.join(paragraph.text for paragraph in self.paragraphs)

    @property
    def statements(self) -> tuple[Gold, ...]:
        """Return every statement, in order of the text."""
        return tuple(s for paragraph in self.paragraphs for s in paragraph.statements)

    @property
    def originals(self) -> list[Gold]:
        """Return the statements without those that a pull quote reprints."""
        return [s for s in self.statements if s.repeat_of is None]


@dataclass(frozen=True, slots=True)
class Negotiation:
    """One file of the corpus."""

    id: str
    title: str
    kind: str
    region: str
    years: str
    articles: tuple[Article, ...] = field(default=())

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the running text's paragraphs, without residue and headings."""
        return tuple(p for a in self.articles for p in a.paragraphs if p.label == "body")


def load_corpus(folder: Path) -> dict[str, Negotiation]:
    """Parse every text of the corpus, by id, in order of their names."""
    return {path.stem: parse(path) for path in sorted(folder.glob("*.txt"))}


def parse(path: Path) -> Negotiation:
    """Parse one file.

    Raises:
        CorpusError: the first line that breaks the format.
    """
    return _Parser(path).negotiation()


class _Parser:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text("utf-8").split("\n")
        self.at = 0

    def error(self, message: str, line: int | None = None) -> CorpusError:
        return CorpusError(f"{self.path.name}:{(self.at if line is None else line) + 1}: {message}")

    def peek(self) -> str | None:
        """Return the next line that is not blank, without taking it."""
        while self.at < len(self.lines) and not self.lines[self.at].strip():
            self.at += 1
        return self.lines[self.at] if self.at < len(self.lines) else None

    def negotiation(self) -> Negotiation:
        head: dict[str, str] = {}
        while (line := self.peek()) is not None and not line.startswith("##"):
            key, colon, value = line.partition(":")
            if not colon or key not in _HEAD or key in head:
                raise self.error(f"the head has {', '.join(_HEAD)}, once each; not {line[:40]!r}")
            head[key] = value.strip()
            self.at += 1
        missing = [key for key in _HEAD if not head.get(key)]
        if missing:
            raise self.error(f"the head lacks {', '.join(missing)}")
        if head["kind"] not in KINDS:
            raise self.error(f"kind is one of {', '.join(KINDS)}")
        if head["negotiation"] != self.path.stem:
            raise self.error(f"negotiation must be the file's name, {self.path.stem}")
        articles: list[Article] = []
        while self.peek() is not None:
            articles.append(self.article(len(articles) + 1))
        if not articles:
            raise self.error("no article (a line '## 1 wire 1978-09-12')")
        return Negotiation(
            head["negotiation"],
            head["title"],
            head["kind"],
            head["region"],
            head["years"],
            tuple(articles),
        )

    def article(self, expected: int) -> Article:
        match = _ARTICLE.match(self.lines[self.at])
        if match is None:
            raise self.error("an article begins with '## number register date'")
        if int(match[1]) != expected:
            raise self.error(f"articles are numbered in order: expected {expected}")
        if match[2] not in REGISTERS:
            raise self.error(f"register is one of {', '.join(REGISTERS)}")
        self.at += 1
        paragraphs: list[Paragraph] = []
        by_number: dict[int, Gold] = {}
        offset = 0
        while (line := self.peek()) is not None and not line.startswith("##"):
            paragraph = self.paragraph(offset, by_number)
            paragraphs.append(paragraph)
            offset += len(paragraph.text) + len(GAP)
        if not paragraphs:
            raise self.error("the article is empty")
        return Article(expected, match[2], match[3], tuple(paragraphs))

    def paragraph(self, offset: int, by_number: dict[int, Gold]) -> Paragraph:
        place = self.at
        raw = self.lines[self.at].strip()
        if raw.startswith(">"):
            raise self.error("a statement without a paragraph above it")
        label = "body"
        match = _LABEL.match(raw)
        if match:
            label = match[1]
            if label not in LABELS:
                raise self.error(f"label is one of {', '.join(LABELS)}")
            raw = raw[match.end() :]
        text, spans = self.unmark(raw)
        self.at += 1
        rows: dict[int, tuple[str, int]] = {}
        while self.at < len(self.lines) and self.lines[self.at].startswith(">"):
            row = self.lines[self.at].rstrip()
            leading = re.match(r"> (\d+) ", row)
            if leading is None:
                raise self.error("a statement begins with '> number '")
            if int(leading[1]) in rows:
                raise self.error(f"statement {leading[1]} is described twice")
            rows[int(leading[1])] = (row, self.at)
            self.at += 1
        if set(rows) != set(spans):
            odd = sorted(set(rows) ^ set(spans))
            raise self.error(
                f"marks and '>' lines differ: {', '.join(map(str, odd))} is only in one of them",
                place,
            )
        found = []
        for number, (start, end) in sorted(spans.items(), key=lambda item: item[1]):
            if number in by_number:
                raise self.error(f"number {number} was used before in this article", place)
            row, where = rows[number]
            gold = self.gold(row, where, number, (start, end), text, offset, label, by_number)
            by_number[number] = gold
            found.append(gold)
        return Paragraph(label, text, offset, place + 1, tuple(found))

    def unmark(self, raw: str) -> tuple[str, dict[int, tuple[int, int]]]:
        """Return the text without marks and the range of each mark in it."""
        parts: list[str] = []
        size = last = 0
        open_marks: list[tuple[int, int]] = []
        spans: dict[int, tuple[int, int]] = {}
        for match in _MARK.finditer(raw):
            parts.append(raw[last : match.start()])
            size += match.start() - last
            last = match.end()
            if match[1]:
                open_marks.append((int(match[1]), size))
            elif open_marks:
                number, start = open_marks.pop()
                if number in spans:
                    raise self.error(f"mark {number} stands twice")
                spans[number] = (start, size)
            else:
                raise self.error("a '}' without its '{n|'")
        if open_marks:
            raise self.error(f"mark {open_marks[-1][0]} is not closed")
        parts.append(raw[last:])
        text = "".join(parts)
        if "{" in text:
            raise self.error("'{' stands for marks only: '{n|'")
        return text, spans

    def gold(
        self,
        row: str,
        where: int,
        number: int,
        span: tuple[int, int],
        text: str,
        offset: int,
        label: str,
        by_number: dict[int, Gold],
    ) -> Gold:
        start, end = trim(text, *span)
        words = text[start:end]
        if not words:
            raise self.error(f"the span of statement {number} is empty", where)
        place = (offset + start, offset + end)
        repeat = _REPEAT.match(row)
        if (label == "pull-quote") != bool(repeat):
            raise self.error("only pull quotes have, and have only, lines '> 3 = 2'", where)
        if label != "body" and not repeat:
            raise self.error(f"a line labelled {label} holds no statement", where)
        if repeat:
            first = by_number.get(int(repeat[2]))
            if first is None:
                raise self.error(f"there is no earlier statement {repeat[2]} to repeat", where)
            return Gold(
                number, *place, words, first.type, first.speaker, first.actors, first.targets,
                first.attribution, first.cue, first.before, first.after, first.condition,
                first.modality, first.issue, first.number, where + 1,
            )  # fmt: skip
        fields = [part.strip() for part in row.split(" | ")]
        if len(fields) < 4 or " > " not in fields[2]:
            raise self.error(
                "expected '> n type | speaker | actors > targets | attribution'", where
            )
        kind = fields[0].split(" ", 2)[2]
        if kind not in TYPE_NAMES:
            raise self.error(f"type is one of {', '.join(TYPE_NAMES)}; not {kind!r}", where)
        if fields[3] not in ATTRIBUTIONS:
            raise self.error(f"attribution is one of {', '.join(ATTRIBUTIONS)}", where)
        extra: dict[str, str] = {}
        for part in fields[4:]:
            key, colon, value = part.partition(": ")
            if not colon or key not in _KEYS or key in extra or not value.strip():
                raise self.error(f"keys are {', '.join(_KEYS)}, once each; not {part!r}", where)
            extra[key] = value.strip()
        for key in ("cue", "issue"):
            if key not in extra:
                raise self.error(f"{key} is missing ('cue: -' if there is none)", where)
        modality = extra.get("modality", "conditional" if "if" in extra else "asserted")
        if modality not in MODALITIES:
            raise self.error(f"modality is one of {', '.join(MODALITIES)}", where)
        for key in ("cue", "before", "after", "if"):
            value = extra.get(key, "-")
            if value != "-" and value not in text:
                raise self.error(f"{key} {value!r} is not in the paragraph word for word", where)
        if ("before" in extra) != ("after" in extra):
            raise self.error("before and after: both or neither", where)
        actors, _, targets = fields[2].partition(" > ")
        return Gold(
            number,
            *place,
            words,
            kind,
            fields[1],
            _names(actors),
            _names(targets),
            fields[3],
            None if extra["cue"] == "-" else extra["cue"],
            extra.get("before"),
            extra.get("after"),
            extra.get("if"),
            modality,
            extra["issue"],
            None,
            where + 1,
        )


def _names(field_text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in field_text.split(";"))
    return () if names == ("-",) else tuple(name for name in names if name)
