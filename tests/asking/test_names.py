"""What a parameter takes as a name: spellings, codes, IRIs, and words that people use."""

import pytest

from ofsted_kg.cli import main
from ofsted_kg.errors import NotFoundError, OfstedKgError
from ofsted_kg.knowledge_graph import KnowledgeGraph

GATESHEAD = "Gateshead"
ENDED = "Dorset County Council (until 31 March 2019) and Dorset Council"
# In Ofsted's eight regions of 2023: twelve authorities of the North East and fifteen of Yorkshire.
BOTH_REGIONS = 27


def asked(kg: KnowledgeGraph, authority: str) -> set[object]:
    return {row["authority"] for row in kg.ask("grade-history", authority=authority).rows}


@pytest.mark.parametrize(
    "written",
    [
        "Gateshead MBC",
        "gateshead",
        "E08000020",
        "E08000037",
        "e08000037",
        "390",
        "80469",
        "GAT",
        "http://statistics.data.gov.uk/id/statistical-geography/E08000020",
        "https://statistics.data.gov.uk/id/statistical-geography/E08000020/",
        "https://w3id.org/ofsted-kg/id/authority/GAT",
        "https://w3id.org/ofsted-kg/id/geography/E08000020",
    ],
)
def test_names_codes_and_iris_old_and_new(kg: KnowledgeGraph, written: str) -> None:
    assert asked(kg, written) == {GATESHEAD}


@pytest.mark.parametrize(
    "written",
    [
        "Dorset CC",
        "Q5298839",
        "http://www.wikidata.org/entity/Q5298839",
        "https://www.wikidata.org/wiki/Q5298839",
        "https://www.planning.data.gov.uk/entity/110",
        "local-authority:DOR",
        "local-authority-eng:DOR",
        "http://opendatacommunities.org/id/county-council/dorset",
    ],
)
def test_an_abolished_authority(kg: KnowledgeGraph, written: str) -> None:
    assert asked(kg, written) == {"Dorset County"}
    assert "Dorset County Council" in {row["value"] for row in kg.show(written).rows}


@pytest.mark.parametrize("written", ["dorset", "Dorset", "DORSET"])
def test_a_name_of_two_bodies_asks_about_both_and_says_so(
    kg: KnowledgeGraph, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = kg.ask("grade-history", authority=written)
    assert {row["authority"] for row in answer.rows} == {"Dorset County", "Dorset Council"}
    assert answer.notes == (f"{written}: two bodies bear this name: {ENDED}",)
    assert kg.show(written).notes == answer.notes
    assert main(["ask", "grade-history", "--authority", written]) == 0
    printed = capsys.readouterr()
    assert printed.err.splitlines()[0] == f"ofsted-kg: {answer.notes[0]}"
    assert "bodies" not in printed.out


def test_a_code_of_two_bodies(kg: KnowledgeGraph) -> None:
    (note,) = kg.ask("grade-history", authority="80555").notes
    assert note == (
        "80555: two bodies bear this code: "
        "Somerset County Council (until 31 March 2023) and Somerset Council"
    )


def test_a_name_of_one_body_needs_no_note(kg: KnowledgeGraph) -> None:
    assert kg.ask("judgements", authority=["Camden", "Hull"]).notes == ()


@pytest.mark.parametrize(
    ("written", "first"),
    [("Camdem", "Camden"), ("Bath", "Bath and North East Somerset"), ("London", "City of London")],
)
def test_the_right_one_is_suggested_first(kg: KnowledgeGraph, written: str, first: str) -> None:
    with pytest.raises(OfstedKgError, match=f"did you mean {first}[;?]"):
        asked(kg, written)


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("West Cheshire", "Cheshire West and Chester"),
        ("RBK", "Kingston upon Thames"),
        ("Nottm", "Nottingham"),
        ("Nottm City Council", "Nottingham"),
    ],
)
def test_short_names_that_people_use(kg: KnowledgeGraph, written: str, whole: str) -> None:
    assert asked(kg, written) == {whole}


def test_what_is_no_authority_is_told_by_what_it_is(kg: KnowledgeGraph) -> None:
    with pytest.raises(OfstedKgError, match=r"called “London” \(The region of 33 authorities"):
        asked(kg, "London")


def test_a_short_name_with_which_others_begin_says_so(kg: KnowledgeGraph) -> None:
    (note,) = kg.ask("grade-history", authority="Kingston").notes
    assert note == (
        "Kingston: taken for Royal Borough of Kingston upon Thames;"
        " other names begin so too: Hull City Council"
    )
    assert kg.ask("grade-history", authority="Durham").notes == ()


@pytest.mark.parametrize("written", ["PEP", "PEPs", "personal education plan"])
def test_a_theme_in_the_plural_is_the_same(kg: KnowledgeGraph, written: str) -> None:
    whole = kg.ask("recommendations", theme="personal education plans")
    assert len(whole.rows) > 1
    assert kg.ask("recommendations", theme=written) == whole


def test_letters_that_are_short_for_many_are_told(kg: KnowledgeGraph) -> None:
    with pytest.raises(OfstedKgError, match="“PCC” is short for Plymouth; Portsmouth; Peterbor"):
        asked(kg, "PCC")


