"""The room's promises to its pages."""

import asyncio
import json

import pytest

from adapters.web import hub as hub_module
from adapters.web.hub import Tab
from adapters.web.inbound import Visitor
from bot.domain.ids import ChannelId, MessageRef, PlayerId
from bot.domain.language import Language
from bot.ports.chat import Call, MessageGone, Press, Submission
from tests.adapters.web import peer
from tests.adapters.web.conftest import serving

LOBBY = ChannelId("web/lobby")


async def post(served, card, key="k1", channel=LOBBY):
    return await served.gateway.post(channel, card, key=key)


async def test_a_chat_line_reaches_everybody_with_its_author(served):
    ana, bia = await served.page("Ana"), await served.page("Bia")
    await ana.ask("say", text="Hello <b>you</b>")
    message = (await bia.until("put"))["message"]
    assert message["author"] == "web/ana"
    assert message["body"] == {"kind": "chat", "name": "Ana", "text": "Hello <b>you</b>"}


async def test_a_command_is_read_and_its_public_answer_says_who_used_it(served):
    ana, bia = await served.page("Ana"), await served.page("Bia")
    await ana.ask("say", text="/lalafact music")
    body = (await bia.until("put"))["message"]["body"]
    assert (body["kind"], body["name"], body["used"], body["card"]["kind"]) == ("card", "Ana", "/lalafact", "fact")
    (call,) = served.peer.seen
    assert isinstance(call, Call)
    assert (call.path, call.options, call.place.channel) == ("lalafact", {"topic": "music"}, "web/lobby")


async def test_a_wrong_command_is_refused_privately_with_the_nearest(served):
    ana, bia = await served.page("Ana"), await served.page("Bia")
    frames = await ana.ask("say", text="/quizz start")
    others = await bia.ask("say", text="still here")
    assert "private" not in {frame["type"] for frame in others}
    private = next(frame for frame in frames if frame["type"] == "private")
    assert "/quiz" in json.dumps(private)
    assert served.peer.seen == []


async def test_private_words_reach_every_page_of_their_player_and_nobody_else_and_are_not_kept(served):
    ana, other_tab, bia = await served.page("Ana"), await served.page("ANA"), await served.page("Bia")
    elsewhere = await served.page("Ana", room="attic")
    await ana.ask("say", text="/lalafact private=yes")
    assert (await other_tab.until("private"))["card"]["kind"] == "fact"
    for page in (bia, elsewhere):
        frames = await page.ask("say", text="anything for me?")
        assert [frame["type"] for frame in frames if frame["type"] not in {"here", "put"}] == ["done"]
    assert (await served.page("Ana")).snapshot["messages"][0]["body"]["text"] == "anything for me?"


async def test_a_press_a_form_and_its_submission_go_to_the_core(served):
    ana, bia = await served.page("Ana"), await served.page("Bia")
    frames = await ana.ask("press", button="v1:settings")
    assert [frame["type"] for frame in frames if frame["type"] != "here"] == ["form", "done"]
    frames = await ana.ask("submit", form="v1:settings", values={"questions": "12", "note": "hi"})
    assert [frame["type"] for frame in frames] == ["private", "done"]
    assert [type(inbound) for inbound in served.peer.seen] == [Press, Submission]
    assert served.peer.seen[1].values == {"questions": "12", "note": "hi"}
    frames = await bia.ask("say", text="no form for me")
    assert "form" not in {frame["type"] for frame in frames}


async def test_a_refused_form_comes_back_with_its_problem_and_stays_open(served):
    ana = await served.page("Ana")
    frames = await ana.ask("submit", form="v1:settings", values={"questions": "many"})
    assert frames[-1]["problem"] == "A whole number from 1 to 50."
    assert "private" not in {frame["type"] for frame in frames}


async def test_the_first_who_ever_came_manages_the_room_and_gives_it_its_language(served):
    ana = await served.page("Ana", lang="pt-BR")
    bia = await served.page("Bia", lang="en")
    await ana.ask("press", button="v1:x")
    await bia.ask("press", button="v1:x")
    first, second = served.peer.seen
    assert (first.actor.is_manager, second.actor.is_manager) == (True, False)
    assert second.place.managers == "Ana" == bia.snapshot["manager"]
    assert (second.place.language, second.actor.language) == (Language.PT_BR, Language.EN)


async def test_a_page_that_comes_is_told_the_room_as_it_is(served):
    posted = await post(served, peer.question_card(served.gateway.hub.clock.now()))
    await served.gateway.edit(LOBBY, posted.message, peer.closed_card())
    ana = await served.page("Ana")
    (message,) = ana.snapshot["messages"]
    assert str(message["id"]) == posted.message
    assert message["body"]["card"]["parts"][1]["items"][0]["right"] is True


async def test_a_snapshot_holds_the_newest_hundred_messages_oldest_first(served):
    for number in range(105):
        await post(served, peer.board_card(), key=f"k{number}")
    ids = [message["id"] for message in (await served.page("Ana")).snapshot["messages"]]
    assert ids == list(range(6, 106))


async def test_an_edit_changes_its_message_and_counts_the_revision_up(served):
    ana = await served.page("Ana")
    posted = await post(served, peer.fact_card())
    await served.gateway.edit(LOBBY, posted.message, peer.board_card())
    first, second = await ana.until("put"), await ana.until("put")
    assert first["message"]["id"] == second["message"]["id"]
    assert second["message"]["body"]["card"]["kind"] == "board"
    assert [first["revision"], second["revision"]] == [ana.snapshot["revision"] + 1, ana.snapshot["revision"] + 2]


