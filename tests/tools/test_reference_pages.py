"""The pages for readers: up to date, complete, and without a dead link."""

import re
import shutil
from pathlib import Path

import pytest

from ofsted_kg.asking.questions import load_question
from ofsted_kg.cli import main
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.terms import iri, literal, number, term
from ofsted_kg.validation.shapes import Constraint
from tests.conftest import ROOT
from tools.reference_pages import reference_pages, write_reference
from tools.reference_pages.markdown import anchor, plain, short, table
from tools.reference_pages.rules import in_words

PAGES = {
    "frameworks-and-scales",
    "lists",
    "measures",
    "questions",
    "shapes",
    "themes",
    "vocabulary",
}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The reference pages as they stand in the project, by name."""
    folder = ROOT / "docs" / "reference"
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the pages are made from, with the pages."""
    for name in ("ontology", "queries", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "data" / "opinions", tmp_path / "data" / "opinions")
    return tmp_path


def subjects(pattern: str, *files: Path) -> list[str]:
    """What a pattern finds at the start of lines of authored Turtle."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return re.findall(pattern, text, re.MULTILINE)


def markdown_files() -> list[Path]:
    return [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]


def headings(path: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_pages_are_up_to_date_byte_for_byte() -> None:
    made = reference_pages(ROOT)
    stale = [
        name
        for name, text in made.items()
        if not (ROOT / name).is_file() or (ROOT / name).read_bytes() != text.encode()
    ]
    assert stale == [], "run ofsted-kg build"


def test_there_is_a_page_for_each_subject_and_no_other(pages: dict[str, str]) -> None:
    assert set(pages) == PAGES


def declared_terms() -> list[str]:
    names = ("vocabulary", "english-authorities")
    return [
        found
        for name in names
        for found in subjects(r"^(okg:\w+) a owl:", ROOT / "ontology" / f"{name}.ttl")
    ]


def test_every_term_of_the_vocabulary_has_an_entry(pages: dict[str, str]) -> None:
    terms = declared_terms()
    assert len(terms) > 100
    entries = re.findall(r"^### (\S+)$", pages["vocabulary"], re.MULTILINE)
    assert set(entries) == set(terms)
    assert len(entries) == len(set(terms))


def test_every_shape_appears_with_its_severity_and_message(pages: dict[str, str]) -> None:
    text = "\n".join(path.read_text() for path in (ROOT / "ontology" / "shapes").glob("*.ttl"))
    page = pages["shapes"]
    ruled, missing = 0, []
    for block in re.findall(r"^shapes:.*? \.$", text, re.MULTILINE | re.DOTALL):
        name = re.match(r"shapes:(\S+) a sh:(?:Node|Property)Shape", block)
        message = re.search(r'sh:message "(.+?)"@en', block)
        if name and message:
            severity = re.search(r"sh:severity sh:(\w+)", block)
            assert severity
            ruled += 1
            row = f"\n| `{name[1]}` | {severity[1]} | "
            if plain(message[1]) not in page.partition(row)[2].partition("\n")[0]:
                missing.append(name[1])
        elif name and f"`{name[1]}`" not in page:
            described = re.search(r'sh:description "(.+?)"@en', block)
            missing += [name[1]] if not described or plain(described[1]) not in page else []
    assert ruled == text.count("sh:message ") > 200
    assert missing == []


def test_every_framework_area_scale_and_grade_appears(pages: dict[str, str]) -> None:
    page = pages["frameworks-and-scales"]
    frameworks = ROOT / "ontology" / "frameworks.ttl"
    keys = subjects(r"^framework:(\S+) a okg:InspectionFramework", frameworks)
    areas = subjects(r"^<\S+/id/area/[^/>]+/([^/>]+)> a okg:JudgementArea", frameworks)
    assert len(keys) >= 12
    assert len(areas) > 40
    assert [key for key in keys if f"`id/framework/{key}`" not in page] == []
    assert [area for area in areas if f"| `{area}` |" not in page] == []
    scales = subjects(r"^scale:(\S+) a okg:GradingScale", ROOT / "ontology" / "scales.ttl")
    assert [scale for scale in scales if f"`id/scale/{scale}`" not in page] == []
    assert len(subjects(r"a okg:Grade ,", ROOT / "ontology" / "scales.ttl")) == len(
        re.findall(r"^\| \d \| \d? ?\|", page.partition("## Scales")[2], re.MULTILINE)
    )


def test_the_best_grade_stands_first_whatever_its_number(pages: dict[str, str]) -> None:
    page = pages["frameworks-and-scales"]
    assert "| 1 | 4 | Performs excellently |" in page
    assert "| 3 | 3 | Adequate |" in page


def test_every_theme_appears_under_its_broader_one(pages: dict[str, str]) -> None:
    page = pages["themes"]
    themes = subjects(r"^theme:(\S+) a skos:Concept", *(ROOT / "ontology").glob("themes*.ttl"))
    assert len(themes) > 100
    assert [theme for theme in themes if f"(`{theme}`):" not in page] == []
    early_help = page.index("- **early help** (`early-help`)")
    assert early_help < page.index("  - **early help assessment** (`early-help-assessment`)")


def test_every_measure_and_list_entry_appears(pages: dict[str, str]) -> None:
    measures = subjects(r"^measure:(\S+) a okg:Measure", ROOT / "ontology" / "measures.ttl")
    assert len(measures) > 40
    assert [key for key in measures if f"| `{key}` |" not in pages["measures"]] == []
    concepts = ROOT / "ontology" / "concepts.ttl"
    entries = subjects(r"^<\S+/id/[^/>]+/([^/>]+)> a skos:Concept ", concepts)
    assert len(entries) > 100
    assert [key for key in entries if f"| `{key}` |" not in pages["lists"]] == []


def test_every_question_appears_with_summary_parameters_and_columns(
    pages: dict[str, str],
) -> None:
    names = [path.stem for path in (ROOT / "queries").glob("*.rq")]
    assert len(names) > 20
    for name in names:
        part = pages["questions"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        question = load_question(name, ROOT)
        assert plain(question.summary) in part, name
        assert f"ofsted-kg ask {name}" in part
        for parameter in question.parameters:
            assert f"| `--{parameter.name.replace('_', '-')}` |" in part
        for column in question.columns:
            assert f"| `{column.name}` |" in part


def test_every_command_is_told_to_readers(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    ([a-z]+)(?:  |$)", capsys.readouterr().out, re.MULTILINE)
    assert {"ask", "cite", "build"} <= set(commands)
    text = "\n".join(path.read_text(encoding="utf-8") for path in markdown_files())
    assert [
        name for name in commands if not re.search(rf"ofsted-kg {name}\b|\| `{name}\b", text)
    ] == []


def test_questions_that_the_pages_show_exist_with_their_parameters() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in markdown_files())
    shown = re.findall(r"^(?:.*&& )?\S*ofsted-kg ask ([a-z-]+)(.*)$", text, re.MULTILINE)
    assert len(shown) > 25
    for name, rest in shown:
        known = {parameter.name for parameter in load_question(name, ROOT).parameters}
        given = {option.replace("-", "_") for option in re.findall(r"--([a-z-]+)", rest)}
        assert given - {"format", "endpoint", "words"} <= known, f"{name} {rest}"


def test_links_lead_somewhere() -> None:
    checked, dead = 0, []
    for path in markdown_files():
        text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target):
                continue
            checked += 1
            name, _, fragment = target.partition("#")
            linked = (path.parent / name).resolve() if name else path
            found = linked.exists() and (
                not fragment or fragment in {anchor(heading) for heading in headings(linked)}
            )
            if not found:
                dead.append(f"{path.relative_to(ROOT)}: {target}")
    assert checked > 500
    assert sorted(set(dead)) == []


def test_no_two_headings_of_a_page_share_an_anchor() -> None:
    for path in (ROOT / "docs" / "reference").glob("*.md"):
        anchors = [anchor(heading) for heading in headings(path)]
        assert len(anchors) == len(set(anchors)), path.name


def test_terms_that_the_model_page_names_exist() -> None:
    known = set(declared_terms())
    named = set(re.findall(r"okg:\w+", (ROOT / "docs" / "model.md").read_text(encoding="utf-8")))
    assert len(named) > 10
    assert named <= known


def test_writing_names_the_changed_page_and_nothing_when_all_is_as_it_was(project: Path) -> None:
    write_reference(project)
    assert write_reference(project) == []
    path = project / "ontology" / "measures.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Nursery schools"@en', '"Schools for infants"@en'))
    assert write_reference(project) == ["docs/reference/measures.md"]
    assert "| Schools for infants |" in (project / "docs/reference/measures.md").read_text()


def test_a_broken_file_leaves_the_pages_as_they_were(project: Path) -> None:
    write_reference(project)
    (project / "ontology" / "measures.ttl").write_text("measure:broken a\n")
    (project / "docs" / "reference" / "themes.md").write_text("old")
    with pytest.raises(OfstedKgError, match=r"measures\.ttl"):
        write_reference(project)
    assert (project / "docs" / "reference" / "themes.md").read_text() == "old"


def test_counts_are_put_in_words() -> None:
    one, two = number(1), number(2)
    assert in_words((Constraint("minCount", (one,)), Constraint("maxCount", (one,)))) == (
        "exactly one"
    )
    assert in_words((Constraint("minCount", (one,)), Constraint("maxCount", (two,)))) == (
        "at least one and at most 2"
    )
    assert in_words((Constraint("maxCount", (number(0),)),)) == "none"


def test_alternatives_and_lists_are_put_in_words() -> None:
    dates = tuple((Constraint("datatype", (term(f"xsd:{name}"),)),) for name in ("date", "gYear"))
    assert in_words((Constraint("or", alternatives=dates),)) == "`xsd:date` or `xsd:gYear`"
    polarities = (iri("polarity", "strength"), iri("polarity", "weakness"))
    assert in_words((Constraint("in", polarities),)) == "one of strength, weakness"
    assert in_words((Constraint("pattern", (literal("^[0-9]$"),)),)) == "of the form `^[0-9]$`"


def test_names_are_shortened_by_prefix() -> None:
    assert short(term("okg:Grade")) == "okg:Grade"
    assert short(iri("scale", "slac-2009", "3")) == "id/scale/slac-2009/3"


def test_marks_of_markdown_in_texts_are_escaped() -> None:
    assert plain("a *b*\n <c>") == r"a \*b\* \<c\>"
    assert table(("A",), [("x|y",)]) == "| A |\n|---|\n| x\\|y |"
    assert table(("A",), []) == ""


def test_an_example_with_several_values_repeats_its_option() -> None:
    command = load_question("compare-authorities", ROOT).example_command()
    words = command.split(" --")
    assert words[:3] == [
        "ofsted-kg ask compare-authorities",
        'authority "Camden"',
        'authority "Kensington and Chelsea"',
    ]
