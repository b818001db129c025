"""What the page of ``detente sensitivity`` says where there is little or much to say."""

from __future__ import annotations

from commandline import TWO_STEP, shown

import detente
from detente.analysis.sensitivity.sensitivity import sensitivity
from detente.report.sensitivity import headline, sensitivity_document, sensitivity_page

LEAVES = """
detente: 1
parties:
  ann:
    name: Ruritania
    options: {pass: {levels: [shut, open]}}
    preferences:
      priorities:
        - {statement: not pass = open if not toll, evidence: [s7, F01]}
        - pass = open
        - toll
  bob:
    name: Freedonia
    options: {toll: {moves: forward}}
    preferences: {priorities: [pass, not toll]}
status_quo: {pass: shut, toll: no}
"""


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_condition_without_which_there_is_no_deadlock() -> None:
    result = detente.sensitivity(detente.loads(LEAVES))
    text = flat(shown(sensitivity_page(result)))
    assert (
        "If Ruritania did not insist on 'no open pass before toll', or put 'open pass' before "
        "'no open pass before toll', there would be no deadlock: it would leave pass: shut, not "
        "toll (00) for open pass (10). [s7, F01]"
    ) in text
    document = sensitivity_document(result)
    first = document["preferences"][0]
    assert (first["words"], first["evidence"]) == ("no open pass before toll", ["s7", "F01"])
    assert first["dropped"]["words"].endswith(
        "would leave pass: shut, not toll (00) for open pass (10)."
    )
    assert document["sentence"] == headline(result)


def test_without_stated_preferences_there_is_nothing_to_vary() -> None:
    case = detente.loads('detente: 1\nparties: {a: {options: {x: {}}}}\nstatus_quo: "0"\n')
    text = flat(shown(sensitivity_page(sensitivity(case))))
    assert text.startswith(
        "No party states a preference, so there is nothing to vary: no deadlock."
    )
    assert "a: no preference is stated" in text
    assert "preference by dropped" not in text


def test_no_hinge_is_said_only_of_what_was_tried() -> None:
    case = detente.loads(
        "detente: 1\nparties: {a: {options: {x: {}, y: {}}, "
        'preferences: {priorities: [x, "x or y"]}}}\nstatus_quo: "10"\n'
    )
    assert sensitivity_document(sensitivity(case))["preferences"][1]["words"] == "x or y"
    whole = headline(sensitivity(case))
    assert whole == (
        "The headline, no deadlock, hangs on no single stated preference; 3 of 3 changes leave it "
        "as it is."
    )
    part = sensitivity(case, work=4)
    assert headline(part) == (
        "The headline, no deadlock, hangs on no single stated preference among those tried; "
        "1 of the 1 change tried leaves it as it is."
    )
    none = sensitivity(case, stop=lambda: True)
    assert headline(none) == (
        "What the headline, no deadlock, hangs on is not known: no change was tried."
    )
    text = flat(shown(sensitivity_page(none)))
    assert "0 dropped, 0 swapped; stopped before all 3" in text
    assert "? x A not tried not tried" in text


def test_a_large_ranking_shows_only_what_the_headline_hangs_on() -> None:
    codes = [f"{k:07b}" for k in range(128)]
    ranking = ", ".join(f'"{code}"' for code in codes)
    options = ", ".join(f"o{k}: {{}}" for k in range(7))
    case = detente.loads(
        f"detente: 1\nparties:\n  a: {{options: {{}}, preferences: {{ranking: [{ranking}]}}}}\n"
        f'  b: {{options: {{{options}}}}}\nstatus_quo: "{codes[0]}"\n'
    )
    result = sensitivity(case)
    assert [own.stated.number for own in result.hinges] == [1]
    text = shown(sensitivity_page(result))
    assert "126 more stated preferences; --json has all" in text
    assert len(text.splitlines()) < 40


def test_letters_name_the_parties_of_the_case() -> None:
    text = shown(sensitivity_page(sensitivity(detente.load(TWO_STEP))))
    assert "letters  U United States  T Taliban" in text
