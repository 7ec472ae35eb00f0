"""Structured logs on standard error, for reading or for collecting, with every secret blotted out."""

import logging
import sys
from collections.abc import Collection

import structlog
from structlog.typing import EventDict, Processor

VENDORS = ("aiohttp", "apscheduler", "alembic", "aiosqlite", "sqlalchemy", "discord", "slack_bolt", "slack_sdk")
CHATTER = ("voice will NOT be supported", "`token` will be unused", "Retrying...")
"""Warnings of the libraries about what is meant to be so, or what the adapters report in a word of their own."""


def configure_logs(style: str, secrets: Collection[str]) -> None:
    """``style`` is ``console`` or ``json``."""
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _brief_vendors,
        structlog.processors.format_exc_info,
        _Blotter(secrets),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer], foreign_pre_chain=shared
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(_is_worth_reading)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def _is_worth_reading(record: logging.LogRecord) -> bool:
    """All of ours; of the libraries' only what is wrong."""
    if not record.name.startswith(VENDORS):
        return True
    return record.levelno >= logging.WARNING and not any(words in record.getMessage() for words in CHATTER)


def _brief_vendors(_: object, __: str, event: EventDict) -> EventDict:
    """A library's failure in one line: how it came to it is told by our own logs, if it matters."""
    error = event.get("exc_info")
    if error and str(event.get("logger", "")).startswith(VENDORS):
        cause = error[1] if isinstance(error, tuple) else error
        return {**event, "exc_info": None, "cause": repr(cause)}
    return event


class _Blotter:
    """Replaces every secret in every text of a log line."""

    def __init__(self, secrets: Collection[str]) -> None:
        self._secrets = tuple(secret for secret in secrets if len(secret) > 3)

    def __call__(self, _: object, __: str, event: EventDict) -> EventDict:
        return {key: self._blot(value) for key, value in event.items()}

    def _blot(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        for secret in self._secrets:
            value = value.replace(secret, "••••")
        return value
