"""Area inspections of special educational needs and disabilities (SEND), from 2023."""

from __future__ import annotations

import re

from ofsted_kg.reports.family import Family
from ofsted_kg.reports.layout.blocks import Kind, read_blocks
from ofsted_kg.reports.layout.bodies import split_bodies
from ofsted_kg.reports.layout.cover import clean_name
from ofsted_kg.reports.layout.dates import MONTH, read_windows
from ofsted_kg.reports.layout.inspectorates import read_inspectorates
from ofsted_kg.reports.layout.outline import (
    OPENING,
    ParagraphKeys,
    Part,
    read_parts,
    sections_of,
    unknown_headings,
)
from ofsted_kg.reports.layout.partners import OTHER, read_members, read_team
from ofsted_kg.reports.layout.partnership_lists import PartnershipLists
from ofsted_kg.reports.layout.partnership_tables import PartnershipTables
from ofsted_kg.reports.layout.prose import Prose, needs_places
from ofsted_kg.reports.partnership import (
    Member,
    NextInspection,
    Outcome,
    Partnership,
    Plan,
    TeamMember,
)
from ofsted_kg.reports.report import Cover, Report
from ofsted_kg.reports.spans import Found, Window
from ofsted_kg.texts.lines import Line, PdfText

NAME = "send"
TITLE = re.compile(r"\bArea\s+SEND\s+(?:full\s+)?inspection\s+of\b", re.IGNORECASE)
OUTCOME_HEAD = re.compile(r"^Inspection\s+outcome\b", re.MULTILINE | re.IGNORECASE)
AREA = re.compile(
    r"Area SEND (?:full )?inspection of (?:the )?(?P<area>.+?)"
    r"(?: local area partnership\b|(?= inspection dates?\b))",
    re.IGNORECASE,
)
DATES = re.compile(r"Inspection dates?\s*:\s*(?P<days>.+?)(?=\s*(?:Dates? of previous|$))", re.I)
PREVIOUS = re.compile(r"Dates? of (?:the )?previous inspections?\s*:\s*(?P<days>.+)$", re.I)
FOOT_DAYS = re.compile(
    rf"\d{{1,2}} (?:(?:{MONTH}) )?(?:\d{{4}} )?(?:to|and|[-–]) \d{{1,2}} (?:{MONTH}) \d{{4}}",
    re.IGNORECASE,
)
OUTCOMES = (
    ("systemic-failings", r"widespread and/?(?:or)? systemic failings"),
    ("inconsistent", r"lead to inconsistent experiences"),
    ("typically-positive", r"typically lead to positive experiences"),
)
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12,
    "eighteen": 18, "twenty-four": 24,
}  # fmt: skip
NEXT = re.compile(
    r"(?P<kind>monitoring inspection|full (?:area SEND )?(?:re-?)?inspection)\b[^.]*?"
    r"(?P<within>(?:approximately )?(?P<number>\d+|[a-z-]+) (?P<unit>years?|months?))\b",
    re.IGNORECASE,
)
PLANS = (
    ("priority-action-plan", r"requires? [^.]*\bpriority action plan"),
    ("strategic-plan", r"\bask[^.]*\bstrategic plan"),
)
RESPONSIBLE = re.compile(
    r"(?:^|[.] )(?P<who>[A-Zt][^.]*?) (?:are|is|share) (?:jointly )?(?:responsible|responsibility)"
    r"\b[^.]*?\b(?:planning|commissioning|delivery)\b"
)
KINDS = (
    ("experience", r"what is it like to be a child or young person .+"),
    ("strengths", r"what is the (?:local )?area partnership doing that is effective"),
    ("shortcomings", r"what does the (?:local )?area partnership need to do better"),
    ("priority", r"(?:responsible bod(?:y|ies)\s+)?areas? for priority actions?"),
    ("improvement", r"areas? for improvement"),
    ("outcome", r"inspection outcome"),
    ("information", r"information about the local area partnership"),
    ("details", r"local area partnership details"),
    ("about", r"information about this inspection"),
    ("team", r"inspection team"),
)
KIND_OF = tuple((kind, re.compile(rf"(?:{words})\s*[.:?]?", re.I)) for kind, words in KINDS)
WANTED = ("outcome", "information", "experience", "strengths", "shortcomings", "improvement")
TABLES = ("priority", "improvement")
STANDING_TEXT = re.compile(
    r"(?:If you are not happy with the inspection|The Office for Standards in Education)"
)


def matches(document: PdfText) -> bool:
    """Whether the first page has the title and the outcome of these inspections."""
    first = document.page_text(1)
    return TITLE.search(first) is not None and OUTCOME_HEAD.search(first) is not None


