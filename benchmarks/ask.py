"""A cold `ofsted-kg ask` as a whole process, against bare Python and against rdflib.

    python benchmarks/ask.py [--rounds N] [--only documents|national]

Each round starts every command once, one after another, so that whatever else the machine
does falls on all of them. rdflib parses the same files and answers the same query; it runs
once for each graph. The rows of both must agree, or nothing is reported.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTION = ["ask", "grade-history", "--authority", "Camden", "--format", "json"]
COMMAND = "import sys; from ofsted_kg.cli import main; sys.exit(main(sys.argv[1:]))"
RDFLIB = """
import json, sys
from rdflib import Graph
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.asking.questions import load_question
import pyoxigraph as ox
from ofsted_kg.store import bind
graph = Graph()
for file in graph_files():
    graph.parse(file.path, format="turtle")
question = load_question("grade-history")
camden = ox.NamedNode("https://w3id.org/ofsted-kg/id/authority/CMD")
result = graph.query(bind(question.text, {"_authority": [camden]}))
names = [column.name for column in question.columns]
rows = [[None if row[name] is None else str(row[name]) for name in names] for row in result]
print(json.dumps([dict(zip(names, row)) for row in rows]))
"""
PARTS = {
    # The table of authorities tells what “Camden” is.
    "documents": (
        "ontology",
        "queries",
        "data/documents",
        "data/passages",
        "data/opinions",
        "data/derived",
        "data/reference/authorities.ttl",
        "data/reference/services.ttl",
    ),
    "national": ("ontology", "queries", "data"),
}


def main() -> None:
    """Measures both graphs and prints a table for each."""
    parser = argparse.ArgumentParser(description="cold ask against bare Python and rdflib")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, copied in PARTS.items():
            if options.only in (None, name):
                home = Path(folder) / name
                for part in copied:
                    copy(ROOT / part, home / part)
                measure(name, home, options.rounds)


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


def measure(name: str, home: Path, rounds: int) -> None:
    """Builds the store, times every command in each round, compares rows, prints a table."""
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = {
        **compiled,
        "OFSTED_KG_HOME": str(home),
        "OFSTED_KG_CACHE": str(home / "cache"),
        "PYTHONPATH": str(ROOT),
    }

    def run(*command: str) -> tuple[float, bytes]:
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *command],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
            timeout=900,
        )
        return (time.perf_counter() - started) * 1000, done.stdout

    build, _ = run("-c", COMMAND, *QUESTION)
    time.sleep(2.5)  # files younger than two seconds are read again at each ask
    run("-c", COMMAND, *QUESTION)
    times: dict[str, list[float]] = {"bare Python": [], "ofsted-kg ask": []}
    for _ in range(rounds):
        times["bare Python"].append(run("-c", "pass")[0])
        taken, answer = run("-c", COMMAND, *QUESTION)
        times["ofsted-kg ask"].append(taken)
    taken, reference = run("-c", RDFLIB)
    times["rdflib"] = [taken]
    count = same_rows(answer, reference)
    print(f"\n{name} graph: {count} rows, the same by rdflib; first build {build / 1000:.1f} s")
    print("| whole process | rounds | least ms | median ms | × bare Python | rdflib ÷ this |")
    print("|---|---|---|---|---|---|")
    for label, taken_all in times.items():
        least, bare = min(taken_all), min(times["bare Python"])
        print(
            f"| {label} | {len(taken_all)} | {least:.0f} | {statistics.median(taken_all):.0f} "
            f"| {least / bare:.1f} | {min(times['rdflib']) / least:.0f} |"
        )


def same_rows(answer: bytes, reference: bytes) -> int:
    """The number of rows, if both answers have the same ones.

    SPARQL leaves the order of GROUP_CONCAT open, and rdflib's ORDER BY differs where a
    key is missing, so neither order counts.
    """

    def rows(text: bytes) -> list[list[list[str]]]:
        return sorted(
            [sorted(("" if cell is None else str(cell)).split("; ")) for cell in row.values()]
            for row in json.loads(text)
        )

    if rows(answer) != rows(reference):
        sys.exit("the answers differ: the times say nothing")
    return len(rows(answer))


if __name__ == "__main__":
    main()
