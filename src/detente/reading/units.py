"""Paragraphs, quotations and sentences of a masked text, ready for the taggers."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.reading.clauses import Group, find_groups
from detente.reading.lexicon import lexicon
from detente.reading.lines import Line
from detente.reading.quotes import quotations
from detente.reading.text import Document, Span, fold, mask, sentences
from detente.reading.tokens import Token, tokenize

__all__ = ["Page", "Sentence", "build_page"]

_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"([^\s]+)\s*$")
_LABEL = re.compile(
    r"(?P<name>(?-i:[A-ZÀ-Þ])[\w.'’() -]{0,50}?(?:, [\w '’.-]{2,40})?)(?P<colon>:) ?(?=[\w\"“‘'(\[])"
)
_DATELINE = re.compile(
    r"(?-i:[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40})(?:, [\w .,]{2,40})?(?: ?\([\w /.-]{2,30}\))? ?(?:[–—]|--?) +(?=\S)"
    r"|(?-i:[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,2})(?:, [\w .,]{2,30})? \((?:reuters|ap|afp|xinhua|tass|dpa|upi|ips|irin)\) ?(?:[–—]|--?) +(?=\S)",
    re.IGNORECASE,
)
_NO_SPEAKER = re.compile(
    r"(?:note|update|correction|photo|image|caption|source|sources|read more|related|watch|location|date|time|where|when|what|why|how|step|chapter|part|section|figure|table|background|analysis|opinion|exclusive|breaking|editor'?s note|key points?|summary|the latest|live|fact check|video|conclusion|result|example|warning|tip|more|also|topics?|tags?|the (?:bottom line|takeaway|result|upshot|problem|question|answer|issue|goal|point|reason|claim|facts?))\b.*",
)


@dataclass(slots=True)
class Sentence:
    """A sentence with its words.

    Attributes:
        span: where it stands.
        tokens: its words; each unit quotation is one token in an outer sentence.
        groups: its verb groups.
        paragraph: number of its paragraph.
        quote: index of the quotation it is part of, for an inner sentence; otherwise ``None``.
        turn: name span of the speaker of a printed dialogue, if it is a turn of one.
        heading: whether it stands in a heading.
    """

    span: Span
    tokens: list[Token]
    groups: list[Group]
    paragraph: int
    quote: int | None = None
    turn: Span | None = None
    heading: bool = False


@dataclass(slots=True)
class Page:
    """Everything the taggers need of one document.

    Attributes:
        document: the raw text.
        masked: the text without residue, same length.
        view: the masked text, folded.
        quotes: all quotations, marks included.
        units: indices of quotations that are whole utterances, not a few quoted words.
        outer: sentences in which every unit is one token.
        inner: sentences inside units, in order.
    """

    document: Document
    masked: str
    view: str
    quotes: list[Span]
    units: list[int]
    outer: list[Sentence] = field(default_factory=list)
    inner: list[Sentence] = field(default_factory=list)

    def sentence_of(self, offset: int) -> Sentence | None:
        """Return the outer sentence that holds an offset."""
        for sentence in self.outer:
            if sentence.span.start <= offset < sentence.span.end:
                return sentence
        return None


def build_page(document: Document, lines: Sequence[Line]) -> Page:
    """Mask the residue, find quotations and split what is left into sentences."""
    text = document.text
    hidden = [line.span for line in lines if line.is_residue]
    body = [line for line in lines if not line.is_residue]
    joined: list[int] = []
    for before, here in itertools.pairwise(body):
        if before.label == here.label == "body" and _goes_on(text, before, here):
            joined.extend(range(before.end, here.start))
    masked = mask(text, hidden, joined)
    heads = [line for line in body if line.label == "heading"]
    view = fold(masked)
    quotes = quotations(masked)
    units = [i for i, quote in enumerate(quotes) if _is_unit(view, masked, quote)]
    page = Page(document, masked, view, quotes, units)
    _split(page, {line.start for line in heads}, [line.span for line in body])
    return page


_UNFINISHED = re.compile(r"[.!?:…][\"')\]]*\s*$")


def _goes_on(text: str, before: Line, here: Line) -> bool:
    """Tell whether a sentence runs on from one body line into the next."""
    if _UNFINISHED.search(fold(text[max(before.start, before.end - 8) : before.end])):
        return False
    gap = text[before.end : here.start]
    if text[here.start].islower():
        return True
    wrapped = gap.count("\n") == 1 and not gap.strip() and 45 <= before.end - before.start <= 130
    return wrapped and len(text[before.start : before.end].split()) >= 7


def _is_unit(view: str, masked: str, quote: Span) -> bool:
    """Tell whether a quotation is an utterance of its own rather than a few quoted words."""
    width = 2 if view.startswith("''", quote.start) else 1
    inside = view[quote.start + width : quote.end - width].strip()
    words = _WORD.findall(inside[:400])
    if not words:
        return False
    line_start = max(view.rfind("\n", 0, quote.start), view.rfind("\r", 0, quote.start)) + 1
    lead = view[max(line_start, quote.start - 60) : quote.start].rstrip()
    tail = view[quote.end : quote.end + 40]
    stopped = inside[-1:] in ".,!?–…-"
    outside = tail[:1] in ",." and tail[:1] != ""
    at_start = not lead or lead[-1] in ".!?\"':,–;(" or lead.endswith("''")
    first = masked[quote.start + width : quote.end].lstrip()[:1]
    capital = first.isupper() or first.isdigit() or first in "…[‘'("
    if at_start and (stopped or len(words) >= 6):
        if lead[-1:] in (",", "–") and not capital:
            return _cue_near(lead)
        if lead[-1:] == "" or lead[-1] in ".!?\"'":
            return stopped or outside or len(words) >= 4
        return len(words) >= 2
    if capital and _cue_near(lead) and (stopped or len(words) >= 5):
        return True
    return not lead and (outside and len(words) >= 2)


def _cue_near(lead: str) -> bool:
    forms, classes = lexicon().forms, lexicon().classes
    for word in _WORD.findall(lead)[-6:]:
        found = forms.get(word)
        if found and "report" in classes.get(found[0], frozenset()):
            return True
    return False


def _split(page: Page, headings: set[int], body: Sequence[Span]) -> None:
    """Fill the outer and the inner sentences of a page."""
    chars = page.masked
    units = [page.quotes[i] for i in page.units]
    pieces: list[str] = []
    at = 0
    for unit in units:  # hide the stops inside utterances from the splitter
        inside_end = unit.end - 1
        keep = inside_end
        while keep > unit.start + 1 and chars[keep - 1] in ".!?…":
            keep -= 1
        pieces.append(chars[at : unit.start + 1])
        pieces.append("x" * (keep - unit.start - 1))
        at = keep
    pieces.append(chars[at:])
    closed = "".join(pieces)
    paragraph = 0
    last_end = 0
    for span in sentences(closed):
        if any(c in "\r\n\u2028\u2029" for c in closed[last_end : span.start]):
            paragraph += 1
        last_end = span.end
        heading = span.start in headings
        turn = None
        begin = span
        dateline = _DATELINE.match(chars, span.start, min(span.end, span.start + 80))
        if dateline:
            begin = span = Span(dateline.end(), span.end)
        label = _LABEL.match(chars, span.start, min(span.end, span.start + 110))
        new_line = _at_line_start(closed, span.start)
        if label and new_line and _speaker_label(label.group("name")):
            turn = Span(*label.span("name"))
            begin = Span(label.end("colon"), span.end)
        sentence = _sentence(page, begin, paragraph, units)
        sentence.turn, sentence.heading = turn, heading
        page.outer.append(sentence)
    for number in page.units:
        quote = page.quotes[number]
        for span in sentences(page.masked, quote.start + 1, quote.end):
            inner = Sentence(span, tokenize(page.masked, page.view, span), [], 0, number)
            inner.groups = find_groups(inner.tokens)
            page.inner.append(inner)
    _carry_turns(page, closed)


def _at_line_start(text: str, place: int) -> bool:
    """Tell whether only spaces stand before ``place`` on its line."""
    k = place - 1
    while k >= 0 and text[k] in " \t":
        k -= 1
    return k < 0 or text[k] in "\r\n\u2028\u2029"


def _carry_turns(page: Page, closed: str) -> None:
    """The other sentences of a turn's paragraph belong to the same speaker."""
    turn: Span | None = None
    paragraph = -1
    for sentence in page.outer:
        if sentence.turn is not None:
            turn, paragraph = sentence.turn, sentence.paragraph
        elif sentence.paragraph == paragraph and turn is not None:
            sentence.turn = turn


def _speaker_label(name: str) -> bool:
    folded = fold(name).strip()
    if _NO_SPEAKER.fullmatch(folded) or len(name.split()) > 7:
        return False
    words = re.findall(r"[\w.'’-]+", re.sub(r"\(.*", "", name))
    named = [w for w in words if w[0].isupper() or w in ("of", "the", "for", "and")]
    lead = words[: 1 + 4]
    return bool(words) and ("," in name or len(named) == len(words)) and bool(lead)


def _sentence(page: Page, span: Span, paragraph: int, units: Sequence[Span]) -> Sentence:
    first = bisect_right(units, span.start, key=lambda u: u.end)
    last = bisect_left(units, span.end, key=lambda u: u.start)
    inside = list(units[first:last])
    tokens = tokenize(page.masked, page.view, span, inside)
    return Sentence(span, tokens, find_groups(tokens), paragraph)
