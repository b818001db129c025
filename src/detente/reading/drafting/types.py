"""What a draft is made of: frozen records; :mod:`detente.report.drafting` puts them into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.reading.positions import Evidence
from detente.reading.positions.types import Unused

__all__ = [
    "Draft",
    "DraftClause",
    "DraftLaw",
    "DraftOption",
    "DraftParty",
    "LeftOut",
    "Question",
]


@dataclass(frozen=True, slots=True)
class DraftOption:
    """An option, drawn from an issue.

    Attributes:
        id: its id in the case.
        owner: id of the party that controls it.
        called: how statements call it: its id, with the party's where several have the id.
        name: its name for people.
        levels: its levels, in order.
        status: its level now.
        forward: whether it cannot be taken back, because the texts or the user say so.
        evidence: ids of the statements that speak of it.
        phrases: the words that were taken to mean it.
    """

    id: str
    owner: str
    called: str
    name: str
    levels: tuple[str, ...]
    status: str
    forward: bool
    evidence: tuple[str, ...]
    phrases: tuple[str, ...]

    @property
    def key(self) -> str:
        """``party.option``."""
        return f"{self.owner}.{self.id}"


@dataclass(frozen=True, slots=True)
class DraftClause:
    """A priority.

    Attributes:
        text: the statement in the language of the case file.
        kind: why it stands where it stands: ``red-line``, ``order`` (one thing waits for
            another), ``want``, ``backing`` (another's demand), ``fear``, ``refusal``, or
            presumed: ``gain`` (what is promised or conceded to it) and ``cost`` (what it gives
            only in return it would rather keep).
        evidence: ids of the statements behind it.
    """

    text: str
    kind: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftParty:
    """A party.

    Attributes:
        id, name: its id and name.
        outside: whether it is not at the table.
        options: what it controls.
        clauses: its priorities, the most important first.
        evidence: ids of the statements in which it takes a position.
    """

    id: str
    name: str
    outside: bool
    options: tuple[DraftOption, ...]
    clauses: tuple[DraftClause, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftLaw:
    """What cannot be: a statement that makes a state infeasible, with its evidence."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the texts do not say.

    Attributes:
        kind: ``order-lost`` (what a party makes wait could not be made out), ``unstated`` (a
            party's preference on an option), ``order`` (which of two wishes of a party comes
            first), ``conflict`` (a party is told to want a thing and not to want it), ``owner``
            (who would do it), ``gain`` (whether it likes what is promised or conceded to it),
            ``cost`` (whether a party would rather keep what it gives only in return), ``threat``
            (whether it would be carried out), ``promise`` (whether it will be kept),
            ``reversible`` (whether it can be taken back).
        party: id of the party, or ``None``.
        options: keys of the options.
        evidence: ids of the statements that raise it.
    """

    kind: str
    party: str | None
    options: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An issue that did not become an option.

    Attributes:
        name: what it is called.
        owner: name of the party that would do it.
        reason: ``limit`` (less spoken of than the others) or ``away`` (it concerns nobody at the
            table).
        evidence: ids of the statements that speak of it.
    """

    name: str
    owner: str
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal for a case.

    Attributes:
        parties: those at the table first.
        infeasible: constraints of the model.
        questions: what the texts do not say.
        left_out: issues that did not become options.
        unused: statements from which no position was drawn.
        statements: id to statement, for all that were considered.
    """

    parties: tuple[DraftParty, ...]
    infeasible: tuple[DraftLaw, ...]
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...]
    unused: tuple[Unused, ...]
    statements: Mapping[str, Evidence] = field(repr=False)

    @property
    def options(self) -> tuple[DraftOption, ...]:
        """Every option, in the order of the case."""
        return tuple(option for party in self.parties for option in party.options)

    @property
    def cited(self) -> tuple[str, ...]:
        """Ids of the statements that an element of the case cites, in order of the texts."""
        used = {id for party in self.parties for id in party.evidence}
        used |= {id for option in self.options for id in option.evidence}
        used |= {id for party in self.parties for c in party.clauses for id in c.evidence}
        return tuple(id for id in self.statements if id in used)

    @property
    def unreviewed(self) -> tuple[str, ...]:
        """Ids of the cited statements that nobody has judged."""
        return tuple(id for id in self.cited if self.statements[id].state == "proposed")

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "parties": [
                {
                    "id": party.id,
                    "name": party.name,
                    "outside": party.outside,
                    "evidence": list(party.evidence),
                    "options": [
                        {
                            "key": option.key,
                            "name": option.name,
                            "levels": list(option.levels),
                            "status": option.status,
                            "moves": "forward" if option.forward else "both",
                            "phrases": list(option.phrases),
                            "evidence": list(option.evidence),
                        }
                        for option in party.options
                    ],
                    "priorities": [
                        {"statement": c.text, "kind": c.kind, "evidence": list(c.evidence)}
                        for c in party.clauses
                    ],
                }
                for party in self.parties
            ],
            "infeasible": [
                {"statement": law.text, "evidence": list(law.evidence)} for law in self.infeasible
            ],
            "questions": [
                {
                    "kind": question.kind,
                    "party": question.party,
                    "options": list(question.options),
                    "evidence": list(question.evidence),
                }
                for question in self.questions
            ],
            "left_out": [
                {
                    "name": item.name,
                    "owner": item.owner,
                    "reason": item.reason,
                    "evidence": list(item.evidence),
                }
                for item in self.left_out
            ],
            "unused": [{"statement": item.id, "reason": item.reason} for item in self.unused],
            "cited": list(self.cited),
            "unreviewed_statements": list(self.unreviewed),
        }
