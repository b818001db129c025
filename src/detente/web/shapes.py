"""The shapes of answers, for the description of the interface.

Results are the documents of the commands' ``--json``: their main keys stand here, and further ones
may come. What a key means is said in ``docs/reference/json.md`` and ``docs/reference/api.md``.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

SVG: dict[int | str, dict[str, Any]] = {
    200: {"description": "A drawing", "content": {"image/svg+xml": {"schema": {"type": "string"}}}}
}


class Out(BaseModel):
    """An answer; further keys may come."""

    model_config = ConfigDict(extra="allow")


class Where(Out):
    source: str | None
    line: int | None
    column: int | None


class ErrorBody(Out):
    what: str
    where: Where | None
    rule: str | None
    next: str | None


class ErrorOut(Out):
    """What is wrong, where, which rule it breaks, what to do next."""

    error: ErrorBody


class ConflictOut(ErrorOut):
    """Something was changed meanwhile: ``current`` is what there is now."""

    current: dict[str, Any]


class JobOut(Out):
    id: str
    kind: str
    state: str
    done: int
    total: int | None
    words: str
    seconds: float
    result: Any
    error: ErrorBody | None


class DeskOut(Out):
    version: str
    workspace: dict[str, str]
    documents: int
    statements: dict[str, int]
    cases: list[dict[str, Any]]
    shipped: dict[str, list[dict[str, str]]]
    waits: dict[str, int]
    jobs: list[JobOut]


class DocumentRow(Out):
    num: int
    name: str
    title: str | None
    date: str | None
    characters: int


class DocumentsOut(Out):
    count: int
    documents: list[DocumentRow]


class StatementRow(Out):
    id: str
    doc: str
    document: int
    start: int
    end: int
    text: str
    type: str
    speaker: str
    actors: list[str]
    targets: list[str]
    state: str
    review: int


class DocumentOut(DocumentRow):
    text: str
    lines: list[dict[str, Any]]
    statements: list[StatementRow]


class StatementsOut(Out):
    asked: dict[str, str]
    total: int
    count: int
    statements: list[StatementRow]


class StatementOut(Out):
    statement: StatementRow
    words: str


class ChangedOut(Out):
    statements: list[StatementRow]
    words: str


class PartiesOut(Out):
    parties: list[dict[str, Any]]


class TimelineOut(Out):
    unreviewed: bool
    statements: int


class CaseRow(Out):
    id: str
    name: str
    version: int
    scenario_of: str | None
    origin: str
    at: str


class CasesOut(Out):
    count: int
    cases: list[CaseRow]


class CaseOut(CaseRow):
    text: str
    model: dict[str, Any]
    quotations: dict[str, dict[str, Any]]
    can_undo: bool
    can_redo: bool
    unreviewed: bool
    note: str | None


class EditedOut(CaseOut):
    words: list[str]
    changed: bool
    ladder: dict[str, Any] | None


class HistoryOut(Out):
    id: str
    version: int
    versions: list[dict[str, Any]]


class DiscardedOut(Out):
    discarded: str


class LaddersOut(Out):
    case_version: int
    ladders: list[dict[str, Any]]


class StatesOut(Out):
    case_version: int
    total: int
    status_quo: str | None
    concepts: list[dict[str, Any]]
    rows: list[dict[str, Any]]


class MapOut(Out):
    case_version: int
    sentence: str
    status_quo: str
    states: list[dict[str, Any]]
    moves: list[dict[str, Any]]


class WhyOut(Out):
    case_version: int
    state: str
    sentence: str
    explanations: list[dict[str, Any]]


class DiagnosisOut(Out):
    case_version: int
    deadlock: bool
    kind: str
    sentence: str
    facts: list[dict[str, str]]


class CompareOut(Out):
    sentence: str
    facts: list[dict[str, str]]


class SwapOut(Out):
    statement: str
    index: int
    words: str
    moved: int
    exact: bool


class ScenarioOut(CaseOut):
    words: list[str]
    not_written: list[str]
