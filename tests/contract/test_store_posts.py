"""What every store promises of the messages that the bot owes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import ChannelId, MessageRef
from bot.domain.language import Language
from bot.ports.cards import Card, CardKind, Text
from bot.ports.store import Post, PostOutcome, PostState
from tests.contract.test_store_games import undone
from tests.factories import NOON

LEASE = timedelta(seconds=30)
SECOND = timedelta(seconds=1)


def a_post(key, *, channel="web/lobby", **kwargs):
    return Post(key, ChannelId(channel), Card(CardKind.NOTICE, Language.EN, key, (Text(f"about {key}"),)), **kwargs)


async def add(store, *posts, now=NOON):
    async with store.begin() as work:
        await work.posts.add(posts, now=now)


async def claim(store, *, now=NOON, channels=None, limit=10, lease=LEASE):
    async with store.begin() as work:
        return await work.posts.claim(now=now, lease_until=now + lease, channels=channels, limit=limit)


async def settle(store, key, state, **kwargs):
    async with store.begin() as work:
        await work.posts.settle([PostOutcome(key, state, **kwargs)])


async def load(store, key):
    async with store.view() as work:
        return await work.posts.load(key)


async def waiting(store, *, now=NOON, platforms=("web",), limit=10):
    async with store.view() as work:
        return await work.posts.waiting_channels(now=now, platforms=platforms, limit=limit)


def keys(claimed):
    return [stored.post.key for stored in claimed]


async def test_a_post_reads_as_it_was_added(store):
    post = a_post("one", subject="round:g:1", expires_at=NOON + SECOND)
    await add(store, post)
    stored = await load(store, "one")
    assert stored.post == post
    assert (stored.state, stored.attempts, stored.message, stored.posted_at) == (PostState.DUE, 0, None, None)
    assert await load(store, "two") is None


async def test_a_key_that_exists_is_left_as_it_is(store):
    await add(store, a_post("one", subject="first"))
    await claim(store)
    await settle(store, "one", PostState.SENT, message=MessageRef("m1"), posted_at=NOON)
    await add(store, a_post("one", subject="second"), a_post("two"), a_post("two", subject="twice"))
    stored = await load(store, "one")
    assert (stored.post.subject, stored.state, stored.message) == ("first", PostState.SENT, "m1")
    assert keys(await claim(store)) == ["two"]


async def test_posts_are_claimed_once_in_the_order_in_which_they_were_added(store):
    await add(store, a_post("b"), a_post("a"), a_post("c", channel="web/other"))
    claimed = await claim(store)
    assert keys(claimed) == ["b", "a", "c"]
    assert {(stored.state, stored.attempts) for stored in claimed} == {(PostState.DUE, 1)}
    assert (await load(store, "a")).state is PostState.SENDING
    assert await claim(store) == ()


async def test_no_more_are_claimed_than_asked_for_the_oldest_first(store):
    await add(store, *(a_post(f"p{n}") for n in range(5)))
    assert keys(await claim(store, limit=2)) == ["p0", "p1"]


async def test_one_channel_s_posts_alone_are_claimed_where_it_is_named(store):
    await add(store, a_post("a"), a_post("b", channel="web/other"))
    assert keys(await claim(store, channels=["web/other", "web/none"])) == ["b"]
    assert await claim(store, channels=[]) == ()
    assert keys(await claim(store)) == ["a"]


async def test_a_post_is_not_taken_before_it_is_due(store):
    await add(store, a_post("a"), now=NOON + SECOND)
    assert await claim(store) == ()
    assert await waiting(store) == ()
    assert keys(await claim(store, now=NOON + SECOND)) == ["a"]


async def test_behind_a_post_that_waits_none_of_its_channel_is_taken(store):
    await add(store, a_post("a"), a_post("b"), a_post("else", channel="web/other"))
    assert keys(await claim(store, limit=1)) == ["a"]
    assert keys(await claim(store)) == ["else"], "while a is being sent"
    await settle(store, "a", PostState.DUE, retry_at=NOON + SECOND)
    assert await claim(store) == (), "while a waits for its next try"
    retried = await claim(store, now=NOON + SECOND)
    assert [(stored.post.key, stored.state, stored.attempts) for stored in retried] == [
        ("a", PostState.DUE, 2),
        ("b", PostState.DUE, 1),
    ]


@pytest.mark.parametrize("state", [PostState.SENT, PostState.FAILED, PostState.UNCERTAIN])
async def test_a_post_that_is_settled_stands_in_nobody_s_way_and_is_not_taken_again(store, state):
    await add(store, a_post("a"), a_post("b"))
    await claim(store, limit=1)
    await settle(store, "a", state, error="why")
    assert (await load(store, "a")).state is state
    assert keys(await claim(store, now=NOON + timedelta(days=1))) == ["b"]


async def test_channels_that_must_wait_keep_no_other_from_its_turn(store):
    """However many wait at the head of the line, and whatever the limit."""
    await add(store, *(a_post(f"held{n}", channel=f"web/{n}") for n in range(50)), now=NOON + SECOND)
    await add(store, *(a_post(f"behind{n}", channel=f"web/{n}") for n in range(50)))
    await add(store, a_post("free", channel="web/free"))
    assert await waiting(store) == ("web/free",)
    assert keys(await claim(store, limit=1)) == ["free"]


async def test_a_lease_that_ran_out_gives_the_post_to_the_next_who_asks(store):
    await add(store, a_post("a"))
    await claim(store)
    assert await claim(store, now=NOON + LEASE - SECOND) == ()
    again = await claim(store, now=NOON + LEASE)
    assert [(stored.post.key, stored.state, stored.attempts) for stored in again] == [("a", PostState.SENDING, 2)]


async def test_at_start_every_lease_can_be_ended(store):
    await add(store, a_post("sending"), a_post("retried", channel="web/2"), a_post("sent", channel="web/3"))
    await claim(store)
    await settle(store, "retried", PostState.DUE, retry_at=NOON + SECOND)
    await settle(store, "sent", PostState.SENT)
    async with store.begin() as work:
        await work.posts.end_leases(now=NOON)
    ended = await claim(store)
    assert [(s.post.key, s.state, s.due_at) for s in ended] == [("sending", PostState.SENDING, NOON)]


async def test_a_lease_that_ran_out_before_the_start_is_told_as_it_ran_out(store):
    await add(store, a_post("a"))
    await claim(store)
    later = NOON + timedelta(hours=1)
    async with store.begin() as work:
        await work.posts.end_leases(now=later)
    assert [stored.due_at for stored in await claim(store, now=later)] == [NOON + LEASE]


async def test_a_clock_that_was_set_back_keeps_no_post_waiting(store):
    posts = ("sending", "leased", "retried", "soon")
    await add(store, *(a_post(key, channel=f"web/{key}") for key in posts))
    await claim(store, channels=["web/sending"], lease=timedelta(hours=2))
    await claim(store, channels=["web/leased"], lease=SECOND)
    await settle(store, "retried", PostState.DUE, retry_at=NOON + timedelta(hours=1))
    await settle(store, "soon", PostState.DUE, retry_at=NOON + SECOND)
    async with store.begin() as work:
        await work.posts.bring_forward(now=NOON, retry_at=NOON + 60 * SECOND, lease_until=NOON + LEASE)
    taken = await claim(store)
    assert keys(taken) == ["sending", "retried"]
    assert taken[0].state is PostState.SENDING
    assert taken[0].due_at < NOON - timedelta(days=365), "nobody can tell when it was begun"
    assert keys(await claim(store, now=NOON + SECOND)) == ["leased", "soon"]


async def test_what_is_put_back_unsent_may_be_taken_again_as_it_was(store):
    await add(store, a_post("a"))
    taken = (await claim(store))[0]
    await settle(store, "a", taken.state, retry_at=taken.due_at)
    again = (await claim(store))[0]
    assert (again.state, again.due_at, again.attempts) == (PostState.DUE, NOON, 2)


async def test_many_outcomes_are_recorded_each_its_own(store):
    await add(store, *(a_post(key) for key in "abc"))
    await claim(store)
    async with store.begin() as work:
        await work.posts.settle([])
        await work.posts.settle(
            [
                PostOutcome("a", PostState.SENT, MessageRef("m1"), NOON),
                PostOutcome("b", PostState.DUE, retry_at=NOON + SECOND, error="away"),
                PostOutcome("c", PostState.FAILED, error="gone"),
            ]
        )
    found = [await load(store, key) for key in "abc"]
    assert [(s.state, s.message, s.posted_at) for s in found] == [
        (PostState.SENT, "m1", NOON),
        (PostState.DUE, None, None),
        (PostState.FAILED, None, None),
    ]
    assert found[1].due_at == NOON + SECOND


async def test_what_was_sent_keeps_its_message(store):
    await add(store, a_post("a"))
    await claim(store)
    await settle(store, "a", PostState.SENT, message=MessageRef("m7"), posted_at=NOON + SECOND)
    stored = await load(store, "a")
    assert (stored.message, stored.posted_at) == ("m7", NOON + SECOND)


@pytest.mark.parametrize("state", PostState)
async def test_what_a_post_says_is_forgotten_once_it_is_settled(store, state):
    """Players' names stand in it."""
    await add(store, a_post("a"), a_post("b"))
    await claim(store)
    await settle(store, "a", state, retry_at=NOON)
    is_owed = state in {PostState.DUE, PostState.SENDING}
    assert (await load(store, "a")).post == (a_post("a") if is_owed else replace(a_post("a"), card=None))
    assert (await load(store, "b")).post == a_post("b")


