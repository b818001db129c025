"""Verb groups of a sentence, and the noun phrases that are their subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.lexicon import lexicon
from detente.reading.tokens import WEEKDAYS, Token

__all__ = ["Group", "find_groups", "noun_phrase_end", "phrase_before"]

_NEGATIVE = frozenset(["n't", "not", "never", "cannot", "no", "neither", "nor"])


@dataclass(slots=True)
class Group:
    """A verb with its auxiliaries and adverbs.

    Attributes:
        first: index of its first token (auxiliary, adverb or *to*).
        verb: index of the main verb.
        last: index of its last token (a particle, or the verb itself).
        lemma: lemma with its particle, as in ``rule_out``.
        form: form of the main verb.
        finite: whether it can have a subject of its own.
        passive: whether it is passive.
        negative: whether it is negated.
        modal: its modal, or an empty string; ``to`` for an infinitive.
        subject: token range ``(first, last + 1)`` of its subject, ``None`` if none was found.
        inherited: whether the subject is that of an earlier verb.
    """

    first: int
    verb: int
    last: int
    lemma: str
    form: str
    finite: bool
    passive: bool
    negative: bool
    modal: str
    subject: tuple[int, int] | None = None
    inherited: bool = False


def find_groups(tokens: Sequence[Token]) -> list[Group]:
    """Find the verb groups of a sentence, in order, with their subjects."""
    groups: list[Group] = []
    particles = lexicon().particles
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.tag in ("X", "V", "G") or (token.tag == "T" and _infinitive(tokens, i)):
            group, i = _group(tokens, i, particles)
            if group is not None:
                groups.append(group)
        else:
            i += 1
    groups = _inverted(tokens, groups)
    for number, group in enumerate(groups):
        _find_subject(tokens, groups, number, group)
    return groups


def _inverted(tokens: Sequence[Token], groups: list[Group]) -> list[Group]:
    """Join "would the army lift" to one group with its subject inside."""
    result: list[Group] = []
    for group in groups:
        lone = result[-1] if result else None
        if (
            lone is not None
            and tokens[lone.verb].tag == "X"
            and group.first == group.verb
            and not lone.negative
            and (
                (group.form == "base" and lone.lemma == "do")
                or (group.form in ("past", "pp") and lone.lemma in ("be", "have"))
            )
            and 0 < group.first - lone.last - 1 <= 7
            and all(t.tag in "DNMA#P'R" for t in tokens[lone.last + 1 : group.first])
            and (lone.first == 0 or _only_opens(tokens, lone.first))
        ):
            result.pop()
            group.modal = lone.modal
            group.finite = True
            group.passive = lone.lemma == "be"
            group.subject = (lone.last + 1, group.first)
        result.append(group)
    return result


def _only_opens(tokens: Sequence[Token], stop: int) -> bool:
    return any(t.word in ("only", "never", "nor", "neither", "not", "until") for t in tokens[:stop])


def _infinitive(tokens: Sequence[Token], i: int) -> bool:
    j = i + 1
    while j < len(tokens) and tokens[j].tag == "R" and j < i + 3:
        j += 1
    return (
        j < len(tokens)
        and (tokens[j].form == "base" or tokens[j].word in ("be", "have"))
        and (tokens[j].tag in "VX")
    )


def _group(
    tokens: Sequence[Token], i: int, particles: dict[str, tuple[tuple[str, ...], ...]]
) -> tuple[Group | None, int]:
    first = i
    verb = -1
    negative = False
    modal = ""
    be = have = False
    count = len(tokens)
    while i < count:
        token = tokens[i]
        tag = token.tag
        if tag == "T" and i == first:
            modal = "to"
        elif tag == "X":
            if token.word in _NEGATIVE:
                negative = True
            elif token.lemma in ("be", "been", "being") or token.word in (
                "is", "are", "was", "were", "be", "been", "being", "am", "'re", "'m", "'s", "got",
            ):  # fmt: skip
                be = True
            elif token.word in ("has", "have", "had", "having", "'ve"):
                have = True
            elif token.word not in ("do", "does", "did"):
                modal = modal or token.word
            if token.word == "cannot":
                negative = True
            verb_like = i
            if token.word not in _NEGATIVE:
                verb = verb_like if verb < 0 or tokens[verb].tag == "X" else verb
        elif tag == "R":
            if token.word == "never":
                negative = True
        elif tag in ("V", "G"):
            verb = i
            break
        elif tag == "P" and i > first and tokens[first].tag == "X" and i == first + 1:
            pass  # a question: "would you accept"
        else:
            break
        i += 1
    if verb < 0:
        return None, max(i, first + 1)
    token = tokens[verb]
    last = verb
    lemma = token.lemma
    if token.tag == "X":
        last = verb
        return (
            Group(first, verb, last, "be" if be else "have" if have else "do",
                  token.form or "s", modal != "to", False, negative, modal),
            max(i, verb + 1),
        )  # fmt: skip
    for words in particles.get(lemma, ()):
        stop = verb + 1 + len(words)
        if tuple(t.word for t in tokens[verb + 1 : stop]) == words:
            lemma = "_".join((lemma, *words))
            last = stop - 1
            break
    form = token.form
    passive = be and form in ("past", "pp")
    reduced = not (be or have or modal) and form in ("past", "pp") and _by_follows(tokens, last)
    gerund = token.tag == "G"
    passive = passive or reduced
    finite = not (
        reduced or modal == "to" or (gerund and not be) or (form == "pp" and not (be or have))
    )
    if not finite and gerund and first < verb and tokens[first].tag == "X" and have:
        finite = False
    return Group(first, verb, last, lemma, form, finite, passive, negative, modal), last + 1


def _by_follows(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether an agent follows: "an event organised by Russia"."""
    return last + 1 < len(tokens) and tokens[last + 1].word == "by"


