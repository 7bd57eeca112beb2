"""What a caller types → terms, with help for what is none."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from ofsted_kg.asking.bodies import linked, note, spellings
from ofsted_kg.asking.questions import Parameter, Question, options_text
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.identity.names import fold, singular
from ofsted_kg.rdf.terms import iri
from ofsted_kg.store import PARAMETERS_MARK, Bindings, Store, Term, select

_XSD = "http://www.w3.org/2001/XMLSchema#"
# Every property by which a thing is called something, and every code of it.
_NAMED = f"""
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name ?scheme
WHERE {{
  {{
    {PARAMETERS_MARK}
    ?thing skos:prefLabel|skos:altLabel|rdfs:label|dcterms:title|bibo:shortTitle|foaf:name
      |skos:notation ?name .
  }}
  UNION
  {{
    {PARAMETERS_MARK}
    ?thing adms:identifier ?code .
    ?code skos:notation ?name .
    OPTIONAL {{ ?code dcterms:type ?scheme }}
  }}
}}
"""
# A slug is made of a name, and so is read as one: as a code it would stand for one bearer only.
_SLUGS = iri("identifier-scheme", "govuk")
# Options that are bodies, whose names are written in many ways.
_BODIES = ("authorities", "addressees")
_MANY = (*_BODIES, "documents", "themes")
# What is less like a name than this would be guessing; so many names can be listed whole.
_ALIKE, _FEW = 0.75, 12
Given: TypeAlias = str | int | datetime.date | Sequence[str]


class Option(NamedTuple):
    """One name of one term that a parameter can be; `label` is the name to show."""

    term: Term
    label: str
    name: str


def bindings(
    question: Question,
    given: Mapping[str, Given],
    store: Store,
    notes: list[str] | None = None,
) -> Bindings:
    """The parameters as terms, by variable `_name`; a default stands in the query itself.

    To `notes` is added a line for each name or code that means several bodies.
    Raises OfstedKgError for an unknown, missing, repeated or ill-typed parameter, and
    names the nearest values where a term is not known.
    """
    for name in given:
        question.parameter(name)
    bound: dict[str, Sequence[Term]] = {}
    for parameter in question.parameters:
        values = _as_list(given.get(parameter.name))
        if not values:
            if parameter.required:
                raise OfstedKgError(
                    f"{question.name} needs --{parameter.name.replace('_', '-')}: "
                    f"{parameter.description}"
                )
            continue
        if len(values) > 1 and not parameter.repeatable:
            raise OfstedKgError(f"{parameter.name} may be given once only")
        terms: list[Term] = []
        for value in values:
            found = _terms(parameter, value, store)
            terms += found
            if notes is not None and parameter.options in _BODIES:
                notes += filter(None, [note(store, value.strip(), list(dict.fromkeys(found)))])
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
    wanted = fold(value)
    if value.startswith(("http://", "https://")):
        found = _among(parameter, store, [_iri(parameter.name, value)])
        if found:
            return found
    # Of many names the one that is typed is looked up; of few all are read, since one name may
    # be of several things in spellings of their own.
    if parameter.options in _MANY and (things := bearers(store, value)):
        bearing = options(parameter, store, {"value": things})
        if found := [option.term for option in bearing if fold(option.name) == wanted]:
            return found
    if parameter.options in _BODIES:
        known_names = spellings(store)
        if found := _among(parameter, store, known_names.look(value)):
            return found
    if found := _among(parameter, store, linked(store, value)):
        return found
    known = options(parameter, store)
    if found := [option.term for option in known if fold(option.name) == wanted]:
        return found
    if parameter.options not in _BODIES:
        alike = _singular(wanted)
        if found := [o.term for o in known if _singular(fold(o.name)) == alike]:
            return found
    nearest: Sequence[Term] = []
    said = ""
    if parameter.options in _BODIES:
        if several := _labels(known, known_names.shortened(value)):
            raise OfstedKgError(
                f"{parameter.name}: {_quoted(value)} is short for {'; '.join(several)}:"
                " write out the one that you mean"
            )
        nearest = known_names.nearest(value)
        if known_names.said_of(value):
            said = f" ({known_names.said_of(value).rstrip('.')})"
    raise OfstedKgError(
        f"{parameter.name}: nothing is called {_quoted(value)}{said}{_hint(wanted, known, nearest)}"
    )


def _singular(words: str) -> str:
    return " ".join(map(singular, words.split()))


def _among(parameter: Parameter, store: Store, things: Sequence[Term]) -> list[Term]:
    """Those of some things that the parameter can be."""
    if not things:
        return []
    return list(dict.fromkeys(o.term for o in options(parameter, store, {"value": things})))


def bearers(store: Store, name: str) -> list[Term]:
    """Whatever has just this name, title or code, as it is typed or in English."""
    as_typed = [ox.Literal(name), ox.Literal(name, language="en")]
    found = select(store, _NAMED, {"name": as_typed})
    return list(dict.fromkeys(row["thing"] for row in found if row["scheme"] != _SLUGS))


def namesakes(store: Store, name: str) -> list[Term]:
    """Whatever has this name in any spelling that `fold` does not tell apart."""
    wanted = fold(name)
    everything = select(store, _NAMED)
    return list(dict.fromkeys(r["thing"] for r in everything if fold(r["name"].value) == wanted))


def _hint(wanted: str, known: list[Option], likeliest: Sequence[Term]) -> str:
    import difflib

    nearest = _labels(known, likeliest)
    labels = {fold(option.name): option.label for option in known}
    if not nearest:
        close = difflib.get_close_matches(wanted, labels, n=6, cutoff=_ALIKE)
        close += [name for name in labels if wanted and wanted in name]
        nearest = list(dict.fromkeys(labels[name] for name in close))[:5]
    if nearest:
        return f"; did you mean {'; '.join(nearest)}?"
    if not labels:
        return "; the store holds nothing that this could be"
    all_of_them = sorted(set(labels.values()))
    if len(all_of_them) <= _FEW:
        return f"; there are {'; '.join(all_of_them)}"
    return ", nor anything like it"


def _labels(known: list[Option], terms: Sequence[Term]) -> list[str]:
    """The names to show of some terms, of those that the parameter can be."""
    by_term = {option.term: option.label for option in known}
    return [by_term[term] for term in terms if term in by_term]


def options(parameter: Parameter, store: Store, chosen: Bindings | None = None) -> list[Option]:
    """What a term parameter can be: each term once for each of its names."""
    solutions = select(store, options_text(parameter.options or ""), chosen)
    return [Option(row["value"], row["label"].value, row["name"].value) for row in solutions]


def _quoted(value: str) -> str:
    """A value as it stands in a message: one line, and not too long a one."""
    line = "".join(c if c.isprintable() else " " for c in value)
    return f"“{line if len(line) <= 60 else line[:59] + '…'}”"
