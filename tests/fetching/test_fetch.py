"""Pages are asked politely, only what is new is fetched, and what changed is said."""

import csv
import gzip
import hashlib
import json
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.fetching.client import Client, Pace
from ofsted_kg.fetching.fetch import Fetched, Run
from ofsted_kg.fetching.known import Known
from ofsted_kg.fetching.shelf import Entry, Shelf
from tests.fetching.site import KNOWN, PDF, URNS, Site, html, link, ods

QUICK = Pace(pause=0, backoff=0, timeout=2, longest_answer=5, longest_wait=30, largest_file=5000)


pytestmark = pytest.mark.usefixtures("loopback_only")

Asked = Callable[..., Fetched]


@pytest.fixture
def ask(site: Site, tmp_path: Path) -> Asked:
    def asked(
        known: Known = KNOWN,
        pace: Pace = QUICK,
        *,
        dry: bool = False,
        sleep: list[float] | None = None,
    ) -> Fetched:
        addresses = site.addresses(tmp_path / "online.csv")
        waits = [] if sleep is None else sleep
        with Client(addresses, pace, sleep=waits.append) as client:
            run = Run(client, addresses, known, Shelf(tmp_path / "shelf"), dry=dry)
            return run.run(lambda line: None)

    return asked


def files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def test_what_is_new_is_fetched_with_a_catalogue(site: Site, ask: Asked, tmp_path: Path) -> None:
    found = ask()
    assert not found.problems
    assert len(found.new) == 4
    shelf = tmp_path / "shelf"
    assert files(shelf) == [
        "pages.json",
        "releases/outcomes_2026.ods",
        "reports/80001/1.pdf",
        "reports/80002/2.pdf",
        "reports/80003/3.pdf",
        "reports/catalogue.csv",
    ]
    with (shelf / "reports/catalogue.csv").open(encoding="utf-8", newline="") as lines:
        row = next(csv.DictReader(lines))
    assert row["file"] == "80001/1.pdf"
    assert (row["authority"], row["ofsted_urn"]) == ("Ayton", "80001")
    assert row["title_on_web"] == "Children's services inspection"
    assert row["published_on_web"] == "2023-10-27"
    assert (row["bytes"], row["sha256"]) == (str(len(PDF)), hashlib.sha256(PDF).hexdigest())
    assert row["address"] == f"{site.base}/v1/file/1"


def test_a_second_run_fetches_no_file_again(site: Site, ask: Asked, tmp_path: Path) -> None:
    for urn in URNS:
        status, headers, body = site.replies[f"/provider/44/{urn}"]  # type: ignore[misc]
        site.replies[f"/provider/44/{urn}"] = status, {**headers, "ETag": f'"{urn}"'}, body
    ask()
    before = files(tmp_path / "shelf")
    site.counts()
    found = ask()
    assert not found.new and not found.problems
    asked = site.counts()
    assert not [path for path in asked if path.startswith(("/v1", "/media"))]
    assert any(one.get("If-None-Match") == '"80001"' for one in site.headers)
    assert files(tmp_path / "shelf") == before


def test_what_the_graph_has_is_not_fetched(site: Site, ask: Asked) -> None:
    known = Known(URNS, frozenset({f"{site.base}/v1/file/2"}), {"outcomes_2026.ods": "0" * 64})
    assert len(ask(known).new) == 2
    assert not [
        path for path in site.counts() if path in ("/v1/file/2", "/media/1/outcomes_2026.ods")
    ]


def test_a_dry_run_lists_the_same_and_writes_nothing(ask: Asked, tmp_path: Path) -> None:
    dry = ask(dry=True)
    assert not (tmp_path / "shelf").exists()
    assert dry.new == ask().new


def test_a_file_that_was_spoiled_is_fetched_again(site: Site, ask: Asked, tmp_path: Path) -> None:
    ask()
    path = tmp_path / "shelf/reports/80002/2.pdf"
    path.write_bytes(PDF[:9])
    assert len(ask().new) == 1
    assert path.read_bytes() == PDF


