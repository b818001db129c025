"""Read a file of another program into the workspace: checked first, then all in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from detente.exchange.anchoring import Placed, place
from detente.exchange.checking import FIELDS
from detente.exchange.errors import refuse
from detente.exchange.handmade import completed
from detente.exchange.items import Bundle, DocumentItem, ReviewItem, StatementItem
from detente.exchange.table import Format
from detente.model.errors import quoted
from detente.reading.duplicates import signature
from detente.reading.text import Document
from detente.store import Store
from detente.store.documents import known
from detente.store.indexing import statement_id
from detente.store.lookup import documents_named, text_of
from detente.store.restoring import add_document, join_places, restore_alias, restore_party
from detente.store.searching import statement
from detente.workspace.incoming import completed_document, sentence_of
from detente.workspace.merging import Merger, Placing
from detente.workspace.places import place_of

if TYPE_CHECKING:
    from detente.sources import SourceText

__all__ = ["Imported", "import_bundle"]

_SAME_SPAN = 64  # most statements with one span


@dataclass(slots=True)
class Imported:
    """What became of a file.

    Attributes:
        format: its format.
        documents: ``new`` and ``known``.
        statements: ``new`` and ``known``.
        judgements: how many were added.
        names: parties and aliases that were added.
        moved: statements that stand elsewhere than the file says, found by their words.
        units: statements whose position counted other units than the format says.
        refused: statements that were not imported, and why.
        conflicts: statements that were judged otherwise here; that judgement stands.
        differing: statements that are proposed otherwise here; that proposal stands.
        taken: what else is otherwise here and stands: places of documents, names, parties.
        ignored: keys of the file that mean nothing here -> how often they occur.
    """

    format: str
    documents: dict[str, int] = field(default_factory=lambda: {"new": 0, "known": 0})
    statements: dict[str, int] = field(default_factory=lambda: {"new": 0, "known": 0})
    judgements: int = 0
    names: int = 0
    moved: int = 0
    units: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    differing: list[dict[str, Any]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def import_bundle(
    store: Store,
    bundle: Bundle,
    chosen: Format,
    by: str,
    *,
    texts: Iterable[SourceText] = (),
    accepted: bool = False,
) -> Imported:
    """Import what a file says: all that can be imported, in one transaction.

    Args:
        store: the workspace.
        bundle: what the file says.
        chosen: its format.
        by: who imports, and who judged where the file does not say.
        texts: texts of documents that the file only names.
        accepted: whether statements without a judgement are accepted.

    Raises:
        DetenteError: a statement of a file whose places must fit has none; the workspace cannot be
            written. Nothing was imported then.
    """
    report = Imported(chosen.name, ignored=dict(bundle.ignored))
    with store.writing():
        work = _Import(store, bundle, by, accepted, report)
        work.documents(texts)
        work.statements()
        work.names()
    return report


class _Import:
    def __init__(
        self, store: Store, bundle: Bundle, by: str, accepted: bool, report: Imported
    ) -> None:
        self.store = store
        self.bundle = bundle
        self.by = by
        self.accepted = accepted
        self.report = report
        self.merger = Merger(store, by)
        self._texts: dict[int, str] = {}
        self._keys: dict[int, tuple[str, str]] = {}
        self._used: set[str] = set()
        self._newest: int = store.rows("SELECT coalesce(max(num), 0) FROM documents")[0][0]

    def documents(self, texts: Iterable[SourceText]) -> None:
        """Add the documents of the file, and the texts that were named beside it."""
        dates = {s.document.name: s.document.date for s in self.bundle.statements}
        for item in self.bundle.documents:
            self._document(item)
        for text in texts:
            self._document(
                DocumentItem(
                    name=text.name,
                    text=text.text,
                    title=text.title,
                    date=text.date or dates.get(text.name) or dates.get(text.title or ""),
                    media=text.media,
                    places=((place_of(text), None),),
                )
            )

    def _document(self, item: DocumentItem) -> None:
        assert item.text is not None
        sha256 = Document(item.name, item.text).sha256
        found = known(self.store, item.name, sha256)
        if found is None:
            self.report.documents["new"] += 1
            whole = completed_document(item)
            num = add_document(self.store.connection, whole, signature(item.text), self._newest)
        else:
            self.report.documents["known"] += 1
            num = found[0]
        places = item.places or (() if self.bundle.whole else ((item.name, None),))
        for taken in join_places(self.store.connection, num, places, item.versions):
            self.report.taken.append({"kind": "place", "name": taken, "there": item.name})

    def statements(self) -> None:
        """Add the statements, each with its judgements."""
        placings = []
        ids: dict[tuple[int, str], str] = {}
        for item in self.bundle.statements:
            placing = self._placed(item)
            if placing is None:
                continue
            placings.append(placing)
            if item.id is not None:
                ids[placing.document, item.id] = placing.id
        for placing in placings:
            placing = self._linked(placing, ids)
            self.merger.merge(placing, self._reviews(placing.item))
        self.merger.finish()
        self.report.statements.update(new=self.merger.added, known=self.merger.known)
        self.report.judgements = self.merger.judged
        self.report.conflicts = self.merger.conflicts
        self.report.differing = self.merger.differing

    def names(self) -> None:
        """Add parties and names; those that are otherwise here stay as they are."""
        db = self.store.connection
        for party in self.bundle.parties:
            outcome = restore_party(db, party.name, party.kind, party.origin, party.added_at)
            self._named(outcome, "party", party.name, party.kind)
        for alias in self.bundle.aliases:
            review = None if alias.review is None else self.merger.numbers.get(alias.review)
            outcome = restore_alias(
                db, alias.alias, alias.party, alias.role, alias.origin, review, alias.added_at
            )
            self._named(outcome, "alias", alias.alias, alias.party)

    def _named(self, outcome: str, kind: str, name: str, there: str) -> None:
        if outcome == "new":
            self.report.names += 1
        elif outcome != "known":
            self.report.taken.append({"kind": kind, "name": name, "here": outcome, "there": there})

    def _placed(self, item: StatementItem) -> Placing | None:
        """Return where a statement belongs; ``None``, and a line in the report, if nowhere."""
        assert item.where is not None
        best: tuple[int, Placed] | None = None
        why = ""
        for num in self._candidates(item.document):
            fields = item.proposed
            found = place(
                self._text(num),
                fields.get("start"),
                fields.get("end"),
                None if self.bundle.whole else item.quote,
                unit=item.unit,
                folded=self.bundle.folded,
            )
            if isinstance(found, str):
                why = why or found
            elif best is None or self._fit(item, num, found) > self._fit(item, *best):
                best = (num, found)
        if best is not None and self.bundle.strict and best[1].how != "there":
            start, end = item.fields["start"], item.fields["end"]
            there = quoted(self._text(best[0])[start:end])
            words = quoted(item.quote.exact if item.quote else "")
            why = f"[{start}, {end}) of {quoted(item.document.name)} is {there}, not {words}"
            best = None
        if "type" not in item.fields and "type" not in item.otherwise:
            why, best = "no type of statement is given, neither as a field nor as a tag", None
        if best is None:
            self._refused(item, why or f"the document {quoted(item.document.name)} is not here")
            return None
        return self._placing(item, *best)

    def _fit(self, item: StatementItem, num: int, found: Placed) -> tuple[bool, bool]:
        """Return how well a place fits: whether it is that of the id, and of the position."""
        return item.id is not None and item.id in _ids(*self._key(num), found), found.how == "there"

    def _refused(self, item: StatementItem, why: str) -> None:
        assert item.where is not None
        if self.bundle.strict:
            here = documents_named(self.store, item.document.name)
            refuse(
                why,
                item.where,
                "offsets count code points of the raw text, as in Python"
                if here
                else 'give its text: --text FILE, or a line with "record": "document"',
            )
        self.report.refused.append(
            {
                "where": str(item.where),
                "doc": item.document.name,
                "quote": item.quote.exact if item.quote else None,
                "why": why,
            }
        )

    def _candidates(self, item: DocumentItem) -> list[int]:
        """Return the documents that may be meant, the likeliest first."""
        found: list[int] = []
        if item.sha256 is not None:
            rows = self.store.rows(
                "SELECT num FROM documents WHERE sha256 = ? ORDER BY name = ? DESC, num",
                (item.sha256, item.name),
            )
            found += [row["num"] for row in rows]
        if self.bundle.whole:
            return found[:1]
        found += documents_named(self.store, item.name)
        for where, _ in item.places:
            rows = self.store.rows("SELECT document FROM sources WHERE origin = ?", (where,))
            found += [row["document"] for row in rows]
        if item.title:
            rows = self.store.rows("SELECT num FROM documents WHERE title = ?", (item.title,))
            found += [row["num"] for row in rows]
        return list(dict.fromkeys(found))

    def _text(self, num: int) -> str:
        if num not in self._texts:
            self._texts[num] = text_of(self.store, num)
        return self._texts[num]

    def _placing(self, item: StatementItem, num: int, found: Placed) -> Placing:
        self.report.moved += found.how == "moved"
        self.report.units += found.how == "units"
        text = self._text(num)
        fields = dict(item.fields)
        if not self.bundle.whole:
            if (fields.get("start"), fields.get("end")) != (found.start, found.end):
                fields["cue"] = None  # it stood beside the old place
                fields.pop("sentence", None)
            fields.update(start=found.start, end=found.end, text=text[found.start : found.end])
        full = {**completed({**item.otherwise, **fields}), **item.proposal}
        if "sentence" not in full:
            full["sentence"] = sentence_of(text, found)
        id = self._id(item, num, found)
        full = {key: full[key] for key in FIELDS if key in full}
        return Placing(replace(item, fields=fields), full, id, num)

    def _key(self, num: int) -> tuple[str, str]:
        """Return name and fingerprint of a document."""
        if num not in self._keys:
            row = self.store.rows("SELECT name, sha256 FROM documents WHERE num = ?", (num,))[0]
            self._keys[num] = (row["name"], row["sha256"])
        return self._keys[num]

    def _id(self, item: StatementItem, num: int, found: Placed) -> str:
        own = item.id if item.id is not None and item.id in _ids(*self._key(num), found) else None
        assert item.where is not None
        if self.bundle.whole and own is None:
            refuse(
                f"{quoted(str(item.id))} is not the id of this span of this document",
                item.where,
                "ids are made from name and SHA-256 of the document and the span: export it again",
            )
        if own is None or own in self._used:
            own = next((id for id in _ids(*self._key(num), found) if id not in self._used), None)
        if own is None:
            refuse(f"more than {_SAME_SPAN} statements have one span", item.where, "remove copies")
        self._used.add(own)
        return own

    def _linked(self, placing: Placing, ids: Mapping[tuple[int, str], str]) -> Placing:
        """Return a statement with its links to others as ids of this workspace."""
        if self.bundle.whole:
            return placing
        fields, full = dict(placing.item.fields), dict(placing.full)
        for key in ("repeat_of", "nested_in"):
            local = full.get(key)
            if local is None:
                continue
            link = ids.get((placing.document, local))
            if link is None and statement(self.store, local) is not None:
                link = local
            if link is None and self.bundle.strict:
                assert placing.item.where is not None
                refuse(
                    f"'{key}' is {quoted(local)}, and that is no statement of the document",
                    placing.item.where,
                    "it is the 'id' of another statement of the document, or null",
                )
            if link is None and placing.id == placing.item.id:
                link = local  # ids are the same everywhere: the other one may come later
            if link is None:
                self.report.ignored[key] = self.report.ignored.get(key, 0) + 1
            full[key] = link
            if key in fields:
                fields[key] = link
        return replace(placing, item=replace(placing.item, fields=fields), full=full)

    def _reviews(self, item: StatementItem) -> Sequence[ReviewItem]:
        if item.reviews or self.bundle.whole:
            return item.reviews
        if item.state not in (None, "proposed"):
            assert item.state is not None
            return (ReviewItem(0, item.state, {}, item.by or self.by, None, item.why),)
        if self.accepted:
            return (ReviewItem(0, "accepted", {}, item.by or self.by, None, item.why),)
        return ()


def _ids(name: str, sha256: str, found: Placed) -> Iterator[str]:
    """Yield the ids that a statement may have."""
    for nth in range(_SAME_SPAN):
        yield statement_id(name, sha256, found.start, found.end, nth)
