"""How much criticism there is in sections by their grade, as a table and a chart.

    python -m tools.polarity_by_grade REPORTS

Judges all sentences of your own copies of the reports, in a folder for each authority, and prints
the share of weaknesses among the findings of the sections with each grade, and how that share moved
from one report on an authority to the next. The chart goes to `docs/polarity-by-grade.svg`. Grades
are those printed; the judge never sees that of the sentence it judges.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeAlias

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.reports.findings import findings
from ofsted_kg.reports.reading import read_report

CHART = Path(__file__).parents[1] / "docs" / "polarity-by-grade.svg"
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
FILLS = ("#1a6e5a", "#5aa469", "#e0a030", "#b5382a")
FINDINGS = ("strength", "weakness", "mixed", "neutral")
FEWEST = 5  # reports with a grade that a share is told of
_ROW, _LEFT, _WIDE = 18, 190, 420

Cells: TypeAlias = dict[tuple[str, str], Counter[str]]


class Graded(NamedTuple):
    """A report: whose it is, when, its overall grade, and the polarities in graded sections."""

    authority: str
    day: str
    framework: str
    overall: str | None
    sections: dict[str, Counter[str]]


def of_report(path: Path) -> Graded | None:
    """What a report's sections say, by their grade; None where it cannot be read."""
    try:
        report = read_report(path)
    except OfstedKgError:
        return None
    grades = {one.area_key: one.grade.removesuffix(" to be good") for one in report.judgements}
    sections: dict[str, Counter[str]] = defaultdict(Counter)
    for one in findings(report):
        if one.area_key in grades:
            sections[grades[one.area_key]][one.polarity] += 1
    return Graded(
        path.parent.name, path.stem, report.framework_key, grades.get("overall"), sections
    )


def counted(reports: Iterable[Graded]) -> Cells:
    """Findings of each framework and grade by their polarity, and the number of reports."""
    cells: Cells = defaultdict(Counter)
    for report in reports:
        for grade, polarities in report.sections.items():
            cells[report.framework, grade] += polarities
            cells[report.framework, grade]["reports"] += 1
    return {key: cell for key, cell in cells.items() if cell["reports"] >= FEWEST}


def before_and_after(reports: Sequence[Graded]) -> str:
    """How the share moved between two reports on an authority, by how its overall grade did."""
    moved: dict[str, list[float]] = {"better": [], "same": [], "worse": []}
    by_authority: dict[str, list[Graded]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: one.day):
        if report.overall in GRADES and report.sections:
            by_authority[report.authority].append(report)
    for one in by_authority.values():
        for earlier, later in pairwise(one):
            step = GRADES.index(later.overall or "") - GRADES.index(earlier.overall or "")
            kind = "worse" if step > 0 else "better" if step < 0 else "same"
            moved[kind].append(100 * (share(_all(later)) - share(_all(earlier))))
    lines = ["| overall grade | pairs | median change | share went down in |", "|---|---|---|---|"]
    for kind, changes in moved.items():
        down = sum(change < 0 for change in changes)
        lines.append(f"| {kind} | {len(changes)} | {median(changes):+.0f} points | {down} |")
    return "\n".join(lines)


def _all(report: Graded) -> Counter[str]:
    return sum(report.sections.values(), Counter())


def share(cell: Counter[str]) -> float:
    """The share of weaknesses among all that is no context."""
    return cell["weakness"] / sum(cell[name] for name in FINDINGS)


def table(cells: Cells) -> str:
    """The shares in Markdown, with the number of findings behind each."""
    lines = ["| framework | " + " | ".join(GRADES) + " |", "|---" * (len(GRADES) + 1) + "|"]
    for framework in sorted({framework for framework, _ in cells}):
        row = []
        for grade in GRADES:
            cell = cells.get((framework, grade), Counter())
            total = sum(cell[name] for name in FINDINGS)
            row.append(f"{share(cell):.0%} of {total:,}" if total else "")
        lines.append(f"| {framework} | " + " | ".join(row) + " |")
    return "\n".join(lines)


def chart(cells: Cells) -> str:
    """A bar for each framework and grade."""
    bars = []
    for framework in sorted({framework for framework, _ in cells}):
        for grade, fill in zip(GRADES, FILLS, strict=True):
            if cell := cells.get((framework, grade)):
                bars.append((f"{framework}, {grade}", share(cell), fill))
    height = _ROW * (len(bars) + 2)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + 60} {height}"'
        ' font-family="sans-serif" font-size="12">',
        "<title>Share of weaknesses in sections of reports by their grade</title>",
    ]
    for at, (name, part, fill) in enumerate(bars, 1):
        y = at * _ROW
        wide = round(part * _WIDE)
        lines += [
            f'<text x="{_LEFT - 6}" y="{y + 12}" text-anchor="end">{name}</text>',
            f'<rect x="{_LEFT}" y="{y}" width="{wide}" height="{_ROW - 4}" fill="{fill}"/>',
            f'<text x="{_LEFT + wide + 4}" y="{y + 12}">{part:.0%}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads, judges, prints the table and writes the chart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reports", type=Path, help="folder with your copies of the reports")
    given = parser.parse_args(arguments)
    with ProcessPoolExecutor() as pool:
        read = pool.map(of_report, sorted(given.reports.rglob("*.pdf")), chunksize=8)
        reports = [report for report in read if report]
    cells = counted(reports)
    print(table(cells), before_and_after(reports), sep="\n\n")
    CHART.write_text(chart(cells), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
