"""Readers of Ofsted's reports: a file in, plain data out; they know no RDF."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.rdf.files import root
from ofsted_kg.reports.families import families
from ofsted_kg.reports.family import Family
from ofsted_kg.reports.report import Report
from ofsted_kg.texts.lines import PdfText, plain_text, sha256_of_bytes
from ofsted_kg.texts.pdf import check_magic, pdf_text, read_bytes

OTHER_KINDS = (
    (
        "a focused or monitoring visit",
        r"focused\s+visit\s+(?:to|of)|monitoring\s+visit\s+(?:to|of)",
    ),
    (
        "an inspection of special educational needs (SEND)",
        r"\bSEND\b|special\s+educational\s+needs",
    ),
    ("a joint targeted area inspection", r"joint\s+targeted\s+area\s+inspection"),
    ("a school's inspection", r"\bschool\s+report\b|\bprimary\s+school\b|\bacademy\b|\bschool\b"),
    ("a childcare or home inspection", r"\bnursery\b|\bchildminder\b|children[’']s\s+home\b"),
)


@cache
def _frameworks() -> Frameworks:
    return Frameworks.read(root() / "ontology")


def _of_its_version(report: Report, family: Family) -> Report:
    """A report under the version of its framework that its areas show, and what that one lacks."""
    found = {one.area_key for one in report.judgements}
    if family.beside and family.beside.framework_key == report.framework_key:
        return report  # on the body alone, whose one judgement has a key among the family's
    frameworks = _frameworks()
    if not frameworks.versions(report.framework_key):
        return report  # not described yet: whoever places it in the graph will say so
    framework = frameworks.version(report.framework_key, found, report.inspection_start)
    wanted = {slug for slug, area in framework.areas.items() if area.is_obligatory}
    lacking = [f"judgements: no grade found for {key}" for key in sorted(wanted - found)]
    lacking = [line for line in lacking if line not in report.warnings]
    warnings = (*report.warnings, *lacking)
    return replace(report, framework_key=framework.key, warnings=warnings)


def read_source(path: str | Path) -> PdfText:
    """The text of a report's file: a PDF, or a plain text rendition in UTF-8.

    Raises SourceError with one line that says what is wrong.
    """
    path = Path(path)
    data = read_bytes(path)
    if b"%PDF-" in data[:1024] or path.suffix.lower() == ".pdf":
        return pdf_text(path.name, data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not text or "\0" in text or re.search(r"<!doctype html|<html", text[:1024], re.IGNORECASE):
        check_magic(path.name, data)
    return plain_text(path.name, text, sha256_of_bytes(data))


def read_report(path: str | Path) -> Report:
    """Read one report; its family is recognised from the document alone.

    Raises SourceError for a file that cannot be read, or is no report of these
    families; what a readable report leaves open is named in its warnings.
    """
    document = read_source(path)
    for family in families():
        if family.matches(document):
            return _of_its_version(family.read(document), family)
    head = document.page_text(1)[:3000]
    kind = next((name for name, sign in OTHER_KINDS if re.search(sign, head, re.IGNORECASE)), None)
    looks = f": it looks like {kind}" if kind else ""
    known = ", ".join(family.called for family in families())
    raise SourceError(
        f"{document.name}: is not a report of a kind that can be read{looks} (known: {known})"
    )
