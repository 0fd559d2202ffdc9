"""Asking one council's host, with manners: the only module that knows how web requests are made.

allowed host > robots > pause > ask > the status judged > the body taken in under limits; passing faults once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec
import tenacity

from pipeline.knowledge.vocabulary import word_lists
from pipeline.sources.errors import (
    Busy,
    Disallowed,
    Elsewhere,
    GivenUp,
    NotFetched,
    NotThere,
    Passing,
    Refused,
    ServerFault,
    Slow,
    TooLarge,
    Unanswered,
)
from pipeline.sources.hosts import Hosts
from pipeline.sources.robots import ALL_ALLOWED, Robots, robots_of
from pipeline.sources.validators import Validators

PRODUCT = "scrutiny"
VERSION = "0.1"
MEGABYTE = 1_000_000
LONGEST_WAIT = 600.0  # a server that asks for more is left alone until the next night
REDIRECTS = 5
GIVE_UP_AFTER = 8  # failures in a row, each tried several times
_ROBOTS_BYTES = 1_000_000
_OPENING = 4096  # where a block page's words are looked for


class Etiquette(msgspec.Struct, frozen=True):
    """How a host is asked: who to write to, seconds between requests, tries and the first pause between them."""

    contact: str
    pause: float = 2.0
    tries: int = 4
    back_off: float = 5.0
    seconds: float = 180.0

    @property
    def user_agent(self) -> str:
        """The honest name that every request carries."""
        return f"{PRODUCT}/{VERSION} (reads councils' scrutiny papers; {self.contact})"


class Answer(msgspec.Struct, frozen=True):
    """A body that was taken in, or the word that it has not changed."""

    validators: Validators
    content_type: str = ""
    unchanged: bool = False


# Takes in a body's pieces, first to last.
Sink = Callable[[Iterator[bytes]], None]


class _Wanted(msgspec.Struct, frozen=True):
    """What is asked for: who takes the body in, what is known of it, how large it may be, whether robots.txt counts."""

    sink: Sink
    known: Validators
    most_bytes: int
    obedient: bool = True


class Fetcher:
    """One council's host for one night: its pace, its robots.txt, and how often it failed in a row."""

    def __init__(self, hosts: Hosts, etiquette: Etiquette) -> None:
        self._hosts = hosts
        self._etiquette = etiquette
        self._robots: dict[str, Robots] = {}
        self._asked_at: dict[str, float] = {}
        self._failures = 0
        headers = {"User-Agent": etiquette.user_agent, "Accept-Encoding": "identity"}
        patience = httpx.Timeout(etiquette.seconds, connect=min(30.0, etiquette.seconds))
        # No proxy and no netrc from the environment: only what the settings say is asked.
        self._client = httpx.Client(headers=headers, trust_env=False, timeout=patience)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def fetch(self, address: str, sink: Sink, known: Validators, most_bytes: int) -> Answer:
        """Ask for `address`, giving the body to `sink`, or not where it is as `known`. Raises NotFetched."""
        if self._failures >= GIVE_UP_AFTER:
            raise GivenUp("the host failed too often in a row")
        try:
            answer = self._patiently(lambda: self._ask(address, _Wanted(sink, known, most_bytes)))
        except (Passing, Refused) as error:
            self._failures += 1 if _may_pass(error) or isinstance(error, Refused) else GIVE_UP_AFTER
            raise
        self._failures = 0
        return answer

    def text(self, address: str, most_bytes: int) -> bytes:
        """The whole body at `address`. Raises NotFetched."""
        body = _Body()
        self.fetch(address, body.take, Validators(), most_bytes)
        return body.content

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        return tenacity.Retrying(
            retry=tenacity.retry_if_exception(_may_pass),
            stop=tenacity.stop_after_attempt(self._etiquette.tries),
            wait=self._wait,
            reraise=True,
        )(ask)

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """What the server asked for, else twice as long each time."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, Passing) and error.wait is not None else 0.0
        doubled = self._etiquette.back_off * 2.0 ** (state.attempt_number - 1)
        return max(asked, min(doubled, LONGEST_WAIT))

    def _ask(self, address: str, wanted: _Wanted) -> Answer:
        """One try, redirects followed as far as they stay on the council's hosts."""
        for _ in range(REDIRECTS + 1):
            address = self._hosts.checked(address)
            if wanted.obedient:
                self._check_robots(address)
            with self._asked(address, wanted.known.headers()) as response:
                if not response.has_redirect_location:
                    return _taken_in(response, wanted, self._etiquette.seconds)
                address = urljoin(address, response.headers["Location"])
        raise Elsewhere("it leads round in circles")

    @contextmanager
    def _asked(self, address: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        self._keep_pace(urlsplit(address).netloc)
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                self._check_peer(response)
                yield response
        except httpx.TimeoutException as error:
            raise Slow("no answer in time") from error
        except httpx.TransportError as error:
            raise Unanswered(f"the connection failed: {type(error).__name__}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Elsewhere(f"not to be asked: {type(error).__name__}") from error

    def _check_peer(self, response: httpx.Response) -> None:
        """Where we ended up counts, not what the name stood for a moment ago."""
        peer = response.extensions["network_stream"].get_extra_info("server_addr")
        if peer:
            self._hosts.check_public([str(peer[0])])

    def _keep_pace(self, host: str) -> None:
        robots = self._robots.get(host, ALL_ALLOWED)
        due = self._asked_at.get(host, float("-inf")) + max(self._etiquette.pause, min(robots.delay, 60.0))
        time.sleep(max(0.0, due - time.monotonic()))
        self._asked_at[host] = time.monotonic()

    def _check_robots(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.netloc not in self._robots:
            self._robots[parts.netloc] = self._robots_of(f"{parts.scheme}://{parts.netloc}/robots.txt")
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if not self._robots[parts.netloc].allows(target or "/"):
            raise Disallowed("robots.txt does not allow it")

    def _robots_of(self, address: str) -> Robots:
        """RFC 9309: no rules where there are none to be had. Raises Passing where the host fails: then nothing is asked."""
        body = _Body()
        try:
            self._ask(address, _Wanted(body.take, Validators(), _ROBOTS_BYTES, obedient=False))
        except Passing:
            raise
        except NotFetched:
            return ALL_ALLOWED
        return robots_of(body.content, PRODUCT)


class _Body:
    """A body kept whole in memory."""

    def __init__(self) -> None:
        self.content = b""

    def take(self, pieces: Iterator[bytes]) -> None:
        """A sink."""
        self.content = b"".join(pieces)


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, Passing) and (error.wait or 0.0) <= LONGEST_WAIT


def _taken_in(response: httpx.Response, wanted: _Wanted, seconds: float) -> Answer:
    _judge(response)
    validators = Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Answer(validators, unchanged=True)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise ServerFault("the answer is packed although we asked for it as it is")
    if _number(response.headers.get("Content-Length", "")) > wanted.most_bytes:
        raise TooLarge("the answer says that it is larger than allowed")
    content_type = response.headers.get("Content-Type", "")
    pieces = _bounded(response.iter_raw(), wanted.most_bytes, seconds)
    wanted.sink(_not_a_block_page(pieces, content_type))
    return Answer(validators, content_type)


def _judge(response: httpx.Response) -> None:
    """Raises what a status that is neither 200 nor 304 means."""
    status = response.status_code
    if status in (httpx.codes.OK, httpx.codes.NOT_MODIFIED):
        return
    if status in (401, 403, 407, 451):
        raise Refused(f"the server answered {status}")
    wait = _seconds_of(response.headers.get("Retry-After", ""))
    if status in (429, 503):
        raise Busy(f"the server answered {status}", wait)
    if status >= 500:
        raise ServerFault(f"the server answered {status}", wait)
    raise NotThere(f"the server answered {status}")


def _number(header: str) -> int:
    return int(header) if header.isascii() and header.isdecimal() and len(header) < 19 else 0


def _seconds_of(retry_after: str) -> float | None:
    """Seconds that a Retry-After header asks for, which may name a day; None where it says nothing."""
    if not retry_after or retry_after.isdecimal():
        return float(_number(retry_after)) if retry_after else None
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def _bounded(pieces: Iterator[bytes], most_bytes: int, seconds: float) -> Iterator[bytes]:
    """The same pieces; raises TooLarge or Slow as soon as there are too many or they take too long."""
    size, until = 0, time.monotonic() + seconds
    for piece in pieces:
        size += len(piece)
        if size > most_bytes:
            raise TooLarge("the answer is larger than allowed")
        if time.monotonic() > until:
            raise Slow("the answer did not end in time")
        yield piece


def _not_a_block_page(pieces: Iterator[bytes], content_type: str) -> Iterator[bytes]:
    """The same pieces; raises Refused where they open like a page that a shield sends."""
    opening = b""
    for piece in pieces:
        opening = (opening + piece)[:_OPENING] if len(opening) < _OPENING else opening
        _check_opening(opening, content_type)
        yield piece


def _check_opening(opening: bytes, content_type: str) -> None:
    words = opening.decode("utf-8", "replace").casefold()
    page = "html" in content_type.casefold() or words.lstrip("\ufeff \r\n\t").startswith(
        ("<html", "<!doctype html")
    )
    if page and any(refusal in words for refusal in word_lists("block_pages")["refusals"]):
        raise Refused("a block page came in the place of the answer")
