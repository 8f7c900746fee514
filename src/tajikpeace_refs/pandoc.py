"""Documents of word processors: pandoc makes them from a reference list, each with a hanging indent (APA 2.12)."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable

from tajikpeace_refs.errors import UsageError

_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head>'
    '<body><div id="refs" class="references">{}</div></body></html>'
)
_ENTRY = re.compile(r"<p>.*?</p>", re.DOTALL)
# Half an inch, in twentieths of a point.
_WORD_STYLE = re.compile(r'(<w:style\b[^>]*w:styleId="Bibliography".*?)<w:pPr\s*/>', re.DOTALL)
_WORD_INDENT = '<w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr>'
_WRITER_STYLE = (
    '<style:style style:name="Reference" style:family="paragraph" style:parent-style-name="Text_20_body">'
    '<style:paragraph-properties fo:margin-left="0.5in" fo:text-indent="-0.5in" style:auto-text-indent="false"/>'
    "</style:style></office:automatic-styles>"
)
_LIMIT_S = 300


def program(suffix: str) -> str:
    """Return the path of pandoc: the one on the PATH, else that of the package ``pypandoc_binary``.

    Raises:
        UsageError: there is none; the message says how to get it.
    """
    if found := shutil.which("pandoc"):
        return found
    try:
        import pypandoc  # noqa: PLC0415 - an extra, only for these documents

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        how = "pip install 'tajikpeace-refs[docx]', or put pandoc on the PATH; .html can be opened there too"
        raise UsageError(f"a {suffix} file is made by pandoc, which is not here: {how}") from None


def document(references: str, suffix: str) -> bytes:
    """Return the document of a reference list in HTML, a ``<p>`` each; ``suffix`` is ``.docx``, ``.odt`` or ``.rtf``.

    Raises:
        UsageError: there is no pandoc, or it fails.
    """
    entries = "".join(f'<div class="csl-entry">{entry}</div>' for entry in _ENTRY.findall(references))
    kind = suffix.removeprefix(".")
    command = [program(suffix), "--from=html", f"--to={kind}", "--standalone", "--output=-"]
    try:
        done = subprocess.run(  # noqa: S603 - our own command, and text that our renderer has escaped
            command, input=_PAGE.format(entries).encode(), capture_output=True, timeout=_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"pandoc cannot make the {suffix} file: {error}") from None
    if done.returncode:
        raise UsageError(f"pandoc cannot make the {suffix} file: {done.stderr.decode(errors='replace').strip()}")
    return _INDENTED[suffix](done.stdout)


def _rtf(data: bytes) -> bytes:
    return data.replace(rb"\li0 \fi0 ", rb"\li720 \fi-720 ")


def _docx(data: bytes) -> bytes:
    return _changed(data, "word/styles.xml", lambda text: _WORD_STYLE.sub(rf"\g<1>{_WORD_INDENT}", text, count=1))


def _odt(data: bytes) -> bytes:
    return _changed(
        data,
        "content.xml",
        lambda text: text.replace(
            '<text:p text:style-name="Text_20_body">', '<text:p text:style-name="Reference">'
        ).replace("</office:automatic-styles>", _WRITER_STYLE, 1),
    )


def _changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return an archive in which one file is changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as changed:
        for entry in source.infolist():
            held = source.read(entry)
            changed.writestr(
                entry, change(held.decode()).encode() if entry.filename == name else held, entry.compress_type
            )
    return target.getvalue()


_INDENTED = {".docx": _docx, ".odt": _odt, ".rtf": _rtf}
