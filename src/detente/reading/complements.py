"""What a cue attributes: the complement of a verb, as token ranges."""

from __future__ import annotations

from detente.reading.clauses import Group, noun_phrase_end
from detente.reading.lexicon import lexicon
from detente.reading.tokens import Token
from detente.reading.units import Sentence

__all__ = [
    "Range",
    "Segments",
    "agent_after",
    "classes_of",
    "content_of",
    "segment_of",
    "source_end",
]

Segments = tuple[tuple[int, int], ...]


_ORDER = ("report", "belief", "evidence", "request", "intent", "stance", "topic")

_WEAK = frozenset(["topic"])

_WH = frozenset("""that whether how why what where when if who""".split())

_TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday later earlier
    recently tonight afterwards""".split()
)

_RECIPIENTS = frozenset("""tell inform assure remind notify warn advise ask urge""".split())


def classes_of(lemma: str) -> frozenset[str]:
    """Return the lexicon classes of a lemma."""
    return lexicon().classes.get(lemma, frozenset())


def source_end(tokens: list[Token], k: int) -> int:
    """Return the end of an inverted subject: "said Ana Ito, the minister, on Friday"."""
    end = noun_phrase_end(tokens, k)
    while end > k + 1 and tokens[end - 1].tag in "IC":
        end -= 1
    for place in range(k + 1, end):  # "said Ito on Friday", "said Ito in a statement"
        token = tokens[place]
        if (
            token.tag == "I"
            and place + 1 < end
            and (
                tokens[place + 1].word in _TIME
                or (
                    token.word in ("in", "at", "to", "during", "on")
                    and tokens[place + 1].tag != "M"
                )
            )
        ):
            return place
    if end < len(tokens) and tokens[end].word == "," and end + 1 < len(tokens):
        if tokens[end + 1].tag in "DNM" and tokens[end + 1].word not in _TIME:
            more = noun_phrase_end(tokens, end + 1)
            if more < len(tokens) and tokens[more].tag in ".,Q":
                return more
        if tokens[end + 1].word == "who":
            for place in range(end + 1, len(tokens)):
                if tokens[place].tag in ".Q,":
                    return place
    return max(end, k + 1)


Range = tuple[int, int]


def content_of(
    sentence: Sentence, number: int, group: Group, classes: frozenset[str]
) -> tuple[list[Range], str, list[int]] | None:
    """Return the content of a cue as token ranges, its class, and further cue tokens."""
    tokens = sentence.tokens
    k = group.last + 1
    end = _clause_end(sentence, number)
    if group.passive:
        return _passive(sentence, number, group, classes, end)
    reporting = classes & {"report", "belief", "evidence"}
    # a time or place between verb and clause: "said on Friday that"
    j = _skip_adverbials(tokens, k, end)
    following = tokens[j] if j < len(tokens) else None
    if reporting:
        name = next(c for c in _ORDER if c in reporting)
        if "report" in reporting and k < len(tokens) and _is_inverted(sentence, group, k):
            hit = _preposed(sentence, group, name)
            if hit is not None:
                return hit
        if following is None or j >= end or following.tag in "." or _only_adverbials(tokens, j):
            return _preposed(sentence, group, name)
        if following.word in _WH and following.tag in "SP":
            start = j + 1 if following.word == "that" else j
            return [(start, end)], name, []
        if following.word == "," or (
            following.tag == "S" and following.word in ("as", "while", "after", "before", "when")
        ):
            hit = _preposed(sentence, group, name)
            if hit is not None:
                return hit
            if following.word != ",":
                return None
        if group.lemma in _RECIPIENTS or tokens[group.verb].lemma in _RECIPIENTS:
            r = noun_phrase_end(tokens, k, end)
            r = _skip_adverbials(tokens, r, end)
            if r < end and tokens[r].word in _WH:
                return [(r + (tokens[r].word == "that"), end)], name, []
            if r < end and tokens[r].word == ",":
                hit = _preposed(sentence, group, name)
                if hit is not None:
                    return hit
            if r < end and group.lemma == "tell" and k < r and tokens[r].tag in "PDNM":
                return [(r, end)], name, []
            if "request" in classes and r < end and tokens[r].tag == "T":
                return [(k, end)], "request", []
            if group.lemma == "tell" and r >= end - 1:
                return _preposed(sentence, group, name)
        if _clause_follows(sentence, j, end, group):
            return [(j, end)], name, []
        if following.tag == '"' and "report" in reporting:
            return [(j, end)], name, []
    if "request" in classes and following is not None and j < end:
        if following.word == "that":
            return [(j + 1, end)], "request", []
        if following.tag in "DNMPA#'TG\"" or following.word in ("for",):
            return [(k, end)], "request", []
    if "intent" in classes and following is not None and j < end:
        if following.tag == "T" or following.tag == "G":
            return [(j, end)], "intent", []
        if following.word in ("that", "on", "in"):
            return [(j + 1, end)], "intent", []
        if following.tag in "DNMPA" and group.lemma in (
            "want",
            "seek",
            "promise",
            "propose",
            "offer",
            "pledge",
            "prefer",
            "plan",
            "threaten",
        ):
            return [(j, end)], "intent", []
        if "report" not in reporting:
            return None
    if "stance" in classes and following is not None and j < end:
        if following.tag in 'DNMPA#G"':
            return [(k, end)], "stance", []
        if following.word in ("for", "of", "as", "over"):
            return [(j, end)], "stance", []
    if "topic" in classes and following is not None and j < end and following.tag in 'DNMPA"':
        return [(j, end)], "topic", []
    if ("evidence" in reporting or "belief" in reporting) and following is not None and j < end:
        if (
            "report" in classes
            and following.tag in "DNM"
            and group.lemma
            in (
                "reveal",
                "report",
                "predict",
                "acknowledge",
                "deny",
                "announce",
                "suggest",
                "note",
                "declare",
                "confirm",
            )
        ):
            return [(j, end)], "report", []
        if (
            "belief" in classes
            and group.lemma
            in ("expect", "fear", "anticipate", "doubt", "regard", "consider", "view")
            and following.tag in "DNMP"
        ):
            return [(j, end)], "belief", []
    if (
        "report" in reporting
        and following is not None
        and j < end
        and following.tag in 'DNMA"'
        and group.lemma in _NP_REPORTS
    ):
        return [(j, end)], "report", []
    return None


_NP_REPORTS = frozenset(
    """announce declare deny acknowledge admit confirm disclose reveal report predict claim note
    stress emphasize allege guarantee promise pledge underline underscore repeat reiterate
    state tout suggest estimate forecast argue warn""".split()
)


def _skip_adverbials(tokens: list[Token], k: int, end: int) -> int:
    """Skip "on Friday", "in a statement", "to reporters", "at a rally" after a cue."""
    j = k
    while j < end:
        token = tokens[j]
        if token.tag == "R" or token.word in _TIME:
            j += 1
            continue
        if (token.tag == "I" or token.tag == "T") and j + 1 < end:
            stop = j + 1
            while (stop < end and (tokens[stop].tag in "DNMA#'" or tokens[stop].word in _TIME)) or (
                stop < end
                and tokens[stop].tag == "I"
                and tokens[stop].word in ("of", "with", "in", "to")
                and stop > j + 1
            ):
                stop += 1
            if (
                stop < end
                and stop > j + 1
                and (
                    tokens[stop].word in _WH
                    or tokens[stop].word in (",", ":")
                    or tokens[stop].tag == "Q"
                )
            ):
                j = stop
                continue
        break
    return j


def _only_adverbials(tokens: list[Token], k: int) -> bool:
    """Tell whether only "on Tuesday", "in a statement", "to reporters" follows."""
    if tokens[k].tag not in "ITR":
        return False
    rest = tokens[k:]
    return len(rest) <= 12 and not any(t.tag in "VXGSQP" for t in rest)


def _clause_follows(sentence: Sentence, j: int, end: int, group: Group) -> bool:
    """Tell whether a clause without "that" begins at token ``j``."""
    tokens = sentence.tokens
    if j >= end or tokens[j].tag not in 'DNMPAGR#I"S':
        return False
    if tokens[j].tag == "S" and tokens[j].word not in ("if", "when", "while", "although", "once"):
        return False
    for other in sentence.groups:
        if other.first > group.last and other.first < end and other.finite:
            if other.inherited and not (other.subject and other.subject[0] >= j):
                return False
            return other.first > j
    return False


def _is_inverted(sentence: Sentence, group: Group, k: int) -> bool:
    """Tell whether "..., said Ana Ito, the envoy" ends a clause that it reports."""
    tokens = sentence.tokens
    if group.first < 3 or tokens[group.first - 1].word != "," or group.lemma not in _INVERTS:
        return False
    if tokens[k].tag not in "MDN":
        return False
    end = source_end(tokens, k)
    return end >= len(tokens) or tokens[end].tag in ".,QI" or tokens[end].word in ("who", "which")


_INVERTS = frozenset(
    """say add write report note explain announce warn argue declare insist reply""".split()
)


def _preposed(
    sentence: Sentence, group: Group, name: str
) -> tuple[list[Range], str, list[int]] | None:
    """Content before the cue: "The vote, he said, was void", "It was void, he said"."""
    tokens = sentence.tokens
    if name == "evidence":
        return None
    k = group.last + 1
    before = tokens[group.first - 1] if group.first else None
    if (
        before is not None
        and before.word == ","
        and k < len(tokens)
        and tokens[k].tag in "MDN"
        and group.lemma in _INVERTS
        and group.first > 3
    ):
        left = next((n + 1 for n in range(group.first - 1, -1, -1) if tokens[n].tag == "Q"), 0)
        if any(left <= g.verb < group.first - 1 for g in sentence.groups):
            group.subject = (k, source_end(tokens, k))
            group.inherited = False
            return [(left, group.first - 1)], name, []
    if group.subject is None:
        return None
    first = group.subject[0]
    comma = first - 1
    while comma >= 0 and tokens[comma].tag == "R":
        comma -= 1
    if comma < 0 or (tokens[comma].word not in (",", "–", "-") and tokens[comma].word != "as"):
        return None
    if tokens[comma].word == "as":
        if comma == 0:
            k = group.last + 1
            while k < len(tokens) and tokens[k].word != ",":
                k += 1
            return ([(k + 1, len(tokens))], name, []) if k + 1 < len(tokens) else None
        if tokens[comma - 1].word != ",":
            return None
        comma -= 1
    left = 0
    for place in range(comma - 1, -1, -1):
        if tokens[place].tag == "Q":
            left = place + 1
            break
    while left < comma and tokens[left].tag in ",C.":
        left += 1
    if comma - left < 2:
        return None
    right = group.last + 1
    while right < len(tokens) and tokens[right].tag not in ",.Q":
        right += 1
    ranges = [(left, comma)]
    rest = tokens[right + 1 :] if right < len(tokens) and tokens[right].word in (",", "–") else []
    if (
        rest
        and any(t.tag in "VX" for t in rest)
        and not any(g.first > right and tokens[right + 1].tag in "GC" for g in sentence.groups)
    ):
        stop = len(tokens)
        while stop > right + 1 and tokens[stop - 1].tag == ".":
            stop -= 1
        ranges.append((right + 1, stop))
    elif not any(left <= g.verb < comma for g in sentence.groups):
        return None
    return ranges, name, []


def _passive(
    sentence: Sentence, number: int, group: Group, classes: frozenset[str], end: int
) -> tuple[list[Range], str, list[int]] | None:
    tokens = sentence.tokens
    k = group.last + 1
    cue_class = next((c for c in _ORDER if c in classes), None)
    if cue_class is None or cue_class == "topic" or group.subject is None:
        return None
    following = tokens[k] if k < len(tokens) else None
    if following is None:
        return None
    a, b = group.subject
    impersonal = tokens[a].word == "it" and b == a + 1
    if impersonal and following.word == "that":
        return [(k + 1, end)], cue_class, []
    if following.tag == "T" and cue_class in ("report", "belief", "request"):
        return [(a, b), (k, end)], cue_class, []
    if following.word == "by":
        return [(a, b)], cue_class, []
    if cue_class in ("stance",) and following.word in ("for", "as", "over"):
        return [(a, b), (k, end)], cue_class, []
    return None


def agent_after(tokens: list[Token], group: Group) -> Segments:
    """Return the source of a passive cue: "was called a fraud by the union"."""
    k = group.last + 1
    if k + 1 < len(tokens) and tokens[k].word == "by":
        end = noun_phrase_end(tokens, k + 1)
        if end > k + 1:
            return ((tokens[k + 1].start, tokens[end - 1].end),)
    return ()


def _clause_end(sentence: Sentence, number: int) -> int:
    """Return the token index at which the complement of a verb group ends."""
    tokens, groups = sentence.tokens, sentence.groups
    group = groups[number]
    end = len(tokens)
    while end > group.last + 1 and tokens[end - 1].tag == ".":
        end -= 1
    for later in groups[number + 1 : number + 16]:
        if later.first <= group.last:
            continue
        classes = classes_of(later.lemma)
        j = later.first - 1
        # "..., and added that": a second cue of the same subject
        if (
            j > group.last
            and tokens[j].tag == "C"
            and later.inherited
            and later.finite
            and later.subject == group.subject
            and classes - {"other", "topic"}
        ):
            end = min(end, j - 1 if tokens[j - 1].word == "," else j)
            break
        # ", saying that": a participle of the same subject
        if (
            tokens[j].word == ","
            and later.form == "ing"
            and not later.finite
            and classes & {"report", "belief"}
        ):
            end = min(end, j)
            break
        # ", officials said" at the end
        if later.subject and later.finite and "report" in classes and later.subject[0] > group.last:
            comma = later.subject[0] - 1
            tail = len(tokens) - later.last
            if (
                comma > group.last + 1
                and tokens[comma].word == ","
                and tail <= 12
                and not _has_complement(tokens, later)
            ):
                end = min(end, comma)
                break
            # ", but/while Y said ..."
            if (
                comma > group.last + 1
                and tokens[comma].tag == "C"
                and tokens[comma - 1].word == ","
            ):
                end = min(end, comma - 1)
                break
            if comma > group.last + 1 and tokens[comma].word in (
                "while",
                "whereas",
                ";",
                "although",
            ):
                end = min(end, comma - 1 if tokens[comma - 1].word == "," else comma)
                break
    for place in range(group.last + 1, min(end, group.last + 120)):
        if tokens[place].word == ";" or tokens[place].tag == "Q":
            return place
        if tokens[place].word == "according" and place > group.last + 2:
            return place - 1 if tokens[place - 1].word == "," else place
    return end


def _has_complement(tokens: list[Token], group: Group) -> bool:
    k = group.last + 1
    while k < len(tokens) and (tokens[k].tag == "R" or tokens[k].word in _TIME):
        k += 1
    return k < len(tokens) and (tokens[k].word in _WH or tokens[k].tag in "PQ")


# ------------------------------------------------------------------ spans


def segment_of(tokens: list[Token], subject: Range | None) -> Segments:
    """Return a token range as one segment of offsets, without marks at its ends."""
    if subject is None or subject[1] <= subject[0]:
        return ()
    a, b = subject
    while b > a and tokens[b - 1].tag in ',."':
        b -= 1
    while a < b and tokens[a].tag in ',."C':
        a += 1
    return ((tokens[a].start, tokens[b - 1].end),) if b > a else ()
