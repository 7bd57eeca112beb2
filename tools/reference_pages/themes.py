"""The page of the thesaurus: themes as an indented list."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term
from tools.reference_pages.markdown import code, page, plain, web_link

_LABEL = term("skos:prefLabel")
_SCHEME = iri("themes")


def themes_page(folder: Path) -> str:
    """Every theme under its broader one, with definition, note and wordings."""
    facts = Facts.of(*sorted((folder / "ontology").glob("themes*.ttl")))
    tops = facts.nodes(_SCHEME, term("skos:hasTopConcept"))
    total = sum(1 for _ in facts.subjects(term("skos:inScheme"), _SCHEME))
    parts = [
        plain(facts.text(_SCHEME, term("dcterms:description"))),
        *map(plain, facts.texts(_SCHEME, term("skos:scopeNote"))),
        f"{total} themes. After each name stands its key: the theme {code('early-help')} is "
        f"{code(iri('theme', 'early-help').value)}. *Named* are names for readers, *found by* "
        "further phrases that are looked for in text.",
    ]
    for top in tops:
        parts += [
            f"## {facts.text(top, _LABEL)[:1].upper()}{facts.text(top, _LABEL)[1:]}",
            _words(top, facts),
            "\n".join(_below(top, facts, (top,))),
        ]
    return page("Themes", "`ontology/themes*.ttl`", parts)


def _below(node: NamedNode, facts: Facts, above: tuple[NamedNode, ...]) -> Iterator[str]:
    indent = "  " * (len(above) - 1)
    for child in facts.subjects(term("skos:broader"), node):
        if child not in above:
            name = plain(facts.text(child, _LABEL))
            yield f"{indent}- **{name}** {_words(child, facts)}"
            yield from _below(child, facts, (*above, child))


def _words(node: NamedNode, facts: Facts) -> str:
    parts = [f"({code(node.value.rsplit('/', 1)[-1])}):"]
    parts += map(plain, facts.texts(node, term("skos:definition"), term("skos:scopeNote")))
    for name, words in (("skos:altLabel", "Named"), ("skos:hiddenLabel", "Found by")):
        if labels := facts.texts(node, term(name)):
            parts.append(f"*{words}* {plain(', '.join(labels))}.")
    if related := facts.nodes(node, term("skos:related")):
        names = ", ".join(plain(facts.text(other, _LABEL)) for other in related)
        parts.append(f"*See also* {names}.")
    if matches := facts.nodes(node, term("skos:closeMatch")):
        parts.append(f"*Close to* {', '.join(map(web_link, matches))}.")
    return " ".join(parts)
