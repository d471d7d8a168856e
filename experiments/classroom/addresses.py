"""Where a server is reached: names it answers to, addresses of this machine, and a QR code for telephones."""

from __future__ import annotations

import io
import ipaddress
import socket
from collections.abc import Iterable
from contextlib import suppress

_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_NOWHERE = "192.0.2.1"
"""Kept for documentation: nothing is sent there, but the system says which of its addresses it would use."""


def is_local(host: str) -> bool:
    """Return whether only this machine reaches a server bound to ``host``."""
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def names_of(host: str, allowed: Iterable[str] = ()) -> frozenset[str]:
    """Return the names, without ports, under which a server bound to ``host`` may be asked."""
    names = {*_LOCAL, *(name.lower() for name in allowed)}
    if not is_local(host):
        names.update(bracketed(address) for address in machine_addresses(host))
        names.update({socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"})
    names.add(bracketed(host))
    return frozenset(names - {"0.0.0.0", "[::]", ""})  # noqa: S104 - taken away, not bound to


def machine_addresses(host: str) -> list[str]:
    """Return the addresses at which others may reach a server bound to ``host``."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - asked whether it is so
        return [host]
    found: dict[str, None] = {}
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((_NOWHERE, 9))
        found[probe.getsockname()[0]] = None
    with suppress(OSError):
        for *_, address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found[str(address[0])] = None
    return [address for address in found if not ipaddress.ip_address(address).is_loopback]


def bracketed(host: str) -> str:
    """Return a host as it stands in an address.

    >>> bracketed("::1"), bracketed("10.0.0.7")
    ('[::1]', '10.0.0.7')
    """
    return f"[{host}]" if ":" in host else host


def address_of(host: str, port: int) -> str:
    """Return the address of a page."""
    return f"http://{bracketed(host)}:{port}/"


def qr_text(address: str) -> str:
    """Return an address as a QR code of half blocks, for a terminal."""
    import segno

    drawn = io.StringIO()
    segno.make(address, error="l").terminal(drawn, compact=True, border=2)
    return drawn.getvalue()


def qr_svg(address: str) -> bytes:
    """Return an address as a QR code, black on white: readers of codes do not know dark pages."""
    import segno

    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False)
    return drawn.getvalue()
