"""The tables that end an area SEND report: the bodies of the partnership, and the team."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ofsted_kg.reports.layout.bodies import split_bodies
from ofsted_kg.reports.layout.columns import column_edges, split_line
from ofsted_kg.reports.layout.inspectorates import with_names
from ofsted_kg.reports.layout.prose import Prose
from ofsted_kg.reports.partnership import Member, TeamMember
from ofsted_kg.texts.lines import Line, PdfText

AUTHORITY, BOARD, OTHER = "local-authority", "integrated-care-board", "other"
HEAD = re.compile(r"Local authority\b", re.IGNORECASE)
TEAM_HEAD = re.compile(r"Ofsted\s+(?:Care Quality|CQC)|Ofsted$|Care Quality Commission$", re.I)
WEB = re.compile(r"(?:https?://|www\d?\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:gov|nhs|org)(?:\.uk)?\b\S*")
WEB_START = re.compile(r"(?:https?://|www\d?\.)")
LABEL = re.compile(
    r"^(?:Name of (?:[\w ]*?lead[\w ]*|[\w ]+?)|Website|Address)\s*:\s*", re.IGNORECASE
)
ROLE = re.compile(
    r"\b(?:(?:interim|acting|deputy|assistant|strategic|corporate|executive|managing|place|chief)"
    r" )*(?:director|officer|executive|CEO|DCS|lead|nurse|chief|head|chair)\b",
    re.IGNORECASE,
)
DIVIDER = re.compile(r",\s*|\s+[-–—]\s+|\s*\(\s*")
RANK = re.compile(
    r"\s*[,(]?\s*\b(?:Ofsted|HMI\b|CQC|Lead\b|His Majesty|Her Majesty|Children[’']s Services"
    r" Inspector|Team Inspector|Inspector\b).*$",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"(?:(?:Dr|Sir|Dame|Mr|Mrs|Ms|Miss|Professor|Cllr)\.? )?[A-Z][\w’'-]+"
    r"(?: (?:(?:de|van|von|der|la|le|al|bin) )*[A-Z][\w’'.-]*){1,3}"
    r"(?: (?:[OMC]BE|QPM))?"
)
NO_PERSON = re.compile(
    r"\b(?:Council|Board|ICB|NHS|Care|Integrated|Authority|System|Trust|Borough|London|West|East"
    r"|North|South|Yorkshire|Sussex|Cumbria|County|City|Partnership|Metropolitan)\b"
)
LEAD = re.compile(r"\blead\b", re.IGNORECASE)
SAME_HEIGHT = 3.0


def read_members(document: PdfText, lines: list[Line]) -> tuple[list[Member], list[str]]:
    """The bodies in the two columns of the table of details, and what is not clear of them."""
    head = next((line for line in lines if HEAD.match(line.text)), None)
    body = [line for line in lines if line is not head and not _is_beside(line, head)]
    if not body:
        return [], ["members: no table of details"]
    edges = [head.x, *(x for _, x in head.gaps)] if head and head.gaps else []
    edges = edges or column_edges(head, body)
    columns: list[list[Line]] = [[] for _ in edges]
    for line in body:
        for at, part in split_line(document, line, edges):
            columns[at].append(part)
    kinds = (AUTHORITY, BOARD, *(OTHER for _ in edges))
    members: list[Member] = []
    for kind, column in zip(kinds, columns, strict=False):
        members += _members(document, kind, column)
    found = {one.kind for one in members}
    problems = [f"members: no {kind} found" for kind in (AUTHORITY, BOARD) if kind not in found]
    problems += [f"members: no lead found for {one.name!r}" for one in members if not one.lead]
    return members, problems


def _is_beside(line: Line, head: Line | None) -> bool:
    """Whether a line is the head of the other column, drawn as a line of its own."""
    return head is not None and line.page == head.page and abs(line.y - head.y) < SAME_HEIGHT


def _members(document: PdfText, kind: str, lines: list[Line]) -> list[Member]:
    """The bodies of one column: cells of names, leads, websites and addresses.

    Boards that share a column share its cells; their websites come in an order of their own.
    """
    lines = [line for line in (_unlabelled(line) for line in lines) if line.text]
    first_web = next((i for i, line in enumerate(lines) if WEB.search(line.text)), len(lines))
    above = lines[:first_web]
    if not above:
        return []
    name_end = _end_of_names(above)
    names = split_bodies(" ".join(line.text for line in above[:name_end]))
    if kind == AUTHORITY:
        names = [" ".join(line.text for line in above[:name_end])]
    leads = _leads(above[name_end:], len(names))
    sites = _websites(lines[first_web:], len(names))
    paired = _paired(names, leads, sites)
    start, end = lines[0].start, above[-1].end
    page = lines[0].page if document.is_paged else None
    return [
        Member(kind, name, lead, post, site, page, start, end)
        for name, (lead, post), site in paired
    ]


def _unlabelled(line: Line) -> Line:
    """A line without a label that was left in from the template."""
    text = LABEL.sub("", line.text)
    return line._replace(text=text, start=line.end - len(text))


def _end_of_names(lines: list[Line]) -> int:
    """Where the lead's cell begins: at a person's name."""
    opening = (at for at, line in enumerate(lines) if at and _opens_lead(line.text))
    return next(opening, len(lines))


def _opens_lead(text: str) -> bool:
    """Whether a line begins with a person's name: alone, or with a post behind it."""
    role = ROLE.search(text)
    if role and PERSON.fullmatch(text[: role.start()].strip(" ,(-–—")):
        return NO_PERSON.search(text[: role.start()]) is None
    name = PERSON.match(text)
    if name is None or NO_PERSON.search(name[0]):
        return False
    rest = text[name.end() :]
    return not rest.strip() or re.match(r",|\s+[-–—(]|\s*\(", rest) is not None


