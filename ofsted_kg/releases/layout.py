"""What a layout of a sheet says: its headings, and what the cells under them mean."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

# What a cell says of its assessment; every other role is the area of a grade.
PUBLISHED = "published"
FIELDWORK = "fieldwork"
KIND = "kind"
THEME = "theme"
FACTS = frozenset({PUBLISHED, FIELDWORK, KIND, THEME})

# Columns that describe the row and say nothing of an assessment.
CODE = "Local authority area code"
NAME = "Local authority name"

# What a sheet lists, in the order in which sheets are cited.
HISTORY = "all inspections so far"
STATE = "the last inspection of each authority"
YEAR = "inspections and visits of one year"
KINDS_OF_SHEET = (HISTORY, STATE, YEAR)

# What stands in place of a date where an authority was not inspected.
UNINSPECTED = frozenset({"no full inspection", "not yet inspected"})


@dataclass(frozen=True)
class Publisher:
    """Whose releases these are: the key of the organisation and the name that titles use."""

    key: str
    name: str


@dataclass(frozen=True)
class Group:
    """Neighbouring columns about one assessment: (heading, role) pairs in printed order.

    `framework` is a family of frameworks, of which the row decides the version, or a
    framework; `kind` is empty where a column says it. `is_dated_as_before` marks one
    without a date of its own, which was published with the assessment before it;
    `published_apart` are the authorities, by their keys, of which that is known to be
    untrue, with the day that the report itself prints.
    """

    framework: str
    kind: str
    columns: tuple[tuple[str, str], ...]
    follows_up: str = ""
    is_dated_as_before: bool = False
    published_apart: Mapping[str, datetime.date] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One table of a sheet: columns about the row, then groups about assessments.

    `lists_abolished` marks one of authorities that had ended by the day of the release,
    `lists_older_inspections` one that also repeats the last inspection under a framework
    before that of its columns.
    """

    row_columns: tuple[str, ...]
    groups: tuple[Group, ...]
    lists_abolished: bool = False
    lists_older_inspections: bool = False

    @property
    def headings(self) -> list[str]:
        """All headings in printed order."""
        return [*self.row_columns, *(head for one in self.groups for head, _ in one.columns)]


@dataclass(frozen=True)
class SheetLayout:
    """A kind of sheet, known by the headings of its tables; later tables may follow the first.

    `publisher` is whose release it stands in; `lists` is one of KINDS_OF_SHEET.
    """

    publisher: Publisher
    lists: str
    tables: tuple[Table, ...]
