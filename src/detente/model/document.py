"""Reading helpers: what a node of the file must be, with one clear message if it is not."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from detente.model.errors import CaseError, Where, listed, nearest, quoted
from detente.model.yamltext import Node

__all__ = ["entries", "evidence", "fields", "flag", "items", "known_name", "text"]


def fields(node: Node, what: str, known: Collection[str]) -> dict[str, Node]:
    """Return the entries of a mapping with a fixed set of keys; nothing counts as ``{}``.

    Raises:
        CaseError: if it is no mapping or has an unknown key.
    """
    found: dict[str, Node] = {}
    for key, value in entries(node, what):
        if key.raw not in known:
            close = nearest(key.raw, known)
            raise CaseError(
                f"unknown key {quoted(key.raw)} in {what}",
                where=key.where,
                rule=f"the keys of {what} are {', '.join(known)}",
                hint=f"did you mean '{close}'?" if close else "remove it, or make it a comment",
            )
        found[key.raw] = value
    return found


def entries(node: Node, what: str) -> Iterator[tuple[Node, Node]]:
    """Yield key and value of a mapping; nothing counts as ``{}``."""
    if node.kind == "null":
        return
    if node.kind != "mapping":
        raise CaseError(
            f"{what} must be a mapping, not {node.described()}",
            where=node.where,
            rule=f"{what} is written as 'key: value' lines",
            hint="see the file-format reference",
        )
    yield from node.entries


def items(node: Node, what: str) -> tuple[Node, ...]:
    """Return the elements of a list."""
    if node.kind != "list":
        raise CaseError(
            f"{what} must be a list, not {node.described()}",
            where=node.where,
            rule=f"{what} is written as '[a, b]' or as lines that start with '- '",
            hint="see the file-format reference",
        )
    return node.items


def text(node: Node, what: str) -> str:
    """Return a scalar as text (numbers as they are written)."""
    if node.kind in ("list", "mapping", "null"):
        raise CaseError(
            f"{what} must be text, not {node.described()}",
            where=node.where,
            rule=f"{what} is a word or a quoted text",
            hint="put it in quotes",
        )
    return node.raw


def flag(node: Node, what: str) -> bool:
    """Return a boolean."""
    if node.kind != "boolean":
        raise CaseError(
            f"{what} must be true or false, not {node.described()}",
            where=node.where,
            rule="YAML 1.2: true or false",
            hint="write 'true' or 'false' without quotes",
        )
    return node.raw.lower() == "true"


def evidence(node: Node | None) -> tuple[str, ...]:
    """Return the statement ids under ``evidence:``; a single id may stand without a list."""
    if node is None or node.kind == "null":
        return ()
    if node.kind == "list":
        return tuple(text(item, "a statement id") for item in node.items)
    return (text(node, "evidence"),)


def known_name(name: str, valid: Collection[str], what: str, where: Where) -> str:
    """Return ``name`` if it is among the valid ones.

    Raises:
        CaseError: with the nearest valid name.
    """
    if name in valid:
        return name
    close = nearest(name, valid)
    raise CaseError(
        f"there is no {what} {quoted(name)}",
        where=where,
        rule=f"the {what} must be one of {listed(valid)}" if valid else f"there is no {what} here",
        hint=f"did you mean '{close}'?" if close else "check the spelling",
    )
