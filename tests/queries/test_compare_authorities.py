"""Question `compare-authorities`, against the judgement tables of two printed reports."""

from pathlib import Path

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

CAMDEN = "80491-camden/2017-11-24.pdf"
CHELSEA = "80544-kensington-and-chelsea/2016-03-29.pdf"

# First page of each report: area, number in the table, Camden 2017, Kensington and Chelsea 2016.
TABLE = [
    ("Overall judgement of children's services", "", "Good", "Outstanding"),
    ("Children who need help and protection", "1. ", "Good", "Good"),
    ("Children looked after and achieving permanence", "2. ", "Good", "Outstanding"),
    ("Adoption performance", "2.1 ", "Outstanding", "Outstanding"),
    ("Experiences and progress of care leavers", "2.2 ", "Good", "Outstanding"),
    ("Leadership, management and governance", "3. ", "Outstanding", "Outstanding"),
]


def test_camden_beside_kensington_and_chelsea(kg: KnowledgeGraph) -> None:
    answer = kg.ask(
        "compare-authorities",
        authority=["Camden", "Kensington and Chelsea"],
        framework="sif-2013",
    )
    assert answer.columns == ("area", "Camden", "Kensington and Chelsea")
    found = [
        (str(row["area"]).split(" (")[0], row["Camden"], row["Kensington and Chelsea"])
        for row in answer.rows
    ]
    assert found == [
        (area, f"{camden}, 2017", f"{chelsea}, 2016") for area, _, camden, chelsea in TABLE
    ]


def test_one_authority_is_enough(kg: KnowledgeGraph) -> None:
    answer = kg.ask("compare-authorities", authority="Camden", framework="slac-2009")
    assert answer.columns == ("area", "Camden")
    grades = [str(row["Camden"]) for row in answer.rows]
    assert sorted(grades) == ["Adequate, 2012"] * 2 + ["Good, 2012"] * 20


def test_overall_grades_of_2012(kg: KnowledgeGraph) -> None:
    """Kensington and Chelsea's report of 2016 (page 2) recalls that both were good in May 2012."""
    rows = kg.ask(
        "compare-authorities",
        authority=["Kensington and Chelsea", "Camden"],
        framework="slac-2009",
    ).rows
    overall = [row for row in rows if str(row["area"]).startswith("Overall effectiveness")]
    assert [(row["Camden"], row["Kensington and Chelsea"]) for row in overall] == [
        ("Good, 2012", "Good, 2012")
    ] * 2


@pytest.mark.parametrize(("report", "column"), [(CAMDEN, 2), (CHELSEA, 3)])
def test_the_table_above_is_what_the_reports_print(shared: Path, report: str, column: int) -> None:
    from pypdfium2 import PdfDocument

    document = PdfDocument(shared / "reports" / report)
    page = " ".join(document[0].get_textpage().get_text_range().split())
    for row in TABLE[1:]:
        assert f"{row[1]}{row[0]} {row[column]}" in page
    assert f"are {str(TABLE[0][column]).lower()}" in page