_PHRASE = frozenset("""N M D A # ' I P R G""".split())
_INTRO = frozenset(
    """in on at after before during since by from with under for as despite amid to
    following""".split()
)


_TAKES_TO = frozenset(
    """promise refusal offer demand call request pledge decision plan threat vow proposal attempt
    bid effort right agreement failure willingness readiness intention appeal commitment""".split()
)


def phrase_before(tokens: Sequence[Token], end: int, floor: int = 0) -> tuple[int, int] | None:
    """Return the noun phrase that ends just before token ``end``, as a token range.

    Apposition and parenthesis between commas belong to the phrase: "Ms Ito, the minister, said".
    """
    j = end - 1
    while j >= floor and (tokens[j].tag == "R" and tokens[j].word not in ("here", "there")):
        j -= 1
        if j > floor and tokens[j].tag == "I" and tokens[j + 1].word in WEEKDAYS:
            j -= 1  # "Serbia on Tuesday demanded"
    stop = j + 1
    if j < floor:
        return None
    if tokens[j].word == ",":
        return _appositive(tokens, j, floor)
    if tokens[j].word == ")":
        k = j
        while k > floor and tokens[k].word != "(":
            k -= 1
        inner = phrase_before(tokens, k, floor)
        return (inner[0], stop) if inner else None
    while j >= floor:
        token = tokens[j]
        if token.tag == "P":
            if token.word in ("who", "which") or j + 1 == stop:
                j -= 1
                break
            j -= 1
            continue
        if token.tag in _PHRASE:
            j -= 1
            continue
        if token.word == ")":  # "the Free Valley Front (FVF) said"
            opening = j
            while opening > floor and tokens[opening].word != "(" and j - opening < 12:
                opening -= 1
            if tokens[opening].word == "(" and opening > floor:
                j = opening - 1
                continue
        if (
            token.tag == "C"
            and token.word in ("and", "or")
            and j - 1 >= floor
            and tokens[j - 1].tag in "NM'#"
        ) and _plain_phrase(tokens, j, floor):
            j -= 1
            continue
        if token.tag == '"' and j - 1 >= floor and tokens[j - 1].tag in "NMADI":
            j -= 1
            continue
        if token.tag == "T" and j - 1 >= floor and tokens[j - 1].tag in "NM":
            j -= 1
            continue
        if (
            token.tag == "V"
            and token.form == "base"
            and j - 2 >= floor
            and tokens[j - 1].tag == "T"
            and tokens[j - 2].word in _TAKES_TO
        ):
            j -= 2
            continue
        break
    start = j + 1
    while start < stop and (tokens[start].tag in "R'" or (tokens[start].tag == '"')):
        start += 1
    if start >= stop:
        return None
    if tokens[start].tag == "I" and stop - start > 2:
        start = _after_intro(tokens, start, stop)
    if all(tokens[k].tag in "IRT'" for k in range(start, stop)):
        return None
    return start, stop


