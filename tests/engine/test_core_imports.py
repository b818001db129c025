"""The core imports nothing that touches files, network, clock or screen: seen in a fresh process.

What numpy and lark load for themselves is allowed, and what ``importlib.resources`` does, by which
the grammar of statements, a file of the package, is read. The dense engine alone loads numba.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import detente

SOURCE = Path(detente.__file__).parent
CORE = ("model", "engine", "concepts", "analysis")
FORBIDDEN = {
    # files
    *("fileinput", "glob", "mmap", "pathlib", "shelve", "shutil", "sqlite3", "tempfile", "zipfile"),
    # network and other processes
    *("asyncio", "ftplib", "http", "httpx", "multiprocessing", "requests", "select", "selectors"),
    *("smtplib", "socket", "socketserver", "ssl", "subprocess", "urllib", "webbrowser", "xmlrpc"),
    # clock
    *("calendar", "datetime", "sched", "time", "zoneinfo"),
    # screen
    *("argparse", "curses", "cyclopts", "getpass", "logging", "readline", "rich", "tkinter"),
    # heavy, or outer
    *("matplotlib", "numba", "pandas", "ruamel"),
}


def modules() -> list[str]:
    return [
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
        for room in CORE
        for path in sorted((SOURCE / room).rglob("*.py"))
        if not path.name.startswith("dense")
    ]


def loaded(*imports: str) -> set[str]:
    """Top-level names of the modules in a fresh process after these imports."""
    script = (
        "import sys\n" + "".join(f"import {name}\n" for name in imports) + "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.fixture(scope="module")
def allowed() -> set[str]:
    return loaded("numpy", "lark", "importlib.resources")


def test_core_imports_no_files_network_clock_or_screen(allowed: set[str]) -> None:
    found = loaded(*modules())
    assert "detente" in found
    assert not (found & FORBIDDEN) - allowed


def test_core_imports_no_outer_package() -> None:
    script = f"import sys, {', '.join(modules())}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    own = {name.split(".")[1] for name in done.stdout.split() if name.startswith("detente.")}
    assert own == {*CORE, "version"}


def test_the_model_loads_no_numpy() -> None:
    assert "numpy" not in loaded(*(name for name in modules() if ".model" in name))
