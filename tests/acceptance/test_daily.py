"""The daily post of a channel: its commands, its content, its streaks, and what goes wrong."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.daily import DailyState, DayState
from bot.domain.facts import CalendarDay, QuestionKind, Spoiler
from bot.domain.ids import ChannelId, QuestionId
from bot.domain.language import Language, Localized
from bot.ports.cards import CardKind
from bot.ports.chat import NotPermitted, Uncertain, Unreachable
from tests.acceptance.table import Table
from tests.factories import a_fact, a_pack, a_question
from tests.gateways import MemoryGateway

ON = "/lala daily on time=9:00 zone=Lisbon"
DAY_S = 86_400
LOBBY = ChannelId("web/lobby")


async def at(table, text):
    """Goes on to an instant (UTC), as ``23 09:00`` of November 2026, and ticks."""
    day, _, hour = text.partition(" ")
    when = datetime.fromisoformat(f"2026-11-{int(day):02}T{hour or '00:00'}:00+00:00")
    await table.clock.advance((when - table.clock.now()).total_seconds())
    await tick(table)


async def tick(table):
    await table.bot.tick()
    await table.clock.advance(0)


async def manage(table, line, **kwargs):
    await table.clock.advance(1)
    return await table.say("Ana", line, manager=True, **kwargs)


def dailies(table):
    return [message for message in table.messages if message.card.kind is CardKind.DAILY]


async def day_states(table, count=7):
    async with table.store.view() as work:
        days = await work.dailies.last_days(LOBBY, limit=count)
    return {day.local_date.day: day.state for day in days}


async def answer(table, name, message, *, right=True, **kwargs):
    buttons = [button for button in message.card.buttons if button.id.startswith("v1:daily:")]
    button = next(b for b in buttons if (b.label in {"the right one", "True"}) == right)
    return await table.press(name, button.id, **kwargs)


# The commands


async def test_it_is_on_at_a_city_s_time_and_says_when_the_next_one_comes(table):
    card = await manage(table, ON)
    assert card.title == "The daily post is on."
    assert "Monday, 23 November 2026, 09:00 (UTC+00:00)" in card.spoken()
    await at(table, "23 08:59")
    assert not dailies(table)
    await at(table, "23 09:00")
    assert len(dailies(table)) == 1


async def test_only_managers_may_change_it_and_others_are_told_who_may(table):
    for command in ("on time=9 zone=Lisbon", "off", "pause", "skip", "status", "preview"):
        await table.clock.advance(1)
        assert "Only those who manage this channel" in (await table.say("Ben", f"/lala daily {command}")).spoken()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("on zone=Lisbon", ["“time” is still missing", "time=9:00"]),
        ("on time=9", ["“zone” is still missing", "zone=Lisbon"]),
        ("on time=25:00 zone=Lisbon", ["“25:00”", "hours go from 0 to 23"]),
        ("on time=9:75 zone=Lisbon", ["minutes go from 0 to 59"]),
        ("on time=13pm zone=Lisbon", ["hours go from 1 to 12"]),
        ("on time=soon zone=Lisbon", ["write it like 9:00, 9am or 21h30"]),
        ("on time=9 zone=UTC-3", ["does not say when the clocks change", "Sao Paulo, Brazil (UTC−3)"]),
        ("on time=9 zone=+05:45", ["Kathmandu, Nepal (UTC+5:45)"]),
        ("on time=9 zone=EST", ["several zones", "New York"]),
        ("on time=9 zone=Brazil", ["several zones", "Sao Paulo"]),
        ("on time=9 zone=Lisbo", ["did you mean Lisbon"]),
        ("on time=9 zone=qqqqqqqq", ["name a city"]),
        ("on time=9 zone=Lisbon weekdays=noday", ["mon-fri"]),
        ("on time=9 zone=Lisbon kind=poem", ["fact+question"]),
        ("of", ["/lala daily off"]),
    ],
)
async def test_what_does_not_fit_gets_a_kind_word_and_changes_nothing(table, line, words):
    text = (await manage(table, f"/lala daily {line}")).spoken()
    for word in words:
        assert word in text
    assert "no daily post here yet" in (await manage(table, "/lala daily")).spoken()


async def test_refusals_and_cards_speak_the_reader_s_language(table):
    text = (await manage(table, "/lala diario ligar hora=9 fuso=UTC-3", language=Language.PT_BR)).spoken()
    assert "“UTC-3” não serve para “fuso”: uma diferença de horas não diz quando os relógios mudam" in text
    assert "São Paulo" in text
    card = await manage(table, "/lala diario ligar hora=21h30 fuso=Recife dias=seg-sex", language=Language.PT_BR)
    text = card.spoken()
    assert "21:30, America/Recife (segunda-feira, terça-feira, quarta-feira, quinta-feira e sexta-feira)" in text
    assert "segunda-feira, 23 de novembro de 2026, 21:30 (UTC−03:00)" in text


@pytest.mark.parametrize("typed", ["9", "9:00", "9am", "9 a.m.", "9h", "09.00"])
async def test_times_are_taken_as_people_write_them(table, typed):
    assert "09:00, Europe/Lisbon" in (await manage(table, f'/lala daily on time="{typed}" zone=Lisboa')).spoken()


async def test_the_zone_is_completed_as_one_types_in_both_languages(table):
    choices = await table.bot.complete("lala daily on", "zone", "nova", table.place(), Language.PT_BR)
    assert choices[0].value == "America/New_York"
    assert choices[0].label.startswith("Nova York, Estados Unidos")
    assert (await table.bot.complete("lala daily on", "zone", "UTC-3", table.place(), Language.EN))[0].value


async def test_status_alone_shows_all_in_the_channel_s_own_time(table):
    await manage(table, "/lala daily on time=23:30 zone=Tokyo weekdays=mon-fri kind=fact+question")
    await at(table, "23 14:30")
    text = (await manage(table, "/lala daily")).spoken()
    assert "State: on" in text
    assert "23:30, Asia/Tokyo (Monday, Tuesday, Wednesday, Thursday and Friday)" in text
    assert "What: fact+question" in text
    assert "Next: Tuesday, 24 November 2026, 23:30 (UTC+09:00)" in text
    assert "Facts not yet told: 11" in text
    assert "23 November 2026: posted" in text


async def test_what_is_not_given_again_stays_as_it_was(table):
    await manage(table, f"{ON} weekdays=mon,fri kind=fact+question")
    text = (await manage(table, "/lala daily on time=10:30")).spoken()
    assert "10:30, Europe/Lisbon (Monday and Friday)" in text
    assert "What: fact+question" in (await manage(table, "/lala daily status")).spoken()


async def test_off_and_on_again_on_the_same_day_never_posts_twice(table):
    await manage(table, ON)
    await at(table, "23 09:00")
    await manage(table, "/lala daily off")
    assert "no daily post here yet" in (await manage(table, "/lala daily")).spoken()
    card = await manage(table, "/lala daily on time=11:00 zone=Lisbon")
    assert "Tuesday, 24 November" in card.spoken()
    await at(table, "23 11:00")
    assert len(dailies(table)) == 1
    await manage(table, "/lala daily on zone=Honolulu time=23:00")
    for hour in range(12, 24):
        await at(table, f"23 {hour}:00")
    assert len(dailies(table)) == 1, (
        "it is still the 22nd there: that date was posted nowhere, but the next are to come"
    )
    await at(table, "24 09:00")
    await at(table, "25 09:00")
    keys = [message.key for message in dailies(table)]
    assert len(keys) == len(set(keys)) == 2


async def test_set_again_while_the_post_is_due_it_stays_due(table):
    await manage(table, ON)
    await table.clock.advance(21 * 3600 + 1)
    await manage(table, "/lala daily on kind=fact+question")
    await tick(table)
    assert len(dailies(table)) == 1


async def test_paused_it_is_silent_and_resumed_it_goes_on(table):
    await manage(table, ON)
    assert "paused" in (await manage(table, "/lala daily pause")).title
    await at(table, "23 09:00")
    await at(table, "24 10:00")
    assert not dailies(table)
    text = (await manage(table, "/lala daily status")).spoken()
    assert "State: paused" in text
    assert "Next: none, until it is on again" in text
    assert "paused, so there is none to leave out" in (await manage(table, "/lala daily skip")).spoken()
    card = await manage(table, "/lala daily pause")
    assert card.title == "The daily post goes on."
    assert "Wednesday, 25 November 2026, 09:00" in card.spoken()
    await at(table, "25 09:00")
    assert len(dailies(table)) == 1


async def test_resumed_before_its_time_it_posts_the_same_day(table):
    await manage(table, ON)
    await manage(table, "/lala daily pause")
    await at(table, "23 08:30")
    await manage(table, "/lala daily pause")
    await at(table, "23 09:00")
    assert len(dailies(table)) == 1


async def test_skip_leaves_out_the_next_and_again_the_one_after(table):
    await manage(table, ON)
    first = await manage(table, "/lala daily skip")
    assert "The post of 23 November 2026 is left out." in first.spoken()
    assert "Tuesday, 24 November" in first.spoken()
    assert "The post of 24 November 2026 is left out." in (await manage(table, "/lala daily skip")).spoken()
    for day in (23, 24, 25):
        await at(table, f"{day} 09:00")
    assert len(dailies(table)) == 1
    assert await day_states(table) == {23: DayState.SKIPPED, 24: DayState.SKIPPED, 25: DayState.POSTED}


@pytest.mark.parametrize("command", ["skip", "pause", "off"])
async def test_a_command_delivered_twice_counts_once(table, command):
    await manage(table, ON)
    assert await manage(table, f"/lala daily {command}", key="same") is not None
    assert await manage(table, f"/lala daily {command}", key="same") is None
    async with table.store.view() as work:
        daily = await work.dailies.load(LOBBY)
    if command == "off":
        assert daily is None
    elif command == "pause":
        assert daily.state is DailyState.PAUSED
    else:
        assert daily.next.local_date == date(2026, 11, 24)


async def test_without_a_schedule_every_command_says_how_to_set_one_up(table):
    for command in ("off", "pause", "skip", "status", "preview"):
        assert "/lala daily on time=9:00 zone=Lisbon" in (await manage(table, f"/lala daily {command}")).spoken()


async def test_a_preview_shows_dates_and_a_post_and_uses_up_nothing(table):
    await manage(table, f"{ON} weekdays=mon,fri kind=fact+question")
    card = await manage(table, "/lala daily preview")
    text = card.spoken()
    for day in ("23 November", "27 November", "30 November", "4 December", "7 December"):
        assert day in text
    assert "The fact f" in text
    assert "Today's question" in text
    assert not card.buttons
    assert "Facts not yet told: 12" in (await manage(table, "/lala daily status")).spoken()


# The content


async def test_a_fact_that_fits_the_date_goes_first_and_is_not_told_again_as_unseen(store, clock):
    pack = a_pack(facts=6)
    dated = replace(a_fact("f2"), day=CalendarDay(11, 24))
    pack = replace(pack, facts=tuple(dated if fact.id == "f2" else fact for fact in pack.facts))
    table = await Table(store, clock, pack=pack).open()
    await manage(table, ON)
    for day in range(24, 29):
        await at(table, f"{day} 09:00")
    told = [message.card.parts[-1].text for message in dailies(table)]
    assert told[0] == "The fact f2."
    assert len(set(told)) == 5
    await table.close()


async def test_every_fact_comes_once_before_any_comes_again(table):
    await manage(table, ON)
    for day in range(12):
        await tick_at(table, date(2026, 11, 23) + timedelta(days=day))
    told = [message.card.parts[-1].text for message in dailies(table)]
    assert len(set(told)) == 12
    await tick_at(table, date(2026, 12, 5))
    assert "begins a new round" in dailies(table)[-1].card.spoken()


async def tick_at(table, day, hour=9):
    when = datetime.fromisoformat(f"{day.isoformat()}T{hour:02}:00:00+00:00")
    await table.clock.advance((when - table.clock.now()).total_seconds())
    await tick(table)


async def test_the_post_keeps_to_the_channel_s_level_and_language(store, clock):
    facts = (a_fact("f0"), a_fact("f1", spoiler=Spoiler.ENDING), a_fact("f2", spoiler=Spoiler.PLOT))
    table = await Table(store, clock, pack=replace(a_pack(facts=1), facts=facts)).open()
    await manage(table, "/lala settings language=pt-BR spoilers=plot")
    await manage(table, ON)
    for day in range(23, 27):
        await at(table, f"{day} 09:00")
    text = " ".join(message.card.spoken() for message in dailies(table))
    assert "O fato f0." in text
    assert "O fato f2." in text
    assert "f1" not in text
    assert "La La Land hoje" in text
    await table.close()


async def test_a_question_is_revealed_by_the_next_post_which_names_who_was_right(table):
    await manage(table, f"{ON} kind=fact+question")
    await at(table, "23 09:00")
    asked = dailies(table)[-1]
    assert "the right one" not in " ".join(button.id for button in asked.card.buttons)
    assert "B is locked in" in (await answer(table, "Ben", asked, right=False)).spoken()
    await answer(table, "Cy", asked)
    await at(table, "24 09:00")
    text = dailies(table)[-1].card.spoken()
    assert "Last time: What is q" in text
    assert "The answer: the right one. Right: Cy." in text
    assert "Ben" not in text
    assert "is over" in (await answer(table, "Dee", asked)).spoken()


def asked_on(message):
    """The question's id, as the pack of the tests writes it in the prompt."""
    return re.search(r"Today's question: What is (\w+)\?", message.card.spoken())[1]


