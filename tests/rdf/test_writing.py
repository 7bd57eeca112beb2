"""Files that take their place once they are whole, and no other's."""

import os
from pathlib import Path

import pytest

from ofsted_kg.rdf.writing import write_new


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_takes_no_others_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """Whether or not the file system has hard links."""

    def none(*names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not has_links:
        monkeypatch.setattr(os, "link", none)
    path = tmp_path / "new" / "one.pdf"
    write_new(path, b"first")
    with pytest.raises(FileExistsError):
        write_new(path, b"second")
    (tmp_path / "new" / "away.pdf").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "new" / "away.pdf", b"third")
    assert sorted(found.name for found in path.parent.iterdir()) == ["away.pdf", "one.pdf"]
    assert path.read_bytes() == b"first"
    assert not (tmp_path / "nowhere").exists()
