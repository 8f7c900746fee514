"""URLs and IP addresses: which may be asked, how a URL is sent, and where a redirect leads. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.web.faults import AddressError, Fault

Network = IPv4Network | IPv6Network

# The "bad ports" of the Fetch standard: ports of services that an HTTP request could be made to misuse.
_PORTS = """
1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115
117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563
587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6379 6566 6665 6666
6667 6668 6669 6679 6697 10080
"""
BAD_PORTS = frozenset(int(port) for port in _PORTS.split())

_SOCKS = re.compile(r"socks\d?[ah]?://", re.IGNORECASE)


def proxy_url(text: str) -> str:
    """Return the URL of a proxy as it is used: one for HTTP, ``http://`` where only host and port are given.

    >>> proxy_url("proxy.example.org:3128"), proxy_url("http://127.0.0.1:8080/")
    ('http://proxy.example.org:3128', 'http://127.0.0.1:8080/')

    Raises:
        UsageError: the text is no such URL, or one of a SOCKS proxy, through which connections could not be guarded.
    """
    if _SOCKS.match(text):
        raise UsageError(f"{text!r} is a SOCKS proxy, which is not supported; name an HTTP proxy: http://HOST:PORT")
    url = text if "://" in text else f"http://{text}"
    shown = url if "@" in text else text  # errors mask the password of a URL
    example = "write one such as http://proxy.example.org:3128"
    try:
        parts = urlsplit(url)
        is_complete = parts.port is not None or "://" in text
        is_proxy = parts.scheme in {"http", "https"} and is_complete and not (parts.path.strip("/") or parts.query)
        host = parts.hostname or ""
        ascii_host(f"[{host}]" if ":" in host else host)
    except ValueError as error:
        raise UsageError(f"{shown!r} is not the address of a proxy ({error}); {example}") from None
    if not is_proxy:
        raise UsageError(f"{shown!r} is not the address of a proxy; {example}")
    return url


_NAT64 = ip_network("64:ff9b::/96")

# What no public page is at, whatever the version of Python knows: the IANA registries of special-purpose addresses
# (IPv4 and IPv6), of multicast addresses, and of the IPv6 address space, which has unicast addresses in 2000::/3 only.
# The anycast addresses in 192.0.0.0/24 and 2001::/23 that the registries call reachable reach the reader's own network.
_FORBIDDEN = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
168.63.129.16/32
::/3 4000::/2 8000::/1
2001::/23 2001:db8::/32 3fff::/20
"""  # 168.63.129.16 is every Azure machine's own host

# Names that only this machine or a private network knows: RFC 6761, RFC 6762 (with appendix G), RFC 8375, and ICANN's
# resolution 2024.07.29.06 (internal). Services of Kubernetes end in svc; metadata.… is a cloud machine's own host.
_LOCAL_NAME = re.compile(
    r"[^.]*|(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|svc)"
    r"|metadata\.(?:goog|tencentyun\.com)"
)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that ``10.0.0.0/8``, ``::1`` … stand for.

    Raises:
        UsageError: a text is no network.
    """
    try:
        return tuple(ip_network(text, strict=False) for text in texts)
    except ValueError as error:
        raise UsageError(f"{error}; write a network such as 127.0.0.0/8") from None


_FORBIDDEN_NETWORKS = networks(_FORBIDDEN.split())


def _meanings(address: str) -> list[IPv4Address | IPv6Address]:
    """Return an IP address and every IPv4 address in it (6to4, Teredo); mapped and NAT64 ones mean the latter only."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if ip in _NAT64:  # what a name server of a network without IPv4 answers (RFC 6147)
        return [IPv4Address(int(ip) & 0xFFFFFFFF)]
    inner = [ip.sixtofour, *(ip.teredo or ())]
    return [ip, *(each for each in inner if each is not None)]


