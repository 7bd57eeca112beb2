"""What is made of files once and kept in the cache: never stale, and never needed."""

import os
from pathlib import Path

import pytest

from ofsted_kg.store.cache import remembered
from tests.conftest import unprivileged


class Maker:
    """Makes one text of files and counts how often."""

    def __init__(self, *paths: Path) -> None:
        self.paths = paths
        self.made = 0

    def __call__(self) -> bytes:
        self.made += 1
        return b"".join(path.read_bytes() for path in self.paths)

    def ask(self) -> bytes:
        return remembered("texts", self.paths, self)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("OFSTED_KG_CACHE", str(folder))
    return folder


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as old enough at once."""
    monkeypatch.setattr("ofsted_kg.rdf.files._TICK_SECONDS", -1)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    paths = [tmp_path / "one", tmp_path / "two"]
    for path in paths:
        path.write_text(path.name)
    return Maker(*paths)


def test_it_is_made_once_as_long_as_the_files_stay(cache: Path, old: None, maker: Maker) -> None:
    assert [maker.ask(), maker.ask(), maker.ask()] == [b"onetwo"] * 3
    assert maker.made == 1


def test_a_changed_file_is_noticed_though_size_and_time_stay(
    cache: Path, old: None, maker: Maker
) -> None:
    assert maker.ask() == b"onetwo"
    path = maker.paths[1]
    times = path.stat().st_mtime_ns
    path.write_text("six")
    os.utime(path, ns=(times, times))
    assert maker.ask() == b"onesix"
    assert maker.ask() == b"onesix"
    assert maker.made == 2


def test_fresh_files_are_read_each_time(cache: Path, maker: Maker) -> None:
    """Two changes within one tick of the file system's clock may leave the same times."""
    assert [maker.ask(), maker.ask()] == [b"onetwo"] * 2
    assert maker.made == 2
    assert not cache.exists()


def test_what_changes_while_it_is_read_is_not_kept(cache: Path, old: None, maker: Maker) -> None:
    def changing() -> bytes:
        content = maker()
        maker.paths[0].write_text("another")
        return content

    assert remembered("texts", maker.paths, changing) == b"onetwo"
    assert maker.ask() == b"anothertwo"


def test_without_a_folder_to_write_to_it_is_made_each_time(
    cache: Path, old: None, maker: Maker
) -> None:
    cache.mkdir(mode=0o500)
    with unprivileged(cache):
        assert [maker.ask(), maker.ask()] == [b"onetwo"] * 2
    assert maker.made == 2
    assert list(cache.iterdir()) == []
    cache.rmdir()
    cache.write_text("a file where the folder should be")
    assert maker.ask() == b"onetwo"


def test_old_versions_do_not_pile_up(cache: Path, old: None, maker: Maker) -> None:
    cache.mkdir()
    (cache / "texts-of-mine").touch()
    for number in range(8):
        maker.paths[0].write_text(str(number))
        assert maker.ask() == f"{number}two".encode()
    assert len(list(cache.iterdir())) == 4
    assert (cache / "texts-of-mine").exists()
    assert maker.ask() == b"7two"
    assert maker.made == 8
