"""Question `theme-balance`: praise and criticism counted by theme."""

from collections import Counter

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

# Strengths and weaknesses of the 2012 report, counted while reading it.
READ = {
    "private fostering": (2, 1),
    "immunisation": (2, 2),
    "complaints": (9, 0),
    "MARAC and MAPPA": (2, 0),
    "staying put": (0, 2),
    "special guardianship": (4, 0),
    "emergency duty service": (1, 0),
    "young carers": (5, 0),
}


@pytest.fixture(scope="module")
def balance(kg: KnowledgeGraph) -> dict[str, tuple[int, int]]:
    rows = kg.ask("theme-balance", authority="Camden", framework="slac-2009").rows
    counted = {str(r["theme"]): (int(str(r["strengths"])), int(str(r["weaknesses"]))) for r in rows}
    assert len(counted) == len(rows)
    return counted


@pytest.mark.parametrize("theme", list(READ))
def test_counts_of_a_reader(balance: dict[str, tuple[int, int]], theme: str) -> None:
    assert balance[theme] == READ[theme]


def test_management_oversight_is_criticised_far_more_than_praised(
    balance: dict[str, tuple[int, int]],
) -> None:
    # Paragraph 72 praises once, 130 is mixed; 20, 36, 72 thrice, 130 twice criticise.
    strengths, weaknesses = balance["management oversight"]
    assert 2 <= strengths <= 4
    assert 7 <= weaknesses <= 8


def test_agrees_with_findings(kg: KnowledgeGraph, balance: dict[str, tuple[int, int]]) -> None:
    praised: Counter[str] = Counter()
    criticised: Counter[str] = Counter()
    for row in kg.ask("findings", authority="Camden", framework="slac-2009").rows:
        themes = str(row["themes"]).split("; ")
        praised.update(themes if row["polarity"] in ("strength", "mixed") else [])
        criticised.update(themes if row["polarity"] in ("weakness", "mixed") else [])
    assert {theme: (praised[theme], criticised[theme]) for theme in balance} == balance


def test_most_criticised_first(kg: KnowledgeGraph) -> None:
    rows = kg.ask("theme-balance", authority="Camden").rows
    order = [(-int(str(r["weaknesses"])), -int(str(r["strengths"]))) for r in rows]
    assert order == sorted(order)


def test_frameworks_add_up(kg: KnowledgeGraph, balance: dict[str, tuple[int, int]]) -> None:
    def total(**more: str) -> int:
        rows = kg.ask("theme-balance", authority="Camden", **more).rows
        return sum(int(str(r["strengths"])) + int(str(r["weaknesses"])) for r in rows)

    by_hand = ("slac-2009", "annual-rating-2009", "fostering-2006", "adoption-2006")
    frameworks = (*by_hand, "sif-2013", "ilacs-2018", "ilacs-2023")
    assert total() == sum(total(framework=framework) for framework in frameworks)
    # Schools: five praised, one mixed; exclusion, and five other themes once each.
    rows = kg.ask("theme-balance", authority="Camden", framework="annual-rating-2009").rows
    assert all(r["weaknesses"] == 0 for r in rows if r["theme"] != "school quality and attainment")


def test_a_reader_read_no_report_of_kensington_to_the_sentence(kg: KnowledgeGraph) -> None:
    asked = {"authority": "Kensington and Chelsea"}
    assert kg.ask("theme-balance", **asked, made_by="reader").rows == []
    assert kg.ask("theme-balance", **asked, made_by="machine").rows


def test_assessments_in_view_are_those_of_the_makers_asked_for(kg: KnowledgeGraph) -> None:
    """A machine read the reports of 2017, 2022 and 2025; readers what four older ones say."""
    expected = {("machine",): 3, ("reader",): 4, ("reader", "machine"): 7, (): 7}
    for makers, count in expected.items():
        rows = kg.ask("theme-balance", authority="Camden", made_by=list(makers)).rows
        assert {row["assessments"] for row in rows} == {count}, makers


def test_a_group_finds_what_its_members_find(kg: KnowledgeGraph) -> None:
    """Staying put, twice criticised in 2012, is a member of the group of care leavers."""
    rows = kg.ask("theme-balance", authority="Camden", framework="slac-2009").rows
    by_theme = {row["theme"]: row for row in rows}
    for group in ("care leavers", "workforce", "health and well-being"):
        found = kg.ask("findings", authority="Camden", framework="slac-2009", theme=group).rows
        poles = [row["polarity"] for row in found]
        mixed = poles.count("mixed")
        assert by_theme[group]["strengths_with_narrower"] == poles.count("strength") + mixed
        assert by_theme[group]["weaknesses_with_narrower"] == poles.count("weakness") + mixed
    assert int(str(by_theme["care leavers"]["weaknesses_with_narrower"])) >= 2
    assert by_theme["care leavers"]["weaknesses"] == 0


