"""Question `latest-grades`: 153 authorities against Ofsted's release of 2025 and newer reports.

`newest_reports.csv` holds what a reader found on page 1 of the 43 reports published after 31 March
2025: overall grade (- where there is none), leaders, help and protection, children in care, care
leavers, each by its first letter. Seven of them the release of 2025 has too.
"""

import csv
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.store.embedded import EmbeddedStore, load
from tests.conftest import SPARQL_PREFIXES
from tests.overviews.test_overviews import ONLY_CLAIMED

O, G, R, I = "Outstanding", "Good", "Requires improvement to be good", "Inadequate"  # noqa: E741

# The last publication that the release of 31 March 2025 counts, Buckinghamshire's.
RELEASED = "2025-05-14"

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
def released(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    """As at the day of the release."""
    return kg.ask("latest-grades", on=RELEASED).rows


def newest_reports() -> list[dict[str, str]]:
    with (Path(__file__).parent / "newest_reports.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
    released: list[dict[str, Any]], name: str, code: str, assessed: str, published: str, grade: str
) -> None:
    [row] = [row for row in released if row["code"] == code]
    assert row["authority"] == name
    assert (row["assessed"], row["published"], row["grade"]) == (assessed, published, grade)
    assert row["rank"] == [O, G, R, I].index(grade) + 1


def test_how_many_of_each_grade(
    latest: list[dict[str, Any]], released: list[dict[str, Any]]
) -> None:
    """Counted in the sheet, and in it again with the newer reports in their rows' place."""
    words = (O, G, R, I, "no longer given")
    for rows, counts in ((released, [36, 67, 31, 19, 0]), (latest, [43, 64, 25, 14, 7])):
        grades = [row["grade"] for row in rows]
        assert [grades.count(grade) for grade in words] == counts


SUBJECTS = ["overall", *list(AREAS)[1:], "care leavers"]


@pytest.mark.parametrize(("place", "area"), list(enumerate(SUBJECTS)), ids=SUBJECTS)
def test_newest_reports_are_newest(
    kg: KnowledgeGraph, release: dict[str, dict[str, str]], place: int, area: str
) -> None:
    """All 153 rows: those of page 1 of the newer reports, those of the release for the others."""
    column = AREAS.get(area, CARE_LEAVERS)
    expected = {
        code: (
            *(row["Inspection date"], row["Publication date"]),
            row[column] or row[AREAS["looked after children"]],
            *(not row[CARE_LEAVERS] and place > 2, None, None),
        )
        for code, row in release.items()
    }
    for one in newest_reports():
        letter, before = one["grades"][place], release[one["code"]]
        last = (before[column], before["Publication date"])
        expected[one["code"]] = (
            *(one["start"], one["published"]),
            "no longer given" if letter == "-" else {w[0]: w for w in (O, G, R, I)}[letter],
            *(False, *(last if letter == "-" else (None, None))),
        )
    rows = kg.ask("latest-grades", area=area).rows
    assert {
        row["code"]: (
            *(row["assessed"], row["published"], row["grade"], bool(row["judged_as"])),
            *(row["last_grade"], row["last_published"]),
        )
        for row in rows
    } == expected


@pytest.mark.parametrize("area", list(AREAS))
def test_all_equal_to_the_release(
    kg: KnowledgeGraph, release: dict[str, dict[str, str]], area: str
) -> None:
    rows = kg.ask("latest-grades", area=area, on=RELEASED).rows
    assert {row["code"]: (row["assessed"], row["published"], row["grade"]) for row in rows} == {
        code: (row["Inspection date"], row["Publication date"], row[AREAS[area]])
        for code, row in release.items()
    }


def test_care_leavers_are_those_of_the_joint_grade_where_it_is_newest(
    kg: KnowledgeGraph, release: dict[str, dict[str, str]]
) -> None:
    """Inspections before 2023 fill one column of the release for both and leave one empty."""
    joint = "The experiences and progress of children in care and care leavers"
    rows = kg.ask("latest-grades", area="care leavers", on=RELEASED).rows
    assert {
        row["code"]: (row["assessed"], row["published"], row["grade"], row["judged_as"])
        for row in rows
    } == {
        code: (
            row["Inspection date"],
            row["Publication date"],
            row[CARE_LEAVERS] or row[AREAS["looked after children"]],
            None if row[CARE_LEAVERS] else joint,
        )
        for code, row in release.items()
    }
    assert len(rows) == 153
    assert len([row for row in rows if row["judged_as"]]) == 50


# Page 1 of each report, and the sheet of 31 March 2025.
@pytest.mark.parametrize(
    ("name", "published", "grade", "joint"),
    [
        ("Dudley", "2023-01-13", R, True),
        ("Nottingham", "2022-09-05", R, True),
        ("South Tyneside", "2026-08-04", O, False),
        ("Portsmouth", "2026-08-18", O, False),
        ("Somerset", "2026-06-17", G, False),
        ("Wakefield", "2022-01-05", G, True),
        ("Staffordshire", "2024-01-12", R, False),
        ("St. Helens", "2023-09-04", O, False),
        ("Westmorland and Furness", "2024-07-12", R, False),
        ("Isles of Scilly", "2023-08-25", R, False),
    ],
)
def test_care_leavers_by_the_reports(
    kg: KnowledgeGraph, name: str, published: str, grade: str, joint: bool
) -> None:
    rows = kg.ask("latest-grades", area="care leavers").rows
    [row] = [row for row in rows if row["authority"] == name]
    assert (row["published"], row["grade"], bool(row["judged_as"])) == (published, grade, joint)
    assert row["subject"] == "Care leavers"


@pytest.mark.parametrize(
    "name",
    [
        "Overall effectiveness",
        "overall",
        "sif-2013/overall",
        "https://w3id.org/ofsted-kg/id/area/ilacs-2018/overall",
        "https://w3id.org/ofsted-kg/id/area-line/overall",
    ],
)
def test_any_name_of_an_area_asks_for_its_subject(
    kg: KnowledgeGraph, latest: list[dict[str, Any]], name: str
) -> None:
    assert kg.ask("latest-grades", area=name).rows == latest


def test_an_area_of_an_older_framework_is_no_longer_given(kg: KnowledgeGraph) -> None:
    """Adoption was judged apart until 2018: sheet LA_inspections_2009-2023, rows 31 and 38."""
    rows = {row["authority"]: row for row in kg.ask("latest-grades", area="adoption").rows}
    assert len(rows) == 153
    camden, city = rows["Camden"], rows["City of London"]
    assert (camden["grade"], camden["rank"]) == ("no longer given", None)
    assert (camden["last_grade"], camden["last_published"]) == (O, "2017-11-24")
    assert (camden["published"], camden["area"]) == ("2025-04-15", "Adoption performance")
    assert (city["grade"], city["last_grade"]) == ("none on record", None)


def test_a_row_for_each_subject(kg: KnowledgeGraph, latest: list[dict[str, Any]]) -> None:
    rows = kg.ask("latest-grades", area=["overall", "care leavers"]).rows
    assert len(rows) == 2 * 153
    assert [r for r in rows if r["subject"] == "Children's services as a whole"] == latest


def test_an_inspection_of_a_predecessor_is_told(
    latest: list[dict[str, Any]], released: list[dict[str, Any]]
) -> None:
    """The release lists Somerset with the inspection of July 2022, before the council existed."""
    assert {row["authority"]: row["inspected"] for row in released if row["inspected"]} == {
        "Somerset": "Somerset County Council"
    }
    # The council of today was inspected in April 2026.
    assert [row["authority"] for row in latest if row["inspected"]] == []


NEWER = (
    SPARQL_PREFIXES
    + """
INSERT DATA {
  # Four grades and no overall one, as reports of inspections since April 2026 have them.
  ex:one a okg:Assessment ; okg:inspectsAuthority authority:POR ;
    okg:isConductedUnder framework:ilacs-2026 ;
    okg:fieldworkStart "2026-07-06"^^xsd:date ; okg:publishedOn "2026-08-18"^^xsd:date .
  # No day of publication is known.
  ex:two a okg:Assessment ; okg:inspectsAuthority authority:DUD ;
    okg:isConductedUnder framework:ilacs-2023 ; okg:fieldworkStart "2025-11-03"^^xsd:date .
  # A visit has no grades.
  ex:three a okg:Assessment ; okg:inspectsAuthority authority:CMD ;
    okg:isConductedUnder framework:ilacs-2026 ; okg:publishedOn "2026-09-01"^^xsd:date .
} ;
INSERT {
  ?judgement a okg:Judgement ; okg:concernsAuthority ?authority ; okg:isReachedIn ?assessment ;
    okg:judgesArea ?area ;
    okg:hasGrade <https://w3id.org/ofsted-kg/id/scale/ilacs-2018/outstanding> .
}
WHERE {
  VALUES (?assessment ?authority ?framework) {
    (ex:one authority:POR framework:ilacs-2026) (ex:two authority:DUD framework:ilacs-2023)
  }
  ?framework okg:definesArea ?area .
  FILTER(?area != <https://w3id.org/ofsted-kg/id/area/ilacs-2023/in-care>)
  BIND(IRI(CONCAT(STR(?assessment), "/", STRAFTER(STR(?area), "/area/"))) AS ?judgement)
}
"""
)


@pytest.fixture(scope="module")
def newer() -> KnowledgeGraph:
    """Ofsted's release of 2025 with two inspections and a visit after it."""
    store = ox.Store()
    parts = ("ontology/", "data/reference/", "data/opinions/", "data/releases/ofsted-outcomes-2025")
    load(store, [file for file in graph_files() if file.name.startswith(parts)])
    store.update(NEWER)
    return KnowledgeGraph(EmbeddedStore(store))


def test_an_authority_without_any_inspection_has_one_row() -> None:
    store = ox.Store()
    parts = ("ontology/", "data/reference/", "data/opinions/")
    load(store, [file for file in graph_files() if file.name.startswith(parts)])
    rows = KnowledgeGraph(EmbeddedStore(store)).ask("latest-grades", area="care leavers").rows
    assert len(rows) == len({row["code"] for row in rows}) == 153
    assert {(row["grade"], row["published"], row["judged_as"]) for row in rows} == {
        ("none on record", None, None)
    }


def _of(kg: KnowledgeGraph, area: str, name: str) -> dict[str, Any]:
    rows = kg.ask("latest-grades", area=area).rows
    assert len(rows) == 153
    [row] = [row for row in rows if row["authority"] == name]
    return row


def test_an_overall_grade_is_no_longer_given(newer: KnowledgeGraph) -> None:
    row = _of(newer, "overall", "Portsmouth")
    assert (row["assessed"], row["published"]) == ("2026-07-06", "2026-08-18")
    assert (row["grade"], row["rank"]) == ("no longer given", None)
    assert (row["last_grade"], row["last_published"]) == (G, "2023-07-03")
    for area in ("leadership", "help and protection", "looked after children", "care leavers"):
        row = _of(newer, area, "Portsmouth")
        assert (row["grade"], row["rank"], row["published"]) == (O, 1, "2026-08-18")
        assert [row[key] for key in ("last_grade", "judged_as", "dated_by")] == [None] * 3


def test_fieldwork_dates_what_has_no_day_of_publication(newer: KnowledgeGraph) -> None:
    row = _of(newer, "care leavers", "Dudley")
    assert (row["grade"], row["judged_as"], row["dated_by"]) == (O, None, "fieldwork")
    assert (row["assessed"], row["published"]) == ("2025-11-03", None)


def test_an_area_that_the_newest_inspection_left_out_is_not_judged(newer: KnowledgeGraph) -> None:
    row = _of(newer, "looked after children", "Dudley")
    assert (row["grade"], row["last_grade"], row["last_published"]) == (
        *("not judged", R),
        "2023-01-13",
    )


def test_a_visit_without_grades_changes_nothing(newer: KnowledgeGraph) -> None:
    row = _of(newer, "overall", "Camden")
    assert (row["grade"], row["published"], row["last_grade"]) == (O, "2025-04-15", None)


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


def test_the_first_day_decides_the_framework(latest: list[dict[str, Any]]) -> None:
    """Care leavers apart from 2023, no overall judgement from April 2026, as page 1 shows.

    Wolverhampton's report came after those of Brent and Somerset and still has one.
    """
    name = "Inspection of local authority children's services"
    for begin, end, framework in (
        ("2018", "2023", name),
        ("2023", "2026-04", f"{name}, with care leavers apart"),
        ("2026-04", "2027", f"{name}, without an overall judgement"),
    ):
        found = {row["framework"] for row in latest if begin <= row["assessed"] < end}
        assert found == {framework}
    [row] = [row for row in latest if row["authority"] == "Wolverhampton"]
    assert (row["published"], row["grade"]) == ("2026-06-18", G)


def _claimed(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["newer_published"], row["newer_claim"], row["newer_report"]


@pytest.mark.parametrize(
    "areas", [[area] for area in SUBJECTS] + [SUBJECTS], ids=[*SUBJECTS, "all five"]
)
def test_a_newer_claim_is_named_and_leaves_the_grade(
    kg: KnowledgeGraph, shared: Path, areas: list[str]
) -> None:
    """What both overviews list for 17 authorities, whatever else is asked for with it."""
    addresses: dict[str, set[str]] = {}
    path = shared / "reference" / "overviews" / "ilacs-history-2026-08-21.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for one in csv.DictReader(file):
            addresses.setdefault(one["report_url"], set()).add(one["published"])
    words = {word[0]: word for word in (O, G, R, I)} | {"-": "none claimed"}
    order = [_subject(kg, area) for area in SUBJECTS]
    expected = {
        (name, order[SUBJECTS.index(area)]): (published, words[letters[SUBJECTS.index(area)]])
        for name, (_, published, letters) in ONLY_CLAIMED.items()
        for area in areas
    }
    rows: list[dict[str, Any]] = kg.ask("latest-grades", area=areas).rows
    assert len(rows) == 153 * len(areas)
    claimed = {(row["authority"], row["subject"]): row for row in rows if row["newer_published"]}
    assert {key: _claimed(row)[:2] for key, row in claimed.items()} == expected
    for row in claimed.values():
        assert row["published"] < row["newer_published"]
        assert row["newer_published"] in addresses[row["newer_report"]]
    others = [row for row in rows if not row["newer_published"]]
    assert {_claimed(row) for row in others} == {(None, None, None)}


def _subject(kg: KnowledgeGraph, area: str) -> str:
    [row] = kg.ask("latest-grades", authority="Camden", area=area).rows
    return str(row["subject"])


def test_claims_of_named_authorities(kg: KnowledgeGraph, shared: Path) -> None:
    """Bradford, Wandsworth and Trafford: lines 76, 281 and 461 of the history."""
    rows = kg.ask("latest-grades", authority=["Bradford", "Wandsworth", "Trafford"]).rows
    path = shared / "reference" / "overviews" / "ilacs-history-2026-08-21.csv"
    with path.open(encoding="utf-8", newline="") as file:
        urls = {(r["register_code"], r["published"]): r["report_url"] for r in csv.DictReader(file)}
    assert [(row["authority"], row["grade"], row["published"], _claimed(row)) for row in rows] == [
        ("Bradford", I, "2023-01-31", ("2026-05-21", R, urls["BRD", "2026-05-21"])),
        ("Trafford", R, "2023-01-31", ("2026-08-03", "none claimed", urls["TRF", "2026-08-03"])),
        ("Wandsworth", G, "2023-01-13", ("2026-05-18", O, urls["WND", "2026-05-18"])),
    ]


def test_a_claim_is_known_from_its_day_on(kg: KnowledgeGraph) -> None:
    def wakefield(on: str) -> tuple[Any, ...]:
        [row] = kg.ask("latest-grades", authority="Wakefield", on=on).rows
        return row["grade"], row["published"], *_claimed(row)[:2]

    assert wakefield("2025-07-17") == (G, "2022-01-05", None, None)
    assert wakefield("2025-07-18") == (G, "2022-01-05", "2025-07-18", G)


@pytest.mark.parametrize("on", ["2025-04-14", "2025-04-15"])
def test_a_report_is_known_from_its_day_on(kg: KnowledgeGraph, on: str) -> None:
    """Camden: reports of 21 June 2022 and 15 April 2025, care leavers apart in the newer one."""
    [row] = kg.ask("latest-grades", authority="Camden", area="care leavers", on=on).rows
    joint = on < "2025-04-15"
    assert row["published"] == ("2022-06-21" if joint else "2025-04-15")
    assert (row["grade"], bool(row["judged_as"])) == (O, joint)


def test_a_day_after_four_councils_came_to_be(kg: KnowledgeGraph) -> None:
    """No council of April 2023 had a report by July of that year: two show their county's grade,
    as Ofsted lists it, and two that came out of one county none.
    """
    rows = kg.ask("latest-grades", on="2023-07-31").rows
    assert len(rows) == 153
    told = {row["authority"]: (row["grade"], row["inspected"]) for row in rows}
    assert told["Cumberland"] == told["Westmorland and Furness"] == ("none on record", None)
    assert told["Somerset"] == (G, "Somerset County Council")
    assert told["North Yorkshire"] == (O, "North Yorkshire County Council")
    rows = kg.ask("latest-grades", on="2000-01-01").rows
    assert {row["grade"] for row in rows} == {"none on record"}


@pytest.mark.parametrize(
    ("day", "councils", "there", "not_there"),
    [
        (
            "2018-12-31",
            152,
            {"Bournemouth", "Poole", "Dorset County", "Northamptonshire"},
            {"Dorset"},
        ),
        (
            "2019-12-31",
            151,
            {"Dorset Council", "Northamptonshire", "Cumbria"},
            {"Bournemouth", "Poole"},
        ),
        ("2021-12-31", 152, {"North Northamptonshire", "Cumbria"}, {"Northamptonshire"}),
        ("2023-12-31", 153, {"Cumberland", "Westmorland and Furness"}, {"Cumbria"}),
    ],
)
def test_an_earlier_day_has_the_authorities_of_that_day(
    kg: KnowledgeGraph, day: str, councils: int, there: set[str], not_there: set[str]
) -> None:
    """As the orders of 2019, 2021 and 2023 reorganised them."""
    names = [str(row["authority"]) for row in kg.ask("latest-grades", on=day).rows]
    assert len(names) == len(set(names)) == councils
    assert there <= set(names)
    assert not not_there & set(names)


def test_what_people_call_safeguarding_and_leadership(kg: KnowledgeGraph) -> None:
    """The subjects of today, not an area of the adoption inspections of 2006."""
    for called, subject in (
        ("safeguarding", "Help and protection"),
        ("leadership and management", "Leadership"),
        ("ILOL", "Leadership"),
        ("care experienced", "Care leavers"),
    ):
        (row,) = kg.ask("latest-grades", authority="Wolves", area=called).rows
        assert (row["authority"], row["subject"]) == ("Wolverhampton", subject)


def test_a_company_that_serves_three_councils(kg: KnowledgeGraph) -> None:
    rows = kg.ask("latest-grades", authority="AfC").rows
    names = [row["authority"] for row in rows]
    assert names == ["Kingston upon Thames", "Richmond upon Thames", "Windsor and Maidenhead"]


def test_authorities_of_one_name_or_several(kg: KnowledgeGraph) -> None:
    rows = kg.ask("latest-grades", authority=["Dudley", "Nottingham"], area="care leavers").rows
    assert [(r["authority"], r["grade"], bool(r["judged_as"]), r["published"]) for r in rows] == [
        ("Dudley", R, True, "2023-01-13"),
        ("Nottingham", R, True, "2022-09-05"),
    ]


@pytest.mark.parametrize("name", ["Oxfordshire", "Barnsley", "Bexley", "Bolton"])
def test_a_framework_that_ended_in_the_year_of_the_next_is_over(
    kg: KnowledgeGraph, name: str
) -> None:
    """Each had its first ILACS in 2018 (release of 2025), which gives no grade for adoption."""
    (row,) = kg.ask("latest-grades", authority=name, area="adoption", on="2018-12-31").rows
    assert row["grade"] == "no longer given"
    assert str(row["last_published"]) < "2018"
    assert str(row["published"])[:4] == "2018"


def test_what_the_newest_inspection_prints_as_not_judged(kg: KnowledgeGraph) -> None:
    """Isles of Scilly, published 27 June 2016: nothing on children looked after was judged."""
    areas = ["care leavers", "adoption", "children in care", "overall"]
    rows = kg.ask("latest-grades", authority="Isles of Scilly", on="2017-01-01", area=areas).rows
    assert {(row["subject"], row["grade"], row["published"]) for row in rows} == {
        ("Care leavers", "not judged", "2016-06-27"),
        ("Adoption", "not judged", "2016-06-27"),
        ("Looked after children", "not judged", "2016-06-27"),
        ("Children's services as a whole", G, "2016-06-27"),
    }
