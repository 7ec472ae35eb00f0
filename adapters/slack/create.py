"""What a bot of Slack alone is made of, for tests and tools; ``bot.process`` composes many platforms by itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from bot.app.lalabot import Lalabot
from bot.app.library import Library
from bot.domain.guesses import Guess, GuessOutcome
from bot.ports.chat import ChatGateway
from bot.ports.store import Store, Work
from bot.ports.time import Chance, Clock
from bot.settings import Settings


class Ticks(Protocol):
    """What looks every few seconds for what no timer holds."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Composition:
    """What is not given is made from the settings, and only that is closed at the end."""

    def __init__(
        self,
        settings: Settings,
        *,
        store: Store | None,
        clock: Clock | None,
        chance: Chance | None,
        library: Library | None,
    ) -> None:
        from bot import wiring  # noqa: PLC0415 - whoever composes a bot of their own does without

        self.settings = settings
        self.clock = clock or wiring.real_time()
        self.chance = chance or wiring.real_chance()
        self._library = library or wiring.load_library(settings.packs)
        self._own_store = OpenedLater(settings, self.clock)
        self.store: Store = store or self._own_store

    def build(self, gateway: ChatGateway) -> tuple[Lalabot, Ticks]:
        from bot import wiring  # noqa: PLC0415 - see above

        return wiring.build(self.store, self.clock, self.chance, self._library, (gateway,))

    async def close(self) -> None:
        await self._own_store.close()


class OpenedLater:
    """The store of the settings, opened with its first use: opening needs the event loop, and creating a bot does not."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._store: Store | None = None
        self._opening = asyncio.Lock()

    @property
    def is_shared(self) -> bool:
        return self._settings.database_url.startswith("postgresql")

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with (await self._open()).begin() as work:
            yield work

    @asynccontextmanager
    async def view(self) -> AsyncIterator[Work]:
        async with (await self._open()).view() as work:
            yield work

    async def submit_guess(self, guess: Guess) -> GuessOutcome:
        return await (await self._open()).submit_guess(guess)

    async def close(self) -> None:
        if self._store is not None:
            await self._store.close()
            self._store = None

    async def _open(self) -> Store:
        from bot.wiring import open_store  # noqa: PLC0415 - see above

        async with self._opening:
            if self._store is None:
                self._store = await open_store(self._settings, self._clock)
            return self._store
