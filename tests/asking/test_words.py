"""The words behind rows, from made-up copies: found by digest, checked, and remembered."""

import os
from hashlib import sha256
from pathlib import Path

import fpdf
import pyoxigraph as ox
import pytest

from ofsted_kg.asking import copies
from ofsted_kg.asking.answers import Answer, Behind
from ofsted_kg.asking.copies import Copies
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.store.embedded import EmbeddedStore
from ofsted_kg.texts.pdf import read_pdf
from ofsted_kg.texts.sentences import without_mark
from tests.conftest import TURTLE_PREFIXES

# A paragraph over two pages whose second sentence crosses them, and an item of a list.
TEXT = (
    "1. Boats are counted. Every\nevening\n\n7\n\fTides of Wexcombe\n"
    "two wardens go\nround. Nets are mended.\n- Mend more nets.\n"
)
PIECES = ((0, TEXT.index("\n\n7")), (TEXT.index("two wardens"), TEXT.index("\n- Mend")))
SENTENCE = (TEXT.index("Every"), TEXT.index(" Nets"))
ITEM = (TEXT.index("- Mend"), len(TEXT) - 1)
EX = "https://example.org/"


def digest(words: str | bytes) -> str:
    return sha256(words.encode() if isinstance(words, str) else words).hexdigest()


def passage(name: str, pieces: tuple[tuple[int, int], ...], words: str) -> str:
    """A passage of the report as Turtle."""
    gap = "".join(
        f"ex:{name} okg:leavesOut ex:{name}-gap . ex:{name}-gap oa:start {a} ; oa:end {b} .\n"
        for a, b in [(pieces[0][1], pieces[-1][0])][: len(pieces) - 1]
    )
    return (
        f"ex:{name} oa:hasSource ex:text ; oa:hasSelector ex:{name}-place ;"
        f' okg:locator "{name}" ; okg:spanSha256 "{digest(words)}" .\n'
        f"ex:{name}-place oa:start {pieces[0][0]} ; oa:end {pieces[-1][1]} .\n{gap}"
    )


