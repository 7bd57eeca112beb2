"""The overviews that are known here, who makes them, and what their columns mean."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A series of files: how their names begin, what to call them, who makes them and where."""

    stem: str
    title: str
    maker: str
    page: str


class Judged(NamedTuple):
    """What a column grades.

    `area` is the slug of its area, `words` name it in a sentence; where a framework has
    no such area, `within` is the wider one that takes it in, empty if there is none.
    """

    area: str
    words: str
    within: str = ""


KINDS = (
    Kind(
        "ilacs-history",
        "ILACS history",
        "JT-39",
        "https://github.com/JT-39/ofsted-ilacs-scrape-tool",
    ),
    Kind(
        "ilacs-overview",
        "ILACS overview",
        "data-to-insight",
        "https://github.com/data-to-insight/ofsted-ilacs-scrape-tool",
    ),
)

CODE = "register_code"
ADDRESS = "report_url"
PUBLISHED = "published"
KIND = "label"
START = "inspection_start"
END = "inspection_end"
GRADES = {
    "overall_effectiveness": Judged("overall", "overall effectiveness"),
    "impact_of_leaders": Judged("leaders", "the impact of leaders"),
    "help_and_protection": Judged("help-and-protection", "help and protection"),
    # One column for two areas: the judgement on children in care, and the joint one before it.
    "in_care": Judged("in-care", "children in care", "in-care-and-care-leavers"),
    "care_leavers": Judged("care-leavers", "care leavers", "in-care-and-care-leavers"),
}
# A column whose cells stand for the wider area where the framework has no other.
STANDS_FOR_WIDER = "in_care"
NEEDED = (CODE, ADDRESS, PUBLISHED, KIND, START, END, *GRADES)

FORMS = {
    "short": "short-inspection",
    "standard": "standard-inspection",
    "inspection duration longer than standard framework": "standard-inspection",
}
NOTHING_READ = {"", "data_unreadable"}
# That no grade was given. The empty word is one only where the framework has no such area:
# the tools write it as well where they lost a grade that is printed.
NO_JUDGEMENT = {
    "inspection_pre_dates_judgement",
    "inspection pre dates judgement",
    "not_reported_post_reform",
}
NO_VALUE = "nan"
# What is left of “Requires improvement / to be good” where the words stand on two lines.
BROKEN = "to "
