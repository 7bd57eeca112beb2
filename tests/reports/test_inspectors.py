"""Lead inspectors as covers and closing pages name them, and sentences that name none."""

from __future__ import annotations

import pytest

from ofsted_kg.reports.layout.cover import read_inspectors
from ofsted_kg.texts.lines import plain_text


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Lead inspector: Ida Fernleigh, His Majesty’s Inspector", ["Ida Fernleigh"]),
        ("Lead inspector: Ida Fernleigh, Her Majesty’s\nInspector", ["Ida Fernleigh"]),
        ("Lead inspector: Ida Fernleigh (HMI)", ["Ida Fernleigh"]),
        ("Lead inspector on site: Ida Fernleigh", ["Ida Fernleigh"]),
        ("Reporting inspector Ida Fernleigh HMI", ["Ida Fernleigh"]),
        ("Lead inspector:\nIda Fernleigh HMI", ["Ida Fernleigh"]),
        ("Lead inspector: Máire O’Tarn-Quay, HMI", ["Máire O’Tarn-Quay"]),
        ("Lead inspector: Ida van der Quay", ["Ida van der Quay"]),
        ("Lead inspector: Ida Fernleigh, HMI, Social Care", ["Ida Fernleigh"]),
        ("Lead inspector: Ida Fernleigh HMI and Bo Tarn HMI", ["Ida Fernleigh", "Bo Tarn"]),
        ("Lead inspector: Ida Fernleigh HMI and\nBo Tarn HMI", ["Ida Fernleigh", "Bo Tarn"]),
        ("Lead inspectors: Ida Fernleigh & Bo Tarn", ["Ida Fernleigh", "Bo Tarn"]),
        (
            "Lead inspectors: Ida Fernleigh, HMI, and Bo Tarn, Her\nMajesty’s Inspector",
            ["Ida Fernleigh", "Bo Tarn"],
        ),
        ("lead inspector attended by both the harbour master and\nIda Fernleigh", []),
        ("Lead inspector attended the meeting of the quay", []),
        ("Deputy lead inspector: Ida Fernleigh", []),
        (
            "the lead inspector was met by Cy Dune\nLead inspector: Ida Fernleigh",
            ["Ida Fernleigh"],
        ),
    ],
)
def test_lead_inspectors_are_named_without_their_rank(printed: str, names: list[str]) -> None:
    document = plain_text("a.txt", printed, "0" * 64)
    found = read_inspectors(document, document.lines)
    assert [one.value for one in found] == names
    for one in found:
        assert one.value.split()[-1] in document.text[one.start : one.end]
