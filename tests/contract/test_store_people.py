"""What every store promises to forget, and of the browser rooms."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from bot.domain.game import Phase
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import ChannelId, CommunityId, QuestionId
from bot.domain.language import Language
from bot.domain.moves import Ending
from bot.domain.tallies import Tally
from bot.ports.cards import Card, CardKind
from bot.ports.installations import Installation
from bot.ports.store import Post, PostOutcome, PostState
from bot.storage.sql_installations import metadata
from tests.contract.test_store_dailies import a_daily, a_day, an_answer
from tests.contract.test_store_games import add, in_round, load
from tests.contract.test_store_scores import an_award, award, elsewhere, places, record, standings, win
from tests.factories import NOON, a_game, a_guess, player

LOBBY = ChannelId("web/lobby")
WEB = CommunityId("web")
SECOND = timedelta(seconds=1)


async def forget(store, who):
    async with store.begin() as work:
        await work.players.forget(who, alias="—")


async def everything(store):
    """Every value of every row, as one text."""
    rows: list[str] = []
    async with store.view() as work:
        for table in metadata.sorted_tables:
            found = await work.players._session.all(text(f"SELECT * FROM {table.name}"))
            rows += (str(tuple(row)) for row in found)
    return "\n".join(rows)


async def test_of_a_forgotten_player_nothing_is_left_but_points_under_an_alias(store):
    tallies = (Tally(player("Ana"), "Ana", 90, 1, 1), Tally(player("Ben"), "Ben", 70, 1, 1))
    game = replace(in_round(a_game(host="Ana")), tallies=tallies)
    votes = replace(
        game.round, hint_votes=frozenset({player("Ana")}), skip_votes=frozenset(map(player, ("Ana", "Ben")))
    )
    over = replace(
        a_game(game_id="over", host="Ana"), phase=Phase.ENDED, wake_at=None, ending=Ending.FINISHED, tallies=tallies
    )
    await add(store, over)
    await add(store, replace(game, round=votes))
    await store.submit_guess(a_guess("Ana"))
    await award(store, an_award("Ana", 90), an_award("Ben", 70))
    await win(store, "Ana")
    day = a_day()
    async with store.begin() as work:
        who = player("Ana")
        await work.reports.add(question=QuestionId("q"), channel=LOBBY, player=who, text="no", at=NOON, dedupe_key="r")
        await work.dailies.save(replace(a_daily(), set_by=player("Ben"), set_by_name="Ben"))
        await work.dailies.add_day(day)
        await work.dailies.answer(LOBBY, day.local_date, an_answer("Ana"), dedupe_key="d")
        reveal = Card(CardKind.REVEAL, Language.EN, "Right: Ana")
        await work.posts.add((Post("p", LOBBY, reveal),), now=NOON)
        await work.posts.settle([PostOutcome("p", PostState.SENT)])
        await work.rooms.enter("lobby", who, name="Ana", at=NOON)
        await work.rooms.append("lobby", key="k", author=who, body='{"name": "Ana"}', at=NOON)

    await forget(store, player("Ana"))

    assert "Ana" not in await everything(store)
    assert "web/ana" not in await everything(store)
    running = (await load(store)).game
    assert [(tally.name, tally.points) for tally in running.tallies] == [("—", 90), ("Ben", 70)]
    assert (running.host_name, len(running.round.skip_votes)) == ("—", 2)
    assert [(tally.name, tally.points) for tally in (await load(store, "over")).game.tallies] == [
        ("—", 90),
        ("Ben", 70),
    ]
    assert places(await standings(store)) == [(1, "Ben", 70)]
    assert (await record(store, "Ana")).answers == 0


async def test_a_schedule_goes_on_without_the_name_of_who_set_it(store):
    async with store.begin() as work:
        await work.dailies.save(a_daily())
        await work.players.forget(player("Ana"), alias="—")
        assert await work.dailies.load(LOBBY) == replace(a_daily(), set_by_name="—")


async def test_a_game_in_hand_is_read_again_after_somebody_in_it_was_forgotten(store):
    game = replace(a_game(), tallies=(Tally(player("Ben"), "Ben"),))
    await add(store, game)
    await forget(store, player("Ben"))
    async with store.begin() as work:
        assert not await work.games.save(game, version=1)


async def test_two_who_are_forgotten_stay_two(store):
    """Their points are two players' points, and their votes two votes."""
    game = in_round(replace(a_game(), tallies=(Tally(player("Ana"), "Ana", 90), Tally(player("Ben"), "Ben", 70))))
    both = frozenset((player("Ana"), player("Ben")))
    await add(store, replace(game, round=replace(game.round, skip_votes=both)))
    await forget(store, player("Ana"))
    await forget(store, player("Ben"))
    found = (await load(store)).game
    assert len(found.round.skip_votes) == 2
    assert len({tally.player for tally in found.tallies}) == 2
    assert [(tally.name, tally.points) for tally in found.tallies] == [("—", 90), ("—", 70)]


async def test_who_is_forgotten_may_answer_again(store):
    await add(store, in_round(a_game()))
    await store.submit_guess(a_guess("Ben", option=0, key="1"))
    await store.submit_guess(a_guess("Ben", option=1, key="2"))
    await forget(store, player("Ben"))
    assert await store.submit_guess(a_guess("Ben", option=2, key="3")) is GuessOutcome.ACCEPTED


