"""What is refused: one message that says what to do, status 2, nothing on standard output."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commandline import TWO_STEP, Runner

COMMANDS = (["check"], ["solve"], ["why", "00"], ["paths"])


def on(command: list[str], case: str | Path) -> list[str]:
    return [command[0], str(case), *command[1:]]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_missing_file(run: Runner, command: list[str], tmp_path: Path) -> None:
    message = run.bad(*on(command, tmp_path / "none.yaml"))
    assert "there is no such file" in message


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_folder(run: Runner, command: list[str], tmp_path: Path) -> None:
    assert "this is a folder" in run.bad(*on(command, tmp_path))


def test_a_binary_file(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "image.yaml"
    path.write_bytes(bytes(range(256)))
    assert "not UTF-8" in run.bad("check", path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "secret.yaml"
    path.write_text("detente: 1\n", "utf-8")
    path.chmod(0)
    assert "no permission" in run.bad("check", path)


def test_a_mistake_names_line_and_nearest_name(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "typo.yaml"
    text = Path(TWO_STEP).read_text("utf-8").replace("ceasefire = full", "ceasfire = full")
    path.write_text(text, "utf-8")
    message = run.bad("solve", path)
    assert f"{path}:" in message
    assert "did you mean 'ceasefire'?" in message
    assert "^" in message


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["solv", TWO_STEP], "there is no command 'solv'\n  next: did you mean 'solve'?"),
        (["xyzzy"], "the commands are read, statements"),
        (["solve"], "detente solve: CASE is missing"),
        (["why", TWO_STEP], "detente why: STATE is missing"),
        (["solve", TWO_STEP, "extra"], "'extra' is one argument too many"),
        (["solve", TWO_STEP, "--concept", "nash"], "did you mean '--concepts'?"),
        (["solve", TWO_STEP, "--whatever"], "there is no option '--whatever'"),
        (["solve", TWO_STEP, "--concepts"], "the option --concepts needs a value"),
        (["solve", TWO_STEP, "--algorithm", "magic"], "auto"),
        (["solve", TWO_STEP, "--sequences", "many"], "legal"),
        (["solve", TWO_STEP, "--concepts", "nahs"], "did you mean 'nash'?"),
        (["solve", TWO_STEP, "--concepts", ""], "there is no solution concept ''"),
        (["solve", TWO_STEP, "--equilibria", "sek"], "there is no solution concept 'sek'"),
        (
            ["solve", TWO_STEP, "--concepts", "nash", "--equilibria", "seq"],
            "SEQ was not computed",
        ),
        (["why", TWO_STEP, "44"], "the code '44' gives 'us.withdrawal' the level 4"),
        (["why", TWO_STEP, "0"], "has 1 digit"),
        (["why", TWO_STEP, "war-goes-in"], "did you mean 'war-goes-on'?"),
        (["why", TWO_STEP, "00", "--party", "talban"], "did you mean 'taliban'?"),
        (["paths", TWO_STEP, "--to", "nowhere"], "there is no state 'nowhere'"),
        (["--bogus"], "--bogus"),
    ],
)
def test_a_mistake_on_the_command_line(run: Runner, words: list[str], says: str) -> None:
    message = run.bad(*words)
    assert says in message
    assert "  next: " in message


@pytest.mark.parametrize(
    ("statement", "says", "caret"),
    [
        ("ceasefire = fulll", "has no level 'fulll'", 12),
        ("ceasefire == full", "write '=' once", 11),
        ("withdrawal and and", "'and' cannot stand here", 15),
        ("truce", "there is no option 'truce'", 0),
    ],
)
def test_where_points_at_the_character(run: Runner, statement: str, says: str, caret: int) -> None:
    message = run.bad("solve", TWO_STEP, "--where", statement)
    assert message.startswith("--where: ")
    assert says in message
    lines = message.splitlines()
    line = next(k for k, text in enumerate(lines) if text.strip() == "^")
    assert lines[line].index("^") - 4 == caret
    assert lines[line - 1] == f"    {statement}"


def test_where_has_no_meaning_in_graph_form(run: Runner, graph: Path) -> None:
    assert "no options" in run.bad("solve", graph, "--where", "x")


def test_paths_without_a_status_quo(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("detente: 1\nparties: {a: {options: {x: {}}}}\n", "utf-8")
    assert "has no status quo" in run.bad("paths", path)
    run.good("solve", path)


def test_too_many_options(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    options = ", ".join(f"o{k}: {{}}" for k in range(30))
    path.write_text(f"detente: 1\nparties: {{a: {{options: {{{options}}}}}}}\n", "utf-8")
    message = run.bad("solve", path)
    assert "1,073,741,824" in message
    assert "GiB" in message


def test_a_fault_is_not_called_bad_input(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the sky fell")

    monkeypatch.setattr("detente.workspace.solving.solve", broken)
    done = run("solve", TWO_STEP)
    assert done.status == 1
    assert "a fault in Détente" in done.err
    assert "the sky fell" in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("DETENTE_DEBUG", "1")
    assert "Traceback" in run("solve", TWO_STEP).err


def test_not_enough_memory(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("detente.workspace.solving.solve", greedy)
    done = run("solve", TWO_STEP)
    assert (done.status, done.err) == (1, "detente: not enough memory for this case\n")
