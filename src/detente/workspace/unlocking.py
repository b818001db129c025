"""Search a case file for levers, within a time, and write the case as a lever changes it."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from ruamel.yaml import YAML

from detente.analysis.levers.patches import Edit, edit_in_place, joint_moves_in
from detente.analysis.levers.unlock import MOST_SINGLES, unlock
from detente.analysis.levers.unlocking import Unlocking
from detente.model.case import Case
from detente.model.errors import CaseError, Where
from detente.model.roundtrip import CaseText
from detente.workspace.budget import until
from detente.workspace.casefiles import load, load_text, loads, write_text

__all__ = ["apply_lever", "levered", "unlock_case", "unlock_file"]


def unlock_file(
    path: str,
    *,
    to: str | None = None,
    concept: str = "seq",
    sequences: str = "legal",
    size: int | None = None,
    budget: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Unlocking:
    """Search for levers.

    Args:
        path: the case file.
        to: the target, as in :func:`detente.analysis.levers.unlock.unlock`.
        concept: the solution concept.
        sequences: rule for sequences of sanctioning moves.
        size: go on to sets of up to so many changes.
        progress: called with (changed models tried, known to be ahead).
        budget: most seconds that the search may take; ``None``: no limit.
        stop: asked again and again; True ends the search as the budget does.

    Raises:
        CaseError: if the case, or what is asked of it, is not valid.
    """
    _check_size(size)
    return unlock_case(
        load(path),
        to=to,
        concept=concept,
        sequences=sequences,
        size=size,
        budget=budget,
        stop=stop,
        progress=progress,
    )


def _check_size(size: int | None) -> None:
    """Refuse a search that is not possible.

    Raises:
        CaseError: the size is below 1.
    """
    if size is not None and size < 1:
        raise CaseError(
            f"the size {size} is not possible",
            where=Where("--size"),
            rule="a set of levers has at least one change",
            hint="give a number from 1 on",
        )


def unlock_case(
    case: Case,
    *,
    to: str | None = None,
    concept: str = "seq",
    sequences: str = "legal",
    size: int | None = None,
    budget: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Unlocking:
    """Search a case for levers; arguments as in :func:`unlock_file`.

    Raises:
        CaseError: if what is asked of the case is not valid.
    """
    _check_size(size)
    over = until(budget, stop, "leave it out for a search without limit")
    return unlock(
        case,
        to=to,
        concept=concept,
        sequences=sequences,
        size=size,
        swaps=MOST_SINGLES if budget is None else None,
        stop=over,
        progress=progress,
    )


def apply_lever(path: str, result: Unlocking, number: int, to: str, words: str) -> list[str]:
    """Write the case file as one of the sets of levers changes it.

    Args:
        path: the case file that was searched.
        result: what was found.
        number: which set, counted from 1 in the order of the result.
        to: the new file; nothing is overwritten.
        words: the set in words, for the comment on the first line.

    Returns:
        What could not be written: the joint moves, which format 1 has no place for.

    Raises:
        CaseError: if there is no such set, it changes nothing in the file, or the file cannot be
            written.
    """
    text, joint = levered(load_text(path), result, number, words)
    write_text(to, text)
    return joint


def levered(text: CaseText, result: Unlocking, number: int, words: str) -> tuple[str, list[str]]:
    """Return a case file as one of the sets of levers changes it, and what it cannot say of them.

    Args:
        text: the case file that was searched.
        result: what was found.
        number: which set, counted from 1 in the order of the result.
        words: the set in words, for the comment on the first line.

    Raises:
        CaseError: if there is no such set, or it changes nothing in the file.
    """
    if not 1 <= number <= len(result.levers):
        raise CaseError(
            f"there is no set number {number}",
            where=Where("--apply"),
            rule=f"the search found {len(result.levers)}, counted from 1",
            hint="run the command without --apply to see them",
        )
    found = result.levers[number - 1]
    edits = [edit for edit in found.patch if edit.path != ("joint_moves",)]
    joint = [
        f"{', '.join(move.parties)} move together to {move.to}"
        for move in joint_moves_in(found.patch)
    ]
    if not edits:
        raise CaseError(
            f"set {number} changes nothing that a case file of format 1 can say: {words}",
            where=Where("--apply"),
            rule="joint moves and schedules are arrangements outside the model",
            hint="choose another set",
        )
    changed = _edited(text, edits)
    if loads(changed, text.source).fingerprint != found.case.fingerprint:
        raise RuntimeError(f"the edits of set {number} do not give the case that was solved")
    head = [f"# Changed by detente unlock: {words}."]
    head += [f"# Not written, because format 1 has no place for it: {note}." for note in joint]
    return "\n".join([*head, "#", changed]), joint


def _edited(before: CaseText, edits: list[Edit]) -> str:
    """Return the text of a case file with edits made, comments and order kept."""
    text = before
    try:
        for edit in edits:
            text = _edit(text, edit)
    except (_UnknownEditError, CaseError):
        return _rewritten(before.text, edits)
    return text.text


class _UnknownEditError(Exception):
    """An edit that cannot be made character by character."""


def _edit(text: CaseText, edit: Edit) -> CaseText:
    match edit.path, edit.value:
        case ("parties", party, "options", option, "moves"), str(value):
            return text.set_moves(party, option, value)
        case ("parties", party, "options", option, "moves"), list(value):
            return text.set_moves(party, option, [(start, end) for start, end in value])
        case ("parties", party, "outside"), bool(value):
            return text.set_outside(party, value)
        case ("parties", party, "preferences"), {"ranking": ranking}:
            return text.set_preferences(party, ranking=ranking)
    raise _UnknownEditError


def _rewritten(text: str, edits: list[Edit]) -> str:
    """Make edits in the parsed document, for those that touch several places at once."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 100
    document = yaml.load(text)
    edit_in_place(document, edits)
    out = StringIO()
    yaml.dump(document, out)
    return out.getvalue()
