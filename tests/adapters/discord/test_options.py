"""The operator's settings for Discord."""

import base64

import pytest

from adapters.discord.doctor import LEAST, application_of, doctor_lines, invite_lines
from adapters.discord.ids import channel_of, community_of, player_of, spot_of, user_of
from adapters.discord.options import Shards, read_options
from bot.domain.errors import SettingError
from tests.adapters.discord.world import settings


@pytest.mark.parametrize(
    ("text", "shards"),
    [
        ("", Shards()),
        ("0-3/16", Shards((0, 1, 2, 3), 16)),
        ("5/16", Shards((5,), 16)),
        (" 0 - 0 / 1 ", Shards((0,), 1)),
    ],
)
def test_shards_are_a_range_of_a_number(text, shards):
    assert read_options(settings(DISCORD_SHARDS=text)).shards == shards


@pytest.mark.parametrize("text", ["4", "3-1/16", "0-16/16", "a/b", "0-3/", "-1/2"])
def test_shards_that_cannot_be_are_refused(text):
    with pytest.raises(SettingError, match="DISCORD_SHARDS"):
        read_options(settings(DISCORD_SHARDS=text))


@pytest.mark.parametrize(("text", "share"), [("", 1), ("0-3/16", 0.25), ("5/16", 1 / 16)])
def test_a_process_asks_its_shards_share_of_what_a_bot_may_ask(text, share):
    assert read_options(settings(DISCORD_SHARDS=text)).shards.share == share


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://127.0.0.1:9", "http://127.0.0.1:9/api/v10"),
        ("https://proxy/api/", "https://proxy/api/v10"),
        ("https://proxy/discord/api/v10/", "https://proxy/discord/api/v10"),
        ("", ""),
    ],
)
def test_the_address_of_the_api_may_leave_its_path_out(text, address):
    assert read_options(settings(DISCORD_API_URL=text)).api_url == address


@pytest.mark.parametrize("text", ["proxy:80", "ftp://x", "/api"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(SettingError, match="DISCORD_API_URL"):
        read_options(settings(DISCORD_API_URL=text))


def test_the_invitation_asks_for_the_least():
    token = f"{base64.urlsafe_b64encode(b'81384788765712384').decode().rstrip('=')}.a.b"
    assert application_of(token) == 81384788765712384
    (line,) = invite_lines(settings(DISCORD_TOKEN=token))
    assert f"permissions={LEAST.value}" in line
    assert "scope=bot+applications.commands" in line
    assert [name for name, is_on in LEAST if is_on] == [
        "view_channel",
        "send_messages",
        "send_messages_in_threads",
    ] or {name for name, is_on in LEAST if is_on} == {"read_messages", "send_messages", "send_messages_in_threads"}


@pytest.mark.parametrize("token", ["nonsense", "!!.x.y", ""])
def test_no_invitation_without_a_bots_token(token):
    with pytest.raises(SettingError, match="DISCORD_TOKEN"):
        invite_lines(settings(DISCORD_TOKEN=token))


async def test_the_doctor_says_where_discord_cannot_be_reached():
    lines = await doctor_lines(settings(DISCORD_API_URL="http://127.0.0.1:9"))
    assert len(lines) == 1
    assert lines[0].startswith("BAD")


def test_ids_go_there_and_back():
    assert (spot_of(channel_of(1, 2)).guild, spot_of(channel_of(1, 2)).channel) == (1, 2)
    assert (spot_of(channel_of(None, 2)).guild, spot_of(channel_of(None, 2)).channel) == (None, 2)
    assert user_of(player_of(7)) == 7
    assert community_of(None, 2) != community_of(None, 3), "strangers share nothing"
    assert channel_of(1, 2).startswith(f"{community_of(1, 2)}/")
