"""The reader's own copies of documents, found by digest and read once.

A digest of every file in the folders is remembered in the cache until the file changes, and so
is the text of each report that was wanted, under the digest that the graph has of it: what was
damaged there has another digest, and is read anew.
"""

import contextlib
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from ofsted_kg.errors import OfstedKgError, SourceError
from ofsted_kg.rdf.files import cache_folder, settled, stat_signature
from ofsted_kg.rdf.writing import write_bytes
from ofsted_kg.texts.passages import read_text, sha256_of_text

_KINDS = (".pdf", ".txt")
_MOST_FILES = 20_000  # whose digests are remembered
_MOST_TEXTS = 1_000  # kept; a report has some 60,000 characters


class Copies:
    """The copies in some folders, whatever they are called.

    `origins` are the digests of the files that a text was read from, by the digest of the text.
    """

    def __init__(self, folders: Sequence[Path], origins: Mapping[str, Collection[str]]) -> None:
        for folder in folders:
            if not folder.is_dir():
                raise OfstedKgError(f"{folder}: no such folder; name the one with your copies")
        self._folders = folders
        self._origins = origins
        self.unreadable: list[str] = []

    def file(self, sha256: str) -> Path | None:
        """The copy whose bytes have a digest; None where there is none."""
        return self._files.get(sha256)

    def text(self, sha256: str) -> str | None:
        """A document's text by the digest on record; None where no file at hand is the document.

        It may have another digest, where the file is read otherwise than it was: passages have
        digests of their own. Raises SourceError where the file cannot be read.
        """
        for digest in (sha256, *sorted(self._origins.get(sha256, ()))):
            if path := self.file(digest):
                return _text(path, sha256)
        return None

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The files by the digests of their bytes."""
        known = _remembered()
        fresh: dict[str, list[str]] = {}
        found: dict[str, Path] = {}
        for path in self._paths():
            try:
                signature = stat_signature([path])
                seen = known.get(str(path))
                digest = seen[1] if seen and seen[0] == signature else _digest(path)
                if settled([path]):
                    fresh[str(path)] = [signature, digest]
            except (OSError, SourceError) as error:
                self.unreadable.append(str(error))
            else:
                found.setdefault(digest, path)
        if any(known.get(name) != entry for name, entry in fresh.items()):
            _remember({**known, **fresh})
        return found

    def _paths(self) -> Iterator[Path]:
        for folder in self._folders:
            for path in sorted(folder.absolute().rglob("*")):
                if path.suffix.lower() in _KINDS and path.is_file():
                    yield path


def _digest(path: Path) -> str:
    from ofsted_kg.texts.files import read_bytes
    from ofsted_kg.texts.lines import sha256_of_bytes

    return sha256_of_bytes(read_bytes(path))


def _text(path: Path, sha256: str) -> str:
    """The text of a file, from the cache where that holds the text with this digest."""
    if path.suffix.lower() != ".pdf":
        return read_text(path).text
    kept = cache_folder() / "texts" / sha256
    with contextlib.suppress(OSError, UnicodeDecodeError):
        text = kept.read_bytes().decode()
        if sha256_of_text(text) == sha256:
            with contextlib.suppress(OSError):  # a cache that can only be read
                os.utime(kept)
            return text
    from ofsted_kg.texts.pdf import read_pdf

    text = read_pdf(path).text
    if sha256_of_text(text) == sha256:
        with contextlib.suppress(OSError):
            write_bytes(kept, text.encode())
            _keep_few(kept.parent)
    return text


def _keep_few(folder: Path) -> None:
    """Removes the texts that were not used for longest, where there are too many."""
    with os.scandir(folder) as entries:
        texts = list(entries)
    if len(texts) > _MOST_TEXTS:
        for old in sorted(texts, key=lambda entry: entry.stat().st_mtime)[:-_MOST_TEXTS]:
            Path(old).unlink(missing_ok=True)


def _remembered() -> dict[str, list[str]]:
    """Signature and digest of files by their paths; nothing where the cache was damaged."""
    try:
        found = json.loads((cache_folder() / "copies.json").read_bytes())
        return {
            str(path): [str(signature), str(digest)] for path, (signature, digest) in found.items()
        }
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _remember(entries: dict[str, list[str]]) -> None:
    newest = list(entries.items())[-_MOST_FILES:]
    with contextlib.suppress(OSError):  # a cache that cannot be written is no fault
        write_bytes(cache_folder() / "copies.json", json.dumps(dict(newest)).encode())
