"""Every rule of the case file: what the error says, where it points, and what to do next.

In the texts, ``§`` stands right before the character at which the error must point.
"""

from __future__ import annotations

import pytest
from casetexts import TWO, check


@pytest.mark.parametrize(
    ("text", "what", "rule", "hint"),
    [
        ("§[a, b]", "a case file is a mapping, not a list", "starts with 'detente: 1'", "new"),
        ("§words", "a case file is a mapping, not 'words'", "starts with", "new"),
        (
            "§title: x\nparties: {}\n",
            "this is not a case file: it has no 'detente:' line",
            "a case file says its format: 'detente: 1'",
            "add 'detente: 1' as the first line",
        ),
        (
            "title: x\ndetente: §2\nsomething: new\n",
            "the file has format 2, written by a later version of Détente",
            "this version reads format 1",
            "install a newer Détente",
        ),
        (
            f"detente: §{'9' * 5000}\n",
            f"the file has format {'9' * 20}, written by a later version of Détente",
            "this version reads format 1",
            "install a newer Détente",
        ),
        (
            "detente: §0\n",
            "unknown format version: the number '0'",
            "no version of Détente writes it",
            "write 'detente: 1'",
        ),
        ("detente: §1.0\n", "unknown format version: the number '1.0'", "whole", "write"),
        ("detente: §'1'\n", "unknown format version: '1'", "whole numbers", "write 'detente: 1'"),
        ("detente: §-1\n", "unknown format version: the number '-1'", "whole", "write"),
        ("detente: §[1]\n", "unknown format version: a list", "whole numbers", "write"),
        ("§detente:\n", "unknown format version: nothing", "whole numbers", "write"),
        ("detente: 1\n", "the case has no parties", "at least one party", "detente new"),
        ("detente: 1\nparties: §{}\n", "the case has no parties", "at least one", "new"),
        (
            "detente: 1\nparties: §[us]\n",
            "'parties' must be a mapping, not a list",
            "'key: value' lines",
            "reference",
        ),
        (
            "detente: 1\nparties: §{us: {}}\n",
            "no party has an option",
            "at least one option",
            "add 'options:' to a party",
        ),
    ],
)
def test_file_that_is_no_case(text: str, what: str, rule: str, hint: str) -> None:
    if text == "§detente:\n":  # an empty value stands behind its colon
        text = "detente:\n§"
    check(text, what, rule, hint)


@pytest.mark.parametrize(
    ("text", "what", "rule", "hint"),
    [
        (
            "detente: 1\n§partys: {}\n",
            "unknown key 'partys' in the case",
            "the keys of the case are detente, title, about, as_of, parties",
            "did you mean 'parties'?",
        ),
        (
            "detente: 1\nparties:\n  us: {§optoins: {}}\n",
            "unknown key 'optoins' in party 'us'",
            "name, options, preferences, outside, constituent_of, evidence",
            "did you mean 'options'?",
        ),
        (
            "detente: 1\nparties:\n  us: {options: {a: {§level: [x, y]}}}\n",
            "unknown key 'level' in option 'us.a'",
            "name, levels, moves, issue, evidence",
            "did you mean 'levels'?",
        ),
        (
            "detente: 1\nparties:\n  us: {options: {a: {}}, preferences: {§ranks: []}}\n",
            "unknown key 'ranks' in the preferences of 'us'",
            "priorities, ranking, weights",
            "",
        ),
        (
            TWO + "infeasible: [{statement: us.talk, §because: x}]\n",
            "unknown key 'because' in an infeasible item",
            "statement, evidence",
            "make it a comment",
        ),
        (
            "detente: 1\ntitle: x\nparties: {us: {options: {a: {}}}}\n§title: y\n",
            "the key 'title' stands twice",
            "a key stands once in a mapping",
            "the first is in line 2",
        ),
        (
            "detente: 1\nparties:\n  us: {options: {a: {}}}\n  §us: {}\n",
            "the key 'us' stands twice",
            "once",
            "line 3",
        ),
        (
            "detente: 1\nparties: {us: {options: {a: {}, §'a': {}}}}\n",
            "the key 'a' stands twice",
            "once",
            "line 2",
        ),
        (
            "detente: 1\ntitle: §[a]\nparties: {us: {options: {a: {}}}}\n",
            "the title must be text, not a list",
            "a word or a quoted text",
            "put it in quotes",
        ),
        (
            "detente: 1\nparties: {us: {outside: §maybe, options: {a: {}}}}\n",
            "'outside' must be true or false, not 'maybe'",
            "true or false",
            "without quotes",
        ),
        (
            "detente: 1\nparties: {us: {outside: §yes, options: {a: {}}}}\n",
            "'outside' must be true or false, not 'yes'",
            "YAML 1.2",
            "write 'true' or 'false'",
        ),
        (
            "detente: 1\nparties: {us: {constituent_of: §usa, options: {a: {}}}, them: {}}\n",
            "there is no party 'usa'",
            "the party must be one of them",
            "",
        ),
        (
            "detente: 1\nparties: {us: {constituent_of: §us, options: {a: {}}}}\n",
            "there is no party 'us'",
            "there is no party here",
            "",
        ),
        (
            "detente: 1\nparties: {§1st: {options: {a: {}}}}\n",
            "'1st' cannot be the id of a party",
            "an id is a letter, then letters, digits, '_' or '-'",
            "choose a short word",
        ),
        (
            "detente: 1\nparties: {us: {options: {§not: {}}}}\n",
            "'not' cannot be the id of an option",
            "no keyword (not, and, or, if, iff)",
            "write for instance 'not_'",
        ),
        (
            "detente: 1\nparties: {§United States: {options: {a: {}}}}\n",
            "'United States' cannot be the id of a party",
            "an id is a letter",
            "write 'United_States' and put the full name under 'name:'",
        ),
    ],
)
def test_keys_and_names(text: str, what: str, rule: str, hint: str) -> None:
    check(text, what, rule, hint)


