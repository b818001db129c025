"""From an article to a remedy: read, review, draft, check, diagnose, unlock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from articles import SEED, TOLL
from commandline import ROOT, Runner

EXAMPLES = ROOT / "examples"


@dataclass
class Story:
    """A workspace in a folder of its own, with an article that was read."""

    run: Runner
    folder: Path

    def read(self, article: Path, *more: str) -> list[dict[str, Any]]:
        found = self.run.good("read", article, "--json", *more).json
        return list(found["statements"])

    def review(self, decisions: list[dict[str, Any]]) -> None:
        file = self.folder / "decisions.jsonl"
        file.write_text("\n".join(json.dumps(d) for d in decisions), "utf-8")
        assert self.run.good("review", "--apply", file, "--json").json["applied"]

    def draft(self, *more: str) -> tuple[Path, Any]:
        file = self.folder / "draft.yaml"
        return file, self.run.good("draft", "-o", file, "--json", *more).json


@pytest.fixture
def story(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DETENTE_WORKSPACE", str(tmp_path / "detente.db"))
    return Story(run, tmp_path)


def parties_of(cycle: list[dict[str, Any]]) -> set[Any]:
    return {edge["party"] for edge in cycle}


def assert_cited(drafted: Any, statements: set[str]) -> None:
    """Every element leads to a statement."""
    for party in drafted["parties"]:
        parts = [party, *party["options"], *party["priorities"]]
        assert all(part["evidence"] and set(part["evidence"]) <= statements for part in parts)
    assert all(set(law["evidence"]) <= statements for law in drafted["infeasible"])


def keys_of(drafted: Any) -> list[str]:
    """Return the options in the order of the digits of a code."""
    return [option["key"] for party in drafted["parties"] for option in party["options"]]


def assert_deadlock_of_withdrawal_and_ceasefire(story: Story, file: Path, keys: list[str]) -> None:
    """Both would gain by a withdrawal for a ceasefire, nobody moves, the demands go in a circle."""
    diagnosis = story.run.good("diagnose", file, "--json").json
    assert diagnosis["deadlock"]
    solved = story.run.good("solve", file, "--concepts", "seq", "--json").json
    status_quo = solved["status_quo"]
    assert status_quo in solved["concepts"]["seq"]["equilibria"]
    assert story.run.good("check", file, "--json").json["valid"]
    withdrawal, ceasefire = keys.index("united_states.withdrawal"), keys.index("taliban.ceasefire")
    assert (status_quo[withdrawal], status_quo[ceasefire]) == ("0", "0")
    witness = diagnosis["witness"]
    assert "0" not in (witness[withdrawal], witness[ceasefire])
    for cycle in diagnosis["precedence"]:
        assert parties_of(cycle) >= {"united_states", "taliban"}
        assert all(edge["statement"] for edge in cycle)
    out, calm = "united_states.withdrawal = full", "taliban.ceasefire = yes"
    crossed = [
        cycle
        for cycle in diagnosis["precedence"]
        if {(edge["before"], edge["after"]) for edge in cycle} == {(out, calm), (calm, out)}
    ]
    assert crossed
    unlocked = story.run.good("unlock", file, "--json").json
    assert any(lever["opens"] for lever in unlocked["levers"])


def reviewed_seed(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Judge what was read as the annotators did: accept, correct or reject."""
    lines = (SEED.parent / "statements.jsonl").read_text("utf-8").splitlines()
    gold = [row for row in map(json.loads, lines) if row["type"] != "fact"]
    decisions = []
    for row in found:
        span = range(row["start"], row["end"])

        def shared(other: dict[str, Any], span: range = span) -> float:
            both = min(span.stop, other["span_end"]) - max(span.start, other["span_start"])
            return both / max(len(span), other["span_end"] - other["span_start"])

        best = max(gold, key=shared)
        if shared(best) < 0.5:
            decisions.append({"id": row["id"], "decision": "reject"})
            continue
        order = best["sequence"] or {"before": None, "after": None}
        wanted = {
            "type": best["type"],
            "actors": [name.split(" (")[0] for name in best["actor"]],
            "targets": best["target"] or [],
            "issue": best["issue"],
            "before": order["before"],
            "after": order["after"],
        }
        fields = {key: value for key, value in wanted.items() if row[key] != value}
        decision = {"decision": "edit", "fields": fields} if fields else {"decision": "accept"}
        decisions.append({"id": row["id"], **decision})
    return decisions


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not here")
@pytest.mark.parametrize("reader", [[], ["--rules-only"]], ids=["tagger", "rules"])
def test_the_seed_from_article_to_remedy(story: Story, reader: list[str]) -> None:
    found = story.read(SEED, *reader)
    story.review(reviewed_seed(found))
    file, drafted = story.draft()
    assert not drafted["unreviewed"]
    assert "UNREVIEWED" not in file.read_text("utf-8")
    assert_cited(drafted, {row["id"] for row in found})
    assert {p["name"] for p in drafted["parties"] if not p["outside"]} == {
        "United States",
        "Taliban",
    }
    assert {"Russia", "ISIS"} <= {p["name"] for p in drafted["parties"] if p["outside"]}
    assert_deadlock_of_withdrawal_and_ceasefire(story, file, keys_of(drafted))


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not here")
@pytest.mark.parametrize("reader", [[], ["--rules-only"]], ids=["tagger", "rules"])
def test_the_seed_as_it_was_read(story: Story, reader: list[str]) -> None:
    story.read(SEED, *reader)
    file, drafted = story.draft("--unreviewed")
    assert drafted["unreviewed"]
    assert "UNREVIEWED DRAFT" in file.read_text("utf-8")
    assert_deadlock_of_withdrawal_and_ceasefire(story, file, keys_of(drafted))


