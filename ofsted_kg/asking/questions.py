"""The canned queries: what each asks for, its parameters as RDF terms, its columns.

A question is one `.rq` file in `queries`. Its head is YAML in grlc's `#+` comment
convention; below stands plain SPARQL that runs in any tool as it is. A line
`# parameters` marks where the values of parameters are bound.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import root
from ofsted_kg.store import Bindings, Store, Term, select

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INDEX = "index.json"
_TYPES = ("term", "text", "date", "integer", "iri")
_COLUMN_TYPES = ("text", "date", "integer", "number", "boolean", "iri")
_BEARERS = """
PREFIX adms: <http://www.w3.org/ns/adms#>
SELECT DISTINCT ?thing
WHERE {
  {
    # parameters
    ?thing ?property ?name .
  }
  UNION
  {
    # parameters
    ?code ?property ?name .
    ?thing adms:identifier ?code .
  }
}
"""
Given: TypeAlias = str | int | datetime.date | Sequence[str]


class Parameter(NamedTuple):
    """One parameter; `type` is term, text, date, integer or iri.

    A term is chosen by any of its names, codes or its IRI among the answers of the
    query `queries/options/{options}.rq`.
    """

    name: str
    label: str
    description: str
    type: str
    required: bool = False
    repeatable: bool = False
    options: str | None = None


class Column(NamedTuple):
    """One column of the answer; `type` is text, date, integer, number, boolean or iri."""

    name: str
    label: str
    description: str
    type: str = "text"


class Pivot(NamedTuple):
    """How rows become columns: one row per `row`, one column per value of `column`."""

    row: str
    column: str
    value: str


class Question(NamedTuple):
    """A named query with all that a person or a form needs to ask it."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: Mapping[str, str | list[str]]
    text: str
    defaults: Mapping[str, str]
    pivot: Pivot | None = None

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name; OfstedKgError names the nearest ones for another."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = [parameter.name for parameter in self.parameters]
        hint = _did_you_mean(name, names, "its parameters are")
        raise OfstedKgError(f"{self.name} has no parameter {name}; {hint}")

    def example_command(self) -> str:
        """The example as it is typed in a shell."""
        words = [f"ofsted-kg ask {self.name}"]
        for name, given in self.example.items():
            for value in given if isinstance(given, list) else [given]:
                words.append(f'--{name.replace("_", "-")} "{value}"')
        return " ".join(words)


def question_names(folder: Path | None = None) -> list[str]:
    """The names of all questions, sorted."""
    return sorted(path.stem for path in ((folder or root()) / "queries").glob("*.rq"))


def load_question(name: str, folder: Path | None = None) -> Question:
    """Reads one question; OfstedKgError names the nearest ones for an unknown name."""
    names = question_names(folder)
    if name not in names:
        raise OfstedKgError(f"no question {name}; {_did_you_mean(name, names, 'there are')}")
    path = (folder or root()) / "queries" / f"{name}.rq"
    text = path.read_text(encoding="utf-8")
    try:
        return _question(name, text, _indexed(path, text) or _head(text))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise OfstedKgError(f"{path}: its #+ head wants mending: {error}") from None


def write_index(folder: Path) -> bool:
    """Writes the heads of all questions as JSON; False where it was so already.

    YAML takes longer to import than a question takes to answer; the index saves that.
    """
    import json

    from ofsted_kg.rdf.writing import write_bytes

    index = {}
    for name in question_names(folder):
        text = (folder / "queries" / f"{name}.rq").read_text(encoding="utf-8")
        index[name] = {"sha256": _text_digest(text), "head": _head(text)}
    content = json.dumps(index, ensure_ascii=False, indent=1, default=str) + "\n"
    return write_bytes(folder / "queries" / _INDEX, content.encode())


def _indexed(path: Path, text: str) -> dict[str, Any] | None:
    """The head from the index, if it has this very text."""
    import json

    try:
        entry = json.loads((path.parent / _INDEX).read_bytes())[path.stem]
    except (OSError, ValueError, KeyError):
        return None
    known = isinstance(entry, dict) and entry.get("sha256") == _text_digest(text)
    return entry["head"] if known else None