async def test_settled_posts_are_forgotten_after_thirty_days_the_oldest_first(store):
    async def prune(days):
        async with store.begin() as work:
            return await work.posts.prune(now=NOON + timedelta(days=days), limit=2)

    async def left():
        return [key for key in "abcd" if await load(store, key)]

    for n, key in enumerate("abc"):
        await add(store, a_post(key))
        await claim(store, now=NOON + n * SECOND)
        await settle(store, key, PostState.SENT)
    await add(store, a_post("d"))
    assert (await prune(29), await left()) == (0, ["a", "b", "c", "d"])
    assert (await prune(31), await left()) == (2, ["c", "d"])
    assert (await prune(31), await left()) == (1, ["d"]), "what is owed is never forgotten"
    assert await prune(999) == 0


async def test_an_edit_knows_the_message_that_it_changes_once_that_is_sent(store):
    await add(store, a_post("a"), a_post("edit", edits="a"))
    assert (await load(store, "edit")).message is None
    first, second = await claim(store)
    assert (first.message, second.message) == (None, None)
    await settle(store, "a", PostState.SENT, message=MessageRef("m1"), posted_at=NOON)
    assert (await load(store, "edit")).message == "m1"
    later = await claim(store, now=NOON + LEASE)
    assert [(stored.post.edits, stored.message) for stored in later] == [("a", "m1")]
    await settle(store, "edit", PostState.SENT)
    assert (await load(store, "edit")).message == "m1"


