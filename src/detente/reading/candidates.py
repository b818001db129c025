"""Candidates for statements: clauses and noun phrases of a sentence that take a position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.clauses import Group, noun_phrase_end, phrase_before
from detente.reading.tokens import Token
from detente.reading.types import HELPFUL, HOSTILE, WRONGS, YIELDING, positions
from detente.reading.units import Sentence

__all__ = ["Candidate", "find_candidates"]

Range = tuple[int, int]


@dataclass(slots=True)
class Candidate:
    """A clause or noun phrase that takes a position.

    Attributes:
        type: the type that its words suggest.
        start: first token of the clause with its subject.
        cue: first token of the words that take the position.
        content: first token of what is wanted, refused, promised, ...
        subject: whose position it is, ``None`` if the clause does not name them.
        strength: 3 for a verb that takes the position, 2 for a noun, 1 for a clause that only
            does so in somebody's mouth or by a modal.
        kind: ``verb``, ``noun``, ``state`` (be + adjective), ``modal`` or ``wrong``.
        target: token range of the target if the syntax gives it.
        group: its verb group, ``None`` for a noun.
        stop: index after its last token.
        negative: whether its own verb refuses.
        nested: whether it stands inside another candidate on purpose.
        blame_subject: whether the subject is who is blamed, and the speaker who blames.
    """

    type: str
    start: int
    cue: int
    content: int
    subject: Range | None
    strength: int
    kind: str
    target: Range | None = None
    group: Group | None = None
    stop: int = 0
    negative: bool = False
    nested: bool = False
    blame_subject: bool = False


_LIGHT = frozenset(
    """make give put set issue voice express hold take offer present reach lay win throw raise
    announce submit table pose open begin start launch resume conduct have impose lend repeat
    renew declare put_forward level deliver come""".split()
)
_READY = frozenset("ready willing prepared open".split())
_STUBBORN = frozenset("adamant insistent firm unequivocal clear categorical determined".split())
_AFRAID = frozenset("afraid concerned worried alarmed fearful anxious wary nervous".split())
_UNWILLING = frozenset("unwilling reluctant opposed against unprepared hostile".split())
_DANGER = frozenset("threat danger menace risk target".split())
_BLAMED = frozenset("responsible guilty obstacle culpable aggressor aggressors obstacles".split())
_MODAL_DEMAND = frozenset("must should shall ought".split())
_FUTURE = frozenset("will would 'll shall wo could can may might".split())


def find_candidates(sentence: Sentence, spoken: bool) -> list[Candidate]:
    """Find the candidates of a sentence, in order of their cue.

    Args:
        sentence: the sentence.
        spoken: whether the sentence stands inside a quotation or a turn of a dialogue.
    """
    found: list[Candidate] = []
    tokens = sentence.tokens
    taken: set[int] = set()
    for group in sentence.groups:
        if _subordinate(tokens, group):
            continue
        for maker in (_lexical, _state, _no_sign, _seen_as, _light, _clause):
            candidate = maker(tokens, group, sentence.groups, spoken)
            if candidate is not None:
                candidate.group = group
                found.append(candidate)
                taken.update(range(group.first, candidate.content))
                break
    found.extend(_nouns(sentence, taken))
    if not found:
        found.extend(_verbless(sentence, spoken))
    found.sort(key=lambda c: (c.cue, c.start))
    return found


_SUBORDINATE = frozenset("if whether until till unless before after once when how why than".split())


def _subordinate(tokens: Sequence[Token], group: Group) -> bool:
    """Tell whether a verb stands in a clause that only sets a condition or a time."""
    first = group.first
    if group.subject is not None and not group.inherited and group.subject[0] < first:
        first = group.subject[0]
    j = first - 1
    while j >= 0 and tokens[j].tag in "R":
        j -= 1
    return j >= 0 and tokens[j].tag == "S" and tokens[j].word in _SUBORDINATE


def _verbless(sentence: Sentence, spoken: bool) -> list[Candidate]:
    """ "No deal, no trains"; "First the prisoners, then the border"."""
    tokens = sentence.tokens
    words = [t.word for t in tokens]
    if not spoken or len(words) > 25:
        return []
    first = next((k for k, t in enumerate(tokens) if t.tag not in '".,C'), 0)
    comma = next((k for k in range(first + 1, len(words) - 1) if words[k] in (",", ";", "–")), None)
    if comma is None:
        return []
    no = words[first] == "no" and words[comma + 1] == "no"
    then = words[first] == "first" and "then" in words[comma + 1 : comma + 3]
    if not (no or then):
        return []
    return [Candidate("precondition", first, first, first + 1, None, 3, "no-no" if no else "first-then")]


def _start(tokens: Sequence[Token], group: Group) -> int:
    """Return where the clause of a verb group begins: its subject, or the verb itself."""
    if group.subject is None or group.inherited:
        first = group.first
        if first and tokens[first - 1].tag == "R" and tokens[first - 1].word in ("first", "also", "only"):
            first -= 1
        return first
    start = group.subject[0]
    if start > group.first:
        return group.first
    if group.first - group.subject[1] > 3:
        return group.first
    return start


def _after(tokens: Sequence[Token], k: int) -> int:
    while k < len(tokens) and tokens[k].tag == "R":
        k += 1
    return k


def _word(tokens: Sequence[Token], k: int) -> str:
    return tokens[k].word if k < len(tokens) else ""


def _tag(tokens: Sequence[Token], k: int) -> str:
    return tokens[k].tag if k < len(tokens) else "."


def _lexical(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    kind = positions().verbs.get(group.lemma)
    if kind is None or tokens[group.verb].tag == "X":
        return None
    k = _after(tokens, group.last + 1)
    word, tag = _word(tokens, k), _tag(tokens, k)
    lemma = group.lemma
    if not group.finite:
        governor = _governor(groups, group)
        if group.modal == "to" or (group.form == "ing" and not _after_comma(tokens, group)):
            if governor is not None and not (governor.lemma in ("continue", "begin", "start", "seem", "appear", "go", "decide", "come", "use") and kind not in ("concession",)):
                if not (group.form == "ing" and kind in ("accusation", "concession") and group.first and tokens[group.first - 1].word == "by"):
                    return None
            elif governor is None:
                return None
        elif group.form == "pp" and tag != "I":
            return None
    start = _start(tokens, group)
    candidate = Candidate(kind, start, group.first, k, group.subject, 3, "verb")
    if group.passive:
        return _passive(tokens, group, candidate, k)
    if group.negative:
        return _negated(tokens, group, candidate, k)
    if group.modal in ("must", "should", "ought", "need") and kind not in ("accusation",):
        return None  # "Russia must accept": a demand on Russia, see _clause
    if tag == "." and kind in ("demand", "offer", "commitment", "threat") and lemma not in ("agree", "accept", "retaliate"):
        return None
    if lemma in ("want", "seek"):
        return _want(tokens, group, candidate, k)
    if kind == "demand":
        if word == "that":
            candidate.content = k + 1
            candidate.target = _clause_subject(groups, group, k)
            return candidate
        if lemma in ("ask", "order", "press", "require", "summon", "instruct", "insist", "request", "plead", "petition", "lobby") and tag not in "DNMPATI'":
            return None
        if lemma == "insist":
            if _clause_subject(groups, group, k) is None:
                return None
            candidate.target = _clause_subject(groups, group, k)
            return candidate
        if lemma in ("require", "order") and not (group.subject and group.modal == ""):
            return None
        if lemma in ("urge", "ask", "call_on", "call_upon", "appeal_to", "press", "implore", "exhort", "order", "instruct", "lobby", "beseech", "petition", "require"):
            end = noun_phrase_end(tokens, k)
            end = next((n for n in range(k, end) if tokens[n].tag == "T"), end)
            if end > k:
                candidate.target = (k, end)
            return candidate
        candidate.target = _from(tokens, k)
        return candidate
    if kind == "offer":
        if lemma == "suggest":
            return None if tag not in "G" else candidate
        if lemma == "invite":
            candidate.target = (k, noun_phrase_end(tokens, k)) if tag in "DNMA" else None
            return candidate if candidate.target else None
        if tag not in "TDNMAGP#" and word != "that":
            return None
        candidate.target = _to_whom(tokens, k)
        return candidate
    if kind == "commitment":
        if lemma == "vow" or lemma in ("swear", "promise", "pledge"):
            nxt = _next_group(groups, group)
            if tag == "T" and nxt is not None and nxt.lemma in HOSTILE and nxt.lemma not in ("withdraw", "leave", "end", "stop", "halt", "close", "suspend", "pull_out", "cut", "freeze", "resume", "raise") and nxt.first <= k + 2:
                candidate.type = "threat"
            elif lemma == "vow" and tag == "T" and nxt is not None and nxt.lemma in ("continue", "keep", "resist"):
                candidate.type = "rejection"
            elif (word in ("never",) or "not" in {t.word for t in tokens[k : k + 2]}) and lemma != "guarantee" and nxt is not None and nxt.lemma in YIELDING - {"attack"}:
                candidate.type = "rejection"
        if lemma == "agree":
            nxt = _next_group(groups, group)
            if tag == "T" and nxt is not None and nxt.lemma in ("drop", "abandon", "give_up", "waive", "soften", "lift", "relinquish", "forgo"):
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
        if lemma in ("promise", "pledge", "vow", "undertake") and ("in exchange" in ahead or "in return" in ahead):
            candidate.type = "offer"
        candidate.target = _to_whom(tokens, k)
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
        if lemma == "decline" and _next_is(groups, group, ("comment", "say", "answer", "elaborate", "respond", "discuss", "give", "provide", "name")):
            return None
        if lemma == "refuse" and _next_is(groups, group, ("comment", "elaborate", "answer", "respond")):
            return None
        if lemma == "dismiss" and tag not in "DNMAP":
            return None
        if lemma in ("resist", "ignore", "defy") and tag not in "DNMA":
            return None
        candidate.negative = True
        candidate.target = (k, noun_phrase_end(tokens, k)) if tag in "DNMA" else None
        return candidate
    if kind == "accusation":
        if tag not in "DNMPA" and word not in ("for",):
            return None
        if lemma == "charge" and "with" not in {t.word for t in tokens[k : k + 8]} and word != "that":
            return None
        end = noun_phrase_end(tokens, k)
        for n in range(k, end):
            if tokens[n].word in ("of", "for", "as") and n > k and lemma in ("accuse", "blame", "charge", "fault"):
                end = n
                break
        candidate.target = (k, end) if end > k else None
        return candidate
    if kind == "threat":
        if lemma == "warn":
            return _warn(tokens, group, groups, candidate, k)
        if lemma == "retaliate" and not group.modal:
            return None
        if tag in "DNM":
            candidate.target = (k, noun_phrase_end(tokens, k))
            if tag == "D" and "with" not in {t.word for t in tokens[k : k + 8]} and group.subject is not None and lemma == "threaten":
                candidate.type = "threat"
        return candidate
    if kind == "threat-perception":
        if tag in ".," or word in ("for",):
            return None
        candidate.target = _clause_subject(groups, group, k) or ((k, noun_phrase_end(tokens, k)) if tag in "DNM" else None)
        return candidate
    if kind == "concession":
        return _concession(tokens, group, candidate, k, lemma, tag, word)
    return _cooperation(tokens, group, candidate, k, lemma, tag, word)


_POSITION_NOUNS = frozenset(
    """demand demands claim claims insistence condition conditions objection objections opposition
    position stance threat threats veto resistance ban siege blockade sanctions embargo curfew
    restrictions tariffs tariff prisoners hostages detainees requirement call boycott strike
    campaign offensive plan plans right rights credibility state emergency captives soldiers
    bid pursuit precondition preconditions lawsuit charges appeal deadline""".split()
)


def _concession(
    tokens: Sequence[Token], group: Group, candidate: Candidate, k: int, lemma: str, tag: str, word: str
) -> Candidate | None:
    if group.modal in _FUTURE or group.modal == "to":
        return None  # not given up yet
    if lemma in ("compromise", "relent", "yield", "back_down", "cave", "give_in", "soften", "climb_down", "back_away", "concede"):
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


def _cooperation(
    tokens: Sequence[Token], group: Group, candidate: Candidate, k: int, lemma: str, tag: str, word: str
) -> Candidate | None:
    after = {t.word for t in tokens[k : k + 9]}
    if group.modal in ("can", "could", "may", "might", "cannot") or lemma == "talk" and word not in ("with", "to"):
        return None
    if lemma == "meet":
        if tag in "DNMA" and tokens[k].word in ("the", "a", "our", "its", "their") and after & {"demands", "demand", "conditions", "condition", "needs", "deadline", "requirements", "obligations", "criteria", "target", "targets", "resistance"}:
            return None
        if word == "with" and _tag(tokens, k + 1) in "N" and after & {"resistance", "force", "criticism", "fire"}:
            return None
        candidate.target = (k + 1 if word == "with" else k, noun_phrase_end(tokens, k + 1 if word == "with" else k))
        return candidate
    if lemma in ("organize", "organise", "convene", "host", "facilitate", "broker", "mediate", "attend"):
        if lemma in ("organize", "organise", "host", "attend", "convene") and not after & _EVENTS:
            return None
        return candidate
    if lemma == "share":
        return candidate if after & {"aim", "aims", "goal", "goals", "interest", "interests", "objective", "concern", "concerns", "view", "views", "vision"} else None
    if lemma in ("sign", "exchange"):
        if lemma == "exchange" and not after & {"prisoners", "views", "delegations", "letters", "ambassadors", "messages", "captives"}:
            return None
        return candidate
    if lemma == "resume" and not after & _EVENTS:
        return None
    if lemma in ("gather", "participate") and not after & (_EVENTS | {"delegates", "leaders", "envoys"}):
        return None
    if word == "with" or lemma in ("work_with", "talk"):
        at = k + 1 if word in ("with", "to") else k
        candidate.target = (at, noun_phrase_end(tokens, at))
    if lemma == "negotiate" and tag in "I" and word not in ("with", "in"):
        return candidate
    return candidate


_EVENTS = frozenset(
    """talks meeting meetings negotiations conference convention summit event dialogue round rounds
    delegation delegations forum ceremony session discussions consultations congress gathering
    process ceasefire truce agreement exercises cooperation relations ties mediation visit visits
    sides envoys negotiators""".split()
)


def _warn(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], candidate: Candidate, k: int
) -> Candidate | None:
    """A warning is a threat if the warner would do the harm, else it sees a danger."""
    end = k
    if _tag(tokens, k) in "DNMP" and _word(tokens, k) != "that":
        end = noun_phrase_end(tokens, k)
        if _word(tokens, end) in ("that", "of", "against", "to", "not"):
            candidate.target = (k, end)
        else:
            end = k
    word = _word(tokens, end)
    if word == "against" or (word == "not" and _tag(tokens, end + 1) == "T") or (word == "to" and candidate.target):
        candidate.type = "threat" if word == "against" else "demand"
        return candidate
    nxt = _next_group(groups, group)
    if nxt is None:
        if word == "of":
            candidate.type = "threat"
            return candidate
        return None
    subject = nxt.subject
    own = subject is not None and (
        subject == group.subject or _word(tokens, subject[0]) in ("it", "they", "he", "she", "we", "i") or _word(tokens, subject[0]) in ("its", "their", "his", "her", "our")
    )
    same = subject is not None and group.subject is not None and {
        t.word for t in tokens[slice(*subject)] if t.tag == "M"
    } & {t.word for t in tokens[slice(*group.subject)] if t.tag == "M"}
    harm = {t.word for t in tokens[nxt.first : nxt.first + 9]} & {"consequences", "price", "retaliation", "response", "force", "sanctions", "war", "action", "punishment", "reprisals", "strikes", "retribution"}
    if own or same or harm:
        candidate.type = "threat"
    else:
        candidate.type = "threat-perception"
        candidate.target = subject
    candidate.content = end + 1 if word == "that" else end
    return candidate


def _want(
    tokens: Sequence[Token], group: Group, candidate: Candidate, k: int
) -> Candidate | None:
    word, tag = _word(tokens, k), _tag(tokens, k)
    if tag in ".,":
        return None
    if tag == "T":
        verb = _after(tokens, k + 1)
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
    if group.lemma == "seek" and tag in "DNMAG" and not {t.word for t in tokens[k : k + 8]} & {"guarantee", "guarantees", "assurances", "withdrawal", "recognition", "ceasefire", "truce", "autonomy", "independence", "relief", "release", "commitment", "concessions", "return", "end", "compensation", "clarification", "extension", "changes", "lifting", "removal", "pledge", "talks", "role"}:
        return None
    end = noun_phrase_end(tokens, k)
    if end - k <= 2 and _word(tokens, end - 1) in ("peace", "dialogue", "stability", "reconciliation"):
        candidate.type = "commitment"
        return candidate
    split = next((n for n in range(k, min(end + 1, len(tokens))) if tokens[n].tag == "T"), None)
    if split is not None and split > k:
        candidate.target = (k, split)
    else:
        candidate.target = _from(tokens, k) or ((k, min(end, k + 4)) if _word(tokens, end) in ("out", "gone", "off") or tokens[end - 1].word in ("out", "gone", "back") else None)
    del word
    return candidate


def _passive(
    tokens: Sequence[Token], group: Group, candidate: Candidate, k: int
) -> Candidate | None:
    """ "Iran was accused by France of ...": the agent takes the position."""
    kind, lemma = candidate.type, group.lemma
    if kind in ("accusation", "demand") and lemma not in ("want", "seek", "insist", "require", "charge"):
        candidate.target = group.subject
        candidate.subject = _agent(tokens, k)
        if kind == "demand" and lemma not in ("urge", "ask", "call_on", "order") and candidate.subject is None:
            return None
        if candidate.subject is None and lemma not in ("accuse", "blame", "condemn"):
            return None
        if group.negative:
            return None
        return candidate
    agent = _agent(tokens, k)
    if kind in ("rejection", "endorsement", "offer", "commitment", "concession") and agent is not None and not group.modal and not group.negative:
        candidate.target = group.subject
        candidate.subject = agent
        candidate.negative = kind == "rejection"
        return candidate
    if kind == "concession" and lemma in ("release", "free", "lift", "ease", "drop") and False:
        return candidate
    if kind == "commitment" and lemma in ("commit", "commit_to") and (lemma == "commit_to" or _word(tokens, k) == "to") and not group.negative:
        return candidate
    if kind == "cooperation" and lemma in ("organize", "organise", "host", "convene", "mediate", "broker", "facilitate", "attend", "sign"):
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


def _agent(tokens: Sequence[Token], k: int) -> Range | None:
    for n in range(k, min(k + 10, len(tokens))):
        if tokens[n].word == "by" and n + 1 < len(tokens):
            end = noun_phrase_end(tokens, n + 1)
            for m in range(n + 2, end):
                if tokens[m].word in ("of", "for", "to") and tokens[m - 1].tag in "NM":
                    end = m
                    break
            return (n + 1, end) if end > n + 1 else None
        if tokens[n].tag in ".Q;":
            break
    return None


def _negated(
    tokens: Sequence[Token], group: Group, candidate: Candidate, k: int
) -> Candidate | None:
    """A negated position is a refusal if it looks ahead or denies assent; else no statement."""
    lemma, kind = group.lemma, candidate.type
    past = {t.word for t in tokens[group.first : group.verb]} & {"did", "has", "have", "had"}
    if kind == "concession" and lemma in ("compromise", "yield", "back_down", "give_up", "relent", "give_in", "bow", "abandon", "drop", "cave", "relinquish", "lift", "release", "waive", "soften", "forgo"):
        if past and lemma not in ("yield", "back_down", "relent"):
            return None
        candidate.type = "rejection"
        candidate.negative = True
        return candidate
    if kind in ("commitment", "endorsement", "cooperation") and not (past and kind != "endorsement"):
        if lemma in ("accept", "agree", "sign", "support", "negotiate", "meet", "endorse", "back", "approve", "commit_to", "consent", "ratify", "talk", "attend", "resume", "welcome", "agree_with", "participate", "promise", "guarantee") and (group.modal or kind == "endorsement" or tokens[group.first].word in ("do", "does")):
            if lemma in ("promise", "guarantee") and not group.modal:
                return None
            candidate.type = "rejection"
            candidate.negative = True
            return candidate
    if lemma == "want" and _tag(tokens, k) in "TDNMA":
        candidate.type = "rejection" if _tag(tokens, k) == "T" else "demand"
        candidate.negative = True
        if _tag(tokens, k) != "T":
            end = noun_phrase_end(tokens, k)
            candidate.target = (k, end)
        return candidate
    if "longer" in {t.word for t in tokens[group.first : k + 1]} and kind == "demand":
        candidate.type = "concession"
        return candidate
    return None


def _state(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """be + adjective or noun: adamant that, ready to, opposed to, concerned that, a threat to."""
    lemma = group.lemma
    if group.passive and lemma in ("oppose", "prepare", "concern", "worry", "alarm", "determine", "commit"):
        lemma = "be"
        k = group.verb
    elif lemma not in ("be", "remain", "stand", "become", "seem", "appear", "pose", "represent", "constitute", "feel", "present", "declare"):
        return None
    else:
        k = _after(tokens, group.last + 1)
    end = min(len(tokens), k + 6)
    words = [t.word for t in tokens[k:end]]
    if not words or group.subject is None:
        return None
    start = _start(tokens, group)

    def made(type_: str, content: int, **more: object) -> Candidate:
        candidate = Candidate(type_, start, group.first, content, group.subject, 3, "state")
        for key, value in more.items():
            setattr(candidate, key, value)
        return candidate

    first = words[0]
    second = words[1] if len(words) > 1 else ""
    third = words[2] if len(words) > 2 else ""
    if lemma in ("be", "remain", "stand", "seem", "appear", "feel", "declare"):
        if first in _STUBBORN and second in ("that", "in", "about", "on") and not group.negative and (first != "clear" or second == "that") and tokens[group.subject[0]].word not in ("it", "this"):
            return made("demand", k + 2, target=_clause_subject(groups, group, k + 1))
        if first in _READY and tokens[min(k + 1, len(tokens) - 1)].tag in "TI":
            if group.negative or "no" in {t.word for t in tokens[k - 1 : k]}:
                return made("rejection", k + 2, negative=True)
            if second in ("to", "for") and group.modal not in ("must", "should"):
                return made("offer", k + 2)
        if first == "committed" and second == "to" and not group.negative:
            return made("commitment", k + 2)
        if first in _UNWILLING and second in ("to", "any", "the", "a"):
            return made("rejection", k + 1, negative=True)
        if first in _AFRAID and second in ("that", "about", "of", "by", "over", "at"):
            if group.negative:
                return None
            return made("threat-perception", k + 2, target=_clause_subject(groups, group, k + 1) or (k + 2, noun_phrase_end(tokens, k + 2)))
        if first in ("determined",) and second in ("to", "not") and not group.negative:
            return made("rejection" if second == "not" else "commitment", k + 1)
        if first == "in" and second in ("favour", "favor") and not group.negative:
            return made("endorsement", k + 3)
        if first == "to" and second == "blame":
            return made("accusation", k + 2, kind="wrong", blame_subject=True)
        if first == "demanding":
            return None
    window = set(words[:6])
    named = {t.word for t in tokens[slice(*group.subject)]}
    if lemma in ("be", "remain") and not group.negative and named & {"obstacle", "culprit", "problem", "hurdle", "impediment"} and first in ("the", "that") or lemma == "be" and named & {"obstacle", "culprit", "impediment"} and tokens[k].tag in "M":
        return made("accusation", k, kind="obstacle", subject=None, target=None)
    if lemma in ("be", "remain", "become", "pose", "represent", "constitute", "present") and not group.negative and group.modal in ("", "will", "would", "could", "may", "might", "can"):
        noun = next((n for n, w in enumerate(words) if w in _DANGER and tokens[k + n].tag in "NV"), None)
        if noun is not None and first in ("a", "an", "the", "our", "its", "their", "his", "one") and (
            words[noun] != "target" or "soft" in window or "easy" in window
        ) and (words[noun] != "risk" or lemma == "pose"):
            if words[noun] == "target":
                return made("threat-perception", k + noun + 1, kind="state")
            place = k + noun + 1
            if tokens[group.subject[0]].word in ("which", "that") or tokens[group.first - 1].word in ("which", "that"):
                start = k
            return made("threat-perception", place, kind="danger", target=group.subject, subject=_endangered(tokens, place))
        if lemma in ("be", "remain") and window & _BLAMED and (first in ("the", "a", "an", "responsible", "guilty", "fully", "solely", "largely", "main")):
            if "responsible" in window and "for" not in window:
                return None
            return made("accusation", k + 1, kind="wrong", blame_subject=True)
    del third, spoken
    return None


def _seen_as(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """ "They see Russia as a threat", "regards the dam as a danger"."""
    if group.lemma not in ("see", "view", "regard", "consider", "perceive", "treat", "describe") or group.subject is None or group.negative:
        return None
    k = _after(tokens, group.last + 1)
    end = noun_phrase_end(tokens, k)
    for n in range(end, min(len(tokens), end + 2)):
        if tokens[n].word == "as" and {t.word for t in tokens[n + 1 : n + 5]} & _DANGER - {"target"}:
            return Candidate("threat-perception", _start(tokens, group), group.first, n, group.subject, 3, "verb", target=(k, end))
    if group.lemma == "consider" and {t.word for t in tokens[end - 3 : end]} & _DANGER - {"target"}:
        return Candidate("threat-perception", _start(tokens, group), group.first, end, group.subject, 3, "verb", target=(k, end))
    return None


def _no_sign(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """ "Neither side shows any sign of backing down", "showed no willingness to yield"."""
    if group.lemma not in ("show", "give", "see", "have", "express", "display") or group.subject is None:
        return None
    window = [t.word for t in tokens[group.last + 1 : group.last + 6]]
    if not set(window) & {"sign", "signs", "indication", "willingness", "intention", "readiness", "inclination", "interest", "desire", "appetite"}:
        return None
    if not (group.negative or set(window) & {"no", "little"}):
        return None
    return Candidate("rejection", _start(tokens, group), group.first, group.last + 1, group.subject, 3, "sign", negative=True)


def _endangered(tokens: Sequence[Token], k: int) -> Range | None:
    """Return who is endangered: "a threat to X", "a danger for X", "faced by X"."""
    for n in range(k, min(len(tokens), k + 6)):
        if tokens[n].word in ("to", "for", "by") and n + 1 < len(tokens):
            end = noun_phrase_end(tokens, n + 1)
            return (n + 1, end) if end > n + 1 else None
    return None


def _light(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """Light verb + noun: "made an offer", "voiced support for", "held talks with"."""
    lemma = group.lemma.split("_")[0]
    if lemma not in _LIGHT or not group.finite and not (group.form == "ing" and _after_comma(tokens, group)):
        return None
    light = positions().light
    k = group.last + 1
    if group.passive:
        if group.subject is None:
            return None
        nouns = [n for n in range(*group.subject) if tokens[n].word in light]
        if not nouns or light[tokens[nouns[-1]].word] != "cooperation":
            return None
        return Candidate("cooperation", _start(tokens, group), group.first, k, group.subject, 3, "light")
    end = noun_phrase_end(tokens, k)
    for n in range(k, min(end, k + 8)):
        word = tokens[n].word
        if tokens[n].tag in "I" and word not in ("of", "in") and n > k + 1:
            break
        kind = light.get(word)
        if kind is None or tokens[n].tag not in "NV":
            continue
        if kind == "cooperation" and lemma not in ("hold", "open", "begin", "start", "resume", "have", "conduct", "launch", "take", "reach"):
            continue
        if word in ("plan", "ground", "weight", "compromise") and (lemma, word) not in (("put", "plan"), ("present", "plan"), ("table", "plan"), ("give", "ground"), ("throw", "weight"), ("offer", "compromise"), ("propose", "compromise")):
            continue
        if kind in ("threat", "threat-perception") and lemma in ("take", "have", "pose", "begin", "present", "hold"):
            continue
        if kind == "accusation" and lemma in ("take",) and word == "blame":
            continue
        negative = group.negative or any(t.word == "no" for t in tokens[k:n])
        if negative:
            if kind in ("concession", "cooperation") and group.modal:
                kind = "rejection"
            elif kind == "concession":
                return None
            else:
                return None
        if group.modal in ("must", "should"):
            return None
        target = None
        if n + 1 < len(tokens) and tokens[n + 1].word in ("to", "for", "with", "against", "on", "from", "of"):
            target = (n + 2, noun_phrase_end(tokens, n + 2))
        return Candidate(kind, _start(tokens, group), group.first, n + 1, group.subject, 3, "light", target=target, negative=negative)
    return None


_GATE = re.compile(r"^(?:will|would|'ll|shall|wo|can|could|may|might)$")


def _clause(
    tokens: Sequence[Token], group: Group, groups: Sequence[Group], spoken: bool
) -> Candidate | None:
    """Clauses that take a position by their modal, or by what they say of another party."""
    if not group.finite:
        return None
    subject = group.subject
    if subject is not None and subject[0] > group.first:
        pass  # "would the army lift"
    start = _start(tokens, group)
    words = {t.word for t in tokens[group.first : group.verb + 1]}
    k = group.last + 1
    none = group.lemma == "be" and _word(tokens, k) == "no"
    if none and not group.modal and not spoken:
        none = False

    def made(type_: str, mood: str, **more: object) -> Candidate:
        candidate = Candidate(type_, start, group.first, group.verb, subject, 1, mood)
        for key, value in more.items():
            setattr(candidate, key, value)
        return candidate

    if group.modal in _MODAL_DEMAND and not (group.modal == "shall" and subject and tokens[subject[0]].word in ("we", "i")):
        return made("demand", "modal", target=subject)
    if group.lemma in ("need", "have") and not group.negative and not group.passive and _tag(tokens, k) == "T" and group.modal in ("", "will", "would") :
        return made("demand", "modal", target=subject, content=k + 1)
    if group.lemma == "need" and _tag(tokens, k) in "DNM" and not group.negative:
        return made("demand", "need")
    if none:
        return made("rejection", "no", negative=True)
    refusing = group.negative and (group.modal in _FUTURE or "cannot" in words or group.modal == "cannot" or "ca" in words)
    if refusing and (group.lemma in YIELDING or group.lemma in ("be", "do", "take", "put", "let", "come", "go", "make", "start", "begin", "hold", "lay_down", "deal", "work")):
        if group.lemma == "be":
            return made("rejection", "no", negative=True)
        return made("rejection", "refuse", negative=True)
    if refusing:
        return made("rejection", "wont", negative=True)
    if group.modal in ("will", "would", "'ll", "shall") and not group.negative:
        after = {t.word for t in tokens[group.first : group.first + 12]}
        if after & {"consequences", "price", "regret"} and group.lemma in ("face", "pay", "suffer", "be", "regret", "have", "bear", "lead", "come"):
            return made("threat", "consequence", target=subject)
        if group.lemma in HOSTILE:
            return made("threat", "hostile")
        if group.lemma in WRONGS and not spoken:
            return None
        return made("commitment", "will")
    if group.modal in ("can", "could", "may") and not group.negative:
        return made("precondition", "can")
    if group.lemma in ("depend", "hinge") and _word(tokens, k) in ("on", "upon") and not group.negative:
        return made("precondition", "depends")
    if group.lemma in ("make", "be", "remain") and {t.word for t in tokens[k : k + 9]} & {"conditional", "contingent"}:
        return made("precondition", "verb", strength=3, content=k)
    if group.lemma in WRONGS and not group.modal and not group.passive:
        if group.negative and group.lemma not in ("fail",):
            return None
        return made("accusation", "wrong", blame_subject=True)
    return None


def _nouns(sentence: Sentence, taken: set[int]) -> list[Candidate]:
    """Positions in noun phrases: "Russia's endorsement of ...", "a guarantee by the group that"."""
    tokens = sentence.tokens
    nouns = positions().nouns
    found = []
    for i, token in enumerate(tokens):
        kind = nouns.get(token.word)
        if kind is None or token.tag in "VXGQ" or i in taken:
            continue
        owner, start = _owner(tokens, i)
        k = i + 1
        word = _word(tokens, k)
        if word in ("by", "from") and k + 1 < len(tokens):
            end = noun_phrase_end(tokens, k + 1)
            for m in range(k + 2, end):
                if tokens[m].word in ("to", "for") :
                    end = m
                    break
            owner = (k + 1, end)
            start = i
            while start > 0 and tokens[start - 1].tag in "DA#":
                start -= 1
            k = end
            word = _word(tokens, k)
        if owner is None:
            continue
        if word not in ("for", "of", "that", "to", "on", "over", "about", "against", "not"):
            continue
        if word in ("on", "over", "about") and kind in ("demand", "commitment", "cooperation"):
            if token.word not in ("calls", "call", "insistence"):
                continue
        if token.word in ("claim", "claims") and word == "that":
            continue  # an assertion, not a demand
        if token.word in ("charge", "charges", "agreement") and word in ("of", "to", "on"):
            continue
        if token.word == "support" and word not in ("for",):
            continue
        target = (k + 1, noun_phrase_end(tokens, k + 1)) if word in ("for", "of", "on", "to", "against", "about", "over") else None
        found.append(
            Candidate(kind, start, i, k + 1, owner, 2, "noun", target=target, negative=kind == "rejection")
        )
    return found


def _owner(tokens: Sequence[Token], i: int) -> tuple[Range | None, int]:
    """Return whose noun it is, and where the noun phrase begins."""
    j = i - 1
    while j >= 0 and (tokens[j].tag in "A#" or (tokens[j].tag == "N" and j > 0 and tokens[j - 1].tag in "'A") or tokens[j].tag == "R"):
        j -= 1
    if j < 0:
        return None, i
    if tokens[j].tag in "'\"" and tokens[j].word in ("'s", "'") and j > 0:
        k = j - 1
        while k >= 0 and (tokens[k].tag in "MNA#" and (j - k) < 6):
            k -= 1
        if k >= 0 and tokens[k].tag == "D":
            return (k, j), k
        return ((k + 1, j), k + 1) if k + 1 < j else (None, i)
    if tokens[j].word in ("their", "its", "his", "her", "our", "my"):
        return (j, j + 1), j
    # "the Taliban claim of": a name used as an adjective
    if tokens[j].tag == "M" and not tokens[j].word.endswith("ly"):
        k = j
        while k > 0 and tokens[k - 1].tag == "M" and j - k < 4:
            k -= 1
        start = k - 1 if k > 0 and tokens[k - 1].tag == "D" else k
        return (k, j + 1), start
    return None, i


def _governor(groups: Sequence[Group], group: Group) -> Group | None:
    earlier = [g for g in groups if g.last < group.first]
    return earlier[-1] if earlier else None


def _next_group(groups: Sequence[Group], group: Group) -> Group | None:
    return next((g for g in groups if g.first > group.last), None)


def _next_is(groups: Sequence[Group], group: Group, lemmas: Sequence[str]) -> bool:
    following = _next_group(groups, group)
    return following is not None and following.lemma in lemmas and following.first - group.last <= 3


def _after_comma(tokens: Sequence[Token], group: Group) -> bool:
    j = group.first - 1
    return j < 0 or tokens[j].tag in ",C" or tokens[j].word in ("while", "after", "before")


def _clause_subject(groups: Sequence[Group], group: Group, k: int) -> Range | None:
    for other in groups:
        if other.first > group.last and other.finite and other.subject and other.subject[0] >= k and not other.inherited:
            return other.subject
    return None


def _from(tokens: Sequence[Token], k: int) -> Range | None:
    """Return who should do it in "demanded an apology from X", "the withdrawal of X's troops"."""
    for n in range(k, min(len(tokens), k + 14)):
        if tokens[n].tag in ".Q;" or (tokens[n].tag in "VX" and n > k):
            return None
        if tokens[n].word in ("from", "by") and n + 1 < len(tokens) and tokens[n + 1].tag in "DMN":
            return n + 1, noun_phrase_end(tokens, n + 1)
    return None


def _to_whom(tokens: Sequence[Token], k: int) -> Range | None:
    """Return to whom: "promised Iran that", "offered the rebels a truce", "pledge to X"."""
    if _tag(tokens, k) in "MD":
        end = k
        while end < len(tokens) and tokens[end].tag in "DMNA'":
            end += 1
        if _word(tokens, end) == "that" or any(tokens[n].tag == "D" for n in range(k + 1, end)):
            stop = next((n for n in range(k + 1, end) if tokens[n].tag == "D"), end)
            return k, stop
        if _tag(tokens, k) == "M" and _tag(tokens, end) == "T":
            return k, end
    for n in range(k, min(len(tokens), k + 12)):
        if tokens[n].tag in ".Q;VX":
            return None
        if tokens[n].tag == "T" and _tag(tokens, n + 1) in "DM":
            return n + 1, noun_phrase_end(tokens, n + 1)
    return None


def own_phrase(tokens: Sequence[Token], end: int) -> Range | None:
    """Return the noun phrase that ends at ``end`` (for tests and other taggers)."""
    return phrase_before(tokens, end)
