"""Ofsted's releases as published: cells read by hand from the sheets and their CSV copies."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term
from ofsted_kg.releases.build import ReleasesSummary, import_releases
from ofsted_kg.releases.sheets import column_letter
from tests.conftest import ROOT

HISTORY = "LA_inspections_2009-2023"
RELEASES = ("ofsted-outcomes-2023", "ofsted-outcomes-2025")
OLDER, BETWEEN = "ofsted-outcomes-2022", "ofsted-outcomes-2024"


pytestmark = pytest.mark.national

# The published files


@pytest.fixture(scope="module")
def summary(
    national_releases: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> ReleasesSummary:
    data = tmp_path_factory.mktemp("national") / "data"
    authorities = Authorities.read(ROOT / "data" / "reference")
    return import_releases(national_releases, data, authorities, ROOT / "ontology")


@pytest.fixture(scope="module")
def facts(summary: ReleasesSummary) -> Facts:
    found = Facts()
    for path in map(Path, summary.files_written):
        found.load(path, path.stem)
    return found


def judgement(key: str, area: str) -> NamedNode:
    return iri("assessment", key, "judgement", area)


def grade(facts: Facts, key: str, area: str) -> str:
    """The accepted grade as `scale/grade`."""
    (found,) = facts.nodes(judgement(key, area), term("okg:hasGrade"))
    return found.value.removeprefix(iri("scale", "").value)


def places(facts: Facts, key: str, area: str) -> dict[str, str]:
    """Where the judgement is stated (by release), as sheet and cell."""
    nodes = facts.nodes(judgement(key, area), term("okg:isStatedIn"))
    paths = [node.value.removeprefix(iri("passage", "").value) for node in nodes]
    return {path.split("/")[0]: path.split("/", 1)[1] for path in paths}


def test_counts_by_framework_agree_with_the_columns(summary: ReleasesSummary) -> None:
    """Counted by hand from the filled cells of each column of the CSV copies.

    slac-2009: 152 + 151 first (one dash), 9 + 2 again, two pairs published together.
    sif-2013: 152 x 6 less 4 dashes, 21 x 6. ilacs: 271 in the history, 103 of them
    with a fifth grade, and ungraded visits in the four sheets of a year: 106, 60, 65 and 60,
    of which 131 began in 2023 or later.
    """
    counts = {one.framework: one for one in summary.frameworks}
    assert {key: (one.assessments, one.judgements) for key, one in counts.items()} == {
        "slac-2009": (161, 314),
        "cp-2012": (51, 51),
        "lac-2013": (5, 5),
        "sif-2013": (173, 1034),
        "lscb-2013": (152, 152),
        "ilacs-2018": (168 + 160, 168 * 4),
        "ilacs-2023": (103 + 131, 103 * 5),
    }
    assert counts["slac-2009"].authorities == 152
    assert counts["cp-2012"].authorities == 50


def test_every_row_is_taken_or_listed(summary: ReleasesSummary) -> None:
    """The release of 2022: 155 rows less three councils without any inspection yet; 152 less two
    of them, 22 last inspected before 2018 and five re-inspected in that year.
    That of 2024: 153 and 156 less the two councils of 2023.
    """
    rows = {one.sheet: one.rows for one in summary.sheets}
    assert rows == {
        "LA_inspections_2009-2022": 155 - 3,
        "LA_level_at_31_Mar_2022": 152 - 2 - 22 - 5,
        "LA_level_in_year_2021-22": 129,
        "ILACS_inspections_2018-2024": 156 - 2,
        "Inspections_31_March_2024": 153 - 2,
        "Inspections_in_year_2023-24": 107,
        HISTORY: 156,
        "LA_level_at_31_Mar_2023": 152,
        "LA_level_in_year_2022-23": 111,
        "ILACS_inspection_history": 271,
        "Inspections_as_at_31_March": 153,
        "In-year_inspections": 112,
    }
    listed = Counter(one.sheet for one in summary.skipped if one.row)
    # The last row of each sheet in a spreadsheet program.
    last = {
        "LA_inspections_2009-2022": 165,
        "LA_level_at_31_Mar_2022": 155,
        "LA_level_in_year_2021-22": 132,
        "ILACS_inspections_2018-2024": 162,
        "Inspections_31_March_2024": 156,
        "Inspections_in_year_2023-24": 110,
        HISTORY: 165,
        "LA_level_at_31_Mar_2023": 156,
        "LA_level_in_year_2022-23": 114,
        "ILACS_inspection_history": 274,
        "Inspections_as_at_31_March": 156,
        "In-year_inspections": 115,
    }
    assert {sheet: rows[sheet] + listed[sheet] for sheet in last} == last
    assert summary.keyed_by_publication == []


# Re-inspections of 2018 that the last inspections of 2022 list in the columns of the newer
# framework: row there, first day, and the publication that the same release's history gives.
RE_INSPECTED = {
    "DAL": (34, "2018-02-27", "2018-05-21"),
    "LBH": (71, "2018-02-13", "2018-05-09"),
    "LAN": (72, "2018-06-04", "2018-08-17"),
    "TOB": (135, "2018-06-11", "2018-08-24"),
    "WND": (141, "2018-05-08", "2018-07-20"),
}


@pytest.mark.parametrize("key", RE_INSPECTED)
def test_a_re_inspection_of_2018_is_one(summary: ReleasesSummary, facts: Facts, key: str) -> None:
    row, first, published = RE_INSPECTED[key]
    [reason] = [
        one.reason
        for one in summary.skipped
        if (one.sheet, one.row) == ("LA_level_at_31_Mar_2022", row)
    ]
    assert f"inspected on {first} under sif-2013, published on {published}" in reason
    assert facts.texts(iri("assessment", f"{key}/sif-2013/{published}"), term("okg:publishedOn"))
    graded = {
        one.value.split("/")[-2]
        for one in facts.subjects(term("okg:publishedOn"))
        if one.value.startswith(iri("assessment", key, "").value)
        and facts.texts(one, term("okg:publishedOn"))[0].startswith("2018")
    }
    assert graded == {"sif-2013"}


def test_a_release_names_the_collection_that_its_notes_print(facts: Facts) -> None:
    page = "https://www.gov.uk/government/collections/childrens-social-care-statistics"
    for release in (OLDER, *RELEASES, BETWEEN):
        [one] = [
            node
            for node in facts.subjects(term("foaf:page"))
            if node.value.endswith(f"/{release}") and facts.nodes(node, term("foaf:page"))
        ]
        assert [node.value for node in facts.nodes(one, term("foaf:page"))] == [page]


def test_a_board_reviewed_in_a_report_of_its_own_has_its_own_day(facts: Facts) -> None:
    """Surrey: the council's report is of 3 June 2015, the board's of 3 August, page 1 of each."""
    start = iri("assessment", "SRY/lscb-2013").value + "/"
    reviewed = {
        one.value.removeprefix(start).split("/")[0]
        for one in facts.subjects(term("okg:inspectsAuthority"))
        if one.value.startswith(start)
    }
    assert reviewed == {"2015-08-03"}
    assert grade(facts, "SRY/lscb-2013/2015-08-03", "overall") == "lscb-2013/requires-improvement"
    assert grade(facts, "SRY/sif-2013/2015-06-03", "overall") == "sif-2013/inadequate"


def test_grades_of_camden_in_2012_are_in_their_cells(facts: Facts) -> None:
    key = "CMD/slac-2009/2012-04-10"
    assert grade(facts, key, "safeguarding-overall") == "slac-2009/2"
    assert grade(facts, key, "looked-after-overall") == "slac-2009/2"
    assert places(facts, key, "safeguarding-overall") == {
        OLDER: "LA_inspections_2009-2022/F28",
        RELEASES[0]: f"{HISTORY}/F27",
    }
    assert set(facts.texts(iri("assessment", key), term("okg:publishedOn"))) == {"2012-04-10"}


def test_grades_of_camden_in_2017_are_on_the_scale_of_that_year(facts: Facts) -> None:
    key = "CMD/sif-2013/2017-11-24"
    grades = {
        area: grade(facts, key, area)
        for area in (
            "overall",
            "help-and-protection",
            "looked-after-and-permanence",
            "adoption",
            "care-leavers",
            "leadership",
        )
    }
    assert grades == {
        "overall": "sif-2013/good",
        "help-and-protection": "sif-2013/good",
        "looked-after-and-permanence": "sif-2013/good",
        "adoption": "sif-2013/outstanding",
        "care-leavers": "sif-2013/good",
        "leadership": "sif-2013/outstanding",
    }
    assert grade(facts, "CMD/lscb-2013/2017-11-24", "overall") == "lscb-2013/outstanding"
    assert places(facts, key, "leadership") == {
        OLDER: "LA_inspections_2009-2022/X28",
        RELEASES[0]: f"{HISTORY}/X27",
    }


def test_grades_of_kensington_and_chelsea_in_2016(facts: Facts) -> None:
    assert grade(facts, "KEC/sif-2013/2016-03-29", "overall") == "sif-2013/outstanding"
    assert grade(facts, "KEC/sif-2013/2016-03-29", "help-and-protection") == "sif-2013/good"
    assert grade(facts, "KEC/lscb-2013/2016-03-29", "overall") == "lscb-2013/good"


def test_one_judgement_is_stated_by_all_releases_since(facts: Facts) -> None:
    key = "CMD/ilacs-2018/2022-04-25"
    assert places(facts, key, "overall") == {
        RELEASES[0]: f"{HISTORY}/AI27",
        BETWEEN: "ILACS_inspections_2018-2024/F26",
        RELEASES[1]: "ILACS_inspection_history/I43",
    }
    again = facts.nodes(judgement(key, "overall"), term("okg:isRepeatedIn"))
    assert [node.value.split("/")[-2:] for node in again] == [
        ["LA_level_at_31_Mar_2023", "E26"],
        ["LA_level_in_year_2022-23", "F18"],
        ["Inspections_31_March_2024", "E25"],
    ]


def test_third_grade_of_older_frameworks_is_their_own(facts: Facts) -> None:
    """Two releases write the word of 2013 for all of them, and once the number 3."""
    thirds = {"slac-2009": "slac-2009/3", "cp-2012": "cp-2012/adequate", "lac-2013": "lac-2013/3"}
    found: Counter[str] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for node in facts.subjects(term("okg:hasGrade")):
        framework = node.value.split("/")[-4]
        if framework not in thirds:
            continue
        (accepted,) = facts.nodes(node, term("okg:hasGrade"))
        assert accepted.value.startswith(iri("scale", framework).value)
        is_third = accepted == iri("scale", *thirds[framework].split("/"))
        found[framework] += is_third
        for passage in facts.nodes(node, term("okg:isStatedIn")):
            assert facts.nodes(passage, term("okg:statesGrade")) == [accepted]
            word = str(facts.text(passage, term("okg:asWritten")))
            assert word != "Adequate"
            if is_third:
                words[passage.value.split("/passage/")[1].split("/")[0], word] += 1
                assert word == "3.0" or facts.nodes(passage, term("dcterms:provenance"))
    # Cells with that word in the columns of each framework: 66 + 67 + 7 + 2, 29, 1.
    assert found == {"slac-2009": 142, "cp-2012": 29, "lac-2013": 1}
    # The release of 2022 lacks the two of Northamptonshire, and writes one of Warrington as 3.0.
    word = "Requires improvement to be good"
    assert words == {
        (RELEASES[0], word): 172,
        (OLDER, word): 65 + 66 + 7 + 1 + 29 + 1,
        (OLDER, "3.0"): 1,
    }


def test_a_dash_is_not_a_grade(facts: Facts) -> None:
    """Four dashes of single inspections and one of 2012, in two rows of the sheet."""
    base = iri("assessment", "").value
    unjudged = {
        (one.value.removeprefix(base), area.value.rsplit("/", 1)[1])
        for one in facts.subjects(term("okg:leavesUnjudged"))
        for area in facts.nodes(one, term("okg:leavesUnjudged"))
    }
    assert unjudged == {
        ("IOS/sif-2013/2016-06-27", "looked-after-and-permanence"),
        ("IOS/sif-2013/2016-06-27", "adoption"),
        ("IOS/sif-2013/2016-06-27", "care-leavers"),
        ("IOS/slac-2009/2012-07-03", "looked-after-overall"),
        ("LND/sif-2013/2016-09-20", "adoption"),
    }
    assert facts.nodes(judgement("LND/sif-2013/2016-09-20", "adoption"), term("okg:hasGrade")) == []


def test_authorities_that_share_a_name_with_their_successor(facts: Facts) -> None:
    """Dorset's old county and the county of Buckinghamshire keep what was theirs."""
    authority = term("okg:inspectsAuthority")
    for key, expected in {
        "DOR/slac-2009/2011-10-28": "DOR",
        "DST/ilacs-2018/2021-09-27": "DST",
        "BKM/sif-2013/2014-08-08": "BKM",
        "BUC/ilacs-2018/2021-12-06": "BUC",
        "SOM/ilacs-2018/2022-07-18": "SOM",
        "NYK/ilacs-2018/2018-07-02": "NYK",
        "NYE/ilacs-2023/2023-07-03": "NYE",
    }.items():
        assert facts.nodes(iri("assessment", key), authority) == [iri("authority", expected)]


