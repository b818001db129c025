"""YAML text to plain nodes that know their place. YAML 1.2; duplicate keys are errors.

ruamel.yaml composes the text into its own node graph; this module turns that into
:class:`Node` objects with line and column, and refuses what a case file never needs
(cycles of anchors, tags, several documents, keys that are not scalars, control characters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from detente.model.errors import CaseError, Where, quoted

__all__ = ["MOST_NODES", "Node", "compose"]

MOST_NODES = 500_000
"""Most values in a file: composing them takes about half a minute and half a GiB."""

_KINDS = {"int": "number", "float": "number", "bool": "boolean", "null": "null"}
_PREFIX = "tag:yaml.org,2002:"
_DEEPEST = 60
_RULE = "a case file is one YAML 1.2 document"
_TAGGED = re.compile(r"(?:&\S+\s+)?(!\S*)")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")  # what ruamel counts as the end of a line
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A value in the file and its place.

    Attributes:
        kind: ``text``, ``number``, ``boolean``, ``null``, ``list`` or ``mapping``.
        raw: the scalar as written (without quotes); ``""`` for lists and mappings.
        where: place of its first character.
        inside: place of the first character of a scalar's content, with a column only if the
            columns inside it count (it stands on one line and is written without escapes).
        items: the elements of a list.
        entries: key node and value node of a mapping, in order.
        start, end: offsets in the text; the end of a block may include what follows it.
        style: ``"flow"`` or ``"block"`` for lists and mappings; for scalars one of ``'``, ``"``,
            ``|`` and ``>``, or ``""`` if it is plain.
    """

    kind: str
    raw: str
    where: Where
    inside: Where
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    start: int = 0
    end: int = 0
    style: str = ""

    def described(self) -> str:
        """Return what the value is, for error messages."""
        if self.kind in ("list", "mapping", "null"):
            return {"list": "a list", "mapping": "a mapping", "null": "nothing"}[self.kind]
        return quoted(self.raw) if self.kind == "text" else f"the {self.kind} {quoted(self.raw)}"

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
    from ruamel.yaml.error import MarkedYAMLError

    try:
        root = _composed(text, source)
    except MarkedYAMLError as error:
        _refuse(error, source, text)
    except CaseError:
        raise
    except Exception as error:  # ruamel lets assertions and lookups fail on strange input
        at = getattr(error, "position", None)
        where = Where(source)
        if isinstance(at, int):
            line = len(_BREAK.findall(text, 0, at)) + 1
            where = Where(source, line, at - _line_start(text, at) + 1)
        raise CaseError(
            f"this is not readable YAML ({_first_line(error)})",
            where=where,
            rule=_RULE,
            hint="compare with 'detente new'",
        ) from None
    if root is None:
        raise CaseError(
            "the file is empty",
            where=Where(source),
            rule="a case file starts with 'detente: 1'",
            hint="'detente new' writes a starter file",
        )
    return _Converter(source, text).convert(root, ())


def _composed(text: str, source: str | None) -> Any:
    """Return ruamel's node graph."""
    from ruamel.yaml import YAML
    from ruamel.yaml.composer import Composer

    class Bounded(Composer):
        """Stops early on a file that is too large or too deep, and allows an anchor twice."""

        count = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            self.count += 1
            if self.count > MOST_NODES or self.depth > _DEEPEST:
                mark = self.parser.peek_event().start_mark
                where = Where(source, mark.line + 1, mark.column + 1)
                raise _too_deep(where) if self.depth > _DEEPEST else _too_many(where)
            return super().compose_node(parent, index)

    # "safe" rather than "rt": the place of comments is not needed here, and finding it takes
    # time that is quadratic in the number of comment lines.
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = Bounded
    yaml.composer.warn_double_anchors = False
    root = yaml.compose(text)
    version = yaml.doc_infos[-1].doc_version if yaml.doc_infos else None
    if version is not None and (version.major, version.minor) != (1, 2):
        raise CaseError(
            f"the file asks for YAML {version.major}.{version.minor}",
            where=Where(source, 1, 1),
            rule=_RULE,
            hint="remove the line '%YAML …'",
        )
    return root


