"""The map of states in words, and the table of which states would last."""

from __future__ import annotations

from collections.abc import Iterator

from detente.report.brief.document import Block, Facts, Line, Paragraph, Table, Text
from detente.report.brief.figures import map_figure
from detente.report.brief.writing import Writer
from detente.report.diagnosing import diagnosis_facts
from detente.report.figures.telling import state_in_words
from detente.report.words import plural

__all__ = ["stability_section", "states"]

_MOST_ROWS = 24


def states(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks of the section on the map."""
    figure = map_figure(writer)
    rows = tuple((key, writer.text(value)) for key, value in _told(writer))
    if figure is not None:
        return Facts(rows), figure
    whole = (writer.link("The figure on page 1", "summary"), Text(" is the whole map."))
    return Facts(rows), Paragraph(whole)


def _told(writer: Writer) -> Iterator[tuple[str, str]]:
    """Yield what the map shows, in words."""
    result, words, home = writer.given.diagnosis, writer.words, writer.home

    def full(state: str) -> str:
        code = "" if writer.case.graph is not None else f" ({state})"
        return f"{state_in_words(words, state, home)}{code}"

    yield "status quo", full(home)
    focus = result.focus
    if result.breaking_move is not None:
        party, to = result.breaking_move
        yield "would be left by", f"{words.party(party)}, for {full(to)}"
    if focus is None:
        return
    yield "the target in full", full(focus.state)
    yield from (
        ("the way there", str(text)) for key, text in diagnosis_facts(result) if key == "way"
    )
    if focus.unstable_for:
        yield "would leave it", words.parties(focus.unstable_for)


def stability_section(writer: Writer) -> tuple[Block, ...]:
    """Return the table of states by concept, with what the marks mean."""
    given, words = writer.given, writer.words
    result = given.stability
    wanted = _chosen(writer)
    chosen = wanted[:_MOST_ROWS]
    results = list(result)
    position = (
        {state: k for k, state in enumerate(result.states)} if len(result.cells) <= 200_000 else {}
    )
    rows = []
    for state in chosen:
        at = position[state]
        cells: list[Line] = []
        for own in results:
            leaving = [party for party, mask in own.masks.items() if not mask[at]]
            if leaving:
                cells.append((Text("".join(words.letters[p] for p in leaving), "quiet"),))
            else:
                cells.append((Text("●", "strong"),))
        rows.append((_name(state, writer), *cells))
    total = len(result.cells)
    head = ("state", *(own.concept.abbreviation for own in results))
    caption = "Which states would last, under each concept"
    if len(chosen) < total:
        first = (
            "" if len(chosen) == len(wanted) else f"the first {len(chosen):,} of {len(wanted):,}: "
        )
        caption += (
            f": {len(chosen):,} of {plural(total, 'state')} ({first}the status quo, the way, "
            "targets that no other beats, equilibria)"
        )
    counts = ", ".join(
        f"{own.concept.abbreviation} {int(own.equilibrium_mask.sum()):,}" for own in results
    )
    letters = ", ".join(f"{words.letters[p]} {words.party(p)}" for p in writer.case.party_ids)
    facts = [
        ("●", writer.text("an equilibrium: every party would stay")),
        ("letters", writer.text(f"who would leave: {letters}")),
        ("equilibria", writer.text(f"{counts} of {plural(total, 'state')}")),
        *((own.concept.abbreviation, writer.text(own.concept.gloss)) for own in results),
    ]
    if not position:
        return (
            Paragraph(writer.text("The case is too large for a table of its states.")),
            Facts(tuple(facts)),
        )
    return Table(caption, head, tuple(rows)), Facts(tuple(facts))


def _name(state: str, writer: Writer) -> Line:
    marks = []
    focus = writer.given.diagnosis.focus
    if state == writer.home:
        marks.append("the status quo")
    if focus is not None and state == focus.state:
        marks.append("the target")
    name = writer.text(writer.words.deal(state, writer.home))
    return (*name, Text(f", {marks[0]}", "strong")) if marks else name


def _chosen(writer: Writer) -> list[str]:
    """Return the states of the table: all of few, else those that are spoken of."""
    given = writer.given
    result, diagnosis = given.stability, given.diagnosis
    if len(result.cells) <= _MOST_ROWS:
        return list(result.states)
    if len(result.cells) > 200_000:
        return []
    wanted: dict[str, None] = {diagnosis.status_quo: None}
    focus = diagnosis.focus
    if focus is not None:
        way = focus.path or (focus.broken.path if focus.broken else None)
        wanted.update(dict.fromkeys(way.states if way else ()))
        wanted.setdefault(focus.state)
    if diagnosis.breaking_move:
        wanted.setdefault(diagnosis.breaking_move[1])
    wanted.update(dict.fromkeys(t.state for t in diagnosis.targets if t.efficient))
    for name in ("nash", diagnosis.concept):
        if name in result.results:
            wanted.update(dict.fromkeys(result[name].equilibria))
    return list(wanted)
