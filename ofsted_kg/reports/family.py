"""What a family of reports says of itself: all that the reading and the encoding ask of one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ofsted_kg.reports.report import Report
from ofsted_kg.texts.lines import PdfText


@dataclass(frozen=True)
class BodyBeside:
    """A body that some reports of a family judge beside the authority, by a framework of its own.

    `area_key` is the key of the judgement on it, `lists` how the sections of its
    recommendations begin and `kind` the kind of its assessment. `body_type` is the type of
    organisation; `known_as` and `described_as` are its name in the reference data and where
    they lack it, with `{}` for the authority's.
    """

    framework_key: str
    area_key: str
    lists: str
    kind: str
    body_type: str
    known_as: str
    described_as: str


@dataclass(frozen=True)
class Family:
    """A family of reports; each module in `families` holds one as `FAMILY`.

    `name` is what a report's `family` says, `called` the words for it in a message;
    `matches` tells one by the document alone, `read` gives the report. `titles` are the
    title its documents bear and what a citation calls one. `kind` is a key of the kinds of
    assessment, `prints_form` whether reports show it themselves where a release knows
    better; `reads_text` whether a text file tells enough of them, without places and type.
    `prints_close` is whether they end with an imprint or the names of those who sign.
    `is_part` tells a document with a cover of its own that such a report may hold as
    a part of itself. `service_of` gives the type of service that the list of a section is
    about, and `priority_lists` finds the sections whose items are for action at once.
    """

    name: str
    called: str
    matches: Callable[[PdfText], bool]
    read: Callable[[PdfText], Report]
    titles: Callable[[Report], tuple[str, str]]
    service_of: Callable[[str], str]
    kind: str = "full-inspection"
    prints_form: bool = True
    reads_text: bool = True
    prints_close: bool = True
    is_part: Callable[[PdfText], bool] = lambda rest: False
    priority_lists: re.Pattern[str] | None = None
    beside: BodyBeside | None = None
