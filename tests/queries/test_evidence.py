"""Question `evidence`: positions found by searching the documents' own text."""

import csv
from pathlib import Path

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import SPARQL_PREFIXES

ID = "https://w3id.org/ofsted-kg/id/"
SLAC = f"{ID}assessment/CMD/slac-2009/2012-04-10"
LETTER_TITLE = (
    "Children's services annual rating: letter to the Director of Children, Schools and "
    "Families, London Borough of Camden"
)
REPORT_TITLE = (
    "Inspection of safeguarding and looked after children services: London Borough of Camden"
)
NEWS_TITLE = "Camden children’s services rated outstanding by Ofsted"

# Statement, file of the document, title, paragraph, text to search after, first and last words.
PASSAGES = [
    (
        f"{SLAC}/judgement/safeguarding-quality",
        "003_*.txt",
        REPORT_TITLE,
        "grade above paragraph 33",
        "\nQuality of provision\n",
        "Grade 3 (",
        "Adequate)",
    ),
    (
        f"{SLAC}/judgement/safeguarding-quality",
        "003_*.txt",
        REPORT_TITLE,
        "record of main findings, Safeguarding outcomes for children and young people, "
        "row “Quality of provision”",
        "\nRecord of main findings:",
        "Quality of provision",
        "Adequate",
    ),
    (
        f"{SLAC}/judgement/safeguarding-performance",
        "003_*.txt",
        REPORT_TITLE,
        "grade above paragraph 70",
        "\nPerformance management and quality assurance\n",
        "Grade 3 (",
        "Adequate)",
    ),
    (
        f"{SLAC}/recommendation/1",
        "003_*.txt",
        REPORT_TITLE,
        "paragraph 23",
        "\nImmediately:",
        "ensure that the duty and assessment teams",
        "contacts and referrals.",
    ),
    (
        f"{SLAC}/recommendation/6",
        "003_*.txt",
        REPORT_TITLE,
        "paragraph 23",
        "\nImmediately:",
        "NHS North Central London to ensure",
        "child protection plan.",
    ),
    (
        f"{SLAC}/recommendation/16",
        "003_*.txt",
        REPORT_TITLE,
        "paragraph 85",
        "\n85. ",
        "ensure that the sufficiency duty is met",
        "foster placements for teenagers.",
    ),
    (
        f"{ID}assessment/CMD/jar-2005/2008/judgement/safeguarding-and-looked-after",
        "002_*.txt",
        LETTER_TITLE,
        "paragraph 6 (counted)",
        "",
        "The joint area review in 2008",
        "as outstanding.",
    ),
    (
        f"{ID}assessment/CMD/annual-rating-2009/2009-12-09/judgement/overall",
        "002_*.txt",
        LETTER_TITLE,
        "table under “Children's services rating 2009”, row “Children's services rating”",
        "\nChildren's services rating 2009\n",
        "Children's services rating",
        "excellently (4)",
    ),
    (
        f"{ID}claim/camden-council-news-2010/b1.1",
        "000_*.txt",
        NEWS_TITLE,
        "title",
        "",
        "Camden children’s",
        "by Ofsted",
    ),
]


@pytest.mark.parametrize("expected", PASSAGES, ids=lambda e: f"{e[0].removeprefix(ID)} {e[3]}")
def test_the_position_is_that_of_the_words(
    kg: KnowledgeGraph, documents: Path, expected: tuple[str, str, str, str, str, str, str]
) -> None:
    statement, file, title, paragraph, after, first, last = expected
    (path,) = documents.glob(file)
    text = path.read_text(encoding="utf-8")
    start = text.index(first, text.index(after) + len(after))
    end = text.index(last, start) + len(last)
    rows = kg.ask("evidence", statement=statement).rows
    assert {
        "document": title,
        "paragraph": paragraph,
        "page": None,
        "start": start,
        "end": end,
        # No address of these texts is on record.
        "address": None,
    } in rows


def test_a_grade_of_a_report_has_the_addresses_of_report_and_release(
    kg: KnowledgeGraph, shared: Path
) -> None:
    """As an overview lists the report, and as the release's notes name where it stands."""
    path = shared / "reference/overviews/ilacs-history-2026-08-21.csv"
    with path.open(encoding="utf-8", newline="") as file:
        [url] = [
            one["report_url"]
            for one in csv.DictReader(file)
            if (one["register_code"], one["published"]) == ("CMD", "2025-04-15")
        ]
    statement = f"{ID}assessment/CMD/ilacs-2023/2025-03-03/judgement/overall"
    rows = kg.ask("evidence", statement=statement).rows
    release = "Ofsted's local authority inspection outcomes as at 31 March 2025"
    collection = "https://www.gov.uk/government/collections/childrens-social-care-statistics"
    assert {(row["document"] == release, row["page"], row["address"]) for row in rows} == {
        (False, 1, url),
        (True, None, collection),
    }
    # Its cells in the history, among the latest of all, and among those of the year.
    assert [row["document"] for row in rows].count(release) == 3


@pytest.mark.parametrize(
    ("statistic", "words"),
    [("9.6-1", "249 children"), ("10.1-1", "267 looked after"), ("11.2-1", "95 households")],
)
def test_a_figure_lies_inside_its_passage(
    kg: KnowledgeGraph, documents: Path, statistic: str, words: str
) -> None:
    (path,) = documents.glob("003_*.txt")
    text = path.read_text(encoding="utf-8")
    at = text.index(words)
    (row,) = kg.ask("evidence", statement=f"{ID}statistic/camden-slac-2012/{statistic}").rows
    start, end = int(str(row["start"])), int(str(row["end"]))
    assert text.rindex("\n", 0, at) < start <= at < at + len(words) <= end
    assert end <= text.index(".", at) + 1


def test_every_grade_of_2012_stands_twice(kg: KnowledgeGraph) -> None:
    """Under its heading and in the record; equality and diversity in the record alone."""
    found = kg.sparql(
        f"""{SPARQL_PREFIXES}
        SELECT ?judgement WHERE {{ ?judgement a okg:Judgement ; okg:isReachedIn <{SLAC}> }}"""
    )
    names = [str(row["judgement"]) for row in found.rows]
    assert len(names) == 22
    for name in names:
        places = [str(row["paragraph"]) for row in kg.ask("evidence", statement=name).rows]
        record = [place for place in places if place.startswith("record of main findings")]
        above = [place for place in places if place.startswith("grade above paragraph")]
        assert (len(record), len(above)) == (1, 0 if "equality" in name else 1)


def test_a_statement_that_is_not_there_has_no_evidence(kg: KnowledgeGraph) -> None:
    assert kg.ask("evidence", statement=f"{SLAC}/recommendation/17").rows == []
