"""Matching and scoring of statements, found against annotated ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from detente.reading.gazetteer import gazetteer
from detente.reading.results import Reading, Statement
from detente.reading.text import fold
from training.annotation import TYPE_NAMES, Gold, Negotiation

__all__ = [
    "Scored",
    "Spanned",
    "f1",
    "matched",
    "overlap",
    "party_key",
    "score",
    "same_words",
    "share_a_party",
]

HALF = 0.5


class Spanned(Protocol):
    """Whatever has a start and an end."""

    @property
    def start(self) -> int:
        """Return the offset of its first character."""

    @property
    def end(self) -> int:
        """Return the offset after its last one."""


A = TypeVar("A", bound=Spanned)
B = TypeVar("B", bound=Spanned)


def f1(hits: int, found: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * hits / (found + gold) if found + gold else 1.0


def overlap(a: Spanned, b: Spanned) -> float:
    """Return intersection over union of two ranges."""
    both = max(0, min(a.end, b.end) - max(a.start, b.start))
    union = a.end - a.start + b.end - b.start - both
    return both / union if union else 0.0


def matched(
    gold: Sequence[A], found: Sequence[B], fits: Callable[[A, B], bool] = lambda a, b: True
) -> list[tuple[A, B]]:
    """Match two lists one to one, best overlap first, at least one half."""
    options = sorted(
        (
            (overlap(g, f), -i, -j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if fits(g, f)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for share, i, j in options:
        if share < HALF:
            break
        if i in used_gold or j in used_found:
            continue
        used_gold.add(i)
        used_found.add(j)
        pairs.append((gold[-i], found[-j]))
    return pairs


def party_key(name: str) -> str:
    """Return a name that is equal for every usual form of a party."""
    entry = gazetteer().find(name)
    if entry:
        return entry.name
    words = [w for w in fold(name).split() if w not in ("the", "government")]
    entry = gazetteer().find(" ".join(words).title())
    return entry.name if entry else " ".join(words)


def same_words(a: str, b: str) -> bool:
    """Tell whether two phrases share at least two fifths of their words."""
    left, right = set(fold(a).split()), set(fold(b).split())
    return len(left & right) >= 0.4 * len(left | right)


@dataclass(slots=True)
class Scored:
    """What the reader found in a set of articles, beside what is annotated; repeats left out.

    Attributes:
        gold: annotated statements, with negotiation and article.
        found: statements that the reader found.
        pairs: annotated statements, each with the found one that overlaps it most.
    """

    gold: list[tuple[str, Gold]] = field(default_factory=list)
    found: list[tuple[str, Statement]] = field(default_factory=list)
    pairs: list[tuple[str, Gold, Statement]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return every score, by name."""
        same = [(g, s) for _, g, s in self.pairs if g.type == s.type]
        count = max(1, len(self.pairs))
        aimed = [(g, s) for _, g, s in self.pairs if g.targets]
        ordered = [g for _, g in self.gold if g.before is not None]
        with_order = [(g, s) for _, g, s in self.pairs if g.before and s.before and s.after]
        right = [
            1
            for g, s in with_order
            if same_words(g.before or "", s.before or "")
            and same_words(g.after or "", s.after or "")
        ]
        size = (len(self.found), len(self.gold))
        return {
            "statement F1": f1(len(self.pairs), *size),
            "statement precision": len(self.pairs) / max(1, size[0]),
            "statement recall": len(self.pairs) / max(1, size[1]),
            "statement F1, typed": f1(len(same), *size),
            "type accuracy": len(same) / count,
            "attribution accuracy": sum(g.attribution == s.attribution for _, g, s in self.pairs)
            / count,
            "same edges": sum((g.start, g.end) == (s.start, s.end) for _, g, s in self.pairs)
            / count,
            "actor accuracy": sum(share_a_party(g.actors, s.actors) for _, g, s in self.pairs)
            / count,
            "target accuracy": sum(share_a_party(g.targets, s.targets) for g, s in aimed)
            / max(1, len(aimed)),
            "precedence recall": len(with_order) / max(1, len(ordered)),
            "precedence recall, same words": len(right) / max(1, len(ordered)),
        }

    def by_type(self) -> dict[str, tuple[int, float, float]]:
        """Return for each type how many are annotated, recall and precision, spans and types."""
        rows = {}
        for name in TYPE_NAMES:
            gold = sum(g.type == name for _, g in self.gold)
            found = sum(s.type == name for _, s in self.found)
            hits = sum(g.type == name == s.type for _, g, s in self.pairs)
            rows[name] = (gold, hits / max(1, gold), hits / max(1, found))
        return rows


def share_a_party(a: Iterable[str], b: Iterable[str]) -> bool:
    """Tell whether two lists of parties have one in common."""
    return bool({party_key(name) for name in a} & {party_key(name) for name in b})


def score(negotiations: Iterable[Negotiation], reader: Callable[[str, str], Reading]) -> Scored:
    """Read every article of the negotiations and compare with the annotations."""
    result = Scored()
    for negotiation in negotiations:
        for article in negotiation.articles:
            place = f"{negotiation.id} {article.number}"
            gold = article.originals
            reading = reader(article.text, place)
            found = [s for s in reading.statements if s.repeat_of is None]
            result.gold.extend((place, g) for g in gold)
            result.found.extend((place, s) for s in found)
            result.pairs.extend((place, g, s) for g, s in matched(gold, found))
    return result
