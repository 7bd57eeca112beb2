"""Rebuilding the reference data, from the tables as they are and from bad ones.

Bad tables are a small made-up set, right as it stands, with one cell spoilt at a time.
"""

import csv
import hashlib
import re
import shutil
from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import graph_iri, iri, term
from ofsted_kg.reference.build import import_reference
from ofsted_kg.reference.checks import (
    AREA_COLUMNS,
    AUTHORITY_COLUMNS,
    ORGANISATION_COLUMNS,
)
from tests.conftest import ROOT

RELEASE = "ofsted/ofsted_2025_Inspections_as_at_31_March.csv"
REFERENCE = ROOT / "data" / "reference"
NO_RELEASE = "ofsted: no table .* with the columns Local authority area code"
# Written by hand: bodies of the documents, and names that no table has.
BY_HAND = ("bodies", "names", "short-names", "spellings")
FROM_TABLES = sorted(path for path in REFERENCE.glob("*.ttl") if path.stem not in BY_HAND)


def test_a_rebuild_gives_the_same_bytes(shared: Path, tmp_path: Path) -> None:
    written = import_reference(shared / "reference", tmp_path, ROOT / "ontology")
    assert {file.path.name for file in written} == {path.name for path in FROM_TABLES}
    for file in written:
        assert file.changed
        assert file.path.read_bytes() == (REFERENCE / file.path.name).read_bytes(), file.path.name
    again = import_reference(shared / "reference", tmp_path, ROOT / "ontology")
    assert not any(file.changed for file in again)


