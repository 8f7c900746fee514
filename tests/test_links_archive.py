"""The archived copy: which archives are asked and how, which capture is chosen, what a failing archive means."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.links import Archive, CheckOptions, Exchange, LinkReport, check_links
from tajikpeace_refs.links._copies import Copies
from tajikpeace_refs.links.archive import original_of, wanted_until
from tajikpeace_refs.links.verdict import Reason, Verdict
from tajikpeace_refs.web import Fault
from tajikpeace_refs.web.client import Response
from tests.fault_server import Behaviour, FaultServer, Peer, head, page, raw, redirect
from tests.test_links_check import work
from tests.test_links_schedule import StillClock

CITED = "http://cited.org/a?b=1&c=2"
CAPTURES = [
    ("20090101000000", "200"), ("20120301120000", "200"), ("20130101000000", "404"), ("20150101000000", "302"),
    ("20200101000000", "200"),
]  # fmt: skip
WAYBACK, PYWB, TIMEMAP = "/cdx/search/cdx", "/coll/cdx", "/coll/timemap/link/"


def asked_of(peer: Peer) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The question to an index, and the captures within its dates that its filter lets through."""
    asked = {name: values[-1] for name, values in parse_qs(urlsplit(peer.path).query).items()}
    assert asked["url"] == CITED
    assert (asked["filter"], asked["output"]) == ("statuscode:200", "json")
    dates = asked.get("from", ""), asked.get("to", "9" * 14)
    return asked, [(stamp, status) for stamp, status in CAPTURES if dates[0] <= stamp <= dates[1] and status == "200"]


def wayback(peer: Peer) -> bool:
    """Answer as the Wayback CDX server documents: a list with the names first; a negative limit is from the end."""
    asked, rows = asked_of(peer)
    limit = int(asked["limit"])
    rows = rows[limit:] if limit < 0 else rows[:limit]
    names = asked["fl"].split(",")
    records = ({"timestamp": stamp, "original": asked["url"], "statuscode": status} for stamp, status in rows)
    body = json.dumps([names, *([record[name] for name in names] for record in records)]) if rows else "[]"
    return page(200, body, kind="application/json")(peer)


def pywb(peer: Peer) -> bool:
    """Answer as pywb does: an object a line with names of its own; ``sort``, and nothing for a negative limit."""
    asked, rows = asked_of(peer)
    rows = [*reversed(rows)] if asked.get("sort") == "reverse" else rows
    records = ({"urlkey": "org,cited)/a", "timestamp": t, "url": asked["url"], "status": s} for t, s in rows)
    lines = [json.dumps(record) + "\n" for record in records][: max(int(asked["limit"]), 0)]
    return page(200, "".join(lines), kind="text/x-ndjson")(peer)


def timemap(captures: list[tuple[str, str]], *more: str, place: str = "") -> Callable[[str], str]:
    """A TimeMap in link format (RFC 7089 section 5), and the memento addresses at the given base."""

    def text(base: str) -> str:
        links = [f'<{CITED}>; rel="original"', f'<{base}{TIMEMAP}{CITED}>; rel="self"; type="application/link-format"']
        for stamp, _ in captures:
            made = datetime.strptime(stamp + "+0000", "%Y%m%d%H%M%S%z").astimezone(UTC)
            date = format_datetime(made, usegmt=True)
            links.append(f'<{base}/coll/{stamp}{place}/{CITED}>; rel="memento"; datetime="{date}"')
        return ",\n".join([*links, *(each.format(base=base) for each in more)])

    return text


class Mementos:
    """Behaviours of an archive with TimeMaps whose copies answer with the status of the capture."""

    def __init__(self, text: Callable[[str], str], captures: list[tuple[str, str]]) -> None:
        self._text = text
        self.behaviours: dict[str, Behaviour] = {f"{TIMEMAP}{CITED}": self._answer}
        self.behaviours |= {f"/coll/{stamp}/{CITED}": page(int(status)) for stamp, status in captures}

    def _answer(self, peer: Peer) -> bool:
        base = f"http://{peer.headers['host']}"
        return page(200, self._text(base), kind="application/link-format")(peer)


def checked(behaviours: dict[str, Behaviour], *paths: str, url: str = f"{CITED}#part", **more: object) -> LinkReport:
    """Check a work whose address is gone, with the archives at these paths."""

    def probe(url: str, timeout_s: float, cookies: object = None) -> Exchange:
        return Exchange(status=404)

    with FaultServer(behaviours) as server:
        base = f"http://127.0.0.1:{server.port}"
        archives = [Archive(f"{base}{path}", timeout_s=2) for path in paths]
        options = CheckOptions(allow_networks=("127.0.0.1/32",))
        cited = work("a", url, **more)
        [report] = check_links([cited], probe=probe, archive=archives, options=options, clock=StillClock())
    found = (report.archive_url or "").replace(base, "BASE") or None
    return report.model_copy(update={"archive_url": found})


