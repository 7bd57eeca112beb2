"""The reference pages in `docs/reference`, written from the ontology, shapes and questions."""

from pathlib import Path

from ofsted_kg.documentation.frameworks import frameworks_page
from ofsted_kg.documentation.lists import lists_page, measures_page
from ofsted_kg.documentation.questions import questions_page
from ofsted_kg.documentation.rules import read_rules
from ofsted_kg.documentation.shapes import shapes_page
from ofsted_kg.documentation.themes import themes_page
from ofsted_kg.documentation.vocabulary import vocabulary_page
from ofsted_kg.graph import root
from ofsted_kg.turtle import write_bytes

FOLDER = "docs/reference"


def write_reference(folder: Path | None = None) -> list[str]:
    """Write the reference pages of the project in a folder; returns the names of changed ones.

    All pages are made before the first is written, so that an error (OfstedKgError for a
    file that cannot be read) leaves the old ones as they are. An installed package has no
    folder `docs`; nothing is written there.
    """
    folder = folder or root()
    if not (folder / "docs").is_dir():
        return []
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
