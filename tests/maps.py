"""What the tests of maps share: cases, maps, and a drawing taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from commandline import GRAPH, ROOT

import detente
from detente.analysis.deadlock.diagnosis import diagnose
from detente.model.case import Case
from detente.report.figures.building import state_map
from detente.report.figures.routing import Curve
from detente.report.figures.statemap import StateMap

SVG = "{http://www.w3.org/2000/svg}"

SHIPPED = sorted(
    path for path in (ROOT / "cases").rglob("*.yaml") if detente.load(path).status_quo is not None
)

UNREACHABLE = """\
detente: 1
title: No way there
parties:
  ann: {options: {deal: {moves: back}}, preferences: {priorities: [deal]}}
  bob: {options: {noise: {}}, preferences: {priorities: [deal, not noise]}}
status_quo: {deal: no, noise: no}
"""

HOSTILE = """\
detente: 1
title: "A <script>alert('x')</script> & \\"quoted\\" title"
parties:
  ann:
    name: "<b>Ann</b> & Sons"
    options: {go: {}}
    preferences: {priorities: [stop, not go]}
  bob:
    name: 'Bob "B" O''Neil'
    options: {stop: {}}
    preferences: {priorities: [go, not stop]}
status_quo: {go: no, stop: no}
"""


def shipped(name: str) -> Case:
    return detente.load(ROOT / "cases" / name)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT / "cases"))


def map_of(case: Case | str, most: int = 60, every: int = 12) -> StateMap:
    loaded = detente.loads(case) if isinstance(case, str) else case
    return state_map(diagnose(loaded), most=most, every=every)


def graph() -> StateMap:
    return map_of(GRAPH)


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def has(self, x: float, y: float, within: float = 0.0) -> bool:
        """Whether a point lies in the box, ``within`` or more from its edge."""
        inner = self.left + within < x < self.right - within
        return inner and self.top + within < y < self.bottom - within


def boxes(shown: StateMap, rings: float = 0.0) -> dict[str, Box]:
    width, height = shown.box
    return {
        s.state: Box(s.x - rings, s.y - rings, s.x + width + rings, s.y + height + rings)
        for s in shown.states
    }


def points(curves: tuple[Curve, ...]) -> list[tuple[float, float]]:
    t = np.linspace(0, 1, 25)[:, None]
    found = []
    for curve in curves:
        a, b, c, d = (np.array(p) for p in curve)
        bent = a * (1 - t) ** 3 + 3 * b * (1 - t) ** 2 * t + 3 * c * (1 - t) * t**2 + d * t**3
        found += [(float(x), float(y)) for x, y in bent]
    return found


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)
