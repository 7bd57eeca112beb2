"""The table of grades: its rows as printed, each with its label and its grade.

Only the table gives a grade. A row is known by how it begins and by the pause above it, a
grade by its words in the column of grades. A row without a grade, with two, or with a label
that is no area's is told as a problem and gives no judgement.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ofsted_kg.reports.layout.grades import GRADE, PrintedArea, normal_grade, words
from ofsted_kg.reports.layout.rows import Piece, Row, area_of, foreign_words, grade_words
from ofsted_kg.reports.layout.text_table import text_rows
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
WHOLE = re.compile(rf"{GRADE}$", re.IGNORECASE)
NUMBERED = r"(?:\s+Grade\s+\d)?"  # the grade again, as a number of its scale
ONLY_PIECE = re.compile(rf"(?P<piece>\(?{PIECE}\)?[.*]?){NUMBERED}$", re.IGNORECASE)
ENDS_IN_PIECE = re.compile(
    rf"(?P<label>\S.*?)\s+(?P<piece>\(?{PIECE}\)?[.*]?){NUMBERED}$", re.IGNORECASE
)
TWO_GRADES = re.compile(rf"\s\(?{GRADE}\)?$", re.IGNORECASE)  # a label that ends in one
ROW_START = re.compile(
    r"(?:\d(?:\.\d)?\.?\s+(?=[A-Z])|(?:the\s+)?(?:impact|experiences?|overall)\b)",
    re.IGNORECASE,
)
COLUMN = 100.0  # points at the least between the column of labels and that of grades
NARROW = 0.42  # width of a character in type sizes, guessed low
SMALL = 0.9  # of the table's type: smaller print is a note
LEADING = 1.2  # height of a line in type sizes
TALLEST_GRADE = 2.2  # lines that a grade may begin above its row's label
PAUSE = 1.4  # lines: what sets two rows apart
USUAL_LINE = 14.5  # points, where a label has one line
NEXT_LINE = 1.5 * USUAL_LINE  # from a line of a cell to the one below it, at the most
LONGEST_LINE = 72  # characters of a label on one line


def read_grades(
    document: PdfText, areas: tuple[PrintedArea, ...], start: int, end: int | None = None
) -> tuple[tuple[ReportJudgement, ...], list[str]]:
    """The graded areas of the table that begins at an offset, in the order printed, and problems.

    It may go on on the next page, up to `end` where that is known; what stands behind it is
    left alone.
    """
    page = document.page_of(start)
    is_alone, end = end is None, len(document.text) if end is None else end
    lines = [
        line
        for line in document.lines
        if page <= line.page <= page + 1 and line.start < end and not line.text.isdigit()
    ]
    if document.has_positions:
        rows, problems = _rows_by_place(lines, start, _row_start(areas))
    else:
        after = [line for line in lines if line.end > start]
        rows, problems = text_rows(document.text, after, start, areas)
    found: list[tuple[PrintedArea, Row]] = []
    meant = [area_of(row.text, areas) for row in rows]
    often = Counter(area.key for area in meant if area)
    for row, area in zip(rows, meant, strict=True):
        if area is None:
            problems.append(f"judgements: the row {row.text!r} is of no area known")
        elif TWO_GRADES.search(row.text):
            problems.append(f"judgements: more than one grade in the row of {area.key}")
        elif strange := " ".join([*row.strange, foreign_words(row.text, areas)]).strip():
            problems.append(
                f"judgements: {strange[:60]!r} in the row of {area.key} is neither of its label "
                "nor a grade"
            )
        elif len(row.grades) != 1:
            problems.append(
                f"judgements: {len(row.grades) or 'no'} grades found in the row of {area.key}"
            )
        else:
            found.append((area, row))
    problems += [f"judgements: {times} rows of {key}" for key, times in often.items() if times > 1]
    judged = [_judgement(document, area, row) for area, row in found if often[area.key] == 1]
    # Where an end is given the record has several tables.
    if is_alone and (again := _graded_again(document, areas, start, judged)):
        problems.append(
            f"judgements: {again!r} has a grade outside the table too: the page may hold two"
            " tables, of which one is not of this inspection"
        )
        judged = [replace(one, is_doubtful=True) for one in judged]
    return tuple(judged), problems


def _graded_again(
    document: PdfText, areas: tuple[PrintedArea, ...], start: int, judged: list[ReportJudgement]
) -> str:
    """The label of an area with a grade on the table's page, but outside the table."""
    after = max((one.end for one in judged), default=start)
    page = document.page_of(start)
    lines = [
        line
        for line in document.lines
        if line.page == page and (line.end <= start or line.start >= after)
    ]
    grades = [line for line in lines if ONLY_PIECE.match(line.text)]
    labels = re.compile("|".join(area.label for area in areas), re.IGNORECASE)
    for line in lines:
        if not labels.match(line.text):
            continue
        glued = ENDS_IN_PIECE.match(line.text)
        if glued and labels.fullmatch(glued["label"]):
            return line.text
        if any(
            one.x > line.x + COLUMN and abs(one.y - line.y) < TALLEST_GRADE * LEADING * line.size
            for one in grades
            if document.has_positions
        ):
            return line.text
    return ""


