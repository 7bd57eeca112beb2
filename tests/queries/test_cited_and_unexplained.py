"""Questions `cited-assessments` and `unexplained-judgements`."""

from ofsted_kg.knowledge_graph import KnowledgeGraph

LETTER = "Camden annual rating letter 2009, paragraph 6 (counted)"
REPORT = "Camden inspection report 2012, paragraph "
FOSTERING = "Inspection of a local authority fostering service"
ADOPTION = "Inspection of a local authority adoption service"

# Year or month, kind, area, grade, place: what the letter and the report say of others' results.
CITED = {
    (
        "2008",
        "Joint area review",
        "Services for safeguarding and looked after children",
        "Outstanding",
        LETTER,
    ),
    ("2008", FOSTERING, "Fostering service overall", "Outstanding", LETTER),
    ("2008", FOSTERING, "Fostering service overall", "Outstanding", f"{REPORT}94"),
    ("2008", FOSTERING, "Safeguarding in the fostering service", "Outstanding", f"{REPORT}30"),
    ("2011", ADOPTION, "Adoption service overall", "Good", f"{REPORT}94"),
    ("2011", ADOPTION, "Safeguarding in the adoption service", "Good", f"{REPORT}30"),
    (
        "2010-11",
        "Unannounced inspection of contact, referral and assessment arrangements",
        None,
        None,
        f"{REPORT}2",
    ),
    # Cited as evidence, without a grade; only the visit and the review under way have a time.
    (None, "serious case review", None, None, f"{REPORT}2"),
    (None, "inspections of institutions", None, None, f"{REPORT}30"),
    (None, "audit", None, None, f"{REPORT}46"),
    ("2011", "improvement visit", None, None, f"{REPORT}47"),
    (None, "review of an incident", None, None, f"{REPORT}70"),
    (None, "survey", None, None, f"{REPORT}94"),
    (None, "evaluation", None, None, f"{REPORT}113"),
    (
        None,
        "assessment of the council as a whole",
        None,
        None,
        "Camden annual rating letter 2009, paragraph 8 (counted)",
    ),
}


def test_assessments_that_camdens_documents_cite(kg: KnowledgeGraph) -> None:
    rows = kg.ask("cited-assessments", authority="Camden").rows
    seed = ("Camden annual rating letter 2009", "Camden inspection report 2012")
    found = [
        (row["assessed"], row["kind"], row["area"], row["grade"], row["source"])
        for row in rows
        if str(row["source"]).startswith(seed)
    ]
    assert set(found) == CITED
    assert len(found) == len(CITED)


def test_an_undated_inspection_says_that_its_year_is_inferred(kg: KnowledgeGraph) -> None:
    rows = kg.ask("cited-assessments", authority="Camden").rows
    noted = {(r["area"], r["source"]) for r in rows if "2008" in str(r["assessed"]) and r["note"]}
    assert noted == {
        ("Fostering service overall", LETTER),
        ("Safeguarding in the fostering service", f"{REPORT}30"),
    }


def test_titles_of_the_citing_documents(kg: KnowledgeGraph) -> None:
    titles = {
        "Camden annual rating letter 2009": "Children's services annual rating",
        "Camden inspection report 2012": "Inspection of safeguarding and looked after",
    }
    rows = kg.ask("cited-assessments", authority="Camden").rows
    for source, title in titles.items():
        citing = [str(r["cited_in"]) for r in rows if str(r["source"]).startswith(source)]
        assert citing
        assert all(cited_in.startswith(title) for cited_in in citing)


def test_no_document_cites_its_own_assessment(kg: KnowledgeGraph) -> None:
    kinds = {row["kind"] for row in kg.ask("cited-assessments", authority="Camden").rows}
    assert "Inspection of safeguarding and looked after children services" not in kinds
    assert "Annual rating of children's services" not in kinds


def test_equality_and_diversity_is_graded_twice_without_a_section(kg: KnowledgeGraph) -> None:
    rows = kg.ask("unexplained-judgements", authority="Camden").rows
    of_2012 = [row for row in rows if row["published"] == "2012-04-10"]
    assert [str(row["area"]).split(" in ")[0] for row in of_2012] == ["Equality and diversity"] * 2
    assert "safeguarding" in str(of_2012[0]["area"])
    assert "looked after" in str(of_2012[1]["area"])
    assert {row["grade"] for row in of_2012} == {"Good"}


def test_the_rating_of_2009_is_explained(kg: KnowledgeGraph) -> None:
    """Two paragraphs of the letter give reasons for it."""
    rows = kg.ask("unexplained-judgements", authority="Camden").rows
    assert "2009-12-09" not in {row["published"] for row in rows}
