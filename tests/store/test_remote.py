"""Endpoints: the same answers as the embedded store, or one clear line."""

import json
import re
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ofsted_kg.asking.answers import Answer
from ofsted_kg.cli import main
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.store import open_store
from ofsted_kg.store.embedded import EmbeddedStore, load
from ofsted_kg.store.remote import RemoteStore

SELECT = "SELECT ?n WHERE { VALUES ?n { 1 2 } }"
ASK = "ASK { }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
ONE = {"n": {"type": "literal", "value": "1"}}
RIGHT = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": [ONE, ONE]}}).encode()
JSON = "application/sparql-results+json"


class Request(BaseHTTPRequestHandler):
    """A request whose body, a form, has been read."""

    form: bytes


Reply = Callable[[Request], None]
# What the encoded documents need, so that a slow engine reads it in seconds.
PARTS = ("ontology/", "data/documents/", "data/passages/", "data/opinions/", "data/derived/")
FILES = ("data/reference/authorities.ttl", "data/reference/services.ttl")


@contextmanager
def serving(reply: Reply) -> Iterator[str]:
    """The address of a server that gives this reply to each request, in this process."""

    class Handler(Request):
        def do_POST(self) -> None:
            self.form = self.rfile.read(int(self.headers["Content-Length"]))
            reply(self)

        def log_message(self, *given: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answered(body: bytes, kind: str = JSON, status: int = 200, length: int | None = None) -> Reply:
    def reply(request: Request) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        request.end_headers()
        request.wfile.write(body)

    return reply


def test_right_answers_are_read_as_solutions_and_truths() -> None:
    with serving(answered(RIGHT)) as endpoint:
        solutions = RemoteStore(endpoint).query(SELECT)
        assert isinstance(solutions, ox.QuerySolutions)
        assert [row["n"].value for row in solutions] == ["1", "1"]
    with serving(answered(b'{"head": {}, "boolean": true}')) as endpoint:
        result = RemoteStore(endpoint).query(ASK)
        assert isinstance(result, ox.QueryBoolean)
        assert bool(result)
    with serving(answered(b"<urn:a:a> <urn:a:b> <urn:a:c> .", "text/turtle")) as endpoint:
        triples = RemoteStore(endpoint).query(CONSTRUCT)
        assert isinstance(triples, ox.QueryTriples)
        assert [triple.object.value for triple in triples] == ["urn:a:c"]


def not_http(request: Request) -> None:
    request.wfile.write(b"SSH-2.0\r\n")


BAD: dict[str, tuple[str, Reply]] = {
    "cut short": (SELECT, answered(RIGHT[:-9])),
    "cut between rows": (SELECT, answered(RIGHT[: RIGHT.rindex(b", {")])),
    "shorter than announced": (SELECT, answered(RIGHT[:-9], length=len(RIGHT))),
    "nothing": (SELECT, answered(b"")),
    "HTML": (SELECT, answered(b"<!doctype html><title>Welcome</title>", "text/html")),
    "other JSON": (SELECT, answered(b'{"rows": []}')),
    "a JSON list": (SELECT, answered(b"[]")),
    "a term of no kind": (SELECT, answered(RIGHT.replace(b"literal", b"mystery"))),
    "not UTF-8": (SELECT, answered(RIGHT.replace(b'"1"', b'"\xff"'))),
    "ASK for SELECT": (SELECT, answered(b'{"head": {}, "boolean": true}')),
    "SELECT for ASK": (ASK, answered(RIGHT)),
    "JSON for a graph": (CONSTRUCT, answered(RIGHT)),
    "half a graph": (CONSTRUCT, answered(b"<urn:a:a> <urn:a:b> ", "text/turtle")),
    "bad request": (SELECT, answered(b"no such function", "text/plain", 400)),
    "not found": (SELECT, answered(b"<h1>Nothing here</h1>", "text/html", 404)),
    "server error": (SELECT, answered(b"out of\nmemory", "text/plain", 500)),
    "too busy": (SELECT, answered(b"", "text/plain", 503)),
    "not HTTP": (SELECT, not_http),
    "hung up": (SELECT, lambda request: request.connection.shutdown(socket.SHUT_RDWR)),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_answer_is_one_clear_line(case: str) -> None:
    query, reply = BAD[case]
    with serving(reply) as endpoint, pytest.raises(OfstedKgError) as caught:
        RemoteStore(endpoint, timeout=10).query(query)
    text = str(caught.value)
    assert text.startswith(f"{endpoint}: ")
    assert "\n" not in text
    assert len(text) < 400
    assert text != f"{endpoint}: "


def test_silence_ends_at_the_timeout() -> None:
    over = threading.Event()

    def silent(_: Request) -> None:
        over.wait(20)

    with serving(silent) as endpoint:
        started = time.monotonic()
        with pytest.raises(OfstedKgError, match="timed out"):
            RemoteStore(endpoint, timeout=1).query(SELECT)
        assert time.monotonic() - started < 5
        over.set()


def test_trickle_ends_at_the_timeout() -> None:
    """A server that sends a little now and then never lets a single read time out."""

    def trickle(request: Request) -> None:
        answered(b"", length=1000)(request)
        try:
            for _ in range(100):
                request.wfile.write(b" ")
                time.sleep(0.1)
        except OSError:
            pass

    with serving(trickle) as endpoint:
        started = time.monotonic()
        with pytest.raises(OfstedKgError, match="no whole answer within 1 seconds"):
            RemoteStore(endpoint, timeout=1).query(SELECT)
        assert time.monotonic() - started < 5


def test_endless_answer_is_refused() -> None:
    def endless(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Type", JSON)
        request.end_headers()
        try:
            while True:
                request.wfile.write(b" " * 65536)
        except OSError:
            pass

    with (
        serving(endless) as endpoint,
        pytest.raises(OfstedKgError, match="larger than 4 MiB"),
    ):
        RemoteStore(endpoint, timeout=30, largest=4 << 20).query(SELECT)


def test_large_answer_is_right() -> None:
    rows = {"head": {"vars": ["n"]}, "results": {"bindings": [ONE] * 100_000}}
    with serving(answered(json.dumps(rows).encode())) as endpoint:
        solutions = RemoteStore(endpoint).query(SELECT)
        assert isinstance(solutions, ox.QuerySolutions)
        assert sum(1 for _ in solutions) == 100_000


@pytest.mark.parametrize(
    "endpoint", ["http://", "http://[x", "http://127.0.0.1:1/", "http://no such host/", "file:///x"]
)
def test_no_such_endpoint(endpoint: str) -> None:
    with pytest.raises(OfstedKgError, match=r"^[^\n]+$"):
        RemoteStore(endpoint, timeout=5).query(SELECT)


@pytest.mark.parametrize("update", ["DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "LOAD <urn:a:a>"])
def test_updates_never_reach_an_endpoint(update: str) -> None:
    reached: list[str] = []
    with (
        serving(lambda request: reached.append(request.path)) as endpoint,
        pytest.raises(OfstedKgError, match="not SPARQL"),
    ):
        RemoteStore(endpoint).query(update)
    assert reached == []


def test_words_in_comments_do_not_make_an_update() -> None:
    sent: list[str] = []

    def reply(request: Request) -> None:
        sent.append(request.form.decode())
        answered(RIGHT)(request)

    with serving(reply) as endpoint:
        RemoteStore(endpoint).query(f"# one comment\n# CLEAR ALL\n# ASK\n{SELECT}")
    (form,) = map(urllib.parse.parse_qs, sent)
    assert SELECT in form["query"][0]
    assert "update" not in form


def test_command_prints_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(answered(RIGHT[:-9])) as endpoint:
        assert main(["sparql", SELECT, "--endpoint", endpoint]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"ofsted-kg: {endpoint}: ")
    assert printed.err.count("\n") == 1


def comparable(answer: Answer) -> list[dict[str, object]]:
    """Rows with the parts of a list in order: SPARQL leaves the order of GROUP_CONCAT open."""
    return [
        {
            name: sorted(re.split("; | [|] ", v)) if isinstance(v, str) else v
            for name, v in row.items()
        }
        for row in answer.rows
    ]


@pytest.fixture(scope="module")
def national() -> ox.Store:
    store = ox.Store()
    load(store, graph_files())
    return store


def sparql_protocol(store: ox.Store) -> Reply:
    """A SPARQL endpoint for queries that give rows or triples, over a store of ours."""

    def reply(request: Request) -> None:
        (query,) = urllib.parse.parse_qs(request.form.decode())["query"]
        result = store.query(query)
        if isinstance(result, ox.QueryTriples):
            body, kind = result.serialize(format=ox.RdfFormat.TURTLE), "text/turtle"
        else:
            assert isinstance(result, ox.QuerySolutions)
            body, kind = result.serialize(format=ox.QueryResultsFormat.JSON), JSON
        assert body is not None
        answered(body, kind)(request)

    return reply


UNIT = ox.NamedNode("https://w3id.org/ofsted-kg/def#hasUnit")


def ontology() -> ox.Store:
    """A small graph of its own in which a measure is counted in a unit that nobody knows."""
    store = ox.Store()
    load(store, [file for file in graph_files() if file.name.startswith("ontology/")])
    (measure, *_) = sorted(store.quads_for_pattern(None, UNIT, None), key=str)
    store.add(ox.Quad(measure.subject, UNIT, ox.NamedNode("https://example.org/ell")))
    return store


def test_validate_checks_what_the_endpoint_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """The files at hand conform; what the endpoint holds does not."""
    with serving(sparql_protocol(ontology())) as endpoint:
        report = KnowledgeGraph(open_store(endpoint)).validate()
        assert main(["validate", "--endpoint", endpoint]) == 1
    faults = [result for result in report.results if result.path == UNIT.value]
    assert {result.source_shape.rpartition("#")[2] for result in faults} == {"Measure-hasUnit"}
    assert "https://example.org/ell" in {result.value for result in faults}
    assert {result.file for result in report.results} == {None}
    printed = capsys.readouterr().out
    assert "[Measure-hasUnit]" in printed
    assert printed == report.to_text()


def test_a_file_is_checked_within_what_the_endpoint_holds(tmp_path: Path) -> None:
    path = tmp_path / "measure.ttl"
    path.write_text(
        "@prefix okg: <https://w3id.org/ofsted-kg/def#> .\n"
        "<https://example.org/m> a okg:Measure ; okg:hasUnit <https://example.org/ell> .\n"
    )
    with serving(sparql_protocol(ontology())) as endpoint:
        report = KnowledgeGraph(open_store(endpoint)).validate([path])
    assert {(result.focus, result.file) for result in report.results} == {
        ("https://example.org/m", str(path))
    }
    assert UNIT.value in {result.path for result in report.results}


def cut(store: ox.Store, most: int) -> Reply:
    """An endpoint that gives no more than so many triples, as some public ones do."""
    whole = sparql_protocol(store)

    def reply(request: Request) -> None:
        (query,) = urllib.parse.parse_qs(request.form.decode())["query"]
        if query.startswith("CONSTRUCT"):
            query += f" LIMIT {most}"
        request.form = urllib.parse.urlencode({"query": query}).encode()
        whole(request)

    return reply


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (cut(ontology(), 100), "gives 100 of the "),
        (sparql_protocol(ox.Store()), "the default graph is empty"),
        (answered(b"no", status=500), "500"),
    ],
)
def test_an_endpoint_that_cannot_be_validated_says_why(
    reply: Reply, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(reply) as endpoint:
        assert main(["validate", "--endpoint", endpoint]) == 2
    printed = capsys.readouterr()
    assert problem in printed.err
    assert (printed.out, printed.err.count("\n")) == ("", 1)


QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("grade-history", {"authority": "Camden"}),
    ("grade-history", {"authority": "kensington & chelsea", "area": "Overall effectiveness"}),
    ("judgements", {"authority": ["E09000007", "Islington"], "since": "2012-01-01"}),
    ("compare-authorities", {"authority": ["Camden", "Barnet"]}),
]


@pytest.mark.parametrize(("question", "parameters"), QUESTIONS)
def test_endpoint_answers_as_the_embedded_store(
    kg: KnowledgeGraph, national: ox.Store, question: str, parameters: dict[str, Any]
) -> None:
    with serving(sparql_protocol(national)) as endpoint:
        answer = KnowledgeGraph(open_store(endpoint)).ask(question, **parameters)
    assert comparable(answer) == comparable(kg.ask(question, **parameters))
    assert answer.rows


def test_rdflib_endpoint_answers_as_the_embedded_store() -> None:
    """Another engine behind HTTP, on the part of the graph that tells of the encoded documents."""
    rdflib = pytest.importorskip("rdflib")
    rdflib_endpoint = pytest.importorskip("rdflib_endpoint")
    uvicorn = pytest.importorskip("uvicorn")
    files = [file for file in graph_files() if file.name.startswith(PARTS) or file.name in FILES]
    graph, store = rdflib.Graph(), ox.Store()
    for file in files:
        graph.parse(file.path, format="turtle")
    load(store, files)
    server = uvicorn.Server(
        uvicorn.Config(
            rdflib_endpoint.SparqlEndpoint(graph=graph), port=0, log_level="error", lifespan="off"
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        remote = KnowledgeGraph(RemoteStore(f"http://127.0.0.1:{port}/", timeout=120))
        answer = remote.ask("grade-history", authority="Camden")
    finally:
        server.should_exit = True
        thread.join(timeout=10)
    embedded = KnowledgeGraph(EmbeddedStore(store)).ask("grade-history", authority="Camden")
    # rdflib sorts what is unbound in a group otherwise, so the order is not compared.
    assert sorted(map(str, comparable(answer))) == sorted(map(str, comparable(embedded)))
    assert len(answer.rows) > 20
