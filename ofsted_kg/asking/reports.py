"""The reports on some authorities: where each can be had, and by which digests it is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ofsted_kg.store import PARAMETERS_MARK, Store, Term, select

# An inspection that is listed under a successor too is one of both, as it is for questions.
_INSPECTIONS = f"""
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?authority ?name ?assessment ?framework ?report ?page ?published ?begun ?about ?is_own
WHERE {{
  {{
    SELECT DISTINCT ?authority ?assessment
    WHERE {{
      {{
        {PARAMETERS_MARK}
        ?assessment okg:inspects|okg:inspectsAuthority ?authority .
      }}
      UNION
      {{
        {PARAMETERS_MARK}
        ?statement okg:concerns|okg:concernsAuthority ?authority ; okg:isReachedIn ?assessment .
      }}
    }}
  }}
  ?authority skos:prefLabel ?name .
  ?assessment okg:isConductedUnder/skos:prefLabel ?framework .
  OPTIONAL {{ ?report okg:reportsOn ?assessment }}
  OPTIONAL {{ ?assessment foaf:page ?page }}
  OPTIONAL {{ ?assessment okg:publishedOn ?published }}
  OPTIONAL {{ ?assessment okg:fieldworkStart ?begun }}
  OPTIONAL {{ ?assessment okg:assessedIn ?about }}
  BIND(EXISTS {{ ?assessment okg:inspects|okg:inspectsAuthority ?authority }} AS ?is_own)
}}
ORDER BY DESC(?is_own) ?name ?published ?begun ?assessment ?page
"""
_DOCUMENTS = f"""
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT ?report ?title ?page ?file ?text
WHERE {{
  {PARAMETERS_MARK}
  ?report bibo:shortTitle ?title .
  OPTIONAL {{ ?report foaf:page ?page }}
  OPTIONAL {{ ?report okg:fileSha256 ?file }}
  OPTIONAL {{ ?rendition okg:isRenditionOf ?report ; okg:textSha256 ?text }}
}}
ORDER BY ?report ?page
"""
_PAGES = f"""
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
SELECT ?authority ?page
WHERE {{
  {PARAMETERS_MARK}
  ?authority foaf:isPrimaryTopicOf ?page .
}}
ORDER BY ?authority ?page
"""


@dataclass(frozen=True)
class Report:
    """A report on an authority; one that was not read yet has neither `files` nor `texts`.

    `day` is that of its publication or, where that is not known, when the inspection began;
    `files` are the digests of its file, `texts` those of its text. On `pages` more can be read
    of the authority.
    """

    key: str
    authority: str
    title: str
    day: str
    is_published: bool
    address: str
    files: frozenset[str]
    texts: frozenset[str]
    pages: tuple[str, ...]

    @property
    def digests(self) -> frozenset[str]:
        """The digests by which a copy of it is known, whether of its file or of its text."""
        return self.files | self.texts


def reports_on(store: Store, authorities: Sequence[Term]) -> list[Report]:
    """The reports on these authorities, each once, by authority and day.

    Those too that were not read, and of which only the address is known.
    """
    inspections: dict[Term, ox.QuerySolution] = {}  # the first of each report, of the inspected
    for row in select(store, _INSPECTIONS, {"authority": authorities}):
        if row["report"] or row["page"]:
            inspections.setdefault(row["report"] or row["assessment"], row)
    if not inspections:
        return []
    documents = _by(select(store, _DOCUMENTS, {"report": list(inspections)}), "report")
    pages = _by(select(store, _PAGES, {"authority": authorities}), "authority")
    found = [
        _report(key, row, documents.get(key, []), _values(pages.get(row["authority"], []), "page"))
        for key, row in inspections.items()
    ]
    return sorted(found, key=lambda one: (one.authority, one.day, one.title, one.key))


def _report(
    key: Term, first: ox.QuerySolution, documents: Sequence[ox.QuerySolution], pages: Iterable[str]
) -> Report:
    name, framework = first["name"].value, first["framework"].value
    days = [first[each].value for each in ("published", "begun", "about") if first[each]]
    return Report(
        key=str(key),
        authority=name,
        title=next(_values(documents, "title"), f"{name}: {framework}"),
        day=next(iter(days), ""),
        is_published=first["published"] is not None,
        address=next(_values(documents or [first], "page"), ""),
        files=frozenset(_values(documents, "file")),
        texts=frozenset(_values(documents, "text")),
        pages=tuple(pages),
    )


def _by(rows: Iterable[ox.QuerySolution], name: str) -> dict[Term, list[ox.QuerySolution]]:
    found: dict[Term, list[ox.QuerySolution]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found


def _values(rows: Sequence[ox.QuerySolution], name: str) -> Iterator[str]:
    """The values of a column, in the order of its rows."""
    return (row[name].value for row in rows if row[name])
