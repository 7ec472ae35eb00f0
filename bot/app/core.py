"""What the use cases work with, and the scene of one inbound call."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.alarms import Alarms
from bot.app.library import Library
from bot.app.live import LiveCounts
from bot.app.open_games import OpenGames
from bot.app.outbox import Outbox
from bot.app.tasks import Tasks
from bot.domain.catalogue import Catalogue
from bot.domain.channels import Channel
from bot.domain.errors import Reason, Refused
from bot.domain.ids import PlayerId
from bot.domain.language import Language
from bot.ports.cards import Card
from bot.ports.chat import Actor, Audience, ChatGateway, Inbound, Place, Reply
from bot.ports.store import Store
from bot.ports.time import Chance, Clock


@dataclass(frozen=True, slots=True)
class Core:
    store: Store
    clock: Clock
    chance: Chance
    library: Library
    gateways: Mapping[str, ChatGateway]
    games: OpenGames
    outbox: Outbox
    alarms: Alarms
    live: LiveCounts
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class Scene:
    """One inbound call with the channel that it happened in."""

    core: Core
    inbound: Inbound
    channel: Channel

    @property
    def actor(self) -> Actor:
        return self.inbound.actor

    @property
    def player(self) -> PlayerId:
        return self.inbound.actor.player

    @property
    def place(self) -> Place:
        return self.inbound.place

    @property
    def catalogue(self) -> Catalogue:
        return self.core.library.of_channel(self.channel)

    @property
    def public(self) -> Language:
        """What everybody here reads: as set, else the community's own, else English."""
        return self.channel.language or self.place.language or Language.EN

    @property
    def private(self) -> Language:
        """What the one who acts reads."""
        return self.actor.language or self.public

    @property
    def cannot_post(self) -> Refused | None:
        """Why nothing can be posted here, if so: what is missing, or that this is no channel."""
        if self.place.can_post:
            return None
        missing = self.place.missing
        return Refused(Reason.CANNOT_POST, {"missing": missing}) if missing else Refused(Reason.NOT_HERE)

    def whisper(self, card: Card) -> Reply:
        return Reply(card, Audience.ACTOR)


async def scene_of(core: Core, inbound: Inbound) -> Scene:
    async with core.store.view() as work:
        channel = await work.channels.load(inbound.place.channel, inbound.place.community)
    return Scene(core, inbound, channel)