async def test_the_fact_above_a_question_does_not_answer_it(store, clock):
    """It is on another fact, and on none whose answer stands in this one."""
    pack = a_pack(facts=6)
    telling = replace(a_fact("f0"), text=Localized("Ryan did it, with THE RIGHT ONE at hand.", "Foi o Ryan."))
    other = replace(a_question("q5", fact="f5"), answer=Localized("nobody", "ninguém"))
    questions = tuple(other if q.id == "q5" else q for q in pack.questions if q.kind is QuestionKind.CHOICE)
    pack = replace(pack, facts=(telling, *pack.facts[1:]), questions=questions)
    table = await Table(store, clock, pack=pack).open()
    await manage(table, f"{ON} kind=fact+question")
    answered = 0
    for day in range(12):
        await tick_at(table, date(2026, 11, 23) + timedelta(days=day))
        text, asked = dailies(table)[-1].card.spoken(), asked_on(dailies(table)[-1])
        assert f"The fact f{asked[1:]}." not in text
        if "Ryan did it" in text:
            assert asked == "q5", "the only one whose answer it does not tell"
            answered += 1
    assert answered == 2
    await table.close()


async def test_a_statement_is_said_to_be_true_or_false(store, clock):
    pack = a_pack(facts=2)
    stated = a_question("q1", fact="f1", kind=QuestionKind.TRUE_FALSE)
    table = await Table(store, clock, pack=replace(pack, facts=pack.facts, questions=(stated,))).open()
    await manage(table, f"{ON} kind=fact+question")
    for day in ("23", "24"):
        await at(table, f"{day} 09:00")
    (asked,) = [message.card for message in dailies(table) if "question" in message.card.spoken()]
    assert "Today's question, true or false: What is q1?" in asked.spoken()
    assert [button.label for button in asked.buttons] == ["True", "False", "Source"]
    await table.close()


