"""A platform in memory: what was posted, changed and whispered, and any failure that a test asks for."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.ids import MessageRef
from bot.ports.cards import Card
from bot.ports.chat import Capabilities, Posted


@dataclass
class Message:
    ref: MessageRef
    channel: str
    key: str
    card: Card
    versions: list[Card] = field(default_factory=list)


class MemoryGateway:
    """Drops repeats by key, as the browser room does, unless told otherwise."""

    def __init__(self, clock, *, platform="web", repeats_are_dropped=True, private_unprompted=True):
        self.clock = clock
        self.platform = platform
        self.capabilities = Capabilities(repeats_are_dropped, private_unprompted)
        self.messages: list[Message] = []
        self.whispers: list[tuple[str, str, Card]] = []
        self.failures: list[Exception] = []
        self.broken: dict[str, Exception] = {}
        self.latency_s = 0.0
        self.edits = 0
        self.link_base: str | None = "#"

    async def post(self, channel, card, *, key):
        await self._trouble(channel)
        known = next((m for m in self.messages if m.key == key and self.capabilities.repeats_are_dropped), None)
        if known is None:
            known = Message(MessageRef(f"m{len(self.messages) + 1}"), channel, key, card, [card])
            self.messages.append(known)
        return Posted(known.ref, self.clock.now())

    async def edit(self, channel, message, card):
        await self._trouble(channel)
        self.edits += 1
        found = next(m for m in self.messages if m.ref == message)
        found.card = card
        found.versions.append(card)

    async def whisper(self, channel, player, card):
        if not self.capabilities.private_unprompted:
            return False
        self.whispers.append((channel, player, card))
        return True

    def link(self, channel, message):
        return None if self.link_base is None else f"{self.link_base}{message}"

    def in_channel(self, channel):
        return [message for message in self.messages if message.channel == channel]

    async def _trouble(self, channel):
        if self.latency_s:
            await self.clock.sleep_until(self.clock.now() + timedelta(seconds=self.latency_s))
        if channel in self.broken:
            raise self.broken[channel]
        if self.failures:
            raise self.failures.pop(0)
