"""The thesaurus of themes: complete, unambiguous, well formed, found by the words people use."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS
from rdflib.term import BNode, Node

from tests.conftest import ROOT

ONTOLOGY = ROOT / "ontology"
FILES = sorted(ONTOLOGY.glob("themes*.ttl"))
SCHEME = URIRef("https://w3id.org/ofsted-kg/id/themes")
THEME = Namespace("https://w3id.org/ofsted-kg/id/theme/")
SERVICE = Namespace("http://id.esd.org.uk/service/")
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)

# Written down by hand: words that a reader would type, and the theme meant.
WORDS = {
    "management oversight": "management-oversight",
    "oversight by managers": "management-oversight",
    "supervision": "supervision",
    "front door": "front-door",
    "MASH": "front-door",
    "thresholds": "thresholds",
    "quality of assessments": "assessment-quality",
    "drift": "drift-and-delay",
    "child protection plan": "child-protection-plans",
    "independent reviewing officer": "reviews-and-iros",
    "voice of the child": "childs-voice",
    "wishes and feelings": "childs-voice",
    "seen alone": "visits-to-children",
    "chronology": "chronologies",
    "missing children": "missing-children",
    "return home interviews": "return-home-interviews",
    "sexual exploitation": "child-sexual-exploitation",
    "county lines": "criminal-exploitation-and-gangs",
    "domestic violence": "domestic-abuse",
    "LADO": "allegations-management",
    "private fostering": "private-fostering",
    "common assessment framework": "early-help-assessment",
    "Public Law Outline": "pre-proceedings",
    "sufficiency duty": "placement-sufficiency",
    "choice of placement": "placement-choice",
    "stable placements": "placement-stability",
    "unregistered children's homes": "unregistered-placements",
    "permanency": "permanence",
    "special guardianship orders": "special-guardianship",
    "life-story work": "life-story-work",
    "accommodation for care leavers": "care-leaver-accommodation",
    "stay put": "staying-put",
    "pathway plans": "pathway-plans",
    "health passport": "health-histories",
    "dental checks": "health-assessments",
    "CAMHS": "emotional-health",
    "virtual headteacher": "virtual-school",
    "PEP": "personal-education-plans",
    "children in care council": "children-in-care-council",
    "independent visitor": "advocacy",
    "corporate parents": "corporate-parenting",
    "performance management": "performance-information",
    "case audits": "quality-assurance",
    "joint commissioning": "commissioning",
    "serious case review": "learning-from-case-reviews",
    "workforce stability": "workforce-stability",
    "changes of social worker": "social-worker-continuity",
    "caseload": "caseloads",
    "LSCB": "safeguarding-board",
    "section 11 audits": "safeguarding-board",
    "child death overview panel": "child-death-overview",
    "MAPPA": "marac-and-mappa",
    "Think Family": "partnership-with-adult-services",
}

# Entries of the Local Government Services List, as named there.
SERVICES = {
    "childrens-centres": "53",
    "fostering": "159",
    "adoption": "160",
    "residential-care": "263",
    "child-protection": "266",
    "care-leavers": "918",
}

# Words too wide to find anything by.
AMBIGUOUS = {
    "plan",
    "oversight",
    "quality",
    "review",
    "recording",
    "sufficiency",
    "assessment",
    "placement",
    "contact",
    "police",
    "health",
    "school",
    "care",
    "training",
    "leadership",
    "management",
    "safeguarding",
    "ambition",
    "resource",
    "record",
    "visit",
    "risk",
    "outcome",
    "service",
    "support",
    "planning",
    "stability",
    "education",
    "data",
    "partnership",
    "referral",
    "delay",
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    """All files of the thesaurus in one graph."""
    whole = Graph()
    for file in FILES:
        whole.parse(file)
    return whole


def fold(label: str) -> str:
    """The label as matching sees it: lower case, no hyphens, words in the singular."""
    return " ".join(singular(word) for word in label.lower().replace("-", " ").split())


def singular(word: str) -> str:
    """The word without a plural ending."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def concepts(graph: Graph) -> list[Node]:
    """Every theme, in a fixed order."""
    return sorted(graph.subjects(RDF.type, SKOS.Concept), key=str)


def labels(graph: Graph) -> Iterator[tuple[Node, str]]:
    """Every label of every theme."""
    for predicate in LABELS:
        for concept, label in graph.subject_objects(predicate):
            if concept != SCHEME:
                yield concept, str(label)


def chain(graph: Graph, concept: Node) -> list[Node]:
    """The theme and those above it, narrowest first; an error where the way up is not single."""
    way = [concept]
    while (concept, SKOS.topConceptOf, SCHEME) not in graph:
        (concept,) = graph.objects(concept, SKOS.broader)
        if concept in way:
            raise ValueError(f"{concept} is broader than itself")
        way.append(concept)
    return way


def test_fold_joins_plural_hyphen_and_case() -> None:
    assert fold("Life-Story Books") == fold("life story book")
    assert fold("agencies") == "agency"
    assert fold("illness") == "illness"


