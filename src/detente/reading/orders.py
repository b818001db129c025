"""Orders stated by words other than a conjunction: "first", "depends on", "no A, no B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.clauses import Group
from detente.reading.tokens import Token

__all__ = ["OTHER_FINDERS", "Order", "Range", "is_time", "stop_of"]

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of two things, as token ranges.

    Attributes:
        before: what must come first.
        after: what may only follow it; ``None`` if the words do not say.
        connector: the words that state the order.
        strict: whether they make one thing wait for the other ("only after", "not until").
    """

    before: Range
    after: Range | None
    connector: str
    strict: bool


_TIME_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december dawn dusk noon midnight nightfall
    then now morning afternoon evening night winter summer spring autumn fall ramadan
    christmas easter week weeks month months year years day days hour hours minutes end
    deadline tomorrow today yesterday weekend late early long yet mid-year 's""".split()
)


_SEASONS = frozenset("winter summer spring autumn night dawn dusk".split())
_SMALL = frozenset("""the a an of next this last in on at that and by its it""".split())


def is_time(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Tell whether a range is only a date or a time of day."""
    words = [t for t in tokens[start:stop] if t.tag not in '.,"']
    if not words:
        return True
    head = [t for t in words[:6] if t.word not in _SMALL]
    if not head:
        return True
    verbs = any(t.tag in "VX" for t in words)
    if head[0].tag == "#" and not verbs:
        return True
    return head[0].word in _TIME_WORDS and (not verbs or head[0].word in _SEASONS)


def stop_of(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Return where the subordinate clause that begins at ``start`` ends, at the latest ``stop``."""
    for k in range(start, stop):
        token = tokens[k]
        if token.word == ";" or token.tag == "Q" or token.word in ("–", ":"):
            return k
        if token.word == "," and k + 1 < stop:
            following = tokens[k + 1]
            if following.word in (
                "but",
                "while",
                "whereas",
                "although",
                "though",
                "which",
                "according",
                "saying",
                "adding",
                "warning",
            ):
                return k
            if following.word == "and" and any(t.tag in "VX" for t in tokens[k + 2 : k + 7]):
                return k
            if following.tag == "G":
                return k
        if token.word == "but" and k > start:
            return k
    return stop


def _no_no(
    tokens: Sequence[Token], start: int, stop: int, groups: Sequence[Group], earlier: Range | None
) -> Order | None:
    """Handle "no A, no B"."""
    if tokens[start].word != "no":
        return None
    for k in range(start + 2, stop - 1):
        if tokens[k].tag == "," and tokens[k + 1].word == "no":
            return Order((start + 1, k), (k + 2, stop), "no", True)
        if tokens[k].tag in "VX":
            return None
    return None


def _on_condition(
    tokens: Sequence[Token], start: int, stop: int, groups: Sequence[Group], earlier: Range | None
) -> Order | None:
    """Handle "B on condition that A", "B provided that A"."""
    for k in range(start + 1, stop - 2):
        word = tokens[k].word
        if word == "condition" and tokens[k + 1].word == "that":
            cut = k
            while cut > start and tokens[cut - 1].word in ("on", "the", "only", ","):
                cut -= 1
            if tokens[cut].word in ("on", "only", ",") and cut > start:
                return Order((k + 2, stop), (start, cut), "on condition", True)
        if word in ("provided", "providing") and tokens[k + 1].tag in "SDMPN" and k > start + 1:
            skip = k + 1 + (tokens[k + 1].word == "that")
            return Order((skip, stop), (start, k), "provided", True)
    return None


def _soon(
    tokens: Sequence[Token], start: int, stop: int, groups: Sequence[Group], earlier: Range | None
) -> Order | None:
    """Handle "as soon as", "only then", "provided that"."""
    for i in range(start, stop - 3):
        three = [t.word for t in tokens[i : i + 3]]
        if three == ["as", "soon", "as"] and i > start:
            return Order((i + 3, stop_of(tokens, i + 3, stop)), (start, i), "as soon as", False)
    return None


def _first_then(
    tokens: Sequence[Token], start: int, stop: int, groups: Sequence[Group], earlier: Range | None
) -> Order | None:
    """Handle "first A, then B", "A and only then B", "A, followed by B"."""
    for i in range(start + 1, stop - 1):
        word = tokens[i].word
        if (word in ("then", "afterwards") and tokens[i - 1].tag in ",C") or (
            word == "then" and tokens[i - 1].word == "only"
        ):
            if tokens[start].word in ("if", "when"):
                continue
            cut = i - 1
            while cut > start and (tokens[cut].tag in ",C" or tokens[cut].word == "only"):
                cut -= 1
            first = start
            while first < cut and tokens[first].word in ("first", ",", "that"):
                first += 1
            if any(t.tag in "NMVGP" for t in tokens[first : cut + 1]):
                return Order((first, cut + 1), (i + 1, stop), "then", tokens[i - 1].word == "only")
        if word == "followed" and i + 2 < stop and tokens[i + 1].word == "by":
            cut = i
            while cut > start and tokens[cut - 1].tag in ",X":
                cut -= 1
            if cut > start and not is_time(tokens, i + 2, stop):
                return Order((start, cut), (i + 2, stop), "followed by", False)
    return None


_CONDITIONAL = frozenset(
    ["conditional", "contingent", "dependent", "conditioned", "conditionally", "predicated"]
)


def _lexical(
    tokens: Sequence[Token], start: int, stop: int, groups: Sequence[Group], earlier: Range | None
) -> Order | None:
    """Handle "A must precede B", "B depends on A", "A is a condition for B"."""
    for group in groups:
        if not start <= group.verb < stop or group.last + 1 >= stop:
            continue
        after = group.last + 1
        subject = (
            group.subject if group.subject and group.subject[0] >= start else (start, group.first)
        )
        if subject[1] <= subject[0]:
            continue
        if group.lemma == "precede" or (
            group.lemma == "come" and tokens[after].word in ("before", "ahead")
        ):
            skip = after + (group.lemma == "come")
            return Order(subject, (skip, stop), "precede", True)
        if group.lemma == "follow" and group.modal in (
            "must",
            "should",
            "can",
            "would",
            "will",
            "could",
        ):
            return Order((after, stop), subject, "follow", True)
        if group.lemma in ("depend", "hinge", "rest", "rely") and tokens[after].word in (
            "on",
            "upon",
        ):
            return Order((after + 1, stop), subject, "depend on", True)
        if group.lemma in ("require", "need") and tokens[subject[0]].word == "any":
            return Order((after, stop), subject, "require", True)
    for i in range(start + 1, stop - 2):
        word = tokens[i].word
        made = next((g for g in groups if start - 4 <= g.verb < i and g.lemma == "make"), None)
        if (
            word in ("condition", "precondition", "prerequisite")
            and made is not None
            and tokens[i - 1].word in ("a", "its", "their")
            and tokens[i + 1].word in ("for", "of")
            and made.last + 1 < i - 1
        ):
            return Order((made.last + 1, i - 1), (i + 2, stop), "condition for", True)
        if word in _CONDITIONAL and tokens[i + 1].word in ("on", "upon"):
            cut = i
            while cut > start and tokens[cut - 1].tag in "XRV":
                cut -= 1
            first = start
            if cut > first:
                return Order((i + 2, stop), (first, cut), "conditional on", True)
        if word in (
            "condition",
            "precondition",
            "prerequisite",
            "preconditions",
            "requirement",
        ) and tokens[i + 1].word in ("for", "of", "to"):
            owner = next(
                (
                    g.subject
                    for g in groups
                    if start <= g.verb < i and g.subject and g.subject[0] >= start
                ),
                None,
            )
            if owner is not None:
                return Order(owner, (i + 2, stop), "condition for", True)
    return None


def _first(
    tokens: Sequence[Token], start: int, stop: int, groups: Sequence[Group], earlier: Range | None
) -> Order | None:
    """Handle "B, but first A" and "A must come first"."""
    for i in range(start, stop):
        if tokens[i].word not in ("first", "beforehand"):
            continue
        before = tokens[i - 1] if i else None
        following = tokens[i + 1] if i + 1 < stop else None
        if (
            before is not None
            and i > start
            and (before.tag in "D'#" or before.word in ("at", "for", "in"))
        ):
            continue
        if (
            following is not None
            and following.tag in "N"
            and i > start
            and before is not None
            and before.tag not in "VXC,"
        ):
            continue
        if following is not None and following.word in (
            "time",
            "round",
            "phase",
            "step",
            "stage",
            "lady",
            "minister",
            "deputy",
            "day",
            "of",
        ):
            continue
        if not any(t.tag in "VXG" or t.form for t in tokens[start:stop]):
            continue
        at_end = i >= stop - 1 or (following is not None and following.tag in ',."')
        if (
            not at_end
            and i > start
            and before is not None
            and before.tag not in "XC,S"
            and before.word not in ("that", "must", "should", "to")
        ):
            continue
        span = (i + 1, stop) if i == start else (start, i) if at_end else (start, stop)
        if span[1] - span[0] < 2:
            continue
        return Order(span, earlier, "first", True)
    return None


OTHER_FINDERS = (_no_no, _on_condition, _soon, _first_then, _lexical, _first)
"""Finders of orders, in the order in which they are tried."""