def _judgement(document: PdfText, area: PrintedArea, row: Row) -> ReportJudgement:
    pieces = [*row.label, *row.grades[0]]
    start = min(piece.start for piece in pieces)
    printed = grade_words(row.grades[0])
    return ReportJudgement(
        area=area.name,
        area_key=area.key,
        grade=normal_grade(printed),
        grade_as_printed=printed,
        page=document.page_of(start) if document.is_paged else None,
        start=start,
        end=max(piece.end for piece in pieces),
    )


# In a PDF: by place


def _row_start(areas: tuple[PrintedArea, ...]) -> re.Pattern[str]:
    """How the first line of a row begins: as rows do, or with the first two words of an area."""
    names = (area.name.rpartition(": ")[2] for area in areas)
    firsts = (words(" ".join(name.split()[:2])) for name in names)
    return re.compile("|".join([ROW_START.pattern, *firsts]), re.IGNORECASE)


def _rows_by_place(
    lines: Sequence[Line], start: int, row_start: re.Pattern[str]
) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    cells: list[Piece] = []
    odd: list[Piece] = []
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
            if piece := ONLY_PIECE.match(line.text):
                cells.append(_piece(line, 0, piece.end("piece")))
            elif (rows and last and last.page == line.page) or (not rows and line.start >= start):
                odd.append(_piece(line, 0, len(line.text)))
            continue
        if piece := ONLY_PIECE.match(line.text):  # a grade that its label cuts in two
            cells.append(_piece(line, 0, piece.end("piece")))
            continue
        glued = ENDS_IN_PIECE.match(line.text)
        length = len(glued["label"]) if glued else len(line.text)
        if _is_prose(line, length, edge):
            break
        begins = row_start.match(line.text) is not None
        opens = begins or _opens_row(line, last)
        if opens and not begins and not _has_grade(line, glued, right):
            break
        if opens:
            rows.append(Row([]))
        rows[-1].label.append(_piece(line, 0, length))
        if glued:
            cells.append(_piece(line, glued.start("piece"), glued.end("piece")))
        last = line
    return rows, _place_grades(rows, cells, odd)


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
    if last is None or line.page != last.page:
        return True
    return last.y - line.y > PAUSE * LEADING * line.size


def _has_grade(line: Line, glued: re.Match[str] | None, right: list[Line]) -> bool:
    """Whether a grade stands in a line or beside it: what else makes a row of one."""
    if glued and WHOLE.match(glued["piece"]):
        return True
    near = LEADING * line.size
    return any(other.page == line.page and abs(other.y - line.y) < near for other in right)


