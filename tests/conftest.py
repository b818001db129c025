"""What all tests share: repeatable hypothesis runs, and how many random models are compared."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "detente",
    derandomize=True,  # the same examples on every machine
    database=None,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(  # for `make mutants`: a failure need not be explained
    "mutants",
    settings.get_profile("detente"),
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("detente")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--models", type=int, default=200, help="random models per comparison (default: 200)"
    )


@pytest.fixture(scope="session")
def models(request: pytest.FixtureRequest) -> range:
    """Seeds of the random models that a test compares."""
    return range(request.config.getoption("--models"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run pinned examples before random ones: they are fast, and fail with a plainer message."""

    def random(item: pytest.Item) -> bool:
        own = getattr(item, "obj", None)
        return hasattr(own, "hypothesis") or "models" in getattr(item, "fixturenames", ())

    items.sort(key=random)
