"""Write the pages on solution concepts from the table of concepts, so that nothing stands twice."""

from __future__ import annotations

from pathlib import Path

import detente
from detente.concepts.concept import Concept
from detente.concepts.table import CONCEPTS

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "cases" / "us-taliban-2019" / "two-step.yaml"

SANCTIONS = {
    "none": "nobody answers",
    "moves": "any sequence of the others' moves",
    "improvements": "a sequence of the others' moves, each an improvement for its mover",
    "simultaneous": "improvements of the others, made at the same time",
}


def concept_page(concept: Concept) -> str:
    """Return the page on one concept, with its verdicts on the first case."""
    case = detente.load(EXAMPLE)
    result = detente.solve(case, [concept.id])[concept.id]
    rows = []
    for state in result.result.states:
        stays = [case.party(p).name for p in case.party_ids if state in result.stable[p]]
        mark = "yes" if state in result.equilibria else ""
        name = case.label_of.get(state, "")
        rows.append(f"| `{state}` | {name} | {', '.join(stays) or 'nobody'} | {mark} |")
    implied = ", ".join(f"[{CONCEPTS[c].abbreviation}]({c}.md)" for c in concept.implies)
    return "\n".join(
        [
            f"# {concept.abbreviation}: {concept.name}",
            "",
            f"> A party {concept.gloss}.",
            "",
            concept.definition,
            "",
            "| | |",
            "|---|---|",
            f"| id in commands and files | `{concept.id}` |",
            f"| source | {concept.source} |",
            f"| foresight | {concept.foresight} |",
            f"| sanctions | {SANCTIONS[concept.sanctions]} |",
            f"| the mover may react | {'yes' if concept.escapes else 'no'} |",
            f"| implies | {implied or 'no other concept here'} |",
            f"| defined in | {' and '.join(concept.forms)} form |",
            "",
            "Both algorithms stand in "
            f"[`detente.concepts.{concept.id}`](../reference/python.md): `literal` follows the "
            "definition word by word over sets, `array` is the kernel that commands use. The tests "
            "compare them on random models.",
            "",
            "## On the first case",
            "",
            "`cases/us-taliban-2019/two-step.yaml`, where the deal is `11` and the talks stand "
            "at `00`:",
            "",
            "| state | name | stable for | equilibrium |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def write_concepts(folder: Path) -> None:
    """Write a page for each concept."""
    for concept in CONCEPTS.values():
        (folder / f"{concept.id}.md").write_text(concept_page(concept), encoding="utf-8")


if __name__ == "__main__":
    write_concepts(HERE / "concepts")
