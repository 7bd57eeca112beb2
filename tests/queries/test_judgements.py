"""Question `judgements`: grades as a reader writes them down from the documents."""

import csv
import datetime
from pathlib import Path

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

SLAC = "Inspection of safeguarding and looked after children services"
REPORT = "Camden inspection report 2012, "
SAFEGUARDING = "safeguarding services"
LOOKED_AFTER = "services for looked after children"

# The record of main findings at the end of the 2012 report, row by row. The grade line of the
# same section stands above the paragraph named; None where the body has no such section.
RECORD = [
    (SAFEGUARDING, "Overall effectiveness", "Good", 2, 16),
    (SAFEGUARDING, "Capacity for improvement", "Good", 2, 21),
    (SAFEGUARDING, "Children and young people are safe and feel safe", "Good", 2, 24),
    (SAFEGUARDING, "Quality of provision", "Adequate", 3, 33),
    (
        SAFEGUARDING,
        "The contribution of health agencies to keeping children and young people safe",
        "Good",
        2,
        43,
    ),
    (SAFEGUARDING, "Ambition and prioritisation", "Good", 2, 62),
    (SAFEGUARDING, "Leadership and management", "Good", 2, 67),
    (SAFEGUARDING, "Performance management and quality assurance", "Adequate", 3, 70),
    (SAFEGUARDING, "Partnership working", "Good", 2, 73),
    (SAFEGUARDING, "Equality and diversity", "Good", 2, None),
    (LOOKED_AFTER, "Overall effectiveness", "Good", 2, 78),
    (LOOKED_AFTER, "Capacity for improvement", "Good", 2, 83),
    (LOOKED_AFTER, "Being healthy", "Good", 2, 86),
    (LOOKED_AFTER, "Staying safe", "Good", 2, 94),
    (LOOKED_AFTER, "Enjoying and achieving", "Good", 2, 100),
    (LOOKED_AFTER, "Making a positive contribution, including user engagement", "Good", 2, 105),
    (LOOKED_AFTER, "Economic well-being", "Good", 2, 109),
    (LOOKED_AFTER, "Quality of provision", "Good", 2, 113),
    (LOOKED_AFTER, "Ambition and prioritisation", "Good", 2, 120),
    (LOOKED_AFTER, "Leadership and management", "Good", 2, 123),
    (LOOKED_AFTER, "Performance management and quality assurance", "Good", 2, 128),
    (LOOKED_AFTER, "Equality and diversity", "Good", 2, None),
]


def test_every_row_of_the_2012_record_of_main_findings(kg: KnowledgeGraph) -> None:
    rows = kg.ask("judgements", authority="Camden", framework="slac-2009").rows
    found = [(row["service"], row["grade"], row["rank"]) for row in rows]
    assert found == [(service, grade, rank) for service, _, grade, rank, _ in RECORD]
    for row, (_, area, *_) in zip(rows, RECORD, strict=True):
        assert str(row["area"]).startswith(area)


def test_each_grade_of_2012_is_quoted_and_cited_as_printed(kg: KnowledgeGraph) -> None:
    rows = kg.ask("judgements", authority="Camden", framework="slac-2009").rows
    for row, (_, area, grade, rank, paragraph) in zip(rows, RECORD, strict=True):
        words = str(row["as_written"]).split(" | ")
        sources = str(row["source"]).split("; ")
        if paragraph is None:
            assert words == [grade]
            assert [s for s in sources if s.startswith(f"{REPORT}record of main findings")]
            assert f"row “{area}”" in str(row["source"])
        else:
            assert f"Grade {rank} ({grade})" in words
            assert f"{REPORT}grade above paragraph {paragraph}" in sources


def test_dates_and_framework_of_the_2012_inspection(kg: KnowledgeGraph) -> None:
    rows = kg.ask("judgements", authority="Camden", framework="slac-2009").rows
    assert len(rows) == 22
    for row in rows:
        assert row["authority"] == "Camden"
        assert row["framework"] == SLAC
        assert row["assessed"] == "2012-02-20"
        assert row["published"] == "2012-04-10"


def test_the_2009_rating_counts_4_as_best(kg: KnowledgeGraph) -> None:
    (row,) = kg.ask("judgements", authority="Camden", framework="annual-rating-2009").rows
    assert row["grade"] == "Performs excellently"
    assert row["rank"] == 1
    assert row["as_written"] == "Performs excellently (4)"
    assert row["area"] == "Children's services rating"
    assert row["service"] == "children's services"
    assert row["assessed"] == "2009"
    assert row["published"] == "2009-12-09"
    assert str(row["source"]).startswith("Camden annual rating letter 2009, ")


@pytest.mark.parametrize(
    ("framework", "assessed", "areas"),
    [
        (
            "jar-2005",
            "2008",
            {"Services for safeguarding and looked after children": "Outstanding"},
        ),
        (
            "fostering-2006",
            "2008",
            {
                "Fostering service overall": "Outstanding",
                "Safeguarding in the fostering service": "Outstanding",
            },
        ),
        (
            "adoption-2006",
            "2011",
            {
                "Adoption service overall": "Good",
                "Safeguarding in the adoption service": "Good",
            },
        ),
    ],
)
def test_assessments_that_the_documents_only_cite(
    kg: KnowledgeGraph, framework: str, assessed: str, areas: dict[str, str]
) -> None:
    rows = kg.ask("judgements", authority="Camden", framework=framework).rows
    assert {row["area"]: row["grade"] for row in rows} == areas
    assert {row["assessed"] for row in rows} == {assessed}
    assert {row["published"] for row in rows} == {None}
    # Each is printed in running text as a plain word, without a number.
    assert all(str(row["as_written"]) == str(row["grade"]).lower() for row in rows)


