"""Who says what: source, cue and content spans of every attribution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.reading.clauses import Group, noun_phrase_end, phrase_before
from detente.reading.lexicon import lexicon
from detente.reading.text import Span
from detente.reading.tokens import Token
from detente.reading.units import Page, Sentence

__all__ = ["Attribution", "find_attributions"]

Segments = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution.

    Attributes:
        source: segments ``(start, end)`` of who it is attributed to; empty if unnamed.
        cue: segments of the words that attribute.
        content: segments of what is attributed; more than one where "he said" interrupts it.
        kind: ``direct`` (an utterance in quotation marks), ``mixed`` (partly quoted),
            ``indirect``, or ``dialogue`` (a turn in a printed dialogue).
        cue_class: class of the cue in the lexicon, for instance ``report`` or ``stance``.
        lemma: lemma of the cue verb; the words of another cue.
        nested: whether it stands inside the content of another attribution.
    """

    source: Segments
    cue: Segments
    content: Segments
    kind: str
    cue_class: str
    lemma: str
    nested: bool = False


@dataclass(slots=True)
class _Found:
    source: Segments
    cue: Segments
    content: list[tuple[int, int]]
    kind: str
    cue_class: str
    lemma: str
    verb: int = -1
    sentence: Sentence | None = field(default=None, repr=False)


