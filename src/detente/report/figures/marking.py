"""Where the letters of the movers stand: on their lines, off each other and off other lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.report.figures.choosing import Step
from detente.report.figures.statemap import Point

__all__ = ["MARK", "place_marks"]

MARK = 7.0
"""Radius of a mark."""

_TRIED = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_SAMPLES = 14
_FIRST = ("broken", "path", "breaking", "leaves")

_Curve = tuple[Point, Point, Point, Point]
_Points = NDArray[np.float64]


def _on(curve: _Curve, at: _Points) -> _Points:
    """Return points of a cubic Bézier curve, shape ``(len(at), 2)``."""
    a, b, c, d = (np.array(point, dtype=np.float64) for point in curve)
    t = at[:, None]
    s = 1 - t
    found: _Points = a * s**3 + b * 3 * s**2 * t + c * 3 * s * t**2 + d * t**3
    return found


def place_marks(
    curves: Sequence[Sequence[_Curve]], moves: Sequence[Step]
) -> list[tuple[Point, Point | None]]:
    """Return for each move where its letter stands, and where its cross, if it breaks.

    Letters stand on the curves at the ends of a line, never beside the columns that it passes. One
    line after the other, those of the path first, takes the place that is farthest from the letters
    already placed and from other lines, and nearest to its middle.
    """
    times = np.linspace(0.04, 0.96, _SAMPLES)
    sampled = [np.concatenate([_on(c, times) for c in _open(own)]) for own in curves]
    if not sampled:
        return []
    everything = np.concatenate(sampled)
    owner = np.repeat(np.arange(len(curves)), [len(own) for own in sampled])
    placed: list[Point] = []
    found: dict[int, tuple[Point, Point | None]] = {}
    for k in sorted(range(len(moves)), key=lambda k: (_rank(moves[k]), k)):
        own = _open(curves[k])
        cross = None
        if moves[k].role == "broken":
            x, y = _on(own[0], np.array([0.6]))[0].tolist()
            cross = (x, y)
            placed.append(cross)
        tried = _TRIED if cross is None else (0.28,)
        points = np.concatenate([_on(c, np.array(tried)) for c in own])
        off = np.tile(np.abs(np.array(tried) - 0.5), len(own)) + np.repeat(
            np.arange(len(own)) * 0.15, len(tried)
        )
        others = everything[owner != k]
        cost = off * 6 + _near(points, others, MARK + 3) * 3
        if placed:
            cost += _near(points, np.array(placed), 2 * MARK + 2) * 40
        x, y = points[int(np.argmin(np.round(cost, 6)))].tolist()
        placed.append((x, y))
        found[k] = ((x, y), cross)
    return [found[k] for k in range(len(moves))]


def _open(curves: Sequence[_Curve]) -> Sequence[_Curve]:
    """Return the curves between columns: all, or the first and the last of a long line."""
    return curves if len(curves) == 1 else (curves[0], curves[-1])


def _rank(move: Step) -> int:
    return _FIRST.index(move.role) if move.role in _FIRST else len(_FIRST)


def _near(points: _Points, others: _Points, reach: float) -> _Points:
    """Return for each point how deep others reach into its neighbourhood, 0 where none does."""
    low, high = points.min(axis=0) - reach, points.max(axis=0) + reach
    others = others[((others > low) & (others < high)).all(axis=1)]
    if not len(others):
        return np.zeros(len(points))
    apart = np.abs(points[:, None, :] - others[None, :, :])
    distance = np.hypot(apart[..., 0], apart[..., 1])
    depth: _Points = np.clip(1 - distance / reach, 0, None).sum(axis=1)
    return depth
