"""The rule that compares claims of overviews, on claims made up for each verdict."""

from pathlib import Path

import pytest

from ofsted_kg.derived.build import derive
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, last, term
from tests.derived.test_derived import graded, judgement, small_graph

KEY = "LDS/ilacs-2018/2019-08-12"
JOINT = "in-care-and-care-leavers"
GOOD, THIRD = "ilacs-2018/good", "ilacs-2018/requires-improvement-to-be-good"


def claimed(area: str, grade: str, word: str, service: str = "", key: str = KEY) -> str:
    parts = [f"okg:claimsAbout <{iri('assessment', key).value}>", f'okg:asWritten "{word}"']
    parts += [f"okg:claimsArea <{iri('area', 'ilacs-2018', area).value}>"] if area else []
    parts += [f"okg:claimsGrade <{iri('scale', grade).value}>"] if grade else []
    parts += [f"okg:concernsService <{iri('service', service).value}>"] if service else []
    return f"<{iri('claim', 'table', 'A1').value}> a okg:SecondaryClaim ; {' ; '.join(parts)} ."


OFFICIAL = (
    graded(KEY, "leaders", GOOD)
    + graded(KEY, JOINT, THIRD)
    + f"""<{judgement(KEY, JOINT).value}>
        okg:concernsService <{iri("service", "LDS/looked-after-children").value}> ."""
)
CARE = "LDS/looked-after-children"


@pytest.mark.parametrize(
    ("claim", "verdict", "compared"),
    [
        (claimed("leaders", GOOD, "good"), "agrees", judgement(KEY, "leaders")),
        (claimed("leaders", THIRD, "good"), "differs", judgement(KEY, "leaders")),
        (claimed(JOINT, THIRD, "requires improvement"), "agrees", judgement(KEY, JOINT)),
        (claimed(JOINT, THIRD, "to requires improvement"), "partial", judgement(KEY, JOINT)),
        # A judgement that was never made, against the one that takes it in.
        (claimed("", GOOD, "good", CARE), "differs", judgement(KEY, JOINT)),
        (claimed("", THIRD, "requires improvement", CARE), "partial", judgement(KEY, JOINT)),
        (claimed("", GOOD, "good"), "differs", iri("assessment", KEY)),
        # That there was no grade: true, and false.
        (claimed("", "", "none", CARE), "agrees", judgement(KEY, JOINT)),
        (claimed("leaders", "", "none"), "differs", judgement(KEY, "leaders")),
        # Nothing official to compare with: on the area, on the inspection.
        (claimed("overall", GOOD, "good"), "unsupported", None),
        (claimed("leaders", GOOD, "good", key="LDS/ilacs-2023/2025-06-30"), "unsupported", None),
    ],
)
def test_each_claim_has_its_verdict(
    tmp_path: Path, claim: str, verdict: str, compared: object
) -> None:
    folder = small_graph(tmp_path, releases__some=OFFICIAL, overviews__table=claim)
    assert derive(folder).reviews == 1
    facts = Facts.of(folder / "data" / "derived" / "claim-reviews.ttl")
    review = iri("claim-review", "table", "A1")
    assert facts.nodes(review, term("okg:reviews")) == [iri("claim", "table", "A1")]
    assert [last(one) for one in facts.nodes(review, term("okg:hasVerdict"))] == [verdict]
    assert facts.nodes(review, term("okg:isComparedWith")) == ([compared] if compared else [])
    assert facts.nodes(review, term("prov:wasAttributedTo")) == [iri("agent", "project")]


def test_what_people_review_or_other_sources_claim_is_left_alone(tmp_path: Path) -> None:
    claim = claimed("leaders", GOOD, "good")
    by_hand = f"<{iri('review', 'x').value}> okg:reviews <{iri('claim', 'table', 'A1').value}> ."
    folder = small_graph(
        tmp_path, releases__some=OFFICIAL, overviews__table=claim, opinions__reviews=by_hand
    )
    assert derive(folder).reviews == 0
    (folder / "data" / "opinions" / "reviews.ttl").unlink()
    (folder / "data" / "overviews").rename(folder / "data" / "documents")
    assert derive(folder).reviews == 0