def test_a_code_that_is_short_for_others_says_so(kg: KnowledgeGraph) -> None:
    answer = kg.ask("grade-history", authority="LBH")
    assert {row["authority"] for row in answer.rows} == {"Lambeth"}
    (note,) = answer.notes
    assert note.startswith("LBH: the code of London Borough of Lambeth; it is also short for")
    assert "London Borough of Hackney" in note
    assert kg.ask("grade-history", authority="CMD").notes == ()


def test_what_is_like_nothing_brings_no_list(kg: KnowledgeGraph) -> None:
    with pytest.raises(OfstedKgError, match=r"called “qqqq”, nor anything like it$"):
        asked(kg, "qqqq")


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("Y&H", "Yorkshire and The Humber"),
        ("Yorkshire", "Yorkshire and The Humber"),
        ("SE", "South East"),
        ("NW", "North West"),
        ("East", "East of England"),
        ("west mids", "West Midlands"),
    ],
)
def test_regions_by_short_names(kg: KnowledgeGraph, written: str, region: str) -> None:
    assert {row["region"] for row in kg.ask("last-inspected", region=written).rows} == {region}


def test_regions_by_ofsteds_names(kg: KnowledgeGraph) -> None:
    rows = kg.ask("latest-grades", region="North East, Yorkshire and The Humber").rows
    assert {row["region"] for row in rows} == {"North East", "Yorkshire and The Humber"}
    assert len({row["authority"] for row in rows}) == BOTH_REGIONS
    assert {row["region"] for row in kg.ask("latest-grades", region="North East").rows} == {
        "North East"
    }


@pytest.mark.parametrize(
    ("question", "parameter", "short", "whole"),
    [
        ("latest-grades", "authority_type", "Shire County", "County (two-tier)"),
        ("latest-grades", "authority_type", "Unitary", "Unitary authority"),
        ("latest-grades", "authority_type", "LB", "London borough"),
        ("latest-grades", "authority_type", "CC", "County (two-tier)"),
        ("latest-grades", "area", "LAC", "Looked after children"),
        ("latest-grades", "area", "CLA", "Looked after children"),
        ("latest-grades", "area", "OE", "Children's services as a whole"),
        ("latest-grades", "area", "CIN", "Help and protection"),
        ("latest-grades", "area", "CL", "Care leavers"),
        ("judgements", "area", "CL", "Care leavers"),
        ("time-to-improve", "from_grade", "I", "Inadequate"),
        ("findings", "theme", "SEND", "special educational needs and EHC plans"),
        ("findings", "theme", "EHCP", "special educational needs and EHC plans"),
        ("findings", "theme", "SDQ", "emotional and mental health"),
        ("findings", "theme", "LAC", "looked after children"),
        ("findings", "theme", "DV", "domestic abuse"),
        ("organisations", "role", "DCS", "director of children's services"),
        ("organisations", "role", "lead member", "cabinet member"),
        ("judgements", "service", "CAMHS", "child and adolescent mental health services"),
    ],
)
def test_words_that_people_use(
    kg: KnowledgeGraph, question: str, parameter: str, short: str, whole: str
) -> None:
    named = [o for o in kg.options(question, parameter) if o.name in (short, whole)]
    assert {o.name for o in named} == {short, whole}
    terms = {name: {o.term for o in named if o.name == name} for name in (short, whole)}
    assert terms[short] == terms[whole]
    assert kg.ask(question, **{parameter: short}) == kg.ask(question, **{parameter: whole})


@pytest.mark.parametrize("name", ["Leadership and management", "Care leavers", "Adoption"])
def test_case_changes_no_area(kg: KnowledgeGraph, name: str) -> None:
    """Some of these are an area's name in just this case, and a name of others in small letters."""
    asked = [kg.ask("judgements", authority="Camden", area=a).rows for a in (name, name.lower())]
    assert asked[0] == asked[1] != []


def test_show_says_what_letters_are_short_for(kg: KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError, match=r"short for .*Norfolk County Council"):
        kg.show("NCC")


BOURNEMOUTH = (
    "Bournemouth: abolished, last day 2019-03-31; succeeded by Bournemouth, Christchurch and Poole"
)
CUMBRIA = (
    "Cumbria: abolished, last day 2023-03-31; succeeded by Cumberland and Westmorland and Furness"
)


@pytest.mark.parametrize("question", ["compare-authorities", "inspections", "grade-history"])
def test_rows_of_a_body_that_ended_say_so(kg: KnowledgeGraph, question: str) -> None:
    assert BOURNEMOUTH in kg.ask(question, authority="Bournemouth").notes
    assert CUMBRIA in kg.ask(question, authority="Cumbria").notes
    assert kg.ask(question, authority="Camden").notes == ()


def test_a_body_is_not_called_abolished_before_its_end(kg: KnowledgeGraph) -> None:
    for on, notes in (("2019-03-31", ()), ("2019-04-01", None)):
        answer = kg.ask("time-to-improve", authority="Bournemouth", area="leadership", on=on)
        assert len(answer.rows) == 1
        assert answer.notes == (notes if notes is not None else (BOURNEMOUTH,))
