"""The encoded documents and Ofsted's releases speak of the same grades in one node each."""

from collections import Counter
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import SPARQL_PREFIXES

ID = "https://w3id.org/ofsted-kg/id/"

# Each judgement that both a cell of the release and one of the encoded documents state or claim.
SHARED = """
SELECT ?judgement ?document ?accepted ?released ?cell_words ?printed
WHERE {
  VALUES ?document {
    <https://w3id.org/ofsted-kg/id/document/camden-council-news-2010>
    <https://w3id.org/ofsted-kg/id/document/third-party-news-camden-2017>
    <https://w3id.org/ofsted-kg/id/document/camden-annual-rating-2009>
    <https://w3id.org/ofsted-kg/id/document/camden-slac-2012>
    <https://w3id.org/ofsted-kg/id/document/kensington-and-chelsea-leader-news-2016>
  }
  ?judgement okg:hasGrade/skos:prefLabel ?accepted ; okg:isStatedIn ?cell .
  ?cell oa:hasSource <https://w3id.org/ofsted-kg/id/document/ofsted-outcomes-2023> ;
    okg:statesGrade/skos:prefLabel ?released ;
    okg:asWritten ?cell_words .
  {
    ?judgement okg:isStatedIn ?passage .
    ?passage okg:statesGrade/skos:prefLabel ?printed ; oa:hasSource/okg:isRenditionOf ?document .
  } UNION {
    ?view okg:isComparedWith ?judgement ; okg:reviews ?claim .
    ?view okg:hasVerdict <https://w3id.org/ofsted-kg/id/verdict/agrees> .
    ?claim okg:claimsGrade/skos:prefLabel ?printed ;
      okg:isStatedIn/oa:hasSource/okg:isRenditionOf ?document .
  }
}
"""

# Judgement, document, grade, and how often the document says so.
AGREED = [
    ("CMD/slac-2009/2012-04-10/judgement/safeguarding-overall", "camden-slac-2012", "Good", 1),
    ("CMD/slac-2009/2012-04-10/judgement/looked-after-overall", "camden-slac-2012", "Good", 1),
    ("CMD/sif-2013/2017-11-24/judgement/overall", "third-party-news-camden-2017", "Good", 1),
    (
        *("CMD/sif-2013/2017-11-24/judgement/leadership", "third-party-news-camden-2017"),
        *("Outstanding", 2),
    ),
    (
        *("CMD/sif-2013/2017-11-24/judgement/adoption", "third-party-news-camden-2017"),
        *("Outstanding", 2),
    ),
    (
        *("CMD/sif-2013/2017-11-24/judgement/help-and-protection", "third-party-news-camden-2017"),
        *("Good", 1),
    ),
    (
        "CMD/sif-2013/2017-11-24/judgement/looked-after-and-permanence",
        *("third-party-news-camden-2017", "Good", 1),
    ),
    (
        *("CMD/sif-2013/2017-11-24/judgement/care-leavers", "third-party-news-camden-2017"),
        *("Good", 2),
    ),
    (
        "KEC/sif-2013/2016-03-29/judgement/overall",
        *("kensington-and-chelsea-leader-news-2016", "Outstanding", 2),
    ),
]


