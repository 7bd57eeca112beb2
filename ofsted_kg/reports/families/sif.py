"""Single inspections (SIF, 2013 to 2018), their re-inspections and board reviews."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ofsted_kg.reports.family import BodyBeside, Family
from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock, read_blocks
from ofsted_kg.reports.layout.checks import against_headings, unsaid
from ofsted_kg.reports.layout.cover import clean_name, read_cover, read_inspectors
from ofsted_kg.reports.layout.grades import GRADE, PrintedArea, judgement, words
from ofsted_kg.reports.layout.lists import ITEM_KINDS, lost_lines, read_items
from ofsted_kg.reports.layout.paragraphs import (
    Headings,
    gaps,
    heading_text,
    is_prose,
    read_paragraphs,
)
from ofsted_kg.reports.layout.rows import area_of
from ofsted_kg.reports.layout.sentences import sentence_judgement
from ofsted_kg.reports.layout.table import read_grades
from ofsted_kg.reports.report import Report, ReportJudgement, ReportRecommendation
from ofsted_kg.texts.lines import PdfText

HELP = "Children who need help and protection"
PERMANENCE = "Children looked after and achieving permanence"
ADOPTION = "Adoption performance"
LEAVERS = "Experiences and progress of care leavers"
LEADERSHIP = "Leadership, management and governance"
OVERALL = PrintedArea("Overall", "overall", "")
BOARD = PrintedArea("Local Safeguarding Children Board", "lscb", "")
AREAS = (
    PrintedArea(HELP, "help-and-protection", words(HELP), (("protection",),)),
    PrintedArea(
        PERMANENCE, "looked-after-and-permanence", words(PERMANENCE), (("permanence", "looked"),)
    ),
    PrintedArea(f"2.1 {ADOPTION}", "adoption", words(ADOPTION), (("adoption",),)),
    PrintedArea(f"2.2 {LEAVERS}", "care-leavers", words(LEAVERS), (("leavers",),)),
    PrintedArea(
        LEADERSHIP,
        "leadership",
        r"Leadership,?\s+management\s+and\s+governance",
        (("leadership", "governance"),),
    ),
)
# A line on the board may follow the table; its grade is read by itself.
BESIDE_TABLE = PrintedArea("Board", "lscb", "", (("board", "lscb"),))

TITLE = re.compile(
    r"\b(?P<again>Re-?\s?)?inspection\s+of\s+services\s+for\s+children\s+in\s+need"
    r"\s+of\s+help\s+and\s+protection",
    re.IGNORECASE,
)
DATES = re.compile(r"Inspection\s+dates?\b", re.IGNORECASE)  # letters that name these have none
AGAIN = re.compile(r"\bThis\s+(?:(?:is|was)\s+a\s+)?re-?\s?inspection\b", re.IGNORECASE)
SUMMARY_PAGES = 3
BOARD_TITLE = re.compile(
    r"(?:Inspection|Review)\s+of\s+the\s+effectiveness\s+of\s+the\s+local\s+safeguarding"
    r"\s+children(?:[’']s)?\s+board",
    re.IGNORECASE,
)
ROW = re.compile(r"\d(?:\.\d)?\.?\s+(?P<label>[A-Z].*)")
BOARD_SENTENCE = re.compile(
    r"The\s+(?:(?:graded\s+|overall\s+)*judge?ment\s+(?:for|on|of|about)\s+the\s+)?"
    r"(?:effectiveness\s+of\s+the\s+)?"
    r"(?:[\w’'&-]+\s+){0,6}?(?:Safeguarding\s+Children(?:[’']s)?(?:\s+Board)?|LSCB)"
    rf"(?:\s+\(\w+\))?\s+(?:is\s+(?:that\s+it\s+(?:is\s+)?)?)?(?P<grade>{GRADE})\.?(?=\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
BOARD_WORDS = r"(?:Safeguarding Children|\b\w{0,3}SCB\b)"
BOARD_HEADING = re.compile(BOARD_WORDS, re.IGNORECASE)
CONTENTS = re.compile(r"Contents$", re.IGNORECASE)
GRADED = r"(?:The graded )?judge?ment (?:for|about|of|on) (?:the )?"
PROGRESS = r"(?:The )?experiences? and progress of (?:the )?"
HEADINGS = Headings(
    areas=tuple(
        (key, re.compile(pattern, re.IGNORECASE))
        for key, pattern in (
            ("adoption", rf"(?:{GRADED})?(?:{PROGRESS})?adoption performance"),
            ("care-leavers", rf"(?:{GRADED})?{PROGRESS}care leavers"),
            ("help-and-protection", rf"(?:{PROGRESS})?{HELP}"),
            ("looked-after-and-permanence", rf"(?:{PROGRESS})?{PERMANENCE}"),
            ("leadership", r"Leadership,? management and governance"),
            ("lscb", rf".*{BOARD_WORDS}"),
        )
    ),
    printed=AREAS,
    keeps=re.compile(
        r"Key judge?ment|Judge?ment grade|(?:Executive )?Summary$|Inspection findings$"
        r"|Recommendations$",
        re.IGNORECASE,
    ),
)
HEADING_LINES = 2
FOR_WHOM = r"(?: for (?:the )?(?:local authority|LSCB|board|Local Safeguarding Children Board))?"
MARK = r"\s*[:?.]?\d?$"
LISTS = (
    ("Recommendations", re.compile(rf"Recommendations?{FOR_WHOM}{MARK}", re.IGNORECASE)),
    ("Areas for improvement", re.compile(rf"Areas? for improvement{MARK}", re.IGNORECASE)),
    (
        "Priority and immediate action",
        re.compile(rf"(?:Areas? for )?Priority and immediate actions?{MARK}", re.IGNORECASE),
    ),
    ("Priority actions", re.compile(rf"Priority actions?{MARK}", re.IGNORECASE)),
    (
        "What does the local authority need to improve",
        re.compile(
            rf"What (?:does|do) .{{2,80}} needs? to (?:do to )?improve{MARK}", re.IGNORECASE
        ),
    ),
)
NEXT_PART = re.compile(
    r"(?:executive )?summary|(?:key )?(?:inspection )?(?:findings|judgements?)|information about"
    r"|.*strengths|progress since|section \d|inspection (?:findings|judgements?)"
    r"|the (?:experiences|effectiveness|local safeguarding)|contents|annex|about",
    re.IGNORECASE,
)

NAME = "sif"
BOARD_FRAMEWORK = "lscb-2013"
BOARD_LISTS = "LSCB"
SERVICES = (
    "services for children in need of help and protection, children looked after and care leavers"
)


def matches(document: PdfText) -> bool:
    """Whether the first page has a title of the single inspections or board reviews."""
    cover = document.page_text(1)
    is_cover = DATES.search(cover) is not None
    return is_cover and (TITLE.search(cover) or BOARD_TITLE.search(cover)) is not None


def is_part(rest: PdfText) -> bool:
    """Whether a cover inside a report is that of its own review of the board."""
    cover = rest.page_text(1)
    return TITLE.search(cover) is None and BOARD_TITLE.search(cover) is not None


def read(document: PdfText) -> Report:
    """Read a single inspection, a re-inspection, or a review of a board alone."""
    first = document.page_text(1)
    title = TITLE.search(first)
    again = title is not None and (bool(title["again"]) or _says_again(document))
    authority = _authority(first)
    inspectors = read_inspectors(document, document.lines)
    cover, warnings = read_cover(document, document.page_end(1), authority, inspectors)
    blocks = read_blocks(document)
    judgements, problems = _judgements(document, blocks, whole=title is not None)
    warnings += problems
    table_end = max((found.end for found in judgements if found.area_key != BOARD.key), default=0)
    printed = _without_contents(blocks)
    blocks = [
        part
        for block in printed
        if block.page > 1 and block.start > table_end
        for part in _split_head(block)
    ]
    recommendations, problems = _Lists(blocks, board_only=title is None).read()
    warnings += problems
    front = [block for block in printed if block.page == 1 and _is_sentence(block)]
    paragraphs = read_paragraphs(
        [*front, *blocks], HEADINGS, paged=True, recommendations=recommendations
    )
    judgements, problems = against_headings(blocks, HEADINGS, judgements)
    warnings += gaps(paragraphs) + problems + unsaid(judgements, paragraphs)
    warnings += [] if authority else ["authority: no name found above the title"]
    warnings += [] if inspectors else ["lead inspector: none found"]
    warnings += [] if cover.published else ["published: no date printed on the first page"]
    return Report.of(
        document,
        family=NAME,
        framework=("SIF re-inspection" if again else "SIF") if title else "LSCB review",
        framework_key="sif-2013" if title else BOARD_FRAMEWORK,
        is_reinspection=again,
        cover=cover,
        judgements=judgements,
        recommendations=recommendations,
        paragraphs=paragraphs,
        warnings=warnings,
    )


def _is_sentence(block: PrintedBlock) -> bool:
    """Whether a block of the first page is text, not what introduces the table or a row of it."""
    return block.kind is Kind.PLAIN and is_prose(block) and not block.text.endswith(":")


def _says_again(document: PdfText) -> bool:
    """Whether the summary calls the inspection a re-inspection where the title does not."""
    pages = range(1, min(SUMMARY_PAGES, document.page_count) + 1)
    return any(AGAIN.search(document.page_text(page)) for page in pages)


def _split_head(block: PrintedBlock) -> list[PrintedBlock]:
    """A sentence and the heading of a list set close under it, as two."""
    last = block.lines[-1]
    if block.kind is not Kind.PLAIN or len(block.lines) == 1 or not _list_name(last.text):
        return [block]
    return [replace(block, lines=block.lines[:-1]), replace(block, lines=[last])]


def _list_name(text: str) -> str | None:
    """The name of the list that a heading opens."""
    return next((name for name, pattern in LISTS if pattern.match(text)), None)


def _without_contents(blocks: list[PrintedBlock]) -> list[PrintedBlock]:
    """The blocks without lists of contents, which fill the rest of their pages."""
    kept = []
    contents = 0
    for block in blocks:
        if block.kind is Kind.HEADING and CONTENTS.match(block.text):
            contents = block.page
        if block.page != contents:
            kept.append(block)
    return kept


def _authority(cover: str) -> str | None:
    """The lines above the title, less page number and the board's own words."""
    title = TITLE.search(cover) or BOARD_TITLE.search(cover)
    if title is None:
        return None
    lines = [line for line in cover[: title.start()].split("\n") if not line.strip().isdigit()]
    name = re.sub(r"\s+", " ", " ".join(lines))
    return clean_name(re.sub(r"(?:Local )?Safeguarding Children(?:[’']s)? Board.*", "", name))


