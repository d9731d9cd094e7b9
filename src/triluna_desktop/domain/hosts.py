"""Which hosts are this very computer: to them alone a token may go unencrypted."""

from __future__ import annotations

import ipaddress


def is_loopback_host(host: str) -> bool:
    """Whether a host, in lower case and an address of IPv6 without brackets, is the loopback."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
