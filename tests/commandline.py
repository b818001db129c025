"""How tests call the command line: in this process, or in a fresh one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console, RenderableType

from detente.cli.app import main

ROOT = Path(__file__).resolve().parent.parent
TWO_STEP = str(ROOT / "cases" / "us-taliban-2019" / "two-step.yaml")
ELMIRA = str(ROOT / "cases" / "published" / "elmira-12.yaml")
PROGRAM = [sys.executable, "-m", "detente.cli.app"]

GRAPH = """\
detente: 1
title: Three states
parties:
  ann: {preferences: {ranking: [s3, s2, s1]}}
  bob: {preferences: {ranking: [s1, s3, s2]}}
states: [s1, s2, s3]
moves:
  ann: {s1: [s2]}
  bob: {s2: [s1, s3]}
status_quo: s1
"""


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Runner:
    """Runs commands in this process."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture

    def __call__(self, *arguments: str | Path) -> Done:
        self.capture.readouterr()
        status = main([str(word) for word in arguments])
        return Done(status, *self.capture.readouterr())

    def good(self, *arguments: str | Path) -> Done:
        done = self(*arguments)
        assert (done.status, done.err) == (0, ""), done.err
        return done

    def bad(self, *arguments: str | Path) -> str:
        """Run something that must be refused; return the message."""
        done = self(*arguments)
        assert done.status == 2, done
        assert done.out == ""
        assert "Traceback" not in done.err
        assert done.err.endswith("\n")
        assert done.err.strip()
        return done.err


def fresh(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a fresh process."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        cwd=ROOT,
        timeout=60,
    )


def shown(page: RenderableType, width: int = 80) -> str:
    """Render a page as a terminal without colours would."""
    out = StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    console.print(page)
    return out.getvalue()


def large_case(options: int, priorities: int = 3) -> str:
    """Return a case of three parties and 2**options states."""
    share = [options // 3, (options + 1) // 3, (options + 2) // 3]
    names = [f"o{k}" for k in range(options)]
    lines = ["detente: 1", "title: Large", "parties:"]
    for party, count in zip("abc", share, strict=True):
        own, names = names[:count], names[count:]
        lines += [f"  {party}:", "    options:", *(f"      {name}: {{}}" for name in own)]
        lines += ["    preferences:", "      priorities:"]
        wanted = [f"o{(ord(party) + 5 * k) % options}" for k in range(priorities)]
        lines += [f"        - {'not ' * (k % 2)}{name}" for k, name in enumerate(wanted)]
    return "\n".join(
        [*lines, f"status_quo: {{{', '.join(f'o{k}: no' for k in range(options))}}}", ""]
    )