def test_digests_are_those_of_the_tables(shared: Path) -> None:
    named = set()
    for path in FROM_TABLES:
        head = path.read_text(encoding="utf-8").splitlines()[0]
        named.update(re.findall(r"(\S+) \(SHA-256 ([0-9a-f]{64})\)", head))
    assert len(named) == 8
    for name, digest in named:
        content = (shared / "reference" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, name


Cells = dict[str, str]


def small_tables() -> dict[str, list[Cells]]:
    def authority(code: str, gss: str, dfe: str, **cells: str) -> Cells:
        row = dict.fromkeys(AUTHORITY_COLUMNS, "")
        row |= {"register_code": code, "official_name": f"{code} Council", "nice_name": code}
        row |= {"type_code": "UA", "type": "Unitary authority", "status": "current"}
        row |= {"region_code": "E12000001", "gss_current": gss, "gss_all": f"{gss} 2009-01-01.."}
        return row | {"dfe_la_code": dfe} | cells

    def area(gss: str, authority: str, **cells: str) -> Cells:
        row = dict.fromkeys(AREA_COLUMNS, "")
        row |= {"gss": gss, "name": authority, "valid_from": "2009-01-01"}
        return row | {"region_code": "E12000001", "authority_register_code": authority} | cells

    def neighbour(dfe: str, rank: str, other: str) -> Cells:
        cells = {"dfe_la_code": dfe, "la_name": dfe, "rank": rank}
        return cells | {"neighbour_dfe_la_code": other, "closeness": "Close"}

    ended = {"status": "abolished", "gss_current": "", "end_date": "2020-03-31"}
    began = {"start_date": "2020-04-01", "start_date_source": "mysociety"}
    organisation = dict.fromkeys(ORGANISATION_COLUMNS, "")
    return {
        "authorities.csv": [
            authority("AAA", "E06000001", "101", wikidata_council="Q1", planning_data_entity="1"),
            authority("BBB", "E06000002", "102", successors="CCC", **ended),
            authority("CCC", "E06000003", "102", predecessors="BBB", **began),
        ],
        "areas.csv": [
            area("E06000001", "AAA"),
            area("E06000002", "BBB", valid_to="2020-03-31", successor_area="E06000003"),
            area("E06000003", "CCC", valid_from="2020-04-01", predecessor_area="E06000002"),
        ],
        "regions.csv": [{"code": "E12000001", "name": "North East", "ons_uri": ""}],
        "statistical_neighbours_2025.csv": [
            neighbour("101", "1", "102"),
            neighbour("102", "1", "101"),
        ],
        "organisations.csv": [
            organisation | {"key": "ofsted", "name": "Ofsted", "type": "charity"}
        ],
        "legislation.csv": [
            {"key": "law", "title": "Law", "in_force_from": "2004-01-01", "repealed_on": ""}
            | {"uri": "http://www.legislation.gov.uk/id/ukpga/2004/31"}
        ],
        "disagreements.csv": [{"code": "ALL", "field": "x", "verdict": "y"}],
        RELEASE: [
            {"Local authority area code": "E06000001", "Local authority name": "AAA"}
            | {"Ofsted region": "North"}
        ],
    }


def write_tables(directory: Path, tables: dict[str, list[Cells]]) -> None:
    for name, rows in tables.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def run_import(tmp_path: Path) -> list[str]:
    written = import_reference(tmp_path / "tables", tmp_path / "data", ROOT / "ontology")
    return sorted(file.path.stem for file in written)


def test_the_small_tables_are_right_as_they_stand(tmp_path: Path) -> None:
    write_tables(tmp_path / "tables", small_tables())
    assert run_import(tmp_path) == [path.stem for path in FROM_TABLES]


BAD_CELLS = [
    ("authorities.csv", 2, "register_code", "AA1", "is no three-letter code"),
    ("authorities.csv", 3, "register_code", "AAA", "stands on line 2 already"),
    ("authorities.csv", 2, "official_name", "", "is blank"),
    ("authorities.csv", 2, "status", "ended", "'ended' is not in"),
    ("authorities.csv", 2, "region_code", "E12000009", "is not in regions.csv"),
    ("authorities.csv", 2, "gss_all", "E06000009 2009-01-01..", "areas.csv"),
    ("authorities.csv", 2, "gss_current", "E06000003", "is not the last of gss_all"),
    ("authorities.csv", 3, "end_date", "", "does not agree with status"),
    ("authorities.csv", 3, "end_date", "2020-02-30", "is no day"),
    ("authorities.csv", 3, "end_date", "2019-03-31", "is not the day before CCC began"),
    ("authorities.csv", 3, "successors", "DDD", "'DDD' is not in authorities.csv"),
    ("authorities.csv", 4, "predecessors", "", "does not name BBB"),
    ("authorities.csv", 4, "dfe_la_code", "101", "stands on line 2 already"),
    ("authorities.csv", 2, "dfe_la_code", "1010", "is no DfE local authority code"),
    ("authorities.csv", 2, "ofsted_urn", "135513", "is no Ofsted URN"),
    ("authorities.csv", 2, "wikidata_council", "1", "is no Wikidata item"),
    ("authorities.csv", 3, "wikidata_council", "Q1", "stands on line 2 already"),
    ("authorities.csv", 2, "planning_data_entity", "one", "is not a number"),
    ("authorities.csv", 2, "homepage", "www.example.org", "is not a web address"),
    ("authorities.csv", 2, "register_curie", "wales:AAA", "'wales' is not in"),
    ("areas.csv", 2, "gss", "E0600001", "is no GSS code"),
    ("areas.csv", 3, "gss", "E06000001", "stands on line 2 already"),
    ("areas.csv", 2, "authority_register_code", "ZZZ", "is not in authorities.csv"),
    ("areas.csv", 3, "successor_area", "E06000009", "is not in areas.csv"),
    ("areas.csv", 3, "valid_to", "2008-03-31", "would end before it began"),
    ("areas.csv", 2, "ons_uri", "http://example.org/E06000009", "does not end with E06000001"),
    ("regions.csv", 2, "name", "", "is blank"),
    ("statistical_neighbours_2025.csv", 2, "neighbour_dfe_la_code", "999", "'999' is not in"),
    ("statistical_neighbours_2025.csv", 2, "neighbour_dfe_la_code", "101", "its own neighbour"),
    ("statistical_neighbours_2025.csv", 3, "dfe_la_code", "101", "stands on line 2 already"),
    ("statistical_neighbours_2025.csv", 2, "rank", "0", "is not a rank"),
    ("organisations.csv", 2, "ods_code", "rv3", "is no NHS ODS code"),
    ("organisations.csv", 2, "register_id", "other:D1", "'other' is not in"),
    ("organisations.csv", 2, "other_ids", "LEI=1", "unknown kind of code: LEI"),
    ("organisations.csv", 2, "other_ids", "ROR=https://ror.org/00ayhx657", "is no ROR identifier"),
    ("legislation.csv", 2, "uri", "http://example.org/1", "does not begin with"),
    ("legislation.csv", 2, "in_force_from", "2004", "is no day"),
    ("disagreements.csv", 2, "code", "ZZZ", "is not in authorities.csv"),
    (RELEASE, 2, "Local authority area code", "E06000009", "is not in areas.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "line", "column", "value", "problem"), BAD_CELLS)
def test_a_bad_cell_is_named_and_nothing_written(
    tmp_path: Path, table: str, line: int, column: str, value: str, problem: str
) -> None:
    tables = small_tables()
    tables[table][line - 2][column] = value
    write_tables(tmp_path / "tables", tables)
    with pytest.raises(SourceError) as caught:
        run_import(tmp_path)
    message = str(caught.value)
    assert problem in message
    assert re.match(rf"{re.escape(table)}, line \d+, column \w+", message)
    assert "\n" not in message
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("table", sorted(small_tables()))
def test_a_missing_column_is_named(tmp_path: Path, table: str) -> None:
    tables = small_tables()
    column = next(iter(tables[table][0]))
    for row in tables[table]:
        del row[column]
    write_tables(tmp_path / "tables", tables)
    with pytest.raises(SourceError, match=f"{table}, line 1: no column {column}|{NO_RELEASE}"):
        run_import(tmp_path)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("table", sorted(small_tables()))
def test_a_missing_table_is_named(tmp_path: Path, table: str) -> None:
    write_tables(tmp_path / "tables", small_tables())
    (tmp_path / "tables" / table).unlink()
    with pytest.raises(SourceError, match=f"{table}: cannot be read|{NO_RELEASE}"):
        run_import(tmp_path)
    assert not (tmp_path / "data").exists()


def test_a_row_of_the_wrong_length_is_named(tmp_path: Path) -> None:
    write_tables(tmp_path / "tables", small_tables())
    path = tmp_path / "tables" / "regions.csv"
    path.write_text(path.read_text() + "E12000002,North West\n")
    with pytest.raises(SourceError, match=r"regions\.csv, line 3: 2 cells where 3 are expected"):
        run_import(tmp_path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"code,name,ons_uri\n", "has no rows"), (b"\xff\xfe", "is not UTF-8"), (b"", "no column")],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    write_tables(tmp_path / "tables", small_tables())
    (tmp_path / "tables" / "regions.csv").write_bytes(content)
    with pytest.raises(SourceError, match=problem):
        run_import(tmp_path)


def test_a_service_has_the_class_that_its_type_names(tmp_path: Path) -> None:
    """A type that names none gives services of the general class."""
    write_tables(tmp_path / "tables", small_tables())
    ontology = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", ontology)
    concepts = ontology / "concepts.ttl"
    before, kind, after = concepts.read_text("utf-8").partition("/id/service-type/fostering> a ")
    named = "okg:typesServicesAs okg:ChildrensService ;"
    concepts.write_text(before + kind + after.replace(named, "", 1), encoding="utf-8")
    import_reference(tmp_path / "tables", tmp_path / "data", ontology)
    services = Facts.of(tmp_path / "data" / "reference" / "services.ttl")
    code = "AAA"
    for key, of_kind in (("fostering", "okg:Service"), ("adoption", "okg:ChildrensService")):
        assert services.nodes(iri("service", code, key), term("rdf:type")) == [term(of_kind)]
    graph = graph_iri("reference/services")
    assert services.text(graph, term("dcterms:title")) == "Services of each authority"


def test_without_the_ontology_nothing_is_written(tmp_path: Path) -> None:
    write_tables(tmp_path / "tables", small_tables())
    with pytest.raises(SourceError, match=r"frameworks\.ttl: cannot be read"):
        import_reference(tmp_path / "tables", tmp_path / "data", tmp_path)
    assert not (tmp_path / "data").exists()
