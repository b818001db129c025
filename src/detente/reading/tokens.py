"""Words with coarse tags: enough syntax to find who does what, without a parser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.reading.lexicon import lexicon
from detente.reading.text import Span

__all__ = ["WEEKDAYS", "Token", "tokenize"]

_TOKEN = re.compile(
    r"(?:[a-z]\.){2,}|(?:[a-z]\.)+[a-z]\b|[a-z]\.(?=[ ]?[a-z]\w)"
    r"|(?:mr|mrs|ms|dr|gen|sen|rep|gov|lt|col|maj|sgt|prof|st|jr|sr|rev|hon|capt|adm|amb)\."
    r"|\d[\d,.]*\d|[a-z]+n't\b|cannot\b|'(?:s|re|ve|ll|d|m)\b|''"
    r"|[^\W\d_]+(?:[-'](?!(?:s|re|ve|ll|d|m|t)\b)[^\W_]+)*|\w+|\.{2,}|\S"
)

_TAGS: dict[str, str] = {}
for _name, _words in {
    "D": "the a an this these those some any no every each all both its his her our your my their "
    "another several many few most more such neither either half certain other",
    "P": "he she it they we i you who him them us me himself herself itself themselves everyone "
    "everybody nobody someone anybody anyone nothing something one ourselves myself none "
    "everything others what which whoever",
    "I": "of in on at by for with from into over under against between among amid during about "
    "through without within toward towards across despite like near around beyond behind via "
    "per above below onto upon beside besides regarding concerning alongside inside outside "
    "throughout except off out up down ahead versus vis-à-vis",
    "C": "and or but nor yet plus",
    "S": "that if because while although though when where as unless until since whether after "
    "before once so lest whereas whose whom why how than till",
    "X": "is are was were be been being am has have had having do does did will would can could "
    "should may might must shall cannot ought wo ca 'll 've 're 'd 'm n't not",
    "R": "also only already still just never ever now then again soon often always even once "
    "perhaps maybe here there today yesterday tomorrow however meanwhile instead too very far "
    "rather quite almost later earlier further first twice together away back long recently "
    "therefore thus hence nevertheless nonetheless indeed moreover anyway else apart else "
    "monday tuesday wednesday thursday friday saturday sunday",
    "T": "to",
}.items():
    for _word in _words.split():
        _TAGS.setdefault(_word, _name)

_ADJECTIVES = frozenset(
    """new old political military foreign former senior top chief local national international
    regional federal armed good bad big small large major main key other last first next
    recent final full real own same public private free ready willing able unable likely
    unlikely important critical direct immediate complete total common strong weak long short
    high low early late current future past former interim permanent temporary unilateral
    bilateral humanitarian nuclear economic financial legal illegal clear serious open""".split()
)
_NOT_ADVERBS = frozenset(
    """family supply ally italy july reply assembly anomaly monopoly rally bully early only daily
    weekly monthly yearly friendly deadly costly likely unlikely elderly orderly apply comply
    imply rely multiply fly homily lily""".split()
)
WEEKDAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday""".split()
)
_NOT_PAST = frozenset(
    """hundred indeed agreed-upon sacred hatred kindred naked wicked so-called""".split()
)
_NOT_GERUND = frozenset(
    """evening morning nothing something anything everything building ceiling wedding
    ceasefire-ing sterling shilling sibling offspring wellbeing well-being outgoing incoming
    ongoing""".split()
)
_MODALS = frozenset(
    """will would can could should may might must shall 'll cannot wo ca to""".split()
)
_BE = frozenset("""is are was were be been being am 're 'm get gets got""".split())
_HAVE = frozenset(["has", "have", "had", "having", "'ve"])
_NOUNY = frozenset("DIA")


class Token:
    """One word or mark.

    Attributes:
        start: offset of its first code point in the raw text.
        end: offset after its last one.
        raw: the characters.
        word: the same in lower case, with a plain apostrophe.
        tag: ``D`` determiner, ``P`` pronoun, ``I`` preposition, ``C`` coordinator, ``S``
            subordinator, ``X`` auxiliary, ``R`` adverb, ``T`` *to*, ``V`` verb, ``G`` -ing form,
            ``A`` adjective, ``N`` noun, ``M`` name (capital), ``#`` number, ``Q`` a whole
            quotation, ``'`` possessive, ``"`` a quotation mark, ``,`` and other marks.
        lemma: for verbs, the lemma; otherwise the word.
        form: for verbs ``base``, ``s``, ``past``, ``pp``, ``ing``; otherwise empty.
    """

    __slots__ = ("end", "form", "lemma", "raw", "start", "tag", "word")

    def __init__(self, start: int, end: int, raw: str, word: str) -> None:
        self.start = start
        self.end = end
        self.raw = raw
        self.word = word
        self.lemma = word
        self.form = ""
        self.tag = ""

    def __repr__(self) -> str:
        return f"{self.raw}/{self.tag}"


