"""Everything said about one thing: what `show` prints."""

import pyoxigraph as ox

from ofsted_kg.asking.answers import Answer, from_solutions
from ofsted_kg.asking.questions import fold
from ofsted_kg.errors import NotFoundError
from ofsted_kg.store import PARAMETERS_MARK, Store, select

_PREFIXES = """
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_NAMED = f"""{_PREFIXES}
SELECT DISTINCT ?thing ?name
WHERE {{
  {PARAMETERS_MARK}
  {{ ?thing skos:prefLabel|skos:altLabel|rdfs:label|dcterms:title|bibo:shortTitle|foaf:name ?name }}
  UNION
  {{ ?thing adms:identifier/skos:notation ?name }}
  UNION
  {{ ?thing skos:notation ?name }}
}}
"""
_ABOUT = f"""{_PREFIXES}
SELECT ?thing ?property ?value ?label ?source
WHERE {{
  {PARAMETERS_MARK}
  ?thing ?predicate ?value .
  OPTIONAL {{ ?predicate rdfs:label ?named }}
  BIND(COALESCE(STR(?named), REPLACE(STR(?predicate), "^.*[/#]", "")) AS ?property)
  OPTIONAL {{ ?value skos:prefLabel|rdfs:label|foaf:name ?label }}
  OPTIONAL {{
    ?value okg:locator ?locator ; oa:hasSource/okg:isRenditionOf/bibo:shortTitle ?title .
    BIND(CONCAT(?title, ", ", ?locator) AS ?source)
  }}
}}
ORDER BY ?thing ?property ?label ?value
"""


def show(store: Store, thing: str) -> Answer:
    """Properties and values of whatever has this IRI, code or name, with labels and sources.

    Raises NotFoundError where nothing has it.
    """
    nodes = [ox.NamedNode(thing)] if _is_iri(thing) else _named(store, thing)
    if nodes:
        answer = from_solutions(select(store, _ABOUT, {"thing": nodes}))
        if answer.terms:
            return answer
    raise NotFoundError(f"nothing in the graph is called {thing}")


def _is_iri(thing: str) -> bool:
    if not thing.startswith(("http://", "https://")):
        return False
    try:
        ox.NamedNode(thing)
    except ValueError:
        return False
    return True


def _named(store: Store, name: str) -> list[ox.NamedNode]:
    as_typed = [ox.Literal(name), ox.Literal(name, language="en")]
    found = [row["thing"] for row in select(store, _NAMED, {"name": as_typed})]
    if not found:
        wanted = fold(name)
        everything = select(store, _NAMED)
        found = [row["thing"] for row in everything if fold(row["name"].value) == wanted]
    nodes = {node: None for node in found if "/identifier/" not in node.value}
    return list(nodes)
