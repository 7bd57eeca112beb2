"""The embedded store's cache: built once, shared, never half, and bypassed where it must be."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.files import GraphFile
from ofsted_kg.store import Store, open_store
from ofsted_kg.store import cache as caching
from ofsted_kg.store.embedded import EmbeddedStore, load
from tests.conftest import unprivileged

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
LABELS = "SELECT ?o WHERE { ?s <urn:example:label> ?o } ORDER BY ?o"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def write_graph(home: Path, triples: int, label: str = "one") -> Path:
    """A graph of so many triples in two files, and the file that holds all but one of them."""
    (home / "ontology").mkdir(parents=True, exist_ok=True)
    (home / "data").mkdir(exist_ok=True)
    (home / "ontology" / "small.ttl").write_text(f'<urn:example:0> <urn:example:label> "{label}" .')
    facts = home / "data" / "facts.ttl"
    facts.write_text(
        "".join(f"<urn:example:{n}> <urn:example:number> {n} .\n" for n in range(1, triples))
    )
    return facts


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    write_graph(folder, 100)
    monkeypatch.setenv("OFSTED_KG_HOME", str(folder))
    return folder


@pytest.fixture
def cache(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("OFSTED_KG_CACHE", str(folder))
    return folder


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as old enough for a pointer at once."""
    monkeypatch.setattr("ofsted_kg.rdf.files._TICK_SECONDS", -1)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry, the number of files, for each time that the graph's files are loaded."""
    seen: list[int] = []

    def counted(store: ox.Store, files: list[GraphFile], **named: object) -> None:
        seen.append(len(files))
        load(store, files)

    monkeypatch.setattr(caching, "load", counted)
    return seen


def values(store: Store, query: str) -> list[str]:
    """The first column of an answer."""
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [row[0].value for row in solutions]


def count() -> int:
    return int(values(open_store(), COUNT)[0])


def labels() -> list[str]:
    return values(open_store(), LABELS)


def found(cache: Path, start: str) -> list[Path]:
    return sorted(path for path in cache.iterdir() if path.name.startswith(start))


def test_files_are_loaded_once(cache: Path, loads: list[int]) -> None:
    assert [count(), count(), count()] == [100, 100, 100]
    assert loads == [2]


def test_unchanged_files_are_not_read_again(
    cache: Path, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert count() == 100
    assert len(found(cache, "files-")) == 1
    monkeypatch.setattr(caching, "content_digest", lambda files: pytest.fail("files were read"))
    assert count() == 100


def test_same_content_with_new_times_needs_no_build(
    home: Path, cache: Path, loads: list[int]
) -> None:
    assert count() == 100
    write_graph(home, 100)
    assert count() == 100
    assert loads == [2]


@POSIX
def test_change_that_keeps_size_and_time_is_noticed(
    home: Path, cache: Path, settled: None, loads: list[int]
) -> None:
    assert labels() == ["one"]
    time.sleep(0.1)  # longer than a tick of the clock of file times
    changed = home / "ontology" / "small.ttl"
    before = changed.stat()
    write_graph(home, 100, label="two")
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert changed.stat().st_mtime_ns == before.st_mtime_ns
    assert changed.stat().st_size == before.st_size
    assert labels() == ["two"]


def test_changes_within_one_tick_of_the_clock_are_noticed(home: Path, cache: Path) -> None:
    for word in ("one", "two", "six", "ten", "one", "two"):
        write_graph(home, 3, label=word)
        assert labels() == [word]
    assert found(cache, "files-") == []


def test_added_and_removed_files_are_noticed(home: Path, cache: Path, settled: None) -> None:
    assert count() == 100
    extra = home / "data" / "extra.ttl"
    extra.write_text("<urn:example:a> <urn:example:b> <urn:example:c> .")
    assert count() == 101
    extra.unlink()
    assert count() == 100


def test_files_that_change_while_they_are_read_are_not_kept(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(*given: object, **named: object) -> None:
        load(*given, **named)  # type: ignore[arg-type]
        write_graph(home, 50)

    monkeypatch.setattr(caching, "load", changing)
    assert count() == 50  # the second reading, in memory
    assert found(cache, "store-") == []
    assert found(cache, "building-") == []


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"\xff\xfe\x00", b"../evil", b"../../cache/store-evil", b"/etc", b"A" * 32, b"0" * 31,
     b"0" * 32, b"0" * 32 + b"\n", b"x" * 10_000_000],
    ids=["empty", "bytes", "parent", "grandparent", "absolute", "capitals", "short", "absent",
         "newline", "huge"],
)  # fmt: skip
def test_pointer_with_rubbish_is_ignored(cache: Path, settled: None, rubbish: bytes) -> None:
    assert count() == 100
    (pointer,) = found(cache, "files-")
    right = pointer.read_bytes()
    pointer.write_bytes(rubbish)
    assert count() == 100
    assert pointer.read_bytes() == right


