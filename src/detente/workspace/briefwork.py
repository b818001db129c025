"""The brief of a case under work: prepared once, then written in any format."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from detente.store import Store
from detente.store.cases import KeptCase
from detente.workspace.casework import case_of, evidence_for
from detente.workspace.desk import Desk, key_of

if TYPE_CHECKING:
    from detente.report.brief.document import Brief
    from detente.workspace.briefing import Paper

__all__ = ["FILES", "brief_file", "prepare_brief"]

FILES = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
"""Format -> media type."""


def prepare_brief(
    desk: Desk,
    kept: KeptCase,
    *,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
    paper: Paper = "a4",
) -> dict[str, Any]:
    """Make the brief of a case and keep it at hand.

    Raises:
        CaseError: the case cannot be diagnosed.
    """
    with desk.store() as store:
        made = _brief(desk, store, kept, paper, stop, progress)
    return {"title": made.title}


def brief_file(desk: Desk, kept: KeptCase, format: str, paper: Paper = "a4") -> str | bytes:
    """Return the brief of a case in a format.

    Raises:
        CaseError: the case cannot be diagnosed, or the format cannot be written here.
    """
    from detente.report.brief.data import brief_document
    from detente.workspace.briefing import render

    with desk.store() as store:
        made = _brief(desk, store, kept, paper)
    return json.dumps(brief_document(made)) if format == "json" else render(made, format)


def _brief(
    desk: Desk,
    store: Store,
    kept: KeptCase,
    paper: Paper,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Brief:
    from detente.workspace.briefing import Asking, brief_of  # half of the package comes with it

    case = case_of(desk, kept)
    evidence = evidence_for(store, case)
    # What was judged since changes the brief, and so does the day.
    state = key_of(repr(evidence.to_dict()))
    asking = Asking(paper=paper, stop=stop, progress=progress)

    def make() -> Brief:
        return brief_of(case, asking, evidence=evidence)

    return desk.remember("brief", (key_of(kept.text), state, paper, _today()), make)


def _today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone().date().isoformat()
