"""List and search the statements of a workspace."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from detente.model.errors import did_you_mean, quoted
from detente.reading.types import TYPES
from detente.store import Store, StoreError
from detente.store.records import Found
from detente.store.searching import Filter, find, matching_documents
from detente.workspace.naming import keys_of

__all__ = ["Asked", "Listing", "STATES", "filter_of", "list_statements"]

STATES = ("proposed", "accepted", "edited", "rejected")
_TYPES = tuple(row.name for row in TYPES)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for; ``None`` where it does not matter.

    Attributes:
        search: words that must occur.
        party: a party, under any of its names: actor, target or speaker.
        type: types, separated by commas.
        issue: words of the issue.
        since, until: days (``2019-05-28``), months (``2019-05``) or years.
        state: states of review, separated by commas.
    """

    search: str | None = None
    party: str | None = None
    type: str | None = None
    issue: str | None = None
    since: str | None = None
    until: str | None = None
    state: str | None = None

    def to_dict(self) -> dict[str, str]:
        """Return what was asked for, for JSON."""
        every = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in every if value is not None}


@dataclass(frozen=True, slots=True)
class Listing:
    """Statements, and what was asked for.

    Attributes:
        asked: the question.
        found: the answer.
        total: statements in the workspace.
        documents: documents with the words of a search that no statement has; with snippets.
    """

    asked: Asked
    found: Found
    total: int
    documents: tuple[tuple[str, str], ...] = ()


def list_statements(store: Store, asked: Asked, limit: int | None = None) -> Listing:
    """Return the statements that were asked for.

    Args:
        store: the workspace.
        asked: the question.
        limit: most statements to give; their number is given all the same.

    Raises:
        StoreError: a type, state or day is none.
    """
    wanted = filter_of(store, asked)
    found = find(store, wanted, limit)
    total: int = store.rows("SELECT count(*) FROM statements WHERE listed")[0][0]
    documents: tuple[tuple[str, str], ...] = ()
    if not found.total and asked.search is not None:
        documents = tuple(matching_documents(store, asked.search))
    return Listing(asked, found, total, documents)


def filter_of(store: Store, asked: Asked) -> Filter:
    """Return what was asked for as a filter of the store.

    Raises:
        StoreError: a type, state or day is none.
    """
    return Filter(
        search=asked.search,
        parties=keys_of(store, asked.party) if asked.party is not None else None,
        types=_each(asked.type, _TYPES, "type of statement"),
        issue=asked.issue,
        since=_day(asked.since, "--since", first=True),
        until=_day(asked.until, "--until", first=False),
        states=_each(asked.state, STATES, "state"),
    )


def _each(text: str | None, valid: tuple[str, ...], what: str) -> list[str] | None:
    if text is None:
        return None
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in valid:
            raise StoreError(f"there is no {what} {quoted(name)}", hint=did_you_mean(name, valid))
    return names


def _day(text: str | None, option: str, *, first: bool) -> str | None:
    """Return a day; of a month or year, its first or its last one."""
    if text is None:
        return None
    found = _DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = found.groups()
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise StoreError(
            f"{quoted(text)} is no date",
            rule=f"{option} takes a day, a month or a year",
            hint=f"for instance {option} 2019-05-28",
        ) from None
    return f"{year}-{month or ('01' if first else '12')}-{day or ('01' if first else '31')}"
