"""What every store promises of channels, games and their rounds."""

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

from bot.domain.channels import Channel
from bot.domain.facts import Spoiler
from bot.domain.game import Phase
from bot.domain.ids import ChannelId, CommunityId, GameId, PackId, TopicId
from bot.domain.language import Language
from bot.domain.moves import Ending
from bot.domain.rules import AnswerStyle, Mode, Rules
from bot.domain.tallies import Tally
from tests.factories import NOON, a_game, a_guess, asking, player

CHANNEL = ChannelId("web/lobby")
COMMUNITY = CommunityId("web")


def in_round(game, number=1, *, phase=Phase.ASKING, at=NOON):
    asked = asking(game, number=number, at=at)
    return replace(game, phase=phase, round=asked, wake_at=asked.closes_at)


def ended(game):
    return replace(game, phase=Phase.ENDED, wake_at=None, ending=Ending.FINISHED)


async def add(store, game):
    async with store.begin() as work:
        return await work.games.add(game)


async def save(store, game, version):
    async with store.begin() as work:
        return await work.games.save(game, version=version)


async def load(store, game="game000001"):
    async with store.view() as work:
        return await work.games.load(GameId(game))


@asynccontextmanager
async def undone(store):
    """A transaction that fails at its end."""
    with suppress(ZeroDivisionError):
        async with store.begin() as work:
            yield work
            raise ZeroDivisionError


async def test_a_channel_where_nothing_is_set_has_the_defaults(store):
    async with store.view() as work:
        assert await work.channels.load(CHANNEL, COMMUNITY) == Channel(CHANNEL, COMMUNITY)


async def test_a_channel_reads_as_it_was_set_last(store):
    rules = Rules(5, 30, Mode.SURVIVAL, AnswerStyle.MIXED, TopicId("music"))
    channel = Channel(CHANNEL, COMMUNITY, Language.PT_BR, Spoiler.PLOT, rules, PackId("other"))
    async with store.begin() as work:
        await work.channels.save(channel)
        await work.channels.save(replace(channel, id=ChannelId("web/other"), language=None))
    async with store.view() as work:
        assert await work.channels.load(CHANNEL, COMMUNITY) == channel
    async with store.begin() as work:
        await work.channels.save(replace(channel, pack=None, language=Language.EN))
    async with store.view() as work:
        assert await work.channels.load(CHANNEL, COMMUNITY) == replace(channel, pack=None, language=Language.EN)
        assert (await work.channels.load(ChannelId("web/other"), COMMUNITY)).language is None


async def test_a_game_reads_as_it_was_written(store):
    game = in_round(a_game())
    votes = replace(game.round, hint_votes=frozenset({player("Ben")}), shown_at=NOON, hinted_at=NOON)
    game = replace(game, round=votes, tallies=(Tally(player("Ben"), "Ben", 90, 1, 2, 1, 1, 1200, 1, out=True),))
    assert await add(store, game)
    stored = await load(store)
    assert stored.game == game
    assert stored.version == 1


async def test_an_unknown_game_is_none(store):
    assert await load(store) is None


async def test_one_game_at_a_time_runs_in_a_channel(store):
    assert await add(store, a_game())
    assert not await add(store, a_game(game_id="game000002"))
    assert await load(store, "game000002") is None
    assert await add(store, a_game(game_id="game000003", channel="web/other"))
    assert await save(store, ended((await load(store)).game), 1)
    assert await add(store, a_game(game_id="game000002"))
    async with store.view() as work:
        assert (await work.games.running_in(CHANNEL)).game.id == "game000002"
        assert (await work.games.running_in(ChannelId("web/other"))).game.id == "game000003"
        assert await work.games.running_in(ChannelId("web/nowhere")) is None


async def test_of_two_games_opened_at_once_in_a_channel_one_is_added(store, rival):
    games = [a_game(game_id=f"game00000{n}") for n in range(6)]
    added = await asyncio.gather(*(add(store if n % 2 else rival, game) for n, game in enumerate(games)))
    assert sum(added) == 1
    async with store.view() as work:
        assert (await work.games.running_in(CHANNEL)).game == games[added.index(True)]


async def test_a_game_that_somebody_else_saved_is_not_saved(store):
    await add(store, a_game())
    game = (await load(store)).game
    assert await save(store, in_round(game), 1)
    assert not await save(store, ended(game), 1)
    stored = await load(store)
    assert stored.version == 2
    assert stored.game.phase is Phase.ASKING


async def test_of_all_who_save_one_version_at_once_one_succeeds(store, rival):
    await add(store, a_game())
    game = (await load(store)).game
    changes = [replace(game, unanswered=n) for n in range(10)]
    saved = await asyncio.gather(*(save(rival if n % 2 else store, change, 1) for n, change in enumerate(changes)))
    assert sum(saved) == 1
    assert (await load(store)).game == changes[saved.index(True)]


async def test_a_save_that_came_too_late_leaves_the_round_as_it_is(store):
    await add(store, in_round(a_game()))
    game = (await load(store)).game
    closed = replace(game, phase=Phase.REVEALING)
    assert await save(store, closed, 1)
    assert not await save(store, in_round(game, at=NOON + timedelta(hours=1)), 1)
    assert await store.submit_guess(a_guess("Ben")) == "closed"


async def test_games_wake_in_the_order_of_their_instants(store):
    for n, seconds in enumerate((30, 10, 20)):
        game = a_game(game_id=f"game{n}", channel=f"web/{n}", at=NOON + timedelta(seconds=seconds))
        await add(store, game)
    await add(store, ended(a_game(game_id="over", channel="web/over")))
    async with store.view() as work:
        every = await work.games.waking(until=None)
        assert [game for game, _ in every] == ["game1", "game2", "game0"]
        assert every[0][1] == NOON + timedelta(seconds=15)
        until = NOON + timedelta(seconds=25)
        assert [game for game, _ in await work.games.waking(until=until)] == ["game1", "game2"]
        assert [game for game, _ in await work.games.waking(until=None, limit=1)] == ["game1"]
