"""The review on a terminal, key by key, through a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import termios
import time
from pathlib import Path

import pytest
from articles import TOLL, article, store_text
from commandline import PROGRAM

from detente.store import open_store
from detente.store.judging import history
from detente.store.searching import Filter, find


class Terminal:
    """A review that runs on a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        self.ours, self.theirs = pty.openpty()
        self.before = termios.tcgetattr(self.theirs)
        self.process = subprocess.Popen(
            [*PROGRAM, "review"],
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=self.theirs,
            cwd=folder,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "90", "DETENTE_REVIEWER": "ann"},
            start_new_session=True,
        )
        self.shown = ""

    def wait_for(self, text: str) -> str:
        """Read until the text is on the screen; return everything since the last call."""
        limit = time.monotonic() + 20
        while text not in self.plain:
            assert time.monotonic() < limit, f"no {text!r} in {self.plain!r}"
            if select.select([self.ours], [], [], 0.2)[0]:
                self.shown += os.read(self.ours, 65536).decode("utf-8", "replace")
        seen, self.shown = self.plain, ""
        return seen

    @property
    def plain(self) -> str:
        return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", self.shown)

    def type(self, keys: str, then: str) -> str:
        os.write(self.ours, keys.encode())
        return self.wait_for(then)

    def end(self) -> int:
        status = self.process.wait(timeout=20)
        assert termios.tcgetattr(self.theirs) == self.before
        os.close(self.ours)
        os.close(self.theirs)
        return status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "detente.db", create=True) as store:
        store_text(store, TOLL)
        for number in range(3):
            store_text(store, article(number), f"a{number}.txt")
    return tmp_path


def states(folder: Path) -> list[str]:
    with open_store(folder / "detente.db") as store:
        return [item.state for item in find(store, Filter()).statements]


def test_keys_move_decide_and_take_back(folder: Path) -> None:
    terminal = Terminal(folder)
    foot = "q leave"
    first = terminal.wait_for(foot)
    assert "» precondition  Ruritania" in first
    assert "[it would open the pass only after the toll was paid]" in first
    assert "2 of " in terminal.type("j", foot)
    assert "1 of " in terminal.type("k", foot)
    assert "the first one" in terminal.type("k", foot)
    assert "2 of " in terminal.type("\x1b[B", foot)
    assert "1 of " in terminal.type("\x1b[A", foot)
    assert "take back the last decision" in terminal.type("?", "stands between")
    terminal.type(" ", foot)
    assert "accepted; u takes it back" in terminal.type("a", foot)
    assert states(folder)[0] == "accepted"
    assert "rejected" in terminal.type("x", foot)
    assert "taken back; proposed now" in terminal.type("u", foot)
    assert "does nothing" in terminal.type("z", foot)
    assert "reviewed" not in terminal.type("q", "still to review")
    assert terminal.end() == 0
    assert states(folder)[:2] == ["accepted", "proposed"]


def test_keys_search_and_edit(folder: Path) -> None:
    terminal = Terminal(folder)
    foot = "q leave"
    terminal.wait_for(foot)
    terminal.type("/", "search: ")
    assert "1 of 1" in terminal.type("toll\n", foot)
    terminal.type("e", "type [precondition]: ")
    terminal.type("offer\n", "speaker [Ruritania]: ")
    terminal.type("\n", "actors [Ruritania]: ")
    terminal.type("Iran, Oman\n", "targets [-]: ")
    terminal.type("\n", "before [")
    terminal.type("\n", "after [")
    terminal.type("\n", "issue [")
    assert "edited" in terminal.type("-\n", foot)
    terminal.type("e", "type [offer]: ")
    for _ in range(7):
        os.write(terminal.ours, b"\n")
        time.sleep(0.05)
    terminal.wait_for("nothing changed")
    terminal.type("q", "still to review")
    assert terminal.end() == 0
    with open_store(folder / "detente.db") as store:
        (item,) = find(store, Filter(states=["edited"])).statements
        assert item.fields["actors"] == ["Iran", "Oman"]
        assert (item.fields["type"], item.fields["issue"]) == ("offer", None)
        assert [review.by for review in history(store, item.id)] == ["ann"]


def test_ctrl_c_leaves_the_terminal_as_it_was(folder: Path) -> None:
    terminal = Terminal(folder)
    terminal.wait_for("q leave")
    terminal.type("a", "accepted")
    terminal.process.send_signal(2)
    terminal.wait_for("stopped")
    assert terminal.end() == 130
    assert states(folder)[0] == "accepted"
