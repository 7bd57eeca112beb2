"""One report is added as a build would, all or nothing, and what it changes is said.

South Tyneside, from its reports and Ofsted's releases: inspected in 2017 (published 24 November;
care leavers good), in December 2022 (published 10 May 2023; leaders inadequate, help and
protection requires improvement, children in care and care leavers together inadequate) and in
June 2026 (published 4 August; leaders, help and protection and children in care good, care
leavers outstanding).
"""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ofsted_kg import adding
from ofsted_kg.adding import _area_lines, add
from ofsted_kg.cli import main
from ofsted_kg.derived.news import AreaNews
from ofsted_kg.errors import OfstedKgError, SourceError
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.rdf.terms import iri, term
from tests.homes import FOLDER, NEWEST, built_home, content, south_tyneside
from tests.reports.papers import CARE, HELP, LEADERS, LEAVERS, Paper, ilacs_cover

OWN = "data/reports/sty/ilacs-2026-2026-06-15.ttl"
INSPECTION = iri("assessment", "STY", "ilacs-2026", "2026-06-15")
ADDRESS = "https://files.ofsted.gov.uk/v1/file/50308876"

pytestmark = pytest.mark.national


@pytest.fixture(scope="module")
def sources(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports on South Tyneside, with a catalogue, and what overviews list of it."""
    return south_tyneside(shared, tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def lacking(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home without the newest report, of which only overviews tell."""
    return built_home(tmp_path_factory.mktemp("lacking"), sources, NEWEST)


@pytest.fixture
def home(lacking: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(lacking, tmp_path / "home")
    monkeypatch.setenv("OFSTED_KG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OFSTED_KG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "home"


@pytest.fixture
def newest(sources: Path, tmp_path: Path) -> Path:
    """The newest report, away from any catalogue."""
    (tmp_path / "desk").mkdir()
    return Path(shutil.copy(sources / "reports" / NEWEST, tmp_path / "desk/report.pdf"))


def facts(home: Path) -> Facts:
    return Facts.of(*(file.path for file in graph_files(home)))


def test_all_is_as_a_build_with_the_report_makes_it(
    home: Path, sources: Path, tmp_path: Path
) -> None:
    done = add(sources / "reports" / NEWEST)
    whole = content(built_home(tmp_path / "whole", sources))
    assert OWN in done.changed
    assert content(home) == whole


def test_without_a_catalogue_too(
    home: Path, newest: Path, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day is the overviews' then, whose inspection is the report's from now on."""
    bare = built_home(tmp_path / "bare", sources, NEWEST, catalogue=False)
    monkeypatch.setenv("OFSTED_KG_HOME", str(bare))
    done = add(newest)
    assert done.news.published == "2026-08-04"
    assert not done.warnings()
    assert content(bare) == content(built_home(tmp_path / "whole", sources, catalogue=False))


@pytest.mark.parametrize(
    ("grade", "change", "before", "said"),
    [
        ("Good", "the same", "Good", "Good: the same as Good"),
        ("Good", "up", "Inadequate", "Good: up from Inadequate"),
        ("Good", "down", "Outstanding", "Good: down from Outstanding"),
        ("Good", "not comparable", "Adequate", "Good: not comparable with Adequate"),
    ],
)
def test_each_change_has_its_own_word_before_the_earlier_grade(
    grade: str, change: str, before: str, said: str
) -> None:
    one = AreaNews("Leaders", grade, change, before, "2023-05-10", "Leaders", is_latest=True)
    assert _area_lines(one)[1] == f"    {said}, 2023-05-10"


def test_what_changed_is_said(home: Path, newest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(newest), "--published", "2026-08-04"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:15] == [
        "report.pdf: South Tyneside, published 4 August 2026",
        "  as data/reports/sty/ilacs-2026-2026-06-15.ttl",
        "  now the latest in every area",
        "  The impact of leaders on social work practice with children and families",
        "    Good: up from Inadequate, 2023-05-10",
        "  The experiences and progress of children who need help and protection",
        "    Good: up from Requires improvement to be good, 2023-05-10",
        "  The experiences and progress of children in care",
        "    Good: up from Inadequate, 2023-05-10",
        "  The experiences and progress of care leavers",
        "    Outstanding: not comparable with Inadequate, 2023-05-10",
        "      then judged as: The experiences and progress of children in care and care leavers",
        # "supervision and management oversight", "young carers": the report's two items
        "  new themes: management oversight, young carers",
        "  recurring themes: none",
        "changed: data/derived/claim-reviews.ttl",
    ]
    assert main(["ask", "latest-grades", "--area", "care-leavers", "--format", "csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    (row,) = [one for one in rows if one["authority"] == "South Tyneside"]
    assert (row["grade"], row["published"]) == ("Outstanding", "2026-08-04")


def test_a_second_time_changes_nothing(home: Path, newest: Path) -> None:
    first = add(newest, "2026-08-04")
    assert first.changed and not first.was_held
    before = content(home)
    again = add(newest)  # the day that was given stays
    assert again.was_held and not again.changed
    assert again.lines()[-1] == "nothing changed"
    assert "(held already)" in again.lines()[0]
    assert content(home) == before


def test_an_inspection_has_one_day_whoever_gives_it(home: Path, newest: Path) -> None:
    """The overviews give 4 August; the day that is given with the report stands."""
    assert facts(home).texts(INSPECTION, term("okg:publishedOn")) == ["2026-08-04"]
    add(newest, "2026-08-05")
    found = facts(home)
    assert found.texts(INSPECTION, term("okg:publishedOn")) == ["2026-08-05"]
    assert found.nodes(INSPECTION, term("okg:takesPublicationFrom")) == [
        iri("publication-basis", "word")
    ]
    assert len(set(found.texts(INSPECTION, term("okg:fieldworkStart")))) == 1
    assert ADDRESS in [one.value for one in found.nodes(INSPECTION, term("foaf:page"))]


def test_an_older_report_is_not_the_latest(home: Path, sources: Path) -> None:
    (home / "data/reports/sty/sif-2013-2017-11-24.ttl").unlink()
    done = add(sources / "reports" / FOLDER / "2017-11-24.pdf")
    latest = {one.area for one in done.news.areas if one.is_latest}
    # Judged in 2017 and never again; care leavers were, together with children in care.
    board = "Effectiveness of the Local Safeguarding Children Board"
    assert latest == {"Adoption performance", board}
    assert done.news.newer_claimed == "2026-08-04"
    assert any("overviews tell of a newer inspection" in line for line in done.warnings())
    assert {one.change for one in done.news.areas} == {"first grade"}


def test_without_any_day_the_fieldwork_orders_it(home: Path, newest: Path) -> None:
    shutil.rmtree(home / "data/overviews")
    done = add(newest)
    assert done.news.published == ""
    assert [one.is_latest for one in done.news.areas] == [True] * 4
    (warning,) = done.warnings()
    assert "2026-06-15, the first day of fieldwork, orders it; give --published DAY" in warning


def test_a_failure_leaves_all_as_it_was(
    home: Path, newest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(home)

    def fail(*words: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("ofsted_kg.publishing.dataset.build_description", fail)
    with pytest.raises(OSError, match="no space"):
        add(newest, "2026-08-04")
    assert content(home) == before
    assert not (home / ".staged").exists()


def test_a_failure_among_the_moves_is_taken_back(
    home: Path, newest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(home)
    replace, moved = Path.replace, list[Path]()

    def some(self: Path, target: Path) -> Path:
        comes_home = ".staged" in self.parts and ".staged" not in Path(target).parts
        if comes_home:
            moved.append(target)
            if len(moved) == 3:
                raise OSError("pulled out")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", some)
    with pytest.raises(OSError, match="pulled out"):
        add(newest, "2026-08-04")
    assert content(home) == before


def test_what_a_kill_left_is_cleared_away(home: Path, newest: Path) -> None:
    (home / ".staged/data").mkdir(parents=True)
    (home / ".staged/data/half.ttl").write_text("<a> <b")
    add(newest, "2026-08-04")
    assert not (home / ".staged").exists()
    assert not (home / "data/half.ttl").exists()


Spoil = Callable[[Path], Path]


def _page(desk: Path) -> Path:
    (desk / "page.pdf").write_text("<!DOCTYPE html><html>old</html>")
    return desk / "page.pdf"


def _words(desk: Path) -> Path:
    (desk / "words.txt").write_text("Inspection of Wexcombe")
    return desk / "words.txt"


def _paper(name: str, title: str) -> Spoil:
    def made(desk: Path) -> Path:
        found = Paper()
        grades = dict.fromkeys((LEADERS, HELP, CARE, LEAVERS), "Good")
        if title:
            found.headline(title)
        else:
            ilacs_cover(found, grades, "Inspection dates: 8 to 19 June 2026", "Lead inspector: A B")
        return found.save(desk / name)

    return made


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_page, "page.pdf: is a web page, not a PDF"),
        (_words, "words.txt: is not a PDF"),
        (_paper("menu.pdf", "Dishes of the day"), "menu.pdf: is not a report of a kind"),
        (_paper("wexcombe.pdf", ""), "wexcombe.pdf: "),  # an authority that is not
        (lambda desk: desk / "none.pdf", "none.pdf"),
        (lambda desk: desk, "desk"),
    ],
)
def test_what_is_no_report_is_refused_in_a_line(
    home: Path, newest: Path, capsys: pytest.CaptureFixture[str], spoil: Spoil, said: str
) -> None:
    before = content(home)
    status = main(["add", str(spoil(newest.parent))])
    found = capsys.readouterr()
    assert status == 1
    assert found.out == ""
    assert said in found.err and found.err.count("\n") == 1
    assert content(home) == before


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("yesterday", "'yesterday' is no day"),
        ("2026-02-30", "'2026-02-30' is no day"),
        ("20260804", "'20260804' is no day"),
        ("2999-01-01", "in the future"),
        ("2026-06-25", "before its fieldwork ended on 2026-06-26"),
    ],
)
def test_a_day_that_cannot_be_is_wrong_use(
    home: Path, newest: Path, capsys: pytest.CaptureFixture[str], day: str, said: str
) -> None:
    before = content(home)
    assert main(["add", str(newest), "--published", day]) == 2
    found = capsys.readouterr()
    assert said in found.err and found.err.count("\n") == 1
    assert content(home) == before


def test_a_catalogue_is_outside_input(home: Path, newest: Path) -> None:
    catalogue = newest.parent / "catalogue.csv"
    for row, said in [
        ("a.pdf,tomorrow," + "0" * 64, "is no day"),
        ("a.pdf,2026-08-04,../..", "is no SHA-256 digest"),
    ]:
        catalogue.write_text(f"file,published_on_web,sha256\n{row}\n")
        with pytest.raises(SourceError, match=said):
            add(newest)
    catalogue.write_text("file,day\n")
    with pytest.raises(SourceError, match="has no column published_on_web, sha256"):
        add(newest)


def test_a_home_that_cannot_be_written_is_said(
    home: Path, newest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*words: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    mkdir = Path.mkdir
    monkeypatch.setattr(
        Path, "mkdir", lambda self, **m: refuse() if self.name == ".staged" else mkdir(self, **m)
    )
    with pytest.raises(OfstedKgError, match="copy it and name the copy by OFSTED_KG_HOME"):
        add(newest)


def test_the_door_takes_a_day_as_such(home: Path, newest: Path) -> None:
    import datetime

    done = adding.add(newest, datetime.date(2026, 8, 4))
    assert done.news.basis == "word"
