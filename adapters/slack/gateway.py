"""Slack as the core's chat gateway: posts with the bot's token, paced, and every refusal by its name."""

import logging
from collections.abc import Callable, Mapping
from typing import Final

from adapters.slack.api import Answer, Refusal, Web
from adapters.slack.ids import PLATFORM, spot_of
from adapters.slack.inbound import instant
from adapters.slack.limits import EDIT_INTERVAL_S
from adapters.slack.pace import Pace
from adapters.slack.render import Json, Names, render_brief, render_card
from adapters.slack.workspaces import TOKEN_ENDED, Workspaces
from bot.domain.errors import LalabotError
from bot.domain.ids import ChannelId, MessageRef, PlayerId
from bot.ports.cards import Card
from bot.ports.chat import (
    Capabilities,
    ChannelGone,
    DeliveryError,
    MessageGone,
    NotPermitted,
    Posted,
    Uncertain,
    Unreachable,
)
from bot.ports.time import Clock

log = logging.getLogger(__name__)

CAPABILITIES: Final = Capabilities(repeats_are_dropped=False, private_unprompted=True, edit_interval_s=EDIT_INTERVAL_S)
INVITE: Final = "/invite @lalabot"
TOO_LONG: Final = frozenset(("msg_blocks_too_long", "msg_too_long"))
MESSAGE_GONE: Final = frozenset(("message_not_found", "cant_update_message", "edit_window_closed"))
CHANNEL_GONE: Final = frozenset(("is_archived", "channel_is_archived")) | TOKEN_ENDED
NOT_MEMBER: Final = frozenset(("not_in_channel", "channel_not_found"))
"""Slack calls a private channel "not found" where the bot is no member of it."""

Troubled = Callable[[ChannelId, str], None]
"""A post to that channel failed for good; the word names why (``is_archived``, ``token_revoked``, ``uncertain``). What is only missing
a step or a permission is told by the core."""


class SlackGateway:
    def __init__(self, workspaces: Workspaces, web: Web, clock: Clock, names: Names) -> None:
        self._workspaces = workspaces
        self._web = web
        self._names = names
        self._pace = Pace(clock)
        self.troubled: Troubled = lambda _channel, _word: None

    @property
    def platform(self) -> str:
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def post(self, channel: ChannelId, card: Card, *, key: str) -> Posted:
        await self._pace.turn(channel)
        try:
            answer = await self._post(channel, card)
        except ChannelGone as gone:
            self.troubled(channel, str(gone))
            raise
        except Uncertain:
            self.troubled(channel, "uncertain")
            raise
        at = instant(answer.get("ts"))
        if at is None:
            raise Uncertain(f"Slack told no time stamp of {key}")
        return Posted(MessageRef(str(answer["ts"])), at)

    async def edit(self, channel: ChannelId, message: MessageRef, card: Card) -> None:
        spot = spot_of(channel)
        body = {"channel": spot.id, "ts": message, **render_card(card, self._names)}
        await self._send(spot.team, "chat.update", body)

    async def whisper(self, channel: ChannelId, player: PlayerId, card: Card) -> bool:
        """In the direct messages with the bot: what is only ephemeral would be lost on somebody who is away."""
        person = spot_of(player)
        try:
            await self._send(person.team, "chat.postMessage", {"channel": person.id, **self._message(card)})
        except (DeliveryError, LalabotError) as error:
            log.info("a private word did not arrive", extra={"to": player, "why": str(error)})
            return False
        return True

    def link(self, channel: ChannelId, message: MessageRef) -> str | None:
        spot = spot_of(channel)
        workspace = self._workspaces.at_hand(spot.team)
        if workspace is None or not workspace.url:
            return None
        return f"{workspace.url.rstrip('/')}/archives/{spot.id}/p{message.replace('.', '')}"

    async def call(self, team: str, method: str, body: Mapping[str, object]) -> Answer:
        """Any method, with that workspace's token, once more if only the token was at fault.

        Raises :class:`Refusal`, :class:`ChannelGone`, :class:`Unreachable` or :class:`Uncertain`.
        """
        held_s = self._pace.held_s(team, method)
        if held_s:
            raise Unreachable("asked to wait", retry_after_s=held_s)
        token = await self._token(team)
        try:
            return await self._web.call(method, body, token=token)
        except Unreachable as away:
            if away.retry_after_s is not None:
                self._pace.hold(team, method, away.retry_after_s)
            raise
        except Refusal as refused:
            if refused.error not in TOKEN_ENDED:
                raise
            self._workspaces.distrust(team)
            renewed = await self._token(team)
            if renewed == token:
                raise
            return await self._web.call(method, body, token=renewed)

    async def _token(self, team: str) -> str:
        try:
            workspace = await self._workspaces.find(team)
        except Refusal as refused:
            raise ChannelGone("token_revoked") from refused
        except Uncertain as lost:
            # Only the question about the token was lost: nothing was posted.
            raise Unreachable(str(lost)) from lost
        if workspace is None:
            raise ChannelGone("token_revoked")
        return workspace.token

    async def _post(self, channel: ChannelId, card: Card) -> Answer:
        spot = spot_of(channel)
        try:
            return await self._send(spot.team, "chat.postMessage", {"channel": spot.id, **self._message(card)})
        except _TooLong:
            log.exception("a card was too long for Slack", extra={"channel": channel, "title": card.title})
            body = {"channel": spot.id, **render_brief(card, self._names)}
            return await self._send(spot.team, "chat.postMessage", body)

    def _message(self, card: Card) -> Json:
        # ``mrkdwn`` off: the text is all words of ours and of players, and none of it is markup.
        return {**render_card(card, self._names), "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}

    async def _send(self, team: str, method: str, body: Mapping[str, object]) -> Answer:
        try:
            return await self.call(team, method, body)
        except Refusal as refused:
            raise delivery_error(refused) from refused


class _TooLong(LalabotError):
    pass


def delivery_error(refused: Refusal) -> LalabotError:
    """What a refusal means for a message."""
    error = refused.error
    if error in NOT_MEMBER:
        return NotPermitted(f"{INVITE} ({error})")
    if error in CHANNEL_GONE:
        return ChannelGone("token_revoked" if error in TOKEN_ENDED else "is_archived")
    if error.startswith("restricted_action") or error in {"ekm_access_denied", "not_allowed_token_type"}:
        return NotPermitted(f"posting permissions of the channel ({error})")
    if error == "missing_scope":
        return NotPermitted(f"{refused.needed} (missing_scope)")
    if error in MESSAGE_GONE:
        return MessageGone(error)
    if error in TOO_LONG:
        return _TooLong(error)
    return refused
