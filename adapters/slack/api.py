"""Calls to Slack's Web API: one pooled connection, no hidden retry, and every failure as what it means for the message.

slack_sdk would send again after any lost connection; here that happens only where nothing can have arrived.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.limits import REQUEST_TIMEOUT_S, RETRY_AFTER_S
from bot.domain.errors import LalabotError
from bot.ports.chat import Uncertain, Unreachable

log = logging.getLogger(__name__)

Answer = Mapping[str, Any]
DEFAULT_ADDRESS: Final = "https://slack.com/api/"
MAYBE_DONE: Final = frozenset(("internal_error", "fatal_error"))
"""Slack's words for these: "some aspect of the operation may have succeeded"."""
NOT_DONE: Final = frozenset(
    ("ratelimited", "rate_limited", "service_unavailable", "request_timeout", "team_added_to_org")
)


class Refusal(LalabotError):
    """Slack understood and said no; nothing was done."""

    def __init__(self, error: str, *, needed: str = "") -> None:
        super().__init__(f"{error} (needs {needed})" if needed else error)
        self.error = error
        self.needed = needed


class Web:
    """The way to Slack. ``open`` before the first call, inside the event loop; ``close`` at the end."""

    def __init__(self, address: str) -> None:
        self.address = f"{address.rstrip('/')}/" if address else DEFAULT_ADDRESS
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=REQUEST_TIMEOUT_S)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=True)
        return self._session

    def client(self, token: str | None = None) -> AsyncWebClient:
        return AsyncWebClient(token=token, base_url=self.address, session=self.session, retry_handlers=[])

    async def call(self, method: str, body: Mapping[str, object], *, token: str | None = None) -> Answer:
        """Raises :class:`Refusal`, :class:`Unreachable` or :class:`Uncertain`."""
        return (await self.exchange(method, body, token=token))[0]

    async def exchange(
        self, method: str, body: Mapping[str, object], *, token: str | None = None
    ) -> tuple[Answer, Mapping[str, str]]:
        """The same, with the headers of the answer."""
        # Some methods read no JSON; none needs JSON for plain values. A secret stands in the body, never in the address.
        plain = all(isinstance(value, str) for value in body.values())
        arguments: dict[str, Any] = {"data": dict(body)} if plain else {"json": dict(body)}
        try:
            response = await self.client(token).api_call(method, **arguments)
        except SlackApiError as error:
            raise told(error.response) from error
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(f"no connection to Slack for {method}") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Uncertain(f"the connection was lost in {method}: {type(error).__name__}") from error
        data: Answer = response.data if isinstance(response.data, dict) else {}
        return data, response.headers

    async def answer(self, url: str, body: Mapping[str, object]) -> None:
        """To a ``response_url``. Raises as :meth:`call` does."""
        try:
            async with self.session.post(url, json=body) as response:
                text = await response.text()
                if response.status == 429:
                    raise Unreachable("asked to wait", retry_after_s=retry_after_s(response.headers))
                if response.status >= 400:
                    raise Refusal(text[:80] or str(response.status))
        except aiohttp.ClientConnectorError as error:
            raise Unreachable("no connection to Slack for an answer") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Uncertain(f"the connection was lost in an answer: {type(error).__name__}") from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def told(response: Any) -> LalabotError:  # noqa: ANN401 - slack_sdk's own answer, or aiohttp's where it was not JSON
    """What an answer without ``ok`` means."""
    status = int(getattr(response, "status_code", None) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    data = data if isinstance(data, dict) else {}
    error = str(data.get("error") or "")
    if status == 429 or error in {"ratelimited", "rate_limited"}:
        return Unreachable("asked to wait", retry_after_s=retry_after_s(response.headers))
    if error in NOT_DONE or (status == 503 and not error):
        return Unreachable(error or f"Slack answered {status}")
    if error in MAYBE_DONE or status >= 500 or not error:
        return Uncertain(error or f"Slack answered {status}")
    return Refusal(error, needed=str(data.get("needed") or ""))


def retry_after_s(headers: Mapping[str, str]) -> float:
    text = str(headers.get("Retry-After", ""))
    return float(text) if text.isdecimal() else RETRY_AFTER_S