def _is_beside(row: Row, height: float) -> bool:
    """Whether a height is that of a row: between its lines, or a line from them."""
    heights = [piece.y for piece in row.label]
    line = max((a - b for a, b in pairwise(heights)), default=USUAL_LINE)
    return min(heights) - line < height < max(heights) + line


def _rows_beside(rows: list[Row], page: int, height: float) -> list[Row]:
    return [row for row in rows if row.label[0].page == page and _is_beside(row, height)]


def _place_grades(rows: list[Row], cells: list[Piece], odd: list[Piece]) -> list[str]:
    """Give each grade, and what is none, to the one row at whose height it stands."""
    problems = [f"judgements: {one.text[:40]!r} beside the table is no grade" for one in odd]
    whole = []
    for grade in _whole_grades(cells, rows):
        if WHOLE.match(grade_words(grade)):
            whole.append(grade)
        else:
            problems.append(f"judgements: {grade_words(grade)!r} in the table is no whole grade")
            odd = [*odd, *grade]
    for grade in whole:
        printed = grade_words(grade)
        beside = _rows_beside(rows, grade[0].page, (grade[0].y + grade[-1].y) / 2)
        spoilt = [piece.text for piece in odd if _touches(piece, grade)]
        if len(beside) != 1:
            rows_there = "more than one row" if beside else "no row"
            problems.append(f"judgements: the grade {printed!r} stands beside {rows_there}")
        elif spoilt:
            beside[0].strange += [*spoilt, printed]
        else:
            beside[0].grades.append(grade)
    for piece in odd:
        for row in _rows_beside(rows, piece.page, piece.y):
            row.strange.append(piece.text)
    return problems + _of_two_rows(rows)


def _of_two_rows(rows: list[Row]) -> list[str]:
    """Take back each grade of several lines of which one may be all that a row without a grade has.

    What was printed for two rows may make one grade: "Requires improvement to be" and "Good".
    """
    bare = [row for row in rows if not row.grades]
    problems = []
    for row in [row for row in rows if len(row.grades) == 1 and len(row.grades[0]) > 1]:
        grade = row.grades[0]
        if any(_rows_beside(bare, one.page, one.y) for one in grade):
            row.grades.clear()
            problems.append(
                f"judgements: {grade_words(grade)!r} in the table may be of two rows, of which "
                "one is without a grade"
            )
    return problems


def _touches(piece: Piece, grade: list[Piece]) -> bool:
    """Whether a piece stands right above or below a grade: what is left of a broken cell."""
    return any(one.page == piece.page and abs(one.y - piece.y) < NEXT_LINE for one in grade)


def _whole_grades(cells: list[Piece], rows: list[Row]) -> list[list[Piece]]:
    """Pieces from top to bottom put together to grades, as many to one as make one."""
    grades: list[list[Piece]] = []
    for cell in sorted(cells, key=lambda cell: (cell.page, -cell.y)):
        if grades and _goes_on(grades[-1], cell, rows):
            grades[-1].append(cell)
        else:
            grades.append([cell])
    return grades


def _goes_on(grade: list[Piece], cell: Piece, rows: list[Row]) -> bool:
    """Whether a piece and those before it are the beginning of one grade, on lines of one cell."""
    last = grade[-1]
    words = grade_words([*grade, cell]).lower().split()
    if cell.page != last.page or not any(phrase[: len(words)] == words for phrase in PHRASES):
        return False
    return last.y - cell.y < NEXT_LINE or _has_label_between(last, cell, rows)


def _has_label_between(above: Piece, below: Piece, rows: list[Row]) -> bool:
    """Whether the label of one row, and that alone, cuts a grade in two."""
    there = [row for row in rows if row.label[0].page == above.page]
    cuts = [row for row in there if all(below.y < piece.y < above.y for piece in row.label)]
    others = [row for row in there if row not in cuts]
    return len(cuts) == 1 and not any(
        _is_beside(row, piece.y) for row in others for piece in (above, below)
    )
