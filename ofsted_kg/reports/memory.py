"""Which reading made which graph: remembered in the cache folder, not in the graph.

A change of code or thesaurus then rewrites only the graphs that come out otherwise; where
nothing is remembered every report is read again, with the same result.
"""

import hashlib
import json
from pathlib import Path

from ofsted_kg import identity, judging, rdf, reports, texts
from ofsted_kg.judging.polarity import WEIGHTS
from ofsted_kg.rdf.files import cache_folder
from ofsted_kg.rdf.writing import write_bytes
from ofsted_kg.texts.pdf import EXTRACTOR

_READING = (reports, texts, identity, judging, rdf)


class Memory:
    """The graphs of a data folder that the present reading is known to have made."""

    def __init__(self, data: Path, ontology: Path) -> None:
        place = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:16]
        self._path = cache_folder() / f"readings-{place}.json"
        self._data = data
        self._reading = reading_digest(data, ontology)

    def names(self) -> dict[str, str]:
        """Names of graphs that are as the present reading made them, by the key of the report."""
        try:
            remembered = json.loads(self._path.read_bytes())
            if remembered["reading"] != self._reading:
                return {}
            made = remembered["made"].items()
            return {key: name for key, (name, was) in made if self._digest(name) == was}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}  # nothing remembered, or no longer readable

    def keep(self, names: dict[str, str]) -> None:
        """Remember the graphs as they are now; a cache that cannot be written is no fault."""
        made = {key: (name, self._digest(name)) for key, name in sorted(names.items())}
        content = json.dumps({"reading": self._reading, "made": made})
        try:
            write_bytes(self._path, content.encode())
        except OSError:
            return

    def _digest(self, name: str) -> str:
        """Of a report's graph and that of its findings, which not every report has."""
        hashed = hashlib.sha256()
        for folder in ("reports", "findings"):
            path = self._data / folder / f"{name}.ttl"
            hashed.update(path.read_bytes() if path.is_file() else b"")
        return hashed.hexdigest()


def reading_digest(data: Path, ontology: Path) -> str:
    """A short digest of all that shapes a reading: code, thesaurus, scales, names, releases."""
    files = [
        path
        for package in _READING
        for place in package.__path__
        for path in sorted(Path(place).rglob("*.py"))
    ]
    files.append(WEIGHTS)
    files += [*sorted(ontology.glob("themes*.ttl")), ontology / "frameworks.ttl"]
    files += [ontology / "scales.ttl", ontology / "concepts.ttl"]
    files += ontology.glob("national-framework.ttl")
    names = ("authorities", "bodies", "names", "organisations", "spellings", "successions")
    reference = [data / "reference" / f"{name}.ttl" for name in names]
    files += [path for path in reference if path.is_file()]
    files += sorted((data / "releases").glob("*.ttl"))
    files += sorted((data / "evaluation").glob("finding-polarity.csv"))
    hashed = hashlib.sha256(EXTRACTOR.encode())
    for path in files:
        hashed.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()[:16]
