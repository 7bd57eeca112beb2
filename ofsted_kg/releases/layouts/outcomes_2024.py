"""Local authority inspection outcomes 2024: names without codes, a history of ILACS alone."""

from ofsted_kg.releases.columns import GRADES, ILACS, OFSTED, ilacs
from ofsted_kg.releases.layout import (
    FIELDWORK,
    HISTORY,
    KIND,
    NAME,
    PUBLISHED,
    THEME,
    YEAR,
    Group,
    SheetLayout,
    Table,
)

HISTORY_ROW = ("Web link", NAME, "LA region")


def _history(which: str) -> Group:
    start = f"{which} ILACS".strip()
    return Group(
        ILACS,
        "",
        (
            (f"{start} publication date", PUBLISHED),
            (f"{start} inspection type", KIND),
            *((f"{start} {heading[0].lower()}{heading[1:]}", role) for heading, role in GRADES),
        ),
    )


_START = "ILACS framework"
ABOLISHED = Group(
    ILACS,
    "",
    (
        (f"{_START} publication date", PUBLISHED),
        (f"{_START} inspection type", KIND),
        *((f"{_START} {heading[0].lower()}{heading[1:]}", role) for heading, role in GRADES[:3]),
        (f"{_START} experiences and progress of children in care and care leavers", "in-care"),
    ),
)
LAYOUTS = (
    SheetLayout(
        OFSTED,
        HISTORY,
        (
            Table(HISTORY_ROW, (_history("First"), _history("Second"))),
            Table(HISTORY_ROW, (ABOLISHED,), lists_abolished=True),
        ),
    ),
    SheetLayout(
        OFSTED,
        YEAR,
        (
            Table(
                ("Web link", NAME, "Region"),
                ilacs(
                    ("Inspection/Visit date", FIELDWORK),
                    ("Inspection/Visit type", KIND),
                    *GRADES,
                    ("Visit Theme", THEME),
                ),
            ),
        ),
    ),
)
