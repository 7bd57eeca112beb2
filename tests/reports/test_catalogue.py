"""Days of publication from lists of reports."""

import datetime
from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.catalogue import read_catalogues

ONE, TWO = "a" * 64, "b" * 64


def listed(path: Path, *rows: str, head: str = "file,published_on_web,sha256") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_all_lists_of_a_folder_count(tmp_path: Path) -> None:
    listed(tmp_path / "one.csv", f"x.pdf,2024-02-12,{ONE}", f"y.pdf,,{TWO}")
    listed(tmp_path / "deep" / "two.csv", f"z.pdf,2025-01-02,{TWO}")
    listed(tmp_path / "last.csv", f"z.pdf,,{TWO}")
    listed(tmp_path / "other.csv", "1,2", head="a,b")
    days = {ONE: datetime.date(2024, 2, 12), TWO: datetime.date(2025, 1, 2)}
    assert {one: said.published for one, said in read_catalogues(tmp_path).items()} == days
    assert read_catalogues(tmp_path / "nowhere") == {}


@pytest.mark.parametrize("row", [f"x.pdf,12 February,{ONE}", f"x.pdf,2024-02-30,{ONE}"])
def test_a_day_that_is_none_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    path = listed(tmp_path / "one.csv", f"x.pdf,2024-02-12,{TWO}", row)
    with pytest.raises(SourceError) as caught:
        read_catalogues(tmp_path)
    assert str(caught.value).startswith(f"{path}, line 3: ")
    assert " is no day" in str(caught.value)


def test_two_days_for_one_file_are_refused(tmp_path: Path) -> None:
    listed(tmp_path / "a.csv", f"x.pdf,2024-02-12,{ONE}")
    listed(tmp_path / "b.csv", f"x.pdf,2024-02-13,{ONE}")
    with pytest.raises(SourceError, match=r"b\.csv: 2024-02-13, but 2024-02-12 elsewhere"):
        read_catalogues(tmp_path)


def test_what_is_no_text_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(b"sha256,published_on_web\n\xff\xfe")
    with pytest.raises(SourceError, match=r"bad\.csv: not UTF-8 text") as caught:
        read_catalogues(tmp_path)
    assert "\n" not in str(caught.value)
