"""Writes the reference pages of this checkout: `python -m tools.reference_pages`."""

from tools.reference_pages import write_reference

for name in write_reference():
    print(f"changed: {name}")
