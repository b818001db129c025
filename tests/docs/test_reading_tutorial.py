"""The tutorials on reading: their commands are run, in order, and show what they say."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from commandline import ROOT, Runner
from shown import assert_shown, settle_in, steps_of

PAGES = ["reading-news", "from-article-to-case"]


@pytest.mark.parametrize("page", PAGES)
def test_the_tutorial_shows_what_its_commands_print(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settle_in(tmp_path, monkeypatch)
    run = Runner(capsys)
    for command, text in steps_of(ROOT / "docs" / "tutorial" / f"{page}.md"):
        assert_shown(command, text, run.good(*shlex.split(command)).out)
