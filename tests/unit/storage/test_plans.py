"""What is asked often finds its rows by an index, on SQLite, as it is asked."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.domain.ids import ChannelId, CommunityId, GameId
from bot.storage.opening import open_store
from tests.clocks import FakeClock
from tests.contract.test_store_dailies import a_daily
from tests.contract.test_store_games import add, in_round
from tests.contract.test_store_posts import a_post
from tests.factories import NOON, a_game, player

LOBBY = ChannelId("web/lobby")
WEB = CommunityId("web")
LEASE = NOON + timedelta(seconds=30)

ASKED = {
    "claim of channels": (
        lambda w: w.posts.claim(now=NOON, lease_until=LEASE, channels=[LOBBY], limit=9),
        ("posts_waiting",),
    ),
    "claim": (lambda w: w.posts.claim(now=NOON, lease_until=LEASE, channels=None, limit=9), ("posts_due",)),
    "waiting channels": (
        lambda w: w.posts.waiting_channels(now=NOON, platforms=["web"], limit=9),
        ("posts_waiting",),
    ),
    "end leases": (lambda w: w.posts.end_leases(now=NOON), ("posts_due",)),
    "dailies due": (lambda w: w.dailies.due(now=NOON, platforms=["web"], limit=9), ("dailies_due",)),
    "following dailies": (lambda w: w.dailies.following(LOBBY, limit=9), ("sqlite_autoindex_dailies_1",)),
    "running game": (lambda w: w.games.running_in(LOBBY), ("one_running_game_a_channel",)),
    "waking": (lambda w: w.games.waking(until=NOON), ("games_waking",)),
    "guesses": (lambda w: w.guesses.of_round(GameId("g"), 1), ("sqlite_autoindex_guesses_1",)),
    "standings of a channel": (
        lambda w: w.scores.standings(community=WEB, channel=LOBBY, since=NOON, limit=9),
        ("awards_of_channel", "wins_of_player"),
    ),
    "standings of a community": (
        lambda w: w.scores.standings(community=WEB, channel=None, since=NOON, limit=9),
        ("awards_of_community", "wins_of_player"),
    ),
    "record": (lambda w: w.scores.record(player("Ana"), WEB), ("awards_of_player", "wins_of_player")),
    "recent": (lambda w: w.cursors.recent(LOBBY), ("recent_of_channel",)),
    "prune": (lambda w: w.seen.prune(now=NOON), ("ix_seen_at",)),
    "dailies of a community": (lambda w: w.dailies.of_community(WEB, limit=9), ("ix_dailies_community",)),
}


@pytest.mark.parametrize("what", ASKED)
async def test_what_is_asked_often_is_found_by_an_index(tmp_path, what):
    ask, indexes = ASKED[what]
    database = tmp_path / "lalabot.db"
    store = await open_store(f"sqlite+aiosqlite:///{database}", FakeClock())
    await _fill(store)
    asked = []
    engine = store._connections._engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2:4]))
    async with store.begin() as work:
        await ask(work)
    await store.close()
    plan = _plan(database, asked)
    scans = [line for line in plan if line.startswith("SCAN") and not line.startswith(("SCAN anon", "SCAN (sub"))]
    assert scans == [], plan
    for index in indexes:
        assert any(index in line for line in plan), plan


async def _fill(store):
    await add(store, in_round(a_game()))
    async with store.begin() as work:
        await work.posts.add([a_post(f"p{n}") for n in range(3)], now=NOON)
        await work.dailies.save(a_daily())


def _plan(database, asked):
    connection = sqlite3.connect(database)
    lines = []
    for statement, parameters in asked:
        given = parameters[0] if isinstance(parameters, list) else parameters
        lines += [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)]
    connection.close()
    return lines
