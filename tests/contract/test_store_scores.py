"""What every store promises of points, wins and standings."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.guesses import Award
from bot.domain.ids import ChannelId, CommunityId, QuestionId, TopicId
from bot.domain.standings import PlayerRecord, Standing, TopicRecord
from tests.factories import NOON, a_game, player

WEB = CommunityId("web")
LOBBY = ChannelId("web/lobby")
DAY = timedelta(days=1)


def an_award(name, points, *, right=None, streak=1, elapsed_ms=4_000):
    return Award(player(name), name, points > 0 if right is None else right, points, streak, elapsed_ms)


async def award(store, *awards, game=None, number=1, topic="music", at=NOON):
    async with store.begin() as work:
        await work.scores.add_awards(
            game or a_game(), number, awards, topic=TopicId(topic), question=QuestionId("q"), at=at
        )


async def win(store, *names, game=None, at=NOON):
    async with store.begin() as work:
        await work.scores.add_wins(game or a_game(), [player(name) for name in names], at=at)


async def standings(store, *, community=WEB, channel=None, since=None, limit=10):
    async with store.view() as work:
        return await work.scores.standings(community=community, channel=channel, since=since, limit=limit)


async def record(store, name, community=WEB):
    async with store.view() as work:
        return await work.scores.record(player(name), community)


def places(found):
    return [(standing.rank, standing.name, standing.points) for standing in found]


def elsewhere(game_id, *, channel, community="web"):
    return replace(a_game(game_id=game_id, channel=channel), community=CommunityId(community))


async def test_nobody_answered_nobody_stands(store):
    assert await standings(store) == ()


async def test_points_add_up_the_most_first(store):
    await award(store, an_award("Ana", 50), an_award("Ben", 80), an_award("Cyd", 0))
    await award(store, an_award("Ana", 40), number=2)
    assert await standings(store) == (
        Standing(1, player("Ana"), "Ana", 90, 2, 2, 0),
        Standing(2, player("Ben"), "Ben", 80, 1, 1, 0),
        Standing(3, player("Cyd"), "Cyd", 0, 0, 1, 0),
    )


async def test_equal_points_share_a_rank_by_name_whatever_its_case_and_the_next_is_left_out(store):
    await award(store, *(an_award(name, 50) for name in ("bea", "Ana", "Cyd", "al", "Zoe", "_x")), an_award("Dan", 40))
    found = await standings(store)
    assert places(found)[-1] == (7, "Dan", 40)
    assert [standing.rank for standing in found[:-1]] == [1] * 6
    assert [standing.name for standing in found[:-1]] == ["_x", "al", "Ana", "bea", "Cyd", "Zoe"]


async def test_a_limit_cuts_the_list_not_the_ranks(store):
    await award(store, an_award("Ana", 50), an_award("Ben", 50), an_award("Cyd", 50), an_award("Dan", 60))
    assert places(await standings(store, limit=2)) == [(1, "Dan", 60), (2, "Ana", 50)]


async def test_only_answers_of_the_period_count(store):
    await award(store, an_award("Ana", 50), an_award("Ben", 10), at=NOON - DAY)
    await award(store, an_award("Ben", 20), number=2)
    assert places(await standings(store, since=NOON)) == [(1, "Ben", 20)]
    assert places(await standings(store, since=NOON - DAY)) == [(1, "Ana", 50), (2, "Ben", 30)]


async def test_a_channel_s_and_a_community_s_standings_count_their_own(store):
    await award(store, an_award("Ana", 50))
    await award(store, an_award("Ana", 7), an_award("Ben", 20), game=elsewhere("g2", channel="web/other"))
    await award(store, an_award("Ana", 99), game=elsewhere("g3", channel="discord/1/2", community="discord/1"))
    assert places(await standings(store, channel=LOBBY)) == [(1, "Ana", 50)]
    assert places(await standings(store)) == [(1, "Ana", 57), (2, "Ben", 20)]
    assert places(await standings(store, community=CommunityId("discord/1"))) == [(1, "Ana", 99)]


async def test_wins_count_within_the_same_scope_and_period(store):
    games = {n: a_game(game_id=f"g{n}") for n in range(3)}
    for n, game in games.items():
        await award(store, an_award("Ana", 10), an_award("Ben", 10), game=game, at=NOON + n * DAY)
        await win(store, "Ana", *(["Ben"] if n == 2 else []), game=game, at=NOON + n * DAY)
    await win(store, "Ana", game=elsewhere("g9", channel="web/other"), at=NOON + 2 * DAY)
    assert [(s.name, s.wins) for s in await standings(store, channel=LOBBY)] == [("Ana", 3), ("Ben", 1)]
    assert [(s.name, s.wins) for s in await standings(store)] == [("Ana", 4), ("Ben", 1)]
    assert [(s.name, s.wins) for s in await standings(store, channel=LOBBY, since=NOON + DAY)] == [
        ("Ana", 2),
        ("Ben", 1),
    ]


async def test_what_is_recorded_twice_counts_once(store):
    for _ in range(2):
        await award(store, an_award("Ana", 50))
        await win(store, "Ana", "Ana")
    assert [(s.points, s.answers, s.wins) for s in await standings(store)] == [(50, 1, 1)]


async def test_the_newest_name_is_the_one_shown(store):
    await award(store, an_award("Ana", 50))
    await award(store, replace(an_award("Ana", 50), name="Ana Maria"), number=2)
    assert [standing.name for standing in await standings(store)] == ["Ana Maria"]


async def test_a_round_without_answers_records_nothing(store):
    await award(store)
    await win(store)
    assert await standings(store) == ()


async def test_a_record_sums_up_one_player_in_one_community(store):
    await award(store, an_award("Ana", 50, streak=1, elapsed_ms=3_000), an_award("Ben", 90, streak=9, elapsed_ms=10))
    await award(store, an_award("Ana", 70, streak=2, elapsed_ms=2_000), number=2, topic="story")
    await award(store, an_award("Ana", 0, streak=0, elapsed_ms=1_000), number=3)
    await award(store, an_award("Ana", 20, elapsed_ms=9_000), game=elsewhere("g2", channel="web/other"))
    await award(store, an_award("Ana", 5, elapsed_ms=5), game=elsewhere("g3", channel="slack/1/2", community="slack/1"))
    await win(store, "Ana")
    await win(store, "Ana", game=elsewhere("g3", channel="slack/1/2", community="slack/1"))
    topics = (TopicRecord(TopicId("music"), 2, 3), TopicRecord(TopicId("story"), 1, 1))
    assert await record(store, "Ana") == PlayerRecord(140, 3, 4, 2, 1, 2, 2_000, topics)


async def test_who_never_answered_has_an_empty_record_and_who_was_never_right_no_fastest(store):
    await award(store, an_award("Ben", 0))
    assert await record(store, "Ana") == PlayerRecord(0, 0, 0, 0, 0, 0, None, ())
    assert (await record(store, "Ben")).fastest_ms is None


async def test_a_right_answer_without_points_counts_as_right(store):
    await award(store, an_award("Ana", 0, right=True))
    assert [(s.points, s.right) for s in await standings(store)] == [(0, 1)]
