"""Words behind statements: looked up in the reader's own copies, and checked by digest."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path

import pyoxigraph as ox

from ofsted_kg.errors import NotFoundError, OfstedKgError, SourceError
from ofsted_kg.store import PARAMETERS_MARK, Store, select
from ofsted_kg.texts.passages import read_text, sha256_of_text
from ofsted_kg.texts.pieces import Piece, around, words_of

_PASSAGES = f"""
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT ?passage ?title ?sha256 ?locator ?start ?end ?digest ?from ?until
WHERE {{
  {PARAMETERS_MARK}
  %s
  ?passage oa:hasSource ?text ; oa:hasSelector ?position ; okg:locator ?locator .
  ?text okg:textSha256 ?sha256 ; okg:isRenditionOf/bibo:shortTitle ?title .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL {{ ?passage okg:spanSha256 ?digest }}
  OPTIONAL {{ ?passage okg:leavesOut ?gap . ?gap oa:start ?from ; oa:end ?until }}
}}
ORDER BY ?title ?start ?passage ?sha256 ?locator ?end ?digest ?from
"""
_ONE_PASSAGE = ("passage", "title", "locator", "sha256", "start", "end", "digest")
_STATED = """{ ?statement okg:isStatedIn|okg:isRepeatedIn ?passage }
  UNION { ?statement oa:hasSelector ?any . BIND(?statement AS ?passage) }"""


@dataclass(frozen=True)
class Citation:
    """The exact words of one passage; `source` is what a person would cite."""

    source: str
    words: str


@dataclass(frozen=True)
class _Passage:
    """A passage on record: its document, and the pieces of the text it is made of."""

    iri: str
    title: str
    locator: str
    sha256: str
    digest: str | None
    pieces: tuple[Piece, ...]

    def words(self, text: str) -> str | None:
        """Its words in a text; None where its pieces do not lie in that, one after the other."""
        edges = [edge for piece in self.pieces for edge in piece]
        if edges[0] < 0 or edges[-1] > len(text) or any(a >= b for a, b in pairwise(edges)):
            return None
        return words_of(self.pieces, text)

    def fits(self, words: str | None) -> bool:
        """Whether words have the digest on record."""
        return words is not None and sha256_of_text(words) == self.digest


@dataclass
class DocumentCheck:
    """How the passages of one document fared; `wrong` lists the passages that do not hold."""

    title: str
    passages: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Verification:
    """All documents at hand, the titles of those that are not, and files that are none of them."""

    checked: tuple[DocumentCheck, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether something was checked and nothing was wrong."""
        wrong = any(check.wrong for check in self.checked)
        return bool(self.checked) and not wrong and not self.unknown

    def to_text(self) -> str:
        """A line per document, then one for each wrong passage and for what is absent."""
        lines = [
            f"{check.title}: {check.passages} passages, {len(check.wrong)} wrong"
            for check in self.checked
        ]
        lines += [f"wrong: {passage}" for check in self.checked for passage in check.wrong]
        lines += [f"{file}: is no text that the graph encodes; changed?" for file in self.unknown]
        if self.absent:
            shown = "; ".join(self.absent[:5]) + ("; …" if len(self.absent) > 5 else "")
            lines.append(f"not at hand, so not checked: {len(self.absent)} documents ({shown})")
        return "\n".join(lines) + "\n"


class Copies:
    """The reader's copies in a folder, by the SHA-256 of their text."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise OfstedKgError(f"{folder}: no such folder; name the one with your copies")
        self._folder = folder

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {sha256: text for sha256, text, _ in self._documents if sha256}

    @cached_property
    def _documents(self) -> list[tuple[str, str, Path]]:
        """Digest, text and path of each text file; no digest where it cannot be read."""
        found = []
        for path in sorted(self._folder.rglob("*.txt")):
            try:
                document = read_text(path)
            except SourceError:
                found.append(("", "", path))
            else:
                found.append((document.sha256, document.text, path))
        return found

    def strangers(self, known: set[str]) -> list[str]:
        """The text files whose digest is not among the known ones."""
        return [path.name for sha256, _, path in self._documents if sha256 not in known]

    @cached_property
    def _reports(self) -> dict[str, str]:
        return dict(_report_texts(self._folder))

    def text(self, sha256: str) -> str | None:
        """The text with this digest; reports are read only when no text document has it."""
        return self._texts.get(sha256) or self._reports.get(sha256)


def _report_texts(folder: Path) -> Iterator[tuple[str, str]]:
    from ofsted_kg.texts.pdf import read_pdf

    for path in sorted(folder.rglob("*.pdf")):
        try:
            document = read_pdf(path)
        except SourceError:
            continue  # not a readable report, so no passage can rest on it
        yield document.text_sha256, document.text


def cite(store: Store, statement: str, documents: Path) -> list[Citation]:
    """The exact words of every passage that a statement (or passage) rests on.

    Raises NotFoundError where nothing in the graph has this IRI, SourceError where no
    copy at hand is the text that was encoded.
    """
    if not statement.startswith("http"):
        raise OfstedKgError(f"{statement}: give the IRI of a statement, as `show` prints it")
    copies = Copies(documents)
    found = _query(store, _STATED, {"statement": [_node(statement)]})
    citations = []
    for passage in found:
        text = copies.text(passage.sha256)
        if text is None:
            raise SourceError(
                f"{documents}: no file is the text of “{passage.title}” that was encoded "
                f"(SHA-256 {passage.sha256})"
            )
        words = passage.words(text)
        if words is None or (passage.digest is not None and not passage.fits(words)):
            raise SourceError(f"{passage.iri}: the words do not fit the digest on record")
        citations.append(Citation(f"{passage.title}, {passage.locator}", words))
    if not citations:
        raise NotFoundError(f"{statement}: no passage of a document is on record for it")
    return citations


def verify(store: Store, documents: Path) -> Verification:
    """Re-reads every passage of the documents at hand and compares digests."""
    copies = Copies(documents)
    checks: dict[str, DocumentCheck] = {}
    known: set[str] = set()
    absent: dict[str, None] = {}
    for passage in _query(store, "", {}):
        known.add(passage.sha256)
        text = copies.text(passage.sha256)
        if text is None:
            absent[passage.title] = None
            continue
        check = checks.setdefault(passage.title, DocumentCheck(passage.title))
        check.passages += 1
        if not passage.fits(passage.words(text)):
            check.wrong.append(passage.iri)
    if not checks:
        raise SourceError(f"{documents}: no file here is a text that the graph encodes")
    return Verification(tuple(checks.values()), tuple(absent), tuple(copies.strangers(known)))


def _query(store: Store, pattern: str, bound: dict[str, list[ox.NamedNode]]) -> Iterator[_Passage]:
    """The passages that a pattern finds, each once, in the order of their documents."""
    rows = select(store, _PASSAGES % pattern, bound)
    for _, group in groupby(rows, key=lambda row: [row[name] for name in _ONE_PASSAGE]):
        first, *more = group
        gaps = {
            (int(row["from"].value), int(row["until"].value))
            for row in (first, *more)
            if row["from"]
        }
        yield _Passage(
            iri=first["passage"].value,
            title=first["title"].value,
            locator=first["locator"].value,
            sha256=first["sha256"].value,
            digest=first["digest"].value if first["digest"] else None,
            pieces=around(int(first["start"].value), int(first["end"].value), gaps),
        )


def _node(value: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(value)
    except ValueError:
        raise OfstedKgError(f"{value}: not an IRI") from None
