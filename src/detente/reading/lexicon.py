"""The verb lexicon: which word forms are verbs, of which lemma and class."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

__all__ = ["Lexicon", "data_text", "forms_of", "lexicon"]

_VOWELS = "aeiou"
_DOUBLED = frozenset(
    """stop plan ban cut put run set sit get let win hit beg drop scrap step travel swap split
    quit commit admit regret compel expel control permit submit refer prefer defer occur rebel
    deter sin rig tap map rip trim cap""".split()
)


def data_text(name: str) -> str:
    """Return a data file that ships with the reader."""
    folder = resources.files("detente.reading").joinpath("data")
    return folder.joinpath(name).read_text(encoding="utf-8")


def forms_of(lemma: str, past: str | None = None, participle: str | None = None) -> dict[str, str]:
    """Return the inflected forms of a verb: form to kind.

    Kinds: ``base``, ``s`` (third person), ``past`` (also the participle of regular verbs),
    ``pp`` (participle that differs from the past), ``ing``.

    >>> forms_of("deny")
    {'deny': 'base', 'denies': 's', 'denying': 'ing', 'denied': 'past'}
    """
    if lemma == "be":
        return {"be": "base", "is": "s", "being": "ing", "was": "past", "been": "pp"}
    if lemma == "have":
        return {"have": "base", "has": "s", "having": "ing", "had": "past"}
    forms = {lemma: "base"}
    if re.search(r"[^aeiou]y$", lemma):
        third, stem = lemma[:-1] + "ies", lemma[:-1] + "i"
    elif re.search(r"(?:s|x|z|ch|sh|o)$", lemma):
        third, stem = lemma + "es", lemma
    else:
        third, stem = lemma + "s", lemma
    forms[third] = "s"
    if lemma.endswith("ie"):
        gerund = lemma[:-2] + "ying"
    elif lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        gerund = lemma[:-1] + "ing"
    elif lemma in _DOUBLED or (
        len(lemma) == 3
        and lemma[1] in _VOWELS
        and lemma[2] not in "wxy" + _VOWELS
        and lemma[0] not in _VOWELS
    ):
        gerund = lemma + lemma[-1] + "ing"
    else:
        gerund = lemma + "ing"
    forms[gerund] = "ing"
    if past:
        forms.setdefault(past, "past")
        if participle and participle != past:
            forms.setdefault(participle, "pp")
    elif lemma.endswith("e"):
        forms[lemma + "d"] = "past"
    elif gerund == lemma + lemma[-1] + "ing":
        forms[lemma + lemma[-1] + "ed"] = "past"
    else:
        forms[stem + "ed"] = "past"
    return forms


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word forms of verbs.

    Attributes:
        forms: word form to ``(lemma, kind)``; see :func:`forms_of` for the kinds.
        classes: lemma (with its particle, as in ``rule_out``) to its classes.
        particles: lemma to the particles that make a two-part verb of it.
        ambiguous: lemmas that are nouns more often than verbs.
    """

    forms: dict[str, tuple[str, str]]
    classes: dict[str, frozenset[str]]
    particles: dict[str, tuple[tuple[str, ...], ...]]
    ambiguous: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    classes: dict[str, set[str]] = defaultdict(set)
    irregular: dict[str, tuple[str, str]] = {}
    ambiguous: set[str] = set()
    for line in data_text("lexicon.txt").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, words = line.partition(":")
        if name == "irregular":
            lemma, past, participle = words.split()
            irregular[lemma] = (past, participle)
        elif name == "ambiguous":
            ambiguous.update(words.split())
        else:
            for lemma in words.split():
                classes[lemma].add(name)
    forms: dict[str, tuple[str, str]] = {}
    particles: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for lemma in sorted({*classes, *irregular, *ambiguous}):
        head, *rest = lemma.split("_")
        if rest:
            particles[head].add(tuple(rest))
        parts = irregular.get(head)
        inflected = forms_of(head, *parts) if parts else forms_of(head)
        for form, kind in inflected.items():
            forms.setdefault(form, (head, kind))
    for form, kind in (("are", "base"), ("am", "base"), ("were", "past")):
        forms[form] = ("be", kind)
    forms["got"] = ("get", "past")
    ordered = {
        head: tuple(sorted(found, key=lambda words: (-len(words), words)))
        for head, found in particles.items()
    }
    return Lexicon(
        forms,
        {lemma: frozenset(found) for lemma, found in classes.items()},
        ordered,
        frozenset(ambiguous),
    )
