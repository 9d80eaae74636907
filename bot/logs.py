"""Logs that carry ids of rows, counts, durations and kinds, and never a word of a person.

Four rules keep it so. Libraries speak from WARNING on, whatever the level; ours speak as set. A message is
a constant: of its arguments only small numbers are written out, of anything else its type. Facts go into
`extra` under the names of `FIELDS`, where a text must look like a name, not like prose. A failure is
written as types, codes and places, without the exception's own text and without source lines, since both
may quote people.
"""

import asyncio
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO

from bot.settings import Settings, hide_secrets

FIELDS = (
    *("nudge", "outbox", "reminder"),
    *("attempt", "bytes", "count", "failed", "pending", "port", "rows", "sent", "total"),
    *("late_ms", "ms", "retry_s", "seconds"),
    *("dialogue", "host", "kind", "language", "outcome", "part", "platform", "reason", "schema", "signal"),
    *("state", "status", "step", "task", "verb", "version"),
    "whose",
    "failure",
)
LIBRARIES = (
    *("aiosqlite", "alembic", "apscheduler", "asyncio", "asyncpg", "discord", "httpcore", "httpx"),
    *("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "telegram", "telegram.ext"),
    *("uvicorn", "uvicorn.access", "uvicorn.error", "websockets"),
)
CODES = ("sqlstate", "sqlite_errorname", "errno")
OURS = "bot"
SHORTEST_SECRET = 4
PLACES_SHOWN = 12
CAUSES_SHOWN = 5
LARGEST_NUMBER = 99_999

_NAME = re.compile(r"[\w.:+/-]{1,80}", re.ASCII)
_log = logging.getLogger(__name__)


class Failure(str):
    """What `describe` says: the one text with spaces that a log may carry as a fact."""

    __slots__ = ()


def configure_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Send all logs to `stream` (None: standard error), in the level and format of `settings`.

    Takes the place of whatever was configured before, so it may be called again.
    """
    handler = logging.StreamHandler(stream)
    handler.addFilter(_speaks_up)
    formatter = JsonFormatter if settings.log_format == "json" else TextFormatter
    handler.setFormatter(formatter(settings.secrets))
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    level = logging.getLevelNamesMapping()[settings.log_level]
    root.setLevel(max(level, logging.WARNING))
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(root.level)
    logging.getLogger(OURS).setLevel(level)


def catch_uncaught() -> None:
    """Have failures that nobody caught or could catch logged instead of printed."""
    sys.excepthook = _log_uncaught
    sys.unraisablehook = _log_hidden
    threading.excepthook = _log_hidden


def log_loop_failure(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An exception handler for event loops; their own would print what a task failed with."""
    _log.error("failure in the event loop", extra={"failure": describe(context.get("exception"))})


def describe(error: BaseException | None) -> Failure:
    """Types, codes and places of `error` and of what caused it, innermost place first.

    Holds neither its text nor any source line; "none" where there is no error.
    """
    described = [_described(link) for link in _chain(error)]
    return Failure(" from ".join(described) or "none")


class TextFormatter(logging.Formatter):
    """One line a record: time (UTC), level, logger, message, then `name=value` for each fact."""

    def __init__(self, secrets: frozenset[str]) -> None:
        super().__init__()
        known = [secret for secret in secrets if len(secret) >= SHORTEST_SECRET]
        self._secrets = sorted(known, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line without an end."""
        facts = self.facts(record)
        lead = [facts.pop(name) for name in ("time", "level", "logger", "message")]
        return " ".join([*lead, *(f"{name}={value}" for name, value in facts.items())])

    def facts(self, record: logging.LogRecord) -> dict[str, Any]:
        """All that may be told of a record, in order."""
        facts: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        given = record.__dict__
        facts |= {name: _fact(given[name]) for name in FIELDS if name in given}
        if record.exc_info and record.exc_info[1]:
            facts["failure"] = describe(record.exc_info[1])
        return {name: self._without_secrets(value) for name, value in facts.items()}

    def _without_secrets(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        for secret in self._secrets:
            value = value.replace(secret, "***")
        return hide_secrets(value)


class JsonFormatter(TextFormatter):
    """One JSON object a record, with the same facts."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line without an end."""
        return json.dumps(self.facts(record), ensure_ascii=False)


def _speaks_up(record: logging.LogRecord) -> bool:
    """Whether a record may pass: a library may have set its own level back down."""
    is_ours = record.name == OURS or record.name.startswith(f"{OURS}.")
    return is_ours or record.levelno >= logging.WARNING


def _message(record: logging.LogRecord) -> str:
    """The first line of the message, filled with small numbers and with the types of all else."""
    template = record.msg if isinstance(record.msg, str) else str(_argument(record.msg))
    args = record.args
    try:
        if isinstance(args, tuple) and args:
            template %= tuple(_argument(value) for value in args)
        elif isinstance(args, dict) and args:
            template %= {name: _argument(value) for name, value in args.items()}
    except (TypeError, ValueError, KeyError):
        template += " <arguments that do not fit>"
    return template.partition("\n")[0]


def _argument(value: object) -> object:
    """A number as it is, unless it is large enough to be somebody's id; of all else the type."""
    if isinstance(value, int | float) and abs(value) <= LARGEST_NUMBER:
        return value
    return f"<{_kind(value) if isinstance(value, BaseException) else type(value).__name__}>"


def _fact(value: object) -> object:
    if value is None or isinstance(value, int | float | Failure):
        return value
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    return f"<{type(value).__name__}>"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(CAUSES_SHOWN):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _described(error: BaseException) -> str:
    described = " < ".join([_kind(error), *_places(error.__traceback__)])
    if isinstance(error, BaseExceptionGroup):
        described += f" of ({', '.join(describe(part) for part in error.exceptions)})"
    return described


def _kind(error: BaseException) -> str:
    """The name of the type, with the code that systems and databases give in place of words."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    code = next((getattr(error, code) for code in CODES if getattr(error, code, None)), None)
    return name if code is None else f"{name}[{code}]"


def _places(trace: TracebackType | None) -> list[str]:
    steps = [(frame.f_code, line) for frame, line in walk_tb(trace)][-PLACES_SHOWN:]
    return [f"{_short(code.co_filename)}:{line} {code.co_name}" for code, line in reversed(steps)]


def _short(filename: str) -> str:
    """The path from the package on: it says enough, and nothing of whose machine this is."""
    parts = PurePath(filename).parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return "/".join(parts[parts.index(OURS) :]) if OURS in parts else PurePath(filename).name


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("uncaught failure", extra={"failure": describe(error.with_traceback(trace))})


def _log_hidden(failed: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
    _log.critical("uncaught failure aside", extra={"failure": describe(failed.exc_value)})
