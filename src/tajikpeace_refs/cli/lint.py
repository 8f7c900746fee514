"""``lint``: everything wrong or doubtful in bibliographies."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import InputError, UsageError, did_you_mean

if TYPE_CHECKING:
    from tajikpeace_refs.lint import Finding, LintedList
    from tajikpeace_refs.model import Work

_ROUNDS = 10
"""Of fixing: one edit may uncover another."""
_SEVERITIES = ("error", "warning", "hint")


def check(
    sources: _common.Sources = None,
    named: _common.SourcesOption = None,
    from_format: _common.FromFormat = None,
    encoding: _common.Encoding = None,
    format: Annotated[  # noqa: A002
        Literal["text", "json", "github", "sarif"], typer.Option(help="How findings are shown.")
    ] = "text",
    cited: _common.Cited = None,
    nocite: _common.Nocite = None,
    ignore: Annotated[
        str, typer.Option(metavar="CODE,…", help="Codes to leave out: TP408, or TP4 for all that begin so.")
    ] = "",
    suggest: Annotated[
        Literal["proper-nouns"] | None,
        typer.Option(help="Print possible names in titles, as YAML for --proper-nouns, instead of findings."),
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "hint"],
        typer.Option(help="The least serious finding that makes the exit status 1."),
    ] = "error",
    fix: Annotated[bool, typer.Option("--fix", help="Make the safe changes in the YAML SOURCE.")] = False,
) -> None:
    """Find what is wrong or doubtful in bibliographies.

    Example: tajikpeace-refs lint references.yaml

    With several sources, works that are in two of them are reported, too.

    Exit status 1: errors were found, or what --fail-on names; 2: a source cannot be read. The codes are explained in
    docs/lint.md.
    """
    from tajikpeace_refs import opening
    from tajikpeace_refs.lint import between_lists, cited_findings
    from tajikpeace_refs.lint.report import FORMATS, summary

    given = _common.all_sources(sources, named)
    ignored = _codes(ignore)
    if fix and ("-" in given or not (given or opening.list_here())):
        raise UsageError("--fix changes files: name a YAML file as SOURCE")
    chosen = given or [str(_common.path_of(None))]
    if suggest:
        _common.write_stdout(_suggested(source, from_format) for source in chosen)
        return
    works = _common.cited_works(cited, nocite)
    findings: list[Finding] = []
    lists: list[LintedList] | None = [] if works or len(chosen) > 1 else None
    notes = []
    for source in chosen:
        with _common.busy(f"linting {source}"):
            found, is_repaired = _lint(source, from_format, encoding, ignored, lists, fix=fix)
        findings += found
        notes += [f"{source}: repaired"] if is_repaired else []
    findings += between_lists(lists or [])
    if works:
        findings = cited_findings(findings, works, {work.id for each in lists or () for work in each.works})
    findings = [each for each in findings if not each.code.startswith(ignored)]
    _common.write_stdout([FORMATS[format](findings)])
    where = "" if given else f" ({chosen[0]})"
    typer.echo("\n".join([*notes, summary(findings) + where]), err=True)
    if any(each.code == "TP001" for each in findings):
        raise typer.Exit(2)
    if any(each.severity in _SEVERITIES[: _SEVERITIES.index(fail_on) + 1] for each in findings):
        raise typer.Exit(1)


def _suggested(source: str, from_format: str | None) -> str:
    from tajikpeace_refs.lint.titles import suggested_nouns

    return suggested_nouns(_common.load(source, from_format))


def _codes(text: str) -> tuple[str, ...]:
    from tajikpeace_refs.lint import RULES

    codes = tuple(code.strip() for code in text.split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            raise UsageError(f"no finding has the code {code!r}{did_you_mean(code, RULES)}; see docs/lint.md")
    return codes


def _lint(
    source: str,
    from_format: str | None,
    encoding: str | None,
    ignored: tuple[str, ...],
    lists: list[LintedList] | None,
    *,
    fix: bool,
) -> tuple[list[Finding], bool]:
    """Return the findings that are left in a source, and whether it was changed; its works go to ``lists``."""
    from tajikpeace_refs import files, opening
    from tajikpeace_refs.lint import fix as apply_fixes
    from tajikpeace_refs.lint import from_problem, lint_text, linted_list
    from tajikpeace_refs.model.base import attribute
    from tajikpeace_refs.reading import refuse_misread

    today = datetime.now(UTC).astimezone().date()
    file = "<stdin>" if source == "-" else source
    try:
        if source == "-":
            text, chosen = _common.read_stdin(from_format, encoding)
        else:
            chosen = files.format_of(Path(source), from_format)
            text = opening.read_to_change(Path(source)) if fix else opening.read_text(Path(source), encoding)
        files.refuse_misnamed(io.StringIO(text), chosen, file)
    except InputError as error:
        return [from_problem(problem) for problem in error.problems], False
    if fix and chosen.name != "csl-yaml":
        raise UsageError(f"{source!r} is not a YAML file; --fix changes only YAML")
    findings = lint_text(text, chosen.name, today=today, file=file)
    before = text
    edited: set[tuple[str | None, str]] = set()
    for _ in range(_ROUNDS if fix else 0):
        chosen_findings = [each for each in findings if each.is_fixable and not each.code.startswith(ignored)]
        edited |= {(each.work_id, attribute(re.split(r"[.\[]", each.variable or "")[0])) for each in chosen_findings}
        edited |= {(each.work_id, name) for each in chosen_findings for name, _ in each.changes}
        repaired = apply_fixes(text, chosen_findings)
        if repaired == text:
            break
        text = repaired
        findings = lint_text(text, chosen.name, today=today, file=file)
    if text != before:
        refuse_misread(before, text, source, partial(_with_edited, edited))
        files.write_text(Path(source), [text])
    if lists is not None:
        lists.append(linted_list(text, chosen.name, file))
    return findings, text != before


def _with_edited(edited: set[tuple[str | None, str]], old: Work, new: Work) -> Work:
    """Return a work with those of its variables as they are now that fixes have changed: ids and attributes."""
    changes = {name: getattr(new, name) for work_id, name in edited if work_id in {old.id, new.id}}
    return old.replace(**changes) if changes else old
