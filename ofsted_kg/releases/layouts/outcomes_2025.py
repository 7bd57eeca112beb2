"""Local authority inspection outcomes 2025: three sheets with codes and both dates."""

from ofsted_kg.releases.columns import OFSTED, ilacs
from ofsted_kg.releases.layout import (
    CODE,
    FIELDWORK,
    HISTORY,
    KIND,
    NAME,
    PUBLISHED,
    STATE,
    THEME,
    YEAR,
    SheetLayout,
    Table,
)

GRADES = (
    ("Overall effectiveness", "overall"),
    ("The impact of leaders on social work practice with children and families", "leaders"),
    (
        "The experiences and progress of children who need help and protection",
        "help-and-protection",
    ),
    ("The experiences and progress of children in care", "in-care"),
    ("The experiences and progress of care leavers", "care-leavers"),
)
LAYOUTS = (
    SheetLayout(
        OFSTED,
        HISTORY,
        (
            Table(
                ("Web link", CODE, NAME, "Local authority status", "Ofsted region"),
                ilacs(
                    ("Inspection date", FIELDWORK),
                    ("Publication date", PUBLISHED),
                    ("Inspection type", KIND),
                    *GRADES,
                ),
            ),
        ),
    ),
    SheetLayout(
        OFSTED,
        STATE,
        (
            Table(
                ("Web link", CODE, NAME, "Ofsted region"),
                ilacs(("Inspection date", FIELDWORK), ("Publication date", PUBLISHED), *GRADES),
            ),
        ),
    ),
    SheetLayout(
        OFSTED,
        YEAR,
        (
            Table(
                ("Web link", CODE, NAME, "Region"),
                ilacs(
                    ("Inspection/Visit date", FIELDWORK),
                    ("Publication date", PUBLISHED),
                    ("Inspection/Visit type", KIND),
                    *GRADES,
                    ("Visit Theme", THEME),
                ),
            ),
        ),
    ),
)
