"""The people to whom a letter is addressed: name, post and body of each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ofsted_kg.reports.layout.prose import Prose
from ofsted_kg.reports.partnership import Addressee
from ofsted_kg.texts.lines import Line, PdfText

INDENT = 3.0
# Words of posts and bodies: what has one of them is no person's name.
NOT_A_NAME = re.compile(
    r"\b(?:services?|boards?|councils?|commission\w*|groups?|partnerships?|trusts?|company|care|"
    r"clinical|borough|boroughs|city|county|nhs|icb|ccgs?|lscb|team|teams|police|constabulary|"
    r"probation|prison|health|hospitals?|youth|offending|rehabilitation|division|districts?|"
    r"region|south|north|east|west|limited|authority|safeguarding|agency|area|areas|unit|"
    r"university|college|school|integrated|metropolitan|community|national|department|"
    r"director|directorate|officer|manager|head|chief|executive|nurse|chair|lead|mayor|"
    r"commissioner|scrutineer|children[’']?s?|people|safety|crime|justice|social|strategic)\b",
    re.IGNORECASE,
)
RANK = re.compile(
    r"(?:(?:Acting|Temporary|Deputy|Assistant|A/|T/)\s*)*(?:Chief Constable|Chief Superintendent"
    r"|Chief Supt|Detective \w+|Superintendent|Commander|Councillor|Cllr|Professor|Prof|Dr|Sir"
    r"|Dame|Mr|Mrs|Ms|Miss|Lord|Lady|Baroness|Rev)\b\.?\s+"
)
HONOURS = r"(?:[CODM]BE|K?CB|QPM|DL|KPM|CVO|QC|KC|JP|MBE|BSc|MSc|FRCA)"
WORD = r"(?:[A-Z][\w’'.-]*|[a-z]{1,2}[’'][A-Z][\w-]+|de|van|von|der|al|el|le|la|of)"
NAME = re.compile(rf"(?P<name>{WORD}(?:\s+{WORD}){{1,4}}?(?:,?\s+{HONOURS})*)\s*(?=,|$)")
ROLE_BEHIND = re.compile(
    rf"(?P<name>{WORD}(?:\s+{WORD}){{1,2}}?(?:,?\s+{HONOURS})*)\s+(?=(?:Interim |Acting |Deputy "
    r"|Assistant |Executive |Independent )*(?:Chief|Director|Chair|Head|Accountable|Manager"
    r"|Superintendent|Commissioner|Strategic|Police)\b)"
)

POST = re.compile(
    r"\b(?:Directory?|Direct|Officer|Constable|Commissioner|Manager|Chair|Head|Nurse|Chief|Lead"
    r"|CEO|DCS|Scrutineer|Mayor|Doctor|Executive|Superintendent|Commander|Leader|Secretary"
    r"|President)\b",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"\bPolice(?:,? Fire)? and Crime Commissioner|\bMayor\b|\bYoung People[’']s Commissioner",
    re.IGNORECASE,
)
BODY = re.compile(
    r"\b(?:Council|Borough(?: of [A-Z].*)?|authority|CCGs?|(?:Clinical )?Commissioning"
    r" (?:Groups?|Collaborative)|(?:Health and )?Care Partnership|Integrated Care Board|ICB|Trust"
    r"|Board|\w{0,3}SCB|Police(?: Service| Force)?|Constabulary|MPS|(?:Offending|Justice|Probation)"
    r" (?:Services?|Teams?)|Probation Service.*|YOT|YOS|NPS|CRC|Company(?: Limited)?|Cafcass"
    r"|Partnership|Arrangements|SPFT|Collaborative)\b\W*(?:\([A-Z]+\)|[A-Z]{3,5})?\W*$",
    re.IGNORECASE,
)
CHARGE = re.compile(r"\bwith responsibility for (?:the )?(?P<body>.+)$", re.IGNORECASE)
SERVICE_POST = re.compile(
    r"^(?P<body>.*?(?:(?:Offending|Justice|Probation) (?:Service|Team)|YOT|YOS|NPS))s?"
    r"(?: Team)? (?:\w+ )?(?:Manager|Director)$",
    re.IGNORECASE,
)
# What a post is in charge of, which is no body: "Director of Quality, Nursing and Safety, …".
TOPIC = re.compile(
    r"\b(?:children|young people|people|services?|families|education|skills|quality|nursing|"
    r"governance|health|safeguarding|commissioning|communities|public|clinical|corporate|"
    r"patient|place|practice|women|community payback|social work|early|safety|protection)\b"
    r"|^probation$|^\(.*\)$",
    re.IGNORECASE,
)
NATIONAL = re.compile(r"(?:^|, |\()(?P<body>(?:National Probation Service|Cafcass)\b.*)$")
OF = re.compile(r"^\s*(?:of|for|at|to)\s+(?:the\s+)?")
# A council at the end of a line is the body; a service named before it is one of its own.
COUNCIL = re.compile(
    r"^(?P<post>.+), (?P<body>[A-Z][^,]*\b(?:Council|local authority)\b\W*(?:\([A-Z]+\))?)$",
    re.IGNORECASE,
)
SERVICE = re.compile(
    r"\b(?:Offending|Justice|Probation) (?:Services?|Teams?)\b|\bYOT\b|\bYOS\b", re.IGNORECASE
)
# One who acts for a commissioner of police has a post of his own before that office.
FOR_OFFICE = re.compile(
    r"^(?P<post>.+?), (?P<body>[^,]*\bPolice(?:,? Fire)? and Crime Commissioner\b.*)$",
    re.IGNORECASE,
)
COMMISSIONERS = re.compile(r"^(?P<place>[A-Z][\w’-]+) .*\bCare Commissioning$")
# Words set twice on top of each other come out one behind the other.
TWICE = re.compile(r"(?P<words>\S+(?: \S+){2,}?)[.,;]? (?P=words)$")
ON_TOP = 3.0
NAMING = re.compile(r"\b[A-Z]\w{2,}")
LAST_OF = re.compile(r"\s+(?:of|for|at|to)(?:\s+the)?$")
SEVERAL = re.compile(r"^(?P<a>.+?) and (?P<b>.+?),? (?P<kind>Clinical Commissioning Group)s$")


def read_addressees(document: PdfText, lines: list[Line]) -> tuple[list[Addressee], list[str]]:
    """The addressees on the lines between date and salutation, and what is not clear."""
    problems = []
    found = []
    for group in _people(_printed_once(lines)):
        prose = Prose(document, group)
        one = _addressee(prose, document)
        found.append(one)
        if one.post is None and one.body is None:
            problems.append(f"addressees: no post found for {one.name!r}")
        elif one.body is None and "," in (one.post or ""):
            problems.append(f"addressees: no body found for {one.name!r}, whose post has a comma")
        elif lost := _lost(one):
            problems.append(f"addressees: {lost!r} is neither post nor body of {one.name!r}")
    return found, problems


def _printed_once(lines: list[Line]) -> list[Line]:
    """The lines without what the file draws a second time on top of the first."""
    once: list[Line] = []
    for line in lines:
        if once and line.text == once[-1].text and abs(line.y - once[-1].y) < ON_TOP:
            continue
        if again := TWICE.search(line.text):
            end = again.end("words")
            line = line._replace(text=line.text[:end], end=line.start + end)
        once.append(line)
    return once


def _lost(one: Addressee) -> str | None:
    """The first body in an addressee's line that is in neither post nor body.

    A borough behind a board says only where that is.
    """
    kept = set(re.findall(r"\w+", f"{one.post or ''} {one.body or ''}"))
    bodies = (part for part in one.as_printed.split(", ") if BODY.search(part))
    named = (part for part in bodies if "Borough of " not in part)
    return next((part for part in named if not kept.issuperset(NAMING.findall(part))), None)


def _people(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each person: one that is indented, or has no name in front, goes on."""
    groups: list[list[Line]] = []
    lines = list(lines)
    margin = min((line.x for line in lines), default=0.0)
    for line in lines:
        indented = line.x > margin + INDENT
        cut = groups and re.search(r"\b(?:and|of|for|the|&)$", groups[-1][-1].text)
        if groups and (indented or cut or _name_in(line.text) is None):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _name_in(text: str) -> re.Match[str] | None:
    """The name that a line begins with, rank and honours included."""
    rank = RANK.match(text)
    start = rank.end() if rank else 0
    for pattern in (NAME, ROLE_BEHIND):
        match = pattern.match(text, start)
        if match is None or NOT_A_NAME.search(match["name"]):
            continue
        if pattern is NAME and match.end() == len(text) and not rank:
            continue  # words alone on a line, without a post
        return match
    return None


