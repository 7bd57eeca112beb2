"""What the shapes ask, one rule a time, in words."""

from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import DATA
from ofsted_kg.validation.shapes import RDF, SH, Constraint, Shape, Term, read_shapes
from tools.reference_pages.markdown import code, last, plain, short, term_link

TYPE = NamedNode(RDF + "type")
NODE_SHAPE = NamedNode(SH + "NodeShape")


class Rule(NamedTuple):
    """One constraint on the things that `target` names; `path` is None for a query."""

    shape: NamedNode
    file: str
    target: NamedNode
    kind: str
    path: NamedNode | None
    name: str
    description: str
    words: str
    severity: str
    message: str


def shape_files(folder: Path) -> list[Path]:
    """The files of shapes, by name."""
    return sorted((folder / "ontology" / "shapes").glob("*.ttl"))


def sh(name: str) -> NamedNode:
    """A term of SHACL."""
    return NamedNode(SH + name)


def read_rules(folder: Path) -> list[Rule]:
    """Every rule of the shapes, by file and in the order of each.

    Raises OfstedKgError for a file that is not Turtle or a constraint that is not known.
    """
    paths = shape_files(folder)
    shapes: dict[tuple[str, str], Shape] = {
        (shape.iri, shape.target.term.value): shape for shape in read_shapes(paths)
    }
    facts = Facts.of(*paths)
    rules = []
    for path in paths:
        for node in Facts.of(path).subjects(TYPE, NODE_SHAPE):
            members = facts.nodes(node, sh("property"))
            members += [node] if facts.nodes(node, sh("sparql")) else []
            targets = facts.nodes(node, sh("targetClass"), sh("targetSubjectsOf"))
            # A shape for all things with a type stands there only; its description says the rest.
            for target in [TYPE] if TYPE in targets else targets:
                for member in members:
                    found = shapes[member.value, target.value]
                    rules.append(_rule(found, member, path.stem, facts))
    return rules


def _rule(shape: Shape, node: NamedNode, file: str, facts: Facts) -> Rule:
    return Rule(
        shape=node,
        file=file,
        target=shape.target.term,
        kind=shape.target.kind,
        path=shape.path,
        name=facts.text(node, sh("name")),
        description=facts.text(node, sh("description")),
        words=in_words(shape.constraints),
        severity=shape.severity,
        message=shape.message,
    )


def in_words(constraints: tuple[Constraint, ...]) -> str:
    """Constraints as a phrase: `exactly one; xsd:date`."""
    given = {constraint.component: constraint for constraint in constraints}
    least, most = (_number(given.pop(name, None)) for name in ("minCount", "maxCount"))
    words = [_count(least, most)]
    words += [_phrase(given[name]) for name in _PHRASES if name in given]
    words += [f"sh:{name}" for name in given if name not in _PHRASES]
    return "; ".join(word for word in words if word)


def _number(constraint: Constraint | None) -> int | None:
    return int(constraint.values[0].value) if constraint else None


def _count(least: int | None, most: int | None) -> str:
    if most == 0:
        return "none"
    if least == most and most is not None:
        return "exactly one" if most == 1 else f"exactly {most}"
    parts = [f"at least {_figure(least)}"] if least else []
    parts += [f"at most {_figure(most)}"] if most is not None else []
    return " and ".join(parts)


def _figure(number: int) -> str:
    return "one" if number == 1 else str(number)


_PHRASES = {
    "class": "of class {}",
    "datatype": "{}",
    "or": "{}",
    "in": "one of {}",
    "nodeKind": "{}",
    "hasValue": "includes {}",
    "pattern": "of the form {}",
    "minInclusive": "not below {}",
    "maxInclusive": "not above {}",
    "maxLength": "no longer than {} characters",
    "lessThan": "less than {}",
    "lessThanOrEquals": "not more than {}",
    "disjoint": "other than {}",
    "uniqueLang": "one in each language",
}


def _phrase(constraint: Constraint) -> str:
    if constraint.component == "or":
        return " or ".join(in_words(alternative) for alternative in constraint.alternatives)
    values = ", ".join(map(_value, constraint.values))
    return _PHRASES[constraint.component].format(values)


def _value(value: Term) -> str:
    if not isinstance(value, NamedNode):
        return code(value.value) if not value.value.isdigit() else value.value
    if value.value.startswith(SH):
        return f"an {last(value)}"
    return plain(last(value)) if value.value.startswith(DATA) else term_link(value)


def target_words(target: NamedNode, kind: str) -> str:
    """Which things a rule speaks of."""
    return term_link(target) if kind == "targetClass" else f"everything with {code(short(target))}"
