"""Readers of Ofsted's reports: a file in, plain data out; they know no RDF."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from pathlib import Path

import yaml

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.expectations import Expectations
from ofsted_kg.identity.frameworks import Framework, Frameworks
from ofsted_kg.identity.names import plain
from ofsted_kg.rdf.files import root
from ofsted_kg.reports.citations import with_citations
from ofsted_kg.reports.families import families
from ofsted_kg.reports.family import Family
from ofsted_kg.reports.layout.blocks import BULLET
from ofsted_kg.reports.layout.breaks import lost_words
from ofsted_kg.reports.layout.completeness import lacks_close, missing_pages
from ofsted_kg.reports.layout.furniture import body_size
from ofsted_kg.reports.layout.grades import NOT_JUDGED
from ofsted_kg.reports.layout.letter import SALUTATION
from ofsted_kg.reports.layout.lists import crowded
from ofsted_kg.reports.report import Report
from ofsted_kg.texts.files import read_bytes
from ofsted_kg.texts.lines import Line, PdfText, plain_text, sha256_of_bytes
from ofsted_kg.texts.pdf import pdf_text
from ofsted_kg.texts.plain import text_of

HEAD_CHARACTERS = 3000
# The label that covers have before the days of inspection.
DATES = re.compile(r"^[ \t]*Inspection\s+dates?\s*:", re.IGNORECASE | re.MULTILINE)
LONGEST_GREETING = 12  # words
# Where the title of a report stands on its first page, and in type how much larger than its text.
TOP_LINES = 8
TITLE_TYPE = 1.3


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A kind of document that no family reads: its name, its title, and what is missing."""

    name: str
    title: re.Pattern[str]
    missing: str