def _addressee(prose: Prose, document: PdfText) -> Addressee:
    match = _name_in(prose.text)
    end = match.end("name") if match else len(prose.text)
    rest = prose.text[end:].strip(" ,")
    post, body = _post_and_body(rest)
    start, stop = prose.span(0, len(prose.text))
    return Addressee(
        name=prose.text[:end].strip(" ,"),
        post=post,
        body=body,
        bodies=_bodies(body),
        as_printed=rest,
        page=document.page_of(start) if document.is_paged else None,
        start=start,
        end=stop,
    )


def _post_and_body(rest: str) -> tuple[str | None, str | None]:
    """Post and body of what follows a name; some offices are both."""
    rest = rest.rstrip("[ ,")
    acting = FOR_OFFICE.match(rest)
    if acting and POST.search(acting["post"]):
        return acting["post"], acting["body"]
    if OFFICE.search(rest):
        return rest, rest
    charge = CHARGE.search(rest)
    if charge and BODY.search(charge["body"]):
        return rest[: charge.start()].strip(" ,"), charge["body"]
    rest = rest[: charge.start()].strip(" ,") if charge else rest
    council = COUNCIL.match(rest)
    if council and POST.search(council["post"]) and not _names_body(council["post"]):
        return council["post"], council["body"]
    parts = rest.split(", ")
    for part in parts:
        if service := SERVICE_POST.match(part):
            return rest, service["body"]
    posts = list(POST.finditer(rest))
    if not posts:
        return (None, rest) if BODY.search(rest) else (rest or None, None)
    body = _body_behind(rest[posts[-1].end() :])
    if body:
        post = LAST_OF.sub("", rest[: rest.rindex(body)].strip(" ,("))
        return post, body
    before = [part for part in parts if BODY.search(part) and not POST.search(part)]
    if before:
        return ", ".join(part for part in parts if part != before[0]), before[0]
    return rest, rest if re.search(r"scrutineer$", rest, re.IGNORECASE) else None


