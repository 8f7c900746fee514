"""Archived copies of a page: which archives are asked, how, and which copy is the nearest. Pure.

``Archive.find`` is a generator: it yields the addresses to ask and is sent the answers, so it knows nothing of pace and
retries, which are those of ``_copies``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.model import PartialDate, Work
from tajikpeace_refs.web.address import next_url

if TYPE_CHECKING:
    from tajikpeace_refs.web.client import Response

CDX = "https://web.archive.org/cdx/search/cdx"

Result = TypeVar("Result")
Search = Generator[str, "Response", Result]
"""Yields addresses to ask, is sent the answers, and returns a result."""

_WAYBACK = "/cdx/search/cdx"
_CDX_PATH = re.compile(r"(?P<joined>.+)-cdx|(?P<nested>.*)/[^/]*cdx[^/]*")
"""pywb: the index of ``/coll/`` is ``/coll/cdx``, that of old versions ``/coll-cdx``."""
_MANY = 100
_FEW = 5
"""Captures that are asked for, so that some are left if the nearest is the one that is gone; copies that are tried."""
_MAPS = 10
_STAMP = re.compile(r"[0-9]{14}")
_URL = re.compile(r"""[^\s\x00-\x1f<>"]*[.:][^\s\x00-\x1f<>"]*""")
_STATUS = re.compile(r"[0-9]{3}|-")
"""``-``: a capture of the same content as an earlier one."""


class Capture(NamedTuple):
    """One archived copy: its address, and when it was made (YYYYMMDDhhmmss, UTC)."""

    url: str
    stamp: str

    @property
    def date(self) -> str:
        """The day on which it was made (ISO 8601)."""
        return f"{self.stamp[:4]}-{self.stamp[4:6]}-{self.stamp[6:8]}"


def by_nearness(captures: Iterable[Capture], until: str) -> list[Capture]:
    """Return captures with the nearest first: the last at or before ``until``, then earlier ones, then the first after.

    >>> [each.url for each in by_nearness([Capture("new", "2012"), Capture("a", "2008"), Capture("b", "2009")], "2010")]
    ['b', 'a', 'new']
    """
    ordered = sorted(captures, key=lambda capture: capture.stamp)
    before = [capture for capture in ordered if capture.stamp <= until]
    return [*reversed(before), *ordered[len(before) :]]


@dataclass(frozen=True, slots=True)
class Archive:
    """A web archive that is asked for copies of pages.

    Raises:
        UsageError: ``endpoint`` is not a web address, or ``replay`` is needed.
    """

    endpoint: str = CDX
    """The address of a CDX index, or of Memento TimeMaps (RFC 7089) without the page; by default the Wayback Machine.
    Examples: ``https://arquivo.pt/wayback/cdx``, ``https://arquivo.pt/wayback/timemap/link/``."""
    replay: str = ""
    """The part before ``TIME/URL`` in the addresses of copies. Empty: it is derived from ``endpoint``; TimeMaps need
    none."""
    timeout_s: float = 30.0
    """The most time for one request, in seconds."""
    gap_s: float = 1.0
    """The least time between two requests to one host, in seconds."""

    def __post_init__(self) -> None:
        if not re.match("https?://[^/]", self.endpoint):
            raise UsageError(f"{self.endpoint!r} is not the address of an archive; write one that begins with https://")
        if not self.replay and not self.is_timemap:
            object.__setattr__(self, "replay", _replay_of(self.endpoint))

    @property
    def is_timemap(self) -> bool:
        """Whether the archive answers with TimeMaps."""
        return "/timemap" in urlsplit(self.endpoint).path.lower()

    def find(self, url: str, until: str, gone: str = "") -> Search[Capture | None]:
        """Return the copy of a page that is nearest to a date, or None if the archive has none.

        Only copies of pages that the server answered with status 200 are taken.

        Args:
            url: the address of the page, without a fragment.
            until: the date (YYYYMMDDhhmmss); the last copy before it is preferred.
            gone: the address of a copy that no longer exists.

        Raises:
            ValueError: the archive gave no usable answer, so that it is not known whether it has a copy.
        """
        return self._by_timemap(url, until, gone) if self.is_timemap else self._by_cdx(url, until, gone)

    def _by_cdx(self, url: str, until: str, gone: str) -> Search[Capture | None]:
        # Wayback takes a negative limit for the last captures; pywb answers nothing to it, but knows how to sort.
        is_wayback = urlsplit(self.endpoint).path.endswith(_WAYBACK)
        last = {"limit": f"-{_FEW}"} if is_wayback else {"limit": f"{_MANY}", "sort": "reverse"}
        captures = self._captures((yield from _answer(self._question(url, to=until, **last))))
        if len(captures) >= _MANY and captures[0].stamp < captures[-1].stamp:
            raise ValueError("it has more captures than it lists")
        captures = [capture for capture in captures if capture.url != gone]
        if not any(capture.stamp <= until for capture in captures):
            first = {"from": until, "limit": f"{_FEW}"}
            captures += self._captures((yield from _answer(self._question(url, **first))))
        return next((each for each in by_nearness(captures, until) if each.url != gone), None)

    def _question(self, url: str, **limits: str) -> str:
        named = {"url": url, "output": "json", "filter": "statuscode:200", **limits}
        if urlsplit(self.endpoint).path.endswith(_WAYBACK):
            named["fl"] = "timestamp,original,statuscode"
        return f"{self.endpoint}{'&' if '?' in self.endpoint else '?'}{urlencode(named, errors='replace')}"

    def _captures(self, response: Response) -> list[Capture]:
        rows = [_row(record) for record in _records(_good(response))]
        return [Capture(f"{self.replay}{stamp}/{url}", stamp) for stamp, url, status in rows if status == "200"]

    def _by_timemap(self, url: str, until: str, gone: str) -> Search[Capture | None]:
        maps = [f"{self.endpoint}{'' if self.endpoint[-1] in '/=' else '/'}{url}"]
        captures: list[Capture] = []
        for address in maps:  # grows: a TimeMap may be in parts (RFC 7089 section 5.1.2)
            answer = yield from _answer(address)
            if answer.status == 404:
                raise ValueError("it answers 404: it has no copy, or no TimeMaps at this address")
            more, parts = _read_timemap(_good(answer).body.decode("utf-8"))
            captures += more
            maps += [part for part in parts if part not in maps]
            if len(maps) > _MAPS:
                raise ValueError(f"its TimeMap has more than {_MAPS} parts")
        nearest = [capture for capture in by_nearness(captures, until) if capture.url != gone]
        for capture in nearest[:_FEW]:
            shown = yield from _shown(capture)
            if shown is not None:
                return shown
        if len(nearest) > _FEW:
            raise ValueError(f"the {_FEW} copies nearest to the date are not shown")
        return None


