"""What is no URL, and what was probably meant (single cases are in link_cases.STRINGS)."""

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
    """UTF-8 where it is, else Latin-1: http.client gives each byte as one letter."""
    assert next_url("http://x.org/", "/тоҷик".encode().decode("latin-1")) == "http://x.org/тоҷик"
    assert next_url("http://x.org/", "/caf\xe9") == "http://x.org/café"


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
