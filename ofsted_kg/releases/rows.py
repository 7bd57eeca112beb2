"""Rows of a release as observations: what one row says of one assessment, cell by cell."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.authorities import Authorities, Authority
from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.identity.names import plain
from ofsted_kg.releases.columns import KINDS
from ofsted_kg.releases.layout import (
    CODE,
    FACTS,
    FIELDWORK,
    KIND,
    KINDS_OF_SHEET,
    NAME,
    PUBLISHED,
    THEME,
    UNINSPECTED,
    Group,
    Publisher,
    SheetLayout,
    Table,
)
from ofsted_kg.releases.layouts import known_layouts
from ofsted_kg.releases.sheets import (
    ALIKE,
    Cell,
    Workbook,
    best_row,
    check_headings,
    column_letter,
    date_in_words,
    have_headings,
    heading_rows,
)

# A dash where a date and other grades are given: the area was expressly not graded.
UNJUDGED = {"-", "not judged"}


@dataclass(frozen=True)
class Observation:
    """What one row says of one assessment.

    `framework` is `ilacs` until the version is known. `authority` is the one
    inspected, `listed` the one under which the row stands, by its own code
    where `listed_by_code`. `cells` holds the cell of each role; `words` the
    framework's own word for the grade of each area, empty where it is expressly
    not judged, and `rewritten` the areas for which the release has another word.
    """

    release: str
    framework: str
    kind: str
    authority: Authority
    listed: Authority
    listed_by_code: bool
    fieldwork: datetime.date | None
    published: datetime.date | None
    follows_up: str
    cells: dict[str, Cell]
    words: dict[str, str]
    rewritten: frozenset[str]

    @property
    def grades(self) -> dict[str, Cell]:
        """The cells of areas, graded or expressly not, by area slug."""
        return {role: cell for role, cell in self.cells.items() if role not in FACTS}

    @property
    def first_cell(self) -> Cell:
        """The cell to name in an error and to sort by."""
        return next(iter(self.cells.values()))


@dataclass(frozen=True)
class SkippedRow:
    """A row or sheet that was not taken, with the reason; row 0 stands for a whole sheet."""

    file: str
    sheet: str
    row: int
    reason: str


@dataclass
class Release:
    """A release as read: what it is, what its rows say, which rows were not taken."""

    slug: str
    publisher: Publisher
    book: Workbook
    as_at: datetime.date
    issued: datetime.date
    observations: list[Observation] = field(default_factory=list)
    rows_taken: Counter[str] = field(default_factory=Counter)
    skipped: list[SkippedRow] = field(default_factory=list)


def read_release(book: Workbook, authorities: Authorities, frameworks: Frameworks) -> Release:
    """All observations of a workbook; SourceError with the cell for whatever is wrong."""
    as_at, issued = _cover_dates(book)
    sheets = _known_sheets(book)
    publisher = _publisher(book, sheets)
    slug = f"{publisher.key}-outcomes-{as_at.year}"
    release = Release(slug, publisher, book, as_at, issued)
    for name, layout in sheets:
        _read_sheet(release, name, layout, _Reader(release, authorities, frameworks))
    taken = {name for name, _ in sheets}
    release.skipped += [
        SkippedRow(book.file, name, 0, "sheet without inspections of local authorities")
        for name in book.sheets
        if name not in taken
    ]
    return release


def lists_inspections(book: Workbook) -> bool:
    """Whether a sheet of a workbook has the headings of a layout, or most of them."""
    layouts = known_layouts()
    return any(
        best_row(book, name, layout.tables[0].headings)[0] >= ALIKE
        for name in book.sheets
        for layout in layouts
    )


def _cover_dates(book: Workbook) -> tuple[datetime.date, datetime.date]:
    """The day to which a release refers and the day of publication, from its cover."""
    if "Cover" not in book.sheets:
        raise SourceError(f"{book.file}: sheet Cover is missing, so the release has no date")
    as_at = issued = None
    for row in book.sheets["Cover"]:
        for index, value in enumerate(row):
            if isinstance(value, str) and re.search(r"\bas at \d{1,2} [A-Z]", value, re.IGNORECASE):
                as_at = as_at or date_in_words(value)
            if plain(str(value)) == "published on:" and index + 1 < len(row):
                found = row[index + 1]
                issued = found if isinstance(found, datetime.date) else issued
    if as_at is None or issued is None:
        raise SourceError(
            f"{book.file}, sheet Cover: gives no publication date or no day `as at` which it stands"
        )
    return as_at, issued


def _known_sheets(book: Workbook) -> list[tuple[str, SheetLayout]]:
    """The sheets whose headings are those of a layout, in the order in which to cite them.

    SourceError for a sheet whose headings are nearly those of one, and where a kind of
    sheet is missing or doubled.
    """
    layouts = known_layouts()
    found: dict[str, tuple[str, SheetLayout]] = {}
    for name in book.sheets:
        layout = _layout_of(book, name, layouts)
        if layout is None:
            continue
        if layout.lists in found:
            other = found[layout.lists][0]
            raise SourceError(f"{book.file}: sheets {other} and {name} both list {layout.lists}")
        found[layout.lists] = (name, layout)
    missing = [kind for kind in KINDS_OF_SHEET if kind not in found]
    if missing:
        names = ", ".join(name for name in book.sheets if "#" not in name)
        raise SourceError(
            f"{book.file}: no sheet known here lists {' or '.join(missing)}; the file has {names}"
        )
    return [found[kind] for kind in KINDS_OF_SHEET]


def _publisher(book: Workbook, sheets: list[tuple[str, SheetLayout]]) -> Publisher:
    """Whose release it is; SourceError where its sheets are laid out as different publishers'."""
    first, *others = dict.fromkeys(layout.publisher for _, layout in sheets)
    if others:
        names = " and ".join(one.name for one in (first, *others))
        raise SourceError(f"{book.file}: its sheets have the layouts of {names}")
    return first