def test_a_machine_counts_what_a_reader_would(kg: KnowledgeGraph) -> None:
    """The report of 2025: paragraph 13 twice on private fostering, page 1 and paragraph 4 on the
    emergency duty team."""
    rows = kg.ask("theme-balance", authority="Camden", framework="ilacs-2023").rows
    found = {row["theme"]: row for row in rows}
    for theme, praise in (("private fostering", 2), ("emergency duty service", 2)):
        row = found[theme]
        assert (row["strengths"], row["weaknesses"]) == (praise, 0)
        assert (row["praised_in"], row["criticised_in"], row["assessments"]) == (1, 0, 1)


def test_no_assessment_counts_twice(kg: KnowledgeGraph) -> None:
    """Reports of 2012, 2017, 2022 and 2025, the letter of 2009, and two that the first retells."""
    for row in kg.ask("theme-balance", authority="Camden").rows:
        assert row["assessments"] == 7
        assert int(str(row["praised_in"])) <= 7
        assert int(str(row["criticised_in"])) <= 7


def test_a_time_narrows_what_is_counted(kg: KnowledgeGraph) -> None:
    asked = {"authority": "Camden", "since": "2022-01-01", "until": "2022-12-31"}
    rows = kg.ask("theme-balance", **asked).rows
    found = {row["theme"]: row for row in rows}
    # Paragraphs 38, 41 and 43 praise supervision, 41 and perhaps 40 find something to mend.
    assert 3 <= int(str(found["supervision"]["strengths"])) <= 4
    assert int(str(found["supervision"]["weaknesses"])) <= 2
    assert {row["assessments"] for row in rows} == {1}


def test_two_values_of_a_parameter_count_nothing_twice(kg: KnowledgeGraph) -> None:
    """Somerset is two councils by one name; two authorities have what each has."""

    def own(**given: str | list[str]) -> dict[str, tuple[int, int]]:
        rows = kg.ask("theme-balance", **given).rows
        for row in rows:
            assert int(str(row["strengths"])) <= int(str(row["strengths_with_narrower"]))
            assert int(str(row["weaknesses"])) <= int(str(row["weaknesses_with_narrower"]))
        return {
            str(r["theme"]): (int(str(r["strengths"])), int(str(r["weaknesses"]))) for r in rows
        }

    assert own(authority="Somerset")
    leeds, kent = own(authority="Leeds"), own(authority="Kent")
    both = own(authority=["Leeds", "Kent"])
    none = (0, 0)
    for theme, (praised, criticised) in both.items():
        pairs = [leeds.get(theme, none), kent.get(theme, none)]
        assert (praised, criticised) == (sum(p for p, _ in pairs), sum(c for _, c in pairs))
    assert own(authority="Leeds", made_by=["reader", "machine"]) == leeds


@pytest.mark.parametrize(
    ("authority", "grade", "made_by"),
    [
        ("Birmingham", "Inadequate", "machine"),
        ("Camden", "Outstanding", "machine"),
        ("Camden", "Good", "reader"),
    ],
)
def test_a_grade_is_that_of_the_section(
    kg: KnowledgeGraph, authority: str, grade: str, made_by: str
) -> None:
    """Counted again from the findings of each section and the grades of the sections."""
    graded = {
        (row["published"], row["area"])
        for row in kg.ask("judgements", authority=authority).rows
        if row["grade"] == grade
    }
    praised: Counter[str] = Counter()
    criticised: Counter[str] = Counter()
    seen = set()
    for row in kg.ask("findings", authority=authority, made_by=made_by).rows:
        if (row["published"], row["area"]) in graded and row["made_by"] == made_by:
            seen.add(row["published"])
            themes = str(row["themes"]).split("; ") if row["themes"] else []
            praised.update(themes if row["polarity"] in ("strength", "mixed") else [])
            criticised.update(themes if row["polarity"] in ("weakness", "mixed") else [])
    rows = kg.ask("theme-balance", authority=authority, grade=grade, made_by=made_by).rows
    told = {str(r["theme"]): (r["strengths"], r["weaknesses"]) for r in rows}
    assert sum(criticised.values()) > 20
    assert {theme: (praised[theme], criticised[theme]) for theme in told} == told
    assert set(praised) | set(criticised) <= set(told)
    assert {r["assessments"] for r in rows} == {len(seen)}


def test_a_grade_narrows_across_the_country(kg: KnowledgeGraph) -> None:
    """What it counts is bounded by what the question of sections counts."""
    [row] = [
        row
        for row in kg.ask("theme-balance", grade="inadequate", framework="sif-2013").rows
        if row["theme"] == "management oversight"
    ]
    [twin] = [
        row
        for row in kg.ask("what-distinguishes", framework="sif-2013").rows
        if row["theme"] == "management oversight"
    ]
    # A section is criticised once; a report has several sections, and more findings than that.
    reports, sections, findings = (
        int(str(count))
        for count in (
            row["criticised_in"],
            twin["criticised_in"],
            row["weaknesses_with_narrower"],
        )
    )
    assert 0 < reports <= sections <= findings
    assert int(str(row["assessments"])) <= int(str(twin["of"]))
