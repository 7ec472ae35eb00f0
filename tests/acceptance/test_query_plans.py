"""No statement of everyday reads a table from end to end: what is quick with ten rows must be so with a million."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from bot.storage.opening import open_store
from bot.storage.sql_installations import metadata
from tests.acceptance.table import Table
from tests.clocks import FakeClock

RARE = re.compile(
    r"FROM games\s+WHERE \(?games\.state LIKE"  # forget-me looks for a name in running games' states
    r"|DELETE FROM (reports|room_members|daily_answers|daily_streaks|room_messages)"  # and deletes wherever it stands
    r"|UPDATE dailies SET set_by_name",
    re.DOTALL,
)
WHOLE = re.compile(rf"^SCAN ({'|'.join(metadata.tables)})\b(?!.* USING (COVERING )?INDEX )")


@pytest.fixture
async def looked_at(tmp_path):
    """A store on a file, and every statement that it is given, with its parameters."""
    clock, statements = FakeClock(datetime(2026, 11, 23, 8, 0, tzinfo=UTC)), {}
    path = tmp_path / "lalabot.db"
    store = await open_store(f"sqlite+aiosqlite:///{path}", clock)

    def note(connection, cursor, statement, parameters, context, many):
        statements.setdefault(statement, parameters[0] if many else parameters)

    event.listen(store._connections._engine.sync_engine, "before_cursor_execute", note)
    table = await Table(store, clock).open()
    yield table, statements, path
    await table.close()
    await store.close()


async def play(table):
    """A quiz to its end, three days of daily posts in two channels, with their answers, and everything that one may ask."""
    clock = table.clock
    channels = ("web/lobby", "web/office")
    for channel in channels:
        await table.say("Ana", "/lala daily on time=9:00 zone=UTC kind=fact+question", manager=True, channel=channel)
    await table.say("Ana", "/quiz 2")
    await clock.advance(6)
    for name in ("Ana", "Ben"):
        await table.answer(name)
    for hours in (1, 24, 24):
        await clock.advance(hours * 3600)
        await table.bot.tick()
        await clock.advance(1)
        buttons = [b.id for b in table.newest("daily").card.buttons if ":daily:" in b.id]
        for channel in channels:
            for button in buttons:
                await table.press("Ana", button, channel=channel)
    for line in ("/lalafact", "/quiz scores", "/quiz me", "/lala daily", "/lala daily preview", "/lala daily skip"):
        await table.say("Ana", line, manager=True)
    await table.say("Ana", "/quiz start topic=this-week")
    await table.say("Ana", "/quiz stop")
    await table.press("Ana", "v1:forget")
    async with table.store.begin() as work:
        message = await work.rooms.append("lobby", key="k", author="Ana", body="{}", at=clock.now())
        await work.rooms.change(message.id, "{}")
        await work.rooms.latest("lobby", 50)


async def test_no_statement_of_everyday_reads_a_whole_table(looked_at):
    table, statements, path = looked_at
    await play(table)
    whole = {}
    with closing(sqlite3.connect(path)) as connection:
        for statement, parameters in statements.items():
            if not re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)", statement) or RARE.search(statement):
                continue
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            if found := [step for step in plan if WHOLE.match(step)]:
                whole[statement] = found
    assert whole == {}
    assert len(statements) > 60, "it was looked at"
