"""Near-duplicate documents: wire copies, reprints, lightly edited versions."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Link", "near_duplicates", "resemblance", "signature"]

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_BINS = 64
_BANDS = 16
_VALUE_BITS = 50


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents that are nearly the same.

    Attributes:
        first: the document that came first in the given order.
        second: the other one.
        resemblance: estimated Jaccard index of their word 4-grams, from 0 to 1.
    """

    first: str
    second: str
    resemblance: float


def signature(text: str) -> tuple[int, ...]:
    """Return the MinHash signature of a text: 64 integers, empty for a text without words.

    One hash for each shingle: six of its bits choose a bin, the least of the others in each bin is
    kept. An empty bin borrows from the next full one, marked by the distance, so that two texts
    agree on it only if both borrow the same (Li, Owen and Zhang 2012; Shrivastava and Li 2014).

    Source: Broder, "On the resemblance and containment of documents" (1997).
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words:
        return ()
    size = min(_SHINGLE, len(words))
    bins = [-1] * _BINS
    for gram in {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}:
        digest = hashlib.blake2b(gram.encode("utf-8", "replace"), digest_size=7).digest()
        value, place = divmod(int.from_bytes(digest, "big"), _BINS)
        if not 0 <= bins[place] <= value:
            bins[place] = value
    return tuple(_borrowed(bins, place) for place in range(_BINS))


def _borrowed(bins: Sequence[int], place: int) -> int:
    distance = 0
    while bins[(place + distance) % _BINS] < 0:
        distance += 1
    return bins[(place + distance) % _BINS] | distance << _VALUE_BITS


def resemblance(first: Sequence[int], second: Sequence[int]) -> float:
    """Estimate the Jaccard index of two documents from their signatures."""
    if not first or not second:
        return 0.0
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def near_duplicates(signatures: Mapping[str, Sequence[int]], least: float = 0.6) -> list[Link]:
    """Link documents whose signatures resemble each other.

    Args:
        signatures: document name to the result of :func:`signature`.
        least: the least resemblance that is reported.

    Returns:
        One link for each pair, in the order of the mapping.
    """
    rows = _BINS // _BANDS
    buckets: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    order = {name: i for i, name in enumerate(signatures)}
    pairs: set[tuple[str, str]] = set()
    for name, sig in signatures.items():
        if not sig:
            continue
        for band in range(_BANDS):
            key = (band, tuple(sig[band * rows : (band + 1) * rows]))
            pairs.update((earlier, name) for earlier in buckets[key])
            buckets[key].append(name)
    links = [Link(a, b, resemblance(signatures[a], signatures[b])) for a, b in pairs]
    links = [link for link in links if link.resemblance >= least]
    return sorted(links, key=lambda link: (order[link.first], order[link.second]))
