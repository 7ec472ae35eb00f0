"""A connection within a transaction, and the statements whose words differ between SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Values = Mapping[str, Any]


class Session:
    """One transaction's connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.is_postgresql = connection.dialect.name == "postgresql"

    async def run(self, statement: Executable, rows: Sequence[Values] | None = None) -> CursorResult[Any]:
        result: CursorResult[Any] = await self._connection.execute(statement, rows)
        return result

    async def one(self, statement: Executable) -> Row[Any] | None:
        return (await self._connection.execute(statement)).first()

    async def all(self, statement: Executable) -> Sequence[Row[Any]]:
        return (await self._connection.execute(statement)).all()

    async def add_new(self, table: Table, *rows: Values) -> int:
        """Inserts the rows that collide with none that is there; answers how many were new."""
        if not rows:
            return 0
        added = 0
        for row in rows:
            result = await self.run(self._insert(table).values(row).on_conflict_do_nothing())
            added += result.rowcount
        return added

    async def put(self, table: Table, rows: Sequence[Values]) -> None:
        """Inserts rows, or replaces those with the same primary key."""
        if not rows:
            return
        insert = self._insert(table)
        keys = [column.name for column in table.primary_key]
        changed = {name: insert.excluded[name] for name in rows[0] if name not in keys}
        await self.run(insert.on_conflict_do_update(index_elements=keys, set_=changed), [dict(row) for row in rows])

    def locked(self, statement: Select[Any]) -> Select[Any]:
        """Rows that no other process gets until this transaction ends; SQLite has one writer anyway."""
        return statement.with_for_update(skip_locked=True) if self.is_postgresql else statement

    def held(self, statement: Select[Any]) -> Select[Any]:
        """The same, waiting for others instead of passing their rows over."""
        return statement.with_for_update() if self.is_postgresql else statement

    def _insert(self, table: Table) -> Any:  # noqa: ANN401 - the two dialects' inserts share no type
        return postgresql.insert(table) if self.is_postgresql else sqlite.insert(table)
