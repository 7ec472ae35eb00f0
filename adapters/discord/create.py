"""The whole bot with Discord as its only platform, for tests and tools; ``bot.process`` composes many platforms by itself."""

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.app.lalabot import Lalabot
from bot.app.library import Library
from bot.ports.chat import ChatGateway
from bot.ports.store import Store
from bot.ports.time import Chance, Clock

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

TICK: Final = timedelta(seconds=30)
"""What timers hold comes on its second; this is for daily posts and for what another process left."""


class Composition:
    """What is not given is made from the settings, and only that is closed at the end."""

    def __init__(
        self,
        settings: "Settings",
        *,
        store: Store | None,
        clock: Clock | None,
        chance: Chance | None,
        library: Library | None,
    ) -> None:
        from bot import wiring  # noqa: PLC0415 - whoever brings a bot of their own does without

        self._settings = settings
        self._given_store = store
        self._store = store
        self.clock = clock or wiring.real_time()
        self._chance = chance or wiring.real_chance()
        self._library = library
        self._lalabot: Lalabot | None = None
        self._ticking: asyncio.Task[None] | None = None

    async def start(self, gateway: ChatGateway) -> Lalabot:
        from bot import wiring  # noqa: PLC0415 - see above

        self._library = self._library or wiring.load_library(self._settings.packs)
        if self._store is None:
            self._store = await wiring.open_store(self._settings, self.clock)
        # Its own ticker keeps real time; here the clock may be anything.
        self._lalabot, _ = wiring.build(self._store, self.clock, self._chance, self._library, (gateway,))
        await self._lalabot.start()
        self._ticking = asyncio.create_task(self._tick(self._lalabot), name="tick")
        return self._lalabot

    async def stop(self) -> None:
        """What is being sent is finished: Discord must still be there for it."""
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)
        if self._lalabot is not None:
            await self._lalabot.stop()

    async def close(self) -> None:
        if self._given_store is None and self._store is not None:
            await self._store.close()
            self._store = None

    async def _tick(self, lalabot: Lalabot) -> None:
        while True:
            try:
                await lalabot.tick()
            except Exception:
                log.exception("a tick failed")
            await self.clock.sleep_until(self.clock.now() + TICK)
