"""Children's social care data in England 2023: three sheets with names and no codes."""

from ofsted_kg.releases.columns import (
    APART,
    BEFORE_2018,
    GRADES,
    HISTORY_START,
    OFSTED,
    ROW,
    TOGETHER,
    ilacs,
    ilacs_history,
)
from ofsted_kg.releases.layout import (
    FIELDWORK,
    HISTORY,
    KIND,
    STATE,
    THEME,
    YEAR,
    SheetLayout,
    Table,
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
        (Table(ROW, ilacs(("Inspection date", FIELDWORK), *GRADES)),),
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
