"""Whole games under a simulated clock, on every store."""

import re
from datetime import timedelta

import pytest

from bot.domain.language import Language
from bot.ports.cards import CardKind, Choices
from bot.ports.chat import Audience, ChannelGone, NotPermitted, Uncertain, Unreachable
from tests.acceptance.table import Table
from tests.factories import a_pack
from tests.gateways import MemoryGateway


async def play_to_question(table, line="/quiz 3", host="Ana"):
    await table.say(host, line)
    await table.clock.advance(5)


async def test_a_classic_game_from_start_to_podium(table):
    assert (await table.say("Ana", "/quiz 2 seconds=20")).title == "Here we go!"
    assert table.newest(CardKind.START).card.title == "A quiz begins!"
    await table.clock.advance(5)
    question = table.question()
    assert question.card.title == "Question 1 of 2"
    assert [button.label for button in question.card.buttons] == ["the right one", "wrong x", "wrong y", "wrong z"]

    await table.clock.advance(4)
    assert (await table.answer("Ana")).title == "A is locked in; you may change once."
    await table.clock.advance(6)
    assert (await table.answer("Ben", right=False)).title == "B is locked in; you may change once."
    await table.clock.advance(2)
    assert "2 players have answered" in question.card.spoken()

    await table.clock.advance(9)
    reveal = table.newest(CardKind.REVEAL).card
    assert "Right: Ana (4.0 s, +900)" in reveal.spoken()
    assert "The answer: the right one" in reveal.spoken()
    assert "Source: The document" in reveal.spoken()
    assert question.card.buttons == ()

    await table.clock.advance(4)
    assert table.question().card.title == "Question 2 of 2"
    await table.answer("Ana")
    await table.answer("Ben")
    await table.clock.advance(1)
    assert "Right: Ana" in table.newest(CardKind.REVEAL).card.spoken(), "everyone active has answered"
    await table.clock.advance(4)
    podium = table.newest(CardKind.PODIUM).card.spoken()
    assert "Ana wins!" in podium
    assert re.search(r"1\. Ana 1,9\d\d points 2 of 2 right", podium), "900, and 10% more for a streak of two"
    assert re.search(r"2\. Ben 9\d\d points 1 of 2 right", podium)
    assert "Fastest right answer" in podium
    assert "Longest streak: Ana, 2 in a row" in podium


async def test_nothing_tells_the_answer_before_the_reveal(table):
    await play_to_question(table)
    question = table.question()
    choices = next(part for part in question.card.parts if isinstance(part, Choices))
    assert {choice.right for choice in choices.items} == {None}
    ids = [button.id.rsplit(":", 1) for button in question.card.buttons]
    assert len({base for base, _ in ids}) == 1
    assert [place for _, place in ids] == [str(n) for n in range(len(choices.items))]
    await table.answer("Ana")
    await table.clock.advance(1.5)
    assert {c.right for part in question.card.parts if isinstance(part, Choices) for c in part.items} == {None}


async def test_an_answer_may_be_changed_once_and_no_more(table):
    await play_to_question(table)
    await table.answer("Ana", right=False)
    await table.clock.advance(2)
    assert (await table.answer("Ana")).title == "Changed to A: that is final."
    await table.clock.advance(1)
    assert "last answer stands" in (await table.answer("Ana", right=False)).spoken()
    await table.clock.advance(20)
    assert "Right: Ana (2.0 s" in table.newest(CardKind.REVEAL).card.spoken()


async def test_the_same_delivery_twice_counts_once(table):
    await play_to_question(table)
    await table.answer("Ana", right=False, key="same")
    assert (await table.answer("Ana", right=False, key="same")).title == "B is locked in; you may change once."
    assert (await table.answer("Ana", key="other")).title == "Changed to A: that is final."


async def test_a_press_for_an_older_question_gets_a_private_word_and_counts_for_nothing(table):
    await play_to_question(table)
    old = table.question().versions[0].buttons[0].id
    await table.answer("Ben")
    await table.clock.advance(20.5 + 4)
    assert "newest one" in (await table.press("Ana", old)).spoken()
    assert table.last.to is Audience.ACTOR
    await table.clock.advance(20.5)
    assert "Nobody answered." in table.newest(CardKind.REVEAL).card.spoken()


