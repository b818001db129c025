"""Reading into a workspace: resumed after a kill, shared by two processes, the same in parallel."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from articles import TOLL, write_articles

from detente.model.errors import DetenteError
from detente.store import Store, open_store
from detente.store.lookup import document
from detente.workspace.naming import add_name
from detente.workspace.reading import ReadResult, list_sources, read_sources

READ = [sys.executable, "-m", "detente.cli.app", "read"]


def read(store: Store, *names: object, workers: int = 1) -> ReadResult:
    return read_sources(store, list_sources([str(name) for name in names]), workers=workers)


def whole(path: Path) -> list[tuple[object, ...]]:
    """Everything that was read, in an order that does not depend on who was first."""
    with open_store(path) as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert store.rows("PRAGMA foreign_key_check") == []
        sql = (
            "SELECT d.name, d.sha256, s.id, s.proposed FROM documents AS d"
            " LEFT JOIN statements AS s ON s.document = d.num ORDER BY d.name, s.id"
        )
        index = store.rows("SELECT count(*) FROM statement_search")[0][0]
        assert index == store.rows("SELECT count(*) FROM statements")[0][0]
        return [tuple(row) for row in store.rows(sql)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles")
    write_articles(path, 200)
    return path


@pytest.fixture(scope="module")
def expected(folder: Path) -> list[tuple[object, ...]]:
    path = folder.with_suffix(".db")
    with open_store(path, create=True) as store:
        assert len(read(store, folder).documents) == 200
    return whole(path)


def start(folder: Path, path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*READ, str(folder), "-w", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_a_killed_reading_goes_on_without_loss_or_duplicates(
    folder: Path, expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    path = tmp_path / "w.db"
    chance = random.Random(os.getpid())
    killed = 0
    for _ in range(12):
        process = start(folder, path)
        time.sleep(chance.uniform(0.1, 2.5))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        killed += process.returncode == -signal.SIGKILL
        if killed >= 5:
            break
    assert killed, "every run was over before it was killed"
    process = start(folder, path)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, b"")
    assert whole(path) == expected


def test_workers_end_with_a_reader_that_is_killed(folder: Path, tmp_path: Path) -> None:
    process = start(folder, tmp_path / "w.db")
    time.sleep(2)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a worker lives on")


def test_two_processes_fill_one_workspace(
    folder: Path, expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    path = tmp_path / "w.db"
    both = [start(folder, path), start(folder, path)]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert (process.returncode, err.decode()) == (0, "")
    assert whole(path) == expected


def test_a_held_workspace_is_waited_for_aloud(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    (tmp_path / "news.txt").write_text(TOLL)
    with open_store(path, create=True):
        pass
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    process = start(tmp_path / "news.txt", path)
    assert process.stderr is not None
    assert process.stderr.readline().startswith(b"waiting for another process")
    other.execute("ROLLBACK")
    other.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_parallel_reading_gives_the_same(
    folder: Path, expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PARALLEL, str(folder), str(tmp_path / "w.db")],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert json.loads(done.stdout) == [f"a{n:05}.txt" for n in range(200)]
    assert whole(tmp_path / "w.db") == expected


_PARALLEL = """
import json, sys
from detente.store import open_store
from detente.workspace.reading import list_sources, read_sources
if __name__ == "__main__":
    with open_store(sys.argv[2], create=True) as store:
        result = read_sources(store, list_sources([sys.argv[1]]), workers=2)
        print(json.dumps([item.name for item in result.documents]))
"""


def test_nothing_is_read_twice(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text(TOLL)
    assert [item.outcome for item in read(store, file).documents] == ["new"]
    assert [item.outcome for item in read(store, file).documents] == ["known"]
    file.write_text(TOLL + "\n")
    assert [item.outcome for item in read(store, file).documents] == ["version"]


def test_new_names_of_parties_count_at_the_next_reading(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text("The Castle said it would open the pass only after the toll was paid.")
    read(store, file)
    add_name(store, "The Castle=Malta")
    (item,) = read(store, file).documents
    assert item.outcome == "again"
    (statement,) = read(store, file).statements()
    assert statement["actors"] == ["Malta"]


def test_one_bad_source_does_not_stop_the_others(store: Store, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TOLL)
    result = read(store, tmp_path / "good.txt", tmp_path / "missing.txt")
    assert [item.name for item in result.documents] == ["good.txt"]
    assert len(result.failures) == 1
    with pytest.raises(DetenteError, match="no such file"):
        list_sources([str(tmp_path / "missing.txt")])


def test_a_file_of_one_name_keeps_its_statements_under_another(
    store: Store, tmp_path: Path
) -> None:
    for name, text in (("a", TOLL), ("b", TOLL.replace("toll", "fee"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "news.txt").write_text(text)
    alone = next(iter(read(store, tmp_path / "a" / "news.txt").statements()))
    both = list(read(store, tmp_path / "a", tmp_path / "b").statements())
    assert alone["doc"] == "news.txt"
    assert [item["doc"] for item in both] == ["a/news.txt", "b/news.txt"]
    assert both[0]["id"] == alone["id"]
    assert store.rows("SELECT count(*) FROM documents")[0][0] == 2
    assert document(store, 1).name == "news.txt"


@pytest.mark.slow
def test_ten_thousand_documents_are_read_and_resumed(tmp_path: Path) -> None:
    write_articles(tmp_path / "many", 10_000)
    path = tmp_path / "w.db"
    process = start(tmp_path / "many", path)
    time.sleep(20)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    with open_store(path) as store:
        before = store.rows("SELECT count(*) FROM documents")[0][0]
    assert 0 < before < 10_000
    process = start(tmp_path / "many", path)
    _, err = process.communicate(timeout=1800)
    assert (process.returncode, err) == (0, b"")
    names = {row[0] for row in whole(path)}
    assert len(names) == 10_000
