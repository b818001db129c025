"""Graph form: labels are the states' names, and nothing speaks of options."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from commandline import ROOT, shown
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
from detente.report.selection import select
from detente.report.sensitivity import sensitivity_page
from detente.report.solving import solve_page
from detente.report.unlocking import unlock_page

TRAP = """\
detente: 1
title: A trap
parties:
  ann: {preferences: {ranking: [half, deal, war]}}
  bob: {preferences: {ranking: [deal, war, half]}}
states: [war, half, deal]
moves:
  ann: {half: [deal]}
  bob: {war: [half]}
status_quo: war
"""


def elmira() -> Case:
    return detente.load(ROOT / "cases" / "published" / "elmira-9.yaml")


def trap() -> Case:
    return detente.loads(TRAP)


def joint() -> RenderableType:
    result = coalitions(trap(), groups=[("ann", "bob")])
    group = ("ann", "bob")
    return improvements_page(result, group, "war", result.improvements(group, "war"))


PAGES: dict[str, Callable[[], RenderableType]] = {
    "check": lambda: check_page(elmira(), 9),
    "solve": lambda: solve_page(select(detente.solve(elmira()))),
    "why": lambda: why_page(detente.why(elmira(), "s1")),
    "paths": lambda: paths_page(detente.paths(elmira())),
    "paths-to": lambda: paths_page(detente.paths(elmira(), "s9"), "s9"),
    "diagnose": lambda: diagnose_page(diagnose(trap())),
    "unlock": lambda: unlock_page(unlock(trap())),
    "sensitivity": lambda: sensitivity_page(detente.sensitivity(trap())),
    "inverse": lambda: inverse_page([stability_condition(elmira(), "s8", "smr")]),
    "coalitions": lambda: coalitions_page(coalitions(elmira())),
    "why-coalition": joint,
    "compare": lambda: compare_page(compare(elmira(), trap())),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_in_graph_form(name: str) -> None:
    text = shown(PAGES[name]())
    assert max(map(len, text.splitlines())) <= 80
    assert "option" not in text
    assert not any(label in text for label in ("S1", "S8", "War", "Deal"))


def test_diagnosis_in_graph_form_names_the_break() -> None:
    first = shown(PAGES["diagnose"]()).split("\n\n")[0]
    assert " ".join(first.split()) == (
        "Deadlock: deal would leave both sides better off and would hold once reached, but nobody "
        "can safely go first: at half, ann would rather stop."
    )
