"""Change parts of a YAML text and leave everything else, to the byte, as it is.

Dumping a document again moves comments, folds lines and changes indents. Here the text stays; an
edit replaces the characters of one value, found by the places that the parser reports.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.model.yamltext import Node

__all__ = ["Patch", "Sheet", "Slot", "Value", "patched"]

_COLON = re.compile(r"\s*+:")
_ALIAS = re.compile(r"\s*+(\*[^\s,\[\]{}]++)")
_DASH = re.compile(r"(?:\s|#[^\r\n]*+)*+-")
_SPACE = re.compile(r"(?:\s|(?<=[\s,\[])#[^\r\n]*+)*+")
_EOL = re.compile(r"\r\n|\n|\r|\Z")


@dataclass(frozen=True, slots=True)
class Patch:
    """New text for the characters from ``start`` up to ``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A new value.

    Attributes:
        flow: the value on one line.
        block: its lines in block style, without indent; empty if it is always on one line.
    """

    flow: str
    block: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value stands in the text.

    Attributes:
        node: the value; that of the anchor, if an alias stands here.
        colon: offset after the colon of its key; ``None`` if there is none.
        start, end: its characters; ``start == end`` if nothing is written.
        indent: column of its key.
        alias: True if ``*name`` stands here.
    """

    node: Node
    colon: int | None
    start: int
    end: int
    indent: int = 0
    alias: bool = False


def patched(text: str, patches: Iterable[Patch]) -> str:
    """Return the text with patches applied; they must not overlap."""
    parts: list[str] = []
    at = 0
    for patch in sorted(patches, key=lambda p: (p.start, p.end)):
        parts += [text[at : patch.start], patch.text]
        at = patch.end
    return "".join([*parts, text[at:]])


