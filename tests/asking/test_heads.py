"""The heads of questions: what options say for all, and the copy of them in the cache."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ofsted_kg.asking.questions import Parameter, load_question, load_questions
from ofsted_kg.errors import OfstedKgError
from tests.conftest import ROOT

OPTIONS = """\
#+ parameter: body
#+ label: Body
#+ description: "A body's name"
#+ type: term
SELECT ?value ?label ?name WHERE { ?value ?label ?name }
"""
QUESTION = """\
#+ summary: Bodies
#+ description: All of them.
#+ tags: [bodies]
#+ parameters:
#+   body: {body}
#+ columns:
#+   name: {{label: Name, description: A name}}
SELECT ?name WHERE {{ ?s ?p ?name }}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("ofsted_kg.rdf.files._TICK_SECONDS", -1)
    monkeypatch.setenv("OFSTED_KG_CACHE", str(tmp_path / "cache"))
    (tmp_path / "queries" / "options").mkdir(parents=True)
    (tmp_path / "queries" / "options" / "bodies.rq").write_text(OPTIONS)
    return tmp_path


def body(folder: Path, head: str) -> Parameter:
    (folder / "queries" / "bodies.rq").write_text(QUESTION.format(body=head))
    (parameter,) = load_question("bodies", folder).parameters
    assert load_question("bodies", folder).parameters == (parameter,)  # now from the cache
    return parameter


def test_a_question_takes_from_its_options_what_it_does_not_say(folder: Path) -> None:
    common = Parameter("body", "Body", "A body's name", "term", options="bodies")
    assert body(folder, "{}") == common
    assert body(folder, "") == common
    assert body(folder, "{repeatable: true}") == common._replace(repeatable=True)
    assert body(folder, "{description: Who asks, required: true}") == common._replace(
        description="Who asks", required=True
    )
    own = "{label: Word, description: A word, type: text}"
    assert body(folder, own) == Parameter("body", "Word", "A word", "text")


def test_the_heads_that_options_share_are_written_once() -> None:
    """As they were read before from the head of each question."""
    recommendations = load_question("recommendations")
    assert recommendations.parameters[0] == Parameter(
        "authority", "Authority", "An authority's name, code or IRI", "term", False, True,
        "authorities",
    )  # fmt: skip
    assert recommendations.parameter("timescale") == Parameter(
        "timescale", "Timescale", "Immediately, within three months, within six months …", "term",
        options="timescales",
    )  # fmt: skip
    area = load_question("judgements").parameter("area")
    assert area.description == "A judgement area's name; it may stand in several frameworks"
    assert load_question("time-to-improve").parameter("from_grade").options == "grades"
    for path in (ROOT / "queries").glob("*.rq"):
        assert "An authority's name, code or IRI" not in path.read_text(encoding="utf-8")


def test_a_changed_head_is_noticed(folder: Path) -> None:
    assert body(folder, "{}").label == "Body"
    options = folder / "queries" / "options" / "bodies.rq"
    options.write_text(OPTIONS.replace("label: Body", "label: Head"))
    assert load_question("bodies", folder).parameters[0].label == "Head"
    options.unlink()
    with pytest.raises(OfstedKgError, match="parameter body wants a type, or options"):
        load_question("bodies", folder)


def test_a_damaged_copy_is_not_believed(folder: Path) -> None:
    assert body(folder, "{}").label == "Body"
    (copy,) = (folder / "cache").glob("questions-*")
    assert "bodies" in json.loads(copy.read_bytes())
    for rubbish in (b"", b"{", b"[1]", b"\xff", b'"x"', b'{"bodies": 1}'):
        copy.write_bytes(rubbish)
        assert load_question("bodies", folder).parameters[0].label == "Body", rubbish


def test_one_bad_head_does_not_spoil_the_others(folder: Path) -> None:
    (folder / "queries" / "bad.rq").write_text("#+ summary: [\nSELECT * {}")
    assert body(folder, "{}").label == "Body"
    for _ in range(2):
        with pytest.raises(OfstedKgError, match=r"bad\.rq: its #\+ head wants mending"):
            load_question("bad", folder)
        with pytest.raises(OfstedKgError, match=r"bad\.rq"):
            load_questions(folder)


@pytest.mark.parametrize("known", [False, True])
def test_yaml_is_read_once_only(known: bool, tmp_path: Path) -> None:
    """A second process finds the heads in the cache and imports no YAML."""
    shutil.copytree(ROOT / "queries", tmp_path / "queries")
    program = (
        "import sys; from pathlib import Path; import ofsted_kg.rdf.files as files;"
        "files._TICK_SECONDS = -1; from ofsted_kg.asking.questions import load_question;"
        f"load_question('claims', Path({str(tmp_path)!r})); print('yaml' in sys.modules)"
    )
    for expected in ("True", "False")[: 1 + known]:
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT, env={"OFSTED_KG_CACHE": str(tmp_path / "cache")},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.strip() == expected
