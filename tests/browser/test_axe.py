"""axe-core finds nothing on any screen, light and dark, wide and narrow."""

from __future__ import annotations

import os

import pytest
from people import AXE, NARROW, THEMES, WIDE, Chromium, Server, go

pytestmark = pytest.mark.xdist_group("browser")
SCREENS = {
    "start": "",
    "evidence": "evidence/1",
    "positions": "evidence/1?view=positions&unreviewed=yes",
    "model": "model/c2",
    "parties": "model/c2?part=parties",
    "cannot": "model/c1?part=cannot",
    "file": "model/c2?part=file",
    "states": "states/c2?state=11",
    "why": "why/c2?state=00",
    "unlock": "unlock/c2",
    "brief": "brief/c2",
}
ASK = """async () => (await axe.run(document, {iframes: false})).violations.map(
  (one) => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map((n) => n.html)}`)"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(
    chromium: Chromium, at_work: Server, theme: str, size: tuple[int, int]
) -> None:
    if not AXE.exists():
        if os.environ.get("DETENTE_TESTS_NEED_ALL"):
            pytest.fail("no axe-core, and nothing may be skipped here")
        pytest.skip("NO AXE-CORE (make screens): THE SCREENS ARE NOT LOOKED AT BY IT")
    script = AXE.read_text(encoding="utf-8")
    page = chromium.open(at_work, size, theme)
    found = []
    for name, where in SCREENS.items():
        go(page, at_work, where)
        page.evaluate(script)
        found += [f"{name}: {one}" for one in page.evaluate(ASK)]
    assert found == []
