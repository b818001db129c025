"""The whole story, as somebody goes through it: article, statements, draft, lever, scenario, brief."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from people import ARTICLE, NARROW, ROOT, THEMES, WIDE, Chromium, Server, go, settled
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")
SHOTS = ROOT / "build" / "screenshots"
CASE_SCREENS = ("model", "states", "why", "unlock", "brief")


def accept_all(page: Page) -> int:
    """Accept every statement by the keys j and a; give how many there were."""
    count = page.locator(".list-row").count()
    page.keyboard.press("j")
    for done in range(1, count + 1):
        page.keyboard.press("a")
        expect(page.locator(".list-accepted")).to_have_count(done)
    return count


def draft(page: Page, server: Server, title: str) -> str:
    """Draft a case from what is accepted; give its id."""
    go(page, server, "")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Draft the case").click()
    page.wait_for_url("**#/model/*")
    settled(page)
    return page.url.rpartition("/")[2]


def test_article_to_brief(chromium: Chromium, server: Server) -> None:
    page = chromium.open(server)
    page.set_input_files("input[type=file]", str(ARTICLE))
    page.get_by_text("Judge its statements").click()
    settled(page)
    count = accept_all(page)
    assert count > 10
    expect(page.locator(".lead")).to_have_text(
        f"Every statement is judged: {count} accepted, 0 rejected."
    )

    id = draft(page, server, "Talks of May 2019")
    sentence = page.locator(".case-head .lead")
    expect(sentence).to_contain_text(re.compile("deadlock", re.IGNORECASE))
    rows = page.locator(".clause-words")
    first, second = rows.nth(0).inner_text(), rows.nth(1).inner_text()
    page.locator(".clause-handle").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows.nth(1)).to_have_text(first)
    expect(rows.nth(0)).to_have_text(second)
    settled(page)
    expect(page.locator(".result-kind")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(rows.nth(0)).to_have_text(first)

    go(page, server, f"unlock/{id}")
    page.get_by_role("button", name=re.compile("^Try: ")).first.click()
    scenarios = page.locator("table.sides thead th")
    expect(scenarios).to_have_count(3)  # what, the case itself, the scenario
    page.reload()
    settled(page)
    expect(scenarios).to_have_count(3)
    expect(page.locator(".differs").first).to_be_visible()

    go(page, server, f"brief/{id}")
    if page.locator("iframe").count():
        heading = page.frame_locator("iframe").locator("h1").first
        expect(heading).to_be_visible()
    page.context.close()
    take_pictures(chromium, server, id)


def take_pictures(chromium: Chromium, server: Server, id: str) -> None:
    """Keep every screen at both widths and in both themes; no screen is wider than its window."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    screens = {"start": "", "evidence": "evidence/1", **{one: f"{one}/{id}" for one in CASE_SCREENS}}
    wider = []
    for size in (WIDE, NARROW):
        for theme in THEMES:
            page = chromium.open(server, size, theme)
            for name, where in screens.items():
                go(page, server, where)
                path = SHOTS / f"{name}-{size[0]}-{theme}.png"
                page.screenshot(path=path)
                assert path.stat().st_size > 5_000
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wider.append(path.name)
            page.context.close()
    (SHOTS / "workbench.png").write_bytes((SHOTS / "unlock-1280-light.png").read_bytes())
    assert wider == []


def test_story_with_the_keyboard_alone(chromium: Chromium, server: Server, tmp_path: Path) -> None:
    page = chromium.open(server)

    def reach(words: str) -> None:
        """Press Tab until what has the focus is called so."""
        for _ in range(120):
            page.keyboard.press("Tab")
            name = page.evaluate(
                "() => { const e = document.activeElement; return e.getAttribute('aria-label')"
                " || e.labels?.[0]?.innerText || e.innerText || '' }"
            )
            if re.search(words, name):
                return
        raise AssertionError(f"Tab does not reach {words!r}")

    reach("^Paste text")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text of the article")).to_be_focused()
    page.keyboard.insert_text(ARTICLE.read_text(encoding="utf-8"))
    reach("^Read it")
    page.keyboard.press("Enter")
    page.get_by_text("Judge its statements").wait_for()
    reach("^Judge its statements")
    page.keyboard.press("Enter")
    page.locator(".list-row").first.wait_for()
    assert accept_all(page) > 10
    reach("^Détente")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Draft the case").wait_for()
    reach("^Draft the case")
    page.keyboard.press("Enter")
    page.wait_for_url("**#/model/*")
    settled(page)
    rows = page.locator(".clause-words")
    first = rows.nth(0).inner_text()
    reach("^Statement 1:")
    page.keyboard.press("Alt+ArrowDown")
    expect(rows.nth(1)).to_have_text(first)
    expect(page.locator(".clause-handle").nth(1)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(rows.nth(0)).to_have_text(first)
    page.keyboard.press("Control+Home")
    reach("^Unlock")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("^Try: ")).first.wait_for()
    reach("^Try: ")
    page.keyboard.press("Enter")
    expect(page.locator("table.sides thead th")).to_have_count(3)
