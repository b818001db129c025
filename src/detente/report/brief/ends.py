"""What ends a brief: what is left out, the sources, the method, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator

from detente.concepts.table import CONCEPTS
from detente.report.brief.document import (
    Block,
    Bullets,
    Facts,
    Heading,
    Item,
    Paragraph,
    Sources,
    Text,
)
from detente.report.brief.writing import Writer
from detente.report.draft_words import REASONS, DraftWords
from detente.report.evidence import one_line
from detente.report.stances import day
from detente.report.words import plural, spaced

__all__ = ["colophon", "facts_of", "left_out", "method", "sources"]

_MOST_UNUSED = 30

_FORM = (
    "Strength of feeling: the model knows which of two states a party prefers, not by how much.",
    "Time: nothing is said of how long a step takes, or of what delay costs.",
    "What parties do not say: preferences are stated here; what is meant in secret is not in them.",
    "Quarrels inside a party, unless the case lists its parts as parties.",
    "Chance, mistakes, and moves that nobody listed as an option.",
)


def left_out(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks on what the model leaves out."""
    blocks: list[Block] = []
    draft = writer.given.draft
    if draft is not None:
        blocks += _of_draft(writer)
    else:
        blocks.append(
            Paragraph(
                writer.text(
                    "A case file holds a model; what its author left out may stand in its "
                    "comments, which are "
                    "no data and are not repeated here."
                )
            )
        )
    asked = [
        f"{spaced(name)}: the case does not say what it needs"
        for name in writer.given.diagnosis.not_applicable
    ]
    silent = [
        f"what {writer.words.party(p)} prefers: nothing is stated"
        for p in writer.given.sensitivity.silent
    ]
    if asked or silent:
        blocks.append(Heading("Not asked"))
        blocks.append(Bullets(tuple(Item(writer.text(f"{line}.")) for line in (*asked, *silent))))
    blocks.append(Heading("What a model of this form leaves out"))
    blocks.append(Bullets(tuple(Item(writer.text(line)) for line in _FORM)))
    return tuple(blocks)


def _of_draft(writer: Writer) -> Iterator[Block]:
    draft = writer.given.draft
    assert draft is not None
    words = DraftWords(draft, writer.given.undated)
    if draft.questions:
        yield Heading("Open questions: what the texts do not say", "questions")
        items = (
            Item((*writer.text(words.question(q)), *writer.cite(q.evidence)))
            for q in draft.questions
        )
        yield Bullets(tuple(items), ordered=True)
    if draft.left_out:
        yield Heading("Issues that did not become options")
        told = zip(words.left_out(), draft.left_out, strict=True)
        yield Bullets(
            tuple(
                Item((*writer.text(f"{what}: {why}."), *writer.cite(own.evidence)))
                for (what, why), own in told
            )
        )
    if draft.unused:
        yield Heading("Statements that shaped nothing", "unused")
        yield from _unused(writer)


def _unused(writer: Writer) -> Iterator[Block]:
    draft = writer.given.draft
    assert draft is not None
    shown = draft.unused if len(draft.unused) <= _MOST_UNUSED + 1 else draft.unused[:_MOST_UNUSED]
    items = []
    for own in shown:
        text = one_line(draft.statements[own.id].text)
        why = Text(f": such statements {REASONS[own.reason]}", "quiet")
        items.append(Item((Text(f"“{text}”"), *writer.cite([own.id]), why)))
    yield Bullets(tuple(items))
    if len(shown) < len(draft.unused):
        yield Paragraph(writer.text(f"And {len(draft.unused) - len(shown):,} more."))


def sources(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks: every footnote in full, and what could not be looked up."""
    blocks: list[Block] = []
    notes = writer.notes
    if notes:
        blocks.append(Sources(notes))
    references = writer.references
    if references:
        listed = ", ".join(one_line(id) for id in references)
        lead = "References of the case file of which no workspace at hand has the words: "
        if not notes:
            lead = "No statement that the case cites is at hand. Its own references: "
        blocks.append(Paragraph((*writer.text(lead), Text(listed, "quiet"), Text("."))))
    if not notes and not references:
        told = "The case cites no statements: who wants what is its author's reading."
        blocks.append(Paragraph(writer.text(told)))
    return tuple(blocks)


def method(writer: Writer) -> tuple[Block, ...]:
    """Return the method in half a page, and what the brief was made from."""
    concept = CONCEPTS[writer.given.diagnosis.concept]
    rule = writer.given.diagnosis.origin.sequences
    paragraphs = [
        "The brief follows the Graph Model for Conflict Resolution (GMCR). Parties control "
        "options; an option "
        "has ordered levels; a state is one level for every option. A party moves by changing its "
        "own "
        "options. It needs only the order in which each party prefers the states, no numbers. "
        "Everything is "
        "computed exactly; nothing is sampled.",
        "A party stays in a state if moving would not pay. What counts as paying is a stability "
        "concept; this "
        f"brief speaks of {concept.abbreviation} unless it says otherwise: a party {concept.gloss}"
        + (". " if rule == "legal" else f" (answers by the rule '{rule}'). ")
        + "The table of states has the other concepts. A state in which every party stays is an "
        "equilibrium.",
        "The status quo is a deadlock if everybody stays in it while somebody at the table would "
        "prefer another "
        "state. A target is a state that nobody at the table likes less than the status quo and "
        "somebody likes "
        "more. Steps towards it are stop-proof if whoever makes a step gains more from the target "
        "than from "
        "stopping there; that guards against stopping, not against every other deviation.",
        "A lever is a change of the model: a guarantor, a joint move, tranches, a preference, who "
        "sits at the "
        "table. Each was applied and the changed case solved again; what it leaves to belief is "
        "listed with it.",
        "All of this follows from the preferences stated here. If they are wrong, so is what "
        "follows. Nothing "
        "here says what will happen.",
    ]  # fmt: skip
    return tuple(Paragraph(writer.text(text)) for text in paragraphs)


def colophon(writer: Writer) -> Facts:
    """Return how to make the brief again."""
    return Facts(tuple((key, (Text(value),)) for key, value in facts_of(writer)))


def facts_of(writer: Writer) -> tuple[tuple[str, str], ...]:
    """Return version, fingerprint, concept and the like."""
    given = writer.given
    origin = given.diagnosis.origin
    rows = [
        ("case", one_line(origin.case)),
        ("as of", one_line(writer.case.as_of) or "not said"),
        ("brief made on", day(given.date)),
        ("concept", CONCEPTS[given.diagnosis.concept].abbreviation),
        ("rule for answers", origin.sequences),
        ("model", origin.fingerprint),
        ("version", f"Détente {origin.version}"),
    ]
    states = [own.state for own in given.evidence.of(given.evidence.cited)]
    if states:
        judged = sum(state in ("accepted", "edited") for state in states)
        rows.append(
            (
                "statements",
                f"{plural(len(states), 'statement')} cited, {judged:,} reviewed and accepted",
            )
        )
    return tuple(rows)
