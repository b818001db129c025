"""Put the model's proposals beside the statements of the other readers.

Rules and tagger have been measured, no model has: a model may confirm, fill a gap and add, but
it never overrules. What it says against a statement of the others is rejected and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.reading.actors import AUTHOR
from detente.reading.frames import UNNAMED
from detente.reading.model.answers import Proposal
from detente.reading.results import Statement
from detente.reading.text import Document

__all__ = ["MODEL", "Joined", "join"]

MODEL = "model"
"""What ``extractor`` calls a language model."""

_AGREE = 0.5  # as for the tagger
_COVERED = 0.8
_CONFIDENCE = 0.5  # of a statement that a model alone has found


@dataclass(frozen=True, slots=True)
class Joined:
    """Statements of all readers.

    Attributes:
        statements: in order of their spans, numbered.
        confirmed: how many of the others' statements the model has found too.
        added: how many it alone has found.
    """

    statements: tuple[Statement, ...]
    confirmed: int
    added: int


def join(
    document: Document,
    statements: Sequence[Statement],
    proposals: Sequence[Proposal],
    rejected: Counter[str],
) -> Joined:
    """Return the statements of the other readers and of the model together.

    Args:
        document: the text.
        statements: those of rules and tagger.
        proposals: the model's.
        rejected: counts the proposals that do not go with what is there.
    """
    board = list(statements)
    confirmed: set[int] = set()
    known = len(board)
    for proposal in sorted(proposals, key=lambda p: (p.start, -p.end)):
        run_together = _run_together(board[:known], proposal)
        if run_together:
            confirmed.update(run_together)
            continue
        share, place = max(
            ((_share(item, proposal), k) for k, item in enumerate(board)), default=(0.0, -1)
        )
        if share >= _AGREE:
            if place >= known or place in confirmed:
                rejected["given-twice"] += 1
                continue
            confirmed.add(place)
            board[place] = _filled(board[place], proposal)
            continue
        outer = [item for item in board if _overlap(item, proposal)]
        if outer and not all(_holds(item, proposal) for item in outer):
            rejected["overlaps"] += 1
            continue
        board.append(_made(document, proposal, nested=bool(outer)))
    for place in confirmed:
        board[place] = replace(board[place], extractor=f"{board[place].extractor}+{MODEL}")
    return Joined(_numbered(board), len(confirmed), len(board) - known)


def _overlap(item: Statement, proposal: Proposal) -> int:
    return max(0, min(item.end, proposal.end) - max(item.start, proposal.start))


def _share(item: Statement, proposal: Proposal) -> float:
    both = _overlap(item, proposal)
    whole = max(item.end, proposal.end) - min(item.start, proposal.start)
    return both / whole if both else 0.0


def _run_together(board: Sequence[Statement], proposal: Proposal) -> list[int]:
    """Return the statements that one proposal holds together: "demands A but refuses B"."""
    inside = [
        k
        for k, item in enumerate(board)
        if item.nested_in is None and proposal.start <= item.start and item.end <= proposal.end
    ]
    covered = sum(board[k].end - board[k].start for k in inside)
    many = len(inside) > 1 and covered >= _COVERED * (proposal.end - proposal.start)
    return inside if many else []


def _holds(outer: Statement, proposal: Proposal) -> bool:
    """Tell whether a proposal is another's position inside a statement: "backed X's demand"."""
    return (
        outer.start <= proposal.start
        and proposal.end <= outer.end
        and bool(proposal.actors)
        and not set(proposal.actors) & set(outer.actors)
    )


def _filled(item: Statement, proposal: Proposal) -> Statement:
    """Fill what the other readers left open, if the model takes it for the same position."""
    if item.type != proposal.type:
        return item
    unordered = item.before is None
    unnamed = item.speaker == UNNAMED and proposal.speaker != AUTHOR
    return replace(
        item,
        speaker=proposal.speaker if unnamed else item.speaker,
        actors=item.actors or proposal.actors,
        targets=item.targets or proposal.targets,
        before=proposal.before if unordered else item.before,
        after=proposal.after if unordered else item.after,
    )


def _made(document: Document, proposal: Proposal, *, nested: bool) -> Statement:
    return Statement(
        id="",
        doc=document.name,
        start=proposal.start,
        end=proposal.end,
        text=document.text[proposal.start : proposal.end],
        type=proposal.type,
        speaker=proposal.speaker,
        actors=proposal.actors,
        targets=proposal.targets,
        before=proposal.before,
        after=proposal.after,
        attribution=proposal.attribution,
        quoted=proposal.quoted,
        nested_in="" if nested else None,
        confidence=_CONFIDENCE,
        sentence=proposal.sentence,
        extractor=MODEL,
    )


def _numbered(board: Sequence[Statement]) -> tuple[Statement, ...]:
    """Number the statements anew; each nested one names the smallest that holds it."""
    ordered = sorted(board, key=lambda s: (s.start, -s.end, s.type))
    ids = [f"s{k}" for k in range(1, len(ordered) + 1)]
    old = {item.id: new for item, new in zip(ordered, ids, strict=True) if item.id}
    made: list[Statement] = []
    for k, item in enumerate(ordered):
        parent = item.nested_in
        if parent:
            parent = old.get(parent)
        elif parent == "":
            holding = [
                (ordered[n].end - ordered[n].start, ids[n])
                for n in range(k)
                if ordered[n].start <= item.start and item.end <= ordered[n].end
            ]
            parent = min(holding)[1] if holding else None
        made.append(replace(item, id=ids[k], nested_in=parent))
    return tuple(made)
