"""The tables of case-file format 1: its keys, kinds of moves and limits, each listed once.

The loader refuses what is not here; the JSON Schema and the reference page are made from here.
"""

from __future__ import annotations

__all__ = ["FEWEST_LEVELS", "KEYS", "MOST_LEVELS", "MOVES"]

KEYS: dict[str, dict[str, str]] = {
    "case": {
        "detente": "Version of the file format.",
        "title": "Name of the negotiation, for people.",
        "about": "What it is about and where the model comes from, for people.",
        "as_of": "The date that the model describes, as text.",
        "parties": "The decision makers: id, then what each controls and wants.",
        "status_quo": "The state now: 'option: level' lines, a code, or a label.",
        "infeasible": "What cannot happen: statements, or patterns of codes.",
        "states": "A list of labels (graph form), or names for states (option form).",
        "moves": "Graph form only: for each party, where it can move from each state.",
        "perceptions": "How one party sees another's preferences.",
    },
    "party": {
        "name": "Name for people; the id, if left out.",
        "options": "What the party controls, in the order of the digits of a state's code.",
        "preferences": "Priorities, a ranking or weights; without them the party is indifferent.",
        "outside": "true if the party is not at the table.",
        "constituent_of": "The party for which this one must ratify an agreement.",
        "evidence": "Ids of the statements in the sources behind this party.",
    },
    "option": {
        "name": "Name for people; the id, if left out.",
        "levels": "Ids of its levels, in order; no and yes, if left out.",
        "moves": "The level changes that its owner can make alone; both, if left out.",
        "issue": "The issue to which it belongs.",
        "evidence": "Ids of the statements in the sources behind this option.",
    },
    "preferences": {
        "priorities": "Statements, the most important first.",
        "ranking": "Every feasible state once, best first; a list in the list is a tie.",
        "weights": "A number for each statement; a state's score is the sum over the true ones.",
    },
    "priority": {
        "statement": "A statement about a state.",
        "evidence": "Ids of the statements in the sources behind this priority.",
    },
    "infeasible": {
        "statement": "A statement, or a pattern of codes.",
        "evidence": "Ids of the statements in the sources behind this item.",
    },
}
"""Kind of mapping -> key -> what it means."""

MOVES = {
    "both": "from any level to any other",
    "forward": "to a later level only",
    "back": "to an earlier level only",
}
"""The kinds of moves that have a name; any others are written as a list of arcs."""

FEWEST_LEVELS = 2
MOST_LEVELS = 10
"""So that a level's index is one digit of a code."""
