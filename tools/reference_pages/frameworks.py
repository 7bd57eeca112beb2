"""The page of inspection frameworks, their areas and grading scales."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import term
from tools.reference_pages.markdown import (
    SHORT_IRIS,
    anchor,
    bullets,
    code,
    page,
    plain,
    short,
    table,
    web_link,
)
from tools.reference_pages.rules import TYPE

_LABEL = term("skos:prefLabel")
_ALT = term("skos:altLabel")
_SCALE = term("okg:usesScale")
_AREA = term("okg:definesArea")
_VIEWS = ("area-lines", "scale-correspondences")


def frameworks_page(folder: Path) -> str:
    """Every framework with its dates, areas and scales, and how grades of scales compare."""
    ontology = folder / "ontology"
    paths = [ontology / f"{name}.ttl" for name in ("frameworks", "scales", "concepts")]
    views = [folder / "data" / "opinions" / f"{name}.ttl" for name in _VIEWS]
    facts = Facts.of(*paths, *views)
    frameworks = list(facts.subjects(TYPE, term("okg:InspectionFramework")))
    scales = list(facts.subjects(TYPE, term("okg:GradingScale")))
    parts = [
        "Each framework has areas of its own, also where their names agree, and each published "
        "scale is a scheme of its own. Rank 1 is the best grade of a scale; it says nothing about "
        f"another scale, and the number is what a document prints. {SHORT_IRIS}",
        table(
            ("Framework", "Key", "In force", "Scale"),
            (_summary(node, facts) for node in frameworks),
        ),
        "## Frameworks",
    ]
    for node in frameworks:
        parts += _framework(node, facts)
    parts.append("## Scales")
    for node in scales:
        parts += _scale(node, facts)
    parts += [*_lines(facts), *_comparisons(facts)]
    source = (
        "`ontology/frameworks.ttl`, `ontology/scales.ttl`, `data/opinions/area-lines.ttl` and "
        "`data/opinions/scale-correspondences.ttl`"
    )
    return page("Frameworks and scales", source, parts)


def _summary(node: NamedNode, facts: Facts) -> tuple[str, str, str, str]:
    name = facts.text(node, _LABEL)
    return (
        f"[{plain(name)}](#{anchor(name)})",
        code(_key(node)),
        _dates(node, facts),
        _scales(node, facts),
    )


def _key(node: NamedNode) -> str:
    return node.value.rsplit("/", 1)[-1]


def _scales(node: NamedNode, facts: Facts) -> str:
    links = (
        f"[{plain(facts.text(scale, _LABEL))}](#{anchor(_scale_heading(scale, facts))})"
        for scale in facts.nodes(node, _SCALE)
    )
    return "; ".join(links) or "none"


def _scale_heading(node: NamedNode, facts: Facts) -> str:
    return f"Scale: {facts.text(node, _LABEL)}"


def _dates(node: NamedNode, facts: Facts) -> str:
    start = facts.text(node, term("okg:inForceFrom"))
    end = facts.text(node, term("okg:inForceUntil"))
    if start and end and start != end:
        return f"{start} to {end}"
    if start:
        return f"{start} only" if end else f"from {start}"
    return f"until {end}" if end else "not recorded"


def _framework(node: NamedNode, facts: Facts) -> Iterator[str]:
    yield f"### {facts.text(node, _LABEL)}"
    yield " ".join(map(plain, facts.texts(node, term("skos:scopeNote"))))
    points = [f"IRI: {code(short(node))}"]
    if names := facts.texts(node, _ALT):
        points.append(f"Also called: {plain('; '.join(names))}")
    points.append(f"In force: {_dates(node, facts)}")
    if laws := facts.nodes(node, term("okg:hasLegalBasis")):
        points.append(f"Legal basis: {', '.join(map(web_link, laws))}")
    points.append(f"Scale: {_scales(node, facts)}")
    points += _sources(node, facts)
    yield bullets(points)
    areas = facts.nodes(node, _AREA)
    rows = ((*_area(area, facts), _whether(area, facts)) for area in areas)
    yield table(("", "Area", "Key", "Also written", "Service", "Obligatory"), rows)


def _sources(node: NamedNode, facts: Facts) -> list[str]:
    source = term("dcterms:source")
    found = [plain(text) for text in facts.texts(node, source)]
    found += [web_link(address) for address in facts.nodes(node, source)]
    return [f"Source: {'; '.join(found)}"] if found else []


def _area(node: NamedNode, facts: Facts) -> tuple[str, str, str, str, str]:
    broader = facts.nodes(node, term("skos:broader"))
    name = plain(facts.text(node, _LABEL))
    if broader:
        name += f" (under {plain(facts.text(broader[0], _LABEL))})"
    services = (
        facts.text(service, _LABEL) or _key(service)
        for service in facts.nodes(node, term("okg:coversServiceType"))
    )
    return (
        facts.text(node, term("okg:placeInFramework")),
        name,
        code(_key(node)),
        plain("; ".join(facts.texts(node, _ALT))),
        plain(", ".join(services)),
    )


def _whether(area: NamedNode, facts: Facts) -> str:
    words = {"true": "yes", "false": "no"}
    return words.get(facts.text(area, term("okg:isObligatory")), "")


def _scale(node: NamedNode, facts: Facts) -> Iterator[str]:
    yield f"### {_scale_heading(node, facts)}"
    yield " ".join(map(plain, facts.texts(node, term("skos:scopeNote"))))
    points = [f"IRI: {code(short(node))}"]
    for direction in facts.nodes(node, term("okg:hasNumberingDirection")):
        meaning = facts.text(direction, term("skos:definition"))
        points.append(f"Numbers: {plain(facts.text(direction, _LABEL))}. {plain(meaning)}")
    yield bullets([*points, *_sources(node, facts)])
    grades = [
        grade
        for grade in facts.subjects(term("skos:inScheme"), node)
        if facts.text(grade, term("okg:rank"))
    ]
    grades.sort(key=lambda grade: int(facts.text(grade, term("okg:rank"))))
    rows = (
        (
            facts.text(grade, term("okg:rank")),
            plain(facts.text(grade, term("skos:notation"))),
            plain(facts.text(grade, _LABEL)),
            plain("; ".join(facts.texts(grade, _ALT))),
            plain(facts.text(grade, term("skos:definition"))),
        )
        for grade in grades
    )
    yield table(("Rank", "Number", "Word", "Also written", "Meaning"), rows)


def _lines(facts: Facts) -> list[str]:
    areas = {
        area: framework
        for framework in facts.subjects(_AREA)
        for area in facts.nodes(framework, _AREA)
    }
    rows = (
        (
            plain(facts.text(line, _LABEL)),
            "; ".join(
                f"{plain(facts.text(area, _LABEL))} ({code(_key(areas[area]))})"
                for area in facts.nodes(line, term("skos:member"))
                if area in areas
            ),
            plain(facts.text(line, term("skos:scopeNote"))),
        )
        for line in facts.subjects(TYPE, term("skos:Collection"))
    )
    return [
        "## Areas that follow one another",
        "Areas of successive frameworks that judge one subject, as this project reads them. "
        "An area on no line follows only itself.",
        table(("Line", "Areas", "Note"), rows),
    ]


def _comparisons(facts: Facts) -> list[str]:
    rows = (
        (
            _graded(node, term("okg:fromGrade"), facts),
            _graded(node, term("okg:toGrade"), facts),
            "; ".join(
                plain(facts.text(kind, _LABEL))
                for kind in facts.nodes(node, term("okg:hasComparability"))
            ),
            plain(facts.text(node, term("dcterms:description"))),
        )
        for node in facts.subjects(TYPE, term("okg:ScaleCorrespondence"))
    )
    return [
        "## How grades of different scales compare",
        "Opinions of this project, each with its sources in "
        "`data/opinions/scale-correspondences.ttl`. Every pair that is not listed is unknown.",
        table(("From", "To", "Comparability", "Reason"), rows),
    ]


def _graded(node: NamedNode, relation: NamedNode, facts: Facts) -> str:
    return "; ".join(
        f"{plain(facts.text(grade, _LABEL))} ({code(grade.value.rsplit('/', 2)[-2])})"
        for grade in facts.nodes(node, relation)
    )