def tokenize(raw: str, view: str, span: Span, units: Sequence[Span] = ()) -> list[Token]:
    """Split a sentence into tagged tokens.

    Args:
        raw: the masked text with its capitals.
        view: the same, folded.
        span: the sentence.
        units: quotations inside it that are to be one token each.

    Returns:
        Tokens in order.
    """
    tokens: list[Token] = []
    at = span.start
    for unit in units:
        if unit.start >= span.end or unit.end <= at:
            continue
        _plain(raw, view, at, max(at, unit.start), tokens)
        quote = Token(unit.start, unit.end, raw[unit.start : unit.end], "")
        quote.tag = "Q"
        tokens.append(quote)
        at = unit.end
    _plain(raw, view, at, span.end, tokens)
    _tag(tokens)
    return tokens


def _plain(raw: str, view: str, start: int, end: int, tokens: list[Token]) -> None:
    if start >= end:
        return
    for match in _TOKEN.finditer(view, start, end):
        lo, hi = match.span()
        word = match.group()
        if word.endswith("n't") and len(word) > 3:
            tokens.append(Token(lo, hi - 3, raw[lo : hi - 3], word[:-3]))
            tokens.append(Token(hi - 3, hi, raw[hi - 3 : hi], "n't"))
        else:
            tokens.append(Token(lo, hi, raw[lo:hi], word))


def _tag(tokens: list[Token]) -> None:
    forms = lexicon().forms
    first = True
    for number, token in enumerate(tokens):
        if token.tag:
            first = True
            continue
        word = token.word
        char = word[0]
        if char == '"' or word == "''":
            token.tag = '"'
            continue
        if word == "'s":
            token.tag = "'"
        elif char == "'" and len(word) == 1:
            before = tokens[number - 1] if number else None
            following = tokens[number + 1] if number + 1 < len(tokens) else None
            owner = before is not None and before.end == token.start and before.word.endswith("s")
            if (
                owner
                and following is not None
                and following.start > token.end
                and following.raw[0].isalpha()
            ):
                token.tag = "'"
            else:
                token.tag = '"'
            continue
        elif word in _TAGS:
            token.tag = _TAGS[word]
            if token.raw.isupper() and word in ("us", "it", "who") and len(word) > 1:
                token.tag = "M"
        elif char.isdigit():
            token.tag = "#"
        elif not (char.isalnum()):
            token.tag = "," if word in ",;:–()[]" or word == "-" else "."
            first = first or word in ".!?:"
            continue
        elif word in forms and (not token.raw[0].isupper() or first):
            token.lemma, token.form = forms[word]
            token.tag = "V"
        elif word in _ADJECTIVES:
            token.tag = "A" if not token.raw[0].isupper() or first else "M"
        elif word.endswith("ly") and word not in _NOT_ADVERBS:
            token.tag = "R"
        elif token.raw[0].isupper() and not (first and word in forms):
            token.tag = "M"
        elif word.endswith("ed") and len(word) > 5 and word not in _NOT_PAST:
            token.tag, token.form, token.lemma = "V", "past", word[:-2]
        elif word.endswith("ing") and len(word) > 6 and word not in _NOT_GERUND:
            token.tag, token.form, token.lemma = "V", "ing", word[:-3]
        elif word.endswith(("ous", "ful", "ive", "able", "ible", "ian", "ese")):
            token.tag = "A"
        else:
            token.tag = "N"
        first = False
    _disambiguate(tokens)


def _disambiguate(tokens: list[Token]) -> None:
    """Turn verb forms that stand where a noun or an adjective must stand into those."""
    ambiguous = lexicon().ambiguous
    count = len(tokens)
    for i, token in enumerate(tokens):
        if token.tag == "'" and token.word == "'s":
            _possessive(tokens, i)
        if token.tag != "V":
            continue
        j = i - 1
        while j >= 0 and tokens[j].tag == "R":
            j -= 1
            if j > 0 and tokens[j].tag == "I" and tokens[j + 1].word in WEEKDAYS:
                j -= 1  # "Serbia on Tuesday demanded"
        previous = tokens[j] if j >= 0 else None
        following = tokens[i + 1] if i + 1 < count else None
        after = following.tag if following else "."
        before = previous.tag if previous else ""
        form = token.form
        if (
            previous is not None
            and (previous.word in _MODALS or previous.word in ("do", "does", "did", "n't", "not"))
            and form == "base"
        ):
            if (
                previous.word == "to"
                and token.lemma in ambiguous
                and after in ".,C'"
                and j > 0
                and tokens[j - 1].tag in "NM"
            ):
                pass
            continue
        if form == "ing":
            token.tag = "G"
            if before in ("D", "'", "A") or (before == "I" and after == "I"):
                token.tag = "N"
            continue
        if (
            previous is not None
            and form in ("past", "pp")
            and (previous.word in _BE or previous.word in _HAVE or (previous.tag == "X"))
        ):
            continue
        if before in ("D", "'", "A", "#") or (before == "I" and form != "past"):
            if (
                before == "D"
                and previous is not None
                and previous.word
                in (
                    "all",
                    "both",
                    "many",
                    "most",
                    "some",
                    "few",
                    "others",
                    "these",
                    "those",
                    "several",
                )
                and form == "base"
                and token.lemma not in ambiguous
            ):
                continue
            if before == "#" and form in ("past", "pp"):
                continue
            token.tag = "A" if form in ("past", "pp") and after in "NMAG" else "N"
            continue
        if before == "I" and form == "past":
            token.tag = "A"
            continue
        if token.lemma in ambiguous and form in ("base", "s"):
            if not _verbal(tokens, i, previous, following):
                token.tag = "N"
            continue
        if form == "base" and previous is None and after in "NMV" and token.lemma in ambiguous:
            token.tag = "N"
        elif form == "pp" and before in "NM":
            token.form = "pp"


