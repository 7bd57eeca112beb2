"""What the layouts of several years share: the publisher and columns."""

import datetime

from ofsted_kg.releases.layout import KIND, NAME, PUBLISHED, Group, Publisher

OFSTED = Publisher("ofsted", "Ofsted")
ILACS = "ilacs"
Columns = tuple[tuple[str, str], ...]

KINDS = {
    "ilacs standard inspection": "standard-inspection",
    "standard": "standard-inspection",
    "ilacs short inspection": "short-inspection",
    "ilacs focused visit": "focused-visit",
    "la monitoring visit": "monitoring-visit",
}


def ilacs_history(which: str, in_care: Columns) -> Group:
    """The columns on an authority's first or second ILACS inspection."""
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


def sif(which: str, date_heading: str, kind: str, follows_up: str = "") -> Group:
    """The columns on a single inspection or re-inspection."""
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

BEFORE_2018 = (
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
    sif("First SIF", f"{_SIF_START} First SIF publication date", "full-inspection"),
    Group(
        "lscb-2013",
        "board-review",
        (("LSCB Overall Effectiveness", "overall"),),
        is_dated_as_before=True,
        # Reviewed in June 2015, after the report on the authority was out.
        published_apart={"SRY": datetime.date(2015, 8, 3)},
    ),
    sif(
        "SIF Re-inspection",
        f"{_SIF_START} SIF Re-inspection publication date",
        "re-inspection",
        "sif-2013",
    ),
)

TOGETHER = (("children in care and care leavers", "in-care"),)
APART = (("children in care", "in-care"), ("care leavers", "care-leavers"))
# What the years without codes have in common.
ROW = ("Web link", NAME, "Ofsted region")
GRADES = (
    ("Overall effectiveness", "overall"),
    ("Impact of leaders", "leaders"),
    ("Experiences and progress of children who need help and protection", "help-and-protection"),
    ("Experiences and progress of children in care", "in-care"),
    ("Experiences and progress of care leavers", "care-leavers"),
)
HISTORY_START = ("Web link", NAME, "LA region", "LA Authority Type")


def ilacs(*columns: tuple[str, str]) -> tuple[Group, ...]:
    """One group of an ILACS inspection or visit whose kind, if any, a column says."""
    return (Group(ILACS, "", columns),)
