"""What validation costs: the fast engine beside pySHACL on the same data, in one run.

pySHACL is timed as it ships and with its queries prepared once, on the vocabulary, the
scales and the letter of 2009; the fast engine on these, on one changed file within the
graph, and on the whole graph. Run: `python benchmarks/validation.py [rounds]`.
"""

import statistics
import sys
import time
from collections.abc import Callable

from ofsted_kg.rdf.files import graph_files, root
from ofsted_kg.validation import ValidationResult, shape_files, validate
from ofsted_kg.validation.pyshacl_engine import run_pyshacl

LETTER = "camden-annual-rating-2009"
SMALL = [
    root() / "ontology" / "vocabulary.ttl",
    root() / "ontology" / "english-authorities.ttl",
    root() / "ontology" / "scales.ttl",
    root() / "data" / "documents" / LETTER / "document.ttl",
    root() / "data" / "passages" / f"{LETTER}.ttl",
]
CHANGED = root() / "data" / "documents" / "camden-slac-2012" / "document.ttl"

Key = tuple[str, str | None, str | None, str, str]


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of `work` over some rounds, in seconds of the wall clock."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def key(result: ValidationResult) -> Key:
    return (result.focus, result.path, result.value, result.source_shape, result.severity)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    fast = {key(result) for result in validate(context=SMALL).results}
    reference = {key(result) for result in run_pyshacl(SMALL, shape_files())}
    if fast != reference:
        sys.exit(f"the engines differ in {len(fast ^ reference)} results")
    print(f"vocabulary, scales and the letter of 2009: {len(fast)} equal results")
    ours = median_seconds(lambda: validate(context=SMALL), rounds)
    prepared = median_seconds(lambda: run_pyshacl(SMALL, shape_files()), rounds)
    shipped = median_seconds(lambda: run_pyshacl(SMALL, shape_files(), prepared=False), 1)
    print(f"  fast engine                  {ours:8.3f} s")
    print(f"  pySHACL, queries prepared    {prepared:8.3f} s   {prepared / ours:6.0f} times")
    print(f"  pySHACL as it ships, once    {shipped:8.3f} s   {shipped / ours:6.0f} times")
    one = median_seconds(lambda: validate([CHANGED]), rounds)
    print(f"one changed file in the graph, fast engine   {one:8.3f} s (aim: under 1 s)")
    whole = median_seconds(validate, rounds)
    files = len(graph_files())
    print(f"the whole graph of {files} files, fast engine   {whole:8.3f} s (aim: under 60 s)")


if __name__ == "__main__":
    main()
