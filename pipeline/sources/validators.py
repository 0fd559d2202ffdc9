"""What a server says of its content, by which it can be asked later whether that has changed."""

from __future__ import annotations

import msgspec


class Validators(msgspec.Struct, frozen=True):
    """An entity tag and a time of change, as sent; '' for each that was not."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """The conditional headers; none where the server had said nothing."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}
