"""Edit a case under work: one thing at a time, explained, kept at once, with undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.analysis.swapping import swap, swapped_tiers
from detente.engine.compile import compile_case
from detente.model import structure
from detente.model.errors import CaseError, Where
from detente.model.parts import Priorities, Ranking
from detente.model.patching_preferences import Stated
from detente.model.roundtrip import CaseText
from detente.report.editing import edit_words, swap_words
from detente.store import ConflictError, Store
from detente.store.cases import KeptCase, add, append, case
from detente.workspace.casefiles import MOST_BYTES
from detente.workspace.casework import text_of_case, words_of
from detente.workspace.desk import Desk, key_of

__all__ = ["Edited", "applied", "edit_case", "edited_scenario", "swap_of"]


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of an edit.

    Attributes:
        kept: the case after it.
        changed: whether anything changed.
        words: what changed, in sentences.
        party: the party whose preferences it is about, if any.
    """

    kept: KeptCase
    changed: bool
    words: tuple[str, ...]
    party: str | None


def edit_case(desk: Desk, store: Store, id: str, base: int, edit: Mapping[str, Any]) -> Edited:
    """Make one edit; it is kept at once, or nothing is.

    Args:
        desk: the desk.
        store: the workspace.
        id: the case.
        base: number of the version that was edited.
        edit: ``kind`` and what belongs to it, as ``docs/reference/api.md`` lists them.

    Raises:
        ConflictError: the case has another version now.
        UnknownError: there is no such case.
        CaseError: the model refuses the edit.
    """
    kept = case(store, id)
    if kept.version != base:  # before anything is computed from the wrong text
        append(store, id, base, "", what="", by=desk.by)
        raise ConflictError("the case has changed meanwhile")
    old = text_of_case(desk, kept)
    new, words = _explained(desk, old, edit)
    if new.text != kept.text:
        kept = append(store, id, base, new.text, what=words[0], by=desk.by)
    return Edited(kept, new.text != old.text, words, _party(edit, new))


def edited_scenario(
    desk: Desk, store: Store, id: str, edit: Mapping[str, Any], name: str | None = None
) -> Edited:
    """Make one edit in a copy of a case, as a scenario of it.

    Raises:
        UnknownError: there is no such case.
        CaseError: the model refuses the edit.
    """
    kept = case(store, id)
    old = text_of_case(desk, kept)
    new, words = _explained(desk, old, edit)
    made = add(
        store,
        name or f"{kept.name}: {words[0].removesuffix('.')}"[:200],
        new.text,
        origin="scenario",
        what=words[0],
        by=desk.by,
        scenario_of=kept.num,
    )
    return Edited(made, new.text != old.text, words, _party(edit, new))


def _explained(
    desk: Desk, old: CaseText, edit: Mapping[str, Any]
) -> tuple[CaseText, tuple[str, ...]]:
    new, told = applied(old, edit)
    if len(new.text) > MOST_BYTES:
        raise CaseError(
            f"the case file would be larger than {MOST_BYTES // 2**20} MiB",
            rule="a case file is text that people read",
            hint="use priorities instead of very long rankings",
        )
    if new.text == old.text:
        return new, ("Nothing changed.",)
    compile_case(new.case)  # checks the states and the rankings
    desk.remember("text", key_of(new.text), lambda: new)
    words = words_of(desk, old.case), words_of(desk, new.case)
    return new, tuple(edit_words(old.case, new.case, told, words))


def _party(edit: Mapping[str, Any], text: CaseText) -> str | None:
    party = edit.get("party")
    return party if isinstance(party, str) and party in text.case.party_ids else None


def swap_of(desk: Desk, kept: KeptCase, party: str, upper: str, lower: str) -> dict[str, Any]:
    """Return which priority would have to be added to swap two states, with its words.

    Raises:
        CaseError: there is none, for a reason that the message gives.
    """
    case = text_of_case(desk, kept).case
    found = swap(case, party, upper, lower)
    return {
        "statement": found.statement,
        "index": found.index,
        "words": swap_words(case, party, found),
        "moved": found.moved,
        "exact": found.moved == 1,
    }


def applied(text: CaseText, edit: Mapping[str, Any]) -> tuple[CaseText, Mapping[str, Any]]:
    """Return the edited file, and the edit with what it came to.

    Raises:
        CaseError: the model refuses the edit.
    """
    kind = edit["kind"]
    if kind == "swap_states":
        return _swapped(text, edit)
    make = _EDITS.get(kind)
    if make is None:
        raise CaseError(
            f"there is no edit '{kind}'",
            rule=f"edits are {', '.join([*_EDITS, 'swap_states'])}",
            hint="see the reference of the interface",
        )
    return make(text, edit), edit


