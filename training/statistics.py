"""Write the corpus's statistics into its README: ``python -m training.statistics``."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping

from training.agreement import measure
from training.annotation import REGISTERS, SPLITS, TYPE_NAMES, Negotiation, load_corpus
from training.check import TEXTS, own_voice, words_of
from training.splits import read_splits

__all__ = ["README", "with_statistics"]

README = TEXTS.parent / "README.md"
_PART = re.compile(r"(<!-- statistics -->\n).*(<!-- end of statistics -->)", re.DOTALL)


def _row(*cells: object) -> str:
    shown = [f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells]
    return "| " + " | ".join(shown) + " |"


def _sizes(splits: Mapping[str, list[Negotiation]]) -> Iterator[str]:
    yield _row("split", "negotiations", "paragraphs", "words", "statements", "with an order")
    yield _row("---", *["---:"] * 5)
    everything = [n for name in SPLITS for n in splits[name]]
    for name, chosen in [*((name, splits[name]) for name in SPLITS), ("all", everything)]:
        paragraphs = [p for n in chosen for p in n.paragraphs]
        golds = [s for p in paragraphs for s in p.statements]
        words = sum(len(words_of(p.text)) for p in paragraphs)
        ordered = sum(s.before is not None for s in golds)
        yield _row(name, len(chosen), len(paragraphs), words, len(golds), ordered)


def _types(splits: Mapping[str, list[Negotiation]]) -> Iterator[str]:
    yield _row("type", *SPLITS, "all")
    yield _row("---", *["---:"] * 4)
    counts = {
        name: Counter(s.type for n in splits[name] for p in n.paragraphs for s in p.statements)
        for name in SPLITS
    }
    for kind in TYPE_NAMES:
        row = [counts[name][kind] for name in SPLITS]
        yield _row(kind, *row, sum(row))


def _rest(corpus: Mapping[str, Negotiation]) -> Iterator[str]:
    paragraphs = [p for n in corpus.values() for p in n.paragraphs]
    golds = [s for p in paragraphs for s in p.statements]
    attributions = Counter(s.attribution for s in golds)
    registers = Counter(
        dict.fromkeys(REGISTERS, 0)
        | Counter(
            a.register
            for n in corpus.values()
            for a in n.articles
            for p in a.paragraphs
            if p.label == "body"
        )
    )
    lines = sum(
        p.label not in ("body", "heading")
        for n in corpus.values()
        for a in n.articles
        for p in a.paragraphs
    )
    types = {word for p in paragraphs for word in words_of(p.text)}
    bare = sum(not p.statements for p in paragraphs)
    shares = ", ".join(f"{k} {v / len(golds):.0%}" for k, v in sorted(attributions.items()))
    own = sum(map(own_voice, golds)) / len(golds)
    yield f"- {len(types):,} word types; {bare:,} paragraphs hold no statement."
    yield f"- Attribution: {shares}."
    yield f"- In the author's voice, or indirect without a verb of saying: {own:.0%}."
    yield (
        "- Paragraphs by register: "
        + ", ".join(f"{name} {count:,}" for name, count in sorted(registers.items()))
        + f". Lines of residue: {lines:,}."
    )
    kinds = Counter(n.kind for n in corpus.values())
    yield (
        "- Negotiations by kind: "
        + ", ".join(f"{name} {count}" for name, count in sorted(kinds.items()))
        + "."
    )


def _agreement() -> Iterator[str]:
    found = measure()
    yield (
        f"- {found.paragraphs:,} paragraphs were annotated twice ({found.first:,} and"
        f" {found.second:,} statements)."
    )
    yield (
        f"- Spans that overlap by half: F1 {found.span_f1:.2f}. Of these, {found.exact:.0%} have"
        " the same edges to the character."
    )
    yield (
        f"- On matched spans: type {found.type_share:.0%} (Cohen's kappa {found.type_kappa:.2f}),"
        f" attribution {found.attribution:.0%}, an actor in common {found.actor:.0%},"
        f" a target in common {found.target:.0%}, order stated or not {found.order:.0%}."
    )


def with_statistics(text: str) -> str:
    """Return the README with the statistics of the texts as they are now."""
    corpus = load_corpus(TEXTS)
    splits = read_splits(corpus)
    parts = ["\n".join(part) for part in (
        _sizes(splits), _types(splits), _rest(corpus), _agreement()
    )]  # fmt: skip
    body = "\n" + "\n\n".join(parts) + "\n\n"
    return _PART.sub(lambda match: match[1] + body + match[2], text)


def main() -> int:
    """Rewrite the statistics."""
    README.write_text(with_statistics(README.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
