"""Where the sentences behind a case are looked for, and that looking changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
import quoted

from detente.model.loading import parse_case
from detente.reading import read
from detente.reading.duplicates import signature
from detente.store import OutdatedError, StoreError, open_store
from detente.store.documents import save
from detente.store.migrating import migrate, migrations
from detente.store.records import Origin
from detente.store.searching import in_document, statement
from detente.workspace.quoting import Evidence, evidence_of, quotations, refuse_unreadable
from detente.workspace.reviewing import decide


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("DETENTE_WORKSPACE", raising=False)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("made") / "made.db"
    return path, quoted.workspace(path)


@pytest.fixture
def ids(made: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return made[1]


def put(made: tuple[Path, dict[str, str]], to: Path) -> Path:
    """Copy the workspace."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(made[0], to)
    return to


def evidence(ids: dict[str, str], source: str = "case.yaml", named: str | None = None) -> Evidence:
    return evidence_of(parse_case(quoted.case_text(ids), source), named)


def test_quotation_is_the_span_as_reviewed(
    here: Path, made: tuple[Path, dict[str, str]], ids: dict[str, str]
) -> None:
    path = put(made, here / "w.db")
    with open_store(path) as store:
        target = statement(store, ids[quoted.FREE])
        assert target is not None
        decide(store, target, "edit", "ann", {"start": target.fields["start"] + 16})
    (own,) = quotations([ids[quoted.FREE], "gone"], "w.db").values()
    assert own.quote == quoted.FREE[16:]
    assert own.quote == quoted.NEWS[own.start : own.end]
    assert (own.doc, own.state, own.type) == ("news.txt", "edited", "precondition")
    assert (own.id, own.speaker) == (ids[quoted.FREE], "Freedonia")
    assert own.date is None  # a text file does not say when it was published


def test_a_document_that_says_when_it_was_published_gives_its_day(here: Path) -> None:
    with open_store(here / "dated.db", create=True) as store:
        origin = Origin("/here/news.txt", date="2019-05-28")
        reading = read(quoted.NEWS, "news.txt")
        saved = save(store, origin, reading, signature(quoted.NEWS), "rules 1")
        first = next(iter(in_document(store, saved.document)))
    (own,) = quotations([first.id], "dated.db").values()
    assert own.date == "2019-05-28"


def test_evidence_counts_what_is_cited_found_and_rejected(
    here: Path, made: tuple[Path, dict[str, str]], ids: dict[str, str]
) -> None:
    put(made, here / "detente.db")
    found = evidence(ids)
    assert found.cited == (ids[quoted.OPEN], ids[quoted.TOLL], ids[quoted.FREE], "gone")
    assert {id: own.state for id, own in found.found.items()} == {
        ids[quoted.OPEN]: "accepted",
        ids[quoted.TOLL]: "rejected",
        ids[quoted.FREE]: "proposed",
    }
    assert found.missing == ("gone",)
    assert found.rejected == (ids[quoted.TOLL],)
    assert found.workspace == "detente.db"


