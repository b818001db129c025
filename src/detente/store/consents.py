"""Consents: to which hosts the text of this workspace's documents may be sent."""

from __future__ import annotations

from detente.store.connection import Store, clean, now

__all__ = ["consented", "give_consent"]


def consented(store: Store, site: str) -> bool:
    """Tell whether text may be sent to a site: scheme, host and port."""
    return store.one("SELECT 1 FROM consents WHERE site = ?", (clean(site),)) is not None


def give_consent(store: Store, site: str, how: str) -> None:
    """Note that text may be sent to a site; the first consent stays.

    Args:
        store: the workspace.
        site: scheme, host and port.
        how: ``asked`` (somebody answered the question) or ``option`` (by ``--yes``).
    """
    with store.writing() as db:
        db.execute("INSERT OR IGNORE INTO consents VALUES (?, ?, ?)", (clean(site), how, now()))
