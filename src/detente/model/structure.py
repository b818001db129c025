"""Edits of a case file that change its structure: parties, options, levels.

They are made in the text, as those of :class:`~detente.model.roundtrip.CaseText` are: comments,
order and style of everything else stay. What names a party or an option that is gone is not changed
along with it, except in the status quo and in the names of states: where a preference still speaks
of it, the reader's message says where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.model.document import known_name
from detente.model.errors import CaseError, Where, quoted
from detente.model.ids import check_id
from detente.model.parts import Infeasible, Option, Party
from detente.model.patching import Patch, Sheet, Slot, Value, patched
from detente.model.roundtrip import CaseText
from detente.model.scalars import flow_list, flow_map, scalar

__all__ = [
    "add_option",
    "add_party",
    "remove_option",
    "remove_party",
    "rename_option",
    "rename_party",
    "set_infeasible",
    "set_levels",
]


def rename_party(text: CaseText, party: str, name: str) -> CaseText:
    """Return the file with another name of a party; its id stays.

    Raises:
        CaseError: there is no such party, or the name cannot stand in a file.
    """
    text.case.party(party)
    return _named(text, ("parties", party), name, "the name of a party")


def rename_option(text: CaseText, key: str, name: str) -> CaseText:
    """Return the file with another name of an option; its id stays.

    Args:
        text: the file.
        key: ``party.option``.
        name: the new name.

    Raises:
        CaseError: there is no such option, or the name cannot stand in a file.
    """
    option = _option(text, key)
    path = ("parties", option.owner, "options", option.id)
    return _named(text, path, name, "the name of an option")


def set_levels(text: CaseText, key: str, levels: Sequence[str]) -> CaseText:
    """Return the file with other levels of an option.

    Raises:
        CaseError: there is no such option, or what the levels are called or how many there are
            breaks a rule, or something in the file still names a level that is gone.
    """
    option = _option(text, key)
    if tuple(levels) == option.levels:
        return text
    sheet = _sheet(text)
    place = _place(text, sheet, "parties", option.owner, "options", option.id)
    value = Value(flow_list(scalar(level, flow=True) for level in levels))
    patches = sheet.put(place, "levels", value, after=("name",))
    return _reread(text, [*patches, *_spelt_out(text, sheet)])


def add_option(
    text: CaseText, party: str, id: str, name: str | None = None, levels: Sequence[str] = ()
) -> CaseText:
    """Return the file with one more option of a party, behind its others.

    Raises:
        CaseError: there is no such party, it has such an option, or a name breaks a rule.
    """
    owner = text.case.party(party)
    if text.case.graph is not None:
        raise _graph("an option")
    check_id(id, "option", Where(text.source))
    if any(option.id == id for option in owner.options):
        raise CaseError(
            f"{quoted(party)} has an option {quoted(id)} already",
            where=Where(text.source),
            rule="an option's id is unique among those of its party",
            hint="choose another id; the name may be the same",
        )
    sheet = _sheet(text)
    parts = {"name": scalar(name, flow=True)} if name else {}
    if levels:
        parts["levels"] = flow_list(scalar(level, flow=True) for level in levels)
    entry = scalar(id, flow=True)
    flow = flow_map(parts)
    place = _place(text, sheet, "parties", party)
    slot = None if place.alias else sheet.get(place.node, "options")
    if slot is not None and not slot.alias and slot.node.kind == "mapping":
        patches = sheet.insert(slot.node, entry, Value(flow))
    else:
        value = Value(f"{{{entry}: {flow}}}", (f"{entry}: {flow}",))
        patches = sheet.put(place, "options", value, after=("outside", "name"))
    return _reread(text, [*patches, *_spelt_out(text, sheet)])


def remove_option(text: CaseText, key: str) -> CaseText:
    """Return the file without an option.

    Raises:
        CaseError: there is no such option, or something in the file still speaks of it.
    """
    option = _option(text, key)
    sheet = _sheet(text)
    place = _place(text, sheet, "parties", option.owner, "options")
    patches = [*sheet.drop(place, option.id), *_spelt_out(text, sheet, {option.key})]
    return _reread(text, patches)


def add_party(text: CaseText, id: str, name: str | None = None) -> CaseText:
    """Return the file with one more party, which wants nothing and can do nothing yet.

    Raises:
        CaseError: there is one of this id, or the id breaks a rule.
    """
    check_id(id, "party", Where(text.source))
    if id in text.case.party_ids:
        raise CaseError(
            f"there is a party {quoted(id)} already",
            where=Where(text.source),
            rule="a party's id is unique",
            hint="choose another id; the name may be the same",
        )
    sheet = _sheet(text)
    place = _place(text, sheet, "parties")
    value = Value(flow_map({"name": scalar(name or id, flow=True)}))
    patches = sheet.put(place, scalar(id, flow=True), value)
    parties = (*text.case.parties, Party(id, name or id))
    return text.edited(patches, replace(text.case, parties=parties))


def remove_party(text: CaseText, party: str) -> CaseText:
    """Return the file without a party and its options.

    Raises:
        CaseError: there is no such party, or something in the file still speaks of it.
    """
    owner = text.case.party(party)
    sheet = _sheet(text)
    place = _place(text, sheet, "parties")
    gone = {option.key for option in owner.options}
    patches = [*sheet.drop(place, party), *(_spelt_out(text, sheet, gone) if gone else ())]
    return _reread(text, patches)


def set_infeasible(text: CaseText, items: Sequence[tuple[str, tuple[str, ...] | None]]) -> CaseText:
    """Return the file with exactly these items of what cannot happen.

    Args:
        text: the file.
        items: statements or patterns, each with the ids behind it; ``None``: as they are now.

    Raises:
        CaseError: one of them is neither a statement nor a pattern.
    """
    wanted = {" ".join(statement.split()): evidence for statement, evidence in items}

    def stays(item: Infeasible) -> bool:
        said = " ".join(item.text.split())
        return said in wanted and wanted[said] in (None, item.evidence)

    for item in text.case.infeasible:
        if not stays(item):
            text = text.remove_infeasible(item.text)
    there = {" ".join(item.text.split()) for item in text.case.infeasible}
    for statement, evidence in wanted.items():
        if statement not in there:
            text = text.add_infeasible(statement, evidence or ())
    return text


def _named(text: CaseText, path: tuple[str, ...], name: str, what: str) -> CaseText:
    if not name.strip() or not name.isprintable():
        raise CaseError(
            f"{quoted(name)} cannot be {what}",
            where=Where(text.source),
            rule="a name is printable text on one line",
            hint="choose another name",
        )
    sheet = _sheet(text)
    place = _place(text, sheet, *path)
    present = None if place.alias else sheet.get(place.node, "name")
    style = present.node.style if present is not None and not present.alias else ""
    patches = sheet.put(place, "name", Value(scalar(name, flow=True, style=style)))
    parties = tuple(
        party if party.id != path[1] else _renamed(party, path, name) for party in text.case.parties
    )
    return text.edited(patches, replace(text.case, parties=parties))


def _renamed(party: Party, path: tuple[str, ...], name: str) -> Party:
    if len(path) == 2:
        return replace(party, name=name)
    options = tuple(
        replace(option, name=name) if option.id == path[3] else option for option in party.options
    )
    return replace(party, options=options)


def _option(text: CaseText, key: str) -> Option:
    if text.case.graph is not None:
        raise _graph("an option")
    keys = [option.key for option in text.case.options]
    known_name(key, keys, "option", Where(text.source))
    return text.case.options[keys.index(key)]


def _graph(what: str) -> CaseError:
    return CaseError(
        f"this case has no place for {what}",
        rule="in graph form, states and moves are listed one by one",
        hint="change 'states:' and 'moves:' in the text of the file",
    )


def _sheet(text: CaseText) -> Sheet:
    return Sheet(text.text, text.root)


def _place(text: CaseText, sheet: Sheet, *keys: str) -> Slot:
    try:
        return sheet.find(*keys)
    except KeyError:
        raise text.stuck() from None


def _spelt_out(text: CaseText, sheet: Sheet, gone: Iterable[str] = ()) -> list[Patch]:
    """Return the patches after which the status quo and named states fit other options.

    A code is written as ``option: level`` lines; levels of options that are gone are left out.
    """
    away = set(gone)
    patches: list[Patch] = []
    slot = sheet.get(text.root, "status_quo")
    case = text.case
    if slot is not None and not slot.alias:
        if slot.node.entries:
            patches += _without(text, sheet, slot, away)
        elif case.status_quo is not None and slot.node.raw not in case.labels:
            levels = case.describe(case.status_quo)
            left = {
                scalar(key, flow=True): scalar(level, flow=True)
                for key, level in levels.items()
                if key not in away
            }
            patches += sheet.replace(slot, Value(flow_map(left)))
    names = sheet.get(text.root, "states")
    if away and names is not None and not names.alias:
        for key, value in names.node.entries:
            own = sheet.slot(key, value)
            if not own.alias and value.entries:
                patches += _without(text, sheet, own, away)
    return patches


def _without(text: CaseText, sheet: Sheet, slot: Slot, away: set[str]) -> list[Patch]:
    """Return the patches that take options out of a mapping of levels, one after another."""
    named = [key.raw for key, _ in slot.node.entries]
    short = {key.partition(".")[2] for key in away}
    keys = [option.key for option in text.case.options]
    alone = {name for name in short if sum(key.partition(".")[2] == name for key in keys) == 1}
    going = [name for name in named if name in away or name in alone]
    if not going:
        return []
    if len(going) == len(named):
        return sheet.replace(slot, Value("{}"))
    if len(going) == 1:
        return sheet.remove(slot.node, going[0])
    left = {
        scalar(key.raw, flow=True): scalar(value.raw, flow=True)
        for key, value in slot.node.entries
        if key.raw not in going
    }
    return sheet.replace(slot, Value(flow_map(left)))


def _reread(text: CaseText, patches: list[Patch]) -> CaseText:
    """Return the changed file, read again; the reader says what does not fit any more."""
    return CaseText.from_text(patched(text.text, patches), text.source)
