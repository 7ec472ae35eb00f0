"""What goes out: the pace, refusals by name, what may have arrived, and what certainly did not."""

from datetime import timedelta

import pytest

from adapters.slack.ids import channel_of, player_of
from bot.app.cards import notice
from bot.domain.language import Language
from bot.ports.chat import ChannelGone, MessageGone, NotPermitted, Uncertain, Unreachable
from tests.adapters.slack.fake_slack import Failure

C1 = channel_of("T1", "C1")
CARD = notice(Language.EN, "A word", "and some more")


async def failing(world, *failures, method="chat.postMessage"):
    world.fake.failures[method] += failures
    return await world.bot.client.gateway.post(C1, CARD, key="k")


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        ("not_in_channel", NotPermitted, "/invite @lalabot"),
        ("channel_not_found", NotPermitted, "/invite @lalabot"),
        ("is_archived", ChannelGone, "is_archived"),
        ("restricted_action", NotPermitted, "posting permissions"),
        ("restricted_action_read_only_channel", NotPermitted, "posting permissions"),
        ("missing_scope", NotPermitted, "missing_scope"),
        ("token_revoked", ChannelGone, "token_revoked"),
        ("account_inactive", ChannelGone, "token_revoked"),
        ("internal_error", Uncertain, "internal_error"),
        ("fatal_error", Uncertain, "fatal_error"),
        ("service_unavailable", Unreachable, "service_unavailable"),
        ("ratelimited", Unreachable, "wait"),
        (Failure(500), Uncertain, "500"),
        (Failure(502), Uncertain, "502"),
        (Failure(503), Unreachable, "503"),
        (Failure(429, {"Retry-After": "7"}), Unreachable, "wait"),
        (Failure(None), Uncertain, "lost"),
        (Failure(None, done=True), Uncertain, "lost"),
    ],
)
async def test_each_failure_is_handled_by_name(world, error, kind, told):
    with pytest.raises(kind, match=told) as raised:
        await failing(world, error)
    if isinstance(error, Failure) and error.status == 429:
        assert raised.value.retry_after_s == 7
    assert len([call for call in world.fake.calls if call[0] == "chat.postMessage"]) == 1, "never sent twice"


async def test_what_never_reached_slack_is_sent_again(world, fake, clock):
    await fake._runner.cleanup()
    with pytest.raises(Unreachable):
        await world.bot.client.gateway.post(C1, CARD, key="k")


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_a_message_that_cannot_be_edited_is_gone(world, fake, error):
    posted = await world.bot.client.gateway.post(C1, CARD, key="k")
    fake.failures["chat.update"] += [error]
    with pytest.raises(MessageGone):
        await world.bot.client.gateway.edit(C1, posted.message, CARD)


async def test_a_card_too_long_for_slack_is_posted_in_its_shortest_form(world, fake, caplog):
    posted = await failing(world, "msg_blocks_too_long")
    message = fake.messages[-1]
    assert message.ts == posted.message
    assert "and some more" in message.text
    assert [block["type"] for block in message.body["blocks"]] == ["section"]
    assert "too long for Slack" in caplog.text


async def test_about_one_message_a_second_and_channel(world, fake, clock):
    gateway = world.bot.client.gateway
    tasks = world.bot.client.kit.tasks
    sent = []

    async def post(number, channel):
        sent.append((number, await gateway.post(channel_of("T1", channel), CARD, key=f"k{number}")))

    fake.channels["T1", "C2"] = {}
    for number in range(4):
        tasks.spawn(post(number, "C1"), f"post {number}")
    tasks.spawn(post(9, "C2"), "post 9")
    await clock.advance(0)
    assert sorted(number for number, _ in sent) == [0, 9], "channels do not wait for one another"
    await clock.advance(3)
    assert [number for number, _ in sent if number != 9] == [0, 1, 2, 3]
    assert fake.fastest >= timedelta(seconds=1)


async def test_429_rests_the_method_for_the_whole_workspace(world, fake, clock):
    gateway = world.bot.client.gateway
    posted = await gateway.post(C1, CARD, key="k")
    fake.failures["chat.update"] += [Failure(429, {"Retry-After": "5"})]
    for _ in range(3):
        with pytest.raises(Unreachable):
            await gateway.edit(C1, posted.message, CARD)
    assert len([call for call in fake.calls if call[0] == "chat.update"]) == 1
    await clock.advance(5)
    await gateway.edit(C1, posted.message, CARD)


async def test_a_game_goes_on_after_429_when_slack_said_it_may(world, fake, clock):
    await world.command("Ana", "/quiz 1")
    fake.failures["chat.postMessage"] += [Failure(429, {"Retry-After": "3"})]
    await clock.advance(5)
    assert not [m for m in world.seen_by_all() if "Question 1" in m.text]
    await clock.advance(3)
    assert world.question()


async def test_an_uncertain_post_is_not_repeated_and_said(world, fake, clock):
    await world.command("Ana", "/quiz 1")
    fake.failures["chat.postMessage"] += [Failure(None, done=True)]
    await clock.advance(7)
    assert len([m for m in world.seen_by_all() if m.text.startswith("Question 1")]) == 1
    assert "did not confirm" in world.told("Ana")[-1].text
    async with world.store.view() as work:
        game = (await work.games.waking(until=None))[0][0]
        assert (await work.posts.load(f"round:{game}:1")).state == "uncertain"


async def test_who_starts_a_quiz_where_the_bot_is_no_member_hears_the_remedy(world, fake, clock):
    fake.channels["T1", "C5"] = {"error": "not_in_channel"}
    await world.command("Ana", "/quiz 1", channel="C5")
    await clock.advance(1)
    private = [m for m in fake.messages if m.channel == "UANA"]
    assert "/invite @lalabot" in private[-1].text


async def test_an_archived_channel_is_told_to_who_commanded_there(world, fake, clock):
    await world.command("Ana", "/quiz 2")
    fake.channels["T1", "C1"] = {"error": "is_archived"}
    await clock.advance(6)
    assert "archived" in world.told("Ana")[-1].text
    fake.channels["T1", "C1"] = {}
    await world.command("Ana", "/quiz 2")
    assert world.told("Ana")[-1].text == "Here we go!", "the channel is not stuck"


async def test_an_answer_to_one_person_is_tried_again_and_one_to_all_only_if_it_did_not_arrive(world, fake, clock):
    fake.failures["respond"] += [Failure(429, {"Retry-After": "1"})]
    await world.command("Ana", "/quiz me")
    await clock.advance(1)
    assert len(world.told("Ana")) == 1


async def test_a_private_word_unprompted_goes_to_direct_messages(world, fake):
    assert await world.bot.client.gateway.whisper(C1, player_of("T1", "UMO"), CARD)
    assert fake.messages[-1].channel == "UMO"
    assert not await world.bot.client.gateway.whisper(C1, player_of("T1", "UNOBODY"), CARD)
