"""How far two annotations of the same articles agree: ``python -m training.agreement``.

The second annotations in ``corpus/second`` were made from the plain text, blind to the first.
Both annotators were language models following ``corpus/GUIDELINES.md``: what is measured is the
agreement between models, not between people.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from training.annotation import Article, CorpusError, Gold, Negotiation, load_corpus, parse
from training.check import TEXTS
from training.scoring import f1, matched, share_a_party

__all__ = ["SECOND", "Agreement", "measure", "plain", "shared_articles"]

SECOND = TEXTS.parent / "second"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two annotations.

    Attributes:
        paragraphs: paragraphs annotated twice.
        first: statements of the first annotator.
        second: statements of the second one.
        span_f1: F1 of spans that overlap by at least a half (intersection over union).
        exact: share of the matched spans with the same edges.
        type_kappa: Cohen's kappa of the types of matched spans.
        type_share: share of matched spans with the same type.
        attribution: share with the same attribution.
        actor: share with an actor in common.
        target: share with a target in common, of those with a target in both.
        order: share of the matched spans in which both or neither state an order.
    """

    paragraphs: int
    first: int
    second: int
    span_f1: float
    exact: float
    type_kappa: float
    type_share: float
    attribution: float
    actor: float
    target: float
    order: float


def plain(negotiation: Negotiation, articles: Iterable[int]) -> str:
    """Return some articles of a negotiation in the corpus's format, without statements."""
    parts = [
        f"negotiation: {negotiation.id}",
        f"title: {negotiation.title}",
        f"kind: {negotiation.kind}",
        f"region: {negotiation.region}",
        f"years: {negotiation.years}",
    ]
    for number, place in enumerate(articles, 1):
        article = negotiation.articles[place - 1]
        parts.append(f"\n## {number} {article.register} {article.date}")
        for paragraph in article.paragraphs:
            label = "" if paragraph.label == "body" else f"[{paragraph.label}] "
            parts.append(f"\n{label}{paragraph.text}")
    return "\n".join(parts) + "\n"


def shared_articles(first: Negotiation, second: Negotiation) -> list[tuple[Article, Article]]:
    """Return the articles that both annotators have read, matched by their text.

    Raises:
        CorpusError: an article of the second annotation is not in the first one.
    """
    by_text = {article.text: article for article in first.articles}
    pairs = []
    for article in second.articles:
        if article.text not in by_text:
            raise CorpusError(
                f"second/{second.id}.txt: article {article.number} differs from every one in texts/"
            )
        pairs.append((by_text[article.text], article))
    return pairs


def _kappa(pairs: list[tuple[str, str]]) -> float:
    """Return Cohen's kappa: agreement beyond what the annotators' type counts would give."""
    total = len(pairs)
    if not total:
        return 0.0
    seen = sum(a == b for a, b in pairs) / total
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[name] * right[name] for name in left) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def measure(texts: Path = TEXTS, second: Path = SECOND) -> Agreement:
    """Measure the agreement over every article annotated twice."""
    corpus = load_corpus(texts)
    paragraphs = ours = theirs = 0
    found: list[tuple[Gold, Gold]] = []
    for path in sorted(second.glob("*.txt")):
        for one, two in shared_articles(corpus[path.stem], parse(path)):
            paragraphs += sum(p.label == "body" for p in one.paragraphs)
            a, b = one.originals, two.originals
            ours += len(a)
            theirs += len(b)
            found.extend(matched(a, b))
    count = max(1, len(found))
    aimed = [(a, b) for a, b in found if a.targets and b.targets]
    return Agreement(
        paragraphs,
        ours,
        theirs,
        f1(len(found), ours, theirs),
        sum((a.start, a.end) == (b.start, b.end) for a, b in found) / count,
        _kappa([(a.type, b.type) for a, b in found]),
        sum(a.type == b.type for a, b in found) / count,
        sum(a.attribution == b.attribution for a, b in found) / count,
        sum(share_a_party(a.actors, b.actors) for a, b in found) / count,
        sum(share_a_party(a.targets, b.targets) for a, b in aimed) / max(1, len(aimed)),
        sum((a.before is None) == (b.before is None) for a, b in found) / count,
    )


def main() -> int:
    """Print the agreement."""
    result = measure()
    print(
        f"{result.paragraphs} paragraphs annotated twice;"
        f" {result.first} and {result.second} statements\n"
        f"spans that overlap by half: F1 {result.span_f1:.3f};"
        f" of these, the same edges: {result.exact:.3f}\n"
        f"type: {result.type_share:.3f}, kappa {result.type_kappa:.3f};"
        f" attribution {result.attribution:.3f}; actor {result.actor:.3f};"
        f" target {result.target:.3f}; order stated or not {result.order:.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