def test_who_asks_says_so_and_rests(site: Site, ask: Asked) -> None:
    waits: list[float] = []
    ask(pace=Pace(pause=1.5), sleep=waits)
    agents = {one["User-Agent"] for one in site.headers}
    assert len(agents) == 1 and agents.pop().startswith("ofsted-kg/")
    assert len(waits) == len(site.headers) - 1
    assert all(1.3 < wait <= 1.5 for wait in waits)


def test_a_crawl_delay_is_kept(site: Site, ask: Asked) -> None:
    site.replies["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    waits: list[float] = []
    ask(pace=Pace(pause=1.0), sleep=waits)
    assert all(6.5 < wait <= 7 for wait in waits[1:])


@pytest.mark.parametrize(
    "rules", [b"User-agent: *\nDisallow: /\n", b"User-agent: ofsted-kg\nDisallow: /*start=\n"]
)
def test_robots_that_forbid_are_obeyed(site: Site, ask: Asked, rules: bytes) -> None:
    site.replies["/robots.txt"] = (200, {}, rules)
    found = ask()
    assert "robots.txt" in found.problems[0]
    assert list(site.counts()) == ["/robots.txt"]


@pytest.mark.parametrize("status", [401, 403])
def test_rules_that_cannot_be_read_forbid(site: Site, ask: Asked, status: int) -> None:
    site.replies["/robots.txt"] = (status, {}, b"")
    assert "nothing may be fetched" in ask().problems[0]
    assert list(site.counts()) == ["/robots.txt"]


def test_without_rules_all_may_be_asked(site: Site, ask: Asked) -> None:
    site.replies["/robots.txt"] = (404, {}, b"")
    assert len(ask().new) == 4


def test_a_busy_server_is_asked_again_when_it_says(site: Site, ask: Asked) -> None:
    answers = iter([(429, {"Retry-After": "9"}, b""), (503, {}, b"")])
    whole = (200, dict[str, str](), PDF)
    site.replies["/v1/file/1"] = lambda: next(answers, whole)
    waits: list[float] = []
    found = ask(pace=Pace(pause=0, backoff=4), sleep=waits)
    assert not found.problems
    assert site.counts()["/v1/file/1"] == 3
    longer = [wait for wait in waits if wait > 1]
    assert 8 < longer[0] <= 9 and 7 < longer[1] <= 8


def test_a_server_that_wants_no_more_ends_the_run_and_the_next_goes_on(
    site: Site, ask: Asked, tmp_path: Path
) -> None:
    whole = site.replies["/v1/file/2"]
    site.replies["/v1/file/2"] = (429, {}, b"")
    found = ask()
    assert "answers 429, 5 times" in found.problems[0]
    assert files(tmp_path / "shelf/reports") == ["80001/1.pdf", "catalogue.csv"]
    site.counts()
    site.replies["/v1/file/2"] = whole
    assert not ask().problems
    asked = site.counts()
    # Neither the file nor the pages that were asked before the end.
    assert not {"/v1/file/1", "/search", "/provider/44/80001", "/provider/44/80002"} & set(asked)
    assert (tmp_path / "shelf/reports/80003/3.pdf").read_bytes() == PDF


def test_one_file_that_is_broken_for_good_keeps_back_no_other(
    site: Site, ask: Asked, tmp_path: Path
) -> None:
    site.replies["/v1/file/1"] = (500, {}, b"")
    for _ in range(2):
        (problem,) = ask().problems
        assert "/v1/file/1: answers 500, 5 times" in problem
    assert "80003/3.pdf" in files(tmp_path / "shelf/reports")


def test_a_server_in_trouble_is_left_alone(site: Site, ask: Asked) -> None:
    for urn in URNS:
        site.replies[f"/provider/44/{urn}"] = (503, {}, b"")
    found = ask()
    assert len(found.problems) == 3
    assert found.problems[-1].endswith("the next run goes on from here")
    assert not [path for path in site.counts() if path.startswith("/content")]


def test_a_wait_of_hours_is_not_sat_out(site: Site, ask: Asked) -> None:
    site.replies["/search"] = (429, {"Retry-After": "999999999999"}, b"")
    waits: list[float] = []
    found = ask(sleep=waits)
    assert "asks to wait" in found.problems[0]
    assert sum(waits) < 30


def test_a_broken_run_goes_on(site: Site, ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the process is killed between two files."""
    keep = Shelf.keep

    def kept(self: Shelf, one: Entry, content: bytes) -> None:
        if one.file == "80003/3.pdf":
            raise KeyboardInterrupt
        keep(self, one, content)

    with monkeypatch.context() as broken:
        broken.setattr(Shelf, "keep", kept)
        with pytest.raises(KeyboardInterrupt):
            ask()
    site.counts()
    assert len(ask().new) == 2
    assert set(site.counts()) == {
        "/robots.txt",
        "/v1/file/3",
        "/content/collection",
        "/content/statistics/outcomes-2026",
        "/media/1/outcomes_2026.ods",
    }


PAGE = "/provider/44/80001"
SHEETS = "/media/1/outcomes_2026.ods"


@pytest.mark.parametrize(
    ("path", "reply", "said"),
    [
        (PAGE, html("<h1>Ayton</h1>"), "80001: has no link of class publication-link"),
        (PAGE, html(link("/v1/file/1", "Inspection, pdf - 31 June 2023")), "has no day"),
        (PAGE, html(link("/v1/file/1", "Inspection")), "has no day"),
        (PAGE, html(link("/v1/file/1", "Inspection, pdf - 1 May 2999")), "has no day"),
        (PAGE, (200, {"Content-Type": "application/pdf"}, PDF), "expected a web page"),
        (PAGE, html("gone", 404), "80001: answers 404"),
        (PAGE, html(link("file:///etc/passwd")), "is at file:///etc/passwd, not"),
        (PAGE, html(link("javascript:alert(1)")), "is at javascript:alert(1), not"),
        (PAGE, html(link("http://example.org/v1/file/1")), "is at http://example.org/v1/file/1"),
        (PAGE, html(link("//example.org/v1/file/1")), "is at http://example.org/v1/file/1"),
        (PAGE, html(link("/v1/file/../../../1")), "not"),
        (PAGE, html(link("/v1/file/1%2f..%2fx")), "not"),
        (PAGE, html(link("http://[::1")), "not"),
        (PAGE, html("", 302, Location="http://example.org/"), "another place, http://example.org/"),
        (PAGE, html("", 302, Location="file:///etc/passwd"), "another place"),
        (PAGE, html("", 302, Location="http://[::1"), "another place"),
        (PAGE, html("", 302, Location=PAGE), "without end"),
        ("/v1/file/1", html("<html>old"), "answers with a web page, not a PDF"),
        ("/v1/file/1", (200, {"Content-Type": "application/pdf"}, b"GIF89a"), "no PDF"),
        ("/v1/file/1", (200, {"Content-Type": "application/pdf"}, PDF[:15]), "cut short"),
        ("/v1/file/1", (200, {}, PDF + b" " * 6000), "is larger than 5000 bytes"),
        ("/content/collection", html("<html>"), "expected JSON"),
        (
            "/content/collection",
            (200, {"Content-Type": "application/json"}, b"[" * 9999),
            "no list",
        ),
        ("/content/collection", (200, {"Content-Type": "application/json"}, b"{}"), "no list"),
        (
            "/content/collection",
            (200, {"Content-Type": "application/json"}, b'{"links": {"documents": []}}'),
            "lists no edition whose title has",
        ),
        (
            "/content/statistics/outcomes-2026",
            (200, {"Content-Type": "application/json"}, b'{"details": {}}'),
            "has no spreadsheet",
        ),
        (SHEETS, html("<html>"), "is no spreadsheet"),
        (SHEETS, (200, {}, ods("made up")[:-9]), "a spreadsheet that is cut short"),
        (SHEETS, (200, {}, b"PK made up"), "a spreadsheet that is cut short"),
    ],
)
def test_a_page_that_changed_is_said_and_the_rest_is_fetched(
    site: Site, ask: Asked, tmp_path: Path, path: str, reply: object, said: str
) -> None:
    site.replies[path] = reply  # type: ignore[assignment]
    (problem,) = ask().problems
    assert said in problem
    assert site.base in problem
    assert "\n" not in problem
    assert {"reports/80002/2.pdf", "reports/80003/3.pdf"} <= set(files(tmp_path / "shelf"))


def test_a_truncated_download_is_tried_again_and_never_kept(
    site: Site, ask: Asked, tmp_path: Path
) -> None:
    site.replies["/v1/file/1"] = (200, {"Content-Length": "9000"}, PDF)
    found = ask(pace=Pace(pause=0, backoff=0, timeout=0.2, tries=2))
    assert "cannot be had whole" in found.problems[0]
    assert "80001/1.pdf" not in files(tmp_path / "shelf/reports")


def test_a_body_that_drips_is_given_up(site: Site, ask: Asked, tmp_path: Path) -> None:
    site.replies["/v1/file/1"] = (200, {"X-Drip": "0.1"}, PDF * 9)
    began = time.monotonic()
    (problem,) = ask(pace=Pace(pause=0, backoff=0, timeout=5, longest_answer=0.5)).problems
    assert "takes too long to come" in problem
    assert time.monotonic() - began < 5
    assert "80001/1.pdf" not in files(tmp_path / "shelf/reports")


def test_a_packed_body_is_bounded_as_unpacked(site: Site, ask: Asked) -> None:
    packed = gzip.compress(bytes(10_000_000))
    site.replies["/v1/file/1"] = (200, {"Content-Encoding": "gzip"}, packed)
    (problem,) = ask().problems
    assert "is larger than 5000 bytes" in problem


def test_a_spreadsheet_that_is_cut_short_is_told_until_it_comes_whole(
    site: Site, ask: Asked, tmp_path: Path
) -> None:
    whole = ods("made up")
    site.replies[SHEETS] = (200, {}, whole[:-9])
    for _ in range(3):
        (problem,) = ask().problems
        assert "cut short" in problem
        assert not (tmp_path / "shelf/releases").exists()
    site.replies[SHEETS] = (200, {}, whole)
    assert not ask().problems
    assert (tmp_path / "shelf/releases/outcomes_2026.ods").read_bytes() == whole
    site.counts()
    ask()
    assert SHEETS not in site.counts()


def test_a_spreadsheet_that_was_spoiled_is_fetched_again(
    site: Site, ask: Asked, tmp_path: Path
) -> None:
    ask()
    path = tmp_path / "shelf/releases/outcomes_2026.ods"
    path.write_bytes(path.read_bytes()[:40])
    assert len(ask().new) == 1
    assert path.read_bytes() == ods("made up")


def test_one_spreadsheet_that_cannot_be_had_keeps_back_no_other(
    site: Site, ask: Asked, tmp_path: Path
) -> None:
    attached = [site.attachment("outcomes_2026.ods"), site.attachment("other_2026.ods")]
    path = "/content/statistics/outcomes-2026"
    site.replies[path] = site.record(details={"attachments": attached})
    site.replies["/media/1/other_2026.ods"] = (200, {}, ods("other"))
    site.replies[SHEETS] = html("gone", 404)
    assert "answers 404" in ask().problems[0]
    assert files(tmp_path / "shelf/releases") == ["other_2026.ods"]


def test_pages_remembered_in_another_shape_are_asked_again(
    site: Site, ask: Asked, tmp_path: Path
) -> None:
    ask()
    state = tmp_path / "shelf/pages.json"
    held = json.loads(state.read_text())
    del held["shape"]
    state.write_text(json.dumps(held | {"since": time.time() - 9}))
    site.counts()
    assert not ask().problems
    assert site.counts()["/content/collection"] == 1


def test_a_hostile_name_of_a_release_is_refused(site: Site, ask: Asked, tmp_path: Path) -> None:
    names = ["../../x.ods", "..%2Fx.ods", ".x.ods", "x.ods\n", "x.exe", "x" * 300 + ".ods"]
    attachments = [site.attachment(name) for name in names]
    path = "/content/statistics/outcomes-2026"
    site.replies[path] = site.record(details={"attachments": attachments})
    found = ask()
    assert len(found.problems) == len(names) + 1  # and that none is left
    assert not (tmp_path / "shelf/releases").exists()


def test_words_of_a_page_cannot_command_a_terminal(site: Site, ask: Asked) -> None:
    site.replies[PAGE] = html(link("/v1/file/1", "\x1b[2JInspection\r\n, pdf - 27 October 2023"))
    found = ask()
    assert not any(c in line for line in found.new for c in "\x1b\r\n")


def test_without_a_connection_it_ends_at_once(
    site: Site, ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*words: object, **more: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    site.base = "http://reports.example"
    waits: list[float] = []
    (problem,) = ask(pace=Pace(), sleep=waits).problems
    assert "is there a connection to the internet?" in problem
    assert not waits


def test_a_search_without_authorities_ends_the_run(site: Site, ask: Asked) -> None:
    site.replies["/search"] = html("<p>New look!</p>")
    with pytest.raises(SourceError, match="3 expected: the page has changed; nothing was fetched"):
        ask()
    assert set(site.counts()) == {"/robots.txt", "/search"}


def test_an_authority_that_is_missing_or_new_is_said_and_fetched(site: Site, ask: Asked) -> None:
    site.replies["/provider/44/80009"] = html(link("/v1/file/9"))
    site.replies["/v1/file/9"] = (200, {}, PDF)
    pages = "".join(f'<a href="/provider/44/{urn}">x</a>' for urn in ("80001", "80002", "80009"))
    site.replies["/search"] = html(pages)
    found = ask()
    assert found.problems == [
        f"{site.base}/search?start=0&rows=100: 3 authorities listed, 3 expected;"
        " missing: Cedale (80003); not known here: 80009"
    ]
    assert len(found.new) == 5


def test_an_old_entry_that_is_a_web_page_is_not_asked_every_time(site: Site, ask: Asked) -> None:
    site.replies["/v1/file/1"] = html("<html>old")
    assert ask().problems
    site.counts()
    assert not ask().problems
    assert "/v1/file/1" not in site.counts()


def test_a_new_release_comes_with_those_it_is_joined_with(
    site: Site, ask: Asked, tmp_path: Path
) -> None:
    older = ods("older")
    site.replies["/content/collection"] = site.record(
        links={
            "documents": [
                site.edition("outcomes-2025", "2025-09-25T09:30:00Z"),
                site.edition("outcomes-2026"),
                {"base_path": "/statistics/fostering", "title": "Fostering in England"},
            ]
        }
    )
    path = "/content/statistics/outcomes-2025"
    attached = [site.attachment("outcomes_2025.ods"), site.attachment("other.ods")]
    site.replies[path] = site.record(details={"attachments": attached})
    site.replies["/media/1/outcomes_2025.ods"] = (200, {}, older)
    held = {"outcomes_2025.ods": hashlib.sha256(older).hexdigest()}
    assert not ask(Known(URNS, frozenset(), held)).problems
    assert files(tmp_path / "shelf/releases") == ["outcomes_2025.ods", "outcomes_2026.ods"]
    assert "/content/statistics/fostering" not in site.counts()


def test_a_release_that_is_not_the_one_of_the_graph_is_refused(site: Site, ask: Asked) -> None:
    attached = [site.attachment("outcomes_2026.ods"), site.attachment("outcomes_2025.ods")]
    path = "/content/statistics/outcomes-2026"
    site.replies[path] = site.record(details={"attachments": attached})
    site.replies["/media/1/outcomes_2025.ods"] = (200, {}, ods("rewritten"))
    found = ask(Known(URNS, frozenset(), {"outcomes_2025.ods": "0" * 64}))
    assert "is another file than the outcomes_2025.ods in the graph" in found.problems[0]
