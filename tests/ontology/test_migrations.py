"""The updates that move data of vocabulary 0.1 to 0.2, on small data written by hand."""

import re
from collections.abc import Iterable

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from ofsted_kg.rdf.files import GRAPH
from tests.conftest import ROOT

FOLDER = ROOT / "ontology" / "migrations" / "0.1-to-0.2"
UPDATES = sorted(FOLDER.glob("*.ru"))
PREFIXES = """
@prefix okg: <https://w3id.org/ofsted-kg/def#> .
@prefix id: <https://w3id.org/ofsted-kg/id/> .
@prefix graph: <https://w3id.org/ofsted-kg/graph/> .
@prefix a: <https://w3id.org/ofsted-kg/id/assessment/> .
@prefix s: <https://w3id.org/ofsted-kg/id/succession/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# Old data and what becomes of it, by the name of the update that must do it.
CHANGES: dict[str, tuple[str, str]] = {
    "01-claim-review": (
        "id:view a okg:ClaimAssessment ; okg:assesses id:claim ; okg:isComparedWith id:other .",
        "id:view a okg:ClaimReview ; okg:reviews id:claim ; okg:isComparedWith id:other .",
    ),
    "02-is-about": (
        "id:difference okg:concernsJudgement id:judgement ; okg:concernsAuthority id:council .",
        "id:difference okg:isAbout id:judgement ; okg:concernsAuthority id:council .",
    ),
    "03-uses-word": ("id:finding okg:hasStrength id:good .", "id:finding okg:usesWord id:good ."),
    "04-place-in-framework": (
        "id:area a okg:JudgementArea ; okg:sequence 3 . id:finding okg:sequence 57334 .",
        "id:area a okg:JudgementArea ; okg:placeInFramework 3 . id:finding okg:sequence 57334 .",
    ),
    "05-exists-from": (
        "id:council a okg:LocalAuthority ; okg:inForceFrom '2019-04-01'^^xsd:date ;"
        " okg:inForceUntil '2023-03-31'^^xsd:date . id:land a okg:Geography ;"
        " okg:inForceFrom '2009'^^xsd:gYear . id:rules okg:inForceFrom '2013-11'^^xsd:gYearMonth .",
        "id:council a okg:LocalAuthority ; okg:existsFrom '2019-04-01'^^xsd:date ;"
        " okg:existsUntil '2023-03-31'^^xsd:date . id:land a okg:Geography ;"
        " okg:existsFrom '2009'^^xsd:gYear . id:rules okg:inForceFrom '2013-11'^^xsd:gYearMonth .",
    ),
    "06-attests": (
        "id:one a okg:Passage ; dcterms:subject okg:publishedOn ; dcterms:date 'day' ."
        " id:two a okg:Passage ; dcterms:subject dcterms:subject ; okg:asWritten 'Care leavers' ."
        " id:three a okg:Passage ; dcterms:subject <https://w3id.org/ofsted-kg/id/area/x/y> ."
        " id:four a okg:Passage ; dcterms:subject dcterms:type , okg:fieldworkStart ."
        " id:visit a okg:Assessment ; dcterms:subject 'Care leavers'@en .",
        "id:one a okg:Passage ; okg:attests <https://w3id.org/ofsted-kg/id/attested/"
        "publication-date> ; dcterms:date 'day' ."
        " id:two a okg:Passage ; okg:attests <https://w3id.org/ofsted-kg/id/attested/visit-theme>"
        " ; okg:asWritten 'Care leavers' ."
        " id:three a okg:Passage ; okg:statesUnjudged <https://w3id.org/ofsted-kg/id/area/x/y> ."
        " id:four a okg:Passage ; okg:attests"
        " <https://w3id.org/ofsted-kg/id/attested/inspection-form> ,"
        " <https://w3id.org/ofsted-kg/id/attested/fieldwork-start> ."
        " id:visit a okg:Assessment ; okg:themeAsWritten 'Care leavers'@en .",
    ),
    "09-due-by": (
        "id:recommendation okg:dueBy '2012-07'^^xsd:gYearMonth ; okg:sequence 1 .",
        "id:recommendation okg:sequence 1 .",
    ),
}

SCALES = """
@prefix o: <https://w3id.org/ofsted-kg/id/scale/o/> .
@prefix n: <https://w3id.org/ofsted-kg/id/scale/n/> .
o:bad skos:inScheme id:o ; skos:prefLabel "Bad"@en ; okg:rank 2 .
n:good skos:inScheme id:n ; skos:prefLabel "Good"@en ; okg:rank 1 .
n:bad skos:inScheme id:n ; skos:prefLabel "Bad"@en ; okg:rank 2 .
id:correspondence okg:fromGrade o:bad ;
    okg:toGrade n:bad ;
    okg:hasComparability <https://w3id.org/ofsted-kg/id/comparability/broadly-similar> .
