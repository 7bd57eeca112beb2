"""Which room may import which: what is forbidden today keeps a change small tomorrow."""

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.conftest import ROOT

WEST = ("reference", "releases", "reports", "documents", "overviews", "derived")
EAST = ("asking", "validation", "publishing")
RDF_LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "SPARQLWrapper")
FACES = ("ofsted_kg/store/__init__.py", "ofsted_kg/validation/__init__.py")
LONGEST_FACE = 40

# Who may import which rooms, from the ground up as in CONTRIBUTING; itself always.
MAY: dict[str, tuple[tuple[str, ...], str]] = {
    "errors": ((), "errors stand below everything"),
    "rdf": (("errors",), "triples and files know nothing of inspections"),
    "texts": (("errors",), "texts with places know nothing of inspections or of RDF"),
    "judging": ((), "a sentence is judged by its wording alone"),
    "identity": (("errors", "rdf"), "who and which is decided from data alone"),
    **dict.fromkeys(
        WEST,
        (
            ("errors", "rdf", "texts", "identity", "judging"),
            "rooms that write data share through what is below them",
        ),
    ),
    "store": (("errors", "rdf"), "a store holds any graph"),
    **dict.fromkeys(
        EAST,
        (
            ("errors", "rdf", "texts", "identity", "store"),
            "who asks needs none of what writes the data",
        ),
    ),
    "building": (
        ("errors", "rdf", "texts", "identity", *WEST, "publishing"),
        "building writes data and its description, and answers nothing",
    ),
    "fetching": (
        ("errors", "rdf"),
        "it brings files into a folder and knows of the graph only what need not be fetched",
    ),
    "adding": (
        ("errors", "rdf", "texts", "reports", "derived", "building"),
        "one report is built as all are, and what it brings is read from what follows",
    ),
    "updating": (
        ("errors", "rdf", "identity", "fetching", "releases", "reports", "building"),
        "it fetches, then builds",
    ),
    "collecting": (
        ("errors", "rdf", "identity", "store", "asking", "fetching"),
        "it asks which reports there are, then fetches them, and builds nothing",
    ),
    "knowledge_graph": (
        ("errors", "rdf", "judging", "reports", "store", "asking", "validation", "collecting"),
        "the door opens on reading, asking, fetching what was read, and validating",
    ),
    "cli": (
        ("errors", "knowledge_graph", "building", "adding", "updating", "publishing"),
        "the command line does nothing that the door cannot do",
    ),
    "__init__": (("knowledge_graph", "errors"), "the package shows its door"),
    "__main__": (("cli",), "the package runs its command line"),
}

# What is barred besides, and why.
BARRED: list[tuple[tuple[str, ...], tuple[str, ...], str]] = [
    (
        ("reports.families", "reports.layout"),
        ("rdf", "identity", *RDF_LIBRARIES),
        "a reader says what stands in a report; what it means in the graph is decided elsewhere",
    ),
    (
        ("releases.layouts", "releases.layout"),
        ("rdf", "identity", *RDF_LIBRARIES),
        "a layout says what stands in a sheet",
    ),
    (("texts", "judging", "cli", "errors"), RDF_LIBRARIES, "it knows no RDF"),
]


def imported(source: str) -> Iterator[str]:
    """What a module imports of the package or of RDF libraries, wherever the statement stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name == "ofsted_kg" or name.startswith("ofsted_kg."):
                yield name.removeprefix("ofsted_kg").removeprefix(".") or "__init__"
            elif name.partition(".")[0] in RDF_LIBRARIES:
                yield name


def within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def faults(sources: Mapping[str, str]) -> list[str]:
    """What breaks a rule in modules given by path, each with the rule's reason."""
    found = []
    for path, source in sources.items():
        module = path.removeprefix("ofsted_kg/").removesuffix(".py").replace("/", ".")
        own = module.partition(".")[0]
        may, why = MAY[own]
        for name in imported(source):
            foreign = within(name, RDF_LIBRARIES)
            if name != "__version__" and not foreign and not within(name, (own, *may)):
                found.append(f"{path} imports {name}: {why}")
                continue
            for rooms, barred, reason in BARRED:
                if within(module, rooms) and within(name, barred):
                    found.append(f"{path} imports {name}: {reason}")
        length = len(source.splitlines())
        if path.endswith("__init__.py") and path not in FACES and length > LONGEST_FACE:
            found.append(f"{path} has {length} lines: an __init__ is a face, not a floor")
    return found


