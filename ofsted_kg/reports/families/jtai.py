"""Joint targeted area inspections: letters to the partners of an area, 2016 on."""

from __future__ import annotations

import re
from datetime import date

from ofsted_kg.reports.family import Family
from ofsted_kg.reports.layout.addressees import read_addressees
from ofsted_kg.reports.layout.blocks import read_blocks
from ofsted_kg.reports.layout.cover import clean_name
from ofsted_kg.reports.layout.dates import MONTH, read_windows
from ofsted_kg.reports.layout.inspectorates import read_inspectorates, with_names
from ofsted_kg.reports.layout.letter import (
    LetterHead,
    read_head,
    read_next_steps,
    read_signatories,
)
from ofsted_kg.reports.layout.outline import (
    OPENING,
    ParagraphKeys,
    Part,
    read_parts,
    sections_of,
    unknown_headings,
)
from ofsted_kg.reports.layout.partnership_lists import CLOSE, PartnershipLists
from ofsted_kg.reports.layout.prose import Prose, needs_places
from ofsted_kg.reports.partnership import Inspectorate, NextSteps, Partnership, Signatory, Theme
from ofsted_kg.reports.report import Cover, Report
from ofsted_kg.reports.spans import Found, Window
from ofsted_kg.texts.lines import Line, PdfText

NAME = "jtai"
TITLE = re.compile(r"^Joint\s+targeted\s+area\s+inspection\s+of\b", re.MULTILINE | re.IGNORECASE)
TITLE_LINE = re.compile(r"Joint targeted area inspection of\b", re.IGNORECASE)
DEAR = re.compile(r"^Dear\b", re.MULTILINE)
OF_RESPONSE = re.compile(
    r"Joint targeted area inspection of the (?:multi-?agency )?(?P<response>responses? to .+)",
    re.IGNORECASE,
)
IN_AREA = re.compile(r"(?P<theme>.+) in (?P<area>(?:the )?[A-Z].+?)\.?$")
OF_AREA = re.compile(r"Joint targeted area inspection of (?P<area>(?:the )?[A-Z].+?)\.?$")
PLACE = re.compile(
    r"\bin (?P<area>(?:the )?[A-Z][\w’-]+(?: (?:and|of|upon|with|[A-Z][\w’-]+))*)"
    r"(?=[.,;]|$| local authority)"
)
ONE_DAY = r"(?:\w+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?"
DAY_OF = rf"{ONE_DAY}\s+(?:{MONTH})(?:,?\s+\d{{4}})?"
DAYS = re.compile(
    rf"\b(?:Between|from|on)\s+{ONE_DAY}\b[^.;]{{0,50}}?\b(?:{MONTH})\b(?:,?\s+\d{{4}})?"
    r"(?:,?\s+(?:and|to|&)\s+(?:(?:again|then)\s+)?(?:(?:on|from|between)\s+)?"
    rf"(?:{ONE_DAY}\s+(?:and|to|&)\s+)?{DAY_OF})*",
    re.IGNORECASE,
)
MORE_DAYS = re.compile(rf"(?:(?!Ofsted|HMI|Care Quality)[^.;]){{0,60}}?\b{DAY_OF}", re.IGNORECASE)
NEXT_PERIOD = re.compile(
    r",?\s+(?:and|&)\s+(?:(?:again|then)\s+)?(?=(?:on|from|between)\s)", re.IGNORECASE
)
DEEP_DIVE = re.compile(
    r"deep dive[’']?[^.]{0,40}?\b(?:focus(?:ed)? on|on|into) (?:the )?(?P<theme>[^.]+)"
)
MULTI_AGENCY = re.compile(r"(?:multi-?agency )?responses? to (?P<theme>[^.]+)")
IN_PLACE = re.compile(r" in (?:the )?[A-Z][^,]*$")
CLOSE_UNDER = 1.5
VAGUE = re.compile(r"abuse and neglect", re.IGNORECASE)

