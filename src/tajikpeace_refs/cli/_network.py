"""Options of the commands that use the network."""

from __future__ import annotations

import os
from typing import Annotated

import typer

Contact = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Your e-mail or web address, sent with each request.")
]
Proxy = Annotated[
    str | None, typer.Option(metavar="URL", help="Use this HTTP proxy; those of the environment are not used.")
]
Retries = Annotated[int, typer.Option(min=0, help="How many times to try again after a temporary fault.")]

_PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy"})
"""Variables of the environment, in small letters or capitals, that name proxies."""


def unused_proxies(proxy: str | None, more: str = "") -> bool:
    """Print which proxies of the environment are not used, if none is given; return whether there are any."""
    named = [name for name in os.environ if name.lower() in _PROXIES and os.environ[name].strip()]
    if proxy is not None:
        return False
    if named:
        words = f"{' and '.join(sorted(named))} {'is' if len(named) == 1 else 'are'} set but not used"
        typer.echo(f"{words}; --proxy URL sets a proxy{more}", err=True)
    return bool(named)
