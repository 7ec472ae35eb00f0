"""A connection within a transaction, and the statements whose words differ between SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.unbroken import unbroken

Values = Mapping[str, Any]


class Session:
    """One transaction's connection. Without ``writes`` it locks no row, so that it waits for nobody."""

    def __init__(self, connection: AsyncConnection, *, writes: bool) -> None:
        self._connection = connection
        self._writes = writes
        self.is_postgresql = connection.dialect.name == "postgresql"

    async def run(self, statement: Executable, rows: Sequence[Values] | Values | None = None) -> CursorResult[Any]:
        step = self._connection.execute(statement, rows)
        # A server's connections are many, and one that waits there for another's row must be cancellable.
        result: CursorResult[Any] = await (step if self.is_postgresql else unbroken(step))
        return result

    async def one(self, statement: Executable) -> Row[Any] | None:
        return (await self.run(statement)).first()

    async def all(self, statement: Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        return (await self.run(statement, values)).all()

    async def add_new(self, table: Table, row: Values) -> bool:
        """``False``, and nothing changed, where the row collides with one that is there."""
        result = await self.run(_adding(table, self.is_postgresql), [row])
        return result.rowcount == 1

    async def add_missing(self, table: Table, rows: Sequence[Values]) -> None:
        """Inserts, in this order and as one statement, those rows that collide with none that is there."""
        if rows:
            await self.run(_adding(table, self.is_postgresql), rows)

    async def put(self, table: Table, rows: Sequence[Values]) -> None:
        """Inserts rows, or replaces those with the same primary key; one statement, however many."""
        if rows:
            await self.run(_putting(table, tuple(rows[0]), self.is_postgresql), rows)

    def passing(self, statement: Select[Any]) -> Select[Any]:
        """Rows that no other process gets until this transaction ends, those left out that another has."""
        return statement.with_for_update(skip_locked=True) if self.holds else statement

    def held(self, statement: Select[Any], *, of: Table | None = None) -> Select[Any]:
        """The same, waiting for others instead of passing their rows over; ``of`` one of its tables alone."""
        return statement.with_for_update(of=of) if self.holds else statement

    def shared(self, statement: Select[Any]) -> Select[Any]:
        """Rows that nobody changes until this transaction ends; others may share them."""
        return statement.with_for_update(read=True) if self.holds else statement

    @property
    def holds(self) -> bool:
        """Whether rows are locked one by one; SQLite has one writer, and what only looks locks nothing."""
        return self._writes and self.is_postgresql


# Made once each: to make a statement, and to find out that it was compiled before, costs as much as to run it.


@cache
def _adding(table: Table, is_postgresql: bool) -> Executable:  # noqa: FBT001
    statement: Executable = _insert(table, is_postgresql).on_conflict_do_nothing()
    return statement


@cache
def _putting(table: Table, names: tuple[str, ...], is_postgresql: bool) -> Executable:  # noqa: FBT001
    insert = _insert(table, is_postgresql)
    keys = [column.name for column in table.primary_key]
    changed = {name: insert.excluded[name] for name in names if name not in keys}
    statement: Executable = insert.on_conflict_do_update(index_elements=keys, set_=changed)
    return statement


def _insert(table: Table, is_postgresql: bool) -> Any:  # noqa: ANN401, FBT001 - the two dialects' inserts share no type
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)
