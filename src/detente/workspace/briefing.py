"""Write a brief: of a case, or of sources, which are then read and stored nowhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from detente.analysis.levers.unlock import unlock
from detente.analysis.sensitivity.sensitivity import MOST_WORK, sensitivity
from detente.analysis.stability import solve
from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.reading.drafting import Draft
from detente.reading.timeline import Timeline
from detente.report.brief import FORMATS, Brief, Materials, render
from detente.report.brief.building import build
from detente.report.quoting import NOTHING, Evidence
from detente.store import Store, StoreError, look, scratch
from detente.store.lookup import dates
from detente.store.searching import statement
from detente.workspace.briefsources import held_documents
from detente.workspace.budget import check_budget, until
from detente.workspace.casefiles import load, write_bytes, write_text
from detente.workspace.drafting import Drafted, draft_case
from detente.workspace.quoting import evidence_of, quotations_in
from detente.workspace.reading import Progress, Sources, list_sources, read_sources
from detente.workspace.statements import Asked
from detente.workspace.timeline import timeline_of

__all__ = [
    "BUDGET",
    "FORMATS",
    "Asking",
    "brief_of",
    "brief_of_case",
    "brief_of_sources",
    "brief_of_store",
    "case_materials",
    "check_brief_file",
    "is_case_file",
    "materials_of",
    "render",
    "write_brief",
]

BUDGET = 20.0
"""Most seconds for the levers, and as many for the sensitivity, unless another limit is given."""

_WITHOUT = f"leave it out for {BUDGET:g} seconds"

Paper: TypeAlias = Literal["a4", "letter"]


@dataclass(frozen=True)
class Asking:
    """What is asked of a brief.

    Attributes:
        concept: id of the stability concept that it speaks of.
        sequences: rule for sequences of sanctioning moves.
        title: in place of the title of the case.
        paper: ``a4`` or ``letter``.
        today: the day it is made; ``None``: the clock's, or that of ``SOURCE_DATE_EPOCH``.
        budget: most seconds for the levers, and as many for the sensitivity; ``None``: no limit.
        stop: asked again and again; True ends the searches, and the brief says so.
        progress: called with (changed models tried, known to be ahead).
    """

    concept: str = "seq"
    sequences: str = "legal"
    title: str | None = None
    paper: Paper = "a4"
    today: date | None = None
    budget: float | None = BUDGET
    stop: Callable[[], bool] | None = None
    progress: Callable[[int, int], None] | None = None


def brief_of(
    case: Case,
    asking: Asking | None = None,
    *,
    evidence: Evidence = NOTHING,
    undated: frozenset[str] = frozenset(),
    draft: Draft | None = None,
    told: Timeline | None = None,
) -> Brief:
    """Return the brief of a case; :func:`render` writes it in a format.

    Args:
        case: the case.
        asking: what is asked of it.
        evidence: the statements behind the case that are at hand.
        undated: ids of statements of whose documents the day of publication is not known.
        draft: if the case was drafted just now, the draft.
        told: positions over time.

    Raises:
        CaseError: the case cannot be diagnosed, or what is asked is not possible.
    """
    given = materials_of(case, asking, evidence, undated, draft, told)
    return build(given)


def materials_of(
    case: Case,
    asking: Asking | None = None,
    evidence: Evidence = NOTHING,
    undated: frozenset[str] = frozenset(),
    draft: Draft | None = None,
    told: Timeline | None = None,
) -> Materials:
    """Return the results from which a brief is built; arguments as in :func:`brief_of`."""
    asked = asking or Asking()
    concept, rule = asked.concept, asked.sequences
    check_budget(asked.budget, _WITHOUT)
    if case.status_quo is None:
        raise CaseError(
            "the case has no status quo",
            where=Where(case.source),
            rule="a brief says why the parties stay in the state in which they are now",
            hint="add 'status_quo:'",
        )
    over = partial(until, asked.budget, asked.stop, _WITHOUT)  # each search has all of the time
    unlocking = unlock(case, concept=concept, sequences=rule, stop=over(), progress=asked.progress)
    hangs = sensitivity(case, concept, rule, work=MOST_WORK, stop=over(), progress=asked.progress)
    return Materials(
        diagnosis=unlocking.diagnosis,
        unlocking=unlocking,
        stability=solve(case, sequences=rule),
        sensitivity=hangs,
        date=(asked.today or _today()).isoformat(),
        evidence=evidence,
        undated=undated,
        draft=draft,
        told=told,
        title=asked.title,
        paper=asked.paper,
    )


def _today() -> date:
    """Return the day; with ``SOURCE_DATE_EPOCH`` that of a build that can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).astimezone().date()


def brief_of_case(path: str, asking: Asking | None = None, workspace: str | None = None) -> Brief:
    """Return the brief of a case file; its statements are quoted from a workspace at hand.

    Args:
        path: the case file.
        asking: what is asked.
        workspace: the workspace with the statements, as in
            :func:`detente.workspace.quoting.evidence_of`.

    Raises:
        DetenteError: the case or the workspace cannot be used.
    """
    return build(case_materials(path, asking, workspace))


def case_materials(
    path: str, asking: Asking | None = None, workspace: str | None = None
) -> Materials:
    """Return the materials of a case file; arguments as in :func:`brief_of_case`."""
    case = load(path)
    evidence = evidence_of(case, workspace)
    undated: frozenset[str] = frozenset()
    told = None
    if evidence.workspace is not None and evidence.found:
        with look(evidence.workspace) as store:
            undated = _undated(store, evidence.found)
            told = _told(store, unreviewed=True, cited=evidence.found)
    return materials_of(case, asking, evidence, undated, None, told)


