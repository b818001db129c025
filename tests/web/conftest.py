"""A workbench for each test, on a workspace in which one article was read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench import ARTICLE, Bench

from detente.workspace.desk import Desk
from detente.workspace.intake import read_pasted


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the article, made once."""
    path = tmp_path_factory.mktemp("seeded") / "work.db"
    desk = Desk(str(path), by="ann")
    read_pasted(desk, "zenda.txt", ARTICLE, "2019-05-28", lambda *_: None)
    desk.close()
    return path


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A front end as the build leaves it."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>bench</title>", encoding="utf-8")
    (folder / "assets" / "app.js").write_text("export {}", encoding="utf-8")
    (folder / "favicon.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("not for the web", encoding="utf-8")
    return folder


@pytest.fixture
def bench(seeded: Path, tmp_path: Path, static: Path) -> Iterator[Bench]:
    path = tmp_path / "work.db"
    shutil.copy(seeded, path)
    found = Bench(path, static)
    yield found
    found.app.state.jobs.cancel_all()
    found.desk.close()
