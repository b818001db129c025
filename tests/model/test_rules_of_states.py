"""The rules of states, rankings and graph form, and how long a message may be.

In the texts, ``§`` stands right before the character at which the error must point.
"""

from __future__ import annotations

import pytest
from casetexts import GRAPH, SMALL, check

from detente.model.errors import CaseError
from detente.workspace.casefiles import loads


@pytest.mark.parametrize(
    ("text", "what", "rule", "hint"),
    [
        (
            SMALL.replace("b: {}}", "b: {}}, preferences: {ranking: ['00', '01', §'11', '10']}")
            + "infeasible: [a and b]\n",
            "the ranking of 'us' names the infeasible state 11",
            "every feasible state once, and no other",
            "'a and b' under 'infeasible' excludes it (line 4)",
        ),
        (
            SMALL.replace("b: {}}", "b: {}}, preferences: {ranking: §['00', '01']}")
            + "infeasible: ['11']\n",
            "the ranking of 'us' misses 1 feasible state: 10",
            "",
            "",
        ),
        (
            SMALL + "status_quo: §{a: yes, b: yes}\ninfeasible:\n  - not a\n  - '-1'\n",
            "the status quo 11 is infeasible",
            "the status quo is a feasible state",
            "'-1' under 'infeasible' excludes it (line 7)",
        ),
        (
            SMALL + "infeasible: §[a, not a]\n",
            "no state is feasible",
            "at least one combination of levels must be possible",
            "remove or narrow an item",
        ),
        (SMALL + "infeasible: §a\n", "'infeasible' must be a list, not 'a'", "", ""),
        (
            SMALL + "infeasible: [§{evidence: x}]\n",
            "an infeasible item has no statement",
            "a statement, a pattern, or",
            "add 'statement:'",
        ),
        (
            SMALL + "infeasible: [§'1']\n",
            "the pattern '1' has 1 mark",
            "one mark for each option: 2 in this case",
            "us.a, us.b",
        ),
        (
            SMALL + "infeasible: [§'-2']\n",
            "the pattern '-2' gives 'us.b' the level 2",
            "its levels are 0 to 1",
            "",
        ),
        (
            SMALL + "infeasible:\n  - a and not (b §c)\n",
            "'c' cannot stand here",
            "",
            "expected ')'",
        ),
        (
            SMALL + "status_quo: {§c: yes}\n",
            "there is no option 'c'",
            "",
            "the options are us.a, us.b",
        ),
        (
            SMALL + "status_quo: {a: §maybe}\n",
            "option 'us.a' has no level 'maybe'",
            "its levels are no, yes",
            "",
        ),
        (
            SMALL + "status_quo: {a: yes, §us.a: no}\n",
            "the status quo gives 'us.a' twice",
            "an option has one level in a state",
            "'a' and 'us.a' are the same option",
        ),
        (
            SMALL + "status_quo: §[a]\n",
            "the status quo cannot be a list",
            "'option: level' lines",
            "remove the line",
        ),
        (SMALL + "status_quo: §'000'\n", "the code '000' has 3 digits", "", ""),
        (
            SMALL + "states: {peace: {a: yes}}\nstatus_quo: §pease\n",
            "there is no state 'pease'",
            "",
            "did you mean 'peace'?",
        ),
        (
            SMALL + "states: {peace: {a: yes}, §quiet: {a: yes, b: no}}\n",
            "'quiet' and 'peace' name the same state 10",
            "a state has one name",
            "at their first level",
        ),
        (SMALL + "states: {§01: {}}\n", "'01' cannot be the id of a state", "", ""),
        (SMALL + "states: §peace\n", "'states' must be a mapping, not 'peace'", "", ""),
        (
            SMALL + "perceptions: {§them: {us: {priorities: [a]}}}\n",
            "there is no party 'them'",
            "one of us",
            "",
        ),
        (
            SMALL + "perceptions: {us: {§us: {priorities: [a]}}}\n",
            "there is no other party 'us'",
            "",
            "",
        ),
        (
            SMALL + "  them: {}\nperceptions: {them: {us: §{}}}\n",
            "how 'them' sees 'us' give none of them",
            "exactly one",
            "",
        ),
        (
            SMALL + "  them: {}\nperceptions: {them: {us: {ranking: §['00', '01', '10']}}}\n",
            "the ranking of 'us, as them sees it' misses 1 feasible state: 11",
            "every feasible state once",
            "",
        ),
        (
            SMALL + "  them: {}\nperceptions: {them: {us: {priorities: [§c]}}}\n",
            "there is no option 'c'",
            "",
            "",
        ),
    ],
)
def test_states(text: str, what: str, rule: str, hint: str) -> None:
    check(text, what, rule, hint)


