"""Which network a request came from: enough to notice a flood, too little to find a person."""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from innesco.web.door.answers import Scope


def client_of(scope: Scope, headers: Mapping[bytes, bytes], proxies: int) -> str | None:
    """The address of the browser: the socket's, or what the outermost of our proxies saw.

    A client can write into `X-Forwarded-For` what it likes, at the left; each proxy adds at the
    right whom it heard. So of `proxies` that are ours, that many words from the right is the
    last one to be believed.
    """
    said = headers.get(b"x-forwarded-for", b"").split(b",") if proxies else []
    if said and len(said) >= proxies:
        return said[-proxies].strip().decode("latin-1")
    client = scope.get("client")
    return str(client[0]) if client else None


def networks(salt: bytes) -> Callable[[str | None], str | None]:
    """The network's prefix (/24, or /56 of IPv6), hashed with the installation's own salt."""

    @lru_cache(maxsize=65_536)
    def network(address: str | None) -> str | None:
        prefix = prefix_of(address)
        if prefix is None:
            return None
        return hashlib.blake2b(prefix.encode(), key=salt[:64], digest_size=12).hexdigest()

    return network


def prefix_of(address: str | None) -> str | None:
    """`93.41.7.8` → `93.41.7.0/24`; None for what is no address."""
    if address is None:
        return None
    try:
        one = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(one, IPv6Address) and one.ipv4_mapped:
        one = one.ipv4_mapped
    return str(ip_network((one, 24 if one.version == 4 else 56), strict=False))
