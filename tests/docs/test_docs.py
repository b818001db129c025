"""The documentation is tested: its examples run, its links lead somewhere, nothing is left out."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import detente
from detente.concepts.table import CONCEPTS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.relative_to(ROOT).parts
)
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_examples_give_what_the_page_says(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    outcome = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert outcome.failed == 0


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=[*NAMES, "README.md"])
def test_links_to_files_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    generated = {(ROOT / "docs" / "concepts" / f"{concept}.md") for concept in CONCEPTS}
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" in target or (page.parent / target).resolve() in generated:
            continue
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_public_name_is_in_the_python_reference() -> None:
    text = (ROOT / "docs" / "reference" / "python.md").read_text("utf-8")
    for name in detente.__all__:
        if name != "__version__":
            assert re.search(rf"\b{name}\b", text), f"{name} is not in docs/reference/python.md"


def test_every_concept_has_a_page_in_the_index() -> None:
    text = (ROOT / "docs" / "concepts" / "index.md").read_text("utf-8")
    for concept in CONCEPTS:
        assert re.search(rf"^{concept}$", text, flags=re.M)


def test_docstring_examples_of_the_public_functions_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    finder = doctest.DocTestFinder(recurse=False)
    runner = doctest.DocTestRunner()
    tried = 0
    for name in detente.__all__:
        for example in finder.find(getattr(detente, name), name):
            tried += len(example.examples)
            runner.run(example)
    assert tried
    assert runner.summarize(verbose=False).failed == 0
