"""Remedies tried out: a set of levers, or an edit, in a copy of the case beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from detente.analysis.levers.unlocking import Unlocking
from detente.report.sensitivity import sensitivity_document
from detente.report.unlocking import unlock_document, words_of
from detente.store import ConflictError, Store
from detente.store.cases import KeptCase, add, case
from detente.workspace.casework import case_of, evidence_for, text_of_case
from detente.workspace.desk import Desk
from detente.workspace.sensitivity import sensitivity_case
from detente.workspace.unlocking import levered, unlock_case

__all__ = ["keep_levered", "searched", "varied"]


def searched(
    desk: Desk,
    kept: KeptCase,
    *,
    to: str | None = None,
    size: int | None = None,
    concept: str = "seq",
    budget: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Unlocking, dict[str, Any]]:
    """Search a case under work for levers; arguments as in :func:`.unlocking.unlock_case`.

    Returns:
        What was found, and the document of ``detente unlock --json``.

    Raises:
        CaseError: what is asked of the case is not valid.
    """
    case = case_of(desk, kept)
    result = unlock_case(
        case, to=to, concept=concept, size=size, budget=budget, stop=stop, progress=progress
    )
    with desk.store() as store:
        evidence = evidence_for(store, case)
    return result, {**unlock_document(result, evidence), "case_version": kept.version}


def varied(
    desk: Desk,
    kept: KeptCase,
    *,
    concept: str = "seq",
    budget: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Return the document of ``detente sensitivity --json`` for a case under work.

    Raises:
        CaseError: what is asked of the case is not valid.
    """
    result = sensitivity_case(
        case_of(desk, kept), concept=concept, budget=budget, stop=stop, progress=progress
    )
    return {**sensitivity_document(result), "case_version": kept.version}


def keep_levered(
    desk: Desk, store: Store, id: str, result: Unlocking, number: int, name: str | None = None
) -> tuple[KeptCase, dict[str, Any]]:
    """Keep the case as one of the sets of levers changes it.

    Args:
        desk: the desk.
        store: the workspace.
        id: the case that was searched.
        result: what was found.
        number: which set, counted from 1.
        name: what to call the scenario.

    Returns:
        The scenario; and what was changed, in words, with what a case file cannot say of it.

    Raises:
        UnknownError: there is no such case.
        ConflictError: the case has changed since the search.
        CaseError: there is no such set, or it changes nothing in the file.
    """
    kept = case(store, id)
    text = text_of_case(desk, kept)
    searched = result.diagnosis.scenario.case
    if text.case.fingerprint != searched.fingerprint:
        raise ConflictError(
            f"the case '{kept.name}' has changed since the search",
            rule="levers belong to the model that was searched",
            hint="search again",
        )
    words = words_of(result, number)
    changed, left = levered(text, result, number, words)
    made = add(
        store,
        name or f"{kept.name}: {words}"[:200],
        changed,
        origin="scenario",
        what=f"Scenario: {words}.",
        by=desk.by,
        scenario_of=kept.num,
    )
    return made, {"words": [f"Scenario: {words}."], "not_written": left}
