"""Whole reading of a folder of reports against bare text extraction, and pdfplumber.

    python benchmarks/reading.py ../shared/reports [--rounds 3] [--sample 5]

Whole reading is text with positions, structure, identity, encoding and Turtle, as
`build --reports` does for each file; bare extraction is pypdfium2's text of every
page and nothing else. Each runs in one process of its own, by turns in each round,
so that both meet the same state of the machine. pdfplumber (not a dependency of the
project) extracts the text of a few reports spread evenly by size; where it is not
installed that part is left out.
"""

import argparse
import multiprocessing
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

import pypdfium2

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import root
from ofsted_kg.reports.context import ReportContext, identify
from ofsted_kg.reports.document import report_turtle
from ofsted_kg.reports.encoding import ReportEncoder
from ofsted_kg.reports.reading import read_report

AIM = 3.0
MEMORY_AIM_MB = 500
Measured = tuple[list[float], float]


def bare(paths: list[Path]) -> list[float]:
    """Seconds for each file's text by pypdfium2."""
    return [timed(extract, path) for path in paths]


def extract(path: Path) -> None:
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def whole(paths: list[Path]) -> list[float]:
    """Seconds for each file from bytes to Turtle; the project's data is read once."""
    context = ReportContext.read(root() / "data", root() / "ontology")

    def read(path: Path) -> None:
        report = read_report(path)
        identity = identify(report, context)
        triples = ReportEncoder(report, context, identity, with_text=False).triples()
        report_turtle(triples, identity, "Benchmark.")

    return [timed(read, path) for path in paths]


def plumbed(paths: list[Path]) -> list[float]:
    """Seconds for each file's text by pdfplumber."""
    import pdfplumber

    def read(path: Path) -> None:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_text()

    return [timed(read, path) for path in paths]


def timed(work: Callable[[Path], None], path: Path) -> float:
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def apart(work: Callable[[list[Path]], list[float]], paths: list[Path]) -> Measured:
    """Run in a fresh process; its times and its peak memory in MB, children's included."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_report_back, args=(sender, work, paths))
    child.start()
    sender.close()
    measured: Measured = receiver.recv()
    child.join()
    return measured


def _report_back(
    sender: Connection,
    work: Callable[[list[Path]], list[float]],
    paths: list[Path],
) -> None:
    times = work(paths)
    peak = sum(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    sender.send((times, peak / 1024))


def readable(paths: Iterable[Path]) -> list[Path]:
    """The files that are reports; the others are named on standard error."""
    found = []
    for path in paths:
        try:
            read_report(path)
            found.append(path)
        except OfstedKgError as error:
            print(f"left out: {error}", file=sys.stderr)
    return found


def main() -> int:
    """Print medians, ratios and peak memory; exit status 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, default=5, help="reports for pdfplumber")
    options = parser.parse_args()
    paths = readable(sorted(options.folder.rglob("*.pdf")))
    rounds = [(apart(bare, paths), apart(whole, paths)) for _ in range(options.rounds)]
    extraction = statistics.median(sum(one[0]) for one, _ in rounds)
    reading = statistics.median(sum(one[0]) for _, one in rounds)
    ratio = statistics.median(sum(two[0]) / sum(one[0]) for one, two in rounds)
    each = [
        statistics.median(column) for column in zip(*(two[0] for _, two in rounds), strict=True)
    ]
    peak = max(two[1] for _, two in rounds)
    machine = platform.processor() or platform.machine()
    library = f"pypdfium2 {version('pypdfium2')}"
    print(f"{machine}, Python {platform.python_version()}, {library}")
    print(f"{len(paths)} reports, {options.rounds} rounds")
    print(f"bare text extraction   {extraction:8.2f} s")
    print(f"whole reading          {reading:8.2f} s")
    print(f"median of a report     {1000 * statistics.median(each):8.0f} ms")
    print(f"ratio (median)         {ratio:8.2f}     aim: at most {AIM}")
    print(f"peak memory            {peak:8.0f} MB  aim: under {MEMORY_AIM_MB} MB")
    compare(paths, options.sample)
    return 0 if ratio <= AIM and peak < MEMORY_AIM_MB else 1


def compare(paths: list[Path], count: int) -> None:
    """Print whole reading beside pdfplumber's text of a few reports."""
    if find_spec("pdfplumber") is None:
        print("pdfplumber is not installed: no comparison")
        return
    by_size = sorted(paths, key=lambda path: (path.stat().st_size, path))
    sample = [by_size[(2 * one + 1) * len(by_size) // (2 * count)] for one in range(count)]
    ours, _ = apart(whole, sample)
    theirs, peak = apart(plumbed, sample)
    print(f"pdfplumber {version('pdfplumber')}, text only, peak memory {peak:.0f} MB")
    for path, own, other in zip(sample, ours, theirs, strict=True):
        name = f"{path.parent.name}/{path.name}"
        print(
            f"  {name:<50} {other:6.2f} s   whole reading {own:5.2f} s   {other / own:5.1f} times"
        )
    faster = statistics.median(other / own for own, other in zip(ours, theirs, strict=True))
    print(f"  median: whole reading is {faster:.1f} times as fast")


if __name__ == "__main__":
    raise SystemExit(main())