def _names_body(words: str) -> bool:
    """Whether a part of some words is a body of its own, and no service of another."""
    return any(
        BODY.search(part) and not POST.search(part) and not SERVICE.search(part)
        for part in words.split(", ")
    )


def _body_behind(tail: str) -> str | None:
    """The body named behind the last word of a post, without what the post is in charge of."""
    tail = OF.sub("", tail).strip(" ,")
    if national := NATIONAL.search(tail):
        return _closed(national["body"])
    parts = tail.split(", ")
    while parts and TOPIC.search(parts[0]) and not _is_body(parts[0]):
        parts = parts[1:]
    if parts and BODY.search(parts[0]) and not parts[0].endswith("Borough"):
        parts = [parts[0], *(part for part in parts[1:] if part.startswith("NHS "))]
    body = re.sub(r"^.*? for (?=NHS )", "", ", ".join(parts))
    return _closed(body) or None


def _is_body(words: str) -> bool:
    if words.startswith("NHS ") or BODY.search(words):
        return True
    commissioners = COMMISSIONERS.match(words)
    if commissioners and not TOPIC.search(commissioners["place"]):
        return True
    return re.search(r"\b(?:Partnership|Board|Trust) for [A-Z]", words) is not None


def _closed(words: str) -> str:
    """Without a closing bracket that was opened before."""
    return words.rstrip(")") if words.count(")") > words.count("(") else words


def _bodies(body: str | None) -> tuple[str, ...]:
    if body is None:
        return ()
    if several := SEVERAL.match(body):
        return tuple(f"{several[name]} {several['kind']}" for name in ("a", "b"))
    return tuple(re.split(r"(?:,| and) (?=NHS )", body))