def test_a_successor_is_concerned_where_the_release_gives_its_code(facts: Facts) -> None:
    node = judgement("SOM/ilacs-2018/2022-07-18", "overall")
    assert facts.nodes(node, term("okg:concernsAuthority")) == [
        iri("authority", "SOM"),
        iri("authority", "SMT"),
    ]


def test_latest_grades_are_those_of_the_release(facts: Facts, shared: Path) -> None:
    """Every current authority: the newest overall judgement is the cell of the state sheet."""
    path = shared / "reference" / "ofsted" / "ofsted_2025_Inspections_as_at_31_March.csv"
    codes = Authorities.read(ROOT / "data" / "reference")
    with path.open(encoding="utf-8", newline="") as stream:
        expected = {
            codes.by_code(row["Local authority area code"]).key: (
                row["Inspection date"],
                row["Overall effectiveness"],
            )
            for row in csv.DictReader(stream)
        }
    assert len(expected) == 153
    latest: dict[str, tuple[str, str]] = {}
    for node in facts.subjects(term("okg:hasGrade")):
        if "/ilacs-" not in node.value or not node.value.endswith("/overall"):
            continue
        (accepted,) = facts.nodes(node, term("okg:hasGrade"))
        found = (node.value.split("/")[-3], accepted.value.rsplit("/", 1)[1])
        for one in facts.nodes(node, term("okg:concernsAuthority")):
            key = one.value.rsplit("/", 1)[1]
            latest[key] = max(latest.get(key, ("", "")), found)
    words = {key: (day, word.lower().replace(" ", "-")) for key, (day, word) in expected.items()}
    assert {key: latest[key] for key in words} == words


