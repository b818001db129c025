"""The page on exchange: its commands are run, in order, and show what it says."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from commandline import ROOT, Runner
from shown import assert_shown, settle_in, steps_of

PAGE = ROOT / "docs" / "how-to" / "exchange.md"


def test_the_page_shows_what_its_commands_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settle_in(tmp_path, monkeypatch)
    run = Runner(capsys)
    for command, text in steps_of(PAGE):
        done = run(*shlex.split(command))
        assert done.status == 0, done.err
        assert_shown(command, text, done.out + done.err)
