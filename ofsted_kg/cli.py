"""The command `ofsted-kg`: parse, call, print. Exit status 0 fine, 1 no, 2 wrong use."""

import argparse
import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ofsted_kg.errors import OfstedKgError, one_line

if TYPE_CHECKING:
    from ofsted_kg.knowledge_graph import KnowledgeGraph

_LONGEST_COMPLAINT = 400
_QUERY = re.compile(
    r"\s*(#|(ask|base|clear|construct|copy|create|delete|describe|drop|insert|load|move|prefix"
    r"|select|with)\b)",
    re.IGNORECASE,
)
_BUILT_FROM = {
    "documents": "your copies of the encoded documents (text)",
    "reports": "inspection reports (PDF); may be given again",
    "releases": "Ofsted's releases of outcomes (ODS)",
    "reference": "the reference tables (CSV)",
    "overviews": "other people's overviews of inspections (CSV)",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # The engine does not hear of an interrupt while it works; the system's own way ends it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        _prepare_output()
        options, rest = _parser().parse_known_args(given)
        run: Callable[[argparse.Namespace, list[str]], int] = options.run
        if rest and run is not _ask:
            raise OfstedKgError(f"{options.command} does not take {rest[0]}; see --help")
        return run(options, rest)
    except OfstedKgError as error:
        _complain(error)
        return error.exit_status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, ValueError) as error:  # a full disk, a value that is no text
        _complain(error)
        return 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as every command does."""

    def error(self, message: str) -> NoReturn:
        raise OfstedKgError(f"{message}; see {self.prog} --help")


def _prepare_output() -> None:
    if sys.stdout is None:
        raise OfstedKgError("there is no standard output to write to")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def _complain(error: Exception) -> None:
    line = one_line(error)
    shown = line if len(line) <= _LONGEST_COMPLAINT else line[:_LONGEST_COMPLAINT] + " …"
    print(f"ofsted-kg: {shown}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="ofsted-kg",
        description="What inspectors found in England's children's services, with its sources.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", prog="ofsted-kg"
    )

    def command(
        name: str, run: Callable[[argparse.Namespace, list[str]], int], help_: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_, allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    ask = command("ask", _ask, "answer a canned question")
    ask.add_argument("name", help="a question's name, as `ofsted-kg questions` lists them")
    _words_option(ask)
    _answer_options(ask)
    questions = command("questions", _questions, "list the questions, or one with its parameters")
    questions.add_argument("name", nargs="?")
    sparql = command("sparql", _sparql, "run any SPARQL query")
    sparql.add_argument("query", help="a query, a file that holds one, or - for standard input")
    _answer_options(sparql, graphs=True)
    show = command("show", _show, "everything said about one thing, with its sources")
    show.add_argument("thing", help="an IRI, a code or a name")
    _words_option(show)
    _answer_options(show)
    status = command("status", _status, "what the graph holds and how old each part is")
    _answer_options(status)
    validate = command("validate", _validate, "check the graph, or files of it, by the shapes")
    validate.add_argument("files", nargs="*", type=Path)
    validate.add_argument(
        "--engine", default="fast", help="fast, or pyshacl: the reference, many times slower"
    )
    validate.add_argument("--endpoint", help="a SPARQL endpoint whose graph is checked instead")
    cite = command("cite", _cite, "the exact words that a statement rests on, from your copy")
    cite.add_argument("statement", help="the IRI of a statement or passage")
    _documents_option(cite, "--words")
    verify = command("verify", _verify, "check every passage against your copies of the documents")
    _documents_option(verify)
    fetch = command("fetch", _fetch, "get the reports on an authority (PDF), for their words")
    fetch.add_argument(
        "--authority",
        type=_name,
        action="append",
        required=True,
        metavar="NAME",
        help="any name or code of it; may be given again",
    )
    fetch.add_argument(
        "--to",
        type=_folder,
        metavar="DIR",
        help="a folder of your own, in which nothing is replaced; default: ofsted-reports here",
    )
    fetch.add_argument(
        "--dry-run", action="store_true", help="list them and ask nobody; nothing is written"
    )
    read = command("read", _read, "a report (PDF or text) as triples or as a plain record")
    read.add_argument("report", type=Path)
    read.add_argument("--format", choices=("turtle", "json"), default="turtle")
    read.add_argument(
        "--with-text", action="store_true", help="keep the report's words, for your own use"
    )
    build = command("build", _build, "rebuild what is generated and print what changed")
    for part, holds in _BUILT_FROM.items():
        several = "append" if part == "reports" else "store"
        build.add_argument(f"--{part}", type=Path, action=several, metavar="DIR", help=holds)
    build.add_argument("--jobs", type=_count, metavar="N", help="reports read at a time")
    add = command("add", _add, "put one report into the graph and print what it changes")
    add.add_argument("report", type=Path, help="an inspection report (PDF)")
    add.add_argument(
        "--published", metavar="DAY", help="its day of publication, like 2023-10-27, if not printed"
    )
    update = command("update", _update, "bring the graph up to date from Ofsted's own pages")
    update.add_argument("--folder", type=Path, metavar="DIR", help="where fetched files are kept")
    update.add_argument(
        "--dry-run", action="store_true", help="list what would be fetched and write nothing"
    )
    export = command("export", _export, "the dataset with its description, as files")
    export.add_argument(
        "--format",
        choices=_Choices(_export_forms),
        default="nquads",
        metavar="FORMAT",
        help="%(choices)s; default: nquads",
    )
    export.add_argument("--output", type=Path, help="a file, or with --per-graph a new folder")
    export.add_argument("--per-graph", action="store_true", help="one file for each named graph")
    publish = command("publish", _publish, "load the dataset into a triplestore")
    publish.add_argument("--endpoint", required=True, help="its Graph Store Protocol address")
    publish.add_argument(
        "--union", action="store_true", help="fill the default graph too, for stores that need it"
    )
    publish.add_argument("--everything", action="store_true", help="send unchanged graphs too")
    return parser


def _answer_options(parser: argparse.ArgumentParser, *, graphs: bool = False) -> None:
    parser.add_argument(
        "--format",
        choices=_Choices(_answer_forms, graphs),
        default=None,
        metavar="FORMAT",
        help=f"%(choices)s; default: table{' (turtle for a graph)' if graphs else ''}",
    )
    parser.add_argument("--endpoint", help="a SPARQL endpoint to ask instead of the own store")


def _words_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--words",
        type=_folder,
        action="append",
        default=[],
        metavar="DIR",
        help="add the exact words each row rests on, from your copies; may be given again",
    )


class _Choices:
    """Words known to another module, which is imported when somebody wants to know them."""

    def __init__(self, known: Callable[..., Sequence[str]], *given: bool) -> None:
        self._known = known
        self._given = given

    def __iter__(self) -> Iterator[str]:
        return iter(self._known(*self._given))

    def __contains__(self, word: object) -> bool:
        return word in self._known(*self._given)


def _answer_forms(graphs: bool) -> Sequence[str]:
    from ofsted_kg.knowledge_graph import FORMATS, GRAPH_FORMATS

    return [*FORMATS, *(GRAPH_FORMATS if graphs else ())]


def _export_forms() -> Sequence[str]:
    from ofsted_kg.publishing.exports import FORMS

    return list(FORMS)


def _count(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= 64:
        raise argparse.ArgumentTypeError(f"{given} is no number from 1 to 64")
    return int(given)


def _folder(given: str) -> Path:
    if not given.strip():
        raise argparse.ArgumentTypeError("wants the name of a folder")
    return Path(given)


def _name(given: str) -> str:
    if not given.strip():
        raise argparse.ArgumentTypeError("wants a name")
    return given.strip()


def _documents_option(parser: argparse.ArgumentParser, *also: str) -> None:
    parser.add_argument(
        "--documents", *also, type=_folder, required=True, help="folder with your copies of them"
    )


def _version() -> str:
    from ofsted_kg import __version__

    return f"ofsted-kg {__version__}"


def _ask(options: argparse.Namespace, rest: list[str]) -> int:
    graph = _opened(options)
    given = _parameters(rest)
    if options.words:
        graph.question(options.name).require_words()
    answer = graph.ask(options.name, **given)
    if options.words:
        answer = answer.with_words(*options.words)
    _print(answer.to_text(options.format or "table", _width()))
    _remark(answer.notes)
    if answer.as_at:  # few formats have a place for it, and what is saved must not mislead
        _remark([f"covers {answer.as_at.to_text()}"])
    if not answer.terms:
        description = graph.question(options.name).description
        reason = graph.why_empty(options.name, **given)
        _remark([f"{reason} {description}"])
    return 0


def _opened(options: argparse.Namespace) -> "KnowledgeGraph":
    from ofsted_kg.knowledge_graph import open_graph

    return open_graph(options.endpoint)


def _unopened() -> "KnowledgeGraph":
    """The files at hand, put into no store before a question is asked."""
    from ofsted_kg.knowledge_graph import KnowledgeGraph

    return KnowledgeGraph()


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
        if not value.strip():
            raise OfstedKgError(f"--{name} wants a value; leave it out to ask for everything")
        values.setdefault(name.replace("-", "_"), []).append(value)
    return {name: given[0] if len(given) == 1 else given for name, given in values.items()}


def _questions(options: argparse.Namespace, rest: list[str]) -> int:
    if options.name is None:
        questions = _unopened().questions()
        longest = max(len(question.name) for question in questions)
        for question in questions:
            print(f"{question.name.ljust(longest)}  {question.summary}")
        return 0
    question = _unopened().question(options.name)
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
    if question.remarks:
        print("\nSaid with each answer")
        for remark in question.remarks:
            print(f"  {remark}")
    for name in question.words:
        print(f"  {name}  The exact words, from your own copies: with --words DIR (text)")
    print(f"\nExample\n  {question.example_command()}")
    return 0


def _sparql(options: argparse.Namespace, rest: list[str]) -> int:
    answer = _opened(options).query(_query_text(options.query))
    form = {"form": options.format} if options.format else {}
    _print(answer.to_text(**form, width=_width()))
    return 0


def _query_text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if "{" not in given and not _QUERY.match(given):
        path = Path(given)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise OfstedKgError(f"{given}: neither a query nor a readable file: {reason}") from None
    return given


def _show(options: argparse.Namespace, rest: list[str]) -> int:
    answer = _opened(options).show(options.thing)
    if options.words:
        answer = answer.with_words(*options.words)
    _print(answer.to_text(options.format or "table", _width()))
    _remark(answer.notes)
    return 0


def _status(options: argparse.Namespace, rest: list[str]) -> int:
    _print(_opened(options).status().to_text(options.format or "table", _width()))
    return 0


def _validate(options: argparse.Namespace, rest: list[str]) -> int:
    graph = _opened(options) if options.endpoint is not None else _unopened()
    report = graph.validate(options.files or None, options.engine)
    _print(report.to_text())
    return 0 if report.conforms else 1


def _cite(options: argparse.Namespace, rest: list[str]) -> int:
    for citation in _unopened().cite(options.statement, options.documents):
        _print(f"{citation.source}\n{citation.words}\n")
    return 0


def _verify(options: argparse.Namespace, rest: list[str]) -> int:
    report = _unopened().verify(options.documents)
    _print(report.to_text())
    return 0 if report.verified else 1


def _fetch(options: argparse.Namespace, rest: list[str]) -> int:
    done = _unopened().fetch(*options.authority, to=options.to, dry_run=options.dry_run, tell=_tell)
    _print("".join(f"{line}\n" for line in done.lines(dry_run=options.dry_run)))
    _remark([*done.notes, *done.problems])
    return 1 if done.problems else 0


def _read(options: argparse.Namespace, rest: list[str]) -> int:
    written, notes = _unopened().read_text(
        options.report, options.format, with_text=options.with_text
    )
    _print(written)
    _remark([f"{options.report.name}: {note}" for note in notes])
    return 0


def _build(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.building import build

    sources = {part: getattr(options, part) for part in _BUILT_FROM}
    for line in build(**sources, jobs=options.jobs):
        print(line, flush=True)
    return 0


def _add(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.adding import add

    done = add(options.report, options.published)
    _print("".join(f"{line}\n" for line in done.lines()))
    _remark(done.warnings())
    return 0


def _update(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.updating import update

    done = update(options.folder, dry_run=options.dry_run, tell=_tell)
    for line in (*done.not_read, *(f"changed: {name}" for name in done.changed)):
        print(line)
    verb = "would be fetched" if options.dry_run else "fetched"
    print(f"{len(done.new)} files {verb}, {len(done.changed)} files of the graph changed")
    _remark(done.problems)
    return 1 if done.problems else 0


def _export(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.publishing.exports import export, export_graphs

    if options.per_graph:
        if options.output is None:
            raise OfstedKgError("export --per-graph wants --output FOLDER")
        print(f"{len(export_graphs(options.output, options.format))} files")
        return 0
    count = export(options.output or sys.stdout.buffer, options.format)
    print(f"{count} statements", file=sys.stderr)
    return 0


def _publish(options: argparse.Namespace, rest: list[str]) -> int:
    from ofsted_kg.publishing.graph_store import publish

    done = publish(
        options.endpoint, union=options.union, everything=options.everything, progress=print
    )
    sent, kept, gone = map(len, done)
    print(f"graphs: {sent} sent, {kept} unchanged, {gone} removed")
    return 0


def _remark(notes: Sequence[str]) -> None:
    for note in notes:
        print(f"ofsted-kg: {one_line(note)}", file=sys.stderr)


def _tell(line: str) -> None:
    print(line, flush=True)


def _print(text: str) -> None:
    sys.stdout.write(text)


def _width() -> int | None:
    """The terminal's width; None where the output goes elsewhere and need not be folded."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError):
        return None
