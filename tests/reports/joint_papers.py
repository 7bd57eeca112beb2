"""Makes small letters and reports on a partnership, about an area that is not.

Every word of text in them is invented; only titles, headings and labels are real.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.reports.papers import HANG, LEFT, LINE, WIDTH, Paper

LEADERS = "Leaders across the harbour should mend the long pier before the spring tides arrive"
PEOPLE = (
    "Ada Quill, Director of Children’s Services, Wexcombe Borough Council",
    "Dr Bo Marsh OBE, Chief Nurse for NHS Wexcombe and Saltney CCG",
    "Cy Reed, Chief Constable of Saltney Police",
    "Di Fenn-Hale, Head of Saltney and Wexcombe Local Delivery Unit and the Marshes,",
    "National Probation Service",
)


def letter(
    *,
    day: str = "9 May 2019",
    days: str = "Between 4 and 8 March 2019",
    title: str = "Joint targeted area inspection of the multi-agency response to domestic abuse "
    "in Wexcombe",
    people: Sequence[str] = PEOPLE,
) -> Paper:
    """A letter up to the end of its opening."""
    paper = Paper(footer=lambda number: [str(number)])
    paper.plain(day)
    paper.ln(6)
    paper.set_font("Helvetica", "", 12)
    for line in people:
        paper.cell(WIDTH, LINE, line, new_x="LMARGIN", new_y="NEXT")
    paper.ln(8)
    paper.plain("Dear local partnership")
    paper.heading(title, size=12)
    paper.para(
        f"{days}, Ofsted, the Care Quality Commission (CQC), HMI Constabulary and Fire & Rescue "
        "Services (HMICFRS) and HMI Probation (HMIP) looked at the boats of Wexcombe."
    )
    return paper


def closing(paper: Paper, *, due: str = "by Friday 20 September 19") -> Paper:
    """Next steps and the signatures of a letter, in two columns."""
    paper.heading("Next steps")
    paper.para(
        "The harbour council should prepare a written statement of proposed action. This should "
        "be a multi-agency response involving the CCG, Saltney Police and the youth club. "
        "The response should set out the actions."
    )
    paper.para(
        f"Ada Quill should send the written statement of action to harbour@example.org {due}. "
        "It will be read aloud."
    )
    paper.para("Yours sincerely")
    for left, right in (
        (
            ("Ofsted", "Ed Lark", "National Director"),
            ("Care Quality Commission", "Flo Teal", "Deputy"),
        ),
        (("HMI Constabulary", "Gil Wren", "Inspector"), ("HMI Probation", "Hy Crane", "Assistant")),
    ):
        for bold, a, b in zip((True, False, False), left, right, strict=True):
            top = paper.get_y()
            paper.set_font("Helvetica", "B" if bold else "", 12)
            paper.text(LEFT, top, a)
            paper.text(LEFT + 80, top, b)
            paper.set_y(top + 6)
        paper.set_y(paper.get_y() + 6)
    return paper


def area_report(
    *,
    name: str = "Wexcombe",
    outcome: str = "The local area partnership’s arrangements lead to inconsistent experiences and "
    "outcomes for children.",
    following: str = "The next full area SEND inspection will be within approximately three years.",
    plan: str = "Ofsted and the Care Quality Commission (CQC) ask that the local area partnership "
    "updates and publishes its strategic plan.",
    previous: str = "4 to 8 March 2019",
    foot_days: str = "6 to 10 May 2024",
) -> Paper:
    """A report up to its lists of findings."""
    paper = Paper(
        footer=lambda number: (
            [
                f"Area SEND inspection report: {name} Local Area Partnership",
                f"{foot_days}  {number}",
            ]
            if number > 1
            else []
        )
    )
    paper.set_font("Helvetica", "", 9)
    paper.text(LEFT, 20, "Local area partnership report")
    paper.headline(f"Area SEND inspection of {name} Local Area Partnership")
    paper.plain("Inspection dates: 6 to 10 May 2024")
    paper.plain(f"Dates of previous inspection: {previous}")
    paper.heading("Inspection outcome")
    for words in (outcome, following, plan):
        paper.para(words)
    paper.heading("Information about the local area partnership")
    paper.para(
        f"{name} Council and NHS Saltney and Marsh Integrated Care Board (ICB) are jointly "
        "responsible for the planning and commissioning of services for children with SEND."
    )
    paper.add_page()
    paper.heading("What is it like to be a child or young person with SEND in this area?")
    paper.para("Children row to school in good time. The tide is kind to most of them.")
    paper.heading("What is the area partnership doing that is effective?")
    paper.bullet("Boats are dry.")
    paper.bullet("Oars are counted each Monday.")
    paper.heading("What does the area partnership need to do better?")
    paper.bullet("Ropes are too short.")
    return paper


def cell(paper: Paper, words: str, *, after: float = 2.0) -> None:
    """A cell of a table of one column, told from the next by a little more space alone."""
    paper.set_font("Helvetica", "", 12)
    paper.multi_cell(WIDTH, LINE, words, align="L", new_x="LMARGIN", new_y="NEXT")
    paper.ln(after)


def point(paper: Paper, words: str) -> None:
    """A nested point in a cell."""
    paper.item("n", words, indent=HANG, dingbat=True)


def table_head(paper: Paper) -> None:
    """The head of the table of priority actions."""
    paper.set_font("Helvetica", "B", 12)
    top = paper.get_y() + LINE
    paper.text(LEFT, top, "Responsible body")
    paper.text(LEFT + 55, top, "Areas for priority action")
    paper.set_y(top + 2)


def table_row(paper: Paper, bodies: Sequence[str], action: Sequence[str]) -> None:
    """A row, line by line in each cell; it breaks at the page's end as its lines do."""
    top = paper.get_y()
    paper.set_font("Helvetica", "", 12)
    for at, words in enumerate(bodies):
        paper.text(LEFT, top + LINE * (at + 1), words)
    for at, words in enumerate(action):
        paper.text(LEFT + 55, top + LINE * (at + 1), words)
    paper.set_y(top + LINE * max(len(bodies), len(action)) + 3)


def ending(
    paper: Paper, boards: Sequence[str] = ("NHS Saltney and Marsh Integrated Care Board",)
) -> Paper:
    """The tables of details and of the team."""
    paper.add_page()
    paper.heading("Local area partnership details")
    rows = (
        ("Local authority", "Integrated care board", True),
        ("Wexcombe Council", boards[0], False),
        ("Ada Quill, Director of Children’s", "Bo Marsh", False),
        ("Services", "Chief Executive Officer", False),
        ("www.wexcombe.gov.uk", "www.saltney.icb.nhs.uk", False),
        ("1 Pier Road", "2 Quay Street", False),
    )
    for left, right, bold in rows:
        _columns(paper, left, right, bold=bold)
    paper.heading("Information about this inspection")
    paper.para("It was led by one of His Majesty’s Inspectors from Ofsted.")
    paper.heading("Inspection team")
    _columns(paper, "Ofsted", "Care Quality Commission", bold=True)
    _columns(paper, "Cy Reed, Ofsted HMI lead inspector", "Di Fenn, CQC lead inspector")
    _columns(paper, "Ed Lark, Ofsted Inspector", "Flo Teal, CQC inspector")
    return paper


def _columns(paper: Paper, left: str, right: str, *, bold: bool = False) -> None:
    paper.set_font("Helvetica", "B" if bold else "", 12)
    top = paper.get_y() + LINE
    paper.text(LEFT, top, left)
    paper.text(LEFT + 80, top, right)
    paper.set_y(top + 1)