def test_a_visit_has_a_theme_and_no_judgement(facts: Facts) -> None:
    visit = iri("assessment", "BDG/ilacs-2018/2022-05-04")
    assert facts.texts(visit, term("okg:themeAsWritten")) == ["Achieving permanence"]
    assert facts.nodes(visit, term("dcterms:type")) == [iri("assessment-kind", "focused-visit")]
    assert visit not in {
        one
        for node in facts.subjects(term("okg:hasGrade"))
        for one in facts.nodes(node, term("okg:isReachedIn"))
    }


def test_re_inspections_follow_up_the_first(facts: Facts) -> None:
    again = iri("assessment", "BKM/sif-2013/2018-01-29")
    first = iri("assessment", "BKM/sif-2013/2014-08-08")
    assert facts.nodes(again, term("okg:followsUp")) == [first]


def test_a_date_that_the_newer_release_corrects_stays_in_its_cell(facts: Facts) -> None:
    """Nottingham 2022: two days of publication; both sheets of 2023 join the one inspection."""
    key = "NGM/ilacs-2018/2022-07-11"
    assert facts.texts(iri("assessment", key), term("okg:publishedOn")) == ["2022-09-05"]
    cell = iri("passage", RELEASES[0], HISTORY, "AN97")
    assert facts.texts(cell, term("dcterms:date")) == ["2022-11-05"]
    assert cell in facts.nodes(iri("assessment", key), term("okg:isStatedIn"))


