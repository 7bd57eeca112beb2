"""Children's social care data in England 2022: care leavers still judged with children in care."""

from ofsted_kg.releases.columns import (
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
    STATE,
    THEME,
    YEAR,
    SheetLayout,
    Table,
)
from ofsted_kg.releases.layouts.outcomes_2023 import GRADES as GRADES_2023
from ofsted_kg.releases.layouts.outcomes_2023 import ROW

IN_CARE = ("Experiences and progress of children in care and care leavers", "in-care")
GRADES = (*GRADES_2023[:3], IN_CARE)
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
                ilacs(("Inspection date", FIELDWORK), *GRADES),
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
                    *GRADES,
                    ("Visit Theme", THEME),
                ),
            ),
        ),
    ),
)