def _leads(lines: list[Line], count: int) -> list[tuple[str | None, str | None]]:
    """Lead and post in the lead's cell; several leads are parted by their names."""
    groups: list[list[str]] = []
    for line in lines:
        opens = _opens_lead(line.text) and (not groups or len(groups) < count)
        if groups and opens and _is_post(line.text, groups[-1]):
            opens = False
        if opens or not groups:
            groups.append([line.text])
        else:
            groups[-1].append(line.text)
    return [_lead(" ".join(group)) for group in groups]


def _is_post(text: str, group: list[str]) -> bool:
    """Whether a line that looks like a name goes on with the post of the one before."""
    return len(group) == 1 and ROLE.search(text.split(",")[0]) is not None


def _lead(words: str) -> tuple[str | None, str | None]:
    words = words.strip()
    role = ROLE.search(words)
    divider = DIVIDER.search(words)
    person = PERSON.match(words)
    if divider and (role is None or divider.start() <= role.start()):
        name, post = words[: divider.start()], words[divider.end() :]
        if role is None and divider[0].strip() == "(":  # honours in brackets
            return words, None
    elif role and role.start():
        name, post = words[: role.start()], words[role.start() :]
    else:
        name, post = (person[0] if person else words), ""
    post = post.strip(" .")
    if post.count(")") > post.count("("):
        post = post.rstrip(")")
    return name.strip() or None, post or None


def _websites(lines: list[Line], count: int) -> list[str]:
    """The addresses on the web; one that runs over a line is put together again."""
    sites: list[str] = []
    open_until = -1
    for at, line in enumerate(lines):
        text = line.text.strip()
        new = WEB.match(text)
        goes_on = at == open_until and " " not in text and not WEB_START.match(text)
        if goes_on and sites and (text[0] in "./-" or "." in text or "/" in text):
            sites[-1] += text
            open_until = at + 1
        elif new and len(sites) < max(count, 1):
            sites.append(text)
            open_until = at + 1
    return sites


def _paired(
    names: list[str], leads: list[tuple[str | None, str | None]], sites: list[str]
) -> Iterable[tuple[str, tuple[str | None, str | None], str | None]]:
    """Names with the leads and sites that share most with them, else in the order printed."""
    free = list(sites)
    result = []
    for at, name in enumerate(names):
        lead = leads[at] if at < len(leads) else (None, None)
        own = _closest(name, free) if len(names) > 1 else (free[0] if free else None)
        if own:
            free.remove(own)
        result.append((name, lead, own))
    return result


def _closest(name: str, sites: list[str]) -> str | None:
    words = [word for word in re.findall(r"[a-z]{4,}", name.casefold()) if word != "care"]
    scores = [sum(word in site.casefold() for word in words) for site in sites]
    if not sites:
        return None
    return sites[scores.index(max(scores))]


def read_team(document: PdfText, lines: list[Line]) -> tuple[list[TeamMember], list[str]]:
    """The inspectors in the columns of the team's table, Ofsted's at the left."""
    head = next((line for line in lines if TEAM_HEAD.match(line.text)), None)
    body = [line for line in lines if not TEAM_HEAD.fullmatch(line.text) and line is not head]
    if not body:
        return [], ["team: no table of inspectors"]
    edges = column_edges(head, body)
    columns: list[list[Line]] = [[] for _ in edges]
    for line in body:
        for at, part in split_line(document, line, edges):
            columns[at].append(part)
    team, problems = with_names(
        (
            _inspector(document, key, group)
            for key, column in zip(("ofsted", "cqc"), columns, strict=False)
            for group in _inspectors(column)
        ),
        "team",
    )
    leads = {one.inspectorate for one in team if one.is_lead}
    problems += [f"team: no lead found for {key}" for key in ("ofsted", "cqc") if key not in leads]
    return team, problems


def _inspectors(lines: list[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and PERSON.match(line.text) is None:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _inspector(document: PdfText, key: str, lines: list[Line]) -> TeamMember:
    prose = Prose(document, lines)
    name = RANK.sub("", prose.text).strip(" ,(")
    rank = prose.text[len(name) :].strip(" ,")
    start, end = prose.span(0, len(prose.text))
    return TeamMember(
        name=name,
        inspectorate=key,
        is_lead=LEAD.search(rank) is not None,
        rank=rank or None,
        page=lines[0].page if document.is_paged else None,
        start=start,
        end=end,
    )
