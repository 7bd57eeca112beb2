"""Where something stands in a report's text, and the days it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ofsted_kg.texts.lines import PdfText

Window = tuple[date, date]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a report prints with its place: offsets in the text, and the page it starts on."""

    value: T
    start: int
    end: int
    page: int | None

    @classmethod
    def at(cls, document: PdfText, value: T, start: int, end: int) -> Found[T]:
        """Something found between two offsets of a document."""
        return cls(value, start, end, document.page_of(start) if document.is_paged else None)


def iso(day: date | None) -> str | None:
    """A day in ISO form."""
    return day.isoformat() if day else None