def _judgements(
    document: PdfText, blocks: list[PrintedBlock], *, whole: bool
) -> tuple[tuple[ReportJudgement, ...], list[str]]:
    """Overall judgement, table and board, in that order, and what is missing."""
    first = document.page_end(1)
    board = _board_judgement(document, blocks, first)
    problems = []
    if not board and BOARD_TITLE.search(document.text, 0, first):
        problems.append("judgements: none found on the Local Safeguarding Children Board")
    if not whole:
        return board, problems
    table = _table_start(document)
    if table:
        graded, found = read_grades(document, (*AREAS, BESIDE_TABLE), table)
        graded = tuple(row for row in graded if row.area_key != BESIDE_TABLE.key)
        problems += [one for one in found if BESIDE_TABLE.key not in one]
    else:
        graded = ()
        problems.append("judgements: the first page has no table of grades")
    sentence_end = table or first
    after_dates = _after_dates(document.text, sentence_end)
    overall = sentence_judgement(document, OVERALL, after_dates, sentence_end)
    if overall is None:
        return (*graded, *board), ["judgements: no overall judgement found", *problems]
    return (overall, *graded, *board), problems


def _table_start(document: PdfText) -> int:
    """Where the first numbered row of the table on the first page begins; 0 without a table."""
    rows = (
        line.start
        for line in document.lines
        if line.page == 1 and (row := ROW.match(line.text)) and area_of(row["label"], AREAS)
    )
    return next(rows, 0)


