"""YAML text to plain nodes that know their place. YAML 1.2; duplicate keys are errors.

ruamel.yaml composes the text into its own node graph; this module turns that into
:class:`Node` objects with line and column, and refuses what a case file never needs
(cycles of anchors, tags, several documents, keys that are not scalars).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from detente.model.errors import CaseError, Where

__all__ = ["Node", "compose"]

_INT, _FLOAT, _BOOL, _NULL = (f"tag:yaml.org,2002:{tag}" for tag in ("int", "float", "bool", "null"))
_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
_MOST_NODES = 5_000_000
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Node:
    """A value in the file and its place.

    Attributes:
        kind: ``text``, ``number``, ``boolean``, ``null``, ``list`` or ``mapping``.
        raw: the scalar as written (without quotes); ``""`` for lists and mappings.
        items: the elements of a list.
        entries: key node and value node of a mapping, in order.
        where: place of its first character.
        plain: True if a scalar stands without quotes on one line, so that columns inside it count.
    """

    kind: str
    raw: str
    where: Where
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    plain: bool = True

    @property
    def inside(self) -> Where:
        """Place of the first character of a scalar's content."""
        return self.where if self.plain else self.where.shifted(1)

    def described(self) -> str:
        """Return what the value is, for error messages."""
        if self.kind in ("list", "mapping", "null"):
            return {"list": "a list", "mapping": "a mapping", "null": "nothing"}[self.kind]
        raw = self.raw if len(self.raw) <= 40 else self.raw[:39] + "…"
        return f"the {self.kind} {raw!r}" if self.kind != "text" else repr(raw)

    def __iter__(self) -> Iterator[Node]:
        """Iterate over the elements of a list."""
        return iter(self.items)


def compose(text: str, source: str | None) -> Node:
    """Parse YAML text.

    Args:
        text: the whole file.
        source: its name, for messages.

    Raises:
        CaseError: if it is not one YAML document, repeats a key, or has a cycle of anchors.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    yaml = YAML(typ="rt", pure=True)
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as error:
        _refuse(error, source, text)
    except (YAMLError, RecursionError, ValueError, AttributeError) as error:
        raise CaseError(
            f"this is not readable YAML ({_first_line(error)})",
            where=Where(source),
            rule="a case file is one YAML 1.2 document",
            hint="compare with 'detente new'",
        ) from None
    if root is None:
        raise CaseError(
            "the file is empty",
            where=Where(source),
            rule="a case file starts with 'detente: 1'",
            hint="'detente new' writes a starter file",
        )
    return _Converter(source).convert(root, ())


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:120] if lines else type(error).__name__


def _refuse(error: Any, source: str | None, text: str) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    where = Where(source, mark.line + 1, mark.column + 1) if mark else Where(source)
    lines = text.splitlines()
    excerpt = lines[mark.line] if mark and mark.line < len(lines) else None
    problem = (error.problem or error.context or "unreadable").strip().splitlines()[0]
    hint = "check quotes, colons and indentation near this place"
    if "single document" in (error.context or "") or "document" in problem:
        hint = "a case file holds one document: remove the '---' in the middle"
    raise CaseError(
        f"this is not readable YAML: {problem}",
        where=where,
        rule="a case file is one YAML 1.2 document",
        hint=hint,
        excerpt=excerpt,
        caret=mark.column if mark and excerpt is not None else None,
    ) from None


class _Converter:
    """Turns ruamel's nodes into ours."""

    def __init__(self, source: str | None) -> None:
        self._source = source
        self._count = 0

    def convert(self, node: Any, open_nodes: tuple[int, ...]) -> Node:
        where = Where(self._source, node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in open_nodes:
            raise CaseError(
                f"the anchor '&{node.anchor}' contains itself",
                where=where,
                rule="anchors must not form a cycle",
                hint="write the value out instead of '*'",
            )
        self._count += 1
        if self._count > _MOST_NODES:
            raise CaseError(
                "the aliases in this file expand to too many values",
                where=where,
                rule=f"at most {_MOST_NODES:,} values in a file",
                hint="write the values out instead of repeating '*'",
            )
        if len(open_nodes) > _DEEPEST:
            raise CaseError(
                "the file is nested too deeply",
                where=where,
                rule=f"at most {_DEEPEST} levels of lists and mappings",
                hint="compare with the file-format reference",
            )
        inner = (*open_nodes, id(node))
        if type(node).__name__ == "MappingNode":
            return self._mapping(node, where, inner)
        if type(node).__name__ == "SequenceNode":
            return Node("list", "", where, items=tuple(self.convert(v, inner) for v in node.value))
        return self._scalar(node, where)

    def _mapping(self, node: Any, where: Where, inner: tuple[int, ...]) -> Node:
        entries: list[tuple[Node, Node]] = []
        seen: dict[str, Where] = {}
        for key_node, value_node in node.value:
            key = self.convert(key_node, inner)
            if key.kind in ("list", "mapping"):
                raise CaseError(
                    f"{key.described()} cannot be a key",
                    where=key.where,
                    rule="keys are words or statements",
                    hint="put it in quotes if it is text",
                )
            if key.raw in seen:
                raise CaseError(
                    f"the key {key.raw!r} stands twice",
                    where=key.where,
                    rule="a key stands once in a mapping",
                    hint=f"the first is in line {seen[key.raw].line}; remove or rename one",
                )
            seen[key.raw] = key.where
            entries.append((key, self.convert(value_node, inner)))
        return Node("mapping", "", where, entries=tuple(entries))

    def _scalar(self, node: Any, where: Where) -> Node:
        tag = str(node.tag)
        quoted = node.style in ('"', "'")
        single_line = node.start_mark.line == node.end_mark.line
        kinds = {_INT: "number", _FLOAT: "number", _BOOL: "boolean", _NULL: "null"}
        kind = "text" if node.style else kinds.get(tag, "text")
        if tag.removeprefix("tag:yaml.org,2002:") not in _TAGS:
            raise CaseError(
                f"the tag {tag} is not allowed",
                where=where,
                rule="a case file has no YAML tags",
                hint="remove it, or put the value in quotes",
            )
        place = where if single_line else Where(self._source, where.line)
        return Node(kind, node.value, place, plain=not quoted)
