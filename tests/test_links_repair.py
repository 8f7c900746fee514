"""What is not a URL, and what was probably meant (single cases are in link_cases.STRINGS)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajikpeace_refs.links.repair import inspect
from tajikpeace_refs.web.address import ascii_host, is_permitted, networks, next_url, wire_url
from tajikpeace_refs.web.faults import AddressError

URLISH = st.text(st.sampled_from("hHtTpPsS:/\\.?#&=%[]@<>{}(),;~_-–\u200b \n1a2я10www.orgdoijavscript"), max_size=60)


@given(st.text() | URLISH)
def test_any_text_gives_an_inspection(text):
    """No text raises; a text is asked for as it is but for white space around it; a suggested address is a URL itself."""
    found = inspect(text)
    if found.url is not None:
        assert found.url == text.strip().strip("\ufeff\u200b").strip()
    if found.suggested is not None:
        assert inspect(found.suggested).url == found.suggested


@given(st.text() | URLISH)
def test_url_to_ask_for_has_a_form_to_send(text):
    """What is not called malformed has a form for the wire: ASCII, without blanks and fragment."""
    found = inspect(text)
    if found.url is not None:
        sent = wire_url(found.url)
        assert sent.isascii()
        assert not any(letter.isspace() for letter in sent)
        assert "#" not in sent


@given(st.text() | URLISH)
def test_any_location_gives_a_safe_address_or_an_error(text):
    """A Location either gives an http(s) address that can be sent, or an AddressError."""
    try:
        target = next_url("http://example.org/a/b#part", text)
    except AddressError:
        return
    assert wire_url(target).startswith(("http://", "https://"))
    assert "#" in target


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://x.org", "http://x.org/"),
        ("http://x.org/a%2Fb//c?q=%7B..%7D#f", "http://x.org/a%2Fb//c?q=%7B..%7D"),
        ("http://x.org/тоҷик?ф=ҳ", "http://x.org/%D1%82%D0%BE%D2%B7%D0%B8%D0%BA?%D1%84=%D2%B3"),
        ("http://тоҷик.x.org:80/", "http://xn--h1aekp00d.x.org:80/"),
        ("HTTP://X.org/", "http://X.org/"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("http://x.org?tt%5B1%5D=2", "http://x.org/?tt%5B1%5D=2"),
        ("http://☃.x.org/", "http://xn--n3h.x.org/"),
    ],
)
def test_url_is_percent_encoded_only_where_it_must_be(url, sent):
    """Percent-encoded where it must be and nowhere else: %2F, // and %7B are never touched."""
    assert wire_url(url) == sent


def test_location_bytes_are_read_as_utf_8_or_latin_1():
    """UTF-8 where it is, else the bytes as they are, percent-encoded: what browsers, curl and wget send."""
    assert next_url("http://x.org/", "/тоҷик".encode().decode("latin-1")) == "http://x.org/тоҷик"
    assert next_url("http://x.org/", "/caf\xe9") == "http://x.org/caf%E9"


def test_fragment_is_kept_unless_the_location_has_one():
    """RFC 9110, section 10.2.2."""
    assert next_url("http://x.org/a#one", "/b") == "http://x.org/b#one"
    assert next_url("http://x.org/a#one", "/b#two") == "http://x.org/b#two"


@pytest.mark.parametrize("host", ["a" * 64 + ".org", "a..org", "", "x\x00.org", "300.1.1.1", "1.2.3.4.5", "a b.org"])
def test_invalid_host_is_an_address_error(host):
    """Overlong and empty labels, odd characters, numbers that are no address."""
    with pytest.raises(AddressError):
        ascii_host(host)


@given(st.ip_addresses())
def test_mapped_ipv4_address_is_judged_as_ipv4(ip):
    """A mapped IPv4 address is judged as the IPv4 address, and an allowed network lifts the ban in both forms."""
    text = str(ip)
    if ip.version == 4:
        assert is_permitted(f"::ffff:{text}") == is_permitted(text)
    if ip.version == 4 and not is_permitted(text):
        assert is_permitted(text, networks([text]))
        assert is_permitted(f"::ffff:{text}", networks([text]))
    assert not (ip.is_loopback and is_permitted(text))


