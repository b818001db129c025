"""One statement per position: which candidates of a sentence stand, and where each ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.reading.candidate import Candidate
from detente.reading.frames import REPORT_ONLY
from detente.reading.lexicon import lexicon
from detente.reading.tokens import Token
from detente.reading.units import Sentence

__all__ = ["select"]

_JOINS = frozenset(
    """and but or while whereas although though yet nor ; however as because""".split()
)
_FRONT = frozenset("""if unless until till once before after when should without only in""".split())


def select(sentence: Sentence, candidates: Sequence[Candidate], spoken: bool) -> list[Candidate]:
    """Return the candidates that are statements of their own, with their ends set.

    A clause inside the complement of another position only says what is wanted, refused or
    feared: it is none of its own, except a noun with another owner ("endorsed the rebels'
    demand"). Clauses joined by "and", "but", "while" each stand.
    """
    tokens = sentence.tokens
    limit = _limit(tokens)
    kept: list[Candidate] = []
    for candidate in candidates:
        if candidate.start >= limit or candidate.cue >= limit:
            continue
        candidate.stop = limit
        outer = _outer(tokens, kept, candidate)
        if outer is not None:
            if candidate.kind == "noun" and _other_owner(tokens, outer, candidate):
                candidate.nested = True
            else:
                continue
        kept.append(candidate)
    kept = _split_examples(tokens, kept)
    _set_ends(sentence, kept, limit)
    for candidate in kept:
        _extend_front(tokens, candidate, kept)
    return [c for c in kept if c.stop > c.start]


def _limit(tokens: Sequence[Token]) -> int:
    end = len(tokens)
    while end and tokens[end - 1].tag in '.",':
        end -= 1
    return end


def _outer(
    tokens: Sequence[Token], kept: Sequence[Candidate], candidate: Candidate
) -> Candidate | None:
    """Return the candidate in whose complement this one stands, if any."""
    for other in reversed(kept):
        if other.cue >= candidate.cue and other.kind != "noun":
            continue
        if other.nested or (
            other.strength == 1 and candidate.strength == 3 and not _inside(other, candidate)
        ):
            continue
        if _joined(tokens, other, candidate) or _in_subject(other, candidate):
            continue
        if other.kind == "noun" and candidate.kind != "noun":
            group = candidate.group
            whole = group.subject if group is not None else None
            if candidate.start < other.start or (
                whole is not None and whole[0] <= other.cue < whole[1]
            ):
                continue
            return other
        return other
    return None


_SAYS = REPORT_ONLY | {"think", "believe", "hope", "expect", "feel", "insist"}
_TAKES_CLAUSE = frozenset(["demand", "offer", "commitment", "threat", "threat-perception"])


def _inside(other: Candidate, candidate: Candidate) -> bool:
    return candidate.start > other.cue


def _joined(tokens: Sequence[Token], other: Candidate, candidate: Candidate) -> bool:
    """Tell whether the candidate is a clause beside the other one, not inside it."""
    j = candidate.start - 1
    while j >= 0 and (
        tokens[j].tag == "R" or tokens[j].word in ("that", "also", "first") or tokens[j].tag == '"'
    ):
        j -= 1
    same = candidate.subject == other.subject and candidate.subject is not None
    if candidate.kind == "noun":
        between = tokens[other.content : candidate.start]
        return any(
            t.word in ("as", "because", ";", "despite") and t.tag in "SI," for t in between
        ) or (other.kind != "noun" and any(t.word in ("but", "while") for t in between))
    if j < 0:
        return False
    if candidate.kind == "danger" and any(
        t.word in ("–", ";") for t in tokens[other.content : candidate.start]
    ):
        return True
    if candidate.group is not None and candidate.group.passive and not candidate.group.finite:
        return candidate.type == "cooperation" == other.type
    if tokens[j].tag == "V" and tokens[j].lemma in _SAYS and j > 0:  # "..., but think X should"
        k = j - 1
        while k > 0 and tokens[k].tag in "RX":
            k -= 1
        return tokens[k].word in _JOINS or tokens[k].word == ","
    word = tokens[j].word
    if word == ";" or tokens[j].tag == "Q":
        return True
    group = candidate.group
    if word in _JOINS:
        if word in ("as", "because"):
            return candidate.strength == 3 and not same
        if group is not None and group.inherited and not same:
            return False
        if group is not None and group.modal == "to" and not group.finite:
            return False
        if not same and candidate.strength == 1 and other.strength == 3:
            # "demands that A leave and B should pay": still the demand, unless reported beside it
            takes = other.kind == "verb" and other.type in _TAKES_CLAUSE
            return not takes or word in (";", "but", "while", "whereas", "however")
        return True
    if word == "," and group is not None:
        if group.form == "ing" and not group.finite:
            return True
        if same and group.inherited:
            return True
        return candidate.strength == 3 and group.finite and not same
    return bool(word in ("by", "after", "while") and group is not None and group.form == "ing")


def _in_subject(other: Candidate, candidate: Candidate) -> bool:
    """Tell whether the other one is a relative clause of this one's subject."""
    group = candidate.group
    own = group.subject if group is not None else None
    return own is not None and own[0] <= other.cue < own[1] and other.kind != "noun"


def _other_owner(tokens: Sequence[Token], outer: Candidate, candidate: Candidate) -> bool:
    if candidate.subject is None:
        return False
    first = tokens[candidate.subject[0]].word
    if first in ("its", "their", "his", "her", "our", "my"):
        return False
    if outer.subject is None:
        return True
    own = {t.word for t in tokens[slice(*candidate.subject)] if t.tag in "MN"}
    theirs = {t.word for t in tokens[slice(*outer.subject)] if t.tag in "MN"}
    if outer.type in (
        "endorsement",
        "rejection",
        "accusation",
        "threat-perception",
        "cooperation",
        "commitment",
        "concession",
    ):
        return not own & theirs
    return False


def _split_examples(tokens: Sequence[Token], kept: list[Candidate]) -> list[Candidate]:
    """Split "wants steps such as A and B before C": A and B before C are positions each."""
    result: list[Candidate] = []
    for number, candidate in enumerate(kept):
        result.append(candidate)
        if candidate.type != "demand" or candidate.kind != "verb":
            continue
        end = kept[number + 1].start if number + 1 < len(kept) else candidate.stop
        order = next(
            (
                k
                for k in range(candidate.content, end)
                if tokens[k].word in ("before", "after", "until")
            ),
            None,
        )
        if order is None:
            continue
        such = next(
            (
                k
                for k in range(candidate.content, order - 1)
                if (tokens[k].word == "such" and tokens[k + 1].word == "as")
                or tokens[k].word == "including"
            ),
            None,
        )
        if such is None:
            continue
        conj = [k for k in range(such, order) if tokens[k].word == "and"]
        if not conj:
            continue
        last = replace(
            candidate, start=conj[-1] + 1, cue=conj[-1] + 1, content=conj[-1] + 1, kind="item"
        )
        candidate.kind = "example"
        result.append(last)
    return result


def _set_ends(sentence: Sentence, kept: Sequence[Candidate], limit: int) -> None:
    tokens = sentence.tokens
    for number, candidate in enumerate(kept):
        end = limit
        for other in kept[number + 1 :]:
            if _in_subject(candidate, other) and other.group and other.group.subject:
                end = min(end, other.group.subject[1])
                break
            if other.nested or other.start <= candidate.cue:
                continue
            end = min(end, _before_join(tokens, other.start))
            break
        if candidate.kind == "noun" and not candidate.nested:
            end = min(end, _noun_end(sentence, candidate, end))
        end = _tail(sentence, candidate, end)
        candidate.stop = max(end, min(candidate.cue + 1, limit))
    for candidate in kept:
        if candidate.nested:
            parents = [c for c in kept if not c.nested and c.start <= candidate.start < c.stop]
            if parents:
                candidate.stop = min(candidate.stop, parents[-1].stop)


_LEADS = frozenset(
    """by that also only even has first then – which was is in at during with after if
    unless""".split()
)


def _before_join(tokens: Sequence[Token], start: int) -> int:
    j = start
    while j > 0 and (
        tokens[j - 1].word in _JOINS
        or tokens[j - 1].tag in ',"'
        or tokens[j - 1].word in _LEADS
        or (tokens[j - 1].lemma in _SAYS and tokens[j - 1].tag == "V")
    ):
        j -= 1
    return j


def _noun_end(sentence: Sentence, candidate: Candidate, end: int) -> int:
    """End a noun phrase at the verb of the clause that it is the subject of."""
    tokens = sentence.tokens
    that = tokens[candidate.content - 1].word == "that"
    for group in sentence.groups:
        if group.first > candidate.content and group.finite and group.first < end:
            before = tokens[group.first - 1]
            own = group.subject is not None and group.subject[0] <= candidate.cue
            if own and not group.inherited:
                return group.first
            if not that and before.tag not in "S" and before.word not in ("who", "which", "that"):
                inner = (
                    group.subject is not None
                    and group.subject[0] > candidate.content
                    and tokens[group.subject[0] - 1].tag == "S"
                )
                if not inner:
                    return group.first
    return end


def _tail(sentence: Sentence, candidate: Candidate, end: int) -> int:
    """Cut "..., officials said", an unrelated clause after a dash, and a following quotation."""
    tokens = sentence.tokens
    for k in range(candidate.cue + 1, end):
        if tokens[k].tag == "Q" or tokens[k].word == ";":
            end = k
            break
        if tokens[k].word == "according" and k + 1 < len(tokens) and tokens[k + 1].tag == "T":
            end = k
            break
        if (
            tokens[k].word == "as"
            and k + 1 < end
            and tokens[k + 1].form in ("past", "pp")
            and tokens[k + 1].tag in "VA"
        ):
            end = k
            break
        if (
            tokens[k].word == "as"
            and k + 1 < end
            and tokens[k - 1].word != "such"
            and tokens[k - 1].tag not in "R"
            and tokens[k + 1].tag in "DMNP"
            and _clause_at(sentence, k, end)
            and candidate.kind != "noun"
            and tokens[k - 1].word not in ("same", "soon", "long")
        ):
            end = k
            break
    classes = lexicon().classes
    for group in sentence.groups:
        if (
            "report" not in classes.get(group.lemma, ())
            or not group.finite
            or group.subject is None
        ):
            continue
        if group.first <= candidate.cue or group.first >= end or group.inherited:
            continue
        comma = min(group.subject[0], group.first) - 1
        if comma > candidate.cue and tokens[comma].word == "," and len(tokens) - group.last <= 36:
            nothing = group.last + 1 >= len(tokens) or tokens[group.last + 1].tag in ".,IRDNMT"
            if nothing and comma < end:
                end = comma
                break
    for k in range(candidate.cue + 1, end):  # ", saying ...", ", which ..."
        if (
            tokens[k].word == ","
            and k + 1 < end
            and (
                tokens[k + 1].lemma in ("say", "add", "note", "tell", "argue", "cite", "claim")
                and tokens[k + 1].tag in "GN"
            )
        ):
            end = k
            break
    while end > candidate.cue + 1 and tokens[end - 1].tag in ',C."':
        end -= 1
    return end


def _clause_at(sentence: Sentence, k: int, end: int) -> bool:
    return any(
        g.first > k
        and g.first < end
        and g.finite
        and g.subject is not None
        and g.subject[0] == k + 1
        for g in sentence.groups
    )


def _extend_front(tokens: Sequence[Token], candidate: Candidate, kept: Sequence[Candidate]) -> None:
    """Take in a condition or an order at the front: "If X, Y will", "first X would"."""
    start = candidate.start
    if candidate.kind == "noun":
        return
    j = start - 1
    while j >= 0 and tokens[j].tag == "R" and tokens[j].word not in ("first", "then", "only"):
        j -= 1
    if j >= 0 and tokens[j].word == "first":
        candidate.start = j
        return
    if (
        j >= 0
        and tokens[0].word in _FRONT
        and tokens[0].word != "in"
        and kept
        and kept[0] is candidate
        and not any(t.tag in ",.Q" for t in tokens[:start])
    ):
        candidate.start = 0
        return
    if j < 0 or tokens[j].word not in (",", "then"):
        return
    floor = 0
    for other in kept:
        if other is not candidate and other.cue < candidate.cue:
            floor = max(floor, other.cue + 1)
    k = j - 1
    while k >= floor:
        word = tokens[k].word
        if (
            word in _FRONT
            and tokens[k].tag in "SRIX"
            and (
                word != "in"
                or (k + 1 < len(tokens) and tokens[k + 1].word in ("return", "exchange"))
            )
        ):
            before = tokens[k - 1] if k else None
            if (
                before is None
                or before.tag in ',C".'
                or before.word in ("that", "therefore", "only", "said")
            ):
                if before is not None and before.word == "only":
                    k -= 1
                candidate.start = k
                return
        if tokens[k].tag == "." or tokens[k].tag == "Q":
            return
        k -= 1