def _after_intro(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Skip "In Geneva" in "In Geneva the minister said"; keep it if nothing follows."""
    for k in range(start + 1, stop):
        if tokens[k].tag in "DP" and k > start + 1 and tokens[k - 1].tag in "NM#":
            return k
    return start + 1 if tokens[start].tag == "I" else start


def _plain_phrase(tokens: Sequence[Token], conj: int, floor: int) -> bool:
    """Tell whether "A and" joins two noun phrases: no verb stands before A in its clause."""
    k = conj - 1
    while k >= floor:
        tag = tokens[k].tag
        if tag in "VXG":
            return False
        if tag in ".,SQ":
            return True
        k -= 1
    if floor == 0:
        return True
    # right after a verb: "said A and B agreed", but "left A and B agreed"
    classes = lexicon().classes.get(tokens[floor - 1].lemma, frozenset())
    clausal = bool(classes & {"report", "belief", "evidence", "request"})
    return clausal and not any(t.tag in "IRT" for t in tokens[floor:conj])


def _appositive(tokens: Sequence[Token], comma: int, floor: int) -> tuple[int, int] | None:
    """Return the phrase before a pair of commas that ends at ``comma``."""
    k = comma - 1
    depth = 0
    commas: list[int] = []
    floor = max(floor, comma - 60)
    while k >= floor:
        token = tokens[k]
        if token.tag in (".", "Q"):
            break
        if token.word == ")":
            depth += 1
        elif token.word == "(":
            depth -= 1
        elif token.word == "," and depth == 0:
            commas.append(k)
        k -= 1
    for opening in commas:
        inside = tokens[opening + 1 : comma]
        if len(inside) > 40 or not inside:
            break
        head = phrase_before(tokens, opening, floor) if tokens[opening - 1].word != "," else None
        if head is not None and inside[0].tag in "DNMASPIRG#":
            if inside[0].tag == "S" and inside[0].word in ("that", "because"):
                continue
            return head[0], comma
    return None


_NEGATIVE_SUBJECTS = frozenset(["neither", "none", "no", "nobody", "nothing"])


def _find_subject(tokens: Sequence[Token], groups: list[Group], number: int, group: Group) -> None:
    _assign_subject(tokens, groups, number, group)
    own = group.subject is not None and not group.inherited and group.finite
    if own and group.subject and tokens[group.subject[0]].word in _NEGATIVE_SUBJECTS:
        group.negative = True


def _assign_subject(
    tokens: Sequence[Token], groups: list[Group], number: int, group: Group
) -> None:
    first = group.first
    earlier = groups[max(0, number - 24) : number]
    if group.subject is not None:
        return
    if first and tokens[first - 1].word == "there":
        group.subject = (first - 1, first)
        return
    if not group.finite:
        if group.passive and group.first == group.verb:
            group.subject = _bare_phrase(tokens, first)
            return
        _controller(tokens, earlier, group)
        return
    j = first - 1
    while j >= 0 and tokens[j].tag == "R":
        j -= 1
    if j >= 0 and tokens[j].tag == "C" and earlier:
        owner = _coordinated_with(earlier, group)
        group.subject = owner.subject
        group.inherited = True
        return
    if j >= 1 and tokens[j].word in ("who", "which", "that") and tokens[j - 1].tag in "NM,#'":
        place = j if tokens[j - 1].word != "," else j - 1
        found = phrase_before(tokens, place)
        if found:
            group.subject = found
            return
    floor = 0
    for other in earlier:
        if other.finite and other.last < first:
            floor = max(floor, other.last + 1)
    found = phrase_before(tokens, first, floor)
    if found is None and floor:
        found = phrase_before(tokens, first, 0)
    if found is None and earlier and (j < 0 or tokens[j].tag in ",C"):
        group.subject = _coordinated_with(earlier, group).subject
        group.inherited = True
        return
    group.subject = found


_SPEECH = frozenset(["report", "intent", "request", "stance", "belief"])


def _bare_phrase(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """Return the noun phrase just before ``end``, without what it depends on."""
    start = end
    while start > 0 and tokens[start - 1].tag in "NMA#'":
        start -= 1
    if start > 0 and start < end and tokens[start - 1].tag == "D":
        start -= 1
    return (start, end) if start < end else None


def _coordinated_with(earlier: list[Group], group: Group) -> Group:
    classes = lexicon().classes
    if classes.get(group.lemma, frozenset()) & _SPEECH and not group.modal:
        for other in reversed(earlier):
            speech = classes.get(other.lemma, frozenset()) & _SPEECH
            if other.finite and other.subject and speech and not other.modal:
                return other
    for other in reversed(earlier):
        if other.finite and other.subject and bool(other.modal) == bool(group.modal):
            return other
    for other in reversed(earlier):
        if other.finite and other.subject:
            return other
    return earlier[-1]


def _controller(tokens: Sequence[Token], earlier: list[Group], group: Group) -> None:
    """Give an infinitive or -ing form the subject of the verb that governs it."""
    group.inherited = True
    j = group.first - 1
    own = j >= 0 and tokens[j].tag in "NMP" and tokens[j].word not in ("who", "which")
    if group.modal == "to" and own and earlier:
        governor = earlier[-1]
        requests = lexicon().classes.get(governor.lemma, frozenset())
        if "request" in requests and governor.last < j and "intent" not in requests:
            group.subject = (governor.last + 1, j + 1)
            return
    before_comma = j >= 0 and tokens[j].tag in ",C"
    for other in reversed(earlier):
        if other.finite and other.subject:
            group.subject = other.subject
            if not before_comma or not other.inherited:
                return
    if earlier and group.subject is None:
        group.subject = earlier[-1].subject
    if group.subject is None and group.form == "ing":
        # "Citing the vote, the minister said": the subject comes after the comma
        return


def _phrase_at(tokens: Sequence[Token], k: int) -> bool:
    """Tell whether a noun phrase, not an infinitive, begins at ``k``."""
    return k < len(tokens) and tokens[k].tag in "DNMA#"


def noun_phrase_end(tokens: Sequence[Token], start: int, limit: int | None = None) -> int:
    """Return the index after the noun phrase that begins at token ``start``.

    The phrase takes in apposition between commas if it reaches the end of the sentence.
    """
    stop = len(tokens) if limit is None else limit
    k = start
    while k < stop:
        token = tokens[k]
        if (
            token.tag in "NMDA#'P"
            or (token.tag == "I" and token.word in ("of", "for"))
            or (
                token.tag == "I"
                and token.word in ("in", "at", "to", "from", "on", "with")
                and k > start
            )
            or (token.tag == "C" and k + 1 < stop and tokens[k + 1].tag in "NMDA#" and k > start)
            or (
                token.tag == "T"
                and k > start
                and tokens[k - 1].tag in "NM"
                and _phrase_at(tokens, k + 1)
            )
        ):
            k += 1
        elif token.word == "(":
            while k < stop and tokens[k].word != ")":
                k += 1
            k += 1
        else:
            break
    return min(k, stop)