_ORDER = ("report", "belief", "evidence", "request", "intent", "stance", "topic")
_WEAK = frozenset(["topic"])
_WH = frozenset("that whether how why what where when if who".split())
_TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday later earlier
    recently tonight afterwards""".split()
)
_RECIPIENTS = frozenset("tell inform assure remind notify warn advise ask urge".split())


def find_attributions(page: Page) -> list[Attribution]:
    """Find every attribution of a page, of whatever subject, in order of their content.

    Direct, indirect and mixed speech, nominal cues ("a pledge by", "the demand for"), beliefs and
    stances are found by rules over verb groups; see ``data/lexicon.txt`` for the cues.
    """
    found: list[_Found] = []
    used: dict[int, set[int]] = {}
    _direct(page, found, used)
    for sentence in page.outer:
        busy = used.get(id(sentence), set())
        _turn(sentence, found)
        _indirect(page, sentence, busy, found)
        _according(sentence, found)
        _nominal(sentence, found)
    for sentence in page.inner:
        _indirect(page, sentence, set(), found, quoted=True)
    return _finish(page, found)


def _classes(lemma: str) -> frozenset[str]:
    return lexicon().classes.get(lemma, frozenset())


def _is_report(group: Group) -> bool:
    return "report" in _classes(group.lemma) and not (group.passive and group.lemma != "quote")


# ------------------------------------------------------------------ direct speech


def _direct(page: Page, found: list[_Found], used: dict[int, set[int]]) -> None:
    previous: _Found | None = None
    previous_paragraph = -9
    for sentence in page.outer:
        tokens = sentence.tokens
        quotes = [i for i, token in enumerate(tokens) if token.tag == "Q"]
        busy = used.setdefault(id(sentence), set())
        current: _Found | None = None
        for q in quotes:
            span = (tokens[q].start, tokens[q].end)
            hit = _cue_for(sentence, q, busy)
            if hit is None and current is not None:
                current.content.append(span)
                continue
            if hit is None and q == 0 and len(quotes) == 1 and previous is not None:
                alone = all(t.tag in "Q.,\"" for t in tokens)
                if alone and sentence.paragraph == previous_paragraph:
                    previous.content.append(span)
                    current = previous
                    continue
            if hit is None:
                continue
            group, source = hit
            cue = _cue_span(tokens, group, [])
            current = _Found(source, cue, [span], "direct", "report", group.lemma, group.verb, sentence)
            busy.add(group.verb)
            found.append(current)
        if current is not None:
            previous, previous_paragraph = current, sentence.paragraph
        elif quotes or sentence.paragraph != previous_paragraph:
            previous = None


def _cue_for(sentence: Sentence, q: int, busy: set[int]) -> tuple[Group, Segments] | None:
    """Return the reporting verb of the quotation at token ``q`` and its source."""
    before = _cue_before(sentence, q, busy)
    tokens = sentence.tokens
    tight = before is not None and q > 0 and tokens[q - 1].word in (",", ":", "that")
    if before is not None and tight:
        return before
    after = _cue_after(sentence, q, busy)
    return after or before


def _cue_before(sentence: Sentence, q: int, busy: set[int]) -> tuple[Group, Segments] | None:
    tokens = sentence.tokens
    best: Group | None = None
    for group in sentence.groups:
        if group.last < q and group.verb not in busy and "report" in _classes(group.lemma):
            best = group
    if best is None or q - best.last > 16:
        return None
    between = tokens[best.last + 1 : q]
    if any(t.tag in "Q." and t.word != ":" for t in between):
        return None
    later = [g for g in sentence.groups if best.last < g.first < q and g.finite]
    if later or best.passive:
        return None
    return best, _segment(tokens, best.subject)


def _cue_after(sentence: Sentence, q: int, busy: set[int]) -> tuple[Group, Segments] | None:
    tokens = sentence.tokens
    for group in sentence.groups:
        if group.first <= q or group.verb in busy:
            continue
        if group.first - q > 45:
            return None
        between = tokens[q + 1 : group.first]
        if any(t.tag == "Q" or t.word in ";:" for t in between):
            return None
        if not _is_report(group) and group.lemma not in ("be", "go", "put"):
            if any(t.tag in ".S" for t in between[1:]):
                return None
            continue
        if not _is_report(group):
            continue
        inverted = all(t.tag in ",R" for t in between)
        if inverted:
            k = group.last + 1
            if k < len(tokens) and tokens[k].tag in "NMDP#A":
                end = _source_end(tokens, k)
                return group, ((tokens[k].start, tokens[end - 1].end),)
            return group, ()
        subject = group.subject
        if subject is None or subject[0] <= q:
            if group.inherited and subject is not None:
                return group, _segment(tokens, subject)
            subject = phrase_before(tokens, group.first, q + 1)
        if subject is None:
            return None
        return group, _segment(tokens, subject)
    return None


def _source_end(tokens: list[Token], k: int) -> int:
    """Return the end of an inverted subject: "said Ana Ito, the minister, on Friday"."""
    end = noun_phrase_end(tokens, k)
    while end > k + 1 and tokens[end - 1].tag in "IC":
        end -= 1
    for place in range(k + 1, end):  # "said Ito on Friday", "said Ito in a statement"
        token = tokens[place]
        if token.tag == "I" and place + 1 < end and (
            tokens[place + 1].word in _TIME
            or (token.word in ("in", "at", "to", "during", "on") and tokens[place + 1].tag != "M")
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


# ------------------------------------------------------------------ indirect speech


def _indirect(
    page: Page, sentence: Sentence, busy: set[int], found: list[_Found], quoted: bool = False
) -> None:
    tokens = sentence.tokens
    for number, group in enumerate(sentence.groups):
        if group.verb in busy:
            continue
        classes = _classes(group.lemma)
        if quoted and not classes & {"report"} or group.lemma in ("think", "believe") and quoted:
            continue
        if not classes or classes == {"other"}:
            continue
        hit = _content(sentence, number, group, classes)
        if hit is None:
            continue
        content, cue_class, extra = hit
        segments = [(tokens[a].start, tokens[b - 1].end) for a, b in content if b > a]
        if not segments:
            continue
        source = _segment(tokens, group.subject)
        if group.passive:
            source = _agent(tokens, group)
        cue = _cue_span(tokens, group, extra)
        kind = "mixed" if any(_has_quote(page, s) for s in segments) else "indirect"
        del quoted
        found.append(
            _Found(source, cue, segments, kind, cue_class, group.lemma, group.verb, sentence)
        )
        quoted = False


def _has_quote(page: Page, segment: tuple[int, int]) -> bool:
    return '"' in page.view[segment[0] : segment[1]]


Range = tuple[int, int]


def _content(
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
        if following.word == "," or (following.tag == "S" and following.word in ("as", "while", "after", "before", "when")):
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
            if r < end and tokens[r].word == "," :
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
        if following.tag in "DNMPA" and group.lemma in ("want", "seek", "promise", "propose", "offer", "pledge", "prefer", "plan", "threaten"):
            return [(j, end)], "intent", []
        if "report" not in reporting:
            return None
    if "stance" in classes and following is not None and j < end:
        if following.tag in "DNMPA#G\"":
            return [(k, end)], "stance", []
        if following.word in ("for", "of", "as", "over"):
            return [(j, end)], "stance", []
    if "topic" in classes and following is not None and j < end and following.tag in "DNMPA\"":
        return [(j, end)], "topic", []
    if ("evidence" in reporting or "belief" in reporting) and following is not None and j < end:
        if "report" in classes and following.tag in "DNM" and group.lemma in ("reveal", "report", "predict", "acknowledge", "deny", "announce", "suggest", "note", "declare", "confirm"):
            return [(j, end)], "report", []
        if "belief" in classes and group.lemma in ("expect", "fear", "anticipate", "doubt", "regard", "consider", "view") and following.tag in "DNMP":
            return [(j, end)], "belief", []
    if "report" in reporting and following is not None and j < end and following.tag in "DNMA\"" and group.lemma in _NP_REPORTS:
        return [(j, end)], "report", []
    return None


_NP_REPORTS = frozenset(
    """announce declare deny acknowledge admit confirm disclose reveal report predict claim note
    stress emphasize allege guarantee promise pledge underline underscore repeat reiterate state
    tout suggest estimate forecast argue warn""".split()
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
            while stop < end and (tokens[stop].tag in "DNMA#'" or tokens[stop].word in _TIME) or (
                stop < end and tokens[stop].tag == "I" and tokens[stop].word in ("of", "with", "in", "to") and stop > j + 1
            ):
                stop += 1
            if stop < end and stop > j + 1 and (tokens[stop].word in _WH or tokens[stop].word in (",", ":") or tokens[stop].tag == "Q"):
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
    if j >= end or tokens[j].tag not in "DNMPAGR#I\"S":
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
    end = _source_end(tokens, k)
    return end >= len(tokens) or tokens[end].tag in ".,QI" or tokens[end].word in ("who", "which")


_INVERTS = frozenset("say add write report note explain announce warn argue declare insist reply".split())


def _preposed(sentence: Sentence, group: Group, name: str) -> tuple[list[Range], str, list[int]] | None:
    """Content before the cue: "The vote, he said, was void", "It was void, he said"."""
    tokens = sentence.tokens
    if name == "evidence":
        return None
    k = group.last + 1
    before = tokens[group.first - 1] if group.first else None
    if before is not None and before.word == "," and k < len(tokens) and tokens[k].tag in "MDN" and group.lemma in _INVERTS and group.first > 3:
        left = next((n + 1 for n in range(group.first - 1, -1, -1) if tokens[n].tag == "Q"), 0)
        if any(left <= g.verb < group.first - 1 for g in sentence.groups):
            group.subject = (k, _source_end(tokens, k))
            group.inherited = False
            return [(left, group.first - 1)], name, []
    if group.subject is None:
        return None
    first = group.subject[0]
    inverted = False
    comma = first - 1
    while comma >= 0 and tokens[comma].tag == "R":
        comma -= 1
    if comma < 0 or tokens[comma].word not in (",", "–", "-") and tokens[comma].word != "as":
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
    del inverted
    rest = tokens[right + 1 :] if right < len(tokens) and tokens[right].word in (",", "–") else []
    if rest and any(t.tag in "VX" for t in rest) and not any(
        g.first > right and tokens[right + 1].tag in "GC" for g in sentence.groups
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
    del number
    return None


def _agent(tokens: list[Token], group: Group) -> Segments:
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
    for later in groups[number + 1 :]:
        if later.first <= group.last:
            continue
        classes = _classes(later.lemma)
        j = later.first - 1
        # "..., and added that": a second cue of the same subject
        if j > group.last and tokens[j].tag == "C" and later.inherited and later.finite and later.subject == group.subject and classes - {"other", "topic"}:
            end = min(end, j - 1 if tokens[j - 1].word == "," else j)
            break
        # ", saying that": a participle of the same subject
        if tokens[j].word == "," and later.form == "ing" and not later.finite and classes & {"report", "belief"}:
            end = min(end, j)
            break
        # ", officials said" at the end
        if later.subject and later.finite and "report" in classes and later.subject[0] > group.last:
            comma = later.subject[0] - 1
            tail = len(tokens) - later.last
            if comma > group.last + 1 and tokens[comma].word == "," and tail <= 12 and not _has_complement(tokens, later):
                end = min(end, comma)
                break
            # ", but/while Y said ..."
            if comma > group.last + 1 and tokens[comma].tag == "C" and tokens[comma - 1].word == ",":
                end = min(end, comma - 1)
                break
            if comma > group.last + 1 and tokens[comma].word in ("while", "whereas", ";", "although"):
                end = min(end, comma - 1 if tokens[comma - 1].word == "," else comma)
                break
    for place in range(group.last + 1, end):
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


# ------------------------------------------------------------------ other cues


def _according(sentence: Sentence, found: list[_Found]) -> None:
    tokens = sentence.tokens
    for i in range(len(tokens) - 2):
        if tokens[i].word != "according" or tokens[i + 1].tag != "T":
            continue
        start = i + 2
        stop = noun_phrase_end(tokens, start)
        at_front = all(t.tag in "RC,S" for t in tokens[:i])
        if stop <= start:
            continue
        if at_front:
            while stop < len(tokens) and tokens[stop].word != ",":
                stop += 1
            content = (stop + 1, _trim_stop(tokens))
        else:
            content = (0, i - 1 if tokens[i - 1].word == "," else i)
            after = stop
            if after < len(tokens) and tokens[after].word == "," and len(tokens) - after > 4:
                tail = (after + 1, _trim_stop(tokens))
                if any(tail[0] <= g.verb < tail[1] for g in sentence.groups) and not any(
                    content[0] <= g.verb < content[1] and g.finite for g in sentence.groups
                ):
                    _add_according(sentence, i, start, stop, [content, tail], found)
                    continue
        _add_according(sentence, i, start, stop, [content], found)


def _add_according(
    sentence: Sentence, i: int, start: int, stop: int, ranges: list[Range], found: list[_Found]
) -> None:
    tokens = sentence.tokens
    segments = [(tokens[a].start, tokens[b - 1].end) for a, b in ranges if b > a]
    if not segments:
        return
    source = ((tokens[start].start, tokens[min(stop, len(tokens)) - 1].end),)
    cue = ((tokens[i].start, tokens[i + 1].end),)
    found.append(_Found(source, cue, segments, "indirect", "report", "according to", i, sentence))


def _trim_stop(tokens: list[Token]) -> int:
    end = len(tokens)
    while end and tokens[end - 1].tag == ".":
        end -= 1
    return end


_NOMINAL = frozenset(
    """claim demand call request appeal promise pledge guarantee vow assurance warning threat
    suggestion assertion allegation accusation announcement statement declaration insistence refusal
    offer proposal commitment admission acknowledgement belief fear hope view opinion endorsement
    rejection criticism condemnation denial complaint argument contention conclusion expectation
    concern suspicion agreement plea decision conviction prediction report""".split()
)
_NOMINAL_S = {word + "s": word for word in _NOMINAL} | {
    "prophecies": "prophecy", "pleas": "plea", "criticisms": "criticism",
}  # fmt: skip


def _nominal(sentence: Sentence, found: list[_Found]) -> None:
    """Nominal cues: "Russia's demand for X", "a guarantee by the group that ..."."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        noun = token.word if token.word in _NOMINAL else _NOMINAL_S.get(token.word, "")
        if not noun or token.tag in "VXG":
            continue
        source: Segments = ()
        j = i - 1
        while j >= 0 and tokens[j].tag in "A#":
            j -= 1
        if j >= 1 and tokens[j].tag == "'":
            owner = phrase_before(tokens, j, max(0, j - 6))
            source = _segment(tokens, owner)
        elif j >= 0 and tokens[j].word in ("their", "his", "her", "its", "our", "my"):
            source = ((tokens[j].start, tokens[j].end),)
        k = i + 1
        if k < len(tokens) and tokens[k].word in ("by", "from") and k + 1 < len(tokens):
            stop = noun_phrase_end(tokens, k + 1)
            if stop > k + 1:
                source = ((tokens[k + 1].start, tokens[stop - 1].end),)
                k = stop
        if k >= len(tokens):
            continue
        word = tokens[k].word
        if word == "that" or (tokens[k].tag == "T" and source) or (word in ("for", "of") and source):
            start = k + 1 if word in ("that", "of") else k
            end = _trim_stop(tokens)
            for place in range(start + 1, end):
                if tokens[place].tag in ",Q" and tokens[place].word != "'":
                    end = place
                    break
            if word in ("for", "of") or tokens[k].tag == "T":
                for group in sentence.groups:
                    if group.finite and start < group.first < end and not group.inherited:
                        end = group.first
                        break
            if end - start >= 2:
                segments = [(tokens[start].start, tokens[end - 1].end)]
                cue = ((token.start, token.end),)
                found.append(_Found(source, cue, segments, "indirect", "nominal", noun, i, sentence))