async def test_a_press_made_in_time_counts_though_it_arrives_late(table):
    await play_to_question(table)
    await table.clock.advance(20.2)
    in_time = table.clock.now() - timedelta(seconds=0.3)
    assert (await table.answer("Ana", at=in_time)).title.startswith("A is locked in")
    assert "Time is up" in (await table.answer("Ben")).spoken()


async def test_a_second_start_links_to_the_running_game(table):
    await play_to_question(table)
    card = await table.say("Ben", "/quiz")
    assert "already running here, on question 1 of 3" in card.spoken()
    assert card.buttons[0].url == f"#{table.question().ref}"
    assert len([m for m in table.messages if m.card.kind is CardKind.START]) == 1


async def test_a_repeated_delivery_of_a_start_starts_nothing(table):
    await table.say("Ana", "/quiz", key="same")
    assert await table.say("Ana", "/quiz", key="same") is None
    assert len(table.messages) == 1


async def test_games_in_several_channels_know_nothing_of_each_other(table):
    for channel in ("web/one", "web/two"):
        await table.say("Ana", "/quiz 1 seconds=5", channel=channel)
    await table.clock.advance(5)
    one = next(m for m in table.gateway.in_channel("web/one") if m.card.kind is CardKind.QUESTION)
    await table.press("Ana", one.card.buttons[0].id, channel="web/one")
    assert "no longer in use" in (await table.press("Ben", one.versions[0].buttons[0].id, channel="web/two")).spoken()
    await table.clock.advance(10)
    endings = {m.channel: m.card.spoken() for m in table.gateway.messages if m.card.kind is CardKind.PODIUM}
    assert "Well played, Ana!" in endings["web/one"]
    assert "Nobody answered" in endings["web/two"]


async def test_two_questions_without_an_answer_pause_the_game_and_a_button_resumes_it(table):
    await play_to_question(table, "/quiz 5 seconds=5")
    await table.clock.advance(2 * (5.4 + 4) + 0.1)
    pause = table.messages[-1].card
    assert pause.title == "The quiz is paused"
    assert (await table.press("Ben", pause.buttons[0].id)).title == "On we go!"
    assert table.question().card.title == "Question 3 of 5"
    assert "not paused" in (await table.press("Ben", pause.buttons[0].id)).spoken()


async def test_a_pause_of_ten_minutes_ends_the_game_with_its_scores(table):
    await play_to_question(table, "/quiz 5 seconds=5")
    await table.answer("Ana")
    await table.clock.advance(3 * (5.4 + 4) + 600.2)
    podium = table.newest(CardKind.PODIUM).card.spoken()
    assert "Nobody was there to go on." in podium
    assert "Well played, Ana!" in podium


async def test_the_host_stops_the_game_and_others_are_told_who_may(table):
    await play_to_question(table)
    assert "Only Ana, who started it" in (await table.say("Ben", "/quiz stop")).spoken()
    assert (await table.say("Ana", "/quiz stop")).title == "The quiz is stopped."
    podium = table.newest(CardKind.PODIUM).card.spoken()
    assert "It was stopped by Ana." in podium
    question = table.question()
    assert question.card.buttons == ()
    assert {c.right for part in question.card.parts if isinstance(part, Choices) for c in part.items} == {None}
    assert "No quiz is running here" in (await table.say("Ana", "/quiz stop")).spoken()


async def test_a_manager_stops_anybodys_game(table):
    await play_to_question(table)
    assert (await table.say("Mo", "/quiz stop", manager=True)).title == "The quiz is stopped."


async def test_players_skip_by_vote_and_the_question_shows_that_somebody_asks(table):
    await play_to_question(table)
    await table.answer("Ben")
    await table.answer("Cy")
    await table.clock.advance(20.5 + 4)
    assert "2 more are needed" not in (await table.say("Ben", "/quiz skip")).spoken()
    await table.clock.advance(1)
    assert "1 player wants to skip" in table.question().card.spoken()
    assert (await table.say("Cy", "/quiz skip")).title == "Skipped."
    assert "no streak is broken" in table.newest(CardKind.REVEAL).card.spoken()


async def test_a_hint_by_the_host_stands_on_the_question_and_halves_the_speed(table):
    await play_to_question(table)
    assert "halves" in (await table.say("Ana", "/quiz hint")).spoken()
    assert "Hint: It is not D." in table.question().card.spoken()
    await table.answer("Ana")
    await table.clock.advance(20.5)
    assert "+750)" in table.newest(CardKind.REVEAL).card.spoken()
    assert "wait for the next question" in (await table.say("Ana", "/quiz hint")).spoken()


