"""JSON-LD: the context made from the vocabulary, and the graph written with it.

The context gives every term of the vocabulary a short name with the type of its values,
so that a program that knows only JSON reads `"hasGrade": "scale:sif-2013/good"`.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.files import root
from ofsted_kg.rdf.terms import DEF, PREFIXES, XSD, term
from ofsted_kg.rdf.turtle import Subject, by_subject
from ofsted_kg.rdf.writing import write_bytes

Context: TypeAlias = dict[str, Any]
Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
CONTEXT = "ontology/context.jsonld"

_ENGLISH = {"@language": "en"}
_LINK = {"@type": "@id"}
# Terms of other vocabularies that nearly every node has.
_COMMON: dict[str, tuple[str, dict[str, str]]] = {
    "label": ("rdfs:label", _ENGLISH),
    "prefLabel": ("skos:prefLabel", _ENGLISH),
    "altLabel": ("skos:altLabel", _ENGLISH),
    "definition": ("skos:definition", _ENGLISH),
    "notation": ("skos:notation", {}),
    "inScheme": ("skos:inScheme", _LINK),
    "exactMatch": ("skos:exactMatch", _LINK),
    "closeMatch": ("skos:closeMatch", _LINK),
    "sameAs": ("owl:sameAs", _LINK),
    "title": ("dcterms:title", _ENGLISH),
    "description": ("dcterms:description", _ENGLISH),
    "kind": ("dcterms:type", _LINK),
    "isPartOf": ("dcterms:isPartOf", _LINK),
    "licence": ("dcterms:license", _LINK),
    "identifier": ("adms:identifier", _LINK),
    "hasSource": ("oa:hasSource", _LINK),
    "hasSelector": ("oa:hasSelector", _LINK),
    "homepage": ("foaf:homepage", _LINK),
}


def build_context(folder: Path | None = None) -> bool:
    """Write the context from the vocabulary; False where it was so already."""
    folder = folder or root()
    content = json.dumps({"@context": _context(folder)}, ensure_ascii=False, indent=1) + "\n"
    return write_bytes(folder / CONTEXT, content.encode())


def _context(folder: Path) -> Context:
    # A folder of another country's data has no use for the second.
    particular = folder / "ontology" / "english-authorities.ttl"
    paths = [folder / "ontology" / "vocabulary.ttl", *([particular] * particular.is_file())]
    facts = Facts.of(*paths)
    context: Context = {"@version": 1.1, "id": "@id", "type": "@type"}
    context |= PREFIXES
    for name, (iri, coercion) in _COMMON.items():
        context[name] = {"@id": iri, **coercion}
    kind = term("rdf:type")
    for node in facts.subjects(kind):
        name = node.value.removeprefix(DEF)
        types = facts.nodes(node, kind)
        if name == node.value:
            continue
        if name in context:
            raise OfstedKgError(f"the term okg:{name} has the name of another term or prefix")
        if term("owl:Class") in types:
            context[name] = f"okg:{name}"
        elif term("owl:ObjectProperty") in types:
            context[name] = {"@id": f"okg:{name}", **_LINK}
        elif term("owl:DatatypeProperty") in types:
            context[name] = {"@id": f"okg:{name}", **_datatype(facts, node)}
    return context


def _datatype(facts: Facts, node: ox.NamedNode) -> dict[str, str]:
    found = facts.node(node, term("rdfs:range"))
    if found is None or found.value == XSD + "string":
        return {}
    return {"@type": f"xsd:{found.value.removeprefix(XSD)}"}


def write_jsonld(
    stream: BinaryIO, graphs: Iterable[tuple[str, Iterable[ox.Triple]]], folder: Path | None = None
) -> int:
    """Write named graphs as one JSON-LD document, a node a line; returns the quads written."""
    context = _context(folder or root())
    writer = _Writer(context)
    count = 0
    stream.write(f'{{"@context": {_text(context)},\n"@graph": ['.encode())
    for index, (graph, triples) in enumerate(graphs):
        stream.write(f'{"," if index else ""}\n{{"id": {_text(graph)}, "@graph": ['.encode())
        nodes = by_subject(triples)
        count += sum(len(values) for values in nodes.values())
        lines = (_text(writer.node(subject, found)) for subject, found in nodes.items())
        stream.write(("\n" + ",\n".join(lines) + "\n]}").encode())
    stream.write(b"\n]}\n")
    return count


class _Writer:
    """Terms → JSON values, as short as the context allows."""

    def __init__(self, context: Context) -> None:
        self._prefixes = sorted(
            ((iri, name) for name, iri in context.items() if name in PREFIXES), reverse=True
        )
        self._names: dict[str, str] = {}
        self._coercions: dict[str, str] = {}
        for name, definition in context.items():
            if isinstance(definition, dict):
                self._names[self._expanded(definition["@id"])] = name
                self._coercions[name] = definition.get("@type") or definition.get("@language", "")
            elif isinstance(definition, str) and definition.startswith("okg:"):
                self._names[self._expanded(definition)] = name

    def node(self, subject: Subject, triples: Iterable[ox.Triple]) -> dict[str, Any]:
        node: dict[str, Any] = {"id": self._iri(subject)}
        for triple in triples:
            predicate, value = triple.predicate, triple.object
            if predicate == term("rdf:type") and isinstance(value, ox.NamedNode):
                key, written = "type", self._names.get(value.value) or self._iri(value)
            else:
                key = self._names.get(predicate.value) or self._iri(predicate)
                written = self._value(value, self._coercions.get(key, ""))
            if key not in node:
                node[key] = written
            elif isinstance(node[key], list):
                node[key].append(written)
            else:
                node[key] = [node[key], written]
        return node

    def _value(self, value: Value, coercion: str) -> Any:
        if not isinstance(value, ox.Literal):
            iri = self._iri(value)
            return iri if coercion == "@id" else {"id": iri}
        if value.language:
            if coercion == value.language:
                return value.value
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == XSD + "string":
            return {"@value": value.value} if coercion else value.value
        datatype = self._iri(value.datatype)
        if coercion == datatype:
            return value.value
        return {"@value": value.value, "@type": datatype}

    def _iri(self, node: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
        if isinstance(node, ox.Triple):
            raise OfstedKgError(f"JSON-LD has no statement about a statement: {node}")
        if isinstance(node, ox.BlankNode):
            return f"_:{node.value}"
        for iri, prefix in self._prefixes:
            if node.value.startswith(iri):
                return f"{prefix}:{node.value[len(iri) :]}"
        return node.value

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return PREFIXES[prefix] + local


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
