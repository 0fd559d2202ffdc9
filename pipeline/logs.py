"""What a run says while it works: on stderr, in colour for a person, as JSON lines for a machine; never on stdout."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog
from structlog.typing import Processor

Form = Literal["auto", "console", "json"]


def set_up_logs(level: str = "warning", form: Form = "auto") -> None:
    """Send every log line, ours and the libraries', to stderr.

    `level` is debug, info, warning, error or critical (ValueError otherwise); `form` is how a line looks: coloured
    words on a terminal and plain words elsewhere ("auto", "console"), or one JSON object a line ("json").
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise ValueError(f"{level!r} is no log level; say debug, info, warning, error or critical")
    logging.basicConfig(level=number, stream=sys.stderr, format="%(name)s: %(message)s", force=True)
    logging.getLogger().handlers[0].setFormatter(_formatter(form))
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def log(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module, `name` being its `__name__`: `log(__name__).info("read", paper="a.pdf", pages=7)`."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger


def _shared() -> list[Processor]:
    """What every line is given, wherever it comes from."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _formatter(form: Form) -> logging.Formatter:
    last: list[Processor]
    if form == "json":
        last = [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(sort_keys=True)]
    else:
        last = [structlog.dev.ConsoleRenderer(colors=form == "auto" and sys.stderr.isatty())]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
