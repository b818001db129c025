"""What only a process of its own shows: exit statuses, signals, pipes, terminals, imports."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commandline import PROGRAM, ROOT, TWO_STEP, fresh, large_case

COLOUR = re.compile(r"\x1b\[[\d;]*3\d[\d;]*m")


def test_bad_input_has_status_two_and_no_traceback() -> None:
    done = fresh("solve", TWO_STEP, "--concepts", "nahs")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("there is no solution concept 'nahs'")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("module", ["detente.cli.app"])
def test_help_imports_nothing_heavy(module: str) -> None:
    done = loaded(["--help"])
    assert done & {"numpy", "lark", "ruamel", "detente.model.case", "detente.cli.solve"} == set()


FULL = str(Path(TWO_STEP).with_name("full.yaml"))

HEAVY = {
    "fastapi",
    "feedparser",
    "httpx",
    "numba",
    "pandas",
    "pydantic",
    "requests",
    "sqlite3",
    "starlette",
    "trafilatura",
    "uvicorn",
}


@pytest.mark.parametrize(
    "words",
    [
        ["solve", TWO_STEP],
        ["solve", TWO_STEP, "--json"],
        ["why", TWO_STEP, "11"],
        ["paths", TWO_STEP],
        ["check", TWO_STEP],
        ["check", FULL],  # cites statements, and no workspace is at hand
    ],
    ids=lambda words: " ".join([words[0], *words[2:]]),
)
def test_commands_import_nothing_heavy(words: list[str]) -> None:
    found = loaded(words)
    assert found & HEAVY == set()
    if "--json" in words:
        assert "rich.console" not in found


def test_looking_at_a_workspace_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("Iran said it would leave only after Oman signed.")
    workspace = ["-w", str(tmp_path / "w.db")]
    found = loaded(["read", str(tmp_path / "news.txt"), *workspace, "--json"])
    assert found & (HEAVY - {"sqlite3"}) == set()
    assert "rich.console" not in found
    assert loaded(["statements", *workspace, "--json"]) & (HEAVY - {"sqlite3"}) == set()


def loaded(words: list[str]) -> set[str]:
    """The modules that a command has loaded when it is done."""
    script = f"""\
import sys
from detente.cli.app import main
status = main({words!r})
assert status == 0, status
print("MODULES", *sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stdout.rpartition("MODULES ")[2].split())


def test_closed_pipe_is_quiet(large: Path) -> None:
    words = [*PROGRAM, "solve", str(large), "--csv", "--concepts", "nash"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"code,label,")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_closed_pipe_of_a_page_is_quiet() -> None:
    """The reader is gone before anything is written; the page fits the buffer."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, "solve", TWO_STEP], stdout=write, stderr=subprocess.PIPE, timeout=60
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["solve", TWO_STEP], ["solve", TWO_STEP, "--json"]])
def test_a_full_disk_is_reported(words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=60
        )
    assert done.returncode == 1
    assert done.stderr.startswith("detente: the output cannot be written: ")
    assert len(done.stderr.splitlines()) == 1


def test_ctrl_c_stops_a_long_solve(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(large_case(21), encoding="utf-8")
    words = ["solve", str(path), "--algorithm", "array", "--summary"]
    script = f"""\
from detente.cli.app import main
import sys
print("ready", file=sys.stderr, flush=True)
sys.exit(main({words!r}))
"""
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "ready\n"
        time.sleep(1.2)
        assert process.poll() is None, "the solve was too short to be interrupted"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "detente: stopped\n")


def on_a_terminal(*words: str, **environment: str) -> str:
    """Run a command with a terminal for its output."""
    ours, theirs = pty.openpty()
    plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(
        [*PROGRAM, *words],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        env={**plain, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
        cwd=ROOT,
    )
    os.close(theirs)
    text = b""
    while True:
        try:
            read = os.read(ours, 65536)
        except OSError:  # the terminal is closed
            break
        if not read:
            break
        text += read
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return text.decode("utf-8")


def test_colour_on_a_terminal_only() -> None:
    assert COLOUR.search(on_a_terminal("solve", TWO_STEP))
    assert "\x1b" not in fresh("solve", TWO_STEP).stdout


def test_no_color_is_honoured() -> None:
    assert not COLOUR.search(on_a_terminal("solve", TWO_STEP, NO_COLOR="1"))


def test_a_terminal_without_unicode_gets_plain_characters() -> None:
    done = fresh("solve", TWO_STEP, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "*UT" in done.stdout
    document = fresh("solve", TWO_STEP, "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert document.stdout.isascii()
