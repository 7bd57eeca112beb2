"""Dates and spans of days in all the forms covers print."""

from __future__ import annotations

import pytest

from ofsted_kg.reports.layout.dates import read_date, read_windows


@pytest.mark.parametrize(
    ("printed", "spans"),
    [
        ("15 to 26 November 2021", ["2021-11-15/2021-11-26"]),
        ("31 October to 11 November 2022", ["2022-10-31/2022-11-11"]),
        ("19 November–30 November 2018", ["2018-11-19/2018-11-30"]),
        ("02 March 2020 to 13 March 2020", ["2020-03-02/2020-03-13"]),
        ("15-19 July 2013", ["2013-07-15/2013-07-19"]),
        (
            "14 January - 17 January and 3 – 5 February 2014",
            ["2014-01-14/2014-01-17", "2014-02-03/2014-02-05"],
        ),
        ("4 June ─ 26 June 2014", ["2014-06-04/2014-06-26"]),
        ("12/09/2016 to 06/10/2016", ["2016-09-12/2016-10-06"]),
        ("28 July 2016", ["2016-07-28/2016-07-28"]),
        ("16 December to 10 January 2014", ["2013-12-16/2014-01-10"]),
        (
            "5 to 9 December 2022 and 14 to 15 February 2023",
            ["2022-12-05/2022-12-09", "2023-02-14/2023-02-15"],
        ),
        ("1st to 5th March 2013", ["2013-03-01/2013-03-05"]),
        ("18 Feb 2014 – 12 March 2014", ["2014-02-18/2014-03-12"]),
        ("3 Sept. to 14 Sep 2018", ["2018-09-03/2018-09-14"]),
        ("Monday 3 May to Friday 7 May 2021", ["2021-05-03/2021-05-07"]),
    ],
)
def test_printed_dates_are_read_as_windows(printed: str, spans: list[str]) -> None:
    assert [f"{first}/{last}" for first, last in read_windows(printed)] == spans


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "in the spring of 2014",
        "5 to 9 December",
        "31 February 2014",
        "19 May to 8 May 2015",
        "3 March 2013 to 4 March 2015",
        "1, 2 and 3 to 5 and 4 May 2015",
        "8 Febr 2014 to 12 March 2014",
        "8 (by telephone) to 12 March 2014",
    ],
)
def test_what_cannot_be_read_for_certain_is_left_out(printed: str) -> None:
    assert read_windows(printed) == ()


def test_a_day_is_found_in_words_and_figures() -> None:
    assert str(read_date("Report published: 3 February 2015")) == "2015-02-03"
    assert str(read_date("25/11/2016")) == "2016-11-25"
    assert read_date("soon, on the 4 May") is None
