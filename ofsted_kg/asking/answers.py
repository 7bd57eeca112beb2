"""Answers, of rows or of triples, and every format in which they are written.

A format is one entry in FORMATS or GRAPH_FORMATS.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError

if TYPE_CHECKING:
    import pandas
    import rdflib
    from rdflib.query import Result as RdflibResult

    from ofsted_kg.asking.as_at import AsAt
    from ofsted_kg.store import Result, Store

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Scalar: TypeAlias = str | int | float | bool | None

_EXACT = 2**53  # whole numbers that a float holds exactly
_LONGEST_NUMBER = 40
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_INTEGERS = re.compile(r".*#(integer|int|long|short|byte|\w+Integer|unsigned\w+)$")


class Behind(NamedTuple):
    """What the rows of an answer rest on: statements of a store, one for each row.

    They stand under the names of the columns that their words would have.
    """

    store: "Store"
    statements: Mapping[str, tuple[Term | None, ...]]


class Answer(NamedTuple):
    """Columns and rows of terms; `rows` gives the same as Python values.

    The answer to a yes-or-no question has one row with one column, and is `yes`, too. `notes`
    say in a line each what a reader should know of how the question was understood and of what
    its rows are, and `as_at` until when an answer to a canned question is true. `behind` is for
    `with_words`.
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    yes: bool | None = None
    notes: tuple[str, ...] = ()
    as_at: "AsAt | None" = None
    behind: Behind | None = None

    @property
    def rows(self) -> list[dict[str, Scalar]]:
        """One dictionary per row, keyed by column name; None where there is no value."""
        return [dict(zip(self.columns, map(scalar, row), strict=True)) for row in self.terms]

    def with_words(self, *folders: Path | str) -> "Answer":
        """The same with the exact words that each row rests on, from your copies in folders.

        They stand in further columns, as a rule `words`, with spaces for line ends, and are
        checked by digest: where no copy at hand has them the cell is empty, and `notes` say why.
        """
        from ofsted_kg.asking.words import with_words

        return with_words(self, [Path(folder) for folder in folders])

    def to_pandas(self) -> "pandas.DataFrame":
        """A DataFrame; needs pandas, which this package does not install by itself."""
        try:
            import pandas
        except ImportError:
            raise OfstedKgError("to_pandas needs pandas: pip install pandas") from None
        return pandas.DataFrame(self.rows, columns=list(self.columns))

    def to_rdflib(self) -> "RdflibResult":
        """The same as a result of RDFLib, whose rows hold RDFLib's terms."""
        from ofsted_kg.asking.rdflib_terms import rows

        return rows(self.columns, self.terms, self.yes)

    def to_text(self, form: str = "table", width: int | None = None) -> str:
        """The answer in one of FORMATS; OfstedKgError for another name.

        A table is folded to `width` characters where one is given.
        """
        if form in GRAPH_FORMATS:
            raise OfstedKgError(f"this query gives rows; choose {', '.join(FORMATS)}")
        if form not in FORMATS:
            raise OfstedKgError(f"no format {form}; there are {', '.join(FORMATS)}")
        return FORMATS[form](self, width)


class Triples(list[ox.Triple]):
    """The answer of a query that gives a graph."""

    def to_rdflib(self) -> "rdflib.Graph":
        """The same as a graph of RDFLib, with the project's prefixes bound."""
        from ofsted_kg.asking.rdflib_terms import graph

        return graph(self)

    def to_text(self, form: str = "turtle", width: int | None = None) -> str:
        """The graph in one of GRAPH_FORMATS, whatever the width; OfstedKgError for another name."""
        if form not in GRAPH_FORMATS:
            raise OfstedKgError(f"this query gives a graph: choose {', '.join(GRAPH_FORMATS)}")
        return GRAPH_FORMATS[form](self)


def from_result(result: "Result", columns: Sequence[str] | None = None) -> Answer | Triples:
    """The answer of any query; `columns` chooses and orders those of a SELECT, else its own."""
    if isinstance(result, ox.QueryTriples):
        return Triples(result)
    if isinstance(result, ox.QueryBoolean):
        return Answer(("answer",), ((ox.Literal(bool(result)),),), bool(result))
    return from_solutions(result, columns)


def from_solutions(solutions: ox.QuerySolutions, columns: Sequence[str] | None = None) -> Answer:
    """An answer from a SELECT; `columns` chooses and orders them, else the query's own."""
    names = [variable.value for variable in solutions.variables]
    chosen = tuple(columns or names)
    missing = [name for name in chosen if name not in names]
    if missing:
        raise OfstedKgError(f"the query has no column {', '.join(missing)}")
    try:
        rows = tuple(tuple(_value(row[name]) for name in chosen) for row in solutions)
        return Answer(chosen, rows)
    except (OSError, RuntimeError) as error:  # the store is read while rows are asked for
        raise OfstedKgError(f"the query failed while its rows were read: {error}") from None


def set_apart(answer: Answer, names: Mapping[str, str], store: "Store") -> Answer:
    """The answer without its last columns, the statements behind its rows, kept as `behind`.

    `names` are those columns by what columns of their words would be called.
    """
    if not names:
        return answer
    shown = len(answer.columns) - len(names)
    apart = {name: tuple(row[shown + at] for row in answer.terms) for at, name in enumerate(names)}
    return answer._replace(
        columns=answer.columns[:shown],
        terms=tuple(row[:shown] for row in answer.terms),
        behind=Behind(store, apart),
    )


