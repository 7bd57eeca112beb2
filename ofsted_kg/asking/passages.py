"""Passages on record: where the words of a statement stand, and what their digest is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import pyoxigraph as ox

from ofsted_kg.store import PARAMETERS_MARK, Store, Term, select
from ofsted_kg.texts.passages import sha256_of_text
from ofsted_kg.texts.pieces import Piece, around, within, words_of

_PASSAGES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT ?statement ?passage ?title ?sha256 ?locator ?start ?end ?digest ?first ?last ?page
  ?from ?until
WHERE {
  %s
  ?passage oa:hasSource ?text ; oa:hasSelector ?position ; okg:locator ?locator .
  ?text okg:textSha256 ?sha256 ; okg:isRenditionOf/bibo:shortTitle ?title .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?passage okg:spanSha256 ?digest }
  OPTIONAL { ?passage okg:leavesOut ?gap . ?gap oa:start ?from ; oa:end ?until }
}
ORDER BY ?title ?start ?passage ?sha256 ?locator ?end ?digest ?first ?last ?page ?statement ?from
"""
_PLACE = ("passage", "title", "sha256", "locator", "start", "end", "digest")
_ONE = ("statement", *_PLACE, "first", "last", "page")
_PAGE = re.compile(r"page [0-9]+$")
# What a machine found is in graphs of its own, or in a store that unites its graphs. Each way
# begins with the statements asked for: engines do not carry them into it.
_STATED = f"""{{
    {PARAMETERS_MARK}
    ?statement okg:isStatedIn%s ?passage
    OPTIONAL {{ ?statement okg:sentenceStart ?first ; okg:sentenceEnd ?last
      OPTIONAL {{ ?statement okg:page ?page }} }} }}
  UNION
  {{
    {PARAMETERS_MARK}
    GRAPH ?kept {{ ?statement okg:isStatedIn ?passage ;
      okg:sentenceStart ?first ; okg:sentenceEnd ?last }}
    OPTIONAL {{ GRAPH ?kept {{ ?statement okg:page ?page }} }} }}
  UNION
  {{
    {PARAMETERS_MARK}
    ?statement oa:hasSelector ?any . BIND(?statement AS ?passage) }}"""
_FILES = """
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
SELECT ?sha256 ?file
WHERE { ?text okg:textSha256 ?sha256 ; okg:isRenditionOf/okg:fileSha256 ?file }
"""


@dataclass(frozen=True)
class Passage:
    """A passage on record: its document, and the pieces of the text it is made of.

    `sentence` is the stretch of it that is meant, where a statement rests on one sentence; the
    locator then names the page on which that sentence begins.
    """

    statement: str
    iri: str
    title: str
    locator: str
    sha256: str
    digest: str | None
    pieces: tuple[Piece, ...]
    sentence: Piece | None = None

    def words(self, text: str) -> str | None:
        """Its words in a text; None where its pieces do not lie in that, one after the other."""
        edges = [edge for piece in self.pieces for edge in piece]
        if edges[0] < 0 or edges[-1] > len(text) or any(a >= b for a, b in pairwise(edges)):
            return None
        return words_of(self.pieces, text)

    def fits(self, words: str | None) -> bool:
        """Whether words have the digest on record."""
        return words is not None and sha256_of_text(words) == self.digest

    def checked(self, text: str) -> str | None:
        """The words meant, those of its sentence or all; None where the text is another one.

        One without a digest of its own holds in the very text that was encoded.
        """
        words = self.words(text)
        if words is None or not (self.fits(words) if self.digest else self._is_of(text)):
            return None
        return words_of(within(self.pieces, *self.sentence), text) if self.sentence else words

    def _is_of(self, text: str) -> bool:
        return sha256_of_text(text) == self.sha256

    @property
    def source(self) -> str:
        """What a person would cite; a sentence has its number at the end of its finding's IRI."""
        number = f", sentence {self.statement.rpartition('.')[2]}" if self.sentence else ""
        return f"{self.title}, {self.locator}{number}"


def every_passage(store: Store) -> Iterator[Passage]:
    """All passages on record, in the order of their documents."""
    return _query(store, "", {})


def passages_of(
    store: Store, statements: Sequence[Term], *, repeated: bool = False
) -> Iterator[Passage]:
    """The passages that state these statements (or are these), in the order of their documents.

    With `repeated` those as well that say the same again.
    """
    pattern = _STATED % ("|okg:isRepeatedIn" if repeated else "")
    return _query(store, pattern, {"statement": statements})


def origins(store: Store) -> dict[str, set[str]]:
    """The digests of the files that each text was read from, by the digest of the text."""
    found: dict[str, set[str]] = {}
    for row in select(store, _FILES):
        found.setdefault(row["sha256"].value, set()).add(row["file"].value)
    return found


def _query(store: Store, pattern: str, bound: dict[str, Sequence[Term]]) -> Iterator[Passage]:
    """The passages that a pattern finds, each once for a statement."""
    rows = select(store, _PASSAGES % pattern, bound)
    for _, group in groupby(rows, key=lambda row: [row[name] for name in _ONE]):
        first, *more = group
        gaps = {_piece(row, "from", "until") for row in (first, *more) if row["from"]}
        yield Passage(
            statement=first["statement"].value if first["statement"] else "",
            iri=first["passage"].value,
            title=first["title"].value,
            locator=_located(first),
            sha256=first["sha256"].value,
            digest=first["digest"].value if first["digest"] else None,
            pieces=around(*_piece(first, "start", "end"), gaps),
            sentence=_piece(first, "first", "last") if first["first"] else None,
        )


def _located(row: ox.QuerySolution) -> str:
    """The passage's locator, with the page of the sentence where that is a later one."""
    locator = str(row["locator"].value)
    return _PAGE.sub(f"page {row['page'].value}", locator) if row["page"] else locator


def _piece(row: ox.QuerySolution, start: str, end: str) -> Piece:
    return int(row[start].value), int(row[end].value)
