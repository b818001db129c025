"""Is a text English? Decided from how often the commonest words of a few languages occur."""

from __future__ import annotations

import re

__all__ = ["ENGLISH", "UNKNOWN", "language_of"]

ENGLISH = "en"
UNKNOWN = "unknown"

_STOPS: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "en": "the of and to in a that is was for on with as by at from it be are has have not but "
        "they he will would said its this which were been their an or his had after before only "
        "we i you until if who more can no her she what about when there than",
        "fr": "le la les de des du et en un une que qui dans pour par sur est au aux pas ce il ne "
        "se son avec plus sont ont été leur cette elle ses ou mais nous vous",
        "es": "el la los las de del y en un una que por para con se no su es al lo como más pero "
        "sus le ha este fue o ya entre cuando sin sobre también",
        "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als "
        "auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie",
        "pt": "o a os as de do da dos das e em um uma que para com não no na por mais se foi ao "
        "seu sua ou quando muito nos já também só pelo pela até isso",
        "it": "il lo la i gli le di del della e in un una che per con non da si è sono al dei nel "
        "alla come anche più ma suo ha delle questo",
        "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij "
        "nog uit door over ze hij naar heeft wordt",
        "tr": "ve bir bu da de için ile olarak daha çok ancak olan gibi kadar en sonra ise ne var",
        "id": "yang dan di untuk dengan dari ini pada tidak itu dalam akan ke oleh telah adalah",
        "sw": "na ya wa kwa ni katika za la kuwa hiyo hii alisema kama cha vya",
        "pl": "i w na z się do nie że to jest o jak po za od przez dla który są ale",
        "sv": "och i att det som en på är av för den till med inte har om ett de var",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_SAMPLE = 20_000


def language_of(text: str) -> str:
    """Return ``"en"``, another code of ISO 639-1, or ``"unknown"``.

    A text is called English only if at least one word in twelve is one of the commonest English
    words, and no other language's common words are as frequent. A text of fewer than four words
    is unknown, and so is one in a script without a profile here.

    >>> language_of("The ministry said that it would not sign before the vote.")
    'en'
    >>> language_of("Le ministère a dit que les troupes ne partiront pas avant le vote.")
    'fr'
    >>> language_of("وزارة الخارجية قالت إن المحادثات ستستمر")
    'unknown'
    """
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < 4:
        return UNKNOWN
    latin = sum(1 for word in words if _ASCII_LETTER.match(word))
    if latin < 0.5 * len(words):
        return UNKNOWN
    score = {
        name: sum(1 for word in words if word in stops) / len(words)
        for name, stops in _STOPS.items()
    }
    best = max(sorted(score), key=lambda name: score[name])
    if score[ENGLISH] >= score[best]:
        best = ENGLISH
    if score[best] < 1 / 12:
        return UNKNOWN
    return best
