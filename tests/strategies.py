"""Hypothesis strategies for the case file: statements, styled YAML, broken files.

A statement here is a tree of tuples, printed and evaluated by code that shares nothing with
detente: ``("atom", option, op, level)``, ``("not", a)``, ``("and", [a, b, …])``, ``("or", […])``,
``("if", a, b)``, ``("iff", a, b)``. :class:`Styled` writes plain data as YAML in a random style.
"""

from __future__ import annotations

import operator
import random
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from strategies_cases import Drawn, Stated, draw


def seeds() -> st.SearchStrategy[random.Random]:
    """Random generators for what is drawn by hand; hypothesis does not try to shrink it."""
    return st.integers(0, 2**32 - 1).map(random.Random)


# Statements

OPTIONS = (
    ("us", "withdrawal", ("none", "partial", "full")),
    ("us", "talk", ("no", "yes")),
    ("taliban", "talk", ("no", "yes")),
    ("taliban", "cease-fire", ("none", "short", "long", "for_good")),
)
COMPARISONS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
BINDING = {"if": 0, "iff": 0, "or": 1, "and": 2, "not": 3, "atom": 4}

Tree = Any


def atoms() -> st.SearchStrategy[Tree]:
    return st.integers(0, len(OPTIONS) - 1).flatmap(
        lambda k: st.tuples(
            st.just("atom"),
            st.just(k),
            st.sampled_from(sorted(COMPARISONS)),
            st.integers(0, len(OPTIONS[k][2]) - 1),
        )
    )