def test_no_import_goes_a_forbidden_way() -> None:
    modules = sorted((ROOT / "ofsted_kg").rglob("*.py"))
    assert len(modules) > 60
    sources = {m.relative_to(ROOT).as_posix(): m.read_text(encoding="utf-8") for m in modules}
    assert not faults(sources)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("rdf/terms.py", "from ofsted_kg.texts.lines import Line"),
        ("texts/pdf.py", "import ofsted_kg.rdf.terms"),
        ("identity/codes.py", "def f():\n    from ofsted_kg.texts import lines"),
        ("reports/families/sif.py", "from ofsted_kg.rdf.terms import term"),
        ("reports/layout/dates.py", "from ofsted_kg.identity import codes"),
        ("releases/build.py", "from ofsted_kg.reports.themes import Tagger"),
        ("derived/build.py", "if True:\n    from ofsted_kg import releases"),
        ("overviews/build.py", "from ofsted_kg.reports.context import VISITS"),
        ("store/cache.py", "from ofsted_kg.derived.build import derive"),
        ("asking/show.py", "from ofsted_kg.reports.build import read_for_cli"),
        ("publishing/exports.py", "import ofsted_kg.documents.build as build"),
        ("fetching/fetch.py", "from ofsted_kg.reports.reading import read_report"),
        ("fetching/known.py", "from ofsted_kg.store import open_store"),
        ("updating.py", "from ofsted_kg.asking import show"),
        ("adding.py", "from ofsted_kg.fetching import client"),
        ("cli.py", "from ofsted_kg.store import open_store"),
        ("cli.py", "from ofsted_kg.rdf.files import root"),
        ("cli.py", "import pyoxigraph"),
        ("reports/families/new.py", "import pyoxigraph as ox"),
        ("reports/families/new.py", "def f():\n    from rdflib import Graph"),
        ("releases/layouts/new.py", "from ofsted_kg.identity.frameworks import Frameworks"),
        ("releases/build.py", "from ofsted_kg.asking.show import show"),
        ("releases/build.py", "from ofsted_kg.knowledge_graph import KnowledgeGraph"),
        ("store/cache.py", "from ofsted_kg.cli import main"),
        ("store/cache.py", "from ofsted_kg.asking import questions"),
        ("errors.py", "from ofsted_kg.asking import show"),
        ("building.py", "from ofsted_kg.asking import show"),
        ("publishing/exports.py", "from ofsted_kg.building import build"),
        ("rdf/terms.py", "import ofsted_kg"),
        ("texts/lines.py", "from pyoxigraph import NamedNode"),
        ("asking/__init__.py", "\n" * 41),
    ],
)
def test_every_rule_can_be_broken(path: str, source: str) -> None:
    (fault,) = faults({f"ofsted_kg/{path}": source})
    assert fault.startswith(f"ofsted_kg/{path} ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("rdf/terms.py", "import re\nfrom ofsted_kg.errors import SourceError"),
        ("reports/build.py", "from ofsted_kg.reports.families import sif\nimport ofsted_kg.rdf"),
        ("asking/cite.py", "from ofsted_kg.texts.passages import digest"),
        ("cli.py", "from ofsted_kg import __version__\nfrom ofsted_kg.publishing import exports"),
        ("store/embedded.py", "import pyoxigraph"),
        ("store/__init__.py", "\n" * 100),
    ],
)
def test_what_is_allowed_is_no_fault(path: str, source: str) -> None:
    assert faults({f"ofsted_kg/{path}": source}) == []
