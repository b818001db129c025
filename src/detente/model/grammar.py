"""Parse statements: text to syntax tree, with errors that point at the character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, NoReturn, cast

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput

from detente.model.errors import CaseError, Where, listed, nearest, quoted
from detente.model.parts import Option
from detente.model.statement import And, Atom, If, Iff, Not, Or, Statement

__all__ = ["MAX_DEPTH", "OptionNames", "parse_statement"]

MAX_DEPTH = 100
"""Deepest nesting that is accepted, so that recursion over a statement is safe everywhere."""

_MANY = 20_000  # characters: above this a "statement" is a mistake or an attack


class OptionNames:
    """Looks up options and levels by name.

    Args:
        options: every option of the case, in declared order.
    """

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = tuple(options)
        self._by_key = {option.key: i for i, option in enumerate(options)}
        self._by_id: dict[str, list[int]] = {}
        for i, option in enumerate(options):
            self._by_id.setdefault(option.id, []).append(i)
        self._parties = {option.owner for option in options}

    def option(self, name: str, where: Where | None, excerpt: str | None, caret: int) -> int:
        """Return the index of the option called ``option`` or ``party.option``."""
        found = [self._by_key[name]] if name in self._by_key else self._by_id.get(name, [])
        if len(found) == 1:
            return found[0]
        if found:
            keys = listed(f"'{self.options[i].key}'" for i in found)
            raise CaseError(
                f"{quoted(name)} is ambiguous: {keys}",
                where=where,
                rule="a name must mean one option",
                hint="write 'party.option'",
                excerpt=excerpt,
                caret=caret,
            )
        raise CaseError(
            f"there is no option {quoted(name)}",
            where=where,
            rule="a statement names options of the case",
            hint=self._suggest(name),
            excerpt=excerpt,
            caret=caret,
        )

    def _suggest(self, name: str) -> str:
        if name in self._parties:
            own = [option.key for option in self.options if option.owner == name]
            return f"'{name}' is a party; its options are {listed(own)}"
        close = nearest(name, [*self._by_key, *self._by_id])
        if close:
            return f"did you mean '{close}'?"
        if not self._by_id:
            return "the case has no options"
        return f"the options are {listed(self._by_key)}"

    def level(
        self, option: int, name: str, where: Where | None, excerpt: str | None, caret: int
    ) -> int:
        """Return the index of a level of the option with this index."""
        levels = self.options[option].levels
        if name in levels:
            return levels.index(name)
        close = nearest(name, levels)
        raise CaseError(
            f"option '{self.options[option].key}' has no level {quoted(name)}",
            where=where,
            rule=f"its levels are {', '.join(levels)}",
            hint=f"did you mean '{close}'?" if close else f"use one of {', '.join(levels)}",
            excerpt=excerpt,
            caret=caret,
        )


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = resources.files("detente.model").joinpath("statement.lark").read_text("utf-8")
    return Lark(grammar, start="statement", parser="lalr")


def parse_statement(text: str, names: OptionNames, where: Where | None = None) -> Statement:
    """Parse one statement.

    Args:
        text: for instance ``"not withdrawal if ceasefire = none"``.
        names: the options that it may speak of.
        where: the place of its first character in the file.

    Raises:
        CaseError: with the character at which the statement stops making sense.
    """
    _check_size(text, where)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        _explain(error, text, where)
    return _Resolver(names, text, where).resolve(tree)


@dataclass(frozen=True)
class _Resolver:
    """Turns parse trees into statements, looking names up."""

    names: OptionNames
    text: str
    where: Where | None

    def resolve(self, tree: Tree[Token], depth: int = 1) -> Statement:
        rule, parts = str(tree.data), cast("list[Any]", tree.children)
        if depth > MAX_DEPTH:
            first: Any = tree
            while isinstance(first, Tree):
                first = first.children[0]
            raise _too_deep(self.text, self.where, first.start_pos or 0)
        if rule == "chosen":
            return Atom(self._option(parts), ">", 0)
        if rule == "compared":
            option, op, level = self._option(parts[:-2]), str(parts[-2]), parts[-1]
            place = _place(self.text, self.where, level.start_pos or 0)
            return Atom(option, op, self.names.level(option, str(level), *place))
        resolved = [self.resolve(part, depth + 1) for part in parts]
        if rule in ("and_", "or_"):
            return (And if rule == "and_" else Or)(tuple(resolved))
        if rule == "not_":
            return Not(resolved[0])
        return (If if rule == "if_" else Iff)(resolved[0], resolved[1])

    def _option(self, tokens: list[Token]) -> int:
        place = _place(self.text, self.where, tokens[0].start_pos or 0)
        return self.names.option(".".join(str(token) for token in tokens), *place)


def _too_deep(text: str, where: Where | None, offset: int) -> CaseError:
    place, excerpt, caret = _place(text, where, offset)
    return CaseError(
        "the statement is nested too deeply or too long",
        where=place,
        rule=f"at most {MAX_DEPTH} levels of nesting and {_MANY:,} words",
        hint="split it into several statements",
        excerpt=excerpt,
        caret=caret,
    )


def _check_size(text: str, where: Where | None) -> None:
    depth = deepest = 0
    at = 0
    for offset, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth > deepest:
            deepest, at = depth, offset
    words = text.split()
    run = longest = 0
    for word in words:
        run = run + 1 if word == "not" else 0
        longest = max(longest, run)
    if deepest + longest > MAX_DEPTH or len(words) > _MANY or len(text) > 10 * _MANY:
        raise _too_deep(text, where, at)


def _place(text: str, where: Where | None, offset: int) -> tuple[Where | None, str, int]:
    """Return the place, line and caret of an offset in a statement that may span lines."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : len(text) if end < 0 else end]
    caret = offset - start
    if where is None or start > 0:  # a folded block: its own lines are not those of the file
        return where, line, caret
    return where.shifted(offset), line, caret


