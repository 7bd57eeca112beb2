"""What inspections of a partnership add to a report, as plain data.

Joint targeted area inspections and area SEND inspections are made by several
inspectorates, of several bodies together. What each field holds is as printed; a `key`
is the one normalised word beside it. What a family does not print stays empty.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ofsted_kg.reports.spans import Found, Window, iso
from ofsted_kg.texts.pieces import Piece

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Inspectorate:
    """One that inspected: `key` is `ofsted`, `cqc`, `hmic`, `hmicfrs` or `hmi-probation`."""

    key: str
    as_printed: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person to whom a letter is addressed.

    `post` and `body` are parts of `as_printed`, which is all that follows the name; either
    is None where the line does not tell it from the other. `bodies` are the names in `body`
    where it names several.
    """

    name: str
    post: str | None
    body: str | None
    bodies: tuple[str, ...]
    as_printed: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Member:
    """A body of a local area partnership.

    `kind` is `local-authority`, `integrated-care-board` or `other` (a body that the first
    page names as responsible and the table of details lacks: it has no lead).
    """

    kind: str
    name: str
    lead: str | None
    post: str | None
    website: str | None
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an area SEND inspection and the sentence that gives it.

    `key` is `typically-positive`, `inconsistent` or `systemic-failings`.
    """

    key: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NextInspection:
    """What is to follow: `kind` is `full-inspection`, `full-reinspection` or
    `monitoring-inspection`, `months` after this one, approximately."""

    kind: str
    months: int
    as_printed: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that is asked for: `priority-action-plan` (required) or `strategic-plan`
    (to be updated and published), with the sentence that asks."""

    key: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Theme:
    """The subject of a joint targeted area inspection; `key` is None for an unknown one."""

    key: str | None
    as_printed: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the page it stands on; `level` is 2 for one inside a list.

    `kind` is `strengths`, `improvement`, `priority`, `findings`, `box`, `next-steps` or
    `other`. A box ends where the next section begins.
    """

    heading: str
    kind: str
    level: int
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list that is no recommendation, or a sentence that says there is none.

    `key` is that of the paragraph with the same words: "u7", the seventh without a number.
    """

    key: str
    section: str
    subsection: str | None
    page: int | None
    start: int
    end: int
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Who answers a joint letter, and until when.

    `principal` is the principal authority where one is determined, `prepared_by` who is to
    prepare the written statement, `involving` the bodies that take part, `sent_by` who is
    to send it, `due` the last day, None where none is printed.
    """

    principal: Found[str] | None
    prepared_by: Found[str] | None
    involving: tuple[str, ...]
    sent_by: Found[str] | None
    due: Found[date] | None
    due_as_printed: str | None


@dataclass(frozen=True, slots=True)
class Signatory:
    """One who signs for an inspectorate (its key; None where it cannot be told)."""

    name: str
    post: str
    inspectorate: str | None
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TeamMember:
    """An inspector, with the key of the inspectorate and whether this one led for it."""

    name: str
    inspectorate: str
    is_lead: bool
    rank: str | None
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Partnership:
    """All that a report on a partnership has beside what every report has.

    `area` is the area as the title has it. `windows_elsewhere` are the days that the foot
    of the pages gives where they are not those of the first page. `strengths` and
    `shortcomings` are points of lists ("doing that is effective", "need to do better");
    `nil_statements` say that there is no item of a kind.
    """

    layout: str
    title: str | None
    area: str | None
    inspectorates: tuple[Inspectorate, ...]
    dates_as_printed: str | None
    sections: tuple[Section, ...]
    strengths: tuple[Point, ...]
    shortcomings: tuple[Point, ...] = ()
    nil_statements: tuple[Point, ...] = ()
    salutation: Found[str] | None = None
    addressees: tuple[Addressee, ...] = ()
    theme: Theme | None = None
    next_steps: NextSteps | None = None
    signatories: tuple[Signatory, ...] = ()
    members: tuple[Member, ...] = ()
    responsible: tuple[Found[str], ...] = ()
    outcome: Outcome | None = None
    next_inspections: tuple[NextInspection, ...] = ()
    plans: tuple[Plan, ...] = ()
    previous: Found[tuple[Window, ...]] | None = None
    previous_as_printed: str | None = None
    windows_elsewhere: Found[tuple[Window, ...]] | None = None
    team: tuple[TeamMember, ...] = ()

    @property
    def boxes(self) -> tuple[Section, ...]:
        """The sections that are boxes: case studies and the like."""
        return tuple(section for section in self.sections if section.kind == "box")

    def to_record(self) -> Record:
        """As a JSON object."""
        record: Record = _plain(asdict(self))
        return record


def _plain(value: Any) -> Any:
    """Days in ISO form and tuples as lists, all the way down."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return iso(value) if isinstance(value, date) else value
