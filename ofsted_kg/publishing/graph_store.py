"""Sending the graph to a triplestore by the SPARQL 1.1 Graph Store HTTP Protocol.

Each named graph is replaced as a whole. A small graph of digests at the endpoint says
which version of each it holds, so that only what changed is sent again.
"""

import base64
import hashlib
import io
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.publishing.exports import export
from ofsted_kg.rdf.files import GraphFile, graph_files
from ofsted_kg.rdf.terms import graph_iri, literal, term
from ofsted_kg.rdf.turtle import encode_turtle

USER = "OFSTED_KG_USER"
PASSWORD = "OFSTED_KG_PASSWORD"  # noqa: S105 - the name of a variable
DIGESTS = graph_iri("published")
DEFAULT = graph_iri("default").value
_TURTLE = "text/turtle"
_DIGEST = term("okg:fileSha256")


class Published(NamedTuple):
    """The graphs, by IRI, that were sent, found unchanged, and removed as no longer ours.

    DEFAULT stands for the default graph.
    """

    sent: list[str]
    unchanged: list[str]
    removed: list[str]


def publish(
    endpoint: str,
    folder: Path | None = None,
    *,
    union: bool = False,
    everything: bool = False,
    timeout: float = 60,
    progress: Callable[[str], None] = lambda line: None,
) -> Published:
    """Bring a graph store up to date with the files; `timeout` is in seconds for each request.

    `union` also fills the default graph with the union of all graphs, for a store whose
    default graph is not that union already. `everything` sends unchanged graphs too.
    A name and password are taken from OFSTED_KG_USER and OFSTED_KG_PASSWORD and used where
    the server asks for them (basic or digest). `progress` is told of each graph.
    Raises OfstedKgError where the endpoint is no graph store, cannot be reached or refuses;
    what was sent before then stays, and is known at the next call.
    """
    store = _GraphStore(endpoint, timeout)
    files = {file.graph: file for file in graph_files(folder)}
    wanted = {graph: hashlib.sha256(_content(file)).hexdigest() for graph, file in files.items()}
    if union:
        wanted[DEFAULT] = hashlib.sha256("".join(wanted.values()).encode()).hexdigest()
    held = store.digests()
    unchanged = [graph for graph in wanted if held.get(graph) == wanted[graph] and not everything]
    sent = [graph for graph in wanted if graph not in unchanged]
    removed = [graph for graph in held if graph not in wanted and graph != DEFAULT]
    known = {graph: wanted[graph] for graph in unchanged}
    if not sent and not removed:
        return Published(sent, unchanged, removed)
    store.put_digests(known)  # a graph on its way is not known to be of either version
    try:
        for graph in removed:
            store.delete(graph)
            progress(f"removed {graph}")
        for graph in sent:
            store.put(graph, _content(files[graph]) if graph in files else _union(folder))
            known[graph] = wanted[graph]
            progress(f"sent {graph}")
    except BaseException:
        with suppress(OfstedKgError):
            store.put_digests(known)
        raise
    store.put_digests(known)
    return Published(sent, unchanged, removed)


def _union(folder: Path | None) -> bytes:
    stream = io.BytesIO()
    export(stream, "turtle", folder)
    return stream.getvalue()