def _value(term: Term | None) -> Term | None:
    """A term, or None for the empty text that joining no values gives."""
    return None if isinstance(term, ox.Literal) and not term.value else term


def pivoted(answer: Answer, row: str, column: str, value: str) -> Answer:
    """One row per value of `row` and one column per value of `column`, both as they come."""
    at = [answer.columns.index(name) for name in (row, column, value)]
    heads: dict[str, None] = {}
    lines: dict[Term | None, dict[str, Term | None]] = {}
    for terms in answer.terms:
        head = str(scalar(terms[at[1]]))
        heads[head] = None
        lines.setdefault(terms[at[0]], {})[head] = terms[at[2]]
    filled = tuple((key, *(cells.get(head) for head in heads)) for key, cells in lines.items())
    return Answer((row, *heads), filled)


def scalar(term: Term | None) -> Scalar:
    """The Python value of a term: numbers and booleans by datatype, all else as text."""
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return _text(term)
    datatype = term.datatype.value
    if datatype.endswith(("#string", "#langString", "#date")):
        return term.value
    try:
        if _INTEGERS.match(datatype):
            return int(term.value) if len(term.value) <= _LONGEST_NUMBER else term.value
        if datatype.endswith(("#decimal", "#double", "#float")):
            number = float(term.value)
            if not math.isfinite(number):
                return term.value
            return int(number) if number.is_integer() and abs(number) < _EXACT else number
    except (OverflowError, ValueError):
        return term.value
    if datatype.endswith("#boolean"):
        return term.value in ("true", "1")
    return term.value


def _text(term: Term) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode | ox.BlankNode) else str(term)


def _shown(term: Term | None) -> str:
    value = scalar(term)
    if value is None:
        return ""
    return _CONTROL.sub(" ", str(value).lower() if isinstance(value, bool) else str(value))


def _csv(answer: Answer, width: int | None) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows(
        [
            ("" if t is None else t.value if isinstance(t, ox.Literal) else _text(t) for t in row)
            for row in answer.terms
        ]
    )
    return out.getvalue()


def _markdown(answer: Answer, width: int | None) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    rows = [line(map(_shown, row)) for row in answer.terms]
    table = "\n".join([line(answer.columns), line("---" for _ in answer.columns), *rows]) + "\n"
    said = [*answer.notes, *([f"covers {answer.as_at.to_text()}"] if answer.as_at else [])]
    return table + "".join(f"\n_{note[:1].upper()}{note[1:]}._\n" for note in said)


def _table(answer: Answer, width: int | None) -> str:
    from ofsted_kg.asking.tables import table

    return table(answer.columns, [[_shown(term) for term in row] for row in answer.terms], width)


def _json(answer: Answer, width: int | None) -> str:
    return json.dumps(answer.rows, ensure_ascii=False, indent=1) + "\n"


def _envelope(answer: Answer, width: int | None) -> str:
    """The rows of `json` in an object that also says what they cover, and what is to be noted."""
    about = answer.as_at.to_record() if answer.as_at else None
    record = {"as_at": about, "notes": list(answer.notes), "rows": answer.rows}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _srj(answer: Answer, width: int | None) -> str:
    return json.dumps(_sparql_json(answer), ensure_ascii=False) + "\n"


def _srx(answer: Answer, width: int | None) -> str:
    return _w3c(_sparql_json(answer), ox.QueryResultsFormat.XML)


def _tsv(answer: Answer, width: int | None) -> str:
    return _w3c(_sparql_json(answer._replace(yes=None)), ox.QueryResultsFormat.TSV)


def _w3c(document: dict[str, Any], form: ox.QueryResultsFormat) -> str:
    body = json.dumps(document).encode()
    result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    ending = "\n" if isinstance(result, ox.QueryBoolean) else ""
    return (result.serialize(format=form) or b"").decode() + ending


def _sparql_json(answer: Answer) -> dict[str, Any]:
    if answer.yes is not None:
        return {"head": {}, "boolean": answer.yes}
    bound = [
        {n: _json_term(t) for n, t in zip(answer.columns, row, strict=True) if t is not None}
        for row in answer.terms
    ]
    return {"head": {"vars": list(answer.columns)}, "results": {"bindings": bound}}


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, ox.Literal):  # a triple as a term
        return {"type": "literal", "value": str(term)}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _turtle(triples: Iterable[ox.Triple]) -> str:
    from ofsted_kg.rdf.turtle import encode_turtle

    return encode_turtle(triples, base=None, blank_nodes=True).decode()


def _serialised(form: ox.RdfFormat) -> Callable[[Iterable[ox.Triple]], str]:
    def write(triples: Iterable[ox.Triple]) -> str:
        from ofsted_kg.rdf.terms import PREFIXES

        return (ox.serialize(triples, format=form, prefixes=PREFIXES) or b"").decode()

    return write


FORMATS: dict[str, Callable[[Answer, int | None], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "envelope": _envelope,
    "markdown": _markdown,
    "srj": _srj,
    "srx": _srx,
    "tsv": _tsv,
}
GRAPH_FORMATS: dict[str, Callable[[Iterable[ox.Triple]], str]] = {
    "turtle": _turtle,
    "ntriples": _serialised(ox.RdfFormat.N_TRIPLES),
    "jsonld": _serialised(ox.RdfFormat.JSON_LD),
    "rdfxml": _serialised(ox.RdfFormat.RDF_XML),
}
