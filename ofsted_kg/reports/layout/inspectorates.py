"""The inspectorates that a report names, under all the names they have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from ofsted_kg.reports.layout.prose import Prose
from ofsted_kg.reports.partnership import Inspectorate, Signatory, TeamMember

HMI = r"(?:(?:Her|His) Majesty[’']s Inspectorate|HM Inspectorate|HMI\b|the Chief Inspector)(?: of)?"
FIRE = r"(?:(?:,| and|,? &)* Fire (?:&|and) Rescue(?: Services?)?)"
NAMES = (
    (
        "ofsted",
        r"Ofsted\b|(?:Her|His) Majesty[’']s Chief Inspector of Education, Children[’']s Services"
        r" and Skills(?: \(HMCI\))?",
    ),
    ("cqc", r"(?:the )?(?:Care Quality|Quality Care) Commission(?: \(CQC\))?|\bCQC\b"),
    ("constabulary", rf"{HMI} Constabulary{FIRE}?(?: \(HMIC(?:FRS)?\))?|\bHMIC(?:FRS)?\b"),
    (
        "hmi-probation",
        rf"{HMI} Probation\b(?: \([^)]{{3,16}}\))?(?: for England and Wales)?",
    ),
)
# What the posts of those who sign for an inspectorate are called where it is not named.
POSTS = (
    ("hmi-probation", re.compile(r"\bprobation\b", re.IGNORECASE)),
    ("constabulary", re.compile(r"\bconstabulary\b", re.IGNORECASE)),
    ("cqc", re.compile(r"\bCQC\b|Care Quality|health ?care|hospitals|medical", re.IGNORECASE)),
    ("ofsted", re.compile(r"\bOfsted\b|National Director|social care", re.IGNORECASE)),
)
# Degrees and honours, which may be as many as there are: "MSc", "FRCA".
HONOURS = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z]{1,3}")
LONGEST_NAME = 8  # words

Person = TypeVar("Person", Signatory, TeamMember)


def with_names(found: Iterable[Person], what: str) -> tuple[list[Person], list[str]]:
    """Those of a block of inspectors whose name may be one, and a line for each other."""
    people: list[Person] = []
    problems = []
    for one in found:
        words = [word for word in one.name.split() if HONOURS.fullmatch(word.strip(",")) is None]
        if len(words) <= LONGEST_NAME:
            people.append(one)
            continue
        where = f" on page {one.page}" if one.page else ""
        problems.append(f"{what}: {len(words)} words{where} are no name: they are left out")
    return people, problems


def read_inspectorates(prose: Prose) -> tuple[Inspectorate, ...]:
    """Each inspectorate where it is first named.

    That of constabulary was given fire and rescue services in July 2017, and is another
    since then.
    """
    found = []
    for key, pattern in NAMES:
        match = re.search(pattern, prose.text, re.IGNORECASE)
        if match is None:
            continue
        place = prose.found(match)
        named = place.value
        if key == "constabulary":
            has_fire = re.search(r"Fire|HMICFRS", named, re.IGNORECASE)
            key = "hmicfrs" if has_fire else "hmic"
        found.append(Inspectorate(key, named, place.page, place.start, place.end))
    return tuple(found)


def inspectorate_of(words: str, known: Iterable[Inspectorate]) -> str | None:
    """The key of the inspectorate that a post or a heading belongs to."""
    key = next((key for key, pattern in POSTS if pattern.search(words)), None)
    if key == "constabulary":
        keys = [one.key for one in known if one.key.startswith("hmic")]
        return keys[0] if keys else "hmicfrs"
    return key
