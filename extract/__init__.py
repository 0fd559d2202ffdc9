"""From PDF to Document. The doors: `read_document`, and `view_page` for a page as a picture; nothing else of this package opens or promises anything."""

from extract.errors import Crashed, Encrypted, LimitReached, NotAPdf, NotRead, Unreachable, Unreadable
from extract.limits import Limits
from extract.sandbox import Reading, Sandbox, SandboxError, printable, read_document, sandbox
from extract.viewing import View, view_page

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
    "View",
    "printable",
    "read_document",
    "sandbox",
    "view_page",
]