def test_our_article_on_the_same_talks(story: Story) -> None:
    found = story.read(EXAMPLES / "us-taliban-2019.txt")
    story.run.good("review", "--apply", EXAMPLES / "us-taliban-2019.review.jsonl")
    file, drafted = story.draft()
    assert not drafted["unreviewed"]
    assert_cited(drafted, {row["id"] for row in found})
    assert_deadlock_of_withdrawal_and_ceasefire(story, file, keys_of(drafted))
    options = set(keys_of(drafted))
    assert {"taliban.guarantee", "afghanistan.prisoner_release", "isis.attack"} <= options


def test_going_first_is_dangerous_where_a_withdrawal_cannot_be_undone(story: Story) -> None:
    story.read(EXAMPLES / "us-taliban-2019.txt")
    story.run.good("review", "--apply", EXAMPLES / "us-taliban-2019.review.jsonl")
    table = ["--table", "Washington,Taliban", "--irreversible", "united_states.withdrawal"]
    file, drafted = story.draft(*table)
    (us,) = (party for party in drafted["parties"] if party["name"] == "United States")
    moves = {option["key"]: option["moves"] for option in us["options"]}
    assert moves["united_states.withdrawal"] == "forward"
    diagnosis = story.run.good("diagnose", file, "--json").json
    assert diagnosis["deadlock"]
    assert diagnosis["kind"] != "open"
    assert any(lever["opens"] for lever in story.run.good("unlock", file, "--json").json["levers"])


def test_another_negotiation_from_article_to_remedy(story: Story) -> None:
    found = story.read(EXAMPLES / "kosovo-serbia-2023.txt")
    story.run.good("review", "--apply", EXAMPLES / "kosovo-serbia-2023.review.jsonl")
    file, drafted = story.draft()
    assert_cited(drafted, {row["id"] for row in found})
    assert {p["name"] for p in drafted["parties"] if not p["outside"]} == {"Kosovo", "Serbia"}
    assert {"kosovo.set_up_association", "serbia.recognition"} <= set(keys_of(drafted))
    assert story.run.good("check", file, "--json").json["valid"]
    diagnosis = story.run.good("diagnose", file, "--json").json
    assert diagnosis["deadlock"]
    assert any(parties_of(cycle) == {"kosovo", "serbia"} for cycle in diagnosis["precedence"])
    assert any(lever["opens"] for lever in story.run.good("unlock", file, "--json").json["levers"])


def test_the_page_says_what_to_ask_and_what_is_left_out(story: Story) -> None:
    story.read(EXAMPLES / "kosovo-serbia-2023.txt")
    page = story.run.good("draft", "--unreviewed", "--options", "3", "-o", "case.yaml").out
    text = (story.folder / "case.yaml").read_text("utf-8")
    for shown in (page, text):
        assert "UNREVIEWED DRAFT" in shown
        assert "Open questions" in shown
        assert "Left out of the model" in shown
        assert "Statements that shaped nothing" in shown
    assert "Next: detente check case.yaml" in page


def test_without_a_file_the_case_goes_to_standard_output(story: Story) -> None:
    story.read(EXAMPLES / "kosovo-serbia-2023.txt")
    text = story.run.good("draft", "--unreviewed", "--title", "Who: first?").out
    assert 'title: "Who: first?"' in text
    (story.folder / "case.yaml").write_text(text, "utf-8")
    assert story.run.good("check", "case.yaml").status == 0


def test_only_some_statements(story: Story) -> None:
    story.read(EXAMPLES / "kosovo-serbia-2023.txt")
    drafted = story.run.good("draft", "--unreviewed", "--party", "Kosovo", "--json").json
    every = story.run.good("draft", "--unreviewed", "--json").json
    assert len(drafted["cited"]) < len(every["cited"])


def test_bad_questions_get_one_clear_message(story: Story) -> None:
    assert "no workspace" in story.run.bad("draft")
    news = story.folder / "news.txt"
    news.write_text(TOLL, "utf-8")
    story.read(news)
    said = story.run.bad("draft", "-o", "case.yaml")
    assert "1 statement waits for a review" in said
    assert "--unreviewed" in said
    assert "did you mean" in story.run.bad("draft", "--unreviewed", "--table", "Ruritanja")
    wrong = story.run.bad("draft", "--unreviewed", "--irreversible", "gate")
    assert "no option 'gate'" in wrong
    assert "--options 0" in story.run.bad("draft", "--unreviewed", "--options", "0")
    assert "no statement that counts is such" in story.run.bad(
        "draft", "--unreviewed", "--since", "2090"
    )
    assert not (story.folder / "case.yaml").exists()
    (story.folder / "case.yaml").write_text("mine", "utf-8")
    assert "exists already" in story.run.bad("draft", "--unreviewed", "-o", "case.yaml")
    assert (story.folder / "case.yaml").read_text("utf-8") == "mine"


def test_nothing_to_draft_from_says_so(story: Story) -> None:
    news = story.folder / "news.txt"
    news.write_text("Ruritania accused Strelsau of lying about the weir.", "utf-8")
    story.read(news)
    assert "what a party wants another to do" in story.run.bad("draft", "--unreviewed")
