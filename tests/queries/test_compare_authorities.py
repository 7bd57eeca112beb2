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
        (area, f"{camden}, 2017-11-24", f"{chelsea}, 2016-03-29")
        for area, _, camden, chelsea in TABLE
    ]


def test_one_authority_is_enough(kg: KnowledgeGraph) -> None:
    answer = kg.ask("compare-authorities", authority="Camden", framework="slac-2009")
    assert answer.columns == ("area", "Camden")
    grades = [str(row["Camden"]) for row in answer.rows]
    assert sorted(grades) == ["Adequate, 2012-04-10"] * 2 + ["Good, 2012-04-10"] * 20


def test_overall_grades_of_2012(kg: KnowledgeGraph) -> None:
    """Kensington and Chelsea's report of 2016 (page 2) recalls that both were good in May 2012."""
    rows = kg.ask(
        "compare-authorities",
        authority=["Kensington and Chelsea", "Camden"],
        framework="slac-2009",
    ).rows
    overall = [row for row in rows if str(row["area"]).startswith("Overall effectiveness")]
    assert [row["Camden"] for row in overall] == ["Good, 2012-04-10"] * 2
    assert [str(row["Kensington and Chelsea"])[:12] for row in overall] == ["Good, 2012-0"] * 2


# Page 1 of the reports on Camden of 15 April 2025 and on South Tyneside of 4 August 2026; the
# history of the release of 2025 for South Tyneside's overall grade of 2023.
LATEST = [
    ("Children's services as a whole", "Outstanding", None),
    ("Leadership", "Outstanding", "Good"),
    ("Help and protection", "Outstanding", "Good"),
    ("Looked after children", "Outstanding", "Good"),
    ("Care leavers", "Outstanding", "Outstanding"),
]


def test_without_a_framework_only_the_latest_grade_stands(kg: KnowledgeGraph) -> None:
    rows = kg.ask("compare-authorities", authority=["Camden", "South Tyneside"]).rows
    found = {row["area"]: (row["Camden"], row["South Tyneside"]) for row in rows}
    assert rows[0]["area"] == LATEST[0][0]
    for area, camden, tyneside in LATEST:
        assert found[area] == (
            f"{camden}, 2025-04-15 (ilacs-2023)",
            f"{tyneside}, 2026-08-04 (ilacs-2026)"
            if tyneside
            else "no longer given, 2026-08-04; last Inadequate, 2023-05-10 (ilacs-2018)",
        )
    # The single inspection of 2017 (the table above) was the last with a grade for adoption.
    assert found["Adoption"][0] == (
        "no longer given, 2025-04-15; last Outstanding, 2017-11-24 (sif-2013)"
    )


def test_an_authority_without_such_a_grade_keeps_its_column(kg: KnowledgeGraph) -> None:
    """North Northamptonshire began in 2021: no single inspection was made of it."""
    names = ["Camden", "North Northamptonshire"]
    answer = kg.ask("compare-authorities", authority=names, framework="sif-2013")
    assert set(answer.columns) == {"area", *names}
    assert len(answer.rows) == 6
    assert {row["North Northamptonshire"] for row in answer.rows} == {"none on record"}


def test_what_is_only_claimed_under_a_framework_is_named(kg: KnowledgeGraph) -> None:
    """Kent, by the history overview: a report of 2 February 2026, of which no copy is at hand."""
    rows = kg.ask("compare-authorities", authority="Kent", framework="ilacs-2023").rows
    claimed = "none on record; newer 2026-02-02: "
    assert [row["Kent"] for row in rows] == [
        f"{claimed}{grade} claimed"
        for grade in (
            "Good",
            "Good",
            "Good",
            "Outstanding",
            "Requires improvement to be good",
        )
    ]


