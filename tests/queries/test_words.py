"""The words behind rows, from copies of the real documents.

The sentences were read in the documents by hand, and typed from what another program
(pdftotext) shows of them; what stands between two pages was left out. Here are their first
words, how many they have, and the digest of them with single spaces. No sentence is kept.
"""

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from ofsted_kg.asking.answers import Answer
from ofsted_kg.cli import main
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.store.embedded import EmbeddedStore

# Question, source, first words, how many words, digest. Sentences of paragraphs 5, 12, 18, 20, 25,
# 32 and 43, and of unnumbered paragraph 3, go on on the next page.
READ = """
findings | Bath and North East Somerset inspection report 2022, paragraph 18, page 4, sentence 2 | There is a | 26 | 44352627073d6b1dabfcdccbc330a46c506e166b53f547b90a775189e81fee08
findings | Bath and North East Somerset inspection report 2022, paragraph 25, page 5, sentence 3 | A team of | 31 | 0ce001dc046b45f1ec14a80f7c4ab0fbe612cd0136756e1e923f989e1a8c2b82
findings | Bath and North East Somerset inspection report 2022, paragraph 32, page 6, sentence 5 | For the most | 37 | eb51f418c67d886004a133e16d0c30bc5f6892fcf93fb3b45bcb2d2b81566dda
findings | Bath and North East Somerset inspection report 2022, paragraph 43, page 8, sentence 2 | The redesign of | 17 | c8a2c16584fbe2b4b9c37214e7bea01f823b86a6be8d40ed300faa01b5635f19
findings | Bath and North East Somerset inspection report 2022, paragraph 2, page 2, sentence 2 | When children are | 18 | e252c1b2f457b95054723b7c18856b51c50a06613814db0de2a8c7b831ffead3
findings | Bath and North East Somerset inspection report 2022, unnumbered paragraph 1, page 1, sentence 2 | Despite the challenges | 22 | 8502ff880c358ce12f2ca85d1ffa35b2b3f4ad818becfb1c66086375fdff3a03
findings | Camden inspection report 2022, paragraph 5, page 2, sentence 3 | The use of | 14 | 915c468766ff19500ac0780b6922ffa437fd9533e7cc0ba07eafaa708ddcfb98
findings | Camden inspection report 2022, paragraph 20, page 4, sentence 3 | Children’s plans are | 16 | 67064ce8390f1b609fcd3a3407a65de0e33bfdfb197e28c37fd3dc0d7a3b7cae
findings | Camden inspection report 2022, unnumbered paragraph 3, page 1, sentence 3 | The pathways to | 25 | 47334b66e9c3d1a52193121e8bd40e52617b0b7d9a8da1e762563307044d45f0
findings | Camden single inspection report 2017, paragraph 12, page 10, sentence 5 | Well-established integrated partnerships | 20 | d206ee0fc78177c4d04d218e1f8ea594d4e32e3d0772f6d80b55478831057004
recommendations | Bath and North East Somerset inspection report 2022, What needs to improve, item 1, page 2 | How effectively children | 37 | 4443aa8ccb1b665e02cc0270977e3e8bdf44e0e23693e67ed5a00da9c2764cd7
recommendations | Bath and North East Somerset inspection report 2022, What needs to improve, item 2, page 2 | How well leaders | 18 | f7bbcb19562a77093841b02bbd8170a391a09d149b93b11e0c5f8e7e12de97ef
recommendations | Bath and North East Somerset inspection report 2022, What needs to improve, item 3, page 2 | The timeliness with | 36 | 35de44843bdb0d810f302e0b2eb321de15e353a092a41e3fdff2980f6183aad3
recommendations | Barnsley joint targeted area inspection 2022, What needs to improve?, item 2, page 1 | The quality of | 19 | bafdcf335c6f76caca8e1603ce9a18ca6398a24d409166ff7f7aa077e2701b42
recommendations | Barnsley joint targeted area inspection 2022, What needs to improve?, item 7, page 2 | The availability of | 18 | 11c3f18eed700a1ed513196cadeb2ce79daf321be6352dfbfe33424ff1c18f0e
findings | Camden inspection report 2012, paragraph 39 | Social workers benefit | 36 | 4ecd135ba0a2a5ca903e1c8eb3d00a5532eb9203179799990762c93a3a0ac584
findings | Camden inspection report 2012, paragraph 72 | However, recording of | 6 | b2538b481ff2e4c88d72e05477e03d6f7b1061632ad4eae4920dcc67e68bec4f
"""  # noqa: E501
EXPECTED = [tuple(line.split(" | ")) for line in READ.strip().splitlines()]
AUTHORITIES = ["Barnsley", "Bath and North East Somerset", "Camden"]
# What is said of findings, then of their passages, of these' places and texts, and of the reports.
UNITED = [
    f"PREFIX okg: <https://w3id.org/ofsted-kg/def#> PREFIX oa: <http://www.w3.org/ns/oa#>"
    f"CONSTRUCT {{ ?thing ?p ?o }} WHERE {{ VALUES ?s {{ NODES }} {path} }}"
    for path in (
        "GRAPH ?g { ?s ?p ?o BIND(?s AS ?thing) }",
        "GRAPH ?g { ?s okg:isStatedIn ?thing } ?thing ?p ?o",
        "GRAPH ?g { ?s okg:isStatedIn ?in } ?in oa:hasSelector|okg:leavesOut ?thing . ?thing ?p ?o",
        "GRAPH ?g { ?s okg:isStatedIn ?in } ?in oa:hasSource ?thing . ?thing ?p ?o",
        "GRAPH ?g { ?s okg:isStatedIn ?in } ?in oa:hasSource/okg:isRenditionOf ?thing . "
        "?thing ?p ?o",
    )
]
CAMDEN_2022 = "Camden inspection report 2022"


