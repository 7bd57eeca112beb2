"""Which files make the graph, the named graph of each, and the digest of them all."""

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ofsted_kg.errors import OfstedKgError

GRAPH = "https://w3id.org/ofsted-kg/graph/"
_PARTS = ("ontology", "data")
_TICK_SECONDS = 2
# Declares other vocabularies' terms for the OWL profile check only; shapes are read by validation.
_NOT_LOADED = ("ontology/external.ttl", "ontology/shapes/")


class GraphFile(NamedTuple):
    """One Turtle file, its path from the root with forward slashes, and its named graph."""

    path: Path
    name: str
    graph: str

    @property
    def is_apart(self) -> bool:
        """Whether it is kept out of the default graph: what a machine found in sentences."""
        return self.name.startswith("data/findings/")


def root() -> Path:
    """The folder that holds ontology, data and queries.

    `OFSTED_KG_HOME` names another one; else the files inside the installed package,
    else those beside a source checkout.
    """
    if home := os.environ.get("OFSTED_KG_HOME"):
        folder = Path(home)
        if not (folder / "ontology").is_dir():
            raise OfstedKgError(f"OFSTED_KG_HOME: {folder} has no folder ontology")
        return folder
    package = Path(__file__).resolve().parents[1]
    installed = package / "files"
    return installed if installed.is_dir() else package.parent


def cache_folder() -> Path:
    """`OFSTED_KG_CACHE`, else the user's cache folder for this project."""
    if named := os.environ.get("OFSTED_KG_CACHE"):
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or (
        os.environ.get("LOCALAPPDATA") if os.name == "nt" else None
    )
    return (Path(base) if base else Path.home() / ".cache") / "ofsted-kg"


def graph_files(folder: Path | None = None) -> list[GraphFile]:
    """Every Turtle file of the graph, sorted by name.

    `data/X/Y.ttl` is the graph `…/graph/X/Y`, `ontology/Z.ttl` is `…/graph/ontology/Z`.
    """
    folder = folder or root()
    found = []
    for part in _PARTS:
        if not (folder / part).is_dir():
            continue
        for name in _turtle_files(str(folder / part), part):
            if not name.startswith(_NOT_LOADED):
                local = name.removeprefix("data/").removesuffix(".ttl")
                found.append(GraphFile(folder / name, name, GRAPH + local))
    if not found:
        raise OfstedKgError(f"{folder}: no Turtle files in ontology or data")
    return sorted(found, key=lambda file: file.name)


def _turtle_files(folder: str, name: str) -> Iterator[str]:
    """Names from the root of the Turtle files below a folder, itself named so from the root."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _turtle_files(entry.path, f"{name}/{entry.name}")
            elif entry.name.endswith(".ttl"):
                yield f"{name}/{entry.name}"


def stat_signature(paths: Sequence[Path]) -> str:
    """A cheap stand-in for a digest of files' content: names, sizes and times of change."""
    hashed = hashlib.sha256()
    for path in paths:
        stat = path.stat()
        times = f"{stat.st_mtime_ns}\0{stat.st_ctime_ns}"
        line = f"{path}\0{stat.st_size}\0{times}\0{stat.st_ino}\n"
        hashed.update(line.encode(errors="surrogateescape"))  # a name need not be valid text
    return hashed.hexdigest()


def settled(paths: Sequence[Path]) -> bool:
    """Whether every file is older than the clock of file times is coarse.

    A file changed twice within one tick may keep its times, so that the signature of a
    fresh file says nothing.
    """
    return max(path.stat().st_ctime for path in paths) < time.time() - _TICK_SECONDS


def content_digest(files: list[GraphFile]) -> str:
    """SHA-256, in hexadecimal, over the names and bytes of all files."""
    hashed = hashlib.sha256()
    for file in files:
        hashed.update(f"{file.name}\0".encode())
        hashed.update(hashlib.sha256(file.path.read_bytes()).digest())
    return hashed.hexdigest()
