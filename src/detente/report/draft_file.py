"""A draft as a case file, with its evidence, its open questions and its omissions as comments."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator

from detente.model.scalars import flow_list, flow_map, scalar
from detente.reading.drafting import Draft, DraftClause, DraftLaw, DraftOption, DraftParty
from detente.report.draft_words import DraftWords, unreviewed_sentence
from detente.report.evidence import one_line
from detente.report.words import capital, joined, plural

__all__ = ["draft_title", "draft_yaml"]

_WIDTH = 100
_MOST_NAMED = 3


def draft_title(draft: Draft) -> str:
    """Return a title: the parties at the table."""
    table = [one_line(party.name) for party in draft.parties if not party.outside]
    return f"{joined(table, most=_MOST_NAMED)}: a draft"


def draft_yaml(
    draft: Draft,
    title: str,
    mark: str,
    as_of: str | None = None,
    undated: Collection[str] = frozenset(),
) -> str:
    """Return the text of the case file.

    Args:
        draft: the draft.
        title: its title.
        mark: the words that mark a case as unreviewed.
        as_of: the day of the latest document, if known.
        undated: ids of statements of whose documents the day is not known.
    """
    return "".join(f"{line}\n" for line in _File(draft, mark, undated).lines(title, as_of))


class _File:
    """Writes one file."""

    def __init__(self, draft: Draft, mark: str, undated: Collection[str]) -> None:
        self.draft = draft
        self.mark = mark
        self.words = DraftWords(draft, undated)

    def lines(self, title: str, as_of: str | None) -> Iterator[str]:
        yield from self._head()
        yield "detente: 1"
        yield f"title: {scalar(title)}"
        yield "about: >-"
        yield from textwrap.wrap(self._about(), _WIDTH, initial_indent="  ", subsequent_indent="  ")
        if as_of is not None:
            yield f"as_of: {scalar(as_of, style=chr(34))}"
        yield ""
        yield "parties:"
        for k, party in enumerate(self.draft.parties):
            if k:
                yield ""
            yield from self._party(party)
        status = {
            option.called: option.status
            for option in self.draft.options
            if option.status != option.levels[0]
        }
        yield ""
        yield from _comment(
            "Where things stand; options that are not named are at their first level."
        )
        yield f"status_quo: {flow_map(status)}"
        if self.draft.infeasible:
            yield ""
            yield "infeasible:"
            for law in self.draft.infeasible:
                yield from self._law(law)
        yield from self._tail()

    def _head(self) -> Iterator[str]:
        draft = self.draft
        used = plural(len(draft.cited), "statement")
        documents = plural(len({draft.statements[id].doc for id in draft.cited}), "document")
        yield from _comment(
            f"A draft by `detente draft`, from {used} of {documents}. Machines propose, people "
            "decide: read it line by line, against the sentences in the comments, and make it your "
            "own. What the texts do not say stands at the end."
        )
        sentence = unreviewed_sentence(draft, self.mark)
        if sentence:
            yield "#"
            yield from _comment(sentence)
        yield ""

    def _about(self) -> str:
        sentence = unreviewed_sentence(self.draft, self.mark)
        made = (
            f"Drafted from {plural(len(self.draft.cited), 'statement')}; the ids under evidence "
            "name them. The preferences are what was said in public, put in an order."
        )
        return f"{sentence} {made}" if sentence else made

    def _party(self, party: DraftParty) -> Iterator[str]:
        yield f"  {party.id}:"
        yield f"    name: {scalar(one_line(party.name))}"
        if party.outside:
            yield "    outside: true"
        if party.evidence:
            yield from _evidence(party.evidence, "    ")
        if party.options:
            yield "    options:"
            for option in party.options:
                yield from self._option(option)
        if party.clauses:
            yield "    preferences:"
            yield "      priorities:"
            kind = ""
            shown: set[str] = set()
            for clause in party.clauses:
                if clause.kind != kind:
                    kind = clause.kind
                    yield from _comment(f"{capital(self.words.clause(kind))}:", "        ")
                yield from self._clause(clause, shown)

    def _option(self, option: DraftOption) -> Iterator[str]:
        yield f"      {option.id}:"
        yield f"        name: {scalar(one_line(option.name))}"
        if len(option.phrases) > 1:
            phrases = "; ".join(f"“{one_line(phrase)}”" for phrase in option.phrases)
            yield from _comment(f"Taken as one: {phrases}", "        ")
        if option.levels != ("no", "yes"):
            yield f"        levels: {flow_list(option.levels)}"
        if option.forward:
            yield "        moves: forward"
        yield from _evidence(option.evidence, "        ")

    def _clause(self, clause: DraftClause, shown: set[str]) -> Iterator[str]:
        for id in clause.evidence:
            if id not in shown:  # once for each party: the ids say where else it counts
                yield from _comment(self.words.quotation(id), "        ")
        shown.update(clause.evidence)
        yield from _item(clause.text, clause.evidence, "        ")

    def _law(self, law: DraftLaw) -> Iterator[str]:
        yield from _comment("No text says so: it is the meaning of the words. Check it.", "  ")
        yield from _item(law.text, law.evidence, "  ")

    def _tail(self) -> Iterator[str]:
        questions = [self.words.question(question) for question in self.draft.questions]
        out = [f"{what}: {why}." for what, why in self.words.left_out()]
        unused = [f"{count} {what}." for count, what in self.words.unused()]
        for title, items in (
            ("Open questions", questions),
            ("Left out of the model", out),
            ("Statements that shaped nothing", unused),
        ):
            if items:
                yield ""
                yield from _comment(f"{title}:")
                for item in items:
                    yield from _comment(item, mark="# - ", further="#   ")


def _comment(text: str, indent: str = "", mark: str = "# ", further: str = "# ") -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent + mark,
        subsequent_indent=indent + further,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _evidence(ids: tuple[str, ...], indent: str) -> Iterator[str]:
    yield from _flow("evidence: [", ids, "]", indent)


def _item(text: str, ids: tuple[str, ...], indent: str) -> Iterator[str]:
    yield from _flow(f"- {{statement: {scalar(text, flow=True)}, evidence: [", ids, "]}", indent)


def _flow(head: str, ids: tuple[str, ...], tail: str, indent: str) -> Iterator[str]:
    """Yield a list in flow style, over as many lines as it needs."""
    line = indent + head
    for k, id in enumerate(ids):
        item = scalar(id, flow=True) + (tail if k == len(ids) - 1 else ", ")
        if len(line) + len(item.rstrip()) > _WIDTH and not line.endswith(head):
            yield line.rstrip()
            line = indent + "    "
        line += item
    yield line
