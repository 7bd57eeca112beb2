"""The canned queries: what each asks for, its parameters and its columns.

A question is one `.rq` file in `queries`. Its head is YAML in grlc's `#+` comment
convention; below stands plain SPARQL that runs in any tool as it is. A line
`# parameters` marks where the values of parameters are bound.

A parameter that names a thing takes its values from a query in `queries/options`, whose
own head says how such a parameter is called, labelled and described; a question's head
repeats none of it and may depart from all of it.
"""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import root
from ofsted_kg.store.cache import remembered

_TYPES = ("term", "text", "date", "integer", "iri")
_COLUMN_TYPES = ("text", "date", "integer", "number", "boolean", "iri")
_FAULTS = (KeyError, TypeError, AttributeError, ValueError)
Head: TypeAlias = dict[str, Any]


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
    """A named query with all that a person or a form needs to ask it.

    `remarks` are what whoever reads an answer must know of it, a line each, whatever was asked.
    `words` are variables of the query, which hold the statement behind a row, by the columns
    that an answer has for their words where these are asked for.
    """

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
    remarks: tuple[str, ...] = ()
    words: Mapping[str, str] = {}

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name; OfstedKgError names the nearest ones for another."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = [parameter.name for parameter in self.parameters]
        hint = did_you_mean(name, names, "its parameters are")
        raise OfstedKgError(f"{self.name} has no parameter {name}; {hint}")

    def require_words(self) -> None:
        """OfstedKgError where no words could be added, as rows of its answer rest on no passage."""
        if not self.words:
            names = ", ".join(question.name for question in load_questions() if question.words)
            raise OfstedKgError(f"rows of {self.name} have no words; those of these do: {names}")

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


def load_questions(folder: Path | None = None) -> list[Question]:
    """Reads all questions, sorted by name; OfstedKgError for a head that wants mending."""
    folder = folder or root()
    heads = _heads(folder)
    return [_read(name, folder, heads) for name in question_names(folder)]


def load_question(name: str, folder: Path | None = None) -> Question:
    """Reads one question; OfstedKgError names the nearest ones for an unknown name."""
    folder = folder or root()
    names = question_names(folder)
    if name not in names:
        raise OfstedKgError(f"no question {name}; {did_you_mean(name, names, 'there are')}")
    return _read(name, folder, _heads(folder))


def options_text(name: str, folder: Path | None = None) -> str:
    """The query that lists what a parameter can be."""
    path = (folder or root()) / "queries" / "options" / f"{name}.rq"
    return path.read_text(encoding="utf-8")


def _read(name: str, folder: Path, heads: Mapping[str, Head]) -> Question:
    path = folder / "queries" / f"{name}.rq"
    text = path.read_text(encoding="utf-8")
    try:
        head = heads.get(name) or _head(text)
        return _question(name, text, head, _shared(heads))
    except _FAULTS as error:
        raise OfstedKgError(f"{path}: its #+ head wants mending: {error}") from None


def _shared(heads: Mapping[str, Head]) -> dict[str, Head]:
    """What the heads of options say of a parameter, by its name."""
    return {
        head["parameter"]: {
            "options": name.removeprefix("options/"),
            **{key: head[key] for key in ("label", "description", "type")},
        }
        for name, head in heads.items()
        if "parameter" in head
    }


def _heads(folder: Path) -> dict[str, Head]:
    """The heads of all questions and, as `options/NAME`, of all options, where they can be read.

    YAML takes longer to import than a question takes to answer; so they are remembered as
    JSON beside the store until one of the files changes.
    """
    queries = folder / "queries"
    paths = sorted([*queries.glob("*.rq"), *queries.glob("options/*.rq")])

    def make() -> bytes:
        found = {}
        for path in paths:
            with contextlib.suppress(*_FAULTS):
                name = path.relative_to(queries).with_suffix("").as_posix()
                found[name] = _head(path.read_text(encoding="utf-8"))
        return json.dumps(found, default=str).encode()

    return _parsed(remembered("questions", paths, make)) or _parsed(make()) or {}


def _parsed(content: bytes) -> dict[str, Head] | None:
    """Heads by name; None where the cache was damaged."""
    try:
        found = json.loads(content)
    except ValueError:
        return None
    known = isinstance(found, dict) and all(isinstance(head, dict) for head in found.values())
    return found if known else None


def _head(text: str) -> Head:
    import yaml

    lines = [line[2:] for line in text.splitlines() if line.startswith("#+")]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        head = yaml.load("\n".join(lines), Loader=loader)  # noqa: S506 - a safe loader either way
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None
    if not isinstance(head, dict):
        raise ValueError("no YAML mapping")
    for key in [*(head.get("parameters") or {}), *(head.get("columns") or {})]:
        if not isinstance(key, str):
            raise ValueError(f"the name {key} wants quotes")
    return head


def _question(name: str, text: str, head: Head, shared: Mapping[str, Head]) -> Question:
    parameters = tuple(
        _parameter(key, given or {}, shared)
        for key, given in (head.get("parameters") or {}).items()
    )
    columns = tuple(Column(name=key, **value) for key, value in head["columns"].items())
    for unknown in [p.type for p in parameters if p.type not in _TYPES] + [
        c.type for c in columns if c.type not in _COLUMN_TYPES
    ]:
        raise ValueError(f"unknown type {unknown}")
    if not all(isinstance(remark, str) for remark in head.get("remarks") or ()):
        raise ValueError("remarks are lines of text, and one with a colon wants quotes")
    words = dict(head.get("words") or {})
    if doubled := words.keys() & {column.name for column in columns}:
        raise ValueError(f"words of the name of a column: {', '.join(sorted(doubled))}")
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
        remarks=tuple(head.get("remarks") or ()),
        words=words,
    )


def _parameter(name: str, given: Head, shared: Mapping[str, Head]) -> Parameter:
    """A parameter that states its type says all of itself; else options of its name do."""
    if "type" not in given:
        if name not in shared:
            raise ValueError(f"the parameter {name} wants a type, or options that name it")
        given = {**shared[name], **given}
    return Parameter(name=name, **given)


def did_you_mean(given: str, names: list[str], otherwise: str) -> str:
    """The names most like a given one, or else all of them after `otherwise`."""
    import difflib

    nearest = difflib.get_close_matches(given, names, n=3, cutoff=0.5)
    if nearest:
        return f"did you mean {' or '.join(nearest)}?"
    return f"{otherwise} {', '.join(names) or 'none'}"
