"""Where real reports and documents lie, for the tests that need them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import ROOT

SHARED = Path(os.environ.get("OFSTED_KG_SHARED", ROOT.parent / "shared"))


def _folder(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"no {name} at {folder} (set OFSTED_KG_SHARED)")
    return folder


@pytest.fixture(scope="session")
def report_folder() -> Path:
    """The folder of real reports; skips where there is none."""
    return _folder("reports")


@pytest.fixture(scope="session")
def document_folder() -> Path:
    """The folder of source documents as text; skips where there is none."""
    return _folder("documents")


@pytest.fixture(scope="session")
def release_folder() -> Path:
    """The folder of Ofsted's releases as CSV; skips where there is none."""
    return _folder("reference/ofsted")
