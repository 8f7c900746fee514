"""Options of the commands that ask registries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tajikpeace_refs.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

RegistryUrls = Annotated[
    list[str] | None,
    typer.Option(
        "--registry-url",
        metavar="NAME=URL",
        help="Another address of a registry, also a private one. NAME is crossref, datacite, openalex, openlibrary, "
        "arxiv, pubmed or doi; may be repeated.",
    ),
]


def addresses(given: Iterable[str] | None) -> Any:  # noqa: ANN401 - RegistryOptions checks the names
    """Return the addresses of registries by name, of ``NAME=URL`` texts.

    Raises:
        UsageError: a text is none.
    """
    found = {}
    for text in given or ():
        name, sign, url = text.partition("=")
        if not sign:
            raise UsageError(f"{text!r} is not NAME=URL; write crossref=https://crossref.example.org")
        found[name.strip().lower()] = url.strip()
    return found
