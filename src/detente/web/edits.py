"""The shapes of edits: one for each kind, told apart by ``kind``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator

from detente.web.models import CaseFile, Count, Id, Ids, Line, Name, Strict

__all__ = ["Edit", "EditIn", "Scenario", "SwapIn", "plain"]

_Text = Annotated[Line, Field(min_length=1)]
_Clauses = 2_000


class ClauseIn(Strict):
    """A statement, with the ids behind it; without ``evidence`` it keeps what it has."""

    statement: _Text
    evidence: Ids | None = None


class WeightIn(Strict):
    """A statement and its weight."""

    statement: _Text
    weight: Annotated[float, Field(ge=-1e9, le=1e9)]


class Title(Strict):
    """Another title."""

    kind: Literal["title"]
    title: Line


class StatusQuo(Strict):
    """Another status quo: ``levels`` (option -> level), or ``state`` (a code or label)."""

    kind: Literal["status_quo"]
    levels: Annotated[dict[Id, Id], Field(max_length=200)] | None = None
    state: Id | None = None

    @model_validator(mode="after")
    def _one(self) -> StatusQuo:
        if self.levels is not None and self.state is not None:
            raise ValueError("give either 'levels' or 'state', or neither for no status quo")
        return self


class PrioritiesIn(Strict):
    """The whole list of priorities of a party."""

    kind: Literal["priorities"]
    party: Id
    clauses: Annotated[list[ClauseIn], Field(max_length=_Clauses)]


class MoveClause(Strict):
    """A priority moves to another place."""

    kind: Literal["move_clause"]
    party: Id
    start: Count = Field(alias="from")
    to: Count


class DropClause(Strict):
    """A priority is dropped."""

    kind: Literal["drop_clause"]
    party: Id
    index: Count


class AddClause(Strict):
    """A priority is added before the one at ``index``."""

    kind: Literal["add_clause"]
    party: Id
    index: Count
    statement: _Text
    evidence: Ids | None = None


class SwapStates(Strict):
    """A party prefers ``lower`` to ``upper`` from now on."""

    kind: Literal["swap_states"]
    party: Id
    upper: Id
    lower: Id


class RankingIn(Strict):
    """The whole ranking of a party, best first; states of one tier are equally good."""

    kind: Literal["ranking"]
    party: Id
    tiers: Annotated[
        list[Annotated[list[Id], Field(min_length=1, max_length=100_000)]],
        Field(max_length=100_000),
    ]


class WeightsIn(Strict):
    """The whole list of weights of a party."""

    kind: Literal["weights"]
    party: Id
    weights: Annotated[list[WeightIn], Field(max_length=_Clauses)]


class PartyIn(Strict):
    """Another name of a party, or another place: at the table or outside."""

    kind: Literal["party"]
    id: Id
    name: Name | None = None
    outside: bool | None = None


class AddParty(Strict):
    """One more party."""

    kind: Literal["add_party"]
    id: Id
    name: Name | None = None


class RemoveParty(Strict):
    """A party goes, with its options."""

    kind: Literal["remove_party"]
    id: Id


class OptionIn(Strict):
    """Another name, other levels or moves of an option (``party.option``)."""

    kind: Literal["option"]
    key: Id
    name: Name | None = None
    levels: Annotated[list[Id], Field(max_length=20)] | None = None
    moves: (
        Literal["both", "forward", "back"]
        | Annotated[
            list[Annotated[list[Id], Field(min_length=2, max_length=2)]], Field(max_length=90)
        ]
        | None
    ) = None


class AddOption(Strict):
    """One more option of a party."""

    kind: Literal["add_option"]
    party: Id
    id: Id
    name: Name | None = None
    levels: Annotated[list[Id], Field(max_length=20)] | None = None


class RemoveOption(Strict):
    """An option goes."""

    kind: Literal["remove_option"]
    key: Id


class InfeasibleIn(Strict):
    """The whole list of what cannot happen."""

    kind: Literal["infeasible"]
    items: Annotated[list[ClauseIn], Field(max_length=_Clauses)]


class TextIn(Strict):
    """The whole text of the case file."""

    kind: Literal["text"]
    text: CaseFile


Edit: TypeAlias = Annotated[
    Title
    | StatusQuo
    | PrioritiesIn
    | MoveClause
    | DropClause
    | AddClause
    | SwapStates
    | RankingIn
    | WeightsIn
    | PartyIn
    | AddParty
    | RemoveParty
    | OptionIn
    | AddOption
    | RemoveOption
    | InfeasibleIn
    | TextIn,
    Field(discriminator="kind"),
]


class EditIn(Strict):
    """One edit, and the version that it starts from."""

    base: Count = Field(description="Number of the version that was edited.")
    edit: Edit


class SwapIn(Strict):
    """Two states that are to change places in a party's order."""

    party: Id
    upper: Id
    lower: Id


class Scenario(Strict):
    """A copy of a case with a set of levers (``unlock``, ``number``) or with an ``edit``."""

    unlock: Name | None = Field(None, description="The job that found the levers.")
    number: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    edit: Edit | None = None
    name: Name | None = None

    @model_validator(mode="after")
    def _one(self) -> Scenario:
        if (self.unlock is None) == (self.edit is None):
            raise ValueError("give either 'unlock' with 'number', or 'edit'")
        if (self.unlock is None) != (self.number is None):
            raise ValueError("'unlock' and 'number' go together")
        return self


def plain(edit: Any) -> dict[str, Any]:
    """Return an edit as plain data, without what was left out."""
    document: dict[str, Any] = edit.model_dump(by_alias=True, exclude_none=True)
    return document
