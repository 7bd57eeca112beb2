"""What readers settled of sentences: only what they were sure of, and agreed on."""

from pathlib import Path

import pytest

from ofsted_kg.judging.readings import settled_readings

HEAD = "report_sha256,pieces,first,first_hesitated,second,second_hesitated\n"


@pytest.mark.parametrize(
    ("line", "settled"),
    [
        ("ab,1-9,weakness,,,", {("ab", "1-9"): "weakness"}),
        ("ab,1-9 12-20,context,,context,", {("ab", "1-9 12-20"): "context"}),
        ("ab,1-9,weakness,yes,,", {}),
        ("ab,1-9,weakness,,mixed,", {}),
        ("ab,1-9,weakness,,weakness,yes", {}),
    ],
)
def test_sure_and_undisputed(
    tmp_path: Path, line: str, settled: dict[tuple[str, str], str]
) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(f"{HEAD}{line}\n", encoding="utf-8")
    assert settled_readings(path) == settled


def test_without_a_table_nothing_is_settled(tmp_path: Path) -> None:
    assert settled_readings(tmp_path / "labels.csv") == {}