async def test_where_no_question_is_left_that_the_fact_does_not_answer_it_comes_alone(store, clock):
    table = await Table(store, clock, pack=a_pack(facts=1)).open()
    await manage(table, f"{ON} kind=fact+question")
    await at(table, "23 09:00")
    (message,) = dailies(table)
    assert "question" not in message.card.spoken()
    assert [button.label for button in message.card.buttons] == ["Source"]
    await table.close()


async def test_what_the_morning_asked_the_quiz_does_not_ask_again(table):
    await manage(table, f"{ON} kind=fact+question")
    mornings = []
    for day in range(4):
        await tick_at(table, date(2026, 11, 23) + timedelta(days=day))
        mornings.append(re.search(r"Today's question.*: (.*)", dailies(table)[-1].card.spoken())[1])
    await table.say("Ana", "/quiz 2 choice seconds=5")
    await table.clock.advance(120)
    quiz = " ".join(message.card.spoken() for message in table.messages if message.key.startswith("round:"))
    assert "Question 2 of 2" in quiz
    assert not [prompt for prompt in mornings if prompt in quiz]


async def test_an_answer_is_private_and_may_be_changed_once(table):
    await manage(table, f"{ON} kind=fact+question")
    await at(table, "23 09:00")
    asked = dailies(table)[-1]
    buttons = [button.id for button in asked.card.buttons if button.id.startswith("v1:daily:")]
    spoken = []
    for button, key in ((buttons[1], "a"), (buttons[1], "a"), (buttons[0], "b"), (buttons[0], "b"), (buttons[2], "c")):
        spoken.append((await table.press("Ben", button, key=key)).spoken())
        assert table.last.to == "actor"
    assert spoken[0] == spoken[1] == "B is locked in. The next post tells."
    assert spoken[2] == spoken[3] == "Changed to A: that is final. The next post tells."
    assert "your last answer stands" in spoken[4]
    await at(table, "24 09:00")
    assert "Right: Ben." in dailies(table)[-1].card.spoken()


