"""Help: quick, complete, and the same as the reference."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from commandline import ROOT, Runner

from detente.cli.app import build
from detente.cli.commands import COMMANDS
from detente.version import __version__

REFERENCE = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


def options_of(command: str) -> Iterator[str]:
    """The options of a command, as they are typed."""
    arguments = build([command])[command].assemble_argument_collection()
    for argument in arguments:
        yield from (name for name in argument.names if name.startswith("--"))


def section(command: str) -> str:
    found = re.search(rf"^## `detente {command}`$(.*?)(?=^## |\Z)", REFERENCE, re.M | re.S)
    assert found is not None, f"no section on {command}"
    return found[1]


def test_help_lists_every_command(run: Runner) -> None:
    out = run.good("--help").out
    for command in COMMANDS.values():
        assert re.search(rf"^  {command.name} +{re.escape(command.summary)}$", out, re.M)
    assert out.isprintable() or "\n" in out


def test_no_command_shows_help(run: Runner) -> None:
    assert run.good().out == run.good("--help").out


def test_version(run: Runner) -> None:
    assert run.good("--version").out == f"{__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_summary_is_the_first_line_of_the_docstring(name: str) -> None:
    module, function = COMMANDS[name].function.split(":")
    text = inspect.getdoc(getattr(import_module(module), function))
    assert text is not None
    assert text.splitlines()[0] == COMMANDS[name].summary


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_explains_every_option(run: Runner, name: str) -> None:
    out = run.good(name, "--help").out
    assert COMMANDS[name].summary in out
    described = out.split("Options\n")[1]
    for option in options_of(name):
        found = re.search(rf"^ +(?:.*, )?{option}(?:, -\S+)*(?: [A-Z]+)?  +\S", described, re.M)
        assert found, f"{option} is not explained"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_mentions_every_option(name: str) -> None:
    text = section(name)
    for option in options_of(name):
        assert option in text, f"{option} of {name} is not in docs/reference/commands.md"


def test_the_reference_documents_no_command_that_does_not_exist() -> None:
    assert set(re.findall(r"^## `detente (\w+)`$", REFERENCE, re.M)) == set(COMMANDS)


def test_the_reference_states_every_status() -> None:
    for status in (0, 1, 2, 130, 141):
        assert f"| {status} |" in REFERENCE
