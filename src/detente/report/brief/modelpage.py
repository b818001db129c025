"""The model in a page: parties, options, levels, what can be taken back, what cannot be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from detente.model.parts import Clause, Option
from detente.report.brief.document import Block, Bullets, Facts, Item, Line, Paragraph, Table, Text
from detente.report.brief.wants import perception_line
from detente.report.brief.writing import Writer
from detente.report.figures.telling import state_in_words
from detente.report.words import capital, plural, spaced

__all__ = ["constraints", "model", "model_facts", "moves_table", "options_table"]

_MOVES = {
    "both": "can be taken back",
    "forward": "cannot be taken back",
    "back": "can only be taken back",
    "arcs": "step by step",
}


def model(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks."""
    case = writer.case
    blocks: list[Block] = []
    about = " ".join(case.about.split())
    if about and writer.given.draft is None:
        blocks.append(Paragraph(writer.text(about)))
    rows = list(model_facts(writer))
    if case.perceptions:
        seen = "; ".join(perception_line(own, writer) for own in case.perceptions)
        rows.append(("perceptions", writer.text(seen)))
    blocks.append(Facts(tuple(rows)))
    if case.graph is None:
        blocks.append(options_table(writer))
    else:
        blocks.append(moves_table(writer, case.party_ids))
    blocks += constraints(writer)
    return tuple(blocks)


def model_facts(writer: Writer) -> Iterator[tuple[str, Line]]:
    """Yield who is at the table, the status quo and the number of states."""
    case, words = writer.case, writer.words
    table = [party.id for party in case.parties if not party.outside]
    outside = [party.id for party in case.parties if party.outside]
    yield "at the table", writer.text(words.parties(table))
    if outside:
        yield "not at the table", writer.text(words.parties(outside))
    if case.as_of:
        yield "as of", writer.text(case.as_of)
    here = state_in_words(words, writer.home, writer.home)
    if case.graph is None and writer.home in case.label_of:
        levels = [
            words.level(option, level)
            for option, level in zip(case.options, case.levels(writer.home), strict=True)
            if level
        ]
        here = (
            f"{here}: {', '.join(levels)}" if levels else f"{here}: every option at its first level"
        )
    yield "status quo", writer.text(here if case.graph is not None else f"{here} ({writer.home})")
    feasible = writer.given.diagnosis.ripeness.feasible
    told = plural(feasible, "state")
    if case.graph is None and feasible < case.cells:
        told += f" of {case.cells:,} combinations of levels are possible"
    yield "states", writer.text(told)


def options_table(
    writer: Writer,
    *,
    cite: bool = True,
    only: Collection[str] | None = None,
    caption: str = "Options of the parties, in the order of the digits of a state's code",
) -> Table:
    """Return the table of options.

    Args:
        writer: writes the brief.
        cite: name the statements behind each option.
        only: keys of the options to show; ``None``: all.
        caption: of the table.
    """
    rows = []
    home = writer.case.levels(writer.home)
    for option, now in zip(writer.case.options, home, strict=True):
        if only is not None and option.key not in only:
            continue
        cited = writer.cite(option.evidence) if cite else ()
        name = option.name if option.name != option.id else capital(spaced(option.id))
        rows.append(
            (
                (*writer.text(name), *cited),
                writer.text(writer.words.party(option.owner)),
                _levels(option, now),
                writer.text(_back(option)),
            )
        )
    head = ("what can be done", "by", "levels, the present one in bold", "taking back")
    return Table(caption, head, tuple(rows))


def _levels(option: Option, now: int) -> Line:
    line: list[Text] = []
    for k, level in enumerate(option.levels):
        if k:
            line.append(Text(" < "))
        line.append(Text(spaced(level), "strong" if k == now else ""))
    return tuple(line)


def _back(option: Option) -> str:
    if option.moves != "arcs":
        return _MOVES[option.moves]
    back = [(a, b) for a, b in sorted(option.arcs) if b < a]
    if not back:
        return "step by step; cannot be taken back"
    names = ", ".join(f"{spaced(option.levels[a])} → {spaced(option.levels[b])}" for a, b in back)
    return f"only {names}"


def moves_table(writer: Writer, parties: Iterable[str]) -> Table:
    """Return the table of moves of a case in graph form, for some parties."""
    graph = writer.case.graph
    assert graph is not None
    rows = tuple(
        (
            writer.text(writer.words.party(party)),
            writer.text(", ".join(f"{a} → {b}" for a, b in graph.moves.get(party, ())) or "none"),
        )
        for party in parties
    )
    return Table("Moves of the parties between the states", ("party", "moves"), rows)


def constraints(writer: Writer, *, cite: bool = True) -> Iterator[Block]:
    """Yield what cannot be, by the rules of the model."""
    case = writer.case
    if not case.infeasible:
        return
    yield Paragraph(writer.text("What cannot be, whatever anybody wants:"))
    items = []
    for item in case.infeasible:
        text = " ".join(item.text.split())
        if not isinstance(item, Clause):
            text = f"states of the pattern {text}"
        items.append(Item((Text(text, "code"), *(writer.cite(item.evidence) if cite else ()))))
    yield Bullets(tuple(items))
