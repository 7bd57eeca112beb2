"""What a question needs of a store, and how terms get into a query."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Bindings: TypeAlias = Mapping[str, Sequence[Term]]
Result: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

PARAMETERS_MARK = "# parameters"


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
    return text.replace(PARAMETERS_MARK, rows)
