"""The raw text, which never changes, and views of it that keep every offset."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["Document", "Span", "fold", "mask", "sentences", "trim"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of Unicode code points in the raw text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of ``text`` in the span."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """Return how many code points the two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def covers(self, other: Span) -> bool:
        """Tell whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read, with a name and a fingerprint.

    Attributes:
        name: what the statements call it, for instance the file's name.
        text: the raw text: no newline translation, no normalisation.
        sha256: fingerprint of the UTF-8 bytes of ``text``; lone surrogates are kept.
    """

    name: str
    text: str
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the fingerprint."""
        raw = self.text.encode("utf-8", errors="surrogatepass")
        object.__setattr__(self, "sha256", hashlib.sha256(raw).hexdigest())


_SAME = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"',
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\u200b": " ", "\ufeff": " ",
    "‑": "-", "‐": "-", "—": "–", "―": "–", "−": "–",
}  # fmt: skip
_TABLE = str.maketrans(_SAME)
_GROWS = re.compile("[İ]")


def fold(text: str) -> str:
    """Return ``text`` in lower case with plain quotes and spaces, code point for code point.

    ``len(fold(text)) == len(text)`` always, so offsets in one are offsets in the other.
    """
    if text.isascii():
        lowered = text.lower()
        if "\t" in lowered or "`" in lowered:
            return lowered.replace("\t", " ").replace("`", "'")
        return lowered
    folded = text.translate(_TABLE)
    lowered = folded.lower()
    if len(lowered) != len(folded):  # a few capitals become two code points
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
    return lowered


def mask(text: str, hidden: Iterable[Span], joined: Iterable[int] = ()) -> str:
    """Return ``text`` with the hidden spans and the joined line ends turned into spaces.

    Args:
        text: the raw text.
        hidden: ranges that the reader must not see (residue).
        joined: offsets of line-end characters at which the sentence goes on.
    """
    pieces: list[str] = []
    at = 0
    for span in sorted(hidden):
        if span.start < at:
            continue
        pieces.append(text[at : span.start])
        pieces.append(" " * len(span))
        at = span.end
    pieces.append(text[at:])
    masked = "".join(pieces)
    places = list(joined)
    if places:
        chars = list(masked)
        for place in places:
            chars[place] = " "
        masked = "".join(chars)
    return masked


_EDGE = frozenset(" \t\r\n\v\f\u00a0\u2009\u202f\u200b\ufeff\u2028\u2029\x85\"'“”‘’„«»`´‟.,;:–—―…|")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without quotation marks, stops, dashes and spaces at its two ends.

    A full stop that belongs to an abbreviation such as ``U.S.`` goes too: the contract wants
    spans that end in a word.
    """
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    return start, end


_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen sen rep gov lt col maj sgt capt cmdr adm rev hon st jr sr vs etc al
    no inc ltd co corp dept est fig approx jan feb mar apr jun jul aug sep sept oct nov dec mt
    ft pres amb eg ie viz cf pp vol messrs mme mlle brig hr supt msgr""".split()
)
_STARTERS = frozenset(
    """the a an he she it they we i but and in on at this that these those his her their its our
    however meanwhile then there after before when while if as for by both neither mr mrs ms
    dr yet so under since although though once until unless asked according still also earlier
    last""".split()
)
_STOP = re.compile(r"(?:[.!?…]+|[。！？])(?:[\"'”’»)\]]*)")
_INITIAL = re.compile(r"(?:^|[\s(“\"‘'])(?:[A-Z]\.?-?)$")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.){1,}[A-Za-z]$")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*([\w’'-]+)")


def sentences(view: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Split a view of the text into sentences.

    A line end that is still in the view ends a sentence (see :func:`mask` for joined lines). A
    full stop does not end one after an abbreviation, an initial, or inside ``U.S.`` unless the
    next word usually begins a sentence.

    Args:
        view: a masked text; offsets are those of the raw text.
        start: where to begin.
        end: where to stop; the end of the text if ``None``.

    Returns:
        The sentences in order, each from its first to its last non-space character.
    """
    found: list[Span] = []
    stop = len(view) if end is None else end
    for block in re.finditer(r"[^\r\n\v\f\u2028\u2029\x85]+", view[start:stop]):
        lo, hi = start + block.start(), start + block.end()
        at = lo
        for mark in _STOP.finditer(view, lo, hi):
            if mark.start() < at or not _ends_sentence(view, mark.start(), mark.end(), at, hi):
                continue
            _add(found, view, at, mark.end())
            at = mark.end()
        _add(found, view, at, hi)
    return found


_LONGEST = 3000  # code points: a longer "sentence" is a list, a table or an attack


def _add(found: list[Span], view: str, start: int, end: int) -> None:
    while end - start > _LONGEST:
        cut = view.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        _add(found, view, start, cut)
        start = cut
    piece = view[start:end]
    lead = len(piece) - len(piece.lstrip())
    body = piece.strip()
    if any(c.isalnum() for c in body):
        found.append(Span(start + lead, start + lead + len(body)))


def _ends_sentence(view: str, mark: int, after: int, begin: int, limit: int) -> bool:
    """Tell whether the stop at ``view[mark:after]`` ends the sentence that began at ``begin``."""
    if after >= limit:
        return True
    if view[after : after + 1] not in (" ", "\t", "\u00a0") and view[mark] in ".!?…":
        return False
    following = _NEXT_WORD.match(view, after, min(limit, after + 400))
    if following is None:
        return True
    word = following.group(1)
    closed = any(c in "\"'”’»" for c in view[mark:after])
    if word[0].islower():
        return False
    if view[mark] in "!?。！？":
        return True
    if view[mark : mark + 2] == ".." or view[mark] == "…":
        return word[0].isupper()
    if closed and view[mark] == ".":
        return True
    before = view[max(begin, mark - 30) : mark]
    last = _LAST_WORD.search(before)
    if last is None:
        return True
    previous = last.group(1)
    if _ACRONYM.search(previous) or (previous in ("U.S", "U.N", "E.U", "U.K")):
        return fold(word) in _STARTERS
    if len(previous) == 1 and previous.isupper() and _INITIAL.search(before):
        return fold(word) in _STARTERS and previous != "I"
    low = previous.lower()
    if low in ("jan", "feb", "mar", "no", "sen", "rep", "st", "co", "mar", "est", "al", "oct"):
        return not (previous[0].isupper() or word[0].isdigit())
    return low not in _ABBREVIATIONS


def sentence_at(spans: Sequence[Span], offset: int) -> int:
    """Return the index of the sentence that holds ``offset`` (the next one if between two)."""
    lo, hi = 0, len(spans)
    while lo < hi:
        middle = (lo + hi) // 2
        if spans[middle].end <= offset:
            lo = middle + 1
        else:
            hi = middle
    return lo
