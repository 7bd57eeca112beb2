"""A folder of reports is built whole: what is new, what is kept, what cannot be read."""

import hashlib
import os
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from ofsted_kg.cli import main
from ofsted_kg.errors import SourceError
from ofsted_kg.reports import pool
from ofsted_kg.reports.build import (
    build_reports,
    find_reports,
)
from ofsted_kg.reports.encoding import report_as_turtle
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.summary import BuildSummary
from tests.conftest import ROOT, TURTLE_PREFIXES
from tests.reports.papers import CARE, HELP, LEADERS, LEAVERS, OVERALL, Paper, ilacs_cover

GRADES = dict.fromkeys((LEADERS, HELP, CARE, LEAVERS, OVERALL), "Good")
AUTHORITY = f"""{TURTLE_PREFIXES}
<https://w3id.org/ofsted-kg/id/authority/WEX> a okg:LocalAuthority ;
    skos:prefLabel "Wexcombe"@en ;
    dcterms:title "Wexcombe Borough Council"@en .
"""


def paper(path: Path, dates: str, words: str = "The reading of tide charts.") -> Path:
    """A short report about an authority that is not."""
    made = Paper()
    ilacs_cover(made, GRADES, f"Inspection dates: {dates}", "Lead inspector: Zoë Quill, HMI")
    made.add_page()
    made.heading("What needs to improve?")
    made.bullet(words)
    made.heading(f"{HELP}: good")
    made.numbered(1, "Lamps are lit and letters are answered in the week they come.")
    path.parent.mkdir(parents=True, exist_ok=True)
    return made.save(path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that knows one made-up authority and no release."""
    folder = tmp_path / "data"
    for name, content in (("authorities", AUTHORITY), ("organisations", "")):
        path = folder / "reference" / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    shutil.copy(ROOT / "data" / "reference" / "spellings.ttl", folder / "reference")
    return folder


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two good reports, one in a folder of its own, and three files that are none."""
    folder = tmp_path / "reports"
    paper(folder / "a.pdf", "8 to 19 May 2023")
    paper(folder / "deep" / "b.PDF", "3 to 14 June 2024", "Pathway plans for lamplighters.")
    (folder / "page.pdf").write_text("<!DOCTYPE html><html>moved</html>", encoding="utf-8")
    (folder / "empty.pdf").touch()
    (folder / "notes.txt").write_text("not looked at", encoding="utf-8")
    other = Paper()
    other.headline("Tide tables of Wexcombe")
    other.save(folder / "tides.pdf")
    return folder


def build(reports: Path, data: Path) -> BuildSummary:
    return build_reports(reports, data, jobs=2)


def files(data: Path) -> dict[str, bytes]:
    folder = data / "reports"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_good_files_are_written_and_the_others_named(reports: Path, data: Path) -> None:
    summary = build(reports, data)
    assert summary.written == [
        "reports/wex/ilacs-2023-2023-05-08",
        "reports/wex/ilacs-2023-2024-06-03",
    ]
    assert sorted(files(data)) == [
        "wex/ilacs-2023-2023-05-08.ttl",
        "wex/ilacs-2023-2024-06-03.ttl",
    ]
    assert [file for file, _ in summary.failed] == ["empty.pdf", "page.pdf", "tides.pdf"]
    reasons = [reason for _, reason in summary.failed]
    assert reasons[0].startswith("empty.pdf: is empty")
    assert reasons[1].startswith("page.pdf: is a web page, not a PDF")
    assert reasons[2].startswith("tides.pdf: is not a report of a kind that can be read")
    assert not any("\n" in reason for reason in reasons)
    content = files(data)["wex/ilacs-2023-2024-06-03.ttl"].decode()
    assert "okg:hasTheme theme:pathway-plans" in content
    assert "lamplighters" not in content
    total = summary.totals["ilacs-2023"]
    counts = (total.reports, total.judgements, total.recommendations, total.paragraphs)
    assert counts == (2, 10, 2, 2)


def test_the_summary_is_a_table_and_what_needs_a_look(reports: Path, data: Path) -> None:
    lines = build(reports, data).lines()
    assert lines[0].split() == [
        *("framework", "reports", "judgements", "recommendations", "paragraphs"),
    ]
    assert lines[1].split() == ["ilacs-2023", "2", "10", "2", "2"]
    assert lines[2].split() == ["all", "2", "10", "2", "2"]
    assert lines[3] == "2 written, 0 unchanged, 0 of the same report as another file, 3 failed"
    assert lines[-1].startswith("failed: tides.pdf: is not a report")


def test_only_what_is_new_or_changed_is_read_again(
    reports: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(reports, data)
    before = files(data)
    times = [path.stat().st_mtime_ns for path in (data / "reports").rglob("*.ttl")]
    again = build(reports, data)
    assert (len(again.written), len(again.unchanged)) == (0, 2)
    assert again.totals == {}
    assert files(data) == before
    assert times == [path.stat().st_mtime_ns for path in (data / "reports").rglob("*.ttl")]
    paper(reports / "a.pdf", "8 to 19 May 2023", "Care plans for gulls.")
    third = build(reports, data)
    assert third.written == ["reports/wex/ilacs-2023-2023-05-08"]
    assert third.unchanged == ["reports/wex/ilacs-2023-2024-06-03"]


def test_another_thesaurus_or_release_makes_all_be_read_again(reports: Path, data: Path) -> None:
    build(reports, data)
    release = data / "releases" / "ofsted-outcomes-2025.ttl"
    release.parent.mkdir()
    release.write_text("", encoding="utf-8")
    again = build(reports, data)
    assert again.totals["ilacs-2023"].reports == 2


def test_several_folders_and_the_days_of_a_catalogue(
    reports: Path, data: Path, tmp_path: Path
) -> None:
    """A day that a catalogue gives is told from one that a report prints; a new one is taken up."""
    more = tmp_path / "more"
    path = paper(more / "c.pdf", "5 to 16 May 2025", "Another folder.")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def catalogue(day: str) -> BuildSummary:
        words = f"file,published_on_web,sha256\nc.pdf,{day},{digest}\n"
        (more / "list.csv").write_text(words, encoding="utf-8")
        return build_reports([reports, more], data, jobs=1)

    assert catalogue("2025-06-30").written[-1] == "reports/wex/ilacs-2023-2025-05-05"
    content = files(data)["wex/ilacs-2023-2025-05-05.ttl"].decode()
    assert 'okg:publishedOn "2025-06-30"^^xsd:date' in content
    assert "okg:takesPublicationFrom <publication-basis/page>" in content
    assert "dcterms:issued" not in content
    assert catalogue("2025-06-30").written == []
    assert catalogue("2025-07-01").written == ["reports/wex/ilacs-2023-2025-05-05"]
    assert "okg:publishedOn" not in files(data)["wex/ilacs-2023-2024-06-03.ttl"].decode()


def test_a_build_from_nothing_gives_the_same_bytes(reports: Path, data: Path) -> None:
    build(reports, data)
    before = files(data)
    shutil.rmtree(data / "reports")
    build_reports(reports, data, jobs=1)
    assert files(data) == before


def test_two_files_of_one_report_give_one_graph(reports: Path, data: Path) -> None:
    paper(reports / "z.pdf", "8 to 19 May 2023", "The other copy.")
    for _ in range(2):
        summary = build(reports, data)
        assert summary.repeated == [("z.pdf", "a.pdf")]
    assert len(files(data)) == 2


def test_graphs_of_reports_no_longer_there_are_left_alone(reports: Path, data: Path) -> None:
    build(reports, data)
    before = files(data)
    (reports / "a.pdf").unlink()
    build(reports, data)
    assert files(data) == before


def test_a_report_that_is_encoded_by_hand_stays_so(reports: Path, data: Path) -> None:
    document = data / "documents" / "by-hand" / "document.ttl"
    document.parent.mkdir(parents=True)
    document.write_text(
        f"{TURTLE_PREFIXES}<https://w3id.org/ofsted-kg/id/document/by-hand> okg:reportsOn"
        " <https://w3id.org/ofsted-kg/id/assessment/WEX/ilacs-2023/2023-05-08> .\n",
        encoding="utf-8",
    )
    summary = build(reports, data)
    assert summary.repeated == [("a.pdf", "by-hand")]
    assert sorted(files(data)) == ["wex/ilacs-2023-2024-06-03.ttl"]


def test_a_fault_of_a_reader_stops_only_its_file(
    reports: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = read_report

    def faulty(path: Path) -> object:
        if path.name == "a.pdf":
            raise RuntimeError("lamp out")
        return real(path)

    monkeypatch.setattr(pool, "read_report", faulty)
    summary = build(reports, data)
    assert ("a.pdf", "a.pdf: cannot be read: unexpected RuntimeError: lamp out") in summary.failed
    assert summary.written == ["reports/wex/ilacs-2023-2024-06-03"]


def test_a_process_that_dies_takes_no_other_file_along(
    reports: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = read_report

    def deadly(path: Path) -> object:
        if path.name == "a.pdf":
            os._exit(9)
        return real(path)

    monkeypatch.setattr(pool, "read_report", deadly)
    summary = build(reports, data)
    assert ("a.pdf", "a.pdf: cannot be read: its reader died (out of memory?)") in summary.failed
    assert summary.written == ["reports/wex/ilacs-2023-2024-06-03"]
    assert len(summary.failed) == 4


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    reports: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(reports, data)
    before = files(data)
    paper(reports / "a.pdf", "8 to 19 May 2023", "Care plans for gulls.")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        build(reports, data)
    assert files(data) == before


def test_folders_that_cannot_be_used(tmp_path: Path, data: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        build(tmp_path / "nowhere", data)
    (tmp_path / "bare").mkdir()
    with pytest.raises(SourceError, match=r"no reports \(\*.pdf\) in this folder"):
        build(tmp_path / "bare", data)
    assert not (data / "reports").exists()


def test_a_folder_without_permission_is_named(
    reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def closed(path: str | os.PathLike[str]) -> object:
        if Path(path).name == "deep":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    paths, refused = find_reports(reports)
    assert [path.name for path in paths] == ["a.pdf", "empty.pdf", "page.pdf", "tides.pdf"]
    assert [reason for _, reason in refused] == [
        f"{reports / 'deep'}: cannot be read: permission denied"
    ]
    with pytest.raises(SourceError, match="cannot be read: permission denied"):
        find_reports(reports / "deep")


def test_no_bar_where_there_is_no_terminal(
    reports: Path, data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    build(reports, data)
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_one_report_for_printing(
    reports: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data.parent / "ontology").symlink_to(ROOT / "ontology")
    monkeypatch.setenv("OFSTED_KG_HOME", str(data.parent))
    path = reports / "a.pdf"
    report = read_report(path)
    assert report.authority == "Wexcombe Borough"
    assert report.recommendations[0].text == "The reading of tide charts."
    plain = report_as_turtle(path)[0].decode()
    assert "assessment/WEX/" in plain
    assert "tide charts" not in plain
    assert "tide charts" in report_as_turtle(path, with_text=True)[0].decode()


def test_a_grade_that_does_not_add_up_is_told_everywhere_and_stated_nowhere(
    tmp_path: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (data.parent / "ontology").symlink_to(ROOT / "ontology")
    monkeypatch.setenv("OFSTED_KG_HOME", str(data.parent))
    (tmp_path / "odd").mkdir()
    sheet = Paper()
    ilacs_cover(sheet, GRADES, "Inspection dates: 8 to 19 May 2023", "Lead inspector: Ida Fern")
    sheet.add_page()
    sheet.heading(f"{LEADERS}: inadequate")
    sheet.numbered(1, "Lamps are lit.")
    path = sheet.save(tmp_path / "odd" / "odd.pdf")
    note = "judgements: leaders is 'good' in the table but 'inadequate' in a heading on page 2"

    for form in ("turtle", "json"):
        assert main(["read", str(path), "--format", form]) == 0
        printed = capsys.readouterr()
        assert f"ofsted-kg: odd.pdf: {note}" in printed.err.splitlines()
        if form == "turtle":
            assert "/help-and-protection" in printed.out
            assert "/leaders" not in printed.out
    record = read_report(path).to_record()
    assert note in record["warnings"]
    assert [one["is_doubtful"] for one in record["judgements"]] == [True, *[False] * 4]
    summary = build(tmp_path / "odd", data)
    assert ("odd.pdf", note) in summary.notes
    assert summary.totals["ilacs-2023"].judgements == 4
    assert f"note: odd.pdf: {note}" in summary.lines()


def test_a_report_that_cannot_be_placed_is_named(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data.parent / "ontology").symlink_to(ROOT / "ontology")
    monkeypatch.setenv("OFSTED_KG_HOME", str(data.parent))
    (data / "reference" / "authorities.ttl").write_text("", encoding="utf-8")
    path = paper(tmp_path / "lost.pdf", "8 to 19 May 2023")
    with pytest.raises(SourceError, match=r"^lost.pdf: 'Wexcombe Borough' is no authority"):
        report_as_turtle(path)


@pytest.mark.national
def test_the_built_reports_are_lean_and_cited_apart() -> None:
    """What the project carries: facts, positions and digests of the catalogue's 475 files, less
    one that is a web page under the name of a PDF, and of 75 on partnerships. Surrey's board
    has a report of its own. A report has about a hundred passages of 600 bytes each.
    """
    built = sorted((ROOT / "data" / "reports").rglob("*.ttl"))
    assert len(built) == 475 - 1 + 75
    assert sum(path.stat().st_size for path in built) < 70_000 * len(built)
    titles: list[str] = []
    for path in built:
        content = path.read_text(encoding="utf-8")
        titles += {line.strip(" ;\t.") for line in content.splitlines() if "shortTitle" in line}
        assert "dcterms:description" not in content
        assert "skos:note" not in content
        assert re.match(r"# Generated by `ofsted-kg build --reports`: file \w{64}\n", content)
    assert len(set(titles)) == len(built)


@pytest.mark.national
def test_a_second_build_of_the_real_reports_changes_nothing(shared: Path, tmp_path: Path) -> None:
    """Four reports of three frameworks, read again into an empty folder."""
    chosen = [
        "80418-norfolk/2013-08-16.pdf",
        "80491-camden/2017-11-24.pdf",
        "80488-bexley/2023-03-24.pdf",
        "80577-west-berkshire/2015-05-18.pdf",
    ]
    folder, data = tmp_path / "reports", tmp_path / "data"
    for name in chosen:
        source = shared / "reports" / name
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(source, folder / name)
    for part in ("reference", "releases"):
        (data / part).parent.mkdir(exist_ok=True)
        shutil.copytree(ROOT / "data" / part, data / part)
    summary = build(folder, data)
    assert len(summary.written) == len(chosen)
    for name, content in files(data).items():
        kept = (ROOT / "data" / "reports" / name).read_bytes()
        assert content.partition(b"\n")[2] == kept.partition(b"\n")[2], name


def test_a_catalogue_gives_days_and_addresses_to_reports_that_print_none(
    reports: Path, data: Path
) -> None:
    catalogue = reports / "catalogue.csv"
    digest = sha256((reports / "a.pdf").read_bytes()).hexdigest()
    address = "https://files.ofsted.gov.uk/v1/file/1"

    def built(day: str) -> str:
        row = f"{digest},{day},{address}"
        catalogue.write_text(f"sha256,published_on_web,address\n{row}\n", encoding="utf-8")
        found = build_reports(reports, data, 1, progress=False)
        return next(
            (data / f"{name}.ttl").read_text(encoding="utf-8")
            for name in (*found.written, *found.unchanged)
            if "2023-05-08" in name
        )

    first = built("2023-06-30")
    assert 'okg:publishedOn "2023-06-30"^^xsd:date' in first
    assert "okg:takesPublicationFrom <publication-basis/page>" in first
    assert f"foaf:page <{address}>" in first
    # What is said of a file is part of what is remembered.
    assert 'okg:publishedOn "2023-07-01"^^xsd:date' in built("2023-07-01")
    # The fieldwork ended on 19 May: the page of another report.
    assert "okg:publishedOn" not in built("2023-05-18")


@pytest.mark.national
def test_a_board_reviewed_in_a_report_of_its_own_is_one_assessment(
    shared: Path, tmp_path: Path
) -> None:
    """Surrey's, page 1: reviewed from 15 to 17 June 2015, published on 3 August, on its own."""
    folder, data = tmp_path / "reports", tmp_path / "data"
    folder.mkdir()
    shutil.copy(shared / "reports/80567-surrey/2015-08-03.pdf", folder)
    for part in ("reference", "releases"):
        (data / part).parent.mkdir(exist_ok=True)
        shutil.copytree(ROOT / "data" / part, data / part)
    build(folder, data)
    [(name, content)] = files(data).items()
    assert name == "sry/lscb-2013-2015-08-03.ttl"
    lines = [line.strip(" .;") for line in content.decode().splitlines()]
    kinds = [line for line in lines if line.startswith("dcterms:type assessment-kind")]
    assert kinds == ["dcterms:type assessment-kind:board-review"]
    assert lines.count('okg:publishedOn "2015-08-03"^^xsd:date') == 1
