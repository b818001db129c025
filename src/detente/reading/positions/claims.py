"""What one statement claims: deeds wanted, deeds offered, what must come first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.reading.clauses import find_groups
from detente.reading.positions.deeds import Deed, is_everything, is_lasting
from detente.reading.positions.names import Names
from detente.reading.positions.phrases import Phrases, is_firm, is_unless
from detente.reading.positions.types import Evidence
from detente.reading.text import Span, fold
from detente.reading.tokens import tokenize

__all__ = ["Claim", "Said", "claims_of"]

ATTACK = Deed("attack", "Attack", True, True, None)
"""What a party is feared for."""

_FACTS = frozenset(["accusation", "cooperation"])
_DOUBTFUL = frozenset(["hedged", "expected"])
_OWN = re.compile(r"^(?:that |all |some |for )*(?:it|its|he|his|she|her|they|their|we|our|i|my)\b")
_CONDITION = re.compile(
    r"^(?:only )?(?:if|unless|provided(?: that)?|as long as|so long as)\s+", re.I
)
_ANSWERS = re.compile(
    r"\b(?:consequences?|respon[ds]\w*|retaliat\w*|(?:a|the|high|heavy) price|pay for"
    r"|answer(?:ed)?)\b"
)
_STANDS = re.compile(
    r"\b(?:back\w*|giv\w+|yield\w*|drop\w*|abandon\w*|soften\w*|chang\w*|mov\w+|retreat\w*)\b.{0,24}"
    r"\b(?:demands?|positions?|claims?|stance|conditions?|line)\b"
    r"|\bback\w* down\b|\bbudg(?:e|ed|ing)\b|\bgiv\w+ (?:way|in)\b"
)
_ASKED = re.compile(
    r"\b(?:on|from|(?:urg|ask|press|push|call|want|tell|warn|order|implor|beg)\w*|told)"
    r"(?: the)? $"
)
_DROPS = re.compile(
    r"\bno longer (?:insist|demand|want|ask|call|press|seek)\w*"
    r"|\b(?:drop|abandon|giv|gave|soften|withdr[ae]w|waiv)\w* (?:up )?"
    r"(?:its|their|his|her|the|a|an)?[\w -]{0,30}?"
    r"(?:demands?|claims?|conditions?|objections?|insistence|veto|call|refusal|opposition"
    r"|resistance|boycott)\b"
)
_DEMAND = re.compile(
    r"\b(?:demand|call|request|ultimatum|appeal|pressure|condition|insistence)s?\b"
    r"(?: (?:from|by|of) [\w ]{1,30}?)? (?:for|of|that|to)\b"
)
_PLAN = re.compile(r"\b(?:plan|proposal|idea|offer|draft|text)s?\b")
_BY = re.compile(r"\bby(?: the)? $")
_OF = re.compile(r"\bof(?: the)? $")
_TAKES = re.compile(
    r"\b(?:accept\w*|tolerat\w*|agree\w*|put up with|live with|reject\w*|oppos\w*|swallow|stand for"
    r"|condone|bow to|denounc\w*|condemn\w*)\b"
)
_WONT = re.compile(
    r"\b(?:not|never|cannot|refus\w+|rul\w+ out|forgo\w*|forswear\w*|renounc\w*|neither|nor)\b"
    r"|n't\b"
)
_TO_DO = re.compile(
    r"\b(?:wants?|wished?|wishes|hopes?|intends?|plans?|would like|seeks?) to "
    r"(?!be\b|see\b|have\b|get\b)"
)
_IN_RETURN = re.compile(r"\b(?:in (?:return|exchange)|as the price|as payment) for\b", re.I)
_AS_LONG = re.compile(r"\b(?:as|so) long as\W*$|\bwhile\W*$")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|must|should|could|can)\b")
_MOST_TARGETS = 3
_PROMISE = "commitment"


@dataclass(frozen=True, slots=True)
class Said:
    """A deed in a statement.

    Attributes:
        deed: the deed; its ``done`` says whether it is wanted, offered or feared done or undone.
        owner: who would do it, if the statement says so.
        unlike: the parties that are not meant, if it does not.
        phrase: the words.
    """

    deed: Deed
    owner: str | None
    unlike: tuple[str, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A position whose owners may still be open; the fields are those of :class:`.Position`."""

    party: str
    kind: str
    evidence: Evidence
    wants: Said | None = None
    gives: Said | None = None
    only_if: Said | None = None
    everything: bool = False
    firm: bool = False
    lasting: bool = False
    towards: tuple[str, ...] = ()


