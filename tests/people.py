"""People at the workbench: a server of their own, Chromium, and what they look out for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from commandline import PROGRAM, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

STATIC = ROOT / "src" / "detente" / "web" / "static"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
ARTICLE = ROOT / "examples" / "us-taliban-2019.txt"
JUDGED = ROOT / "examples" / "us-taliban-2019.review.jsonl"
WIDE, NARROW = (1280, 800), (390, 844)
THEMES = ("light", "dark")


def browser_program() -> str | None:
    """Chromium, as Debian installs it."""
    usual = Path("/usr/bin/chromium")
    return shutil.which("chromium") or (str(usual) if usual.exists() else None)


def missing_for_browsers() -> str | None:
    """What is not here and is needed to try the workbench in a browser; in capitals, to be seen."""
    if browser_program() is None:
        return "NO CHROMIUM (on Debian: apt-get install chromium)"
    if not (STATIC / "index.html").exists():
        return "NO BUILT SCREENS (make screens, with Node.js 20.19 or later)"
    return None


class Server:
    """``detente serve`` in a process of its own; it can be killed and started again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = ""

    def start(self, port: int = 0) -> None:
        """Start it and wait for its address."""
        self.process = subprocess.Popen(
            [*PROGRAM, "serve", "--no-browser", "--port", str(port), "-w", str(self.path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "DETENTE_REVIEWER": "ann"},
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        assert self.address.startswith("http://127.0.0.1:"), "the server did not start"
        self.home = self.address.split("?")[0]

    @property
    def port(self) -> int:
        return int(self.home.rstrip("/").rpartition(":")[2])

    def kill(self) -> None:
        """End it with SIGKILL: nothing can be tidied up."""
        self.process.kill()
        self.process.communicate(timeout=20)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.kill()


class Chromium:
    """A browser whose pages are watched.

    Attributes:
        expected: patterns of console messages that a test causes on purpose.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.wrong: list[str] = []
        self.foreign: list[str] = []
        self.expected: list[str] = []

    def open(
        self, server: Server, size: tuple[int, int] = WIDE, theme: str = "light", **more: Any
    ) -> Page:
        """Open the printed address in a browser that knows nothing yet."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=theme,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        return self.tab(context, server.address)

    def tab(self, context: BrowserContext, address: str) -> Page:
        """Open one more tab of the same browser."""
        page = context.new_page()
        page.on("request", lambda request: self._look(request.url))
        page.on(
            "console",
            lambda note: (
                self.wrong.append(f"{note.type}: {note.text}")
                if note.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: self.wrong.append(f"uncaught: {error}"))
        page.goto(address)
        page.locator("h1").first.wait_for()
        return page

    def _look(self, url: str) -> None:
        if not re.match(r"http://127\.0\.0\.1[:/]|data:|blob:|about:", url):
            self.foreign.append(url)

    def leave(self) -> None:
        """Close all; fail if a page complained, or asked anything of another machine."""
        for context in self.contexts:
            context.close()
        wrong = [
            note for note in self.wrong if not any(re.search(one, note) for one in self.expected)
        ]
        assert self.foreign == []
        assert wrong == []


def settled(page: Page) -> None:
    """Wait until nothing is being fetched or worked out on the page."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => !document.querySelector('main .progress, main [aria-busy=true]')"
        " && document.querySelector('main h1') && !/Loading…/.test(document.body.innerText)"
    )
    page.evaluate("() => document.fonts.ready.then(() => true)")


def go(page: Page, server: Server, where: str) -> None:
    """Show a screen by its address."""
    page.goto(f"{server.home}#/{where}")
    settled(page)


def run(*words: str) -> None:
    """Run a command of the program."""
    done = subprocess.run(
        [*PROGRAM, *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "DETENTE_REVIEWER": "ann"},
    )
    assert done.returncode == 0, done.stderr


def seed(path: Path) -> None:
    """Make a workspace: an article, its judgements, a draft (c1), two shipped cases, a scenario."""
    from detente.workspace.cases import draft_kept, keep_shipped
    from detente.workspace.desk import Desk

    run("read", str(ARTICLE), "-w", str(path))
    run("review", "--apply", str(JUDGED), "-w", str(path))
    desk = Desk(str(path), by="ann")
    with desk.store() as store:
        draft_kept(desk, store)
        for id in ("us-taliban-2019/two-step", "published/elmira-12"):
            keep_shipped(desk, store, id)
    desk.close()
