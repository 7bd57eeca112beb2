"""The page of the vocabulary: each class and property with what the shapes ask of it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Store

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import DEF, term
from ofsted_kg.rdf.turtle import load_turtle
from tools.reference_pages.markdown import (
    anchor,
    bullets,
    code,
    page,
    plain,
    short,
    table,
    term_link,
    web_link,
)
from tools.reference_pages.rules import TYPE, Rule

_KINDS = {
    "Classes": "owl:Class",
    "Relations": "owl:ObjectProperty",
    "Values": "owl:DatatypeProperty",
}
_FUNCTIONAL = term("owl:FunctionalProperty")
_HERE = ""


def vocabulary_page(folder: Path, rules: list[Rule]) -> str:
    """Every term with label, definition, notes, example, super-terms and rules.

    The terms that English authorities need follow the others of their kind; deprecated
    terms stand in a table at the end.
    """
    ontology = folder / "ontology"
    paths = [ontology / f"{name}.ttl" for name in ("vocabulary", "english-authorities")]
    facts = Facts.of(*paths)
    apart = _disjoint(paths)
    groups = {
        title: [node for node in facts.subjects(TYPE, term(kind)) if node.value.startswith(DEF)]
        for title, kind in _KINDS.items()
    }
    parts = [*_head(facts), _contents(groups, facts)]
    for title, nodes in groups.items():
        parts.append(f"## {title}")
        for node in nodes:
            parts += _entry(node, facts)
            if title == "Classes":
                parts += _class_rules(node, facts, rules, apart)
            else:
                parts.append(_property_rules(node, rules))
    parts += _deprecated(Facts.of(ontology / "deprecated.ttl"))
    return page("Vocabulary", "`ontology/` and `ontology/shapes/`", parts)


def _head(facts: Facts) -> Iterator[str]:
    ontology = NamedNode(DEF.removesuffix("#"))
    yield plain(facts.text(ontology, term("dcterms:description")))
    yield bullets(
        [
            f"Namespace: {code(DEF)}, prefix {code('okg')}",
            f"Version: {plain(facts.text(ontology, term('owl:versionInfo')))}",
            *(f"Licence: {web_link(n)}" for n in facts.nodes(ontology, term("dcterms:license"))),
        ]
    )
    yield (
        "The rules come from the [shapes](shapes.md). A violation makes data false or unusable, "
        "a warning says that it is incomplete. A property may stand on any thing, also where no "
        "rule is given for it."
    )


def _contents(groups: dict[str, list[NamedNode]], facts: Facts) -> str:
    label = term("rdfs:label")
    return "\n\n".join(
        f"**{title}** ({len(nodes)}): "
        + ", ".join(
            f"[{plain(facts.text(node, label))}](#{anchor(short(node))})"
            for node in sorted(nodes, key=lambda node: facts.text(node, label).casefold())
        )
        for title, nodes in groups.items()
    )


def _entry(node: NamedNode, facts: Facts) -> Iterator[str]:
    yield f"### {short(node)}"
    yield f"**{plain(facts.text(node, term('rdfs:label')))}**. " + " ".join(
        map(plain, facts.texts(node, term("skos:definition")))
    )
    notes = [f"Note: {plain(text)}" for text in facts.texts(node, term("skos:scopeNote"))]
    notes += [f"Example: {plain(text)}" for text in facts.texts(node, term("skos:example"))]
    for name, words in (
        ("rdfs:subClassOf", "Kind of"),
        ("rdfs:subPropertyOf", "Special case of"),
        ("rdfs:range", "Datatype"),
    ):
        found = facts.nodes(node, term(name))
        notes += [f"{words} {', '.join(term_link(n, _HERE) for n in found)}"] if found else []
    if _FUNCTIONAL in facts.nodes(node, TYPE):
        notes.append("Functional: a thing has one value at most")
    yield bullets(notes)


def _class_rules(
    node: NamedNode, facts: Facts, rules: list[Rule], apart: dict[NamedNode, list[NamedNode]]
) -> Iterator[str]:
    if others := apart.get(node):
        yield f"Nothing is both this and {', '.join(term_link(n, _HERE) for n in others)}."
    own = [rule for rule in rules if rule.target == node]
    yield table(
        ("Property", "Gives", "Rule", "Severity"),
        (
            (
                term_link(rule.path, _HERE),
                plain(rule.description),
                _local(rule.words),
                rule.severity.lower(),
            )
            for rule in own
            if rule.path
        ),
    )
    queries = [rule for rule in own if not rule.path]
    if queries:
        yield "Further rules:"
        yield bullets(f"{plain(rule.message)} ({rule.severity.lower()})" for rule in queries)
    for parent in facts.nodes(node, term("rdfs:subClassOf")):
        if any(rule.target == parent for rule in rules):
            yield f"The rules of {term_link(parent, _HERE)} hold as well."


def _deprecated(facts: Facts) -> Iterator[str]:
    yield "## Deprecated terms"
    yield (
        "These stay declared so that older data can be read; data that uses them gets a warning. "
        "`ontology/migrations/` holds the updates that replace them."
    )
    yield table(
        ("Term", "Use instead", "What changed"),
        (
            (
                code(short(node)),
                ", ".join(
                    term_link(n, _HERE) for n in facts.nodes(node, term("dcterms:isReplacedBy"))
                ),
                plain(facts.text(node, term("skos:changeNote"))),
            )
            for node in facts.subjects(term("owl:deprecated"))
        ),
    )


def _property_rules(node: NamedNode, rules: list[Rule]) -> str:
    lines = [
        f"{term_link(rule.target, _HERE)}: "
        f"{_local(rule.words) or 'any value'} ({rule.severity.lower()})"
        for rule in rules
        if rule.path == node
    ]
    return f"Rules, by the class of the thing it stands on:\n\n{bullets(lines)}" if lines else ""


def _local(words: str) -> str:
    return words.replace("(vocabulary.md#", "(#")


def _disjoint(paths: Iterable[Path]) -> dict[NamedNode, list[NamedNode]]:
    """The classes from which each class is kept apart, in the order of the lists."""
    store = Store()
    load_turtle(store, paths)
    groups: list[list[object]] = [
        [quad.subject, quad.object]
        for quad in store.quads_for_pattern(None, term("owl:disjointWith"), None)
    ]
    heads = [quad.object for quad in store.quads_for_pattern(None, term("owl:members"), None)]
    groups += [list(_items(store, head)) for head in heads]
    apart: dict[NamedNode, list[NamedNode]] = {}
    for group in groups:
        for node in group:
            if isinstance(node, NamedNode):
                others = [o for o in group if isinstance(o, NamedNode) and o != node]
                apart[node] = sorted({*apart.get(node, []), *others}, key=lambda n: n.value)
    return apart


def _items(store: Store, head: object) -> Iterator[object]:
    while isinstance(head, BlankNode):
        yield from (q.object for q in store.quads_for_pattern(head, term("rdf:first"), None))
        rest = [q.object for q in store.quads_for_pattern(head, term("rdf:rest"), None)]
        head = rest[0] if rest else None
