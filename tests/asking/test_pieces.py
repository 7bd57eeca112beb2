"""Passages of several pieces, cited, verified and located: a made-up report of three pages."""

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.store.embedded import EmbeddedStore
from tests.conftest import TURTLE_PREFIXES

# One paragraph over three pages; between its pieces stand the foot of a page and the head of
# the next, and on the second a footnote as well.
TEXT = (
    "1. Boats are counted\nevery\n\n7\n\fTides of Wexcombe\nevening by two wardens, and\n"
    "2 As told in May.\n8\n\fTides of Wexcombe\nagain at dawn.\n2. Nets are mended.\n"
)
WORDS = "1. Boats are counted\nevery\nevening by two wardens, and\nagain at dawn."
GAPS = [(26, 49), (76, 116)]
END = 130
PASSAGE = "https://example.org/passage"
FINDING = "https://example.org/finding"


def graph(gaps: list[tuple[int, int]]) -> KnowledgeGraph:
    """A graph that holds the paragraph as one passage, and its neighbour of one piece."""
    left_out = "".join(
        f"ex:passage okg:leavesOut ex:gap-{at} .\n"
        f"ex:gap-{at} a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .\n"
        for at, (start, end) in enumerate(gaps)
    )
    single = "2. Nets are mended."
    start = TEXT.index(single)
    content = f"""{TURTLE_PREFIXES}
ex:report a okg:SourceDocument ; bibo:shortTitle "Report" ; dcterms:title "A report"@en .
ex:text okg:isRenditionOf ex:report ; okg:textSha256 "{_digest(TEXT)}" .
ex:passage oa:hasSource ex:text ; oa:hasSelector ex:position ; okg:locator "paragraph 1" ;
    okg:page 1 ; okg:spanSha256 "{_digest(WORDS)}" .
ex:position oa:start 0 ; oa:end {END} .
{left_out}
ex:single oa:hasSource ex:text ; oa:hasSelector ex:place ; okg:locator "paragraph 2" ;
    okg:page 3 ; okg:spanSha256 "{_digest(single)}" .
ex:place oa:start {start} ; oa:end {start + len(single)} .
ex:finding okg:isStatedIn ex:passage ; okg:isRepeatedIn ex:single .
"""
    store = ox.Store()
    store.load(content.encode(), format=ox.RdfFormat.TURTLE)
    return KnowledgeGraph(EmbeddedStore(store))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path


def test_cite_gives_the_words_without_what_stands_between(copies: Path) -> None:
    cited = graph(GAPS).cite(FINDING, copies)
    assert [(one.source, one.words) for one in cited] == [
        ("Report, paragraph 1", WORDS),
        ("Report, paragraph 2", "2. Nets are mended."),
    ]
    (alone,) = graph(GAPS).cite(PASSAGE, copies)
    assert alone.words == WORDS


def test_verify_counts_a_passage_once(copies: Path) -> None:
    (check,) = graph(GAPS).verify(copies).checked
    assert (check.passages, check.wrong) == (2, [])


@pytest.mark.parametrize(
    "gaps",
    [
        [],
        GAPS[:1],
        [(26, 49), (77, 116)],
        [(26, 80), (76, 116)],
        [(0, 49), (76, 116)],
        [(26, 49), (76, 130)],
        [(26, 49), (76, 5000)],
    ],
)
def test_other_pieces_than_those_digested_are_wrong(
    copies: Path, gaps: list[tuple[int, int]]
) -> None:
    (check,) = graph(gaps).verify(copies).checked
    assert (check.passages, check.wrong) == (2, [PASSAGE])
    with pytest.raises(SourceError, match="do not fit the digest"):
        graph(gaps).cite(PASSAGE, copies)


def test_evidence_has_a_row_for_each_piece() -> None:
    rows = graph(GAPS).ask("evidence", statement=FINDING).rows
    assert [(row["paragraph"], row["page"], row["start"], row["end"]) for row in rows] == [
        ("paragraph 1", 1, 0, 26),
        ("paragraph 1", 1, 49, 76),
        ("paragraph 1", 1, 116, 130),
        ("paragraph 2", 3, 131, 150),
    ]
