"""Facts, questions on them, standing beside any game."""

from sqlalchemy import select

from bot.app.commands import SPECS
from bot.domain.facts import Spoiler
from bot.domain.language import Language
from bot.ports.cards import CardKind
from bot.ports.chat import Audience
from bot.storage.tables import reports
from tests.acceptance.table import Table
from tests.factories import a_fact, a_pack, a_question


async def test_a_fact_is_told_to_all_with_its_buttons(table):
    card = await table.say("Ana", "/lalafact")
    assert card.kind is CardKind.FACT
    assert table.last.to is Audience.ALL
    assert [button.label for button in card.buttons] == ["Another", "Quiz me", "Source"]


async def test_no_fact_comes_back_until_all_have_been_told(table):
    told = [(await table.say("Ana", "/lalafact")).parts[-1].text]
    for _ in range(11):
        told.append((await table.press("Ana", "v1:more::")).parts[-1].text)
        await table.clock.advance(1)
    assert len(set(told)) == 12
    again = await table.say("Ana", "/lalafact")
    assert "begins a new round" in again.spoken()
    assert again.parts[-1].text != told[-1]


async def test_a_filtered_fact_does_not_repeat_what_was_just_told(table):
    told = (await table.say("Ana", "/lalafact")).spoken()
    for _ in range(3):
        card = await table.say("Ana", "/lalafact music")
        assert card.spoken() != told
        await table.clock.advance(1)


async def test_a_repeated_delivery_tells_nothing_new(table):
    assert await table.say("Ana", "/lalafact", key="same") is not None
    assert await table.say("Ana", "/lalafact", key="same") is None


async def test_a_private_fact_takes_nothing_from_what_the_channel_has_yet_to_hear(table):
    for _ in range(12):
        await table.say("Ana", "/lalafact private")
        assert table.last.to is Audience.ACTOR
        await table.clock.advance(1)
    assert "new round" not in (await table.say("Ana", "/lalafact")).spoken()


async def test_another_of_a_private_fact_is_private(table):
    card = await table.say("Ana", "/lalafact private person=gosling")
    await table.press("Ana", card.buttons[0].id)
    assert table.last.to is Audience.ACTOR


async def test_a_fact_on_a_person_is_on_that_person(table):
    card = await table.say("Ana", "/lalafact person=Gosling")
    number = int(card.parts[-1].text.removeprefix("The fact f").rstrip("."))
    assert number % 2 == 0
    assert card.buttons[0].id == "v1:more::Ryan Gosling"


async def test_an_unknown_topic_or_person_gets_the_nearest(table):
    assert "did you mean Music?" in (await table.say("Ana", "/lalafact topic=musik")).spoken()
    assert "did you mean Ryan Gosling?" in (await table.say("Ana", "/lalafact person=goslin")).spoken()


async def test_a_fact_over_the_channels_level_is_never_told_nor_asked(store, clock):
    facts = (a_fact("f0"), a_fact("f1", spoiler=Spoiler.ENDING, people=("Tom Everett Scott",)))
    questions = (a_question("q0", fact="f0"), a_question("q1", fact="f1", spoiler=Spoiler.ENDING))
    pack = a_pack(facts=1)
    pack = type(pack)(pack.id, pack.name, pack.topics, pack.sources, facts, questions)
    table = await Table(store, clock, pack=pack).open()
    for _ in range(4):
        assert "f1" not in (await table.say("Ana", "/lalafact")).spoken()
        await clock.advance(1)
    assert await table.bot.complete("lalafact", "person", "sco", table.place(), Language.EN) == ()
    await table.say("Ana", "/quiz 10")
    assert "1 question," in table.newest(CardKind.START).card.spoken()
    await table.close()


async def test_the_source_is_behind_a_button_and_private(table):
    card = await table.say("Ana", "/lalafact")
    source = await table.press("Ben", card.buttons[2].id)
    assert table.last.to is Audience.ACTOR
    assert "The document, paragraph 1" in source.spoken()


async def test_quiz_me_asks_about_this_very_fact_and_tells_at_once(table):
    card = await table.say("Ana", "/lalafact")
    name = card.parts[-1].text.split()[-1].rstrip(".")
    asked = await table.press("Ana", card.buttons[1].id)
    assert asked.parts[0].text == f"What is q{name[1:]}?"
    labels = {button.label: button.id for button in asked.buttons}
    assert "right" not in labels["the right one"]
    assert (await table.press("Ana", labels["the right one"])).title == "Right!"
    assert "the answer is the right one" in (await table.press("Ana", labels["wrong x"])).title


async def test_what_no_database_keeps_is_left_out_of_a_text(table):
    form = await table.press("Ana", "v1:report:test:q1")
    card = await table.submit("Ana", form.id, text="It was \0Seb's\ud800 idea.")
    assert "Thank you" in card.spoken()
    async with table.store.view() as work:
        (row,) = await work.reports._session.all(select(reports))
    assert row.text == "It was Seb's idea."


async def test_a_question_can_be_reported(table):
    form = await table.press("Ana", "v1:report:test:q1")
    assert "Thank you" in (await table.submit("Ana", form.id, text="Wrong year")).spoken()


async def test_a_player_is_forgotten_after_a_confirmation(table):
    await table.say("Ana", "/quiz 1 seconds=5")
    await table.clock.advance(5)
    await table.answer("Ana")
    await table.clock.advance(10)
    card = await table.say("Ana", "/lala forget-me")
    assert "1. Ana" in (await table.say("Ben", "/quiz scores")).spoken(), "asking deletes nothing"
    await table.press("Ana", card.buttons[0].id)
    assert "Ana" not in (await table.say("Ben", "/quiz scores")).spoken()
    assert "Nothing yet" in (await table.say("Ana", "/quiz me")).spoken()


async def test_help_and_about_are_private_and_name_every_command(table):
    text = (await table.say("Ana", "/lala help")).spoken()
    assert table.last.to is Audience.ACTOR
    for spec in SPECS:
        assert f"/{spec.label(Language.EN)}:" in text
    assert "12 facts" in (await table.say("Ana", "/lala about")).spoken()
