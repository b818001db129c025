"""Page 1: the headline, the three facts that decide it, the map, the best lever."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.deadlock.verdicts import Target
from detente.analysis.explanation import why
from detente.analysis.levers.offers import LeverSet
from detente.engine.compile import compile_case
from detente.engine.states import cell_of
from detente.report.brief.document import (
    Block,
    Bullets,
    Heading,
    Item,
    Line,
    Paragraph,
    Text,
)
from detente.report.brief.figures import first_figure
from detente.report.brief.writing import Writer, lines_joined
from detente.report.diagnosing import gains, schedule
from detente.report.levers import beliefs, set_words
from detente.report.words import Words, abbreviations, capital, number, plural

__all__ = ["summary"]

_MOST_BELIEFS = 4
_MOST_TOLD = 4


def summary(writer: Writer) -> tuple[Block, ...]:
    """Return the blocks of page 1."""
    facts = tuple(Item(line) for line in _Deciding(writer).facts())
    return (
        Heading("Three facts decide this", "facts"),
        Bullets(facts, ordered=True),
        first_figure(writer),
        *_lever(writer),
    )


class _Deciding:
    """The three facts that decide a diagnosis."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.words = writer.words
        self.result = writer.given.diagnosis

    def facts(self) -> tuple[Line, ...]:
        """Return three facts, each with its evidence."""
        focus = self.result.focus
        if not self.result.deadlock:
            return self._moving() if self.result.breaking_move else self._content()
        if focus is None:
            return self._blocked()
        return self._interest(focus), self._way(focus), self._hold(focus)

    def _fact(self, lead: str, *lines: Line) -> Line:
        return (Text(f"{lead} ", "strong"), *lines_joined(lines, " "))

    def _text(self, words: str) -> Line:
        return self.writer.text(words)

    def _table(self) -> list[str]:
        return [party.id for party in self.writer.case.parties if not party.outside]

    def _better(self, target: str) -> Iterator[Line]:
        """Yield, for each party that would gain, why."""
        case = self.writer.case
        arrays = compile_case(case)
        now, then = cell_of(case, self.result.status_quo), cell_of(case, target)
        for party in self._table():
            own = arrays.payoffs[case.party_ids.index(party)]
            if own[then] > own[now]:
                yield self.writer.because(party, target, self.result.status_quo)

    def _interest(self, target: Target) -> Line:
        deal = self.words.opening(self.words.deal(target.state, self.result.status_quo))
        found = list(self._better(target.state))
        more = len(found) - _MOST_TOLD
        reasons = lines_joined(found[:_MOST_TOLD] if more > 1 else found)
        if more > 1:
            reasons = (*reasons, Text(f"; and {more:,} more parties"))
        told = f"{deal} {gains(self.result, target.state, self.words)}:"
        return self._fact(
            "There is something to agree on.", self._text(told), (*reasons, Text("."))
        )

    def _way(self, target: Target) -> Line:
        path, broken = target.path, target.broken
        if path is not None:
            steps = (
                "One step leads"
                if len(path.movers) == 1
                else f"{capital(number(len(path.movers)))} steps lead"
            )
            told = f"{schedule(path, self.words)}. Nobody gains by stopping on the way."
            return self._fact(f"{steps} there.", self._text(told))
        if broken is None or broken.party is None or broken.to is None:
            return self._fact("No moves lead there.", self._text(
                "No sequence of moves, willing or not, goes from the status quo to it."
            ))  # fmt: skip
        party = broken.party
        name = self.words.party(party)
        at = self.words.named(broken.at)
        first = broken.at == self.result.status_quo
        lead = "Nobody can go first." if first else "Nobody can safely go first."
        told = (
            f"{name} would not gain by the first step."
            if first
            else f"{schedule(broken.path, self.words)}; at {at}, {name} would rather stop."
        )
        rest = broken.tempted_by
        if rest is None or rest == target.state:
            return self._fact(lead, self._text(told))
        stays = "" if rest == broken.at else f" Play could then rest at {self.words.named(rest)}."
        because = self.writer.because(party, rest, target.state, named=False)
        reason = (Text("It prefers that to the agreement, "), *because, Text("."))
        return self._fact(lead, self._text(told + stays), reason)

    def _hold(self, target: Target) -> Line:
        if not target.unstable_for:
            stable = target.stable_under
            if "nash" in stable:
                told = "Once there, nobody could gain by leaving."
            else:
                told = (
                    f"It is stable under {abbreviations(stable)}, not under Nash: somebody could "
                    "gain by "
                    "leaving, and stays because the others could answer."
                )
            return self._fact("It would hold.", self._text(told))
        lines = [self._leaves(party, target.state) for party in target.unstable_for[:2]]
        rest = len(target.unstable_for) - len(lines)
        if rest:
            lines.append(self._text(f"So would {plural(rest, 'more party', 'more parties')}."))
        return self._fact("It would not hold.", *lines)

    def _leaves(self, party: str, state: str) -> Line:
        result = self.result
        found = why(self.writer.case, state, party, [result.concept], result.origin.sequences)
        moves = found.of(result.concept, party).improvements
        to = next((own.to for own in moves if not own.deterred), None)
        name = self.words.party(party)
        if to is None:  # a joint move, which 'why' does not know
            return self._text(f"{name} would leave it.")
        told = f"{name} would leave it ({self.words.change(state, to)}) "
        because = self.writer.because(party, to, state, named=False)
        return (*self._text(told), *because, Text("; no answer of the others would stop it."))

    def _blocked(self) -> tuple[Line, ...]:
        result, words = self.result, self.words
        nobody = self._text(
            "No party can gain by a move of its own that the others would leave unanswered."
        )
        feasible = plural(result.ripeness.feasible, "state")
        none = self._text(
            f"Of {feasible}, none would leave everybody at the table as well off as now and "
            "somebody "
            "better off."
        )
        blocking = [self._first_wish(party) for group in result.minimal_subsets for party in group]
        who = "; ".join(words.parties(group) for group in result.minimal_subsets[:3])
        lead = (
            "One party blocks by itself."
            if result.minimal_subsets and len(result.minimal_subsets[0]) == 1
            else "What they want excludes what the others want."
        )
        wishes = lines_joined(list(dict.fromkeys(blocking))[:_MOST_TOLD])
        return (
            self._fact("Nobody moves alone.", nobody),
            self._fact("No other state suits all.", none),
            self._fact(lead, self._text(f"{who}. First of all they want:"), (*wishes, Text("."))),
        )

    def _first_wish(self, party: str) -> Line:
        own = self.writer.preferences[party]
        name = self.words.party(party)
        if not own:
            return self._text(f"{name} states no preference")
        first = own[0].stated
        words = self.writer.link(
            f"“{self.writer.preference(party, first.number)}”",
            self.writer.anchor(party, first.number),
        )
        return (*self._text(f"{name} "), words, *self.writer.cite(first.evidence))

    def _moving(self) -> tuple[Line, ...]:
        result, words = self.result, self.words
        assert result.breaking_move is not None
        party, to = result.breaking_move
        name = words.party(party)
        move = f"{name} would move ({words.change(result.status_quo, to)})"
        because = self.writer.because(party, to, result.status_quo, named=False)
        concept = self.writer.given.stability[result.concept].concept.abbreviation
        found = why(
            self.writer.case, result.status_quo, party, [result.concept], result.origin.sequences
        )
        moves = found.of(result.concept, party).improvements
        deterred = sum(own.deterred for own in moves)
        free = len(moves) - deterred
        answer = f"Under {concept}, {plural(free, 'move')} of {name} from here would go unanswered"
        answer += f"; {deterred:,} would be deterred." if deterred else "."
        return (
            self._fact("The present state would not last.", self._text(move),
                       (*because, Text("."))),
            self._fact("Nobody would stop it.", self._text(answer)),
            self._others(),
        )  # fmt: skip

    def _content(self) -> tuple[Line, ...]:
        result = self.result
        here = self.words.named(result.status_quo)
        stable = [
            own.concept.id
            for own in self.writer.given.stability
            if result.status_quo in own.equilibria
        ]
        held = f"It is stable under {abbreviations(stable)}."
        shares = ", ".join(
            f"{self.words.party(party)} {count:,}"
            for party, count in result.ripeness.hurting.items()
        )
        return (
            self._fact("Nobody at the table wants anything else.",
                       self._text(f"States that each prefers to {here}: {shares}.")),
            self._fact("It would last.", self._text(held)),
            self._others(),
        )  # fmt: skip

    def _others(self) -> Line:
        zone, feasible = self.result.zone, self.result.ripeness.feasible
        if not zone:
            told = (
                "No other state would leave everybody at the table as well off as now and somebody "
                "better off."
            )
            return self._fact("There is nothing that suits all.", self._text(told))
        some = self.words.states(zone, most=2)
        told = f"{len(zone):,} of {plural(feasible, 'state')} would suit all at the table: {some}."
        return self._fact("There is something that suits all.", self._text(told))


