"""Question `latest-grades`: 153 authorities against Ofsted's release of 2025."""

import csv
from pathlib import Path
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

O, G, R, I = "Outstanding", "Good", "Requires improvement to be good", "Inadequate"  # noqa: E741

# Read off the sheet of 31 March 2025; first day of fieldwork, publication, overall grade.
READ = [
    ("Camden", "E09000007", "2025-03-03", "2025-04-15", O),
    ("Kensington and Chelsea", "E09000020", "2024-11-11", "2025-01-13", O),
    ("Barking and Dagenham", "E09000002", "2023-07-10", "2023-09-04", R),
    ("Barnet", "E09000003", "2024-06-10", "2024-07-23", G),
    ("Birmingham", "E08000025", "2023-02-20", "2023-04-18", G),
    ("Devon", "E10000008", "2024-09-30", "2025-05-13", I),
    ("Harrow", "E09000015", "2025-01-20", "2025-03-04", I),
    ("Nottingham", "E06000018", "2022-07-11", "2022-09-05", I),
    ("North Yorkshire", "E06000065", "2023-07-03", "2023-08-18", O),
    ("Somerset", "E06000066", "2022-07-18", "2022-09-21", G),
    ("Cumberland", "E06000063", "2024-10-07", "2024-11-26", G),
    ("Westmorland and Furness", "E06000064", "2024-04-22", "2024-07-12", G),
    ("West Northamptonshire", "E06000062", "2022-10-03", "2022-11-25", R),
    ("Merton", "E09000024", "2022-02-28", "2022-05-09", O),
    ("Bournemouth, Christchurch and Poole", "E06000058", "2024-12-02", "2025-01-29", G),
]

# The release still carries the codes that these two had until spring 2025.
RECODED = {"E08000016": "E08000038", "E08000019": "E08000039"}

AREAS = {
    "overall": "Overall effectiveness",
    "leadership": "The impact of leaders on social work practice with children and families",
    "help and protection": "The experiences and progress of children who need help and protection",
    "looked after children": "The experiences and progress of children in care",
}
CARE_LEAVERS = "The experiences and progress of care leavers"


@pytest.fixture(scope="module")
def latest(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("latest-grades").rows


@pytest.fixture(scope="module")
def release(shared: Path) -> dict[str, dict[str, str]]:
    """Rows of the release by the code of today."""
    path = shared / "reference" / "ofsted" / "ofsted_2025_Inspections_as_at_31_March.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["Local authority area code"] for row in rows]
    return dict(zip([RECODED.get(code, code) for code in codes], rows, strict=True))


def test_153_authorities_once_each(latest: list[dict[str, Any]]) -> None:
    assert len(latest) == 153
    assert len({row["code"] for row in latest}) == 153
    assert [row["authority"] for row in latest] == sorted(row["authority"] for row in latest)


@pytest.mark.parametrize(("name", "code", "assessed", "published", "grade"), READ)
def test_read_off_the_release(
    latest: list[dict[str, Any]], name: str, code: str, assessed: str, published: str, grade: str
) -> None:
    [row] = [row for row in latest if row["code"] == code]
    assert row["authority"] == name
    assert (row["assessed"], row["published"], row["grade"]) == (assessed, published, grade)
    assert row["rank"] == [O, G, R, I].index(grade) + 1


def test_how_many_of_each_grade(latest: list[dict[str, Any]]) -> None:
    grades = [row["grade"] for row in latest]
    assert [grades.count(grade) for grade in (O, G, R, I)] == [36, 67, 31, 19]


@pytest.mark.parametrize("area", list(AREAS))
def test_all_equal_to_the_release(
    kg: KnowledgeGraph, release: dict[str, dict[str, str]], area: str
) -> None:
    rows = kg.ask("latest-grades", area=area).rows
    assert {row["code"]: (row["assessed"], row["published"], row["grade"]) for row in rows} == {
        code: (row["Inspection date"], row["Publication date"], row[AREAS[area]])
        for code, row in release.items()
    }


def test_care_leavers_equal_where_the_release_has_them(
    kg: KnowledgeGraph, release: dict[str, dict[str, str]]
) -> None:
    found = {row["code"]: row["grade"] for row in kg.ask("latest-grades", area="care leavers").rows}
    judged = {code: row[CARE_LEAVERS] for code, row in release.items() if row[CARE_LEAVERS]}
    assert {code: found[code] for code in judged} == judged


def test_abolished_authorities_are_not_listed(latest: list[dict[str, Any]]) -> None:
    names = {row["authority"] for row in latest}
    assert not {"Cumbria", "Northamptonshire", "Poole", "Bournemouth"} & names


def test_a_code_is_the_one_of_today(latest: list[dict[str, Any]]) -> None:
    codes = {row["authority"]: row["code"] for row in latest}
    assert codes["Barnsley"] == "E08000038"
    assert codes["Sheffield"] == "E08000039"
    assert codes["Gateshead"] == "E08000037"
    assert codes["Northumberland"] == "E06000057"


# London has 32 boroughs and the City; there are 36 metropolitan districts.
@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({"region": "London"}, 33),
        ({"authority_type": "London borough"}, 32),
        ({"authority_type": "Metropolitan district"}, 36),
        ({"region": "London", "authority_type": "London borough"}, 32),
        ({"region": ["London", "North East"]}, 33 + 12),
        ({"region": "North East", "authority_type": "London borough"}, 0),
    ],
)
def test_parameters_narrow_the_list(
    kg: KnowledgeGraph, parameters: dict[str, Any], count: int
) -> None:
    rows = kg.ask("latest-grades", **parameters).rows
    assert len(rows) == count
    if parameters.get("region") == "London":
        assert {row["region"] for row in rows} == {"London"}


def test_since_2023_care_leavers_are_judged_apart(latest: list[dict[str, Any]]) -> None:
    apart = "Inspection of local authority children's services, with care leavers apart"
    assert {row["framework"] for row in latest if row["assessed"] < "2023"} == {
        "Inspection of local authority children's services"
    }
    assert {row["framework"] for row in latest if row["assessed"] >= "2023"} == {apart}
