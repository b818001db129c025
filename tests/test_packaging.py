"""What a wheel carries beside the code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from commandline import ROOT

from detente.workspace import shipped


def build(root: Path, to: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Build a wheel, as a release does."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(to)]
    env = {key: value for key, value in os.environ.items() if key != "DETENTE_WITHOUT_SCREENS"}
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=120, env={**env, **more}
    )


def small_checkout(root: Path) -> Path:
    """A checkout with next to nothing in it, whose package is built as ours is."""
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    for name in ("src/detente/web", "cases", "examples"):
        (root / name).mkdir(parents=True)
    (root / "src/detente/__init__.py").write_text("", encoding="utf-8")
    return root


def test_release_without_the_screens_fails_and_says_why(tmp_path: Path) -> None:
    root = small_checkout(tmp_path)
    done = build(root, tmp_path / "dist")
    assert done.returncode != 0
    assert "src/detente/web/static/index.html is missing" in done.stderr
    assert "make screens" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("dist/*.whl"))
    assert build(root, tmp_path / "dist", DETENTE_WITHOUT_SCREENS="1").returncode == 0


def test_release_with_the_screens_carries_them(tmp_path: Path) -> None:
    root = small_checkout(tmp_path)
    static = root / "src/detente/web/static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html>", encoding="utf-8")
    (static / "assets" / "index.js").write_text("export {}", encoding="utf-8")
    (root / ".gitignore").write_text("/src/detente/web/static/\n", encoding="utf-8")
    done = build(root, tmp_path / "dist")
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("dist/*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"detente/web/static/index.html", "detente/web/static/assets/index.js"} <= names


def test_checkout_without_the_screens_can_be_installed_where_it_stands(tmp_path: Path) -> None:
    """Whoever has no Node.js can still work on everything else."""
    root = small_checkout(tmp_path)
    script = (
        "import sys\nfrom hatchling.build import build_editable\n"
        "print(build_editable(sys.argv[1]))\n"
    )
    env = {key: value for key, value in os.environ.items() if key != "DETENTE_WITHOUT_SCREENS"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        env=env,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.glob("*.whl"))


def test_wheel_carries_cases_articles_and_migrations(tmp_path: Path) -> None:
    done = build(ROOT, tmp_path, DETENTE_WITHOUT_SCREENS="1")
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for one in (*shipped.shipped_cases(), *shipped.shipped_articles()):
        assert f"detente/shipped/{one.path.relative_to(ROOT).as_posix()}" in names
    for path in (ROOT / "src/detente/store/migrations").glob("*.sql"):
        assert f"detente/store/migrations/{path.name}" in names
    built = ROOT / "src/detente/web/static/index.html"
    assert ("detente/web/static/index.html" in names) == built.exists()


def test_installed_package_reads_its_own_copies(tmp_path: Path) -> None:
    """Where ``detente/shipped`` is there, it is what counts."""
    folder = tmp_path / "detente" / "shipped" / "cases" / "zenda"
    folder.mkdir(parents=True)
    text = (ROOT / "cases/us-taliban-2019/two-step.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    before = shipped._PACKAGE
    shipped.shipped_cases.cache_clear()
    try:
        shipped._PACKAGE = tmp_path / "detente"
        assert [one.id for one in shipped.shipped_cases()] == ["zenda"]
    finally:
        shipped._PACKAGE = before
        shipped.shipped_cases.cache_clear()