def _too_deep(where: Where) -> CaseError:
    return CaseError(
        "the file is nested too deeply",
        where=where,
        rule=f"at most {_DEEPEST} levels of lists and mappings",
        hint="compare with the file-format reference",
    )


def _too_many(where: Where) -> CaseError:
    return CaseError(
        "the file has too many values",
        where=where,
        rule=f"at most {MOST_NODES:,} values in a file, those repeated by '*' included",
        hint="use priorities instead of long rankings, and fewer aliases",
    )


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:120] if lines else type(error).__name__


def _line_start(text: str, offset: int) -> int:
    return max((m.end() for m in _BREAK.finditer(text, 0, offset)), default=0)


def _refuse(error: Any, source: str | None, text: str) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    where = Where(source, mark.line + 1, mark.column + 1) if mark else Where(source)
    excerpt = None
    if mark:
        start = mark.index - mark.column
        stop = _BREAK.search(text, start)
        excerpt = text[start : stop.start() if stop else len(text)]
    problem = (error.problem or error.context or "unreadable").strip().splitlines()[0]
    hint = "check quotes, colons and indentation near this place"
    if "document" in (error.context or "") + problem:
        hint = "a case file holds one document: remove the '---' in the middle"
    if "'\\t'" in problem:
        hint = "use spaces instead of tabs"
    raise CaseError(
        f"this is not readable YAML: {problem}",
        where=where,
        rule=_RULE,
        hint=hint,
        excerpt=excerpt,
        caret=mark.column if mark else None,
    ) from None


class _Converter:
    """Turns ruamel's nodes into ours."""

    def __init__(self, source: str | None, text: str) -> None:
        self._source = source
        self._text = text
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
        if self._count > MOST_NODES:
            raise _too_many(where)
        if len(open_nodes) > _DEEPEST:
            raise _too_deep(where)
        start, end = node.start_mark.index, node.end_mark.index
        if self._text[start : start + 1] in ("!", "&"):
            self._refuse_tag(start, where)
        inner = (*open_nodes, id(node))
        kind = type(node).__name__
        if kind == "ScalarNode":
            return self._scalar(node, where, start, end)
        style = "flow" if node.flow_style else "block"
        if kind == "MappingNode":
            entries = self._entries(node, inner)
            return Node("mapping", "", where, where, (), entries, start, end, style)
        items = tuple(self.convert(value, inner) for value in node.value)
        return Node("list", "", where, where, items, (), start, end, style)

    def _refuse_tag(self, start: int, where: Where) -> None:
        if tag := _TAGGED.match(self._text, start):
            raise CaseError(
                f"the tag {quoted(tag[1])} is not allowed",
                where=where,
                rule="a case file has no YAML tags",
                hint="remove it, or put the value in quotes",
            )

    def _entries(self, node: Any, inner: tuple[int, ...]) -> tuple[tuple[Node, Node], ...]:
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
                    f"the key {quoted(key.raw)} stands twice",
                    where=key.where,
                    rule="a key stands once in a mapping",
                    hint=f"the first is in line {seen[key.raw].line}; remove or rename one",
                )
            seen[key.raw] = key.where
            entries.append((key, self.convert(value_node, inner)))
        return tuple(entries)

    def _scalar(self, node: Any, where: Where, start: int, end: int) -> Node:
        raw: str = node.value
        if found := _CONTROL.search(raw):
            raise CaseError(
                f"the text has the character U+{ord(found[0]):04X}",
                where=where,
                rule="text in a case file has no control characters",
                hint="remove the escape sequence",
            )
        style = node.style or ""
        kind = "text" if style else _KINDS.get(str(node.tag).removeprefix(_PREFIX), "text")
        inside = Where(self._source, where.line)
        if node.start_mark.line == node.end_mark.line:
            written = self._text[start:end].removesuffix(style)
            if written.endswith(style + raw):
                inside = where.shifted(len(written) - len(raw))
        return Node(kind, raw, where, inside, (), (), start, end, style)
