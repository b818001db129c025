"""Whole commands, as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cases import SIX_PARTY_STATES, six_party_case, three_party_case
from benchmarks.rows import Row
from benchmarks.timing import ROOT, child

__all__ = ["shell_rows"]

DETENTE = Path(sys.executable).with_name("detente")
FIVE = "nash,gmr,smr,seq,sseq"

# A tiny process starts the command: its own memory would otherwise be counted as the command's.
_LAUNCHER = """
import json, os, sys, time
hidden = os.open(os.devnull, os.O_WRONLY)
actions = [(os.POSIX_SPAWN_DUP2, hidden, 1)]
start = time.perf_counter()
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions)
_, status, usage = os.wait4(pid, 0)
seconds = time.perf_counter() - start
print(json.dumps([seconds, os.waitstatus_to_exitcode(status), usage.ru_maxrss]))
"""


def shell_rows() -> Iterator[Row]:
    """Measure the commands for which there are targets."""
    yield help_row()
    yield small_file_row()
    with tempfile.TemporaryDirectory() as folder:
        yield brief_row(Path(folder))
        yield six_party_row(Path(folder))
        yield large_file_row(Path(folder))


def help_row() -> Row:
    """Time ``detente --help``."""
    return _command("detente --help", "--help", parties=0, cells=1, max_seconds=0.25, runs=9)


def small_file_row() -> Row:
    """Time ``detente solve`` on a published case of a dozen states."""
    case = ROOT / "cases/published/elmira-12.yaml"
    return _command(
        "detente solve elmira-12.yaml",
        *("solve", str(case)),
        parties=3,
        cells=32,
        feasible=12,
        max_seconds=0.5,
        runs=9,
    )


def brief_row(folder: Path) -> Row:
    """Time ``detente brief`` from a news article to HTML: reading, draft, analysis, document."""
    file = folder / "brief.html"
    return _command(
        "detente brief us-taliban-2019.txt -o brief.html",
        *("brief", str(ROOT / "examples/us-taliban-2019.txt"), "-o", str(file)),
        parties=6,
        cells=576,
        feasible=432,
        max_seconds=5.0,
        runs=3,
        remove=file,
    )


def six_party_row(folder: Path) -> Row:
    """Time six parties with 20 options, 138,240 feasible states."""
    case = folder / "six-parties.yaml"
    six_party_case(case)
    return _command(
        f"detente solve --concepts {FIVE} six-parties.yaml",
        *("solve", str(case), "--concepts", FIVE, "--summary"),
        parties=6,
        cells=1 << 20,
        feasible=SIX_PARTY_STATES,
        max_seconds=1.0,
        runs=5,
    )


def large_file_row(folder: Path) -> Row:
    """Time 2^24 states from a file with 14 statements for each of three parties."""
    case = folder / "three-parties.yaml"
    three_party_case(case)
    return _command(
        "detente solve --summary three-parties.yaml",
        *("solve", str(case), "--summary"),
        parties=3,
        cells=1 << 24,
        max_copies=900,
        max_mib=2048,
        runs=3,
    )


def _command(
    name: str,
    *args: str,
    parties: int,
    cells: int,
    runs: int,
    feasible: int = 0,
    max_copies: float | None = None,
    max_seconds: float | None = None,
    max_mib: float | None = None,
    remove: Path | None = None,
) -> Row:
    best, memory, problem = float("inf"), 0.0, ""
    copy = child("timing", cells)
    for attempt in range(1 + runs):  # the first fills caches and is not counted
        if remove is not None:  # what the last run wrote is not overwritten
            remove.unlink(missing_ok=True)
        command = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(DETENTE), *args]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            problem = done.stderr.strip().splitlines()[-1]
            break
        seconds, code, usage = json.loads(done.stdout)
        if code:
            problem = f"exit {code}: {done.stderr.strip().splitlines()[0] if done.stderr else ''}"
            break
        if attempt:
            best = min(best, seconds)
            memory = max(memory, usage / (1 << (20 if sys.platform == "darwin" else 10)))
    return Row(
        group="shell",
        name=name,
        kind="command",
        parties=parties,
        cells=cells,
        feasible=feasible,
        seconds=best,
        runs=runs,
        copy_seconds=min(copy, child("timing", cells)),
        peak_mib=memory,
        max_copies=max_copies,
        max_seconds=max_seconds,
        max_mib=max_mib,
        problem=problem,
    )
