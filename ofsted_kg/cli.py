"""The command `ofsted-kg`: parse, call, print. Exit status 0 fine, 1 no, 2 wrong use."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ofsted_kg.errors import OfstedKgError

FORMATS = ("table", "csv", "json", "markdown", "srj", "srx", "tsv")
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld", "rdfxml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options, rest = _parser().parse_known_args(given)
        run: Callable[[argparse.Namespace, list[str]], int] = options.run
        if rest and run is not _ask:
            raise OfstedKgError(f"{options.command} does not take {rest[0]}; see --help")
        return run(options, rest)
    except OfstedKgError as error:
        print(f"ofsted-kg: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ofsted-kg",
        description="What inspectors found in England's children's services, with its sources.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace, list[str]], int], help_: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_, allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    ask = command("ask", _ask, "answer a canned question")
    ask.add_argument("name", help="a question's name, as `ofsted-kg questions` lists them")
    _answer_options(ask)
    questions = command("questions", _questions, "list the questions, or one with its parameters")
    questions.add_argument("name", nargs="?")
    sparql = command("sparql", _sparql, "run any SPARQL query")
    sparql.add_argument("query", help="a query, a file that holds one, or - for standard input")
    _answer_options(sparql, graphs=True)
    show = command("show", _show, "everything said about one thing, with its sources")
    show.add_argument("thing", help="an IRI, a code or a name")
    _answer_options(show)
    validate = command("validate", _validate, "check the graph, or files of it, by the shapes")
    validate.add_argument("files", nargs="*", type=Path)
    cite = command("cite", _cite, "the exact words that a statement rests on, from your copy")
    cite.add_argument("statement", help="the IRI of a statement or passage")
    _documents_option(cite)
    verify = command("verify", _verify, "check every passage against your copies of the documents")
    _documents_option(verify)
    build = command("build", _build, "rebuild what is generated and print what changed")
    build.add_argument("--documents", type=Path, help="your copies of the encoded documents")
    return parser


def _answer_options(parser: argparse.ArgumentParser, *, graphs: bool = False) -> None:
    forms = FORMATS + (GRAPH_FORMATS if graphs else ())
    parser.add_argument(
        "--format", choices=forms, default=None, help="default: table (turtle for a graph)"
    )
    parser.add_argument("--endpoint", help="a SPARQL endpoint to ask instead of the own store")


def _documents_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--documents", type=Path, required=True, help="folder with your copies of the documents"
    )


def _version() -> str:
    from ofsted_kg import __version__

    return f"ofsted-kg {__version__}"


def _ask(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.knowledge_graph import open_graph

    answer = open_graph(options.endpoint).ask(options.name, **_parameters(rest))
    _print(answer.to_text(options.format or "table", _width()))
    return 0


def _parameters(rest: list[str]) -> dict[str, str | list[str]]:
    """`--name value` and `--name=value`; a parameter given twice becomes a list."""
    values: dict[str, list[str]] = {}
    pending = list(rest)
    while pending:
        word = pending.pop(0)
        if not word.startswith("--") or word == "--":
            raise OfstedKgError(f"unexpected {word}; parameters are given as --name value")
        name, given, value = word[2:].partition("=")
        if not given:
            if not pending:
                raise OfstedKgError(f"{word} wants a value")
            value = pending.pop(0)
        values.setdefault(name.replace("-", "_"), []).append(value)
    return {name: given[0] if len(given) == 1 else given for name, given in values.items()}


def _questions(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.questions import load_question, question_names

    if options.name is None:
        names = question_names()
        longest = max(map(len, names))
        for name in names:
            print(f"{name.ljust(longest)}  {load_question(name).summary}")
        return 0
    question = load_question(options.name)
    print(f"{question.summary}\n\n{question.description}\n\nParameters")
    for parameter in question.parameters:
        notes = [parameter.type]
        notes += ["required"] if parameter.required else []
        notes += ["repeatable"] if parameter.repeatable else []
        option = f"--{parameter.name.replace('_', '-')}"
        print(f"  {option}  {parameter.description} ({', '.join(notes)})")
    print("\nColumns")
    for column in question.columns:
        print(f"  {column.name}  {column.description} ({column.type})")
    example = " ".join(
        f'--{name.replace("_", "-")} "{value}"'
        for name, values in question.example.items()
        for value in (values if isinstance(values, list) else [values])
    )
    print(f"\nExample\n  ofsted-kg ask {question.name} {example}".rstrip())
    return 0


def _sparql(options: argparse.Namespace, rest: list[str]) -> int:
    import pyoxigraph as ox

    from ofsted_kg.answers import Answer, from_solutions, graph_text
    from ofsted_kg.stores import open_store

    result = open_store(options.endpoint).query(_query_text(options.query))
    if isinstance(result, ox.QueryTriples):
        _print(graph_text(list(result), options.format or "turtle"))
        return 0
    if isinstance(result, ox.QueryBoolean):
        answer = Answer(("answer",), ((ox.Literal(bool(result)),),))
    else:
        answer = from_solutions(result)
    _print(answer.to_text(options.format or "table", _width()))
    return 0


def _query_text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if "{" not in given:
        path = Path(given)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise OfstedKgError(f"{given}: neither a query nor a readable file: {reason}") from None
    return given


def _show(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.inspection import show
    from ofsted_kg.stores import open_store

    answer = show(open_store(options.endpoint), options.thing)
    _print(answer.to_text(options.format or "table", _width()))
    return 0


def _validate(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.validation import validate

    report = validate(options.files or None)
    _print(report.to_text())
    return 0 if report.conforms else 1


def _cite(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.citation import cite
    from ofsted_kg.stores import open_store

    for citation in cite(open_store(), options.statement, options.documents):
        _print(f"{citation.source}\n{citation.words}\n")
    return 0


def _verify(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.citation import verify
    from ofsted_kg.stores import open_store

    report = verify(open_store(), options.documents)
    _print(report.to_text())
    return 0 if report.verified else 1


def _build(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.encoding.passages import build_passages
    from ofsted_kg.graph import root

    changed = build_passages(root() / "data", options.documents) if options.documents else []
    print("\n".join(changed) if changed else "nothing changed")
    return 0


def _print(text: str) -> None:
    sys.stdout.write(text)


def _width() -> int | None:
    """The terminal's width; None where the output goes elsewhere and need not be folded."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return None