@pytest.mark.parametrize(
    ("text", "what", "rule", "hint"),
    [
        (
            GRAPH.replace("talks, peace", "talks, §war"),
            "the state 'war' stands twice",
            "states have different labels",
            "rename or remove",
        ),
        (
            GRAPH.replace("[war, talks, peace]", "§[]"),
            "the list of states is empty",
            "at least one state",
            "",
        ),
        (
            GRAPH + "infeasible: §[war]\n",
            "a graph-form case has 'infeasible'",
            "only feasible states",
            "",
        ),
        (
            GRAPH.replace("us: {}", "us: {options: §{a: {}}}"),
            "party 'us' has options in a graph-form case",
            "not both",
            "make 'states:' a mapping of names",
        ),
        (
            GRAPH + "status_quo: §pease\n",
            "there is no state 'pease'",
            "under 'states:'",
            "did you mean 'peace'?",
        ),
        (
            GRAPH + "status_quo: §{war: yes}\n",
            "the status quo cannot be a mapping",
            "a label",
            "",
        ),
        (
            GRAPH + "moves: {§usa: {war: [talks]}}\n",
            "there is no party 'usa'",
            "one of us, taliban",
            "did you mean 'us'?",
        ),
        (
            GRAPH + "moves: {us: {war: [§talk]}}\n",
            "there is no state 'talk'",
            "one of war, talks, peace",
            "did you mean 'talks'?",
        ),
        (
            GRAPH + "moves: {us: {war: [talks, §war]}}\n",
            "a move of 'us' leads from 'war' to itself",
            "a move changes the state",
            "",
        ),
        (
            GRAPH + "moves: {us: {war: §talks}}\n",
            "the moves of 'us' from 'war' must be a list, not 'talks'",
            "",
            "",
        ),
        (
            GRAPH.replace("us: {}", "us: {preferences: {priorities: §[war]}}"),
            "the preferences of 'us' are priorities in a graph-form case",
            "preferences are rankings",
            "write 'ranking: [best, …, worst]'",
        ),
        (
            GRAPH.replace("us: {}", "us: {preferences: {ranking: [§'0']}}"),
            "there is no state '0'",
            "",
            "use one of the labels",
        ),
        (
            GRAPH.replace("us: {}", "us: {preferences: {ranking: §[peace, war]}}"),
            "the ranking of 'us' misses 1 feasible state: talks",
            "",
            "",
        ),
    ],
)
def test_graph_form(text: str, what: str, rule: str, hint: str) -> None:
    check(text, what, rule, hint)


def test_messages_stay_short_whatever_the_names() -> None:
    """A name as long as a book, or with line breaks in it, still makes a short message."""
    long = "x" * 100_000
    for text in (
        f"detente: 1\n{long}: 1\n",
        f"detente: 1\nparties: {{us: {{options: {{{'x' * 500}!: {{}}}}}}}}\n",
        SMALL + f"status_quo: '{'0' * 100_000}'\n",
        SMALL + f"status_quo: {long}\n",
        SMALL + f"infeasible: [{long}]\n",
        SMALL + 'status_quo: "a\\nb"\n',
        SMALL + f"status_quo: {{a: {long}}}\n",
        "detente: 1\nparties: {us: {}}\nstates: ["
        + ", ".join(f"s{k}" for k in range(5_000))
        + "]\nmoves: {us: {s1: [nowhere]}}\n",
    ):
        with pytest.raises(CaseError) as caught:
            loads(text, "f.yaml")
        message = str(caught.value)
        assert len(message) < 700
        assert len(message.splitlines()) <= 5