def test_scheme_is_described(graph: Graph) -> None:
    assert (SCHEME, RDF.type, SKOS.ConceptScheme) in graph
    assert graph.value(SCHEME, DCTERMS.creator) == URIRef(
        "https://w3id.org/ofsted-kg/id/agent/project"
    )
    assert graph.value(SCHEME, DCTERMS.license) == URIRef(
        "https://creativecommons.org/licenses/by/4.0/"
    )
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.issued):
        assert graph.value(SCHEME, predicate) is not None


def test_every_theme_is_named_and_defined(graph: Graph) -> None:
    found = concepts(graph)
    assert len(found) > 100
    for concept in found:
        slug = str(concept).removeprefix(str(THEME))
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), concept
        assert list(graph.objects(concept, SKOS.inScheme)) == [SCHEME], slug
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1, slug
        (definition,) = graph.objects(concept, SKOS.definition)
        assert re.fullmatch(r"[A-Z][^\n]{30,}\.", str(definition)), slug


def test_no_two_themes_share_a_definition(graph: Graph) -> None:
    counts = Counter(graph.objects(None, SKOS.definition))
    assert [text for text, count in counts.items() if count > 1] == []


def test_every_text_is_in_english(graph: Graph) -> None:
    for predicate in (*LABELS, SKOS.definition, SKOS.scopeNote, SKOS.editorialNote):
        for text in graph.objects(None, predicate):
            assert isinstance(text, Literal) and text.language == "en", text
            assert str(text) == str(text).strip() != ""


def test_no_label_belongs_to_two_themes(graph: Graph) -> None:
    owners: dict[str, set[Node]] = {}
    for concept, label in labels(graph):
        owners.setdefault(fold(label), set()).add(concept)
    assert {label: who for label, who in owners.items() if len(who) > 1} == {}


def test_no_label_is_repeated_within_a_theme(graph: Graph) -> None:
    counts = Counter((concept, fold(label)) for concept, label in labels(graph))
    assert [pair for pair, count in counts.items() if count > 1] == []


def test_no_label_is_a_bare_ambiguous_word(graph: Graph) -> None:
    tops = set(graph.subjects(SKOS.topConceptOf, SCHEME))
    assert [x for c, x in labels(graph) if c not in tops and fold(x) in AMBIGUOUS] == []


def test_top_themes_and_scheme_agree(graph: Graph) -> None:
    tops = set(graph.objects(SCHEME, SKOS.hasTopConcept))
    assert tops == set(graph.subjects(SKOS.topConceptOf, SCHEME))
    assert len(tops) == 12
    for top in tops:
        assert graph.value(top, SKOS.broader) is None


def test_every_theme_hangs_from_one_top_theme_without_cycles(graph: Graph) -> None:
    for concept in concepts(graph):
        assert len(chain(graph, concept)) <= 3, concept


def test_a_cycle_would_be_noticed() -> None:
    loop = Graph()
    loop.add((THEME.a, SKOS.broader, THEME.b))
    loop.add((THEME.b, SKOS.broader, THEME.a))
    with pytest.raises(ValueError, match="broader than itself"):
        chain(loop, THEME.a)


def test_related_themes_are_mutual_and_not_in_one_line(graph: Graph) -> None:
    for one, other in graph.subject_objects(SKOS.related):
        assert (other, SKOS.related, one) in graph, (one, other)
        assert one not in chain(graph, other) and other not in chain(graph, one), (one, other)


def test_every_theme_named_is_described(graph: Graph) -> None:
    known = set(concepts(graph))
    for predicate in (SKOS.broader, SKOS.related, SKOS.hasTopConcept):
        assert set(graph.objects(None, predicate)) <= known


def test_no_blank_nodes(graph: Graph) -> None:
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]


def test_each_theme_is_described_in_one_file() -> None:
    seen: Counter[Node] = Counter()
    for file in FILES:
        seen.update(set(Graph().parse(file).subjects(SKOS.prefLabel)))
    assert [subject for subject, count in seen.items() if count > 1] == []


@pytest.mark.parametrize(("words", "slug"), WORDS.items())
def test_words_lead_to_the_theme_meant(graph: Graph, words: str, slug: str) -> None:
    assert {c for c, label in labels(graph) if fold(label) == fold(words)} == {THEME[slug]}


@pytest.mark.parametrize(
    ("slug", "above"),
    [
        ("return-home-interviews", ["missing-children", "risks-and-vulnerabilities"]),
        ("contingency-planning", ["planning-for-children", "social-work-practice"]),
        ("foster-carer-recruitment", ["fostering", "looked-after-children"]),
        ("virtual-school", ["looked-after-education", "education-and-learning"]),
        ("management-oversight", ["leadership-and-management"]),
        ("child-death-overview", ["safeguarding-board", "partnership-working"]),
    ],
)
def test_place_in_the_hierarchy(graph: Graph, slug: str, above: list[str]) -> None:
    assert chain(graph, THEME[slug])[1:] == [THEME[name] for name in above]


def test_links_to_the_services_list(graph: Graph) -> None:
    expected = {(THEME[slug], SERVICE[number]) for slug, number in SERVICES.items()}
    assert set(graph.subject_objects(SKOS.closeMatch)) == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_keep_the_format(file: Path) -> None:
    tool = shutil.which("turtlefmt", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("turtlefmt is not installed beside this Python")
    done = subprocess.run([tool, "--check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
