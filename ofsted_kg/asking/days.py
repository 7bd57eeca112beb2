"""What is to be said of the day that a question looks back from."""

import pyoxigraph as ox

from ofsted_kg.asking.as_at import AsAt, as_at
from ofsted_kg.store import PARAMETERS_MARK, Bindings, Store, select

_FIRST = """
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT (MIN(?day) AS ?first)
WHERE {
  {
    SELECT DISTINCT ?one
    WHERE {
      { ?any okg:hasGrade ?graded ; okg:isReachedIn ?one }
      UNION
      { ?any okg:claimsGrade ?graded ; okg:claimsAbout ?one }
    }
  }
  ?one okg:publishedOn ?day .
}
"""
# Authorities that began after the day, and of which nothing that they came from is held.
_UNPRECEDED = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name
WHERE {{
  {PARAMETERS_MARK}
  ?_authority a okg:LocalAuthority ;
    skos:prefLabel ?name ;
    okg:existsFrom ?began ;
    okg:liesIn ?_region ;
    dcterms:type ?_authority_type .
  FILTER(STR(?began) > STR(?_on))
  FILTER NOT EXISTS {{ ?change org:resultingOrganization ?_authority }}
}}
ORDER BY ?name
"""
_NARROWED_BY = ("_on", "_authority", "_region", "_authority_type")
_FEW = 10  # authorities to name


def remarks_on(on: str, covered: AsAt, store: Store, bound: Bindings) -> list[str]:
    """What an answer that looks back from a day has to say of it, a line each.

    That the day lies after all that is known, which is no error: the newest publication is as a
    rule some days old. That it lies before the first grade. And that councils of that day are
    missing, of those asked about: the graph does not hold what came before some that began later.
    """
    return [
        f"on {on}: {said}"
        for said in (
            _later_than_known(on, store),
            _earlier_than_known(covered, store),
            _councils_not_held(store, bound),
        )
        if said
    ]


def _later_than_known(on: str, store: Store) -> str:
    found = as_at(store)
    known = max(filter(None, (found.published, found.claimed)), default=None)
    if known is None or on <= known:
        return ""
    return f"the graph knows of no inspection with grades published after {known}"


def _earlier_than_known(covered: AsAt, store: Store) -> str:
    if covered.published or covered.claimed:
        return ""
    [row] = select(store, _FIRST)
    if not isinstance(row["first"], ox.Literal):
        return ""
    return f"the graph knows of no inspection with grades published before {row['first'].value}"


def _councils_not_held(store: Store, bound: Bindings) -> str:
    narrowed = {name: terms for name, terms in bound.items() if name in _NARROWED_BY}
    names = [row["name"].value for row in select(store, _UNPRECEDED, narrowed)]
    if not names:
        return ""
    shown = ", ".join(names[:_FEW])
    more = f" and {len(names) - _FEW} others" if len(names) > _FEW else ""
    return (
        f"{shown}{more} did not exist yet, and the graph does not hold the councils that did"
        " in their place"
    )
