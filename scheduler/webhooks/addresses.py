"""Which addresses webhooks may be sent to: public ones only, not what stands behind a firewall."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from scheduler.kernel.errors import FieldError, InvalidInput

LONGEST = 500
HTTPS_PORT, HTTP_PORT = 443, 80
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_WRAPPING = tuple(ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""IPv6 networks whose addresses carry one of IPv4 inside, which may be any."""


class AddressRefused(Exception):
    """An endpoint's name leads to nowhere, or to where webhooks must not go."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes.

    Parameters
    ----------
    path
        With the query, as the request names it.
    """

    is_secure: bool
    host: str
    port: int
    path: str


def checked_target(url: str, *, private_addresses: bool) -> Target:
    """An address as people give it, taken apart.

    Parameters
    ----------
    private_addresses
        Whether the operator lets webhooks reach private addresses, and this machine without TLS.

    Raises
    ------
    InvalidInput
        If it is no https address of a public host.
    """
    hint = "an address such as https://hr.example.com/makina"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except ValueError:
        raise _refused(url, "is no address", hint) from None
    local = private_addresses and host in LOOPBACK
    if len(url) > LONGEST or not url.isprintable() or any(sign.isspace() for sign in url):
        raise _refused(url, "is no address", f"{hint}, at most {LONGEST} characters and no blanks")
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise _refused(url, "is not encrypted", hint)
    if not host or port == 0:
        raise _refused(url, "names no host", hint)
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "has a password in it", "the signature tells who sends; leave it out")
    if parts.fragment:
        raise _refused(url, "has a part after #", "leave it out: it is never sent")
    is_secure = parts.scheme == "https"
    if not private_addresses and (host == "localhost" or not _is_name_or_public(host)):
        raise _refused(url, "is a private address", "one that can be reached from the internet")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    path = path if path.isascii() else path.encode("ascii", "backslashreplace").decode()
    return Target(is_secure, host, port or (HTTPS_PORT if is_secure else HTTP_PORT), path)


def addresses_of(target: Target, *, private_addresses: bool) -> list[str]:
    """The addresses that a target's name leads to now; the request goes to one of these and to no other.

    Raises
    ------
    AddressRefused
        If there is none, or one of them is private: a name that leads to both is not to be trusted.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused(f"the name {target.host} leads to no address") from None
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not private_addresses and any(not is_public(ip_address(one.partition("%")[0])) for one in addresses):
        raise AddressRefused(f"{target.host} is a private address")
    return addresses


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the internet.

    Examples
    --------
    >>> [is_public(ip_address(one)) for one in ("8.8.8.8", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in net for net in _WRAPPING):
            return False
    return address.is_global and not address.is_multicast


def _is_name_or_public(host: str) -> bool:
    try:
        return is_public(ip_address(host.partition("%")[0]))
    except ValueError:
        return True


def _refused(url: str, problem: str, hint: str) -> InvalidInput:
    return InvalidInput([FieldError("url", url[:80], problem, hint)])
