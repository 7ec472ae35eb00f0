"""A statement as one hop to SQLite's thread: SQLAlchemy's own adapter takes four (a cursor, the statement, its rows, the end).

Hops cost more than most statements do, and while a transaction hops, everybody else waits for the one writer.
"""

import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, Final

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_dbapi
from sqlalchemy.util.concurrency import await_


class _Cursor:
    """What SQLAlchemy asks of a cursor, with all rows at hand once a statement has run."""

    server_side: Final = False

    def __init__(self, adapted: "_Connection") -> None:
        self._adapted = adapted
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    def execute(self, operation: str, parameters: Sequence[Any] = ()) -> "_Cursor":
        return self._run(operation, parameters or (), many=False)

    def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> "_Cursor":
        return self._run(operation, parameters, many=True)

    def _run(self, operation: str, parameters: Sequence[Any], *, many: bool) -> "_Cursor":
        try:
            self._rows, self.description, self.rowcount, self.lastrowid = await_(
                self._adapted.hop(_work, operation, parameters, many)
            )
        except Exception as error:
            self._adapted.refuse(error)
        return self

    def fetchone(self) -> Any:  # noqa: ANN401 - a row of whatever was selected
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def __iter__(self) -> Iterator[Any]:
        while self._rows:
            yield self._rows.popleft()

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """It was closed where it ran."""


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls: Any = _Cursor

    async def hop(self, work: Any, *arguments: Any) -> Any:  # noqa: ANN401 - the driver's own
        driver: Any = self._connection
        async with self._execute_mutex:
            return await driver._execute(work, driver._conn, *arguments)  # noqa: SLF001 - its only door to the thread

    def refuse(self, error: Exception) -> None:
        self._handle_exception(error)


class OneHop(AsyncAdapt_aiosqlite_dbapi):
    """Give it to ``create_async_engine`` as its ``module``."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arguments: Any, **options: Any) -> AsyncAdapt_aiosqlite_connection:  # noqa: ANN401 - SQLAlchemy's
        adapted = super().connect(*arguments, **options)
        return _Connection(self, adapted._connection)  # noqa: SLF001 - the same connection, with cursors of another kind


def _work(connection: sqlite3.Connection, operation: str, parameters: Sequence[Any], many: bool) -> tuple[Any, ...]:  # noqa: FBT001
    """In the driver's thread."""
    cursor = connection.executemany(operation, parameters) if many else connection.execute(operation, parameters)
    rows = deque(cursor.fetchall()) if cursor.description else deque()
    found = rows, cursor.description, cursor.rowcount, cursor.lastrowid
    cursor.close()
    return found