"""


def judged(place: str, grade: str, *authorities: str) -> str:
    node = f"<https://w3id.org/ofsted-kg/id/assessment/{place}>"
    concerned = " , ".join(
        f"<https://w3id.org/ofsted-kg/id/authority/{one}>" for one in authorities
    )
    return (
        f"{node} okg:hasGrade <https://w3id.org/ofsted-kg/id/scale/{grade}> ;"
        f" okg:concernsAuthority {concerned} .\n"
    )


FIRST = "OLD/o-1/2014-05-23/judgement/overall"
AGAIN = "OLD/o-1/2016-11-25/judgement/overall"
BETTER = "OLD/n-2/2019-01-17/judgement/overall"
# Bad, bad again, and good, which a successor has for its own as well.
JUDGED = (
    SCALES
    + judged(FIRST, "o/bad", "OLD")
    + judged(AGAIN, "o/bad", "OLD")
    + judged(BETTER, "n/good", "OLD", "NEW")
)
CHAIN = f"""
<https://w3id.org/ofsted-kg/id/assessment/{AGAIN}>
    okg:followsJudgement <https://w3id.org/ofsted-kg/id/assessment/{FIRST}> ;
    okg:monthsBetween 30 ; okg:hasChange <https://w3id.org/ofsted-kg/id/change/same> ;
    okg:hasComparability <https://w3id.org/ofsted-kg/id/comparability/same-scale> .
<https://w3id.org/ofsted-kg/id/assessment/{BETTER}>
    okg:followsJudgement <https://w3id.org/ofsted-kg/id/assessment/{AGAIN}> ;
    okg:monthsBetween 25 ; okg:hasChange <https://w3id.org/ofsted-kg/id/change/better> ;
    okg:hasComparability <https://w3id.org/ofsted-kg/id/comparability/broadly-similar> .
<https://w3id.org/ofsted-kg/id/assessment/{FIRST}>
    okg:isImprovedBy <https://w3id.org/ofsted-kg/id/assessment/{BETTER}> ; okg:monthsToImprove 55 .
"""


def succession(kind: str, key: str, earlier: str, later: str, months: int, how: str) -> str:
    change, comparability = how.split()
    base = "https://w3id.org/ofsted-kg/id"
    return f"""
<{base}/succession/{key}> a okg:Succession ;
    dcterms:type <{base}/succession-kind/{kind}> ;
    okg:concernsAuthority <{base}/authority/OLD> ;
    okg:fromJudgement <{base}/assessment/{earlier}> ;
    okg:toJudgement <{base}/assessment/{later}> ;
    okg:monthsBetween {months} ;
    okg:hasChange <{base}/change/{change}> ;
    okg:hasComparability <{base}/comparability/{comparability}> .