async def test_a_typed_answer_comes_through_a_form(table):
    await play_to_question(table, "/quiz typed 1")
    (button,) = table.question().card.buttons
    assert button.label == "Type your answer"
    form = await table.press("Ana", button.id)
    assert form.fields[0].max_length == 200
    assert "Name one answer" in (await table.submit("Ana", form.id, answer="the right one or the left one")).spoken()
    assert "locked in" in (await table.submit("Ana", form.id, answer="The RIGHT one!")).spoken()
    await table.clock.advance(21)
    assert "Right: Ana" in table.newest(CardKind.REVEAL).card.spoken()


async def test_only_the_first_right_answer_of_a_race_scores(table):
    await play_to_question(table, "/quiz race 1")
    await table.clock.advance(2)
    await table.answer("Ana")
    await table.clock.advance(1)
    await table.answer("Ben")
    await table.clock.advance(20)
    reveal = table.newest(CardKind.REVEAL).card.spoken()
    assert "Ana (2.0 s, +950), Ben (3.0 s)" in reveal


async def test_a_wrong_answer_puts_a_player_out_of_survival(table):
    await play_to_question(table, "/quiz survival 5")
    for name, right in (("Ana", True), ("Ben", True), ("Cy", False)):
        await table.answer(name, right=right)
    await table.clock.advance(20.5)
    assert "Out: Cy" in table.newest(CardKind.REVEAL).card.spoken()
    await table.clock.advance(4)
    assert "out of this game" in (await table.answer("Cy")).spoken()
    await table.answer("Ana")
    await table.answer("Ben", right=False)
    await table.clock.advance(1 + 4)
    podium = table.newest(CardKind.PODIUM).card.spoken()
    assert "The survival is decided." in podium
    assert "Ana wins!" in podium


async def test_play_again_keeps_the_rules_and_asks_other_questions(table):
    await play_to_question(table, "/quiz 1 seconds=7")
    first = table.question().card.parts[0].text
    await table.clock.advance(7.5 + 4)
    again = table.newest(CardKind.PODIUM).card.buttons[0]
    await table.press("Ben", again.id)
    await table.clock.advance(5)
    assert table.question().card.parts[0].text != first
    assert "7 seconds to answer" in table.question().card.spoken()


async def test_no_question_comes_back_until_all_have_been_asked(table):
    asked = []
    for _ in range(3):
        await table.say("Ana", "/quiz 4 seconds=5")
        await table.clock.advance(5)
        for _ in range(4):
            asked.append(table.question().versions[0].parts[0].text)
            await table.answer("Ana")
            await table.clock.advance(5.4 + 4)
    assert len(set(asked)) == len(asked) == 12


async def test_scores_count_for_the_period_and_wins_from_two_players(table):
    for players in (("Ana",), ("Ana", "Ben")):
        await table.say("Ana", "/quiz 1 seconds=5")
        await table.clock.advance(5)
        for name in players:
            await table.answer(name)
            await table.clock.advance(0.5)
        await table.clock.advance(10)
    board = (await table.say("Cy", "/quiz scores")).spoken()
    assert "1. Ana 2,000 points 1 win" in board
    assert "2. Ben 950 points" in board
    await table.clock.advance(40 * 24 * 3600)
    assert "No points yet" in (await table.say("Cy", "/quiz scores week")).spoken()
    assert "1. Ana" in (await table.say("Cy", "/quiz scores all community")).spoken()
    assert "No points yet" in (await table.say("Cy", "/quiz scores all", channel="web/other")).spoken()
    assert "1. Ana" in (await table.say("Cy", "/quiz scores all community", channel="web/other")).spoken()


async def test_a_players_own_record_is_private(table):
    await play_to_question(table, "/quiz 1 seconds=5")
    await table.answer("Ana")
    await table.clock.advance(10)
    record = await table.say("Ana", "/quiz me")
    assert table.last.to is Audience.ACTOR
    assert "Accuracy: 100% (1 of 1)" in record.spoken()
    assert "Nothing yet" in (await table.say("Ben", "/quiz me")).spoken()


@pytest.mark.parametrize("line", ["/quiz typed story", "/quiz topic=story"])
async def test_a_pool_without_questions_is_said(table, line):
    assert "no question that fits" in (await table.say("Ana", line)).spoken()


