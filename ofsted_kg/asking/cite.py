"""Words behind statements: looked up in the reader's own copies, and checked by digest."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from ofsted_kg.asking.copies import Copies
from ofsted_kg.asking.passages import every_passage, origins, passages_of
from ofsted_kg.errors import NotFoundError, OfstedKgError, SourceError
from ofsted_kg.store import Store
from ofsted_kg.texts.passages import read_text


@dataclass(frozen=True)
class Citation:
    """The exact words of one passage; `source` is what a person would cite."""

    source: str
    words: str


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


class _Texts:
    """All texts in a folder, by their SHA-256."""

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
    copies, texts = Copies([documents], origins(store)), _Texts(documents)
    citations = []
    for passage in passages_of(store, [_node(statement)], repeated=True):
        text = copies.text(passage.sha256) or texts.text(passage.sha256)
        if text is None:
            raise SourceError(
                f"{documents}: no file is the text of “{passage.title}” that was encoded "
                f"(SHA-256 {passage.sha256})"
            )
        words = passage.checked(text)
        if words is None:
            raise SourceError(f"{passage.iri}: the words do not fit the digest on record")
        citations.append(Citation(passage.source, words))
    if not citations:
        raise NotFoundError(f"{statement}: no passage of a document is on record for it")
    return citations


def verify(store: Store, documents: Path) -> Verification:
    """Re-reads every passage of the documents at hand and compares digests."""
    texts = _Texts(documents)
    checks: dict[str, DocumentCheck] = {}
    known: set[str] = set()
    absent: dict[str, None] = {}
    for passage in every_passage(store):
        known.add(passage.sha256)
        text = texts.text(passage.sha256)
        if text is None:
            absent[passage.title] = None
            continue
        check = checks.setdefault(passage.title, DocumentCheck(passage.title))
        check.passages += 1
        if not passage.fits(passage.words(text)):
            check.wrong.append(passage.iri)
    if not checks:
        raise SourceError(f"{documents}: no file here is a text that the graph encodes")
    return Verification(tuple(checks.values()), tuple(absent), tuple(texts.strangers(known)))


def _node(value: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(value)
    except ValueError:
        raise OfstedKgError(f"{value}: not an IRI") from None