_SAY = {
    "RPAR": "')'",
    "LPAR": "'('",
    "ID": "an option",
    "COMPARISON": "a comparison (=, !=, <, <=, >, >=)",
    "DOT": "'.'",
    "_IF": "'if'",
    "_IFF": "'iff'",
    "_OR": "'or'",
    "_AND": "'and'",
    "_NOT": "'not'",
    "$END": "the end",
}


def _explain(error: UnexpectedInput, text: str, where: Where | None) -> NoReturn:
    """Turn the parser's error into ours."""
    token = getattr(error, "token", None)
    ended = token is not None and token.type == "$END"
    offset = len(text) if ended else (getattr(error, "pos_in_stream", None) or 0)
    place, excerpt, caret = _place(text, where, min(offset, len(text)))
    names: set[str] = set(getattr(error, "accepts", None) or getattr(error, "allowed", None) or ())
    if isinstance(error, UnexpectedCharacters):
        what = f"the statement cannot contain {quoted(text[offset])} here"
    elif ended:
        what = "the statement is empty" if not text.strip() else "the statement stops too early"
    else:
        what = f"{quoted(str(token))} cannot stand here"
    say = _SAY | {"ID": "a level"} if text[:offset].rstrip().endswith(("=", "<", ">")) else _SAY
    names -= {"$END"} if _open(text, offset) else {"RPAR"}
    expected = sorted(say[name] for name in names if name in say)
    raise CaseError(
        what,
        where=place,
        rule="see the statement language in the file-format reference",
        hint=_hint(text, offset, str(token) if token is not None else "", expected),
        excerpt=excerpt,
        caret=caret,
    ) from None


def _open(text: str, offset: int) -> bool:
    """Tell whether a parenthesis is open at an offset."""
    return text.count("(", 0, offset) > text.count(")", 0, offset)


def _hint(text: str, offset: int, token: str, expected: list[str]) -> str:
    if token in ("if", "iff") and re.search(r"(?<![\w-])iff?(?![\w-])", text[:offset]):
        return "'if' and 'iff' do not chain: add parentheses"
    if token == ")" and not _open(text, offset):
        return "remove it: no '(' is open here"
    if "==" in text[max(0, offset - 1) : offset + 2]:
        return "write '=' once"
    if token.lower() != token and token.lower() in ("not", "and", "or", "if", "iff"):
        return f"keywords are in small letters: '{token.lower()}'"
    if text[offset : offset + 1] in ("&", "|", "!"):
        return "write 'and', 'or', 'not'"
    return f"expected {', '.join(expected)}" if expected else "check the spelling"
