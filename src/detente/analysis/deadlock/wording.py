"""Statements as text of the statement language, in a normal form: for nodes and patches."""

from __future__ import annotations

from itertools import product

from detente.model.case import Case
from detente.model.parts import Option
from detente.model.statement import OPERATORS, And, Atom, If, Iff, Not, Or, Statement

__all__ = ["entails", "involved", "text_of"]

_NEGATED = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def involved(*statements: Statement) -> tuple[int, ...]:
    """Return the indices of the options that statements speak of, ascending."""
    return tuple(sorted({atom.option for s in statements for atom in s.atoms()}))


def text_of(statement: Statement, case: Case) -> str:
    """Return a statement as text that parses back to an equivalent one.

    A statement about a single option is written as one comparison where that is possible, so
    that equivalent ones read alike.
    """
    return _text(statement, case, 0)


_LOOSE, _OR, _AND, _NOT = 0, 1, 2, 3


def _text(statement: Statement, case: Case, outer: int) -> str:
    options = involved(statement)
    if len(options) == 1:
        simple = _comparison(statement, options[0], case.options[options[0]])
        if simple is not None:
            return simple
    match statement:
        case Atom(option, op, level):
            own = case.options[option]
            return f"{own.key} {op} {own.levels[level]}"
        case Not(Atom(option, op, level)):
            return _text(Atom(option, _NEGATED[op], level), case, outer)
        case Not(part):
            return f"not {_text(part, case, _NOT)}"
        case And(parts):
            return _wrapped(" and ".join(_text(p, case, _AND) for p in parts), _AND, outer)
        case Or(parts):
            return _wrapped(" or ".join(_text(p, case, _OR) for p in parts), _OR, outer)
        case If(left, right):
            both = f"{_text(left, case, _OR)} if {_text(right, case, _OR)}"
            return both if outer == _LOOSE else f"({both})"
        case Iff(left, right):
            both = f"{_text(left, case, _OR)} iff {_text(right, case, _OR)}"
            return both if outer == _LOOSE else f"({both})"
    raise TypeError(f"{type(statement).__name__} is not a statement")


def _wrapped(text: str, own: int, outer: int) -> str:
    return text if outer <= own else f"({text})"


def _comparison(statement: Statement, index: int, option: Option) -> str | None:
    """Return the single comparison that is true at the same levels, if there is one."""
    levels = [0] * (index + 1)
    true = []
    for level in range(len(option.levels)):
        levels[index] = level
        true.append(statement.holds(levels))
    for op in ("=", "!=", ">=", "<="):
        for level, name in enumerate(option.levels):
            if true == [OPERATORS[op](at, level) for at in range(len(true))]:
                return f"{option.key} {op} {name}"
    return None


def entails(first: Statement, second: Statement, case: Case) -> bool:
    """Tell whether ``second`` is true wherever ``first`` is, over all levels of their options."""
    options = involved(first, second)
    levels = [0] * len(case.options)
    for combination in product(*(range(len(case.options[k].levels)) for k in options)):
        for k, level in zip(options, combination, strict=True):
            levels[k] = level
        if first.holds(levels) and not second.holds(levels):
            return False
    return True