def _turn(sentence: Sentence, found: list[_Found]) -> None:
    """A turn in a printed dialogue: "MINISTER: We will open the border"."""
    if sentence.turn is None or not sentence.tokens:
        return
    name = sentence.turn
    last = found[-1] if found else None
    span = (sentence.tokens[0].start, sentence.tokens[-1].end)
    if last is not None and last.kind == "dialogue" and last.source == ((name.start, name.end),):
        last.content.append(span)
        return
    source = ((name.start, name.end),)
    colon = ((name.end, name.end + 1),)
    found.append(_Found(source, colon, [span], "dialogue", "report", ":", -1, sentence))


# ------------------------------------------------------------------ spans


def _segment(tokens: list[Token], subject: Range | None) -> Segments:
    if subject is None or subject[1] <= subject[0]:
        return ()
    a, b = subject
    while b > a and tokens[b - 1].tag in ",.\"":
        b -= 1
    while a < b and tokens[a].tag in ",.\"C":
        a += 1
    return ((tokens[a].start, tokens[b - 1].end),) if b > a else ()


def _cue_span(tokens: list[Token], group: Group, extra: Iterable[int]) -> Segments:
    first, last = group.first, group.last
    while first < group.verb and tokens[first].tag in "TP":
        first += 1
    del extra
    return ((tokens[first].start, tokens[last].end),)


def _finish(page: Page, found: list[_Found]) -> list[Attribution]:
    """Trim, order and mark what is nested; drop what a stronger cue already covers."""
    result: list[Attribution] = []
    seen: set[tuple[Segments, Segments]] = set()
    covers: list[Span] = []
    ordered = sorted(found, key=lambda f: (f.content[0][0], -f.content[-1][1], f.cue))
    for item in ordered:
        content = tuple(sorted(item.content))
        if (item.cue, content) in seen:
            continue
        seen.add((item.cue, content))
        whole = Span(content[0][0], content[-1][1])
        cue = Span(*item.cue[0])
        nested = any(c.covers(cue) and c.covers(whole) and c != whole for c in covers[-12:])
        covers.append(whole)
        result.append(
            Attribution(item.source, item.cue, content, item.kind, item.cue_class, item.lemma, nested)
        )
    return result
