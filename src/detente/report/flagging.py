"""Flags of a diagnosis in words: what each says, with its witness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from detente.analysis.deadlock.verdicts import Target
from detente.report.page import Fact
from detente.report.words import Words, joined, spaced

__all__ = ["FLAG_MARKS", "KIND_GLOSSES", "case_flags", "kind_name", "target_flags"]

KIND_GLOSSES = {
    "not-a-deadlock": "the status quo would not last, or nobody at the table wants another state",
    "no-zone": "every other state would leave somebody at the table worse off, or nobody better",
    "open": "it would hold, and steps lead there that nobody gains by breaking off",
    "sequencing-trap": "it would hold once reached, but no stop-proof steps lead there",
    "enforcement-problem": "stop-proof steps lead there, but it would not hold",
    "double-bind": "no stop-proof steps lead there, and it would not hold",
    "not-in-zone": "it would leave somebody at the table worse off, or nobody better",
}
"""Kind -> what it means, in a line."""


FLAG_MARKS = {
    "excluded-owner": "o",
    "excluded-veto": "v",
    "spoiler": "s",
    "reversibility-asymmetry": "r",
}
"""Flag of a target -> its mark in tables."""


def kind_name(kind: str) -> str:
    """Return a kind in words: "enforcement problem"."""
    return spaced(kind)


def target_flags(target: Target, words: Words) -> Iterable[Fact]:
    """Yield (flag, what it says) for the flags of one target."""
    for name, witness in target.witnesses.items():
        if name == "spoiler":
            yield name, _spoilers(witness, target.state, words)
        else:
            yield spaced(name), _TARGET[name](witness, words)


def case_flags(witnesses: Mapping[str, Any], words: Words) -> Iterable[Fact]:
    """Yield (flag, what it says) for the flags of the case."""
    for name, witness in witnesses.items():
        tell = _CASE[name]
        yield spaced(name), tell(witness, words)


def _owners(witness: list[str], words: Words) -> str:
    options = {option.key: option for option in words.case.options}
    owned: dict[str, list[str]] = {}
    for key in witness:
        owned.setdefault(options[key].owner, []).append(f"'{spaced(options[key].id)}'")
    told = (f"{joined(names)} is up to {words.party(owner)}" for owner, names in owned.items())
    return f"{joined(told)}, not at the table"


def _veto(witness: list[str], words: Words) -> str:
    return f"{words.parties(witness)} would have to act and would be worse off than now"


def _spoilers(witness: list[dict[str, Any]], state: str, words: Words) -> str:
    told = []
    for own in witness:
        scope = "no agreement would suit it" if own["scope"] == "total" else "another would suit it"
        move = words.change(state, own["to"])
        told.append(f"{words.party(own['party'])} could undo it ({move}); {scope}")
    return ". ".join(told)


def _asymmetry(witness: dict[str, list[str]], words: Words) -> str:
    can, cannot = words.parties(witness["can"]), words.parties(witness["cannot"])
    return f"{can} could take back what it gave, {cannot} could not"


def _misperception(witness: dict[str, Any], words: Words) -> str:
    seen, true = kind_name(witness["perceived_kind"]), kind_name(witness["true_kind"])
    text = f"as the parties see each other the case is '{seen}', in truth '{true}'"
    if not witness["correct"]:
        return f"{text}; no correction of beliefs removes the difference"
    beliefs = (
        f"what {words.party(own['viewer'])} believes about {words.party(own['seen'])}"
        for own in witness["correct"]
    )
    return f"{text}; to correct {joined(beliefs)} would remove the difference"


def blocking(subsets: Iterable[Iterable[str]], words: Words) -> str:
    """Return who blocks: "United States and Taliban block one another"."""
    told = []
    for group in subsets:
        parties = list(group)
        names = words.parties(parties)
        verb = "alone blocks" if len(parties) == 1 else "block one another"
        told.append(f"{names} {verb}")
    return "; ".join(told)


def _ratification(witness: dict[str, Any], words: Words) -> str:
    who = words.parties(witness["parties"])
    return (
        f"{who} must ratify, and with their interests counted nothing suits everybody: "
        f"{blocking(witness['minimal_subsets'], words)}"
    )


def _linkage(witness: dict[str, Any], words: Words) -> str:
    together = joined(f"'{spaced(issue)}'" for issue in witness["together"])
    return f"no issue can be settled alone; {together} can be together: " + words.named(
        witness["state"]
    )


_Tell: TypeAlias = Callable[[Any, Words], str]

_TARGET: dict[str, _Tell] = {
    "excluded-owner": _owners,
    "excluded-veto": _veto,
    "reversibility-asymmetry": _asymmetry,
}

_CASE: dict[str, _Tell] = {
    "misperception": _misperception,
    "ratification-gap": _ratification,
    "linkage": _linkage,
}
