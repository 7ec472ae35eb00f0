"""The store on SQLite or PostgreSQL."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.guesses import Guess, GuessOutcome
from bot.ports.store import Work
from bot.storage.group_commit import GroupCommit
from bot.storage.guess_writer import GuessRow, GuessWriter, StoredRow
from bot.storage.session import Session
from bot.storage.sql_communities import SqlCommunities
from bot.storage.sql_dailies import SqlDailies
from bot.storage.sql_daily_batches import SqlDailyBatches
from bot.storage.sql_games import SqlChannels, SqlGames, SqlGuesses
from bot.storage.sql_installations import SqlInstallations
from bot.storage.sql_people import SqlNotes, SqlPlayers, SqlReports, SqlRooms, SqlSeen
from bot.storage.sql_pools import SqlCursors
from bot.storage.sql_posts import SqlPosts
from bot.storage.sql_scores import SqlScores


class Connections(Protocol):
    """What differs between the two engines."""

    @property
    def is_shared(self) -> bool: ...

    def transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Committed at the end of the block, undone by an exception."""
        ...

    def view(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Undone at the end of the block."""
        ...

    async def exchange_guesses(self, rows: Sequence[GuessRow]) -> Sequence[StoredRow]: ...

    def is_fault_of_one(self, error: Exception) -> bool: ...

    async def close(self) -> None: ...


class SqlWork:
    """One transaction's view: a repository a subject, over one connection."""

    def __init__(self, session: Session) -> None:
        self.channels = SqlChannels(session)
        self.games = SqlGames(session)
        self.guesses = SqlGuesses(session)
        self.scores = SqlScores(session)
        self.cursors = SqlCursors(session)
        self.posts = SqlPosts(session)
        self.players = SqlPlayers(session)
        self.reports = SqlReports(session)
        self.seen = SqlSeen(session)
        self.rooms = SqlRooms(session)
        self.dailies = SqlDailies(session)
        self.daily_batches = SqlDailyBatches(session)
        self.notes = SqlNotes(session)
        self.communities = SqlCommunities(session)
        self.installations = SqlInstallations(session)


class SqlStore:
    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        writer = GuessWriter(connections.exchange_guesses)
        self._guesses = GroupCommit(writer.write, connections.is_fault_of_one)

    @property
    def is_shared(self) -> bool:
        return self._connections.is_shared

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self._connections.transaction() as connection:
            yield SqlWork(Session(connection, writes=True))

    @asynccontextmanager
    async def view(self) -> AsyncIterator[Work]:
        async with self._connections.view() as connection:
            yield SqlWork(Session(connection, writes=False))

    async def submit_guess(self, guess: Guess) -> GuessOutcome:
        return await self._guesses.submit(guess)

    async def close(self) -> None:
        await self._guesses.drain()
        await self._connections.close()
