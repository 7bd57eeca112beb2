"""Which authorities a caller means by a spelling or by another's IRI, and where it is several."""

import datetime
import re
from collections.abc import Sequence

import pyoxigraph as ox

from ofsted_kg.identity.names import fold
from ofsted_kg.identity.spellings import READS, SCHEMES, Spellings
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri
from ofsted_kg.store import PARAMETERS_MARK, Store, Term, select

_WIKIDATA = "http://www.wikidata.org/entity/"
_NUMBERS = {2: "two", 3: "three"}
# Each side of the union reads what it finds: joined after it, or by VALUES, it takes a second.
_NAMES = f"""
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?subject ?predicate ?value
WHERE {{
  {{ ?subject a okg:LocalAuthority ; ?predicate ?value }}
  UNION
  {{
    VALUES ?scheme {{ {" ".join(map(str, SCHEMES))} }}
    ?subject skos:inScheme ?scheme ; ?predicate ?value .
  }}
  FILTER(?predicate IN ({", ".join(map(str, READS))}))
}}
"""
# How the graph relates a thing to its IRI elsewhere, to a page about it, and to its codes.
_LINKS = """owl:sameAs|skos:exactMatch|skos:closeMatch|rdfs:seeAlso|foaf:isPrimaryTopicOf
      |foaf:homepage|adms:identifier|okg:governs"""
_LINKED = f"""
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing
WHERE {{
  {{
    {PARAMETERS_MARK}
    ?thing {_LINKS} ?iri .
  }}
  UNION
  {{
    {PARAMETERS_MARK}
    ?land {_LINKS} ?iri .
    ?thing okg:governs ?land .
  }}
}}
ORDER BY ?thing
"""
_TITLES = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT ?value ?title ?until
WHERE {{
  {PARAMETERS_MARK}
  ?value a okg:LocalAuthority ; dcterms:title ?title .
  OPTIONAL {{ ?value okg:existsUntil ?until }}
}}
ORDER BY (!BOUND(?until)) ?until ?title
"""
_ENDED = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name ?title ?until ?next
WHERE {{
  {PARAMETERS_MARK}
  ?value a okg:LocalAuthority ;
    skos:prefLabel ?name ;
    dcterms:title ?title ;
    okg:existsUntil ?until .
  OPTIONAL {{
    ?change org:originalOrganization ?value ; org:resultingOrganization/skos:prefLabel ?next .
  }}
}}
ORDER BY ?name ?next
"""
_SHOWN = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name
WHERE {{
  {PARAMETERS_MARK}
  ?value ?called ?name .
  FILTER(?called IN (skos:prefLabel, skos:altLabel, dcterms:title))
}}
"""


def spellings(store: Store) -> Spellings:
    """The authorities of a store by every spelling of their names."""
    facts = Facts()
    for row in select(store, _NAMES):
        facts.add(row["subject"], row["predicate"], row["value"])
    return Spellings(facts)


def linked(store: Store, code: str) -> list[Term]:
    """What the graph says has this IRI elsewhere, this Wikidata item (`Q42`), or this code of
    a scheme (`local-authority-eng:BRD`)."""
    if re.fullmatch(r"Q[1-9]\d*", code):
        code = _WIKIDATA + code
    if found := re.fullmatch(r"([a-z]+(?:-[a-z]+)*):([A-Za-z0-9-]+)", code):
        code = iri("identifier", found[1], found[2].upper()).value  # as registers write a code
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", code):
        return []
    address = code.partition("://")[2].rstrip("/")
    address = re.sub(r"^((?:www\.)?wikidata\.org)/wiki/", r"\1/entity/", address)
    written = [f"{scheme}://{address}{end}" for scheme in ("http", "https") for end in ("", "/")]
    try:
        nodes = [ox.NamedNode(iri) for iri in written]
    except ValueError:
        return []
    return [row["thing"] for row in select(store, _LINKED, {"iri": nodes})]


def ended(store: Store, terms: Sequence[Term], on: str | None, told: Sequence[str]) -> list[str]:
    """A line for each authority that had ended, by a day where one is given, and what came next.

    Those that lines already told name by their official name are left out.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    for row in select(store, _ENDED, {"value": terms}):
        until, title = row["until"].value, row["title"].value
        if (on is None or until < on) and not any(f"{title} (until" in line for line in told):
            _, after = found.setdefault(row["name"].value, (until, []))
            after += [row["next"].value] if row["next"] is not None else []
    return [
        f"{name}: abolished, last day {until}"
        + (f"; succeeded by {' and '.join(after)}" if after else "")
        for name, (until, after) in found.items()
    ]


def note(store: Store, given: str, terms: Sequence[Term]) -> str:
    """One line where a name or code means several authorities, or might, else nothing."""
    if len(terms) == 1:
        is_code = re.fullmatch(r"[A-Za-z]{3}", given)
        return _code_note(store, given, terms) if is_code else _taken_note(store, given, terms)
    titles = _titles(store, terms) if len(terms) > 1 else []
    if len(titles) < 2:
        return ""
    number = _NUMBERS.get(len(titles), str(len(titles)))
    kind = "code" if any(map(str.isdigit, given)) else "name"
    listed = f"{', '.join(titles[:-1])} and {titles[-1]}"
    return f"{given}: {number} bodies bear this {kind}: {listed}"


def shortened(store: Store, given: str) -> str:
    """The official names of the authorities that letters are short for, else nothing."""
    found = spellings(store).shortened(given)
    return "; ".join(_titles(store, found)) if found else ""


def _code_note(store: Store, given: str, terms: Sequence[Term]) -> str:
    """One line where the code of one authority is what others are shortened to."""
    others = [one for one in spellings(store).shortened(given) if one not in terms]
    titles = _titles(store, terms) if others else []
    if not titles:
        return ""
    listed = ", ".join(_titles(store, others))
    return f"{given}: the code of {titles[0]}; it is also short for {listed}"


def _taken_note(store: Store, given: str, terms: Sequence[Term]) -> str:
    """One line where a short name is taken for one authority and another's name begins so too."""
    shown = select(store, _SHOWN, {"value": terms})
    if not given.replace(" ", "").isalpha() or fold(given) in {
        fold(r["name"].value) for r in shown
    }:
        return ""
    longer = spellings(store).longer(given)
    titles = _titles(store, terms) if len(longer) > 1 and longer != list(terms) else []
    if not titles:
        return ""
    others = ", ".join(_titles(store, [one for one in longer if one not in terms]))
    return f"{given}: taken for {titles[0]}; other names begin so too: {others}"


def _titles(store: Store, terms: Sequence[Term]) -> list[str]:
    """Official names, with the last day of those that have ended."""
    titles = []
    for row in select(store, _TITLES, {"value": terms}):
        day = row["until"] and datetime.date.fromisoformat(row["until"].value)
        titles.append(row["title"].value + (f" (until {day.day} {day:%B %Y})" if day else ""))
    return titles