def _layout_of(book: Workbook, sheet: str, layouts: list[SheetLayout]) -> SheetLayout | None:
    """The layout with the very headings of a sheet; None where no row resembles any."""
    resembling = [
        (likeness, row, layout)
        for layout in layouts
        for likeness, row in [best_row(book, sheet, layout.tables[0].headings)]
        if likeness >= ALIKE
    ]
    for _, row, layout in resembling:
        if have_headings(book, sheet, row, layout.tables[0].headings):
            return layout
    if resembling:
        _, row, nearest = max(resembling, key=lambda one: one[0])
        check_headings(book, sheet, row, nearest.tables[0].headings)
    return None


def _read_sheet(release: Release, sheet: str, layout: SheetLayout, reader: "_Reader") -> None:
    book = release.book
    rows = sorted(
        {row for table in layout.tables for row in heading_rows(book, sheet, table.headings)}
    )
    if len(rows) != len(layout.tables):
        raise book.error(
            f"{len(layout.tables)} rows of headings expected, {len(rows)} found", sheet, 1, "A"
        )
    ends = [*(row - 1 for row in rows[1:]), len(book.sheets[sheet])]
    release.skipped += [
        SkippedRow(book.file, sheet, number, "title or note above the table")
        for number in range(1, rows[0])
    ]
    for row, end, table in zip(rows, ends, layout.tables, strict=True):
        check_headings(book, sheet, row, table.headings)
        release.skipped.append(SkippedRow(book.file, sheet, row, "headings"))
        _read_table(release, sheet, range(row + 1, end + 1), table, reader)


def _read_table(release: Release, sheet: str, rows: range, table: Table, reader: "_Reader") -> None:
    book = release.book
    for number in rows:
        filled = [index for index, value in enumerate(book.sheets[sheet][number - 1]) if value]
        if len(filled) < 2:
            reason = "title or note between tables" if filled else "blank row"
            release.skipped.append(SkippedRow(book.file, sheet, number, reason))
            continue
        try:
            found = list(reader.observations(sheet, number, table))
        except _OlderInspection as older:
            release.skipped.append(SkippedRow(book.file, sheet, number, str(older)))
            continue
        if found:
            release.observations += found
            release.rows_taken[sheet] += 1
        else:
            release.skipped.append(SkippedRow(book.file, sheet, number, "no inspection in the row"))


class _OlderInspection(Exception):  # noqa: N818 (no fault, but a row to leave to the history)
    """A row on an inspection under the framework before the one whose columns it fills."""


