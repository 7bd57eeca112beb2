"""What takes long to make of the files at hand is made once and kept in the user's cache.

First of all the embedded store, which is built beside its place, renamed, locked while it is
in use, and checked against an inventory; then whatever else can be told by its bytes.
"""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from ofsted_kg.rdf.files import (
    GraphFile,
    cache_folder,
    content_digest,
    graph_files,
    root,
    settled,
    stat_signature,
)
from ofsted_kg.rdf.writing import write_bytes
from ofsted_kg.store.embedded import EmbeddedStore, load

_LAYOUT = 2  # raised when the way of storing changes, so that older stores are rebuilt
_KEPT = 3  # of what is made of several versions of the files, the most recently used
_LOCK_SECONDS = 300
_DIGEST = re.compile("[0-9a-f]{32}")
_INVENTORY = "inventory"  # in a finished store: its files with their sizes, and a last line
_LAST_LINE = "complete"


def remembered(name: str, paths: Sequence[Path], make: Callable[[], bytes]) -> bytes:
    """What `make` gives of these files, from the cache as long as none of them changes.

    Made anew each time where there is no folder to write to, and while the files are so
    fresh that their times say nothing.
    """
    signature = stat_signature(paths)
    cache = cache_folder()
    kept = cache / f"{name}-{signature[:32]}"
    with contextlib.suppress(OSError):
        return kept.read_bytes()
    content = make()
    if settled(paths) and stat_signature(paths) == signature:
        with contextlib.suppress(OSError):
            write_bytes(kept, content)
            versions = _named(cache, rf"\.?{name}-{_DIGEST.pattern}(\..+)?")
            versions.sort(key=lambda path: path.stat().st_mtime, reverse=True)
            for old in versions[_KEPT:]:
                old.unlink()
    return content


def embedded_store() -> EmbeddedStore:
    """From the cache, or in memory where none can be kept; SourceError for a file no Turtle."""
    files = graph_files(root())
    try:
        return _cached(files)
    except (OSError, RuntimeError):
        # No folder to write to, a full disk, or files that change while they are read.
        store = ox.Store()
        load(store, files)
        return EmbeddedStore(store)


def _cached(files: list[GraphFile]) -> EmbeddedStore:
    """Opens the store of these files, building it first if need be.

    A pointer named after sizes and times of change holds the content digest that names
    the store, so that unchanged files are not read at all.
    """
    cache, paths = cache_folder(), [file.path for file in files]
    pointer = cache / f"files-{_LAYOUT}-{stat_signature(paths)[:32]}"
    store = _open(_folder(cache, _pointed(pointer)))
    if store is None:
        from filelock import FileLock

        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / "build.lock", timeout=_LOCK_SECONDS):
            digest = content_digest(files)[:32]
            folder = _folder(cache, digest)
            store = _open(folder) or _build(folder, files, digest)
            if settled(paths):
                write_bytes(pointer, digest.encode())
            _clean(cache, folder)
    return store


def _pointed(pointer: Path) -> str:
    """The digest in a pointer; nothing where it is missing or holds anything else."""
    try:
        text = pointer.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    return text if _DIGEST.fullmatch(text) else ""


def _folder(cache: Path, digest: str) -> Path:
    return cache / f"store-{_LAYOUT}-{ox.__version__}-{digest}"


def _open(folder: Path) -> EmbeddedStore | None:
    """The finished store in this folder; None where there is none or it is damaged."""
    try:
        held = (folder / _INVENTORY).open(encoding="utf-8")
        _lock(held)
        if not _is_whole(folder, held.read()):
            return None
        store = EmbeddedStore(ox.Store.read_only(str(folder)), held)
    except (OSError, RuntimeError, ValueError):
        return None
    with contextlib.suppress(OSError):  # a cache that can only be read
        os.utime(folder)
    return store


def _lock(file: TextIO, *, exclusive: bool = False) -> None:
    """Locks a file until it is closed; OSError where another process is in the way."""
    if sys.platform != "win32":  # Windows removes no open file
        import fcntl

        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)


def _is_whole(folder: Path, inventory: str) -> bool:
    """Whether the files have their sizes: RocksDB takes a cut manifest for a smaller store."""
    *lines, last = inventory.splitlines() or [""]
    entries = (line.rsplit(" ", 1) for line in lines)
    return last == _LAST_LINE and all(
        (folder / name).stat().st_size == int(size) for name, size in entries
    )


def _inventory(folder: Path) -> str:
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("LOG"))
    return "".join(f"{path.name} {path.stat().st_size}\n" for path in paths) + _LAST_LINE


def _build(folder: Path, files: list[GraphFile], digest: str) -> EmbeddedStore:
    """Builds beside and renames, so that a kill at any moment leaves no half store."""
    import shutil
    import time

    beside = folder.with_name(f"building-{os.getpid()}-{time.monotonic_ns()}")
    try:
        store = ox.Store(str(beside))
        load(store, files, progress=_progress())
        store.flush()
        del store
        if content_digest(files)[:32] != digest:
            raise OSError("the files changed while they were read")
        (beside / _INVENTORY).write_text(_inventory(beside), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    opened = _open(folder)
    if opened is None:
        raise OSError(f"{folder} cannot be opened")
    return opened


def _clean(cache: Path, current: Path) -> None:
    """Removes killed builds, and all but the most recently used stores with their pointers.

    Called under the build lock, so that every `building-` folder is an orphan.
    """
    import shutil
    import time

    digest = _DIGEST.pattern
    for orphan in _named(cache, r"building-\d+-\d+"):
        shutil.rmtree(orphan, ignore_errors=True)
    others = [store for store in _named(cache, rf"store-\d+-[\w.]+-{digest}") if store != current]
    others.sort(key=lambda store: store.stat().st_mtime, reverse=True)
    for store in others[_KEPT - 1 :]:
        aside = cache / f"building-{os.getpid()}-{time.monotonic_ns()}"
        if _put_aside(store, aside):
            shutil.rmtree(aside, ignore_errors=True)
    for pointer in _named(cache, rf"\.?files-\d+-{digest}(\..+)?"):
        if pointer.name.startswith(".") or not _folder(cache, _pointed(pointer)).exists():
            with contextlib.suppress(OSError):
                pointer.unlink()


def _put_aside(store: Path, aside: Path) -> bool:
    """Renames a store that no process has open, so that a kill leaves no half removed one."""
    with contextlib.suppress(OSError):
        with contextlib.suppress(FileNotFoundError), (store / _INVENTORY).open() as inventory:
            _lock(inventory, exclusive=True)
            store.rename(aside)
            return True
        store.rename(aside)  # no inventory: damaged
        return True
    return False


def _named(cache: Path, pattern: str) -> list[Path]:
    return [path for path in cache.iterdir() if re.fullmatch(pattern, path.name)]


def _progress() -> Callable[[list[GraphFile]], Iterator[GraphFile]]:
    if not sys.stderr.isatty():
        return iter
    from tqdm import tqdm

    return lambda files: iter(tqdm(files, desc="building the store", unit="file", leave=False))
