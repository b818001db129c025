"""The file of a workspace: made, migrated, refused, waited for."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from articles import TOLL, store_text

from detente.store import StoreError, open_store
from detente.store import connection as connection_module
from detente.store.migrating import APPLICATION, Migration, migrate, migrations
from detente.version import __version__


def filled(path: Path) -> None:
    with open_store(path, create=True) as store:
        store_text(store, TOLL)


def test_a_new_workspace_is_marked_and_logged(tmp_path: Path) -> None:
    with open_store(tmp_path / "w.db", create=True) as store:
        assert store.rows("PRAGMA application_id")[0][0] == APPLICATION
        assert store.rows("PRAGMA user_version")[0][0] == len(migrations())
        assert store.rows("PRAGMA journal_mode")[0][0] == "wal"
        assert store.rows("PRAGMA foreign_keys")[0][0] == 1
        logged = store.rows("SELECT name, version FROM migrations ORDER BY name")
        assert [tuple(row) for row in logged] == [(m.name, __version__) for m in migrations()]


def test_migrations_are_numbered_without_gaps() -> None:
    assert [int(m.name[:4]) for m in migrations()] == list(range(1, len(migrations()) + 1))
    assert all(m.statements for m in migrations())


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    filled(path)
    before = path.read_bytes()
    with open_store(path) as store:
        assert store.rows("SELECT count(*) FROM documents")[0][0] == 1
    assert path.read_bytes() == before


def test_a_missing_workspace_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no workspace here yet") as caught:
        open_store(tmp_path / "w.db")
    assert "detente read" in str(caught.value)
    assert not (tmp_path / "w.db").exists()


def test_an_empty_file_becomes_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "w.db").touch()  # what a kill during the first moment leaves
    filled(tmp_path / "w.db")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: p.mkdir(), "this is a folder"),
        (lambda p: p.write_bytes(b"no database at all " * 100), "not an SQLite database"),
        (lambda p: p.write_text("short"), "not an SQLite database"),
    ],
    ids=["folder", "other file", "short file"],
)
def test_what_is_no_workspace_is_refused_and_left_alone(
    tmp_path: Path, make: object, message: str
) -> None:
    path = tmp_path / "w.db"
    assert callable(make)
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=message):
        open_store(path, create=True)
    assert not path.is_file() or path.read_bytes() == before


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the folder of the workspace does not exist"):
        open_store(tmp_path / "no" / "w.db", create=True)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="belongs to another program"):
        open_store(path, create=True)
    assert path.read_bytes() == before


def test_a_newer_database_says_who_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    filled(path)
    raw = sqlite3.connect(path)
    raw.execute("INSERT INTO migrations VALUES ('0099_later', '7.2.0', '2030-01-01')")
    raw.execute("PRAGMA user_version = 99")
    raw.commit()
    raw.close()
    with pytest.raises(StoreError, match=r"written by Détente 7\.2\.0 in format 99") as caught:
        open_store(path)
    assert "install that version or a later one" in str(caught.value)


def test_an_old_database_gets_the_missing_steps(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    old = sqlite3.connect(path, isolation_level=None)
    migrate(old, path, "then", migrations()[:2])
    old.execute("PRAGMA journal_mode")
    old.close()
    filled(path)
    with open_store(path) as store:
        assert store.rows("SELECT count(*) FROM migrations WHERE at = 'then'")[0][0] == 2
        assert store.rows("PRAGMA user_version")[0][0] == len(migrations())


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    filled(path)
    raw = sqlite3.connect(path, isolation_level=None)
    bad = Migration("0099_bad", "CREATE TABLE extra (a);\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(sqlite3.OperationalError):
        migrate(raw, path, "now", [*migrations(), bad])
    assert raw.execute("PRAGMA user_version").fetchone()[0] == len(migrations())
    assert raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'extra'").fetchone() is None
    raw.close()
    with open_store(path) as store:
        assert store.rows("SELECT count(*) FROM documents")[0][0] == 1


def test_a_damaged_workspace_says_so(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    filled(path)
    raw = bytearray(path.read_bytes())
    for page in range(4096, len(raw), 4096):
        raw[page : page + 100] = b"\xff" * 100
    path.write_bytes(raw)
    with pytest.raises(StoreError, match="damaged") as caught, open_store(path) as store:
        store.rows("SELECT * FROM documents JOIN statements")
    assert "backup" in str(caught.value)


def test_a_read_only_workspace_can_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.db"
    filled(path)
    path.chmod(stat.S_IRUSR)

    def refuse(*_: object) -> sqlite3.Connection:  # root may write anything
        error = sqlite3.OperationalError("attempt to write a readonly database")
        error.sqlite_errorcode = sqlite3.SQLITE_READONLY
        raise error

    monkeypatch.setattr(connection_module, "_connect", refuse)
    with pytest.raises(StoreError, match="the workspace is read-only"):
        open_store(path)
    with open_store(path, writable=False) as store:
        assert store.rows("SELECT count(*) FROM statements")[0][0] == 1
        with pytest.raises(StoreError, match="read-only"):
            store_text(store, TOLL, "other.txt")


def test_a_busy_workspace_is_waited_for_then_given_up(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    filled(path)
    told: list[int] = []
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(path, patience=1.3, waiting=lambda: told.append(1)) as store:
        with pytest.raises(StoreError, match="another process is using the workspace"):
            store_text(store, TOLL, "other.txt")
        assert told == [1]
        other.execute("ROLLBACK")
        store_text(store, TOLL, "other.txt")
        assert store.rows("SELECT count(*) FROM documents")[0][0] == 2
    other.close()


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path) -> None:
    with open_store(tmp_path / "w.db", create=True) as store:
        store_text(store, TOLL)
        pages = store.rows("PRAGMA page_count")[0][0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        big = TOLL + "\n\nIt spoke of " + " ".join(f"word{n}" for n in range(4000)) + "."
        with pytest.raises(StoreError, match="the disk is full"):
            store_text(store, big, "big.txt")
        assert [row["name"] for row in store.rows("SELECT name FROM documents")] == ["news.txt"]
        assert store.rows("SELECT count(*) FROM statements")[0][0] == 1
        store.connection.execute("PRAGMA max_page_count = 1000000")
        store_text(store, big, "big.txt")
        assert store.rows("SELECT count(*) FROM documents")[0][0] == 2
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
