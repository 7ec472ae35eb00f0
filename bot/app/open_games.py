"""The games that run, at hand without asking the store for every press."""

from bot.domain.game import Game, Phase
from bot.domain.ids import GameId
from bot.ports.store import Store, StoredGame


class OpenGames:
    """A copy of what the store holds. Another process may have moved a game on, so nothing is decided by the copy alone:
    a guess is guarded by its round's row, a change by the game's version."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._games: dict[GameId, StoredGame] = {}

    def __len__(self) -> int:
        return len(self._games)

    def keep(self, game: Game, version: int) -> None:
        if game.phase is Phase.ENDED:
            self._games.pop(game.id, None)
        else:
            self._games[game.id] = StoredGame(game, version)

    async def find(self, game: GameId) -> Game | None:
        """As last seen here, else as stored."""
        known = self._games.get(game)
        return known.game if known else await self.refresh(game)

    async def refresh(self, game: GameId) -> Game | None:
        """As stored."""
        async with self._store.view() as work:
            stored = await work.games.load(game)
        if stored is None:
            return None
        self.keep(stored.game, stored.version)
        return stored.game
