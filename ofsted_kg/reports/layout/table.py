"""The table of grades: its rows as printed, each with its label and its grade.

Only the table gives a grade. A row is known by how it begins and by the pause above it, a
grade by its words in the column of grades. A row without a grade, with two, or with a label
that is no area's is told as a problem and gives no judgement.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ofsted_kg.reports.layout.grades import GRADE, PrintedArea, normal_grade
from ofsted_kg.reports.report import ReportJudgement
from ofsted_kg.texts.lines import Line, PdfText

# What a line may hold of a grade that is broken over lines.
PIECE = (
    rf"(?:{GRADE}|requires?(?:\s+improvement)?(?:\s+to)?(?:\s+be)?|improvement(?:\s+to)?(?:\s+be)?"
    r"(?:\s+good)?|to\s+be\s+good|to\s+be|be\s+good|not|judged)(?![\w-])"
)
PHRASES = [
    phrase.split()
    for phrase in (
        "outstanding",
        "good",
        "adequate",
        "inadequate",
        "not judged",
        "requires improvement to be good",
        "require improvement to be good",
    )
]
ANY_GRADE = re.compile(rf"(?<![\w-])\(?{GRADE}\)?", re.IGNORECASE)
WHOLE = re.compile(rf"{GRADE}$", re.IGNORECASE)
ONLY_PIECE = re.compile(rf"\(?{PIECE}\)?[.*]?$", re.IGNORECASE)
ENDS_IN_PIECE = re.compile(rf"(?P<label>\S.*?)\s+(?P<piece>\(?{PIECE}\)?[.*]?)$", re.IGNORECASE)
ROW_START = re.compile(
    r"(?:\d(?:\.\d)?\.?\s+(?=[A-Z])|(?:the\s+)?(?:impact|experiences?|overall)\b)",
    re.IGNORECASE,
)
ROW_START_INSIDE = re.compile(
    r"(?:(?<=\s)\d(?:\.\d)?\.?\s+(?=[A-Z])|\bThe\s+(?:impact|experiences?|overall)\b|\bOverall\b)"
)
COLUMN = 100.0  # points at the least between the column of labels and that of grades
NARROW = 0.42  # width of a character in type sizes, guessed low
SMALL = 0.9  # of the table's type: smaller print is a note
LEADING = 1.2  # height of a line in type sizes
TALLEST_GRADE = 2.2  # lines that a grade may begin above its row's label
PAUSE = 1.4  # lines: what sets two rows apart
LONGEST_LINE = 72  # characters of a label on one line
LONGEST_LABEL = 130  # characters
LIKENESS = 0.8  # of a misprinted word to the word that is meant
TAIL_WORDS = 6
UNCLEAR = "judgements: which grade belongs to which row is unclear in this text; read the PDF"
LONG_WORD = 6  # characters; shorter words are too alike one another to be guessed at


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line in one of the two columns; `y` its height in points, 0 in plain text."""

    text: str
    page: int
    start: int
    end: int
    y: float = 0.0


