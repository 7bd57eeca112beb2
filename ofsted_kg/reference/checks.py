"""The reference tables together, with every reference from one to another checked."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ofsted_kg.errors import SourceError
from ofsted_kg.reference.tables import Row, Table, read_table

AUTHORITY_COLUMNS = (
    "register_code", "official_name", "nice_name", "type_code", "type", "status", "start_date",
    "start_date_source", "end_date", "predecessors", "successors", "region_code", "gss_current",
    "gss_all", "dfe_la_code", "ofsted_urn", "ofsted_provider_url", "register_curie",
    "planning_data_reference", "planning_data_entity", "org_id_guide", "wikidata_council",
    "wikidata_council_sources", "wikidata_area", "wikidata_area_sources", "wikipedia",
    "dbpedia_derived", "govuk_slug", "homepage", "opendatacommunities_uri", "os_area_uri", "notes",
)  # fmt: skip
AREA_COLUMNS = (
    "gss", "name", "valid_from", "valid_to", "region_code", "authority_register_code",
    "predecessor_area", "successor_area", "ons_uri",
)  # fmt: skip
ORGANISATION_COLUMNS = (
    "key", "name", "type", "wikidata", "ods_code", "charity_number", "company_number",
    "govuk_org_slug", "register_id", "other_ids",
)  # fmt: skip
RELEASE_COLUMNS = ("Local authority area code", "Local authority name", "Ofsted region")


@dataclass(frozen=True)
class ReferenceTables:
    """All tables, and the rows of those that others refer to by their keys."""

    authorities: Table
    areas: Table
    regions: Table
    neighbours: Table
    organisations: Table
    legislation: Table
    disagreements: Table
    release: Table
    by_code: dict[str, Row]
    by_gss: dict[str, Row]
    by_region: dict[str, Row]

    def areas_of(self, authority: str) -> list[Row]:
        """The areas an authority has served, the oldest first."""
        rows = [row for row in self.areas if row["authority_register_code"] == authority]
        return sorted(rows, key=lambda row: row["valid_from"])

    def current_by_dfe_code(self) -> dict[str, str]:
        """Register codes of the authorities that exist, by DfE code.

        A DfE code alone is no key: a county and its successor may share one.
        """
        return {
            row["dfe_la_code"]: code
            for code, row in self.by_code.items()
            if row["status"] == "current"
        }

    def disputed(self, authority: str, field: str) -> str | None:
        """The verdict of the table of disagreements on one field, where it has one."""
        verdicts = [
            row["verdict"]
            for row in self.disagreements
            if (row["code"], row["field"]) == (authority, field)
        ]
        return verdicts[0] if verdicts else None


def several(cell: str) -> list[str]:
    """The codes of a cell that separates them by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def read_reference_tables(directory: Path) -> ReferenceTables:
    """Read and cross-check every table of `directory`; SourceError for the first fault."""
    authorities = read_table(directory, "authorities.csv", AUTHORITY_COLUMNS)
    areas = read_table(directory, "areas.csv", AREA_COLUMNS)
    regions = read_table(directory, "regions.csv", ("code", "name", "ons_uri"))
    tables = ReferenceTables(
        authorities=authorities,
        areas=areas,
        regions=regions,
        neighbours=read_table(
            directory,
            "statistical_neighbours_2025.csv",
            ("dfe_la_code", "la_name", "rank", "neighbour_dfe_la_code", "closeness"),
        ),
        organisations=read_table(directory, "organisations.csv", ORGANISATION_COLUMNS),
        legislation=read_table(
            directory, "legislation.csv", ("key", "title", "uri", "in_force_from", "repealed_on")
        ),
        disagreements=read_table(directory, "disagreements.csv", ("code", "field", "verdict")),
        release=_newest_release(directory),
        by_code=authorities.keyed("register_code"),
        by_gss=areas.keyed("gss"),
        by_region=regions.keyed("code"),
    )
    for row in authorities:
        row.code("register_code", "three-letter")
        row.checked("dfe_la_code", "dfe", row.required("dfe_la_code"))
    _check_areas(tables)
    _check_authorities(tables)
    for row in tables.disagreements:
        if row["code"] != "ALL":
            row.known("code", row["code"], tables.by_code, "authorities.csv")
    for row in tables.release:
        gss = row.required("Local authority area code")
        row.known("Local authority area code", gss, tables.by_gss, "areas.csv")
    return tables


def _newest_release(directory: Path) -> Table:
    """The copy of a release's sheet with codes and regions that comes last by its name."""
    for path in sorted((directory / "ofsted").glob("*.csv"), reverse=True):
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            head = next(csv.reader(stream), [])
        if set(RELEASE_COLUMNS) <= set(head):
            name = path.relative_to(directory).as_posix()
            return read_table(directory, name, RELEASE_COLUMNS, ragged=True)
    columns = ", ".join(RELEASE_COLUMNS)
    raise SourceError(f"{directory / 'ofsted'}: no table (*.csv) with the columns {columns}")


def _check_authorities(tables: ReferenceTables) -> None:
    for column in ("wikidata_council", "planning_data_entity", "opendatacommunities_uri"):
        _check_not_shared(tables.authorities, column)
    current = [row for row in tables.authorities if row["status"] == "current"]
    _check_not_shared(current, "dfe_la_code")
    for code, row in tables.by_code.items():
        row.known("region_code", row["region_code"], tables.by_region, "regions.csv")
        row.known("status", row["status"], ("current", "abolished"), "the two states of a body")
        if (row["status"] == "abolished") != bool(row["end_date"]):
            raise row.error("end_date", f"does not agree with status {row['status']!r}")
        if bool(row["gss_current"]) != (row["status"] == "current"):
            raise row.error("gss_current", f"does not agree with status {row['status']!r}")
        codes = re.findall(r"\b[A-Z]\w+", row["gss_all"])
        if codes != [area["gss"] for area in tables.areas_of(code)]:
            raise row.error(
                "gss_all", "does not agree with the areas of the authority in areas.csv"
            )
        if row["gss_current"] and row["gss_current"] != codes[-1]:
            raise row.error("gss_current", f"{row['gss_current']!r} is not the last of gss_all")
        for column, back in (("predecessors", "successors"), ("successors", "predecessors")):
            for other in several(row[column]):
                row.known(column, other, tables.by_code, "authorities.csv")
                if code not in several(tables.by_code[other][back]):
                    raise row.error(column, f"{other} does not name {code} among its {back}")


def _check_not_shared(rows: Iterable[Row], column: str) -> None:
    """Two authorities with one identity elsewhere would be taken for one and the same."""
    bearers: dict[str, Row] = {}
    for row in rows:
        value = row[column]
        if value and value in bearers:
            raise row.error(column, f"{value} stands on line {bearers[value].line} already")
        bearers[value] = row


def _check_areas(tables: ReferenceTables) -> None:
    for gss, row in tables.by_gss.items():
        row.code("gss", "gss")
        row.known("region_code", row["region_code"], tables.by_region, "regions.csv")
        authority = row["authority_register_code"]
        row.known("authority_register_code", authority, tables.by_code, "authorities.csv")
        for column in ("predecessor_area", "successor_area"):
            for other in several(row[column]):
                row.known(column, other, tables.by_gss, "areas.csv")
        first, last = row.day("valid_from"), row.day("valid_to")
        if first and last and first > last:
            raise row.error("valid_to", f"{gss} would end before it began")
