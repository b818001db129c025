"""Who wants what: each party's stated preferences in words, with the statements behind them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.deadlock.wording import involved
from detente.analysis.sensitivity.results import Preference
from detente.model.parts import Party, Perception, Ranking
from detente.report.brief.document import (
    Block,
    Bullets,
    Heading,
    Inline,
    Item,
    Line,
    Paragraph,
    Text,
)
from detente.report.brief.writing import Writer, lines_joined
from detente.report.draft_words import DraftWords
from detente.report.evidence import one_line
from detente.report.words import capital, plural, spaced

__all__ = ["preference_lines", "wants"]

_MOST_TIERS = 24
_PRESUMED = frozenset({"gain", "cost"})


def wants(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks: a heading and a list for each party."""
    lead = "Each party's preferences, the most important first. "
    if any(own.hinge for own in writer.given.sensitivity.preferences):
        lead += "▸ marks those on which the headline hangs."
    blocks: list[Block] = [Paragraph(writer.text(lead))]
    for party in writer.case.parties:
        blocks += _party(party, writer)
    return tuple(blocks)


def _party(party: Party, writer: Writer) -> Iterator[Block]:
    names = writer.words.names
    letter = writer.words.letters[party.id]
    yield Heading(f"{names[party.id]} ({letter})", f"wants-{party.id}")
    notes = []
    if party.outside:
        notes.append("Not at the table.")
    if party.constituent_of:
        notes.append(f"Must ratify what {names[party.constituent_of]} agrees.")
    if notes:
        yield Paragraph(writer.text(" ".join(notes)), "quiet")
    yield from preference_lines(party, writer)
    shown = {id for own in writer.preferences[party.id] for id in own.stated.evidence}
    other = [id for id in party.evidence if id not in shown]
    if other:
        yield Paragraph((Text("It also speaks in"), *writer.cite(other), Text(".")), "quiet")


def preference_lines(party: Party, writer: Writer, *, hinges: bool = True) -> Iterator[Block]:
    """Yield what a party prefers, as a list.

    Args:
        party: the party.
        writer: writes the brief.
        hinges: mark the preferences on which the headline hangs, and cite statements.
    """
    if isinstance(party.preferences, Ranking):
        yield from _ranking(party.preferences, writer)
        return
    own = writer.preferences[party.id]
    if not own:
        yield Paragraph(writer.text("No preference is stated: it is taken to be indifferent."))
        return
    if own[0].stated.form == "weights":
        yield Paragraph(writer.text("The states are scored by the sum of these weights."), "quiet")
    items = (
        Item(_preference(p, writer, hinges), writer.anchor(party.id, p.stated.number)) for p in own
    )
    yield Bullets(tuple(items), ordered=True)


def _preference(own: Preference, writer: Writer, hinges: bool) -> Line:
    stated = own.stated
    words = writer.preference(stated.party, stated.number)
    line: list[Inline] = [Text("▸ ", "strong")] if own.hinge and hinges else []
    line += [Text(words, "code")] if _raw(own, words) else writer.text(capital(words))
    named = _options(own, writer)
    if named:
        line.append(Text(f" · {named}", "quiet"))
    if hinges:
        presumed = _presumed(own, writer)
        if presumed:
            line.append(Text(f" ({presumed})", "quiet"))
        line += writer.cite(stated.evidence)
    return tuple(line)


def _raw(own: Preference, words: str) -> bool:
    """Tell whether the words are a statement as it was written, and not plain English too."""
    clause = own.stated.clause
    if clause is None:
        return False
    if len(involved(clause.statement)) < 2 and not set("=<>!") & set(own.stated.text):
        return False
    return words == own.stated.text or words.startswith(f"{own.stated.text} (")


def _options(own: Preference, writer: Writer) -> str:
    """Return what it speaks of by its full name: "Taliban: Stop fighting"."""
    if own.stated.clause is None:
        return ""
    options = [writer.case.options[k] for k in involved(own.stated.clause.statement)]
    named = (
        f"{writer.words.party(option.owner)}: {option.name}"
        for option in options
        if option.name.casefold() not in (option.id, spaced(option.id))
    )
    return one_line("; ".join(named))


def _presumed(own: Preference, writer: Writer) -> str:
    """Return what a draft presumes, where no statement says it."""
    draft = writer.given.draft
    if draft is None:
        return ""
    for party in draft.parties:
        if party.id == own.stated.party and own.stated.place < len(party.clauses):
            clause = party.clauses[own.stated.place]
            return DraftWords(draft).clause(clause.kind) if clause.kind in _PRESUMED else ""
    return ""


def _ranking(ranking: Ranking, writer: Writer) -> Iterator[Block]:
    home = writer.home
    items = []
    shown = ranking.tiers if len(ranking.tiers) <= _MOST_TIERS + 1 else ranking.tiers[:_MOST_TIERS]
    for tier in shown:
        names = [writer.text(writer.words.named(state)) for state in tier[:6]]
        if len(tier) > 6:
            names.append((Text(f"{len(tier) - 6:,} more states"),))
        line = lines_joined(names, ", or equally ")
        if home in tier:
            line = (*line, Text("  ← the status quo", "quiet"))
        items.append(Item(line))
    if len(shown) < len(ranking.tiers):
        rest = len(ranking.tiers) - len(shown)
        items.append(
            Item((Text(f"and {plural(rest, 'further rank')}, as the case file has them", "quiet"),))
        )
    yield Paragraph(writer.text("Its order of the states, best first:"), "quiet")
    yield Bullets(tuple(items), ordered=True)


def perception_line(own: Perception, writer: Writer) -> str:
    """Return "Iraq has its own picture of what Syria prefers"."""
    names = writer.words.names
    return f"{names[own.viewer]} has a picture of its own of what {names[own.seen]} prefers"
