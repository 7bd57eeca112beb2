"""Everything said about one thing: what `show` prints."""

import pyoxigraph as ox

from ofsted_kg.asking.answers import Answer, from_solutions, set_apart
from ofsted_kg.asking.bodies import linked, note, shortened, spellings
from ofsted_kg.asking.parameters import bearers, namesakes
from ofsted_kg.errors import NotFoundError
from ofsted_kg.rdf.terms import term
from ofsted_kg.store import PARAMETERS_MARK, Bindings, Store, Term, select

_ABOUT = f"""
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?property ?value ?label ?predicate
WHERE {{
  {PARAMETERS_MARK}
  %s
  OPTIONAL {{ ?predicate rdfs:label ?named }}
  BIND(COALESCE(STR(?named), REPLACE(STR(?predicate), "^.*[/#]", "")) AS ?property)
  OPTIONAL {{ ?value skos:prefLabel|rdfs:label|foaf:name ?label }}
}}
ORDER BY ?thing ?property ?label ?value
"""
_SELECTOR = term("oa:hasSelector")
_LOCATOR, _STATED_IN, _SENTENCE = (
    term(f"okg:{name}") for name in ("locator", "isStatedIn", "sentenceStart")
)
_COLUMNS = ("thing", "property", "value", "label", "source", "behind")
# What a machine found stands in graphs of its own, to which no name leads.
_SAID = "?thing ?predicate ?value ."
_APART = f"GRAPH ?kept {{ {_SAID} }}"
_BY_MACHINE = (
    "a machine's judgement of a sentence, right in about eight of nine: read the place before you"
    " cite it"
)
# Asked of the values found: joined to all that is said, engines read every passage there is.
_SOURCES = f"""
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT ?value ?title ?locator
WHERE {{
  {PARAMETERS_MARK}
  ?value okg:locator ?locator ; oa:hasSource/okg:isRenditionOf/bibo:shortTitle ?title .
}}
"""
# What is stated in some words; a whole inspection is not, though its dates are.
_STATEMENTS = f"""
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT DISTINCT ?value
WHERE {{
  {PARAMETERS_MARK}
  ?value a ?kind .
  FILTER(?kind IN (okg:Finding, okg:Recommendation, okg:SecondaryClaim, okg:QuotedStatistic))
}}
"""


def show(store: Store, thing: str) -> Answer:
    """Properties and values of whatever has this IRI, code or name, with labels and sources.

    Raises NotFoundError where nothing has it.
    """
    for look_up in (_named, linked, _spelled):
        nodes = look_up(store, thing)
        if nodes:
            answer = _about(store, nodes, _SAID)
            if answer.terms:
                return answer._replace(notes=tuple(filter(None, [note(store, thing, nodes)])))
    if _is_iri(thing):
        answer = _about(store, [ox.NamedNode(thing)], _APART)
        if answer.terms:
            return answer._replace(notes=(_BY_MACHINE,))
    if several := shortened(store, thing):
        raise NotFoundError(f"{thing} is short for {several}: write out the one that you mean")
    raise NotFoundError(f"nothing in the graph is called {thing}")


def _about(store: Store, nodes: list[Term], said: str) -> Answer:
    """What is said, with the statement or passage behind each row whose words could be added."""
    found = from_solutions(select(store, _ABOUT % said, {"thing": nodes})).terms
    values = {row[2] for row in found if isinstance(row[2], ox.NamedNode)}
    asked: Bindings = {"value": sorted(values, key=str)}
    sources: dict[Term, Term] = {}
    statements: set[Term] = set()
    if values:
        for row in select(store, _SOURCES, asked):
            place = f"{row['title'].value}, {row['locator'].value}"
            sources[row["value"]] = ox.Literal(place)
        statements = {row["value"] for row in select(store, _STATEMENTS, asked)}
    said_of: dict[Term | None, set[Term | None]] = {}
    for thing, *_, predicate in found:
        said_of.setdefault(thing, set()).add(predicate)

    def behind(thing: Term | None, value: Term | None, predicate: Term | None) -> Term | None:
        """Of a sentence its own words, not those of its whole paragraph."""
        of_sentence = predicate == _STATED_IN and _SENTENCE in said_of[thing]
        of_passage = predicate == _LOCATOR and _SELECTOR in said_of[thing]
        if of_sentence or of_passage:
            return thing
        return value if value in sources or value in statements else None

    rows = tuple(
        (thing, name, value, label, value and sources.get(value), behind(thing, value, predicate))
        for thing, name, value, label, predicate in found
    )
    return set_apart(Answer(_COLUMNS, rows), {"words": "behind"}, store)


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
