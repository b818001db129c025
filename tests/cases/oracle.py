"""The six solution concepts, literally, over plain dicts: a check that shares no code with detente.

A model is a dict with these entries:

    states  list of feasible states (any hashable; for SIM, codes with one character per option)
    moves   {party: {state: [states the party can reach in one move]}}
    payoff  {party: {state: number, larger is better}}
    owner   optional, one party per option in the order of the code; only SIM needs it

Everything here is a transcription of the set definitions (Fang, Hipel & Kilgour 1993 for Nash, GMR,
SMR and SEQ; Rego & Vieira 2017 for SSEQ; Fraser & Hipel 1984 for SIM). It is slow on purpose.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq", "sim")
RULES = ("legal", "once", "single")

Model = dict[str, Any]


def moves_from(model: Model, party: str, state: str) -> list[str]:
    """R_i(s): what the party can reach from the state in one move."""
    return list(model["moves"].get(party, {}).get(state, ()))


def improvements_from(model: Model, party: str, state: str) -> list[str]:
    """R_i+(s): the moves that the mover strictly prefers."""
    payoff = model["payoff"][party]
    return [t for t in moves_from(model, party, state) if payoff[t] > payoff[state]]


def replies(model: Model, focal: str, start: str, rule: str, credible: bool) -> set[str]:
    """The states that the others can bring about from `start`, in one step or more.

    `legal`: any sequence in which nobody moves twice running; `once`: every party moves at most
    once, in any order; `single`: one move. `credible` restricts every step to improvements of its
    mover.
    """
    step = improvements_from if credible else moves_from
    others = [party for party in model["moves"] if party != focal]
    if rule == "single":
        return {t for party in others for t in step(model, party, start)}
    if rule not in RULES:
        raise ValueError(f"unknown rule {rule!r}; one of {RULES}")

    # What a sequence has to remember: its last mover (legal), or everybody who moved (once).
    seen: set[tuple[str, frozenset[str]]] = set()
    todo: list[tuple[str, frozenset[str]]] = [(start, frozenset())]
    while todo:
        state, barred = todo.pop()
        for party in others:
            if party in barred:
                continue
            memory = frozenset({party}) if rule == "legal" else barred | {party}
            for t in step(model, party, state):
                if (t, memory) not in seen:
                    seen.add((t, memory))
                    todo.append((t, memory))
    return {state for state, _ in seen}


def simultaneous_replies(model: Model, focal: str, state: str, improvement: str) -> set[str]:
    """Feasible results of `improvement` made at once with improvements of one or more others."""
    owner = model["owner"]
    others = [party for party in model["moves"] if party != focal]
    results = set()
    for size in range(1, len(others) + 1):
        for group in combinations(others, size):
            for chosen in product(*(improvements_from(model, party, state) for party in group)):
                new = {focal: improvement, **dict(zip(group, chosen, strict=True))}
                code = "".join(new.get(owner[k], state)[k] for k in range(len(state)))
                if code in model["payoff"][focal]:
                    results.add(code)
    return results


def is_stable(model: Model, concept: str, party: str, state: str, rule: str = "legal") -> bool:
    """Whether the party would stay at the state. SIM has no sequences: the rule is moot there."""
    payoff = model["payoff"][party]

    def not_better(t: str) -> bool:
        return bool(payoff[t] <= payoff[state])

    def no_escape(t: str) -> bool:
        return all(not_better(u) for u in moves_from(model, party, t))

    def sanctioned(improvement: str) -> bool:
        if concept == "nash":
            return False
        if concept == "sim":
            return any(map(not_better, simultaneous_replies(model, party, state, improvement)))
        answers = replies(model, party, improvement, rule, credible=concept in ("seq", "sseq"))
        if concept in ("gmr", "seq"):
            return any(map(not_better, answers))
        if concept in ("smr", "sseq"):
            return any(not_better(t) and no_escape(t) for t in answers)
        raise ValueError(f"unknown concept {concept!r}; one of {CONCEPTS}")

    return all(sanctioned(q) for q in improvements_from(model, party, state))


def solve(model: Model, rule: str = "legal") -> dict[str, dict[str, Any]]:
    """Return {concept: {"stable": {party: [states]}, "equilibria": [states]}}, all that apply."""
    result = {}
    for concept in CONCEPTS:
        if concept == "sim" and "owner" not in model:
            continue
        stable = {
            party: [s for s in model["states"] if is_stable(model, concept, party, s, rule)]
            for party in model["moves"]
        }
        result[concept] = {
            "stable": stable,
            "equilibria": [s for s in model["states"] if all(s in v for v in stable.values())],
        }
    return result
