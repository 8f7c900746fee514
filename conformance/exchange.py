"""What other programs get from our files: real files read by us, written by us, and read by the others.

- our RIS, read by rispy and by pandoc: which of a work's values they have;
- our ``.bib``, compiled by bibtex (plain) and biber (authoryear), beside the file as it was: which entries differ;
- our CSL-YAML beside our CSL-JSON, both printed by pandoc: which entries differ.

The compilers are run where TeX is installed. Values are compared as plain text, without case, spaces and signs.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypandoc
import rispy
from pylatexenc.latex2text import LatexNodes2Text

import tajikpeace_refs as refs
from conformance.formats import corpora
from tajikpeace_refs.errors import Loss
from tajikpeace_refs.model import Work
from tajikpeace_refs.options import FormatName

VARIABLES = (
    "title", "author", "editor", "translator", "issued", "container-title", "collection-title", "collection-number",
    "event-title", "volume", "issue", "number", "edition", "version", "page", "publisher", "publisher-place", "genre",
    "DOI", "ISBN", "ISSN", "URL", "language", "abstract", "annote", "note",
)  # fmt: skip
"""The CSL variables of a reference that a user of another program would miss."""
_PREAMBLE = r"\documentclass{article}\usepackage[style=authoryear,maxnames=99,autolang=none]{biblatex}"


@dataclass
class Differences:
    """How many values (or entries) were compared, and which differ; ``reported`` of them as a Loss."""

    compared: int = 0
    differ: Counter[str] = field(default_factory=Counter)
    reported: int = 0
    refused: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)

    def line(self, name: str, unit: str) -> str:
        """Return the counts as a row of a Markdown table."""
        parts = ", ".join(f"{what} {count}" for what, count in self.differ.most_common(8))
        refused = f"; refused: {', '.join(self.refused)}" if self.refused else ""
        total = self.differ.total()
        return f"| {name} | {self.compared} {unit} | {total} | {self.reported} | {parts}{refused} |"


_TEX = LatexNodes2Text(math_mode="verbatim")


def plain(text: object) -> str:
    """Return the letters and digits of a text, without marks, tags, entities and case."""
    bare = re.sub(r"<[^>]*>", "", str(text))
    folded = unicodedata.normalize("NFKD", _TEX.latex_to_text(bare) if "\\" in bare else bare).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _values(work: Work) -> Iterator[tuple[str, list[str]]]:
    """Yield each compared variable of a work with its values as plain texts; of a name the family or the literal."""
    item = work.to_csl()
    for variable in VARIABLES:
        value = item.get(variable)
        if not value:
            continue
        if isinstance(value, list):
            texts = [name.get("literal") or name.get("family") or name.get("given", "") for name in value]
        elif isinstance(value, dict):
            texts = [str(value["date-parts"][0][0])] if value.get("date-parts") else []
        elif variable == "page":
            texts = re.split("[-–]", str(value))[:1]
        else:
            texts = [str(value)]
        if wanted := [text for text in map(plain, texts) if text]:
            yield variable, wanted


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _flat(each)
    elif isinstance(value, list):
        for each in value:
            yield from _flat(each)
    else:
        yield str(value)


def _by_rispy(text: str) -> list[str]:
    """Return what rispy reads of each record, as one plain text; tags that it does not know left out."""
    records = rispy.loads(text)
    return ["|".join(plain(each) for each in _flat({**record, "unknown_tag": ""})) for record in records]


def _by_pandoc(text: str) -> list[str]:
    """Return what pandoc reads of each record, as one plain text."""
    import json

    items = json.loads(pypandoc.convert_text(text, "csljson", format="ris"))
    return ["|".join(plain(each) for each in _flat(item)) for item in items]


RIS_READERS: dict[str, Callable[[str], list[str]]] = {"rispy": _by_rispy, "pandoc": _by_pandoc}


def ris(paths: list[Path], read: Callable[[str], list[str]]) -> Differences:
    """Return which values of the works of files another program does not have after reading our RIS."""
    found = Differences()
    for path in paths:
        library = _library(path)
        losses: list[Loss] = []
        text = refs.render(library, "ris", on_loss=losses.append)
        reported = {(loss.work_id, loss.variable.partition("[")[0]) for loss in losses}
        try:
            records = read(text)
        except Exception:  # noqa: BLE001 - another program may fail in any way: then it refused the file
            found.refused.append(path.name)
            continue
        for work, record in zip(library, records, strict=True):
            for variable, wanted in _values(work):
                found.compared += 1
                if any(text not in record for text in wanted):
                    found.differ[variable] += 1
                    found.reported += (work.id, variable) in reported
                    found.examples.append(f"{path.name}: {work.id}: {variable}: {wanted}")
    return found


def _library(path: Path) -> refs.Library:
    return refs.parse(path.read_text(encoding="utf-8-sig"), on_problem=lambda _problem: None)


def _bibtex(folder: Path) -> str:
    """Return the .bbl that bibtex makes of ``refs.bib`` in a folder, in the style plain."""
    (folder / "paper.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{refs}\n")
    subprocess.run(["bibtex", "paper"], cwd=folder, capture_output=True, check=False)
    return (folder / "paper.bbl").read_text(encoding="utf-8", errors="replace")


def _biber(folder: Path) -> str:
    """Return the .bbl that biber makes of ``refs.bib`` in a folder, in the style authoryear."""
    body = r"\addbibresource{refs.bib}\begin{document}\nocite{*}\printbibliography\end{document}"
    (folder / "paper.tex").write_text(_PREAMBLE + body)
    subprocess.run(["pdflatex", "-interaction=batchmode", "paper"], cwd=folder, capture_output=True, check=False)
    subprocess.run(["biber", "paper"], cwd=folder, capture_output=True, check=False)
    return (folder / "paper.bbl").read_text(encoding="utf-8", errors="replace")


_COMPUTED = re.compile(
    r"\\(?:strng|true)\{[^}]*\}(?:\{[^}]*\})?|\\field\{(?:sort|label|extra|\w*dateera|\w*datesource)\w*\}\{[^}]*\}|hash=\w*|\bun=\d"
    r"|uniquepart=\w*|\\(?:keyw|annotation|endverb|verb)\b|[a-z]+i=\{[^}]*\}|givenun=\d"
)
"""What biber computes of an entry for its own use: hashes, labels, initials."""


def _entries(bbl: str) -> dict[str, str]:
    """Return the text of each entry of a .bbl by its key, without what biber computes."""
    bbl = _COMPUTED.sub("", re.sub(r"(?<!\\)%\n", "\n", bbl))
    found = re.split(r"\\bibitem(?:\[.*?\])?\{([^}]*)\}|\\entry\{([^}]*)\}", bbl)
    return {found[at] or found[at + 1]: " ".join(found[at + 2].split()) for at in range(1, len(found) - 2, 3)}


COMPILERS: dict[str, tuple[FormatName, Callable[[Path], str]]] = {
    "bibtex, plain": ("bibtex", _bibtex), "biber, authoryear": ("biblatex", _biber),
}  # fmt: skip


def compiled(paths: list[Path], dialect: FormatName, compiler: Callable[[Path], str]) -> Differences:
    """Return which entries of ``.bib`` files are printed otherwise after they were read and written by us."""
    found = Differences()
    for path in paths:
        before, after = (
            _entries(_compile(text, compiler))
            for text in (path.read_text(encoding="utf-8-sig"), refs.render(_library(path), dialect, on_loss="ignore"))
        )
        found.compared += len(before)
        for key, text in before.items():
            if key not in after:
                found.differ["missing"] += 1
                found.examples.append(f"{path.name}: {key}: missing")
            elif plain(text) != plain(after[key]):
                found.differ[path.stem] += 1
                found.examples.append(f"{path.name}: {key}:\n    {text}\n    {after[key]}")
    return found


def _compile(text: str, compiler: Callable[[Path], str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "refs.bib").write_text(text, encoding="utf-8")
        return compiler(Path(folder))


def citeproc(paths: list[Path]) -> Differences:
    """Return which entries pandoc prints otherwise from our CSL-YAML than from our CSL-JSON."""
    found = Differences()
    for path in paths:
        library = _library(path)
        lists = [_printed(refs.render(library, name, on_loss="ignore"), suffix)
                 for name, suffix in (("csl-json", "json"), ("csl-yaml", "yaml"))]  # fmt: skip
        found.compared += len(lists[0])
        for key, text in lists[0].items():
            if text != lists[1].get(key):
                found.differ[path.stem] += 1
                found.examples.append(f"{path.name}: {key}:\n    {text}\n    {lists[1].get(key)}")
    return found


def _printed(text: str, suffix: str) -> dict[str, str]:
    """Return each entry of a list that pandoc prints, by its id."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"refs.{suffix}"
        file.write_text(text, encoding="utf-8")
        html = pypandoc.convert_text('---\nnocite: "@*"\n---\n', "html", format="markdown",
                                     extra_args=["--citeproc", f"--bibliography={file}", "--wrap=none"])  # fmt: skip
    found = re.split(r'<div id="ref-([^"]*)" class="csl-entry"[^>]*>', html)
    return {found[at]: " ".join(found[at + 1].split()) for at in range(1, len(found), 2)}


