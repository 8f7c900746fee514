"""Link checking: which web addresses of a library no longer lead to the page that was cited.

``check_links`` asks for the addresses and yields a ``LinkReport`` on each as the answers come. Where to look:

- ``verdict``: what each answer means (status 429 is ``uncertain``, reason ``rate-limited``), without the page's text;
- ``soft404``: whether a page that answers 200 is an error page, and ``page``: what is read of a page;
- ``repair``: whether a text is a URL and, if not, which URL was meant;
- ``check``: from works to reports, ``CheckOptions``; ``archive``: archived copies; ``cache``: earlier outcomes;
- ``follow``: redirects and retries of one address; ``_probe``: a request for a page. The network is in ``web``.
"""

from typing import TYPE_CHECKING

from tajikpeace_refs.deprecated import renamed
from tajikpeace_refs.links.archive import Archive
from tajikpeace_refs.links.check import CheckOptions, check_links, probe_urls
from tajikpeace_refs.links.follow import Exchange
from tajikpeace_refs.links.verdict import FAILING, LIVING, LinkReport, Outcome, Reason, Redirect, Verdict

__all__ = ["FAILING", "LIVING", "Archive", "CheckOptions", "Exchange", "LinkReport", "Outcome", "Reason", "Redirect",
           "Verdict", "check_links", "probe_urls"]  # fmt: skip

if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"Options": "CheckOptions", "Hop": "Redirect"})