def _lever(writer: Writer) -> Iterator[Block]:
    """Yield the best lever, with what must still be believed."""
    result = writer.given.unlocking
    yield Heading("What would open it", "first-lever")
    if result.to is None:
        line = writer.text("There is no target to open, so no lever was looked for.")
        if writer.given.diagnosis.deadlock:
            line = writer.text(
                "No lever was looked for: the levers open a way to a state that suits all at the "
                "table, "
                "and there is none. What would have to change is what the parties want, or who "
                "decides."
            )
        yield Paragraph(line)
        return
    opening = result.opening
    if not opening:
        covered = "" if result.searched.complete else " among those tried before the search ended"
        told = f"Nothing{covered} would open it."
        more = " See the section on levers for what each change would make of it."
        yield Paragraph(writer.text(told + more))
        return
    best = opening[0]
    lead = (
        "It opens if "
        if result.searched.reason != "open"
        else "No change of the model is needed: it opens if "
    )
    others = len(opening) - 1
    more = (
        f" {capital(number(others))} other {'way' if others == 1 else 'ways'} would open it too."
        if others
        else ""
    )
    yield Paragraph(
        (
            Text(lead, "strong"),
            *writer.text(f"{set_words(best, writer.words)}."),
            *writer.text(more),
        )
    )
    yield from _residual(best, writer)


def _residual(best: LeverSet, writer: Writer) -> Iterator[Block]:
    held = list(beliefs(best, Words(best.case)))
    if not held:
        yield Paragraph(writer.text("Nothing more has to be believed than what the model says."))
        return
    yield Paragraph(writer.text("What must still be believed:"))
    shown = held if len(held) <= _MOST_BELIEFS + 1 else held[:_MOST_BELIEFS]
    items = [Item(writer.text(f"{capital(text)}.")) for text in shown]
    if len(shown) < len(held):
        left = f"{len(held) - len(shown):,} more, in the section on levers."
        items.append(Item((writer.link(left, "lever-1"),)))
    yield Bullets(tuple(items))
