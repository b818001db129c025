"""The house rules that a machine can hold: files, versions, imports, sizes."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version as installed_version
from pathlib import Path

import pytest

import detente

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "detente"
CORE = ("model", "engine", "concepts", "analysis")
LONGEST_FILE = 500
LOCKS = [
    "requirements.lock",
    "requirements-docs.lock",
    "requirements-train.lock",
    "training/encoder.lock",
]

# Written in pieces, so that this file does not contain what it looks for.
MACHINE_PATH = re.compile(
    r"(?<![\w.-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"]) + r")/\w"
)
REGISTRY = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs"]))
NOT_OURS = {".git", ".venv", "mutants", "build", "dist", "_build", "node_modules", "__pycache__"}


def shipped_files() -> Iterator[Path]:
    """The files that git tracks or would track; without git, all but the usual leavings."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, cwd=ROOT, capture_output=True, check=True).stdout
        paths = [ROOT / name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [
            path
            for path in ROOT.rglob("*")
            if not NOT_OURS & set(path.relative_to(ROOT).parts) and not path.name.endswith("_cache")
        ]
    return (path for path in paths if path.is_file())


def lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in shipped_files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    return found


def python_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_lock_file_names_no_host_and_pins_every_package(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert ":" + "//" not in text, f"{name} names a host"
    assert "file" + ":" not in text, f"{name} names a path"
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert entries
    unpinned = [line for line in entries if "==" not in line]
    assert not unpinned, f"{name} does not pin {unpinned}"
    hashes = text.count("--hash=sha256:")
    assert hashes >= len(entries), f"{name} has {hashes} hashes for {len(entries)} packages"


def test_lock_file_of_the_screens_names_no_host_and_pins_every_package() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert ":" + "//" not in text, "run `npm run lock` in frontend: the lock names a host"
    assert "file" + ":" not in text, "the lock names a path"
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert packages
    unpinned = [
        name
        for name, one in packages.items()
        if not one.get("integrity", "").startswith("sha512-") or not one.get("version")
    ]
    assert unpinned == []


def test_no_other_lock_file_is_shipped() -> None:
    names = {path.name for path in shipped_files()}
    assert not names & {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "yarn.lock"}


def test_lock_file_covers_every_runtime_dependency() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {line.split("==")[0] for line in lock.splitlines() if "==" in line}
    project = pyproject()["project"]
    assert isinstance(project, dict)
    wanted = {
        re.split(r"[<>=!~;\[ ]", dependency)[0].lower().replace(".", "-").replace("_", "-")
        for dependency in project["dependencies"]
    }
    assert wanted <= pinned, f"run `make lock`: {sorted(wanted - pinned)} are not pinned"


def test_no_file_names_a_path_of_some_machine() -> None:
    assert lines_that_match(MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see /ho" + "me/someone/case.yaml", True),
        ("file:///wo" + "rk/case.yaml", True),
        ('"/ro' + 'ot/x"', True),
        ("an address with example.org/ho" + "me/page in it", False),
        ("src/wo" + "rk/space", False),
        ("both at wo" + "rk/home", False),
    ],
)
def test_machine_path_pattern(text: str, expected: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is expected


def test_no_file_names_a_package_registry() -> None:
    assert lines_that_match(REGISTRY) == []


def test_every_make_target_has_a_help_line() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*)\s*:(?!=)", text, flags=re.MULTILINE))
    explained = set(re.findall(r"^([a-z][\w-]*)\s*:[^=].*?## \S", text, flags=re.MULTILINE))
    phony = set(re.findall(r"^\.PHONY: ([a-z][\w-]*)$", text, flags=re.MULTILINE))
    assert targets >= {"help", "setup", "demo", "test", "test-all", "lint", "bench", "docs"}
    assert targets == explained, f"no help line: {sorted(targets - explained)}"
    assert targets == phony, f"not phony: {sorted(targets - phony)}"


def test_licence_is_present() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_package_says_that_it_is_typed() -> None:
    assert (SOURCE / "py.typed").is_file()


def test_versions_agree() -> None:
    project = pyproject()["project"]
    assert isinstance(project, dict)
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    cited = re.search(r"^version: (\S+)$", citation, flags=re.MULTILINE)
    assert cited is not None
    versions = {
        "pyproject.toml": project["version"],
        "CITATION.cff": cited[1],
        "detente.__version__": detente.__version__,
        "installed": installed_version("detente"),
    }
    assert len(set(versions.values())) == 1, versions
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert str(project["version"]) in changelog


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_source_file_is_short(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST_FILE, f"{length} lines: split it, or give a reason here"


@pytest.mark.parametrize("room", CORE)
def test_core_opens_no_file_and_prints_nothing(room: str) -> None:
    """What import-linter cannot see: the built-in functions that touch files and screen."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.func.id}()"
        for path in sorted((SOURCE / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "print", "input", "breakpoint", "__import__"}
    ]
    assert found == []


def loaded_by(script: str, of: set[str]) -> list[str]:
    """Which of these modules are loaded in a fresh process after the script."""
    script += f"\nimport sys\nprint(*[name for name in {sorted(of)!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout.split()


def test_core_loads_no_screen_and_no_web_client() -> None:
    """Even indirectly: every module of the core is imported, in a fresh process."""
    names = [
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for room in CORE
        for path in sorted((SOURCE / room).rglob("*.py"))
    ]
    script = "\n".join(f"import {name.removesuffix('.__init__')}" for name in names)
    assert loaded_by(script, {"cyclopts", "pandas", "requests", "rich"}) == []


def test_public_functions_do_not_load_numba() -> None:
    """Importing numba takes longer than solving a small case."""
    script = "import detente\ndetente.load, detente.solve"
    assert loaded_by(script, {"numba", "pandas", "rich"}) == []


def test_imports_point_inwards_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_readme_case_is_valid_and_has_the_equilibria_it_claims() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```yaml\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    assert block is not None
    case = detente.loads(block[1], "README.md")
    assert detente.solve(case)["seq"].equilibria == ("00", "10", "21")
    assert "`00`, `10` and `21` are equilibria" in " ".join(text.split())


def readme_outputs() -> list[tuple[str, str]]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    marked = r"^<!-- output of: (.+?) -->\n```text\n(.*?)^```$"
    return re.findall(marked, text, flags=re.MULTILINE | re.DOTALL)


def test_readme_shows_some_output() -> None:
    assert readme_outputs()


@pytest.mark.parametrize(("command", "shown"), readme_outputs(), ids=lambda text: text[:40])
def test_readme_shows_what_the_command_prints(command: str, shown: str) -> None:
    words = command.split()
    program = Path(sys.executable).with_name(words[0])
    done = subprocess.run(
        [program, *words[1:]],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )

    def trimmed(text: str) -> list[str]:
        return [line.rstrip() for line in text.strip("\n").splitlines()]

    assert trimmed(done.stdout) == trimmed(shown)
