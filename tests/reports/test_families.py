"""A family of reports is one module: what stands among the others is read, encoded and built."""

import importlib
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.terms import DATA, iri, term
from ofsted_kg.reports import families
from ofsted_kg.reports.build import build_reports
from ofsted_kg.reports.reading import read_report, read_source
from tests.conftest import ROOT, TURTLE_PREFIXES
from tests.reports.papers import Paper

MODULE = f"{families.__name__}.harbour_visit"
FRAMEWORK = """
<https://w3id.org/ofsted-kg/id/framework/harbour-visit-2030> a okg:InspectionFramework ;
    skos:prefLabel "Visit to harbours"@en ;
    bibo:shortTitle "harbour visit"@en ;
    okg:keysAssessmentsBy <https://w3id.org/ofsted-kg/id/assessment-key/fieldwork-start> ;
    okg:isAppliedBy <https://w3id.org/ofsted-kg/id/organisation/harbour-masters> ;
    okg:usesScale <https://w3id.org/ofsted-kg/id/scale/sif-2013> ;
    okg:definesArea <https://w3id.org/ofsted-kg/id/area/harbour-visit-2030/harbours> .

<https://w3id.org/ofsted-kg/id/area/harbour-visit-2030/harbours> a okg:JudgementArea ;
    okg:coversServiceType <https://w3id.org/ofsted-kg/id/service-type/fostering> .
"""
AUTHORITY = f"""{TURTLE_PREFIXES}
<https://w3id.org/ofsted-kg/id/authority/WEX> a okg:LocalAuthority ;
    skos:prefLabel "Wexcombe"@en ;
    dcterms:title "Wexcombe Borough Council"@en .
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter after a visit, of which no family of the project knows."""
    made = Paper()
    made.headline("Visit to the harbours of children’s services")
    made.plain("Wexcombe Borough Council")
    made.plain("Inspection dates: 4 to 5 March 2030")
    made.plain("Lead inspector: Zoë Quill, HMI")
    made.para("The harbours are good.")
    made.heading("Urgent repairs")
    made.bullet("Paint the pathway plans.")
    path = tmp_path / "reports" / "letter.pdf"
    path.parent.mkdir()
    return made.save(path)


@pytest.fixture
def placed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The family's one module, as if it lay beside the project's own."""
    folder = str(Path(__file__).parent / "another_family")
    monkeypatch.setattr(families, "__path__", [*families.__path__, folder])
    importlib.invalidate_caches()
    families.families.cache_clear()
    yield
    families.families.cache_clear()
    sys.modules.pop(MODULE, None)
    vars(families).pop("harbour_visit", None)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Data of one authority beside the project's ontology with the family's framework."""
    ontology = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", ontology)
    with (ontology / "frameworks.ttl").open("a", encoding="utf-8") as stream:
        stream.write(FRAMEWORK)
    reference = tmp_path / "data" / "reference"
    reference.mkdir(parents=True)
    (reference / "authorities.ttl").write_text(AUTHORITY, encoding="utf-8")
    (reference / "organisations.ttl").write_text("", encoding="utf-8")
    return tmp_path / "data"


def values(triples: list[Triple], subject: NamedNode, predicate: str) -> list[str]:
    return [
        getattr(one.object, "value", "").removeprefix(DATA)
        for one in triples
        if one.subject == subject and one.predicate == term(predicate)
    ]


def test_without_its_module_the_letter_is_refused(letter: Path) -> None:
    with pytest.raises(SourceError, match="not a report of a kind that can be read") as refusal:
        read_report(letter)
    assert "harbour visit" not in str(refusal.value)


@pytest.mark.usefixtures("placed")
def test_with_its_module_alone_the_letter_is_read(letter: Path) -> None:
    record = read_report(letter).to_record()
    assert record["authority"] == "Wexcombe Borough Council"
    assert record["framework_key"] == "harbour-visit-2030"
    assert record["inspection_windows"] == [["2030-03-04", "2030-03-05"]]
    assert record["lead_inspector"] == "Zoë Quill"
    assert [one["grade"] for one in record["judgements"]] == ["good"]
    assert [one["text"] for one in record["recommendations"]] == ["Paint the pathway plans."]


@pytest.mark.usefixtures("placed")
def test_a_message_names_the_family_among_those_that_are_known(tmp_path: Path) -> None:
    other = Paper()
    other.headline("Tide tables of Wexcombe")
    with pytest.raises(SourceError, match=r"known: .*harbour visit"):
        read_report(other.save(tmp_path / "tides.pdf"))


@pytest.mark.usefixtures("placed")
def test_with_its_module_and_framework_the_letter_is_built(letter: Path, data: Path) -> None:
    summary = build_reports(letter.parent, data, jobs=1)
    assert (summary.written, summary.failed) == (
        ["reports/wex/harbour-visit-2030-2030-03-04"],
        [],
    )
    path = data / "reports" / "wex" / "harbour-visit-2030-2030-03-04.ttl"
    triples = [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    document = iri("document", "wex-harbour-visit-2030-2030-03-04")
    assert values(triples, document, "dcterms:title") == [
        "Visit to harbours: Wexcombe Borough Council"
    ]
    assert values(triples, document, "bibo:shortTitle") == ["Wexcombe harbour visit letter 2030"]
    assert values(triples, document, "dcterms:publisher") == ["organisation/harbour-masters"]
    assessment = iri("assessment", "WEX", "harbour-visit-2030", "2030-03-04")
    assert values(triples, assessment, "skos:prefLabel") == ["Wexcombe: harbour visit, 2030"]
    assert values(triples, assessment, "dcterms:type") == ["assessment-kind/focused-visit"]
    judged = NamedNode(f"{assessment.value}/judgement/harbours")
    assert values(triples, judged, "okg:hasGrade") == ["scale/sif-2013/good"]
    item = NamedNode(f"{assessment.value}/recommendation/1")
    assert values(triples, item, "okg:concernsService") == ["service/WEX/fostering"]
    assert values(triples, item, "okg:hasTimescale") == ["timescale/within-three-months"]
    assert values(triples, item, "okg:hasTheme") == ["theme/pathway-plans"]


def test_each_module_among_the_families_is_one_and_their_names_differ() -> None:
    folder = ROOT / "ofsted_kg" / "reports" / "families"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    names = [one.name for one in families.families()]
    assert len(set(names)) == len(names) == len(modules)


def test_no_family_is_named_outside_its_module() -> None:
    """A framework's key or a family's name elsewhere would make a new family two files."""
    package = ROOT / "ofsted_kg" / "reports"
    own = re.compile(r"\"(?:ilacs|sif|lac|slac|lscb|annual-rating|rating)(?:-\d{4})?\"|LSCB")
    elsewhere = [path for path in package.rglob("*.py") if path.parent.name != "families"]
    assert len(elsewhere) > 10
    assert [path.name for path in elsewhere if own.search(path.read_text("utf-8"))] == []


def test_no_report_matches_two_families(national_reports: list[Path]) -> None:
    """So that the order in which they are asked decides nothing."""
    for path in national_reports:
        document = read_source(path)
        matching = [one.name for one in families.families() if one.matches(document)]
        assert len(matching) == 1, (path, matching)
