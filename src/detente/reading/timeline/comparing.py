"""When a position has shifted, and when two statements contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from detente.reading.timeline.types import Contradiction, Direction, Entry, Shift, What

__all__ = ["contradictions_of", "days_of", "opposed", "shifts_of"]

SUPPORT = ("for", "promised")


def days_of(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the stated entries that have a date of publication, day by day.

    Args:
        entries: the entries of one line, in order.
    """
    dated = (entry for entry in entries if entry.dated and entry.stated)
    return [list(day) for _, day in groupby(dated, key=lambda entry: entry.date)]


def shifts_of(days: Sequence[Sequence[Entry]]) -> tuple[Shift, ...]:
    """Return the shifts of one line.

    A shift lies between two successive dates on which a party speaks of a deed:

    - its *stance* changes, on the scale against < threatened, conditional < for, promised < done:
      up is ``towards`` the deed being done, down ``away`` from it. ``for`` and ``promised`` are one
      place, so are ``threatened`` and ``conditional``. What takes nothing back is no shift: a
      promise after a deed that is done, or ``against`` in full after ``for`` in part;
    - or, at the same place of the scale, its *degree* does: from part to full is ``towards``, from
      full to part ``away``; of refusals too, since to refuse the whole only is to refuse less than
      to refuse a part;
    - or it stays ``conditional`` and none of its *conditions* is the same.

    Of a date with several stances every one must differ in the same direction from every one of
    the other date: a party that takes all sides on one day has shifted nowhere.

    Args:
        days: the entries, as from :func:`days_of`.
    """
    found = []
    for earlier, later in pairwise(days):
        if later[0].date.startswith(earlier[0].date):  # "2020-02", "2020-02-11": order unknown
            continue
        change = _change(earlier, later)
        if change is not None:
            found.append(Shift(earlier[-1], later[0], *change))
    return tuple(found)


def _change(
    earlier: Sequence[Entry], later: Sequence[Entry]
) -> tuple[What, Direction | None] | None:
    before, after = [e.rank for e in earlier], [e.rank for e in later]
    if max(before) < min(after):
        return "stance", "towards"
    if min(before) > max(after):
        kept = any(_takes_nothing_back(one, other) for one in earlier for other in later)
        return None if kept else ("stance", "away")
    if len({*before, *after}) > 1:
        return None
    refused = {e.undone or e.stance == "against" for e in (*earlier, *later)}
    first_degree, second_degree = {e.degree for e in earlier}, {e.degree for e in later}
    if len(refused) == 1 and (first_degree, second_degree) == ({"part"}, {"full"}):
        return "degree", "towards"
    if len(refused) == 1 and (first_degree, second_degree) == ({"full"}, {"part"}):
        return "degree", "away"
    if any(e.stance != "conditional" for e in (*earlier, *later)):
        return None
    first = {(c, e.undone) for e in earlier for c in e.conditions}
    second = {(c, e.undone) for e in later for c in e.conditions}
    return ("condition", None) if first.isdisjoint(second) else None


def _takes_nothing_back(one: Entry, other: Entry) -> bool:
    return (one.stance == "done" and other.stance in SUPPORT) or _part_of_whole(one, other)


def _part_of_whole(one: Entry, other: Entry) -> bool:
    """Tell whether one is for a part and the other against the whole: both can be meant."""
    some, all_of_it = one.rank > 0 and one.degree == "part", other.degree == "full"
    return some and all_of_it and other.stance == "against"


def opposed(one: Entry, other: Entry) -> bool:
    """Tell whether two entries of one line contradict each other.

    One is ``for`` the deed or promises it, the other is ``against`` it, both in so many words
    (:attr:`.Entry.stated`) and in different statements of the same date; where the date of
    publication is unknown, of the same document. There is no contradiction between a part and the
    whole (for some, against all), nor with what is conditional or threatened: that hangs on others.
    Nor with what is ``done``: a text that reports a concession mostly tells of the refusal that it
    ends.
    """
    if one.statement == other.statement or one.dated != other.dated:
        return False
    if not (one.stated and other.stated):
        return False
    same = one.date == other.date if one.dated else one.doc == other.doc
    for a, b in ((one, other), (other, one)):
        if a.stance in SUPPORT and b.stance == "against":
            return same and not _part_of_whole(a, b)
    return False


def contradictions_of(entries: Sequence[Entry]) -> tuple[Contradiction, ...]:
    """Return the contradictions of one line: one for each date, or document without a date.

    Of several pairs, one of one speaker is shown, else one of one document, else the first; the
    other statements are listed with it.

    Args:
        entries: the entries of one line, in order.
    """
    moments: dict[tuple[bool, str], list[Entry]] = {}
    for entry in entries:
        moments.setdefault((entry.dated, entry.date if entry.dated else entry.doc), []).append(
            entry
        )
    found = []
    for moment in moments.values():
        support = [entry for entry in moment if entry.stance in SUPPORT]
        refusal = [entry for entry in moment if entry.stance == "against"]
        pairs = [(a, b) for a in support for b in refusal if opposed(a, b)]
        if not pairs:
            continue
        a, b = min(pairs, key=_distance)
        involved = {id(entry) for pair in pairs for entry in pair} - {id(a), id(b)}
        further = tuple(entry for entry in moment if id(entry) in involved)
        found.append(Contradiction(a, b, further))
    return tuple(found)


def _distance(pair: tuple[Entry, Entry]) -> tuple[bool, bool]:
    a, b = pair
    return a.speaker != b.speaker, a.doc != b.doc
