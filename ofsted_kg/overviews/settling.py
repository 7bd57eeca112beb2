"""An overview gives way where the inspectorate's own sources now have an inspection.

Overviews are matched with official sources when they are read. A report or release that is
added later may be of an inspection that only overviews had: what they said of it is said anew
then, so that it has one name and one day of publication. The rows are made from the overview's
own graph, which keeps every cell that it needs, and encoded as on the first day.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.overviews.columns import (
    ADDRESS,
    END,
    GRADES,
    KIND,
    KINDS,
    NEEDED,
    PUBLISHED,
    START,
)
from ofsted_kg.overviews.encoding import ATTESTED, OverviewEncoder, Told
from ofsted_kg.overviews.matching import Listed, Matched, match
from ofsted_kg.overviews.official import Official
from ofsted_kg.overviews.tables import Cell, Overview, Row
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term
from ofsted_kg.rdf.turtle import encode_turtle, read_turtle
from ofsted_kg.rdf.writing import write_bytes

_HEADINGS = {kind: heading for heading, kind in ATTESTED.items()}
_ASSESSMENTS, _PASSAGES = iri("assessment", "").value, iri("passage", "").value


def settle_overviews(data: Path, ontology: Path | None = None) -> int:
    """Rewrite overviews about inspections that official sources now have; how many there are.

    Raises SourceError where dates fit more than one inspection; then nothing is written.
    """
    graphs = {path: list(read_turtle(path)) for path in sorted((data / "overviews").glob("*.ttl"))}
    said = Facts()
    for path, triples in graphs.items():
        for one in triples:
            said.add(one.subject, one.predicate, one.object, path.stem)
    claimed = list(said.subjects(term("rdf:type"), term("okg:Assessment")))
    if not claimed:
        return 0
    official = Official.read(data)
    frameworks = Frameworks.read(ontology or data.parent / "ontology")
    authorities = Authorities.read(data / "reference")
    # Official inspections that a listed report is known to be on are free for no other.
    listed_on = set(said.subjects(term("foaf:page")))
    overviews = {path: _overview(path, said) for path in graphs}
    found = []
    for node in claimed:
        listed = _listed(node, said, list(overviews.values()), authorities)
        free = official.without(listed_on - {node}, listed.published)
        matched = match([listed], free, frameworks)[0]
        if isinstance(matched, Matched) and matched.is_official:
            found.append((node, matched))
    told = Told()
    for path, overview in overviews.items():
        encoder, triples = OverviewEncoder(overview, official, told), graphs[path]
        new = {node: encoder.triples_of(matched) for node, matched in found}
        old = {node: _subjects(node, matched, overview, said) for node, matched in found}
        if any(new.values()):
            comment = path.read_bytes().split(b"\n", 1)[0].decode().removeprefix("#").strip()
            write_bytes(path, encode_turtle(_replaced(triples, old, new), comment))
    return len(found)


def _overview(path: Path, said: Facts) -> Overview:
    """An overview as far as its rows need it: the cells of other rows are not read again."""
    stem = path.stem.rpartition("-")[0].rpartition("-")[0].rpartition("-")[0]
    kind = next((one for one in KINDS if one.stem == stem), None)
    if kind is None:
        raise SourceError(f"{path}: no overview known here")
    issued = said.text(iri("document", path.stem), term("dcterms:issued"))
    day = datetime.date.fromisoformat(issued)
    return Overview(path.stem, f"{path.stem}.csv", kind, day, "", "")


def _listed(
    node: NamedNode, said: Facts, overviews: list[Overview], authorities: Authorities
) -> Listed:
    """The listed report that an inspection was taken from, with its rows of all overviews."""
    page = said.node(node, term("foaf:page"))
    cells: dict[tuple[str, int], dict[str, Cell]] = defaultdict(dict)
    for place in said.nodes(node, term("okg:isStatedIn"), term("okg:isRepeatedIn")):
        kind = said.node(place, term("okg:attests"))
        if kind:
            _put(cells, said, place, _HEADINGS[kind])
    for claim in said.subjects(term("okg:claimsAbout"), node):
        heading = _heading(said.text(claim, term("dcterms:description")))
        for place in said.nodes(claim, term("okg:isStatedIn"), term("okg:isRepeatedIn")):
            _put(cells, said, place, heading)
    slugs = {one.slug: one for one in overviews}
    order = {slug: number for number, slug in enumerate(slugs)}
    rows = []
    for (slug, number), known in sorted(cells.items(), key=lambda one: order[one[0][0]]):
        empty = {heading: Cell("", number, "") for heading in NEEDED}
        address = {ADDRESS: Cell(page.value if page else "", number, "")}
        rows.append(Row(slugs[slug], empty | known | address))
    authority = node.value.removeprefix(_ASSESSMENTS).split("/")[0]
    started = _day(said, node, "okg:fieldworkStart")
    ended = _day(said, node, "okg:fieldworkEnd")
    published = _day(said, node, "okg:publishedOn")
    whose = authorities.by_key[authority]
    return Listed(page.value if page else "", tuple(rows), whose, started, ended, published)


def _put(
    cells: dict[tuple[str, int], dict[str, Cell]], said: Facts, place: NamedNode, heading: str
) -> None:
    slug = place.value.removeprefix(_PASSAGES).split("/")[0]
    number = int(said.text(place, term("okg:row")))
    written = said.text(place, term("okg:asWritten")) or said.text(place, term("dcterms:date"))
    column = said.text(place, term("okg:column"))
    cells[slug, number][heading] = Cell(written, number, column)


def _heading(words: str) -> str:
    """The column of a claim, by what its description says that the grade is for.

    Its area would not do: claims that no grade was given are on no area.
    """
    return next(heading for heading, one in GRADES.items() if f" for {one.words} " in words)


def _day(said: Facts, node: NamedNode, predicate: str) -> datetime.date | None:
    written = said.text(node, term(predicate))
    return datetime.date.fromisoformat(written) if written else None


def _subjects(node: NamedNode, matched: Matched, overview: Overview, said: Facts) -> set[NamedNode]:
    """All that an overview's graph says something of for the sake of a listed report."""
    rows = [row for row in matched.listed.rows if row.overview is overview]
    found = {node, *said.subjects(term("okg:claimsAbout"), node)}
    for row in rows:
        for heading in (START, END, PUBLISHED, KIND, *GRADES):
            cell = row.cells[heading]
            if cell.column:
                found.add(iri("passage", overview.slug, f"{cell.column}{cell.row}"))
    return found


def _replaced(
    triples: Iterable[Triple],
    old: dict[NamedNode, set[NamedNode]],
    new: dict[NamedNode, list[Triple]],
) -> Iterator[Triple]:
    """A graph with the triples of some reports where those before them stood."""
    whose = {subject: node for node, subjects in old.items() for subject in subjects}
    given = set()
    for one in triples:
        node = whose.get(one.subject) if isinstance(one.subject, NamedNode) else None
        if node is None:
            yield one
        elif node not in given:
            given.add(node)
            yield from new[node]
