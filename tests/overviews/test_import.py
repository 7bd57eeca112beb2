"""An overview of a few rows, made up: what is taken, what is left, what is refused."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.overviews.build import OverviewsSummary, import_overviews
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term
from tests.conftest import ROOT, TURTLE_PREFIXES

HEAD = (
    "register_code,name_as_listed,report_url,label,inspection_start,inspection_end,published,"
    "overall_effectiveness,impact_of_leaders,help_and_protection,in_care,care_leavers"
)
ADDRESS = "https://files.ofsted.gov.uk/v1/file/"
LEEDS = (
    f"LDS,leeds,{ADDRESS}1,short,2025-06-30,2025-07-04,2025-08-12,good,good,good,outstanding,good"
)
EARLY = (
    f"LDS,leeds,{ADDRESS}2,standard,2019-07-01,,,nan,good,to requires improvement,good,inadequate"
)
LATE = f"LDS,leeds,{ADDRESS}3,short,2026-06-08,,2026-07-28,nan,good,good,good,data_unreadable"
NAME = "ilacs-overview-2026-06-29"


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    return Authorities.read(ROOT / "data" / "reference")


def imported(
    folder: Path, authorities: Authorities, *rows: str, name: str = NAME, official: str = ""
) -> tuple[OverviewsSummary, Facts]:
    """The summary and the graph of one overview, beside a release with some content."""
    source = folder / f"{name}.csv"
    source.write_text("\r\n".join([HEAD, *rows, ""]), encoding="utf-8", newline="")
    release = folder / "data" / "releases" / "some.ttl"
    release.parent.mkdir(parents=True, exist_ok=True)
    release.write_text(TURTLE_PREFIXES + official, encoding="utf-8")
    summary = import_overviews([source], folder / "data", authorities, ROOT / "ontology")
    return summary, Facts.of(folder / "data" / "overviews" / f"{name}.ttl")


def claim(cell: str) -> NamedNode:
    return iri("claim", NAME, cell)


def test_an_inspection_of_which_only_the_overview_tells(
    tmp_path: Path, authorities: Authorities
) -> None:
    summary, facts = imported(tmp_path, authorities, LEEDS)
    node = iri("assessment", "LDS", "ilacs-2023", "2025-06-30")
    assert summary.only_claimed == 1
    assert facts.nodes(node, term("foaf:page")) == [NamedNode(ADDRESS + "1")]
    assert facts.texts(node, term("okg:publishedOn"), term("okg:fieldworkEnd")) == [
        "2025-08-12",
        "2025-07-04",
    ]
    assert facts.nodes(claim("K2"), term("okg:claimsGrade")) == [
        iri("scale", "ilacs-2018", "outstanding")
    ]
    assert facts.nodes(claim("K2"), term("okg:claimsArea")) == [
        iri("area", "ilacs-2023", "in-care")
    ]


def test_odd_words_of_an_inspection_before_2023(tmp_path: Path, authorities: Authorities) -> None:
    _, facts = imported(tmp_path, authorities, EARLY)
    claims = set(facts.subjects(term("okg:claimsAbout")))
    # The lost overall grade is no claim; all other cells are.
    assert claims == {claim(f"{column}2") for column in "IJKL"}
    third = iri("scale", "ilacs-2018", "requires-improvement-to-be-good")
    assert facts.nodes(claim("J2"), term("okg:claimsGrade")) == [third]
    joint = iri("area", "ilacs-2018", "in-care-and-care-leavers")
    assert facts.nodes(claim("K2"), term("okg:claimsArea")) == [joint]
    # Care leavers alone are no area of that version.
    assert facts.nodes(claim("L2"), term("okg:claimsArea")) == []
    service = iri("service", "LDS", "looked-after-children")
    assert facts.nodes(claim("L2"), term("okg:concernsService")) == [service]


def test_no_value_says_that_there_is_no_overall_grade_any_more(
    tmp_path: Path, authorities: Authorities
) -> None:
    _, facts = imported(tmp_path, authorities, LATE)
    assert facts.nodes(claim("H2"), term("okg:claimsGrade")) == []
    assert "no grade" in facts.text(claim("H2"), term("dcterms:description"))
    assert claim("L2") not in set(facts.subjects(term("okg:claimsAbout")))


@pytest.mark.parametrize(
    ("official_day", "stated", "cited"),
    [
        ('okg:publishedOn "2025-08-12"^^xsd:date ;', [], 0),
        ('okg:publishedOn "2025-08-14"^^xsd:date ;', [], 1),
        ("", ["2025-08-12"], 1),
    ],
    ids=["the same", "another", "none"],
)
def test_an_official_source_takes_over(
    tmp_path: Path, authorities: Authorities, official_day: str, stated: list[str], cited: int
) -> None:
    """The key stays; the overview gives a day only where no official source has one."""
    key = "assessment/LDS/ilacs-2023/2025-06-30"
    official = f"""<https://w3id.org/ofsted-kg/id/{key}>
        okg:fieldworkStart "2025-06-30"^^xsd:date ; {official_day}
        okg:isConductedUnder framework:ilacs-2023 ."""
    summary, facts = imported(tmp_path, authorities, LEEDS, official=official)
    node = iri(key)
    assert summary.only_claimed == 0
    assert node not in set(facts.subjects(term("rdf:type"), term("okg:Assessment")))
    assert facts.texts(node, term("okg:publishedOn")) == stated
    assert len(facts.nodes(node, term("okg:isRepeatedIn"))) == cited
    assert facts.nodes(claim("K2"), term("okg:claimsAbout")) == [node]


def test_a_grade_that_two_overviews_have_is_one_claim(
    tmp_path: Path, authorities: Authorities
) -> None:
    first = tmp_path / "ilacs-history-2026-08-21.csv"
    second = tmp_path / f"{NAME}.csv"
    first.write_text("\n".join([HEAD, LEEDS, ""]), encoding="utf-8")
    other = LEEDS.removesuffix("good") + "inadequate"
    second.write_text("\n".join([HEAD, other, ""]), encoding="utf-8")
    summary = import_overviews(tmp_path, tmp_path / "data", authorities, ROOT / "ontology")
    assert [(one.claims, one.repeated) for one in summary.overviews] == [(5, 0), (1, 4)]
    facts = Facts.of(tmp_path / "data" / "overviews" / f"{NAME}.ttl")
    assert facts.nodes(
        iri("claim", "ilacs-history-2026-08-21", "K2"), term("okg:isRepeatedIn")
    ) == [iri("passage", NAME, "K2")]


def test_a_report_without_an_inspection_is_told(tmp_path: Path, authorities: Authorities) -> None:
    row = f"SRY,surrey,{ADDRESS}4,,,,2015-08-03" + ",data_unreadable" * 5
    summary, facts = imported(tmp_path, authorities, row)
    assert summary.lines()[-1].startswith(f"{NAME}.csv, row 2: not taken, no official source")
    assert not list(facts.subjects(term("foaf:page"), NamedNode(ADDRESS + "4")))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (LEEDS.replace("LDS", "XXX"), "row 2, column A: 'XXX' is the code of no authority"),
        (LEEDS.replace("LDS", ""), "column A: the code of the authority is missing"),
        (LEEDS.replace(ADDRESS, "http://x/"), "column C: .* is no address of a report"),
        (LEEDS.replace("2025-06-30", "30 June"), "column E: '30 June' is not a day"),
        (LEEDS.replace("outstanding", "very good"), "column K: 'very good' is no grade of ilacs"),
        (LEEDS + ",more", "row 2: 13 cells under 12 headings"),
        (EARLY.replace("2019-07-01", ""), "column E: neither a first day"),
    ],
)
def test_what_cannot_be_used_is_refused(
    tmp_path: Path, authorities: Authorities, row: str, problem: str
) -> None:
    with pytest.raises(SourceError, match=problem):
        imported(tmp_path, authorities, row)
    assert not (tmp_path / "data" / "overviews").exists()


def test_files_that_are_no_overviews(tmp_path: Path, authorities: Authorities) -> None:
    with pytest.raises(SourceError, match="its name must be ilacs-history-"):
        imported(tmp_path, authorities, LEEDS, name="table-2026-06-29")
    with pytest.raises(SourceError, match="is not a day"):
        imported(tmp_path, authorities, LEEDS, name="ilacs-overview-2026-13-29")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(SourceError, match="holds no CSV file"):
        import_overviews(empty, tmp_path / "data", authorities, ROOT / "ontology")
    bare = empty / f"{NAME}.csv"
    bare.write_text("register_code,report_url\n", encoding="utf-8")
    with pytest.raises(SourceError, match="has no column published, label"):
        import_overviews(empty, tmp_path / "data", authorities, ROOT / "ontology")
    bare.write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match="not UTF-8"):
        import_overviews(empty, tmp_path / "data", authorities, ROOT / "ontology")
