"""Reports come into a folder of one's own, checked by digest; nothing else does, nor is replaced.

The graph is made up, its addresses are those of a server on loopback.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from ofsted_kg import collecting
from ofsted_kg.collecting import Collected, collect
from ofsted_kg.errors import NotFoundError, OfstedKgError
from ofsted_kg.fetching.client import Pace
from ofsted_kg.store.embedded import EmbeddedStore
from tests.conftest import TURTLE_PREFIXES, unprivileged
from tests.fetching.site import Reply, Site, html

QUICK = Pace(pause=0, backoff=0, timeout=2, longest_answer=5, longest_wait=30, largest_file=5000)
PDF_TYPE = {"Content-Type": "application/pdf"}

pytestmark = pytest.mark.usefixtures("loopback_only")


def pdf(words: str) -> bytes:
    return f"%PDF-1.7\n{words}\n%%EOF\n".encode()


FIRST, SECOND = pdf("first"), pdf("second")


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


@pytest.fixture
def site(site: Site) -> Site:
    site.replies["/v1/file/1"] = (200, PDF_TYPE, FIRST)
    site.replies["/v1/file/2"] = (200, PDF_TYPE, SECOND)
    return site


def report(name: str, about: str, title: str, day: str, more: str = "") -> str:
    """A report on an inspection of an authority, as Turtle; `more` is said of the report."""
    return f"""
ex:{name}-held okg:inspectsAuthority ex:{about} ; okg:isConductedUnder ex:framework ;
    okg:publishedOn "{day}"^^xsd:date .
ex:{name} okg:reportsOn ex:{name}-held ; bibo:shortTitle "{title}" {more} .
ex:{name}-text okg:isRenditionOf ex:{name} ; okg:textSha256 "{digest(name.encode())}" .
"""


def world(base: str, more: str = "") -> str:
    """Ayton has two reports that can be fetched, one without an address and one not read."""

    def at(number: int, content: bytes) -> str:
        return f'; foaf:page <{base}/v1/file/{number}> ; okg:fileSha256 "{digest(content)}"'

    return f"""{TURTLE_PREFIXES}
ex:framework skos:prefLabel "Harbour inspection" .
ex:ayton a okg:LocalAuthority ; skos:prefLabel "Ayton" ; skos:altLabel "Port of Ayton" ;
    dcterms:title "Ayton Council" ; foaf:isPrimaryTopicOf <https://wiki.example/Ayton> ,
    <{base}/provider/44/80001> .
ex:beeham a okg:LocalAuthority ; skos:prefLabel "Beeham" ; dcterms:title "Beeham Council" .
ex:cedale a okg:LocalAuthority ; skos:prefLabel "Cedale" ; dcterms:title "Cedale Council" .
{report("one", "ayton", "Ayton report 2019", "2019-05-02", at(1, FIRST))}
{report("two", "ayton", "Ayton report 2023", "2023-11-30", at(2, SECOND))}
{report("joint", "ayton", "Ayton joint report", "2020-01-31", f'; okg:fileSha256 "{"0" * 64}"')}
ex:new okg:inspectsAuthority ex:ayton ; okg:isConductedUnder ex:framework ;
    okg:fieldworkStart "2026-02-03"^^xsd:date ; foaf:page <{base}/v1/file/9> .
{more}"""


Asked = Callable[..., Collected]


@pytest.fixture
def ask(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Collects of the made-up graph into the folder `mine`."""
    monkeypatch.setenv("OFSTED_KG_CACHE", str(tmp_path / "cache"))
    table = site.table(tmp_path / "online.csv")

    def asked(
        *names: str,
        to: Path | None = None,
        dry: bool = False,
        pace: Pace = QUICK,
        more: str = "",
        tell: Callable[[str], None] = lambda line: None,
    ) -> Collected:
        store = ox.Store()
        store.load(world(site.base, more).encode(), format=ox.RdfFormat.TURTLE)
        folder = to or tmp_path / "mine"
        return collect(
            EmbeddedStore(store),
            names or ["Ayton"],
            folder,
            dry_run=dry,
            pace=pace,
            addresses=table,
            tell=tell,
        )

    return asked


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_reports_are_fetched_and_what_cannot_be_is_named(
    site: Site, ask: Asked, mine: Path
) -> None:
    told: list[str] = []
    done = ask(tell=told.append)
    assert files(mine) == {
        "ayton/2019-05-02-ayton-report-2019.pdf": FIRST,
        "ayton/2023-11-30-ayton-report-2023.pdf": SECOND,
    }
    base = site.base
    assert told == [
        f"not fetched: Ayton joint report, 2020-01-31: no address on record; look on"
        f" {base}/provider/44/80001",
        f"not fetched: Ayton: Harbour inspection, inspected 2026-02-03: {base}/v1/file/9: not read"
        " into the graph, so that nothing rests on it; update brings it in",
        f"fetching 1 of 2: Ayton report 2019, 2019-05-02: {base}/v1/file/1",
        f"fetching 2 of 2: Ayton report 2023, 2023-11-30: {base}/v1/file/2",
    ]
    assert not done.problems
    assert done.lines() == [
        f"{mine}: 2 fetched, 0 held, 2 cannot be fetched",
        f"now: ofsted-kg ask findings --authority Ayton --words {mine}",
    ]
    assert list(site.counts()) == ["/robots.txt", "/v1/file/1", "/v1/file/2"]
    assert all(one["User-Agent"].startswith("ofsted-kg/") for one in site.headers)


