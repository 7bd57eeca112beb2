"""Bodies and office-holders that the encoded documents name, as read from them by hand."""

from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from ofsted_kg.texts.passages import TextDocument
from tests.conftest import ROOT

OKG = Namespace("https://w3id.org/ofsted-kg/def#")
ID = Namespace("https://w3id.org/ofsted-kg/id/")
ADMS = Namespace("http://www.w3.org/ns/adms#")

NEWS = "camden-council-news-2010"
THIRD_PARTY = "third-party-news-camden-2017"
LETTER = "camden-annual-rating-2009"
REPORT = "camden-slac-2012"
LEADER = "kensington-and-chelsea-leader-news-2016"
DOCUMENTS = (NEWS, THIRD_PARTY, LETTER, REPORT, LEADER)

# Sentence, who, role, service | name as printed.
READ = {
    NEWS: """
        b1.1 authority/CMD inspected-authority childrens-services | Camden
        b10.2 camden-virtual-school provider virtual-school | The Camden Academy
        b14.3 sussex place-named virtual-school | Sussex University
        b15.1 person/heather-johnson cabinet-member childrens-services | Councillor Heather Johnson
        """,
    THIRD_PARTY: """
        b7.2 camden-mash provider help-and-protection | multi-agency safeguarding hub (MASH)
        b18.1 mackman-research publishers-contractor - | Mackman Research
        """,
    LETTER: """
        b2.1 person/ann-baxter addressee childrens-services | Ms Ann Baxter
        b26.1 person/juliet-winstanley signatory childrens-services | Juliet Winstanley
        b12.2 ofsted inspectorate childrens-services | Ofsted
        b23.4 camden-fostering-service provider fostering | fostering agency
        """,
    REPORT: """
        b3.1 person/paul-d-inverno lead-inspector childrens-services | Paul d’Inverno HMI
        1.2 cqc partner-inspectorate childrens-services | Care Quality Commission
        5.3 camden-clinical-commissioning-group partner health | Clinical Commissioning Group
        7.3 royal-free provider health | Royal Free Hampstead NHS Trust
        7.4 whittington provider health | Whittington Health
        7.4 authority/ISL place-named health | London Borough of Islington
        7.5 mosaic provider disabled-children | MOSAIC
        8.7 nhs-camden-pct commissioner mental-health | NHS Camden
        8.7 whittington provider mental-health | Whittington Health
        9.1 royal-free place-named safeguarding | Royal Free Hospital
        9.3 fwd provider substance-misuse | FWD
        12.4 swiss-cottage place-named disabled-children | Swiss Cottage Special School
        23.9 nhs-ncl subject-of-recommendation health | NHS North Central London
        31.2 barnardos partner safeguarding | Barnardo's
        95.3 barnardos provider looked-after-children | Barnardo's
        32.3 kidstime provider early-help | Kidstime
        42.1 camden-emergency-duty-team provider safeguarding | emergency duty team
        47.1 safeguarding-improvement-team evaluator health | Safeguarding Improvement Team
        62.4 fdac provider substance-misuse | Family Drug and Alcohol Court
        67.4 brandon-centre provider mental-health | The Brandon Centre
        70.10 scie evaluator safeguarding | Social Care Institute for Excellence
        76.2 camden-safety-net provider domestic-abuse | Camden Safety Net
        85.6 nhs-ncl subject-of-recommendation looked-after-children | NHS North Central London
        105.8 london-pledge-group partnership-board looked-after-children | London Pledge group
        106.3 camden-young-inspectors evaluator virtual-school | young inspectors
        109.3 connexions provider looked-after-children | Connexions
        110.7 new-horizons provider housing | New Horizons
        113.5 coram-research-unit evaluator early-help | Coram Research Unit
        113.5 families-in-focus provider early-help | Families in Focus
        122.8 post/camden-chief-executive provider looked-after-children | Chief Executive
        """,
    LEADER: """
        b2.2 authority/KEC inspected-authority childrens-services | Kensington and Chelsea
        b8.2 authority/ROT comparison - | Rotherham
        b8.2 authority/RCH comparison - | Rochdale
        """,
}

