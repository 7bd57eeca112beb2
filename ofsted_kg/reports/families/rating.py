"""The annual rating letter of 2009: one rating, and no recommendations."""

from __future__ import annotations

import re
from datetime import date

from ofsted_kg.reports.family import Family
from ofsted_kg.reports.layout.cover import clean_name
from ofsted_kg.reports.layout.dates import DAY, read_date
from ofsted_kg.reports.report import Cover, Found, Report, ReportJudgement
from ofsted_kg.texts.lines import PdfText

HEAD_CHARACTERS = 1500
TITLE = re.compile(r"Children[’']s\s+services\s+annual\s+rating", re.IGNORECASE)
AREA = "Children's services rating"
RATING = re.compile(
    r"Children[’']s\s+services\s+rating\s+"
    r"(?P<grade>Performs\s+(?:excellently|well|adequately|poorly))\s*\((?P<points>[1-4])\)",
    re.IGNORECASE,
)
AUTHORITY = re.compile(r"Children[’']s\s+services\s+in\s+(?P<name>.{3,80}?)\s+perform\s")

NAME = "rating"


def matches(document: PdfText) -> bool:
    """Whether the letter's subject is the annual rating."""
    return TITLE.search(document.text, 0, HEAD_CHARACTERS) is not None


def read(document: PdfText) -> Report:
    """Read an annual rating letter; its date is that of publication."""
    warnings = []
    rating = RATING.search(document.text)
    judgements: tuple[ReportJudgement, ...] = ()
    if rating:
        printed = re.sub(r"\s+", " ", rating["grade"])
        judgements = (
            ReportJudgement(
                area=AREA,
                area_key="overall",
                grade=printed.lower(),
                grade_as_printed=f"{printed} ({rating['points']})",
                page=document.page_of(rating.start()) if document.is_paged else None,
                start=rating.start(),
                end=rating.end(),
            ),
        )
    else:
        warnings.append("judgements: no rating found")
    named = AUTHORITY.search(document.text)
    authority = clean_name(named["name"]) if named else None
    warnings += [] if authority else ["authority: no sentence names it with its rating"]
    return Report.of(
        document,
        family=NAME,
        framework="Annual rating 2009",
        framework_key="annual-rating-2009",
        cover=Cover(authority, published=_published(document)),
        judgements=judgements,
        warnings=warnings,
    )


def _published(document: PdfText) -> Found[date] | None:
    """The first full date of the letter."""
    for match in DAY.finditer(document.text, 0, HEAD_CHARACTERS):
        if day := read_date(match[0]):
            return Found.at(document, day, match.start(), match.end())
    return None


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    return "Annual rating of children's services", "annual rating letter"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    return "childrens-services"


FAMILY = Family(
    name=NAME,
    called="annual rating",
    matches=matches,
    read=read,
    titles=titles,
    service_of=service_of,
    kind="annual-rating",
    prints_close=False,
)
