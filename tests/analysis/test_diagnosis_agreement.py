"""The literal and the array algorithm say the same about every random negotiation."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from negotiations import CONCEPTS, RULES, negotiation

from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import JointMove, Scenario
from detente.analysis.levers.changes import owners_changed
from detente.model.case import Case
from detente.model.loading import parse_case


def both(
    case: Case | Scenario, concept: str, rule: str, to: str | None = None
) -> dict[str, object]:
    fast = diagnose(case, concept=concept, sequences=rule, to=to).to_dict()
    slow = diagnose(case, concept=concept, sequences=rule, to=to, algorithm="literal").to_dict()
    assert (fast.pop("algorithm"), slow.pop("algorithm")) == ("array", "literal")
    assert fast == slow
    return fast


@pytest.mark.parametrize("beliefs", [False, True])
def test_diagnosis_agrees_on_random_negotiations(models: range, beliefs: bool) -> None:
    seen: Counter[str] = Counter()
    for seed in models:
        rng = random.Random(seed)
        case = parse_case(negotiation(seed, beliefs=beliefs))
        found = both(case, rng.choice(CONCEPTS), rng.choice(RULES))
        seen[str(found["kind"])] += 1
        seen.update(found["flags"])  # type: ignore[arg-type]
        for target in found["targets"]:  # type: ignore[attr-defined]
            seen.update([target["kind"], *target["flags"]])
    if len(models) >= 200:
        for kind in ("not-a-deadlock", "no-zone", "open", "double-bind"):
            assert seen[kind], (kind, seen)
        for flag in ("excluded-owner", "excluded-veto", "spoiler", "reversibility-asymmetry"):
            assert seen[flag], (flag, seen)
        assert seen["misperception"] or not beliefs


def test_diagnosis_agrees_with_joint_moves(models: range) -> None:
    joined = 0
    for seed in models:
        rng = random.Random(seed)
        case = parse_case(negotiation(seed + 50_000, form="option"))
        zone = diagnose(case).zone
        if not zone:
            continue
        target = rng.choice(zone)
        movers = owners_changed(case, target)
        if len(movers) < 2:
            continue
        found = both(Scenario(case, (JointMove(target, movers),)), "seq", "legal", target)
        paths = {t["state"]: t["movers"] for t in found["targets"]}  # type: ignore[attr-defined]
        joined += paths[target] == [list(movers)]
    assert joined or len(models) < 200