async def test_a_button_of_another_channel_or_a_forged_one_gets_a_word(table):
    await manage(table, f"{ON} kind=fact+question")
    await at(table, "23 09:00")
    for button in ("v1:daily:2026-11-23:7", "v1:daily:2026-11-23:-1", "v1:daily:2026-11-22:0", "v1:daily:soon:0"):
        assert "no longer in use" in (await table.press("Ben", button)).spoken()
        await table.clock.advance(1)
    assert "no longer in use" in (await table.press("Ben", "v1:daily:2026-11-23:0", channel="web/other")).spoken()


async def ask_and_answer(table, day, *names, hour=9):
    """The post of that day, answered right by those; the next reveals it."""
    await tick_at(table, day, hour)
    asked = dailies(table)[-1]
    assert asked.key.startswith(f"daily:{day.isoformat()}")
    for name in names:
        await answer(table, name, asked)
    return asked


async def test_streaks_count_days_and_break_by_a_wrong_answer_or_none(table):
    await manage(table, f"{ON} kind=fact+question")
    day = date(2026, 11, 23)
    await ask_and_answer(table, day, "Ben", "Cy")
    await ask_and_answer(table, day + timedelta(1), "Ben", "Cy")
    asked = await ask_and_answer(table, day + timedelta(2), "Ben")
    assert "Right: Ben (2 days in a row), Cy (2 days in a row)." in asked.card.spoken()
    asked = await ask_and_answer(table, day + timedelta(3), "Cy")
    assert "Right: Ben (3 days in a row)." in asked.card.spoken()
    asked = await ask_and_answer(table, day + timedelta(4))
    assert "Right: Cy." in asked.card.spoken(), "a day without an answer breaks it"
    await tick_at(table, day + timedelta(5))
    assert "Nobody had it." in dailies(table)[-1].card.spoken()


