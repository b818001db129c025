"""The shapes of requests: strict, nothing extra, every text of bounded length."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from detente.workspace.casefiles import MOST_BYTES

__all__ = [
    "BriefIn",
    "CaseIn",
    "Decision",
    "DocumentIn",
    "Draft",
    "Handmade",
    "Merge",
    "Rename",
    "SensitivityIn",
    "Step",
    "Unlock",
]

_MOST_TEXT = 12 * 2**20
_MOST_NUMBER = 2**53

# A null character is text nowhere here.
Line = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
CaseFile = Annotated[str, StringConstraints(max_length=MOST_BYTES, pattern=r"^[^\x00]*$")]
Count = Annotated[int, Field(ge=0, le=_MOST_NUMBER)]
Ids: TypeAlias = Annotated[list[Id], Field(max_length=1_000)]


class Strict(BaseModel):
    """What every request has in common: exact types, no further keys."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


# Evidence


class DocumentIn(Strict):
    """A text to read: ``name`` and ``text``, or ``shipped``."""

    name: Name | None = Field(None, description="What the document is called.")
    text: str | None = Field(None, max_length=_MOST_TEXT)
    date: str | None = Field(
        None, pattern=r"^\d{4}-\d\d-\d\d$", description="The day of its publication."
    )
    shipped: Name | None = Field(None, description="An article that comes with Détente.")

    @model_validator(mode="after")
    def _one(self) -> DocumentIn:
        if (self.shipped is None) == (self.text is None):
            raise ValueError("give either 'name' and 'text', or 'shipped'")
        if self.text is not None and self.name is None:
            raise ValueError("a text needs a 'name'")
        return self


class Fields(Strict):
    """Fields of a statement to change; those left out stay."""

    type: Line | None = None
    speaker: Line | None = None
    actors: Annotated[list[Line], Field(max_length=50)] | None = None
    targets: Annotated[list[Line], Field(max_length=50)] | None = None
    before: Line | None = None
    after: Line | None = None
    issue: Line | None = None
    condition: Line | None = None
    attribution: Line | None = None
    quoted: bool | None = None
    modality: Line | None = None
    start: Count | None = None
    end: Count | None = None


class Decision(Strict):
    """A judgement of a statement."""

    decision: Literal["accept", "edit", "reject", "reopen"]
    fields: Fields | None = Field(None, description="For 'edit': the fields to change.")
    why: Line | None = None
    base: Count = Field(description="Number of the last review that was seen; 0 if there is none.")


class Handmade(Strict):
    """A statement that the reader did not find."""

    start: Count
    end: Count
    type: Line
    actors: Annotated[list[Name], Field(min_length=1, max_length=50)]
    targets: Annotated[list[Name], Field(max_length=50)] = []
    speaker: Name | None = Field(None, description="Without it, the first actor.")
    before: Line | None = None
    after: Line | None = None
    issue: Line | None = None
    condition: Line | None = None
    attribution: Line = "indirect"
    quoted: bool = False
    modality: Line = "asserted"
    why: Line | None = None


class Merge(Strict):
    """Statements that say the same."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=200)]
    into: Id = Field(description="The one that stays; the others become repeats of it.")
    why: Line | None = None


# Cases


class Draft(Strict):
    """What a draft takes."""

    unreviewed: bool = False
    table: Annotated[list[Name], Field(max_length=50)] = []
    options: Annotated[int, Field(ge=1, le=20)] | None = None
    irreversible: Annotated[list[Name], Field(max_length=50)] = []
    title: Name | None = None


class CaseIn(Strict):
    """A new case: exactly one of ``text``, ``shipped`` and ``draft``."""

    name: Name | None = Field(None, description="What to call it; without it, its title.")
    text: CaseFile | None = None
    shipped: Name | None = None
    draft: Draft | None = None

    @model_validator(mode="after")
    def _one(self) -> CaseIn:
        if sum(one is not None for one in (self.text, self.shipped, self.draft)) != 1:
            raise ValueError("give exactly one of 'text', 'shipped' and 'draft'")
        return self


class Step(Strict):
    """Undo or redo."""

    base: Count = Field(description="Number of the version that was seen.")


class Rename(Strict):
    """Another name."""

    name: Name


class Unlock(Strict):
    """A search for levers."""

    to: Id | None = None
    size: Annotated[int, Field(ge=1, le=6)] | None = None
    concept: Id = "seq"
    budget: Annotated[float, Field(gt=0, le=86_400)] | None = Field(
        None, description="End after so many seconds."
    )


class SensitivityIn(Strict):
    """A variation of every stated preference."""

    concept: Id = "seq"
    budget: Annotated[float, Field(gt=0, le=86_400)] | None = None


class BriefIn(Strict):
    """A brief to prepare."""

    paper: Literal["a4", "letter"] = "a4"