@dataclass(slots=True)
class Row:
    """One row as printed: its label, and the grades that stand beside it."""

    label: list[Piece]
    grades: list[list[Piece]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The label's words on one line."""
        return " ".join(" ".join(piece.text for piece in self.label).split())


def read_grades(
    document: PdfText, areas: tuple[PrintedArea, ...], start: int
) -> tuple[tuple[ReportJudgement, ...], list[str]]:
    """The graded areas of the table that begins at an offset, in the order printed, and problems.

    It may go on on the next page; what stands behind it is left alone.
    """
    page = document.page_of(start)
    lines = [
        line for line in document.lines if page <= line.page <= page + 1 and not line.text.isdigit()
    ]
    if document.has_positions:
        rows, problems = _rows_by_place(lines, start)
    else:
        after = [line for line in lines if line.end > start]
        rows, problems = _rows_by_order(document.text, after, start, areas)
    found: list[tuple[PrintedArea, Row]] = []
    for row in rows:
        area = area_of(row.text, areas)
        if area is None:
            problems.append(f"judgements: the row {row.text!r} is of no area known")
        elif len(row.grades) != 1:
            problems.append(
                f"judgements: {len(row.grades) or 'no'} grades found in the row of {area.key}"
            )
        else:
            found.append((area, row))
    often = Counter(area.key for area, _ in found)
    problems += [f"judgements: {times} rows of {key}" for key, times in often.items() if times > 1]
    judged = [_judgement(document, area, row) for area, row in found if often[area.key] == 1]
    return tuple(judged), problems


def area_of(label: str, areas: tuple[PrintedArea, ...]) -> PrintedArea | None:
    """The one area that a row's label means, by its telling words; None unless just one fits."""
    known = {word for area in areas for group in area.telling for word in group}
    printed = set(re.findall(r"[a-z]+", label.casefold()))
    meant = printed | {
        near
        for word in printed - known
        if len(word) >= LONG_WORD
        for near in difflib.get_close_matches(word, known, 1, LIKENESS)
    }
    fitting = [area for area in areas if area.means(meant)]
    return fitting[0] if len(fitting) == 1 else None


def _judgement(document: PdfText, area: PrintedArea, row: Row) -> ReportJudgement:
    pieces = [*row.label, *row.grades[0]]
    start = min(piece.start for piece in pieces)
    printed = _words(row.grades[0])
    return ReportJudgement(
        area=area.name,
        area_key=area.key,
        grade=normal_grade(printed),
        grade_as_printed=printed,
        page=document.page_of(start) if document.is_paged else None,
        start=start,
        end=max(piece.end for piece in pieces),
    )


def _words(pieces: Iterable[Piece]) -> str:
    """The words of a grade on one line, without brackets, full stop and note mark."""
    return " ".join(" ".join(piece.text for piece in pieces).split()).strip("(). *")


# In a PDF: by place


def _rows_by_place(lines: Sequence[Line], start: int) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    cells: list[Piece] = []
    problems: list[str] = []
    ordered = sorted(lines, key=lambda line: (line.page, -line.y, line.x))
    first = next((line for line in lines if line.start >= start), None)
    if first is None:
        return [], ["judgements: the table has no rows"]
    right = [line for line in ordered if line.x > first.x + COLUMN and ONLY_PIECE.match(line.text)]
    edge = min((line.x for line in right), default=0.0)
    last: Line | None = None
    for line in _from_first_row(ordered, first):
        if line.size < SMALL * first.size:
            continue
        if line.x > first.x + COLUMN:
            if ONLY_PIECE.match(line.text):
                cells.append(_piece(line, 0, len(line.text)))
            elif rows and last is not None and last.page == line.page:
                problems.append(f"judgements: {line.text[:40]!r} beside the table is no grade")
            continue
        if ONLY_PIECE.match(line.text):  # a grade that its label cuts in two
            cells.append(_piece(line, 0, len(line.text)))
            continue
        glued = ENDS_IN_PIECE.match(line.text)
        length = len(glued["label"]) if glued else len(line.text)
        if _is_prose(line, length, edge):
            break
        opens = _opens_row(line, last)
        if opens and not ROW_START.match(line.text) and not _has_grade(line, glued, right):
            break
        if opens:
            rows.append(Row([]))
        rows[-1].label.append(_piece(line, 0, length))
        if glued:
            cells.append(_piece(line, glued.start("piece"), len(line.text)))
        last = line
    problems += _place_grades(rows, cells)
    return rows, problems


def _from_first_row(ordered: list[Line], first: Line) -> list[Line]:
    """The first row's line and all below it, after what stands beside its head: a tall grade."""
    top = first.y + TALLEST_GRADE * LEADING * first.size
    beside = [
        line
        for line in ordered[: ordered.index(first)]
        if line.page == first.page and line.y < top and line.x > first.x + COLUMN
    ]
    return [*beside, *ordered[ordered.index(first) :]]


def _piece(line: Line, first: int, after: int) -> Piece:
    return Piece(line.text[first:after], line.page, line.start + first, line.start + after, line.y)


def _is_prose(line: Line, length: int, edge: float) -> bool:
    """Whether a line in the column of labels is too long for it."""
    if edge:
        return length * NARROW * line.size > edge - line.x
    return length > LONGEST_LINE


def _opens_row(line: Line, last: Line | None) -> bool:
    if last is None or ROW_START.match(line.text) or line.page != last.page:
        return True
    return last.y - line.y > PAUSE * LEADING * line.size


def _has_grade(line: Line, glued: re.Match[str] | None, right: list[Line]) -> bool:
    """Whether a grade stands in a line or beside it: what else makes a row of one."""
    if glued and WHOLE.match(glued["piece"]):
        return True
    near = LEADING * line.size
    return any(other.page == line.page and abs(other.y - line.y) < near for other in right)


def _heights(row: Row) -> tuple[float, float]:
    heights = [piece.y for piece in row.label]
    line = max((a - b for a, b in pairwise(heights)), default=12.0)
    return min(heights) - 0.8 * line, max(heights) + 0.8 * line


def _place_grades(rows: list[Row], cells: list[Piece]) -> list[str]:
    """Give each grade to the row at whose height it stands."""
    problems = []
    for grade in _whole_grades(cells):
        if not WHOLE.match(_words(grade)):
            problems.append(f"judgements: {_words(grade)!r} in the table is no whole grade")
            continue
        middle = (grade[0].y + grade[-1].y) / 2
        beside = [row for row in rows if row.label[0].page == grade[0].page]
        if not beside:
            problems.append(f"judgements: the grade {_words(grade)!r} stands beside no row")
            continue
        nearest = min(beside, key=lambda row: abs(sum(_heights(row)) / 2 - middle))
        nearest.grades.append(grade)
    return problems


def _whole_grades(cells: list[Piece]) -> list[list[Piece]]:
    """Pieces from top to bottom put together to grades, as many to one as make one."""
    grades: list[list[Piece]] = []
    for cell in sorted(cells, key=lambda cell: (cell.page, -cell.y)):
        if grades and _goes_on(grades[-1], cell):
            grades[-1].append(cell)
        else:
            grades.append([cell])
    return grades


def _goes_on(grade: list[Piece], cell: Piece) -> bool:
    """Whether a piece and those before it are the beginning of one grade."""
    words = _words([*grade, cell]).lower().split()
    return cell.page == grade[-1].page and any(phrase[: len(words)] == words for phrase in PHRASES)


# In plain text: by order


def _rows_by_order(
    text: str, lines: Sequence[Line], base: int, areas: tuple[PrintedArea, ...]
) -> tuple[list[Row], list[str]]:
    """Rows and grades as they follow one another; none where it is unclear which belong together.

    Read row by row, a label's last words may stand behind its grade; read column by
    column, all labels come before all grades.
    """
    if not lines:
        return [], ["judgements: the table has no rows"]
    stretch = text[base : lines[-1].end]
    first = ROW_START_INSIDE.search(stretch)
    if first is None:
        return [], ["judgements: the table has no rows"]
    rows: list[Row] = []
    at = first.start()
    waiting: list[Row] = []
    for grade in ANY_GRADE.finditer(stretch, at):
        labels = _labels(stretch, at, grade.start(), base, rows)
        if labels is None:
            break
        waiting += labels
        rows += labels
        if not waiting:
            break  # a grade without a row of its own: the table has ended
        waiting.pop(0).grades.append([_cut(stretch, grade.start(), grade.end(), base)])
        at = grade.end()
    if waiting or (rows and _mixed(rows)):
        return [], [UNCLEAR]
    if rows and area_of(rows[-1].text, areas) is None:
        _take_tail(stretch, at, base, rows[-1], areas)
    return rows, []


def _labels(stretch: str, at: int, end: int, base: int, rows: list[Row]) -> list[Row] | None:
    """The labels between two grades, the end of the one before given to it; None past the table."""
    starts = [match.start() for match in ROW_START_INSIDE.finditer(stretch, at, end)]
    tail = stretch[at : starts[0] if starts else end].strip()
    if len(tail) > LONGEST_LABEL or (starts and end - starts[-1] > LONGEST_LABEL):
        return None
    if tail and rows and starts:
        rows[-1].label.append(_cut(stretch, at, starts[0] if starts else end, base))
    return [Row([_cut(stretch, start, after, base)]) for start, after in pairwise([*starts, end])]


def _mixed(rows: list[Row]) -> bool:
    """Whether the text goes neither row by row nor column by column."""
    order = sorted(
        [(row.label[0].start, "row") for row in rows]
        + [(row.grades[0][0].start, "grade") for row in rows]
    )
    kinds = [kind for _, kind in order]
    half = len(rows)
    return kinds not in (["row", "grade"] * half, ["row"] * half + ["grade"] * half)


def _take_tail(stretch: str, at: int, base: int, row: Row, areas: tuple[PrintedArea, ...]) -> None:
    """Add to the last row as few words behind its grade as make its label an area's."""
    end = at
    for word in list(re.finditer(r"\S+", stretch[at : at + LONGEST_LABEL]))[:TAIL_WORDS]:
        end = at + word.end()
        longer = f"{row.text} {stretch[at:end]}"
        if area_of(longer, areas) is not None:
            row.label.append(_cut(stretch, at, end, base))
            return


def _cut(stretch: str, start: int, end: int, base: int) -> Piece:
    """A piece of a stretch without the white space around it."""
    piece = stretch[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Piece(piece.strip(), 1, base + start + lead, base + start + len(piece.rstrip()))