DATES = pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("behaviours", "path", "replay"),
    [
        ({WAYBACK: wayback}, WAYBACK, "/web/"),
        ({PYWB: pywb}, PYWB, "/coll/"),
        (Mementos(timemap(CAPTURES), CAPTURES).behaviours, TIMEMAP, "/coll/"),
    ],
    ids=["wayback", "pywb", "memento"],
)
@DATES
def test_archive_copy_is_the_last_good_capture_before_access(behaviours, path, replay, dates, stamp):
    """At or before the access date, else the issue date, else now; else the first after it; never a 404.

    One rule for every kind of archive (docs/links.md), and the copy's address is that of the archive asked.
    """
    report = checked(behaviours, path, **dates)
    assert report.archive_url == f"BASE{replay}{stamp}/{CITED}"
    assert report.archive_date == f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"
    assert report.detail == ""


@pytest.mark.parametrize(
    ("endpoint", "replay"),
    [
        ("https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web/"),
        ("https://arquivo.pt/wayback/cdx", "https://arquivo.pt/wayback/"),
        ("https://archive.example/coll-cdx?page=1", "https://archive.example/coll/"),
        ("https://cdx.archive.example/cdx/", "https://cdx.archive.example/"),
    ],
)
def test_copies_are_at_the_archive_that_is_asked(endpoint, replay):
    """Wayback Machine and pywb say where; another place can be named."""
    assert Archive(endpoint).replay == replay
    assert Archive("https://x.example/index", replay="https://y.example/").replay == "https://y.example/"


@pytest.mark.parametrize("endpoint", ["https://x.example/index", "web.archive.org", "https://cdx.x.example/"])
def test_endpoint_of_no_known_kind_is_wrong_usage(endpoint):
    """Where its copies are cannot be known."""
    with pytest.raises(UsageError):
        Archive(endpoint)


def test_address_without_capture_is_reported_as_no_copy_found():
    """An archive that answers, and has none: an empty list; of pywb, no line; a TimeMap without copies."""
    empty = {
        WAYBACK: page(200, "[]", kind="application/json"),
        PYWB: page(200, "", kind="text/x-ndjson"),
        **Mementos(timemap([]), []).behaviours,
    }
    for path in (WAYBACK, PYWB, TIMEMAP):
        report = checked(empty, path)
        assert (report.archive_url, report.detail) == (None, "archive: no copy found"), path


NAMES = '["timestamp", "original", "statuscode"]'


