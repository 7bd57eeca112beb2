"""Small pieces of Markdown: prefixed names, links to terms, tables, pages."""

import re
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from ofsted_kg.rdf.terms import DATA, DEF, PREFIXES

SHAPES = "https://w3id.org/ofsted-kg/shapes#"
_BASE = DATA.removesuffix("id/")
SHORT_IRIS = f"`id/…` is short for `{DATA}…`."
_OTHERS = {"shapes": SHAPES, "sh": "http://www.w3.org/ns/shacl#"}
_SPACES = {
    space: prefix for prefix, space in (PREFIXES | _OTHERS).items() if not space.startswith(DATA)
}


def short(node: NamedNode) -> str:
    """`okg:Grade` for a term, `id/scale/…` for a thing of the data, else the whole IRI."""
    for space, prefix in _SPACES.items():
        local = node.value.removeprefix(space)
        if local != node.value and re.fullmatch(r"[\w.-]+", local):
            return f"{prefix}:{local}"
    return node.value.removeprefix(_BASE)


def last(node: NamedNode) -> str:
    """The last part of an IRI."""
    return re.split(r"[/#]", node.value)[-1]


def code(text: str) -> str:
    """Text set as code; it may hold no backtick."""
    return f"`{text}`"


def term_link(node: NamedNode, page: str = "vocabulary.md") -> str:
    """A term set as code, with a link to its entry where the vocabulary defines it."""
    name = short(node)
    return f"[`{name}`]({page}#{anchor(name)})" if node.value.startswith(DEF) else code(name)


def web_link(node: NamedNode) -> str:
    """An address as a link that shows itself."""
    return f"<{node.value}>"


def anchor(heading: str) -> str:
    """The fragment that common Markdown renderers give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def plain(text: str) -> str:
    """Text on one line, with the marks escaped that Markdown would take for its own."""
    return re.sub(r"([\\*<>\[\]`])", r"\\\1", " ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; an empty text where there are no rows."""
    lines = ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join(["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|", *lines])


def bullets(lines: Iterable[str]) -> str:
    """A list with one line for each point."""
    return "\n".join(f"- {line}" for line in lines)


def page(title: str, source: str, parts: Iterable[str]) -> str:
    """A whole page; `source` says what it is made from. Empty parts are left out."""
    notice = f"*Generated from {source} by `ofsted-kg build`; do not edit.*"
    return "\n\n".join(part for part in (f"# {title}", notice, *parts) if part) + "\n"
