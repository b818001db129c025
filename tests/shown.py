"""Pages of the documentation whose commands are run, in order, and must show what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commandline import ROOT

_SHOWN = re.compile(r"^<!-- shown by: detente (.+?) -->\n```text\n(.*?)^```$", re.M | re.S)


def steps_of(page: Path) -> list[tuple[str, str]]:
    """Return the commands of a page, each with the text that it shows."""
    steps = _SHOWN.findall(page.read_text(encoding="utf-8"))
    assert len(steps) >= 5
    return steps


def settle_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go where a reader would be: an empty folder with the examples, a wide terminal."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    monkeypatch.chdir(folder)
    (folder / "examples").symlink_to(ROOT / "examples")


def assert_shown(command: str, text: str, out: str) -> None:
    """Assert that each line of a text was printed, blanks apart."""
    said = " ".join(out.split())
    for line in text.splitlines():
        assert " ".join(line.split()) in said, f"detente {command} does not print {line!r}"