def test_a_joint_grade_says_of_what_it_was_given(kg: KnowledgeGraph) -> None:
    """Kent's report of 5 July 2022 judges care leavers together with children in care."""
    rows = kg.ask("compare-authorities", authority="Kent").rows
    cells = {str(row["area"]): str(row["Kent"]) for row in rows}
    for subject in ("Care leavers", "Looked after children"):
        assert cells[subject].startswith(
            "Outstanding, 2022-07-05 (ilacs-2018, judged as"
            " The experiences and progress of children in care and care leavers)"
        )


def test_the_inspection_of_a_predecessor_is_told_as_its_own(kg: KnowledgeGraph) -> None:
    """Somerset's overall grade of 21 September 2022 is the county council's of then."""
    rows = kg.ask("compare-authorities", authority=["Somerset", "Dorset"]).rows
    assert rows[0]["Somerset"] == (
        "no longer given, 2026-06-17; last Good, 2022-09-21"
        " (ilacs-2018, of Somerset County Council)"
    )
    assert rows[0]["Somerset County Council"] == "Good, 2022-09-21 (ilacs-2018)"


def test_a_newer_inspection_that_is_claimed_is_named(kg: KnowledgeGraph) -> None:
    """Liverpool: inadequate on 25 May 2023; one of 7 July 2026 in the overviews (ONLY_CLAIMED)."""
    rows = kg.ask("compare-authorities", authority="Liverpool").rows
    found = {row["area"]: row["Liverpool"] for row in rows}
    assert found["Children's services as a whole"] == (
        "Inadequate, 2023-05-25 (ilacs-2023); newer 2026-07-07: none claimed"
    )
    assert str(found["Leadership"]).endswith("; newer 2026-07-07: Good claimed")


def test_it_agrees_with_latest_grades(kg: KnowledgeGraph) -> None:
    names = ["Kent", "Somerset", "Middlesbrough", "City of London"]
    cells = kg.ask("compare-authorities", authority=names).rows
    subjects = [str(row["area"]) for row in cells]
    for row in kg.ask("latest-grades", authority=names, area=subjects).rows:
        [cell] = [c[str(row["authority"])] for c in cells if c["area"] == row["subject"]]
        # What was never graded may say when a source printed that it was not judged.
        said = str(row["grade"])
        is_unjudged = said == "none on record" and str(cell).startswith("not judged, 2016-09-20")
        assert str(cell).startswith(said) or (is_unjudged and row["authority"] == "City of London")
        assert ("; newer" in str(cell)) == (row["newer_published"] is not None)
        if row["grade"] != "none on record":
            assert str(row["published"]) in str(cell)


@pytest.mark.parametrize(("report", "column"), [(CAMDEN, 2), (CHELSEA, 3)])
def test_the_table_above_is_what_the_reports_print(shared: Path, report: str, column: int) -> None:
    from pypdfium2 import PdfDocument

    document = PdfDocument(shared / "reports" / report)
    page = " ".join(document[0].get_textpage().get_text_range().split())
    for row in TABLE[1:]:
        assert f"{row[1]}{row[0]} {row[column]}" in page
    assert f"are {str(TABLE[0][column]).lower()}" in page


def test_what_was_never_graded_and_printed_as_not_judged(kg: KnowledgeGraph) -> None:
    """Page 1 of the reports of 2016: adoption on both, and more on the Isles of Scilly."""
    names = ["City of London", "Isles of Scilly", "Nottingham"]
    subjects = {row["area"]: row for row in kg.ask("compare-authorities", authority=names).rows}
    assert [subjects["Adoption"][name] for name in names[:2]] == [
        "not judged, 2016-09-20 (sif-2013)",
        "not judged, 2016-06-27 (sif-2013)",
    ]
    areas = kg.ask("compare-authorities", authority=names, framework="sif-2013").rows
    told = {str(row["area"]).split(" (")[0]: row["Isles of Scilly"] for row in areas}
    for area in ("Children looked after and achieving permanence", TABLE[4][0]):
        assert str(told[area]).startswith("not judged, 2016-06-27")
