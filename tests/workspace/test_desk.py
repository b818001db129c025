"""A desk at which several threads work."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from detente.store import StoreError
from detente.store.cases import add, append, case, cases, redo, undo
from detente.workspace.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(str(tmp_path / "work.db"), by="ann")


def test_what_was_made_is_made_once(desk: Desk) -> None:
    made: list[int] = []

    def make() -> int:
        time.sleep(0.05)
        made.append(1)
        return 7

    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(desk.remember("x", "key", make)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, made) == ([7] * 4, [1])
    desk.close()


def test_what_failed_is_tried_again(desk: Desk) -> None:
    def broken() -> int:
        raise StoreError("no")

    with pytest.raises(StoreError):
        desk.remember("x", "key", broken)
    assert desk.remember("x", "key", lambda: 3) == 3
    desk.close()


def test_old_things_make_room_for_new_ones_of_their_kind(desk: Desk) -> None:
    desk.remember("other", 0, lambda: "stays")
    for k in range(100):
        desk.remember("x", k, lambda: "old")
    assert desk.remember("x", 0, lambda: "new") == "new"
    assert desk.remember("x", 99, lambda: "new") == "old"
    assert desk.remember("other", 0, lambda: "new") == "stays"
    desk.close()


def test_every_thread_has_a_connection_of_its_own(desk: Desk) -> None:
    with desk.store() as one, desk.store() as two:
        assert one is not two
    with desk.store() as again:
        assert again in (one, two)
    desk.close()


def test_redo_follows_the_branch_that_was_left_last(desk: Desk) -> None:
    with desk.store() as store:
        kept = add(store, "c", "0", origin="text", what="new", by="ann")
        for text in ("1", "2"):
            kept = append(store, kept.id, kept.version, text, what=text, by="ann")
        kept = undo(store, kept.id, kept.version)
        kept = undo(store, kept.id, kept.version)
        kept = append(store, kept.id, kept.version, "3", what="3", by="ann")
        kept = undo(store, kept.id, kept.version)
        assert kept.text == "0"
        assert redo(store, kept.id, kept.version).text == "3"
        assert case(store, kept.id).text == "3"
        assert [one.id for one in cases(store)] == [kept.id]
    desk.close()


def test_workspace_of_an_earlier_version_gets_the_new_tables(tmp_path: Path) -> None:
    import sqlite3

    from detente.store.migrating import migrate, migrations

    path = tmp_path / "old.db"
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, path, "2026-01-01T00:00:00Z", migrations()[:6])
    connection.close()
    desk = Desk(str(path), by="ann")
    with desk.store() as store:
        assert cases(store) == []
    desk.close()
