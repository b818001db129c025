"""Acts that are positions: giving way, working together, warning."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.candidate import FUTURE, Candidate, next_group, tag_at, word_at
from detente.reading.clauses import Group, noun_phrase_end
from detente.reading.tokens import Token

__all__ = ["concession", "cooperation", "warning"]


_POSITION_NOUNS = frozenset(
    """demand demands claim claims insistence condition conditions objection objections
    opposition position stance threat threats veto resistance ban siege blockade sanctions
    embargo curfew restrictions tariffs tariff prisoners hostages detainees requirement call
    boycott strike campaign offensive plan plans right rights credibility state emergency
    captives soldiers bid pursuit precondition preconditions lawsuit charges appeal
    deadline""".split()
)


def concession(
    tokens: Sequence[Token],
    group: Group,
    candidate: Candidate,
    k: int,
    lemma: str,
    tag: str,
    word: str,
) -> Candidate | None:
    """Keep verbs of giving way if what is given up is a position."""
    if group.modal in FUTURE or group.modal == "to":
        return None  # not given up yet
    if lemma in (
        "compromise",
        "relent",
        "yield",
        "back_down",
        "cave",
        "give_in",
        "soften",
        "climb_down",
        "back_away",
        "concede",
    ):
        if lemma == "concede" and word == "that":
            return None
        return candidate
    end = noun_phrase_end(tokens, k)
    nouns = {t.word for t in tokens[k:end]}
    if lemma == "bow":
        return candidate if word == "to" else None
    if nouns & _POSITION_NOUNS:
        return candidate
    return None


def cooperation(
    tokens: Sequence[Token],
    group: Group,
    candidate: Candidate,
    k: int,
    lemma: str,
    tag: str,
    word: str,
) -> Candidate | None:
    """Keep verbs of working together if they speak of talks, visits and the like."""
    after = {t.word for t in tokens[k : k + 9]}
    if group.modal in ("can", "could", "may", "might", "cannot") or (
        lemma == "talk" and word not in ("with", "to")
    ):
        return None
    if lemma == "meet":
        if (
            tag in "DNMA"
            and tokens[k].word in ("the", "a", "our", "its", "their")
            and after
            & {
                "demands",
                "demand",
                "conditions",
                "condition",
                "needs",
                "deadline",
                "requirements",
                "obligations",
                "criteria",
                "target",
                "targets",
                "resistance",
            }
        ):
            return None
        if (
            word == "with"
            and tag_at(tokens, k + 1) in "N"
            and after & {"resistance", "force", "criticism", "fire"}
        ):
            return None
        candidate.target = (
            k + 1 if word == "with" else k,
            noun_phrase_end(tokens, k + 1 if word == "with" else k),
        )
        return candidate
    if lemma in (
        "organize",
        "organise",
        "convene",
        "host",
        "facilitate",
        "broker",
        "mediate",
        "attend",
    ):
        if lemma in ("organize", "organise", "host", "attend", "convene") and not after & _EVENTS:
            return None
        return candidate
    if lemma == "share":
        return (
            candidate
            if after
            & {
                "aim",
                "aims",
                "goal",
                "goals",
                "interest",
                "interests",
                "objective",
                "concern",
                "concerns",
                "view",
                "views",
                "vision",
            }
            else None
        )
    if lemma in ("sign", "exchange"):
        if lemma == "exchange" and not after & {
            "prisoners",
            "views",
            "delegations",
            "letters",
            "ambassadors",
            "messages",
            "captives",
        }:
            return None
        return candidate
    if lemma == "resume" and not after & _EVENTS:
        return None
    if lemma in ("gather", "participate") and not after & (
        _EVENTS | {"delegates", "leaders", "envoys"}
    ):
        return None
    if word == "with" or lemma in ("work_with", "talk"):
        at = k + 1 if word in ("with", "to") else k
        candidate.target = (at, noun_phrase_end(tokens, at))
    if lemma == "negotiate" and tag in "I" and word not in ("with", "in"):
        return candidate
    return candidate


_EVENTS = frozenset(
    """talks meeting meetings negotiations conference convention summit event dialogue round
    rounds delegation delegations forum ceremony session discussions consultations congress
    gathering process ceasefire truce agreement exercises cooperation relations ties mediation
    visit visits sides envoys negotiators""".split()
)


def warning(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], candidate: Candidate, k: int
) -> Candidate | None:
    """A warning is a threat if the warner would do the harm, else it sees a danger."""
    end = k
    if tag_at(tokens, k) in "DNMP" and word_at(tokens, k) != "that":
        end = noun_phrase_end(tokens, k)
        if word_at(tokens, end) in ("that", "of", "against", "to", "not"):
            candidate.target = (k, end)
        else:
            end = k
    word = word_at(tokens, end)
    if (
        word == "against"
        or (word == "not" and tag_at(tokens, end + 1) == "T")
        or (word == "to" and candidate.target)
    ):
        candidate.type = "threat" if word == "against" else "demand"
        return candidate
    nxt = next_group(groups, group)
    if nxt is None:
        if word == "of":
            candidate.type = "threat"
            return candidate
        return None
    subject = nxt.subject
    own = subject is not None and (
        subject == group.subject
        or word_at(tokens, subject[0]) in ("it", "they", "he", "she", "we", "i")
        or word_at(tokens, subject[0]) in ("its", "their", "his", "her", "our")
    )
    same = (
        subject is not None
        and group.subject is not None
        and {t.word for t in tokens[slice(*subject)] if t.tag == "M"}
        & {t.word for t in tokens[slice(*group.subject)] if t.tag == "M"}
    )
    harm = {t.word for t in tokens[nxt.first : nxt.first + 9]} & {
        "consequences",
        "price",
        "retaliation",
        "response",
        "force",
        "sanctions",
        "war",
        "action",
        "punishment",
        "reprisals",
        "strikes",
        "retribution",
    }
    if own or same or harm:
        candidate.type = "threat"
    else:
        candidate.type = "threat-perception"
        candidate.target = subject
    candidate.content = end + 1 if word == "that" else end
    return candidate