def test_a_dry_run_asks_nobody_and_writes_nothing(site: Site, ask: Asked, mine: Path) -> None:
    mine.mkdir()
    (mine / "any name.pdf").write_bytes(FIRST)
    told: list[str] = []
    done = ask(dry=True, tell=told.append)
    held = f"held: Ayton report 2019, 2019-05-02: {site.base}/v1/file/1: {mine}/any name.pdf"
    would = f"would fetch Ayton report 2023, 2023-11-30: {site.base}/v1/file/2"
    assert {held, would} < set(told) and len(told) == 4
    assert done.lines(dry_run=True) == [f"{mine}: 1 would be fetched, 1 held, 2 cannot be fetched"]
    assert not site.asked
    assert files(mine) == {"any name.pdf": FIRST}


def test_what_is_held_under_any_name_is_not_fetched(site: Site, ask: Asked, mine: Path) -> None:
    (mine / "deep/er").mkdir(parents=True)
    (mine / "deep/er/X.PDF").write_bytes(SECOND)
    assert len(ask().held) == 1
    site.counts()
    done = ask()
    assert (done.new, len(done.held)) == ([], 2)
    assert not site.asked
    assert done.lines() == [f"{mine}: 0 fetched, 2 held, 2 cannot be fetched"]


def test_a_report_held_as_text_or_without_an_address_is_held(ask: Asked, mine: Path) -> None:
    mine.mkdir()
    (mine / "report.txt").write_bytes(b"joint")  # whose digest is that of the text on record
    assert ask(dry=True).held == ["Ayton joint report, 2020-01-31"]


def test_a_spoiled_copy_is_fetched_beside_and_left(ask: Asked, mine: Path) -> None:
    ask()
    spoiled = mine / "ayton/2019-05-02-ayton-report-2019.pdf"
    spoiled.write_bytes(b"%PDF-1.7 notes of mine")
    assert len(ask().new) == 1
    other = mine / f"ayton/2019-05-02-ayton-report-2019-{digest(FIRST)[:12]}.pdf"
    assert (spoiled.read_bytes(), other.read_bytes()) == (b"%PDF-1.7 notes of mine", FIRST)
    other.write_bytes(b"%PDF-1.7 more notes")
    (problem,) = ask().problems
    assert problem.endswith("is there and is another file: left as it is (Ayton report 2019)")
    assert other.read_bytes() == b"%PDF-1.7 more notes"


def test_two_reports_of_one_name_stand_side_by_side(site: Site, ask: Asked, mine: Path) -> None:
    third = pdf("third")
    site.replies["/v1/file/3"] = (200, PDF_TYPE, third)
    page = f'; foaf:page <{site.base}/v1/file/3> ; okg:fileSha256 "{digest(third)}"'
    ask(more=report("three", "ayton", "Ayton report 2019", "2019-05-02", page))
    name = "ayton/2019-05-02-ayton-report-2019"
    assert {FIRST, third} == {
        content for path, content in files(mine).items() if path.startswith(name)
    }


