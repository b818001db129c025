"""The states of a case as rows: words, rank for each party, stability, what is special."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.analysis.deadlock.verdicts import Diagnosis
from detente.analysis.stability import Stability
from detente.engine.compile import compile_case
from detente.report.words import Words

__all__ = ["states_document"]


def states_document(
    result: Stability,
    diagnosis: Diagnosis | None = None,
    *,
    offset: int = 0,
    limit: int = 2_000,
    words: Words | None = None,
) -> dict[str, Any]:
    """Return a row for each feasible state.

    Args:
        result: their stability.
        diagnosis: what says which states are targets.
        offset: how many rows to leave out at the beginning.
        limit: most rows to give.
        words: how the case is spoken of, if it is known already.
    """
    case = result.case
    words = words or Words(case)
    arrays = compile_case(case)
    chosen = slice(offset, offset + limit)
    codes = result.states[chosen]
    ranks = []
    for k in range(len(case.parties)):
        payoffs = arrays.state_payoffs(k)
        steps = np.unique(-payoffs)  # from best to worst, each once
        ranks.append((np.searchsorted(steps, -payoffs[chosen]) + 1).tolist())
    masks = {
        one.concept.id: {party: mask[chosen].tolist() for party, mask in one.masks.items()}
        for one in result
    }
    zone = set(diagnosis.zone) if diagnosis is not None else set()
    target = diagnosis.witness if diagnosis is not None else None
    rows = []
    for place, code in enumerate(codes):
        stable = {
            concept: [party for party, mask in by_party.items() if mask[place]]
            for concept, by_party in masks.items()
        }
        everybody = len(case.parties)
        flags = ["status-quo"] if code == case.status_quo else []
        flags += ["zone"] if code in zone else []
        flags += ["target"] if code == target else []
        rows.append(
            {
                "state": code,
                "label": case.label_of.get(code),
                "words": words.state(code),
                "ranks": dict(zip(case.party_ids, (own[place] for own in ranks), strict=True)),
                "stable": stable,
                "equilibrium": [c for c, names in stable.items() if len(names) == everybody],
                "flags": flags,
            }
        )
    concepts = [
        {
            "id": one.concept.id,
            "name": one.concept.name,
            "abbreviation": one.concept.abbreviation,
            "gloss": one.concept.gloss,
            "equilibria": int(one.equilibrium_mask.sum()),
        }
        for one in result
    ]
    return {
        **result.origin.to_dict(),
        "total": len(result.cells),
        "offset": offset,
        "status_quo": case.status_quo,
        "zone": len(zone) if diagnosis is not None else None,
        "target": target,
        "concepts": concepts,
        "rows": rows,
    }
