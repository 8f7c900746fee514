# ruff: noqa: S104 - one case a line; addresses are asked for, not bound
"""The cases of the link checker: one fault each, what the server does, the printed URL, and the verdict that is right.

``{b}`` is the server (``http://127.0.0.1:port``), ``{p}`` its port, ``{s}`` the TLS server with a certificate nobody
trusts, ``{t}`` the trusted one, ``{closed}`` a port where nobody listens, ``{canary}`` the port of forbidden addresses.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass

from tests.fault_server import (
    LIVING,
    WORDS,
    Behaviour,
    Peer,
    bomb,
    dripping,
    flood,
    head,
    html,
    page,
    raw,
    redirect,
    turns,
    when,
)


@dataclass(frozen=True)
class Case:
    name: str
    behaviour: Behaviour | None
    verdict: str
    reason: str
    url: str = "{b}/{name}"
    suggested: str | None = None


def living(name: str, behaviour: Behaviour | None, url: str = "{b}/{name}") -> Case:
    return Case(name, behaviour, "alive", "ok", url)


def moved(name: str, behaviour: Behaviour, url: str = "{b}/{name}") -> Case:
    return Case(name, behaviour, "moved", "permanent-redirect", url)


def redirected(name: str, behaviour: Behaviour, url: str = "{b}/{name}") -> Case:
    return Case(name, behaviour, "redirected", "temporary-redirect", url)


def dead(name: str, reason: str, behaviour: Behaviour | None, url: str = "{b}/{name}") -> Case:
    return Case(name, behaviour, "dead", reason, url)


def unsure(name: str, reason: str, behaviour: Behaviour | None, url: str = "{b}/{name}") -> Case:
    return Case(name, behaviour, "uncertain", reason, url)


def skipped(name: str, url: str, reason: str = "private-address") -> Case:
    return Case(name, None, "skipped", reason, url)


def soft(name: str, behaviour: Behaviour, reason: str = "error-page") -> Case:
    return Case(name, behaviour, "soft-404", reason)


def malformed(
    name: str, reason: str, url: str, suggested: str | None = None, behaviour: Behaviour | None = None
) -> Case:
    return Case(name, behaviour, "malformed", reason, url, suggested)


def _head_only(fault: Behaviour) -> Behaviour:
    return when(lambda peer: peer.method == "HEAD", fault, page())


def _hang(peer: Peer) -> bool:
    peer.stopped.wait(30)
    return False


def _unless(header: str, part: str, status: int) -> Behaviour:
    return when(lambda peer: part in peer.headers.get(header, ""), page(), page(status))


def _cookie(value: str) -> Behaviour:
    """Give a cookie and come back; without it, never let in."""
    return when(
        lambda peer: value in peer.headers.get("cookie", ""),
        page(),
        redirect("/cookie-gate", Set_Cookie=f"{value}; Path=/"),
    )


METHODS = [
    living("head-405", _head_only(page(405))),
    living("head-404", _head_only(page(404))),
    living("head-403", _head_only(page(403))),
    living("head-501", _head_only(page(501))),
    living("head-hangs", _head_only(_hang)),
    living("head-closes", _head_only(raw(b""))),
    dead("head-lies", "not-found", when(lambda peer: peer.method == "HEAD", page(), page(404))),
    unsure("get-405", "client-error", page(405)),
    unsure("get-501", "server-error", page(501)),
    living("agent-must-be-mozilla", _unless("user-agent", "Mozilla/5.0", 404)),
    living(
        "agent-not-requests", when(lambda p: "python-requests" in p.headers.get("user-agent", ""), page(403), page())
    ),
    living("accept-html", _unless("accept", "text/html", 406)),
    living("accept-language", _unless("accept-language", "en", 403)),
    living("no-foreign-cookie", when(lambda peer: "cookie" in peer.headers, page(404), page())),
]

STATUSES = [
    *(living(f"status-{code}", page(code)) for code in (200, 201, 202, 203, 204, 205, 206, 207, 226, 300, 304)),
    living("status-300-with-location", page(300, Location="/gone")),
    living("status-201-with-location", page(201, Location="/gone")),
    living("status-200-with-location", page(200, Location="/gone")),
    living("empty-page", page(200, "")),
    living("image", page(200, b"\x89PNG\r\n\x1a\n" + b"\0" * 100, kind="image/png")),
    living("pdf", page(200, b"%PDF-1.7 404 Not Found", kind="application/pdf")),
    living("no-content-type", page(200, kind="")),
    *(unsure(f"status-{code}", "unexpected-status", page(code)) for code in (305, 306, 310, 600, 700)),
    *(unsure(f"status-{code}", "bad-redirect", page(code)) for code in (301, 302, 303, 307, 308)),
    *(unsure(f"status-{code}", "client-error", page(code))
      for code in (400, 406, 409, 411, 412, 413, 414, 416, 421, 422, 423, 425, 426, 428, 431, 499)),
    *(unsure(f"status-{code}", reason, page(code)) for code, reason in (
        (401, "login"), (402, "payment-required"), (403, "blocked"), (407, "login"),
        (408, "timeout"), (418, "blocked"), (429, "rate-limited"), (451, "legal"), (999, "blocked"))),
    *(unsure(f"status-{code}", "server-error", page(code)) for code in (500, 502, 503, 504, 505, 507, 508, 511, 520, 525, 530)),
    dead("status-404", "not-found", page(404)),
    dead("status-404-dripping", "not-found", dripping(head(404, {"Content-Type": "text/html"}), b" ")),
    dead("status-410", "gone", page(410)),
]  # fmt: skip


def _chain(name: str, length: int, status: int = 302, end: Behaviour | None = None) -> dict[str, Behaviour]:
    steps = {f"/{name}{number or ''}": redirect(f"/{name}{number + 1}", status) for number in range(length)}
    return {**steps, f"/{name}{length}": end or page()}


REDIRECTS = [
    moved("301", redirect("/ok", 301)),
    moved("308", redirect("/ok", 308)),
    redirected("302", redirect("/ok", 302)),
    redirected("303", redirect("/ok", 303)),
    redirected("307", redirect("/ok", 307)),
    redirected("301-then-302", redirect("/302", 301)),
    moved("301-then-308", redirect("/308", 301)),
    dead("301-to-404", "not-found", redirect("/status-404", 301)),
    dead("302-to-404", "not-found", redirect("/status-404", 302)),
    dead("301-to-410", "gone", redirect("/status-410", 301)),
    unsure("301-to-403", "blocked", redirect("/status-403", 301)),
    unsure("302-to-500", "server-error", redirect("/status-500")),
    moved("relative", redirect("ok", 301)),
    moved("dotted", redirect("./a/../ok", 301)),
    moved("protocol-relative", redirect("//127.0.0.1:{p}/ok", 301)),
    moved("upper-case-scheme", redirect("HTTP://127.0.0.1:{p}/ok", 301)),
    moved("query-only", when(lambda peer: "?" in peer.path, page(), redirect("?id=5", 301))),
    moved("with-space", redirect("/a b", 301)),
    moved("around-space", redirect("  /ok  ", 301)),
    moved("backslash", redirect("\\ok", 301)),
    moved("latin-1", redirect("/caf\xe9".encode("latin-1"), 301)),
    moved("utf-8", redirect("/тоҷик", 301)),
    moved("with-fragment", redirect("/ok#part", 301)),
    moved("escaped", redirect("/a%2Fb//c?x=%7B1%7D", 301)),
    moved("two-locations", redirect("/ok", 301, location="/status-404")),
    moved("301-with-bomb", raw(head(301, {"Location": "/ok", "Content-Encoding": "gzip"}) + bomb(50))),
    moved("301-with-flood", flood(head(301, {"Location": "/ok"}), b"x" * 64, 50)),
    moved("301-with-drip", dripping(head(301, {"Location": "/ok"}), b"x")),
    redirected("cookie-gate", _cookie("pass=1")),
    redirected("cookie-two-steps", redirect("/cookie-second", Set_Cookie="step=2; Path=/")),
    dead("cookie-never-kept", "redirect-loop", redirect("/cookie-never-kept", Set_Cookie="a=1; Domain=other.example")),
    redirected("eleven-redirects", redirect("/eleven1")),
    moved("twenty-redirects", redirect("/twenty1", 301)),
    dead("self", "redirect-loop", redirect("/self")),
    unsure("empty-location", "bad-redirect", redirect("")),
    dead("pair", "redirect-loop", redirect("/pair-back")),
    dead("endless", "redirect-loop", lambda peer: redirect(f"/endless?{peer.path.count('x') * 'x'}x")(peer)),
    unsure("to-bad-bracket", "bad-redirect", redirect("http://[::1")),
    unsure("to-bad-port", "bad-redirect", redirect("http://127.0.0.1:99999/")),
    unsure("to-no-host", "bad-redirect", redirect("http:///")),
    unsure("to-long-label", "bad-redirect", redirect(f"http://{'a' * 64}.org/")),
    *(unsure(f"to-{scheme}", "unsafe-redirect", redirect(f"{scheme}:{rest}")) for scheme, rest in (
        ("file", "///etc/passwd"), ("ftp", "//127.0.0.1/x"), ("mailto", "a@example.org"), ("javascript", "alert(1)"),
        ("data", "text/html,hi"), ("gopher", "//127.0.0.1:{p}/"))),
    *(unsure(f"to-{name}", "unsafe-redirect", redirect(f"http://{host}/")) for name, host in (
        ("metadata", "169.254.169.254"), ("metadata-decimal", "2852039166"), ("metadata-hex", "0xA9FEA9FE"),
        ("metadata-octal", "0251.0376.0251.0376"), ("metadata-mapped", "[::ffff:169.254.169.254]"),
        ("metadata-nat64", "[64:ff9b::a9fe:a9fe]"), ("metadata-fullwidth", "１６９.２５４.１６９.２５４"),
        ("private", "10.0.0.1"), ("canary", "127.66.66.66:{canary}"), ("canary-short", "127.4342338:{canary}"),
        ("metadata-name", "metadata.cited.test"), ("canary-name", "canary.cited.test:{canary}"),
        ("loopback-6", "[::1]:{p}"), ("unspecified", "0.0.0.0:{p}"), ("ssh-port", "127.0.0.1:22"))),
    unsure("two-redirects-to-metadata", "unsafe-redirect", redirect("/to-metadata", 301)),
    dead("to-no-such-host", "dns", redirect("http://gone.cited.test/")),
    dead("to-refused", "refused", redirect("http://127.0.0.1:{closed}/")),
    unsure("to-bad-tls", "tls", redirect("{s}/ok")),
    moved("to-good-tls", redirect("{t}/ok", 301)),
    Case("refresh", page(body="<meta http-equiv='Refresh' content='0; URL=/ok'>"), "redirected", "meta-refresh"),
    Case("refresh-quoted", page(body="<META CONTENT=\"0;url='/ok'\" HTTP-EQUIV=refresh>"), "redirected", "meta-refresh"),
    Case("refresh-header", page(Refresh="0; url=/ok"), "redirected", "meta-refresh"),
    living("refresh-header-later", page(Refresh="60; url=/status-404")),
    dead("refresh-to-404", "not-found", page(body='<meta http-equiv="refresh" content="0;url=/status-404">')),
    unsure("refresh-to-metadata", "unsafe-redirect",
           page(body='<meta http-equiv="refresh" content="0;url=http://169.254.169.254/latest">')),
    living("refresh-to-script", page(body=f'<meta http-equiv="refresh" content="0;url=javascript:go()"><p>{WORDS}')),
    living("refresh-later", page(body=f'<meta http-equiv="refresh" content="30;url=/status-404"><p>{WORDS}')),
    living("refresh-self", page(body=f'<meta http-equiv="refresh" content="0"><p>{WORDS}')),
    living("refresh-same", page(body=f'<meta http-equiv="refresh" content="0;url=/refresh-same"><p>{WORDS}')),
    living("refresh-in-comment", page(body=f'<!-- <meta http-equiv="refresh" content="0;url=/status-404"> --><p>{WORDS}')),
    living("refresh-in-noscript",
           page(body=f'<noscript><meta http-equiv="refresh" content="0;url=/status-404"></noscript><p>{WORDS}')),
    living("script-redirect", page(body=f"<script>location = '/status-404'</script><p>{WORDS}")),
]  # fmt: skip

RETRIES = [
    living("503-503-200", turns(page(503), page(503), page())),
    living("500-200", turns(page(500), page())),
    living("502-200", turns(page(502), page())),
    living("504-200", turns(page(504), page())),
    living("408-200", turns(page(408), page())),
    living("425-200", turns(page(425), page())),
    living("429-seconds", turns(page(429, Retry_After="1"), page())),
    living("429-date-past", turns(page(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), page())),
    living("429-garbage", turns(page(429, Retry_After="soon"), page())),
    living("429-negative", turns(page(429, Retry_After="-5"), page())),
    living("429-none", turns(page(429), page())),
    living("429-huge", turns(page(429, Retry_After="86400"), page())),
    living("429-absurd", turns(page(429, Retry_After="9" * 400), page())),
    living("503-seconds", turns(page(503, Retry_After="1"), page())),
    unsure("429-always-huge", "rate-limited", page(429, Retry_After="3600")),
    living("reset-then-page", turns(raw(b"", then="reset"), page())),
    living("hang-then-page", turns(_hang, page())),
    living("slow-headers-then-page", turns(dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), page())),
    living("empty-then-page", turns(raw(b""), page())),
    redirected("redirect-then-503", redirect("/503-then-page")),
]  # fmt: skip

OK = "HTTP/1.1 200 OK"
HTML = {"Content-Type": "text/html"}
TRANSPORT = [
    dead("refused", "refused", None, "http://127.0.0.1:{closed}/"),
    unsure("reset", "reset", raw(b"", then="reset")),
    unsure("empty-reply", "reset", raw(b"")),
    unsure("half-status-line", "bad-response", raw(b"HTTP/1")),
    unsure("garbage", "bad-response", raw(b"\x00\xff\xfegarbage\r\n\r\n")),
    unsure("ssh-banner", "bad-response", raw(b"SSH-2.0-OpenSSH_9.6\r\n")),
    unsure("http-0.9", "bad-response", raw(LIVING.encode())),
    unsure("icy", "bad-response", raw(b"ICY 200 OK\r\n\r\n")),
    unsure("status-letters", "bad-response", raw(b"HTTP/1.1 abc OK\r\n\r\n")),
    unsure("http-2-in-1", "bad-response", raw(b"HTTP/2.0 200 OK\r\n\r\n")),
    unsure("header-line-100k", "bad-response", raw(head(OK, {"X": "a" * 100_000}))),
    unsure("headers-flood", "bad-response", flood(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 20)),
    unsure("header-endless-line", "bad-response", flood(b"HTTP/1.1 200 OK\r\nX: ", b"a", 20)),
    unsure("status-line-endless", "bad-response", flood(b"HTTP/1.1 200 ", b"a", 20)),
    unsure("never-answers", "timeout", _hang),
    unsure("slow-status-line", "timeout", dripping(b"", b"H")),
    unsure("slow-headers", "timeout", dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n")),
    unsure("slow-header-bytes", "timeout", dripping(b"HTTP/1.1 200 OK\r\nX: ", b"a")),
    unsure("continue-for-ever", "timeout", dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n")),
    living("continue-then-page", raw(b"HTTP/1.1 100 Continue\r\n\r\n" + head(OK, HTML) + LIVING.encode())),
    living("early-hints", raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + head(OK, HTML) + LIVING.encode())),
    living("processing", raw(b"HTTP/1.1 102 Processing\r\n\r\n" * 3 + head(OK, HTML) + LIVING.encode())),
    living("http-1.0", raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + LIVING.encode())),
    living("no-reason", raw(b"HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n" + LIVING.encode())),
    living("bare-line-feeds", raw(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + LIVING.encode())),
    living("no-headers", raw(b"HTTP/1.1 200 OK\r\n\r\n" + LIVING.encode())),
    living("odd-headers", raw(b"HTTP/1.1 200 OK\r\nno colon here\r\n: empty\r\nX: \x00\xff\r\n\r\n" + LIVING.encode())),
    living("length-garbage", raw(head(OK, {**HTML, "Content-Length": "abc"}) + LIVING.encode())),
    living("length-negative", raw(head(OK, {**HTML, "Content-Length": "-5"}) + LIVING.encode())),
    living("length-too-long", raw(head(OK, {**HTML, "Content-Length": "999999"}) + LIVING.encode())),
    living("length-and-chunks", raw(head(OK, {**HTML, "Content-Length": "3", "Transfer-Encoding": "chunked"})
                                    + b"5\r\n<p>ab\r\n0\r\n\r\n")),
    living("hangs-in-body", raw(head(OK, {**HTML, "Content-Length": "999999"}) + LIVING.encode(), then="hang")),
    living("reset-in-body", raw(head(OK, {**HTML, "Content-Length": "999999"}) + LIVING.encode(), then="reset")),
    living("chunks", raw(head(OK, {**HTML, "Transfer-Encoding": "chunked"}) + b"5\r\n<p>ab\r\n0\r\n\r\n")),
    living("chunks-cut", raw(head(OK, {**HTML, "Transfer-Encoding": "chunked"}) + b"ff\r\n<p>ab")),
    living("chunks-garbage", raw(head(OK, {**HTML, "Transfer-Encoding": "chunked"}) + b"zz\r\n<p>ab")),
    living("chunk-huge", raw(head(OK, {**HTML, "Transfer-Encoding": "chunked"}) + b"fffffffffffffff\r\n<p>ab")),
    living("slow-body", dripping(head(OK, HTML), b"<p>word ")),
    living("endless-body", flood(head(OK, HTML), b"<p>word ", 30)),
    living("gzip", page(200, gzip.compress(LIVING.encode()), Content_Encoding="gzip")),
    living("gzip-bomb", page(200, bomb(), Content_Encoding="gzip")),
    living("gzip-bomb-bomb", page(200, gzip.compress(bomb(20)), Content_Encoding="gzip, gzip")),
    living("gzip-untrue", page(200, Content_Encoding="gzip")),
    living("gzip-cut", page(200, gzip.compress(LIVING.encode())[:60], Content_Encoding="gzip")),
    living("deflate", page(200, zlib.compress(LIVING.encode()), Content_Encoding="deflate")),
    living("deflate-raw", page(200, zlib.compress(LIVING.encode())[2:-4], Content_Encoding="deflate")),
    living("brotli-unasked", page(200, b"\x0b\x02\x80garbage", Content_Encoding="br")),
    living("encoding-unknown", page(200, Content_Encoding="rot13")),
    living("charset-unknown", page(200, kind="text/html; charset=klingon")),
    living("charset-not-text", page(200, kind="text/html; charset=hex")),
    living("utf-16", page(200, LIVING.encode("utf-16"), kind="text/html")),
    living("markup-deep", page(200, "<div>" * 12_000)),
    living("markup-unclosed", page(200, "<!--" * 16_000)),
    living("markup-unclosed-scripts", page(200, "<script " * 8_000)),
    living("markup-open-tags", page(200, "<" * 65_000)),
    living("markup-open-quotes", page(200, "<meta content=\"" * 4_000)),
]  # fmt: skip

TLS = [
    unsure("tls-self-signed", "tls", None, "{s}/ok"),
    unsure("tls-wrong-host", "tls", None, "https://wrong.cited.test:{tp}/ok"),
    unsure("tls-expired", "tls", None, "{expired}/ok"),
    unsure("tls-on-plain-port", "tls", None, "https://127.0.0.1:{p}/ok"),
    unsure("plain-on-tls-port", "reset", None, "http://127.0.0.1:{tp}/ok"),
    unsure("tls-silent", "timeout", None, "https://127.0.0.1:{silent}/"),
    living("tls-trusted", None, "{t}/ok"),
    unsure("tls-slow-headers", "timeout", dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "{t}/{name}"),
    living("tls-slow-body", dripping(head(OK, HTML), b"<p>word "), "{t}/{name}"),
]

_SORRY = "<p>Sorry, the page you are looking for could not be found.</p>"
_MENU = "<ul>" + "".join(f"<li><a href=/{n}>Collection number {n} of the library</a></li>" for n in range(40)) + "</ul>"
SOFT = [
    soft("soft-title", html("404 Not Found", "<p>nginx</p>")),
    soft("soft-title-site", html("Page not found | Central Asia Library", _SORRY)),
    soft("soft-title-site-first", html("Central Asia Library – Page Not Found", _SORRY)),
    soft("soft-error-404", html("Error 404", "<p>Try the search.</p>")),
    soft("soft-heading", html("Central Asia Library", "<p>Try the search.</p>", heading="Page not found")),
    soft("soft-heading-404", html("Central Asia Library", "<p>Page not found</p>", heading="404")),
    soft("soft-oops", html("Library", "<p>Go home.</p>", heading="Oops! That page can’t be found.")),
    soft("soft-sentence", html("Library", _SORRY)),
    soft("soft-sentence-url", html("Library", "<p>The requested URL /a/b was not found on this server.</p>")),
    soft("soft-no-longer", html("Library", "<p>We are sorry. The page you requested no longer exists.</p>")),
    soft("soft-removed", html("Archive", "<p>This page has been removed.</p>")),
    soft("soft-menu", html("Page not found", _MENU + _SORRY, heading="Page not found")),
    soft("soft-plain-text", page(200, "Not Found", kind="text/plain")),
    soft("soft-gzip", page(200, gzip.compress(b"<title>404 Not Found</title>"), Content_Encoding="gzip")),
    soft("soft-yii", html("Not Found (#404)", "<p>Home</p>")),
    soft("soft-django", html("Page not found (404)", "<p>Home</p>")),
    soft("soft-iis", html("404 - File or directory not found.", "<p>Server Error</p>")),
    soft("soft-asp", html("The resource cannot be found.", "<p>Server Error</p>")),
    soft("soft-unavailable", html("Library", "<p>Sorry, this page isn't available.</p>")),
    soft("soft-hmm", html("Library", "<p>Back</p>", heading="Sorry, this page doesn’t exist.")),
    soft("soft-dutch", html("Pagina niet gevonden", "<p>Home</p>")),
    soft("soft-polish", html("Nie znaleziono strony", "<p>Home</p>")),
    soft("soft-korean", html("페이지를 찾을 수 없습니다", "<p>홈</p>")),
    soft("soft-arabic", html("الصفحة غير موجودة", "<p>الرئيسية</p>")),
    soft("soft-kazakh", html("Бет табылмады", "<p>Басты бет</p>")),
    soft("soft-russian", html("Страница не найдена", "<p>Вернуться на главную</p>")),
    soft("soft-russian-site", html("Ошибка 404 — Страница не найдена | КиберЛенинка", "<p>Вернуться на главную</p>")),
    soft("soft-russian-sentence", html("Архив", "<p>К сожалению, запрашиваемая вами страница не существует.</p>")),
    soft("soft-russian-1251", page(200, "<title>Страница не найдена</title><p>Вернуться".encode("cp1251"), kind="text/html")),
    soft("soft-tajik", html("Саҳифа ёфт нашуд", "<p>Ба саҳифаи асосӣ</p>")),
    soft("soft-tajik-sentence", html("Китобхона", "<p>Мебахшед, саҳифаи дархостшуда ёфт нашуд.</p>")),
    soft("soft-german", html("Seite nicht gefunden", "<p>Zur Startseite</p>")),
    soft("soft-german-sentence", html("Bibliothek", "<p>Die angeforderte Seite wurde leider nicht gefunden.</p>")),
    soft("soft-french", html("Page introuvable - Bibliothèque", "<p>Accueil</p>")),
    soft("soft-french-2", html("Erreur 404", "<p>La page demandée n’existe pas.</p>")),
    soft("soft-spanish", html("Página no encontrada", "<p>Inicio</p>")),
    soft("soft-portuguese", html("Página não encontrada", "<p>Início</p>")),
    soft("soft-italian", html("Pagina non trovata", "<p>Home</p>")),
    soft("soft-chinese", html("页面不存在", "<p>返回首页</p>")),
    soft("soft-chinese-sentence", html("图书馆", "<p>抱歉，您访问的页面不存在。</p>")),
    soft("soft-japanese", html("ページが見つかりません", "<p>トップ</p>")),
    soft("soft-persian", html("صفحه یافت نشد", "<p>خانه</p>")),
    soft("soft-turkish", html("Sayfa bulunamadı", "<p>Ana sayfa</p>")),
    soft("soft-ukrainian", html("Сторінку не знайдено", "<p>Головна</p>")),
    soft("soft-uzbek", html("Sahifa topilmadi", "<p>Bosh sahifa</p>")),
    soft("parked", html("cited-journal.org", "<p>The domain cited-journal.org is for sale. Buy this domain!</p>"), "parked"),
    soft("parked-may-be", html("Buy a name", "<p>This domain may be for sale by its owner.</p>"), "parked"),
    soft("parked-godaddy", html("Domain", "<p>This Web page is parked free, courtesy of GoDaddy.</p>"), "parked"),
    soft("parked-expired", html("Notice", "<p>This domain has expired. If you own it, renew it.</p>"), "parked"),
    soft("parked-russian", html("Домен продаётся", "<p>Купить домен</p>"), "parked"),
    soft("deep/link/thrown-home", redirect("/", 302), "home-page"),
    soft("deep/link/thrown-home-301", redirect("/", 301), "home-page"),
    soft("article.php?id=17", redirect("/index.html"), "home-page"),
    soft("deep/link/to-language-root", redirect("/en/"), "home-page"),
    soft("to-error-page", redirect("/404.html"), "error-redirect"),
    soft("to-error-path", redirect("/errors/not-found"), "error-redirect"),
    soft("to-asp-error", redirect("/problem.aspx?aspxerrorpath=/x"), "error-redirect"),
    unsure("guard", "blocked", html("Just a moment...", "<p>Checking your browser before accessing the library.</p>")),
    unsure("guard-cloudflare", "blocked", html("Attention Required! | Cloudflare", "<p>Please complete the captcha.</p>")),
    soft("parked-suspended", html("Hosting", "<p>This account has been suspended.</p>"), "parked"),
    Case("to-login", redirect("/login?next=/to-login"), "uncertain", "login"),
    redirected("home", redirect("/", 302)),
    moved("home.html", redirect("/", 301)),
    living("about-404", html("Understanding the 404 error: what “page not found” means",
                             f"<p>A 404 error means that the page was not found on the server. {WORDS}{WORDS}</p>",
                             heading="Understanding the 404 error")),
    living("about-404-encyclopedia", html("HTTP 404 - Encyclopedia", f"<p>In computing, HTTP 404 means that the client "
                                          f"reached the server, but the page was not found. {WORDS * 5}</p>",
                                          heading="HTTP 404")),
    living("about-404-short", html("404 Not Found: meaning", "<p>A 404 means that the page was not found.</p>")),
    living("about-404-number", html("404 Not Found - Wikipedia", f"<p>{WORDS}", heading="404 Not Found - the film")),
    living("about-404-text", html("Status codes", "<p>The server returns 404 if the page was not found.</p>")),
    living("about-404-list", html("10 best “Page not found” designs", f"<p>Our favourites. {WORDS}</p>")),
    living("about-soft-404", html("What is a soft 404?", f"<p>It says “page not found” with status 200. {WORDS}</p>")),
    living("changelog-fixed", html("Version 2.1", "<p>Fixed: the page was not found after login.</p>")),
    living("error-analysis", html("Error", "<p>A poem by an unknown author.</p>", heading="Error")),
    living("gone-with", html("Gone with the Wind", "<p>A novel.</p>", heading="Gone with the Wind")),
    living("area-code", html("Area code 404 | Telephone numbers", "<p>Atlanta.</p>", heading="Area code 404")),
    living("model-410", html("410: the new model", "<p>A tractor.</p>")),
    living("access-denied-novel", html("Access denied: a novel", f"<p>{WORDS * 5}")),
    living("not-found-poem", html("“Not found” and other poems", "<p>Poems.</p>")),
    living("document-list", html("Documents", "<p>The document is available on request. This page is for members.</p>")),
    living("peugeot-404", html("Peugeot 404", f"<p>A car made from 1960 to 1975. {WORDS}</p>", heading="Peugeot 404")),
    living("room-404", html("Room 404 - Grand Hotel", "<p>Two beds, sea view.</p>", heading="Room 404")),
    living("404-peugeot", html("404 - Peugeot", "<p>A car made from 1960 to 1975.</p>")),
    living("short", page(200, "<p>OK")),
    living("short-plain", page(200, "ok", kind="text/plain")),
    living("changelog", html("Changelog", "<ul><li>The page cache has been removed.</li><li>404 errors are logged.</li>"
                             "<li>Fixed: file not found on start.</li></ul>")),
    living("changelog-article", html("News of the archive", "<p>The article editor has been removed from the menu.</p>")),
    living("search-empty", html("Search results", "<p>No results found for “Tajik”. 0 documents found.</p>")),
    living("lost-and-found", html("Lost and not found", f"<p>A novel. {WORDS}</p>")),
    living("gone-novel", html("The missing page", f"<p>A novel. {WORDS}</p>")),
    living("about-parking", html("How domain parking works", f"<p>A domain is parked when nobody uses it. {WORDS * 4}</p>")),
    living("house-for-sale", html("House for sale", "<p>The house at 4 Rudaki Avenue is for sale.</p>")),
    living("russian-article", html("Почему страница не найдена: ошибки 404 и что с ними делать",
                                   "<p>" + "Статья о том, как сервер отвечает, когда страницы нет. " * 20)),
    living("404.html", html("Design of error pages", f"<p>{WORDS}")),
    living("script-says-404", page(body=f"<title>Talks</title><script>var t = '<h1>404 Not Found</h1>'</script><p>{WORDS}")),
    living("pdf-redirect", page(200, b"%PDF-1.4", kind="application/pdf")),
    redirected("go", redirect("/#/article/5")),
    redirected("old", redirect("/?article=5")),
]  # fmt: skip

ADDRESSES = [
    *(skipped(f"address-{name}", f"http://{host}/") for name, host in (
        ("metadata", "169.254.169.254"), ("metadata-decimal", "2852039166"), ("metadata-hex", "0xa9fea9fe"),
        ("metadata-octal", "0251.0376.0251.0376"), ("metadata-short", "169.254.43518"),
        ("metadata-mapped", "[::ffff:169.254.169.254]"), ("metadata-mapped-hex", "[::ffff:a9fe:a9fe]"),
        ("metadata-6to4", "[2002:a9fe:a9fe::]"), ("metadata-nat64", "[64:ff9b::169.254.169.254]"),
        ("metadata-compatible", "[::169.254.169.254]"), ("metadata-fullwidth", "１６９.２５４.１６９.２５４"),
        ("metadata-ideographic-stops", "169。254。169。254"), ("metadata-name", "metadata.cited.test"),
        ("class-a", "10.1.2.3"), ("class-b", "172.16.0.1"), ("class-c", "192.168.1.1"), ("shared", "100.64.0.1"),
        ("zero", "0.0.0.0"), ("multicast", "224.0.0.1"), ("broadcast", "255.255.255.255"), ("benchmark", "198.18.0.1"),
        ("loopback-6", "[::1]"), ("link-local-6", "[fe80::1]"), ("unique-local-6", "[fd00::1]"), ("any-6", "[::]"),
        ("multicast-6", "[ff02::1]"), ("site-local-6", "[fec0::1]"), ("mixed", "mixed.cited.test"))),
    skipped("address-canary", "http://127.66.66.66:{canary}/"),
    skipped("address-canary-decimal", "http://2135048770:{canary}/"),
    skipped("address-canary-user", "http://127.0.0.1:{p}@127.66.66.66:{canary}/"),
    skipped("address-canary-name", "http://canary.cited.test:{canary}/"),
    *(living(f"address-{name}", None, f"http://{host}:{{p}}/ok") for name, host in (
        ("decimal", "2130706433"), ("hex", "0x7f000001"), ("octal", "0177.0.0.1"), ("short", "127.1"),
        ("mapped", "[::ffff:127.0.0.1]"), ("fullwidth", "１２７.０.０.１"), ("name", "site.cited.test"),
        ("upper-case", "SITE.CITED.TEST"), ("final-dot", "site.cited.test."), ("idn", "тоҷик.cited.test"),
        ("localhost", "localhost"), ("user", "reader:secret@127.0.0.1"), ("underscore", "my_site.cited.test"))),
    skipped("port-ssh", "http://127.0.0.1:22/", "unsafe-port"),
    skipped("port-smtp", "http://127.0.0.1:25/", "unsafe-port"),
    dead("dns-none", "dns", None, "http://gone.cited.test/a"),
    dead("dns-invalid", "dns", None, "http://www.cited.invalid/a"),
    dead("dns-no-data", "dns", None, "http://nodata.cited.test/a"),
    unsure("dns-again", "dns-failure", None, "http://again.cited.test/a"),
    unsure("dns-slow", "timeout", None, "http://slow.cited.test/a"),
]  # fmt: skip

STRINGS = [
    living("surrounded", page(), " {b}/surrounded\n"),
    living("no-break-space", page(), "\u00a0{b}/no-break-space\u2003"),
    living("upper-scheme", page(), "HTTP://127.0.0.1:{p}/upper-scheme"),
    living("non-ascii-path", page(), "{b}/тоҷик"),
    living("escaped-path", page(), "{b}/a%2Fb//c?x=%7B1%7D"),
    living("tilde", page(), "{b}/~usmonov/%7Elist"),
    living("dash-in-path", page(), "{b}/1992–1997"),
    living("ends-with-stop", page(), "{b}/Apple_Inc."),
    living("ends-with-bracket", page(), "{b}/Peace_(treaty)"),
    living("pdf-page", page(200, b"%PDF-1.4", kind="application/pdf"), "{b}/pdf-page#page=5"),
    living("blank-in-fragment", page(), "{b}/blank-in-fragment#part two"),
    living("in-archive", page(), "{b}/web/2012/http://www.example.org/"),
    malformed("trailing-stop", "trailing-punctuation", "{b}/ok.", "{b}/ok"),
    malformed("trailing-comma", "trailing-punctuation", "{b}/ok,", "{b}/ok"),
    malformed("trailing-bracket", "trailing-punctuation", "{b}/ok).", "{b}/ok"),
    malformed("wrong-dash", "odd-dash", "{b}/long‐name", "{b}/long-name", page(404)),
    malformed("html-ampersand", "html-escape", "{b}/x?a=1&amp;b=2", "{b}/x?a=1&b=2"),
    malformed("stray-t", "stray-prefix", "T{b}/ok", "{b}/ok"),
    malformed("stray-words", "stray-prefix", "Retrieved from: {b}/ok", "{b}/ok"),
    malformed("htp", "misspelt-scheme", "htp:/127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("hxxp", "misspelt-scheme", "hxxp://127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("ttp", "misspelt-scheme", "ttp://127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("semicolon", "misspelt-scheme", "http;//127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("no-colon", "bad-slashes", "http//127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("one-slash", "bad-slashes", "http:/127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("three-slashes", "bad-slashes", "http:///127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("backslashes", "bad-slashes", "http:\\\\127.0.0.1:{p}\\ok", "{b}/ok"),
    malformed("no-scheme", "missing-scheme", "www.example.org/a", "http://www.example.org/a"),
    malformed("no-scheme-bare", "missing-scheme", "127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("relative-scheme", "missing-scheme", "//127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("doubled", "doubled-scheme", "http://{b}/ok", "{b}/ok"),
    malformed("doubled-no-colon", "doubled-scheme", "http://http//127.0.0.1:{p}/ok", "{b}/ok"),
    malformed("latex-underscore", "latex-escape", "{b}/a{{\\textunderscore}}b", "{b}/a_b"),
    malformed("latex-escapes", "latex-escape", "{b}/a\\_b\\%20c\\&d", "{b}/a_b%20c&d"),
    malformed("latex-url", "latex-escape", "\\url{{{b}/ok}}", "{b}/ok"),
    malformed("angles", "enclosed", "<{b}/ok>", "{b}/ok"),
    malformed("angles-url", "enclosed", "<URL:{b}/ok>", "{b}/ok"),
    malformed("quotes", "enclosed", "“{b}/ok”", "{b}/ok"),
    malformed("line-break", "white-space", "{b}/o\nk", "{b}/ok"),
    malformed("inner-space", "white-space", "{b}/a b", "{b}/a%20b"),
    malformed("space-in-host", "white-space", "http://127.0. 0.1:{p}/ok", "{b}/ok"),
    malformed("zero-width", "invisible-character", "{b}/o\u200bk", "{b}/ok"),
    malformed("soft-hyphen", "invisible-character", "{b}/o\u00adk", "{b}/ok"),
    malformed("dash-in-host", "odd-dash", "http://cited–journal.org/a", "http://cited-journal.org/a"),
    malformed("two-urls", "several-urls", "{b}/ok http://example.org/", "{b}/ok"),
    malformed("two-urls-semicolon", "several-urls", "{b}/ok; www.example.org", "{b}/ok"),
    malformed("doi", "bare-doi", "doi:10.1000/182", "https://doi.org/10.1000/182"),
    malformed("doi-bare", "bare-doi", "10.1000/182", "https://doi.org/10.1000/182"),
    malformed("port-large", "bad-port", "http://127.0.0.1:99999/"),
    malformed("port-letters", "bad-port", "http://127.0.0.1:80a/"),
    malformed("label-long", "bad-host", f"http://{'a' * 64}.org/"),
    malformed("host-empty", "bad-host", "http://"),
    malformed("host-dots", "bad-host", "http://www..example.org/", "http://www.example.org/"),
    malformed("host-numbers", "bad-host", "http://256.300.1.1/"),
    malformed("bracket-open", "bad-host", "http://[::1/"),
    malformed("javascript", "bad-scheme", "javascript:alert(1)"),
    malformed("words", "not-a-url", "see the library"),
    skipped("mailto", "mailto:a@example.org", "not-http"),
    skipped("ftp", "ftp://example.org/a", "not-http"),
    skipped("data", "data:text/html,hi", "not-http"),
    skipped("file", "file:///etc/passwd", "not-http"),
]

CASES = [*METHODS, *STATUSES, *REDIRECTS, *RETRIES, *TRANSPORT, *TLS, *SOFT, *ADDRESSES, *STRINGS]

SUPPORT: dict[str, Behaviour] = {
    "/": html("Central Asia Library", f"<p>{WORDS}"),
    "/en/": html("Central Asia Library", f"<p>{WORDS}"),
    "/index.html": html("Central Asia Library", f"<p>{WORDS}"),
    "/ok": page(),
    "/a%20b": page(),
    "/caf%E9": page(),
    "/%D1%82%D0%BE%D2%B7%D0%B8%D0%BA": page(),
    "/1992%E2%80%931997": page(),
    "/a%2Fb//c?x=%7B1%7D": page(),
    "/~usmonov/%7Elist": page(),
    "/Apple_Inc.": page(),
    "/Peace_(treaty)": page(),
    "/web/2012/http://www.example.org/": page(),
    "/cookie-second": _unless("cookie", "step=2", 404),
    "/pair-back": redirect("/pair"),
    "/503-then-page": turns(page(503), page()),
    "/404.html": page(),
    "/errors/not-found": page(),
    "/problem.aspx": page(),
    "/login": html("Sign in", "<form><input name=user></form>"),
    **_chain("eleven", 11),
    **_chain("twenty", 20, 301),
}
