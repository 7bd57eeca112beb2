"""Question `claims`: what three secondary pages say, judged against the official record.

The verdicts are those of a reader with the letter of 9 December 2009 and the single
inspection reports of 24 November 2017 (Camden) and 29 March 2016 (Kensington and Chelsea).
"""

from typing import Any, TypeAlias

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

NEWS = "Camden Council news page 2010, "
PAGE = "Third-party news page on Camden 2017, "
LEADER = "Kensington and Chelsea leader's page 2016, "

Read: TypeAlias = tuple[str, str | None, str, str | None]

# Place, words claimed (a part of them; None where no grade is claimed), verdict, and a word
# of the official record where there is one to show.
CAMDEN_2010: list[Read] = [
    # The band was performs excellently: the headline's word is none of that scale.
    ("title", "outstanding", "differs", "Performs excellently"),
    # Ten councils in all, nine others: no document counts them.
    ("paragraph 1 (counted)", "one of only ten", "unsupported", None),
    ("paragraph 1 (counted)", "performing excellently", "agrees", "Performs excellently"),
    # That inspectors examined the service and wrote a report: the letter tells of a profile
    # with findings from inspections in it; no such report is on record, none is ruled out.
    ("paragraph 1 (counted)", None, "unsupported", None),
    # 4 is the highest of four points.
    ("paragraph 1 (counted)", "highest possible rating", "agrees", "Performs excellently"),
    ("paragraph 2 (counted)", None, "unsupported", None),
    # Two claims: an inspection behind the word, and a place in a later report.
    ("paragraph 3 (counted)", "Outstanding", "differs", "Performs excellently"),
    ("paragraph 3 (counted)", None, "unsupported", None),
    ("paragraph 4 (counted)", "excellent", "unsupported", None),
    # Early years, and education after them.
    ("paragraph 4 (counted)", None, "unsupported", None),
    ("paragraph 4 (counted)", None, "unsupported", None),
    # Management, and the involvement of families.
    ("paragraph 4 (counted)", None, "unsupported", None),
    ("paragraph 4 (counted)", None, "unsupported", None),
    ("paragraph 5 (counted)", None, "unsupported", None),
    ("list after paragraph 5 (counted)", None, "unsupported", None),
    ("list after paragraph 5 (counted)", None, "unsupported", None),
    ("list after paragraph 5 (counted)", None, "unsupported", None),
    # The rating of 2010, still to come.
    ("paragraph 12 (counted)", None, "unsupported", None),
]

CAMDEN_2017: list[Read] = [
    ("title", "outstanding", "agrees", "Leadership, management and governance: Outstanding"),
    ("paragraph 1 (counted)", "good", "agrees", "Overall judgement of children's services: Good"),
    (
        "paragraph 2 (counted)",
        "outstanding",
        "agrees",
        "Leadership, management and governance: Outstanding",
    ),
    ("paragraph 2 (counted)", "outstanding", "agrees", "Adoption performance: Outstanding"),
    ("paragraph 2 (counted)", "good", "agrees", "Children who need help and protection: Good"),
    (
        "paragraph 2 (counted)",
        "good",
        "agrees",
        "Children looked after and achieving permanence: Good",
    ),
    ("paragraph 2 (counted)", "good", "agrees", "Experiences and progress of care leavers: Good"),
    # Leaders, partnerships; two claims on the workplace and the model, one on development.
    ("paragraph 3 (counted)", None, "agrees", "report 2017, page 2"),
    ("paragraph 3 (counted)", None, "agrees", "report 2017, page 2"),
    ("paragraph 4 (counted)", None, "agrees", "report 2017, page 2"),
    ("paragraph 4 (counted)", None, "agrees", "report 2017, page 2"),
    ("paragraph 4 (counted)", None, "agrees", "report 2017, page 2"),
    # Caseloads; supervision, of which the report says that it is in groups.
    ("paragraph 5 (counted)", None, "agrees", "report 2017, page 2"),
    ("paragraph 5 (counted)", None, "agrees", "report 2017, page 2"),
    # Early help; thresholds and hub; what the hub opens.
    ("paragraph 6 (counted)", None, "agrees", "report 2017, page 2"),
    ("paragraph 6 (counted)", None, "agrees", "report 2017, page 2"),
    ("paragraph 6 (counted)", None, "agrees", "report 2017, page 2"),
    # Exploitation, which the report says only of children who go missing too; intelligence.
    ("paragraph 7 (counted)", None, "partial", "report 2017, page 3"),
    ("paragraph 7 (counted)", None, "agrees", "report 2017, page 3"),
    ("paragraph 8 (counted)", "outstanding", "agrees", "Adoption performance: Outstanding"),
    # Placements in which carers foster first.
    ("paragraph 8 (counted)", None, "agrees", "report 2017, page 3"),
    ("paragraph 8 (counted)", "good", "agrees", "Experiences and progress of care leavers: Good"),
    # Accommodation; staff valued; independence; learning and work; university; then audits.
    ("paragraph 8 (counted)", None, "agrees", "report 2017, page 3"),
    ("paragraph 8 (counted)", None, "agrees", "report 2017, page 3"),
    ("paragraph 8 (counted)", None, "agrees", "report 2017, page 3"),
    ("paragraph 8 (counted)", None, "agrees", "report 2017, page 3"),
    ("paragraph 8 (counted)", None, "agrees", "report 2017, page 3"),
    ("paragraph 9 (counted)", None, "agrees", "report 2017, page 3"),
    # Recommendations 2, 3 and 8, all on page 7 of the report.
    ("paragraph 10 (counted)", None, "agrees", "page 7"),
    ("paragraph 10 (counted)", None, "agrees", "page 7"),
    ("paragraph 11 (counted)", None, "agrees", "page 7"),
]

