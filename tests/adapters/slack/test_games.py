"""Whole games through the real Bolt app, over signed HTTP and over Socket Mode."""

import pytest


@pytest.mark.parametrize("over", ["http", "socket"])
async def test_a_game_with_three_players_from_start_to_podium(make, fake, clock, over):
    world = await make(over=over)
    ack = await world.command("Ana", "/quiz 2")
    assert (ack.status, ack.body) == (200, "")
    assert world.told("Ana")[-1].text == "Here we go!"
    assert "A quiz begins!" in world.seen_by_all()[0].text
    await clock.advance(5)
    question = world.question()
    assert "A: the right one" in question.text
    await clock.advance(4)
    await world.press("Ana", question, "the right one")
    assert world.told("Ana")[-1].text == "A is locked in; you may change once."
    await clock.advance(6)
    await world.press("Ben", question, "wrong x")
    await world.press("Cleo", question, "wrong y")
    await clock.advance(4)
    assert "3 players have answered" in world.question().text
    await clock.advance(10)
    assert "Right: Ana (4.0 s, +900)" in world.newest("the answer").text
    assert question.buttons == []
    await clock.advance(6)
    for name in ("Ana", "Ben", "Cleo"):
        await world.press(name, world.question(), "the right one")
    await clock.advance(10)
    assert "Ana wins!" in world.newest("The quiz is over").text
    assert fake.problems == []


async def test_a_restart_in_the_middle_of_a_question_is_invisible(make, store, clock, fake):
    before = await make()
    await before.command("Ana", "/quiz 1")
    await clock.advance(5)
    await before.press("Ana", before.question(), "the right one")
    before.dead = True
    await before.die()
    await clock.advance(3)
    after = await make()
    await after.press("Ben", after.question(), "wrong x")
    assert after.told("Ben")[-1].text.startswith("B is locked in")
    await clock.advance(20)
    assert "Right: Ana (0.0 s" in after.newest("the answer").text


async def test_speed_is_the_press_less_the_message_by_slacks_own_stamps(world, fake, clock):
    await world.command("Ana", "/quiz 1")
    await clock.advance(5)
    payload = fake.press_payload("Ana", world.question(), world.question().button("the right one"), after_s=2.5)
    # It reaches the bot late; Slack says when it was.
    await clock.advance(6)
    await world.send(payload)
    await clock.advance(20)
    assert "Right: Ana (2.5 s" in world.newest("the answer").text


async def test_two_workspaces_never_mix(make, fake, clock):
    fake.add_team("T2", "xoxb-2")
    world = await make(SLACK_CLIENT_ID="client", SLACK_CLIENT_SECRET="client secret", LALABOT_SECRET_KEY="k" * 16)
    await install(world, fake, "T2")
    await world.command("Ana", "/quiz 1")
    await world.command("Ana", "/quiz 1", team="T2")
    await clock.advance(6)
    await world.press("Ana", world.question("T1"), "the right one")
    await world.press("Ana", world.question("T2"), "wrong x")
    await clock.advance(40)
    assert "Right: Ana" in world.newest("the answer", "T1").text
    assert "Nobody had it" in world.newest("the answer", "T2").text
    forged = fake.press_payload(
        "Ben", world.question("T1"), world.question("T2").versions[0]["blocks"][-1]["elements"][0]
    )
    await world.send(forged)
    assert "no longer in use" in world.told("Ben")[-1].text or "is over" in world.told("Ben")[-1].text
    assert {team for method, team, _ in fake.calls if method == "chat.postMessage"} == {"T1", "T2"}


async def test_typed_answers_come_by_a_form_with_errors_on_its_field(world, fake, clock):
    await world.command("Ana", "/quiz 1 typed")
    await clock.advance(5)
    await world.press("Ana", world.question(), "Type your answer")
    view = fake.views[-1]
    ack = await world.submit("Ana", view, answer="one or two, http://x.example")
    assert ack.body["response_action"] == "errors"
    assert "does not count" in ack.body["errors"]["answer"]
    ack = await world.submit("Ana", view, answer="the right one")
    assert (ack.status, ack.body) == (200, "")
    assert world.told("Ana")[-1].text == "Your answer is locked in; you may change once."
    await clock.advance(25)
    assert "Right: Ana" in world.newest("the answer").text
    assert fake.problems == []


async def test_a_trigger_that_died_is_said_kindly(world, fake, clock):
    await world.command("Ana", "/quiz 1 typed")
    await clock.advance(5)
    payload = fake.press_payload("Ana", world.question(), world.question().button("Type"))
    await clock.advance(4)
    await world.send(payload)
    assert "Press the button again" in world.told("Ana")[-1].text


async def test_private_words_after_the_reply_window_come_as_ephemeral_messages(world, fake, clock):
    await world.command("Ana", "/quiz 1 seconds=120")
    await clock.advance(5)
    payload = fake.press_payload("Ana", world.question(), world.question().button("wrong x"))
    fake.lines[payload["response_url"].rpartition("/")[2]]["uses"] = 5
    await world.send(payload)
    assert world.told("Ana")[-1].by == "chat.postEphemeral"
    assert "B is locked in" in world.told("Ana")[-1].text


async def test_more_is_told_to_all_and_a_private_fact_to_one(world):
    await world.command("Ana", "/lalafact")
    fact = world.seen_by_all()[-1]
    assert fact.by == "response_url"
    await world.press("Ben", fact, "Another")
    assert len(world.seen_by_all()) == 2
    await world.command("Cleo", "/lalafact private")
    assert len(world.seen_by_all()) == 2
    assert "The fact" in world.told("Cleo")[-1].text


async def install(world, fake, team):
    """By the pages, as a browser would."""
    async with fake.session.get(f"{world.base}/slack/install") as response:
        page = await response.text()
        cookie = response.headers["Set-Cookie"].partition(";")[0]
    state = cookie.partition("=")[2].strip('"')
    assert "client_id=client" in page
    fake.codes["code"] = fake.teams[team]
    url = f"{world.base}/slack/oauth_redirect"
    async with fake.session.get(url, params={"code": "code", "state": state}, headers={"Cookie": cookie}) as response:
        return response.status, await response.text(), state, cookie
