"""The federated examples, with a local server standing in for Wikidata and DBpedia.

The stand-in holds a few real records: items and home pages from the project's own table of
authorities, where they are cross-checked, and the mid-2022 populations of two boroughs; and
one wrong link, so that there is a disagreement to be found.
"""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
import yaml

from ofsted_kg.asking.answers import Answer
from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT

FOLDER = ROOT / "queries" / "federated"
QUERIES = sorted(FOLDER.glob("*.rq"))
RECORDS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix dbr: <http://dbpedia.org/resource/> .
wd:Q5025790 wdt:P856 <https://www.camden.gov.uk/> .
wd:Q6391507 wdt:P856 <https://www.rbkc.gov.uk/> .
wd:Q202088 wdt:P836 "E09000007" ; wdt:P1082 218049 .
wd:Q188801 wdt:P836 "E09000020" ; wdt:P1082 146154 .
dbr:Camden_London_Borough_Council owl:sameAs wd:Q5025790 ;
  rdfs:label "Camden London Borough Council"@en .
dbr:Kensington_and_Chelsea_London_Borough_Council owl:sameAs wd:Q188801 ;
  rdfs:label "Kensington and Chelsea London Borough Council"@en .
"""


class StandIn(BaseHTTPRequestHandler):
    """A SPARQL endpoint of the records above."""

    store: ClassVar[ox.Store] = ox.Store()
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "urlencoded" in self.headers["Content-Type"]:
            body = parse_qs(body)["query"][0]
        self.asked.append(body)
        solutions = self.store.query(body)
        assert isinstance(solutions, ox.QuerySolutions)
        answer = solutions.serialize(format=ox.QueryResultsFormat.JSON)
        assert answer is not None
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def stand_in() -> Iterator[str]:
    StandIn.store = ox.Store()
    StandIn.store.load(RECORDS.encode(), format=ox.RdfFormat.TURTLE)
    StandIn.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()
    thread.join()


def ask(kg: KnowledgeGraph, name: str, stand_in: str) -> Answer:
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    local, rewritten = re.subn(r"SERVICE <[^>]+>", f"SERVICE <{stand_in}>", text)
    assert rewritten == 1
    return kg.sparql(local)


def test_examples_are_there() -> None:
    assert [path.stem for path in QUERIES] == [
        "dbpedia-same-item",
        "wikidata-population",
        "wikidata-websites",
    ]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_head_names_the_endpoint_and_the_columns(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = yaml.safe_load("\n".join(line[2:] for line in text.splitlines() if line[:2] == "#+"))
    assert head["summary"]
    assert head["description"]
    assert "federated" in head["tags"]
    assert f"SERVICE <{head['endpoint']}>" in text
    selected = re.search(r"^SELECT (.+)$", text, re.MULTILINE)
    assert selected
    variables = re.findall(r"\?(\w+)", re.sub(r"\(.*? AS ", "", selected[1]))
    assert variables == list(head["columns"])


def test_population_joins_by_the_code_of_the_area(kg: KnowledgeGraph, stand_in: str) -> None:
    rows = ask(kg, "wikidata-population", stand_in).rows
    assert [(row["authority"], row["gss"], row["population"]) for row in rows] == [
        ("Camden", "E09000007", 218049),
        ("Kensington and Chelsea", "E09000020", 146154),
    ]
    # Rows 23 and 63 of the 2025 release's sheet of latest inspections.
    assert [(row["published"], str(row["grade"]).lower()) for row in rows] == [
        ("2025-04-15", "outstanding"),
        ("2025-01-13", "outstanding"),
    ]
    assert len(StandIn.asked) == 1


def test_websites_join_by_same_as(kg: KnowledgeGraph, stand_in: str) -> None:
    rows = ask(kg, "wikidata-websites", stand_in).rows
    assert [(row["authority"], row["homepage"], row["website"]) for row in rows] == [
        ("Camden", "https://www.camden.gov.uk/", "https://www.camden.gov.uk/"),
        ("Kensington and Chelsea", "https://www.rbkc.gov.uk/", "https://www.rbkc.gov.uk/"),
    ]
    assert "VALUES" in StandIn.asked[0]


def test_a_link_that_means_another_item_is_seen(kg: KnowledgeGraph, stand_in: str) -> None:
    """The stand-in calls Kensington and Chelsea's council the same as the borough."""
    rows = ask(kg, "dbpedia-same-item", stand_in).rows
    assert [(row["authority"], row["label"], row["agrees"]) for row in rows] == [
        ("Camden", "Camden London Borough Council", True),
        ("Kensington and Chelsea", "Kensington and Chelsea London Borough Council", False),
    ]


def test_the_part_for_another_endpoint_runs_there_alone(kg: KnowledgeGraph, stand_in: str) -> None:
    """Nothing of what is sent asks for all that the other endpoint has."""
    for path in QUERIES:
        ask(kg, path.stem, stand_in)
    assert len(StandIn.asked) == len(QUERIES)
    for sent in StandIn.asked:
        assert "VALUES" in sent or "REGEX" in sent
