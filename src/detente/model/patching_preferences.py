"""Rewrite the preferences of one party; what stays the same keeps its comments and evidence."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from detente.model.case import Case
from detente.model.errors import CaseError, Where, quoted
from detente.model.grammar import OptionNames, parse_statement
from detente.model.loading_preferences import read_preferences
from detente.model.parts import Clause, Preferences, Priorities, Ranking, Weights
from detente.model.patching import Patch, Sheet, Slot, Value
from detente.model.patching_lists import Wanted, relist
from detente.model.scalars import flow_list, flow_map, scalar
from detente.model.yamltext import Node, compose

__all__ = ["Number", "Stated", "Writer", "parsed", "snippet", "stated", "unplaced", "words"]

Stated: TypeAlias = "str | tuple[str, Sequence[str]]"
"""A statement, or a statement and the ids of its evidence."""

Number: TypeAlias = "int | float | str | Decimal"


def words(text: str) -> str:
    """Return a statement on one line, with single spaces."""
    return " ".join(text.replace("\f", " ").replace("\n", " ").replace("\r", " ").split())


def stated(item: Stated) -> tuple[str, tuple[str, ...] | None]:
    """Return statement and evidence; ``None`` if none is given."""
    return (words(item), None) if isinstance(item, str) else (words(item[0]), tuple(item[1]))


def snippet(text: str, evidence: Sequence[str]) -> str:
    """Return an element of 'priorities' or 'infeasible' as YAML."""
    if not evidence:
        return scalar(text, flow=True)
    ids = flow_list(scalar(name, flow=True) for name in evidence)
    return flow_map({"statement": scalar(text, flow=True), "evidence": ids})


def _number(number: Number) -> str:
    """Return a number as YAML; anything else as text, which the loader refuses."""
    text = str(number)
    return text if re.fullmatch(r"[-+]?[0-9.][0-9._eE+-]*", text) else scalar(text, flow=True)


def parsed(flow: str) -> Node:
    """Return the node of a value that an edit writes."""
    return compose(f"[{flow}]", None).items[0]


@contextmanager
def unplaced(source: str | None) -> Iterator[None]:
    """Let errors about a new value name the file, and no line in it."""
    try:
        yield
    except CaseError as error:
        error.where = Where(source)
        raise


@dataclass(frozen=True, slots=True)
class Writer:
    """Turns new preferences into patches.

    Attributes:
        sheet: the text.
        case: the case in it.
        names: its options.
        slot: where the present preferences stand, if anywhere.
        old: the present preferences.
    """

    sheet: Sheet
    case: Case
    names: OptionNames
    slot: Slot | None
    old: Preferences | None

    def priorities(self, items: Sequence[Stated]) -> tuple[Preferences, list[Wanted]]:
        """Return the new priorities, and how the list of them changes."""
        new = [stated(item) for item in items]
        trees = [parse_statement(text, self.names) for text, _ in new]
        old = (
            self.old.clauses
            if isinstance(self.old, Priorities) and self._list("priorities")
            else ()
        )
        pairs = _matched(
            [(text, tree) for (text, _), tree in zip(new, trees, strict=True)],
            [(words(clause.text), clause.statement) for clause in old],
            in_place=True,
        )
        clauses: list[Clause] = []
        wanted: list[Wanted] = []
        for (text, given), tree, index in zip(new, trees, pairs, strict=True):
            before = None if index is None else old[index]
            same = before is not None and before.statement == tree
            kept = before.evidence if before is not None and same else ()
            clause = Clause(text, tree, kept if given is None else given)
            clauses.append(clause)
            if before is None or index is None:
                wanted.append(Wanted(None, snippet(text, clause.evidence)))
            elif same and clause.evidence == kept:
                patches = () if words(before.text) == text else self._reworded(index, text)
                wanted.append(Wanted(index, patches=patches))
            else:
                wanted.append(Wanted(index, patches=self._whole(index, clause)))
        return Priorities(tuple(clauses)), wanted

    def ranking(self, tiers: Sequence[str | Sequence[str]]) -> tuple[Preferences, list[Wanted]]:
        """Return the new ranking, and how the list of it changes."""
        names = [[tier] if isinstance(tier, str) else list(tier) for tier in tiers]
        texts = []
        for tier in names:
            written = [self.state(name) for name in tier]
            texts.append(written[0] if len(written) == 1 else flow_list(written))
        new = self._read("ranking", flow_list(texts))
        old = self.old.tiers if isinstance(self.old, Ranking) and self._list("ranking") else ()
        assert isinstance(new, Ranking)
        pairs = _matched(
            [(str(tier), frozenset(tier)) for tier in new.tiers],
            [(str(tier), frozenset(tier)) for tier in old],
        )
        return new, [
            Wanted(i, "" if i is not None else t) for i, t in zip(pairs, texts, strict=True)
        ]

    def weights(self, items: Mapping[str, Number]) -> tuple[Preferences, list[Wanted]]:
        """Return the new weights, and how the mapping of them changes."""
        texts = [words(text) for text in items]
        trees = [parse_statement(text, self.names) for text in texts]
        numbers = [_number(number) for number in items.values()]
        if twice := next((text for k, text in enumerate(texts) if text in texts[:k]), None):
            raise CaseError(
                f"the new weights name {quoted(twice)} twice",
                rule="a statement has one weight",
                hint="add the two numbers up",
            )
        entries = {scalar(t, flow=True): n for t, n in zip(texts, numbers, strict=True)}
        new = self._read("weights", flow_map(entries))
        assert isinstance(new, Weights)
        old = self.old.clauses if isinstance(self.old, Weights) and self._list("weights") else ()
        pairs = _matched(
            list(zip(texts, trees, strict=True)),
            [(words(clause.text), clause.statement) for clause, _ in old],
        )
        wanted = []
        for index, (key, number), (_, weight) in zip(
            pairs, entries.items(), new.clauses, strict=True
        ):
            if index is None:
                wanted.append(Wanted(None, f"{key}: {number}"))
            else:
                same = old[index][1] == weight
                wanted.append(Wanted(index, patches=() if same else self._weighed(index, number)))
        return new, wanted

    def patches(self, place: Slot, kind: str, wanted: Sequence[Wanted]) -> list[Patch]:
        """Return the patches that write preferences of a kind into the party in a slot."""
        present = self._list(kind)
        if present is not None and present.node.entries + present.node.items:
            return relist(self.sheet, present, wanted)
        value = self._value(kind, [element.text for element in wanted])
        return self.sheet.put(place, "preferences", value, after=("options", "name"))

    def _value(self, kind: str, texts: Sequence[str]) -> Value:
        opening, closing = "{}" if kind == "weights" else "[]"
        flow = f"{opening}{', '.join(texts)}{closing}"
        if not texts or (kind == "ranking" and len(flow) < 72):
            return Value(f"{{{kind}: {flow}}}", (f"{kind}: {flow}",))
        mark = " " * self.sheet.step + ("" if kind == "weights" else "- ")
        return Value(f"{{{kind}: {flow}}}", (f"{kind}:", *(mark + text for text in texts)))

    def state(self, name: str) -> str:
        """Return the name of a state as YAML: codes in quotes."""
        self.case.state(name)
        return scalar(name, flow=True)

    def _read(self, kind: str, flow: str) -> Preferences:
        node = parsed(f"{{{kind}: {flow}}}")
        return read_preferences(node, "the new preferences", self.case, self.names)

    def _list(self, kind: str) -> Slot | None:
        """Return where the elements of the present preferences stand, if they are of a kind."""
        if self.slot is None or self.slot.alias:
            return None
        found = self.sheet.get(self.slot.node, kind)
        return None if found is None or found.alias else found

    def _element(self, index: int) -> Slot:
        present = self._list("priorities")
        assert present is not None
        return self.sheet.items(present.node)[index]

    def _reworded(self, index: int, text: str) -> tuple[Patch, ...]:
        slot = self._element(index)
        if slot.node.kind == "mapping" and not slot.alias:
            slot = self.sheet.get(slot.node, "statement") or slot
        style = "" if slot.alias else slot.node.style
        return tuple(self.sheet.replace(slot, Value(scalar(text, flow=True, style=style))))

    def _whole(self, index: int, clause: Clause) -> tuple[Patch, ...]:
        slot = self._element(index)
        return (Patch(slot.start, slot.end, snippet(clause.text, clause.evidence)),)

    def _weighed(self, index: int, number: str) -> tuple[Patch, ...]:
        present = self._list("weights")
        assert present is not None
        return tuple(
            self.sheet.replace(self.sheet.slot(*present.node.entries[index]), Value(number))
        )


def _matched(
    new: Sequence[tuple[str, Hashable]],
    old: Sequence[tuple[str, Hashable]],
    *,
    in_place: bool = False,
) -> list[int | None]:
    """Return, for each new element, the old one that it is: by its words, then by its meaning.

    With ``in_place``, lists of one length also pair what is left at the same position: an element
    that was edited.
    """
    pairs: list[int | None] = [None] * len(new)
    left = dict(enumerate(old))
    for part in (0, 1):
        places: dict[Hashable, list[int]] = {}
        for i in reversed(left):
            places.setdefault(left[i][part], []).append(i)
        for k, element in enumerate(new):
            if pairs[k] is None and (found := places.get(element[part])):
                pairs[k] = found[-1]
                del left[found.pop()]
    if in_place and len(new) == len(old):
        pairs = [k if pair is None and k in left else pair for k, pair in enumerate(pairs)]
    return pairs