async def test_weekends_off_break_no_streak(table):
    await manage(table, f"{ON} kind=fact+question weekdays=mon-fri")
    await ask_and_answer(table, date(2026, 11, 27), "Ben")
    for day in (28, 29):
        await at(table, f"{day} 12:00")
    await ask_and_answer(table, date(2026, 11, 30), "Ben")
    await tick_at(table, date(2026, 12, 1))
    assert "Ben (2 days in a row)" in dailies(table)[-1].card.spoken()


@pytest.mark.parametrize("absence", ["bot", "skip", "pause", "platform", "uncertain"])
async def test_a_day_without_a_post_breaks_no_streak_and_loses_no_reveal(store, clock, absence):
    gateway = MemoryGateway(clock, repeats_are_dropped=absence != "uncertain")
    table = await Table(store, clock, gateway=gateway).open()
    await manage(table, f"{ON} kind=fact+question")
    await ask_and_answer(table, date(2026, 11, 23), "Ben")
    match absence:
        case "skip" | "pause":
            await manage(table, f"/lala daily {absence}")
        case "platform":
            gateway.broken["web/lobby"] = Unreachable("down")
        case "uncertain":
            gateway.broken["web/lobby"] = Uncertain("timed out")
    if absence != "bot":
        await at(table, "24 09:00")
        await at(table, "24 16:00")
    gateway.broken.clear()
    if absence == "pause":
        await manage(table, "/lala daily pause")
    await table.clock.advance(0)
    asked = await ask_and_answer(table, date(2026, 11, 25), "Ben")
    reveals = [message for message in dailies(table) if "Right: Ben" in message.card.spoken()]
    if absence != "uncertain":
        assert reveals == [asked]
    await tick_at(table, date(2026, 11, 26))
    assert "Ben (2 days in a row)" in dailies(table)[-1].card.spoken()
    await table.close()


async def test_a_reveal_over_the_channel_s_new_level_is_left_out(store, clock):
    facts = (a_fact("f0"), a_fact("f1", spoiler=Spoiler.ENDING))
    questions = (a_question("q0"), a_question("q1", fact="f1", spoiler=Spoiler.ENDING))
    table = await Table(store, clock, pack=replace(a_pack(facts=1), facts=facts, questions=questions)).open()
    await manage(table, "/lala settings spoilers=ending")
    await manage(table, f"{ON} kind=fact+question")
    await at(table, "23 09:00")
    if "q1" not in dailies(table)[-1].card.spoken():
        await at(table, "24 09:00")
    assert "q1" in dailies(table)[-1].card.spoken()
    await manage(table, "/lala settings spoilers=none")
    await at(table, "25 09:00")
    assert "q1" not in dailies(table)[-1].card.spoken()
    await table.close()


async def test_a_manager_is_told_a_week_before_the_pool_is_used_up_once(table):
    await manage(table, f"{ON} weekdays=mon-fri")
    day = date(2026, 11, 23)
    while not table.gateway.whispers:
        await tick_at(table, day)
        day += timedelta(days=1)
    _, player, card = table.gateway.whispers[0]
    assert player == "web/ana"
    assert "In about a week every fact here has been told" in card.spoken()
    assert len(dailies(table)) == 12 - 5, "five posts, so a week, before the end"
    told_on = day - timedelta(days=1)
    while "new round" not in dailies(table)[-1].card.spoken():
        await tick_at(table, day)
        day += timedelta(days=1)
    assert timedelta(days=7) <= (day - timedelta(days=1)) - told_on <= timedelta(days=9)
    assert len(table.gateway.whispers) == 1


async def test_facts_told_by_hand_bring_the_word_forward(table):
    await manage(table, ON)
    for _ in range(9):
        await manage(table, "/lalafact")
    await at(table, "23 09:00")
    assert len(table.gateway.whispers) == 1


# Between the look at what is due, and the writing of it


class Meanwhile:
    """In the place of the outbox's lock, which is taken between the two: something happens there, once."""

    def __init__(self, lock, happens):
        self._lock = lock
        self._happens = happens

    async def __aenter__(self):
        happens, self._happens = self._happens, None
        if happens:
            await happens()
        await self._lock.acquire()

    async def __aexit__(self, *_):
        self._lock.release()


def meanwhile(table, happens):
    table.bot.core.outbox.bulk = Meanwhile(table.bot.core.outbox.bulk, happens)


