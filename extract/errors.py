"""Why a document was not read: one small tree of causes, each with its code and a sentence of advice.

An error crosses from the child to its parent as a `Failure` in JSON, never as a pickle: what a hostile file has
taken over may say what it likes, but may not run anything here.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

LimitKind = Literal["time", "cpu", "memory", "pages"]


class NotRead(Exception):
    """A document that was not read. `cause` is one sentence; `detail` may hold a traceback or a library's words.

    `figures` are what was measured of this one attempt; another attempt at the same file gives others.
    """

    name: ClassVar[str] = "crashed"
    advice: ClassVar[str] = "Send the file to the maintainers."

    def __init__(self, cause: str, detail: str = "", figures: str = "") -> None:
        super().__init__(cause, detail, figures)
        self.cause = cause
        self.detail = detail
        self.figures = figures

    @property
    def code(self) -> str:
        """The outcome as the command line, the database and docs/errors.md name it."""
        return self.name

    def __str__(self) -> str:
        return self.cause


class Unreachable(NotRead):
    """The file cannot be opened: gone, forbidden, or changed while it was read."""

    name = "unreachable"
    advice = "Check that the file is still there, complete and readable by you; then ingest again."


class Unreadable(NotRead):
    """The file is meant to be a PDF, but no page can be had from it."""

    name = "unreadable"
    advice = "Open the file in a PDF viewer; if that fails too, ask the council for a sound copy."


class NotAPdf(Unreadable):
    """The file is something else under the name of a PDF: empty, a picture, a web page."""

    advice = (
        "Fetch the paper again: what was saved is no PDF, often an error page or a half finished download."
    )


class Encrypted(NotRead):
    """The file opens only with a password."""

    name = "encrypted"
    advice = "Ask the publisher for a copy without a password."


class LimitReached(NotRead):
    """The document would have cost more than it may. `kind` says more of what."""

    advice = (
        "Look at the file; if it is a real paper, raise the limit in the settings and run `scrutiny retry`."
    )
    causes: ClassVar[dict[LimitKind, str]] = {
        "time": "reading took longer than a document may",
        "cpu": "reading took more processor time than a document may",
        "memory": "reading needed more memory than a document may",
        "pages": "the document has more pages than may be read",
    }

    def __init__(self, kind: LimitKind, detail: str = "", figures: str = "") -> None:
        super().__init__(self.causes[kind], detail, figures)
        self.kind: LimitKind = kind
        self.args = (kind, detail, figures)

    @property
    def code(self) -> str:
        """`limit: time` for both kinds of time, else `limit: memory` or `limit: pages`."""
        return f"limit: {'time' if self.kind == 'cpu' else self.kind}"


class Crashed(NotRead):
    """Reading broke down: the child died, or our own code failed on this document."""

    name = "crashed"
    advice = "A fault of this program or of a library; send the file and the detail to the maintainers."


class Failure(msgspec.Struct, frozen=True):
    """An error as a value: the name of its class and what it was made with."""

    kind: str
    arguments: tuple[str, ...]

    def error(self) -> NotRead:
        """The error again; `Crashed` where the failure names no class of ours or does not fit it."""
        cause, detail, figures = (*self.arguments, "", "", "")[:3]
        if self.kind == LimitReached.__name__:
            return _limit_reached(cause, detail, figures)
        named = _NAMED.get(self.kind)
        if named is None:
            return Crashed(f"an unknown failure ({self.kind})", detail, figures)
        return named(cause, detail, figures)


def failure_of(error: NotRead) -> Failure:
    """The value that `Failure.error` turns back into an equal error; letters that are no text become '?'."""
    parts = (str(part).encode("utf8", "replace").decode("utf8") for part in error.args)
    return Failure(type(error).__name__, tuple(parts))


def _limit_reached(kind: str, detail: str, figures: str) -> NotRead:
    for known in LimitReached.causes:
        if known == kind:
            return LimitReached(known, detail, figures)
    return Crashed(f"an unknown limit ({kind})", detail, figures)


_NAMED: dict[str, type[NotRead]] = {
    cls.__name__: cls for cls in (NotRead, Unreachable, Unreadable, NotAPdf, Encrypted, Crashed)
}

# One code of each outcome with the class that explains it, for docs and exit codes.
OUTCOMES: dict[str, type[NotRead]] = {
    "unreadable": Unreadable,
    "encrypted": Encrypted,
    "limit: time": LimitReached,
    "limit: memory": LimitReached,
    "limit: pages": LimitReached,
    "unreachable": Unreachable,
    "crashed": Crashed,
}
