"""The tutorial on reading: its commands are run, in order, and show what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from commandline import ROOT, Runner

PAGES = ["reading-news", "from-article-to-case"]
SHOWN = re.compile(r"^<!-- shown by: detente (.+?) -->\n```text\n(.*?)^```$", re.M | re.S)


@pytest.mark.parametrize("page", PAGES)
def test_the_tutorial_shows_what_its_commands_print(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    run = Runner(capsys)
    steps = SHOWN.findall((ROOT / "docs" / "tutorial" / f"{page}.md").read_text("utf-8"))
    assert len(steps) >= 5
    for command, text in steps:
        out = " ".join(run.good(*shlex.split(command)).out.split())
        for line in text.splitlines():
            assert " ".join(line.split()) in out, f"detente {command} does not print {line!r}"
