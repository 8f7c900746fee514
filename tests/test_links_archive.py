"""The archived copy: which capture is chosen, and what an archive that fails means. A local CDX stand-in answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from tajikpeace_refs.links import Archive, CheckOptions, Exchange, LinkReport, check_links
from tajikpeace_refs.links.archive import wanted_until
from tests.fault_server import Behaviour, FaultServer, Peer, page, raw
from tests.test_links_check import work
from tests.test_links_schedule import StillClock

CAPTURES = [
    ("20090101000000", "200"), ("20120301120000", "200"), ("20130101000000", "404"), ("20150101000000", "302"),
    ("20200101000000", "200"),
]  # fmt: skip


def cdx(captures: list[tuple[str, str]]) -> Behaviour:
    """Answer as the Wayback CDX server documents: filter, from, to, limit (negative: from the end)."""

    def behave(peer: Peer) -> bool:
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(peer.path).query).items()}
        assert asked["url"] == "http://cited.org/a?b=1&c=2"
        names = asked["fl"].split(",")
        field, _, pattern = asked["filter"].partition(":")
        rows = [
            {"timestamp": stamp, "original": asked["url"], "statuscode": status}
            for stamp, status in captures
            if asked.get("from", "") <= stamp <= asked.get("to", "9" * 14)
        ]
        rows = [row for row in rows if row[field] == pattern]
        limit = int(asked["limit"])
        rows = rows[limit:] if limit < 0 else rows[:limit]
        body = json.dumps([names, *([row[name] for name in names] for row in rows)]) if rows else "[]"
        return page(200, body, kind="application/json")(peer)

    return behave


def checked(behaviour: Behaviour, **more: object) -> LinkReport:
    cited = work("a", "http://cited.org/a?b=1&c=2#part", **more)

    def probe(url: str, timeout_s: float, cookies: object = None) -> Exchange:
        return Exchange(status=404)

    with FaultServer({"/cdx": behaviour}) as server:
        archive = Archive(f"http://127.0.0.1:{server.port}/cdx", timeout_s=2)
        options = CheckOptions(allow_networks=("127.0.0.1/32",))
        [report] = check_links([cited], probe=probe, archive=archive, options=options, clock=StillClock())
    return report


@pytest.mark.parametrize(
    ("dates", "stamp"),
    [
        ({"accessed": "2014-12-25"}, "20120301120000"),  # not the 404 of 2013
        ({"accessed": "2012-03-01"}, "20120301120000"),  # of that very day
        ({"accessed": "2010", "issued": "2012-06"}, "20090101000000"),  # accessed before issued
        ({"issued": "2012"}, "20120301120000"),  # a year ends in December
        ({"issued": "2018-06"}, "20120301120000"),  # not the redirect of 2015
        ({}, "20200101000000"),  # now
        ({"accessed": "2001-01-01"}, "20090101000000"),  # none before: the first after
        ({"issued": "in press"}, "20200101000000"),
    ],
)
def test_archive_copy_is_the_last_good_capture_before_access(dates, stamp):
    """At or before the access date, else the issue date, else now; else the first after it; never a 404."""
    report = checked(cdx(CAPTURES), **dates)
    assert report.archive_url == f"https://web.archive.org/web/{stamp}/http://cited.org/a?b=1&c=2"
    assert report.archive_date == f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"


def test_address_without_capture_is_reported_as_no_copy_found():
    """An archive that answers, and has none."""
    report = checked(cdx([]))
    assert (report.archive_url, report.detail) == (None, "archive: no copy found")


@pytest.mark.parametrize(
    "behaviour",
    [
        page(503, "busy"),
        page(200, "<html>sorry"),
        page(200, '{"a": 1}'),
        page(200, "[[1, 2]]"),
        raw(b""),
        page(200, ""),
    ],
    ids=["503", "html", "object", "numbers", "closed", "empty"],
)
def test_failing_archive_is_reported_as_unknown(behaviour: Callable[..., bool]):
    """A failure is reported as unknown; the verdict stays."""
    report = checked(behaviour)
    assert report.verdict == "dead"
    assert report.archive_url is None
    assert report.detail.startswith("archive: unknown (")


def test_archive_is_asked_only_for_dead_soft_404_and_uncertain():
    """A living page costs the archive no question."""
    probe = lambda url, timeout_s, cookies=None: Exchange(status=200)  # noqa: E731
    [report] = check_links([work("a", "http://cited.org/")], probe=probe, archive=Archive("http://127.0.0.1:9/"))
    assert (report.verdict, report.detail) == ("alive", "")


def test_access_date_in_the_future_is_ignored():
    """Then now counts."""
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert wanted_until(work("a", "http://x.org/", issued="2031"), now) == "20261124000000"
