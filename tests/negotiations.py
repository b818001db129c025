"""Random negotiations: drawn models with outsiders, issues, constituents and beliefs."""

from __future__ import annotations

import random
from io import StringIO
from itertools import combinations
from typing import Any

from ruamel.yaml import YAML
from strategies_cases import Drawn, draw

from detente.analysis.deadlock.diagnosis import diagnose
from detente.analysis.deadlock.scenario import Scenario
from detente.analysis.inverse.preference_changes import adjacent_swaps
from detente.analysis.levers.changes import Change, Exchange, Swap, apply_changes
from detente.analysis.levers.offers import structural_changes
from detente.analysis.levers.patches import apply_edits
from detente.analysis.levers.search import compatible
from detente.model.case import Case
from detente.model.errors import CaseError

CONCEPTS = ("seq", "seq", "nash", "gmr", "smr", "sseq")
RULES = ("legal", "legal", "once", "single")


def negotiation(
    seed: int, *, most: int = 24, beliefs: bool = False, form: str | None = None
) -> str:
    """The text of a case file with a status quo and somebody at the table."""
    rng = random.Random(seed)
    drawn = draw(rng, form=form, parties=rng.choice([1, 2, 2, 3, 3, 4]), most=most)
    document = _document(drawn.text())
    document.setdefault("status_quo", drawn.name(rng.choice(drawn.states)))
    ids = list(document["parties"])
    for party in ids:
        document["parties"][party] = document["parties"][party] or {}
    for party in ids[1:]:
        own = document["parties"][party]
        if rng.random() < 0.3:
            own["outside"] = True
            if rng.random() < 0.5:
                own["constituent_of"] = ids[0]
    for party in ids:
        for option in (document["parties"][party].get("options") or {}).values():
            if rng.random() < 0.6:
                option["issue"] = rng.choice(["land", "arms"])
    if beliefs and len(ids) > 1:
        document["perceptions"] = _beliefs(rng, drawn, ids)
    return _text(document)


def _beliefs(rng: random.Random, drawn: Drawn, ids: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for viewer in ids:
        for seen in ids:
            if viewer != seen and rng.random() < 0.4:
                states = [drawn.name(state) for state in drawn.states]
                rng.shuffle(states)
                found.setdefault(viewer, {})[seen] = {"ranking": states}
    return found


def _document(text: str) -> dict[str, Any]:
    return dict(YAML(typ="safe", pure=True).load(text))


def _text(document: dict[str, Any]) -> str:
    stream = StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.width = 1_000_000  # statements as keys must not be folded
    yaml.dump(document, stream)
    return stream.getvalue()


def edited(text: str, edits: Any) -> str:
    """The text of a case file after a patch, without joint moves."""
    document = apply_edits(_document(text), edits)
    document.pop("joint_moves", None)
    return _text(document)


def kind_literally(
    scenario: Case | Scenario, target: str, concept: str = "seq", rule: str = "legal"
) -> str:
    """The kind of a target, by the literal algorithm."""
    try:
        found = diagnose(scenario, concept=concept, sequences=rule, to=target, algorithm="literal")
    except CaseError as error:
        if "outside the zone" in str(error):
            return "not-in-zone"
        raise
    return found.target(target).kind


class Everything:
    """All sets of changes up to a size, by brute force: apply, and diagnose literally."""

    def __init__(self, case: Case, target: str, concept: str, rule: str) -> None:
        self.case, self.target, self.concept, self.rule = case, target, concept, rule
        found = diagnose(case, concept=concept, sequences=rule, to=target).target(target)
        spoilers = [own["party"] for own in found.witnesses.get("spoiler", [])]
        self.structural = structural_changes(case, case.state(target), spoilers)
        self.known: dict[tuple[Change, ...], str] = {}

    def kind(self, changes: tuple[Change, ...]) -> str:
        """The kind after changes; ``not-applicable`` where they cannot be made."""
        if changes not in self.known:
            self.known[changes] = self._kind(changes)
        return self.known[changes]

    def _kind(self, changes: tuple[Change, ...]) -> str:
        if not self._legal(changes):
            return "not-applicable"
        try:
            scenario, target = apply_changes(Scenario(self.case), changes, self.target)
        except CaseError:
            return "not-applicable"
        return kind_literally(scenario, target, self.concept, self.rule)

    def _legal(self, changes: tuple[Change, ...]) -> bool:
        """Each part of a joint move goes along its own arcs."""
        if not any(isinstance(change, Exchange) for change in changes):
            return True
        rest = [c for c in changes if not isinstance(c, Exchange | Swap)]
        case = apply_changes(Scenario(self.case), rest, self.target)[0].case
        pairs = zip(case.options, self.case.status_quo or "", self.target, strict=True)
        return all(a == b or (int(a), int(b)) in option.arcs for option, a, b in pairs)

    def _swaps(self, case: Case, count: int) -> Any:
        if count == 0:
            yield ()
            return
        for party in case.party_ids:
            for low, above in adjacent_swaps(case, party):
                swap = Swap(party, low, above)
                after = apply_changes(Scenario(case), [swap], self.target)[0].case
                for rest in self._swaps(after, count - 1):
                    if swap not in rest:
                        yield (swap, *rest)

    def minimal_opening(self, size: int) -> set[frozenset[Change]]:
        """Every opening set of up to ``size`` changes of which no proper subset opens."""
        found = set()
        for total in range(1, size + 1):
            for count in range(total + 1):
                for fixed in combinations(self.structural, count):
                    if not compatible(fixed):
                        continue
                    for swaps in self._swaps(self.case, total - count):
                        changes = (*fixed, *swaps)
                        if self.kind(changes) == "open" and not any(
                            self.kind(part) == "open"
                            for smaller in range(total)
                            for part in combinations(changes, smaller)
                        ):
                            found.add(frozenset(changes))
        return found