@dataclass
class _Reader:
    """Reads one row; the methods raise SourceError with the place of the cell."""

    release: Release
    authorities: Authorities
    frameworks: Frameworks

    def observations(self, sheet: str, row: int, table: Table) -> Iterator[Observation]:
        book = self.release.book
        index = len(table.row_columns)
        lead = {heading: book.cell(sheet, row, at) for at, heading in enumerate(table.row_columns)}
        name = lead[NAME]
        if name is None:
            letter = column_letter(table.row_columns.index(NAME))
            raise book.error("the name of the authority is missing", sheet, row, letter)
        published: Cell | None = None
        for group in table.groups:
            cells: dict[str, Cell] = {}
            for _, role in group.columns:
                if (cell := book.cell(sheet, row, index)) is not None:
                    cells[role] = cell
                index += 1
            if not cells or any(plain(cell.text) in UNINSPECTED for cell in cells.values()):
                published = None
                continue
            if group.is_dated_as_before and published:
                cells = {PUBLISHED: published, **cells}
            published = cells.get(PUBLISHED)
            yield self._observation(group, cells, name, lead.get(CODE), table)

    def _observation(
        self,
        group: Group,
        cells: dict[str, Cell],
        name: Cell,
        code: Cell | None,
        table: Table,
    ) -> Observation:
        fieldwork = self._date(cells.get(FIELDWORK))
        published = self._date(cells.get(PUBLISHED))
        day = fieldwork or published
        first = next(iter(cells.values()))
        if day is None:
            raise self._error(first, "the date of the assessment is missing from the row")
        if fieldwork and published and published < fieldwork:
            raise self._error(cells[PUBLISHED], f"{published} lies before the inspection")
        self._check_in_force(group.framework, cells.get(FIELDWORK) or cells[PUBLISHED], day, table)
        listed = self._listed(name, code, day, table)
        try:
            inspected = self.authorities.inspected(listed, day)
        except LookupError as error:
            raise self._error(name, str(error)) from None
        if inspected.key in group.published_apart:
            published = group.published_apart[inspected.key]
            cells = {role: cell for role, cell in cells.items() if role != PUBLISHED}
        words, rewritten = self._words(group.framework, cells)
        return Observation(
            release=self.release.slug,
            framework=group.framework,
            kind=group.kind or self._kind(cells.get(KIND)),
            authority=inspected,
            listed=listed,
            listed_by_code=code is not None,
            fieldwork=fieldwork,
            published=published,
            follows_up=group.follows_up,
            cells=cells,
            words=words,
            rewritten=rewritten,
        )

    def _error(self, cell: Cell, problem: str) -> SourceError:
        return self.release.book.cell_error(cell, problem)

    def _date(self, cell: Cell | None) -> datetime.date | None:
        if cell is None:
            return None
        if not isinstance(cell.value, datetime.date):
            raise self._error(cell, f"{cell.text!r} is not a date")
        if cell.value > self.release.issued:
            raise self._error(cell, f"{cell.value} lies after the release itself")
        return cell.value

    def _check_in_force(self, framework: str, cell: Cell, day: datetime.date, table: Table) -> None:
        oldest = self.frameworks.versions(framework)[0]
        start = oldest.in_force_from
        if day.isoformat()[: len(start)] < start:
            if table.lists_older_inspections:
                raise _OlderInspection(
                    f"inspected on {day}, before {oldest.key}; its grades stand in the history"
                )
            raise self._error(cell, f"{day} lies before {oldest.key} came into force ({start})")

    def _listed(self, name: Cell, code: Cell | None, day: datetime.date, table: Table) -> Authority:
        """The authority under which the row stands: by code, else by name and day."""
        try:
            if code is not None:
                found = self.authorities.by_code(code.text)
            elif table.lists_abolished:
                found = self.authorities.by_name(name.text, self.release.as_at, existing=False)
            elif self._is_in_year(table):
                found = self.authorities.by_name(name.text, day)
            else:
                found = self.authorities.by_name(name.text, self.release.as_at)
        except LookupError as error:
            raise self._error(code or name, str(error)) from None
        if code is not None and not self.authorities.is_called(found, name.text):
            raise self._error(name, f"{name.text!r} is not the authority of {code.text}")
        return found

    @staticmethod
    def _is_in_year(table: Table) -> bool:
        return any(role == THEME for group in table.groups for _, role in group.columns)

    def _kind(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        found = KINDS.get(plain(cell.text))
        if found is None:
            raise self._error(cell, f"{cell.text!r} is no kind of inspection known here")
        return found

    def _words(self, family: str, cells: dict[str, Cell]) -> tuple[dict[str, str], frozenset[str]]:
        """The grades of a row in the framework's own words, and the areas with another word."""
        framework = self.frameworks.versions(family)[0]
        words: dict[str, str] = {}
        rewritten = set()
        for role, cell in cells.items():
            if role in FACTS:
                continue
            word = plain(cell.text)
            if isinstance(cell.value, float):
                word = framework.ranks.get(cell.value, word)
            if own := framework.recoded(word):
                rewritten.add(role)
                word = own
            if word in UNJUDGED:
                word = ""
            elif word not in framework.grades:
                raise self._error(cell, f"{cell.text!r} is not a grade of {framework.key}")
            words[role] = word
        return words, frozenset(rewritten)
