"""What is fetched is built; what no reader can read is named; the graph changes as a whole."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ofsted_kg import updating
from ofsted_kg.cli import main
from ofsted_kg.fetching.client import Pace
from ofsted_kg.fetching.known import Known
from ofsted_kg.fetching.shelf import Shelf
from ofsted_kg.updating import update
from tests.fetching.site import Site, html, link, ods, served
from tests.homes import NEWEST, built_home, content, south_tyneside
from tests.releases.test_sheets import small_release, write_ods
from tests.reports.papers import Paper

OTHER = "has no sheet of inspections of local authorities"
OWN = "data/reports/sty/ilacs-2026-2026-06-15.ttl"
QUICK = Pace(pause=0, backoff=0)

pytestmark = pytest.mark.national


@pytest.fixture(scope="module")
def lacking(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    sources = south_tyneside(shared, tmp_path_factory.mktemp("sources"))
    return built_home(tmp_path_factory.mktemp("lacking"), sources, NEWEST)


@pytest.fixture
def home(lacking: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(lacking, tmp_path / "home")
    monkeypatch.setenv("OFSTED_KG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OFSTED_KG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "home"


@pytest.fixture
def site(home: Path, shared: Path, tmp_path: Path) -> Iterator[Site]:
    """Every authority has a page with a visit; South Tyneside's has its newest inspection too."""
    menu = Paper()
    menu.headline("Focused visit to Wexcombe")
    with served() as found:
        urns = Known.read(home / "data").authorities
        assert len(urns) == 153
        found.replies["/search"] = html("".join(f'<a href="/provider/44/{n}">x</a>' for n in urns))
        visit = link("/v1/file/7", "Focused visit, pdf - 2 June 2025")
        for urn in urns:
            found.replies[f"/provider/44/{urn}"] = html(visit)
        words = "Children&#39;s services inspection, pdf - 04 August 2026"
        found.replies["/provider/44/80557"] = html(link("/v1/file/50308876", words) + visit)
        pdf = {"Content-Type": "application/pdf"}
        newest = (shared / "reports" / NEWEST).read_bytes()
        other = write_ods(tmp_path / "other.ods", {"Places": [["Area", "Places"], ["Kent", "9"]]})
        found.replies["/media/1/outcomes_2026.ods"] = (200, {}, other.read_bytes())
        found.replies["/v1/file/50308876"] = (200, pdf, newest)
        found.replies["/v1/file/7"] = (200, pdf, menu.save(tmp_path / "menu.pdf").read_bytes())
        shutil.copy(found.table(tmp_path / "online.csv"), home / "data/reference/online.csv")
        yield found


def test_the_graph_is_brought_up_to_date(home: Path, site: Site, tmp_path: Path) -> None:
    said: list[str] = []
    done = update(tmp_path / "shelf", tell=said.append, pace=QUICK)
    assert OWN in done.changed
    # Whichever page is asked first, the visit is fetched once.
    assert len(done.new) == 3
    (visit,) = done.not_read
    assert "Focused visit, 2025-06-02: is not a report of a kind that can be read" in visit
    assert f"passed over: outcomes_2026.ods: {OTHER}" in said
    (problem,) = done.problems
    assert problem.startswith(f"{site.base}/content/statistics/outcomes-2026: no sheet of")
    assert (tmp_path / "shelf/not-read").is_dir()
    # The page's day, with the page as its basis, and a link to click.
    written = (home / OWN).read_text()
    assert 'okg:publishedOn "2026-08-04"^^xsd:date' in written
    assert "okg:takesPublicationFrom <publication-basis/page>" in written
    assert f"foaf:page <{site.base}/v1/file/50308876>" in written
    before = content(home)
    again = update(tmp_path / "shelf", pace=QUICK)
    # Other workbooks alone, in an edition that has a release: it is told as long as it is so.
    assert again == updating.Update((), (), (), (problem,))
    assert content(home) == before


def test_a_build_that_failed_is_made_up_for(
    home: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(home)

    def fail(*words: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("ofsted_kg.publishing.dataset.build_description", fail)
        with pytest.raises(OSError, match="no space"):
            update(tmp_path / "shelf", pace=QUICK)
    assert content(home) == before
    site.counts()
    done = update(tmp_path / "shelf", pace=QUICK)
    assert OWN in done.changed
    assert not [path for path in site.counts() if path.startswith("/v1")]


def test_a_dry_run_writes_nowhere(
    home: Path,
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = content(home)
    found = update(tmp_path / "shelf", dry_run=True, tell=print, pace=QUICK)
    assert len(found.new) == 3
    lines = capsys.readouterr().out.splitlines()
    inspection = "South Tyneside: Children's services inspection, 2026-08-04"
    assert f"would fetch {inspection}: {site.base}/v1/file/50308876" in lines
    assert content(home) == before
    assert not (tmp_path / "shelf").exists()


def test_a_visit_is_given_to_a_reader_that_has_changed(
    home: Path, site: Site, tmp_path: Path
) -> None:
    update(tmp_path / "shelf", pace=QUICK)
    shelf = Shelf(tmp_path / "shelf")
    shelf.state["reader"] = "an earlier one"
    shelf.save()
    site.counts()
    assert len(update(tmp_path / "shelf", pace=QUICK).not_read) == 1
    assert not [path for path in site.counts() if path.startswith("/v1")]


def test_a_release_that_cannot_be_read_is_told_on_every_run_until_it_can(
    home: Path, site: Site, tmp_path: Path
) -> None:
    """A heading has changed; then it was spoiled within; then it is as it should be."""
    good = write_ods(tmp_path / "good.ods", small_release()).read_bytes()
    sheets = small_release()
    sheets["In-year_inspections"][1][2] = "Authority"
    changed = write_ods(tmp_path / "changed.ods", sheets).read_bytes()
    at = "/media/1/outcomes_2026.ods"
    kept = tmp_path / "shelf/releases/outcomes_2026.ods"

    site.replies[at] = (200, {}, changed)
    for number in range(3):
        done = update(tmp_path / "shelf", pace=QUICK)
        (problem,) = done.problems
        assert "outcomes_2026.ods, sheet In-year_inspections, cell C2: column" in problem
        assert "ofsted_kg/releases/layouts, and run again" in problem
        assert len(done.new) == (3 if number == 0 else 0)
    assert update(tmp_path / "shelf", dry_run=True, pace=QUICK).problems == (problem,)

    spoiled = ods("no table")
    kept.write_bytes(spoiled)
    site.replies[at] = (200, {}, spoiled)
    for number in range(3):
        done = update(tmp_path / "shelf", pace=QUICK)
        assert len(done.new) == (0 if number == 0 else 1)
        (problem,) = done.problems
        assert problem.endswith("the next run fetches it again")
        assert not kept.exists()

    site.replies[at] = (200, {}, good)
    done = update(tmp_path / "shelf", pace=QUICK)
    assert not done.problems
    assert "data/releases/ofsted-outcomes-2026.ttl" in done.changed
    assert update(tmp_path / "shelf", pace=QUICK) == updating.Update((), (), (), ())


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["update", "--folder", "{file}"], 2, "is no folder"),
        (["update", "--published", "x"], 2, "does not take --published"),
        (["add"], 2, "the following arguments are required: report"),
    ],
)
def test_wrong_use_is_said_in_a_line(
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    said: str,
) -> None:
    (tmp_path / "file").write_text("x")
    given = [one.format(file=tmp_path / "file") for one in arguments]
    assert main(given) == status
    found = capsys.readouterr()
    assert said in found.err and found.err.count("\n") == 1
