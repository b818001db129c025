"""The page on exchange: its commands are run, in order, and show what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from commandline import ROOT, Runner

PAGE = ROOT / "docs" / "how-to" / "exchange.md"
SHOWN = re.compile(r"^<!-- shown by: detente (.+?) -->\n```text\n(.*?)^```$", re.M | re.S)


def test_the_page_shows_what_its_commands_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    run = Runner(capsys)
    steps = SHOWN.findall(PAGE.read_text(encoding="utf-8"))
    assert len(steps) >= 5
    for command, text in steps:
        done = run(*shlex.split(command))
        assert done.status == 0, done.err
        said = " ".join((done.out + done.err).split())
        for line in text.splitlines():
            assert " ".join(line.split()) in said, f"detente {command} does not print {line!r}"
