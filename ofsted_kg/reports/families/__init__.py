"""The families of reports that can be read, a module each; they know no RDF.

A family is a module with these names, and is known by standing in `FAMILIES`:

- `NAME`, what a report's `family` says;
- `matches(document)`, whether the document alone shows one; `read(document)`, the report;
- `titles(report)`, the title its documents bear and what a citation calls one;
- `KIND`, the kind of assessment (a key of the code list), and `PRINTS_FORM`, whether the
  report itself shows it where a release knows better;
- `service_of(section)`, the type of service that a list of recommendations is about;
- `BOARD_FRAMEWORK`, where it judges a safeguarding board too, the framework of that.
"""

from __future__ import annotations

from types import ModuleType

from ofsted_kg.reports.families import ilacs, lac, rating, sif, slac
from ofsted_kg.reports.report import Report

FAMILIES: tuple[ModuleType, ...] = (ilacs, sif, lac, slac, rating)


def family_of(report: Report) -> ModuleType:
    """The family that read a report."""
    return next(one for one in FAMILIES if report.family == one.NAME)
