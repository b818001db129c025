"""What follows from a case: ladders, states, map, explanations, diagnosis."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from detente.store.cases import case as kept_case
from detente.web import shapes
from detente.web.answers import answer, svg
from detente.web.state import AtDesk, CaseId, Concept, Concepts, OpenStore, To, Words, listed
from detente.workspace.casework import (
    compare_view,
    diagnose_view,
    ladder_views,
    map_of,
    states_view,
    why_view,
)

__all__ = ["router"]

router = APIRouter(tags=["results"])


@router.get("/api/cases/{id}/ladder", response_model=shapes.LaddersOut, summary="Orders of states")
def ladder(id: CaseId, desk: AtDesk, store: OpenStore, party: Words = None) -> Response:
    """The states in the order of a party (without one: of each), with what decides."""
    kept = kept_case(store, id)
    return answer({"case_version": kept.version, "ladders": ladder_views(desk, kept, party)})


@router.get("/api/cases/{id}/states", response_model=shapes.StatesOut, summary="The states")
def states(
    id: CaseId,
    desk: AtDesk,
    store: OpenStore,
    concepts: Concepts = None,
    offset: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 2_000,
) -> Response:
    """A row for each state: words, rank for each party, stability by concept, flags."""
    kept = kept_case(store, id)
    found = states_view(desk, kept, listed(concepts), offset, limit)
    return answer({"case_version": kept.version, **found})


@router.get("/api/cases/{id}/map", response_model=shapes.MapOut, summary="The map of states")
def map_data(
    id: CaseId, desk: AtDesk, store: OpenStore, to: To = None, concept: Concept = "seq"
) -> Response:
    """Places, lines and roles, for who draws it."""
    kept = kept_case(store, id)
    return answer({"case_version": kept.version, **map_of(desk, kept, to, concept).to_dict()})


@router.get(
    "/api/cases/{id}/map.svg",
    response_class=Response,
    responses=shapes.SVG,
    summary="The map of states, drawn",
)
def map_svg(
    id: CaseId, desk: AtDesk, store: OpenStore, to: To = None, concept: Concept = "seq"
) -> Response:
    """The figure of ``detente diagnose --map``."""
    from detente.report.figures.drawing import draw

    return svg(draw(map_of(desk, kept_case(store, id), to, concept)))


@router.get("/api/cases/{id}/why", response_model=shapes.WhyOut, summary="Why a state lasts or not")
def why(
    id: CaseId,
    desk: AtDesk,
    store: OpenStore,
    state: Annotated[str, Query(max_length=200)],
    party: Words = None,
    concept: Concepts = None,
) -> Response:
    """As ``detente why --json``, with its words. ``concept`` may be a list."""
    kept = kept_case(store, id)
    return answer(
        {
            "case_version": kept.version,
            **why_view(desk, store, kept, state, party, listed(concept)),
        }
    )


@router.get("/api/cases/{id}/diagnosis", response_model=shapes.DiagnosisOut, summary="Diagnosis")
def diagnosis(
    id: CaseId, desk: AtDesk, store: OpenStore, to: To = None, concept: Concept = "seq"
) -> Response:
    """As ``detente diagnose --json``, with the facts of its page."""
    kept = kept_case(store, id)
    return answer({**diagnose_view(desk, store, kept, to, concept), "case_version": kept.version})


@router.get(
    "/api/figures.css",
    response_class=Response,
    responses={200: {"description": "A style sheet", "content": {"text/css": {}}}},
    summary="The rules of the drawings",
)
async def figures() -> Response:
    """What the drawings' own style sheets say, for pages that put a drawing inline."""
    from detente.report.figures.style import STYLE
    from detente.report.figures.timeline import TIMELINE_STYLE

    return Response(STYLE + TIMELINE_STYLE, media_type="text/css")


@router.get("/api/compare", response_model=shapes.CompareOut, summary="Two cases side by side")
def compare(
    desk: AtDesk,
    store: OpenStore,
    a: Annotated[str, Query(max_length=40)],
    b: Annotated[str, Query(max_length=40)],
) -> Response:
    """As ``detente compare --json``, with its words."""
    return answer(compare_view(desk, kept_case(store, a), kept_case(store, b)))