@pytest.mark.parametrize(
    "behaviour",
    [
        page(503, "busy"),
        page(404),
        page(200, "<html>sorry"),
        page(200, '{"a": 1}'),
        page(200, "[[1, 2]]"),
        page(200, '[["timestamp"], 3]'),
        page(200, "null"),
        page(200, f'[{NAMES}, ["2012", "http://cited.org/", "200"]]'),
        page(200, f'[{NAMES}, ["20121332000000", "http://cited.org/", "200"]]'),
        page(200, f'[{NAMES}, ["20120301120000", ["http://cited.org/"], null]]'),
        page(200, f'[{NAMES}, ["20120301120000", "http://cited.org/"]]'),
        page(200, '[["timestamp", "original"], ["20120301120000", "http://cited.org/"]]'),
        page(200, "[" * 100_000),
        page(200, b"\xff\xfe["),
        raw(b""),
        page(200, ""),
        raw(head(200, {"Content-Length": "99"}) + b"[]"),
    ],
    ids=[
        "503", "404", "html", "object", "numbers", "no-row", "null", "year", "no-day", "types", "short-row", "no-status",
        "deep", "bytes", "closed", "empty", "broken-off",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [WAYBACK, PYWB, f"{TIMEMAP}{CITED}"])
def test_failing_archive_is_reported_as_unknown(path: str, behaviour: Behaviour):
    """A failure, or an answer that no archive gives, is unknown and never "no copy"; the verdict stays."""
    report = checked({path: behaviour}, path.removesuffix(CITED))
    assert report.verdict == "dead"
    assert report.archive_url is None
    assert report.detail.startswith("archive: unknown (127.0.0.1: ")


def test_timemap_in_parts_is_read_to_its_end():
    """RFC 7089 section 5.1.2; a map in another format is no part."""
    late = CAPTURES[-1:]
    part = '<{base}/coll/part2>; rel="timemap"; type="application/link-format"; from="Wed, 01 Jan 2020 00:00:00 GMT"'
    other = '<{base}/coll/odd>; rel="timemap"; type="application/json"'
    archive = Mementos(timemap(CAPTURES[:-1], part, other), CAPTURES)
    archive.behaviours["/coll/part2"] = Mementos(timemap(late), late)._answer
    archive.behaviours["/coll/odd"] = page(500)
    assert checked(archive.behaviours, TIMEMAP).archive_url == f"BASE/coll/20200101000000/{CITED}"


def test_copy_of_a_timemap_that_cannot_be_seen_is_unknown():
    """A copy that fails may be there; after five that are gone nothing is known of the others."""
    archive = Mementos(timemap(CAPTURES), CAPTURES)
    archive.behaviours[f"/coll/20200101000000/{CITED}"] = page(503)
    assert checked(archive.behaviours, TIMEMAP).detail == "archive: unknown (127.0.0.1: it answers 503)"
    many = [(f"2010010{n}000000", "404") for n in range(1, 8)]
    report = checked(Mementos(timemap(many), many).behaviours, TIMEMAP)
    assert report.detail == "archive: unknown (127.0.0.1: the 5 copies nearest to the date are not shown)"
    few = many[:3]
    assert checked(Mementos(timemap(few), few).behaviours, TIMEMAP).detail == "archive: no copy found"


def test_copy_that_redirects_to_another_time_is_not_good():
    """The archive shows another page in its place; the one before is the nearest good one."""
    archive = Mementos(timemap(CAPTURES), CAPTURES)
    archive.behaviours[f"/coll/20200101000000/{CITED}"] = redirect("/coll/20210101000000/http://cited.org/home")
    assert checked(archive.behaviours, TIMEMAP).archive_url == f"BASE/coll/20120301120000/{CITED}"


def test_nearest_copy_of_several_archives_is_reported():
    """All are asked; one that fails is named though another has a copy."""
    table = f'[{NAMES}, ["20180101000000", "{CITED}", "200"]]'
    behaviours = {WAYBACK: wayback, PYWB: page(200, table), "/x/cdx": page(503)}
    report = checked(behaviours, WAYBACK, PYWB, "/x/cdx", accessed="2019")
    assert report.archive_url == f"BASE/coll/20180101000000/{CITED}"
    assert report.detail == "archive: unknown (127.0.0.1: it answers 503)"


def test_archived_citation_that_is_gone_is_looked_up_by_its_original():
    """By the address and the time in it; not the copy that is gone itself."""
    url = f"https://web.archive.org/web/20120401000000/{CITED}"
    assert checked({PYWB: pywb}, PYWB, url=url).archive_url == f"BASE/coll/20120301120000/{CITED}"

    def probe(url: str, timeout_s: float, cookies: object = None) -> Exchange:
        return Exchange(status=404)

    with FaultServer({PYWB: pywb}) as server:
        base = f"http://127.0.0.1:{server.port}"
        cited = work("a", f"{base}/coll/20120301120000/{CITED}")
        options = CheckOptions(allow_networks=("127.0.0.1/32",))
        archive = Archive(f"{base}{PYWB}")
        [report] = check_links([cited], probe=probe, archive=archive, options=options, clock=StillClock())
    assert report.archive_url == f"{base}/coll/20090101000000/{CITED}"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://web.archive.org/web/2010/http://x.org/", ("http://x.org/", "20101231235959")),
        ("https://web.archive.org/web/20100301120000if_/https://x.org/?a#b", ("https://x.org/?a#b", "20100301120000")),
        ("http://archive.today/2013.07.04-003312/http:/x.org/", ("http://x.org/", "20130704003312")),
        ("https://web.archive.org/web/20100301120000/www.x.org/a", ("http://www.x.org/a", "20100301120000")),
        ("http://x.org/2010/a", None),
        ("http://x.org/login?next=/2010/http://x.org/", None),
        ("http://x.org/20100301120000/index", None),
        ("https://web.archive.org/web/*/http://x.org/", None),
    ],
)
def test_address_of_a_copy_holds_the_original_and_its_time(url, found):
    """As Wayback Machine, pywb and archive.today write it; a time without its parts ends with them."""
    assert original_of(url) == found


def driven(archive: Archive, answers: dict[str, Response]) -> str | None:
    """The address of the copy that a search finds with these answers, by the beginning of the address."""
    steps = archive.find("http://x.org/", "20200101000000")
    answer: Any = None
    try:
        while True:
            url = steps.send(answer)
            answer = next(each for start, each in answers.items() if url.startswith(start))
    except StopIteration as end:
        return end.value.url if end.value else None


def moved(to: str) -> Response:
    return Response(status=301, locations=(to,))


