"""Checks what a store holds, wherever it stands, by a copy of it."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.store import Store, select
from ofsted_kg.validation import ValidationReport, validate

_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"


def validate_held(store: Store, files: Sequence[Path] | None = None) -> ValidationReport:
    """Check the default graph of a store, or what the given files say within it.

    Stores differ in the types of number that they keep and the casts that they know, so the
    shapes run on a copy in our own. Raises OfstedKgError where the store does not give all
    that it holds.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "held.ttl"
        copy.write_bytes(_fetched(store))
        report = validate(files, context=[copy])
    if files is not None:
        return report
    return ValidationReport(tuple(replace(result, file=None) for result in report.results))


def _fetched(store: Store) -> bytes:
    """All triples as N-Triples, which is Turtle."""
    found = store.query(_ALL)
    triples = list(found) if isinstance(found, ox.QueryTriples) else []
    (row,) = select(store, _COUNT)
    held = int(row["n"].value)
    if not held:
        raise OfstedKgError("there is nothing to validate: the default graph is empty")
    if len(triples) != held:
        raise OfstedKgError(
            f"the store gives {len(triples)} of the {held} statements that it holds, which is too "
            "few to validate it"
        )
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