def answer(text: str = TEXT, file: str = "") -> Answer:
    """Rows that rest on a sentence, an item, a passage of another text, a cell and nothing."""
    paragraph = "\n".join(TEXT[a:b] for a, b in PIECES)
    of_file = f'ex:report okg:fileSha256 "{file}" .' if file else ""
    content = f"""{TURTLE_PREFIXES}
ex:report a okg:SourceDocument ; bibo:shortTitle "Report" . {of_file}
ex:text okg:isRenditionOf ex:report ; okg:textSha256 "{digest(text)}" .
{passage("paragraph", PIECES, paragraph)}{passage("item", (ITEM,), TEXT[slice(*ITEM)])}
{passage("changed", (ITEM,), "Mend fewer nets.")}
ex:other-text okg:isRenditionOf ex:other ; okg:textSha256 "{digest("elsewhere")}" .
ex:other bibo:shortTitle "Other report" .
ex:absent oa:hasSource ex:other-text ; oa:hasSelector ex:item-place ; okg:locator "absent" ;
    okg:spanSha256 "{digest("x")}" .
ex:asks okg:isStatedIn ex:item . ex:altered okg:isStatedIn ex:changed .
ex:away okg:isStatedIn ex:absent . ex:graded okg:isStatedIn ex:cell .
ex:both okg:isStatedIn ex:item , ex:absent . ex:twice okg:isStatedIn ex:item , ex:paragraph .
"""
    found = (
        f"{TURTLE_PREFIXES} <{EX}found/1.2> okg:isStatedIn ex:paragraph ;"
        f" okg:sentenceStart {SENTENCE[0]} ; okg:sentenceEnd {SENTENCE[1]} ."
    )
    store = ox.Store()
    store.load(content.encode(), format=ox.RdfFormat.TURTLE)
    kept = ox.NamedNode(f"{EX}findings")
    store.load(found.encode(), format=ox.RdfFormat.TURTLE, to_graph=kept)
    names = ["found/1.2", "asks", "twice", "altered", "away", "both", "graded", None]
    nodes = tuple(ox.NamedNode(EX + name) if name else None for name in names)
    rows = tuple((ox.Literal(number),) for number in range(len(nodes)))
    behind = Behind(EmbeddedStore(store), {"words": nodes})
    return Answer(("number",), rows, notes=("as before",), behind=behind)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of copies, beside a cache of its own."""
    monkeypatch.setenv("OFSTED_KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("ofsted_kg.rdf.files._TICK_SECONDS", -1)
    (tmp_path / "copies" / "within").mkdir(parents=True)
    return tmp_path / "copies"


def test_each_row_has_its_words_or_a_note_says_why_not(folder: Path) -> None:
    (folder / "within" / "any name.txt").write_bytes(TEXT.encode())
    told = answer().with_words(folder)
    assert told.columns == ("number", "words")
    assert [row["words"] for row in told.rows] == [
        "Every evening two wardens go round.",
        "Mend more nets.",
        "1. Boats are counted. Every evening two wardens go round. Nets are mended. | "
        "Mend more nets.",
        None,
        None,
        None,
        None,
        None,
    ]
    assert told.notes == (
        "as before",
        "words: 1 of 7 rows have none: the text of the copy has not the digest on record: "
        "Report, changed",
        "words: 2 of 7 rows have none: the document is in no folder given: Other report",
        "words: 1 of 7 rows have none: the row rests on no text of a document",
    )
    assert "wardens go round" in told.to_text("markdown")


def test_a_second_folder_is_searched_too(folder: Path) -> None:
    (folder / "within" / "report.txt").write_bytes(TEXT.encode())
    empty = folder / "empty"
    empty.mkdir()
    assert [row["words"] for row in answer().with_words(str(empty)).rows] == [None] * 8
    assert answer().with_words(empty, folder).rows[1]["words"] == "Mend more nets."


def test_what_cannot_be_read_is_told_where_words_are_missing(folder: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "page.pdf").write_bytes(b"<html>not found</html>")
    notes = answer().with_words(folder).notes
    assert notes[-1] == "not read: empty.pdf: is empty: fetch it again"


def test_a_copy_that_is_no_longer_a_pdf_takes_no_answer_away(folder: Path) -> None:
    """Known by its digest, but refused by the reader of reports."""
    (folder / "report.pdf").write_bytes(b"%PDF-1.4 cut short")
    told = answer(file=digest(b"%PDF-1.4 cut short")).with_words(folder)
    assert [row["words"] for row in told.rows] == [None] * 8
    (note,) = [note for note in told.notes if "cannot be read" in note]
    assert note.startswith("words: 4 of 7 rows have none: the copy cannot be read (report.pdf: is")


@pytest.mark.parametrize("named", ["no such folder", "file.txt"])
def test_what_is_no_folder_is_refused(folder: Path, named: str) -> None:
    (folder / "file.txt").touch()
    with pytest.raises(OfstedKgError, match=f"{named}: no such folder; name the one"):
        answer().with_words(folder / named)
    with pytest.raises(OfstedKgError, match="name a folder"):
        answer().with_words()


def test_an_answer_without_passages_has_no_words(folder: Path) -> None:
    bare = answer()._replace(behind=None)
    with pytest.raises(OfstedKgError, match="rest on no passage"):
        bare.with_words(folder)


def report(path: Path, words: str) -> str:
    """Writes a PDF of one line; gives its text."""
    paper = fpdf.FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.cell(text=words)
    paper.output(str(path))
    return read_pdf(path).text


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is hashed and read from now on."""
    calls: list[str] = []
    digest_of, read = copies._digest, read_pdf

    def hashed(path: Path) -> str:
        calls.append(f"hash {path.name}")
        return digest_of(path)

    def reading(path: Path) -> object:
        calls.append(f"read {path.name}")
        return read(path)

    monkeypatch.setattr(copies, "_digest", hashed)
    monkeypatch.setattr("ofsted_kg.texts.pdf.read_pdf", reading)
    return calls


