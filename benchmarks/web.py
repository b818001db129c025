"""The workbench: what an edit takes on the server, with everything that its answer needs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.cases import three_party_deadlock_text
from benchmarks.rows import Row
from benchmarks.timing import copy_seconds, peak_mib

__all__ = ["web_rows"]

EDITS = 120


def web_rows() -> Iterator[Row]:
    """Measure edits of a case of 512 states, and what a screen asks for after one."""
    from starlette.testclient import TestClient

    from detente.web.app import create_app
    from detente.web.security import Guard
    from detente.web.serving import settle_memory
    from detente.workspace.desk import Desk

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(str(Path(folder) / "work.db"), by="benchmark")
        home = "http://127.0.0.1:8765"
        headers = {"Authorization": "Bearer t"}
        guard = Guard(create_app(desk), "t", 8765)
        client = TestClient(guard, base_url=home, headers=headers)
        answer = client.post("/api/cases", json={"text": three_party_deadlock_text()})
        case = answer.json()
        settle_memory()
        seconds: dict[str, list[float]] = {"edit": [], "edit and diagnosis": []}
        peak_mib(reset=True)
        for k in range(EDITS):
            party = case["model"]["parties"][k % 3]
            count = len(party["preferences"]["clauses"])
            edit = {
                "kind": "move_clause",
                "party": party["id"],
                "from": (5 * k) % count,
                "to": (7 * k + 3) % count,
            }
            start = time.perf_counter()
            body = {"base": case["version"], "edit": edit}
            answer = client.post(f"/api/cases/{case['id']}/edits", json=body)
            edited = time.perf_counter() - start
            client.get(f"/api/cases/{case['id']}/diagnosis")
            whole = time.perf_counter() - start
            case = answer.json()
            if case["changed"] and k > 5:
                seconds["edit"].append(edited)
                seconds["edit and diagnosis"].append(whole)
        for name, limit in (("edit", 0.050), ("edit and diagnosis", 0.100)):
            yield _row(name, seconds[name], limit, case)
        desk.close()


def _row(name: str, seconds: list[float], limit: float, case: Any) -> Row:
    ordered = sorted(seconds)
    return Row(
        group="analysis",
        name=f"workbench: {name}, 512 states, 95th percentile",
        kind="in process",
        parties=len(case["model"]["parties"]),
        cells=512,
        feasible=case["model"]["states"],
        seconds=ordered[int(0.95 * len(ordered))],
        runs=len(ordered),
        copy_seconds=copy_seconds(512),
        peak_mib=peak_mib(),
        max_seconds=limit,
    )
