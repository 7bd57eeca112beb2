"""What several test files share: folders, prefixes, the project's graph, and works at hand."""

import hashlib
import os
import re
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

import ofsted_kg
from ofsted_kg.documents.build import texts_by_digest
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.rdf.terms import PREFIXES
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report
from ofsted_kg.texts.passages import TextDocument
from tests.fetching.site import Site, served

ROOT = Path(__file__).resolve().parent.parent

# The prefixes of the project's files, for examples in Turtle and for queries.
_SPACES = {**PREFIXES, "ex": "https://example.org/"}
TURTLE_PREFIXES = "".join(f"@prefix {name}: <{space}> .\n" for name, space in _SPACES.items())
SPARQL_PREFIXES = "".join(f"PREFIX {name}: <{space}>\n" for name, space in _SPACES.items())

# Fixtures that read the whole national graph, or data that was made from all of it.
NATIONAL = {"kg", "national_reports", "national_releases"}


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Marks as `national` what asks the project's own graph or reads all that it was made from."""
    for item in items:
        if NATIONAL & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.national)


def shared_folder() -> Path:
    """Where copies of the source documents and reports lie: beside the project, or as named."""
    return Path(os.environ.get("OFSTED_KG_SHARED", ROOT.parent / "shared"))


def encoded_documents() -> list[str]:
    """The folders of the documents that are encoded by hand, sorted."""
    return sorted(path.parent.name for path in (ROOT / "data/documents").glob("*/document.ttl"))


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
    """The folder of the source documents as text."""
    return shared / "documents"


@pytest.fixture(scope="session")
def texts(documents: Path) -> dict[str, TextDocument]:
    """The text of each encoded document by its folder's name, told by the digest on record."""
    by_digest = texts_by_digest(documents)
    found = {}
    for name in encoded_documents():
        content = (ROOT / "data/documents" / name / "document.ttl").read_text(encoding="utf-8")
        (sha256,) = re.findall(r'okg:textSha256 "(\w+)"', content)
        found[name] = by_digest[sha256]
    return found


@pytest.fixture(scope="session")
def national_releases(shared: Path) -> list[Path]:
    """The releases whose content the project holds; more may lie beside them."""
    stated = [
        re.findall(r'okg:fileSha256 "(\w+)"', path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "data" / "releases").glob("*.ttl"))
    ]
    return _with_digests((shared / "reference" / "ofsted").glob("*.ods"), stated)


@pytest.fixture(scope="session")
def national_reports(shared: Path) -> list[Path]:
    """The PDFs of the reports that the project holds; more may lie beside them."""
    stated = []
    for path in sorted((ROOT / "data" / "reports").rglob("*.ttl")):
        with path.open(encoding="utf-8") as lines:
            stated.append(re.findall(r"file ([0-9a-f]{64})", next(lines)))
    folders = (shared / "reports", shared / "reports-joint")
    return _with_digests((path for one in folders for path in one.rglob("*.pdf")), stated)


@cache
def read_once(path: Path) -> Report:
    """A report of the project, read once for all tests of a worker: they must not change it."""
    return read_report(path)


def _with_digests(paths: Iterable[Path], stated: list[list[str]]) -> list[Path]:
    """The files with these digests, one stated by each file of the project, in their order."""
    at_hand = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(paths)}
    if not at_hand:
        pytest.skip("the works that the project was made from are not at hand")
    return [at_hand[digest] for (digest,) in stated]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests never read or write the user's own cache."""
    if "OFSTED_KG_CACHE" not in os.environ:
        os.environ["OFSTED_KG_CACHE"] = str(tmp_path_factory.getbasetemp().parent / "okg-cache")


@pytest.fixture(scope="session")
def kg(_own_cache: None) -> KnowledgeGraph:
    """The project's own graph in the embedded store."""
    return ofsted_kg.open()


@pytest.fixture
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches another host, whatever an answer says."""
    connect = socket.socket.connect

    def checked(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] == "127.0.0.1", address
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture
def site(loopback_only: None) -> Iterator[Site]:
    """A site in the shape of Ofsted's pages."""
    with served() as found:
        yield found
