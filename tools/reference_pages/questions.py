"""The page of the canned questions."""

from collections.abc import Iterator
from pathlib import Path

from ofsted_kg.asking.questions import Parameter, Question, load_question, question_names
from tools.reference_pages.markdown import anchor, code, page, plain, table

_TYPES = {
    "term": "name, code or IRI",
    "text": "text",
    "date": "day, as 2012-04-10",
    "integer": "whole number",
    "iri": "IRI",
}


def questions_page(folder: Path) -> str:
    """Every canned question with its parameters, columns and an example."""
    questions = [load_question(name, folder) for name in question_names(folder)]
    parts = [
        f"{len(questions)} questions. Each is one file `queries/NAME.rq` of plain SPARQL that runs "
        "in any tool as it stands; `ofsted-kg ask NAME` asks it with parameters, "
        "`ofsted-kg questions NAME` shows the text below, and in Python it is "
        '`ofsted_kg.open().ask("NAME", parameter="value")`. A repeatable parameter is given '
        "once for each value.",
        table(
            ("Question", "Answers", "Tags"),
            (
                (f"[{q.name}](#{anchor(q.name)})", plain(q.summary), plain(", ".join(q.tags)))
                for q in questions
            ),
        ),
    ]
    for question in questions:
        parts += _question(question)
    return page("Questions", "the heads of `queries/*.rq`", parts)


def _question(question: Question) -> Iterator[str]:
    yield f"## {question.name}"
    yield f"**{plain(question.summary)}**"
    yield plain(question.description)
    if question.remarks:
        yield f"With its rows an answer says: {plain('; '.join(question.remarks))}."
    yield f"```sh\n{question.example_command()}\n```"
    yield table(
        ("Parameter", "Takes", "Default", "Description"),
        (_parameter(parameter, question) for parameter in question.parameters),
    )
    yield table(
        ("Column", "Type", "Description"),
        ((code(c.name), c.type, plain(c.description)) for c in question.columns),
    )
    if question.words:
        added = " and ".join(map(code, question.words))
        yield f"With `--words DIR` also {added}: the exact words, from your own copies."
    if question.pivot:
        yield (
            f"The answer has a row for each {plain(question.pivot.row)} and a column for each "
            f"{plain(question.pivot.column)}, filled with the {plain(question.pivot.value)}."
        )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _parameter(parameter: Parameter, question: Question) -> tuple[str, str, str, str]:
    takes = [_TYPES[parameter.type]]
    takes += ["required"] if parameter.required else []
    takes += ["repeatable"] if parameter.repeatable else []
    default = question.defaults.get(parameter.name, "")
    return (
        code(_option(parameter.name)),
        ", ".join(takes),
        plain(str(default)),
        plain(parameter.description),
    )
