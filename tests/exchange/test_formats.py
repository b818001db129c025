"""Each format is what its own programs read: columns, keys, selectors, and what it says it lost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from articles import store_text
from commandline import ROOT
from hypothesis import given
from hypothesis import strategies as st
from workspaces import EVERY, empty, filled

from detente.exchange import coding, dna, graphml, plover
from detente.exchange.anchoring import Offsets
from detente.exchange.errors import ExchangeError
from detente.exchange.table import FIELDS, FORMATS, format_of, losses
from detente.reading.types import EVENT_OF_TYPE, TYPES
from detente.store import Store
from detente.workspace.exporting import Exported, bundle_of, chosen_format, export
from detente.workspace.statements import Asked

NEWS = (
    "Iran rejected a proposal for the port. Oman rejected a proposal for the port. "
    "Egypt supported the proposal for the port.\n"
)
SIDES = [
    *[("Iran", "port", 1), ("Iran", "port", 0), ("Iran", "visas", 1)],
    *[("Oman", "The port", 1), ("Oman", "visas", 0), ("Egypt", "port", 0)],
    ("author", "visas", 1),
]
"""Actor, issue and side of some statements."""


@pytest.fixture
def store() -> Iterator[Store]:
    with empty() as opened:
        yield opened


@pytest.fixture
def sided(store: Store) -> Store:
    """A workspace whose statements are SIDES."""
    text = " ".join(f"w{k}" for k in range(len(SIDES)))
    lines = [json.dumps({"record": "document", "name": "d", "text": text})]
    for k, (actor, issue, side) in enumerate(SIDES):
        kind = "endorsement" if side else "accusation"
        item = {"doc": "d", "start": 3 * k, "end": 3 * k + 2, "type": kind}
        lines.append(json.dumps({**item, "actors": [actor], "issue": issue}))
    from detente.workspace.importing import import_bundle

    chosen = FORMATS["jsonl"]
    assert chosen.read is not None
    import_bundle(store, chosen.read("\n".join(lines), "sides"), chosen, "ann")
    return store


def done(store: Store, name: str, **options: str) -> Exported:
    return export(store, FORMATS[name], Asked(), **options)


Graph = tuple[dict[str, dict[str, str]], list[dict[str, str]], dict[str, str]]


def parsed(text: str) -> Graph:
    """Nodes by name, edges with the names of their ends, and the graph's own values; all typed."""
    space = f"{{{graphml.NAMESPACE}}}"
    root = ElementTree.fromstring(text)
    kinds = {
        key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.iter(f"{space}key")
    }
    graph = root.find(f"{space}graph")
    assert graph is not None
    assert graph.get("edgedefault") == "undirected"

    def values(element: ElementTree.Element, domain: str) -> dict[str, str]:
        found = {}
        for data in element.findall(f"{space}data"):
            key = data.get("key")
            assert key is not None
            assert kinds[key][0] == domain
            {"int": int, "double": float, "string": str}[kinds[key][1] or ""](data.text or "")
            found[key] = data.text or ""
        return found

    nodes, names = {}, {}
    for node in graph.findall(f"{space}node"):
        held = values(node, "node")
        names[node.get("id")] = held["name"]
        nodes[f"{held['variable']} {held['name']}"] = held
    edges = []
    for edge in graph.findall(f"{space}edge"):
        ends = {"source": names[edge.get("source")], "target": names[edge.get("target")]}
        edges.append({**values(edge, "edge"), **ends})
    return nodes, edges, values(graph, "graph")


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        # Iran and Oman: both for the port; Iran was against it too. Apart on visas.
        ("congruence", {("Iran", "Oman"): 1, ("Egypt", "Iran"): 1}),
        ("conflict", {("Iran", "Oman"): 2, ("Egypt", "Iran"): 1, ("Egypt", "Oman"): 1}),
        ("subtract", {("Iran", "Oman"): -1, ("Egypt", "Oman"): -1}),
    ],
)
def test_one_mode_network(
    sided: Store, relation: str, expected: dict[tuple[str, str], int]
) -> None:
    nodes, edges, graph = parsed(done(sided, "dna-graphml", relation=relation).text)
    assert graph["relation"] == relation
    assert {node["name"]: node["frequency"] for node in nodes.values()} == {
        "Egypt": "1",
        "Iran": "3",
        "Oman": "2",
    }
    assert {(e["source"], e["target"]): float(e["weight"]) for e in edges} == expected