@pytest.fixture(scope="module")
def folders(shared: Path) -> list[Path]:
    found = [shared / name for name in ("documents", "reports", "reports-joint")]
    if not all(folder.is_dir() for folder in found):
        pytest.skip("the reports are not at hand (set OFSTED_KG_SHARED)")
    return found


@pytest.fixture(scope="module")
def answers(kg: KnowledgeGraph, folders: list[Path]) -> dict[str, Answer]:
    return {
        name: kg.ask(name, authority=AUTHORITIES).with_words(*folders)
        for name in ("findings", "recommendations")
    }


@pytest.mark.parametrize(("question", "source", "first", "count", "digest"), EXPECTED)
def test_a_row_has_the_sentence_that_a_reader_finds_there(
    answers: dict[str, Answer], question: str, source: str, first: str, count: str, digest: str
) -> None:
    found = {str(row["words"]) for row in answers[question].rows if row["source"] == source}
    assert digest in {sha256(words.encode()).hexdigest() for words in found}
    assert (int(count), first) in {(len(w.split()), " ".join(w.split()[:3])) for w in found}
    if "sentence" in source:
        assert len(found) == 1


def test_rows_of_reports_at_hand_are_all_filled(answers: dict[str, Answer]) -> None:
    for name, answer in answers.items():
        assert all(row["words"] for row in answer.rows)
        assert not [note for note in answer.notes if note.startswith("words:")], name


def test_rows_of_reports_elsewhere_are_empty_and_counted(
    kg: KnowledgeGraph, folders: list[Path]
) -> None:
    """The texts of the folder of documents hold the report of 2012, and no newer one."""
    asked = kg.ask("findings", authority="Camden", theme="supervision")
    answer = asked.with_words(folders[0])
    of_2012 = [str(row["source"]).startswith("Camden inspection report 2012") for row in asked.rows]
    assert [row["words"] is not None for row in answer.rows] == of_2012
    (note,) = [one for one in answer.notes if one.startswith("words:")]
    assert note.startswith(
        f"words: {of_2012.count(False)} of {len(of_2012)} rows have none: the document is in no "
        "folder given: "
    )
    assert CAMDEN_2022 in note
    without = [{name: row[name] for name in asked.columns} for row in answer.rows]
    assert (without, answer.as_at) == (asked.rows, asked.as_at)


