"""Draft a case from the statements of a workspace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.engine.compile import compile_case
from detente.model.case import UNREVIEWED, Case
from detente.model.errors import did_you_mean, quoted
from detente.reading.drafting import Draft, draft
from detente.reading.drafting.draft import MOST_OPTIONS
from detente.reading.gazetteer import Entry, gazetteer
from detente.reading.positions import Evidence, find_positions
from detente.report.draft_file import draft_title, draft_yaml
from detente.store import Store, StoreError
from detente.store.lookup import dates
from detente.store.records import StoredStatement
from detente.workspace.casefiles import loads, write_text
from detente.workspace.naming import user_entries
from detente.workspace.positions import evidence_of, nothing_accepted, reprints_in, states_of
from detente.workspace.statements import Asked, list_statements

__all__ = ["Drafted", "draft_case", "write_draft"]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as a case.

    Attributes:
        draft: the draft.
        text: the case file.
        case: the case in it.
        states: number of its feasible states.
    """

    draft: Draft
    text: str
    case: Case
    states: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "title": self.case.title,
            "states": self.states,
            "unreviewed": bool(self.draft.unreviewed),
            **self.draft.to_dict(),
        }


def draft_case(
    store: Store,
    *,
    unreviewed: bool = False,
    asked: Asked | None = None,
    table: Sequence[str] = (),
    most: int | None = None,
    lasting: Sequence[str] = (),
    title: str | None = None,
    documents: Collection[int] | None = None,
) -> Drafted:
    """Draft a case from the accepted statements of a workspace.

    Args:
        store: the workspace.
        unreviewed: whether to take proposed statements too; rejected ones never count.
        asked: which statements; its states are not looked at.
        table: names of the parties at the table, if not those that negotiate with one another.
        most: most options.
        lasting: ids of options that cannot be taken back.
        title: title of the case.
        documents: numbers of the documents that count; ``None``: all.

    Raises:
        StoreError: there is nothing to draft from, or a name is unknown.
        CaseError: the title cannot stand in a case file.
    """
    if most is not None and most < 1:
        raise StoreError(f"--options {most} leaves nothing", hint="give 1 or more")
    rows = _counted(store, asked, unreviewed, documents)
    known = dates(store)
    reprints = reprints_in(rows, known)
    evidence = [_evidence(row, row.id in reprints) for row in rows]
    entries = user_entries(store)
    positions = find_positions(evidence, entries)
    seated = _table(table, evidence, entries)
    made = draft(
        positions, evidence, table=seated, most=most or MOST_OPTIONS, lasting=frozenset(lasting)
    )
    if not made.options:
        raise StoreError(
            f"none of the {len(evidence):,} statements says what a party wants another to do",
            rule="a draft needs demands, offers, conditions or refusals about a deed",
            hint="look at them with `detente statements`; correct parties and issues in `review`",
        )
    ids = {name for option in made.options for name in (option.id, option.key)}
    for name in lasting:
        if name not in ids:
            raise _unknown("option", name, sorted(ids))
    published = {num: day for num, (day, _) in known.items() if day is not None}
    used = set(made.cited)
    cited = [row for row in rows if row.id in used]
    text = draft_yaml(
        made,
        title or draft_title(made),
        UNREVIEWED,
        as_of=max((published[r.document] for r in cited if r.document in published), default=None),
        undated=frozenset(row.id for row in cited if row.document not in published),
    )
    case = loads(text, "the draft")
    return Drafted(made, text, case, int(compile_case(case).feasible.sum()))


def write_draft(drafted: Drafted, path: str) -> None:
    """Write the case file of a draft; nothing is overwritten.

    Raises:
        CaseError: the file exists or cannot be written.
    """
    write_text(path, drafted.text)


def _counted(
    store: Store, asked: Asked | None, unreviewed: bool, documents: Collection[int] | None
) -> list[StoredStatement]:
    """Return the statements that count, in order of the texts.

    Raises:
        StoreError: none counts.
    """
    wanted = replace(asked or Asked(), state=states_of(unreviewed))
    found = list_statements(store, wanted).found.statements
    if documents is not None:
        found = tuple(own for own in found if own.document in documents)
    if not found:
        if (
            asked is not None
            and asked.to_dict()
            and list_statements(store, Asked(state=wanted.state), 1).found.total
        ):
            raise StoreError("no statement that counts is such", hint="ask for more of them")
        raise nothing_accepted(store, unreviewed, "a draft is made")
    return sorted(found, key=lambda s: (s.date, s.doc, s.fields["start"], s.num))


def _evidence(row: StoredStatement, reprint: bool) -> Evidence:
    """Return a statement; one that a wire copy reprints counts as a repeat."""
    evidence = evidence_of(row)
    if not reprint:
        return evidence
    return replace(evidence, fields={**evidence.fields, "repeat_of": row.id})


def _table(
    names: Sequence[str], evidence: Sequence[Evidence], entries: Sequence[Entry]
) -> tuple[str, ...]:
    """Return the parties that the user has put at the table, each under its one name."""
    book = gazetteer(entries)
    there = {name for e in evidence for name in (*e.actors, *e.targets)}
    known = {entry.name if (entry := book.find(name)) else name for name in there}
    found: list[str] = []
    for name in names:
        entry = book.find(name)
        party = entry.name if entry else name
        if party not in known:
            raise _unknown("party in these statements", name, sorted(known))
        found.append(party)
    return tuple(dict.fromkeys(found))


def _unknown(what: str, name: str, valid: Sequence[str]) -> StoreError:
    return StoreError(f"there is no {what} {quoted(name)}", hint=did_you_mean(name, valid))
