"""What `show` says of a thing, with the words of the statements and passages that it lists."""

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from ofsted_kg.cli import main
from ofsted_kg.errors import NotFoundError
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.store.embedded import EmbeddedStore
from tests.asking.test_words import EX, TEXT, answer, folder  # noqa: F401 - a fixture
from tests.conftest import TURTLE_PREFIXES

MORE = f"""{TURTLE_PREFIXES}
ex:asks a okg:Recommendation ; okg:arisesFrom ex:twice ; okg:isReachedIn ex:inspection .
ex:twice a okg:Finding ; okg:sequence 3 .
ex:inspection a okg:Assessment ; okg:isStatedIn ex:item ; okg:inspectsAuthority ex:wexcombe .
ex:cell okg:locator "sheet Boats, cell C2" .
ex:wexcombe skos:prefLabel "Wexcombe" .
"""
NETS = "Mend more nets."
PARAGRAPH = "1. Boats are counted. Every evening two wardens go round. Nets are mended."


@pytest.fixture
def graph() -> KnowledgeGraph:
    behind = answer().behind
    assert behind is not None and isinstance(behind.store, EmbeddedStore)
    behind.store._store.load(MORE.encode(), format=ox.RdfFormat.TURTLE)
    return KnowledgeGraph(behind.store)


@pytest.fixture
def copies(folder: Path) -> Path:  # noqa: F811
    (folder / "report.txt").write_bytes(TEXT.encode())
    return folder


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        # A recommendation, and the finding that it arises from; its inspection has no words.
        (
            "asks",
            {
                ("arisesFrom", "twice", f"{PARAGRAPH} | {NETS}"),
                ("isReachedIn", "inspection", None),
                ("isStatedIn", "item", NETS),
            },
        ),
        # Two passages, each with its own.
        ("twice", {("isStatedIn", "item", NETS), ("isStatedIn", "paragraph", PARAGRAPH)}),
        # A passage itself.
        ("item", {("locator", None, NETS), ("hasSource", "text", None)}),
        # A sentence, not its paragraph.
        (
            "found/1.2",
            {
                ("isStatedIn", "paragraph", "Every evening two wardens go round."),
                ("sentenceStart", None, None),
            },
        ),
        # A cell of a table has a place, but no words.
        ("graded", {("isStatedIn", "cell", None)}),
        ("cell", {("locator", None, None)}),
    ],
)
def test_words_stand_beside_what_rests_on_them(
    graph: KnowledgeGraph, copies: Path, thing: str, words: set[tuple[str, str | None, str | None]]
) -> None:
    shown = graph.show(EX + thing)
    assert shown.columns == ("thing", "property", "value", "label", "source")
    filled = shown.with_words(copies)
    assert filled.columns == (*shown.columns, "words")
    found = {
        (
            str(row["property"]),
            value.removeprefix(EX) if (value := str(row["value"])).startswith(EX) else None,
            row["words"],
        )
        for row in filled.rows
    }
    assert words <= found
    expected = {entry[2] for entry in words if entry[2]}
    assert {row["words"] for row in filled.rows if row["words"]} == expected


def test_a_row_still_cites_its_source(graph: KnowledgeGraph) -> None:
    sources = {row["value"]: row["source"] for row in graph.show(f"{EX}twice").rows}
    assert sources[f"{EX}item"] == "Report, item"
    assert sources[f"{EX}paragraph"] == "Report, paragraph"
    assert sources[3] is None


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        ("away", "words: 1 of 1 rows have none: the document is in no folder given: Other report"),
        ("both", "words: 1 of 2 rows have none: the document is in no folder given: Other report"),
        (
            "altered",
            "words: 1 of 1 rows have none: the text of the copy has not the digest on record:"
            " Report, changed",
        ),
        ("wexcombe", "words: no row rests on a text of a document"),
        ("graded", "words: no row rests on a text of a document"),
    ],
)
def test_it_is_told_for_how_many_rows_there_are_no_words(
    graph: KnowledgeGraph, copies: Path, thing: str, told: str
) -> None:
    assert graph.show(EX + thing).with_words(copies).notes == (told,)


def test_what_a_machine_found_is_shown_by_its_iri(graph: KnowledgeGraph) -> None:
    shown = graph.show(f"{EX}found/1.2")
    assert {row["property"] for row in shown.rows} == {"isStatedIn", "sentenceStart", "sentenceEnd"}
    assert len(shown.rows) == 3
    assert shown.notes[0].startswith("a machine's judgement of a sentence")
    with pytest.raises(NotFoundError, match="nothing in the graph is called"):
        graph.show(f"{EX}found/9.9")


# Of item 2 of “What needs to improve” in the report of 2022 on Bath and North East Somerset, typed
# from what pdftotext shows, as in tests/queries/test_words.py.
DIGEST = "f7bbcb19562a77093841b02bbd8170a391a09d149b93b11e0c5f8e7e12de97ef"


def test_the_command_shows_the_words_of_a_recommendation(
    kg: KnowledgeGraph, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = kg.ask("recommendations", authority="Bath and North East Somerset")
    assert item.behind is not None
    (node,) = [
        node
        for node, row in zip(item.behind.statements["words"], item.rows, strict=True)
        if str(row["source"]).endswith("report 2022, What needs to improve, item 2, page 2")
    ]
    assert isinstance(node, ox.NamedNode)
    reports = str(shared / "reports")
    assert main(["show", node.value, "--words", reports, "--format", "tsv"]) == 0
    written, told = capsys.readouterr()
    digests = {
        sha256(cell.strip('"').encode()).hexdigest()
        for line in written.splitlines()
        for cell in line.split("\t")
    }
    assert DIGEST in digests
    assert not told
    assert main(["show", node.value, "--words", str(shared / "documents")]) == 0
    written, told = capsys.readouterr()
    assert told.startswith("ofsted-kg: words: 1 of 1 rows have none: the document is in no folder")


@pytest.mark.parametrize(
    ("folder_named", "told"),
    [
        ("no-such-folder", "no-such-folder: no such folder; name the one"),
        ("", "argument --words: wants the name of a folder"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str], folder_named: str, told: str
) -> None:
    assert main(["show", "Camden", "--words", folder_named]) == 2
    written, complaint = capsys.readouterr()
    assert (written, complaint.count("\n")) == ("", 1)
    assert complaint.startswith(f"ofsted-kg: {told}")
