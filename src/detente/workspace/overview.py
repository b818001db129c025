"""What is on the desk: counts of everything, and which step of the work waits for something."""

from __future__ import annotations

from typing import Any

from detente.store import Store
from detente.store.cases import cases
from detente.store.lookup import document
from detente.workspace.desk import Desk
from detente.workspace.evidencework import facts_of
from detente.workspace.shipped import shipped_articles, shipped_cases
from detente.workspace.statements import STATES

__all__ = ["documents", "overview"]


def overview(desk: Desk, store: Store) -> dict[str, Any]:
    """Return what there is and what waits."""
    from detente.version import __version__

    counted = store.rows("SELECT state, count(*) AS n FROM statements WHERE listed GROUP BY state")
    states = {**dict.fromkeys(STATES, 0), **{row["state"]: row["n"] for row in counted}}
    count = store.rows("SELECT count(DISTINCT document) FROM sources")[0][0]
    kept = cases(store)
    drafted = any(case.origin == "draft" for case in kept)
    judged = states["accepted"] + states["edited"]
    return {
        "version": __version__,
        "workspace": {"name": desk.name, "by": desk.by},
        "documents": count,
        "statements": {"total": sum(states.values()), **states},
        "cases": [
            {
                "id": case.id,
                "name": case.name,
                "scenario_of": None if case.scenario_of is None else f"c{case.scenario_of}",
                "origin": case.origin,
                "at": case.at,
            }
            for case in kept
        ],
        "shipped": {
            "cases": [one.to_dict() for one in shipped_cases()],
            "articles": [one.to_dict() for one in shipped_articles()],
        },
        "waits": {
            "evidence": states["proposed"],
            "model": int(bool(judged) and not drafted),
        },
    }


def documents(store: Store) -> list[dict[str, Any]]:
    """Return the documents, those that stand somewhere now first, then by date and name."""
    rows = store.rows(
        "SELECT d.num, count(s.num) AS total,"
        " count(s.num) FILTER (WHERE s.state = 'proposed') AS proposed,"
        " count(s.num) FILTER (WHERE s.state IN ('accepted', 'edited')) AS judged"
        " FROM documents AS d LEFT JOIN statements AS s ON s.document = d.num AND s.listed"
        " WHERE d.num IN (SELECT document FROM sources) OR s.num IS NOT NULL"
        " GROUP BY d.num ORDER BY coalesce(d.date, d.read_at), d.name, d.num"
    )
    found = []
    for row in rows:
        stored = document(store, row["num"])
        found.append(
            {
                **facts_of(stored),
                "current": bool(stored.places),
                "resemblance": stored.resemblance,
                "statements": row["total"],
                "proposed": row["proposed"],
                "accepted": row["judged"],
            }
        )
    return found
