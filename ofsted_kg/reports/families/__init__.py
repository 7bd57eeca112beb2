"""The families of reports that can be read, a module each; they know no RDF.

A module placed here is a family by that alone: it holds a `Family` as `FAMILY`. They are
asked in the order of the modules' names, and no report is to match two of them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ofsted_kg.reports.family import Family
from ofsted_kg.reports.report import Report


@cache
def families() -> tuple[Family, ...]:
    """Every family, in the order of the modules' names."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").FAMILY for name in names)


def family_of(report: Report) -> Family:
    """The family that read a report."""
    return next(one for one in families() if one.name == report.family)