def kind_of(heading: str) -> str | None:
    """What a heading opens; None for one that is not of these reports alone."""
    return next((kind for kind, words in KIND_OF if words.fullmatch(heading.strip())), None)


def read(document: PdfText) -> Report:
    """Read an area SEND report."""
    needs_places(document, "an area SEND inspection")
    parts = read_parts(read_blocks(document), kind_of, "team")
    by_kind: dict[str, list[Part]] = {}
    for part in parts:
        by_kind.setdefault(part.kind, []).append(part)
    warnings = [f"sections: none of kind {kind!r}" for kind in WANTED if kind not in by_kind]
    opening = Prose(document, _all_lines(by_kind.get(OPENING, [])))
    outcome_text = Prose(document, _all_lines(by_kind.get("outcome", [])))
    information = Prose(document, _all_lines(by_kind.get("information", [])))
    title = AREA.search(opening.text)
    members, problems = read_members(document, _all_lines(by_kind.get("details", [])))
    warnings += problems
    team, problems = read_team(document, _team_lines(by_kind.get("team", [])))
    warnings += problems
    responsible, problems = _responsible(information, members)
    warnings += problems
    cover, printed, problems = _cover(document, opening, title)
    cover = Cover(cover.authority, cover.windows, None, _leads(team))
    warnings += problems
    previous, previous_printed, problems = _previous(opening)
    warnings += problems
    outcome, following, plans, problems = _outcome(outcome_text)
    warnings += problems
    keys = ParagraphKeys(document)
    lists = PartnershipLists(document, keys)
    tables = PartnershipTables(document, [one.name for one in members])
    for part in parts:
        if part.kind in TABLES and not _is_bulleted(part):
            tables.read_part(part)
        elif part.kind not in (OPENING, "details", "team"):
            lists.read_part(part, parts)
    warnings += lists.warnings + tables.warnings + unknown_headings(parts)
    recommendations = sorted(
        [*tables.recommendations, *lists.recommendations], key=lambda item: item.start
    )
    urgent = any(item.is_priority for item in recommendations)
    if outcome and (outcome.key == "systemic-failings") != urgent:
        warnings.append("priority actions: they do not go with the outcome")
    prose = Prose(document, [line for part in parts for line in part.lines])
    return Report.of(
        document,
        family=NAME,
        framework="Area SEND 2023",
        framework_key="area-send-2023",
        cover=cover,
        recommendations=recommendations,
        paragraphs=keys.paragraphs,
        warnings=warnings,
        partnership=Partnership(
            layout="area-send-2023",
            title=title[0] if title else None,
            area=cover.authority,
            inspectorates=read_inspectorates(prose),
            dates_as_printed=printed,
            sections=tuple(sections_of(document, parts)),
            strengths=tuple(lists.strengths),
            shortcomings=tuple(lists.shortcomings),
            nil_statements=tuple(lists.nil_statements),
            members=(*members, *_third_bodies(responsible, members)),
            responsible=responsible,
            outcome=outcome,
            next_inspections=following,
            plans=plans,
            previous=previous,
            previous_as_printed=previous_printed,
            windows_elsewhere=_elsewhere(document, cover.windows),
            team=tuple(team),
        ),
    )


def _all_lines(parts: list[Part]) -> list[Line]:
    return [
        line
        for part in parts
        for line in (
            [*part.head.lines, *part.lines] if part.head and part.level > 1 else part.lines
        )
    ]


def _team_lines(parts: list[Part]) -> list[Line]:
    """The lines of the team's table, which end where Ofsted's standing text begins."""
    lines = _all_lines(parts)
    at = next((i for i, line in enumerate(lines) if STANDING_TEXT.match(line.text)), len(lines))
    return lines[:at]


def _is_bulleted(part: Part) -> bool:
    """Whether a list has bullets where others have cells."""
    return bool(part.blocks) and part.blocks[0].kind is Kind.BULLET


def _cover(
    document: PdfText, opening: Prose, title: re.Match[str] | None
) -> tuple[Cover, str | None, list[str]]:
    area = clean_name(title["area"]) if title else None
    problems = [] if area else ["authority: no name found in the title"]
    match = DATES.search(opening.text)
    if match is None:
        return Cover(area), None, [*problems, "inspection dates: none printed on the first page"]
    place = opening.found(match, "days")
    windows = read_windows(place.value)
    if not windows:
        problems.append(f"inspection dates: {place.value[:60]!r} cannot be read for certain")
    found = Found(windows, place.start, place.end, place.page)
    return Cover(area, found), place.value, problems


