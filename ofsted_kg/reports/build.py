"""Reports to `data/reports` and `data/findings`: in parallel, only what is new or changed.

Each file's graph is written whole or not at all, and one file's failure never
stops the rest. A generated file's first line names the digest of its report.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.files import root
from ofsted_kg.rdf.terms import iri, last, term
from ofsted_kg.rdf.writing import write_bytes
from ofsted_kg.reports.catalogue import Listed, read_catalogues
from ofsted_kg.reports.context import ReportContext
from ofsted_kg.reports.memory import Memory
from ofsted_kg.reports.pool import Outcome, outcomes
from ofsted_kg.reports.summary import BuildSummary, FrameworkTotal


def build_reports(
    folders: Path | Sequence[Path], data: Path, jobs: int | None = None, *, progress: bool = True
) -> BuildSummary:
    """Read every PDF under some folders into `data/reports`; what is up to date stays as it is.

    `jobs` processes read at a time (as many as there are cores unless given). The bar
    shows only on a terminal. Catalogues in the folders give days of publication and addresses
    of files (see `catalogue`). Raises SourceError where a folder cannot be used at all.
    """
    folders = [folders] if isinstance(folders, Path) else list(folders)
    paths: list[Path] = []
    refused: list[tuple[str, str]] = []
    listed: dict[str, Listed] = {}
    within: dict[Path, str] = {}
    for folder in folders:
        found, unread = find_reports(folder)
        within |= {path: path.relative_to(folder).as_posix() for path in found}
        paths += [path for path in found if path not in paths]
        refused += unread
        listed |= read_catalogues(folder)
    beside = data.parent / "ontology"
    ontology = beside if beside.is_dir() else root() / "ontology"
    memory = Memory(data, ontology)
    by_hand = encoded_by_hand(data / "documents")
    context = replace(ReportContext.read(data, ontology), listed=listed)
    summary = BuildSummary(failed=refused)
    first: dict[str, str] = {}
    made: dict[str, str] = {}
    built = memory.names()
    read = outcomes(paths, built, context, jobs or os.cpu_count() or 1)
    with tqdm(read, total=len(paths), unit="report", disable=None if progress else True) as bar:
        for outcome in bar:
            file = within[outcome.path]
            if outcome.failure:
                summary.failed.append((file, f"{file}: {outcome.failure}"))
            elif outcome.name in by_hand:
                summary.repeated.append((file, by_hand[outcome.name]))
            elif outcome.name in first:
                summary.repeated.append((file, first[outcome.name]))
            else:
                first[outcome.name] = file
                made[outcome.key] = outcome.name
                _keep(outcome, file, data, summary)
    memory.keep(made)
    return summary


def find_reports(folder: Path) -> tuple[list[Path], list[tuple[str, str]]]:
    """Every PDF under a folder by its name, in order, and the folders that cannot be read.

    Raises SourceError where there is no PDF at all.
    """
    if not folder.is_dir():
        raise SourceError(f"{folder}: no such folder; name the one with the reports (*.pdf)")
    refused: list[OSError] = []
    found = [
        Path(place, file)
        for place, _, files in os.walk(folder, onerror=refused.append)
        for file in files
        if file.lower().endswith(".pdf") and not file.startswith(".")
    ]
    reasons = [
        (str(error.filename), f"{error.filename}: cannot be read: {str(error.strerror).lower()}")
        for error in refused
    ]
    if not found:
        reason = reasons[0][1] if reasons else f"{folder}: no reports (*.pdf) in this folder"
        raise SourceError(reason)
    return sorted(found), reasons


def _keep(outcome: Outcome, file: str, data: Path, summary: BuildSummary) -> None:
    name = f"reports/{outcome.name}"
    if outcome.findings:
        write_bytes(data / f"findings/{outcome.name}.ttl", outcome.findings)
    if not outcome.content or not write_bytes(data / f"{name}.ttl", outcome.content):
        summary.unchanged.append(name)
    else:
        summary.written.append(name)
    if outcome.content:
        total = summary.totals.setdefault(outcome.framework, FrameworkTotal())
        total.reports += 1
        total.judgements += outcome.judgements
        total.recommendations += outcome.recommendations
        total.paragraphs += outcome.paragraphs
    summary.notes += [(file, note) for note in outcome.notes]


def encoded_by_hand(folder: Path) -> dict[str, str]:
    """The slugs of hand-encoded documents by the name that a build would give their graph."""
    facts = Facts.of(*sorted(folder.glob("*/document.ttl")))
    found = {}
    for document in facts.subjects(term("okg:reportsOn")):
        for assessment in facts.nodes(document, term("okg:reportsOn")):
            key = assessment.value.removeprefix(iri("assessment", "").value)
            authority, framework, date = key.split("/")
            slug = last(document)
            found[f"{authority.lower()}/{framework}-{date}"] = slug
    return found