@pytest.fixture(scope="module")
def shared_grades(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.sparql(SPARQL_PREFIXES + SHARED).rows


def test_releases_and_documents_agree(shared_grades: list[dict[str, Any]]) -> None:
    found = Counter(
        (
            row["judgement"].removeprefix(ID + "assessment/"),
            row["document"].removeprefix(ID + "document/"),
            row["printed"],
        )
        for row in shared_grades
    )
    assert found == Counter({entry[:3]: entry[3] for entry in AGREED})


def test_all_three_say_the_same_grade(shared_grades: list[dict[str, Any]]) -> None:
    assert shared_grades
    for row in shared_grades:
        assert row["accepted"] == row["released"] == row["printed"] == row["cell_words"]


def test_one_node_cites_report_and_release(kg: KnowledgeGraph) -> None:
    rows: list[dict[str, Any]] = kg.ask(
        "judgements", authority="Camden", framework="slac-2009"
    ).rows
    both = [row for row in rows if "Ofsted outcomes 2023" in row["source"]]
    assert [(row["area"], row["grade"]) for row in both] == [
        ("Overall effectiveness of safeguarding services", "Good"),
        ("Overall effectiveness of services for looked after children", "Good"),
    ]
    assert all("Camden inspection report 2012, grade above" in row["source"] for row in both)
    assert len(rows) == 22


def test_claims_of_the_pages_are_borne_out(kg: KnowledgeGraph) -> None:
    rows: list[dict[str, Any]] = kg.ask("claims", verdict="agrees").rows
    official = {row["official"] for row in rows if "page on Camden 2017" in row["source"]}
    assert {
        "Overall judgement of children's services: Good",
        "Leadership, management and governance: Outstanding",
        "Adoption performance: Outstanding",
    } <= official
    [title] = [row for row in rows if row["source"].endswith("leader's page 2016, title")]
    assert title["official"] == "Overall judgement of children's services: Outstanding"


# Graded judgements per area in the two releases, counted in the columns of the sheets: first
# inspections and re-inspections together. One authority has too few children in care for a
# grade there, two for one of adoption; from 2023 care leavers have a grade of their own.
COUNTED = {
    "slac-2009/safeguarding-overall": 152 + 9,
    "slac-2009/looked-after-overall": 151 + 2,
    "cp-2012/overall": 50 + 1,
    "lac-2013/overall": 5,
    "sif-2013/overall": 152 + 21,
    "sif-2013/help-and-protection": 152 + 21,
    "sif-2013/looked-after-and-permanence": 151 + 21,
    "sif-2013/adoption": 150 + 21,
    "sif-2013/care-leavers": 151 + 21,
    "sif-2013/leadership": 152 + 21,
    "lscb-2013/overall": 152,
    "ilacs-2018/overall": 168,
    "ilacs-2018/leaders": 168,
    "ilacs-2018/help-and-protection": 168,
    "ilacs-2018/in-care-and-care-leavers": 168,
    "ilacs-2023/overall": 103,
    "ilacs-2023/leaders": 103,
    "ilacs-2023/help-and-protection": 103,
    "ilacs-2023/in-care": 103,
    "ilacs-2023/care-leavers": 103,
}
RELEASED = """
SELECT ?area ?grade ?word (COUNT(DISTINCT ?judgement) AS ?number)
WHERE {
  VALUES ?release {
    <https://w3id.org/ofsted-kg/id/document/ofsted-outcomes-2023>
    <https://w3id.org/ofsted-kg/id/document/ofsted-outcomes-2025>
  }
  ?cell oa:hasSource ?release ; okg:asWritten ?word .
  ?judgement okg:isStatedIn ?cell ; okg:judgesArea ?area ; okg:hasGrade/skos:prefLabel ?grade .
}
GROUP BY ?area ?grade ?word
"""


@pytest.fixture(scope="module")
def released(kg: KnowledgeGraph) -> Counter[tuple[str, str, str]]:
    rows = kg.sparql(SPARQL_PREFIXES + RELEASED).rows
    return Counter(
        {
            (str(r["area"]).removeprefix(ID + "area/"), str(r["grade"]), str(r["word"])): int(
                str(r["number"])
            )
            for r in rows
        }
    )


@pytest.mark.parametrize("area", list(COUNTED))
def test_as_many_as_the_columns_hold(released: Counter[tuple[str, str, str]], area: str) -> None:
    # A judgement of both releases has one grade and, but for letters, one word.
    assert sum(n for (found, _, _), n in released.items() if found == area) == COUNTED[area]


def test_no_other_area(released: Counter[tuple[str, str, str]]) -> None:
    assert {area for area, _, _ in released} == set(COUNTED)


def test_adequate_keeps_the_word_of_the_release(released: Counter[tuple[str, str, str]]) -> None:
    rewritten = "Requires improvement to be good"
    read = {
        "slac-2009/safeguarding-overall": 66 + 7,
        "slac-2009/looked-after-overall": 67 + 2,
        "cp-2012/overall": 29,
        "lac-2013/overall": 1,
    }
    for area, number in read.items():
        assert released[area, "Adequate", rewritten] == number
        assert not [key for key in released if key[0] == area and key[1].startswith("Requires")]
    adequate = {area for area, grade, _ in released if grade == "Adequate"}
    assert adequate == set(read)
