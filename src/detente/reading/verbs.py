"""Verbs that take a position: demands, offers, promises, refuses, backs, accuses."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.acts import concession, cooperation, warning
from detente.reading.candidate import (
    Candidate,
    after_comma,
    agent_after,
    clause_start,
    clause_subject,
    from_whom,
    governing_verb,
    next_group,
    next_is,
    past_adverbs,
    tag_at,
    to_whom,
    word_at,
)
from detente.reading.clauses import Group, noun_phrase_end
from detente.reading.tokens import Token
from detente.reading.types import HELPFUL, HOSTILE, YIELDING, positions

__all__ = ["position_verb"]


def position_verb(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """Find a verb that takes a position, with its target where the syntax gives it."""
    kind = positions().verbs.get(group.lemma)
    if kind is None or tokens[group.verb].tag == "X":
        return None
    k = past_adverbs(tokens, group.last + 1)
    word, tag = word_at(tokens, k), tag_at(tokens, k)
    lemma = group.lemma
    if not group.finite:
        governor = governing_verb(groups, group)
        if group.modal == "to" or (group.form == "ing" and not after_comma(tokens, group)):
            if governor is not None and not (
                governor.lemma
                in ("continue", "begin", "start", "seem", "appear", "go", "decide", "come", "use")
                and kind not in ("concession",)
            ):
                if not (
                    group.form == "ing"
                    and kind in ("accusation", "concession")
                    and group.first
                    and tokens[group.first - 1].word == "by"
                ):
                    return None
            elif governor is None:
                return None
        elif group.form == "pp" and tag != "I":
            return None
    start = clause_start(tokens, group)
    candidate = Candidate(kind, start, group.first, k, group.subject, 3, "verb")
    if group.passive:
        return _passive(tokens, group, candidate, k)
    if group.negative:
        return _negated(tokens, group, candidate, k)
    if group.modal in ("must", "should", "ought", "need") and kind not in ("accusation",):
        return None  # "Russia must accept": a demand on Russia, see modal_clause
    if (
        tag == "."
        and kind in ("demand", "offer", "commitment", "threat")
        and lemma not in ("agree", "accept", "retaliate")
    ):
        return None
    if lemma in ("want", "seek"):
        return _want(tokens, group, candidate, k)
    if kind == "demand":
        if word == "that":
            candidate.content = k + 1
            candidate.target = clause_subject(groups, group, k)
            return candidate
        if (
            lemma
            in (
                "ask",
                "order",
                "press",
                "require",
                "summon",
                "instruct",
                "insist",
                "request",
                "plead",
                "petition",
                "lobby",
            )
            and tag not in "DNMPATI'"
        ):
            return None
        if lemma == "insist":
            if clause_subject(groups, group, k) is None:
                return None
            candidate.target = clause_subject(groups, group, k)
            return candidate
        if lemma in ("require", "order") and not (group.subject and group.modal == ""):
            return None
        if lemma in (
            "urge",
            "ask",
            "call_on",
            "call_upon",
            "appeal_to",
            "press",
            "implore",
            "exhort",
            "order",
            "instruct",
            "lobby",
            "beseech",
            "petition",
            "require",
        ):
            end = noun_phrase_end(tokens, k)
            end = next((n for n in range(k, end) if tokens[n].tag == "T"), end)
            if end > k:
                candidate.target = (k, end)
            return candidate
        candidate.target = from_whom(tokens, k)
        return candidate
    if kind == "offer":
        if lemma == "suggest":
            return None if tag not in "G" else candidate
        if lemma == "invite":
            candidate.target = (k, noun_phrase_end(tokens, k)) if tag in "DNMA" else None
            return candidate if candidate.target else None
        if tag not in "TDNMAGP#" and word != "that":
            return None
        candidate.target = to_whom(tokens, k)
        return candidate
    if kind == "commitment":
        if lemma == "vow" or lemma in ("swear", "promise", "pledge"):
            nxt = next_group(groups, group)
            if (
                tag == "T"
                and nxt is not None
                and nxt.lemma in HOSTILE
                and nxt.lemma
                not in (
                    "withdraw",
                    "leave",
                    "end",
                    "stop",
                    "halt",
                    "close",
                    "suspend",
                    "pull_out",
                    "cut",
                    "freeze",
                    "resume",
                    "raise",
                )
                and nxt.first <= k + 2
            ):
                candidate.type = "threat"
            elif (
                lemma == "vow"
                and tag == "T"
                and nxt is not None
                and nxt.lemma in ("continue", "keep", "resist")
            ) or (
                (word in ("never",) or "not" in {t.word for t in tokens[k : k + 2]})
                and lemma != "guarantee"
                and nxt is not None
                and nxt.lemma in YIELDING - {"attack"}
            ):
                candidate.type = "rejection"
        if lemma == "agree":
            nxt = next_group(groups, group)
            if (
                tag == "T"
                and nxt is not None
                and nxt.lemma
                in ("drop", "abandon", "give_up", "waive", "soften", "lift", "relinquish", "forgo")
            ):
                candidate.type = "concession"
            elif word == "with":
                candidate.type = "endorsement"
            elif tag not in "TI.," and word not in ("that", "on"):
                return None
        if lemma == "sign" and tag not in "DNM":
            return None
        if lemma == "sign":
            candidate.type = "cooperation"
        if lemma == "accept" and tag not in "DNMPA'":
            return None
        if lemma == "commit" and word not in ("to", "itself", "themselves"):
            return None
        if lemma == "commit" and tag in "DNM":
            return None
        ahead = " ".join(t.word for t in tokens[k : k + 30])
        if lemma in ("promise", "pledge", "vow", "undertake") and (
            "in exchange" in ahead or "in return" in ahead
        ):
            candidate.type = "offer"
        candidate.target = to_whom(tokens, k)
        if lemma == "assure" and tag in "DNMP":
            candidate.target = (k, noun_phrase_end(tokens, k))
        return candidate
    if kind == "endorsement":
        if tag not in "DNMPA'GI\"":
            return None
        if lemma in ("support", "back", "favour", "favor", "welcome", "hail") and tag == "I":
            return None
        candidate.target = (k, noun_phrase_end(tokens, k))
        return candidate
    if kind == "rejection":
        if lemma in ("refuse", "decline") and tag not in "TDNMA":
            return None
        if lemma == "decline" and next_is(
            groups,
            group,
            (
                "comment",
                "say",
                "answer",
                "elaborate",
                "respond",
                "discuss",
                "give",
                "provide",
                "name",
            ),
        ):
            return None
        if lemma == "refuse" and next_is(
            groups, group, ("comment", "elaborate", "answer", "respond")
        ):
            return None
        if lemma == "dismiss" and tag not in "DNMAP" and word not in ("that", "this"):
            return None
        if lemma in ("resist", "ignore", "defy") and tag not in "DNMA":
            return None
        candidate.negative = True
        candidate.target = (k, noun_phrase_end(tokens, k)) if tag in "DNMA" else None
        return candidate
    if kind == "accusation":
        if tag not in "DNMPA" and word not in ("for",):
            return None
        if (
            lemma == "charge"
            and "with" not in {t.word for t in tokens[k : k + 8]}
            and word != "that"
        ):
            return None
        end = noun_phrase_end(tokens, k)
        for n in range(k, end):
            if (
                tokens[n].word in ("of", "for", "as")
                and n > k
                and lemma in ("accuse", "blame", "charge", "fault")
            ):
                end = n
                break
        candidate.target = (k, end) if end > k else None
        return candidate
    if kind == "threat":
        if lemma == "warn":
            return warning(tokens, group, groups, candidate, k)
        if lemma == "retaliate" and not group.modal:
            return None
        if tag in "DNM":
            candidate.target = (k, noun_phrase_end(tokens, k))
            if (
                tag == "D"
                and "with" not in {t.word for t in tokens[k : k + 8]}
                and group.subject is not None
                and lemma == "threaten"
            ):
                candidate.type = "threat"
        return candidate
    if kind == "threat-perception":
        if tag in ".," or word in ("for",):
            return None
        candidate.target = clause_subject(groups, group, k) or (
            (k, noun_phrase_end(tokens, k)) if tag in "DNM" else None
        )
        return candidate
    if kind == "concession":
        return concession(tokens, group, candidate, k, lemma, tag, word)
    return cooperation(tokens, group, candidate, k, lemma, tag, word)


def _want(tokens: Sequence[Token], group: Group, candidate: Candidate, k: int) -> Candidate | None:
    _word, tag = word_at(tokens, k), tag_at(tokens, k)
    if tag in ".,":
        return None
    if tag == "T":
        verb = past_adverbs(tokens, k + 1)
        lemma = tokens[verb].lemma if verb < len(tokens) else ""
        nouns = {t.word for t in tokens[verb : verb + 7]}
        if lemma in HELPFUL or nouns & {"relations", "ties", "cooperation", "partnership"}:
            candidate.type = "cooperation"
        elif group.lemma == "seek" and lemma not in ("end", "have", "be", "get", "secure", "force"):
            return None
        else:
            candidate.type = "demand"
        candidate.content = verb
        return candidate
    if (
        group.lemma == "seek"
        and tag in "DNMAG"
        and not {t.word for t in tokens[k : k + 8]}
        & {
            "guarantee",
            "guarantees",
            "assurances",
            "withdrawal",
            "recognition",
            "ceasefire",
            "truce",
            "autonomy",
            "independence",
            "relief",
            "release",
            "commitment",
            "concessions",
            "return",
            "end",
            "compensation",
            "clarification",
            "extension",
            "changes",
            "lifting",
            "removal",
            "pledge",
            "talks",
            "role",
        }
    ):
        return None
    end = noun_phrase_end(tokens, k)
    if end - k <= 2 and word_at(tokens, end - 1) in (
        "peace",
        "dialogue",
        "stability",
        "reconciliation",
    ):
        candidate.type = "commitment"
        return candidate
    split = next((n for n in range(k, min(end + 1, len(tokens))) if tokens[n].tag == "T"), None)
    if split is not None and split > k:
        candidate.target = (k, split)
    else:
        candidate.target = from_whom(tokens, k) or (
            (k, min(end, k + 4))
            if word_at(tokens, end) in ("out", "gone", "off")
            or tokens[end - 1].word in ("out", "gone", "back")
            else None
        )
    return candidate


def _passive(
    tokens: Sequence[Token], group: Group, candidate: Candidate, k: int
) -> Candidate | None:
    """Let the agent take the position: "Iran was accused by France of ..."."""
    kind, lemma = candidate.type, group.lemma
    if kind in ("accusation", "demand") and lemma not in (
        "want",
        "seek",
        "insist",
        "require",
        "charge",
    ):
        candidate.target = group.subject
        candidate.subject = agent_after(tokens, k)
        if (
            kind == "demand"
            and lemma not in ("urge", "ask", "call_on", "order")
            and candidate.subject is None
        ):
            return None
        if candidate.subject is None and lemma not in ("accuse", "blame", "condemn"):
            return None
        if group.negative:
            return None
        return candidate
    agent = agent_after(tokens, k)
    if (
        kind in ("rejection", "endorsement", "offer", "commitment", "concession")
        and agent is not None
        and not group.modal
        and not group.negative
    ):
        candidate.target = group.subject
        candidate.subject = agent
        candidate.negative = kind == "rejection"
        return candidate
    if (
        kind == "commitment"
        and lemma in ("commit", "commit_to")
        and (lemma == "commit_to" or word_at(tokens, k) == "to")
        and not group.negative
    ):
        return candidate
    if kind == "cooperation" and lemma in (
        "organize",
        "organise",
        "host",
        "convene",
        "mediate",
        "broker",
        "facilitate",
        "attend",
        "sign",
    ):
        if agent is None and lemma != "facilitate":
            return None
        candidate.target = None
        if not group.finite and group.subject is not None:
            candidate.start = group.subject[0]
        candidate.subject = agent if agent is not None else group.subject
        if group.form in ("past", "pp") and not group.finite:
            pass
        return candidate
    return None


def _negated(
    tokens: Sequence[Token], group: Group, candidate: Candidate, k: int
) -> Candidate | None:
    """A negated position is a refusal if it looks ahead or denies assent; else no statement."""
    lemma, kind = group.lemma, candidate.type
    past = {t.word for t in tokens[group.first : group.verb]} & {"did", "has", "have", "had"}
    if kind == "concession" and lemma in (
        "compromise",
        "yield",
        "back_down",
        "give_up",
        "relent",
        "give_in",
        "bow",
        "abandon",
        "drop",
        "cave",
        "relinquish",
        "lift",
        "release",
        "waive",
        "soften",
        "forgo",
    ):
        if past and lemma not in ("yield", "back_down", "relent"):
            return None
        candidate.type, candidate.negative = "rejection", True
        candidate.content = group.verb
        return candidate
    if (
        kind in ("commitment", "endorsement", "cooperation")
        and not (past and kind != "endorsement")
        and lemma
        in (
            "accept",
            "agree",
            "sign",
            "support",
            "negotiate",
            "meet",
            "endorse",
            "back",
            "approve",
            "commit_to",
            "consent",
            "ratify",
            "talk",
            "attend",
            "resume",
            "welcome",
            "agree_with",
            "participate",
            "promise",
            "guarantee",
        )
        and (group.modal or kind == "endorsement" or tokens[group.first].word in ("do", "does"))
    ):
        if lemma in ("promise", "guarantee") and not group.modal:
            return None
        candidate.type, candidate.negative = "rejection", True
        candidate.content = group.verb
        return candidate
    if lemma == "want" and tag_at(tokens, k) in "TDNMA":
        candidate.type = "rejection" if tag_at(tokens, k) == "T" else "demand"
        candidate.negative = True
        if tag_at(tokens, k) != "T":
            end = noun_phrase_end(tokens, k)
            candidate.target = (k, end)
        return candidate
    if "longer" in {t.word for t in tokens[group.first : k + 1]} and kind == "demand":
        candidate.type = "concession"
        return candidate
    return None
