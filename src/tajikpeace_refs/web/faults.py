"""The codes of what prevents an answer; those of ``links.Reason`` with the same names mean the same."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why an address was not asked, or gave no answer."""

    # The server does not answer.
    DNS = "dns"
    DNS_FAILURE = "dns-failure"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    RESET = "reset"
    TIMEOUT = "timeout"
    TLS = "tls"
    BAD_RESPONSE = "bad-response"
    INTERNAL_ERROR = "internal-error"
    # The address must not be asked, or cannot be.
    PRIVATE_ADDRESS = "private-address"
    UNSAFE_PORT = "unsafe-port"
    BAD_SCHEME = "bad-scheme"
    BAD_HOST = "bad-host"
    BAD_PORT = "bad-port"
    # A redirect leads nowhere, or where it must not.
    BAD_REDIRECT = "bad-redirect"
    UNSAFE_REDIRECT = "unsafe-redirect"


class AddressError(ValueError):
    """An address that cannot be asked or must not be; ``fault`` is the code of why."""

    def __init__(self, fault: Fault, message: str = "") -> None:
        self.fault = fault
        super().__init__(message)
