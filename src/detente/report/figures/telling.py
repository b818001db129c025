"""A map of states in words, for those who do not see it, and its notes for those who do."""

from __future__ import annotations

from dataclasses import replace

from detente.analysis.deadlock.verdicts import Diagnosis
from detente.report.diagnosing import schedule
from detente.report.figures.statemap import Hidden, MapMove, MapState, StateMap
from detente.report.words import Words, joined, plural

__all__ = ["hidden_notes", "map_in_words", "move_title", "state_in_words", "state_title"]

_MOST_LISTED = 12

_GROUPS = {
    "related": "the path and what breaks it, the zone of agreement, the equilibria, and what "
    "improvements reach from the status quo",
    "first": "path, zone of agreement, equilibria, then what improvements reach, the nearest first",
}
"""Rule by which states are hidden -> which are drawn."""


def state_in_words(words: Words, state: str, home: str) -> str:
    """Return a state in full: its label, and every level that differs from the status quo."""
    case = words.case
    if case.graph is not None:
        return state
    levels = zip(case.options, case.levels(state), case.levels(home), strict=True)
    changed = [words.level(option, level) for option, level, now in levels if level != now]
    if state == home:
        return words.state(state)
    if state in case.label_of:
        return f"{words.state(state)}: {', '.join(changed)}"
    return ", ".join(changed)


def state_title(state: MapState, shown: StateMap) -> str:
    """Return what is so in a state, for its tooltip."""
    named = f"{state.words} ({state.code})" if state.code else state.words
    roles = state.roles
    facts = []
    if "status-quo" in roles:
        facts.append("the status quo")
    if "target" in roles:
        facts.append("the target")
    if "zone" in roles:
        facts.append("in the zone of agreement")
    if "nash" in roles:
        also = "" if shown.concept == "Nash" else f" and {shown.concept}"
        facts.append(f"equilibrium under Nash{also}")
    elif "stable" in roles:
        facts.append(f"equilibrium under {shown.concept}")
    if state.left_by:
        names = {p.id: p.name for p in shown.parties}
        facts.append(f"{joined(names[p] for p in state.left_by)} would leave it")
    if "break" in roles:
        facts.append("the path breaks here")
    if "tempting" in roles:
        facts.append("where play could rest if the path breaks")
    return f"{named}. {'; '.join(facts)}." if facts else named


def move_title(move: MapMove, shown: StateMap) -> str:
    """Return a move in words, for its tooltip."""
    names = {p.id: p.name for p in shown.parties}
    who = joined(names[p] for p in move.parties)
    words = {
        "path": "a step of the stop-proof path",
        "broken": f"here the path breaks: {who} would stop",
        "leaves": f"{who} would leave the target",
        "breaking": "the status quo would not last",
        "rest": "so play would come to rest if the path breaks",
        "way": "what would be left of the way",
    }
    gain = "an improvement" if move.improvement else "no improvement"
    told = [f"{who}: {move.start} → {move.end}", gain]
    if move.role:
        told.append(words[move.role])
    return "; ".join(told)


def hidden_notes(hidden: Hidden, drawn: int) -> list[str]:
    """Return what is not drawn, a sentence each."""
    notes = []
    if hidden.rule:
        verb = "is" if hidden.states == 1 else "are"
        which = _GROUPS[hidden.rule]
        before = "" if hidden.rule == "related" else f"the first {drawn:,} of "
        notes.append(
            f"{plural(hidden.states, 'state')} {verb} hidden: of more than {hidden.limit:,} "
            f"states, {before}{which} are drawn."
        )
    moves = []
    if hidden.composed:
        two = "that two others of the same party make up"
        moves.append(f"{plural(hidden.composed, 'move')} {two}")
    if hidden.worse:
        moves.append(f"{plural(hidden.worse, 'move')} by which the mover gains nothing")
    if hidden.leading_out:
        moves.append(f"{plural(hidden.leading_out, 'improvement')} to hidden states")
    if moves:
        notes.append(f"Left out: {joined(moves)}.")
    return notes


def map_in_words(shown: StateMap, result: Diagnosis, words: Words) -> StateMap:
    """Return the map with its description."""
    of = result.ripeness.feasible
    by = "moves it takes" if shown.graph else "changes"
    count = len(shown.states)
    told = [
        f"{count:,} of {plural(of, 'state')}, from left to right by the number of {by} from the "
        f"status quo, {words.named(result.status_quo)}.",
    ]
    focus = result.focus
    if focus is not None:
        if focus.path is not None:
            told.append(f"Stop-proof path: {schedule(focus.path, words)}.")
        elif focus.broken is not None and focus.broken.party and focus.broken.to:
            broken = focus.broken
            who, at = words.party(broken.party or ""), words.named(broken.at)
            taken = f"{schedule(broken.path, words)}; then it" if broken.path.movers else "It"
            to = words.named(broken.to or "")
            told.append(f"Path: {taken} breaks at {at}: {who} would stop rather than go to {to}.")
        else:
            told.append("No sequence of moves leads to the target.")
        told += [
            f"{words.parties(m.parties)} would leave {words.named(m.start)} for "
            f"{words.named(m.end)}."
            for m in shown.moves
            if m.role == "leaves"
        ]
    nash = [s.state for s in shown.states if "nash" in s.roles]
    only = [s.state for s in shown.states if "stable" in s.roles and "nash" not in s.roles]
    if nash:
        told.append(f"Equilibria under Nash: {words.states(nash, _MOST_LISTED)}.")
    if only:
        told.append(f"Under {shown.concept} only: {words.states(only, _MOST_LISTED)}.")
    if not nash and not only:
        told.append(f"No equilibrium under Nash or {shown.concept} is drawn.")
    told += hidden_notes(shown.hidden, count)
    return replace(shown, told=" ".join(told))
