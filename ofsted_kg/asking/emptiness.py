"""Why a question has no rows: what of that which was asked about finds nothing."""

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from ofsted_kg.asking.answers import scalar
from ofsted_kg.asking.parameters import Given, bindings
from ofsted_kg.asking.questions import Question, load_question
from ofsted_kg.store import PARAMETERS_MARK, Bindings, Store, Term, select

# Questions that have something on most authorities, whatever another has nothing of.
_ELSEWHERE = ("grade-history", "inspections")
_FEW = 6  # authorities to name
# What is known of a thing that finds nothing: its name, its end, and that nothing rests on it.
_KNOWN = f"""
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name ?note
WHERE {{
  {PARAMETERS_MARK}
  ?thing skos:prefLabel ?name .
  OPTIONAL {{
    {{ ?thing okg:existsUntil ?until . BIND(CONCAT("abolished, last day ", STR(?until)) AS ?note) }}
    UNION
    {{
      ?change org:originalOrganization ?thing ; org:resultingOrganization ?next .
      ?next skos:prefLabel ?named .
      BIND(CONCAT("succeeded by ", ?named) AS ?note)
    }}
    UNION
    {{
      ?thing a okg:InspectionFramework .
      FILTER NOT EXISTS {{ ?document okg:reportsOn/okg:isConductedUnder ?thing }}
      BIND("no report under it is held" AS ?note)
    }}
    UNION
    {{
      ?thing skos:inScheme <https://w3id.org/ofsted-kg/id/themes> .
      FILTER NOT EXISTS {{ ?statement okg:hasTheme/skos:broader* ?thing }}
      BIND("no statement has this theme" AS ?note)
    }}
  }}
}}
ORDER BY ?name ?note
"""


def why_empty(question: Question, given: Mapping[str, Given], store: Store) -> str:
    """One sentence on an answer without rows; OfstedKgError as for the question itself.

    Names each parameter of which the question has nothing even alone, with what is known of it:
    when an authority was abolished and what came after it, that a theme was never used; and how
    many rows other questions have on an authority. Where each finds something, tells how many
    rows there are without one of them.
    """
    bound = {name[1:]: terms for name, terms in bindings(question, given, store).items()}
    alone = [
        f"{question.name} has nothing for {_called(question, name, terms, store)}"
        f"{_elsewhere(question, name, terms, store)}"
        for name, terms in bound.items()
        if not _rows(question, {name: terms}, store)
    ]
    if alone:
        return f"no rows: {'; '.join(alone)}."
    without = []
    for name in bound:
        others = {other: terms for other, terms in bound.items() if other != name}
        count = len(bound) > 1 and _rows(question, others, store)
        if count:
            without.append(f"{count} without --{name.replace('_', '-')}")
    if without:
        return f"no rows for all of this together: there are {', '.join(without)}."
    return "no rows: nothing is held on all of this together."


def _rows(question: Question, bound: Bindings, store: Store) -> int:
    variables = {f"_{name}": terms for name, terms in bound.items()}
    return sum(1 for _ in select(store, question.text, variables))


def _elsewhere(question: Question, name: str, terms: Sequence[Term], store: Store) -> str:
    """What other questions have on an authority."""
    if question.parameter(name).options != "authorities":
        return ""
    told = []
    for other in _ELSEWHERE:
        count = _rows(load_question(other), {"authority": terms}, store)
        if count:
            told.append(f"{other} has {count} row{'s' if count > 1 else ''}")
    held = f"; {' and '.join(told)} on it" if told else "; no grade or inspection is held"
    few = _only_of(question, store)
    return f"{held}; {question.name} has rows on {'; '.join(few)} only" if few else held


def _only_of(question: Question, store: Store) -> list[str]:
    """The authorities of which a question has anything, where they are few."""
    has_column = any(column.name == "authority" for column in question.columns)
    if not has_column or any(parameter.required for parameter in question.parameters):
        return []
    names: set[str] = set()
    for row in select(store, question.text):
        if row["authority"] is not None:
            names.add(str(scalar(row["authority"])))
        if len(names) > _FEW:
            return []
    return sorted(names)


def _called(question: Question, name: str, terms: Sequence[Term], store: Store) -> str:
    label = question.parameter(name).label.lower()
    things = [one for one in terms if isinstance(one, ox.NamedNode)]
    notes: dict[str, list[str]] = {}
    if things:
        for row in select(store, _KNOWN, {"thing": things}):
            found = notes.setdefault(row["name"].value, [])
            found += [row["note"].value] if row["note"] is not None else []
    shown = [f"{called} ({'; '.join(said)})" if said else called for called, said in notes.items()]
    return f"{label} {', '.join(shown or [str(scalar(one)) for one in terms])}"