async def test_a_post_repeated_under_its_key_appears_once(served):
    first = await post(served, peer.fact_card(), key="round:1")
    again = await post(served, peer.fact_card(), key="round:1")
    assert first == again
    assert len((await served.page("Ana")).snapshot["messages"]) == 1


async def test_the_same_delivery_after_a_reconnection_is_one_message(served):
    ana = await served.page("Ana")
    await ana.ask("say", text="Hello", frame_id="frame-same")
    await ana.socket.close()
    again = await served.page("Ana")
    await again.ask("say", text="Hello", frame_id="frame-same")
    await again.ask("say", text="/lalafact", frame_id="frame-fact")
    await again.ask("say", text="/lalafact", frame_id="frame-fact")
    kinds = [message["body"]["kind"] for message in (await served.page("Bia")).snapshot["messages"]]
    assert kinds == ["chat", "card"]
    first, second = served.peer.seen
    assert first.dedupe_key == second.dedupe_key


async def test_nothing_is_lost_or_told_twice_to_pages_that_enter_while_much_is_posted(served):
    async def posting():
        for number in range(60):
            await post(served, peer.board_card(), key=f"k{number}")
            await asyncio.sleep(0)

    async def watching(name):
        page = await served.page(name)
        ids = [message["id"] for message in page.snapshot["messages"]]
        revision = page.snapshot["revision"]
        while ids[-1:] != [60]:
            frame = await page.until("put")
            assert frame["revision"] == revision + 1
            revision = frame["revision"]
            ids.append(frame["message"]["id"])
        return ids

    results = await asyncio.gather(posting(), *(watching(f"P{number}") for number in range(6)))
    assert all(ids == list(range(1, 61)) for ids in results[1:])


async def test_a_page_that_does_not_read_is_let_go_and_nobody_else(served, monkeypatch):
    monkeypatch.setattr(hub_module, "MAX_WAITING_FRAMES", 8)
    dropped = []
    room = served.gateway.hub.room("lobby")
    slow = Tab(Visitor("lobby", "Slow", Language.EN), lambda: dropped.append("slow"))
    await served.gateway.hub.enter(room, slow)
    ana = await served.page("Ana")
    for number in range(12):
        await post(served, peer.board_card(), key=f"k{number}")
        await ana.until("put")
    assert dropped
    assert slow.frames.qsize() == 8


async def test_everybody_is_told_who_is_here(served):
    ana = await served.page("Ana")
    bia = await served.page("Bia")
    await ana.until("here", names=["Ana", "Bia"])
    await bia.socket.close()
    await ana.until("here", names=["Ana"])


async def test_rooms_do_not_mix(served):
    ana, bia = await served.page("Ana", room="attic"), await served.page("Bia", room="cellar")
    await ana.ask("say", text="for the attic")
    frames = await bia.ask("say", text="for the cellar")
    assert [frame["message"]["body"]["text"] for frame in frames if frame["type"] == "put"] == ["for the cellar"]


async def test_the_core_can_whisper_to_who_is_there(served):
    ana = await served.page("Ana")
    assert await served.gateway.whisper(LOBBY, PlayerId("web/ana"), peer.board_card())
    assert (await ana.until("private"))["card"]["kind"] == "board"
    assert not await served.gateway.whisper(LOBBY, PlayerId("web/bia"), peer.board_card())


async def test_a_message_that_is_gone_cannot_be_edited(served):
    with pytest.raises(MessageGone):
        await served.gateway.edit(LOBBY, MessageRef("99"), peer.board_card())


async def test_a_link_leads_to_the_message_on_the_page(served):
    assert served.gateway.link(LOBBY, MessageRef("12")) == "#m12"


async def test_completions_are_the_cores(served):
    ana = await served.page("Ana")
    frame_id = await ana.send("complete", path="lalafact", option="topic", typed="the")
    frame = await ana.until("options", id=frame_id)
    assert frame["items"] == [{"value": "the-dance", "label": "The dance"}]


async def test_a_running_server_goes_in_good_manners():
    async with serving() as served:
        ana = await served.page("Ana")
        started, finish = asyncio.Event(), asyncio.Event()

        async def slowly():
            started.set()
            await finish.wait()

        served.peer.before_answer = slowly
        frame_id = await ana.send("press", button="v1:answer:g:1:0")
        await started.wait()
        stopping = asyncio.create_task(served.server.stop())
        await asyncio.sleep(0)
        finish.set()
        frames = await ana.frames_until_done(frame_id)
        assert "private" in {frame["type"] for frame in frames}
        assert await ana.close_code() == 1001
        await stopping


async def test_a_restart_keeps_the_room():
    async with serving() as before:
        ana = await before.page("Ana")
        await ana.ask("say", text="Hello")
    async with serving(before.rooms) as after:
        assert len((await after.page("Bia")).snapshot["messages"]) == 1
        assert (await after.page("Bia")).snapshot["manager"] == "Ana"


async def test_a_fault_of_the_core_ends_the_connection_so_that_the_page_tries_again(served, caplog):
    async def fail():
        raise RuntimeError("broken")

    ana = await served.page("Ana")
    served.peer.before_answer = fail
    await ana.send("press", button="v1:x")
    assert await ana.close_code() == 1011
    assert "could not be handled" in caplog.text
