"""Questions `recommendations` and `recurring-themes`: the two lists of the 2012 report."""

from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

SAFEGUARDING = "safeguarding services"
LOOKED_AFTER = "services for looked after children"
COUNCIL = "Camden"
NHS = "NHS North Central London"

# Published 10 April 2012: at once, three months later, six months later.
NOW = ("immediately", "2012-04-10")
THREE = ("within three months", "2012-07-10")
SIX = ("within six months", "2012-10-10")

# Service, number in its list, timescale and due day, addressee, paragraph, a theme it must have.
READ = [
    (SAFEGUARDING, 1, NOW, COUNCIL, 23, "contacts and referrals"),
    (SAFEGUARDING, 2, NOW, COUNCIL, 23, "contacts and referrals"),
    (SAFEGUARDING, 3, THREE, COUNCIL, 23, "updating of assessments"),
    (SAFEGUARDING, 4, THREE, COUNCIL, 23, "management oversight"),
    (SAFEGUARDING, 5, THREE, COUNCIL, 23, "child protection plans"),
    (SAFEGUARDING, 6, THREE, NHS, 23, "safeguarding in health services"),
    (SAFEGUARDING, 7, SIX, COUNCIL, 23, "performance information"),
    (SAFEGUARDING, 8, SIX, COUNCIL, 23, "early help assessment"),
    (LOOKED_AFTER, 1, THREE, COUNCIL, 85, "education of looked after children"),
    (LOOKED_AFTER, 2, THREE, COUNCIL, 85, "updating of assessments"),
    (LOOKED_AFTER, 3, THREE, COUNCIL, 85, "care planning"),
    (LOOKED_AFTER, 4, THREE, NHS, 85, "designated and named health professionals"),
    (LOOKED_AFTER, 5, SIX, COUNCIL, 85, "personal education plans"),
    (LOOKED_AFTER, 6, SIX, COUNCIL, 85, "staying put"),
    (LOOKED_AFTER, 7, SIX, COUNCIL, 85, "care leavers' accommodation"),
    (LOOKED_AFTER, 8, SIX, COUNCIL, 85, "placement sufficiency"),
]

# Words that our own wording of each cannot do without.
ABOUT = [
    ("duty and assessment", "history"),
    ("allocated", "social workers"),
    ("core assessments", "risk"),
    ("oversight", "child"),
    ("child in need plans", "contingenc"),
    ("flag", "GPs"),
    ("qualitative", "contacts and referrals"),
    ("common assessment framework", "evaluated"),
    ("Key Stage 4", "care"),
    ("assess", "care planning"),
    ("care plans", "contingenc"),
    ("designated doctor", "designated nurse"),
    ("education plans", "schools"),
    ("16", "stay"),
    ("care leavers", "choice"),
    ("sufficiency duty", "teenagers"),
]


def _plain(label: str) -> str:
    return label.casefold().replace("-", " ").replace("’", "'")


