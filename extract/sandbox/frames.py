"""What passes between a parent and its reading process: requests, endings and answers, each behind its length."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

import msgspec

from extract.sandbox.endings import Ending

READY = b"ready"
DOCUMENT, FAILURE = b"D", b"F"  # the first byte of an answer: a Document or a Failure in JSON follows


class Request(msgspec.Struct, frozen=True):
    """A file to read. Its path goes as bytes, since a file's name need not be text."""

    path: bytes

    @classmethod
    def of(cls, path: Path) -> Request:
        return cls(os.fsencode(path.absolute()))

    @property
    def file(self) -> Path:
        return Path(os.fsdecode(self.path))


class Reply(msgspec.Struct, frozen=True):
    """How the reading of one file ended, and the bytes that it answered."""

    ending: Ending
    answer: bytes


def printable(path: Path) -> str:
    """A path as text that can be written anywhere; a name that is no UTF-8 shows U+FFFD in the places that are none."""
    return os.fsencode(path).decode("utf8", "replace")


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write `data` behind its length in eight bytes."""
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame's bytes; None where the other side ended before or in the middle of one."""
    head = _exactly(stream, 8)
    return None if head is None else _exactly(stream, int.from_bytes(head, "big"))


def _exactly(stream: IO[bytes], size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = stream.read(size - len(data))  # an unbuffered pipe gives what it has
        if not piece:
            return None
        data += piece
    return bytes(data)


def encode_reply(reply: Reply) -> bytes:
    """A reply as bytes, the answer itself left as it is."""
    return msgspec.msgpack.encode(reply)


def decode_reply(data: bytes) -> Reply:
    """The reply again."""
    return msgspec.msgpack.decode(data, type=Reply)
