"""Which version of a framework applies: by the areas graded, and by the day otherwise."""

from datetime import date

import pytest
from pyoxigraph import NamedNode

from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.rdf.terms import DATA, iri
from tests.conftest import ROOT

FOUR = {"overall", "leaders", "help-and-protection", "in-care-and-care-leavers"}
FIVE = {"overall", "leaders", "help-and-protection", "in-care", "care-leavers"}


@pytest.fixture(scope="module")
def frameworks() -> Frameworks:
    return Frameworks.read(ROOT / "ontology")


@pytest.mark.parametrize(
    ("graded", "day", "version"),
    [
        (FOUR, date(2022, 4, 25), "ilacs-2018"),
        # Bradford, inspected over the turn of the year, was still judged on four areas.
        (FOUR, date(2023, 2, 14), "ilacs-2018"),
        (FIVE, date(2023, 2, 6), "ilacs-2023"),
        # North Lincolnshire, inspected in March 2026, still has an overall judgement.
        (FIVE, date(2026, 3, 16), "ilacs-2023"),
        (FIVE - {"overall"}, date(2026, 4, 27), "ilacs-2026"),
    ],
)
def test_the_areas_graded_tell_the_version(
    frameworks: Frameworks, graded: set[str], day: date, version: str
) -> None:
    assert frameworks.version("ilacs", graded, day).key == version


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2018, 6, 1), "ilacs-2018"),
        (date(2022, 12, 31), "ilacs-2018"),
        (date(2023, 1, 1), "ilacs-2023"),
        (date(2026, 3, 31), "ilacs-2023"),
        (date(2026, 4, 1), "ilacs-2026"),
    ],
)
def test_a_visit_without_grades_goes_by_its_day(
    frameworks: Frameworks, day: date, version: str
) -> None:
    assert frameworks.version("ilacs", (), day).key == version


def test_a_row_that_was_lost_leaves_the_version_to_the_day(frameworks: Frameworks) -> None:
    lost = {"leaders", "help-and-protection", "in-care"}
    assert frameworks.version("ilacs", lost, date(2025, 6, 16)).key == "ilacs-2023"


def test_four_areas_before_april_2026_are_five_of_which_one_was_lost(
    frameworks: Frameworks,
) -> None:
    assert frameworks.version("ilacs", FIVE - {"overall"}, date(2025, 6, 16)).key == "ilacs-2023"


def test_a_framework_without_versions_is_its_own_family(frameworks: Frameworks) -> None:
    assert frameworks.version("sif-2013", {"adoption"}, None).key == "sif-2013"
    with pytest.raises(KeyError):
        frameworks.version("sif-2031", (), None)


def test_who_inspects_and_what_keys_an_assessment_stand_in_the_ontology(
    frameworks: Frameworks,
) -> None:
    assert frameworks["slac-2009"].inspectorates == (iri("organisation", "ofsted"),)
    assert frameworks["ilacs-2018"].is_keyed_by_fieldwork
    assert not frameworks["sif-2013"].is_keyed_by_fieldwork
    assert frameworks["sif-2013"].called == "single inspection"
    assert frameworks["cp-2012"].called == (
        "inspection of local authority arrangements for the protection of children"
    )


def test_the_third_grade_that_releases_rewrite_is_the_framework_s_own(
    frameworks: Frameworks,
) -> None:
    word = "requires improvement to be good"
    assert frameworks["slac-2009"].recoded(word) == "adequate"
    assert frameworks["sif-2013"].recoded(word) == ""
    adequate = frameworks["slac-2009"].grades["adequate"]
    assert adequate == NamedNode(f"{DATA}scale/slac-2009/3")
