"""Cases and articles that come with Détente, to explore without any text of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from detente.model.errors import listed, nearest, quoted
from detente.store import UnknownError
from detente.workspace.casefiles import load, read_text

__all__ = ["Shipped", "shipped_article", "shipped_articles", "shipped_case", "shipped_cases"]

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Shipped:
    """Something that comes with Détente.

    Attributes:
        id: what it is called: ``us-taliban-2019/full``.
        title: its title; of an article, its first line.
        path: its file.
    """

    id: str
    title: str
    path: Path

    def to_dict(self) -> dict[str, str]:
        """Return what there is to choose from."""
        return {"id": self.id, "title": self.title}


def _root() -> Path:
    """Return the folder that has ``cases`` and ``examples``.

    A wheel carries copies in ``detente/shipped``; in a checkout they stand beside ``src``.
    """
    packed = _PACKAGE / "shipped"
    return packed if packed.is_dir() else _PACKAGE.parent.parent


@lru_cache(maxsize=1)
def shipped_cases() -> tuple[Shipped, ...]:
    """Return the cases, those of the first negotiation first."""
    folder = _root() / "cases"
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        found.append(Shipped(name.removesuffix("/case"), load(path).title or name, path))
    return tuple(sorted(found, key=lambda one: (not one.id.startswith("us-taliban"), one.id)))


@lru_cache(maxsize=1)
def shipped_articles() -> tuple[Shipped, ...]:
    """Return the articles."""
    found = []
    for path in sorted((_root() / "examples").glob("*.txt")):
        lines = (line.strip() for line in read_text(path).splitlines())
        found.append(Shipped(path.stem, next(filter(None, lines), path.stem), path))
    return tuple(found)


def shipped_case(id: str) -> Shipped:
    """Return one case.

    Raises:
        UnknownError: there is none of this name.
    """
    return _one(id, shipped_cases(), "case")


def shipped_article(id: str) -> Shipped:
    """Return one article.

    Raises:
        UnknownError: there is none of this name.
    """
    return _one(id, shipped_articles(), "article")


def _one(id: str, among: tuple[Shipped, ...], what: str) -> Shipped:
    for one in among:
        if one.id == id:
            return one
    names = [one.id for one in among]
    close = nearest(id, names)
    raise UnknownError(
        f"no {what} {quoted(id)} comes with Détente",
        hint=f"did you mean '{close}'?" if close else f"there are: {listed(names, 20)}",
    )
