"""How the results of ``check-links`` are shown on a terminal, in lines for programs, and in GitHub's annotations."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tajikpeace_refs.cli import _common, _reports
from tajikpeace_refs.errors import visible

if TYPE_CHECKING:
    from tajikpeace_refs.cli._links_sources import Source
    from tajikpeace_refs.links import LinkReport

_COLOURS = {
    "dead": "bold red", "soft-404": "red", "malformed": "red", "archived": "green", "missing": "yellow",
    "uncertain": "yellow", "moved": "cyan", "redirected": "cyan", "skipped": "dim", "alive": "green",
}  # fmt: skip
Place = Callable[["LinkReport"], "tuple[str, int] | None"]
"""Returns file and line of what a report is about, None where they are not known."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results go, and how they are shown."""

    json: str | None
    jsonl: str | None
    csv: str | None
    format: Literal["text", "github"]
    everything: bool

    def check(self) -> None:
        """Refuse what would only fail when all links are checked.

        Raises:
            UsageError: two results would share standard output, or a folder is not there.
        """
        _reports.check({"--json": self.json, "--jsonl": self.jsonl, "--csv": self.csv})

    def write(
        self, reports: list[LinkReport], began: datetime, sources: Iterable[Source], *, is_complete: bool
    ) -> bool:
        """Write the reports, and show them unless standard output has them in another form; return whether all went."""
        from tajikpeace_refs.links.report import to_csv, to_json

        is_kept = not self.json or _reports.emit(self.json, to_json(reports, began, is_complete=is_complete))
        if self.csv:
            is_kept = _reports.emit(self.csv, to_csv(reports)) and is_kept
        if "-" in {self.json, self.jsonl, self.csv}:
            return is_kept
        if self.format == "github":
            _annotate(reports, sources)
        else:
            _show(reports, everything=self.everything)
        return is_kept


def _show(reports: Iterable[LinkReport], *, everything: bool) -> None:
    """Show reports, addresses that end on one page in one row.

    Elsewhere than on a terminal each row is a line, the gravest first. On a terminal the gravest stand last, where one
    looks first, and living ones that have not moved only with ``everything``: their number is in the summary.
    """
    from tajikpeace_refs.links.report import by_severity, landings
    from tajikpeace_refs.links.verdict import QUIET

    groups = landings(by_severity(reports))
    if _common.on_terminal():
        _show_table([held for held in reversed(groups) if everything or held[0].verdict not in QUIET])
        return
    rows = [_row(held) for held in groups]
    _common.show_rows((), [tuple(cell or "" for cell in row) for row in rows])


def _row(held: list[LinkReport]) -> tuple[str | None, ...]:
    first = held[0]
    hint = first.suggested_url or first.archive_url
    return first.verdict, first.reason, _works(held), _address(held), hint, _detail(held)


def _works(held: list[LinkReport]) -> str:
    return ", ".join(dict.fromkeys(report.id for report in held))


def _address(held: list[LinkReport]) -> str | None:
    return held[0].url if len(held) == 1 else held[0].final_url


def _detail(held: list[LinkReport]) -> str:
    return held[0].detail if len(held) == 1 else f"{len(held)} addresses lead to this page"


def _show_table(groups: list[list[LinkReport]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("verdict", "reason", "work"):
        table.add_column(name, no_wrap=name != "work", overflow="fold")
    table.add_column("address", overflow="fold", ratio=1)
    for held in groups:
        report = held[0]
        cell = Text(visible(_address(held) or ""))
        moved = report.final_url if report.redirects and len(held) == 1 else None
        for label, value in (("now", moved), ("try", report.suggested_url), ("copy", report.archive_url),
                             ("", _detail(held))):  # fmt: skip
            if value:
                cell.append(f"\n{label} {visible(value)}".replace("\n ", "\n"), style="dim")
        works = Text(visible(_works(held)))
        table.add_row(Text(report.verdict, _COLOURS[report.verdict]), report.reason, works, cell)
    if groups:
        _common.console().print(table)


def _annotate(reports: Iterable[LinkReport], sources: Iterable[Source]) -> None:
    """Print GitHub's annotations, with file and line of each address."""
    from tajikpeace_refs.links.report import by_severity, to_github

    places = {source.name: _places(source) for source in sources}
    annotations = [to_github(report, places[report.source or ""]) for report in by_severity(reports)]
    _common.write_stdout(f"{each}\n" for each in annotations if each)


def _places(source: Source) -> Place:
    """Return what finds the lines of a file: those of the addresses in it, else those of the works."""
    from tajikpeace_refs import opening
    from tajikpeace_refs.formats.base import ReadWork
    from tajikpeace_refs.formats.csl_yaml import lines_of
    from tajikpeace_refs.reading import iter_read

    file, chosen = source.name, source.format
    if chosen is None:
        return lambda _report: None
    text = opening.read_text(Path(file), source.encoding)
    if chosen.name == "csl-yaml":
        lines = lines_of(text, "URL")
        return lambda report: (file, lines[report.id]) if report.id in lines else None
    items = iter_read(chosen, io.StringIO(text, newline=None))
    works = {item.work.id: (item.work, item.line) for item in items if isinstance(item, ReadWork) and item.line}
    places = chosen.places(text) if chosen.places else None

    def find(report: LinkReport) -> tuple[str, int] | None:
        if report.id not in works:
            return None
        work, line = works[report.id]
        if places is None:
            return file, line
        return file, places.find(line, work, tuple(report.variable.split(".")), report.url or "").line

    return find
