"""Diagnosis, levers and preference changes, in one process with everything loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.cases import four_party_text, three_party_deadlock_text
from benchmarks.rows import Row
from benchmarks.timing import ROOT, best_of, copy_seconds, peak_mib

__all__ = ["analysis_rows"]


def analysis_rows() -> Iterator[Row]:
    """Measure what has a target."""
    import detente
    from detente.analysis.inverse.swaps import minimal_swaps
    from detente.analysis.levers.unlock import unlock

    four = detente.loads(four_party_text())
    yield _row("diagnose, four parties, 4,096 states", four, 1.0, lambda: detente.diagnose(four))
    stated = detente.loads(three_party_deadlock_text())
    yield _row(
        "sensitivity, three parties with ten statements each, 512 states",
        stated,
        2.0,
        lambda: detente.sensitivity(stated),
    )
    full = detente.load(ROOT / "cases/us-taliban-2019/full.yaml")
    yield _row(
        "structural levers and their pairs, us-taliban-2019/full.yaml",
        full,
        5.0,
        lambda: unlock(full, size=2, swaps=0),
    )
    cuba = detente.load(ROOT / "cases/published/cuban-missile-crisis.yaml")
    target = cuba.state("0101")  # the hardest of the 12: ten swaps
    yield _row(
        "smallest change of preferences, 12 states (cuban-missile-crisis.yaml)",
        cuba,
        1.0,
        lambda: minimal_swaps(cuba, target),
    )


def _row(name: str, case: object, limit: float, work: Callable[[], object]) -> Row:
    from detente.engine.compile import compile_case
    from detente.model.case import Case

    assert isinstance(case, Case)
    work()
    before = peak_mib(reset=True)
    seconds, runs = best_of(work, least=3, budget=2.0)
    return Row(
        group="analysis",
        name=name,
        kind="in process",
        parties=len(case.parties),
        cells=case.cells,
        feasible=len(compile_case(case).states),
        seconds=seconds,
        runs=runs,
        copy_seconds=copy_seconds(case.cells),
        peak_mib=max(0.0, peak_mib() - before),
        max_seconds=limit,
    )
