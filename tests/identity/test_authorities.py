"""Printed names lead to the authority that bore them on their day, or are refused."""

from datetime import date

import pytest

from ofsted_kg.identity.authorities import Authorities
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    return Authorities.read(ROOT / "data" / "reference")


# Names as covers print them, with the register's code looked up by hand.
@pytest.mark.parametrize(
    ("printed", "day", "code"),
    [
        ("City of Bradford Metropolitan District Council", "2022-11-21", "BRD"),
        ("Bradford", "2022-11-21", "BRD"),
        ("London Borough of Merton Council", "2017-06-26", "MRT"),
        ("Metropolitan Borough of Solihull", "2016-04-25", "SOL"),
        ("Kingston Upon Hull City Council", "2019-01-21", "KHL"),
        ("Southend-on-Sea city council", "2019-07-01", "SOS"),
        ("London Borough of Hammersmith & Fulham", "2016-01-12", "HMF"),
        ("Cheshire East Unitary Authority", "2015-07-06", "CHE"),
        ("City of London", "2016-07-28", "LND"),
        ("Council of the Isles of Scilly", "2016-04-11", "IOS"),
        ("Derby City", "2017-03-06", "DER"),
        ("Somerset", "2022-11-07", "SOM"),
        ("Somerset", "2024-07-01", "SMT"),
        ("North Yorkshire County Council", "2018-07-02", "NYK"),
        ("Buckinghamshire", "2021-11-29", "BUC"),
    ],
)
def test_printed_names_lead_to_the_authority_of_their_day(
    authorities: Authorities, printed: str, day: str, code: str
) -> None:
    assert authorities.printed(printed, date.fromisoformat(day)).key == code


@pytest.mark.parametrize(
    ("printed", "day", "reason"),
    [
        ("Wexcombe Borough Council", date(2022, 1, 10), "is no authority"),
        ("Derbyshire and Derby", date(2022, 1, 10), "is no authority"),
        ("Somerset", None, "more than one authority"),
    ],
)
def test_a_name_that_is_not_certain_is_refused(
    authorities: Authorities, printed: str, day: date | None, reason: str
) -> None:
    with pytest.raises(LookupError, match=reason):
        authorities.printed(printed, day)
