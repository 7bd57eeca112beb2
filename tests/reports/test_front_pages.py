"""Hundreds of spoilt tables, in all families: no wrong grade, and no loss without a warning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ofsted_kg.reports.reading import read_document
from ofsted_kg.texts.lines import PdfText, plain_text
from tests.reports.fronts import GRADES, Front, Label, laid_out, spoilt, whole

LEADERS = ("The impact of leaders on social work", "practice with children and families")
HELP = ("The experiences and progress of", "children who need help and protection")
CARE = ("The experiences and progress of", "children in care")
BOTH = ("The experiences and progress of", "children in care and care leavers")
LEAVERS = ("The experiences and progress of care", "leavers")
FIVE = {
    "leaders": LEADERS,
    "help-and-protection": HELP,
    "in-care": CARE,
    "care-leavers": LEAVERS,
    "overall": ("Overall effectiveness",),
}
FOUR = {
    "leaders": LEADERS,
    "help-and-protection": HELP,
    "in-care-and-care-leavers": BOTH,
    "overall": ("Overall effectiveness",),
}
NO_OVERALL = {key: label for key, label in FIVE.items() if key != "overall"}
SINGLE = {
    "help-and-protection": ("1. Children who need help and protection",),
    "looked-after-and-permanence": ("2. Children looked after and achieving", "permanence"),
    "adoption": ("2.1 Adoption performance",),
    "care-leavers": ("2.2 Experiences and progress of care leavers",),
    "leadership": ("3. Leadership, management and governance",),
}
LOOKED_AFTER = {
    "overall": ("Overall effectiveness",),
    "capacity": ("Capacity to improve",),
    "outcomes": ("Outcomes for looked after children", "and young people"),
    "quality": ("Quality of provision",),
    "leadership": ("Leadership and management",),
}
SCALE_2013 = ("Good", "Adequate", "Outstanding", "Adequate", "Inadequate")
PROSE = (
    "Services for children have improved since the last inspection in 2022, when overall",
    "effectiveness was inadequate. The experiences and progress of children in care are now",
    "good, and the impact of leaders on social work practice was judged outstanding. Adoption",
    "performance requires improvement; leadership, management and governance were good.",
    "The quality of provision was adequate, and outcomes for looked after children were good.",
)


def ilacs(front: Front, dates: str) -> PdfText:
    cover = [
        "Inspection of Wexcombe local authority children’s services",
        f"Inspection dates: {dates}",
        "Lead inspector: Ida Fernleigh, His Majesty’s Inspector",
    ]
    return laid_out(front, [("Judgement Grade", 33.0)], cover)


def sif(
    front: Front,
    overall: tuple[str, ...] = (
        "The overall judgement is that children’s services are inadequate",
    ),
) -> PdfText:
    cover = [
        "Wexcombe Council",
        "Inspection of services for children in need of help and protection,",
        "children looked after and care leavers",
        "Inspection date: 4 March 2015 to 26 March 2015",
        "Report published: 8 May 2015",
    ]
    return laid_out(front, [*((line, 17.0) for line in overall), ("are:", 30.0)], cover)


def lac(front: Front) -> PdfText:
    pages = [
        [
            "Inspection of looked after children services",
            "Wexcombe Council",
            "Inspection dates: 8 to 12 July 2013",
            "Reporting inspector Ida Fernleigh HMI",
        ]
    ]
    head = [("Record of main findings", 30.0), ("Services for looked after children", 30.0)]
    return laid_out(front, head, [], pages)


def fronts() -> Iterator[tuple[str, Front]]:
    plain = ("Good", "Requires improvement to be good", "Outstanding", "Inadequate")
    tables: list[tuple[str, dict[str, Label], tuple[str, ...]]] = [
        ("ilacs five", FIVE, GRADES),
        ("ilacs four", FOUR, plain),
        ("ilacs 2026", NO_OVERALL, plain),
        ("sif", SINGLE, ("Good", "Requires improvement", "Outstanding", "Good", "Inadequate")),
        ("lac", LOOKED_AFTER, SCALE_2013),
    ]
    for family, labels, grades in tables:
        for front in spoilt(whole(family, labels, grades), PROSE):
            yield family, front


PAPERS = {
    "ilacs five": lambda front: ilacs(front, "4 to 15 November 2024"),
    "ilacs four": lambda front: ilacs(front, "4 to 15 November 2019"),
    "ilacs 2026": lambda front: ilacs(front, "11 to 15 May 2026"),
    "sif": sif,
    "lac": lac,
}
CASES = list(fronts())


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        (("The overall judgement is that children’s services are outstanding",), "outstanding"),
        (("The overall judgement is requires improvement.2",), "requires improvement"),
        (
            ("Children’s services in the Royal Borough of", "Wexcombe require", "improvement"),
            "requires improvement",
        ),
        (
            ("Children’s services in Wexcombe require improvement to", "be good"),
            "requires improvement to be good",
        ),
        (("The overall judgement is that children’s services are",), None),
        (("The overall judgement is that children’s services are inadeqaute",), None),
        (("Children’s services in Wexcombe require imporvement to be good",), None),
        (("Children’s services in Wexcombe", "There is help, and the help is good"), None),
        (("The harbour is good",), None),
        ((), None),
    ],
)
def test_an_overall_judgement_in_a_sentence(sentence: tuple[str, ...], grade: str | None) -> None:
    front = whole("sif", SINGLE, ("Good", "Good", "Outstanding", "Good", "Inadequate"))
    for page in (front, replace(front, after=PROSE)):
        grades, warnings = stated(sif(page, sentence))
        assert grades.get("overall") == grade
        assert len(grades) == 5 + (grade is not None)
        assert bool(warnings) == (grade is None)


SAFEGUARDING = {
    "overall": "Overall effectiveness",
    "capacity": "Capacity for improvement",
    "safe": "Children and young people are safe and feel safe",
    "quality": "Quality of provision",
    "health": "The contribution of health agencies to keeping children and young people safe",
    "ambition": "Ambition and prioritisation",
    "leadership": "Leadership and management",
    "performance": "Performance management and quality assurance",
    "partnership": "Partnership working",
    "equality": "Equality and diversity",
}
IN_CARE = {
    "overall": "Overall effectiveness",
    "capacity": "Capacity for improvement",
    "health": "Being healthy",
    "safe": "Staying safe",
    "achieving": "Enjoying and achieving",
    "contribution": "Making a positive contribution, including user engagement",
    "economic": "Economic well-being",
    "quality": "Quality of provision",
    "ambition": "Ambition and prioritisation",
    "leadership": "Leadership and management",
    "performance": "Performance management and quality assurance",
    "equality": "Equality and diversity",
}
SLAC_COVER = """Inspection of safeguarding and looked after children services Borough of Wexcombe
Inspection dates: 20 February – 2 March 2012
Reporting inspector Bo Tarn HMI
Record of main findings
"""


def record(safeguarding: list[str], in_care: list[str]) -> PdfText:
    rows = ["Safeguarding services", *safeguarding, "Services for looked after children", *in_care]
    return plain_text("a.txt", SLAC_COVER + "\n".join(rows) + "\n", "0" * 64)


def lines_of(labels: dict[str, str]) -> list[str]:
    """Rows of a part, with the grades of the scale one after the other."""
    words = ("Good", "Adequate", "Outstanding", "Inadequate")
    return [f"{label}\t{words[at % 4]}" for at, label in enumerate(labels.values())]


def test_a_record_of_findings_as_text_gives_no_wrong_grade_either() -> None:
    parts = {"safeguarding": lines_of(SAFEGUARDING), "looked-after": lines_of(IN_CARE)}
    truth = {
        f"{part}-{key}": line.partition("\t")[2].lower()
        for part, labels in (("safeguarding", SAFEGUARDING), ("looked-after", IN_CARE))
        for key, line in zip(labels, parts[part], strict=True)
    }
    assert stated(record(*parts.values())) == (truth, [])
    count = 0
    for part, lines in parts.items():
        for at, line in enumerate(lines):
            label, _, grade = line.partition("\t")
            for changed in (
                [],
                [label],
                [grade],
                [f"Harbour {grade}"],
                [line, f"{label}\tGood"],
                [f"{label}\tSplendid"],
                [f"{line} Good"],
            ):
                spoilt_lines = [*lines[:at], *changed, *lines[at + 1 :]]
                grades, warnings = stated(record(*{**parts, part: spoilt_lines}.values()))
                assert warnings, changed
                assert grades.items() <= truth.items(), (changed, warnings)
                count += 1
    assert count > 150


@pytest.mark.parametrize(
    ("rating", "grade"),
    [
        ("Children’s services rating Performs well (3)", "performs well"),
        ("Children’s services rating Performs splendidly (3)", None),
        ("Children’s services rating (3)", None),
        ("", None),
    ],
)
def test_a_rating_is_read_or_said_to_be_missing(rating: str, grade: str | None) -> None:
    letter = (
        "1 December 2009\nChildren’s services annual rating 2009\n"
        "Dear Ida Fernleigh\nChildren’s services in Wexcombe perform well, other councils "
        f"perform excellently.\n{rating}\n"
    )
    grades, warnings = stated(plain_text("a.txt", letter, "0" * 64))
    assert grades == ({"overall": grade} if grade else {})
    assert bool(warnings) == (grade is None)


def stated(document: PdfText) -> tuple[dict[str, str], list[str]]:
    """The grades that a graph would state, and what is said against them."""
    report = read_document(document)
    grades = {one.area_key: one.grade for one in report.judgements if not one.is_doubtful}
    return grades, [line for line in report.warnings if line.startswith("judgements")]


def test_there_are_hundreds() -> None:
    assert len(CASES) > 300
    assert len({front.name for _, front in CASES}) == len(CASES)


@pytest.mark.parametrize("family", PAPERS)
def test_no_page_gives_a_wrong_grade_and_no_loss_is_silent(family: str) -> None:
    for of, front in CASES:
        if of != family:
            continue
        grades, warnings = stated(PAPERS[family](front))
        truth = front.truth | ({"overall": "inadequate"} if family == "sif" else {})
        wrong = {key: grade for key, grade in grades.items() if truth.get(key) != grade}
        assert not wrong, front.name
        assert bool(warnings) == (grades != truth), (front.name, warnings)
        assert not front.lost or warnings, front.name
        if not front.lost:
            assert grades == truth, (front.name, warnings)
