"""What a build of reports made of a folder, as counts and as lines to print."""

from dataclasses import dataclass, field


@dataclass
class FrameworkTotal:
    """What the reports of one framework that were read in this build gave."""

    reports: int = 0
    judgements: int = 0
    recommendations: int = 0
    paragraphs: int = 0


@dataclass
class BuildSummary:
    """What a build made of a folder; names are paths, those of graphs under `data`.

    `notes` are, file by file, what a report leaves open or a release gives otherwise.
    """

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    repeated: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    totals: dict[str, FrameworkTotal] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The summary as a table with what needs a look under it, one line each."""
        head = ("framework", "reports", "judgements", "recommendations", "paragraphs")
        rows = [
            (key, one.reports, one.judgements, one.recommendations, one.paragraphs)
            for key, one in sorted(self.totals.items())
        ]
        if rows:
            rows.append(("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:])))
        found = [
            f"{row[0]:<20}" + "".join(f"{cell:>17}" for cell in row[1:]) for row in [head, *rows]
        ]
        found.append(
            f"{len(self.written)} written, {len(self.unchanged)} unchanged,"
            f" {len(self.repeated)} of the same report as another file, {len(self.failed)} failed"
        )
        found += [f"note: {file}: {note}" for file, note in self.notes]
        found += [f"same report: {file} as {other}" for file, other in self.repeated]
        found += [f"failed: {reason}" for _, reason in self.failed]
        return found
