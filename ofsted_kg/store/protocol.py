"""What a question needs of a store, and how terms get into a query."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Bindings: TypeAlias = Mapping[str, Sequence[Term]]
Result: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

PARAMETERS_MARK = "# parameters"
_DEFAULT = re.compile(r"^.*# default of (\w+)[ \t]*(?:\n|$)", re.MULTILINE)


class Store(Protocol):
    """What a question needs of a store."""

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        """Evaluates SPARQL with variables bound to terms; OfstedKgError if it cannot."""
        ...


def select(store: Store, text: str, bindings: Bindings | None = None) -> ox.QuerySolutions:
    """The solutions of a SELECT query; OfstedKgError where it is of another form."""
    result = store.query(text, bindings)
    if not isinstance(result, ox.QuerySolutions):
        raise OfstedKgError("the query is no SELECT")
    return result


def bind(text: str, bindings: Bindings | None) -> str:
    """The query with a VALUES block for each bound variable at its parameters marks.

    A line that ends in `# default of NAME` holds as long as `_NAME` is not bound, so that a
    query pasted as it stands answers as it does when it is asked.

    VALUES is SPARQL's own way to hand terms to a query, and the only one that every
    engine and endpoint shares. The terms are written by the RDF library, never by us:
    what a user typed is a term before it comes here, and cannot become syntax.
    """
    if not bindings:
        return text
    if PARAMETERS_MARK not in text:
        raise OfstedKgError(f"the query has no line “{PARAMETERS_MARK}” to bind parameters at")
    rows = "".join(
        f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}\n" for name, terms in bindings.items()
    )
    kept = _DEFAULT.sub(lambda line: "" if f"_{line[1]}" in bindings else line[0], text)
    return kept.replace(PARAMETERS_MARK, rows)
