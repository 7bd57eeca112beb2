"""Dates as reports print them: one day, a span, or several spans of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ofsted_kg.reports.report import Window

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_STARTS = [name[:3] for name in MONTHS]
# In full or cut short, as "18 Feb 2014".
MONTH = "|".join(rf"{name[:3]}(?:{name[3:]}|t)?\b\.?" for name in MONTHS)
DAY = re.compile(
    rf"\b(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>\d{{4}})"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?P<month>{MONTH}))?"
    r"(?:,?\s+(?P<year>\d{4})\b|(?!\w))",
    re.IGNORECASE,
)
NEXT_WINDOW = re.compile(r"\s(?:and|&)\s|;", re.IGNORECASE)
# What may stand between days; any other word leaves open which days are meant.
JOINERS = re.compile(
    r"\b(?:to|and|from|until|between|inclusive|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
LONGEST_SPAN_DAYS = 200


@dataclass(slots=True)
class _Day:
    day: int
    month: int | None
    year: int | None


def read_date(text: str) -> date | None:
    """The first full date in a text, or None."""
    for day in _days(text):
        if day.month and day.year:
            return _date(day)
    return None


def read_windows(text: str) -> tuple[Window, ...]:
    """The spans of days in a text; empty where any of it cannot be read for certain.

    A month or year printed once counts for the days before it, as in "4 to 15 May
    2023"; a single day is a span of one day.
    """
    if re.search(r"\w", JOINERS.sub("", DAY.sub("", text))):
        return ()
    parts = [_days(part) for part in NEXT_WINDOW.split(text)]
    days = [day for part in parts for day in part]
    _fill_from_the_right(days)
    windows = []
    for part in parts:
        if not part:
            continue
        first, last = _date(part[0]), _date(part[-1])
        if len(part) > 2 or first is None or last is None or first > last:
            return ()
        windows.append((first, last))
    if not windows or (windows[-1][1] - windows[0][0]).days > LONGEST_SPAN_DAYS:
        return ()
    ordered = all(a[1] < b[0] for a, b in pairwise(windows))
    return tuple(windows) if ordered else ()


def _days(text: str) -> list[_Day]:
    found = []
    for match in DAY.finditer(text):
        if match["d"]:
            found.append(_Day(int(match["d"]), int(match["m"]), int(match["y"])))
        else:
            month = _STARTS.index(match["month"][:3].lower()) + 1 if match["month"] else None
            year = int(match["year"]) if match["year"] else None
            found.append(_Day(int(match["day"]), month, year))
    return found


def _fill_from_the_right(days: list[_Day]) -> None:
    month: int | None = None
    year: int | None = None
    for day in reversed(days):
        if day.year is None and day.month and month and year and day.month > month:
            year -= 1
        day.month = month = day.month or month
        day.year = year = day.year or year


def _date(day: _Day) -> date | None:
    if day.month is None or day.year is None:
        return None
    try:
        return date(day.year, day.month, day.day)
    except ValueError:
        return None