def test_redirects_of_an_archive_to_https_are_followed():
    """Of an index, and of a copy whose address is otherwise the same; not without end."""
    rows = f'[{NAMES}, ["20180101000000", "http://x.org/", "200"]]'.encode()
    index = {"http://a.org/": moved("https://a.org/cdx?a"), "https://a.org/": Response(status=200, body=rows)}
    assert driven(Archive("http://a.org/cdx"), index) == "http://a.org/20180101000000/http://x.org/"
    copy = "a.org/20180101000000/http://x.org/"
    made = "Mon, 01 Jan 2018 00:00:00 GMT"
    text = f'<http://x.org/>; rel=original, <http://{copy}>; rel="first memento"; datetime="{made}"'.encode()
    copies = {
        "http://a.org/timemap": Response(status=200, body=text), f"http://{copy}": moved(f"https://{copy}"),
        f"https://{copy}": Response(status=200),
    }  # fmt: skip
    assert driven(Archive("http://a.org/timemap/link"), copies) == f"https://{copy}"
    with pytest.raises(ValueError, match="it answers 301"):
        driven(Archive("http://a.org/cdx"), {"http://a.org/": moved("/cdx")})


class Answers:
    """In the place of a client: answers in turn, and keeps when it was asked; the last answer stays."""

    def __init__(self, clock: StillClock, *answers: Response) -> None:
        self.clock, self.answers, self.asked = clock, list(answers), [0.0][:0]

    def get(self, url: str, timeout_s: float, **_limits: Any) -> Response:
        self.asked.append(self.clock.time)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def close(self) -> None:
        """Nothing is open."""


NONE = Response(status=200, body=b"[]")


def searched(*answers: Response, count: int = 1, **more: Any) -> tuple[list[LinkReport], list[float]]:
    """The reports on so many dead links, and when the archive was asked."""
    clock = StillClock()
    client = Answers(clock, *answers)
    new: Any = lambda: client  # noqa: E731 - stands for a client
    copies = Copies([Archive()], new, retries=2, clock=clock, jitter=lambda: 0.5, **more)
    reports: list[LinkReport] = []
    for n in range(count):
        dead = LinkReport(id=f"w{n}", url=f"http://x.org/{n}", verdict=Verdict.DEAD, reason=Reason.NOT_FOUND)
        reports += copies.look_up(dead, "20200101000000")
    reports += copies.rest()
    copies.close()
    return sorted(reports, key=lambda report: report.id), client.asked


def test_questions_to_an_archive_are_a_second_apart():
    """Two for each address without a copy before the date; never more than one a second."""
    reports, asked = searched(NONE, count=3)
    assert [report.detail for report in reports] == ["archive: no copy found"] * 3
    assert asked == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("fault", "second"),
    [
        (Response(status=429, headers={"retry-after": "30"}), 30),
        (Response(status=503, headers={"retry-after": "7"}), 7),
        (Response(status=502), 2),
        (Response(fault=Fault.REFUSED, detail="the connection is refused"), 2),
    ],
    ids=["429", "503", "502", "refused"],
)
def test_archive_that_tires_is_left_alone_and_asked_again(fault, second):
    """Nobody asks it before the time in Retry-After, or that of the back-off; then the answer counts."""
    reports, asked = searched(fault, NONE)
    assert [report.detail for report in reports] == ["archive: no copy found"]
    assert asked[:2] == [0, second]


def test_archive_that_wants_an_hour_is_asked_no_further():
    """The second such answer stands for all addresses, which are unknown."""
    reports, asked = searched(Response(status=429, headers={"retry-after": "3600"}), count=9)
    assert {report.detail for report in reports} == {"archive: unknown (web.archive.org: it answers 429)"}
    assert len(asked) <= 3


def test_stopped_search_reports_what_is_known():
    """Once stopped nothing is asked; the verdicts are there, and that no archive has answered is said."""
    reports, asked = searched(NONE, count=2, is_stopped=lambda: True)
    assert [(report.verdict, report.detail) for report in reports] == [("dead", "archive: unknown (interrupted)")] * 2
    assert asked == []


def test_archive_is_asked_only_for_dead_soft_404_and_uncertain():
    """A living page costs the archive no question."""
    probe = lambda url, timeout_s, cookies=None: Exchange(status=200)  # noqa: E731
    [report] = check_links([work("a", "http://cited.org/")], probe=probe, archive=Archive("http://127.0.0.1:9/cdx"))
    assert (report.verdict, report.detail) == ("alive", "")


def test_access_date_in_the_future_is_ignored():
    """Then now counts."""
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert wanted_until(work("a", "http://x.org/", issued="2031"), now) == "20261124000000"
