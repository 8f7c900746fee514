"""APA 7 reference list, one reference a paragraph, in reference-list order."""

from __future__ import annotations

from tajikpeace_refs.formats._base import Format

FORMAT = Format(
    name="apa", label="APA 7 reference list", suffixes={".txt": "plain", ".md": "markdown"}, has_own_script=True
)
