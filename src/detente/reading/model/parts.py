"""What the model sees at once: whole paragraphs of the running text, their sentences numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from detente.reading.units import Page, Sentence

__all__ = ["LONGEST", "Part", "parts_of"]

LONGEST = 6000
"""Characters of a part: about 1,500 tokens of a language model."""

_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no JSON carries it


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences that are sent together; the model calls them 1, 2, 3, ….

    Attributes:
        page: the document.
        sentences: the sentences, in order; none is a heading or residue.
    """

    page: Page
    sentences: tuple[Sentence, ...]

    @property
    def lines(self) -> Iterator[str]:
        """Yield what is sent: a numbered line for each sentence, a blank one between paragraphs.

        Runs of blanks and line ends inside a sentence become one space, residue with them.
        """
        paragraph = self.sentences[0].paragraph
        for number, sentence in enumerate(self.sentences, 1):
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                yield ""
            words = self.page.masked[sentence.span.start : sentence.span.end].split()
            yield f"{number}: {_SURROGATE.sub('�', ' '.join(words))}"

    def halves(self) -> tuple[Part, Part] | None:
        """Return the part in two, at a paragraph if one ends inside; ``None`` for one sentence."""
        if len(self.sentences) < 2:
            return None
        middle = len(self.sentences) // 2
        ends = [
            k
            for k in range(1, len(self.sentences))
            if self.sentences[k].paragraph != self.sentences[k - 1].paragraph
        ]
        cut = min(ends, key=lambda k: abs(k - middle), default=middle)
        return Part(self.page, self.sentences[:cut]), Part(self.page, self.sentences[cut:])


def parts_of(page: Page, longest: int = LONGEST) -> list[Part]:
    """Return the running text of a page in parts of whole paragraphs.

    A paragraph longer than a part is cut between two sentences; a sentence is never cut.

    Args:
        page: the document.
        longest: most characters of a part.
    """
    body = [s for s in page.outer if not s.heading and s.tokens]
    parts: list[Part] = []
    held: list[Sentence] = []
    for _, group in groupby(body, key=lambda s: s.paragraph):
        for piece in _pieces(list(group), longest):
            if held and _length([*held, *piece]) > longest:
                parts.append(Part(page, tuple(held)))
                held = []
            held += piece
    if held:
        parts.append(Part(page, tuple(held)))
    return parts


def _pieces(paragraph: Sequence[Sentence], longest: int) -> Iterator[list[Sentence]]:
    held: list[Sentence] = []
    for sentence in paragraph:
        if held and _length([*held, sentence]) > longest:
            yield held
            held = []
        held.append(sentence)
    yield held


def _length(sentences: Sequence[Sentence]) -> int:
    return sum(len(s.span) for s in sentences)