def _text_digest(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


def _head(text: str) -> dict[str, Any]:
    import yaml

    lines = [line[2:] for line in text.splitlines() if line.startswith("#+")]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        head = yaml.load("\n".join(lines), Loader=loader)  # noqa: S506 - a safe loader either way
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None
    if not isinstance(head, dict):
        raise ValueError("no YAML mapping")
    for key in [*(head.get("parameters") or {}), *head["columns"]]:
        if not isinstance(key, str):
            raise ValueError(f"the name {key} wants quotes")
    return head


def _question(name: str, text: str, head: dict[str, Any]) -> Question:
    parameters = tuple(
        Parameter(name=key, **value) for key, value in (head.get("parameters") or {}).items()
    )
    columns = tuple(Column(name=key, **value) for key, value in head["columns"].items())
    for unknown in [p.type for p in parameters if p.type not in _TYPES] + [
        c.type for c in columns if c.type not in _COLUMN_TYPES
    ]:
        raise ValueError(f"unknown type {unknown}")
    defaults: dict[str, str] = {}
    for entry in head.get("defaults") or []:
        defaults.update(entry)
    return Question(
        name=name,
        summary=head["summary"],
        description=head["description"],
        tags=tuple(head["tags"]),
        parameters=parameters,
        columns=columns,
        example=head.get("example") or {},
        text=text,
        defaults=defaults,
        pivot=Pivot(**head["pivot"]) if "pivot" in head else None,
    )


def bindings(question: Question, given: Mapping[str, Given], store: Store) -> Bindings:
    """The parameters as terms, by variable `_name`.

    Raises OfstedKgError for an unknown, missing, repeated or ill-typed parameter, and
    names the nearest values where a term is not known.
    """
    for name in given:
        question.parameter(name)
    bound: dict[str, Sequence[Term]] = {}
    for parameter in question.parameters:
        values = _as_list(given.get(parameter.name, question.defaults.get(parameter.name)))
        if not values:
            if parameter.required:
                raise OfstedKgError(
                    f"{question.name} needs --{parameter.name.replace('_', '-')}: "
                    f"{parameter.description}"
                )
            continue
        if len(values) > 1 and not parameter.repeatable:
            raise OfstedKgError(f"{parameter.name} may be given once only")
        terms = [term for value in values for term in _terms(parameter, value, store)]
        bound[f"_{parameter.name}"] = list(dict.fromkeys(terms))
    return bound


def _as_list(value: Given | None) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, (str, int, datetime.date)):
        return [str(value)]
    return [str(item) for item in value]


def _terms(parameter: Parameter, value: str, store: Store) -> list[Term]:
    value = value.strip()
    if parameter.type == "term":
        return _chosen(parameter, value, store)
    if parameter.type == "date":
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            raise OfstedKgError(
                f"{parameter.name}: {_quoted(value)} is no day; write it as 2012-04-10"
            ) from None
        return [ox.Literal(day.isoformat(), datatype=ox.NamedNode(_XSD + "date"))]
    if parameter.type == "integer":
        if not re.fullmatch(r"-?\d{1,9}", value):
            raise OfstedKgError(f"{parameter.name}: {_quoted(value)} is no whole number")
        return [ox.Literal(int(value))]
    if parameter.type == "iri":
        return [_iri(parameter.name, value)]
    return [ox.Literal(value)]


def _iri(name: str, value: str) -> ox.NamedNode:
    if not value.startswith(("http://", "https://")) or re.search(r'[\s<>"{}|\\^`]', value):
        raise OfstedKgError(f"{name}: {_quoted(value)} is no IRI; it starts with https://")
    return ox.NamedNode(value)


def _chosen(parameter: Parameter, value: str, store: Store) -> list[Term]:
    """The terms that a name, code or IRI stands for; an area may be one in each framework."""
    if value.startswith(("http://", "https://")):
        found = options(parameter, store, {"value": [_iri(parameter.name, value)]})
        if found:
            return [option.term for option in found]
    wanted = fold(value)
    known: list[Option] = []
    for look_up in (_bearers, lambda *_: options(parameter, store)):
        known = look_up(parameter, value, store)
        terms = [option.term for option in known if fold(option.name) == wanted]
        if terms:
            return terms
    raise OfstedKgError(
        f"{parameter.name}: nothing is called {_quoted(value)}; {_hint(wanted, known)}"
    )


def _bearers(parameter: Parameter, name: str, store: Store) -> "list[Option]":
    """What bears just this name or code, found without looking at all the options."""
    as_typed = [ox.Literal(name), ox.Literal(name, language="en")]
    things = [row["thing"] for row in select(store, _BEARERS, {"name": as_typed})]
    return options(parameter, store, {"value": things}) if things else []


def _hint(wanted: str, known: "list[Option]") -> str:
    import difflib

    labels = {fold(option.name): option.label for option in known}
    close = difflib.get_close_matches(wanted, labels, n=6, cutoff=0.6)
    close += [name for name in labels if wanted and wanted in name]
    nearest = list(dict.fromkeys(labels[name] for name in close))[:5]
    if nearest:
        return f"did you mean {'; '.join(nearest)}?"
    return f"such as {'; '.join(sorted(set(labels.values()))[:8])}"


class Option(NamedTuple):
    """One name of one term that a parameter can be; `label` is the name to show."""

    term: Term
    label: str
    name: str


def options(parameter: Parameter, store: Store, chosen: Bindings | None = None) -> list[Option]:
    """What a term parameter can be: each term once for each of its names."""
    path = root() / "queries" / "options" / f"{parameter.options}.rq"
    solutions = select(store, path.read_text(encoding="utf-8"), chosen)
    return [Option(row["value"], row["label"].value, row["name"].value) for row in solutions]


def _quoted(value: str) -> str:
    """A value as it stands in a message: one line, and not too long a one."""
    line = "".join(c if c.isprintable() else " " for c in value)
    return f"“{line if len(line) <= 60 else line[:59] + '…'}”"


def fold(name: str) -> str:
    """A name as names are compared: no case, no punctuation, “and” for “&”."""
    folded = name.casefold().replace("&", " and ").replace("’", "'").replace("'", "")
    return " ".join(re.sub(r"[^\w]+", " ", folded).split())


def _did_you_mean(given: str, names: list[str], otherwise: str) -> str:
    import difflib

    nearest = difflib.get_close_matches(given, names, n=3, cutoff=0.5)
    if nearest:
        return f"did you mean {' or '.join(nearest)}?"
    return f"{otherwise} {', '.join(names) or 'none'}"