def trees(leaves: int = 12) -> st.SearchStrategy[Tree]:
    """Syntax trees of statements."""

    def larger(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        lists = st.lists(parts, min_size=2, max_size=4)
        return st.one_of(
            st.tuples(st.just("not"), parts),
            st.tuples(st.sampled_from(["and", "or"]), lists),
            st.tuples(st.sampled_from(["if", "iff"]), parts, parts),
        )

    return st.recursive(atoms(), larger, max_leaves=leaves)


def holds(tree: Tree, levels: tuple[int, ...]) -> bool:
    """Evaluate a tree in one state, from the definition."""
    kind, *parts = tree
    if kind == "atom":
        option, op, level = parts
        return bool(COMPARISONS[op](levels[option], level))
    if kind == "not":
        return not holds(parts[0], levels)
    if kind in ("and", "or"):
        values = [holds(part, levels) for part in parts[0]]
        return all(values) if kind == "and" else any(values)
    left, right = (holds(part, levels) for part in parts)
    return (left or not right) if kind == "if" else left == right


@dataclass
class Printer:
    """Prints a tree; ``rng`` chooses spaces, names and, if ``redundant``, extra parentheses."""

    rng: random.Random
    redundant: bool = False

    def text(self, tree: Tree) -> str:
        return self._text(tree, 0)

    def _text(self, tree: Tree, least: int) -> str:
        kind, *parts = tree
        binding = BINDING[kind]
        if kind == "atom":
            written = self._atom(*parts)
        elif kind == "not":
            inner = self._text(parts[0], 3)
            written = (
                "not" + ("" if inner.startswith("(") and self._coin() else self._space(1)) + inner
            )
        else:
            children = parts[0] if kind in ("and", "or") else parts
            joint = f"{self._space(1)}{kind}{self._space(1)}"
            written = joint.join(self._text(child, binding + 1) for child in children)
        wrapped = binding < least
        while wrapped or (self.redundant and self.rng.random() < 0.3):
            written, wrapped = f"({self._space()}{written}{self._space()})", False
        return written

    def _atom(self, option: int, op: str, level: int) -> str:
        party, name, levels = OPTIONS[option]
        if name == "talk" or self._coin():
            name = f"{party}.{name}"
        if (op, level) == (">", 0) and self._coin():
            return name
        return f"{name}{self._space()}{op}{self._space()}{levels[level]}"

    def _coin(self) -> bool:
        return self.rng.random() < 0.5

    def _space(self, least: int = 0) -> str:
        if not self.redundant:
            return " "
        return self.rng.choice(["", " ", "  ", "\t", "\n"][1 if least else 0 :])


# Case files in any style


class Plain(str):
    """A number: written without quotes."""


@dataclass
class Styled:
    """Writes plain data (dicts, lists, strings, booleans) as YAML in a random style.

    ``comments`` holds every comment that was written.
    """

    rng: random.Random
    comments: list[str] = field(default_factory=list)

    def text(self, data: dict[str, Any]) -> str:
        self.step = self.rng.choice([2, 2, 2, 3, 4])
        self.offset = self.rng.choice([0, 2])  # of the dashes of a list below its key
        self.flow = self.rng.choice([0.0, 0.2, 0.5, 1.0])  # how often a value stands on one line
        self.noise = self.rng.choice([0.0, 0.1, 0.4])  # how often there is a comment
        if self.rng.random() < 0.1:
            return self._flow(data) + self.rng.choice(["", "\n", "  # end\n"])
        lines = self._above(0) + self._mapping(data, 0)
        if self.rng.random() < 0.2:
            lines = [*self.rng.choice([["---"], ["%YAML 1.2", "---"]]), *lines]
        if self.rng.random() < 0.2:
            lines.append(self.rng.choice(["...", "# end", "", "..."]))
        newline = self.rng.choice(["\n", "\n", "\n", "\r\n"])
        return newline.join(lines) + self.rng.choice([newline, newline, ""])

    def _mapping(self, data: dict[str, Any], indent: int) -> list[str]:
        lines: list[str] = []
        for key, value in data.items():
            lines += self._above(indent)
            lines += self._entry(" " * indent + self._key(key) + ":", value, indent, self.offset)
        return lines

    def _list(self, data: list[Any], indent: int) -> list[str]:
        lines: list[str] = []
        for value in data:
            lines += self._above(indent)
            if isinstance(value, dict) and value and self.rng.random() < 0.5:
                inner = self._mapping_bare(value, indent + 2)
                lines += [" " * indent + "- " + inner[0].lstrip(), *inner[1:]]
            else:
                lines.append(" " * indent + "- " + self._flow(value) + self._behind())
        return lines

    def _mapping_bare(self, data: dict[str, Any], indent: int) -> list[str]:
        return [f"{' ' * indent}{k}: {self._flow(v)}" for k, v in data.items()]

    def _entry(self, head: str, value: Any, indent: int, offset: int) -> list[str]:
        block = isinstance(value, (dict, list)) and value and self.rng.random() >= self.flow
        if block and isinstance(value, dict):
            return [head + self._behind(), *self._mapping(value, indent + self.step)]
        if block:
            return [head + self._behind(), *self._list(value, indent + offset)]
        if value is None or (value == {} and self.rng.random() < 0.3):
            return [head + self._behind()]
        if isinstance(value, str) and " " in value and self.rng.random() < 0.2:
            return [
                head + f" {self.rng.choice(['>-', '|-', '>', '|'])}",
                " " * (indent + 2) + value,
            ]
        if isinstance(value, list) and value and self.rng.random() < 0.3:
            return self._spread(head, value, indent + 2)
        return [head + " " + self._flow(value) + self._behind()]

    def _spread(self, head: str, value: list[Any], indent: int) -> list[str]:
        """A flow list over several lines, with comments in it."""
        lines = [head + " [" + self._behind()]
        for position, item in enumerate(value):
            lines += self._above(indent)
            comma = "," if position < len(value) - 1 or self.rng.random() < 0.5 else ""
            lines.append(" " * indent + self._flow(item) + comma + self._behind())
        return [*lines, " " * indent + "]" + self._behind()]

    def _flow(self, value: Any) -> str:
        if isinstance(value, dict):
            gap = self.rng.choice(["", "", " "])
            inner = ", ".join(f"{self._key(k)}: {self._flow(v)}" for k, v in value.items())
            return "{" + gap + inner + gap + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self._flow(item) for item in value) + "]"
        if isinstance(value, bool):
            return str(value).lower()
        if value is None:
            return "null"
        return str(value) if isinstance(value, Plain) else self._scalar(value)

    def _key(self, key: str) -> str:
        return self._quoted(key) if self.rng.random() < 0.1 else key

    def _scalar(self, text: str) -> str:
        risky = not text[:1].isalpha() or any(c in text for c in ":#{}[],&*\"'") or text == "null"
        return self._quoted(text) if risky or self.rng.random() < 0.15 else text

    def _quoted(self, text: str) -> str:
        if self.rng.random() < 0.5:
            return "'" + text.replace("'", "''") + "'"
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def _behind(self) -> str:
        if self.rng.random() >= self.noise:
            return ""
        return self.rng.choice([" ", "   "]) + self._comment()

    def _above(self, indent: int) -> list[str]:
        if self.rng.random() >= self.noise:
            return []
        margin = " " * (indent if self.rng.random() < 0.8 else 0)
        first = "" if self.rng.random() < 0.5 else margin + self._comment()
        return [first, margin + self._comment()]

    def _comment(self) -> str:
        self.comments.append(f"# c{len(self.comments)}.")
        return self.comments[-1]


