"""Everything said about one thing: what `show` prints."""

import pyoxigraph as ox

from ofsted_kg.asking.answers import Answer, from_solutions
from ofsted_kg.asking.bodies import linked, note, shortened, spellings
from ofsted_kg.asking.parameters import bearers, namesakes
from ofsted_kg.errors import NotFoundError
from ofsted_kg.store import PARAMETERS_MARK, Store, Term, select

_ABOUT = f"""
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
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
    for look_up in (_named, linked, _spelled):
        nodes = look_up(store, thing)
        if nodes:
            answer = from_solutions(select(store, _ABOUT, {"thing": nodes}))
            if answer.terms:
                return answer._replace(notes=tuple(filter(None, [note(store, thing, nodes)])))
    if several := shortened(store, thing):
        raise NotFoundError(f"{thing} is short for {several}: write out the one that you mean")
    raise NotFoundError(f"nothing in the graph is called {thing}")


def _named(store: Store, thing: str) -> list[Term]:
    if _is_iri(thing):
        return [ox.NamedNode(thing)]
    found = bearers(store, thing) or namesakes(store, thing)
    return [node for node in found if "/identifier/" not in str(node)]


def _spelled(store: Store, thing: str) -> list[Term]:
    return [*spellings(store).look(thing)]


def _is_iri(thing: str) -> bool:
    if not thing.startswith(("http://", "https://")):
        return False
    try:
        ox.NamedNode(thing)
    except ValueError:
        return False
    return True
