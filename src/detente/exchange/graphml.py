"""Networks of actors and concepts as GraphML, for visone, Gephi, igraph and networkx.

Source: Brandes, Eiglsperger, Lerner and Pich, *Graph Markup Language* (2013).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from detente.exchange.items import Bundle
from detente.exchange.networks import network_of

__all__ = ["KEYS", "NAMESPACE", "write"]

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"

KEYS: dict[str, tuple[str, str]] = {
    "network": ("graph", "string"),
    "relation": ("graph", "string"),
    "writer": ("graph", "string"),
    "name": ("node", "string"),
    "variable": ("node", "string"),
    "frequency": ("node", "int"),
    "weight": ("edge", "double"),
    "sign": ("edge", "int"),
    "agree": ("edge", "int"),
    "disagree": ("edge", "int"),
    "congruence": ("edge", "int"),
    "conflict": ("edge", "int"),
}
"""Attribute -> what it belongs to, and its type. The names are DNA's where it has them."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(
    bundle: Bundle, writer: str, network: str = "one-mode", relation: str = "congruence"
) -> str:
    """Return a network as GraphML.

    Args:
        bundle: the statements.
        writer: the version of Détente.
        network: ``one-mode`` (actors) or ``two-mode`` (actors and concepts).
        relation: for one mode: ``congruence``, ``conflict`` or ``subtract``.
    """
    found = network_of(bundle, network, relation)
    root = ElementTree.Element("graphml", {"xmlns": NAMESPACE})
    for name, (domain, kind) in KEYS.items():
        ElementTree.SubElement(
            root, "key", {"id": name, "for": domain, "attr.name": name, "attr.type": kind}
        )
    graph = ElementTree.SubElement(root, "graph", {"id": "G", "edgedefault": "undirected"})
    one_mode = network == "one-mode"
    _data(
        graph,
        {
            "network": network,
            **({"relation": relation} if one_mode else {}),
            "writer": f"Détente {writer}",
        },
    )
    for k, node in enumerate(found.nodes):
        element = ElementTree.SubElement(graph, "node", {"id": f"n{k}"})
        _data(
            element,
            {"name": node.name, "variable": node.variable, "frequency": str(node.frequency)},
        )
    sides = ("congruence", "conflict") if one_mode else ("agree", "disagree")
    for k, edge in enumerate(found.edges):
        ends = {"id": f"e{k}", "source": f"n{edge.first}", "target": f"n{edge.second}"}
        element = ElementTree.SubElement(graph, "edge", ends)
        values = {"weight": f"{edge.weight}.0", "sign": str(edge.sign)}
        _data(
            element,
            {**values, sides[0]: str(edge.plus), sides[1]: str(edge.minus)},
        )
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _data(element: ElementTree.Element, values: Mapping[str, str]) -> None:
    for key, value in values.items():
        data = ElementTree.SubElement(element, "data", {"key": key})
        data.text = _NOT_XML.sub("\ufffd", value)  # XML has no way to write these