def _previous(
    opening: Prose,
) -> tuple[Found[tuple[Window, ...]] | None, str | None, list[str]]:
    """The days of the inspection before, also where a sentence tells them."""
    match = PREVIOUS.search(opening.text)
    if match is None:
        return None, None, ["previous inspection: not printed on the first page"]
    place = opening.found(match, "days")
    printed = place.value
    windows: tuple[Window, ...] = read_windows(printed)
    if not windows:
        days = re.findall(rf"\d{{1,2}} (?:{MONTH}) \d{{4}}", printed, re.IGNORECASE)
        windows = tuple(window for day in days for window in read_windows(day))
    if not windows and not re.match(r"not\b|none\b|n/a\b", printed, re.IGNORECASE):
        return None, printed, ["previous inspection: its days cannot be read for certain"]
    found = Found(windows, place.start, place.end, place.page) if windows else None
    return found, printed, []


def _outcome(
    prose: Prose,
) -> tuple[Outcome | None, tuple[NextInspection, ...], tuple[Plan, ...], list[str]]:
    """The outcome, what follows it and which plan is asked for, each with its sentence."""
    found = [
        (key, match)
        for key, words in OUTCOMES
        if (match := re.search(words, prose.text, re.IGNORECASE))
    ]
    outcome = None
    problems = []
    if len(found) == 1:
        key, match = found[0]
        place = prose.sentence(match)
        outcome = Outcome(key, place.page, place.start, place.end)
    else:
        problems.append(f"outcome: {len(found)} of the known ones found")
    following = tuple(_following(prose, match) for match in NEXT.finditer(prose.text))
    plans = []
    for key, words in PLANS:
        if match := re.search(words, prose.text, re.IGNORECASE):
            place = prose.sentence(match)
            plans.append(Plan(key, place.page, place.start, place.end))
    known = [one for one in following if one.months]
    problems += [] if known else ["next inspection: no time found"]
    problems += [] if len(plans) == 1 else [f"plan: {len(plans)} found where one is asked for"]
    return outcome, tuple(known), tuple(plans), problems


def _following(prose: Prose, match: re.Match[str]) -> NextInspection:
    words = match["kind"].casefold()
    kind = "full-inspection"
    if words.startswith("monitoring"):
        kind = "monitoring-inspection"
    elif re.search(r"re-?inspection", words):
        kind = "full-reinspection"
    number = match["number"].casefold()
    count = int(number) if number.isdigit() else NUMBERS.get(number, 0)
    months = count * (12 if match["unit"].casefold().startswith("year") else 1)
    place = prose.found(match, "within")
    return NextInspection(kind, months, place.value, place.page, place.start, place.end)


def _responsible(prose: Prose, members: list[Member]) -> tuple[tuple[Found[str], ...], list[str]]:
    """The bodies that the first page names as responsible together."""
    match = RESPONSIBLE.search(prose.text)
    if match is None:
        return (), ["responsible: no sentence that says who is"]
    found = []
    start = match.start("who")
    for name in split_bodies(match["who"], [one.name for one in members]):
        at = prose.text.index(name, start)
        place = prose.span(at, at + len(name))
        found.append(Found.at(prose.document, name, *place))
        start = at + len(name)
    return tuple(found), []


def _third_bodies(responsible: tuple[Found[str], ...], members: list[Member]) -> list[Member]:
    """Bodies named as responsible that the table of details does not have, such as a trust."""
    return [
        Member(OTHER, one.value, None, None, None, one.page, one.start, one.end)
        for one in responsible
        if re.search(r"\b(?:trust|company)\b", one.value, re.IGNORECASE)
        and not any(_same(one.value, member.name) for member in members)
    ]


def _same(name: str, other: str) -> bool:
    return name.casefold() in other.casefold() or other.casefold() in name.casefold()


def _elsewhere(
    document: PdfText, windows: Found[tuple[Window, ...]] | None
) -> Found[tuple[Window, ...]] | None:
    """The days that the feet of pages give, where they are not those of the first page."""
    for line in document.lines:
        foot = document.page_heights[line.page - 1] * 0.09 if document.has_positions else 0
        if line.page == 1 or line.y > foot:
            continue
        match = FOOT_DAYS.search(line.text)
        found = read_windows(match[0]) if match else ()
        if match and found and (windows is None or found != windows.value):
            start = line.start + match.start()
            return Found.at(document, found, start, start + len(match[0]))
    return None


def _leads(team: list[TeamMember]) -> tuple[Found[str], ...]:
    return tuple(
        Found(one.name, one.start, one.end, one.page)
        for one in team
        if one.is_lead and one.inspectorate == "ofsted"
    )


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    return "Area SEND inspection", "area SEND inspection report"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    return "send"


FAMILY = Family(
    name=NAME,
    called="area SEND from 2023",
    matches=matches,
    read=read,
    titles=titles,
    service_of=service_of,
    kind="area-inspection",
)
