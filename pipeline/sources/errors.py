"""Why something was not fetched: one small tree of causes, each with its code and a sentence of advice."""

from __future__ import annotations

from typing import ClassVar


class NotFetched(Exception):
    """Something that a source lists could not be had. The message says what, without figures that change each night."""

    code: ClassVar[str] = "not fetched"
    advice: ClassVar[str] = "Open the address in a browser and compare."


class Refused(NotFetched):
    """The server will not serve us: 401 or 403, or a block page, even one that was sent with 200."""

    code = "refused"
    advice = "Ask the council to let the user agent in, or save the papers by hand and list their folder."


class Disallowed(NotFetched):
    """The host's robots.txt does not allow the address."""

    code = "robots"
    advice = "Respect it: ask the council, or save the papers by hand and list their folder."


class NotThere(NotFetched):
    """The server has nothing at the address: 404, 410 or another 4xx."""

    code = "not there"
    advice = "The council may have taken it down; look at the meeting's page."


class Elsewhere(NotFetched):
    """The address, or where it leads, is on a host that the settings do not name, or on a private address."""

    code = "elsewhere"
    advice = "If the host is the council's own, name it under `hosts` in the council's settings."


class TooLarge(NotFetched):
    """The answer is larger than the settings allow; it was dropped while it came in."""

    code = "too large"
    advice = "If it is a real paper, raise `paper_megabytes` in the council's settings."


class NotAPaper(NotFetched):
    """What came is no PDF."""

    code = "no paper"
    advice = "Look at the address: it may be a web page, a word processor's file, or a link to another site."


class BrokenAnswer(NotFetched):
    """The web service sent something that is not the XML it should be."""

    code = "broken answer"
    advice = (
        "If it stays so, the host differs from what is known: see docs/nightly.md, and tell the maintainers."
    )


class Disabled(NotFetched):
    """There is no web service at the address, or it is switched off."""

    code = "no service"
    advice = (
        "Check the address in the council's settings; else save the papers by hand and list their folder."
    )


class OddListing(NotFetched):
    """What a host lists cannot be: a date that is none, or no committee that the settings want."""

    code = "odd listing"
    advice = "Look at the host's list, and at `committees` in the council's settings."


class GivenUp(NotFetched):
    """A host that failed many times in a row is left alone for the rest of the night."""

    code = "host given up"
    advice = "It is asked again next night; if it stays so, look at the host."


class Passing(NotFetched):
    """A fault that may pass: it is tried again, with growing pauses and an end. `wait` is what the server asked for."""

    code = "fault"
    advice = "It is tried again on the following nights; if it stays so, look at the host."

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Busy(Passing):
    """The server asks us to come back later: 429 or 503."""

    code = "busy"


class ServerFault(Passing):
    """The server failed: another 5xx."""

    code = "server fault"


class Slow(Passing):
    """The answer did not come, or did not end, in the time that the settings allow."""

    code = "slow"


class Unanswered(Passing):
    """No connection, or one that broke off."""

    code = "unanswered"
