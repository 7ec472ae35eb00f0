"""What a stranger may try with a room: the page, the address, the frames."""

import socket

import pytest
from aiohttp import ClientSession, WSServerHandshakeError, web

from adapters.web import client as client_module
from adapters.web.client import WebServer
from adapters.web.gateway import WebGateway
from bot.domain.errors import SettingError
from tests.adapters.web.peer import Peer, Rooms, WallClock

EVIL = '"><img src=x onerror=alert(1)>'


async def test_the_page_allows_nothing_from_anywhere_else(served):
    for path in ("/", "/room/lobby?player=Ana", "/static/room.js", "/static/nothing"):
        _, headers, _ = await served.get(path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


async def test_a_name_is_never_markup(served):
    for path in ("/room/lobby", "/enter"):
        _, _, text = await served.get(path, params={"player": EVIL, "room": "lobby"})
        assert "<img src=x" not in text
    _, _, text = await served.get("/enter", params={"player": "Ana", "room": EVIL})
    assert "<img src=x" not in text
    _, _, text = await served.get(f"/room/{'%3Cscript%3E'}", params={"player": "Ana"})
    assert "<script>" not in text


async def test_data_in_the_page_cannot_end_its_script(served):
    _, _, text = await served.get("/room/lobby", params={"player": "</script><b>"})
    data = text.split('id="page-data">')[1].split("</script>")[0]
    assert "<" not in data


async def test_a_wrong_name_or_room_gets_a_kind_page_in_the_readers_language(served):
    status, _, text = await served.get("/room/!!?player=Ana", headers={"Accept-Language": "pt-BR"})
    assert status == 400
    assert "O nome de uma sala" in text
    status, _, text = await served.get("/room/lobby")
    assert status == 200
    assert 'value="lobby"' in text
    status, _, text = await served.get("/static/../client.py")
    assert status == 404


async def test_the_door_leads_to_the_rooms_own_address(served):
    status, headers, _ = await served.get("/enter?player=Ana+L&room=Movie+Night&lang=pt-BR", allow_redirects=False)
    assert (status, headers["Location"]) == (303, "/room/movie-night?player=Ana+L&lang=pt-BR")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "[bad"])
@pytest.mark.parametrize("path", ["/", "/room/lobby?player=Ana", "/room/lobby/live?player=Ana", "/static/room.js"])
async def test_a_loopback_room_answers_to_no_other_name(served, host, path):
    status, _, text = await served.get(path, headers={"Host": host})
    assert status in {400, 421}
    assert "Ana" not in text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:1", "null", "http://localhost.evil.example"]
)
async def test_a_page_of_another_site_cannot_open_a_connection(served, origin):
    with pytest.raises(WSServerHandshakeError) as refused:
        await served.page("Ana", origin=origin)
    assert refused.value.status == 403


async def test_the_rooms_own_page_can(served):
    await served.page("Ana", origin=served.address)


@pytest.mark.parametrize("text", ["not json", "[1]", '{"type":"say"}', '{"type":"unknown","id":"frame-01"}'])
async def test_what_is_not_a_frame_ends_the_connection(served, text):
    ana = await served.page("Ana")
    await ana.socket.send_str(text)
    assert await ana.close_code() == 1007


async def test_bytes_are_not_a_frame(served):
    ana = await served.page("Ana")
    await ana.socket.send_bytes(b"\x00")
    assert await ana.close_code() == 1007


async def test_a_frame_of_more_than_eight_kibibytes_ends_the_connection(served):
    ana = await served.page("Ana")
    await ana.send("say", text="x" * 9_000)
    assert await ana.close_code() == 1009
    assert served.peer.seen == []


async def test_a_chat_line_has_at_most_five_hundred_letters(served):
    ana = await served.page("Ana")
    frames = await ana.ask("say", text="x" * 501)
    assert "500" in frames[-1]["problem"]
    await ana.ask("say", text="x" * 500)
    assert [len(m["body"]["text"]) for m in (await served.page("Ana")).snapshot["messages"]] == [500]


async def test_an_eleventh_thing_at_once_is_refused_over_all_pages_of_a_player(served):
    ana, second, bia = await served.page("Ana"), await served.page("Ana"), await served.page("Bia")
    for number in range(10):
        await (ana, second)[number % 2].ask("say", text=f"line {number}")
    frames = await ana.ask("say", text="one too many")
    assert [frame["card"]["tone"] for frame in frames if frame["type"] == "private"] == ["warning"]
    await bia.ask("say", text="I am calm")
    texts = [message["body"]["text"] for message in (await served.page("Caio")).snapshot["messages"]]
    assert "one too many" not in texts
    assert "I am calm" in texts


async def test_whoever_does_not_stop_is_let_go(served):
    ana = await served.page("Ana")
    for _ in range(60):
        await ana.send("press", button="v1:x")
    assert await ana.close_code() == 1008


async def test_more_pages_than_a_player_may_have_are_turned_away(served, monkeypatch):
    monkeypatch.setattr(client_module, "MAX_TABS_PER_PLAYER", 2)
    first, _second = await served.page("Ana"), await served.page("Ana")
    third = await served.session.ws_connect(f"{served.address}/room/lobby/live?player=Ana")
    await third.receive()
    assert third.close_code == 1013
    await served.page("Bia")
    await first.socket.close()


async def test_a_port_in_use_ends_with_one_clear_line(served):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = WebServer(web.Application(), served.gateway, Peer(served.gateway), host="127.0.0.1", port=port)
        with pytest.raises(SettingError) as refused:
            await server.start()
    assert str(refused.value) == f"127.0.0.1:{port} is in use: stop the other program or set LALABOT_PORT"


async def test_an_address_that_is_not_this_machines_is_told(served):
    server = WebServer(web.Application(), served.gateway, Peer(served.gateway), host="203.0.113.7", port=0)
    with pytest.raises(SettingError, match="LALABOT_HOST"):
        await server.start()


async def test_other_routes_of_the_application_are_left_alone():
    app = web.Application()
    gateway = WebGateway(Rooms(), WallClock())
    server = WebServer(app, gateway, Peer(gateway), host="127.0.0.1", port=0)

    async def health(_):
        return web.Response(text="ok")

    app.router.add_get("/healthz", health)
    await server.start()
    async with (
        ClientSession() as session,
        session.get(f"{server.address}/healthz", headers={"Host": "any"}) as response,
    ):
        assert await response.text() == "ok"
    await server.stop()
