"""A JSON Schema of the case file, for editors: completion, descriptions, first errors.

The keys, their descriptions, the kinds of moves and the limits come from
:mod:`detente.model.format`, so that the schema cannot drift from the loader. A schema cannot know
which options a case has: names in statements and states are left to ``detente check``.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from detente.model.case import FORMAT
from detente.model.format import FEWEST_LEVELS, KEYS, MOST_LEVELS, MOVES
from detente.model.ids import KEYWORDS

__all__ = ["DRAFT", "case_schema"]

Schema: TypeAlias = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

# The same in Python and in JavaScript, with and without its "u" flag. Beyond ASCII it lets more
# pass than the loader, which knows what is a letter.
_START = r"[^\u0000-@\[-`{-\u00a9]"
_REST = r"[^\u0000-,./:-@\[-^`{-\u00a9]"
_ID = f"^(?!(?:{'|'.join(sorted(KEYWORDS))})$){_START}{_REST}*$"
_NAME = f"^{_START}{_REST}*(?:\\.{_START}{_REST}*)?$"


def case_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of case-file format 1.

    Example:
        >>> case_schema()["properties"]["detente"]["const"]
        1
    """
    return {
        "$schema": DRAFT,
        "title": f"Détente case file, format {FORMAT}",
        "description": "The model of a negotiation: who can do what, and who wants what.",
        **_mapping("case", _CASE, required=["detente", "parties"]),
        "if": {"properties": {"states": {"type": "array"}}, "required": ["states"]},
        "then": {"$ref": "#/$defs/graph_form"},
        "else": {"$ref": "#/$defs/option_form"},
        "$defs": {
            **_BASIC,
            "party": _or_nothing(_mapping("party", _PARTY)),
            "option": _or_nothing(_mapping("option", _OPTION)),
            "preferences": {
                **_mapping("preferences", _PREFERENCES),
                "minProperties": 1,
                "maxProperties": 1,
            },
            "priority": _stated("priority", "statement"),
            "infeasible": _stated("infeasible", "statement_or_pattern"),
            "option_form": _OPTION_FORM,
            "graph_form": _GRAPH_FORM,
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _mapping(kind: str, values: dict[str, Schema], required: list[str] | None = None) -> Schema:
    """Return the schema of a mapping with the keys of the format and no others."""
    properties = {
        key: {"description": meaning, **values[key]} for key, meaning in KEYS[kind].items()
    }
    needs = {"required": required} if required else {}
    return {"type": "object", "properties": properties, "additionalProperties": False, **needs}


def _stated(kind: str, what: str) -> Schema:
    long = _mapping(kind, {"statement": _ref(what), "evidence": _EVIDENCE}, ["statement"])
    return {"anyOf": [_ref(what), long]}


def _or_nothing(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _map_of(values: Schema, keys: str = "id", **more: Any) -> Schema:
    return {"type": "object", "propertyNames": _ref(keys), "additionalProperties": values, **more}


_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_EVIDENCE: Schema = {"anyOf": [_TEXT, {"type": ["array", "null"], "items": _TEXT}]}
_STATE: Schema = _ref("state")
_ARCS: Schema = {
    "type": "array",
    "items": {
        "type": "array",
        "items": _ref("level"),
        "minItems": 2,
        "maxItems": 2,
        "description": "From one level to another.",
    },
}

_BASIC: Schema = {
    "id": {
        "type": "string",
        "pattern": _ID,
        "description": "A letter, then letters, digits, _ or -; no keyword of the language.",
    },
    "level": {
        "type": ["string", "boolean"],
        "pattern": _ID,
        "description": "The id of a level: a letter, then letters, digits, _ or -.",
    },
    "option_name": {
        "type": "string",
        "pattern": _NAME,
        "description": "option, or party.option.",
    },
    "statement": {
        "type": ["string", "boolean"],
        "minLength": 1,
        "description": "option; option = level (also !=, <, <=, >, >=); not, and, or, if, iff.",
        "examples": ["ceasefire = full", "not withdrawal if ceasefire = none"],
    },
    "statement_or_pattern": {
        "type": ["string", "boolean", "integer"],
        "minLength": 1,
        "description": "A statement, or one mark for each option: a digit, or - for any level.",
        "examples": ["us.withdrawal = none and ceasefire = full", "-11-"],
    },
    "state": {
        "type": ["string", "integer"],
        "minLength": 1,
        "description": "A code (the digit of every option's level) or a label.",
    },
}

_CASE: dict[str, Schema] = {
    "detente": {"const": FORMAT},
    "title": _TEXT,
    "about": _TEXT,
    "as_of": _TEXT,
    "parties": _map_of(_ref("party"), minProperties=1),
    "status_quo": {
        "anyOf": [_STATE, _map_of(_ref("level"), "option_name")],
    },
    "infeasible": {"type": ["array", "null"], "items": _ref("infeasible")},
    "states": {
        "anyOf": [
            {"type": "array", "items": _ref("id"), "minItems": 1, "uniqueItems": True},
            _or_nothing(_map_of(_or_nothing(_map_of(_ref("level"), "option_name")))),
        ]
    },
    "moves": _or_nothing(_map_of(_or_nothing(_map_of({"type": "array", "items": _ref("id")})))),
    "perceptions": _or_nothing(_map_of(_or_nothing(_map_of(_ref("preferences"))))),
}

_PARTY: dict[str, Schema] = {
    "name": _TEXT,
    "options": _or_nothing(_map_of(_ref("option"))),
    "preferences": {"anyOf": [_ref("preferences"), {"type": "null"}]},
    "outside": {"type": "boolean"},
    "constituent_of": _ref("id"),
    "evidence": _EVIDENCE,
}

_OPTION: dict[str, Schema] = {
    "name": _TEXT,
    "levels": {
        "type": "array",
        "items": _ref("level"),
        "minItems": FEWEST_LEVELS,
        "maxItems": MOST_LEVELS,
        "uniqueItems": True,
        "default": ["no", "yes"],
    },
    "moves": {
        "anyOf": [
            {"oneOf": [{"const": kind, "description": what} for kind, what in MOVES.items()]},
            _ARCS,
        ],
        "default": next(iter(MOVES)),
    },
    "issue": _TEXT,
    "evidence": _EVIDENCE,
}

_PREFERENCES: dict[str, Schema] = {
    "priorities": {"type": "array", "items": _ref("priority")},
    "ranking": {
        "type": "array",
        "items": {
            "anyOf": [
                _STATE,
                {"type": "array", "items": _STATE, "minItems": 1, "description": "A tie."},
            ]
        },
    },
    "weights": _or_nothing(_map_of({"type": "number"}, "statement")),
}

_OPTION_FORM: Schema = {
    "description": "Option form: the states are the combinations of levels.",
    "properties": {"moves": False},
}

_GRAPH_FORM: Schema = {
    "description": "Graph form: the states and the moves between them are listed.",
    "properties": {
        "infeasible": False,
        "status_quo": _ref("id"),
        "parties": {
            "additionalProperties": {
                "properties": {
                    "options": {"type": ["object", "null"], "maxProperties": 0},
                    "preferences": {"properties": {"priorities": False, "weights": False}},
                }
            }
        },
    },
}