@cache
def other_kinds() -> tuple[OtherKind, ...]:
    """The kinds of document that are known and not read."""
    path = Path(__file__).with_name("other_kinds.yaml")
    return tuple(
        OtherKind(
            entry["kind"],
            re.compile(entry["title"].replace(" ", r"\s+"), re.IGNORECASE),
            entry["missing"],
        )
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


@cache
def _frameworks() -> Frameworks:
    return Frameworks.read(root() / "ontology")


@cache
def _expectations() -> Expectations:
    return Expectations.read(root() / "ontology")


def _obligatory(framework: Framework) -> set[str]:
    return {slug for slug, area in framework.areas.items() if area.is_obligatory}


def _of_its_version(report: Report, family: Family) -> Report:
    """A report under the version of its framework that its areas show, and what that one lacks."""
    found = {one.area_key for one in report.judgements}
    if family.beside and family.beside.framework_key == report.framework_key:
        # On the body alone, whose one judgement has a key among the family's.
        return _on_its_scale(report, family)
    frameworks = _frameworks()
    if not frameworks.versions(report.framework_key):
        return report  # not described yet: whoever places it in the graph will say so
    day = report.inspection_start
    framework = frameworks.version(report.framework_key, found, day)
    others = [one for one in frameworks.versions(framework.family) if day and one.applies_on(day)]
    shown = framework
    if others and framework not in others:
        framework = others[0]  # rows lost, misnamed or of another time: the day tells more
    wanted = _obligatory(framework)
    problems = [f"judgements: no grade found for {key}" for key in sorted(wanted - found)]
    beside = {family.beside.area_key} if family.beside else set()
    strange = found - framework.areas.keys() - beside
    problems += [f"judgements: {framework.key} has no area {key}" for key in sorted(strange)]
    if strange and shown is not framework:
        problems.append(
            f"judgements: the areas are those of {shown.key}, which was not in force on {day}"
        )
    problems = [line for line in problems if line not in report.warnings]
    judgements = tuple(
        replace(one, is_doubtful=True) if one.area_key in strange else one
        for one in report.judgements
    )
    return _on_its_scale(
        replace(
            report,
            framework_key=framework.key,
            judgements=judgements,
            warnings=(*report.warnings, *problems),
        ),
        family,
    )


def _on_its_scale(report: Report, family: Family) -> Report:
    """A report whose grades are doubtful, with a warning, where their scale has no such word."""
    beside = family.beside
    judgements, problems = [], []
    for one in report.judgements:
        is_beside = beside is not None and one.area_key == beside.area_key
        key = beside.framework_key if beside and is_beside else report.framework_key
        framework = _frameworks().get(key)
        if framework is None or plain(one.grade) in {*framework.grades, NOT_JUDGED}:
            judgements.append(one)
            continue
        judgements.append(replace(one, is_doubtful=True))
        problems.append(
            f"judgements: {one.grade_as_printed!r}, printed for {one.area_key}, is no grade of "
            f"the scale of {key}"
        )
    return replace(report, judgements=tuple(judgements), warnings=(*report.warnings, *problems))


def read_source(path: str | Path) -> PdfText:
    """The text of a report's file: a PDF, or a plain text rendition in UTF-8.

    Raises SourceError with one line that says what is wrong.
    """
    path = Path(path)
    data = read_bytes(path)
    if b"%PDF-" in data[:1024] or path.suffix.lower() == ".pdf":
        return pdf_text(path.name, data)
    text = text_of(path.name, data)
    return plain_text(path.name, text, sha256_of_bytes(data))


def read_report(path: str | Path) -> Report:
    """Read one report; its family is recognised from the document alone.

    Raises SourceError for a file that cannot be read, or is no report of these
    families; what a readable report leaves open is named in its warnings.
    """
    return read_document(read_source(path))


def read_document(document: PdfText) -> Report:
    """Read one report from its text, as `read_report`."""
    family = next((family for family in families() if family.matches(document)), None)
    if family is None:
        raise SourceError(f"{document.name}: {_unread(document)}")
    if not (family.reads_text or document.has_positions):
        raise SourceError(
            f"{document.name}: is the text of a report ({family.called}) whose headings and lists "
            "only places and type tell: read its PDF"
        )
    _refuse_several(document, family)
    report = family.read(document)
    items, problems = with_citations(report.recommendations, _expectations())
    problems += crowded(items, document.text)
    problems += missing_pages(document)
    problems += lost_words(document) if document.has_positions else []
    problems += _unclosed(document, report) if family.prints_close else []
    report = replace(report, recommendations=items, warnings=(*report.warnings, *problems))
    return _of_its_version(report, family)


def _unclosed(document: PdfText, report: Report) -> list[str]:
    """A line where a document lacks what ends every report: the imprint, or the names of a letter.

    A text may have been saved without its imprint: it is told alike.
    """
    signed = report.partnership is not None and report.partnership.signatories
    if signed or not lacks_close(document):
        return []
    return ["pages: neither imprint nor signatures end the report: it may be cut short"]


def _unread(document: PdfText) -> str:
    """What a document is that no family knows, and what is missing to read it."""
    head = document.page_text(1)[:HEAD_CHARACTERS]
    found = [(match.start(), kind) for kind in other_kinds() if (match := kind.title.search(head))]
    kind = min(found, key=lambda one: one[0])[1] if found else None
    looks = f": it looks like {kind.name}; to read one, {kind.missing}" if kind else ""
    known = ", ".join(family.called for family in families())
    return f"is not a report of a kind that can be read{looks} (known: {known})"


def _refuse_several(document: PdfText, family: Family) -> None:
    """Refuse a file in which other reports follow the first: they would be read as parts of it."""
    dates = [match.start() for match in DATES.finditer(document.text)]
    letters = [line for line in document.lines if _greets(line)]
    if document.is_paged:
        told = {document.page_of(offset) for offset in dates}
        pages = {page for page in told if page > 1 and _begins(document.since(page), family)}
        pages |= {line.page for line in letters if line.page > 1}
        pages |= _titled_pages(document)
        starts = sorted(pages)
        places = f"on pages {', '.join(map(str, [1, *starts]))}"
    else:
        # A salutation is the first report's own where that is a letter itself: in its head.
        head = dates[0] if dates else HEAD_CHARACTERS
        later = {line.start for line in letters if line.start > head}
        starts = sorted({*dates[1:], *later})
        places = f"at characters {', '.join(map(str, [*dates[:1], *starts]))}"
    if starts:
        raise SourceError(
            f"{document.name}: holds {len(starts) + 1} reports, which begin {places}: "
            "save each as a file of its own"
        )


def _begins(rest: PdfText, family: Family) -> bool:
    """Whether another report begins with the first page of the rest of a document."""
    return not family.is_part(rest) and any(other.matches(rest) for other in families())


def _greets(line: Line) -> bool:
    """Whether a line is the salutation of a letter: letters print no label before their days."""
    return SALUTATION.match(line.text) is not None and len(line.text.split()) <= LONGEST_GREETING


def _titled_pages(document: PdfText) -> set[int]:
    """The pages after the first that a title of another kind heads, in the type of titles."""
    if not document.has_positions:
        return set()
    least = TITLE_TYPE * body_size(document)
    found = set()
    for page in range(2, document.page_count + 1):
        first = bisect_left(document.lines, page, key=attrgetter("page"))
        top = document.lines[first : first + TOP_LINES]
        large = [line.text for line in top if line.size > least and line.page == page]
        # A list that is set larger than the rest of a page is no title.
        if not large or any(BULLET.match(text) for text in large):
            continue
        words = " ".join(large)
        if any(kind.title.search(words) for kind in other_kinds()):
            found.add(page)
    return found
