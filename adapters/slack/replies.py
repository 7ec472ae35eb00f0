"""Answers to one thing that a person did: by its ``response_url`` while that lives, else by what comes closest to it."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Final

from adapters.slack.api import Refusal, Web
from adapters.slack.gateway import SlackGateway
from adapters.slack.inbound import CLOSED, Origin, ReplyLine
from adapters.slack.render import Json, Names, render_card
from bot.domain.errors import LalabotError
from bot.ports.cards import Card
from bot.ports.chat import Audience, Uncertain, Unreachable
from bot.ports.time import Clock

log = logging.getLogger(__name__)

TRIES: Final = 3
LONGEST_WAIT_S: Final = 10.0


class Replies:
    def __init__(self, gateway: SlackGateway, web: Web, clock: Clock, names: Names) -> None:
        self._gateway = gateway
        self._web = web
        self._clock = clock
        self._names = names

    async def show(self, origin: Origin, card: Card, to: Audience) -> Origin:
        """The origin with one use of its line less. Never raises: what cannot be told is logged."""
        body = render_card(card, self._names)
        try:
            line = await self._by_line(origin.line, body, to)
            if line is None:
                await self._otherwise(origin, body, to)
        except LalabotError as error:
            log.warning("an answer did not arrive", extra={"key": origin.key, "why": str(error)})
            return origin
        return replace(origin, line=line or CLOSED)

    async def tell(self, line: ReplyLine, card: Card) -> bool:
        """A private word on a line alone; ``False`` if it is closed."""
        try:
            return await self._by_line(line, render_card(card, self._names), Audience.ACTOR) is not None
        except LalabotError as error:
            log.info("a word did not arrive", extra={"why": str(error)})
            return False

    async def _by_line(self, line: ReplyLine, body: Json, to: Audience) -> ReplyLine | None:
        """``None`` if the line is closed, or turns out to be."""
        kind = "in_channel" if to is Audience.ALL else "ephemeral"
        # An answer is a message of its own: the one that was pressed may be everybody's.
        message = {**body, "response_type": kind, "replace_original": False, "delete_original": False}
        for _ in range(TRIES):
            if not line.is_open(self._clock.now()):
                return None
            line = line.used()
            try:
                await self._web.answer(line.url, message)
            except Unreachable as away:
                await self._pause(away.retry_after_s or 1.0)
            except Uncertain:
                if to is Audience.ALL:
                    raise
            except Refusal as refused:
                log.info("a response_url is closed", extra={"why": str(refused)})
                return None
            else:
                return line
        return None

    async def _otherwise(self, origin: Origin, body: Json, to: Audience) -> None:
        if not origin.channel:
            await self._gateway.call(origin.team, "chat.postMessage", {"channel": origin.user, **body})
        elif to is Audience.ALL:
            await self._gateway.call(origin.team, "chat.postMessage", {"channel": origin.channel, **body})
        else:
            target = {"channel": origin.channel, "user": origin.user}
            await self._gateway.call(origin.team, "chat.postEphemeral", {**target, **body})

    async def _pause(self, seconds: float) -> None:
        await self._clock.sleep_until(self._clock.now() + timedelta(seconds=min(seconds, LONGEST_WAIT_S)))
