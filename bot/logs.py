"""Structured logs on standard error, for reading or for collecting, with every secret blotted out."""

import logging
import sys
from collections.abc import Collection

import structlog
from structlog.typing import EventDict, Processor

QUIET = ("aiohttp.access", "apscheduler", "alembic", "aiosqlite", "sqlalchemy", "discord", "slack_bolt", "slack_sdk")


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
        structlog.processors.format_exc_info,
        _Blotter(secrets),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer], foreign_pre_chain=shared
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


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
