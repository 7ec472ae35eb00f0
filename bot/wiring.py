"""The one place where roles meet those who fill them."""

from collections.abc import Sequence
from pathlib import Path

from bot.app.lalabot import Lalabot
from bot.app.library import Library
from bot.domain.facts import Pack
from bot.packs.loader import load_packs
from bot.ports.chat import ChatGateway
from bot.ports.store import Store
from bot.ports.time import Chance, Clock
from bot.scheduling.tick import Ticker
from bot.settings import Settings
from bot.system.chance import SystemChance
from bot.system.clock import SystemClock


def real_time() -> Clock:
    return SystemClock()


def real_chance() -> Chance:
    return SystemChance()


async def open_store(settings: Settings, clock: Clock) -> Store:
    """The database, upgraded to this program's schema."""
    from bot.storage.opening import open_store as open_database  # noqa: PLC0415 - a fifth of a second to import

    return await open_database(settings.database_url, clock)


def load_library(roots: Sequence[Path]) -> Library:
    packs: tuple[Pack, ...] = load_packs(roots)
    return Library(packs)


def build(
    store: Store, clock: Clock, chance: Chance, library: Library, gateways: Sequence[ChatGateway]
) -> tuple[Lalabot, Ticker]:
    lalabot = Lalabot(store=store, clock=clock, chance=chance, library=library, gateways=gateways)
    return lalabot, Ticker(lalabot.tick)
