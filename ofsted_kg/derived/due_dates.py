"""When action is due: the day of publication moved on by the months of the timescale."""

import calendar
import datetime
from collections.abc import Iterator

from pyoxigraph import Triple

from ofsted_kg.derived.inputs import published
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import date, term

_TIMESCALE = term("okg:hasTimescale")


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def due_dates(facts: Facts) -> Iterator[Triple]:
    """`okg:computedDueBy` of each recommendation with a timescale in months."""
    for one in facts.subjects(_TIMESCALE):
        timescale = facts.node(one, _TIMESCALE)
        assessment = facts.node(one, term("okg:isReachedIn"))
        months = facts.text(timescale, term("okg:timescaleMonths")) if timescale else ""
        day = published(facts, assessment) if assessment else None
        if months and day:
            yield Triple(one, term("okg:computedDueBy"), date(add_months(day, int(months))))
