"""The door: everything that a caller can do with the graph, and nothing that needs another room.

    kg = ofsted_kg.open()
    kg.ask("grade-history", authority="Camden").rows
    print(kg.show("Camden").to_text())

What goes wrong is an OfstedKgError, one line that says what to do.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ofsted_kg.asking.answers import (
    FORMATS,
    GRAPH_FORMATS,
    Answer,
    Triples,
    from_result,
    from_solutions,
    pivoted,
    set_apart,
)
from ofsted_kg.asking.as_at import as_at
from ofsted_kg.asking.bodies import ended
from ofsted_kg.asking.days import remarks_on
from ofsted_kg.asking.parameters import Given, Option, bindings, options
from ofsted_kg.asking.questions import Question, load_question, load_questions
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.store import Store, open_store, select

if TYPE_CHECKING:
    import rdflib

    from ofsted_kg.asking.cite import Citation, Verification
    from ofsted_kg.collecting import Collected
    from ofsted_kg.judging.polarity import Polarity
    from ofsted_kg.reports.report import Report
    from ofsted_kg.validation import ValidationReport

__all__ = [
    "FORMATS",
    "GRAPH_FORMATS",
    "Answer",
    "Given",
    "KnowledgeGraph",
    "Option",
    "Question",
    "Triples",
    "open_graph",
]

_ABOUT = ("authority", "neighbour")


class KnowledgeGraph:
    """The files at hand in an embedded store, or any other store, such as an endpoint.

    The embedded store is opened when it is first asked, and built if need be.
    """

    def __init__(self, store: Store | None = None) -> None:
        self._given = store
        self._embedded: Store | None = None

    @property
    def store(self) -> Store:
        """Where questions are asked."""
        if self._given is not None:
            return self._given
        if self._embedded is None:
            self._embedded = open_store()
        return self._embedded

    def questions(self) -> list[Question]:
        """All canned questions."""
        return load_questions()

    def question(self, name: str) -> Question:
        """One canned question; OfstedKgError names the nearest ones for an unknown name."""
        return load_question(name)

    def ask(self, name: str, /, **parameters: Given) -> Answer:
        """Answers a canned question; OfstedKgError for a wrong name or parameter.

        Where a name means several bodies all are asked about, and the answer's `notes` say so,
        before what the question itself remarks on its rows; its `as_at` says what it covers, and
        its `with_words` adds the words its rows rest on.
        """
        question, notes = load_question(name), list[str]()
        bound = bindings(question, parameters, self.store, notes)
        solutions = select(self.store, question.text, bound)
        if question.pivot:
            answer = pivoted(from_solutions(solutions), *question.pivot)
        else:
            columns = [column.name for column in question.columns]
            answer = from_solutions(solutions, [*columns, *question.words.values()])
            answer = set_apart(answer, question.words, self.store)
        # Authorities head the columns of a comparison.
        named = set(answer.columns if question.pivot else ())
        named |= {
            str(row[name])
            for row in answer.rows
            for name in _ABOUT
            if isinstance(row.get(name), str)
        }
        on = {name: terms for name, terms in bound.items() if name == "_on"}
        covered = as_at(self.store, named, on)
        days = [day.value for day in on.get("_on", ())]
        if answer.rows and "_authority" in bound:
            notes += ended(self.store, bound["_authority"], max(days, default=None), notes)
        for day in days:
            notes += remarks_on(day, covered, self.store, bound)
        notes += question.remarks if answer.terms else ()
        return answer._replace(notes=tuple(notes), as_at=covered)

    def status(self) -> Answer:
        """What the graph holds, part by part, and how old each part is."""
        from ofsted_kg.asking.status import status

        return status(self.store)

    def why_empty(self, name: str, /, **parameters: Given) -> str:
        """A sentence on why a question has no rows, such as that an authority was abolished."""
        from ofsted_kg.asking.emptiness import why_empty

        return why_empty(load_question(name), parameters, self.store)

    def options(self, question: str, parameter: str) -> list[Option]:
        """What a parameter of a question can be: each term once for each of its names.

        Nothing for a parameter that names no thing, such as a day. Raises OfstedKgError for
        an unknown question or parameter.
        """
        asked = load_question(question).parameter(parameter)
        return options(asked, self.store) if asked.options else []

    def query(self, text: str) -> Answer | Triples:
        """The answer of any SPARQL query: rows, or the triples of a CONSTRUCT or DESCRIBE."""
        return from_result(self.store.query(text))

    def sparql(self, text: str) -> Answer:
        """The answer of any SELECT or ASK query; an ASK gives one column `answer`."""
        answer = self.query(text)
        if isinstance(answer, Triples):
            raise OfstedKgError("this query gives a graph; use the method graph")
        return answer

    def graph(self, text: str) -> Triples:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        answer = self.query(text)
        if isinstance(answer, Answer):
            raise OfstedKgError("this query gives no graph; use the method sparql")
        return answer

    def show(self, thing: str) -> Answer:
        """Everything said about what has this IRI, code or name; NotFoundError if nothing has."""
        from ofsted_kg.asking.show import show

        return show(self.store, thing)

    def cite(self, statement: str, documents: Path | str) -> "list[Citation]":
        """The exact words that a statement rests on, from your copies in a folder.

        Raises NotFoundError where nothing has this IRI, SourceError where no copy at hand is
        the text that was encoded.
        """
        from ofsted_kg.asking.cite import cite

        return cite(self.store, statement, Path(documents))

    def verify(self, documents: Path | str) -> "Verification":
        """Compares every passage with your copies of the documents in a folder."""
        from ofsted_kg.asking.cite import verify

        return verify(self.store, Path(documents))

    def fetch(
        self,
        *authorities: str,
        to: Path | str | None = None,
        dry_run: bool = False,
        tell: Callable[[str], None] = lambda line: None,
    ) -> "Collected":
        """Fetches the reports on authorities, by any of their names, for `with_words` to find.

        They come from Ofsted's own addresses into the folder `to`, by default `ofsted-reports`
        where one works; what is there is not fetched again, and `dry_run` fetches nothing.
        Each must have the digest on record. `tell` is given a line for each report. Raises
        NotFoundError where the graph has no report on them.
        """
        from ofsted_kg.collecting import collect

        return collect(self.store, authorities, to, dry_run=dry_run, tell=tell)

    def validate(
        self, files: Sequence[Path | str] | None = None, engine: str = "fast"
    ) -> "ValidationReport":
        """Checks the whole graph by the shapes, or what the files named say within it.

        The graph is the files at hand, or all that another store holds, fetched as a whole.
        The engine `pyshacl` is the reference, many times slower than `fast`, and for files
        only. Raises SourceError for a file that is not Turtle, OfstedKgError for one that is
        not there and for a store that does not give all it holds.
        """
        paths = None if files is None else [Path(file) for file in files]
        if self._given is not None:
            from ofsted_kg.validation.held import validate_held

            if engine != "fast":
                raise OfstedKgError(f"the engine {engine} is for files; a store has the fast one")
            return validate_held(self._given, paths)
        from ofsted_kg.validation import validate

        return validate(paths, engine)

    def read(self, path: Path | str) -> "Report":
        """An inspection report (PDF or text) as plain data; its `to_record()` is for JSON.

        Raises SourceError for a report that cannot be read.
        """
        from ofsted_kg.reports.reading import read_report

        return read_report(Path(path))

    def judge(self, sentence: str, before: str = "", section: str = "") -> "Polarity":
        """What a sentence of a report says of the service, and how sure a machine is of it.

        It is read with the sentence before it and the heading of its section, where given;
        `docs/polarity.md` tells how it is judged and how well.
        """
        from ofsted_kg.reports.findings import judged

        return judged(sentence, before, section)

    def read_text(
        self, path: Path | str, form: str = "turtle", *, with_text: bool = False
    ) -> tuple[str, tuple[str, ...]]:
        """A report written out, as triples (`turtle`) or record (`json`), and what it leaves open.

        `with_text` adds the report's words to the triples, for your own use. Raises
        SourceError for a report that cannot be read, or whose assessment is not certain.
        """
        if form == "json":
            import json

            report = self.read(path)
            written = json.dumps(report.to_record(), ensure_ascii=False, indent=2) + "\n"
            return written, report.warnings
        if form != "turtle":
            raise OfstedKgError(f"no form {form}; there are turtle and json")
        from ofsted_kg.reports.encoding import report_as_turtle

        content, notes = report_as_turtle(Path(path), with_text=with_text)
        return content.decode(), notes

    def to_rdflib(self) -> "rdflib.Dataset":
        """A copy for RDFLib with the named graphs, and the project's prefixes bound.

        The default graph of the Dataset unites the named ones. RDFLib takes half a minute, and
        would take another for what a machine found in sentences, which is left out: parse the
        files of `data/findings` into it where they are wanted.
        """
        from ofsted_kg.asking.rdflib_terms import dataset, of_files, of_store

        if self._given is not None:
            return dataset(of_store(self._given))
        return dataset(of_files(file for file in graph_files() if not file.is_apart))


def open_graph(endpoint: str | None = None) -> KnowledgeGraph:
    """Opens the embedded store, or an endpoint that holds the same data."""
    if endpoint is not None:
        return KnowledgeGraph(open_store(endpoint))
    graph = KnowledgeGraph()
    _ = graph.store
    return graph
