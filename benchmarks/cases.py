"""Generated case files: always the same, from a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

__all__ = [
    "SIX_PARTY_STATES",
    "four_party_text",
    "six_party_case",
    "three_party_case",
    "three_party_deadlock_text",
]

SIX_PARTY_STATES = 138_240
"""Feasible states of :func:`six_party_case`: 2^20 * 15/16 * 3/4 * 3/4 * 1/2 * 1/2."""


def three_party_case(path: Path) -> None:
    """Write 2^24 states: three parties with 8 binary options and 14 statements each.

    Three statements on separate options exclude 1/16, 1/32 and 1/128, together 9.9% of the states.
    """
    rng = random.Random(24)
    parties = {party: [f"{party}{k}" for k in range(1, 9)] for party in ("north", "south", "mid")}
    everything = [option for own in parties.values() for option in own]
    mixed = rng.sample(everything, 16)
    infeasible = [" and ".join(mixed[:4]), " and ".join(mixed[4:9])]
    order = sorted(mixed[9:], key=everything.index)
    infeasible.append(_pattern(dict.fromkeys(order, "1"), everything))
    priorities = {party: _statements(rng, everything, 14) for party in parties}
    _write(path, "Benchmark, three parties with 24 options", parties, priorities, infeasible)


def six_party_case(path: Path) -> None:
    """Write 20 binary options of six parties, of which three are indifferent.

    Seven patterns leave exactly 138,240 states: one bars 1/16 of them, two bar 1/4 each, and two
    pairs each tie one option to another, which bars half.
    """
    rng = random.Random(20)
    sizes = {"alpha": 4, "bravo": 4, "charlie": 4, "delta": 3, "echo": 3, "foxtrot": 2}
    parties = {party: [f"{party}{k}" for k in range(1, n + 1)] for party, n in sizes.items()}
    everything = [option for own in parties.values() for option in own]
    barred = [
        {"alpha1": "1", "bravo1": "1", "charlie1": "1", "delta1": "1"},
        {"alpha2": "1", "bravo2": "1"},
        {"echo1": "1", "foxtrot1": "1"},
        {"alpha3": "1", "charlie2": "0"},
        {"alpha3": "0", "charlie2": "1"},
        {"bravo3": "1", "delta2": "0"},
        {"bravo3": "0", "delta2": "1"},
    ]
    infeasible = [_pattern(fixed, everything) for fixed in barred]
    counts = {"alpha": 16, "bravo": 14, "charlie": 12}
    priorities = {party: _statements(rng, everything, n) for party, n in counts.items()}
    _write(path, "Benchmark, six parties with 20 options", parties, priorities, infeasible)


def four_party_text() -> str:
    """Return a deadlock of four parties with three binary options each: 4,096 states."""
    return _deadlock_text("Benchmark, four parties with 12 options", ("a", "b", "c", "d"), 6)


def three_party_deadlock_text() -> str:
    """Return a deadlock of three parties, three binary options and ten statements each."""
    return _deadlock_text("Benchmark, three parties with 9 options", ("a", "b", "c"), 6)


def _deadlock_text(title: str, names: Sequence[str], wishes: int) -> str:
    """Each party most wants what the others could do, and least of all to move first."""
    rng = random.Random(12)
    parties = {party: [f"{party}{k}" for k in range(1, 4)] for party in names}
    everything = [option for own in parties.values() for option in own]
    priorities = {}
    for party, own in parties.items():
        others = [option for option in everything if option not in own]
        wanted = rng.sample(others, wishes)
        priorities[party] = [
            f"({wanted[0]} or {wanted[1]}) if ({' or '.join(own)})",
            *wanted,
            *(f"not {option}" for option in own),
        ]
    return _text(title, parties, priorities, []) + "status_quo: {}\n"


def _pattern(fixed: dict[str, str], options: Sequence[str]) -> str:
    return '"' + "".join(fixed.get(option, "-") for option in options) + '"'


def _statements(rng: random.Random, options: Sequence[str], count: int) -> list[str]:
    """Return different random statements about one to three options."""
    found: list[str] = []
    while len(found) < count:
        a, b, c = (("not " if rng.random() < 0.5 else "") + o for o in rng.sample(options, 3))
        shapes = [a, f"{a} and {b}", f"{a} or {b}", f"{a} if {b}", f"{a} iff {b}"]
        shapes += [f"{a} and ({b} or {c})", f"({a} or {b}) if {c}"]
        statement = rng.choice(shapes)
        if statement not in found:
            found.append(statement)
    return found


def _write(
    path: Path,
    title: str,
    parties: dict[str, list[str]],
    priorities: dict[str, list[str]],
    infeasible: list[str],
) -> None:
    path.write_text(_text(title, parties, priorities, infeasible), encoding="utf-8")


def _text(
    title: str,
    parties: dict[str, list[str]],
    priorities: dict[str, list[str]],
    infeasible: list[str],
) -> str:
    lines = ["detente: 1", f"title: {title}", "parties:"]
    for party, options in parties.items():
        lines += [f"  {party}:", "    options:"]
        lines += [f"      {option}: {{}}" for option in options]
        if party in priorities:
            lines += ["    preferences:", "      priorities:"]
            lines += [f"        - {statement}" for statement in priorities[party]]
    if infeasible:
        lines += ["infeasible:", *(f"  - {item}" for item in infeasible)]
    return "\n".join(lines) + "\n"
