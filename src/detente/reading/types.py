"""The eleven types of statement, and the words that signal them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from detente.reading.lexicon import data_text

__all__ = ["EVENT_OF_TYPE", "TYPES", "Positions", "StatementType", "positions"]


@dataclass(frozen=True, slots=True)
class StatementType:
    """One row of the table of types.

    Attributes:
        name: the name used in JSON.
        meaning: what the actor does.
        target: who the target is.
        reported: whether a sentence that narrates it reports somebody's position
            (``indirect``) rather than an act (``author``).
    """

    name: str
    meaning: str
    target: str
    reported: bool


TYPES = (
    StatementType("demand", "wants, asks or urges that something be done or accepted",
                  "who should do it", True),
    StatementType("offer", "proposes to do or give something, often in return for something",
                  "to whom", True),
    StatementType("commitment", "promises, guarantees, undertakes or agrees to something",
                  "to whom", True),
    StatementType("precondition", "makes one thing wait for another", "who must meet it", True),
    StatementType("endorsement", "supports another's position, proposal or text", "whose", True),
    StatementType("rejection", "refuses a demand, offer, condition or text, or to give way",
                  "whose", True),
    StatementType("accusation", "blames someone", "who is blamed", True),
    StatementType("threat", "announces harm, withdrawal or punishment", "who is threatened", True),
    StatementType("threat-perception", "sees a danger to itself", "where the danger comes from",
                  False),
    StatementType("concession", "has given up or dropped something", "to whom", False),
    StatementType("cooperation", "meets, mediates, hosts or acts together with others",
                  "with whom, if not already among the actors", False),
)  # fmt: skip
"""Every type, in the order of the contract."""

EVENT_OF_TYPE: dict[str, str | None] = {
    "demand": "DEMAND",
    "offer": "AGREE",
    "commitment": "AGREE",
    "precondition": "DEMAND",
    "endorsement": "SUPPORT",
    "rejection": "REJECT",
    "accusation": "DISAPPROVE",
    "threat": "THREATEN",
    "threat-perception": None,
    "concession": "CONCEDE",
    "cooperation": "CONSULT",
}
"""Type of statement to PLOVER class; ``None`` where PLOVER has none.

Source: Open Event Data Alliance, *PLOVER* (2016).
"""


@dataclass(frozen=True, slots=True)
class Positions:
    """Words that take a position.

    Attributes:
        verbs: lemma to type.
        nouns: noun to type, where its owner takes the position.
        light: noun to type, after a light verb ("made an offer").
    """

    verbs: dict[str, str]
    nouns: dict[str, str]
    light: dict[str, str]


@lru_cache(maxsize=1)
def positions() -> Positions:
    """Return the lexicon of positions, read once."""
    parts: dict[str, dict[str, str]] = {"verb": {}, "noun": {}, "light": {}}
    for line in data_text("positions.txt").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, words = line.partition(":")
        kind, part = head.split()
        for word in words.split():
            parts[part].setdefault(word, kind)
    return Positions(parts["verb"], parts["noun"], parts["light"])


HOSTILE = frozenset(
    """attack strike bomb retaliate destroy invade punish sanction expel blockade withdraw leave
    quit walk_out suspend halt cut cut_off close shut boycott impose sever respond crush fight
    resume escalate arrest kill seize block ban shoot hit target abandon pull_out cancel
    terminate end stop freeze hunt annihilate march storm occupy revoke scrap tear intervene
    deploy mobilize mobilise strip evict prosecute recall downgrade resort raise veto""".split()
)
"""What a threat announces."""

WRONGS = frozenset(
    """violate breach break attack shell bomb kill sabotage block undermine occupy stall obstruct
    lie cheat arm fund finance ignore provoke destabilize destabilise exploit abuse torture
    kidnap abduct seize fail refuse derail spoil jeopardize jeopardise delay prolong flout
    renege incite massacre murder steal destroy smuggle harass intimidate interfere invade
    betray shelter harbour harbor sponsor manipulate escalate drag poison hack spy threaten
    starve besiege mislead deceive stonewall encroach annex deceive forfeit impede burn
    displace""".split()
)
"""What an accusation imputes, when one party says it of another."""

YIELDING = frozenset(
    """accept agree sign allow negotiate recognise recognize leave withdraw surrender tolerate
    compromise yield give give_up talk bow abandon cede permit disarm meet attend join return
    release hand_over change retreat back_down discuss consider participate endorse support
    renounce lift extend pay step_down resign participate apologize apologise move budge
    ratify drop relinquish concede relent open enter share stop""".split()
)
"""What a rejection refuses."""

HELPFUL = frozenset(
    """meet host mediate negotiate cooperate talk discuss resume work gather attend join
    participate coordinate facilitate convene sit improve restore normalize normalise
    strengthen develop build""".split()
)
"""What a joint undertaking announces: "wants to improve relations"."""
