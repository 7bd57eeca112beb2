"""A SPARQL endpoint somewhere else."""

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.store.embedded import kind_of
from ofsted_kg.store.protocol import Bindings, Result, bind

if TYPE_CHECKING:
    from http.client import HTTPResponse

_LARGEST_ANSWER = 512 * 1024 * 1024  # bytes


class RemoteStore:
    """A SPARQL 1.1 endpoint whose default graph holds the data (or unites its graphs)."""

    def __init__(self, endpoint: str, timeout: int = 60, largest: int = _LARGEST_ANSWER) -> None:
        if not endpoint.startswith(("http://", "https://")):
            raise OfstedKgError(f"{endpoint}: an endpoint is an http or https address")
        self.endpoint = endpoint
        self._timeout = timeout
        self._largest = largest

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        """See Store; the whole answer is read and checked before it is returned."""
        from http.client import HTTPException

        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        expected = kind_of(text, bindings)
        wrapper = SPARQLWrapper(self.endpoint, agent="ofsted-kg")
        wrapper.setQuery(bind(text, bindings))
        # SPARQLWrapper looks for the kind in comments too, and would send some as updates.
        wrapper.queryType = "CONSTRUCT" if expected is ox.QueryTriples else "SELECT"
        wrapper.setReturnFormat(TURTLE if expected is ox.QueryTriples else JSON)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        try:
            body = self._read(wrapper.query().response)
        except (SPARQLWrapperException, HTTPException, OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:300] or type(error).__name__
            raise OfstedKgError(f"{self.endpoint}: {reason}") from None
        result = _parsed(body, expected)
        if result is None:
            raise OfstedKgError(
                f"{self.endpoint}: the answer is cut short or is no SPARQL result; "
                "the endpoint may have run out of time"
            )
        return result

    def _read(self, response: "HTTPResponse") -> bytes:
        """The whole body; OSError where it comes too slowly or is too large to be an answer."""
        import time

        latest = time.monotonic() + self._timeout
        body = bytearray()
        while part := response.read1(1 << 20):
            body += part
            if len(body) > self._largest:
                raise OSError(f"the answer is larger than {self._largest >> 20} MiB")
            if time.monotonic() > latest:
                raise OSError(f"no whole answer within {self._timeout} seconds")
        return bytes(body)


def _parsed(body: bytes, expected: type[Result]) -> Result | None:
    """The result of the expected kind, read to its end; None for anything else."""
    import json

    try:
        if expected is ox.QueryTriples:
            held = ox.Store()
            held.load(body, format=ox.RdfFormat.TURTLE)
            return held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        json.loads(body)  # a server that runs out of time may cut its answer, with status 200
        result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if isinstance(result, ox.QuerySolutions):
            for _ in result:
                pass
            result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except (ValueError, SyntaxError):
        return None
    return result if isinstance(result, expected) else None