def is_permitted(address: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether an IP address, and every IPv4 address in it, is public or in an allowed network.

    >>> is_permitted("93.184.215.14"), is_permitted("169.254.169.254"), is_permitted("::ffff:10.0.0.1")
    (True, False, False)
    >>> is_permitted("::ffff:127.0.0.1", networks(["127.0.0.1/32"]))
    True
    """
    return all(
        any(ip in network for network in allowed) or not any(ip in network for network in _FORBIDDEN_NETWORKS)
        for ip in _meanings(address)
    )


def is_local_name(host: str) -> bool:
    """Whether a host name is one of this machine or of a private network, so that a proxy must not look it up.

    >>> [is_local_name(each) for each in ("a.localhost", "metadata.google.internal.", "metadata", "internal.org")]
    [True, True, True, False]
    """
    return _LOCAL_NAME.fullmatch(host.lower().removesuffix(".")) is not None


def without_user(text: str) -> str:
    """Return a text with the addresses in it without user name and password, as they are sent.

    >>> without_user("https://archive.org/web/2010/http://reader:secret@x.org/a@b")
    'https://archive.org/web/2010/http://x.org/a@b'
    """
    return re.sub(r"(\b[A-Za-z]{3,6}:[/\\]+)[^\s/\\?#]*@", r"\1", text)


def host_of(url: str) -> str:
    """Return the host of a URL in lower case, or an empty text."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def ascii_host(host: str) -> str:
    """Return a host name in ASCII, as it is looked up (IDNA 2008 after UTS 46: full-width digits become digits).

    Raises:
        AddressError: it is not a host name: a label is empty or too long, or a character is not allowed.
    """
    if not host.isascii():
        import idna  # noqa: PLC0415 - loads when used

        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            # Browsers also look up names that IDNA 2008 forbids, such as emoji.
            labels = re.split("[.\u3002\uff0e\uff61]", host.lower())
            host = ".".join(
                label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels
            )
    labels = host.removesuffix(".").split(".")
    if host.startswith("["):
        return host
    if len(host) > 254 or any(not 0 < len(label) <= 63 for label in labels):
        raise AddressError(Fault.BAD_HOST, "a label of the host is empty or longer than 63 characters")
    if not re.fullmatch(r"[\w.~!$&'()*+;=-]+", host, re.ASCII):
        raise AddressError(Fault.BAD_HOST, f"{host!r} is not a host name")
    if labels[-1].isdigit() and not _is_ipv4(labels):
        raise AddressError(Fault.BAD_HOST, f"{host!r} is neither a name nor an IPv4 address")
    return host


def _is_ipv4(labels: list[str]) -> bool:
    """Whether the labels are an IPv4 address in a form that inet_aton reads: 127.0.0.1, 127.1, 0x7f.1."""
    try:
        numbers = [int(each, 16 if each[:2].lower() == "0x" else 8 if each[0] == "0" else 10) for each in labels]
    except ValueError:
        return False
    return len(numbers) <= 4 and all(n <= 255 for n in numbers[:-1]) and numbers[-1] < 256 ** (5 - len(numbers))


def split_port(netloc: str) -> tuple[str, str, str]:
    """Return user information (with its ``@``), host and port of the authority part of a URL.

    Raises:
        AddressError: a bracket is not closed, or the port is not a number from 1 to 65535.
    """
    user, at, host_port = netloc.rpartition("@")
    match = re.fullmatch(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::(.*))?", host_port)
    if not match:
        raise AddressError(Fault.BAD_PORT if host_port.count(":") > 1 and "[" not in host_port else Fault.BAD_HOST)
    host, port = match[1], match[2] or ""
    if port and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) <= 65535):
        # It is not quoted: it may be the first part of a password.
        raise AddressError(Fault.BAD_PORT, "the port is not a number from 1 to 65535")
    return user + at, host, port


def wire_url(url: str) -> str:
    """Return an http(s) URL as it is sent: in ASCII, percent-encoded only where it must be, without fragment.

    Raises:
        AddressError: scheme, host or port are not those of an http(s) URL.
    """
    try:
        scheme, netloc, path, query, _ = urlsplit(url)
    except ValueError as error:
        raise AddressError(Fault.BAD_HOST, str(error)) from None
    if scheme not in {"http", "https"}:
        raise AddressError(Fault.BAD_SCHEME, f"{scheme!r} is not http or https")
    user, host, port = split_port(netloc)
    if not host:
        raise AddressError(Fault.BAD_HOST, "there is no host")
    if host.startswith("["):
        try:
            ip_address(host[1:-1].partition("%")[0])
        except ValueError:
            raise AddressError(Fault.BAD_HOST, f"{host!r} is not an IPv6 address") from None
    authority = user + ascii_host(host) + (f":{port}" if port else "")
    safe = "%/:=&?~#+!$,;'@()*[]|{}^"
    return urlunsplit((scheme, authority, quote(path, safe) or "/", quote(query, safe), ""))


def slashed(text: str) -> str:
    """Return an address with slashes for the backslashes before its query, as browsers read it."""
    return re.sub(r"^[^?#]+", lambda match: match[0].replace("\\", "/"), text)


def next_url(base: str, location: str) -> str:
    r"""Return the address to which a ``Location`` header in the answer for ``base`` redirects.

    ``location`` is the header as http.client reads it (Latin-1); it is read as UTF-8 if it is valid UTF-8, else its
    bytes are percent-encoded, as browsers do. Without a fragment of its own the new address gets that of ``base``
    (RFC 9110 section 10.2.2).

    >>> next_url("http://x.org/a", "/\xec\xe8\xf0"), next_url("http://x.org/a", "/\xd0\xbc")
    ('http://x.org/%EC%E8%F0', 'http://x.org/м')

    Raises:
        AddressError: ``bad-redirect`` for no address, ``unsafe-redirect`` for one that must not be followed.
    """
    try:
        text = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = re.sub("[\x80-\xff]", lambda byte: f"%{ord(byte[0]):02X}", location)
    text = re.sub(r"[\t\r\n]", "", text).strip()
    text = re.sub(r"^(https?:)[/\\]{2,}", r"\1//", text, flags=re.IGNORECASE)
    if not text:
        raise AddressError(Fault.BAD_REDIRECT, "Location is empty")
    try:
        reference = slashed(text)
        # urljoin would find a host for "http://" in the base.
        target = reference if re.match("https?://", text, re.IGNORECASE) else urljoin(base, reference)
        parts = urlsplit(target)
    except ValueError:
        raise AddressError(Fault.BAD_REDIRECT, f"Location {text!r} is not an address") from None
    if parts.scheme not in {"http", "https"}:
        raise AddressError(Fault.UNSAFE_REDIRECT, f"redirects to {parts.scheme}:")
    try:
        wire_url(target)
        _, _, port = split_port(parts.netloc)
    except AddressError as error:
        raise AddressError(Fault.BAD_REDIRECT, f"Location {text!r}: {error}") from None
    if port and int(port) in BAD_PORTS:
        raise AddressError(Fault.UNSAFE_REDIRECT, f"redirects to port {port}")
    fragment = urldefrag(base).fragment
    return f"{target}#{fragment}" if fragment and not parts.fragment else target
