"""Question `organisations`: who provides, commissions, inspects, signs, as documents name them."""

from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

LETTER = "Camden annual rating letter 2009, "
NEWS = "Camden Council news page 2010, "
REPORT = "Camden inspection report 2012, "

# Name (a part), kind, role, service (a part), place. From the documents' own sentences.
NAMED = [
    ("Central and North West London", "body", "provider", "health", f"{REPORT}paragraph 7"),
    ("Royal Free", "body", "provider", "health", f"{REPORT}paragraph 7"),
    ("Whittington Health", "body", "provider", "health", f"{REPORT}paragraph 7"),
    ("MOSAIC", "body", "provider", "disabled children", f"{REPORT}paragraph 7"),
    ("NHS North Central London", "body", "joint commissioner", "health", f"{REPORT}paragraph 7"),
    ("Camden Borough Presence", "body", "joint commissioner", "health", f"{REPORT}paragraph 7"),
    ("University College London", "body", "provider", "health", f"{REPORT}paragraph 8"),
    ("Royal Free", "body", "provider", "health", f"{REPORT}paragraph 8"),
    ("Great Ormond Street", "body", "provider", "health", f"{REPORT}paragraph 8"),
    ("Tavistock and Portman", "body", "provider", "mental health", f"{REPORT}paragraph 8"),
    ("NHS Camden", "body", "commissioner", "mental health", f"{REPORT}paragraph 8"),
    ("Whittington Health", "body", "provider", "mental health", f"{REPORT}paragraph 8"),
    ("Camden", "authority", "commissioner", "looked after", f"{REPORT}paragraph 12"),
    ("Camden", "authority", "commissioner", "supported housing", f"{REPORT}paragraph 13"),
    ("Integrated Youth Support", "unit", "provider", "youth offending", f"{REPORT}paragraph 14"),
    ("Family Drug and Alcohol Court", "body", "provider", "substance", f"{REPORT}paragraph 62"),
    ("Brandon Centre", "body", "provider", "", f"{REPORT}paragraph 67"),
    ("Social Care Institute for Excellence", "body", "evaluator", "", f"{REPORT}paragraph 70"),
    ("Barnardo's", "body", "provider", "looked after", f"{REPORT}paragraph 95"),
    ("Connexions", "body", "provider", "", f"{REPORT}paragraph 109"),
    ("Coram Research Unit", "unit", "evaluator", "", f"{REPORT}paragraph 113"),
    ("Islington", "authority", "place named", "", f"{REPORT}paragraph 7"),
    ("Care Quality Commission", "body", "partner inspectorate", "", f"{REPORT}paragraph 1"),
    ("Paul d'Inverno", "person", "lead inspector", "", REPORT),
    ("Ann Baxter", "person", "addressee", "", LETTER),
    ("Juliet Winstanley", "person", "signatory", "", LETTER),
    ("Heather Johnson", "person", "cabinet member", "", f"{NEWS}paragraph 11 (counted)"),
]

# Codes of the reference table of bodies.
CODES = {
    "Central and North West London": "RV3",
    "Royal Free": "RAL",
    "University College London": "RRV",
    "Tavistock and Portman": "RNK",
    "Great Ormond Street": "RP4",
    "Whittington Health": "RKE",
    "NHS Camden": "5K7",
    "Barnardo's": "216250",
}


@pytest.fixture(scope="module")
def named(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return [dict(row) for row in kg.ask("organisations", authority="Camden").rows]


@pytest.mark.parametrize("expected", NAMED, ids=lambda e: f"{e[0]} {e[2]} {e[4]}")
def test_each_body_plays_its_part_where_it_is_named(
    named: list[dict[str, Any]], expected: tuple[str, str, str, str, str]
) -> None:
    name, kind, role, service, place = expected
    found = [
        row
        for row in named
        if name in row["organisation"]
        and (row["kind"], row["role"]) == (kind, role)
        and service in (row["service"] or "")
        and (row["source"] == place or (place.endswith(", ") and row["source"].startswith(place)))
    ]
    assert found


@pytest.mark.parametrize(("name", "code"), CODES.items())
def test_a_body_has_its_public_code(named: list[dict[str, Any]], name: str, code: str) -> None:
    codes = {row["identifiers"] for row in named if name in row["organisation"]}
    assert codes
    assert all(code in str(found).replace(";", " ").split() for found in codes)


def test_bodies_without_a_verified_code_have_none(named: list[dict[str, Any]]) -> None:
    for name in ("Camden Borough Presence", "Camden Safety Net", "North London Consortium"):
        rows = [row for row in named if row["organisation"] == name]
        assert rows
        assert {row["identifiers"] or "" for row in rows} == {""}


def test_a_slip_of_spelling_is_still_mosaic(named: list[dict[str, Any]]) -> None:
    """Paragraph 53 prints the name with two letters changed about."""
    rows = [row for row in named if row["source"] == f"{REPORT}paragraph 53"]
    assert "MOSAIC" in {row["organisation"] for row in rows}


def test_camden_does_not_provide_its_residential_placements(named: list[dict[str, Any]]) -> None:
    twelfth = [row for row in named if row["source"] == f"{REPORT}paragraph 12"]
    assert [row for row in twelfth if row["role"] == "commissioner"]
    assert not [r for r in twelfth if (r["organisation"], r["role"]) == ("Camden", "provider")]


def test_a_role_picks_its_rows(kg: KnowledgeGraph) -> None:
    rows = kg.ask("organisations", authority="Camden", role="signatory").rows
    assert [(row["organisation"], row["kind"]) for row in rows] == [("Juliet Winstanley", "person")]
    both = kg.ask("organisations", authority="Camden", role=["signatory", "lead inspector"]).rows
    # The reports of 2017, 2022 and 2025 name their lead inspectors too.
    assert {row["organisation"] for row in both} == {
        "Juliet Winstanley",
        "Paul d'Inverno",
        "Nick Stacey",
        "Steve Lowe",
        "Claire Beckingham",
    }