def option(body: str) -> str:
    return f"detente: 1\nparties:\n  us:\n    options:\n      a: {body}\n"


@pytest.mark.parametrize(
    ("text", "what", "rule", "hint"),
    [
        (option("{levels: §[one]}"), "option 'us.a' has 1 level", "2 to 10 levels", "merge"),
        (
            option(f"{{levels: §[{', '.join('abcdefghijk')}]}}"),
            "option 'us.a' has 11 levels",
            "2 to 10 levels",
            "split the option",
        ),
        (option("{levels: §3}"), "the levels of 'us.a' must be a list, not the number '3'", "", ""),
        (
            option("{levels: [x, y, §x]}"),
            "the level 'x' of 'us.a' stands twice",
            "different names",
            "rename or remove",
        ),
        (
            option("{levels: [0%, §50%]}").replace("0%, §5", "§0%, 5"),
            "'0%' cannot be the id of a level",
            "an id is a letter",
            "",
        ),
        (
            option("{levels: [x, §~]}"),
            "a level must be text, not nothing",
            "a word or a quoted text",
            "quotes",
        ),
        (
            option("{moves: §forwards}"),
            "there is no kind of moves 'forwards'",
            "one of both, forward, back",
            "did you mean 'forward'?",
        ),
        (
            option("{moves: [[no, §maybe]]}"),
            "there is no level of 'us.a' 'maybe'",
            "one of no, yes",
            "",
        ),
        (
            option("{moves: [§[no]]}"),
            "a move of 'us.a' has 1 end",
            "[from, to], in level names",
            "[no, yes]",
        ),
        (
            option("{moves: [§[no, yes, no]]}"),
            "a move of 'us.a' has 3 ends",
            "[from, to]",
            "for instance",
        ),
        (
            option("{moves: [§[no, no]]}"),
            "a move of 'us.a' leads from 'no' to itself",
            "a move changes the level",
            "staying is always possible",
        ),
        (
            option("{moves: [§no, yes]}"),
            "a move of 'us.a' must be a list, not 'no'",
            "'[a, b]'",
            "",
        ),
        (option("{}") + "moves: §{us: {}}\n", "'moves' stands at the top of an option-form case",
         "moves stand in each option", "move it into the options"),
    ],
)  # fmt: skip
def test_options(text: str, what: str, rule: str, hint: str) -> None:
    check(text, what, rule, hint)


def wants(body: str) -> str:
    return TWO.replace("  taliban:", f"    preferences:\n      {body}\n  taliban:")