"""


SUCCESSIONS = (
    succession(
        "next",
        "OLD/o-1/2014-05-23/overall/o-1/2016-11-25/overall",
        FIRST,
        AGAIN,
        30,
        "same same-scale",
    )
    + succession(
        "next",
        "OLD/o-1/2016-11-25/overall/n-2/2019-01-17/overall",
        AGAIN,
        BETTER,
        25,
        "better broadly-similar",
    )
    + succession(
        "first-better",
        "OLD/o-1/2014-05-23/overall/n-2/2019-01-17/overall",
        FIRST,
        BETTER,
        55,
        "better broadly-similar",
    )
)


def store_of(*parts: tuple[str, str]) -> Store:
    """Turtle in named graphs; no name is the default graph."""
    store = Store()
    for name, turtle in parts:
        store.load(
            input=(PREFIXES + turtle).encode(),
            format=RdfFormat.TURTLE,
            **({"to_graph": NamedNode(GRAPH + name)} if name else {}),  # type: ignore[arg-type]
        )
    return store


def migrated(store: Store, names: Iterable[str] | None = None) -> set[Quad]:
    for path in UPDATES:
        if names is None or path.stem in names:
            store.update(path.read_text(encoding="utf-8"))
    return set(store)


def test_every_deprecated_term_is_moved_by_an_update_that_says_what_it_does() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in UPDATES)
    deprecated = set(
        re.findall(
            r"^(okg:\w+) a owl:", (ROOT / "ontology" / "deprecated.ttl").read_text("utf-8"), re.M
        )
    )
    assert len(deprecated) >= 8
    assert [term for term in sorted(deprecated) if not re.search(rf"{term}\b", text)] == []
    assert all(path.read_text(encoding="utf-8").startswith("# ") for path in UPDATES)
    assert len(UPDATES) == len({path.name[:2] for path in UPDATES}) >= 10


@pytest.mark.parametrize("graph", ["", "documents/one"])
@pytest.mark.parametrize("name", CHANGES)
def test_one_change(name: str, graph: str) -> None:
    old, new = CHANGES[name]
    assert migrated(store_of((graph, old)), [name]) == set(store_of((graph, new)))


@pytest.mark.parametrize("name", CHANGES)
def test_one_change_is_that_of_its_own_update(name: str) -> None:
    old, _ = CHANGES[name]
    others = [path.stem for path in UPDATES if path.stem != name]
    assert migrated(store_of(("", old)), others) == set(store_of(("", old)))


def test_pairs_of_judgements_in_the_default_graph() -> None:
    found = migrated(store_of(("", JUDGED + CHAIN)))
    assert found == set(store_of(("", JUDGED + SUCCESSIONS)))


def test_pairs_of_judgements_in_named_graphs() -> None:
    found = migrated(store_of(("releases/one", JUDGED), ("derived/mine", CHAIN)))
    expected = store_of(("releases/one", JUDGED), ("derived/mine", SUCCESSIONS))
    assert found == set(expected)


def test_graphs_have_the_names_of_the_new_files() -> None:
    head = """<https://w3id.org/ofsted-kg/graph/views/derived> a prov:Bundle ;
    dcterms:title "Due dates and the judgement before, computed from the data"@en ;
    prov:wasAttributedTo id:project .
    """
    due = "id:recommendation okg:computedDueBy '2012-07-10'^^xsd:date ."
    view = "id:view a okg:ClaimAssessment ."
    store = store_of(
        ("releases/one", JUDGED),
        ("views/derived", head + due + CHAIN),
        ("views/claim-assessments", view),
    )
    migrated(store)
    graphs = {str(name).strip("<>").removeprefix(GRAPH) for name in store.named_graphs()}
    held = {name for name in graphs if any(store.quads_for_pattern(None, None, None, graph(name)))}
    assert held == {
        "releases/one",
        "derived/due-dates",
        "derived/grade-successions",
        "opinions/claim-reviews",
    }
    dated = list(store.quads_for_pattern(None, None, None, graph("derived/due-dates")))
    assert len(dated) == 4
    paired = set(store.quads_for_pattern(None, None, None, graph("derived/grade-successions")))
    expected = store_of(("derived/grade-successions", SUCCESSIONS))
    assert set(expected) <= paired
    assert len(paired) == len(expected) + 3


def graph(name: str) -> NamedNode:
    return NamedNode(GRAPH + name)


def test_no_deprecated_term_is_left_and_a_second_run_changes_nothing() -> None:
    old = " ".join(old for old, _ in CHANGES.values())
    store = store_of(("", old + JUDGED + CHAIN), ("documents/one", old))
    once = migrated(store)
    names = (ROOT / "ontology" / "deprecated.ttl").read_bytes()
    for quad in parse(names, format=RdfFormat.TURTLE):
        assert not isinstance(quad.subject, BlankNode)
    store.load(input=names, format=RdfFormat.TURTLE, to_graph=graph("ontology/deprecated"))
    rows = store.query(
        """PREFIX owl: <http://www.w3.org/2002/07/owl#>
        SELECT ?term WHERE {
          ?term owl:deprecated true .
          { ?thing ?term ?value } UNION { ?thing a ?term }
        }""",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, QuerySolutions)
    assert [str(row["term"]) for row in rows] == []
    store.clear_graph(graph("ontology/deprecated"))
    assert migrated(store) == once
