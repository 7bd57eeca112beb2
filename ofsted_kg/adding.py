"""One report into the graph, with all that follows, and what it changes."""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ofsted_kg.errors import OfstedKgError, SourceError
from ofsted_kg.rdf.files import root
from ofsted_kg.rdf.staging import staged
from ofsted_kg.rdf.writing import write_bytes

if TYPE_CHECKING:
    from ofsted_kg.derived.news import AreaNews, News
    from ofsted_kg.reports.catalogue import Listed
    from ofsted_kg.reports.pool import Outcome

_WIDTH = 80


@dataclass(frozen=True)
class Addition:
    """What became of a report: its graph, what it brings, and the files that changed."""

    report: str
    name: str
    was_held: bool
    replaced: str
    news: "News"
    notes: tuple[str, ...]
    changed: tuple[str, ...]

    def lines(self) -> list[str]:
        """The same for a reader, a line each."""
        from ofsted_kg.derived.news import day_in_words

        news = self.news
        held = " (held already)" if self.was_held else ""
        when = f"published {day_in_words(news.published)}" if news.published else "no day known"
        found = [f"{self.report}: {news.authority}, {when}{held}", f"  as data/{self.name}.ttl"]
        if self.replaced:
            found.append(f"  in the place of another file of the report, {self.replaced[:12]}…")
        if all(one.is_latest for one in news.areas):
            found.append("  now the latest in every area")
        found += [line for one in news.areas for line in _area_lines(one)]
        found += _folded("new themes", news.new_themes)
        found += _folded("recurring themes", news.recurring_themes)
        if not self.changed:
            return [*found, "nothing changed"]
        return [*found, *(f"changed: {name}" for name in self.changed)]

    def warnings(self) -> list[str]:
        """What needs a look, a line each."""
        news, found = self.news, list(self.notes)
        if not news.published:
            found.append(
                f"no day of publication is known, so that {news.started}, the first day of"
                " fieldwork, orders it; give --published DAY"
            )
        if news.newer_claimed:
            found.append(f"overviews tell of a newer inspection, {news.newer_claimed}")
        return [f"{self.report}: {line}" for line in found]


def add(report: Path | str, published: datetime.date | str | None = None) -> Addition:
    """Put one report (PDF) into the graph, as a build with it in the folder would.

    Its day of publication, where it prints none, is `published`, else the one in a catalogue
    beside it, else what releases or overviews have. All files change together or none does.
    Raises SourceError for a report that cannot be used, OfstedKgError for a day that cannot
    be its own.
    """
    from ofsted_kg.building import consequences
    from ofsted_kg.derived.news import read_news

    path, home = Path(report), root()
    day = _day(published)
    with staged(home) as staging:
        data = staging.folder / "data"
        outcome, notes = _read(path, day, data)
        name = f"reports/{outcome.name}"
        target = data / f"{name}.ttl"
        held = _digest_of(target)
        write_bytes(target, outcome.content)
        if outcome.findings:
            write_bytes(data / f"findings/{outcome.name}.ttl", outcome.findings)
        for _ in consequences(staging.folder):
            pass
        news = read_news(staging.folder, outcome.name)
    return Addition(
        report=path.name,
        name=name,
        was_held=held == outcome.sha256,
        replaced="" if held == outcome.sha256 else held,
        news=news,
        notes=notes,
        changed=tuple(staging.changed),
    )


def _day(given: datetime.date | str | None) -> datetime.date | None:
    from ofsted_kg.reports.catalogue import whole_day

    if given is None:
        return None
    try:
        return whole_day(str(given))
    except SourceError as error:
        raise OfstedKgError(f"the day of publication: {error}") from None


def _read(
    path: Path, published: datetime.date | None, data: Path
) -> tuple["Outcome", tuple[str, ...]]:
    """The graph of a report, read in a process of its own, and what it leaves open."""
    from ofsted_kg.reports.build import encoded_by_hand
    from ofsted_kg.reports.catalogue import WORD, Listed, beside
    from ofsted_kg.reports.context import ReportContext
    from ofsted_kg.reports.pool import outcomes
    from ofsted_kg.texts.files import check_magic, read_bytes
    from ofsted_kg.texts.lines import sha256_of_bytes

    content = read_bytes(path)
    check_magic(path.name, content)
    digest = sha256_of_bytes(content)
    listed = beside(path, digest)
    notes = []
    if published:
        if listed and listed.published not in (None, published):
            notes.append(f"the catalogue beside it says {listed.published}, not {published}")
        listed = Listed(published, listed.address if listed else "", WORD)
    listed = listed or _given_before(digest, data)
    context = ReportContext.read(data, data.parent / "ontology")
    context = replace(context, listed={digest: listed} if listed else {})
    (outcome,) = outcomes([path], {}, context, 1)
    if outcome.failure:
        raise SourceError(f"{path.name}: {outcome.failure}")
    early = next((note for note in outcome.notes if note.endswith(": not taken")), None)
    if published and early:
        raise OfstedKgError(f"{path.name}: {early.removesuffix(': not taken')}; give its own day")
    if slug := encoded_by_hand(data / "documents").get(outcome.name):
        raise SourceError(f"{path.name}: the report is encoded by hand already, as {slug}")
    return outcome, (*notes, *outcome.notes)


def _given_before(digest: str, data: Path) -> "Listed | None":
    """What was said of a report when it was added before, which its file keeps."""
    from ofsted_kg.rdf.facts import Facts
    from ofsted_kg.rdf.terms import last, term
    from ofsted_kg.reports.catalogue import Listed

    for path in (data / "reports").glob("*/*.ttl"):
        if _digest_of(path) != digest:
            continue
        facts = Facts.of(path)
        for node in facts.subjects(term("okg:takesPublicationFrom")):
            basis = facts.node(node, term("okg:takesPublicationFrom"))
            day = datetime.date.fromisoformat(facts.text(node, term("okg:publishedOn")))
            document = next(facts.subjects(term("okg:reportsOn"), node))
            page = facts.node(document, term("foaf:page"))
            address = page.value if page else ""
            return Listed(day, address, last(basis) if basis else "")
    return None


def _digest_of(path: Path) -> str:
    """The digest of the file that a generated graph names in its first line."""
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8") as lines:
        return lines.readline().strip().rpartition("file ")[2]


def _area_lines(one: "AreaNews") -> list[str]:
    from ofsted_kg.derived.news import NOT_COMPARABLE, SAME

    verdict = one.change
    if one.before:
        joined = {NOT_COMPARABLE: "with", SAME: "as"}.get(one.change, "from")
        verdict += f" {joined} {one.before}, {one.before_published}"
    found = [f"  {one.area}", f"    {one.grade}: {verdict}"]
    if one.change == NOT_COMPARABLE and one.before:
        found.append(f"      then judged as: {one.before_area}")
    if not one.is_latest:
        found.append("      not the latest grade: a newer one is held")
    return found


def _folded(title: str, words: tuple[str, ...]) -> list[str]:
    import textwrap

    text = f"{title}: {', '.join(words) or 'none'}"
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")