@pytest.mark.parametrize(
    ("text", "what", "rule", "hint"),
    [
        (
            wants("{}").replace("      {}\n  tal", "      §{}\n  tal"),
            "the preferences of 'us' give none of them",
            "exactly one of priorities, ranking or weights",
            "leave 'preferences' out",
        ),
        (
            wants("§{priorities: [], weights: {}}"),
            "the preferences of 'us' give priorities and weights",
            "exactly one",
            "keep one",
        ),
        (
            wants("priorities: §ceasefire"),
            "priorities must be a list, not 'ceasefire'",
            "lines that start with '- '",
            "",
        ),
        (
            wants("priorities: [ceasefire, not §ceasefyre]"),
            "there is no option 'ceasefyre'",
            "a statement names options of the case",
            "did you mean 'ceasefire'?",
        ),
        (
            wants("priorities: ['ceasefire = §maybe']"),
            "option 'taliban.ceasefire' has no level 'maybe'",
            "its levels are no, yes",
            "use one of no, yes",
        ),
        (
            wants("priorities: [withdrawal and §talk]"),
            "'talk' is ambiguous: 'us.talk', 'taliban.talk'",
            "a name must mean one option",
            "write 'party.option'",
        ),
        (
            wants("priorities: [withdrawal if ceasefire §if us.talk]"),
            "'if' cannot stand here",
            "",
            "do not chain",
        ),
        (
            wants("priorities: [§{evidence: [s1]}]"),
            "a priority has no statement",
            "{statement: …, evidence: […]}",
            "add 'statement:'",
        ),
        (
            wants("priorities: [§[ceasefire]]"),
            "a priority must be text, not a list",
            "",
            "",
        ),
        (
            wants("weights: §[ceasefire]"),
            "weights must be a mapping, not a list",
            "'key: value' lines",
            "",
        ),
        (
            wants("weights: {ceasefire: §much}"),
            "the weight of 'ceasefire' is 'much'",
            "a weight is a decimal number",
            "3 or -1.5",
        ),
        (
            wants("weights: {ceasefire: §.inf}"),
            "the weight of 'ceasefire' is the number '.inf'",
            "a weight is a decimal number",
            "",
        ),
        (
            wants("weights: {ceasefire: §0x1F}"),
            "the weight of 'ceasefire' is the number '0x1F'",
            "a weight is a decimal number",
            "",
        ),
        (
            wants("weights: {ceasefire: §1e18}"),
            "the weight '1e18' has too many digits",
            "at most 18 digits",
            "use priorities",
        ),
        (
            wants("weights: {ceasefire: §1e9999999999999999999}"),
            "the weight of 'ceasefire' is the number '1e9999999999999999999'",
            "a weight is a decimal number",
            "",
        ),
        (
            wants("weights: {ceasefire: §1.0000000000000000001}"),
            "the weight '1.0000000000000000001' has too many digits",
            "at most 18 digits",
            "use priorities",
        ),
        (
            wants("weights: §{ceasefire: 100000000000, us.talk: 0.00000001}"),
            "the weights of 'us' span too many digits",
            "at most 18 digits",
            "use priorities",
        ),
        (
            wants("ranking: §{}"),
            "a ranking must be a list, not a mapping",
            "",
            "",
        ),
        (
            wants("ranking: ['0000', §'0003']"),
            "the code '0003' gives 'taliban.talk' the level 3",
            "its levels are 0 to 1: no, yes",
            "correct that digit",
        ),
        (
            wants("ranking: ['0000', §'000']"),
            "the code '000' has 3 digits",
            "one digit for each option: 4 in this case",
            "us.withdrawal, us.talk, taliban.ceasefire, taliban.talk",
        ),
        (
            wants("ranking: ['0000', §peace]"),
            "there is no state 'peace'",
            "a state is a code (one digit for each option) or a label under 'states:'",
            "codes have 4 digits here, for instance '0000'",
        ),
        (
            wants("ranking: ['0000', §[]]"),
            "a tie in the ranking is empty",
            "[..] holds the states that are equally good",
            "remove it",
        ),
        (
            wants("ranking: ['0000', ['0001', §'0000']]"),
            "the ranking names state '0000' twice",
            "a ranking names every feasible state once",
            "it stands in line 8 already",
        ),
        (
            wants("ranking: §['0000', '0001']"),
            "the ranking of 'us' misses 22 feasible states: "
            "0010, 0011, 0100, 0101, 0110, 0111 and 16 more",
            "a ranking names every feasible state once",
            "add them, or declare them infeasible",
        ),
    ],
)
def test_preferences(text: str, what: str, rule: str, hint: str) -> None:
    check(text, what, rule, hint)