@pytest.mark.parametrize(
    ("text", "reason", "suggested", "accessed"),
    [
        ("https://www.un.org/a (дата обращения: 07.11.2019)", "access-note", "https://www.un.org/a", "2019-11-07"),
        ("URL: http://a.tj/b. Accessed: 3 March 2011.", "access-note", "http://a.tj/b", "2011-03-03"),
        ("http://a.tj/b, last visited on March 3, 2011", "access-note", "http://a.tj/b", "2011-03-03"),
        ("http://a.tj/b [retrieved 2011-03-03]", "access-note", "http://a.tj/b", "2011-03-03"),
        ("www.a.de/b (zuletzt abgerufen am 3. März 2011)", "access-note", "http://www.a.de/b", "2011-03-03"),
        ("URL: http://a.tj/b (дата обр.: 03.03.2011)", "access-note", "http://a.tj/b", "2011-03-03"),
        ("[Электронный ресурс]. — http://a.tj/b (дата обр. 3.3.2011)", "access-note", "http://a.tj/b", "2011-03-03"),
        ("http://a.br/b. Acesso em: 2011-03-03.", "access-note", "http://a.br/b", "2011-03-03"),
        ("http://a.tj/b — дата обращения 03.03.2011", "access-note", "http://a.tj/b", "2011-03-03"),
        ("Retrieved from http://a.tj/b on 3 March 2011", "stray-prefix", "http://a.tj/b", None),
        ("http://a.tj/b, 03.03.2011", "white-space", "http://a.tj/b", None),
        ("http://a.tj/b (Stand: 3.3.2011)", "white-space", "http://a.tj/b", None),
        ("http://a.tj/b [PDF, 1.2 MB]", "white-space", "http://a.tj/b", None),
        ("http://a.tj/b (на тадж. яз.)", "white-space", "http://a.tj/b", None),
        ("http://a.tj/Peace (film)", "white-space", "http://a.tj/Peace%20(film)", None),
        ("http://a.tj/minutes 03.33.2011", "white-space", "http://a.tj/minutes%2003.33.2011", None),
        ("http://a.tj/b \\url{}", "latex-escape", "http://a.tj/b", None),
        ("https:www.a.tj/b", "bad-slashes", "https://www.a.tj/b", None),
        ("also online at www.a.tj/b", "stray-prefix", "http://www.a.tj/b", None),
        ("http://a.fr/b (consulté le 3 mars 2011)", "access-note", "http://a.fr/b", "2011-03-03"),
        ('<A HREF="http://a.org/b?c=1">the report</A>', "enclosed", "http://a.org/b?c=1", None),
        ("http://a.org/ reports/b.pdf", "white-space", "http://a.org/reports/b.pdf", None),
        ("http://a.org/peace- talks", "white-space", "http://a.org/peace-talks", None),
        ("http://a.org/peace - talks.pdf", "white-space", "http://a.org/peace%20-%20talks.pdf", None),
        ("http://a.org/accessed 2010.pdf", "white-space", "http://a.org/accessed%202010.pdf", None),
        ("hdl:20.500.11850/1234", "bare-identifier", "https://hdl.handle.net/20.500.11850/1234", None),
        ("arXiv:1706.03762v5", "bare-identifier", "https://arxiv.org/abs/1706.03762v5", None),
    ],
)
def test_what_stands_around_an_address_is_left_out(text, reason, suggested, accessed):
    """Notes of access (GOST R 7.0.5 and other habits), anchors of HTML, breaks of a PDF's lines, labels of identifiers."""
    found = inspect(text)
    assert (found.url, found.reason.value, found.suggested, found.accessed) == (None, reason, suggested, accessed)


@pytest.mark.parametrize(
    "url", ["http://a.org/last-visited-2010.html", "http://a.org/(accessed_2010)", "http://a.org/hdl:1/2"]
)
def test_address_that_only_looks_like_a_note_stays(url):
    """Words inside an address belong to it."""
    assert (inspect(url).url, inspect(url).accessed) == (url, None)


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("https://www-jstor-org.proxy.lib.uni.edu/stable/1", "https://www.jstor.org/stable/1"),
        ("http://link--a-springer-com.ezproxy.college.ac.uk/b?c=1", "http://link-a.springer.com/b?c=1"),
        ("https://a-b.proxy.example.com/x", None),
        ("https://proxy-fights.example.com/x", None),
    ],
)
def test_address_behind_a_library_proxy_suggests_the_one_for_everybody(url, meant):
    """EZproxy's names: a dot is one hyphen, a hyphen two. The address itself is still asked."""
    assert (inspect(url).url, inspect(url).suggested) == (url, meant)


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("http://www.tаjikistan.tj/a", "http://www.tajikistan.tj/a"),
        ("http://www.оsce.org/т", "http://www.osce.org/т"),
        ("http://тоҷикистон.tj/a", None),
        ("http://www.x.org/сто", None),
    ],
)
def test_letter_of_another_script_in_a_latin_host_is_a_slip(url, meant):
    """Registries allow no name of two scripts (ICANN); a name in Cyrillic, and a path, stay."""
    assert (inspect(url).url, inspect(url).suggested) == (url, meant)
