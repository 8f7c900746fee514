"""A library and a link report with all that a page can show: scripts, directions, verdicts, markup that must stay text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import tajikpeace_refs as refs
from tajikpeace_refs.links import LinkReport, Reason, Verdict
from tajikpeace_refs.links.report import to_json

SCRIPT = "</script><script>document.title='broken'</script>"
RECORDS: list[dict[str, Any]] = [
    {"id": "a&b <i>", "type": "article-journal", "title": f"Peace {SCRIPT} & war", "language": "en",
     "author": [{"family": "O'Neil", "given": "A. <b>"}, {"family": "Usmonov", "given": "I."}], "issued": "2008-06-27",
     "container-title": "New \"Political\" Science", "volume": "34", "issue": "2", "page": "195-202",
     "DOI": "10.5555/a&b", "URL": "https://example.org/?a=1&b='\"><script>", "ISSN": "1234-5679"},
    {"id": "bad-url", "type": "webpage", "title": "Unsafe", "URL": "javascript:alert(document.domain)", "language": "en"},
    {"id": "qahhorova2003", "type": "book", "title": "Рӯди сулҳ", "translated-title": "River of peace", "language": "tg",
     "author": [{"family": "Қаҳҳорова", "given": "Ш."}], "issued": "2003", "publisher": "Ирфон",
     "publisher-place": "Душанбе", "URL": "http://example.org/rud"},
    {"id": "ahmadi2004", "type": "book", "title": "صلح در تاجیکستان", "transliterated-title": "Solh dar Tajikestan",
     "translated-title": "Peace in Tajikistan", "language": "fa", "author": [{"literal": "Ahmadi Institute"}],
     "issued": "2004", "publisher": "Nashr", "URL": "https://example.org/solh"},
    {"id": "zoirov2001a", "type": "chapter", "title": "Опыт", "language": "ru", "issued": "2001", "page": "1-9",
     "author": [{"family": "Зоиров", "given": "Д."}], "container-title": "Мир", "publisher": "Дониш",
     "editor": [{"family": "Юсуфов", "given": "А."}], "URL": "https://example.org/moved"},
    {"id": "zoirov2001b", "type": "thesis", "title": "Путь", "language": "ru", "issued": "2001",
     "author": [{"family": "Зоиров", "given": "Д."}], "publisher": "Дониш", "genre": "Doctoral dissertation"},
    {"id": "weber1992", "type": "report", "title": "Der Weg zum Frieden", "language": "de", "issued": "1992/1997",
     "author": [{"family": "Weber", "given": "H."}], "publisher": "Institut", "number": "7", "keyword": "Frieden, Weg",
     "URL": "Thttp://example.org/weg"},
    {"id": "old", "type": "manuscript", "title": "Letter of 1970", "issued": "199X", "URL": "http://example.org/old"},
]  # fmt: skip
VERDICTS: dict[str, tuple[Verdict, Reason, dict[str, Any]]] = {
    "a&b <i>": (Verdict.ALIVE, Reason.OK, {"status": 200}),
    "bad-url": (Verdict.MALFORMED, Reason.BAD_SCHEME, {"suggested_url": "javascript:alert(1)"}),
    "qahhorova2003": (Verdict.DEAD, Reason.NOT_FOUND, {
        "status": 404, "archive_url": "https://web.archive.org/web/2010/http://example.org/rud",
        "archive_date": "2010-05-04", "detail": "no such page"}),
    "ahmadi2004": (Verdict.UNCERTAIN, Reason.BLOCKED, {"status": 403}),
    "zoirov2001a": (Verdict.MOVED, Reason.PERMANENT_REDIRECT, {
        "status": 200, "final_url": "https://example.org/here",
        "redirects": [{"status": 301, "url": "https://example.org/moved"}]}),
    "weber1992": (Verdict.MALFORMED, Reason.STRAY_PREFIX, {"suggested_url": "http://example.org/weg"}),
    "old": (Verdict.SOFT_404, Reason.PARKED, {"status": 200}),
    "tajik-ex-leaders1996": (Verdict.REDIRECTED, Reason.TEMPORARY_REDIRECT, {
        "status": 200, "final_url": "https://jamestown.org/program/x/",
        "redirects": [{"status": 302, "url": "http://www.jamestown.org/single/"}]}),
    "sharafieva2013": (Verdict.ALIVE, Reason.OK, {"status": 200}),
    "grayson2003": (Verdict.MISSING, Reason.NO_URL, {}),
}  # fmt: skip


def library(corpus: refs.Library) -> refs.Library:
    """Return the corpus with the records behind it."""
    more = refs.parse(json.dumps({"references": RECORDS}), "csl-yaml")
    return refs.Library(works=(*corpus.works, *more.works), front=corpus.front)


def report(works: refs.Library) -> dict[str, Any]:
    """Return a report as ``check-links --json`` writes it."""
    links = [LinkReport(id=name, url=works[name].url, verdict=verdict, reason=reason, **more)
             for name, (verdict, reason, more) in VERDICTS.items() if name in works]  # fmt: skip
    made: dict[str, Any] = json.loads(to_json(links, datetime(2026, 11, 24, tzinfo=UTC)))
    return made
