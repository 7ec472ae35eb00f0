"""The brake before a ban: Discord shuts an address out for 10,000 refused requests in ten minutes. Ours stops at a fifth of that."""

import asyncio
import logging
from collections import deque
from types import SimpleNamespace
from typing import Final

import aiohttp

from adapters.discord.errors import TooManyInvalid
from adapters.discord.limits import INVALID_ALLOWED, INVALID_WINDOW_S

log = logging.getLogger(__name__)

COUNTED: Final = frozenset((401, 403, 429))
SHARED: Final = "shared"
"""A 429 of this scope is caused by others, and does not count."""


class InvalidRequests:
    """Watches every request of a client, interactions' answers included, as aiohttp traces them."""

    def __init__(self, *, allowed: int = INVALID_ALLOWED, window_s: float = INVALID_WINDOW_S) -> None:
        self._allowed = allowed
        self._window_s = window_s
        self._times: deque[float] = deque()

    def trace(self) -> aiohttp.TraceConfig:
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        config.on_request_end.append(self._after)
        return config

    def count(self, status: int, scope: str | None, now: float) -> None:
        """An answer came, at ``now`` on the event loop's clock."""
        if status in COUNTED and not (status == 429 and scope == SHARED):
            self._times.append(now)
            if len(self._times) == self._allowed:
                log.error("Discord refused too many requests: none is sent for a while", extra={"count": self._allowed})

    def wait_s(self, now: float) -> float:
        """How long nothing may be sent; 0 while all is well."""
        while self._times and self._times[0] <= now - self._window_s:
            self._times.popleft()
        return self._times[0] + self._window_s - now if len(self._times) >= self._allowed else 0.0

    async def _before(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        wait_s = self.wait_s(asyncio.get_running_loop().time())
        if wait_s > 0:
            raise TooManyInvalid(wait_s)

    async def _after(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        response = params.response
        self.count(response.status, response.headers.get("X-RateLimit-Scope"), asyncio.get_running_loop().time())
