"""Consents: kept for each host, also in a workspace that an older version made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from detente.store import Store, open_store
from detente.store.consents import consented, give_consent
from detente.store.migrating import migrate, migrations

SITE = "https://models.example"


def test_consent_holds_for_its_host_only(store: Store) -> None:
    assert not consented(store, SITE)
    give_consent(store, SITE, "asked")
    assert consented(store, SITE)
    assert not consented(store, "http://models.example")
    assert not consented(store, SITE + ":8443")


def test_the_first_consent_stays(store: Store) -> None:
    give_consent(store, SITE, "asked")
    give_consent(store, SITE, "option")
    assert [tuple(row) for row in store.rows("SELECT site, how FROM consents")] == [(SITE, "asked")]


def test_a_workspace_from_before_has_given_none(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    old = sqlite3.connect(path, isolation_level=None)
    migrate(old, path, "then", [m for m in migrations() if m.name < "0006"])
    assert old.execute("SELECT 1 FROM sqlite_master WHERE name = 'consents'").fetchone() is None
    old.close()
    with open_store(path) as store:
        assert not consented(store, SITE)
        give_consent(store, SITE, "option")
        assert consented(store, SITE)
