"""Rows of RDF terms → table, CSV, JSON, Markdown, the W3C result formats, DataFrame."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError

if TYPE_CHECKING:
    import pandas

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Scalar: TypeAlias = str | int | float | bool | None

FORMATS = ("table", "csv", "json", "markdown", "srj", "srx", "tsv")
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_W3C = {"srx": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
_EXACT = 2**53  # whole numbers that a float holds exactly
_LONGEST_NUMBER = 40
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_INTEGERS = re.compile(r".*#(integer|int|long|short|byte|\w+Integer|unsigned\w+)$")


class Answer(NamedTuple):
    """Columns and rows of terms; `rows` gives the same as Python values."""

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @property
    def rows(self) -> list[dict[str, Scalar]]:
        """One dictionary per row, keyed by column name; None where there is no value."""
        return [dict(zip(self.columns, map(scalar, row), strict=True)) for row in self.terms]

    def to_pandas(self) -> "pandas.DataFrame":
        """A DataFrame; needs pandas, which this package does not install by itself."""
        try:
            import pandas
        except ImportError:
            raise OfstedKgError("to_pandas needs pandas: pip install pandas") from None
        return pandas.DataFrame(self.rows, columns=list(self.columns))

    def to_text(self, form: str, width: int | None = None) -> str:
        """The answer in one of FORMATS; OfstedKgError for another name."""
        if form == "table":
            return _table(self, width)
        if form == "markdown":
            return _markdown(self)
        if form == "csv":
            return _csv(self)
        if form == "json":
            import json

            return json.dumps(self.rows, ensure_ascii=False, indent=1) + "\n"
        if form == "srj":
            import json

            return json.dumps(_sparql_json(self), ensure_ascii=False) + "\n"
        if form in _W3C:
            import json

            document = json.dumps(_sparql_json(self)).encode()
            solutions = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
            if isinstance(solutions, ox.QuerySolutions):
                return (solutions.serialize(format=_W3C[form]) or b"").decode()
        raise OfstedKgError(f"no format {form}; there are {', '.join(FORMATS)}")


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


def _csv(answer: Answer) -> str:
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


def _markdown(answer: Answer) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    rows = [line(map(_shown, row)) for row in answer.terms]
    return "\n".join([line(answer.columns), line("---" for _ in answer.columns), *rows]) + "\n"


def _table(answer: Answer, width: int | None) -> str:
    """Columns side by side; long cells are folded so that the table keeps to the width."""
    import textwrap

    shown = [[_shown(term) for term in row] for row in answer.terms]
    if not shown or not answer.columns:
        rows = f"({len(shown)} rows without columns)" if shown else "(no rows)"
        return f"{'  '.join(answer.columns)}\n{rows}\n"
    widths = [
        max(len(head), *(len(row[i]) for row in shown)) for i, head in enumerate(answer.columns)
    ]
    if width is not None:
        cells = [list(column) for column in zip(*shown, strict=True)]
        floors = [
            max(len(word) for word in " ".join([head, *column]).split())
            for head, column in zip(answer.columns, cells, strict=True)
        ]
        if sum(floors) + 2 * (len(floors) - 1) > width:
            return _records(answer.columns, shown, width)
        widths = _narrowed(widths, floors, width)
    lines = [_line(answer.columns, widths), _line(["─" * w for w in widths], widths)]
    for row in shown:
        cells = [
            textwrap.wrap(cell, w, break_on_hyphens=False) or [""]
            for cell, w in zip(row, widths, strict=True)
        ]
        for index in range(max(map(len, cells))):
            lines.append(_line([c[index] if index < len(c) else "" for c in cells], widths))
    return "\n".join(lines) + "\n"


def _records(columns: Sequence[str], rows: list[list[str]], width: int) -> str:
    """One block for each row, a line for each value: for answers wider than the terminal."""
    import textwrap

    margin = max(map(len, columns)) + 2
    blocks = []
    for row in rows:
        lines = []
        for head, cell in zip(columns, row, strict=True):
            folded = (
                textwrap.wrap(cell, max(20, width - margin), break_on_hyphens=False) if cell else []
            )
            for index, line in enumerate(folded):
                lines.append((head if index == 0 else "").ljust(margin) + line)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _narrowed(widths: list[int], floors: list[int], width: int) -> list[int]:
    """Takes space from the widest column until all fit; no word is broken."""
    widths = widths.copy()
    while sum(widths) + 2 * (len(widths) - 1) > width:
        spare = [w - floor for w, floor in zip(widths, floors, strict=True)]
        widths[widths.index(max(w for w, s in zip(widths, spare, strict=True) if s > 0))] -= 1
    return widths


def _line(cells: Sequence[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)).rstrip()


def _sparql_json(answer: Answer) -> dict[str, Any]:
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


def boolean_text(answer: bool, form: str) -> str:
    """The answer of an ASK in a W3C format, srj or srx."""
    formats = {"srj": ox.QueryResultsFormat.JSON, **_W3C}
    document = f'{{"head":{{}},"boolean":{str(answer).lower()}}}'
    result = ox.parse_query_results(document.encode(), format=ox.QueryResultsFormat.JSON)
    body = result.serialize(format=formats[form]) if isinstance(result, ox.QueryBoolean) else b""
    return (body or b"").decode() + "\n"


def graph_text(triples: list[ox.Triple], form: str) -> str:
    """A graph in one of GRAPH_FORMATS; OfstedKgError for another name."""
    if form not in GRAPH_FORMATS:
        raise OfstedKgError(f"this query gives a graph: choose {', '.join(GRAPH_FORMATS)}")
    from ofsted_kg.rdf.terms import PREFIXES

    if form == "turtle":
        from ofsted_kg.rdf.turtle import encode_turtle

        return encode_turtle(triples, base=None, blank_nodes=True).decode()
    body = ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES)
    return (body or b"").decode()