def test_pointer_cannot_lead_out_of_the_cache(
    home: Path, cache: Path, settled: None, tmp_path: Path
) -> None:
    """A whole store of another graph, named by a pointer as a way out, is not opened."""
    write_graph(home, 7)
    assert count() == 7
    shutil.copytree(found(cache, "store-")[0], tmp_path / "elsewhere")
    shutil.rmtree(cache)
    write_graph(home, 100)
    assert count() == 100
    (pointer,) = found(cache, "files-")
    pointer.write_text("../elsewhere")
    assert count() == 100


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "largest table cut": lambda store: cut(
        max(store.glob("*.sst"), key=lambda p: p.stat().st_size)
    ),
    "a table gone": lambda store: min(store.glob("*.sst")).unlink(),
    "manifest cut": lambda store: cut(next(store.glob("MANIFEST-*"))),
    "manifest gone": lambda store: next(store.glob("MANIFEST-*")).unlink(),
    "current empty": lambda store: os.truncate(store / "CURRENT", 0),
    "inventory empty": lambda store: os.truncate(store / "inventory", 0),
    "inventory cut": lambda store: cut(store / "inventory"),
    "inventory of bytes": lambda store: (store / "inventory").write_bytes(b"\xff\xfe\x00"),
    "inventory gone": lambda store: (store / "inventory").unlink(),
    "all gone": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_store_is_rebuilt(
    cache: Path, settled: None, loads: list[int], damage: str
) -> None:
    assert count() == 100
    (store,) = found(cache, "store-")
    DAMAGES[damage](store)
    assert [count(), count()] == [100, 100]
    assert loads == [2, 2]


def no_cache_as_file(folder: Path) -> Path:
    (folder / "file").write_text("not a folder")
    return folder / "file"


def no_cache_as_dangling_link(folder: Path) -> Path:
    (folder / "link").symlink_to(folder / "nowhere" / "at all")
    return folder / "link"


def no_cache_below_file(folder: Path) -> Path:
    return no_cache_as_file(folder) / "below"


@pytest.mark.parametrize(
    "make", [no_cache_as_file, no_cache_as_dangling_link, no_cache_below_file, lambda _: "/proc/x"]
)
def test_no_cache_no_matter(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], Path | str],
) -> None:
    monkeypatch.setenv("OFSTED_KG_CACHE", str(make(tmp_path)))
    assert [count(), count()] == [100, 100]


@POSIX
def test_cache_that_can_only_be_read(home: Path, cache: Path, loads: list[int]) -> None:
    cache.mkdir()
    with unprivileged(cache):
        cache.chmod(0o500)
        assert count() == 100
        assert list(cache.iterdir()) == []
        cache.chmod(0o700)
        assert count() == 100
        cache.chmod(0o500)
        assert count() == 100
        cache.chmod(0o700)
    assert len(loads) == 2


def test_relative_cache_and_link_to_a_folder(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loads: list[int]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OFSTED_KG_CACHE", "caches/mine")
    assert count() == 100
    assert len(found(tmp_path / "caches" / "mine", "store-")) == 1
    (tmp_path / "link").symlink_to(tmp_path / "caches" / "mine")
    monkeypatch.setenv("OFSTED_KG_CACHE", str(tmp_path / "link"))
    assert count() == 100
    assert loads == [2]


def test_three_stores_are_kept_and_nothing_of_others_removed(
    home: Path, cache: Path, settled: None
) -> None:
    foreign = ["building-plans", "store-room", "files-mine", "store-2-notes", "building-1-2-3"]
    for name in foreign:
        (cache / name).mkdir(parents=True)
    orphan = cache / "building-12345-67890"
    shutil.copytree(home, orphan)
    stood: list[Path] = []
    for triples in (10, 20, 30, 40, 10, 50):
        write_graph(home, triples)
        assert count() == triples
        stood += [store for store in found(cache, "store-2-0") if store not in stood]
        time.sleep(0.02)  # the order of last use is by file times
    ten, _, _, forty, fifty = stood
    # When 10 is asked again its store has been removed, and is built anew beside 30 and 40.
    assert found(cache, "store-2-0") == sorted([ten, forty, fifty])
    assert not orphan.exists()
    assert all((cache / name).is_dir() for name in foreign)
    assert all(pointer.name in foreign or pointer.read_text() for pointer in found(cache, "files-"))


@POSIX
def test_store_in_use_is_neither_removed_nor_broken(home: Path, cache: Path) -> None:
    in_use = open_store()
    assert isinstance(in_use, EmbeddedStore)
    (folder,) = found(cache, "store-")
    for triples in (10, 20, 30, 40):
        write_graph(home, triples)
        assert count() == triples
    assert folder.exists()
    assert len(values(in_use, "SELECT * WHERE { ?s ?p ?o }")) == 100
    shutil.rmtree(folder)  # as a person might
    assert len(values(in_use, "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }")) == 100


@pytest.mark.parametrize(
    ("text", "line"),
    [(b"<urn:a:a> <urn:a:b> <urn:a:c> .\n<urn:a:a> <urn:a:b> ;;; .\n<urn:a:c> .\n", 2),
     (b"<urn:a:a> <urn:a:b> <urn:a:c> .\n\n<urn:a:d> <urn:a:b> \xff .\n", 3),
     (b"<urn:a:a> <urn:a:b> \"never closed", 1)],
    ids=["syntax", "not UTF-8", "cut short"],
)  # fmt: skip
def test_malformed_turtle_is_named_and_leaves_nothing(
    home: Path, cache: Path, text: bytes, line: int
) -> None:
    bad = home / "data" / "bad.ttl"
    bad.write_bytes(text)
    with pytest.raises(SourceError) as caught:
        open_store()
    place, column, cause = str(caught.value).removeprefix(f"{bad}:").split(":", 2)
    assert (place, column.isdigit(), "\n" in cause) == (str(line), True, False)
    assert found(cache, "store-") + found(cache, "building-") + found(cache, "files-") == []
    bad.unlink()
    assert count() == 100
