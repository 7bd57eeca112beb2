"""Which room may import which: what is forbidden today keeps a change small tomorrow."""

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.conftest import ROOT

GROUND = ("rdf", "texts")
WEST = ("reference", "releases", "reports", "documents", "overviews", "derived")
EAST = ("store", "asking", "validation", "publishing")
FACES = ("ofsted_kg/store/__init__.py", "ofsted_kg/validation/__init__.py")
LONGEST_FACE = 40

# Who, what it may import (or, after a !, what it may not), and why.
RULES: list[tuple[tuple[str, ...], tuple[str, ...], str]] = [
    (("rdf",), ("errors", "rdf"), "triples and files know nothing of inspections"),
    (("texts",), ("errors", "texts"), "texts with places know nothing of inspections or of RDF"),
    (("identity",), ("errors", "identity", "rdf"), "who and which is decided from data alone"),
    (
        ("reports.families", "reports.layout"),
        ("!rdf", "!identity"),
        "a reader says what stands in a report; what it means in the graph is decided elsewhere",
    ),
    *(
        ((room,), tuple(f"!{other}" for other in WEST if other != room),
         "rooms that write data share through identity and rdf")
        for room in WEST
    ),
    (EAST, tuple(f"!{room}" for room in WEST), "who asks needs none of what writes the data"),
    (
        ("cli",),
        ("errors", "knowledge_graph", "building", "publishing"),
        "the command line does nothing that the door cannot do",
    ),
]  # fmt: skip


def imported(source: str) -> Iterator[str]:
    """The modules of the package that a module imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (n.removeprefix("ofsted_kg.") for n in names if n.startswith("ofsted_kg."))


def within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def faults(sources: Mapping[str, str]) -> list[str]:
    """What breaks a rule in modules given by path, each with the rule's reason."""
    found = []
    for path, source in sources.items():
        module = path.removeprefix("ofsted_kg/").removesuffix(".py").replace("/", ".")
        for rooms, listed, reason in RULES:
            if not within(module, rooms):
                continue
            barred = tuple(name[1:] for name in listed if name.startswith("!"))
            for name in imported(source):
                if name != "__version__" and within(name, barred or listed) == bool(barred):
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
        ("cli.py", "from ofsted_kg.store import open_store"),
        ("cli.py", "from ofsted_kg.rdf.files import root"),
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
        ("store/__init__.py", "\n" * 100),
    ],
)
def test_what_is_allowed_is_no_fault(path: str, source: str) -> None:
    assert faults({f"ofsted_kg/{path}": source}) == []