CHELSEA_2016: list[Read] = [
    ("title", "Outstanding", "agrees", "Overall judgement of children's services: Outstanding"),
    # The report says one of the best places, nowhere the very best services.
    ("paragraph 1 (counted)", "very best in the country", "unsupported", None),
    # It began in January and ended on 4 February.
    ("paragraph 1 (counted)", None, "partial", "report 2016, page 1"),
    (
        "paragraph 6 (counted)",
        "Outstanding",
        "agrees",
        "Overall judgement of children's services: Outstanding",
    ),
    # The report's first sentence (page 2) gives these three reasons: resources, leadership,
    # workforce.
    ("paragraph 6 (counted)", None, "agrees", "report 2016, page 2"),
    ("paragraph 6 (counted)", None, "agrees", "report 2016, page 2"),
    ("paragraph 6 (counted)", None, "agrees", "report 2016, page 2"),
    # 75%, well above the national average; 76% in one placement for two years; 78 of all 112,
    # not of those in stable placements, with foster families; carers praised in the same words.
    ("paragraph 6 (counted)", None, "agrees", "report 2016, page 3"),
    ("paragraph 6 (counted)", None, "agrees", "report 2016, page 3"),
    ("paragraph 6 (counted)", None, "agrees", "report 2016, page 24"),
    ("paragraph 6 (counted)", None, "partial", "report 2016, page 8"),
    # All, where paragraph 48 of the report says almost all.
    ("paragraph 6 (counted)", None, "partial", "report 2016, page 21"),
    ("paragraph 6 (counted)", None, "agrees", "report 2016, page 2"),
    # Printed on page 8 of the report, in the summary for children.
    ("paragraph 8 (counted)", None, "agrees", None),
]

EXPECTED = {NEWS: CAMDEN_2010, PAGE: CAMDEN_2017, LEADER: CHELSEA_2016}


@pytest.fixture(scope="module")
def claims(kg: KnowledgeGraph) -> dict[str, list[dict[str, Any]]]:
    rows = [dict(row) for row in kg.ask("claims").rows]
    return {page: [r for r in rows if str(r["source"]).startswith(page)] for page in EXPECTED}


@pytest.mark.parametrize("page", EXPECTED)
def test_every_claim_in_the_order_of_its_page(
    claims: dict[str, list[dict[str, Any]]], page: str
) -> None:
    places = [str(row["source"]).removeprefix(page) for row in claims[page]]
    assert places == [place for place, *_ in EXPECTED[page]]


@pytest.mark.parametrize("page", EXPECTED)
def test_each_claim_is_in_the_words_of_its_page(
    claims: dict[str, list[dict[str, Any]]], page: str
) -> None:
    for row, (_, words, *_) in zip(claims[page], EXPECTED[page], strict=True):
        if words is None:
            assert row["claimed"] is None
        else:
            assert words in row["claimed"]
        assert row["claim"]


@pytest.mark.parametrize(
    ("page", "number"), [(page, n) for page, rows in EXPECTED.items() for n in range(len(rows))]
)
def test_each_claim_has_the_verdict_of_a_reader(
    claims: dict[str, list[dict[str, Any]]], page: str, number: int
) -> None:
    row = claims[page][number]
    assert row["verdict"] == EXPECTED[page][number][2], row["claim"]


@pytest.mark.parametrize(
    ("page", "number"),
    [(page, n) for page, rows in EXPECTED.items() for n, row in enumerate(rows) if row[3]],
)
def test_each_claim_stands_beside_the_official_record(
    claims: dict[str, list[dict[str, Any]]], page: str, number: int
) -> None:
    assert str(EXPECTED[page][number][3]) in str(claims[page][number]["official"])


@pytest.mark.parametrize("page", EXPECTED)
def test_claims_praise_but_for_a_few(claims: dict[str, list[dict[str, Any]]], page: str) -> None:
    """Neutral: dates, reports, a rating to come, and what the report recommends."""
    others = {
        NEWS: ["neutral"] * 2,
        PAGE: ["weakness"] + ["neutral"] * 3,
        LEADER: ["neutral"],
    }
    found = [row["polarity"] for row in claims[page]]
    assert [polarity for polarity in found if polarity != "strength"] == others[page]


def test_claims_have_themes(claims: dict[str, list[dict[str, Any]]]) -> None:
    themes = [str(row["themes"]) for row in claims[PAGE] if "paragraph 5" in str(row["source"])]
    assert themes == ["caseloads", "supervision"]


def test_titles_and_dates_of_the_pages(claims: dict[str, list[dict[str, Any]]]) -> None:
    """None prints a date; the council's page looks ahead to the rating of 2010."""
    found = {page: {(r["document"], r["published"]) for r in rows} for page, rows in claims.items()}
    assert found == {
        NEWS: {("Camden children’s services rated outstanding by Ofsted", "2010")},
        PAGE: {("Leadership at Camden is judged as outstanding by Ofsted", None)},
        LEADER: {("Our Children’s Services judged to be Outstanding", None)},
    }


def test_authority_and_verdict_pick_their_rows(kg: KnowledgeGraph) -> None:
    differing = kg.ask("claims", authority="Camden", verdict="differs").rows
    assert {str(row["claimed"]).casefold() for row in differing if row["claimed"]} == {
        "rated outstanding",
        "outstanding",
    }
    assert kg.ask("claims", authority="Kensington and Chelsea", verdict="differs").rows == []
    both = kg.ask("claims", authority="Camden", verdict=["differs", "unsupported"]).rows
    assert {row["verdict"] for row in both} == {"differs", "unsupported"}
