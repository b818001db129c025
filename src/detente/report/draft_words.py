"""A draft in words: what it asks, what it leaves out, what it could not use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from detente.reading.drafting import Draft, Question
from detente.report.evidence import one_line
from detente.report.words import joined, plural

__all__ = ["REASONS", "DraftWords", "unreviewed_sentence"]

REASONS = {
    "repeat": "reprint another statement",
    "fact": "accuse or tell of meetings, and wish for no deed",
    "stands": "say that a party stands by its demands, and no more",
    "dropped": "say that a party has given up a demand",
    "hedged": "tell what is expected or doubtful",
    "nobody": "name no party that takes them",
    "no-deed": "name no deed that could be made out",
    "no-owner": "do not say who would do it",
}
"""Reason why a statement was not used -> what such statements do."""

_CLAUSES = {
    "red-line": "a red line",
    "order": "what must come first",
    "want": "what it wants",
    "backing": "what it backs",
    "fear": "what it fears",
    "refusal": "what it refuses",
    "gain": "presumed: what is promised or conceded to it, it would rather have",
    "cost": "presumed: what it gives only in return, it would rather keep",
}
"""Kind of priority -> its name in a comment."""


def unreviewed_sentence(draft: Draft, mark: str) -> str | None:
    """Return the sentence that says how much of a draft nobody has judged, if any is."""
    count = len(draft.unreviewed)
    if not count:
        return None
    whole = plural(len(draft.cited), "statement")
    rest = "a proposal" if count == 1 else "proposals"
    return f"{mark}: {count} of the {whole} behind this case are {rest} that nobody has judged."


class DraftWords:
    """How one draft is spoken of.

    Args:
        draft: the draft.
        undated: ids of statements of whose documents the day is not known.
    """

    def __init__(self, draft: Draft, undated: Collection[str] = frozenset()) -> None:
        self.draft = draft
        self.undated = undated
        self.parties = {party.id: party.name for party in draft.parties}
        self.options = {option.key: option for option in draft.options}

    def option(self, key: str) -> str:
        """Return an option: "Withdraw forces (united_states.withdrawal)"."""
        return f"{one_line(self.options[key].name)} ({key})"

    def quotation(self, id: str) -> str:
        """Return where a statement stands and its words."""
        evidence = self.draft.statements[id]
        speaker = evidence.fields["speaker"]
        who = "" if speaker in ("author", "unnamed") else f"{one_line(speaker)}, "
        open_ = " (not judged)" if evidence.state == "proposed" else ""
        words = one_line(evidence.text)
        day = "" if id in self.undated else f", {evidence.date}"
        return f"{who}{one_line(evidence.doc)}{day}{open_}: “{words}”"

    def clause(self, kind: str) -> str:
        """Return the name of a kind of priority."""
        return _CLAUSES[kind]

    def question(self, question: Question) -> str:
        """Return an open question as a sentence."""
        party = one_line(self.parties[question.party]) if question.party else ""
        options = joined(self.option(key) for key in question.options)
        match question.kind:
            case "unstated" if not question.options:
                return f"The texts do not say what {party} wants; here it is indifferent."
            case "unstated":
                return (
                    f"The texts do not say whether {party} would rather see these done: {options}."
                )
            case "order":
                return (
                    f"The texts do not say which of these {party} puts first; they stand in the "
                    f"order in which they are told: {options}."
                )
            case "conflict":
                left = joined(f"“{one_line(self._text(id))}”" for id in question.evidence)
                return (
                    f"{party} is told to want {options} and not to want it; more statements, or "
                    f"the later rule of the list, decided. Left out: {left}."
                )
            case "gain":
                return (
                    f"The texts do not say that {party} wants these; it is presumed, because they "
                    f"are promised or conceded to it: {options}."
                )
            case "cost":
                return (
                    f"The texts do not say that {party} would rather not do these, all else equal; "
                    f"it is presumed, because it does them only in return: {options}."
                )
            case "order-lost":
                said = joined(f"“{one_line(self._text(id))}”" for id in question.evidence)
                return (
                    f"What {party} makes wait in {said} could not be made out; only what must come "
                    f"first is in the model: {options}."
                )
            case "owner":
                said = joined(f"“{one_line(self._text(id))}”" for id in question.evidence)
                return f"Who would do it is not said in {said}; taken to be {party}: {options}."
            case "threat":
                return f"Whether {party} would carry out its threat is not said: {options}."
            case "promise":
                return f"Whether {party} would keep its promise is not said: {options}."
        return (
            "Whether these can be taken back is not said; here all of them can (--irreversible "
            f"says otherwise): {options}."
        )

    def _text(self, id: str) -> str:
        return self.draft.statements[id].text

    def left_out(self) -> Iterator[tuple[str, str]]:
        """Yield what did not become an option, and why."""
        for item in self.draft.left_out:
            why = (
                "spoken of less than the others (--options N takes more)"
                if item.reason == "limit"
                else "it concerns nobody at the table"
            )
            count = plural(len(item.evidence), "statement")
            yield f"{one_line(item.owner)}: {one_line(item.name)}", f"{why}; {count}"

    def unused(self) -> Iterator[tuple[str, str]]:
        """Yield how many statements were not used, and what such statements do."""
        for reason, count in Counter(item.reason for item in self.draft.unused).most_common():
            yield f"{count:,}", REASONS[reason]
