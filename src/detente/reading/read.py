"""Read one text: the reader's public function."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from detente.reading.attribution import find_attributions
from detente.reading.gazetteer import Entry, gazetteer
from detente.reading.language import ENGLISH, UNKNOWN, language_of
from detente.reading.lines import Line, label_lines
from detente.reading.model.asking import Ask, ModelTally
from detente.reading.model.prompt import PROMPT_VERSION
from detente.reading.model.reader import read_with_model
from detente.reading.parties import Cast
from detente.reading.repeats import map_span
from detente.reading.results import EXTRACTOR, EXTRACTOR_VERSION, Reading, Statement
from detente.reading.statements import find_statements
from detente.reading.tagger import Tagger, load_tagger
from detente.reading.tagger.windows import windows_of
from detente.reading.text import Document, trim
from detente.reading.units import build_page

__all__ = ["read", "reader_name", "with_model", "without_model"]


def read(
    text: str,
    doc: str = "text",
    *,
    parties: Iterable[Entry] = (),
    rules_only: bool = False,
    tagger: Tagger | None = None,
    ask: Ask | None = None,
) -> Reading:
    """Read a text: label its lines, find attributions and statements, resolve the parties.

    Args:
        text: the raw text; it is never changed, and every offset counts its code points.
        doc: the name that statements carry.
        parties: more entries for the gazetteer, for instance a user's.
        rules_only: whether to do without the tagger.
        tagger: the tagger; ``None`` takes the one that ships with the package, if it can run.
        ask: carries questions to a language model that reads beside the others; ``None``: none
            does. What it raises is passed on.

    Returns:
        The reading. A text in another language has lines but no statements.

    >>> reading = read("Ruritania said it would open the pass only after the toll was paid.")
    >>> [(s.type, s.before, s.after) for s in reading.statements]
    [('precondition', 'the toll was paid', 'it would open the pass')]
    """
    document = Document(doc, text)
    lines = label_lines(document)
    body = " ".join(text[line.start : line.end] for line in lines if not line.is_residue)
    language = language_of(body[:40_000])
    if language not in (ENGLISH, UNKNOWN) or (language == UNKNOWN and len(body.split()) > 12):
        return Reading(document, language, lines)
    page = build_page(document, lines)
    attributions = find_attributions(page)
    cast = Cast(gazetteer(parties))
    if tagger is None and not rules_only:
        tagger = load_tagger()
    tags = tagger.tag(windows_of(page)) if tagger is not None else None
    statements = find_statements(page, attributions, cast, tags)
    tally: ModelTally | None = None
    if ask is not None:
        statements, tally = read_with_model(page, cast, statements, ask)
    statements = _with_repeats(text, lines, statements)
    return Reading(
        document,
        language,
        lines,
        tuple(statements),
        tuple(attributions),
        tuple(cast.counts.most_common()),
        tally,
    )


def reader_name(rules_only: bool = False) -> str:
    """Return what reads, with versions: a text read by another reader is worth reading again."""
    name = f"{EXTRACTOR} {EXTRACTOR_VERSION}"
    tagger = None if rules_only else load_tagger()
    return name if tagger is None else f"{name}, tagger {tagger.version}"


_MODEL = "; model "


def with_model(reader: str, name: str) -> str:
    """Return what reads if a language model reads beside a reader."""
    return f"{reader}{_MODEL}{name}, prompt {PROMPT_VERSION}"


def without_model(reader: str) -> str:
    """Return what reads beside the language model; the reader itself where there is none."""
    return reader.partition(_MODEL)[0]


_LONGEST = 3000  # code points: no statement is longer than a sentence


def _with_repeats(
    text: str, lines: tuple[Line, ...], statements: list[Statement]
) -> list[Statement]:
    """Add the statements that pull quotes reprint, each linked to its original."""
    added: list[Statement] = []
    times: Counter[str] = Counter()
    starts = [statement.start for statement in statements]
    for line in lines:
        if line.label != "pull-quote" or line.original is None:
            continue
        lo, hi = line.original
        first = bisect_left(starts, lo - _LONGEST)
        for statement in statements[first : bisect_left(starts, hi)]:
            if statement.end <= lo or statement.start >= hi:
                continue
            place = map_span(
                text, line.original, (line.start, line.end), (statement.start, statement.end)
            )
            if place is None:
                continue
            start, end = trim(text, *place)
            if end <= start:
                continue
            times[statement.id] += 1
            added.append(
                replace(
                    statement,
                    id=f"{statement.id}r{times[statement.id]}",
                    start=start,
                    end=end,
                    text=text[start:end],
                    repeat_of=statement.id,
                    nested_in=None,
                    cue=None,
                    sentence=(line.start, line.end),
                )
            )
    return sorted([*statements, *added], key=lambda s: (s.start, -s.end, s.id))