_PLURAL_SUBJECT = frozenset(
    """taliban police people military militia opposition staff media men women houthi
    houthis eu""".split()
)


def _verbal(tokens: list[Token], i: int, previous: Token | None, following: Token | None) -> bool:
    """Tell whether an ambiguous word in its base or -s form is a verb here."""
    token = tokens[i]
    if previous is None:
        return False
    after = following.tag if following else "."
    word = following.word if following else ""
    if previous.tag == "P" and previous.word not in ("him", "them", "us", "me"):
        return True
    if previous.tag == '"' or previous.tag == "Q":
        return after in "DPMN.,"
    if previous.tag in "NM" or (previous.tag == "," and after in "DPTS"):
        plural = (
            previous.word.endswith("s") or previous.word in _PLURAL_SUBJECT or previous.tag == "M"
        )
        agrees = plural if token.form == "base" else True
        if not agrees:
            return False
        if after in "DPTG" or word in ("that", "whether", "how", "why", "what", "if"):
            return not (
                after == "T"
                and token.lemma
                in (
                    "threat",
                    "visit",
                    "aid",
                    "talk",
                    "offer",
                    "plan",
                    "demand",
                    "appeal",
                    "pledge",
                    "vow",
                    "promise",
                )
                and token.form == "base"
                and previous.tag == "M"
                and not previous.word.endswith("s")
                and previous.word not in _PLURAL_SUBJECT
            )
        if after in '"Q#':
            return True
        if word in ("for", "on", "upon", "with", "against"):
            return token.lemma in (
                "call",
                "appeal",
                "push",
                "press",
                "hope",
                "plan",
                "vote",
                "ask",
                "protest",
                "deal",
                "work",
                "talk",
                "back",
                "view",
            )
        if after == "M" or after == "A":
            return token.form == "s" or previous.word.endswith("s")
        if after in "NV" and token.form == "s" and previous.tag == "M":
            return _no_verb_follows(tokens, i + 1)
        if (
            after in ".,"
            and token.form == "s"
            and previous.tag == "N"
            and not previous.word.endswith("s")
        ):
            return _clause_lacks_verb(tokens, i)
        if after == "." and previous.tag == "M":
            return False
    if previous.tag == "C":
        return after in "DPT" and token.form == "s"
    return False


def _clause_lacks_verb(tokens: list[Token], i: int) -> bool:
    """Tell whether a subordinate clause that ends at ``i`` has no other verb."""
    for k in range(i - 1, max(-1, i - 12), -1):
        if tokens[k].tag in "VX":
            return False
        if tokens[k].tag == "S":
            return True
    return False


def _no_verb_follows(tokens: list[Token], i: int) -> bool:
    if i < len(tokens) and tokens[i].tag == "V" and tokens[i].form == "base":
        return False
    for token in tokens[i : i + 5]:
        if token.tag == "X" or (token.tag == "V" and token.form in ("past", "s")):
            return False
        if token.tag in ".,SCQ":
            return True
    return True


_IS_AFTER = frozenset(
    """not been going trying expected ready prepared willing likely now still also""".split()
)


def _possessive(tokens: list[Token], i: int) -> None:
    """Decide whether ``'s`` is a possessive or the verb ``is``."""
    if i == 0:
        return
    before = tokens[i - 1]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if before.tag == "P" or before.word in (
        "that",
        "there",
        "here",
        "what",
        "who",
        "let",
        "where",
        "how",
    ):
        tokens[i].tag = "X"
        return
    if following is None:
        return
    if (
        following.word in _IS_AFTER
        or following.word in ("a", "the", "in")
        or (following.word.endswith("ing") and following.tag == "V" and following.form == "ing")
    ):
        tokens[i].tag = "X"