def test_each_question_names_statements_where_it_says_so(kg: KnowledgeGraph) -> None:
    """A variable that held something else, or nothing, would give no words."""
    named = [question for question in kg.questions() if question.words]
    assert {"findings", "recommendations"} < {question.name for question in named}
    for question in named:
        answer = kg.ask(question.name, **question.example)
        assert answer.behind is not None
        assert answer.columns == tuple(column.name for column in question.columns)
        assert list(answer.behind.statements) == list(question.words)
        assert len(answer.behind.statements["words"]) == len(answer.terms) > 0
        for node in answer.behind.statements["words"]:
            assert isinstance(node, ox.NamedNode)
            (one, *_) = kg.sparql(
                f"SELECT ?p {{ {{ {node} <https://w3id.org/ofsted-kg/def#isStatedIn> ?p }} UNION "
                f"{{ GRAPH ?g {{ {node} <https://w3id.org/ofsted-kg/def#isStatedIn> ?p }} }} }}"
            ).rows
            assert one["p"], (question.name, node)


def test_a_store_that_unites_its_graphs_gives_the_same_sentence(
    kg: KnowledgeGraph, folders: list[Path]
) -> None:
    """As an endpoint may, which shows what a machine found in its default graph."""
    asked = kg.ask("findings", authority="Camden", theme="supervision", made_by="machine")
    assert asked.behind is not None
    nodes = " ".join(map(str, asked.behind.statements["words"]))
    united = ox.Store()
    for query in UNITED:
        triples = kg.graph(query.replace("NODES", nodes))
        united.extend(ox.Quad(*triple) for triple in triples)
    answer = asked._replace(behind=asked.behind._replace(store=EmbeddedStore(united)))
    assert answer.with_words(*folders).rows == asked.with_words(*folders).rows


def test_cite_names_the_page_of_the_sentence(kg: KnowledgeGraph, folders: list[Path]) -> None:
    """Paragraph 43 of 2022 begins on page 7; its third sentence stands on page 8."""
    found = "https://w3id.org/ofsted-kg/id/finding/cmd-ilacs-2018-2022-04-25/43."
    reports = folders[1] / "80491-camden"
    places = [kg.cite(f"{found}{number}", reports)[0].source for number in (1, 3)]
    named = "Camden inspection report 2022, paragraph 43, page"
    assert places == [f"{named} 7, sentence 1", f"{named} 8, sentence 3"]


def test_the_command_adds_a_column(folders: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["ask", "findings", "--authority", "Camden", "--theme", "supervision"]
    words = [word for folder in folders[1:] for word in ("--words", str(folder))]
    assert main([*asked, *words, "--format", "csv"]) == 0
    written, told = capsys.readouterr()
    assert written.splitlines()[0].endswith(",source,words")
    assert "of 19 rows have none: the document is in no folder given: Camden inspection" in told
    assert main([*asked, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(",confidence,source")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["findings", "--words", "no-such-folder"], "no-such-folder: no such folder; name the one"),
        (["findings", "--words", ""], "argument --words: wants the name of a folder"),
        (["findings", "--words"], "argument --words: expected one argument"),
        (["coverage", "--words", "."], "rows of coverage have no words; those of these do: cited"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    kg: KnowledgeGraph, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--authority", "Camden"] if words[0] == "findings" else []
    assert main(["ask", words[0], *given, *words[1:]]) == 2
    written, complaint = capsys.readouterr()
    assert (written, complaint.count("\n")) == ("", 1)
    assert complaint.startswith(f"ofsted-kg: {told}")
