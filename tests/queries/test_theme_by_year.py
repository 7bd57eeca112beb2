"""Question `theme-by-year`: a theme's praise and criticism over the years."""

from ofsted_kg.knowledge_graph import KnowledgeGraph


def test_years_of_one_authority(kg: KnowledgeGraph) -> None:
    """Read in the reports of Camden for the word supervision.

    2012: eight sentences praise, one of them in part, and two criticise. 2025: one sentence that
    does both. The letter of 2009 says nothing of it.
    """
    rows = kg.ask("theme-by-year", theme="supervision", authority="Camden").rows
    found = {row["year"]: row for row in rows}
    assert list(found) == ["2009", "2012", "2017", "2022", "2025"]
    assert [row["reports"] for row in rows] == [1] * 5
    assert (found["2009"]["strengths"], found["2009"]["weaknesses"]) == (0, 0)
    assert (found["2012"]["strengths"], found["2012"]["weaknesses"]) == (8, 2)
    assert (found["2025"]["strengths"], found["2025"]["weaknesses"]) == (1, 1)
    assert (found["2025"]["praised_in"], found["2025"]["criticised_in"]) == (1, 1)


def test_each_report_stands_in_one_year(kg: KnowledgeGraph) -> None:
    """474 reports of councils were judged, and five documents were read by hand."""
    rows = kg.ask("theme-by-year", theme="supervision").rows
    assert [row["year"] for row in rows] == sorted({str(row["year"]) for row in rows})
    assert sum(int(str(row["reports"])) for row in rows) == 474 + 2
    for row in rows:
        assert int(str(row["praised_in"])) <= int(str(row["reports"]))
        assert int(str(row["criticised_in"])) <= int(str(row["reports"]))


def test_a_narrower_theme_finds_no_more(kg: KnowledgeGraph) -> None:
    of_group = kg.ask("theme-by-year", theme="permanence", region="London").rows
    of_member = kg.ask("theme-by-year", theme="adoption", region="London").rows
    assert [row["year"] for row in of_group] == [row["year"] for row in of_member]
    for group, member in zip(of_group, of_member, strict=True):
        assert int(str(group["strengths"])) >= int(str(member["strengths"]))