@pytest.fixture(scope="module")
def rows(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    answer = kg.ask("recommendations", authority="Camden", framework="slac-2009")
    return [dict(row) for row in answer.rows]


def test_sixteen_in_the_order_of_the_report(rows: list[dict[str, Any]]) -> None:
    assert [(r["service"], r["number"]) for r in rows] == [(e[0], e[1]) for e in READ]
    assert {r["authority"] for r in rows} == {"Camden"}
    assert {r["published"] for r in rows} == {"2012-04-10"}
    assert {r["framework"] for r in rows} == {
        "Inspection of safeguarding and looked after children services"
    }


def test_timescales_and_the_days_that_follow_from_them(rows: list[dict[str, Any]]) -> None:
    assert [(_plain(r["timescale"]), r["due_by"]) for r in rows] == [e[2] for e in READ]


def test_who_is_to_act(rows: list[dict[str, Any]]) -> None:
    """The lead-ins address the council and its partners; two items name an NHS body instead."""
    for row, expected in zip(rows, READ, strict=True):
        addressees = row["addressed_to"].split("; ")
        assert expected[3] in addressees
        assert (NHS in addressees) == (expected[3] == NHS)


def test_paragraph_to_cite(rows: list[dict[str, Any]]) -> None:
    assert [r["source"] for r in rows] == [
        f"Camden inspection report 2012, paragraph {e[4]}" for e in READ
    ]


@pytest.mark.parametrize("number", range(16))
def test_wording_says_what_is_asked(rows: list[dict[str, Any]], number: int) -> None:
    wording = rows[number]["recommendation"]
    assert wording
    for word in ABOUT[number]:
        assert word.casefold() in wording.casefold()


@pytest.mark.parametrize("number", range(16))
def test_theme_of_each(rows: list[dict[str, Any]], number: int) -> None:
    themes = [_plain(theme) for theme in rows[number]["themes"].split("; ")]
    assert READ[number][5] in themes


@pytest.mark.parametrize(
    ("timescale", "expected"),
    [("Immediately", 2), ("within three months", 8), ("Within six months", 6)],
)
def test_a_timescale_picks_its_items(kg: KnowledgeGraph, timescale: str, expected: int) -> None:
    answer = kg.ask(
        "recommendations", authority="Camden", framework="slac-2009", timescale=timescale
    )
    assert len(answer.rows) == expected


def test_an_addressee_picks_its_items(kg: KnowledgeGraph) -> None:
    rows = kg.ask("recommendations", addressed_to=NHS).rows
    assert [(row["service"], row["number"]) for row in rows] == [
        (SAFEGUARDING, 6),
        (LOOKED_AFTER, 4),
    ]


def test_a_theme_includes_its_narrower_themes(kg: KnowledgeGraph) -> None:
    """Planning for children takes in child protection plans and care plans."""
    rows = kg.ask(
        "recommendations",
        authority="Camden",
        framework="slac-2009",
        theme="planning for children",
    ).rows
    numbers = {(row["service"], row["number"]) for row in rows}
    assert {(SAFEGUARDING, 5), (LOOKED_AFTER, 3)} <= numbers
    assert (SAFEGUARDING, 8) not in numbers


def test_what_recurs_in_2012(kg: KnowledgeGraph) -> None:
    """Assessments that are out of date stand in both lists of one report: one assessment."""
    rows = kg.ask("recurring-themes", authority="Camden").rows
    by_theme = {_plain(str(row["theme"])): row for row in rows}
    updated = by_theme["updating of assessments"]
    assert updated["first"] == "2012-04-10"
    assert int(str(updated["recommendations"])) >= 2
    assert by_theme["staying put"]["first"] == "2012-04-10"
    assert {theme for *_, theme in READ} <= set(by_theme)


def test_recurrence_is_counted_by_assessment(kg: KnowledgeGraph) -> None:
    rows = kg.ask("recurring-themes", authority="Camden").rows
    assert rows
    for row in rows:
        assert 1 <= int(str(row["assessments"])) <= int(str(row["recommendations"]))
        assert (row["first"] == row["last"]) == (row["assessments"] == 1)
        assert str(row["first"]) <= str(row["last"])
    counts = [(-int(str(r["assessments"])), -int(str(r["recommendations"]))) for r in rows]
    assert counts == sorted(counts)


# The single inspection and the review of the board, two assessments in one report of one day.
@pytest.mark.parametrize(
    ("authority", "theme", "days"),
    [
        ("Tameside", "performance information", ["2016-12-09"]),
        # Two for the council and two for its board in one report, and one in the next.
        ("Bristol, City of", "return home interviews", ["2014-12-05", "2018-10-22"]),
    ],
)
def test_one_report_is_one_assessment(
    kg: KnowledgeGraph, authority: str, theme: str, days: list[str]
) -> None:
    rows = {row["theme"]: row for row in kg.ask("recurring-themes", authority=authority).rows}
    row = rows[theme]
    assert (row["assessments"], row["first"], row["last"]) == (len(days), days[0], days[-1])
    assert int(str(row["recommendations"])) > len(days)