def _after_dates(text: str, table: int) -> int:
    """Where the cover's title and dates end: the sentence with the judgement is below."""
    matches = re.compile(r"Report\s+published|Inspection\s+dates?", re.IGNORECASE)
    return max((match.end() for match in matches.finditer(text, 0, table)), default=0)


def _board_judgement(
    document: PdfText, blocks: list[PrintedBlock], end: int
) -> tuple[ReportJudgement, ...]:
    """On the first page where it stands there as well, else in a heading deep inside.

    Where the type does not tell headings, a short line of its own serves.
    """
    found = BOARD_SENTENCE.search(document.text, 0, end)
    for kind in (Kind.HEADING, Kind.PLAIN):
        for block in blocks:
            if found is None and block.kind is kind and len(block.lines) <= HEADING_LINES:
                found = BOARD_SENTENCE.search(document.text, block.start, block.end)
    return (judgement(document, BOARD, found),) if found else ()


@dataclass(slots=True)
class _Lists:
    """Walks the blocks from one list of recommendations to the next."""

    blocks: list[PrintedBlock]
    board_only: bool

    def read(self) -> tuple[list[ReportRecommendation], list[str]]:
        found: list[ReportRecommendation] = []
        warnings: list[str] = []
        seen_list = in_board = self.board_only
        heads = 0
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            section = self._section(at)
            if section is None:
                in_board |= seen_list and self._opens_board(block)
                at += 1
                continue
            seen_list = True
            in_board |= self._opens_board(block)
            heads += 1
            end = self._end(at)
            name = f"{BOARD_LISTS}: {section}" if in_board and not self.board_only else section
            found += read_items(self.blocks[at + 1 : end], name, paged=True)
            warnings += lost_lines(self.blocks[at + 1 : end], name)
            at = end
        if not heads:
            warnings.append("recommendations: no heading of a list of recommendations found")
        elif not found:
            warnings.append("recommendations: the lists have no items")
        return found, warnings

    def _section(self, at: int) -> str | None:
        block = self.blocks[at]
        if block.kind in ITEM_KINDS or len(block.lines) > HEADING_LINES:
            return None
        name = _list_name(block.text)
        if block.kind is Kind.HEADING or name is None:
            return name
        follows = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        return name if follows is not None and follows.kind in ITEM_KINDS else None

    def _opens_board(self, block: PrintedBlock) -> bool:
        if block.kind is Kind.HEADING:
            return BOARD_HEADING.search(block.text) is not None
        return block.kind is Kind.PLAIN and BOARD_SENTENCE.fullmatch(block.text) is not None

    def _end(self, at: int) -> int:
        """Where the list ends: at the next heading that is not a smaller one inside it."""
        end = at + 1
        while end < len(self.blocks):
            block = self.blocks[end]
            if self._section(end):
                break
            if block.kind is Kind.HEADING and not self._is_inside(block, self.blocks[at]):
                break
            if block.kind is Kind.PLAIN and self._is_untyped_heading(block):
                break
            end += 1
        return end

    def _is_inside(self, block: PrintedBlock, head: PrintedBlock) -> bool:
        smaller = block.size < head.size - 0.5
        return smaller and not NEXT_PART.match(heading_text(block))

    def _is_untyped_heading(self, block: PrintedBlock) -> bool:
        short = len(block.lines) <= HEADING_LINES and not block.text.endswith((".", ":"))
        return short and NEXT_PART.match(block.text) is not None


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    if report.framework_key == BOARD_FRAMEWORK:
        name = "Review of the effectiveness of the Local Safeguarding Children Board"
        return name, "safeguarding board review"
    if report.is_reinspection:
        return f"Re-inspection of {SERVICES}", "re-inspection report"
    return f"Inspection of {SERVICES}", "single inspection report"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    if section.startswith(BOARD_LISTS):
        return "safeguarding-board"
    return "looked-after-children" if "looked after" in section.casefold() else "childrens-services"


FAMILY = Family(
    name=NAME,
    called="SIF",
    matches=matches,
    read=read,
    titles=titles,
    service_of=service_of,
    is_part=is_part,
    reads_text=False,
    priority_lists=re.compile(r"\bpriority\b|\bimmediate action\b", re.IGNORECASE),
    beside=BodyBeside(
        framework_key=BOARD_FRAMEWORK,
        area_key=BOARD.key,
        lists=BOARD_LISTS,
        kind="board-review",
        body_type="safeguarding-children-board",
        known_as="{} Safeguarding Children Board",
        described_as="Local Safeguarding Children Board of {}",
    ),
)
