"""The levers: what would open the target, what each leaves to belief, what it could break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.analysis.deadlock.verdicts import KINDS
from detente.analysis.levers.examine import NOT_IN_ZONE
from detente.analysis.levers.offers import LeverSet
from detente.report.brief.document import Block, Facts, Heading, Line, Paragraph, Table, Text
from detente.report.brief.writing import Writer, lines_joined
from detente.report.diagnosing import schedule
from detente.report.flagging import kind_name
from detente.report.levers import beliefs, change_words, exposures, set_words
from detente.report.unlocking import EFFECTS, headline, search_facts
from detente.report.words import Words, abbreviations, capital, joined, plural, spaced

__all__ = ["levers"]

_MOST_CARDS = 6
_MOST_OTHERS = 12
_ORDER = [*KINDS, NOT_IN_ZONE]


def levers(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks."""
    result = writer.given.unlocking
    if result.to is None:
        told = "There is no target to open, so no lever was looked for."
        return (Paragraph(writer.text(told)),)
    return (
        Paragraph(writer.text(headline(result))),
        *_stopped(writer),
        *_cards(writer),
        *_others(writer),
        Facts(tuple((str(key), writer.text(str(value))) for key, value in search_facts(result))),
    )


def _stopped(writer: Writer) -> Iterator[Block]:
    searched = writer.given.unlocking.searched
    if searched.reason == "stopped":
        told = (
            "The search ended before it was complete, after "
            f"{plural(searched.tried, 'changed model')}: "
            "there may be levers that are not listed here."
        )
        yield Paragraph(writer.text(told), "notice")


def _cards(writer: Writer) -> Iterator[Block]:
    opening = writer.given.unlocking.opening
    for k, found in enumerate(opening[:_MOST_CARDS], 1):
        yield Heading(f"{k}. {capital(set_words(found, writer.words))}", f"lever-{k}")
        yield Facts(tuple(_rows(found, writer)))
    if len(opening) > _MOST_CARDS:
        rest = plural(len(opening) - _MOST_CARDS, "more way")
        yield Paragraph(writer.text(f"{rest}, less good by the same order, are in detente unlock."))


def _rows(found: LeverSet, writer: Writer) -> Iterator[tuple[str, Line]]:
    words = Words(found.case)
    if found.path is not None:
        yield "path", writer.text(f"{schedule(found.path, words)}.")
    if found.stable_under:
        holds = f"Under {abbreviations(found.stable_under)}"
        more = ": nobody could gain by leaving." if "nash" in found.stable_under else "."
        yield "it holds", writer.text(holds + more)
    home = found.case.status_quo or writer.home
    exposed = list(exposures(found, words, home))
    told = (
        f"{'; '.join(exposed)}."
        if exposed
        else "Nobody: wherever it stops, nobody is worse off than now."
    )
    if found.path is not None:
        yield "exposed on the way", writer.text(capital(told))
    held = [f"{capital(text)}." for text in beliefs(found, words)]
    residual = writer.text(" ".join(held) if held else "Nothing more than what the model says.")
    yield "must be believed", residual
    yield (
        "risks",
        lines_joined(list(_risks(found, writer)), " ") or writer.text("None that the model shows."),
    )
    if found.cures:
        yield "cures", writer.text(f"{capital(joined(map(spaced, found.cures)))}.")


def _risks(found: LeverSet, writer: Writer) -> Iterator[Line]:
    for harm in found.harms:
        change = change_words(found.changes[harm.change], writer.words)
        yield writer.text(f"By itself, if {change}, {EFFECTS[harm.effect]}.")
    if found.gains_flags:
        yield writer.text(f"It brings: {joined(map(spaced, found.gains_flags))}.")
    for edge in found.against:
        by = "the model" if edge["party"] is None else writer.words.party(edge["party"])
        told = f"It goes against what {by} demands: "
        yield (
            *writer.text(told),
            Text(edge["text"], "code"),
            *writer.cite(edge["evidence"]),
            Text("."),
        )


def _others(writer: Writer) -> Iterator[Block]:
    left = [found for found in writer.given.unlocking.levers if not found.opens]
    if not left:
        return
    left.sort(key=lambda found: _ORDER.index(found.kind))
    shown = left if len(left) <= _MOST_OTHERS + 1 else left[:_MOST_OTHERS]
    rows = tuple(
        (
            writer.text(capital(set_words(found, writer.words))),
            writer.text(kind_name(found.kind)),
            writer.text(capital("; ".join(_effects(found, writer))) or "–"),
        )
        for found in shown
    )
    caption = "Not enough, taken alone"
    if len(shown) < len(left):
        caption += f": {len(shown):,} of {len(left):,}"
    yield Table(caption, ("change", "makes of the target", "and besides"), rows)


def _effects(found: LeverSet, writer: Writer) -> Iterable[str]:
    yield from (EFFECTS[harm.effect] for harm in found.harms)
    if found.cures:
        yield f"cures {joined(map(spaced, found.cures))}"
    against = [edge["party"] for edge in found.against if edge["party"] is not None]
    if against:
        yield f"goes against demands of {writer.words.parties(dict.fromkeys(against))}"