def test_one_file_of_two_reports_is_kept_once(site: Site, ask: Asked, mine: Path) -> None:
    page = f'; foaf:page <{site.base}/v1/file/1> ; okg:fileSha256 "{digest(FIRST)}"'
    done = ask(more=report("again", "ayton", "Ayton board review 2019", "2019-05-02", page))
    assert not done.problems
    assert sorted(files(mine).values()) == [FIRST, SECOND]
    assert site.counts()["/v1/file/1"] == 1


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("../../../etc/passwd", "ayton/2019-06-01-etc-passwd.pdf"),
        ("Größe & Maß’s", "ayton/2019-06-01-grosse-and-masss.pdf"),
        ("\\u0000\\u001b[2J", "ayton/2019-06-01-2j.pdf"),
        ("x" * 400, f"ayton/2019-06-01-{'x' * 89}.pdf"),
        ("港", "ayton/2019-06-01.pdf"),
    ],
)
def test_an_odd_title_makes_a_plain_name(
    site: Site, ask: Asked, mine: Path, title: str, expected: str
) -> None:
    third = pdf("third")
    site.replies["/v1/file/3"] = (200, PDF_TYPE, third)
    page = f'; foaf:page <{site.base}/v1/file/3> ; okg:fileSha256 "{digest(third)}"'
    told: list[str] = []
    ask(more=report("odd", "ayton", title, "2019-06-01", page), tell=told.append)
    assert files(mine)[expected] == third
    assert all(line.isprintable() for line in told)


@pytest.mark.parametrize(
    "address",
    [
        "{base}/v1/file/../../x",
        "{base}/v1/file/1%2F..%2F..%2Fx",
        "{base}/v1/file/1%00",
        "{base}/v1/file/" + "1" * 300,
        "{base}/elsewhere/1",
        "http://files.example/v1/file/1",
        "file:///etc/passwd",
        "ftp://127.0.0.1/v1/file/1",
    ],
)
def test_an_odd_address_is_not_asked(site: Site, ask: Asked, mine: Path, address: str) -> None:
    page = f'; foaf:page <{address.format(base=site.base)}> ; okg:fileSha256 "{"1" * 64}"'
    done = ask("Beeham", more=report("odd", "beeham", "Odd", "2019-06-01", page))
    assert [line.endswith("v1/file/{number}") for line in done.without] == [True]
    assert not site.asked and not mine.exists()


def test_without_a_digest_nothing_is_fetched(site: Site, ask: Asked, mine: Path) -> None:
    page = f"; foaf:page <{site.base}/v1/file/1>"
    done = ask("Beeham", more=report("odd", "beeham", "Odd", "2019-06-01", page))
    assert done.without[0].endswith("no digest of its file on record, by which to check one")
    assert not site.asked and not mine.exists()


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (html("gone", 404), "answers 404"),
        (html("<html>sign in</html>"), "answers with a web page, not a PDF: not kept"),
        ((200, PDF_TYPE, b"GIF89a"), "answers with no PDF: not kept"),
        ((200, PDF_TYPE, b""), "answers with no PDF: not kept"),
        ((200, PDF_TYPE, FIRST[:-7]), "answers with a PDF that is cut short: not kept"),
        ((200, PDF_TYPE, FIRST + b" " * 6000), "is larger than 5000 bytes: refused"),
        ((200, {**PDF_TYPE, "Content-Length": "9000"}, FIRST), "cannot be had whole"),
        (html("", 302, Location="http://other.example/x"), "another place, http://other.example/x"),
        (html("", 302, Location="file:///etc/passwd"), "another place"),
        (html("", 302, Location="https://127.0.0.1/v1/file/2"), "another place"),
        (html("", 302, Location="/v1/file/1"), "without end"),
        (html("", 302, Location="/v1/file/2"), "another file than was read into the graph"),
        ((200, PDF_TYPE, pdf("corrected")), "another file than was read into the graph (SHA-256"),
    ],
)
def test_what_is_not_the_report_is_told_and_not_kept(
    site: Site, ask: Asked, mine: Path, reply: Reply, said: str
) -> None:
    site.replies["/v1/file/1"] = reply
    done = ask(pace=Pace(pause=0, backoff=0, timeout=0.3, tries=2, largest_file=5000))
    (problem,) = done.problems
    assert problem.startswith(f"{site.base}/v1/file/1: ")
    assert said in problem and problem.endswith("(Ayton report 2019)")
    assert problem.isprintable()
    assert files(mine) == {"ayton/2023-11-30-ayton-report-2023.pdf": SECOND}
    assert done.lines()[0] == f"{mine}: 1 fetched, 0 held, 2 cannot be fetched, 1 missed"


