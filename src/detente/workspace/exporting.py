"""Write statements of the workspace in the format of another program, and say what it lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from detente.exchange.errors import ExchangeError
from detente.exchange.items import (
    AliasItem,
    Bundle,
    DocumentItem,
    PartyItem,
    ReviewItem,
    StatementItem,
)
from detente.exchange.networks import NETWORKS, RELATIONS
from detente.exchange.table import FORMATS, Format, Loss, format_of, losses
from detente.model.errors import Where, listed, nearest, quoted
from detente.store import Store
from detente.store.dumping import (
    every_alias,
    every_document,
    every_party,
    reviews_of,
    unlisted,
    whole_document,
)
from detente.store.records import Review, StoredStatement
from detente.store.searching import find
from detente.version import __version__
from detente.workspace.statements import STATES, Asked, filter_of

__all__ = ["Exported", "bundle_of", "chosen_format", "export"]

_KEPT = ",".join(state for state in STATES if state != "rejected")


@dataclass(frozen=True, slots=True)
class Exported:
    """An export.

    Attributes:
        format: its format.
        text: what goes into the file.
        asked: the filters.
        documents, statements, judgements: how many it holds.
        states: how many statements of each state.
        lost: what the format could not hold of them.
    """

    format: Format
    text: str
    asked: Asked
    documents: int
    statements: int
    judgements: int
    states: dict[str, int]
    lost: tuple[Loss, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the report, without the text."""
        return {
            "format": self.format.name,
            "asked": self.asked.to_dict(),
            "documents": self.documents,
            "statements": self.statements,
            "judgements": self.judgements,
            "states": self.states,
            "cannot_hold": [loss.to_dict() for loss in self.lost],
        }


def chosen_format(name: str | None, file: str | None) -> Format:
    """Return the format that was named, or that a file's name ends like.

    Raises:
        ExchangeError: there is no such format, or neither says which.
    """
    if name is not None:
        if name not in FORMATS:
            close = nearest(name, FORMATS)
            raise ExchangeError(
                f"there is no format {quoted(name)}",
                rule=f"the formats are {listed(FORMATS)}",
                hint=f"did you mean '{close}'?" if close else "name one of them",
            )
        return FORMATS[name]
    found = format_of(Path(file).name) if file is not None else None
    if found is None:
        ends = ", ".join(f"{row.suffixes[0]} ({row.name})" for row in FORMATS.values())
        raise ExchangeError(
            "no format is named" if file is None else "the name of the file says no format",
            where=None if file is None else Where(file),
            rule=f"the formats are {listed(FORMATS)}",
            hint=f"give --format NAME, or a file that ends in {ends}",
        )
    return found


def export(
    store: Store,
    chosen: Format,
    asked: Asked,
    network: str | None = None,
    relation: str | None = None,
) -> Exported:
    """Return statements in a format.

    Args:
        store: the workspace.
        chosen: the format.
        asked: the filters. Without states, rejected statements are left out, except by a format
            that holds everything.
        network: for networks: ``one-mode`` (if ``None``) or ``two-mode``.
        relation: for ``one-mode``: ``congruence`` (if ``None``), ``conflict`` or ``subtract``.

    Raises:
        DetenteError: a filter or option is none.
    """
    options = _options(chosen, network, relation)
    whole = chosen.everything and asked == Asked()
    if asked.state is None and not chosen.everything:
        asked = replace(asked, state=_KEPT)
    bundle = bundle_of(store, asked, whole)
    states = {state: sum(s.state == state for s in bundle.statements) for state in STATES}
    return Exported(
        chosen,
        chosen.write(bundle, __version__, **options),
        asked,
        len(bundle.documents),
        len(bundle.statements),
        sum(len(item.reviews) for item in bundle.statements),
        {state: count for state, count in states.items() if count},
        tuple(losses(chosen, bundle)),
    )


def _options(chosen: Format, network: str | None, relation: str | None) -> dict[str, str]:
    if chosen.name != "dna-graphml":
        if network or relation:
            raise ExchangeError(
                f"{chosen.name} holds no network",
                rule="--network and --relation are for dna-graphml",
                hint="leave them out, or give --format dna-graphml",
            )
        return {}
    for value, valid, option in (
        (network, NETWORKS, "--network"),
        (relation, RELATIONS, "--relation"),
    ):
        if value is not None and value not in valid:
            close = nearest(value, valid)
            raise ExchangeError(
                f"there is no {option.removeprefix('--')} {quoted(value)}",
                rule=f"{option} takes {', '.join(valid)}",
                hint=f"did you mean '{close}'?" if close else "name one of them",
            )
    if network == "two-mode" and relation is not None:
        raise ExchangeError(
            "--relation and two-mode exclude each other",
            rule="a relation holds between two actors; actors and concepts have weight and sign",
            hint="leave --relation out, or give --network one-mode",
        )
    return {"network": network or "one-mode", "relation": relation or "congruence"}


def bundle_of(store: Store, asked: Asked, whole: bool) -> Bundle:
    """Return the statements that were asked for, with their documents, judgements and names.

    Args:
        store: the workspace.
        asked: the filters.
        whole: whether to give all documents, and statements that are in no list.
    """
    wanted = replace(filter_of(store, asked), unlisted=whole)
    found = find(store, wanted).statements
    numbers = every_document(store) if whole else sorted({item.document for item in found})
    documents = {num: DocumentItem(**whole_document(store, num)) for num in numbers}
    reviews = reviews_of(store, [item.id for item in found])
    hidden = unlisted(store) if whole else set()
    statements = tuple(
        _statement(item, documents[item.document], reviews.get(item.id, []), item.id not in hidden)
        for item in sorted(found, key=lambda s: (s.document, s.fields["start"], s.num))
    )
    kept = {review.num for several in reviews.values() for review in several}
    return Bundle(
        tuple(documents.values()),
        statements,
        tuple(PartyItem(**party) for party in every_party(store)),
        tuple(_aliases(every_alias(store), kept)),
        whole=True,
    )


def _aliases(rows: Iterable[dict[str, Any]], kept: set[int]) -> Iterable[AliasItem]:
    """Yield the names; those that a judgement taught go with it."""
    for row in rows:
        if row["review"] is None or row["review"] in kept:
            yield AliasItem(**row)


def _statement(
    item: StoredStatement, document: DocumentItem, reviews: list[Review], listed: bool
) -> StatementItem:
    return StatementItem(
        document,
        item.fields,
        item.id,
        item.state,
        item.found,
        listed,
        item.proposal,
        tuple(
            ReviewItem(r.num, r.decision, r.fields, r.by, r.at, r.why, r.undoes) for r in reviews
        ),
    )
