"""What the sheets of Ofsted's local-authority releases look like: headings and their meaning."""

import re
from dataclasses import dataclass

# What a cell says of its assessment; every other role is the area of a grade.
PUBLISHED = "published"
FIELDWORK = "fieldwork"
KIND = "kind"
THEME = "theme"

# Columns that describe the row and say nothing of an assessment.
CODE = "Local authority area code"
NAME = "Local authority name"

ILACS = "ilacs"

KINDS = {
    "ilacs standard inspection": "standard-inspection",
    "ilacs short inspection": "short-inspection",
    "ilacs focused visit": "focused-visit",
    "la monitoring visit": "monitoring-visit",
}
VISITS = {"focused-visit", "monitoring-visit"}


@dataclass(frozen=True)
class Publisher:
    """Whose releases these are: the key of the organisation and the name that titles use."""

    key: str
    name: str


PUBLISHER = Publisher("ofsted", "Ofsted")


@dataclass(frozen=True)
class Group:
    """Neighbouring columns about one assessment: (heading, role) pairs in printed order.

    `framework` is `ilacs` where the row decides which version applies; `kind`
    is empty where a column says it. `is_dated_as_before` marks one without a date of its
    own, which was published with the assessment of the group before it.
    """

    framework: str
    kind: str
    columns: tuple[tuple[str, str], ...]
    follows_up: str = ""
    is_dated_as_before: bool = False


@dataclass(frozen=True)
class Table:
    """One table of a sheet: columns about the row, then groups about assessments."""

    row_columns: tuple[str, ...]
    groups: tuple[Group, ...]
    lists_abolished: bool = False

    @property
    def headings(self) -> list[str]:
        """All headings in printed order."""
        return [*self.row_columns, *(head for one in self.groups for head, _ in one.columns)]


@dataclass(frozen=True)
class SheetLayout:
    """A kind of sheet, known by the form of its name; later tables may follow the first."""

    pattern: re.Pattern[str]
    tables: tuple[Table, ...]


def _ilacs_history(which: str, in_care: tuple[tuple[str, str], ...]) -> Group:
    start = f"{which} ILACS framework".strip()
    return Group(
        ILACS,
        "",
        (
            (f"{start} inspection type", KIND),
            (f"{start} publication date", PUBLISHED),
            (f"{start} overall effectiveness", "overall"),
            (f"{start} impact of leaders", "leaders"),
            (
                f"{start} experiences and progress of children who need help and protection",
                "help-and-protection",
            ),
            *((f"{start} experiences and progress of {words}", role) for words, role in in_care),
        ),
    )


def _sif(which: str, date_heading: str, kind: str, follows_up: str = "") -> Group:
    return Group(
        "sif-2013",
        kind,
        (
            (date_heading, PUBLISHED),
            (f"{which} Overall Judgement (OE)", "overall"),
            (f"{which} children who need help and protection", "help-and-protection"),
            (
                f"{which} children looked after and achieving permanence",
                "looked-after-and-permanence",
            ),
            (f"{which} CLA Sub: Adoption Performance", "adoption"),
            (f"{which} CLA Sub: Experiences and progress of care leavers", "care-leavers"),
            (f"{which} leadership, management and governance", "leadership"),
        ),
        follows_up,
    )


_SLAC = "Safeguarding & Looked After Children (SLAC) Inspection publication date"
_SIF_START = "Single Inspection of LA Children's Services (SIF)"

_BEFORE_2018 = (
    Group(
        "slac-2009",
        "full-inspection",
        (
            (_SLAC, PUBLISHED),
            ("SLAC Safeguarding Overall effectiveness (OE)", "safeguarding-overall"),
            ("SLAC Looked After Children Overall Effectiveness (OE)", "looked-after-overall"),
        ),
    ),
    Group(
        "slac-2009",
        "re-inspection",
        (
            ("SLAC re-inspection of Safeguarding publication date", PUBLISHED),
            ("SLAC re-inspection Safeguarding OE", "safeguarding-overall"),
        ),
        "slac-2009",
    ),
    Group(
        "slac-2009",
        "re-inspection",
        (
            (
                "SLAC re-inspection of services for Children Looked After publication date",
                PUBLISHED,
            ),
            ("SLAC re-inspection of services Children Looked After OE", "looked-after-overall"),
        ),
        "slac-2009",
    ),
    Group(
        "cp-2012",
        "full-inspection",
        (
            ("Child Protection Inspections (CPI) publication date", PUBLISHED),
            ("CPI Overall Effectiveness (OE)", "overall"),
        ),
    ),
    Group(
        "cp-2012",
        "re-inspection",
        (
            ("Child Protection Re-Inspection (CPRI) publication date", PUBLISHED),
            ("CPRI Overall Effectiveness (OE)", "overall"),
        ),
        "cp-2012",
    ),
    Group(
        "lac-2013",
        "full-inspection",
        (
            ("Targeted Looked After Children (TLAC) inspection publication date", PUBLISHED),
            ("TLAC Overall Effectiveness (OE)", "overall"),
        ),
    ),
    _sif("First SIF", f"{_SIF_START} First SIF publication date", "full-inspection"),
    Group(
        "lscb-2013",
        "board-review",
        (("LSCB Overall Effectiveness", "overall"),),
        is_dated_as_before=True,
    ),
    _sif(
        "SIF Re-inspection",
        f"{_SIF_START} SIF Re-inspection publication date",
        "re-inspection",
        "sif-2013",
    ),
)