def test_a_busy_server_is_asked_again(site: Site, ask: Asked, mine: Path) -> None:
    answers = iter([(429, {"Retry-After": "0"}, b""), (503, dict[str, str](), b"")])
    site.replies["/v1/file/1"] = lambda: next(answers, (200, PDF_TYPE, FIRST))
    assert not ask().problems
    assert site.counts()["/v1/file/1"] == 3
    assert len(files(mine)) == 2


def test_a_server_that_wants_no_more_ends_the_run(site: Site, ask: Asked, mine: Path) -> None:
    site.replies["/v1/file/1"] = (429, {"Retry-After": "99999"}, b"")
    done = ask()
    (problem,) = done.problems
    assert "asks to wait 99999 seconds" in problem
    assert done.lines() == [f"{mine}: 0 fetched, 0 held, 2 cannot be fetched, 2 missed"]
    assert problem.endswith("1 more were not asked for, run it again")
    assert "/v1/file/2" not in site.counts()
    assert not files(mine)


def test_robots_are_obeyed(site: Site, ask: Asked, mine: Path) -> None:
    site.replies["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /v1\n")
    (problem,) = ask().problems
    assert "robots.txt asks not to fetch this" in problem
    assert list(site.counts()) == ["/robots.txt"]


def test_whom_a_name_means_is_told(ask: Asked) -> None:
    both = 'ex:other a okg:LocalAuthority ; skos:prefLabel "Ayton" ; dcterms:title "Ayton Borough".'
    done = ask("ayton", dry=True, more=both)
    assert done.notes == ["ayton: two bodies bear this name: Ayton Borough and Ayton Council"]
    assert len(ask("Port of Ayton", dry=True).new) == 2
    assert len(ask("Ayton", "port of ayton", dry=True).new) == 2


def test_an_authority_without_reports_is_told(ask: Asked) -> None:
    with pytest.raises(NotFoundError, match="Cedale: the graph has no report on this authority"):
        ask("Cedale")
    done = ask("Cedale", "Ayton", dry=True)
    assert len(done.new) == 2
    assert [problem.partition(":")[0] for problem in done.problems] == ["Cedale"]


def test_an_inspection_that_a_successor_lists_is_among_its_reports(ask: Asked) -> None:
    listed = "ex:graded okg:concernsAuthority ex:beeham ; okg:isReachedIn ex:two-held ."
    assert [line.partition(",")[0] for line in ask("Beeham", dry=True, more=listed).new] == [
        "Ayton report 2023"
    ]


@pytest.mark.parametrize("names", [["Nowhere"], [""], ["\x00"]])
def test_a_name_that_is_none_is_refused(site: Site, ask: Asked, names: list[str]) -> None:
    with pytest.raises(OfstedKgError, match="authority: nothing is called"):
        ask(*names)
    assert not site.asked


def test_a_folder_that_is_a_file_is_refused(site: Site, ask: Asked, mine: Path) -> None:
    mine.write_text("x")
    with pytest.raises(OfstedKgError, match=r"mine: is no folder$"):
        ask()
    assert not site.asked


def test_a_folder_below_a_file_is_refused(site: Site, ask: Asked, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OfstedKgError, match="within: cannot be written: not a directory"):
        ask(to=tmp_path / "file/within")
    assert not site.asked


def test_a_file_in_the_place_of_the_folder_of_an_authority(ask: Asked, mine: Path) -> None:
    mine.mkdir()
    (mine / "ayton").write_text("x")
    with pytest.raises(OfstedKgError, match="ayton: cannot be written: file exists"):
        ask()
    assert (mine / "ayton").read_text() == "x"


def test_a_folder_that_takes_nothing_is_told_before_anything_is_asked(
    site: Site, ask: Asked, mine: Path
) -> None:
    mine.mkdir()
    with unprivileged(mine):
        mine.chmod(0o555)
        with pytest.raises(OfstedKgError, match="mine: cannot be written: permission denied"):
            ask()
    assert not site.asked


def test_a_full_disk_ends_the_run_and_leaves_nothing_half_written(
    site: Site, ask: Asked, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*names: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    link = os.link
    monkeypatch.setattr(os, "link", lambda a, b: link(a, b) if "2019" in str(b) else full())
    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OfstedKgError, match="ayton: cannot be written: no space left on device"):
        ask()
    assert list(files(mine)) == ["ayton/2019-05-02-ayton-report-2019.pdf"]


def test_the_folder_is_ofsted_reports_where_one_works() -> None:
    assert Path("ofsted-reports") == collecting.DEFAULT_FOLDER
