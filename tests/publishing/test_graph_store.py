"""Sending the graph to a graph store: a small one made here, and Oxigraph's server if at hand."""

import base64
import hashlib
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

import pyoxigraph as ox
import pytest

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.publishing.graph_store import DEFAULT, DIGESTS, publish
from tests.conftest import ROOT

GRAPH = "https://w3id.org/ofsted-kg/graph/"
NAMES = ("ontology/scales", "reference/regions", "reference/successions")


@dataclass
class GraphStore:
    """Graphs as sent, and how the store behaves."""

    address: str = ""
    graphs: dict[str, bytes] = field(default_factory=dict)
    puts: list[str] = field(default_factory=list)
    scheme: str | None = None
    wrong_answer: int | None = None
    full_after: int | None = None
    slow: float = 0


def handler(state: GraphStore) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            with suppress(BrokenPipeError):  # the caller may have given up waiting
                self.end_headers()
                self.wfile.write(body)

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            time.sleep(state.slow)
            query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
            graph = DEFAULT if "default" in query else query["graph"][0]
            if state.wrong_answer:
                self.answer(state.wrong_answer, b"no such\n  thing")
            elif state.scheme and self.command != "GET" and not self.allowed(state.scheme):
                challenge = {
                    "basic": 'Basic realm="r"',
                    "digest": 'Digest realm="r", nonce="n1", qop="auth"',
                }[state.scheme]
                self.answer(401, WWW_Authenticate=challenge)
            elif self.command == "PUT":
                self.put(graph, body)
            elif graph not in state.graphs:
                self.answer(404)
            elif self.command == "DELETE":
                del state.graphs[graph]
                self.answer(204)
            else:
                self.answer(200, state.graphs[graph], Content_Type="text/turtle")

        def put(self, graph: str, body: bytes) -> None:
            if state.full_after == len(state.puts) and graph != DIGESTS.value:
                self.answer(507, b"no room")
                return
            assert self.headers["Content-Type"] == "text/turtle"
            if graph != DIGESTS.value:
                state.puts.append(graph)
            state.graphs[graph] = body
            self.answer(204)

        def allowed(self, scheme: str) -> bool:
            given = self.headers.get("Authorization", "")
            if scheme == "basic":
                return given == "Basic " + base64.b64encode(b"ann:secret").decode()
            if not given.startswith("Digest "):
                return False
            parts = parse_keqv_list(parse_http_list(given.removeprefix("Digest ")))
            one = _md5("ann:r:secret")
            two = _md5(f"{self.command}:{parts['uri']}")
            known = f"{one}:n1:{parts['nc']}:{parts['cnonce']}:auth:{two}"
            return parts["response"] == _md5(known)

        do_GET = do_PUT = do_DELETE = handle_any  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    return Handler


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


@pytest.fixture
def store() -> Iterator[GraphStore]:
    state = GraphStore()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(state))
    state.address = f"http://127.0.0.1:{server.server_port}/data"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        local = name if name.startswith("ontology/") else f"data/{name}"
        path = tmp_path / f"{local}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"{local}.ttl", path)
    return tmp_path


def expected(*names: str) -> list[str]:
    return [GRAPH + name for name in names]


REGIONS, SUCCESSIONS, SCALES = expected("reference/regions", "reference/successions", NAMES[0])


def test_each_graph_is_put_whole(store: GraphStore, folder: Path) -> None:
    done = publish(store.address, folder)
    assert done.sent == [REGIONS, SUCCESSIONS, SCALES]
    assert store.graphs[REGIONS] == (folder / "data/reference/regions.ttl").read_bytes()
    assert set(store.graphs) == {REGIONS, SUCCESSIONS, SCALES, DIGESTS.value}


def test_only_what_changed_is_sent_again(store: GraphStore, folder: Path) -> None:
    publish(store.address, folder)
    store.puts.clear()
    assert publish(store.address, folder).sent == []
    with (folder / "data/reference/regions.ttl").open("a") as stream:
        stream.write("# one more line\n")
    (folder / "data/reference/successions.ttl").unlink()
    done = publish(store.address, folder)
    assert (done.sent, done.unchanged, done.removed) == ([REGIONS], [SCALES], [SUCCESSIONS])
    assert store.puts == [REGIONS]
    assert SUCCESSIONS not in store.graphs
    assert len(publish(store.address, folder, everything=True).sent) == 2


def test_another_ones_graphs_are_left_alone(store: GraphStore, folder: Path) -> None:
    store.graphs["https://example.org/other"] = b""
    publish(store.address, folder)
    assert "https://example.org/other" in store.graphs