# In the order asked: the first whose words a theme has.
THEMES = (
    ("initial-need-and-risk", r"initial need"),
    ("serious-youth-violence", r"youth violence"),
    ("early-help", r"who need help|early help"),
    ("sexual-abuse-in-the-family", r"sexual abuse"),
    ("mental-health", r"mental (?:ill )?-?health|mental ill"),
    ("domestic-abuse", r"domestic abuse"),
    ("neglect-of-older-children", r"neglect"),
    ("child-exploitation", r"sexual.*(?:gang|criminal)|criminal.*sexual|gangs"),
    ("child-sexual-exploitation-and-missing", r"sexual exploitation"),
    ("criminal-exploitation", r"criminal exploitation"),
    ("child-exploitation", r"exploitation"),
)
KINDS = (
    (
        "strengths",
        r"(?:[\w’-]+ ){0,4}strengths?"
        r"|what (?:is |was |has been )?(?:work(?:s|ed|ing)|going|gone|done) well",
    ),
    (
        "priority",
        r"areas? (?:for|of|requiring) (?:(?:urgent|immediate|priority) )+actions?"
        r"|(?:(?:urgent|immediate) )*priority actions?",
    ),
    (
        "improvement",
        r"(?:(?:key|main|other|further|multi-?agency) )*areas? (?:for|of|requiring|to)"
        r" (?:(?:further|future|key) )*(?:improve(?:ments?)?|development)"
        r"|what (?:the (?:local )?(?:area )?partnership )?(?:still )?needs? to"
        r" (?:improve|be improved)"
        r"|areas? (?:that|which) needs? (?:to improve|to be improved|improvement|development)"
        r"|(?:key )?improvements? (?:needed|required)",
    ),
    ("findings", r"(?:main|headline|key) findings|context"),
    ("next-steps", r"next steps"),
    (
        "box",
        r"(?:case|practice) stud(?:y|ies)\b.*|[^.?!:]{3,60}:\s*(?:(?:highly )?effective practice"
        r"|areas?(?:\(s\))? for (?:priority action and )?improvement)",
    ),
)
KIND_OF = tuple((kind, re.compile(rf"(?:{words})\s*[.:?]?\s*\d?", re.I)) for kind, words in KINDS)
WANTED = ("improvement", "next-steps")


def matches(document: PdfText) -> bool:
    """Whether the first page is a letter that bears the title of these inspections."""
    first = document.page_text(1)
    return DEAR.search(first) is not None and TITLE.search(first) is not None


def kind_of(heading: str) -> str | None:
    """What a heading opens; None for one that is not of these letters alone."""
    return next((kind for kind, words in KIND_OF if words.fullmatch(heading.strip())), None)


def read(document: PdfText) -> Report:
    """Read a letter on a joint targeted area inspection."""
    needs_places(document, "a joint targeted area inspection")
    head = read_head(document)
    blocks = read_blocks(document)
    start = head.end if head else 0
    parts = read_parts([one for one in blocks if one.start >= start], kind_of, "next-steps")
    warnings = [] if head else ["letter: no date and salutation found on the first page"]
    opening = [part for part in parts if part.kind == OPENING]
    title = _title(document, [line for part in opening for line in _lines(part)])
    prose = Prose(document, (line for part in opening for line in part.lines))
    area = _area(title, prose)
    cover, printed, problems = _cover(document, prose, head, area)
    warnings += problems
    theme = _theme(title, prose)
    warnings += [] if area else ["authority: no name found in title or opening"]
    warnings += [] if theme and theme.key else ["theme: none known found in title or opening"]
    inspectorates = read_inspectorates(prose)
    named = {part.kind for part in parts}
    warnings += [f"sections: none of kind {kind!r}" for kind in WANTED if kind not in named]
    warnings += [] if len(inspectorates) > 2 else ["inspectorates: fewer than three named"]
    addressees, problems = read_addressees(document, head.addressees if head else [])
    warnings += problems + ([] if addressees else ["addressees: none found"])
    keys = ParagraphKeys(document)
    lists = PartnershipLists(document, keys)
    for part in parts:
        lists.read_part(part, parts)
    later = _is_later(parts)
    warnings += [] if later or "strengths" in named else ["sections: none of kind 'strengths'"]
    warnings += lists.warnings + unknown_headings(parts)
    steps, signatories, problems = _closing(document, parts, inspectorates)
    warnings += problems
    return Report.of(
        document,
        family=NAME,
        framework="JTAI",
        framework_key=NAME,
        cover=cover,
        recommendations=lists.recommendations,
        paragraphs=keys.paragraphs,
        warnings=warnings,
        partnership=Partnership(
            layout="headline-findings" if later else "key-strengths",
            title=title.text if title else None,
            area=area,
            inspectorates=inspectorates,
            dates_as_printed=printed,
            sections=tuple(sections_of(document, parts)),
            strengths=tuple(lists.strengths),
            nil_statements=tuple(lists.nil_statements),
            salutation=head.salutation if head else None,
            addressees=tuple(addressees),
            theme=theme,
            next_steps=steps,
            signatories=tuple(signatories),
        ),
    )


def _is_later(parts: list[Part]) -> bool:
    """Letters since 2022 begin with their headline findings."""
    return any(part.heading.casefold().startswith("headline") for part in parts)


def _lines(part: Part) -> list[Line]:
    return [*(part.head.lines if part.head else []), *part.lines]


