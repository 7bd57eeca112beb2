"""The command line as a process: what it prints, where, and with which exit status."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ofsted_kg.cli import main
from tests.conftest import ROOT, encoded_documents

pytestmark = pytest.mark.national

COMMAND = [sys.executable, "-c", "import sys; from ofsted_kg.cli import main; sys.exit(main())"]
PASSAGE = "https://w3id.org/ofsted-kg/id/passage/camden-slac-2012/b52"
JUDGEMENT = (
    "https://w3id.org/ofsted-kg/id/assessment/CMD/slac-2009/2012-04-10/judgement/"
    "safeguarding-quality"
)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["frobnicate"], 2),
        ([], 2),
        (["ask"], 2),
        (["ask", "judgments"], 2),
        (["ask", "judgements", "--authority"], 2),
        (["ask", "judgements", "--authority", ""], 2),
        (["ask", "judgements", "Camden"], 2),
        (["ask", "judgements", "--self", "x"], 2),
        (["ask", "judgements", "--format", "pdf"], 2),
        (["ask", "judgements", "--endpoint", ""], 2),
        (["show", "nothing of this name"], 1),
        (["show", ""], 1),
        (["sparql", "DROP ALL"], 2),
        (["sparql", "no-such-file.rq"], 2),
        (["sparql", "SELECT * {" * 5_000], 2),
        (["sparql", "SELECT ?s { ?s ?p ?o } LIMIT 1", "--format", "turtle"], 2),
        (["cite", "72.1", "--documents", "."], 2),
        (["cite", JUDGEMENT, "--documents", "no-such-folder"], 2),
        (["verify", "--documents", "no-such-folder"], 2),
        (["verify", "--documents", "queries"], 1),
        (["validate", "no-such-file.ttl"], 2),
        (["validate", "README.md"], 1),
        (["validate", "--engine", "slow"], 2),
        (["validate", "--endpoint", ""], 2),
        (["sparql", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "csv"], 2),
        (["read", "no-such-report.pdf"], 1),
        (["read", "README.md"], 1),
        (["build", "--jobs", "-3"], 2),
        (["build", "--documents", "no-such-folder"], 1),
        (["export", "--format", "csv"], 2),
        (["export", "--output", "no-such-folder/x/y.nq"], 2),
        (["publish", "--endpoint", "http://127.0.0.1:1/store"], 2),
    ],
)
def test_bad_input_gets_one_line(words: list[str], status: int) -> None:
    ran = run(*words)
    assert ran.stderr.startswith("ofsted-kg: ")
    assert ran.stderr.count("\n") == 1
    assert len(ran.stderr) < 500
    assert (ran.returncode, ran.stdout) == (status, "")


def test_an_empty_answer_says_why_it_may_be_empty() -> None:
    ran = run("ask", "measures", "--authority", "Hackney", "--format", "json")
    assert (ran.returncode, json.loads(ran.stdout)) == (0, [])
    assert "measures has nothing for authority Hackney" in ran.stderr


def test_output_is_utf_8_whatever_the_terminal() -> None:
    ran = run("ask", "neighbours", "--authority", "Camden", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert "─" in ran.stdout


def test_a_closed_pipe_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "export"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        assert ran.stdout.readline()
        ran.stdout.close()
        assert b"Traceback" not in ran.stderr.read()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*COMMAND, "ask", "claims"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode != 0
    assert "No space left" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_ends_a_runaway_query() -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with subprocess.Popen([*COMMAND, "sparql", query], cwd=ROOT) as ran:
        time.sleep(3)
        assert ran.poll() is None
        ran.send_signal(signal.SIGINT)
        assert ran.wait(timeout=10) == -signal.SIGINT


def test_ask_gives_the_w3c_form_of_a_boolean() -> None:
    ran = run("sparql", "ASK { ?s ?p ?o }", "--format", "srj")
    assert json.loads(ran.stdout) == {"head": {}, "boolean": True}


def test_questions_and_one_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions"]) == 0
    listed = capsys.readouterr().out
    for path in (ROOT / "queries").glob("*.rq"):
        assert re.search(rf"^{path.stem} ", listed, re.MULTILINE)
    assert main(["questions", "recommendations"]) == 0
    shown = capsys.readouterr().out
    assert "--addressed-to" in shown
    assert "ofsted-kg ask recommendations" in shown


@pytest.mark.parametrize(
    "thing", ["Camden", "CMD", "E09000007", "https://w3id.org/ofsted-kg/id/authority/CMD"]
)
def test_show_takes_name_code_and_iri(thing: str) -> None:
    ran = run("show", thing, "--format", "json")
    assert "London Borough of Camden" in {row["value"] for row in json.loads(ran.stdout)}


def test_cite_gives_the_words_of_statement_and_passage(documents: Path) -> None:
    said = run("cite", JUDGEMENT, "--documents", str(documents))
    assert said.returncode == 0
    assert "grade above paragraph 33\nGrade 3 (Adequate)\n" in said.stdout
    passage = run("cite", PASSAGE, "--documents", str(documents))
    assert passage.stdout.endswith("Grade 3 (Adequate)\n")


def test_verify_finds_every_passage_right(documents: Path) -> None:
    ran = run("verify", "--documents", str(documents))
    assert ran.returncode == 0
    assert ran.stdout.count(", 0 wrong") == len(encoded_documents())


def test_a_changed_document_is_refused(documents: Path, tmp_path: Path) -> None:
    shutil.copytree(documents, tmp_path / "copies")
    (changed,) = (tmp_path / "copies").glob("003_*.txt")
    changed.chmod(0o644)
    changed.write_text(changed.read_text(encoding="utf-8").replace("Camden", "Camdem", 1))
    verified = run("verify", "--documents", str(changed.parent))
    assert verified.returncode == 1
    assert f"{changed.name}: is no text that the graph encodes" in verified.stdout
    cited = run("cite", JUDGEMENT, "--documents", str(changed.parent))
    assert cited.returncode == 1
    assert "no file is the text" in cited.stderr
    built = run("build", "--documents", str(changed.parent))
    assert built.returncode == 1
    assert "no file is the text that camden-slac-2012 encodes" in built.stderr
