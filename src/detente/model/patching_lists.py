"""Put the elements of a YAML list into another order, drop some, add some; comments go along.

In block style, the comment lines above an element and the comment behind it belong to it. In flow
style, comments between the elements do the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.model.patching import Patch, Sheet, Slot, Value, patched

__all__ = ["Wanted", "relist"]

_COMMA = re.compile(r"((?:\s|#[^\r\n]*+)*+),")
_COMMENT = re.compile(r"[ \t]*+#[^\r\n]*+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An element of the new list.

    Attributes:
        old: index of an element of the old list, which keeps its comments; ``None`` if it is new.
        text: a new element as YAML in flow style.
        patches: changes inside the old element.
    """

    old: int | None
    text: str = ""
    patches: tuple[Patch, ...] = ()


def relist(sheet: Sheet, slot: Slot, wanted: Sequence[Wanted]) -> list[Patch]:
    """Return the patches that turn the list, or the mapping, in a slot into another one.

    Args:
        sheet: the text.
        slot: where it stands.
        wanted: the new elements; those of a mapping are ``key: value``.
    """
    node = slot.node
    count = len(node.entries or node.items)
    if [w.old for w in wanted] == list(range(count)):
        return [patch for w in wanted for patch in w.patches]
    if not wanted or not count or slot.alias:
        spans = _spans(sheet, slot)
        flow = ", ".join(
            w.text if w.old is None else _cut(sheet, *spans[w.old], w.patches) for w in wanted
        )
        return sheet.replace(slot, Value(f"{{{flow}}}" if node.kind == "mapping" else f"[{flow}]"))
    lists = _Flow if node.style == "flow" else _Block
    return [lists(sheet, slot).rewritten(wanted)]


def _spans(sheet: Sheet, slot: Slot) -> list[tuple[int, int]]:
    """Return where each element starts and ends."""
    if slot.node.kind == "mapping":
        return [(key.start, sheet.slot(key, value).end) for key, value in slot.node.entries]
    return [(item.start, item.end) for item in sheet.items(slot.node)]


def _cut(sheet: Sheet, start: int, end: int, patches: Sequence[Patch]) -> str:
    """Return a part of the text with the patches that lie in it."""
    moved = [Patch(p.start - start, p.end - start, p.text) for p in patches]
    return patched(sheet.text[start:end], moved)


class _Block:
    """A list, or a mapping, that has a line for each element."""

    def __init__(self, sheet: Sheet, slot: Slot) -> None:
        self.sheet = sheet
        spans = _spans(sheet, slot)
        at, self.prefix = spans[0][0], ""
        if slot.node.kind == "list":
            at, self.prefix = (sheet.items(slot.node)[0].colon or 1) - 1, "- "
        self.prefix = " " * sheet.column(at) + self.prefix
        first = sheet.line_start(at)
        if slot.colon is not None:  # the comment lines above the first element are its own
            first = min(first, sheet.next_line(slot.colon))
        ends = [sheet.line_end(end) for _, end in spans]
        starts = [first, *(sheet.next_line(end) for end in ends[:-1])]
        self.chunks = list(zip(starts, ends, strict=True))

    def rewritten(self, wanted: Sequence[Wanted]) -> Patch:
        lines = [
            self.prefix + w.text
            if w.old is None
            else _cut(self.sheet, *self.chunks[w.old], w.patches)
            for w in wanted
        ]
        start, end = self.chunks[0][0], self.chunks[-1][1]
        return Patch(start, end, self.sheet.newline.join(lines))


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of a flow list: what stands before it, itself, and what stands behind it."""

    lead: str
    span: tuple[int, int]
    before: str  # comments between it and its comma
    trail: str  # the comment after its comma, on the same line


class _Flow:
    """A list, or a mapping, in brackets."""

    def __init__(self, sheet: Sheet, slot: Slot) -> None:
        self.sheet = sheet
        spans = _spans(sheet, slot)
        self.first = sheet.opening(slot.node)
        self.last = slot.node.end - 1
        self.elements: list[_Element] = []
        self.comma = False  # whether the last element has one
        lead = sheet.text[self.first : spans[0][0]]
        for span, start in zip(spans, [*(s for s, _ in spans[1:]), self.last], strict=True):
            gap = sheet.text[span[1] : start]
            comma = _COMMA.match(gap)
            self.comma = comma is not None
            before = comma[1] if comma and "#" in comma[1] else ""
            rest = gap[comma.end() :] if comma else gap
            comment = _COMMENT.match(rest)
            trail = comment[0] if comment else ""
            self.elements.append(_Element(lead, span, before, trail))
            lead = rest[len(trail) :]
        self.closing = lead

    def rewritten(self, wanted: Sequence[Wanted]) -> Patch:
        usual = next((e.lead for e in self.elements[1:] if "#" not in e.lead), " ")
        opening = self.elements[0].lead if "#" not in self.elements[0].lead else usual
        margin = self.sheet.newline + " " * self.sheet.column(self.elements[0].span[0])
        parts: list[str] = []
        trail = ""
        for position, want in enumerate(wanted):
            lead = usual if position else opening
            body, before, after = want.text, "", ""
            if want.old is not None:
                old = self.elements[want.old]
                body = _cut(self.sheet, *old.span, want.patches)
                lead = old.lead if "#" in old.lead else lead
                before, after = old.before, old.trail
            comma = "," if self.comma or position < len(wanted) - 1 else ""
            parts += [_broken(lead, trail, margin), body, before, comma, after]
            trail = after
        parts.append(_broken(self.closing, trail, margin))
        return Patch(self.first, self.last, "".join(parts))


def _broken(space: str, trail: str, margin: str) -> str:
    """Return space that starts a new line if it follows a comment."""
    if not trail or space.startswith(("\n", "\r")):
        return space
    return margin + space.lstrip(" \t")
