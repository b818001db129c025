"""The statement language: what can be said about a state.

A statement is true or false in each state. Its syntax tree is frozen data; names are already
resolved to options, levels to their index. Evaluation over many states is the engine's business
(:mod:`detente.engine.evaluate`); :meth:`Statement.holds` evaluates one state.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["OPERATORS", "And", "Atom", "If", "Iff", "Not", "Or", "Statement"]

OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""Comparisons of an option's level with a named one; levels are ordered as declared."""


class Statement:
    """A node of the syntax tree."""

    __slots__ = ()

    def holds(self, levels: Sequence[int]) -> bool:
        """Tell whether the statement is true in one state.

        Args:
            levels: the level's index of every option, in declared order.
        """
        raise TypeError(f"{type(self).__name__} is not a statement")

    def atoms(self) -> Iterator[Atom]:
        """Yield the comparisons in the statement, from left to right."""
        raise TypeError(f"{type(self).__name__} is not a statement")


@dataclass(frozen=True, slots=True)
class Atom(Statement):
    """A comparison of one option with one of its levels.

    Attributes:
        option: index of the option, in declared order.
        op: one of :data:`OPERATORS`.
        level: index of the level.
    """

    option: int
    op: str
    level: int

    def holds(self, levels: Sequence[int]) -> bool:
        """Compare the option's level."""
        return OPERATORS[self.op](levels[self.option], self.level)

    def atoms(self) -> Iterator[Atom]:
        """Yield itself."""
        yield self


@dataclass(frozen=True, slots=True)
class Not(Statement):
    """True where ``part`` is false."""

    part: Statement

    def holds(self, levels: Sequence[int]) -> bool:
        """Negate."""
        return not self.part.holds(levels)

    def atoms(self) -> Iterator[Atom]:
        """Yield the atoms of the part."""
        yield from self.part.atoms()


@dataclass(frozen=True, slots=True)
class _Several(Statement):
    parts: tuple[Statement, ...]

    def atoms(self) -> Iterator[Atom]:
        """Yield the atoms of all parts."""
        for part in self.parts:
            yield from part.atoms()


@dataclass(frozen=True, slots=True)
class And(_Several):
    """True where all parts are."""

    def holds(self, levels: Sequence[int]) -> bool:
        """Conjunction."""
        return all(part.holds(levels) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or(_Several):
    """True where at least one part is."""

    def holds(self, levels: Sequence[int]) -> bool:
        """Disjunction."""
        return any(part.holds(levels) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Pair(Statement):
    left: Statement
    right: Statement

    def atoms(self) -> Iterator[Atom]:
        """Yield the atoms of both sides."""
        yield from self.left.atoms()
        yield from self.right.atoms()


@dataclass(frozen=True, slots=True)
class If(_Pair):
    """``left if right``: true where ``left`` is, or ``right`` is not."""

    def holds(self, levels: Sequence[int]) -> bool:
        """Material implication, the consequent first."""
        return self.left.holds(levels) or not self.right.holds(levels)


@dataclass(frozen=True, slots=True)
class Iff(_Pair):
    """True where both sides are true or both are false."""

    def holds(self, levels: Sequence[int]) -> bool:
        """Equivalence."""
        return self.left.holds(levels) == self.right.holds(levels)
