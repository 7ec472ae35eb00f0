"""Whole games through the real client."""

import asyncio

from adapters.discord.ids import nonce_of
from tests.adapters.discord.world import a_world, button, labels_of, text_of
from tests.factories import a_pack


async def test_a_fact_is_told_to_all(world):
    ana = world.person("Ana")
    told = await ana.slash(world.channel, "lalafact")
    assert not told.ephemeral
    assert "The fact f" in text_of(told.response)
    assert labels_of(told.response) == ["Another", "Quiz me", "Source"]


async def test_three_play_a_whole_quiz(world):
    ana, ben, cleo = (world.person(name) for name in ("Ana", "Ben", "Cleo"))
    started = await ana.slash(world.channel, "quiz start", questions=2, seconds=10)
    assert started.ephemeral
    await world.wait(5.5)
    question = world.newest("Question 1 of 2")
    assert [label[:3] for label in labels_of(question)][:2] == ["A. ", "B. "]
    locked = await ana.click(question, custom_id=button(question, "the right one"))
    assert locked.ephemeral
    assert "locked in" in text_of(locked.response)
    await ben.click(question, custom_id=button(question, "wrong x"))
    await world.wait(2)
    assert "2 players have answered" in text_of(world.newest("Question 1 of 2"))
    await cleo.click(question, custom_id=button(question, "the right one"))
    await world.wait(10)
    reveal = world.newest("Right: ")
    assert "Ana" in text_of(reveal)
    await world.wait(4)
    question = world.newest("Question 2 of 2")
    for player in (ana, ben, cleo):
        await player.click(question, custom_id=button(question, "the right one"))
    await world.wait(10)
    assert "Ana wins!" in text_of(world.newest("Final scores"))


async def test_a_typed_answer_comes_through_a_modal():
    async with a_world(pack=a_pack(facts=1)) as world:
        with world.env.time_context():
            ana = world.person("Ana")
            await ana.slash(world.channel, "quiz start", questions=1, seconds=20, answers="typed")
            await world.wait(5.5)
            question = world.newest("Question 1 of 1")
            asked = await ana.click(question, custom_id=button(question, "Type your answer"))
            assert asked.modal["title"]
            locked = await ana.submit_modal(asked, {"answer": "the right one"})
            assert locked.ephemeral
            await world.wait(21)
            assert "Right: Ana" in text_of(world.newest("Right:"))


async def test_a_form_with_choices_comes_back_with_them(world):
    mia = world.person("Mia", manager=True)
    shown = await mia.slash(world.channel, "lala settings")
    form = await mia.click(shown.response, custom_id=button(shown.response, "Change"))
    values = {"language": ["pt-BR"], "spoilers": ["plot"], "questions": "3", "seconds": "30", "mode": ["race"]}
    saved = await mia.submit_modal(form, values)
    assert "Portuguese" in text_of(saved.response)


async def test_a_form_that_comes_too_late_is_offered_behind_a_button(world):
    mia = world.person("Mia", manager=True)
    shown = await mia.slash(world.channel, "lala settings")
    lalabot, handle = world.bot.lalabot, world.bot.lalabot.handle

    async def slow(inbound):
        await asyncio.sleep(2.8)
        return await handle(inbound)

    lalabot.handle = slow
    late = await mia.click(shown.response, custom_id=button(shown.response, "Change"))
    await world.wait(4)
    lalabot.handle = handle
    assert late.ephemeral
    assert "took me too long" in text_of(late.response)
    form = await mia.click(late.response, custom_id=button(late.response, "Open it now"))
    assert form.modal


async def test_the_speed_is_the_difference_of_the_two_snowflakes(world):
    ana = world.person("Ana")
    await ana.slash(world.channel, "quiz start", questions=1, seconds=20)
    await world.wait(5.5)
    question = world.newest("Question 1 of 1")
    await world.wait(3)
    pressed_at = world.clock.now()
    await ana.click(question, custom_id=button(question, "the right one"))
    await world.wait(30)
    took = (pressed_at - question.created_at).total_seconds()
    assert f"Ana ({took:.1f} s" in text_of(world.newest("Right:"))


async def test_a_repeated_key_has_one_nonce(world):
    await world.person("Ana").slash(world.channel, "quiz start", questions=1)
    await world.wait(6)
    sent = [e.json for e in world.env.http_requests if e.method == "POST" and e.path.endswith("/messages")]
    assert all(body["enforce_nonce"] and len(body["nonce"]) == 25 for body in sent)
    assert len({body["nonce"] for body in sent}) == len(sent)
    assert nonce_of("round:abc:1") == nonce_of("round:abc:1") != nonce_of("round:abc:2")


async def test_a_portuguese_reader_is_answered_in_portuguese(world, speaks):
    speaks("pt-BR")
    told = await world.person("Ana").slash(world.channel, "quiz me")
    assert "Nenhuma" in text_of(told.response) or "ainda" in text_of(told.response)
    await world.person("Ana").slash(world.channel, "quiz start", questions=1)
    await world.wait(5.5)
    assert "Pergunta 1 de 1" in text_of(world.newest("Pergunta"))


async def test_a_press_while_the_bot_stops_is_told_to_wait(world):
    shown = await world.person("Ana").slash(world.channel, "lalafact")
    await world.bot.drain()
    told = await world.person("Ana").click(shown.response, custom_id=button(shown.response, "Another"))
    assert told.ephemeral
    assert "being restarted" in text_of(told.response)


async def test_no_view_of_ours_stays_in_memory(world):
    ana = world.person("Ana", manager=True)
    shown = await ana.slash(world.channel, "lala settings")
    await ana.click(shown.response, custom_id=button(shown.response, "Change"))
    await ana.slash(world.channel, "quiz start", questions=1)
    await world.wait(6)
    store = world.bot._connection._view_store
    assert not store._views
    assert not store._modals