def main() -> int:
    """Print the counts; with ``--examples`` the first differences too. 0 also where files or programs are missing."""
    folder = corpora()
    if not folder.is_dir():
        print(f"exchange: the real files are not here ({folder.name}); set REFS_CORPORA to their folder")
        return 0
    warnings.simplefilter("ignore")
    bibs = sorted(folder.glob("*.bib"))
    risses = [path for path in sorted(folder.glob("*.ris")) if "\nTY" in f"\n{path.read_text(encoding='utf-8-sig')}"]
    print("### What other programs get\n\n| program | compared | differ | of these reported as lost | which |")
    print("|---|---|---|---|---|")
    for name, read in RIS_READERS.items():
        _say(f"our RIS, read by {name}", ris([*bibs, *risses], read), "values")
    for name, (dialect, compiler) in COMPILERS.items():
        if shutil.which(name.partition(",")[0]) and shutil.which("pdflatex"):
            small = [path for path in bibs if path.stat().st_size < 500_000 or dialect == "bibtex"]
            _say(f"our .bib, compiled by {name}", compiled(small, dialect, compiler), "entries")
        else:
            print(f"| our .bib, compiled by {name} | TeX is not installed | | | |")
    small = [path for path in [*bibs, *risses] if path.stat().st_size < 500_000]
    _say("our CSL-YAML beside our CSL-JSON, printed by pandoc", citeproc(small), "entries")
    return 0


def _say(name: str, found: Differences, unit: str) -> None:
    print(found.line(name, unit), flush=True)
    if "--examples" in sys.argv:
        print("\n".join(f"    {example}" for example in found.examples[:25]))


if __name__ == "__main__":
    sys.exit(main())
