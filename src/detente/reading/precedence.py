"""Orders that words state: what must come first, and what may only follow it."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.clauses import Group
from detente.reading.orders import OTHER_FINDERS, Order, Range, is_time, stop_of
from detente.reading.tokens import Token

__all__ = ["Order", "find_order", "opens_with_sequel"]

_HOLD = frozenset(
    """delay withhold suspend freeze block postpone defer halt hold wait stall put_off stop
    refuse reject rule_out decline oppose dismiss hold_back veto""".split()
)


_NEGATIVE = frozenset("""not n't never cannot no nothing neither nor none nobody without""".split())


_NOT_BEFORE = frozenset(
    """even just shortly long soon hours days weeks months years minutes day week month year ever
    never as well""".split()
)


_MODAL = frozenset(
    """must should shall will would can could may might to need needs has have""".split()
)


def _fronted_comma(tokens: Sequence[Token], start: int, stop: int) -> int | None:
    """Return the comma that ends a clause at the front of a sentence."""
    depth = 0
    for k in range(start, stop):
        word = tokens[k].word
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
        elif word == "," and depth == 0:
            rest = tokens[k + 1 : stop]
            if any(t.tag in "VX" for t in rest):
                return k
    return None


def find_order(
    tokens: Sequence[Token],
    start: int,
    stop: int,
    groups: Sequence[Group],
    *,
    negative: bool = False,
    earlier: Range | None = None,
    content: int | None = None,
) -> Order | None:
    """Find the order that a clause states.

    Args:
        tokens: the sentence.
        start: first token of the clause.
        stop: index after its last token.
        groups: the verb groups of the sentence.
        negative: whether the clause's own verb refuses ("refuses to sign until ...").
        earlier: the clause before it in the same sentence, for "B, but first A".
        content: where the wanted or refused thing begins, after "wants" or "that"; the first
            token of the clause if ``None``.

    Returns:
        The order, or ``None``. "not B until A", "B only after A", "B once A", "A before B",
        "first A, then B" and "no B unless A" all give A before B.
    """
    begin = start if content is None or not start <= content < stop else content
    for i in range(start, stop):
        word = tokens[i].word
        if word in (
            "until",
            "till",
            "unless",
            "before",
            "after",
            "once",
            "without",
            "pending",
            "if",
            "when",
        ):
            order = _connected(tokens, i, begin, start, stop, groups, negative)
            if order is not None:
                return order
        elif (
            word in ("prior", "ahead")
            and begin < i < stop - 1
            and tokens[i + 1].word in ("to", "of")
            and not is_time(tokens, i + 2, stop)
        ):
            end = stop_of(tokens, i + 2, stop)
            if negative or _negated(tokens, begin, i, groups):
                return Order((i + 2, end), _bare(tokens, begin, i, groups), "before", True)
            return Order((begin, i), (i + 2, end), "before", False)
    for finder in OTHER_FINDERS:
        order = finder(tokens, begin, stop, groups, earlier)
        if order is not None:
            return order
    return None


