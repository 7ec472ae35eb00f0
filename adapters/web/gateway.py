"""The browser room as a chat platform: what the core posts stands in the room's own store, and on every page at once."""

from typing import Final

from adapters.web.hub import Hub
from adapters.web.inbound import PLATFORM, room_of
from adapters.web.limits import EDIT_INTERVAL_S
from adapters.web.render import Json, render_card
from bot.domain.errors import StorageError
from bot.domain.ids import ChannelId, MessageRef, PlayerId
from bot.ports.cards import Card
from bot.ports.chat import Capabilities, MessageGone, Posted, Uncertain
from bot.ports.store import Store
from bot.ports.time import Clock

CAPABILITIES: Final = Capabilities(repeats_are_dropped=True, private_unprompted=True, edit_interval_s=EDIT_INTERVAL_S)
BOT: Final = ""
"""The author of what the bot says unprompted."""


def card_body(card: Card) -> Json:
    return {"kind": "card", "card": render_card(card)}


class WebGateway:
    """Can post from the start, whether or not a server runs: the messages are there when a page comes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.hub = Hub(store, clock)

    @property
    def platform(self) -> str:
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def post(self, channel: ChannelId, card: Card, *, key: str) -> Posted:
        try:
            message = await self.hub.append(room_of(channel), key=key, author=BOT, body=card_body(card))
        except StorageError as error:
            raise Uncertain(str(error)) from error
        return Posted(MessageRef(str(message.id)), message.at)

    async def edit(self, channel: ChannelId, message: MessageRef, card: Card) -> None:
        try:
            found = await self.hub.change(room_of(channel), int(message), card_body(card))
        except StorageError as error:
            raise Uncertain(str(error)) from error
        if not found:
            raise MessageGone(f"no message {message} in {channel}")

    async def whisper(self, channel: ChannelId, player: PlayerId, card: Card) -> bool:
        return self.hub.whisper(room_of(channel), player, card)

    def link(self, channel: ChannelId, message: MessageRef) -> str | None:
        """Within the room's page: ``#m12``."""
        return f"#m{message}"