def test_the_order_of_places(
    here: Path,
    made: tuple[Path, dict[str, str]],
    ids: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beside = put(made, here / "cases" / "detente.db")
    assert evidence(ids, "cases/case.yaml").workspace == str(Path("cases") / "detente.db")
    assert evidence(ids, "case.yaml").workspace is None
    put(made, here / "detente.db")
    assert evidence(ids, "cases/case.yaml").workspace == "detente.db"
    variable = put(made, here.parent / "env.db")
    monkeypatch.setenv("DETENTE_WORKSPACE", str(variable))
    assert evidence(ids, "cases/case.yaml").workspace == str(variable)
    assert evidence(ids, "cases/case.yaml", str(beside)).workspace == str(beside)
    monkeypatch.setenv("DETENTE_WORKSPACE", str(here / "none.db"))  # it is named: no other counts
    assert evidence(ids, "cases/case.yaml") == Evidence(evidence(ids).cited)


def test_a_workspace_without_the_statements_does_not_count(
    here: Path, made: tuple[Path, dict[str, str]], ids: dict[str, str]
) -> None:
    with open_store(here / "detente.db", create=True):
        pass
    put(made, here / "cases" / "detente.db")
    assert evidence(ids).workspace is None
    assert evidence(ids, "cases/case.yaml").workspace == str(Path("cases") / "detente.db")
    named = evidence(ids, named="detente.db")
    assert (named.workspace, named.found, len(named.missing)) == ("detente.db", {}, 4)


def newer(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.commit()
    raw.close()


def hollow(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("DROP TABLE statements")
    raw.commit()
    raw.close()


def damaged(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    for page in range(4096, len(raw), 4096):
        raw[page : page + 100] = b"\xff" * 100
    path.write_bytes(raw)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BROKEN = {
    "newer": (newer, "which knows format"),
    "damaged": (damaged, "damaged"),
    "hollow": (hollow, "damaged"),
    "text": (lambda path: path.write_text("short"), "not an SQLite database"),
    "empty": (lambda path: path.write_bytes(b""), "nothing in this workspace yet"),
    "folder": (folder, "this is a folder"),
    "missing": (Path.unlink, "there is no workspace here yet"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_read_matters_only_if_it_is_named(
    kind: str, here: Path, made: tuple[Path, dict[str, str]], ids: dict[str, str]
) -> None:
    spoil, message = BROKEN[kind]
    path = put(made, here / "detente.db")
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    assert evidence(ids) == Evidence(evidence(ids).cited)
    put(made, here / "cases" / "detente.db")
    assert evidence(ids, "cases/case.yaml").found  # the next place is looked at
    with pytest.raises(StoreError, match=message):
        evidence(ids, named="detente.db")
    if kind not in ("damaged", "hollow"):  # which shows only when statements are looked up
        with pytest.raises(StoreError, match=message):
            refuse_unreadable("detente.db")
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert path.exists() == (kind != "missing")


def test_an_old_workspace_is_not_migrated_and_says_how(
    here: Path, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = here / "detente.db"
    old = sqlite3.connect(path, isolation_level=None)
    migrate(old, path, "then", migrations()[:2])
    old.close()
    before = path.read_bytes()
    found = evidence(ids)
    assert (found.workspace, found.outdated, found.found) == (None, "detente.db", {})
    with pytest.raises(OutdatedError, match="is in format 2") as caught:
        refuse_unreadable("detente.db")
    assert "`detente statements -w detente.db`" in str(caught.value)
    assert path.read_bytes() == before
    with open_store(path, writable=False):
        pass  # as `detente statements` does
    assert evidence(ids).outdated is None


def test_looking_leaves_nothing_behind(
    here: Path, made: tuple[Path, dict[str, str]], ids: dict[str, str]
) -> None:
    path = put(made, here / "detente.db")
    path.chmod(stat.S_IRUSR)
    before = path.read_bytes()
    assert evidence(ids).found
    refuse_unreadable("detente.db")
    assert [item.name for item in here.iterdir()] == ["detente.db"]
    assert path.read_bytes() == before


def test_a_workspace_in_use_is_read_all_the_same(
    here: Path, made: tuple[Path, dict[str, str]], ids: dict[str, str]
) -> None:
    path = put(made, here / "detente.db")
    with open_store(path) as store:
        target = statement(store, ids[quoted.FREE])
        assert target is not None
        decide(store, target, "accept", "ann")  # in the log, not yet in the file
        with store.writing():
            assert evidence(ids).found[ids[quoted.FREE]].state == "accepted"


def test_a_locked_workspace_matters_only_if_it_is_named(
    here: Path, made: tuple[Path, dict[str, str]], ids: dict[str, str]
) -> None:
    path = put(made, here / "detente.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    assert evidence(ids).workspace is None
    with pytest.raises(StoreError, match="using the workspace"):
        refuse_unreadable("detente.db")
    other.close()


def test_a_case_that_cites_nothing_opens_no_workspace(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: str) -> None:
        raise AssertionError(path)

    (here / "detente.db").touch()
    monkeypatch.setattr("detente.store.look", fail)
    text = "detente: 1\nparties: {a: {options: {x: {}}}}\n"
    assert evidence_of(parse_case(text, "case.yaml")) == Evidence()
