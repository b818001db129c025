"""From statements to positions: the deeds they speak of, and who would do them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from detente.reading.gazetteer import Entry
from detente.reading.positions.claims import ATTACK, Claim, Said, claims_of
from detente.reading.positions.deeds import Deed
from detente.reading.positions.names import Names
from detente.reading.positions.ownwords import END
from detente.reading.positions.phrases import Phrases
from detente.reading.positions.types import Atom, Evidence, Issue, Position, Positions, Unused

__all__ = ["NOT_NAMED", "find_positions"]

NOT_NAMED = "Party not named"
"""Who would do what a party asks for, where nobody else is spoken of."""


def find_positions(statements: Iterable[Evidence], entries: Sequence[Entry] = ()) -> Positions:
    """Return the positions that statements take, and the deeds they are about.

    A statement is read for the deed in its words ("complete evacuation", "the last soldier
    airlifted": to withdraw forces), for who would do it (its target or the subject of the words;
    for what a party says of itself, the party; otherwise whoever else is said to do it; otherwise
    the party's main counterpart; otherwise a party that is not named), and for the order that it
    states.

    Args:
        statements: the statements, rejected ones left out; in any order.
        entries: parties that the user has added.
    """
    ordered = sorted(statements, key=lambda e: (e.date, e.doc, e.fields["start"], e.id))
    given = [name for e in ordered for name in (*e.actors, *e.targets)]
    trusted = [name for e in ordered for name in e.actors]
    trusted += [name for e in ordered if "targets" in e.edited for name in e.targets]
    names = Names(entries, given, trusted)
    phrases = Phrases(ordered, names.book)
    claims: list[Claim] = []
    unused: list[Unused] = []
    for evidence in ordered:
        found = claims_of(evidence, names, phrases)
        if isinstance(found, str):
            unused.append(Unused(evidence.id, found))
        else:
            claims += found
    issues = _Issues(claims)
    positions: dict[tuple[object, ...], Position] = {}
    for claim in claims:
        position = issues.settle(claim)
        if position is None:
            unused.append(Unused(claim.evidence.id, "no-owner"))
        else:
            key = (position.evidence.id, position.party, position.kind, *position.atoms)
            positions.setdefault(key, position)
    return Positions(issues.found(), tuple(positions.values()), tuple(unused))


def _clumsiness(deed: Deed) -> tuple[bool, int]:
    """Return how badly a deed is named: best is a verb with its object, and no more."""
    return " " not in deed.name, len(deed.name)


def _own(atom: Atom, party: str) -> bool:
    """Tell whether a party would do it itself: what it says it wants to do is a promise."""
    return atom.issue.startswith(f"{party}/")


class _Issues:
    """Gathers deeds into issues: one for each deed and owner."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._owners: dict[str, Counter[str]] = defaultdict(Counter)
        self._addressed: dict[str, Counter[str]] = defaultdict(Counter)
        self._words: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._ids: dict[tuple[frozenset[str], frozenset[str]], str] = {}
        self._issues: dict[tuple[str, str], list[str]] = {}
        self._names: dict[str, Deed] = {}
        for claim in claims:
            for said in (claim.wants, claim.gives, claim.only_if):
                if said is None or said.owner is None:
                    continue
                self._owners[self._id(said.deed)][said.owner] += 1
                if said.owner != claim.party:
                    self._addressed[claim.party][said.owner] += 1
                    self._addressed[said.owner][claim.party] += 1

    def _id(self, deed: Deed) -> str:
        """Return the id of a deed.

        Deeds in their own words are one if the words of one only add to those of the other, or if
        the statements name the same issue.
        """
        if deed.known:
            self._names.setdefault(deed.id, deed)
            return deed.id
        same = (deed.stems, deed.about)
        if same not in self._ids:
            self._ids[same] = self._one_with(deed)
        id = self._ids[same]
        self._names[id] = min(self._names[id], deed, key=_clumsiness)
        return id

    def _one_with(self, deed: Deed) -> str:
        for id, (stems, about) in self._words.items():
            one = deed.stems <= stems or stems <= deed.stems
            one = one and (END in deed.stems) == (END in stems)  # the veto is not its end
            if one or (deed.about and deed.about == about):
                return id
        self._words[deed.id] = (deed.stems, deed.about)
        self._names[deed.id] = deed
        return deed.id

    def settle(self, claim: Claim) -> Position | None:
        """Return a claim as a position, or ``None`` if nobody can be said to do its deed."""
        wants = self._atom(claim, claim.wants)
        gives = self._atom(claim, claim.gives)
        only_if = self._atom(claim, claim.only_if)
        nothing = wants is None and gives is None and only_if is None
        if nothing or (only_if is None and claim.only_if is not None):
            return None
        kind = claim.kind
        if kind == "demand" and wants is not None and wants.done and _own(wants, claim.party):
            kind, wants, gives = "commitment", None, wants
        return Position(
            claim.party,
            kind,
            claim.evidence,
            wants,
            gives,
            only_if,
            claim.everything,
            claim.firm,
            claim.lasting,
            claim.towards,
        )

    def _atom(self, claim: Claim, said: Said | None) -> Atom | None:
        if said is None:
            return None
        id = self._id(said.deed)
        owner = said.owner or self._concluded(claim, said, id)
        if owner is None:
            return None
        done = said.deed.done
        if id == ATTACK.id and owner in self._owners.get("ceasefire", {}):
            id, done = "ceasefire", not done  # it is asked to stop: the same matter
            self._names.setdefault(id, said.deed)
        phrases = self._issues.setdefault((id, owner), [])
        if said.phrase not in phrases:
            phrases.append(said.phrase)
        return Atom(f"{owner}/{id}", done, said.deed.degree, said.owner is None)

    def _concluded(self, claim: Claim, said: Said, id: str) -> str | None:
        unlike = set(said.unlike)
        for count in (self._owners.get(id), self._addressed.get(claim.party)):
            for owner, _ in count.most_common() if count else ():
                if owner not in unlike:
                    return owner
        asks = claim.kind in ("demand", "precondition")
        return NOT_NAMED if asks and said is not claim.gives else None

    def found(self) -> Mapping[str, Issue]:
        """Return the issues, in order of appearance."""
        return {
            f"{owner}/{id}": Issue(
                f"{owner}/{id}",
                owner,
                id,
                self._names[id].name,
                tuple(phrases),
                self._names[id].known,
            )
            for (id, owner), phrases in self._issues.items()
        }