async def test_an_answer_that_comes_while_the_next_post_is_made_is_counted(table):
    await manage(table, f"{ON} kind=fact+question")
    asked = await ask_and_answer(table, date(2026, 11, 23), "Ben")
    meanwhile(table, lambda: answer(table, "Cy", asked))
    await at(table, "24 09:00")
    assert dailies(table) == [asked]
    await tick(table)
    assert "Right: Ben, Cy." in dailies(table)[-1].card.spoken()
    assert len(dailies(table)) == 2


@pytest.mark.parametrize("command", ["off", "pause"])
async def test_switched_off_while_the_post_is_made_it_does_not_come(table, command):
    await manage(table, ON)
    meanwhile(table, lambda: table.say("Ana", f"/lala daily {command}", manager=True))
    await at(table, "23 09:00")
    await tick(table)
    assert dailies(table) == []


async def test_a_fact_that_is_told_while_the_post_is_made_is_not_posted(store, clock):
    table = await Table(store, clock, pack=a_pack(facts=12)).open()
    await manage(table, ON)
    meanwhile(table, lambda: table.say("Ben", "/lalafact"))
    await at(table, "23 09:00")
    await tick(table)
    told = table.last.card.parts[-1].text
    assert told.startswith("The fact f")
    assert told not in dailies(table)[-1].card.spoken()
    assert len(dailies(table)) == 1
    await table.close()


# Late, missed, failed


async def test_late_within_six_hours_it_is_posted_with_a_word(table):
    await manage(table, ON)
    await at(table, "23 14:59")
    assert "A little late today: this was due at 09:00." in dailies(table)[-1].card.spoken()
    assert await day_states(table) == {23: DayState.LATE}


async def test_later_it_is_missed_and_shown(table):
    await manage(table, ON)
    await at(table, "25 15:01")
    assert not dailies(table)
    text = (await manage(table, "/lala daily")).spoken()
    for day in (23, 24, 25):
        assert f"{day} November 2026: missed" in text
    await at(table, "26 09:00")
    assert len(dailies(table)) == 1


async def test_a_platform_that_is_away_is_tried_until_the_window_closes(table):
    await manage(table, ON)
    table.gateway.broken["web/lobby"] = Unreachable("down")
    await at(table, "23 09:00")
    await at(table, "23 11:00")
    del table.gateway.broken["web/lobby"]
    await at(table, "23 11:06")
    assert "this was due at 09:00" in dailies(table)[-1].card.spoken(), "late by the platform's fault is late"
    assert await day_states(table) == {23: DayState.LATE}
    table.gateway.broken["web/lobby"] = Unreachable("down")
    await at(table, "24 09:00")
    await at(table, "24 14:59")
    assert await day_states(table, 1) == {24: DayState.CLAIMED}
    await at(table, "24 15:06")
    assert await day_states(table, 1) == {24: DayState.MISSED}
    del table.gateway.broken["web/lobby"]
    await at(table, "24 20:00")
    assert len(dailies(table)) == 1


@pytest.mark.parametrize("command", ["off", "pause"])
async def test_switched_off_while_the_platform_is_away_nothing_comes_after(table, command):
    await manage(table, ON)
    table.gateway.broken["web/lobby"] = Unreachable("down")
    await at(table, "23 09:00")
    await manage(table, f"/lala daily {command}")
    del table.gateway.broken["web/lobby"]
    await at(table, "23 10:00")
    assert not dailies(table)


async def test_after_three_failing_days_it_is_off_and_who_set_it_up_hears(table):
    await manage(table, ON)
    table.gateway.broken["web/lobby"] = NotPermitted("Send Messages")
    await at(table, "23 09:00")
    await at(table, "24 09:00")
    assert not table.gateway.whispers
    await at(table, "25 09:00")
    await tick(table)
    (channel, player, card) = table.gateway.whispers[0]
    assert (channel, player) == ("web/lobby", "web/ana")
    assert "failed three days running and is now off" in card.spoken()
    assert "I am missing: Send Messages." in card.spoken()
    await at(table, "26 09:00")
    assert len(table.gateway.whispers) == 1
    text = (await manage(table, "/lala daily")).spoken()
    assert "State: switched off" in text
    assert "25 November 2026: failed" in text
    table.gateway.broken.clear()
    await manage(table, "/lala daily on")
    await at(table, "27 09:00")
    assert len(dailies(table)) == 1


async def test_a_good_day_between_starts_the_count_anew(table):
    await manage(table, ON)
    for day, broken in ((23, True), (24, True), (25, False), (26, True), (27, True)):
        table.gateway.broken = {"web/lobby": NotPermitted("x")} if broken else {}
        await at(table, f"{day} 09:00")
    await tick(table)
    assert "State: on" in (await manage(table, "/lala daily")).spoken()


