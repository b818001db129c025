"""Sheets for an exercise: one for each party, with its own preferences only, and the debrief."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.levers.changes import (
    Change,
    Contain,
    Exchange,
    Guarantor,
    Include,
    Inform,
    Order,
    SnapBack,
    Swap,
    Tranches,
)
from detente.engine.compile import compile_case
from detente.model.parts import Party, Ranking
from detente.report.brief.building import build, title_of, unreviewed_notice
from detente.report.brief.document import (
    Block,
    Brief,
    Bullets,
    Facts,
    Heading,
    Item,
    Paragraph,
    Section,
    Table,
)
from detente.report.brief.ends import facts_of
from detente.report.brief.materials import Materials
from detente.report.brief.modelpage import constraints, model_facts, moves_table, options_table
from detente.report.brief.wants import preference_lines
from detente.report.brief.writing import Writer
from detente.report.levers import set_words
from detente.report.words import capital, plural, spaced

__all__ = ["debrief_of", "role_sheet"]

_MOST_STATES = 12
_MOST_LADDER = 5_000
_KEPT = ("version", "brief made on", "as of")

_TASKS = (
    "Before the talks: mark in your order of states what you would rather have than the present "
    "state, and "
    "what you would not accept.",
    "Find out what the others put first. You may ask, and they may ask you; nobody has to answer, "
    "or to "
    "answer truly.",
    "Look for a state that everybody at the table would rather have than the present one.",
    "Agree on an order of steps: who moves first, who next. Ask at every step what happens if "
    "somebody stops "
    "there, and who is then worse off than now.",
    "Ask what would keep each of you to the agreement once it is reached: whether a step can be "
    "taken back, "
    "who could answer, whether somebody from outside would have to guarantee it.",
    "Write down what you agreed, or at which step it broke and who would not go on. Bring it to "
    "the debrief.",
)


def role_sheet(given: Materials, party: str) -> Brief:
    """Return the private sheet of a party: nothing of it comes from another's preferences.

    Raises:
        CaseError: there is no such party.
    """
    writer = Writer(given)
    own = given.case.party(party)
    name = writer.words.party(party)
    draft = unreviewed_notice(given)
    sections = [
        Section("summary", name, tuple(_you(own, writer))),
        Section("wants", "What you want", tuple(_wants(own, writer))),
        Section("others", "What you know of the others", tuple(_others(own, writer))),
        Section("tasks", "What you do", _tasks(own, writer)),
    ]
    return Brief(
        kind="role",
        title=title_of(given),
        headline=f"You are {name}",
        notices=(
            "For you alone: do not show this sheet to the others.",
            *((draft,) if draft else ()),
        ),
        sections=tuple(sections),
        notes=(),
        references=(),
        unreviewed=given.case.unreviewed,
        paper=given.paper,
        date=given.date,
        facts=tuple(row for row in facts_of(writer) if row[0] in _KEPT),
    )


def _you(own: Party, writer: Writer) -> Iterator[Block]:
    case, words = writer.case, writer.words
    seat = (
        "You are at the table."
        if not own.outside
        else "You are not at the table; you can still act."
    )
    if own.constituent_of:
        seat += (
            f" {words.party(own.constituent_of)} speaks for you, and you must ratify what it "
            "agrees."
        )
    yield Paragraph(writer.text(seat))
    options = {option.key for option in own.options}
    if case.graph is not None:
        yield moves_table(writer, [own.id])
    elif options:
        yield options_table(writer, cite=False, only=options, caption="What is in your hands")
    else:
        yield Paragraph(
            writer.text("You control no option of your own: what you have is your voice.")
        )
    yield Heading("Where things stand")
    yield Facts(tuple(model_facts(writer)))


def _wants(own: Party, writer: Writer) -> Iterator[Block]:
    told = (
        "The most important first; a later line decides only where the earlier ones leave two "
        "states level."
    )
    yield Paragraph(writer.text(told))
    yield from preference_lines(own, writer, hinges=False)
    if not isinstance(own.preferences, Ranking) and own.preferences is not None:
        yield from _ladder(own, writer)


def _ladder(own: Party, writer: Writer) -> Iterator[Block]:
    """Yield the best states for a party, and where the present one stands among all."""
    arrays = compile_case(writer.case)
    states = (
        writer.given.stability.states if len(writer.given.stability.cells) <= _MOST_LADDER else ()
    )
    if not states:
        return
    payoffs = arrays.payoffs[writer.case.party_ids.index(own.id)].reshape(-1)
    ranked = sorted(
        zip(states, writer.given.stability.cells, strict=True),
        key=lambda pair: -int(payoffs[pair[1]]),
    )
    here = next(int(payoffs[cell]) for state, cell in ranked if state == writer.home)
    better = sum(int(payoffs[cell]) > here for _, cell in ranked)
    yield Heading("Your order of the states")
    told = (
        f"Of {plural(len(ranked), 'state')}, you would rather have {better:,} than the present one."
    )
    yield Paragraph(writer.text(told))
    shown = ranked[:_MOST_STATES]
    items = []
    for state, _ in shown:
        mark = ", the present state" if state == writer.home else ""
        items.append(Item(writer.text(f"{writer.words.deal(state, writer.home)}{mark}")))
    lead = "Best first:" if len(shown) == len(ranked) else f"The best {len(shown):,}:"
    yield Paragraph(writer.text(lead))
    yield Bullets(tuple(items), ordered=True)


def _others(own: Party, writer: Writer) -> Iterator[Block]:
    case = writer.case
    rows = []
    for party in case.parties:
        if party.id == own.id:
            continue
        seat = "not at the table" if party.outside else "at the table"
        if party.constituent_of:
            seat += f", ratifies for {writer.words.party(party.constituent_of)}"
        rows.append((writer.words.party(party.id), writer.text(seat)))
    yield Facts(tuple(rows))
    theirs = {option.key for option in case.options if option.owner != own.id}
    if case.graph is not None:
        yield moves_table(writer, [party for party in case.party_ids if party != own.id])
    elif theirs:
        yield options_table(writer, cite=False, only=theirs, caption="What is in their hands")
    yield from constraints(writer, cite=False)
    yield Paragraph(writer.text("What they want, you have to find out."))


def _tasks(own: Party, writer: Writer) -> tuple[Block, ...]:
    items = tuple(Item(writer.text(text)) for text in _TASKS)
    return (Bullets(items, ordered=True),)


def debrief_of(given: Materials) -> Brief:
    """Return the debrief for the teacher: the whole brief, and who could have found which lever."""
    whole = build(given)
    writer = Writer(given)
    found = Section("exercise", "Who could have found what", tuple(_found(writer)))
    first, *rest = whole.sections
    return Brief(
        kind="debrief",
        title=whole.title,
        headline=whole.headline,
        notices=("For the teacher: this shows what every party wants.", *whole.notices),
        sections=(first, found, *rest),
        notes=whole.notes,
        references=whole.references,
        unreviewed=whole.unreviewed,
        paper=whole.paper,
        date=whole.date,
        facts=whole.facts,
    )


def _found(writer: Writer) -> Iterator[Block]:
    opening = writer.given.unlocking.opening
    if not opening:
        told = "No lever of this model opens a target: ask what they would have had to want."
        yield Paragraph(writer.text(told))
    else:
        rows = []
        for k, own in enumerate(opening, 1):
            who = " ".join(capital(_who(change, writer)) for change in own.changes)
            knew = " ".join(dict.fromkeys(_knew(change, writer) for change in own.changes))
            rows.append(
                (
                    writer.text(f"{k}. {capital(set_words(own, writer.words))}"),
                    writer.text(who),
                    writer.text(knew),
                )
            )
        head = ("lever", "who could have proposed it", "what they had to know")
        yield Table("Levers that open the target", head, tuple(rows))
    yield Heading("Questions for the debrief")
    questions = (
        "Did the table find a state that everybody would rather have? Who saw it first, and what "
        "had to be said?",
        "Who was to move first? Did the talks break at the step named above, or elsewhere, and who "
        "stopped?",
        "Did anybody give away its order of states, truly or not? What did that change?",
        "Was a lever of the list proposed? If one that is not on the list worked, what does the "
        "model leave out?",
    )
    yield Bullets(tuple(Item(writer.text(text)) for text in questions), ordered=True)


def _who(change: Change, writer: Writer) -> str:
    words = writer.words
    match change:
        case Exchange(parties):
            return f"any of {words.parties(parties, 'or')}: each has its half in hand."
        case Guarantor(party, _):
            return (
                f"the others could have asked for it, or {words.party(party)} offered it; it needs "
                "somebody outside."
            )
        case SnapBack(party, _):
            return f"{words.party(party)} could have asked for it, the others granted it."
        case Tranches(key, _):
            owner = next(option.owner for option in writer.case.options if option.key == key)
            return f"{words.party(owner)} could have offered it in parts."
        case Swap(party, _, _):
            return f"the others, by making it worth while for {words.party(party)}."
        case Contain(party):
            return f"those at the table together, against {words.party(party)}."
        case Include(party):
            return f"anybody at the table, by inviting {words.party(party)}."
        case Inform(party, about):
            return f"{words.party(about)}, by showing {words.party(party)} what it really prefers."
        case Order():
            return "anybody who asked what each would do if the others stopped."
    raise AssertionError("every change is one of these")


def _knew(change: Change, writer: Writer) -> str:
    match change:
        case Swap(party, _, _):
            return f"What {writer.words.party(party)} prefers, which only its own sheet says."
        case Guarantor(_, key) | SnapBack(_, key) | Tranches(key, _):
            option = next(own for own in writer.case.options if own.key == key)
            return (
                f"That '{spaced(option.id)}' can or cannot be taken back, which every sheet says."
            )
        case Inform():
            return "That the others are mistaken about it."
        case Contain() | Include():
            return "What the party that is not at the table can do, which every sheet says."
        case _:
            return "That stopping half-way would pay for somebody: each knows it of itself only."
