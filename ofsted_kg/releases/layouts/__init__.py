"""The layouts of sheets, a file for each release that brought new ones.

A sheet is known by its headings, whatever it is called and whichever year's release it
stands in. A file here holds `LAYOUTS` and is found by standing here.
"""

from importlib import import_module
from pkgutil import iter_modules

from ofsted_kg.releases.layout import SheetLayout


def known_layouts() -> list[SheetLayout]:
    """All layouts, in the order of the files' names."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return [layout for module in modules for layout in module.LAYOUTS]
