"""Real Chromium at a real `detente serve`; what a page did wrong fails the test that opened it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from people import Chromium, Server, browser_program, missing_for_browsers, seed

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of the run."""
    if missing := missing_for_browsers():
        if os.environ.get("DETENTE_TESTS_NEED_ALL"):
            pytest.fail(f"{missing}, and nothing may be skipped here")
        pytest.skip(f"{missing}: NO BROWSER TEST IS RUN")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=browser_program(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield found
        found.close()


@pytest.fixture
def chromium(browser: Browser) -> Iterator[Chromium]:
    """The browser as one person uses it; ends with a look at what went wrong in it."""
    found = Chromium(browser)
    yield found
    found.leave()


@pytest.fixture(scope="session")
def seeded(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which an article is judged, a case drafted, two kept and a scenario made."""
    path = tmp_path_factory.mktemp("seeded") / "work.db"
    seed(path)
    return path


@pytest.fixture
def server(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """A server on an empty workspace."""
    with Server(tmp_path / "work.db") as found:
        yield found


@pytest.fixture
def at_work(seeded: Path, tmp_path: Path) -> Iterator[Server]:
    """A server on a copy of the seeded workspace."""
    shutil.copy(seeded, tmp_path / "work.db")
    with Server(tmp_path / "work.db") as found:
        yield found