def brief_of_sources(
    names: Sequence[str],
    asking: Asking | None = None,
    *,
    workspace: str | None = None,
    unreviewed: bool = False,
    progress: Progress | None = None,
) -> Brief:
    """Return the brief of sources: files, folders, addresses.

    With a workspace that has read them, what was accepted there counts. A workspace that nobody
    named (``$DETENTE_WORKSPACE``, ``detente.db`` here) counts only if it has every one of the
    sources and something of them was accepted. Otherwise they are read into memory and stored
    nowhere, and the brief rests on proposals, which it says.

    Args:
        names: the sources.
        asking: what is asked.
        workspace: the workspace named by the user.
        unreviewed: in a workspace, take proposed statements too.
        progress: told after each document that is read.

    Raises:
        DetenteError: a source cannot be read; the workspace named does not have it; nothing can
            be drafted.
    """
    sources = list_sources(names)
    if failures := [p for p in sources.problems if not getattr(p, "skipped", False)]:
        raise failures[0]
    found = held_documents(sources, workspace)
    if found is not None:
        path, documents = found
        with look(path) as store:
            if workspace is not None or unreviewed or _accepted(store, documents):
                return brief_of_store(store, asking, unreviewed=unreviewed, documents=documents)
    with scratch() as store:
        _read(store, sources, progress)
        return brief_of_store(store, asking, unreviewed=True)


def brief_of_store(
    store: Store,
    asking: Asking | None = None,
    *,
    unreviewed: bool = False,
    documents: Collection[int] | None = None,
    asked: Asked | None = None,
) -> Brief:
    """Return the brief of a case drafted from a workspace.

    Args:
        store: the workspace.
        asking: what is asked of the brief.
        unreviewed: take proposed statements too; the brief says so.
        documents: numbers of the documents that count; ``None``: all.
        asked: which statements; ``None``: all.

    Raises:
        DetenteError: nothing can be drafted, or diagnosed.
    """
    title = asking.title if asking else None
    made: Drafted = draft_case(
        store, unreviewed=unreviewed, asked=asked, title=title, documents=documents
    )
    quoted = quotations_in(store, made.draft.statements)
    evidence = Evidence(made.case.evidence, quoted, str(store.path))
    told = _told(store, unreviewed=unreviewed, cited=quoted, documents=documents)
    return brief_of(
        replace(made.case, source=None),
        asking,
        evidence=evidence,
        undated=_undated(store, quoted),
        draft=made.draft,
        told=told,
    )


def _accepted(store: Store, documents: Collection[int]) -> bool:
    from detente.workspace.positions import states_of
    from detente.workspace.statements import list_statements

    found = list_statements(store, Asked(state=states_of(False))).found.statements
    return any(own.document in documents for own in found)


def _read(store: Store, sources: Sources, progress: Progress | None) -> None:
    """Read sources, all of them: a brief on a part would not be the brief that was asked for."""
    workers = min(os.cpu_count() or 1, 8)
    result = read_sources(store, sources, progress=progress, workers=workers)
    if result.failures:
        raise result.failures[0]


def _undated(store: Store, ids: Collection[str]) -> frozenset[str]:
    known = dates(store)
    found = (statement(store, id) for id in ids)
    return frozenset(own.id for own in found if own is not None and known[own.document][0] is None)


def _told(
    store: Store,
    *,
    unreviewed: bool,
    cited: Collection[str],
    documents: Collection[int] | None = None,
) -> Timeline | None:
    """Return the positions over time on what the case speaks of, if anything has two days."""
    try:
        told = timeline_of(store, Asked(), unreviewed, documents).timeline
    except StoreError:  # nothing to draw one from
        return None
    lines = tuple(
        line for line in told.lines if any(entry.statement in cited for entry in line.entries)
    )
    days = {entry.date for line in lines for entry in line.entries if entry.dated}
    return replace(told, lines=lines) if len(days) > 1 else None


def is_case_file(name: str) -> bool:
    """Tell whether a source is a case file, by its name."""
    return Path(name).suffix.lower() in (".yaml", ".yml")


def check_brief_file(path: str) -> str:
    """Return the format of a brief's file, before anything is computed.

    Raises:
        CaseError: its suffix is none of the formats, or it exists.
    """
    format = Path(path).suffix.lower().removeprefix(".")
    if format not in FORMATS:
        raise CaseError(
            "a brief cannot be written to this file",
            where=Where(path),
            rule="the suffix says the format: " + ", ".join(f".{name}" for name in FORMATS),
            hint=f"name it {Path(path).stem or 'brief'}.html, for instance",
        )
    if os.path.lexists(path):
        raise CaseError(
            "the file exists already",
            where=Where(path),
            rule="nothing is overwritten unasked",
            hint="choose another name, or remove it first",
        )
    if format == "pdf":
        from detente.report.brief.pdf import refuse_without_pango

        refuse_without_pango()
    return format


def write_brief(brief: Brief, path: str) -> None:
    """Write a brief in one step; the suffix of the file says the format.

    Raises:
        CaseError: the suffix is none of the formats; the file exists or cannot be written.
    """
    content = render(brief, check_brief_file(path))
    if isinstance(content, str):
        write_text(path, content)
    else:
        write_bytes(path, content)
