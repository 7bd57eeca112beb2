"""Children's social care data in England 2022: care leavers still judged with children in care."""

from ofsted_kg.releases.columns import (
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

IN_CARE = ("Experiences and progress of children in care and care leavers", "in-care")
TOGETHER_GRADES = (*GRADES[:3], IN_CARE)
_HISTORY = (*BEFORE_2018, ilacs_history("", TOGETHER))
LAYOUTS = (
    SheetLayout(
        OFSTED,
        HISTORY,
        (Table(HISTORY_START, _HISTORY), Table(HISTORY_START, _HISTORY, lists_abolished=True)),
    ),
    SheetLayout(
        OFSTED,
        STATE,
        (
            Table(
                ROW,
                ilacs(("Inspection date", FIELDWORK), *TOGETHER_GRADES),
                lists_older_inspections=True,
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
                    *TOGETHER_GRADES,
                    ("Visit Theme", THEME),
                ),
            ),
        ),
    ),
)
