"""From scores of word pieces to spans: the likeliest labelling in which every span is whole."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from detente.reading.tagger.labels import Head, head
from detente.reading.tagger.tag import Range, Tag

__all__ = ["Scores", "decode", "is_empty", "spans_of"]

Scores = NDArray[np.float32]

_B, _I = 1, 2


def log_softmax(scores: Scores) -> Scores:
    """Return the logarithms of the probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def is_empty(scores: Scores) -> bool:
    """Tell whether a window holds no statement: O is likeliest everywhere, on both levels."""
    return not any(scores[:, head(level).part].argmax(axis=1).any() for level in ("outer", "inner"))


def spans_of(log_p: Scores, breaks: Sequence[bool], kinds: int = 1) -> list[tuple[int, int, int]]:
    """Return the likeliest spans: no ``I`` after ``O`` or at the start of a sentence.

    Args:
        log_p: shape (pieces, 1 + 2 * kinds): O, then B and I of each kind.
        breaks: for each piece, whether a sentence begins there.
        kinds: how many kinds of span there are.

    Returns:
        (first piece, piece after the last, kind), in order.
    """
    if not log_p.size or not log_p.argmax(axis=1).any():
        return []  # O is likeliest everywhere, so the best labelling has nothing else
    rows: list[list[float]] = log_p.tolist()  # plain numbers: arrays of three cost more to call
    width = 1 + 2 * kinds
    found: list[tuple[int, int, int]] = []
    best = [-inf if i and i % 2 == 0 else rows[0][i] for i in range(width)]
    back: list[list[int]] = []
    for row, fresh in zip(rows[1:], breaks[1:], strict=True):
        top = max(range(width), key=best.__getitem__)
        came = [top] * width
        step = [best[top] + p for p in row]
        for i in range(2, width, 2):
            source = i - 1 if best[i - 1] >= best[i] else i
            came[i] = source
            step[i] = -inf if fresh else best[source] + row[i]
        best = step
        back.append(came)
    path = [max(range(width), key=best.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    path.reverse()
    for k, state in enumerate(path):
        if state and state % 2:
            found.append((k, k + 1, (state - 1) // 2))
        elif state:
            first, _, kind = found[-1]
            found[-1] = (first, k + 1, kind)
    return found


def decode(scores: Scores, offsets: Sequence[Range], breaks: Sequence[bool]) -> list[Tag]:
    """Return the statements of one window.

    Args:
        scores: shape (pieces, size()), without the special pieces.
        offsets: the characters of each piece.
        breaks: whether a sentence begins at the piece.
    """
    if not len(offsets):
        return []
    levels = []
    for level in ("outer", "inner"):
        log_p = log_softmax(scores[:, head(level).part])
        levels.append((level, log_p, _whole(spans_of(log_p, breaks), breaks)))
    if not any(spans for _, _, spans in levels):
        return []
    cues = spans_of(log_softmax(scores[:, head("cue").part]), breaks)
    orders = spans_of(log_softmax(scores[:, head("order").part]), breaks, kinds=2)
    attribution = log_softmax(scores[:, head("attribution").part])
    sentence = np.cumsum(breaks)
    found = []
    for level, log_p, spans in levels:
        types = log_softmax(scores[:, head(f"{level}-type").part])
        for first, stop in spans:
            path = [_B, *([_I] * (stop - first - 1))]
            sure = float(np.exp(log_p[range(first, stop), path].mean()))
            kinds = _ranked(types[first:stop], head(f"{level}-type"))
            here = sentence[first]
            own = [(a, b) for a, b, _ in cues if sentence[a] == here]
            before = [(a, b) for a, b, k in orders if k == 0 and sentence[a] == here]
            after = [(a, b) for a, b, k in orders if k == 1 and sentence[a] == here]
            found.append(
                Tag(
                    offsets[first][0],
                    offsets[stop - 1][1],
                    kinds[0][0],
                    _ranked(attribution[first:stop], head("attribution"))[0][0],
                    level == "inner",
                    round(sure * kinds[0][1], 4),
                    kinds[:3],
                    _nearest(own, (first, stop), offsets),
                    _nearest(before, (first, stop), offsets),
                    _nearest(after, (first, stop), offsets),
                )
            )
    return sorted(found, key=lambda tag: (tag.start, -tag.end))


_FRAGMENT = 2


def _whole(spans: Sequence[tuple[int, int, int]], breaks: Sequence[bool]) -> list[tuple[int, int]]:
    """Join a fragment of one or two pieces ("the") to the span that begins where it ends."""
    found: list[tuple[int, int]] = []
    for first, stop, _ in spans:
        if found and found[-1][1] == first and not breaks[first]:
            begin, end = found[-1]
            if min(end - begin, stop - first) <= _FRAGMENT:
                found[-1] = (begin, stop)
                continue
        found.append((first, stop))
    return found


def _ranked(log_p: Scores, asked: Head) -> tuple[tuple[str, float], ...]:
    """Return the labels by their mean log probability over a span, normalised."""
    mean = log_softmax(log_p.mean(axis=0))
    order = np.argsort(-mean, kind="stable")
    return tuple((asked.labels[k], round(float(np.exp(mean[k])), 4)) for k in order)


def _nearest(spans: Sequence[Range], place: Range, offsets: Sequence[Range]) -> Range | None:
    """Return the characters of the span inside ``place``, or of the one nearest to it."""
    if not spans:
        return None
    first, stop = min(spans, key=lambda s: max(0, place[0] - s[0], s[1] - place[1]))
    return offsets[first][0], offsets[stop - 1][1]
