"""Which web references have rotted? ``check_links`` asks, and yields one report a work as the answers come."""

from tajikpeace_refs.links.archive import Archive
from tajikpeace_refs.links.check import Options, check_links, probe_urls
from tajikpeace_refs.links.follow import Exchange
from tajikpeace_refs.links.verdict import FAILING, LIVING, LinkReport, Outcome, Reason, Redirect, Verdict

__all__ = [
    "FAILING",
    "LIVING",
    "Archive",
    "Exchange",
    "LinkReport",
    "Options",
    "Outcome",
    "Reason",
    "Redirect",
    "Verdict",
    "check_links",
    "probe_urls",
]
