"""What a reader finds in one report, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from ofsted_kg.texts.lines import PdfText

Record = dict[str, Any]
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


@dataclass(frozen=True, slots=True)
class Cover:
    """What a report says of itself.

    `windows` are the periods of fieldwork, an empty tuple where days are printed that
    cannot be read for certain; `inspectors` those who led it, without their rank.
    """

    authority: str | None = None
    windows: Found[tuple[Window, ...]] | None = None
    published: Found[date] | None = None
    inspectors: tuple[Found[str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportJudgement:
    """One graded area; `grade` is the grade's words in lower case.

    `is_doubtful` where the report itself gives another grade elsewhere, or the table does
    not add up there: the record tells it with a warning, and no graph states it.
    """

    area: str
    area_key: str
    grade: str
    grade_as_printed: str
    page: int | None
    start: int
    end: int
    is_doubtful: bool = False

    def to_record(self) -> Record:
        """The judgement as a JSON object."""
        return {
            "area": self.area,
            "area_key": self.area_key,
            "grade": self.grade,
            "grade_as_printed": self.grade_as_printed,
            "is_doubtful": self.is_doubtful,
            "page": self.page,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class ReportSubItem:
    """A nested item of a recommendation."""

    text: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReportRecommendation:
    """One top-level item of a list of recommendations.

    `number` is the number printed before it, `timescale` the sub-heading it stands
    under, `addressed_to` the body it names as the one to act; None where not printed.
    `end` includes its nested items. `citations` are the parts of the national framework
    that it names, by their keys.
    """

    text: str
    page: int | None
    number: int | None
    section: str
    timescale: str | None
    addressed_to: str | None
    sub_items: tuple[ReportSubItem, ...]
    start: int
    end: int
    citations: tuple[str, ...] = ()

    def to_record(self) -> Record:
        """The recommendation as a JSON object."""
        return {
            "text": self.text,
            "page": self.page,
            "number": self.number,
            "section": self.section,
            "timescale": self.timescale,
            "addressed_to": self.addressed_to,
            "sub_items": [item.text for item in self.sub_items],
            "citations": list(self.citations),
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """One numbered paragraph; where it crosses a page its span runs over the break.

    `section` is the heading it stands under, `area_key` the graded area whose part
    of the report that is, None outside those parts; `text` its words without what
    stands on the pages between them, which the record leaves out.
    """

    number: int
    page: int | None
    section: str | None
    area_key: str | None
    text: str
    start: int
    end: int

    def to_record(self) -> Record:
        """The paragraph as a JSON object."""
        return {
            "number": self.number,
            "page": self.page,
            "section": self.section,
            "area_key": self.area_key,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read.

    `framework` is its usual short name, `framework_key` the key of this project's
    framework. `first_page` is where that page's words start and end. `digest` is the SHA-256
    of the file's bytes, `text_digest` that of its text.
    """

    family: str
    framework: str
    framework_key: str
    is_reinspection: bool
    cover: Cover
    judgements: tuple[ReportJudgement, ...]
    recommendations: tuple[ReportRecommendation, ...]
    paragraphs: tuple[ReportParagraph, ...]
    warnings: tuple[str, ...]
    pages: int | None
    first_page: tuple[int, int]
    digest: str
    text_digest: str
    extractor: str
    text: str

    @classmethod
    def of(
        cls,
        document: PdfText,
        *,
        family: str,
        framework: str,
        framework_key: str,
        cover: Cover,
        judgements: Iterable[ReportJudgement] = (),
        recommendations: Iterable[ReportRecommendation] = (),
        paragraphs: Iterable[ReportParagraph] = (),
        warnings: Iterable[str] = (),
        is_reinspection: bool = False,
    ) -> Report:
        """A report from what was found, with what its text rendition itself tells filled in."""
        first = document.page_text(1).rstrip()
        return cls(
            family=family,
            framework=framework,
            framework_key=framework_key,
            is_reinspection=is_reinspection,
            cover=cover,
            judgements=tuple(judgements),
            recommendations=tuple(recommendations),
            paragraphs=tuple(paragraphs),
            warnings=tuple(warnings),
            pages=document.page_count if document.is_paged else None,
            first_page=(len(first) - len(first.lstrip()), len(first)),
            digest=document.sha256,
            text_digest=document.text_sha256,
            extractor=document.extractor,
            text=document.text,
        )

    @property
    def authority(self) -> str | None:
        """The name of the authority as printed."""
        return self.cover.authority

    @property
    def windows(self) -> tuple[Window, ...]:
        """The periods of fieldwork."""
        return self.cover.windows.value if self.cover.windows else ()

    @property
    def published(self) -> date | None:
        """The day of publication, only where it is printed."""
        return self.cover.published.value if self.cover.published else None

    @property
    def lead_inspector(self) -> str | None:
        """The lead or reporting inspector; two are joined by "and"."""
        return " and ".join(found.value for found in self.cover.inspectors) or None

    @property
    def inspection_start(self) -> date | None:
        """The first day of fieldwork."""
        return self.windows[0][0] if self.windows else None

    @property
    def inspection_end(self) -> date | None:
        """The last day of fieldwork."""
        return self.windows[-1][1] if self.windows else None

    def to_record(self) -> Record:
        """The report as one JSON object; dates in ISO form, None where not printed."""
        return {
            "authority": self.authority,
            "framework": self.framework,
            "framework_key": self.framework_key,
            "is_reinspection": self.is_reinspection,
            "inspection_start": _iso(self.inspection_start),
            "inspection_end": _iso(self.inspection_end),
            "inspection_windows": [[_iso(a), _iso(b)] for a, b in self.windows],
            "published": _iso(self.published),
            "lead_inspector": self.lead_inspector,
            "judgements": [judgement.to_record() for judgement in self.judgements],
            "recommendations": [item.to_record() for item in self.recommendations],
            "paragraphs": [paragraph.to_record() for paragraph in self.paragraphs],
            "warnings": list(self.warnings),
            "pages": self.pages,
            "digest": self.digest,
            "text_digest": self.text_digest,
            "extractor": self.extractor,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
