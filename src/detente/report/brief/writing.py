"""Words of a brief: sentences with codes set small, priorities in words, mentions of statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from detente.analysis.deciding import deciding_clause
from detente.analysis.sensitivity.results import Preference
from detente.report.brief.document import OPEN, Cite, Inline, Line, Note, Text
from detente.report.brief.materials import Materials
from detente.report.evidence import one_line
from detente.report.figures.statemap import StateMap
from detente.report.sensitivity import sensitivity_document
from detente.report.words import Words

__all__ = ["Writer", "lines_joined", "uncoded"]

_NOBODY = ("author", "unnamed")


def lines_joined(lines: Iterable[Line], between: str = "; ") -> Line:
    """Return lines as one, with words between them."""
    joined: list[Inline] = []
    for line in lines:
        if joined:
            joined.append(Text(between))
        joined += line
    return tuple(joined)


class Writer:
    """Writes one brief: it numbers statements as they are mentioned.

    Args:
        given: what the brief is built from.

    Attributes:
        maps: the maps of states that were laid out, by their greatest number of states.
    """

    def __init__(self, given: Materials) -> None:
        self.given = given
        self.case = given.case
        self.words = Words(given.case)
        self.home = given.diagnosis.status_quo
        self.maps: dict[int, StateMap] = {}
        self._numbers: dict[str, int] = {}
        self._mentions: dict[str, int] = {}
        self._references: dict[str, None] = {}

    # Text.

    @cached_property
    def _code(self) -> re.Pattern[str] | None:
        if self.case.graph is not None:
            return None
        return re.compile(rf" \((\d{{{len(self.case.options)}}})\)")

    def text(self, words: str, style: str = "") -> Line:
        """Return a sentence; codes of states in it are set small."""
        words = one_line(words)
        if self._code is None or style:
            return (Text(words, style),)  # type: ignore[arg-type]
        found: list[Inline] = []
        for k, part in enumerate(self._code.split(words)):
            if k % 2:
                found.append(Text(f" ({part})", "quiet"))
            elif part:
                found.append(Text(part))
        return tuple(found)

    def link(self, words: str, to: str) -> Text:
        """Return words that lead to an element of the brief."""
        return Text(one_line(words), "", to)

    def state(self, state: str) -> Line:
        """Return a state as an agreement in words, its code small."""
        return self.text(self.words.deal(state, self.home))

    # Statements.

    def cite(self, ids: Iterable[str]) -> Line:
        """Return mentions of statements: numbers of footnotes, or ids of which nothing is known."""
        found: list[Inline] = []
        unknown: list[str] = []
        for id in dict.fromkeys(ids):
            own = self.given.evidence.found.get(id)
            if own is None:
                self._references.setdefault(id)
                unknown.append(one_line(id))
                continue
            number = self._numbers.setdefault(id, len(self._numbers) + 1)
            self._mentions[id] = self._mentions.get(id, 0) + 1
            found.append(Cite(number, self._mentions[id], own.state == "proposed"))
        if unknown:
            found.append(Text(f" [{', '.join(unknown)}]", "quiet"))
        return tuple(found)

    def quoted(self, ids: Iterable[str]) -> Iterator[tuple[str, Line]]:
        """Yield (words, where they stand) of the statements that are at hand."""
        for own in self.given.evidence.of(ids):
            where = self.note(own.id, 0, 0).origin
            mark = (Text(f" {OPEN} not reviewed", "mark"),) if own.state == "proposed" else ()
            yield one_line(own.quote), (Text(where, "quiet"), *mark, *self.cite([own.id]))

    def note(self, id: str, number: int, mentions: int) -> Note:
        """Return a statement as a footnote."""
        own = self.given.evidence.found[id]
        return Note(
            number=number,
            statement=id,
            quote=one_line(own.quote),
            doc=one_line(own.doc),
            date=None if id in self.given.undated else own.date,
            speaker=None if own.speaker in _NOBODY else one_line(own.speaker),
            type=own.type,
            state=own.state,
            mentions=mentions,
        )

    @property
    def notes(self) -> tuple[Note, ...]:
        """The footnotes so far, by number."""
        return tuple(self.note(id, k, self._mentions[id]) for id, k in self._numbers.items())

    @property
    def references(self) -> tuple[str, ...]:
        """Ids mentioned so far of which nothing is known."""
        return tuple(self._references)

    # Preferences.

    @cached_property
    def _said(self) -> dict[tuple[str, int], str]:
        document = sensitivity_document(self.given.sensitivity)
        return {(own["party"], own["number"]): own["words"] for own in document["preferences"]}

    @cached_property
    def preferences(self) -> dict[str, tuple[Preference, ...]]:
        """Party -> its stated preferences, the most important first."""
        found: dict[str, list[Preference]] = {party: [] for party in self.case.party_ids}
        for own in self.given.sensitivity.preferences:
            found[own.stated.party].append(own)
        return {party: tuple(own) for party, own in found.items()}

    def preference(self, party: str, number: int) -> str:
        """Return a stated preference in words."""
        return one_line(self._said[party, number])

    @staticmethod
    def anchor(party: str, number: int) -> str:
        """Return the id of a stated preference in the brief."""
        return f"wants-{party}-{number}"

    def because(self, party: str, better: str, worse: str, *, named: bool = True) -> Line:
        """Return why a party prefers one state to another: the deciding priority, with sources.

        Args:
            party: the party.
            better: the state that it prefers.
            worse: the other one.
            named: begin with the party's name.
        """
        name = f"{one_line(self.words.party(party))} " if named else ""
        clause = deciding_clause(self.case, party, better, worse)
        for own in self.preferences[party]:
            if clause is not None and own.stated.clause is clause:
                number = own.stated.number
                words = f"“{self.preference(party, number)}”"
                link = self.link(words, self.anchor(party, number))
                return (Text(f"{name}because of "), link, *self.cite(clause.evidence))
        return (Text(name), self.link("by its order of the states", f"wants-{party}"))


def uncoded(words: str, writer: Writer) -> str:
    """Return a sentence without the codes of states."""
    return "".join(
        piece.text
        for piece in writer.text(words)
        if isinstance(piece, Text) and piece.style != "quiet"
    )
