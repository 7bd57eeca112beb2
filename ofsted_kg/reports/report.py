"""What a reader finds in one report, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from ofsted_kg.reports.partnership import Partnership
from ofsted_kg.reports.spans import Found, Window, iso
from ofsted_kg.texts.lines import PdfText
from ofsted_kg.texts.pieces import Piece, joined

__all__ = ["Found", "Window"]

Record = dict[str, Any]


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
    `end` includes its nested items; `pieces` as for a paragraph. `citations` are the parts of
    the national framework that it names, by their keys. In reports on a partnership
    `responsible` are the bodies that are to act on a priority action and `subsection` is
    the heading inside the list.
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
    subsection: str | None = None
    is_priority: bool = False
    responsible: tuple[Found[str], ...] = ()
    pieces: tuple[Piece, ...] = ()
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
            "pieces": [list(piece) for piece in self.pieces],
            **self._of_partnership(),
        }

    def _of_partnership(self) -> Record:
        """What only items of reports on a partnership have, where there is any of it."""
        found: Record = {}
        if self.subsection:
            found["subsection"] = self.subsection
        if self.is_priority:
            found["is_priority"] = True
        if self.responsible:
            found["responsible"] = [one.value for one in self.responsible]
        return found


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """One paragraph; `number` is None where it is printed without one.

    `section` is the heading it stands under, `area_key` the graded area whose part
    of the report that is, None outside those parts. `pieces` are the stretches that its
    words fill: more than one where it crosses a page, whose foot and head stand between
    them. `text` is those words, which the record leaves out.
    """

    number: int | None
    page: int | None
    section: str | None
    area_key: str | None
    text: str
    start: int
    end: int
    pieces: tuple[Piece, ...] = ()

    def to_record(self) -> Record:
        """The paragraph as a JSON object."""
        return {
            "number": self.number,
            "page": self.page,
            "section": self.section,
            "area_key": self.area_key,
            "start": self.start,
            "end": self.end,
            "pieces": [list(piece) for piece in self.pieces],
        }


Passage = TypeVar("Passage", ReportParagraph, ReportRecommendation)


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read; `paragraphs` are the numbered ones, `unnumbered` all others.

    `framework` is its usual short name, `framework_key` the key of this project's
    framework. `first_page` is where that page's words start and end. `digest` is the SHA-256
    of the file's bytes, `text_digest` that of its text. `partnership` is what an inspection
    of a partnership adds.
    """

    family: str
    framework: str
    framework_key: str
    is_reinspection: bool
    cover: Cover
    judgements: tuple[ReportJudgement, ...]
    recommendations: tuple[ReportRecommendation, ...]
    paragraphs: tuple[ReportParagraph, ...]
    unnumbered: tuple[ReportParagraph, ...]
    warnings: tuple[str, ...]
    pages: int | None
    first_page: tuple[int, int]
    digest: str
    text_digest: str
    extractor: str
    text: str
    partnership: Partnership | None = None

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
        partnership: Partnership | None = None,
    ) -> Report:
        """A report from what was found, with what its text rendition itself tells filled in."""
        first = document.page_text(1).rstrip()
        printed = [_in_pieces(one, document.text) for one in paragraphs]
        return cls(
            family=family,
            framework=framework,
            framework_key=framework_key,
            is_reinspection=is_reinspection,
            cover=cover,
            judgements=tuple(judgements),
            recommendations=tuple(_in_pieces(one, document.text) for one in recommendations),
            paragraphs=tuple(one for one in printed if one.number is not None),
            unnumbered=tuple(one for one in printed if one.number is None),
            warnings=tuple(warnings),
            pages=document.page_count if document.is_paged else None,
            first_page=(len(first) - len(first.lstrip()), len(first)),
            digest=document.sha256,
            text_digest=document.text_sha256,
            extractor=document.extractor,
            text=document.text,
            partnership=partnership,
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
        """The report as one JSON object; dates in ISO form, None where not printed.

        `findings` are judged by a machine, when the record is asked for and not before.
        """
        from ofsted_kg.reports.findings import findings

        return {
            "authority": self.authority,
            "framework": self.framework,
            "framework_key": self.framework_key,
            "is_reinspection": self.is_reinspection,
            "inspection_start": iso(self.inspection_start),
            "inspection_end": iso(self.inspection_end),
            "inspection_windows": [[iso(a), iso(b)] for a, b in self.windows],
            "published": iso(self.published),
            "lead_inspector": self.lead_inspector,
            "judgements": [judgement.to_record() for judgement in self.judgements],
            "recommendations": [item.to_record() for item in self.recommendations],
            "paragraphs": [paragraph.to_record() for paragraph in self.paragraphs],
            "unnumbered": [paragraph.to_record() for paragraph in self.unnumbered],
            "findings": [finding.to_record() for finding in findings(self)],
            "warnings": list(self.warnings),
            "pages": self.pages,
            "digest": self.digest,
            "text_digest": self.text_digest,
            "extractor": self.extractor,
            **({"partnership": self.partnership.to_record()} if self.partnership else {}),
        }


def _in_pieces(one: Passage, text: str) -> Passage:
    """A passage made of as few pieces as its lines allow; of one where none are given."""
    pieces = joined(one.pieces or ((one.start, one.end),), text)
    return replace(one, start=pieces[0][0], end=pieces[-1][1], pieces=pieces)