def _title(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    return text.set_title(edit["title"])


def _status_quo(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    if edit.get("levels") is not None:
        return text.set_status_quo(edit["levels"])
    return text.set_status_quo(edit.get("state"))


def _stated(clause: Mapping[str, Any]) -> Stated:
    evidence = clause.get("evidence")
    statement: str = clause["statement"]
    return statement if evidence is None else (statement, evidence)


def _priorities(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    return text.set_preferences(
        edit["party"], priorities=[_stated(clause) for clause in edit["clauses"]]
    )


def _present(text: CaseText, party: str) -> list[Stated]:
    """Return a party's priorities as they are."""
    preferences = text.case.party(party).preferences
    if preferences is None:
        return []
    if not isinstance(preferences, Priorities):
        raise CaseError(
            f"{text.case.party(party).name} has no list of priorities",
            where=Where(text.source),
            rule="its preferences are a ranking or weights",
            hint="change these, or give it priorities instead",
        )
    return [(clause.text, clause.evidence) for clause in preferences.clauses]


def _check_index(index: int, count: int, what: str) -> None:
    if not 0 <= index < count:
        raise CaseError(
            f"there is no {what} {index}",
            rule=f"places count from 0; there are {count}",
            hint="look at the present list",
        )


def _move_clause(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    clauses = _present(text, edit["party"])
    for end in ("from", "to"):
        _check_index(edit[end], len(clauses), "priority")
    clauses.insert(edit["to"], clauses.pop(edit["from"]))
    return text.set_preferences(edit["party"], priorities=clauses)


def _drop_clause(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    clauses = _present(text, edit["party"])
    _check_index(edit["index"], len(clauses), "priority")
    del clauses[edit["index"]]
    return text.set_preferences(edit["party"], priorities=clauses)


def _add_clause(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    clauses = _present(text, edit["party"])
    _check_index(edit["index"], len(clauses) + 1, "place")
    clauses.insert(edit["index"], _stated(edit))
    return text.set_preferences(edit["party"], priorities=clauses)


def _swapped(text: CaseText, edit: Mapping[str, Any]) -> tuple[CaseText, Mapping[str, Any]]:
    party, upper, lower = edit["party"], edit["upper"], edit["lower"]
    if isinstance(text.case.party(party).preferences, Ranking):
        tiers = swapped_tiers(text.case, party, upper, lower)
        return text.set_preferences(party, ranking=_tiers(tiers)), edit
    found = swap(text.case, party, upper, lower)
    adding = {**edit, "index": found.index, "statement": found.statement}
    return _add_clause(text, adding), adding


def _tiers(tiers: Sequence[Sequence[str]]) -> list[str | Sequence[str]]:
    return [tier[0] if len(tier) == 1 else tier for tier in tiers]


def _ranking(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    return text.set_preferences(edit["party"], ranking=_tiers(edit["tiers"]))


def _weights(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    weights: dict[str, float] = {}
    for item in edit["weights"]:
        statement = " ".join(item["statement"].split())
        if statement in weights:
            raise CaseError(
                f"the statement '{statement}' has two weights",
                rule="a statement has one weight",
                hint="add them up",
            )
        weights[statement] = item["weight"]
    return text.set_preferences(edit["party"], weights=weights)


def _party_edit(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    text.case.party(edit["id"])
    if edit.get("name") is not None:
        text = structure.rename_party(text, edit["id"], edit["name"])
    if edit.get("outside") is not None:
        text = text.set_outside(edit["id"], edit["outside"])
    return text


def _add_party(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    return structure.add_party(text, edit["id"], edit.get("name"))


def _remove_party(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    return structure.remove_party(text, edit["id"])


def _option_edit(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    key = edit["key"]
    if edit.get("name") is not None:
        text = structure.rename_option(text, key, edit["name"])
    if edit.get("levels") is not None:
        text = structure.set_levels(text, key, edit["levels"])
    if edit.get("moves") is not None:
        party, _, option = key.partition(".")
        moves = edit["moves"]
        text = text.set_moves(
            party, option, moves if isinstance(moves, str) else [(a, b) for a, b in moves]
        )
    return text


def _add_option(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    return structure.add_option(
        text, edit["party"], edit["id"], edit.get("name"), edit.get("levels") or ()
    )


def _remove_option(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    return structure.remove_option(text, edit["key"])


def _infeasible(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    items = []
    for item in edit["items"]:
        evidence = item.get("evidence")
        items.append((item["statement"], None if evidence is None else tuple(evidence)))
    return structure.set_infeasible(text, items)


def _text(text: CaseText, edit: Mapping[str, Any]) -> CaseText:
    return CaseText.from_text(edit["text"], text.source)


_EDITS = {
    "title": _title,
    "status_quo": _status_quo,
    "priorities": _priorities,
    "move_clause": _move_clause,
    "drop_clause": _drop_clause,
    "add_clause": _add_clause,
    "ranking": _ranking,
    "weights": _weights,
    "party": _party_edit,
    "add_party": _add_party,
    "remove_party": _remove_party,
    "option": _option_edit,
    "add_option": _add_option,
    "remove_option": _remove_option,
    "infeasible": _infeasible,
    "text": _text,
}
