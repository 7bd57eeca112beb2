"""What the graph holds, how old each part is, and what brings it up to date."""

import datetime

import pyoxigraph as ox

from ofsted_kg.asking.answers import Answer
from ofsted_kg.store import Store, select

_PREFIXES = """
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
"""
COLUMNS = ("part", "holds", "newest", "days_old", "brought_up_to_date_by")
# Part, what is counted, what brings it up to date, which things, and when each is from.
_PARTS = (
    (
        "reports of inspections",
        "reports",
        "update, or add REPORT",
        "?thing a okg:InspectionReport",
        "?thing okg:reportsOn/okg:publishedOn ?day",
    ),
    (
        "releases of outcomes",
        "releases",
        "update",
        "?thing a okg:DataRelease",
        "?thing okg:asAt ?day",
    ),
    (
        "inspections and other assessments",
        "assessments",
        "update, or add REPORT",
        "?thing a okg:Assessment",
        "?thing okg:publishedOn ?day",
    ),
    (
        "pages of others, with their claims",
        "pages",
        "hand",
        "?thing a okg:SecondarySource",
        "?thing dcterms:issued ?day",
    ),
    (
        "local authorities that exist",
        "authorities",
        "build --reference DIR",
        "?thing a okg:LocalAuthority FILTER NOT EXISTS { ?thing okg:existsUntil ?end }",
        "?thing okg:existsFrom ?day",
    ),
    (
        "statistical neighbours",
        "links",
        "build --reference DIR",
        "?thing a okg:NeighbourLink",
        "?thing okg:asAt ?day",
    ),
)


def status(store: Store, today: datetime.date | None = None) -> Answer:
    """One row for each part of the graph; `today` counts the days since its newest."""
    today = today or datetime.date.today()
    rows = []
    for part, counted, mended, things, dated in _PARTS:
        query = f"""{_PREFIXES} SELECT ?newest ?count WHERE {{
          {{ SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE {{ {things} }} }}
          {{ SELECT (MAX(STR(?day)) AS ?newest) WHERE {{ {things} . {dated} }} }} }}"""
        row = next(iter(select(store, query)))
        newest = row["newest"] if row["newest"] and row["newest"].value else None
        days = _days_since(newest.value, today) if isinstance(newest, ox.Literal) else None
        rows.append(
            (
                ox.Literal(part),
                ox.Literal(f"{row['count'].value} {counted}"),
                newest,
                None if days is None else ox.Literal(days),
                ox.Literal(mended),
            )
        )
    return Answer(COLUMNS, tuple(rows))


def _days_since(written: str, today: datetime.date) -> int | None:
    try:
        return (today - datetime.date.fromisoformat(written)).days
    except ValueError:  # a month or a year
        return None
