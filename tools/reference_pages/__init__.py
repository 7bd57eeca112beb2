"""The reference pages in `docs/reference`, written from the ontology, shapes and questions."""

from pathlib import Path

from ofsted_kg.rdf.files import root
from ofsted_kg.rdf.writing import write_bytes
from tools.reference_pages.frameworks import frameworks_page
from tools.reference_pages.lists import lists_page, measures_page
from tools.reference_pages.questions import questions_page
from tools.reference_pages.rules import read_rules
from tools.reference_pages.shapes import shapes_page
from tools.reference_pages.themes import themes_page
from tools.reference_pages.vocabulary import vocabulary_page

FOLDER = "docs/reference"


def write_reference(folder: Path | None = None) -> list[str]:
    """Write the reference pages of the project in a folder; returns the names of changed ones.

    All pages are made before the first is written, so that an error (OfstedKgError for a
    file that cannot be read) leaves the old ones as they are.
    """
    folder = folder or root()
    pages = reference_pages(folder)
    return [name for name, text in pages.items() if write_bytes(folder / name, text.encode())]


def reference_pages(folder: Path) -> dict[str, str]:
    """Every reference page by its path from the project's folder."""
    rules = read_rules(folder)
    pages = {
        "vocabulary": vocabulary_page(folder, rules),
        "frameworks-and-scales": frameworks_page(folder),
        "themes": themes_page(folder),
        "lists": lists_page(folder),
        "measures": measures_page(folder),
        "shapes": shapes_page(folder, rules),
        "questions": questions_page(folder),
    }
    return {f"{FOLDER}/{name}.md": text for name, text in pages.items()}
