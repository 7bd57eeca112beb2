"""Makes small reports in the layouts of real ones, about an authority that is not.

Every word of text in them is invented; only titles, headings and labels are real.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fpdf import FPDF

from ofsted_kg.reports.report import Report

LEFT = 25.4
HANG = 10.0
LINE = 5.1
WIDTH = 160.0
POINTS = 72 / 25.4


class Paper(FPDF):
    """A page-setting helper: headings, paragraphs, items and tables as Ofsted sets them."""

    def __init__(
        self,
        header: Callable[[int], str] | None = None,
        footer: Callable[[int], list[str]] | None = None,
    ) -> None:
        self.head_words = header
        self.foot_words = footer
        super().__init__(format="A4")
        self.core_fonts_encoding = "windows-1252"
        self.set_margins(LEFT, 28, LEFT)
        self.set_auto_page_break(True, 30)
        self.add_page()

    def header(self) -> None:
        if self.head_words:
            self.set_font("Helvetica", "B", 8)
            self.text(LEFT, 14, self.head_words(self.page_no()))

    def footer(self) -> None:
        if self.foot_words:
            self.set_font("Helvetica", "", 8)
            for at, words in enumerate(self.foot_words(self.page_no())):
                self.text(LEFT, 283 + 4 * at, words)

    def headline(self, words: str) -> None:
        self.set_font("Helvetica", "", 26)
        self.multi_cell(WIDTH, 11, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(3)

    def heading(self, words: str, size: float = 14, bold: bool = True) -> None:
        self.ln(5)
        self.set_font("Helvetica", "B" if bold else "", size)
        self.multi_cell(WIDTH, size * 0.42, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def plain(self, words: str, size: float = 12, bold: bool = False) -> None:
        self.set_font("Helvetica", "B" if bold else "", size)
        self.cell(WIDTH, size * 0.5, words, new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def para(self, words: str) -> None:
        self.set_font("Helvetica", "", 12)
        self.multi_cell(WIDTH, LINE, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def item(self, mark: str, words: str, indent: float = 0.0, dingbat: bool = False) -> None:
        """A hanging item; the mark "n" as a dingbat is the square of Ofsted's bullets."""
        self.set_x(LEFT + indent)
        self.set_font("ZapfDingbats" if dingbat else "Helvetica", "", 12)
        self.cell(HANG, LINE, mark)
        self.set_font("Helvetica", "", 12)
        self.multi_cell(
            WIDTH - HANG - indent, LINE, words, align="L", new_x="LMARGIN", new_y="NEXT"
        )
        self.ln(3)

    def bullet(self, words: str, indent: float = 0.0) -> None:
        self.item("n", words, indent, dingbat=True)

    def numbered(self, number: int, words: str) -> None:
        self.item(f"{number}.", words)

    def row(
        self, label: str, grade: str, label_width: float = 100, grade_width: float = 55
    ) -> None:
        """A table row; a label or grade too long for its cell is set on several lines."""
        self.set_font("Helvetica", "", 12)
        top = self.get_y()
        self.multi_cell(label_width, LINE, label, align="L", new_x="RIGHT", new_y="TOP")
        lines = self.multi_cell(label_width, LINE, label, dry_run=True, output="LINES")
        label_lines = len(lines) if isinstance(lines, list) else 1
        self.set_xy(LEFT + label_width, top + LINE * (label_lines - 1) / 2)
        self.multi_cell(grade_width, LINE, grade, align="L", new_x="LMARGIN", new_y="NEXT")
        self.set_y(max(self.get_y(), top + LINE * label_lines) + 2)

    def mark(self, number: int) -> None:
        """A superscript footnote mark behind the words last written."""
        self.set_font("Helvetica", "", 6)
        self.write(LINE - 2, str(number))
        self.set_font("Helvetica", "", 12)

    def footnote(self, number: int, words: str) -> None:
        """Small print at the foot of the page."""
        self.set_y(-38)
        self.set_font("Helvetica", "", 6)
        self.write(3, f"{number} ")
        self.set_font("Helvetica", "", 9)
        self.write(4, words)

    def save(self, path: Path) -> Path:
        """Keep the report with the words that end all of them."""
        self.set_auto_page_break(False)
        self.set_font("Helvetica", "", 8)
        self.write(4, "© Crown copyright 2026")
        self.output(str(path))
        return path


LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
CARE_AND_LEAVERS = f"{CARE} and care leavers"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"

LONG = (
    "Visits in Wexcombe happen on the day they were promised, and notes of them say what "
    "the child thought. The team in the harbour office meets each Monday with the nurses "
    "and the wardens, so that nobody has to tell the same story twice. "
)


def differing(number: int) -> str:
    """Words whose lines stand on no other page: such as do are taken for running heads."""
    words = LONG.split()
    at = 3 * number % len(words)
    return f"Then {' '.join([*words[at:], *words[:at]])}. The tide goes out."


def ilacs_cover(paper: Paper, grades: dict[str, str], dates: str, lead: str) -> None:
    """Title form B with the table of judgements."""
    paper.headline("Inspection of the Wexcombe Borough local authority children’s services")
    paper.plain(dates, bold=True)
    paper.plain(lead, bold=True)
    paper.row("Judgement", "Grade")
    for label, grade in grades.items():
        paper.row(label, grade)
    paper.ln(4)
    paper.para(LONG)


def told(report: Report) -> list[str]:
    """The warnings, but for those on areas of which a paper that is made for one says nothing."""
    return [line for line in report.warnings if not line.endswith(", which is graded")]