_TOGETHER = (("children in care and care leavers", "in-care"),)
_APART = (("children in care", "in-care"), ("care leavers", "care-leavers"))
_HISTORY_START = ("Web link", NAME, "LA region", "LA Authority Type")

_HISTORY = Table(
    _HISTORY_START,
    (*_BEFORE_2018, _ilacs_history("First", _TOGETHER), _ilacs_history("Second", _APART)),
)
_HISTORY_OF_ABOLISHED = Table(
    _HISTORY_START,
    (*_BEFORE_2018, _ilacs_history("", _TOGETHER)),
    lists_abolished=True,
)

_GRADES_2023 = (
    ("Overall effectiveness", "overall"),
    ("Impact of leaders", "leaders"),
    ("Experiences and progress of children who need help and protection", "help-and-protection"),
    ("Experiences and progress of children in care", "in-care"),
    ("Experiences and progress of care leavers", "care-leavers"),
)
_GRADES_2025 = (
    ("Overall effectiveness", "overall"),
    ("The impact of leaders on social work practice with children and families", "leaders"),
    (
        "The experiences and progress of children who need help and protection",
        "help-and-protection",
    ),
    ("The experiences and progress of children in care", "in-care"),
    ("The experiences and progress of care leavers", "care-leavers"),
)


def _ilacs(*columns: tuple[str, str]) -> tuple[Group, ...]:
    return (Group(ILACS, "", columns),)


# Each family lists its sheets with the one to cite first: history, state, year.
FAMILIES: tuple[tuple[SheetLayout, ...], ...] = (
    (
        SheetLayout(re.compile(r"LA_inspections_\d{4}-\d{4}"), (_HISTORY, _HISTORY_OF_ABOLISHED)),
        SheetLayout(
            re.compile(r"LA_level_at_31_Mar_\d{4}"),
            (
                Table(
                    ("Web link", NAME, "Ofsted region"),
                    _ilacs(("Inspection date", FIELDWORK), *_GRADES_2023),
                ),
            ),
        ),
        SheetLayout(
            re.compile(r"LA_level_in_year_\d{4}-\d{2}"),
            (
                Table(
                    ("Web link", NAME, "Ofsted region"),
                    _ilacs(
                        ("Inspection/Visit date", FIELDWORK),
                        ("Inspection/Visit type", KIND),
                        *_GRADES_2023,
                        ("Visit Theme", THEME),
                    ),
                ),
            ),
        ),
    ),
    (
        SheetLayout(
            re.compile(r"ILACS_inspection_history"),
            (
                Table(
                    ("Web link", CODE, NAME, "Local authority status", "Ofsted region"),
                    _ilacs(
                        ("Inspection date", FIELDWORK),
                        ("Publication date", PUBLISHED),
                        ("Inspection type", KIND),
                        *_GRADES_2025,
                    ),
                ),
            ),
        ),
        SheetLayout(
            re.compile(r"Inspections_as_at_31_March(?:_\d{4})?"),
            (
                Table(
                    ("Web link", CODE, NAME, "Ofsted region"),
                    _ilacs(
                        ("Inspection date", FIELDWORK),
                        ("Publication date", PUBLISHED),
                        *_GRADES_2025,
                    ),
                ),
            ),
        ),
        SheetLayout(
            re.compile(r"In-year_inspections(?:_\d{4}-\d{2})?"),
            (
                Table(
                    ("Web link", CODE, NAME, "Region"),
                    _ilacs(
                        ("Inspection/Visit date", FIELDWORK),
                        ("Publication date", PUBLISHED),
                        ("Inspection/Visit type", KIND),
                        *_GRADES_2025,
                        ("Visit Theme", THEME),
                    ),
                ),
            ),
        ),
    ),
)