async def test_players_whose_ids_look_alike_are_not_touched(store):
    """Longer and shorter ones, other letters where a pattern would take any, and the same in capitals."""
    alike = ("web/an_", "web/an_x", "web/an", "web/anx", "xweb/an_", "web/AN_", "web/an%")
    for n, who in enumerate(alike):
        tally = Tally(who, f"name of {who}", 10)
        await add(store, replace(a_game(game_id=f"g{n}", channel=f"web/{n}"), tallies=(tally,)))
        await award(store, replace(an_award("x", 10), player=who, name=f"name of {who}"), game=a_game(game_id=f"g{n}"))
    await forget(store, "web/an_")
    for n, who in enumerate(alike[1:], start=1):
        stored = await load(store, f"g{n}")
        assert stored.version == 1, who
        assert stored.game.tallies[0].name == f"name of {who}"
    assert (await load(store, "g0")).game.tallies[0].name == "—"
    assert len(await standings(store)) == len(alike) - 1


async def test_an_id_with_quotes_and_slashes_is_forgotten_too(store):
    who = 'web/"q\\o\n"é'
    await add(store, replace(a_game(), tallies=(Tally(who, "Q"),)))
    await forget(store, who)
    assert (await load(store)).game.tallies[0].name == "—"


async def test_a_community_is_forgotten_with_all_that_is_known_from_there_alone(store):
    here, there = a_game(channel="slack/T1/C1"), elsewhere("g2", channel="slack/T10/C1", community="slack/T10")
    here = replace(here, community=CommunityId("slack/T1"))
    await add(store, here)
    await add(store, there)
    async with store.view() as work:
        assert await work.communities.running_games(CommunityId("slack/T1")) == (here.id,)
    await award(store, an_award("Ana", 50), an_award("Ben", 40), game=here)
    await award(store, an_award("Ben", 40), game=there)
    async with store.begin() as work:
        await work.communities.forget(CommunityId("slack/T1"))
    assert await load(store) is None
    assert (await load(store, "g2")).game == there
    assert places(await standings(store, community=CommunityId("slack/T1"))) == []
    assert places(await standings(store, community=CommunityId("slack/T10"))) == [(1, "Ben", 40)]
    left = (await everything(store)).replace("slack/T10", "").replace(str(there.host), "").replace(there.host_name, "")
    assert "slack/T1" not in left
    assert "Ana" not in left
    assert "Ben" in left


async def test_a_message_whose_key_exists_is_the_one_that_stands(store, rival):
    async def append(by, key, body):
        async with by.begin() as work:
            return await work.rooms.append("lobby", key=key, author="bot", body=body, at=NOON)

    one = await append(store, "k1", "one")
    assert (one.room, one.author, one.body, one.at) == ("lobby", "bot", "one", NOON)
    assert await append(store, "k1", "other") == one
    at_once = await asyncio.gather(*(append(by, "k2", "two") for by in (store, rival) * 3))
    assert len(set(at_once)) == 1
    assert at_once[0].id > one.id


async def test_a_room_tells_its_latest_messages_the_oldest_first(store):
    async with store.begin() as work:
        for n in range(5):
            await work.rooms.append("lobby", key=f"k{n}", author="bot", body=f"{n}", at=NOON)
        await work.rooms.append("other", key="k0", author="bot", body="other", at=NOON)
        assert [message.body for message in await work.rooms.latest("lobby", 3)] == ["2", "3", "4"]
        assert await work.rooms.latest("empty", 3) == ()


async def test_a_message_is_changed_in_its_place(store):
    async with store.begin() as work:
        one = await work.rooms.append("lobby", key="k1", author="bot", body="one", at=NOON)
        await work.rooms.append("lobby", key="k2", author="bot", body="two", at=NOON)
        assert await work.rooms.change(one.id, "changed") == replace(one, body="changed")
        assert await work.rooms.change(999, "nothing") is None
        assert [message.body for message in await work.rooms.latest("lobby", 9)] == ["changed", "two"]


async def test_who_came_first_to_a_room_is_its_manager(store):
    async with store.begin() as work:
        assert await work.rooms.enter("lobby", player("Ana"), name="Ana", at=NOON) == player("Ana")
        assert await work.rooms.enter("lobby", player("Ben"), name="Ben", at=NOON - SECOND) == player("Ana")
        assert await work.rooms.enter("lobby", player("Ana"), name="Ana", at=NOON + SECOND) == player("Ana")
        assert await work.rooms.enter("other", player("Ben"), name="Ben", at=NOON) == player("Ben")
        assert await work.rooms.name_of("lobby", player("Ben")) == "Ben"
        assert await work.rooms.name_of("lobby", player("Cyd")) is None


async def test_installations_are_kept_changed_listed_and_removed(store):
    async with store.begin() as work:
        for community in ("slack/T2", "slack/T1", "discord/1", "slacker/x", "SLACK/T9"):
            await work.installations.save(Installation(CommunityId(community), "sealed", NOON, NOON))
        changed = Installation(CommunityId("slack/T1"), "sealed again", NOON, NOON + SECOND)
        await work.installations.save(changed)
        assert await work.installations.load(CommunityId("slack/T1")) == changed
        assert await work.installations.communities(platform="slack") == ("slack/T1", "slack/T2")
        await work.installations.remove(CommunityId("slack/T1"))
        assert await work.installations.load(CommunityId("slack/T1")) is None