def _replay_of(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    path = parts.path.rstrip("/")
    if path.endswith(_WAYBACK):
        return f"{parts.scheme}://{parts.netloc}{path.removesuffix(_WAYBACK)}/web/"
    match = _CDX_PATH.fullmatch(path)
    if match is None:
        raise UsageError(f"{endpoint!r} is neither a CDX address (…/cdx) nor that of TimeMaps (…/timemap/link/)")
    return f"{parts.scheme}://{parts.netloc}{match['joined'] or match['nested'] or ''}/"


def _answer(address: str) -> Search[Response]:
    """Return the answer to a question, after redirects: many an index has moved to https."""
    answer = yield address
    for _ in range(_FEW):
        if not _redirects(answer):
            break
        address = next_url(address, answer.locations[0])
        answer = yield address
    return answer


def _redirects(response: Response) -> bool:
    return bool(response.locations) and 300 <= (response.status or 0) <= 399


def _good(response: Response) -> Response:
    """Return the answer if it is a whole one; ValueError where it is not."""
    if response.status != 200:
        raise ValueError(response.detail or f"it answers {response.status}")
    if not response.whole:
        raise ValueError("its answer breaks off, or is too long")
    return response


def _records(response: Response) -> list[Any]:
    """Return the records of an index: a JSON list with the names first (Wayback), or an object a line (pywb)."""
    text = response.body.decode("utf-8").strip()
    if text.startswith("{") or (not text and "ndjson" in response.headers.get("content-type", "")):
        return [json.loads(line) for line in text.splitlines()]
    table = json.loads(text)
    if not isinstance(table, list) or not all(isinstance(row, list) for row in table):
        raise ValueError("its answer is not a table")
    names, *rows = table or [["timestamp"]]
    if "timestamp" not in names:
        raise ValueError("its answer has no captures")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _row(record: object) -> tuple[str, str, str]:
    """Return time, URL and status of a capture; ValueError where they are not what an index says."""
    if not isinstance(record, Mapping):
        raise ValueError("its answer has no captures")
    stamp, url, status = (
        str(record.get(name, record.get(other)))
        for name, other in (("timestamp", ""), ("original", "url"), ("statuscode", "status"))
    )
    if not (_STAMP.fullmatch(stamp) and _URL.fullmatch(url) and _STATUS.fullmatch(status)):
        raise ValueError("its answer has no captures")
    datetime.strptime(f"{stamp}+0000", "%Y%m%d%H%M%S%z")  # a ValueError for a day that is none
    return stamp, url, status


_LINK = re.compile(r"""<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)""")
_PARAMETER = re.compile(r"""(?<![\w*-])([\w*-]+)\s*=\s*"?([^";]*)""")


def _read_timemap(text: str) -> tuple[list[Capture], list[str]]:
    """Return the copies in a TimeMap (application/link-format), and the addresses of its other parts."""
    captures, parts, is_timemap = [], [], False
    for url, listed in _LINK.findall(text):
        named = {name.lower(): value for name, value in _PARAMETER.findall(listed)}
        kinds = named.get("rel", "").lower().split()
        is_timemap |= "original" in kinds
        if "memento" in kinds:
            made = parsedate_to_datetime(named.get("datetime", "")).astimezone(UTC)
            captures.append(Capture(url, f"{made:%Y%m%d%H%M%S}"))
        elif "timemap" in kinds and "self" not in kinds and "link-format" in named.get("type", "link-format"):
            parts.append(url)
    if not is_timemap:  # RFC 7089 section 5: it has a link to the original
        raise ValueError("its answer is not a TimeMap")
    return captures, parts


def _shown(capture: Capture) -> Search[Capture | None]:
    """Return the copy where the archive shows it with status 200, if need be by https; else None."""
    answer = yield capture.url
    if _redirects(answer):
        target = next_url(capture.url, answer.locations[0])
        if target.partition("://")[2] == capture.url.partition("://")[2]:
            capture = Capture(target, capture.stamp)
            answer = yield target
    if answer.fault is not None or answer.status == 429 or (answer.status or 0) >= 500:
        _good(answer)
    return capture if answer.status == 200 else None


_ARCHIVED = re.compile(
    r"https?://[^/?#]+/(?:[^?#]*?/)?(?:"
    r"(?P<time>\d[\d.-]{3,18})(?:[a-z]{2}_)?/(?P<url>https?:/+[^/].*)|(?P<moment>\d{14})(?:[a-z]{2}_)?/(?P<host>[\w-]+\..*))",
    re.IGNORECASE,
)
_LAST = "99991231235959"


def original_of(url: str) -> tuple[str, str] | None:
    """Return the original address in that of an archived copy, and until when it was made (YYYYMMDDhhmmss); else None.

    >>> original_of("https://web.archive.org/web/20100301120000id_/http://x.org/a?b=1")
    ('http://x.org/a?b=1', '20100301120000')
    >>> original_of("https://archive.ph/2013.07/http:/x.org/"), original_of("http://x.org/2010/a")
    (('http://x.org/', '20130731235959'), None)
    """
    match = _ARCHIVED.fullmatch(url)
    if match is None:
        return None
    stamp = re.sub(r"\D", "", match["time"] or match["moment"])[:14]
    original = re.sub(r"^(https?:)/+", r"\1//", match["url"] or f"http://{match['host']}")
    return original, stamp + _LAST[len(stamp) :]


def wanted_until(work: Work, now: datetime) -> str:
    """Return until when (YYYYMMDDhhmmss) a copy shows what was cited: the date accessed, else issued, else now."""
    for date in (work.accessed, work.issued):
        if date is not None and (stamp := _end_of(date)) and stamp <= f"{now:%Y%m%d%H%M%S}":
            return stamp
    return f"{now:%Y%m%d%H%M%S}"


def _end_of(date: PartialDate) -> str | None:
    """Return the last second of a date (YYYYMMDDhhmmss), of a year that of December; None where it has no year."""
    point = next((each for each in reversed(date.points) if each is not None), None)
    if point is None or point.year < 1:
        return None
    month = point.month if point.month and point.month <= 12 else 12
    day = point.day or 31  # the texts are only compared, so February 31 does no harm
    return f"{point.year:04d}{month:02d}{day:02d}235959"
