"""The wheel, installed away from the repository, answers as the repository does."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT

pytestmark = pytest.mark.national


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package as a wheel lays it out, and nothing of the repository."""
    folder = tmp_path_factory.mktemp("installed")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode and "hatchling" in built.stderr:
        pytest.skip("the build backend hatchling cannot be fetched here")
    assert built.returncode == 0, built.stderr
    return folder


def _run(installed: Path, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", "from ofsted_kg.cli import main; main()", *words],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


def test_files_come_with_the_package(installed: Path) -> None:
    files = installed / "ofsted_kg" / "files"
    for part in ("ontology", "data", "queries"):
        shipped = {p.relative_to(files) for p in (files / part).rglob("*") if p.is_file()}
        kept = {p.relative_to(ROOT) for p in (ROOT / part).rglob("*") if p.is_file()}
        assert shipped == kept


@pytest.mark.parametrize(
    ("question", "parameters"),
    [
        ("grade-history", {"authority": "Camden"}),
        ("findings", {"authority": "Camden", "theme": "management oversight"}),
        ("latest-grades", {"region": "London"}),
    ],
)
def test_it_answers_the_same(
    installed: Path, kg: KnowledgeGraph, question: str, parameters: dict[str, str]
) -> None:
    words = [word for name, value in parameters.items() for word in (f"--{name}", value)]
    answer = json.loads(_run(installed, "ask", question, *words, "--format", "json"))
    expected = kg.ask(question, **parameters).rows

    def parts(row: Mapping[str, object]) -> list[tuple[str, object]]:
        return [(k, sorted(v.split("; ")) if isinstance(v, str) else v) for k, v in row.items()]

    assert answer
    assert [parts(row) for row in answer] == [parts(row) for row in expected]