# The CSV copies: file, sheet, and how far a line of the copy stands from its row in the sheet.
COPIES = [
    ("2023_LA_inspections_2009-2023", HISTORY, RELEASES[0], 4),
    ("2023_LA_level_at_31_Mar_2023", "LA_level_at_31_Mar_2023", RELEASES[0], 3),
    ("2023_LA_level_in_year_2022-23", "LA_level_in_year_2022-23", RELEASES[0], 2),
    ("2025_ILACS_inspection_history", "ILACS_inspection_history", RELEASES[1], 2),
    ("2025_Inspections_as_at_31_March", "Inspections_as_at_31_March", RELEASES[1], 2),
    ("2025_In-year_inspections", "In-year_inspections", RELEASES[1], 2),
]
ABOLISHED_FROM_LINE, ROWS_BETWEEN_TABLES = 154, 4


@pytest.mark.parametrize(("copy", "sheet", "release", "shift"), COPIES)
def test_every_cell_of_the_copies_is_a_passage(
    copy: str, sheet: str, release: str, shift: int, facts: Facts, shared: Path
) -> None:
    """All grades, dates, kinds and themes, at their places; the copies have one column more."""
    path = shared / "reference" / "ofsted" / f"ofsted_{copy}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    descriptive = ("link", "name", "egion", "code", "status", "Authority Type", "table")
    checked = 0
    for line, row in enumerate(rows, 2):
        below = sheet == HISTORY and line >= ABOLISHED_FROM_LINE
        number = line + shift + (ROWS_BETWEEN_TABLES if below else 0)
        for index, (heading, value) in enumerate(zip(head, row, strict=False)):
            if not value or any(word in heading for word in descriptive):
                continue
            node = iri("passage", release, sheet, f"{column_letter(index - 1)}{number}")
            found = facts.texts(node, term("okg:asWritten"), term("dcterms:date"))
            assert found[:1] == [value], (heading, line)
            checked += 1
    assert checked > len(rows)


def test_files_in_the_project_are_what_the_import_writes(summary: ReleasesSummary) -> None:
    assert len(summary.files_written) == 4
    for written in map(Path, summary.files_written):
        assert (ROOT / "data" / "releases" / written.name).read_bytes() == written.read_bytes()