async def test_where_nobody_can_be_told_privately_the_channel_is(store, clock):
    gateway = MemoryGateway(clock, private_unprompted=False)
    table = await Table(store, clock, gateway=gateway).open()
    await manage(table, ON)
    gateway.broken["web/lobby"] = Unreachable("down")
    for day in (23, 24, 25):
        await at(table, f"{day} 09:00")
        await at(table, f"{day} 15:06")
    gateway.broken.clear()
    await tick(table)
    await at(table, "25 15:30")
    notes = [m for m in table.messages if "failed three days running" in m.card.spoken()]
    assert len(notes) == 1
    assert "could not be reached" in notes[0].card.spoken()
    await table.close()


async def test_a_bot_that_was_away_counts_no_failures(table):
    """Posts that were written and never tried, because the process died there each time."""
    await manage(table, ON)
    for day in (23, 24, 25, 26):
        await at(table, f"{day} 08:59")
        table.gateway.latency_s = 10**9
        await table.clock.advance(60)
        await table.bot.tick()
        await table.bot.stop(timeout_s=0)
        table.gateway.latency_s = 0
        await at(table, f"{day} 20:00")
        table.bot = None
        await table.open()
        await tick(table)
    async with table.store.view() as work:
        assert (await work.dailies.load(LOBBY)).failures == 0


async def test_a_channel_without_any_fact_fails_and_says_why(store, clock):
    pack = replace(a_pack(facts=1), facts=(a_fact("f0", spoiler=Spoiler.ENDING),))
    table = await Table(store, clock, pack=pack).open()
    await manage(table, ON)
    for day in (23, 24, 25):
        await at(table, f"{day} 09:00")
    assert "No fact fits the channel's spoiler level" in table.gateway.whispers[0][2].spoken()
    assert await day_states(table) == dict.fromkeys((23, 24, 25), DayState.FAILED)
    await table.close()


async def test_posts_of_long_ago_are_forgotten_while_the_bot_runs(table):
    await manage(table, ON)
    await at(table, "23 09:00")
    (message,) = dailies(table)
    for days, is_known in ((29, True), (31, False)):
        await tick_at(table, date(2026, 11, 23) + timedelta(days=days), hour=8)
        async with table.store.view() as work:
            assert (await work.posts.load(message.key) is not None) is is_known


async def test_one_channel_s_fault_holds_up_no_other(store, clock):
    table = await Table(store, clock).open()
    for number in range(3):
        await manage(table, ON, channel=f"web/{number}")
    async with store.begin() as work:
        broken = await work.dailies.load(ChannelId("web/0"))
        await work.dailies.save(replace(broken, schedule=replace(broken.schedule, zone="Gone/Zone")))
    await at(table, "23 09:00")
    assert {message.channel for message in table.gateway.messages} == {"web/1", "web/2"}
    await table.close()


async def test_an_interrupted_post_is_uncertain_where_repeats_are_not_dropped(store, clock):
    gateway = MemoryGateway(clock, repeats_are_dropped=False)
    table = await Table(store, clock, gateway=gateway).open()
    await manage(table, ON)
    await at(table, "23 08:59")
    gateway.latency_s = 10**6
    await clock.advance(60)
    await table.bot.tick()
    await clock.settle()
    await table.bot.stop(timeout_s=0)
    gateway.latency_s = 0
    table.bot = None
    await table.open()
    await tick(table)
    assert not dailies(table)
    assert await day_states(table) == {23: DayState.UNCERTAIN}
    assert "perhaps posted" in (await manage(table, "/lala daily")).spoken()
    await table.close()


@pytest.mark.parametrize(("away_s", "posts"), [(30, 1), (3600, 0)])
async def test_where_repeats_are_dropped_for_a_while_only_a_later_one_is_not_risked(store, clock, away_s, posts):
    gateway = MemoryGateway(clock)
    gateway.capabilities = replace(gateway.capabilities, repeats_dropped_for_s=120)
    table = await Table(store, clock, gateway=gateway).open()
    await manage(table, ON)
    await at(table, "23 08:59")
    gateway.latency_s = 10**6
    await clock.advance(60)
    await table.bot.tick()
    await clock.settle()
    await table.bot.stop(timeout_s=0)
    gateway.latency_s = 0
    await clock.advance(away_s)
    table.bot = None
    await table.open()
    await tick(table)
    assert len(dailies(table)) == posts
    await table.close()


async def test_the_fact_of_a_post_that_came_to_nothing_is_still_to_be_told(table):
    await manage(table, ON)
    table.gateway.broken["web/lobby"] = NotPermitted("Send Messages")
    await at(table, "23 09:00")
    await at(table, "24 09:00")
    table.gateway.broken.clear()
    for day in range(25, 31):
        await at(table, f"{day} 09:00")
    for day in range(1, 7):
        await tick_at(table, date(2026, 12, day))
    assert len({message.card.parts[-1].text for message in dailies(table)}) == 12