def claims_of(evidence: Evidence, names: Names, phrases: Phrases) -> list[Claim] | str:
    """Return what a statement claims, or the reason why nothing.

    The reasons are those of :class:`.Unused`.
    """
    fields = evidence.fields
    if fields.get("repeat_of") is not None:
        return "repeat"
    if evidence.type in _FACTS:
        return "fact"
    if fields.get("modality") in _DOUBTFUL and evidence.type != "precondition":
        return "hedged"
    if evidence.type == "concession" and _DROPS.search(fold(evidence.text)):
        return "dropped"
    if evidence.type == "rejection" and _STANDS.search(fold(evidence.text)):
        return "stands"
    actors = names.parties(evidence.actors)
    if not actors:
        return "nobody"
    firm = is_firm(evidence.text)
    lasting = is_lasting(evidence.text)
    found = [
        replace(claim, firm=firm and claim.wants is not None, lasting=lasting)
        for actor in actors
        for claim in _Reader(evidence, actor, actors, names, phrases).claims()
    ]
    return found or "no-deed"


class _Reader:
    """Reads one statement as one of its actors."""

    def __init__(
        self,
        evidence: Evidence,
        actor: str,
        actors: tuple[str, ...],
        names: Names,
        phrases: Phrases,
    ) -> None:
        self.evidence = evidence
        self.actor = actor
        self.names = names
        self.phrases = phrases
        every = names.parties(evidence.targets)
        self.targets = tuple(t for t in every if t != actor)
        self.joint = len(actors) > 1

    def claims(self) -> Iterator[Claim]:
        match self.evidence.type:
            case "precondition" if self.evidence.fields["before"] is not None:
                yield from self._order()
            case "precondition" | "demand":
                yield from self._wanted(self.evidence.text)
            case "offer" | "commitment" | "concession" | "threat":
                yield from self._given()
            case "rejection":
                yield from self._refused()
            case "endorsement":
                yield from self._backed()
            case "threat-perception":
                yield from self._feared()

    def _claim(
        self,
        wants: Said | None = None,
        gives: Said | None = None,
        only_if: Said | None = None,
        everything: bool = False,
    ) -> Claim:
        return Claim(
            self.actor,
            self.evidence.type,
            self.evidence,
            wants,
            gives,
            only_if,
            everything,
            towards=self.targets,
        )

    def _order(self) -> Iterator[Claim]:
        before, after = self.evidence.fields["before"], self.evidence.fields["after"]
        every = is_everything(after)
        gives = None if every else self._own(after, negation=False)
        if gives is None and not every:  # the step stands elsewhere in the sentence
            gives = self._own(self.evidence.text.replace(before, " "), negation=False)
        first = self._others(before)
        if _AS_LONG.search(fold(self.evidence.text.partition(before)[0])):
            first = [_turned(said) for said in first]  # "not while Y lasts": once Y is over
        for said in first:
            yield self._claim(gives=gives, only_if=said, everything=every)

    def _wanted(self, phrase: str) -> Iterator[Claim]:
        price, rest = self._price(phrase)
        if price is not None:  # "asks for X in return for Y": it would do Y once X is done
            gives = self._own(price)
            for said in self._others(rest):
                yield self._claim(gives=gives, only_if=said)
            return
        own = _TO_DO.search(fold(phrase))
        named = {party for _, party in self.names.mentions(phrase)}
        if own is not None and not named & set(self.targets):
            meant = self._own(phrase[own.end() :])
            if meant is not None and meant.deed.done:
                yield replace(self._claim(gives=meant), kind=_PROMISE)
            elif meant is not None:
                yield self._claim(wants=meant)
            return
        for said in self._others(phrase):
            yield self._claim(wants=said)

    def _given(self) -> Iterator[Claim]:
        condition = self.evidence.fields.get("condition")
        phrase = self.evidence.text
        if condition:
            phrase = phrase.replace(condition, " ").strip() or phrase
        if condition is None and self.evidence.type == "threat" and _ANSWERS.search(fold(phrase)):
            for said in self._others(phrase, negation=False):
                yield self._claim(wants=_turned(said))
            return
        if condition is None:
            condition, phrase = self._price(phrase)
        gives = self._own(phrase)
        if condition is None:
            if gives is not None:
                yield self._claim(gives=gives)
            return
        bare = _CONDITION.sub("", condition)
        first = self._others(bare, negation=False, main=False)
        threat = self.evidence.type == "threat"
        if threat:  # "will do X if Y": it does not want Y; "unless Y": it wants Y
            negative = is_unless(condition)
            for said in first:
                wants = said if negative else _turned(said)
                yield self._claim(wants=wants, gives=gives)
        elif gives is not None:
            for said in first:
                yield self._claim(gives=gives, only_if=said)
        if gives is not None and not first:
            yield self._claim(gives=gives)

    @staticmethod
    def _price(phrase: str) -> tuple[str | None, str]:
        """Return what is asked in return ("in exchange for …"), if it is said, and the rest."""
        found = _IN_RETURN.search(phrase)
        if found is None:
            return None, phrase
        return phrase[found.end() :], phrase[: found.start()]

    def _refused(self) -> Iterator[Claim]:
        phrase = self.evidence.text
        deed = self.phrases.deed(self.evidence, phrase, negation=False)
        if deed is None:
            return
        harm = not deed.done and (deed.id == "guarantee" or not _TAKES.search(fold(phrase)))
        harm = harm and _WONT.search(fold(phrase)) is not None
        if harm and self._subject(phrase) in (None, self.actor):  # it will not do harm: a promise
            promised = _turned(Said(deed, self.actor, (), phrase))
            yield replace(self._claim(gives=promised), kind=_PROMISE)
            return
        for said in self._whose(deed, phrase):
            yield self._claim(wants=_turned(said))

    def _whose(self, deed: Deed, phrase: str) -> list[Said]:
        """Return whose deed is refused: that of whoever the words name with it, or its own."""
        view = fold(phrase)
        if _DEMAND.search(view):  # another's demand is that it should do something
            return [Said(deed, self.actor, (), phrase)]
        for by in (_BY, _OF) if deed.done else (_BY,):  # "of X" of a wrong says whom it is done to
            for place, party in self.names.mentions(phrase):
                if party != self.actor and by.search(view[:place]):
                    return [Said(deed, party, (), phrase)]
        if not deed.done:  # what it will not accept, others would do
            return self._others(phrase, negation=False)
        if _PLAN.search(view):
            return [Said(deed, None, (), phrase)]
        return [Said(deed, self.actor, (), phrase)]

    def _backed(self) -> Iterator[Claim]:
        deed = self.phrases.deed(self.evidence, self.evidence.text)
        if deed is not None:
            unlike = (self.actor, *self.targets)
            phrase = self.evidence.text
            named = [p for _, p in self.names.mentions(phrase) if p not in unlike]
            yield self._claim(wants=Said(deed, named[0] if named else None, unlike, phrase))

    def _feared(self) -> Iterator[Claim]:
        for target in self.targets[:_MOST_TARGETS]:
            said = Said(ATTACK, target, (), self.evidence.text)
            yield self._claim(wants=_turned(said))

    def _own(self, phrase: str, *, negation: bool = True) -> Said | None:
        """Return a deed of the actor, or of the subject if the words name another."""
        deed = self.phrases.deed(self.evidence, phrase, negation=negation)
        if deed is None:
            return None
        return Said(deed, self._subject(phrase) or self.actor, (), phrase)

    def _others(self, phrase: str, *, negation: bool = True, main: bool = True) -> list[Said]:
        """Return a deed of others: of each target, or of whom the words name."""
        deed = self.phrases.deed(self.evidence, phrase, negation=negation, main=main)
        if deed is None:
            return []
        named = self.names.mentions(phrase)
        both = [party for _, party in named if party in self.targets]
        subject = self._subject(phrase)
        asked = [p for place, p in named if p != self.actor and _ASKED.search(phrase[:place])]
        owners: tuple[str, ...]
        stated = self.evidence.type not in ("demand", "rejection")
        if stated and subject is not None and subject != self.actor:
            owners = (subject,)
        elif both and len(self.targets) > 1:
            owners = tuple(dict.fromkeys(both))
        elif self.targets:
            owners = self.targets[:_MOST_TARGETS]
        elif asked:
            owners = (asked[0],)
        else:
            return [Said(deed, None, (self.actor,), phrase)]
        return [Said(deed, owner, (), phrase) for owner in owners]

    def _subject(self, phrase: str) -> str | None:
        """Return the party that is the subject of a phrase; "it", "its": the actor."""
        view = fold(phrase)
        if _OWN.match(view) and not self.joint:
            return self.actor
        verb = _VERB.search(view)
        limit = verb.start() if verb else 0
        tokens = tokenize(phrase, view, Span(0, len(phrase)))
        first = next((g for g in find_groups(tokens) if g.finite and g.subject is not None), None)
        if first is not None and first.subject is not None:
            limit = max(limit, tokens[first.subject[1] - 1].end)
        for place, party in self.names.mentions(phrase):
            if place < limit:
                return party
        return None


def _turned(said: Said) -> Said:
    return replace(said, deed=replace(said.deed, done=not said.deed.done))