# Everybody that the four short documents name.
ALL_NAMED = {
    NEWS: "authority/CMD ofsted camden-virtual-school sussex person/heather-johnson",
    THIRD_PARTY: "authority/CMD ofsted camden-mash camden-mappa camden-marac "
    "mackman-group mackman-research mackman",
    LETTER: "authority/CMD ofsted camden-fostering-service "
    "person/ann-baxter person/juliet-winstanley",
    LEADER: "authority/KEC authority/ROT authority/RCH ofsted "
    "kensington-and-chelsea-childrens-services",
}

JOINT_COMMISSIONERS = (
    "nhs-ncl camden-borough-presence camden-children-schools-and-families authority/CMD"
)

# Sentence of the 2012 report, role, and everybody who plays it there.
TOGETHER = [
    (
        "2.7",
        "interviewed-body",
        "nhs-ncl camden-borough-presence cnwl royal-free uclh candi tavistock gosh",
    ),
    ("5.1", "member", "camden-children-schools-and-families camden-borough-presence police"),
    ("7.2", "provider", "cnwl"),
    ("8.1", "provider", "royal-free uclh"),
    ("8.2", "provider", "royal-free uclh"),
    ("8.5", "provider", "royal-free tavistock"),
    ("9.3", "provider", "malt camden-camhs fwd"),
    ("7.1", "joint-commissioner", JOINT_COMMISSIONERS),
    ("33.9", "member", "police camden-youth-offending-service"),
    ("43.4", "partnership-board", "cscb-health-sub-group cscb-quality-assurance-sub-group"),
    ("44.1", "partnership-board", "camden-child-death-overview-panel"),
    ("52.1", "provider", "royal-free uclh"),
]

# Names of one body in the 2012 report, slips and variants as they are printed.
PRINTED = {
    "mosaic": {"MOSAIC", "MOSIAC"},
    "cool-card": {"Coo-I Card"},
    "north-london-consortium": {"North London consortium", "North London Consortium"},
    "uclh": {
        "University College London Hospitals NHS Foundation Trust",
        "University College London Hospital",
    },
    "tavistock": {
        "Tavistock & Portman NHS Foundation Trust",
        "Tavistock and Portman NHS Foundation Trust",
        "Tavistock clinic",
        "Tavistock centre",
    },
    "camden-childrens-trust": {"Children's Trust", "Children's Trust Board"},
    "camden-virtual-school": {"virtual school", "looked after children's academy"},
    "young-peoples-pathway": {
        "'pathways' project",
        "Young People's Pathway",
        "pathway project",
        "pathways project",
        "young people's pathway project",
    },
}

# Sentence of the 2012 report, body, and where else the report says the same of it.
REPEATED = [
    ("7.3", "royal-free", {"8.2"}),
    ("8.1", "uclh", {"49.1"}),
    ("30.2", "camden-fostering-service", {"84.4", "94.4", "97.1"}),
    ("30.2", "camden-adoption-service", {"94.4", "99.4"}),
    ("62.4", "fdac", {"113.7", "113.8"}),
    ("112.1", "camden-mediation-service", {"124.1"}),
    ("94.2", "ofsted", {"97.6", "119.1", "126.1"}),
]

CITED = {
    (LETTER, "b25.1", "http://www.legislation.gov.uk/id/ukpga/2006/40/section/138"),
    (REPORT, "1.3", "http://www.legislation.gov.uk/id/ukpga/2004/31"),
    (REPORT, "2.3", str(ID["guidance/wt2006"])),
    (REPORT, "46.3", "http://www.legislation.gov.uk/id/ukpga/2004/31"),
}