class Sheet:
    """A YAML text with its nodes, and the patches that make one change to it.

    Args:
        text: the whole text.
        root: its root node.
    """

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.root = root
        ends = list(_EOL.finditer(text))
        self.newline = ends[0][0] or "\n"
        self._starts = [0, *(end.end() for end in ends if end[0])]

    # Places

    def line_start(self, at: int) -> int:
        """Return the offset of the first character of a line."""
        return self._starts[bisect_right(self._starts, at) - 1]

    def line_end(self, at: int) -> int:
        """Return the offset after the last character of the line in which a value ends."""
        if at and self.text[at - 1] in "\r\n":  # a block scalar that keeps its last line break
            return at - (2 if self.text[:at].endswith("\r\n") else 1)
        found = _EOL.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Return the offset at which the line after the one of a value starts."""
        found = _EOL.search(self.text, self.line_end(at))
        return found.end() if found else len(self.text)

    def column(self, at: int) -> int:
        """Return the number of characters before an offset in its line."""
        return at - self.line_start(at)

    def get(self, mapping: Node, key: str) -> Slot | None:
        """Return the slot of a key, if it is there."""
        for key_node, value in mapping.entries:
            if key_node.raw == key:
                return self.slot(key_node, value)
        return None

    def slot(self, key: Node, value: Node) -> Slot:
        """Return the slot of an entry of a mapping."""
        colon = _COLON.match(self.text, key.end)
        if colon is None:
            return Slot(value, None, key.end, key.end, self.column(key.start))
        return self._slot(value, colon.end(), key.start)

    def _slot(self, value: Node, colon: int, after: int) -> Slot:
        indent = self.column(after)
        if value.start <= after and (alias := _ALIAS.match(self.text, colon)):
            return Slot(value, colon, alias.start(1), alias.end(1), indent, alias=True)
        if value.start == value.end:
            return Slot(value, colon, colon, colon, indent)
        return Slot(value, colon, value.start, self.end(value), indent)

    def items(self, node: Node) -> list[Slot]:
        """Return the slots of the elements of a list."""
        slots: list[Slot] = []
        at = node.start
        for item in node.items:
            before = at
            if node.style == "flow":
                opening = _SPACE.match(self.text, at + 1 if slots else self.opening(node))
                colon = opening.end() if opening else at
                if slots and self.text[colon : colon + 1] == ",":
                    opening = _SPACE.match(self.text, colon + 1)
                    colon = opening.end() if opening else colon
            else:
                dash = _DASH.match(self.text, at)
                colon = dash.end() if dash else at
            slots.append(self._slot(item, colon, before))
            at = slots[-1].end
        return slots

    def opening(self, node: Node) -> int:
        """Return the offset after the bracket of a list or mapping in flow style."""
        return self.text.index("[" if node.kind == "list" else "{", node.start) + 1

    def end(self, node: Node) -> int:
        """Return the offset after the last character of a value, without what follows a block."""
        if node.style in ("|", ">"):
            header = self.text[node.start : self.line_end(node.start)]
            kept = node.end if "+" in header else len(self.text[: node.end].rstrip())
            return max(kept, node.start + len(header.split("#")[0].rstrip()))
        if node.style == "block":
            if node.kind == "mapping":
                return self.slot(*node.entries[-1]).end
            return self.items(node)[-1].end
        return node.end

    def find(self, *keys: str) -> Slot:
        """Return the slot at the end of a path of keys; without keys, that of the whole text.

        Raises:
            KeyError: if there is no such path.
        """
        slot = Slot(self.root, None, self.root.start, self.root.end)
        for key in keys:
            found = self.get(slot.node, key)
            if found is None or slot.alias:
                raise KeyError(key)
            slot = found
        return slot

    # Changes to mappings

    def put(self, place: Slot, key: str, value: Value, after: Sequence[str] = ()) -> list[Patch]:
        """Give a key of the mapping in a slot a value, whether it has one or not."""
        found = None if place.alias else self.get(place.node, key)
        if found is not None:
            return self.replace(found, value)
        if place.alias or place.node.kind != "mapping":
            return self.replace(place, Value(f"{{{key}: {value.flow}}}"))
        return self.insert(place.node, key, value, after)

    def drop(self, place: Slot, key: str) -> list[Patch]:
        """Remove a key, if it is there, from the mapping in a slot."""
        if place.alias or self.get(place.node, key) is None:
            return []
        if len(place.node.entries) == 1:
            return self.replace(place, Value("{}"))
        return self.remove(place.node, key)

    def replace(self, slot: Slot, value: Value) -> list[Patch]:
        """Put another value into a slot; block style only where the old value had it."""
        indent = slot.indent
        written = slot.node.style == "block" and not slot.alias
        if slot.colon is None:
            return [Patch(slot.end, slot.end, f": {value.flow}")]
        if value.block and written:
            start = self.line_start(slot.start)
            inner = max(self.column(slot.node.start), indent)
            if start <= slot.colon:  # an anchor stands beside the key
                return [Patch(slot.colon, slot.end, self._lines(value, indent + self.step))]
            return [Patch(start, slot.end, self._lines(value, inner)[len(self.newline) :])]
        if value.block and slot.start == slot.end:
            at = self.line_end(slot.end)
            return [Patch(at, at, self._lines(value, indent + self.step))]
        if written:  # the value moves up to the line of its key, before a comment there
            end = min(self.line_end(slot.colon), slot.start)
            note = self.text[slot.colon : end].rstrip()
            return [Patch(slot.colon, slot.end, f" {value.flow}{note}")]
        space = "" if self.text[slot.start - 1].isspace() else " "
        end = min(slot.end, self.line_end(slot.end))  # a block scalar may end in a line break
        return [Patch(slot.start, end, space + value.flow)]

    def insert(
        self, mapping: Node, key: str, value: Value, after: Sequence[str] = ()
    ) -> list[Patch]:
        """Add an entry to a mapping that has entries, or is written ``{}``.

        Args:
            mapping: where.
            key: the key, as YAML.
            value: its value.
            after: the keys behind which it belongs, the best place first; else at the end.
        """
        if not mapping.entries:
            at = self.opening(mapping)
            return [Patch(at, at, f"{key}: {value.flow}")]
        places = {k.raw: (k, v) for k, v in mapping.entries}
        beside = next((places[name] for name in after if name in places), mapping.entries[-1])
        end = self.slot(*beside).end
        if mapping.style == "flow":
            return [Patch(end, end, f", {key}: {value.flow}")]
        first = mapping.entries[0][0].start
        indent = self.column(mapping.start if self.text[mapping.start] == "?" else first)
        entry = self.newline + " " * indent + f"{key}:"
        entry += self._lines(value, indent + self.step) if value.block else f" {value.flow}"
        at = self.line_end(end)
        return [Patch(at, at, entry)]

    def remove(self, mapping: Node, key: str) -> list[Patch]:
        """Remove an entry from a mapping that keeps others; comments above it stay."""
        keys = [k.raw for k, _ in mapping.entries]
        index = keys.index(key)
        key_node, value = mapping.entries[index]
        end = self.slot(key_node, value).end
        if mapping.style != "flow":
            return [Patch(self.line_start(key_node.start), self.next_line(end), "")]
        if index + 1 < len(keys):
            return [Patch(key_node.start, mapping.entries[index + 1][0].start, "")]
        if index:
            return [Patch(self.slot(*mapping.entries[index - 1]).end, end, "")]
        return [Patch(key_node.start, end, "")]

    @property
    def step(self) -> int:
        """Number of spaces by which the text indents."""
        for _, value in self.root.entries:
            if value.kind == "mapping" and value.style == "block" and value.entries:
                return max(1, self.column(value.entries[0][0].start))
        return 2

    def _lines(self, value: Value, indent: int) -> str:
        return "".join(f"{self.newline}{' ' * indent}{line}" for line in value.block)
