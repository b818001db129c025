"""Two tabs at once, and a server that is killed: nothing is lost but the edit in flight."""

from __future__ import annotations

import pytest
from people import Chromium, Server, go, settled
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")


def clauses(page: Page) -> list[str]:
    return page.locator(".clause-words").all_inner_texts()


def move_first_down(page: Page) -> None:
    page.locator(".clause-handle").first.focus()
    page.keyboard.press("Alt+ArrowDown")


def test_two_tabs_meet_and_nothing_is_lost(chromium: Chromium, at_work: Server) -> None:
    chromium.expected = ["409"]
    mine = chromium.open(at_work)
    go(mine, at_work, "model/c2?party=taliban")
    theirs = chromium.tab(mine.context, at_work.home)
    go(theirs, at_work, "model/c2?party=us")
    stood = clauses(mine)
    stood_there = clauses(theirs)
    # Tabs that do not hear of each other: what tells them is a look back at the tab.
    move_first_down(theirs)
    expect(theirs.locator(".clause-words").nth(1)).to_have_text(stood_there[0])
    move_first_down(mine)
    notice = mine.locator(".clash")
    expect(notice).to_contain_text("Another tab changed this case")
    mine.get_by_role("button", name="Keep theirs and make my change on it").click()
    expect(notice).to_have_count(0)
    expect(mine.locator(".clause-words").nth(1)).to_have_text(stood[0])
    go(mine, at_work, "model/c2?party=us")
    expect(mine.locator(".clause-words").nth(1)).to_have_text(stood_there[0])


def test_two_tabs_judge_one_statement(chromium: Chromium, at_work: Server) -> None:
    chromium.expected = ["409"]
    pages = [chromium.open(at_work)]
    pages.append(chromium.tab(pages[0].context, at_work.home))
    for page in pages:
        go(page, at_work, "evidence/1")
        page.keyboard.press("j")
        expect(page.locator(".card-quote")).to_be_visible()
    first, second = pages
    decided = first.locator(".card .state").inner_text()
    second.keyboard.press("x" if decided != "rejected" else "a")
    second.wait_for_load_state("networkidle")
    first.keyboard.press("x" if decided == "rejected" else "e")
    if first.locator("input[name=issue]").count():
        first.locator("input[name=issue]").fill("first step")
        first.keyboard.press("Enter")
    expect(first.locator(".card")).to_contain_text("judged in another tab meanwhile")
    expect(first.locator(".card")).to_contain_text("first step")
    first.get_by_role("button", name="Keep mine").click()
    expect(first.locator(".card .facts")).to_contain_text("first step")


def test_server_killed_in_mid_edit(chromium: Chromium, at_work: Server) -> None:
    chromium.expected = ["ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET", "401"]
    page = chromium.open(at_work)
    go(page, at_work, "model/c2?party=taliban")
    stood = clauses(page)
    move_first_down(page)
    expect(page.locator(".clause-words").nth(1)).to_have_text(stood[0])
    answered = clauses(page)
    page.locator(".clause-handle").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    at_work.kill()  # while that edit is on its way, or just done
    at_work.start(at_work.port)
    page.goto(at_work.address)
    go(page, at_work, "model/c2?party=taliban")
    found = clauses(page)
    in_flight = [answered[1], answered[0], *answered[2:]]
    assert found in (answered, in_flight)
    if found == in_flight:
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".clause-words").first).to_have_text(answered[0])
    settled(page)
    move_first_down(page)
    expect(page.locator(".clause-words").nth(1)).not_to_have_text(answered[1])