def test_two_mode_network(sided: Store) -> None:
    nodes, edges, graph = parsed(done(sided, "dna-graphml", network="two-mode").text)
    assert graph["network"] == "two-mode"
    assert set(nodes) == {
        *("organization Egypt", "organization Iran", "organization Oman"),
        *("concept port", "concept visas"),
    }
    found = {(e["source"], e["target"]): (float(e["weight"]), int(e["sign"])) for e in edges}
    assert found == {
        ("Iran", "port"): (2, 0),
        ("Iran", "visas"): (1, 1),
        ("Oman", "port"): (1, 1),
        ("Oman", "visas"): (1, -1),
        ("Egypt", "port"): (1, -1),
    }


@given(st.data(), st.sampled_from(["congruence", "conflict", "subtract"]))
def test_networks_follow_their_definition(data: st.DataObject, relation: str) -> None:
    with filled(data) as store:
        bundle = bundle_of(store, Asked(state="proposed,accepted,edited"), whole=False)
        taken = {
            (
                actor,
                coding.concept_key(coding.concept_of(s.fields)),
                coding.AGREEMENT[s.fields["type"]],
            )
            for s in bundle.statements
            if not s.fields["repeat_of"]
            for actor in s.fields["actors"]
        }
        expected = {}
        actors = sorted({actor for actor, _, _ in taken})
        for i in actors:
            for j in actors:
                if i < j:
                    shared = sum((j, k, r) in taken for a, k, r in taken if a == i)
                    apart = sum((j, k, 1 - r) in taken for a, k, r in taken if a == i)
                    weight = {"congruence": shared, "conflict": apart, "subtract": shared - apart}
                    if weight[relation]:
                        expected[i, j] = weight[relation]
        _, edges, _ = parsed(done(store, "dna-graphml", relation=relation).text)
        assert {(e["source"], e["target"]): float(e["weight"]) for e in edges} == expected


@given(st.data())
def test_every_export_of_any_workspace_can_be_parsed(data: st.DataObject) -> None:
    with filled(data) as store:
        asked = Asked(state=EVERY)
        for line in export(store, FORMATS["jsonl"], asked).text.split("\n")[:-1]:
            json.loads(line)
        collection = json.loads(export(store, FORMATS["w3c"], asked).text)
        assert collection["total"] == len(collection["first"]["items"])
        rows = list(
            csv.reader(io.StringIO(export(store, FORMATS["plover"], asked).text, newline=""))
        )
        assert {len(row) for row in rows} == {len(plover.COLUMNS)}
        parsed(export(store, FORMATS["dna-graphml"], asked, network="two-mode").text)


def test_annotations_have_both_selectors_in_code_points(store: Store) -> None:
    text = "\U0001f600 " + NEWS
    store_text(store, text)
    collection = json.loads(done(store, "w3c").text)
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert len(collection["first"]["items"]) == 3
    for item in collection["first"]["items"]:
        position, quote = item["target"]["selector"]
        span = slice(position["start"], position["end"])
        assert text[span] == quote["exact"]
        assert text[: span.start].endswith(quote["prefix"])
        assert text[span.stop :].startswith(quote["suffix"])
        tag, body = item["body"]
        assert tag["value"] == body["detente:type"]


def test_the_event_list_has_the_columns_of_dna(store: Store) -> None:
    text = "\U0001f600 " + NEWS
    store_text(store, text)
    rows = list(csv.DictReader(io.StringIO(done(store, "dna-csv").text), delimiter=";"))
    assert list(rows[0]) == [*dna.COLUMNS, *dna.OURS]
    assert [row["statement_id"] for row in rows] == ["1", "2", "3"]
    assert [row["agreement"] for row in rows] == ["0", "0", "1"]
    raw = text.encode("utf-16-le")
    for row in rows:
        start, end = int(row["start_position"]), int(row["stop_position"])
        assert raw[2 * start : 2 * end].decode("utf-16-le") == row["text"]


def test_events_have_plover_codes(store: Store) -> None:
    store_text(store, NEWS)
    rows = list(csv.DictReader(io.StringIO(done(store, "plover").text)))
    assert [(row["source"], row["event"]) for row in rows] == [
        ("Iran", "REJECT"),
        ("Oman", "REJECT"),
        ("Egypt", "SUPPORT"),
    ]