def case_data(rng: random.Random, drawn: Drawn) -> dict[str, Any]:
    """A drawn model as the plain data of a case file, with everything that is optional."""

    def ids() -> list[str]:
        return [f"s{rng.randint(1, 99)}" for _ in range(rng.randint(1, 3))]

    def statement(item: Any) -> str:
        if isinstance(item, Stated):
            return item.text()
        at = dict(item)
        return "".join(
            str(o.levels.index(at[o.key])) if o.key in at else "-" for o in drawn.options
        )

    def stated(item: Any) -> Any:
        cited = rng.random() < 0.25
        return {"statement": statement(item), "evidence": ids()} if cited else statement(item)

    def preferences(party: Any) -> dict[str, Any] | None:
        if party.kind == "ranking":
            tiers = [[drawn.name(state) for state in tier] for tier in party.preferences]
            return {"ranking": [tier[0] if len(tier) == 1 else tier for tier in tiers]}
        if party.kind == "priorities":
            return {"priorities": [stated(item) for item in party.preferences]}
        if party.kind == "weights":
            return {"weights": {item.text(): Plain(weight) for item, weight in party.preferences}}
        return None

    def option(one: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"name": f"Option {one.key}"} if rng.random() < 0.5 else {}
        found["levels"] = list(one.levels)
        if one.moves == "arcs":
            found["moves"] = [list(arc) for arc in sorted(one.arcs)]
        elif one.moves != "both" or rng.random() < 0.5:
            found["moves"] = one.moves
        return found

    data: dict[str, Any] = {"detente": Plain("1")}
    if rng.random() < 0.7:
        data["title"] = rng.choice(["A case", "It's a case", "Who: goes first?", "12", "Größe #1"])
    if rng.random() < 0.3:
        data["about"] = "some words about it"
    parties: dict[str, Any] = {}
    for party in drawn.parties:
        body: dict[str, Any] = {"name": f"Party {party.id}"} if rng.random() < 0.5 else {}
        if drawn.graph is None and party.options:
            body["options"] = {o.key.split(".")[1]: option(o) for o in party.options}
        if (wants := preferences(party)) is not None:
            body["preferences"] = wants
        if rng.random() < 0.2:
            body["outside"] = rng.random() < 0.5
        if rng.random() < 0.2:
            body["evidence"] = ids()
        parties[party.id] = body or rng.choice([{}, None])
    data["parties"] = parties
    if drawn.graph is not None:
        data["states"] = list(drawn.graph[0])
        moves: dict[str, Any] = {}
        for party_id, arcs in drawn.graph[1].items():
            starts = dict.fromkeys(a for a, _ in arcs)
            moves[party_id] = {a: [d for c, d in arcs if c == a] for a in starts}
        data["moves"] = moves
    if drawn.infeasible:
        data["infeasible"] = [stated(item) for item in drawn.infeasible]
    if drawn.status_quo is not None:
        at = drawn.status_quo
        lines = drawn.graph is None and rng.random() < 0.6
        data["status_quo"] = dict(sorted(at)) if lines else drawn.name(at)
    rest = list(data.items())[1:]
    rng.shuffle(rest)
    return {"detente": Plain("1"), **dict(rest)}


@dataclass(frozen=True)
class StyledCase:
    """A case file: its data, its text and the comments in it."""

    drawn: Drawn
    data: dict[str, Any]
    text: str
    comments: tuple[str, ...]


def styled_case(rng: random.Random) -> StyledCase:
    drawn = draw(rng, most=24)
    data = case_data(rng, drawn)
    styled = Styled(rng)
    text = styled.text(data)
    return StyledCase(drawn, data, text, tuple(styled.comments))


def styled_cases() -> st.SearchStrategy[StyledCase]:
    """Valid case files in any style."""
    return seeds().map(styled_case)


# Broken files

PIECES = [
    "detente: 1", "detente: 2", "parties:", "options:", "states:", "moves:", "ranking:", "- ", ": ",
    "  ", "\t", "\n", "\r\n", "{", "}", "[", "]", ",", "&a ", "*a", "!tag ", "!!int ", "|\n", ">\n",
    "'", '"', "#", "# ", "---\n", "...\n", "%YAML 1.1\n", "? ", "<<: ", "not ", " and ", " if ",
    "(", ")", "=", "==", "null", "~", "true", "no", "0", "-", "1e9", "99999999999999999999", ".inf",
    "\u2028", "\ufeff", "\x85", "é", "\\x00", "\x00", "\ud800",
]  # fmt: skip


def mutated(texts: list[str]) -> st.SearchStrategy[str]:
    """Valid files with lines and characters deleted, repeated, replaced and moved."""
    return st.tuples(st.sampled_from(texts), seeds()).map(lambda drawn: mutate(*drawn))


def mutate(text: str, rng: random.Random) -> str:
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        if rng.random() < 0.5:
            parts = text.splitlines(keepends=True)
        else:
            parts = list(text)
        if not parts:
            return rng.choice(PIECES)
        at = rng.randrange(len(parts))
        kind = rng.choice(["delete", "repeat", "replace", "insert", "swap", "indent"])
        if kind == "delete":
            del parts[at : at + rng.choice([1, 1, 2, 5])]
        elif kind == "repeat":
            parts.insert(rng.randrange(len(parts)), parts[at])
        elif kind == "replace":
            parts[at] = rng.choice(PIECES)
        elif kind == "insert":
            parts.insert(at, rng.choice(PIECES))
        elif kind == "swap":
            other = rng.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
        else:
            parts[at] = " " * rng.randint(1, 4) + parts[at]
        text = "".join(parts)
    return text


def yamlish(keys: list[str]) -> st.SearchStrategy[Any]:
    """Nested data whose keys and words are often those of the format."""
    words = st.one_of(
        st.sampled_from([*keys, "both", "forward", "0", "1", "00", "-1", "a = b", "not a", "no"]),
        st.text(max_size=4),
    )
    scalars = st.one_of(words, st.none(), st.booleans(), st.integers(-2, 12), st.floats())
    return st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=4)
        ),
        max_leaves=20,
    )
