"""Children's social care data in England 2023: three sheets with names and no codes."""

from ofsted_kg.releases.columns import (
    APART,
    BEFORE_2018,
    HISTORY_START,
    OFSTED,
    TOGETHER,
    ilacs,
    ilacs_history,
)
from ofsted_kg.releases.layout import (
    FIELDWORK,
    HISTORY,
    KIND,
    NAME,
    STATE,
    THEME,
    YEAR,
    SheetLayout,
    Table,
)

ROW = ("Web link", NAME, "Ofsted region")
GRADES = (
    ("Overall effectiveness", "overall"),
    ("Impact of leaders", "leaders"),
    ("Experiences and progress of children who need help and protection", "help-and-protection"),
    ("Experiences and progress of children in care", "in-care"),
    ("Experiences and progress of care leavers", "care-leavers"),
)
LAYOUTS = (
    SheetLayout(
        OFSTED,
        HISTORY,
        (
            Table(
                HISTORY_START,
                (*BEFORE_2018, ilacs_history("First", TOGETHER), ilacs_history("Second", APART)),
            ),
            Table(HISTORY_START, (*BEFORE_2018, ilacs_history("", TOGETHER)), lists_abolished=True),
        ),
    ),
    SheetLayout(
        OFSTED,
        STATE,
        (
            Table(
                ("Web link", NAME, "Ofsted region"), ilacs(("Inspection date", FIELDWORK), *GRADES)
            ),
        ),
    ),
    SheetLayout(
        OFSTED,
        YEAR,
        (
            Table(
                ROW,
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