def _connected(
    tokens: Sequence[Token],
    i: int,
    begin: int,
    start: int,
    stop: int,
    groups: Sequence[Group],
    negative: bool,
) -> Order | None:
    word = tokens[i].word
    only = i > 0 and tokens[i - 1].word in ("only", "except")
    if word == "when" and not only:
        verbs = [
            g
            for g in groups
            if begin <= g.first < i
            and g.modal in ("will", "would", "'ll", "can", "shall")
            and g.lemma != "be"
        ]
        if not verbs or any(tokens[k].tag in ",." for k in range(verbs[-1].last, i)):
            return None
        if not any(g.first > i and g.finite and g.first < stop for g in groups):
            return None
    if word == "if" and not only:
        return None
    place = i + 1
    if word == "until" and place < stop and tokens[place].word in ("after", "such"):
        place += 1
    if word in ("until", "only") and place < stop and tokens[place].word == "and":
        return None
    if i and word in ("before", "after") and tokens[i - 1].word in _NOT_BEFORE and not only:
        return None
    if word in ("once",) and not (place < stop and (tokens[place].tag in "DNMPAG")):
        return None
    if word == "if" and tokens[i - 1].word == "only" and i >= 2 and tokens[i - 2].word == "if":
        return None
    lead = i - (1 if only else 0)
    if word == "without" and not (
        negative or _negated(tokens, begin, lead, groups) or lead <= begin + 1
    ):
        return None
    fronted = not any(t.tag in "NMVXPG" for t in tokens[begin:lead])
    if fronted:
        comma = _fronted_comma(tokens, place, stop)
        there = next(
            (
                k
                for k in range(place + 1, stop - 2)
                if tokens[k].word == "there" and tokens[k + 1].tag == "X"
            ),
            None,
        )
        if there is not None and (comma is None or comma > there):
            comma = there - 1 if tokens[there - 1].word == "," else None
            if comma is None:
                return Order((place, there), _bare(tokens, there, stop, groups), word, True)
        if comma is not None:
            subordinate, main = (place, comma), (comma + 1, stop)
            has_neg = _negated(tokens, *main, groups)
        elif only:  # "Only after A will B"
            verb = next(
                (g for g in groups if g.first >= place and g.modal and g.modal != "to"), None
            )
            if verb is None or verb.first >= stop:
                return None
            second = next(
                (k for k in range(verb.first, place, -1) if tokens[k].tag == "X"), verb.first
            )
            subordinate, main = (place, second), (second, stop)
            has_neg = False
        else:
            return None
        if is_time(tokens, *subordinate) or main[1] - main[0] < 2:
            return None
        prospective = _prospective(tokens, *main)
        if word == "before":
            if has_neg:
                return Order(subordinate, _bare(tokens, *main, groups), "before", True)
            return Order(main, subordinate, "before", False) if prospective else None
        if word in ("until", "till", "unless", "without"):
            return (
                Order(subordinate, _bare(tokens, *main, groups) if has_neg else main, word, True)
                if has_neg or word == "until"
                else None
            )
        if only or word in ("once", "pending") or prospective:
            if word in ("after", "once") and not only and not prospective:
                return None
            return Order(subordinate, main, word, only)
        return None
    end = stop_of(tokens, place, stop)
    if is_time(tokens, place, end) or end - place < 1:
        return None
    main = (begin, lead)
    while main[1] > main[0] and tokens[main[1] - 1].tag in ",":
        main = (main[0], main[1] - 1)
    if main[1] <= main[0]:
        return None
    has_neg = negative or _negated(tokens, start, lead, groups)
    holds = any(g.lemma in _HOLD for g in groups if start <= g.verb < lead)
    if word == "before":
        if has_neg:
            return Order((place, end), _bare(tokens, *main, groups), "before", True)
        return Order(main, (place, end), "before", False)
    if word in ("until", "till"):
        if not (has_neg or holds) and any(
            start <= g.first < lead and g.modal in ("will", "would", "'ll") for g in groups
        ):
            return Order((place, end), None, "until", True)
        if has_neg or holds:
            return Order((place, end), _bare(tokens, *main, groups), "until", True)
        return None
    if word in ("unless", "without"):
        if has_neg or holds:
            return Order((place, end), _bare(tokens, *main, groups), word, True)
        return None
    if word == "pending":
        return Order((place, end), main, word, True)
    if only or (word == "after" and has_neg is False) or word in ("once", "when"):
        if word == "after" and not only and not _prospective(tokens, start, lead):
            return None
        return Order((place, end), main, word, only)
    return None


def _prospective(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Tell whether a range speaks of what is to be, not of what was."""
    return any(
        t.word in _MODAL or t.word in ("'ll", "wants", "want", "demands")
        for t in tokens[start:stop]
    )


def _negated(tokens: Sequence[Token], start: int, stop: int, groups: Sequence[Group]) -> bool:
    if any(start <= g.verb < stop and g.negative for g in groups):
        return True
    return any(t.word in _NEGATIVE for t in tokens[start:stop])


def _bare(tokens: Sequence[Token], start: int, stop: int, groups: Sequence[Group]) -> Range:
    """Return what is refused, without the refusing words: "open the pass"."""
    for group in groups:
        if start <= group.first < stop and group.negative and group.verb < stop:
            if group.lemma == "be" or tokens[group.verb].tag == "X":
                break
            return group.verb, stop
    for k in range(start, stop):
        if tokens[k].word in ("no", "nor", "neither", "any") and k + 1 < stop:
            return k + 1, stop
    for group in groups:  # "refuses to sign", "ruled out talks"
        if start <= group.verb < stop and group.lemma in _HOLD and group.last + 1 < stop:
            k = group.last + 1
            if tokens[k].tag == "T" and k + 1 < stop:
                k += 1
            return k, stop
    k = start
    while k < stop and tokens[k].tag in "TC,":
        k += 1
    return (k, stop) if k < stop else (start, stop)


_SEQUELS = (
    ("only", "then"), ("then",), ("after", "that"), ("afterwards",), ("thereafter",),
    ("only", "after", "that"), ("once", "that"), ("after", "this"), ("next",),
)  # fmt: skip


def opens_with_sequel(tokens: Sequence[Token]) -> int:
    """Return how many tokens of "Then", "Only then", "After that" open a sentence; 0 if none."""
    k = 0
    while k < len(tokens) and tokens[k].tag in 'C"':
        k += 1
    words = [t.word for t in tokens[k : k + 3]]
    for sequel in _SEQUELS:
        if tuple(words[: len(sequel)]) == sequel:
            following = tokens[k + len(sequel)] if k + len(sequel) < len(tokens) else None
            if following is not None and (following.tag in ",PDMNX" or len(sequel) > 1):
                return k + len(sequel)
    return 0
