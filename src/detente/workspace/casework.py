"""What the workbench asks about a case under work: model, ladders, states, map, verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from detente.engine.compile import compile_case
from detente.model.case import Case
from detente.model.roundtrip import CaseText
from detente.report.quoting import Evidence
from detente.store import Store
from detente.store.cases import KeptCase
from detente.workspace.desk import Desk, key_of
from detente.workspace.quoting import evidence_in

if TYPE_CHECKING:
    from detente.analysis.deadlock.verdicts import Diagnosis
    from detente.analysis.stability import Stability
    from detente.report.figures.statemap import StateMap
    from detente.report.words import Words

__all__ = [
    "case_of",
    "case_row",
    "case_view",
    "compare_view",
    "diagnose_view",
    "diagnosis_of",
    "evidence_for",
    "ladder_views",
    "map_of",
    "outcome_of",
    "states_view",
    "text_of_case",
    "words_of",
    "why_view",
]


def text_of_case(desk: Desk, kept: KeptCase) -> CaseText:
    """Return a case's text, parsed once.

    Raises:
        CaseError: it is no valid case; what is kept was, when it was kept.
    """
    return desk.remember("text", key_of(kept.text), lambda: CaseText.from_text(kept.text, None))


def case_of(desk: Desk, kept: KeptCase) -> Case:
    """Return the case in the text of a case under work."""
    return text_of_case(desk, kept).case


def words_of(desk: Desk, case: Case) -> Words:
    """Return how a case is spoken of: the same as long as names and options stay the same.

    An edit of preferences changes no state's words, and finding them for each of many states takes
    as long as everything else.
    """
    from detente.report.words import Words

    named = (
        [(party.id, party.name, party.options) for party in case.parties],
        sorted(case.labels.items()),
        case.graph and case.graph.states,
    )
    return desk.remember("words", key_of(repr(named)), lambda: Words(case))


def evidence_for(store: Store, case: Case) -> Evidence:
    """Return the quotations behind a case."""
    return evidence_in(store, case)


def case_row(kept: KeptCase) -> dict[str, Any]:
    """Return a case as a list names it."""
    return {
        "id": kept.id,
        "name": kept.name,
        "version": kept.version,
        "scenario_of": None if kept.scenario_of is None else f"c{kept.scenario_of}",
        "origin": kept.origin,
        "what": kept.what,
        "at": kept.at,
        "created_at": kept.created_at,
    }


def case_view(desk: Desk, store: Store, kept: KeptCase) -> dict[str, Any]:
    """Return a case with its model and the quotations behind it."""
    from detente.report.drafts import notice
    from detente.report.modelling import model_document

    case = case_of(desk, kept)
    evidence = evidence_for(store, case)
    document = desk.remember(
        "model",
        key_of(kept.text),
        lambda: model_document(case, len(compile_case(case).states)),
    )
    return {
        **case_row(kept),
        "text": kept.text,
        "model": document,
        "quotations": {id: own.to_dict() for id, own in evidence.found.items()},
        "not_found": list(evidence.missing),
        "can_undo": kept.can_undo,
        "can_redo": kept.can_redo,
        "unreviewed": case.unreviewed,
        "note": notice(case),
    }


def diagnosis_of(
    desk: Desk, kept: KeptCase, to: str | None = None, concept: str = "seq"
) -> Diagnosis:
    """Diagnose a case under work; the answer is kept at hand.

    Raises:
        CaseError: it has no status quo, or there is no such state or concept.
    """
    from detente.analysis.deadlock.diagnosis import diagnose

    return desk.remember(
        "diagnosis",
        (key_of(kept.text), to, concept),
        lambda: diagnose(case_of(desk, kept), to=to, concept=concept),
    )


def outcome_of(desk: Desk, kept: KeptCase) -> dict[str, Any] | None:
    """Return what the diagnosis comes to, in one sentence; ``None`` without a status quo."""
    from detente.report.diagnosing import headline

    found = _perhaps(desk, kept)
    if found is None:
        return None
    return {
        "sentence": headline(found),
        "deadlock": found.deadlock,
        "kind": found.kind,
        "witness": found.witness,
    }


def stability_of(desk: Desk, kept: KeptCase, concepts: Sequence[str] | None = None) -> Stability:
    """Solve a case under work; the answer is kept at hand.

    Raises:
        CaseError: there is no such concept.
    """
    from detente.analysis.stability import solve

    chosen = None if concepts is None else tuple(concepts)
    return desk.remember(
        "stability", (key_of(kept.text), chosen), lambda: solve(case_of(desk, kept), chosen)
    )


def _perhaps(desk: Desk, kept: KeptCase) -> Diagnosis | None:
    """Return the diagnosis, if the case can be diagnosed."""
    if case_of(desk, kept).status_quo is None:
        return None
    return diagnosis_of(desk, kept)


def ladder_views(desk: Desk, kept: KeptCase, party: str | None = None) -> list[dict[str, Any]]:
    """Return the order of states of one party, or of each.

    Raises:
        CaseError: there is no such party.
    """
    from detente.analysis.ladder import ladder
    from detente.report.ladders import ladder_document

    case = case_of(desk, kept)
    ids = case.party_ids if party is None else (case.party(party).id,)
    return [
        desk.remember(
            "ladder",
            (key_of(kept.text), id),
            lambda id=id: ladder_document(case, ladder(case, id), words=words_of(desk, case)),  # type: ignore[misc]
        )
        for id in ids
    ]


def states_view(
    desk: Desk,
    kept: KeptCase,
    concepts: Sequence[str] | None = None,
    offset: int = 0,
    limit: int = 2_000,
) -> dict[str, Any]:
    """Return the states with ranks and verdicts.

    Raises:
        CaseError: there is no such concept.
    """
    from detente.report.stateview import states_document

    chosen = None if concepts is None else tuple(concepts)
    return desk.remember(
        "states",
        (key_of(kept.text), chosen, offset, limit),
        lambda: states_document(
            stability_of(desk, kept, chosen),
            _perhaps(desk, kept),
            offset=offset,
            limit=limit,
            words=words_of(desk, case_of(desk, kept)),
        ),
    )


def map_of(desk: Desk, kept: KeptCase, to: str | None = None, concept: str = "seq") -> StateMap:
    """Return the map of states.

    Raises:
        CaseError: as :func:`diagnosis_of`.
    """
    from detente.report.figures.building import state_map

    return desk.remember(
        "map",
        (key_of(kept.text), to, concept),
        lambda: state_map(diagnosis_of(desk, kept, to, concept)),
    )


def diagnose_view(
    desk: Desk, store: Store, kept: KeptCase, to: str | None = None, concept: str = "seq"
) -> dict[str, Any]:
    """Return the document of ``detente diagnose --json``, with the facts of its page.

    Raises:
        CaseError: as :func:`diagnosis_of`.
    """
    from detente.report.diagnosing import diagnose_document, diagnose_words

    result = diagnosis_of(desk, kept, to, concept)
    evidence = evidence_for(store, result.scenario.case)
    return {**diagnose_document(result, evidence), **diagnose_words(result)}


def why_view(
    desk: Desk,
    store: Store,
    kept: KeptCase,
    state: str,
    party: str | None = None,
    concepts: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Return the document of ``detente why --json``, with its words.

    Raises:
        CaseError: there is no such state, party or concept.
    """
    from detente.analysis.explanation import why
    from detente.report.explaining import why_words

    case = case_of(desk, kept)
    result = why(case, state, party, concepts)
    evidence = evidence_for(store, case)
    return {**result.to_dict(), **why_words(result), **evidence.to_dict()}


def compare_view(desk: Desk, a: KeptCase, b: KeptCase) -> dict[str, Any]:
    """Return the document of ``detente compare --json``, with its words.

    Raises:
        CaseError: the cases cannot be compared.
    """
    from detente.analysis.comparison import compare
    from detente.report.comparing import compare_document, compare_words

    result = compare(case_of(desk, a), case_of(desk, b))
    return {**compare_document(result), **compare_words(result)}
