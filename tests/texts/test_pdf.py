"""Reading a PDF in a process of its own: what stops one that does not end, or never begins."""

import time

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.texts import pdf


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_PATIENCE", 3)


def _busy(name: str, data: bytes) -> str:
    while True:
        pass


def test_one_that_uses_too_much_time_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", 1)
    monkeypatch.setattr(pdf, "_read_document", _busy)
    with pytest.raises(SourceError, match=r"^one\.pdf: cannot be read within 1 seconds$"):
        pdf._read_apart("one.pdf", b"")


@pytest.mark.usefixtures("impatient")
def test_one_that_does_nothing_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a lock was held by another thread when it was forked."""

    def stalls_once(name: str, data: bytes) -> str:
        if began == 0:
            time.sleep(60)
        return f"{name}: read"

    tries = pdf._read_by_child
    began = -1

    def counted(name: str, data: bytes) -> object:
        nonlocal began
        began += 1
        return tries(name, data)

    monkeypatch.setattr(pdf, "_read_document", stalls_once)
    monkeypatch.setattr(pdf, "_read_by_child", counted)
    with pytest.raises(SourceError, match=r"^one\.pdf: read$"):
        pdf._read_apart("one.pdf", b"")