def test_every_type_is_coded() -> None:
    names = {row.name for row in TYPES}
    assert set(coding.AGREEMENT) == set(EVENT_OF_TYPE) == names
    assert {coding.AGREEMENT[kind] for kind in coding.TYPE_OF_AGREEMENT.values()} == {0, 1}
    for agreement, kind in coding.TYPE_OF_AGREEMENT.items():
        assert coding.AGREEMENT[kind] == agreement


def test_losses_are_counted(sided: Store) -> None:
    bundle = bundle_of(sided, Asked(), whole=True)
    found = {loss.field: loss.count for loss in losses(FORMATS["plover"], bundle)}
    assert (found["issue"], found["speaker"], found["text"], found["actors"]) == (7, 7, 1, 1)
    assert not {"targets", "order", "proposal", "reviews"} & set(found)
    assert losses(FORMATS["jsonl"], bundle) == []
    traceless = [loss for loss in losses(FORMATS["dna-graphml"], bundle) if loss.field == "actors"]
    assert [(loss.count, loss.what) for loss in traceless] == [(1, "any trace")]


def test_rejected_statements_are_left_out_but_for_jsonl(sided: Store) -> None:
    sided.connection.execute("UPDATE statements SET state = 'rejected' WHERE num = 1")
    held = {name: done(sided, name).statements for name in FORMATS}
    assert held.pop("jsonl") == 7
    assert set(held.values()) == {6}
    assert done(sided, "w3c").to_dict()["asked"] == {"state": "proposed,accepted,edited"}


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.jsonl", "jsonl"),
        ("A.JSON", "w3c"),
        ("x.csv", "dna-csv"),
        ("x.plover.csv", "plover"),
        ("x.graphml", "dna-graphml"),
        ("x.txt", None),
    ],
)
def test_the_format_is_guessed_from_the_name(file: str, name: str | None) -> None:
    found = format_of(file)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("w3c", {"network": "one-mode"}, "w3c holds no network"),
        ("dna-graphml", {"network": "tow-mode"}, "did you mean 'two-mode'?"),
        ("dna-graphml", {"relation": "conflct"}, "did you mean 'conflict'?"),
        ("dna-graphml", {"network": "two-mode", "relation": "conflict"}, "exclude each other"),
    ],
)
def test_options_that_do_not_fit(
    store: Store, name: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(ExchangeError) as caught:
        done(store, name, **options)
    assert said in str(caught.value)


def test_a_format_must_be_known() -> None:
    for name, file, said in [
        ("jsnol", None, "did you mean 'jsonl'?"),
        (None, "x.foo", "the name of the file says no format"),
        (None, None, "no format is named"),
    ]:
        with pytest.raises(ExchangeError) as caught:
            chosen_format(name, file)
        assert said in str(caught.value)


@given(st.text("a\U0001f600\n", max_size=8))
def test_offsets_count_code_units_as_the_encoder_does(text: str) -> None:
    offsets = Offsets(text)
    units = {len(text[:k].encode("utf-16-le")) // 2: k for k in range(len(text) + 1)}
    for unit in range(len(text.encode("utf-16-le")) // 2 + 1):
        assert offsets.from_utf16(unit) == units.get(unit)
    for unit, k in units.items():
        assert offsets.to_utf16(k) == unit


# The docs say what the tables say


def page() -> str:
    return (ROOT / "docs" / "how-to" / "exchange.md").read_text(encoding="utf-8")


def table_of(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its first two lines."""
    section = page().split(f"\n{heading}\n", 1)[1]
    found = re.search(r"(?:^\|.*\n)+", section, re.M)
    assert found is not None
    rows = found[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_docs_have_the_table_of_what_is_held() -> None:
    expected = [[row.what, *(f.holding(row.key) for f in FORMATS.values())] for row in FIELDS]
    assert table_of("## What each format holds") == expected


def test_the_docs_have_the_table_of_codes() -> None:
    expected = [
        [f"`{row.name}`", str(coding.AGREEMENT[row.name]), EVENT_OF_TYPE[row.name] or "none"]
        for row in TYPES
    ]
    assert table_of("## How types are coded") == expected
