"""Why a question has no rows: what of that which was asked about finds nothing."""

import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from ofsted_kg.asking.answers import scalar
from ofsted_kg.asking.parameters import Given, bindings
from ofsted_kg.asking.questions import Question, load_question
from ofsted_kg.store import PARAMETERS_MARK, Bindings, Store, Term, select

# Questions that have something on most authorities, whatever another has nothing of.
_ELSEWHERE = ("grade-history", "inspections")
_FEW = 6  # authorities to name
# A reason is not worth waiting for much longer than an answer. No engine can be told to stop, so
# that nothing is asked of all authorities after so many seconds, and a question which may take any
# is first asked of a few: of all of them only where no great many rows are to be expected.
_SECONDS = 10.0
_SAMPLE = 4
_MANY = 5000
_AUTHORITIES = """
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT DISTINCT ?authority
WHERE { ?assessment okg:inspectsAuthority ?authority }
ORDER BY ?authority
"""
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


class _Found(NamedTuple):
    """How many rows were seen, whether they are all, and the authorities that they are on."""

    rows: int
    whole: bool
    authorities: frozenset[str] = frozenset()


def why_empty(question: Question, given: Mapping[str, Given], store: Store) -> str:
    """One sentence on an answer without rows; OfstedKgError as for the question itself.

    Names each parameter of which the question has nothing even alone, with what is known of it:
    when an authority was abolished and what came after it, that a theme was never used; and how
    many rows other questions have on an authority. Where each finds something, tells how many
    rows there are without one of them, and on which authorities where these are few. What would
    take long to find out is left, and said to be.
    """
    bound = {name[1:]: terms for name, terms in bindings(question, given, store).items()}
    search = _Search(store)
    found: dict[str, _Found] = {}
    for name, terms in bound.items():
        found[name] = search.look(question, {name: terms})
        # Where what a question cannot do without finds nothing, the rest is not worth asking.
        if question.parameter(name).required and found[name] == _Found(0, True):
            break
    alone = [
        f"{question.name} has nothing for {_called(question, name, bound[name], store)}"
        f"{_elsewhere(question, name, bound[name], search)}"
        for name, one in found.items()
        if one.whole and not one.rows
    ]
    if alone:
        return f"no rows: {'; '.join(alone)}."
    without, unknown = [], []
    for name in bound if len(bound) > 1 else ():
        others = {other: terms for other, terms in bound.items() if other != name}
        one, option = search.look(question, others), f"--{name.replace('_', '-')}"
        if one.rows:
            count = f"{one.rows}" if one.whole else f"at least {one.rows}"
            only = _few(one) if name == "authority" else ""
            without.append(f"{count} without {option}{only and f' ({only} only)'}")
        elif not one.whole:
            unknown.append(option)
    said = f"nothing is held on all of this together: there are {', '.join(without)}"
    if not without:
        said = "nothing is held on all of this together"
    if unknown:
        said += f"; what there is without {' or '.join(unknown)} would take long to look up"
    return f"no rows: {said}."


class _Search:
    """Rows of questions that are asked for a reason, as far as there is time for them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._ends = time.monotonic() + _SECONDS
        self._authorities: list[Term] | None = None
        self._seen: dict[object, _Found] = {}

    def look(self, question: Question, bound: Bindings) -> _Found:
        """What a question has for these values, by parameter; none where there is no time."""
        key = (question.name, frozenset((name, tuple(terms)) for name, terms in bound.items()))
        if key in self._seen:
            return self._seen[key]
        found = _Found(0, False)
        sample, times = self._sample(question, bound)
        for some in (sample, {}) if sample else ({},):
            is_late = "authority" not in bound and time.monotonic() > self._ends
            if is_late or found.rows * times > _MANY:
                break
            found = self._ask(question, {**bound, **some}, whole=not some)
        self._seen[key] = found
        return found

    def _sample(self, question: Question, bound: Bindings) -> tuple[Bindings, int]:
        """A few authorities to ask about first, where a question may take any, and of how many."""
        takes = [p.name for p in question.parameters if p.repeatable and not p.required]
        if "authority" not in takes or "authority" in bound:
            return {}, 1
        if self._authorities is None:
            self._authorities = [row["authority"] for row in select(self.store, _AUTHORITIES)]
        step = max(1, len(self._authorities) // _SAMPLE)
        return {"authority": self._authorities[::step][:_SAMPLE]}, step

    def _ask(self, question: Question, bound: Bindings, whole: bool) -> _Found:
        variables = {f"_{name}": terms for name, terms in bound.items()}
        names, count = set(), 0
        has_column = any(column.name == "authority" for column in question.columns)
        for row in select(self.store, question.text, variables):
            count += 1
            if has_column and row["authority"] is not None:
                names.add(str(scalar(row["authority"])))
        return _Found(count, whole, frozenset(names))


def _few(found: _Found) -> str:
    """The authorities of all that was found, where they are few."""
    named = found.whole and 0 < len(found.authorities) <= _FEW
    return "; ".join(sorted(found.authorities)) if named else ""


def _elsewhere(question: Question, name: str, terms: Sequence[Term], search: _Search) -> str:
    """What other questions have on an authority."""
    if question.parameter(name).options != "authorities":
        return ""
    told = []
    for other in _ELSEWHERE:
        count = search.look(load_question(other), {"authority": terms}).rows
        if count:
            told.append(f"{other} has {count} row{'s' if count > 1 else ''}")
    held = f"; {' and '.join(told)} on it" if told else "; no grade or inspection is held"
    if any(parameter.required for parameter in question.parameters):
        return held
    few = _few(search.look(question, {}))
    return f"{held}; {question.name} has rows on {few} only" if few else held


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