def _parse(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """What the documents say of bodies, and nothing else."""
    return _parse(*sorted((ROOT / "data/documents").glob("*/organisations.ttl")))


@pytest.fixture(scope="module")
def bodies() -> Graph:
    """Bodies, persons and posts that the project itself describes."""
    return _parse(ROOT / "data/reference/bodies.ttl")


@pytest.fixture(scope="module")
def nodes(bodies: Graph) -> Graph:
    """Everything that a participation may point at."""
    reference = ("organisations", "authorities", "services", "legislation")
    files = [ROOT / f"data/reference/{name}.ttl" for name in reference]
    return bodies + _parse(*files, ROOT / "ontology/concepts.ttl")


def _who(name: str) -> URIRef:
    return ID[name if "/" in name else f"organisation/{name}"]


def _short(node: Node | None) -> str:
    return str(node).removeprefix(str(ID))


def _stated_in(graph: Graph, document: str, sentence: str) -> list[Node]:
    found = graph.subjects(OKG.isStatedIn, ID[f"passage/{document}/{sentence}"])
    return [node for node in found if (node, RDF.type, OKG.Participation) in graph]


def _of_document(graph: Graph, document: str) -> list[Node]:
    prefix = str(ID[f"participation/{document}/"])
    return [n for n in graph.subjects(RDF.type, OKG.Participation) if str(n).startswith(prefix)]


def _expected() -> list[tuple[str, ...]]:
    rows = []
    for document, table in READ.items():
        for line in table.strip().splitlines():
            place, printed = line.split(" | ")
            rows.append((document, *place.split(), printed))
    return rows


@pytest.mark.parametrize(("document", "sentence", "who", "role", "service", "name"), _expected())
def test_body_plays_its_role_where_the_document_says_so(
    graph: Graph, document: str, sentence: str, who: str, role: str, service: str, name: str
) -> None:
    found = [
        node
        for node in _stated_in(graph, document, sentence)
        if (node, OKG.hasParticipant, _who(who)) in graph
        and (node, OKG.hasRole, ID[f"role/{role}"]) in graph
    ]
    assert [str(graph.value(node, OKG.asWritten)) for node in found] == [name]
    concerned = [
        _short(node).rsplit("/", 1)[1] for node in graph.objects(found[0], OKG.concernsService)
    ]
    assert concerned == ([] if service == "-" else [service])


@pytest.mark.parametrize("document", ALL_NAMED)
def test_short_document_names_these_and_no_others(graph: Graph, document: str) -> None:
    found = {graph.value(node, OKG.hasParticipant) for node in _of_document(graph, document)}
    assert found == {_who(name) for name in ALL_NAMED[document].split()}


@pytest.mark.parametrize(("sentence", "role", "expected"), TOGETHER)
def test_sentence_names_all_who_share_a_role(
    graph: Graph, sentence: str, role: str, expected: str
) -> None:
    found = {
        graph.value(node, OKG.hasParticipant)
        for node in _stated_in(graph, REPORT, sentence)
        if (node, OKG.hasRole, ID[f"role/{role}"]) in graph
    }
    assert found == {_who(name) for name in expected.split()}


def test_addressee_is_the_director_too(graph: Graph) -> None:
    roles = {
        str(graph.value(node, OKG.asWritten)): graph.value(node, OKG.hasRole)
        for node in _of_document(graph, LETTER)
        if (node, OKG.hasParticipant, _who("person/ann-baxter")) in graph
    }
    assert roles == {
        "Ms Ann Baxter": ID["role/addressee"],
        "Director of Children, Schools and Families": ID["role/director-of-childrens-services"],
    }


def test_one_trust_has_three_arrangements_in_one_sentence(graph: Graph) -> None:
    services = [
        _short(graph.value(node, OKG.concernsService))
        for node in _stated_in(graph, REPORT, "7.2")
        if (node, OKG.hasParticipant, _who("cnwl")) in graph
    ]
    assert sorted(services) == [
        "service/CMD/disabled-children",
        "service/CMD/health",
        "service/CMD/looked-after-children",
    ]


@pytest.mark.parametrize("body", PRINTED)
def test_names_are_kept_as_printed_and_resolved_to_one_body(graph: Graph, body: str) -> None:
    found = {
        str(graph.value(node, OKG.asWritten))
        for node in _of_document(graph, REPORT)
        if (node, OKG.hasParticipant, _who(body)) in graph
    }
    assert found == PRINTED[body]


@pytest.mark.parametrize(("sentence", "body", "elsewhere"), REPEATED)
def test_what_is_said_twice_is_one_participation(
    graph: Graph, sentence: str, body: str, elsewhere: set[str]
) -> None:
    prefix = str(ID[f"passage/{REPORT}/"])
    found = [
        {str(p).removeprefix(prefix) for p in graph.objects(node, OKG.isRepeatedIn)}
        for node in _stated_in(graph, REPORT, sentence)
        if (node, OKG.hasParticipant, _who(body)) in graph
    ]
    assert elsewhere in found


def test_laws_and_guidance_named(graph: Graph, nodes: Graph) -> None:
    found = set()
    for node in graph.subjects(RDF.type, OKG.ContextStatement):
        document, sentence = str(graph.value(node, OKG.isStatedIn)).rsplit("/", 2)[1:]
        law = graph.value(node, DCTERMS.references)
        assert (law, DCTERMS.title, None) in nodes
        found.add((document, sentence, str(law)))
    assert found == CITED


@pytest.mark.parametrize("sentence", ["b23.5", "70.9", "97.8", "129.1"])
def test_bodies_without_a_name_are_left_out(graph: Graph, sentence: str) -> None:
    document = LETTER if sentence.startswith("b") else REPORT
    assert _stated_in(graph, document, sentence) == []


def test_vacant_post_takes_no_part(graph: Graph) -> None:
    found = [_short(graph.value(n, OKG.hasParticipant)) for n in _stated_in(graph, REPORT, "79.4")]
    assert found == ["post/camden-designated-nurse-looked-after-children"]


def test_only_the_makers_of_a_website_have_no_part_in_an_authoritys_services(graph: Graph) -> None:
    found = {
        _short(graph.value(node, OKG.hasParticipant))
        for node in graph.subjects(RDF.type, OKG.Participation)
        if (node, OKG.concernsAuthority, None) not in graph
    }
    makers = ("mackman-group", "mackman-research", "mackman")
    assert found == {f"organisation/{name}" for name in makers}


def test_every_participation_is_complete_and_said_once(graph: Graph, nodes: Graph) -> None:
    said = []
    for node in graph.subjects(RDF.type, OKG.Participation):
        for property_ in (OKG.hasParticipant, OKG.hasRole, OKG.isStatedIn, OKG.asWritten):
            assert len(list(graph.objects(node, property_))) == 1, (node, property_)
        assert (graph.value(node, OKG.hasRole), SKOS.inScheme, ID.role) in nodes
        for service in graph.objects(node, OKG.concernsService):
            assert (service, RDF.type, OKG.ChildrensService) in nodes, service
            assert graph.value(node, OKG.concernsAuthority) == nodes.value(
                service, OKG.isProvidedBy
            )
        properties = (OKG.hasParticipant, OKG.hasRole, OKG.concernsService, DCTERMS.description)
        document = str(node).rsplit("/", 2)[1]
        said.append((document, *(graph.value(node, p) for p in properties)))
    assert len(said) == len(set(said)) > 0


def test_every_participant_has_a_type_and_one_name(graph: Graph, nodes: Graph) -> None:
    for who in set(graph.objects(None, OKG.hasParticipant)):
        assert (who, RDF.type, None) in nodes, who
        assert len(set(nodes.objects(who, SKOS.prefLabel))) == 1, who


def test_bodies_described_here_are_named_somewhere_and_have_no_codes(
    graph: Graph, bodies: Graph
) -> None:
    services = set(bodies.subjects(RDF.type, OKG.ChildrensService))
    inspectorates = set(bodies.subjects(RDF.type, OKG.Inspectorate))  # named in joint reports
    named = set(graph.objects(None, OKG.hasParticipant))
    assert (
        set(bodies.subjects()) - services - inspectorates
        == {who for who in named if (who, None, None) in bodies} - inspectorates
    )
    assert services <= set(graph.objects(None, OKG.concernsService))
    assert all(str(bodies.value(s, RDFS.label)).startswith("Camden: ") for s in services)
    for property_ in (ADMS.identifier, DCTERMS.identifier, SKOS.notation):
        assert (None, property_, None) not in bodies


def test_four_persons_are_named(bodies: Graph) -> None:
    names = {str(name) for name in bodies.objects(None, FOAF.name)}
    assert names == {"Ann Baxter", "Juliet Winstanley", "Heather Johnson", "Paul d'Inverno"}


def test_each_passage_holds_the_printed_name(graph: Graph, texts: dict[str, TextDocument]) -> None:
    stated = list(graph.subject_objects(OKG.isStatedIn))
    assert len(stated) > len(_expected())
    for node, passage in stated:
        document, key = str(passage).rsplit("/", 2)[1:]
        words = " ".join(texts[document].words(key).split())
        assert str(graph.value(node, OKG.asWritten)) in words
        if (node, RDF.type, OKG.Participation) in graph:
            assert str(node).rsplit("/", 2)[1:] == [document, f"{key}-{str(node)[-1]}"]
        for again in graph.objects(node, OKG.isRepeatedIn):
            other, repeated = str(again).rsplit("/", 2)[1:]
            assert other == document
            assert texts[document].words(repeated)
