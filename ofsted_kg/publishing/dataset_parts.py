"""What kind of graph each file is, how it is made, from what source, under which licence."""

from typing import NamedTuple

from pyoxigraph import NamedNode

from ofsted_kg.errors import SourceError
from ofsted_kg.publishing.dataset_counts import Counts
from ofsted_kg.rdf.files import GRAPH, GraphFile
from ofsted_kg.rdf.terms import iri

CC_BY = NamedNode("https://creativecommons.org/licenses/by/4.0/")
OGL = NamedNode("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
OGL_STATEMENT = (
    "Contains public sector information licensed under the Open Government Licence v3.0."
)

# The kind of graph, a key of the list graph-kind in ontology/concepts.ttl, by folder.
_BY_FOLDER = {
    "ontology": "vocabulary",
    "opinions": "view",
    "derived": "derived",
    "findings": "judged",
    "overviews": "secondary",
    "passages": "passages",
    "reference": "reference",
    "releases": "release",
    "reports": "report",
}


class Target(NamedTuple):
    """Another publisher's dataset: its title, its spaces of IRIs, its public endpoint if any."""

    title: str
    spaces: tuple[str, ...]
    endpoint: str | None = None


TARGETS = {
    "wikidata": Target(
        "Wikidata", ("http://www.wikidata.org/entity/",), "https://query.wikidata.org/sparql"
    ),
    "planning-data": Target("planning.data.gov.uk", ("https://www.planning.data.gov.uk/entity/",)),
    "ons": Target(
        "Office for National Statistics, areas",
        (
            "http://statistics.data.gov.uk/id/",
            "https://www.ons.gov.uk/explore-local-statistics/areas/",
        ),
    ),
    "ordnance-survey": Target("Ordnance Survey", ("http://data.ordnancesurvey.co.uk/id/",)),
    "opendatacommunities": Target("OpenDataCommunities", ("http://opendatacommunities.org/id/",)),
    "dbpedia": Target("DBpedia", ("http://dbpedia.org/resource/",), "https://dbpedia.org/sparql"),
    "wikipedia": Target("Wikipedia in English", ("https://en.wikipedia.org/wiki/",)),
    "legislation": Target("legislation.gov.uk", ("http://www.legislation.gov.uk/id/",)),
    "ofsted-reports": Target("Ofsted reports", ("https://reports.ofsted.gov.uk/",)),
    "esd": Target("esd standards, local government services", ("http://id.esd.org.uk/",)),
    "ror": Target("Research Organization Registry", ("https://ror.org/",)),
}


class GraphPart(NamedTuple):
    """One named graph: `kind` and `method` are keys of the lists of graph kinds and methods."""

    graph: NamedNode
    title: str
    kind: str
    method: str
    sources: tuple[NamedNode, ...]
    licence: NamedNode


class _Stated(NamedTuple):
    """What the graphs say of themselves and of documents, by IRI."""

    titles: dict[str, str]
    licences: dict[str, NamedNode]
    sources: dict[str, list[NamedNode]]
    documents: dict[str, str]
    secondary: frozenset[str]


def graph_parts(files: list[GraphFile], counts: Counts) -> list[GraphPart]:
    """Each file's graph, from what it says of itself, else by rule from its name.

    Raises SourceError for a file in a folder that no rule covers.
    """
    stated = _stated(counts)
    return [_part(file, stated) for file in files]


def _stated(counts: Counts) -> _Stated:
    titles: dict[str, str] = {}
    licences: dict[str, NamedNode] = {}
    sources: dict[str, list[NamedNode]] = {}
    for row in counts.rows(
        "PREFIX prov: <http://www.w3.org/ns/prov#> SELECT ?g ?p ?v { VALUES ?p { dcterms:title "
        "dcterms:license dcterms:source prov:wasDerivedFrom } GRAPH ?g { ?g ?p ?v } } "
        "ORDER BY STR(?g) STR(?v)"
    ):
        graph, name, value = row["g"].value, row["p"].value, row["v"]
        if name.endswith("/title"):
            titles[graph] = value.value
        elif isinstance(value, NamedNode):
            if name.endswith("/license"):
                licences[graph] = value
            else:
                sources.setdefault(graph, []).append(value)
    documents: dict[str, str] = {}
    secondary = set()
    for row in counts.rows(
        "PREFIX bibo: <http://purl.org/ontology/bibo/> SELECT ?d ?title ?l ?kind ?g { GRAPH ?g "
        "{ ?d a okg:SourceDocument ; bibo:shortTitle ?title } OPTIONAL { ?d dcterms:license ?l } "
        "OPTIONAL { ?d a ?kind FILTER(?kind = okg:SecondarySource) } } ORDER BY STR(?d)"
    ):
        document = row["d"].value
        documents[document] = row["title"].value
        if row["l"]:
            licences[document] = row["l"]
        if row["kind"]:
            secondary.add(document)
        if not row["g"].value.startswith(GRAPH + "documents/"):
            sources.setdefault(row["g"].value, []).append(row["d"])
    return _Stated(titles, licences, sources, documents, frozenset(secondary))


def _part(file: GraphFile, stated: _Stated) -> GraphPart:
    folder, _, rest = file.graph.removeprefix(GRAPH).partition("/")
    document = iri("document", rest.partition("/")[0])
    sources = stated.sources.get(file.graph, [])
    if folder in ("documents", "passages") and document.value in stated.documents:
        sources = [document, *sources]
    main = next((source.value for source in sources if source.value in stated.documents), "")
    method = "generated" if _is_generated(file) else "authored"
    kind = _kind(file, folder, main, method, stated)
    licence = stated.licences.get(file.graph)
    if licence is None and kind in ("official", "report", "judged", "release"):
        licence = stated.licences.get(main)
    return GraphPart(
        graph=NamedNode(file.graph),
        title=stated.titles.get(file.graph) or _title(folder, rest, stated.documents.get(main)),
        kind=kind,
        method=method,
        sources=tuple(dict.fromkeys(sources)),
        licence=licence or CC_BY,
    )


def _kind(file: GraphFile, folder: str, document: str, method: str, stated: _Stated) -> str:
    if folder == "documents":
        return "secondary" if document in stated.secondary else "official"
    if folder not in _BY_FOLDER:
        raise SourceError(f"{file.name}: no rule says what kind of graph the folder {folder} holds")
    return _BY_FOLDER[folder]


def _title(folder: str, rest: str, short_title: str | None) -> str:
    stem = rest.rpartition("/")[2].replace("-", " ")
    if short_title and folder in ("reports", "findings"):
        return f"{short_title}, {'read' if folder == 'reports' else 'judged'} by machine"
    if short_title:
        return f"{short_title}: {stem if folder == 'documents' else folder}"
    return f"{folder.capitalize()}: {stem}"


def _is_generated(file: GraphFile) -> bool:
    with file.path.open(encoding="utf-8") as stream:
        return stream.readline().startswith("# Generated")