def test_a_file_is_hashed_and_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = report(folder / "Report.PDF", "Nets are mended.")
    wanted, origin = digest(words), digest((folder / "Report.PDF").read_bytes())

    def text() -> str | None:
        return Copies([folder], {wanted: [origin]}).text(wanted)

    calls = counted(monkeypatch)
    assert text() == words
    assert calls == ["hash Report.PDF", "read Report.PDF"]
    assert text() == words
    assert len(calls) == 2
    # A file of another time is hashed again, and one that is another is not the report.
    os.utime(folder / "Report.PDF", (1, 1))
    assert text() == words
    assert calls[2:] == ["hash Report.PDF"]
    report(folder / "Report.PDF", "Nets are not mended.")
    assert text() is None


def test_a_name_that_is_no_text_is_no_hindrance(folder: Path) -> None:
    (folder / "report.txt").write_bytes(TEXT.encode())
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("elsewhere")
    except OSError:
        pytest.skip("this file system takes no such name")
    for _ in range(2):  # hashed, then remembered
        filled = answer().with_words(folder)
        assert filled.rows[0]["words"]


def test_a_damaged_cache_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = report(folder / "report.pdf", "Nets are mended.")
    wanted, origin = digest(words), digest((folder / "report.pdf").read_bytes())
    cache = folder.parent / "cache"
    for rubbish in (b"", b"{", b"[1]", b'{"x": 1}', b"\xff", b'{"x": ["a"]}', b"Nets"):
        for kept in (cache / "copies.json", cache / "texts" / wanted):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(rubbish)
        assert Copies([folder], {wanted: [origin]}).text(wanted) == words, rubbish
    assert (cache / "texts" / wanted).read_text() == words
    monkeypatch.setattr("ofsted_kg.asking.copies.write_bytes", _full_disk)
    for kept in (cache / "copies.json", cache / "texts" / wanted):
        kept.unlink()
    assert Copies([folder], {wanted: [origin]}).text(wanted) == words


def _full_disk(path: Path, content: bytes) -> bool:
    raise OSError("no space left")


def test_few_texts_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_MOST_TEXTS", 2)
    texts = [report(folder / f"{name}.pdf", f"{name} is mended.") for name in "abc"]
    origins = {
        digest(text): [digest((folder / f"{name}.pdf").read_bytes())]
        for name, text in zip("abc", texts, strict=True)
    }
    for at, wanted in enumerate(origins):
        assert Copies([folder], origins).text(wanted)
        os.utime(folder.parent / "cache" / "texts" / wanted, (at, at))
    kept = {path.name for path in (folder.parent / "cache" / "texts").iterdir()}
    assert kept == set(list(origins)[1:])


def test_cite_gives_a_sentence_alone(folder: Path) -> None:
    (folder / "report.txt").write_bytes(TEXT.encode())
    behind = answer().behind
    assert behind is not None
    (cited,) = KnowledgeGraph(behind.store).cite(f"{EX}found/1.2", folder)
    assert cited.source == "Report, paragraph, sentence 2"
    assert cited.words == "Every\nevening\ntwo wardens go\nround."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("■ Mend nets.", "Mend nets."),
        ("\uf0b7Mend nets.", "Mend nets."),
        (" – mend nets", "mend nets"),
        ("* mend nets", "mend nets"),
        ("o\tmend nets", "mend nets"),
        ("–5 degrees", "–5 degrees"),
        ("−5 degrees", "−5 degrees"),
        ("3.5 nets", "3.5 nets"),
        ("12. Nets", "12. Nets"),
        ("on nets", "on nets"),
        ("**Good**", "**Good**"),
        ("", ""),
    ],
)
def test_a_bullet_is_no_word(words: str, expected: str) -> None:
    assert without_mark(words) == expected