def test_only_two_rows_of_2012_are_adequate(kg: KnowledgeGraph) -> None:
    rows = kg.ask("judgements", authority="CMD", since="2012-04-10", until="2012-04-10").rows
    adequate = [row for row in rows if row["rank"] == 3]
    assert len(rows) == 22
    assert [str(row["area"]).removesuffix(f" of {SAFEGUARDING}") for row in adequate] == [
        "Quality of provision",
        "Performance management and quality assurance",
    ]
    assert {row["service"] for row in adequate} == {SAFEGUARDING}


def test_service_and_area_narrow_the_answer(kg: KnowledgeGraph) -> None:
    twelve = kg.ask("judgements", authority="Camden", framework="SLAC", service=LOOKED_AFTER).rows
    assert len(twelve) == 12
    (one,) = kg.ask(
        "judgements", authority="Camden", framework="SLAC", area="Partnership working"
    ).rows
    assert (one["service"], one["grade"]) == (SAFEGUARDING, "Good")


def test_the_day_of_publication_is_inside_since_and_until(kg: KnowledgeGraph) -> None:
    def published(**limits: datetime.date) -> set[object]:
        rows = kg.ask("judgements", authority="Camden", **limits).rows
        return {row["published"] for row in rows}

    assert "2012-04-10" in published(since=datetime.date(2012, 4, 10))
    assert "2012-04-10" not in published(since=datetime.date(2012, 4, 11))
    assert "2012-04-10" in published(until=datetime.date(2012, 4, 10))
    assert "2012-04-10" not in published(until=datetime.date(2012, 4, 9))


@pytest.mark.parametrize(
    "name", ["camden", "CMD", "E09000007", "80491", "https://w3id.org/ofsted-kg/id/authority/CMD"]
)
def test_any_name_or_code_of_camden_asks_for_camden(kg: KnowledgeGraph, name: str) -> None:
    rows = kg.ask("judgements", authority=name, framework="slac-2009").rows
    assert len(rows) == 22
    assert {row["authority"] for row in rows} == {"Camden"}


# First day, publication and grades on page 1 of both reports. In July 2022 the county council was
# inspected, of which Ofsted lists the grades under the council after it.
SOMERSET = [
    ("Somerset", "2026-04-27", "2026-06-17", ["Requires improvement to be good"] * 3 + ["Good"]),
    ("Somerset County Council", "2022-07-18", "2022-09-21", ["Good"] * 4),
]


@pytest.mark.parametrize("asked", [["SMT"], ["SOM"], ["SMT", "SOM"]], ids="+".join)
def test_an_inspection_of_two_councils_is_listed_once(kg: KnowledgeGraph, asked: list[str]) -> None:
    rows = kg.ask("judgements", authority=asked, since=datetime.date(2022, 1, 1)).rows
    expected = SOMERSET if "SMT" in asked else SOMERSET[1:]
    assert [
        (row["authority"], row["assessed"], row["published"], row["grade"]) for row in rows
    ] == [(*inspected, grade) for *inspected, grades in expected for grade in grades]


def test_a_judgement_has_the_address_of_its_report(kg: KnowledgeGraph, shared: Path) -> None:
    """As an overview lists it, by day of publication."""
    rows = kg.ask("judgements", authority="Camden", framework="ilacs-2023").rows
    path = shared / "reference/overviews/ilacs-history-2026-08-21.csv"
    with path.open(encoding="utf-8", newline="") as file:
        [url] = [
            one["report_url"]
            for one in csv.DictReader(file)
            if (one["register_code"], one["published"]) == ("CMD", "2025-04-15")
        ]
    assert {row["report"] for row in rows} == {url}
    assert len(rows) == 5


def test_areas_printed_as_not_judged_have_a_row(kg: KnowledgeGraph) -> None:
    """Page 1 of the report of 2016 on the Isles of Scilly: three rows "Not Judged", two grades
    and that of the board."""
    asked = {"authority": "Isles of Scilly", "since": "2016-01-01", "until": "2016-12-31"}
    found = {
        str(r["area"]): (r["grade"], r["as_written"]) for r in kg.ask("judgements", **asked).rows
    }
    unjudged = (
        "Children looked after and achieving permanence",
        "Adoption performance",
        "Experiences and progress of care leavers",
    )
    for area in unjudged:
        grade, written = found[area]
        assert grade is None
        assert "Not Judged" in str(written)
    assert {area for area, (grade, _) in found.items() if grade is None} == set(unjudged)
    assert found["Children who need help and protection"][0] == "Good"
    [row] = kg.ask("judgements", **asked, area="Adoption performance").rows
    assert (row["grade"], row["service"]) == (None, "adoption")
