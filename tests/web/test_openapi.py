"""The description of the interface is complete, and strange requests break nothing."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import SkipTest

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from workbench import CASE, HOME, Bench

CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.status_code_conformance,
]


def routes(bench: Bench) -> Iterator[tuple[str, str, Any]]:
    document = bench.get("openapi.json")
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            yield path, method, route


def test_every_route_says_what_it_does_and_what_it_answers(bench: Bench) -> None:
    described = {(path, method) for path, method, _ in routes(bench)}
    assert len(described) >= 35
    for path, method, route in routes(bench):
        assert route["summary"], (path, method)
        assert route["description"], (path, method)
        assert route["tags"], (path, method)
        good = next(answer for status, answer in route["responses"].items() if status < "300")
        assert good["content"], (path, method)
        for media, content in good["content"].items():
            if media == "application/json" and not path.endswith("brief.json"):
                assert "$ref" in content["schema"], (path, method)
        for status in ("400", "401", "403", "404", "409", "413", "422"):
            schema = route["responses"][status]["content"]["application/json"]["schema"]
            assert schema["$ref"].rpartition("/")[2] in ("ErrorOut", "ConflictOut")


def test_every_route_under_api_is_described(bench: Bench) -> None:
    described = {(path, method.upper()) for path, method, _ in routes(bench)}
    served = {
        (route.path, method)
        for route in _flat(bench.app.routes)
        if route.path.startswith("/api/") and route.include_in_schema
        for method in route.methods
    }
    assert served == described


def _flat(found: Any) -> Iterator[APIRoute]:
    for route in found:
        if isinstance(route, APIRoute):
            yield route
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _flat(inner.routes)


def test_every_route_stands_in_the_reference(bench: Bench) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/api.md").read_text(encoding="utf-8")
    for path, method, _ in routes(bench):
        assert f"`{method.upper()} {path}`" in page, (path, method)


def test_every_body_is_strict(bench: Bench) -> None:
    document = bench.get("openapi.json")
    for _, _, route in routes(bench):
        content = route.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            continue
        name = content["schema"]["$ref"].rpartition("/")[2]
        assert document["components"]["schemas"][name]["additionalProperties"] is False


@pytest.fixture(scope="module")
def hammered(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("hammered")
    shutil.copy(seeded, folder / "work.db")
    bench = Bench(folder / "work.db", folder / "static")
    bench.keep()
    bench.keep(CASE.replace("Zenda", "Strelsau"))
    yield bench
    bench.app.state.jobs.cancel_all()
    bench.desk.close()


def hammer(bench: Bench, examples: int) -> Counter[int]:
    """Send random requests, half of them of the right shape, to every route; count the answers."""
    schema = schemathesis.openapi.from_dict(bench.app.openapi())
    counts: Counter[int] = Counter()

    def send(case: schemathesis.Case) -> None:
        sent = case.as_transport_kwargs(base_url=HOME)
        sent["headers"] = {k: v for k, v in sent["headers"].items() if v.isprintable()}
        if "data" in sent and isinstance(sent["data"], bytes | str):
            sent["content"] = sent.pop("data")
        sent.pop("cookies", None)
        answer = bench.client.request(**sent)
        counts[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    for found in schema.get_all_operations():
        operation = found.ok()
        # Searches and briefs are long work, not odd input; they are tested elsewhere.
        if operation.path.rpartition("/")[2].partition(".")[0] in LONG:
            continue
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
        for mode in modes:
            try:
                strategy = operation.as_strategy(generation_mode=mode)
                test = seed(7)(limits(examples)(given(case=strategy)(send)))
                test()
            except (Unsatisfiable, SkipTest):  # every request fits a route without parameters
                assert mode is GenerationMode.NEGATIVE
    return counts


LONG = ("unlock", "sensitivity", "brief", "openapi")


def limits(examples: int) -> settings:
    return settings(
        max_examples=examples,
        phases=[Phase.generate],
        derandomize=False,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_random_requests_break_nothing(hammered: Bench) -> None:
    counts = hammer(hammered, 2)
    assert counts.total() > 80
    assert not set(counts) & {401, 403, 500}
    assert hammered.get("desk")["documents"] >= 1


@pytest.mark.slow
def test_many_random_requests_break_nothing(hammered: Bench) -> None:
    counts = hammer(hammered, 60)
    assert counts.total() > 2_000
    assert {200, 400, 404, 422} <= set(counts)
    assert not set(counts) & {401, 403, 500}
    assert hammered.get("desk")["documents"] >= 1
