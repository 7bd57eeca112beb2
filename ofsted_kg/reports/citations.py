"""The parts of a national framework that recommendations cite at their end."""

from __future__ import annotations

import re
from dataclasses import replace

from ofsted_kg.identity.expectations import Expectations
from ofsted_kg.reports.report import ReportRecommendation

# In brackets at the end, or a last sentence of their own; a footnote mark may follow.
CITATION = re.compile(
    r"(?:[(\[](?P<bracketed>[^()\[\]]+)[)\]]"
    r"|(?<=[.;])\s+(?P<sentence>[^.;]{1,40}:\s*national\s+framework))\W*\d{0,2}\W*$",
    re.IGNORECASE,
)
SIGN = re.compile(r"national\s+framework|^\W*(?:outcome|enabler|principle)s?\b", re.IGNORECASE)


def with_citations(
    items: tuple[ReportRecommendation, ...], expectations: Expectations
) -> tuple[tuple[ReportRecommendation, ...], list[str]]:
    """Recommendations with the keys of the parts they cite, and what is cited and not known."""
    cited = []
    problems = []
    for item in items:
        words = cited_words([item.text, *(sub.text for sub in item.sub_items)])
        keys = tuple(dict.fromkeys(key for one in words for key in expectations.named(one)))
        problems += [
            f"recommendations: {one!r} is no part of the national framework that is known"
            for one in words
            if not expectations.named(one)
        ]
        cited.append(replace(item, citations=keys) if keys else item)
    return tuple(cited), problems


def cited_words(texts: list[str]) -> list[str]:
    """The words by which texts cite parts of the framework at their ends."""
    found = (CITATION.search(text) for text in texts)
    words = (match["bracketed"] or match["sentence"] for match in found if match)
    return [" ".join(one.split()) for one in words if SIGN.search(one)]
