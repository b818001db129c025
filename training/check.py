"""Check the corpus: format, spans, quotations, sizes, repeated phrases.

Run as ``python -m training.check [FILE ...]``; without files, the whole corpus is checked.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.reading.quotes import quotations, quoted_share
from detente.reading.text import Span, sentences
from training.annotation import (
    TEXTS,
    TYPE_NAMES,
    Article,
    CorpusError,
    Gold,
    Negotiation,
    Paragraph,
    parse,
)

__all__ = [
    "TEXTS",
    "hash_of_corpus",
    "main",
    "own_voice",
    "problems",
    "repeated_phrases",
    "words_of",
]

SHARE = 0.25
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SAYING = frozenset(
    """say says said saying tell tells told telling add adds added adding announce announces
    announced announcing state states stated stating note notes noted declare declares declared
    declaring according report reports reported write writes wrote writing remark remarks remarked
    reply replies replied answer answers answered explain explains explained argue argues argued
    claim claims claimed insist insists insisted warn warns warned confirm confirms confirmed
    comment comments commented recall recalls recalled repeat repeats repeated reiterate
    reiterates reiterated quoted quote read reads mention mentions mentioned describe describes
    described call calls called ask asks asked urge urges urged vow vows vowed promise promises
    promised accuse accuses accused allege alleges alleged complain complains complained maintain
    maintains maintained suggest suggests suggested propose proposes proposed concede concedes
    conceded admit admits admitted acknowledge acknowledges acknowledged""".split()
)  # a generous list: whatever is left is certainly without a verb of saying


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without numbers and punctuation."""
    return [word.lower() for word in _WORD.findall(text)]


def own_voice(gold: Gold) -> bool:
    """Tell whether a statement is in the author's voice, or indirect without a verb of saying."""
    if gold.attribution != "indirect":
        return gold.attribution == "author"
    return not set(words_of(gold.cue or "")) & _SAYING


def problems(negotiation: Negotiation) -> Iterator[str]:
    """Yield what is wrong with the annotations of one negotiation, line by line."""
    for article in negotiation.articles:
        text = article.text
        for paragraph in article.paragraphs:
            for gold in paragraph.statements:
                for message in _of_statement(text, article, paragraph, gold):
                    yield f"{negotiation.id}.txt:{gold.line}: statement {gold.number}: {message}"


def _of_statement(text: str, article: Article, paragraph: Paragraph, gold: Gold) -> Iterator[str]:
    if gold.repeat_of is not None:
        first = next(s for s in article.statements if s.number == gold.repeat_of)
        if " ".join(first.text.split()) != " ".join(gold.text.split()):
            yield f"does not repeat statement {gold.repeat_of} word for word"
        return
    span = Span(gold.start - paragraph.start, gold.end - paragraph.start)
    inside = [s for s in sentences(paragraph.text) if s.overlap(span)]
    if len(inside) > 1:
        yield f"the span runs over more than one sentence: {gold.text!r}"
    quoted = quoted_share(span, quotations(paragraph.text)) >= 0.5
    if quoted and gold.attribution != "direct":
        yield "half of the span is quoted: attribution is direct"
    if gold.attribution == "direct" and not quoted and article.register != "interview":
        yield "attribution is direct, but most of the span is outside quotation marks"
    if (gold.attribution == "author") != (gold.speaker == "author"):
        yield "attribution and speaker are both author, or neither is"
    if "author" in gold.actors and gold.attribution != "author":
        yield "the actor is author, the attribution is not"
    if gold.type == "precondition" and gold.before is None and gold.condition is None:
        yield "a precondition states its order (before, after) or a condition (if)"
    if gold.before is not None and gold.type != "precondition":
        yield "before and after stand in preconditions only; retype it or drop them"
    if not gold.actors:
        yield "no actor"


def repeated_phrases(corpus: Iterable[Negotiation]) -> Iterator[str]:
    """Yield pairs of paragraphs that share a quarter of the word 4-grams of the shorter one."""
    grams: list[tuple[str, set[tuple[str, ...]]]] = []
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for negotiation in corpus:
        for paragraph in negotiation.paragraphs:
            words = words_of(paragraph.text)
            own = {tuple(words[k : k + 4]) for k in range(len(words) - 3)}
            for gram in own:
                holders[gram].append(len(grams))
            grams.append((f"{negotiation.id}.txt:{paragraph.line}", own))
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        for k, first in enumerate(places):
            shared.update((first, second) for second in places[k + 1 :])
    for (first, second), count in sorted(shared.items()):
        shorter = min(len(grams[first][1]), len(grams[second][1]))
        if count > SHARE * shorter:
            yield f"{grams[first][0]} and {grams[second][0]} share {count} of {shorter} 4-grams"


def summary(corpus: Iterable[Negotiation]) -> str:
    """Return one line on sizes, and the number of statements of each type."""
    corpus = list(corpus)
    paragraphs = [p for n in corpus for p in n.paragraphs]
    words = [word for p in paragraphs for word in words_of(p.text)]
    golds = [s for p in paragraphs for s in p.statements]
    types = Counter(s.type for s in golds)
    own = sum(map(own_voice, golds)) / max(1, len(golds))
    rows = [
        f"{len(corpus)} negotiations, {len(paragraphs)} paragraphs, {len(words)} words,"
        f" {len(set(words))} word types, {len(golds)} statements",
        f"author's voice or indirect without a verb of saying: {own:.0%}",
        f"paragraphs without a statement: {sum(not p.statements for p in paragraphs)}",
        "  ".join(f"{name} {types[name]}" for name in TYPE_NAMES),
    ]
    return "\n".join(rows)


def hash_of_corpus(folder: Path = TEXTS) -> str:
    """Return one hash of every text and of the split."""
    digest = hashlib.sha256()
    for path in [*sorted(folder.glob("*.txt")), folder.parent / "splits.txt"]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main(names: list[str]) -> int:
    """Check the named files, or the whole corpus; return 1 if something is wrong."""
    corpus: list[Negotiation] = []
    wrong: list[str] = []
    for path in [Path(name) for name in names] or sorted(TEXTS.glob("*.txt")):
        try:
            corpus.append(parse(path))
        except (CorpusError, OSError, UnicodeDecodeError) as error:
            wrong.append(str(error))
    for negotiation in corpus:
        wrong.extend(problems(negotiation))
    wrong.extend(repeated_phrases(corpus))
    print("\n".join([*wrong, summary(corpus)]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
