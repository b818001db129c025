"""Which priority decides between two states: the one by which the order of the engine turns."""

from __future__ import annotations

from itertools import permutations

import pytest
import quoted
from commandline import GRAPH

from detente.analysis.deciding import deciding_clause
from detente.engine.compile import compile_case
from detente.engine.states import cell_of
from detente.model.loading import parse_case


@pytest.mark.parametrize("party", ["ruritania", "freedonia"])
def test_the_deciding_priority_is_true_in_the_better_state_only(party: str) -> None:
    case = parse_case(quoted.case_text())
    payoffs = compile_case(case).payoffs[case.party_ids.index(party)]
    for one, other in permutations(("00", "01", "10", "11"), 2):
        clause = deciding_clause(case, party, one, other)
        here, there = (payoffs[cell_of(case, state)] for state in (one, other))
        if clause is None:
            assert here == there
        else:
            assert clause.statement.holds(case.levels(one)) == (here > there)
            assert clause.statement.holds(case.levels(other)) == (here < there)


def test_rankings_and_graph_form_have_none() -> None:
    assert deciding_clause(parse_case(GRAPH), "ann", "s1", "s2") is None
    text = "detente: 1\nparties: {a: {options: {x: {}}, preferences: {ranking: ['1', '0']}}}\n"
    assert deciding_clause(parse_case(text), "a", "0", "1") is None
