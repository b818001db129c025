"""What the pages look like, letter by letter, at 80 columns.

After a change that is wanted: ``UPDATE_GOLDEN=1 python -m pytest tests/report``, then read the
difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import quoted
from commandline import ELMIRA, TWO_STEP, shown
from rich.console import RenderableType

import detente
from detente.analysis.coalition.coalitions import coalitions
from detente.analysis.comparison import compare
from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.inverse.conditions import stability_condition
from detente.analysis.levers.unlock import unlock
from detente.model.case import Case
from detente.report.coalitions import coalitions_page, improvements_page
from detente.report.comparing import compare_page
from detente.report.contents import check_page
from detente.report.diagnosing import diagnose_page
from detente.report.evolving import paths_page
from detente.report.explaining import why_page
from detente.report.inverting import inverse_page
from detente.report.quoting import Evidence, Quotation
from detente.report.selection import select
from detente.report.sensitivity import sensitivity_page
from detente.report.solving import solve_page
from detente.report.tables import csv_lines
from detente.report.unlocking import unlock_page

GOLDEN = Path(__file__).parent / "golden"


def named(path: Path) -> Case:
    """Load a case under its bare name: pages show where a case comes from."""
    return detente.loads(path.read_text(encoding="utf-8"), path.name)


def two_step() -> Case:
    return named(Path(TWO_STEP))


def three_level() -> Case:
    return named(Path(__file__).with_name("tranches.yaml"))


def joint() -> RenderableType:
    group = ("us", "taliban")
    result = coalitions(two_step(), groups=[group])
    return improvements_page(result, group, "00", result.improvements(group, "00"))


def inverse() -> RenderableType:
    concepts = ("nash", "gmr", "smr", "seq")
    return inverse_page([stability_condition(detente.load(ELMIRA), "10100", c) for c in concepts])


def draft() -> Case:
    return detente.loads(quoted.case_text(about=quoted.DRAFT), "draft.yaml")


def evidence() -> Evidence:
    """What a workspace would give for the draft: one of each state, and one not found."""
    found = {
        id: Quotation(id, text, "news.txt", "2026-03-01", 0, len(text), "Ruritania", state, "offer")
        for id, text, state in (
            ("s1", quoted.OPEN, "accepted"),
            ("s3", quoted.TOLL, "rejected"),
            ("s2", quoted.FREE, "proposed"),
        )
    }
    return Evidence(draft().evidence, found, "detente.db")


PAGES: dict[str, Callable[[], RenderableType]] = {
    "check": lambda: check_page(two_step(), 4),
    "solve": lambda: solve_page(select(detente.solve(two_step()))),
    "solve-summary": lambda: solve_page(select(detente.solve(two_step()), summary=True)),
    "solve-filtered": lambda: solve_page(
        select(detente.solve(two_step(), ["nash", "seq"]), where="withdrawal", sort="taliban")
    ),
    "solve-wide": lambda: solve_page(select(detente.solve(detente.load(ELMIRA)))),
    "why-00": lambda: why_page(detente.why(two_step(), "00")),
    "why-11": lambda: why_page(detente.why(two_step(), "11")),
    "why-answers": lambda: why_page(detente.why(detente.load(ELMIRA), "01000")),
    "why-one-party": lambda: why_page(detente.why(detente.load(ELMIRA), "01000", "lg")),
    "paths": lambda: paths_page(detente.paths(two_step())),
    "paths-to": lambda: paths_page(detente.paths(two_step(), "11"), "11"),
    "diagnose": lambda: diagnose_page(diagnose(two_step())),
    "diagnose-to": lambda: diagnose_page(diagnose(three_level(), to="22")),
    "diagnose-none": lambda: diagnose_page(diagnose(detente.load(ELMIRA))),
    "unlock": lambda: unlock_page(unlock(two_step(), size=2)),
    "inverse": inverse,
    "sensitivity": lambda: sensitivity_page(detente.sensitivity(two_step())),
    "sensitivity-weights": lambda: sensitivity_page(detente.sensitivity(three_level())),
    "sensitivity-ranking": lambda: sensitivity_page(detente.sensitivity(detente.load(ELMIRA))),
    "sensitivity-stopped": lambda: sensitivity_page(detente.sensitivity(two_step(), work=28)),
    "compare": lambda: compare_page(compare(two_step(), three_level())),
    "coalitions": lambda: coalitions_page(coalitions(two_step())),
    "why-coalition": joint,
    "draft-check": lambda: check_page(draft(), 4, evidence()),
    "draft-diagnose": lambda: diagnose_page(diagnose(draft()), evidence()),
    "draft-why": lambda: why_page(detente.why(draft(), "10"), evidence()),
    "draft-unlock": lambda: unlock_page(unlock(draft()), evidence()),
    "draft-compare": lambda: compare_page(compare(draft(), two_step())),
    "paths-tree": lambda: paths_page(detente.paths(detente.load(ELMIRA))),
}


def check_against(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_page_at_80_columns(name: str) -> None:
    text = shown(PAGES[name]())
    assert max(map(len, text.splitlines())) <= 80
    assert not any(line != line.rstrip() for line in text.splitlines())
    check_against(f"{name}.txt", text)


def test_csv_of_the_first_case() -> None:
    check_against("solve.csv", "".join(csv_lines(select(detente.solve(two_step())))))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [40, 57, 120, 200])
def test_page_at_other_widths(name: str, width: int) -> None:
    text = shown(PAGES[name](), width)
    assert max(map(len, text.splitlines())) <= width
    forbidden = ("solution", "optimal", "prediction")
    assert not any(word in text.lower() for word in forbidden)