async def test_channels_with_posts_to_claim_are_told_the_longest_waiting_first(store):
    for n, channel in enumerate(("web/b", "web/a", "web/c", "web/b")):
        await add(store, a_post(f"p{n}", channel=channel))
    assert await waiting(store) == ("web/b", "web/a", "web/c")
    assert await waiting(store, limit=2) == ("web/b", "web/a")
    await claim(store, channels=["web/b"], limit=1)
    assert await waiting(store) == ("web/a", "web/c"), "what is behind a post that is being sent cannot be claimed"
    await claim(store)
    assert await waiting(store) == ()
    assert await waiting(store, now=NOON + LEASE) == ("web/b", "web/a", "web/c")


async def test_only_channels_of_the_platforms_at_hand_are_told(store):
    for n, channel in enumerate(("web/a", "discord/1/2", "slack/T1/C1", "webby/x", "WEB/y", "we%/z")):
        await add(store, a_post(f"p{n}", channel=channel))
    assert await waiting(store) == ("web/a",)
    assert await waiting(store, platforms=["slack", "discord"]) == ("discord/1/2", "slack/T1/C1")
    assert await waiting(store, platforms=["we%"]) == ("we%/z",)
    assert await waiting(store, platforms=[]) == ()


async def test_two_who_claim_at_once_never_take_one_post(store, rival):
    await add(store, *(a_post(f"p{n}", channel=f"web/{n % 7}") for n in range(70)))
    taken = []

    async def take(by):
        while claimed := await claim(by, limit=5, lease=timedelta(hours=1)):
            taken.extend(keys(claimed))
            for stored in claimed:
                await settle(by, stored.post.key, PostState.SENT)

    await asyncio.gather(take(store), take(rival), take(store), take(rival))
    await take(store)
    assert sorted(taken) == sorted(f"p{n}" for n in range(70))


@pytest.mark.parametrize("channels", [["web/lobby"], None])
async def test_a_post_is_not_taken_while_another_process_is_taking_an_earlier_one_of_its_channel(
    store, rival, channels
):
    await add(store, a_post("a"), a_post("b"))
    async with store.begin() as work:
        first = await work.posts.claim(now=NOON, lease_until=NOON + LEASE, channels=None, limit=1)
        second = asyncio.create_task(claim(rival, channels=channels))
        await asyncio.sleep(0.02)
    assert keys(first) == ["a"]
    assert await second == ()


async def test_a_claim_that_is_undone_leaves_the_posts_to_others(store, rival):
    await add(store, a_post("a"))
    async with undone(store) as work:
        await work.posts.claim(now=NOON, lease_until=NOON + LEASE, channels=None, limit=1)
    assert [(stored.post.key, stored.attempts) for stored in await claim(rival)] == [("a", 1)]


async def test_many_posts_are_added_in_their_order(store):
    posts = [a_post(f"p{n:03}") for n in range(500)]
    await add(store, *posts)
    assert keys(await claim(store, limit=1000)) == [post.key for post in posts]