# The clock and the zones


async def test_a_clock_set_back_repeats_nothing(table):
    await manage(table, ON)
    await at(table, "23 09:00")
    table.clock.set(datetime.fromisoformat("2026-11-23T08:00:00+00:00"))
    await at(table, "23 08:30")
    await at(table, "23 09:30")
    assert len(dailies(table)) == 1
    await at(table, "24 09:00")
    assert len(dailies(table)) == 2


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_clock_that_ran_ahead_and_was_set_right_loses_no_date(table, restarted):
    await manage(table, ON)
    table.clock.set(datetime.fromisoformat("2027-06-01T12:00:00+00:00"))
    await tick(table)
    assert len(dailies(table)) == 1
    if restarted:
        await table.bot.stop(timeout_s=0)
        table.bot = None
    table.clock.set(datetime.fromisoformat("2026-11-23T08:00:00+00:00"))
    if restarted:
        await table.open()
    await tick(table)
    for day in range(23, 30):
        await at(table, f"{day} 09:00")
    keys = [message.key for message in dailies(table)]
    assert len(keys) == len(set(keys)) == 8
    assert set((await day_states(table)).values()) <= {DayState.POSTED, DayState.LATE, DayState.MISSED}


async def test_new_zone_data_move_the_stored_instant(table):
    await manage(table, ON)
    async with table.store.begin() as work:
        daily = await work.dailies.load(LOBBY)
        stale = replace(daily.next, at=daily.next.at + timedelta(hours=1))
        await work.dailies.save(replace(daily, next=stale, zone_data="2019a"))
    await table.bot.stop(timeout_s=0)
    table.bot = None
    await table.open()
    await at(table, "23 09:00")
    assert len(dailies(table)) == 1


async def test_a_second_bot_on_the_same_store_posts_nothing_again(table):
    other = await Table(table.store, table.clock, gateway=table.gateway).open()
    await manage(table, ON)
    await table.clock.advance(21 * 3600)
    await table.bot.tick()
    await other.bot.tick()
    await table.clock.advance(60)
    assert len(dailies(table)) == 1
    await other.close()


async def test_schedules_of_a_platform_that_nobody_runs_wait_for_it(store, clock):
    table = await Table(store, clock).open()
    await manage(table, ON)
    await manage(table, ON, channel="web/other")
    async with store.begin() as work:
        daily = await work.dailies.load(ChannelId("web/other"))
        await work.dailies.save(replace(daily, channel=ChannelId("discord/1/2")))
    await at(table, "23 09:00")
    async with store.view() as work:
        elsewhere = await work.dailies.load(ChannelId("discord/1/2"))
    assert elsewhere.next.local_date == date(2026, 11, 23)
    await table.close()


# The quiz on what was posted


async def test_a_quiz_on_this_week_asks_about_what_was_posted_here(table):
    await manage(table, ON)
    for day in range(23, 32):
        await tick_at(table, date(2026, 11, 22) + timedelta(days=day - 22))
    told = {message.card.parts[-1].text.split()[-1].rstrip(".") for message in dailies(table)[-7:]}
    await manage(table, "/quiz start questions=50 topic=this-week seconds=5")
    text = table.newest(CardKind.START).card.spoken()
    assert "7 questions" in text
    assert "Topic: This week's facts." in text
    async with table.store.view() as work:
        game = (await work.games.running_in(LOBBY)).game
    by_id = {question.id: question for question in table.pack.questions}
    facts = [by_id[QuestionId(asked.question)].fact for asked in game.asked]
    assert sorted(facts) == sorted(told)


@pytest.mark.parametrize("typed", ["this-week", '"this week"', "esta-semana", '"as curiosidades desta semana"'])
async def test_this_week_is_understood_in_both_languages(table, typed):
    text = (await manage(table, f"/quiz start topic={typed}")).spoken()
    assert "Nothing was posted here in the last seven days" in text


async def test_this_week_is_offered_for_a_quiz_alone(table):
    place = table.place()
    offered = await table.bot.complete("quiz start", "topic", "", place, Language.EN)
    assert (offered[0].value, offered[0].label) == ("this-week", "This week's facts")
    assert [o.value for o in await table.bot.complete("quiz start", "topic", "esta", place, Language.PT_BR)][:1] == [
        "this-week"
    ]
    assert all(o.value != "this-week" for o in await table.bot.complete("lalafact", "topic", "", place, Language.EN))
    assert all(
        o.value != "this-week" for o in await table.bot.complete("quiz start", "topic", "mus", place, Language.EN)
    )
