from __future__ import annotations

from pathlib import Path

import pytest
from commandline import GRAPH, Runner, large_case


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return Runner(capsys)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.yaml"
    path.write_text(GRAPH, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """16,384 states: above the limit from which counts are shown."""
    path = tmp_path_factory.mktemp("large") / "large.yaml"
    path.write_text(large_case(14), encoding="utf-8")
    return path
