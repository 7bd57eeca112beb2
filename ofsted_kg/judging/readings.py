"""What readers said of sentences: the labels that the judge was made and measured by.

Where a reader was sure, and a second one who read the same sentence did not differ, the
reading stands instead of the machine's.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

Readings = Mapping[tuple[str, str], str]


def settled_readings(path: Path) -> dict[tuple[str, str], str]:
    """Polarities that readers settled, by the report's SHA-256 and the pieces of the sentence.

    Pieces are written as in the table, `start-end` of each with a space between. Nothing where
    there is no such table.
    """
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["report_sha256"], row["pieces"]): row["first"]
            for row in csv.DictReader(lines)
            if _is_settled(row)
        }


def _is_settled(row: Mapping[str, str]) -> bool:
    if row["first_hesitated"] or row["second_hesitated"]:
        return False
    return row["second"] in ("", row["first"])
