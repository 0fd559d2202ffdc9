"""From PDF to Document. The door: `read_document`; nothing else of this package opens or promises anything."""

from extract.errors import Crashed, Encrypted, LimitReached, NotAPdf, NotRead, Unreachable, Unreadable
from extract.limits import Limits
from extract.sandbox import Reading, Sandbox, SandboxError, printable, read_document, sandbox

__all__ = [
    "Crashed",
    "Encrypted",
    "LimitReached",
    "Limits",
    "NotAPdf",
    "NotRead",
    "Reading",
    "Sandbox",
    "SandboxError",
    "Unreachable",
    "Unreadable",
    "printable",
    "read_document",
    "sandbox",
]