def test_what_was_sent_before_a_failure_is_known(store: GraphStore, folder: Path) -> None:
    store.full_after = 1
    with pytest.raises(OfstedKgError, match=r"PUT of .*successions failed: 507 no room"):
        publish(store.address, folder)
    store.full_after = None
    done = publish(store.address, folder)
    assert (done.sent, done.unchanged) == ([SUCCESSIONS, SCALES], [REGIONS])


def test_the_default_graph_can_hold_the_union(store: GraphStore, folder: Path) -> None:
    assert publish(store.address, folder, union=True).sent[-1] == DEFAULT
    union = list(ox.parse(store.graphs[DEFAULT], format=ox.RdfFormat.TURTLE))
    parts = {
        triple
        for graph in (REGIONS, SUCCESSIONS, SCALES)
        for triple in ox.parse(store.graphs[graph], format=ox.RdfFormat.TURTLE)
    }
    assert set(union) == parts
    assert publish(store.address, folder, union=True).sent == []
    with (folder / "data/reference/regions.ttl").open("a") as stream:
        stream.write("# one more line\n")
    assert publish(store.address, folder, union=True).sent == [REGIONS, DEFAULT]


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_name_and_password(
    scheme: str, store: GraphStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.scheme = scheme
    monkeypatch.delenv("OFSTED_KG_USER", raising=False)
    with pytest.raises(
        OfstedKgError, match=r"not allowed .401 .*OFSTED_KG_USER and OFSTED_KG_PASS"
    ):
        publish(store.address, folder)
    monkeypatch.setenv("OFSTED_KG_USER", "ann")
    monkeypatch.setenv("OFSTED_KG_PASSWORD", "wrong")
    with pytest.raises(OfstedKgError, match="not allowed") as refused:
        publish(store.address, folder)
    assert "wrong" not in str(refused.value)
    monkeypatch.setenv("OFSTED_KG_PASSWORD", "secret")
    assert len(publish(store.address, folder).sent) == 3


def test_addresses_that_are_no_graph_store(store: GraphStore, folder: Path) -> None:
    for status in (400, 405, 501):
        store.wrong_answer = status
        with pytest.raises(OfstedKgError, match=f"no SPARQL 1.1 graph store: it answers {status}"):
            publish(store.address, folder)
    store.wrong_answer = 503
    with pytest.raises(OfstedKgError, match=r"failed: 503 no such thing$"):
        publish(store.address, folder)
    store.wrong_answer = None
    store.graphs[DIGESTS.value] = b"<html>"
    with pytest.raises(OfstedKgError, match="its answer is not Turtle"):
        publish(store.address, folder)
    assert store.puts == []


def test_a_store_that_does_not_answer(store: GraphStore, folder: Path) -> None:
    store.slow = 1
    with pytest.raises(OfstedKgError, match=r"no answer within 0\.2 seconds"):
        publish(store.address, folder, timeout=0.2)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(OfstedKgError, match="cannot be reached: Connection refused"):
            publish(f"http://127.0.0.1:{unused.getsockname()[1]}/data", folder)


@pytest.mark.parametrize("address", ["", "store", "ftp://example.org/x", "http://", "file:///etc"])
def test_addresses_that_are_none(address: str, folder: Path) -> None:
    with pytest.raises(OfstedKgError, match="a graph store is at an http or https address"):
        publish(address, folder)


def test_a_password_in_the_address_is_not_repeated(folder: Path) -> None:
    with pytest.raises(OfstedKgError, match="in OFSTED_KG_USER and OFSTED_KG_PASSWORD") as refused:
        publish("http://ann:secret@127.0.0.1/data", folder)
    assert "secret" not in str(refused.value)


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with subprocess.Popen([program, "serve", "--bind", place], stderr=subprocess.DEVNULL) as server:
        host, port = place.split(":")
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex((host, int(port))) == 0:
                    break
            time.sleep(0.05)
        yield f"http://{place}/store"
        server.terminate()


def test_a_real_server(oxigraph: str, folder: Path) -> None:
    import ofsted_kg

    assert len(publish(oxigraph, folder, union=True).sent) == 4
    assert publish(oxigraph, folder, union=True).sent == []
    there = ofsted_kg.open(endpoint=oxigraph.replace("/store", "/query"))
    graphs = there.sparql("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
    assert {row["g"] for row in graphs} == {REGIONS, SUCCESSIONS, SCALES, DIGESTS.value}
    [count] = there.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    triples = {
        triple
        for path in folder.rglob("*.ttl")
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    }
    assert count["n"] == len(triples)