async def test_a_pool_with_fewer_questions_is_said(table):
    await table.say("Ana", "/quiz 50")
    start = table.newest(CardKind.START).card.spoken()
    assert "12 questions" in start
    assert "no more questions that fit" in start


async def test_a_lost_channel_ends_the_game_with_its_scores_and_frees_the_channel(table):
    await play_to_question(table, "/quiz 5 seconds=5")
    await table.answer("Ana")
    table.gateway.broken[table.channel] = NotPermitted("Send Messages")
    await table.clock.advance(5.5)
    table.gateway.broken.clear()
    assert (await table.say("Ana", "/quiz")).title == "Here we go!"
    assert "1. Ana" in (await table.say("Ana", "/quiz scores")).spoken()


async def test_a_game_whose_channel_is_deleted_ends(table):
    await play_to_question(table)
    table.gateway.broken[table.channel] = ChannelGone("deleted")
    await table.clock.advance(21)
    table.gateway.broken.clear()
    assert "No quiz is running here" in (await table.say("Ana", "/quiz skip")).spoken()


async def test_a_platform_that_is_away_for_a_moment_costs_nobody_their_time(table):
    await table.say("Ana", "/quiz 1")
    table.gateway.failures = [Unreachable("502"), Unreachable("502")]
    await table.clock.advance(5)
    assert not any(m.card.kind is CardKind.QUESTION for m in table.messages)
    await table.clock.advance(4)
    posted_at = table.clock.now()
    await table.clock.advance(15)
    assert (await table.answer("Ana", at=posted_at + timedelta(seconds=10))).title.startswith("A is locked in")


async def test_a_post_that_may_have_arrived_is_not_repeated_where_repeats_show(store, clock):
    gateway = MemoryGateway(clock, repeats_are_dropped=False)
    table = await Table(store, clock, gateway=gateway).open()
    gateway.failures = [Uncertain("timed out")]
    await table.say("Ana", "/quiz 1")
    await table.clock.advance(30)
    assert not any(m.card.kind is CardKind.START for m in table.messages)
    await table.close()


async def test_messages_of_a_channel_arrive_in_their_order_however_slow_it_is(table):
    table.gateway.latency_s = 1.5
    await play_to_question(table, "/quiz 2 seconds=5")
    await table.clock.advance(40)
    kinds = [m.card.kind for m in table.messages]
    assert kinds[:3] == [CardKind.START, CardKind.QUESTION, CardKind.REVEAL]
    assert kinds[-1] in {CardKind.PODIUM, CardKind.NOTICE}


async def test_the_live_count_is_changed_at_most_once_a_second(table):
    await play_to_question(table)
    await table.clock.advance(0.1)
    before = table.gateway.edits
    for n in range(40):
        await table.answer(f"P{n}")
        await table.clock.advance(0.1)
    assert table.gateway.edits - before <= 6
    await table.clock.advance(1.1)
    assert "40 players have answered" in table.question().card.spoken()


async def test_a_reader_of_another_language_is_answered_in_theirs_while_the_game_keeps_its_own(table):
    await table.say("Ana", "/quiz iniciar 1", language=Language.PT_BR)
    await table.clock.advance(5)
    assert table.question().card.title == "Question 1 of 1"
    assert (await table.answer("Ana", language=Language.PT_BR)).title == "A está valendo; você pode mudar uma vez."


async def test_a_channel_set_to_portuguese_plays_in_portuguese(table):
    card = await table.say("Mo", "/lala settings language=portuguese spoilers=plot 3 seconds=9 survival", manager=True)
    assert "Idioma" not in card.spoken(), "the one who sets it reads English"
    await table.say("Ana", "/quiz")
    await table.clock.advance(5)
    assert table.question().card.title == "Pergunta 1 de 3"
    assert "9 segundos para responder" in table.question().card.spoken()


async def test_settings_are_for_managers_and_others_are_told_who(table):
    assert "those who manage this channel" in (await table.say("Ana", "/lala settings language=pt-BR")).spoken()
    card = await table.say("Mo", "/lala settings", manager=True)
    form = await table.press("Mo", card.buttons[0].id, manager=True)
    assert "Only" in (await table.submit("Ana", form.id, language="pt-BR")).spoken(), "checked again when it is sent"
    saved = await table.submit(
        "Mo", form.id, manager=True, language="en", spoilers="none", questions="99", seconds="20"
    )
    assert "from 1 to 50" in saved.spoken()


