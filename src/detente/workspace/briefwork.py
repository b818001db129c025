"""The brief of a case under work: prepared once, then written in any format."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any

from detente.store import Store
from detente.store.cases import KeptCase
from detente.workspace.casework import case_of, evidence_for
from detente.workspace.desk import Desk, key_of

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
    paper: str = "a4",
) -> dict[str, Any]:
    """Make the brief of a case and keep it at hand.

    Raises:
        CaseError: the case cannot be diagnosed.
    """
    with desk.store() as store:
        made = _brief(desk, store, kept, paper, stop, progress)
    return {"title": str(getattr(made, "title", kept.name))}


def brief_file(desk: Desk, kept: KeptCase, format: str, paper: str = "a4") -> str | bytes:
    """Return the brief of a case in a format.

    Raises:
        CaseError: the case cannot be diagnosed, or the format cannot be written here.
    """
    briefing = _briefing()
    with desk.store() as store:
        made = _brief(desk, store, kept, paper)
    if format == "json":
        document = importlib.import_module("detente.report.brief.data").brief_document(made)
        return json.dumps(document)
    content: str | bytes = briefing.render(made, format)
    return content


def _brief(
    desk: Desk,
    store: Store,
    kept: KeptCase,
    paper: str,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Any:
    briefing = _briefing()
    case = case_of(desk, kept)
    evidence = evidence_for(store, case)
    # What was judged since changes the brief, and so does the day.
    state = key_of(repr(evidence.to_dict()))
    asking = briefing.Asking(paper=paper, stop=stop, progress=progress)

    def make() -> Any:
        return briefing.brief_of(case, asking, evidence=evidence)

    return desk.remember("brief", (key_of(kept.text), state, paper, _today()), make)


def _today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone().date().isoformat()


def _briefing() -> Any:
    """Return what writes briefs; it loads half of the package, so only when one is asked for."""
    return importlib.import_module("detente.workspace.briefing")