def _title(document: PdfText, lines: list[Line]) -> Prose | None:
    """The bold lines from the one that begins the title."""
    at = next((at for at, line in enumerate(lines) if TITLE_LINE.match(line.text)), None)
    if at is None:
        return None
    end = at + 1
    while end < len(lines) and _goes_on(lines[end - 1], lines[end]):
        end += 1
    return Prose(document, lines[at:end])


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line stands close under the one before, in the same weight."""
    near = before.page == line.page and before.foot - line.y <= CLOSE_UNDER * line.size
    return near and line.bold == before.bold


def _area(title: Prose | None, prose: Prose) -> str | None:
    """The area as the title has it, or where the title lacks it, as the opening has."""
    if title is not None:
        response = OF_RESPONSE.match(title.text)
        named = (IN_AREA if response else OF_AREA).match(title.text)
        if named:
            return clean_name(named["area"])
    place = PLACE.search(prose.text)
    return clean_name(place["area"]) if place else None


def _cover(
    document: PdfText, prose: Prose, head: LetterHead | None, area: str | None
) -> tuple[Cover, str | None, list[str]]:
    """Authority, days and date of the letter; days without a year are those before its date."""
    published = head.dated if head else None
    match = DAYS.search(prose.text)
    if match is None:
        return Cover(area, None, published), None, ["inspection dates: none found in the opening"]
    place = prose.found(match)
    windows = _windows(place.value, published.value if published else None)
    found = Found(windows, place.start, place.end, place.page)
    problems = (
        [] if windows else [f"inspection dates: {place.value[:60]!r} cannot be read for certain"]
    )
    if MORE_DAYS.match(prose.text, match.end()):
        problems.append("inspection dates: other days are printed behind them")
    if windows and published and windows[-1][1] > published.value:
        problems.append("inspection dates: later than the date of the letter")
    return Cover(area, found, published), place.value, problems


def _windows(printed: str, written: date | None) -> tuple[Window, ...]:
    span = "; ".join(_period(period) for period in NEXT_PERIOD.split(printed))
    if re.search(r"\d{4}", span) or written is None:
        return read_windows(span)
    found = read_windows(f"{span} {written.year}")
    if found and found[-1][1] > written:
        found = read_windows(f"{span} {written.year - 1}")
    return found


def _period(words: str) -> str:
    """A period of days with "to" in it: "and" is that behind "between", or where it is alone."""
    words = re.sub(r"^on\s+", "", words, flags=re.IGNORECASE)
    if re.match(r"between\b", words, re.IGNORECASE):
        return re.sub(r"\band\b|&", "to", words, count=1)
    return words if re.search(r"\bto\b", words) else re.sub(r"\band\b|&", "to", words)


def _theme(title: Prose | None, prose: Prose) -> Theme | None:
    """The theme in the title, or where that is of abuse and neglect in general, in the text."""
    in_title = OF_RESPONSE.match(title.text) if title else None
    candidates: list[Found[str]] = []
    if title and in_title and not VAGUE.search(title.text):
        named = IN_AREA.match(title.text, in_title.start("response"))
        candidates.append(title.found(named or in_title, "theme" if named else "response"))
    for pattern in (DEEP_DIVE, MULTI_AGENCY) if in_title else (MULTI_AGENCY, DEEP_DIVE):
        candidates += [prose.found(match, "theme") for match in pattern.finditer(prose.text)]
    for found in candidates:
        words = IN_PLACE.sub("", found.value)
        for key, pattern_words in THEMES:
            if re.search(pattern_words, words, re.IGNORECASE) and not _is_vague(words):
                end = found.end if words == found.value else found.start + len(words)
                return Theme(key, words, found.page, found.start, end)
    return None


def _is_vague(words: str) -> bool:
    return VAGUE.search(words) is not None and len(words) < 60


def _closing(
    document: PdfText, parts: list[Part], inspectorates: tuple[Inspectorate, ...]
) -> tuple[NextSteps | None, list[Signatory], list[str]]:
    """The next steps and those who sign, on what follows the last heading."""
    last = next((part for part in parts if part.kind == "next-steps"), None)
    if last is None:
        return None, [], []
    at = next(
        (i for i, block in enumerate(last.blocks) if CLOSE.match(block.text)), len(last.blocks)
    )
    paragraphs = [Prose(document, block.lines) for block in last.blocks[:at]]
    steps, problems = read_next_steps(paragraphs)
    lines = [line for block in last.blocks[at:] for line in block.lines]
    closed = next((i for i, line in enumerate(lines) if CLOSE.match(line.text)), -1)
    signatories, unnamed = with_names(
        read_signatories(document, lines[closed + 1 :], inspectorates), "signatories"
    )
    problems += unnamed
    signed = {one.inspectorate for one in signatories}
    problems += [
        f"signatories: none for {one.key}" for one in inspectorates if one.key not in signed
    ]
    return steps, signatories, problems


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    return "Joint targeted area inspection", "joint targeted area inspection"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    return "multi-agency-response"


FAMILY = Family(
    name=NAME,
    called="joint targeted area inspection",
    matches=matches,
    read=read,
    titles=titles,
    service_of=service_of,
    kind="joint-targeted-inspection",
)