async def test_a_fault_of_ours_is_said_kindly_and_with_a_reference(table, monkeypatch, caplog):
    async def broken(*_):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(table.bot.core.store, "submit_guess", broken)
    await play_to_question(table)
    card = await table.answer("Ana")
    assert "my fault, not yours" in card.spoken()
    assert "secret" not in card.spoken()
    assert "an inbound call failed" in caplog.text


@pytest.mark.parametrize(
    "button", ["", "v1:", "v2:answer:x:1:0", "v1:answer", "v1:answer:x:y:z", "v1:nothing:1", "v1:answer:game:1:99"]
)
async def test_an_unknown_or_broken_button_gets_a_private_word(table, button):
    await play_to_question(table)
    card = await table.press("Ana", button)
    assert table.last.to is Audience.ACTOR
    assert "no longer in use" in card.spoken() or "is over" in card.spoken()


async def test_an_option_that_does_not_exist_is_refused(table):
    await play_to_question(table)
    forged = table.question().card.buttons[0].id.rsplit(":", 1)[0] + ":7"
    assert "no longer in use" in (await table.press("Ana", forged)).spoken()


async def test_more_than_anyone_needs_is_slowed_down(table):
    titles = [(await table.say("Ana", "/quiz me")).title for _ in range(30)]
    assert "Not this time" in titles
    await table.clock.advance(10)
    assert (await table.say("Ana", "/quiz me")).title != "Not this time"


async def test_a_process_that_dies_in_a_question_is_not_noticed(store, clock):
    table = await Table(store, clock).open()
    await play_to_question(table, "/quiz 2")
    await table.answer("Ana")
    gateway = table.gateway
    # The process is gone: nobody stops it, and another begins on the same store.
    table.bot.core.alarms.stop()
    await clock.advance(5)
    after = await Table(store, clock, gateway=gateway).open()
    assert (await after.answer("Ben")).title.startswith("A is locked in")
    await clock.advance(16)
    reveal = after.newest(CardKind.REVEAL).card.spoken()
    assert "Right: Ana (0.0 s, +1,000), Ben (5.0 s, +875)" in reveal
    assert "away" not in reveal
    await after.close()
    await table.close()


async def test_a_deadline_that_passed_while_the_bot_was_down_is_revealed_at_once_with_a_word(store, clock):
    table = await Table(store, clock).open()
    await play_to_question(table, "/quiz 3")
    await table.answer("Ana")
    gateway = table.gateway
    table.bot.core.alarms.stop()
    await clock.advance(120)
    assert not any(m.card.kind is CardKind.REVEAL for m in gateway.messages)
    after = await Table(store, clock, gateway=gateway).open()
    reveal = after.newest(CardKind.REVEAL).card.spoken()
    assert "I was away when the time ran out" in reveal
    assert "Right: Ana" in reveal
    await clock.advance(4)
    assert after.question().card.title == "Question 2 of 3"
    await after.close()
    await table.close()


async def test_a_bot_that_was_down_for_hours_ends_the_game_with_its_scores(store, clock):
    table = await Table(store, clock).open()
    await play_to_question(table, "/quiz 3")
    await table.answer("Ana")
    gateway = table.gateway
    table.bot.core.alarms.stop()
    await clock.advance(5 * 3600)
    after = await Table(store, clock, gateway=gateway).open()
    assert "Well played, Ana!" in after.newest(CardKind.PODIUM).card.spoken()
    assert (await after.say("Ana", "/quiz")).title == "Here we go!"
    await after.close()
    await table.close()


async def test_the_tick_finds_a_game_that_no_timer_holds(store, clock):
    table = await Table(store, clock).open()
    await play_to_question(table, "/quiz 1")
    table.bot.core.alarms.stop()
    await clock.advance(30)
    await table.bot.tick()
    await clock.advance(0)
    assert table.newest(CardKind.REVEAL)
    await table.close()


async def test_a_question_that_left_the_pack_ends_the_game_instead_of_breaking_it(store, clock):
    table = await Table(store, clock).open()
    await play_to_question(table, "/quiz 12 seconds=5")
    gateway = table.gateway
    table.bot.core.alarms.stop()
    smaller = a_pack(facts=1)
    after = await Table(store, clock, gateway=gateway, pack=smaller).open()
    await clock.advance(60)
    assert (await after.say("Ana", "/quiz 1")).title == "Here we go!"
    await after.close()
    await table.close()