def _content(file: GraphFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise OfstedKgError(f"{file.name}: cannot be read: {error.strerror}") from None


class _GraphStore:
    """Graphs at an address, one request each."""

    def __init__(self, endpoint: str, timeout: float) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OfstedKgError(f"{endpoint}: a graph store is at an http or https address")
        if parts.username or parts.password:
            raise OfstedKgError(f"give name and password in {USER} and {PASSWORD}, not in the URL")
        self._endpoint = endpoint
        self._timeout = timeout
        self._opener = _opener(endpoint)

    def digests(self) -> dict[str, str]:
        """The digest of each graph that an earlier call sent."""
        body = self._ask("GET", DIGESTS.value, missing=b"")
        try:
            found = list(ox.parse(body, format=ox.RdfFormat.TURTLE))
        except SyntaxError:
            raise self._not_a_store("its answer is not Turtle") from None
        return {
            triple.subject.value: triple.object.value
            for triple in found
            if triple.predicate == _DIGEST
            and isinstance(triple.subject, ox.NamedNode)
            and isinstance(triple.object, ox.Literal)
        }

    def put_digests(self, digests: dict[str, str]) -> None:
        if digests:
            found = (
                ox.Triple(ox.NamedNode(graph), _DIGEST, literal(digest))
                for graph, digest in digests.items()
            )
            self.put(DIGESTS.value, encode_turtle(found))
        else:
            self.delete(DIGESTS.value)

    def put(self, graph: str, turtle: bytes) -> None:
        self._ask("PUT", graph, turtle)

    def delete(self, graph: str) -> None:
        self._ask("DELETE", graph, missing=b"")

    def _ask(
        self, method: str, graph: str, body: bytes | None = None, missing: bytes | None = None
    ) -> bytes:
        joint = "&" if urlsplit(self._endpoint).query else "?"
        which = "default" if graph == DEFAULT else f"graph={quote(graph, safe='')}"
        address = f"{self._endpoint}{joint}{which}"
        headers = {"User-Agent": "ofsted-kg"}
        if method == "GET":
            headers["Accept"] = _TURTLE
        if body is not None:
            headers["Content-Type"] = _TURTLE
        request = Request(address, data=body, headers=headers, method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            if error.code == 404 and missing is not None:
                return missing
            raise self._refused(error, method, graph) from None
        except (URLError, OSError, HTTPException, ValueError) as error:
            raise self._unreached(error) from None

    def _refused(self, error: HTTPError, method: str, graph: str) -> OfstedKgError:
        if error.code in (401, 403):
            return OfstedKgError(
                f"{self._endpoint}: {method} is not allowed ({error.code} {error.reason}); set "
                f"{USER} and {PASSWORD} to a name and password that may write"
            )
        bad_question = method == "GET" and error.code == 400
        if bad_question or error.code in (404, 405, 501) or 300 <= error.code < 400:
            return self._not_a_store(f"it answers {error.code} to {method}")
        reason = " ".join(error.read(2000).decode(errors="replace").split())[:200]
        return OfstedKgError(
            f"{self._endpoint}: {method} of {graph} failed: {error.code} {reason or error.reason}"
        )

    def _unreached(self, error: Exception) -> OfstedKgError:
        cause = error.reason if isinstance(error, URLError) else error
        if isinstance(cause, TimeoutError):
            return OfstedKgError(f"{self._endpoint}: no answer within {self._timeout:g} seconds")
        reason = getattr(cause, "strerror", None) or cause or type(cause).__name__
        return OfstedKgError(f"{self._endpoint}: cannot be reached: {reason}")

    def _not_a_store(self, reason: str) -> OfstedKgError:
        return OfstedKgError(
            f"{self._endpoint}: no SPARQL 1.1 graph store: {reason}; its address is often "
            "http://HOST:7878/store (Oxigraph) or http://HOST:3030/DATASET/data (Fuseki)"
        )


def _opener(endpoint: str) -> OpenerDirector:
    user = os.environ.get(USER)
    if not user:
        return build_opener()
    passwords = HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, endpoint, user, os.environ.get(PASSWORD, ""))
    return build_opener(_Digest(passwords), _Basic(passwords))


class _Digest(HTTPDigestAuthHandler):
    """Answers a known challenge without waiting to be asked again.

    A server may close the connection on a large body that it is not yet sure of.
    """

    challenge: Mapping[str, str] | None = None

    def get_authorization(self, req: Request, chal: Mapping[str, str]) -> str | None:
        self.challenge = chal
        return super().get_authorization(req, chal)

    def http_request(self, request: Request) -> Request:
        if self.challenge and (answer := self.get_authorization(request, self.challenge)):
            request.add_unredirected_header(self.auth_header, f"Digest {answer}")
        return request

    https_request = http_request


class _Basic(HTTPBasicAuthHandler):
    """Gives name and password with each request once the server has asked for them."""

    realm: str | None = None

    def retry_http_basic_auth(self, host: str, req: Request, realm: str) -> HTTPResponse | None:
        self.realm = realm
        return super().retry_http_basic_auth(host, req, realm)

    def http_request(self, req: Request) -> Request:
        user, password = self.passwd.find_user_password(self.realm or "", req.full_url)
        if self.realm is not None and user is not None:
            given = base64.b64encode(f"{user}:{password}".encode()).decode()
            req.add_unredirected_header(self.auth_header, f"Basic {given}")
        return req

    https_request = http_request
