"""Ordinal payoffs of one party over all cells, from its preferences. Exact, never by floats."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal

import numpy as np
from numpy.typing import NDArray

from detente.engine.evaluate import Truth, truth
from detente.model.errors import CaseError
from detente.model.parts import Clause, Priorities, Weights
from detente.model.statement import Statement

__all__ = ["Payoffs", "priority_payoffs", "weight_payoffs"]

Payoffs = NDArray[np.int32]
"""Ordinal payoffs, shape ``(cells,)``: a greater number is better, equal numbers are ties."""

_BITS = 30  # statements whose weights 2^0 … 2^29 fit an int32 sum
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)  # the default one rounds
_SMALL = 1 << 12  # cells: statements are summed among themselves up to this size


def priority_payoffs(clauses: Priorities, levels: Sequence[int]) -> Payoffs:
    """Return lexicographic payoffs: sum of 2^(k-j) over the true statements j = 1..k.

    Any number of statements works: beyond 30, the order is refined 30 statements at a time, and
    only the ranks are kept, which is the same order.
    """
    statements = [clause.statement for clause in clauses.clauses]
    result: Payoffs = _sum_of_bits(statements[:_BITS], levels)
    for start in range(_BITS, len(statements), _BITS):
        block = statements[start : start + _BITS]
        refined = _ranks(result).astype(np.int64) << len(block)
        refined += _sum_of_bits(block, levels)
        result = _ranks(refined)
    return result


def _ranks(values: NDArray[np.signedinteger]) -> Payoffs:
    """Return dense ranks, 0 for the least."""
    ranks: Payoffs = np.unique(values, return_inverse=True)[1].astype(np.int32)
    return ranks


def _sum_of_bits(statements: Sequence[Statement], levels: Sequence[int]) -> Payoffs:
    last = len(statements) - 1
    terms = [(1 << (last - j), truth(s, levels)) for j, s in enumerate(statements)]
    return _sum(terms, levels, np.int32).astype(np.int32, copy=False)


def _sum(
    terms: Sequence[tuple[int, Truth]], levels: Sequence[int], dtype: type[np.signedinteger]
) -> NDArray[np.signedinteger]:
    """Add weighted truths: small arrays among themselves first, then once over all cells.

    Terms are gathered greedily while their common shape stays small, so that the number of
    passes over the full array is far below the number of statements.
    """
    total = np.zeros(tuple(levels), dtype=dtype)
    partial: NDArray[np.signedinteger] | None = None
    for weight, where in terms:
        term = where.astype(dtype) * dtype(weight)
        if partial is None:
            partial = term
            continue
        shape = np.broadcast_shapes(partial.shape, term.shape)
        if np.prod(shape, dtype=np.int64) <= _SMALL:
            partial = partial + term
        else:
            total += partial
            partial = term
    if partial is not None:
        total += partial
    return total.reshape(-1)


def weight_payoffs(weights: Weights, levels: Sequence[int], who: str) -> Payoffs:
    """Return payoffs that order states by the sum of the weights of the true statements.

    Decimal weights are scaled to whole numbers, so that 0.1 + 0.2 equals 0.3.

    Raises:
        CaseError: if the scaled weights do not fit 62 bits.
    """
    pairs: list[tuple[Clause, Decimal]] = [
        (clause, _EXACT.normalize(w)) for clause, w in weights.clauses if w
    ]
    exponents = [int(w.as_tuple().exponent) for _, w in pairs]
    low = min([0, *exponents])
    high = max([0, *(w.adjusted() for _, w in pairs)])
    scaled = [int(w.scaleb(-low)) for _, w in pairs] if high - low <= 18 else None
    if scaled is None or sum(map(abs, scaled)) >= 1 << 62:
        raise CaseError(
            f"the weights of '{who}' span too many digits",
            where=weights.where,
            rule="weights are summed exactly, in at most 18 digits",
            hint="use priorities if one statement outweighs all others",
        )
    terms = [(w, truth(c.statement, levels)) for (c, _), w in zip(pairs, scaled, strict=True)]
    total = _sum(terms, levels, np.int64)
    if sum(map(abs, scaled)) < 1 << 30:
        return total.astype(np.int32)
    return _ranks(total)
