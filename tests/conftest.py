"""Fixtures that several test files share."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import ofsted_kg
from ofsted_kg.documents.build import texts_by_digest
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.texts.passages import TextDocument

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """Where copies of the source documents and reports lie: beside the project, or as named."""
    return Path(os.environ.get("OFSTED_KG_SHARED", ROOT.parent / "shared"))


NOBODY = 65534


@contextmanager
def unprivileged(path: Path) -> Iterator[None]:
    """Works as the owner of `path` without a superuser's rights, which would prove nothing."""
    if os.geteuid():
        yield
        return
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o011)
    os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source documents; tests that need it are skipped where it is absent."""
    folder = shared_folder()
    if not (folder / "documents").is_dir():
        pytest.skip("the source documents are not at hand (set OFSTED_KG_SHARED)")
    return folder


@pytest.fixture(scope="session")
def documents(shared: Path) -> Path:
    """The folder of the five encoded documents."""
    return shared / "documents"


@pytest.fixture(scope="session")
def texts(documents: Path) -> dict[str, TextDocument]:
    """The text of each encoded document by its folder's name, told by the digest on record."""
    by_digest = texts_by_digest(documents)
    found = {}
    for file in sorted((ROOT / "data" / "documents").glob("*/document.ttl")):
        (sha256,) = re.findall(r'okg:textSha256 "(\w+)"', file.read_text(encoding="utf-8"))
        found[file.parent.name] = by_digest[sha256]
    return found


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests never read or write the user's own cache."""
    if "OFSTED_KG_CACHE" not in os.environ:
        os.environ["OFSTED_KG_CACHE"] = str(tmp_path_factory.getbasetemp().parent / "okg-cache")


@pytest.fixture(scope="session")
def kg(_own_cache: None) -> KnowledgeGraph:
    """The project's own graph in the embedded store."""
    return ofsted_kg.open()
