"""Which addresses may be asked at all: those on the settings' hosts, on the open internet unless the settings say so."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit, urlunsplit

import msgspec

from pipeline.sources.errors import Elsewhere, Unanswered

_PORTS = {"http": 80, "https": 443}


class Hosts(msgspec.Struct, frozen=True):
    """The hosts of one council: that of its own address, and those named beside it."""

    base: str
    others: tuple[str, ...] = ()
    private: bool = False

    def checked(self, address: str) -> str:
        """`address` without its fragment and in the scheme of the council's own; raises Elsewhere, Unanswered."""
        try:
            parts = urlsplit(address)
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise Elsewhere(f"no web address: {address}") from error
        base = urlsplit(self.base)
        if (parts.scheme, base.scheme, parts.hostname, port) == ("http", "https", base.hostname, 80):
            parts, port = parts._replace(scheme="https", netloc=base.netloc), base.port or 443
        if parts.username or parts.password or not self._named(parts, port):
            raise Elsewhere(f"not a host of this council: {parts.scheme}://{parts.netloc}")
        self.check_public(_numbers_of(parts.hostname or "", port))
        return urlunsplit(parts._replace(fragment=""))

    def names(self, address: str) -> bool:
        """Whether `address` is on one of the hosts; nothing is asked."""
        try:
            parts = urlsplit(address)
            return self._named(parts, parts.port or _PORTS.get(parts.scheme, 0))
        except ValueError:
            return False

    def check_public(self, numbers: list[str]) -> None:
        """Raises Elsewhere where one of `numbers` (IP addresses) is private and the settings do not allow that."""
        for number in numbers:
            if not self.private and not ipaddress.ip_address(number.partition("%")[0]).is_global:
                raise Elsewhere(f"a private address: {number}")

    def _named(self, parts: SplitResult, port: int) -> bool:
        base = urlsplit(self.base)
        if parts.scheme not in _PORTS or not parts.hostname:
            return False
        own = (base.hostname, base.port or _PORTS.get(base.scheme, 0))
        listed = {other.casefold() for other in self.others}
        default = port == _PORTS[parts.scheme]
        return (parts.hostname, port) == own or (
            f"{parts.hostname}:{port}" in listed or (default and parts.hostname in listed)
        )


def _numbers_of(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unanswered(f"the name {host} is not known") from error
    return [str(entry[4][0]) for entry in found]
