"""Discord's errors as the core's: what is gone, what is forbidden, what is worth trying again, what nobody can know."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import aiohttp
import discord

from bot.ports.chat import ChannelGone, DeliveryError, MessageGone, NotPermitted, Uncertain, Unreachable

# JSON error codes: docs.discord.com/developers/topics/opcodes-and-status-codes
UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_INTERACTION: Final = 10062
ALREADY_ACKNOWLEDGED: Final = 40060
CANNOT_SEND_TO_USER: Final = 50007
WRONG_CHANNEL_TYPE: Final = 50024
THREAD_ARCHIVED: Final = 50083

UNAUTHORIZED_RETRY_S: Final = 300.0
BAN_RETRY_S: Final = 60.0


class TooManyInvalid(OSError):
    """Our own brake: one more request that Discord refuses could ban the address; nothing was sent."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"Discord refused too many requests: none is sent for {retry_after_s:.0f} s")
        self.retry_after_s = retry_after_s


@contextmanager
def translated(missing: Callable[[], str | None]) -> Iterator[None]:
    """Raises a :class:`DeliveryError` for whatever Discord's library raises.

    ``missing`` names the permission that the bot lacks in the channel; ``None`` if it is not in the guild any more.
    """
    try:
        yield
    except discord.HTTPException as error:
        raise _of_answer(error, missing) from error
    except discord.RateLimited as error:
        raise Unreachable("rate limited", retry_after_s=error.retry_after) from error
    except TooManyInvalid as error:
        raise Unreachable(str(error), retry_after_s=error.retry_after_s) from error
    except aiohttp.ClientConnectorError as error:
        raise Unreachable(f"no connection to Discord: {error}") from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Uncertain(f"the connection to Discord was lost: {error!r}") from error


def _of_answer(error: discord.HTTPException, missing: Callable[[], str | None]) -> DeliveryError:
    if isinstance(error, discord.NotFound):
        return MessageGone(str(error)) if error.code == UNKNOWN_MESSAGE else ChannelGone(str(error))
    if isinstance(error, discord.Forbidden):
        return _of_refusal(error, missing)
    if error.status >= 500:
        # The library has tried five times over 25 s: any of them may have been carried out.
        return Uncertain(str(error))
    if error.status == 429:
        return Unreachable("Discord's edge refuses this address", retry_after_s=_retry_after_s(error))
    if error.status == 401:
        return Unreachable("the bot's token is no longer valid: set DISCORD_TOKEN", retry_after_s=UNAUTHORIZED_RETRY_S)
    if error.code in {THREAD_ARCHIVED, WRONG_CHANNEL_TYPE}:
        return ChannelGone(str(error))
    return DeliveryError(str(error))


def _of_refusal(error: discord.Forbidden, missing: Callable[[], str | None]) -> DeliveryError:
    if error.code == CANNOT_SEND_TO_USER:
        return NotPermitted("messages from this server's members")
    if error.code == THREAD_ARCHIVED:
        return ChannelGone(str(error))
    name = missing()
    return ChannelGone(str(error)) if name is None else NotPermitted(name)


def _retry_after_s(error: discord.HTTPException) -> float:
    try:
        return float(error.response.headers.get("Retry-After", BAN_RETRY_S))
    except ValueError:
        return BAN_RETRY_S
