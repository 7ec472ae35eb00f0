"""The store on SQLite or PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.guesses import Guess, GuessOutcome
from bot.ports.store import Work
from bot.storage.group_commit import GroupCommit
from bot.storage.guess_writer import GuessWriter
from bot.storage.locking import DatabaseLock
from bot.storage.session import Session
from bot.storage.sql_dailies import SqlDailies
from bot.storage.sql_games import SqlChannels, SqlGames, SqlGuesses
from bot.storage.sql_people import SqlNotes, SqlPlayers, SqlReports, SqlRooms, SqlSeen
from bot.storage.sql_pools import SqlCursors
from bot.storage.sql_posts import SqlPosts
from bot.storage.sql_scores import SqlScores


class SqlWork:
    """One transaction's view: a repository a subject, over one connection."""

    def __init__(self, session: Session, *, writes: bool) -> None:
        self.channels = SqlChannels(session)
        self.games = SqlGames(session)
        self.guesses = SqlGuesses(session, writes=writes)
        self.scores = SqlScores(session)
        self.cursors = SqlCursors(session)
        self.posts = SqlPosts(session)
        self.players = SqlPlayers(session)
        self.reports = SqlReports(session)
        self.seen = SqlSeen(session)
        self.rooms = SqlRooms(session)
        self.dailies = SqlDailies(session)
        self.notes = SqlNotes(session)


class SqlStore:
    """``lock`` is held on a file that no other process may share; ``None`` for a server, and for a database in memory.

    SQLite has one writer: its connection is kept, and waited for on this side. A database in memory lives in that connection alone,
    so there views wait as well.
    """

    def __init__(self, engine: AsyncEngine, lock: DatabaseLock | None) -> None:
        self._engine = engine
        self._lock = lock
        self._is_server = engine.dialect.name == "postgresql"
        self._in_memory = not self._is_server and lock is None
        self._writing = asyncio.Lock()
        self._writer: AsyncConnection | None = None
        self._guesses = GroupCommit(GuessWriter(self._transaction, engine.dialect.name).write)

    @property
    def is_shared(self) -> bool:
        return self._is_server

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self._transaction() as connection:
            yield SqlWork(Session(connection), writes=True)

    @asynccontextmanager
    async def view(self) -> AsyncIterator[Work]:
        if self._in_memory:
            async with self._transaction() as connection:
                yield SqlWork(Session(connection), writes=False)
            return
        async with self._engine.connect() as connection:
            if not self._is_server:
                await connection.exec_driver_sql("BEGIN")
            try:
                yield SqlWork(Session(connection), writes=False)
            finally:
                if not self._is_server:
                    await connection.exec_driver_sql("ROLLBACK")

    async def submit_guess(self, guess: Guess) -> GuessOutcome:
        return await self._guesses.submit(guess)

    async def close(self) -> None:
        await self._guesses.drain()
        async with self._writing:
            if self._writer is not None:
                await self._writer.close()
        await self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        if self._is_server:
            async with self._engine.begin() as connection:
                yield connection
            return
        async with self._writing:
            connection = await self._the_writer()
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                await connection.exec_driver_sql("ROLLBACK")
                raise
            await connection.exec_driver_sql("COMMIT")

    async def _the_writer(self) -> AsyncConnection:
        if self._writer is None:
            self._writer = await self._engine.connect()
        return self._writer
