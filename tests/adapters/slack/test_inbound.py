"""Slack's payloads as the core's own values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import inbound
from adapters.slack.ids import channel_of, player_of, spot_of
from adapters.slack.inbound import CLOSED, Profile, ReplyLine, Setting
from adapters.slack.pace import Pace
from adapters.slack.people import read_profile
from adapters.slack.recent import Recent
from bot.domain.language import Language
from tests.clocks import FakeClock
from tests.factories import NOON

COMMAND = {
    "team_id": "T1",
    "channel_id": "C1",
    "channel_name": "general",
    "user_id": "U1",
    "user_name": "ana",
    "command": "/quiz",
    "text": "",
    "response_url": "https://hooks.slack.com/commands/1",
    "trigger_id": "1.2.3",
}
ACTION = {
    "type": "block_actions",
    "user": {"id": "U1", "username": "ana", "team_id": "T1"},
    "team": {"id": "T1"},
    "channel": {"id": "C1"},
    "container": {"channel_id": "C1"},
    "trigger_id": "1.2.3",
    "response_url": "https://hooks.slack.com/actions/1",
    "actions": [{"action_id": "v1:answer:g:1:0", "action_ts": "1700000000.123456"}],
}


def test_a_press_carries_slacks_own_time_stamp():
    assert inbound.read_action(ACTION, NOON).at == datetime(2023, 11, 14, 22, 13, 20, 123456, UTC)


@pytest.mark.parametrize("stamp", [None, "", "soon", "12a.5", "-4.0", "1.x"])
def test_a_press_without_a_time_stamp_is_of_now(stamp):
    assert inbound.read_action(ACTION | {"actions": [{"action_id": "x", "action_ts": stamp}]}, NOON).at == NOON


@pytest.mark.parametrize("read", [inbound.read_command, inbound.read_action])
def test_the_trigger_is_the_key_so_that_a_repetition_is_the_same(read):
    payload = COMMAND if read is inbound.read_command else ACTION
    assert read(payload, NOON).key == read(payload, NOON + timedelta(seconds=9)).key == "slack/T1/1.2.3"
    assert read(payload | {"trigger_id": "4.5.6"}, NOON).key != read(payload, NOON).key


def test_a_press_without_a_trigger_is_known_by_its_time_and_button():
    bare = {name: value for name, value in ACTION.items() if name != "trigger_id"}
    assert inbound.read_action(bare, NOON).key == "slack/T1/action/1700000000.123456/v1:answer:g:1:0"


@pytest.mark.parametrize(
    ("more", "team"),
    [
        ({}, "T1"),
        ({"team": None}, "T1"),
        ({"team": None, "user": {"id": "U1"}, "enterprise": {"id": "E1"}}, "E1"),
        ({"view": {"app_installed_team_id": "T7"}}, "T7"),
    ],
)
def test_the_workspace_is_the_one_that_installed_the_bot(more, team):
    assert inbound.team_of(ACTION | more) == team


@pytest.mark.parametrize(
    ("name", "can_post"), [("general", True), ("privategroup", True), ("directmessage", False), ("mpdm-a--b-1", False)]
)
def test_where_the_bot_cannot_post(name, can_post):
    origin = inbound.read_command(COMMAND | {"channel_name": name}, NOON)
    place = inbound.place_of(origin, Profile("Ana", None, is_admin=False), Setting(None, "admins"))
    assert place.can_post is can_post


def test_a_person_is_two_players_in_two_workspaces():
    one, other = (inbound.read_command(COMMAND | {"team_id": team}, NOON) for team in ("T1", "T2"))
    profile = Profile("Ana", Language.EN, is_admin=True)
    assert inbound.actor_of(one, profile).player == "slack/T1/U1"
    assert inbound.actor_of(other, profile).player == "slack/T2/U1"
    assert spot_of(channel_of("T1", "C1")) == ("T1", "C1")
    assert spot_of(player_of("T1", "U1")) == ("T1", "U1")


def test_a_form_comes_back_with_where_it_was_asked_for():
    origin = inbound.read_action(ACTION, NOON)
    channel, line = inbound.read_metadata(inbound.write_metadata(origin))
    assert (channel, line) == ("C1", origin.line)


@given(
    st.text(max_size=80)
    | st.sampled_from(["{}", "[]", "null", '{"channel": 1, "until": "x"}', '{"channel":"C","until":1e99}'])
)
def test_metadata_that_is_not_ours_leads_nowhere(text):
    assert inbound.read_metadata(text)[1] in {CLOSED, ReplyLine("", CLOSED.until, 0)}


def test_values_of_a_form():
    told = {
        "answer": {"value": {"type": "plain_text_input", "value": None}},
        "mode": {"value": {"type": "static_select", "selected_option": {"value": "race"}}},
        "pack": {"value": {"type": "static_select", "selected_option": None}},
    }
    assert inbound.form_values({"view": {"state": {"values": told}}}) == {"answer": "", "mode": "race", "pack": ""}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Ana", "Ana"),
        ("  A\u202en\na ", "An a"),
        ("x" * 60, "x" * 40),
        ("\u200b\u0007", ""),
        ("<!channel>", "<!channel>"),
    ],
)
def test_names_are_one_visible_line(given, shown):
    assert inbound.clean_name(given) == shown


@pytest.mark.parametrize(
    ("told", "name", "manages"),
    [
        ({"profile": {"display_name": "Ana", "real_name": "Ana S"}, "is_admin": True}, "Ana", True),
        ({"profile": {"display_name": "", "real_name": "Ana S"}, "is_owner": True}, "Ana S", True),
        ({"name": "ana", "is_primary_owner": True}, "ana", True),
        ({"is_admin": "yes"}, "U1", False),
    ],
)
def test_who_somebody_is(told, name, manages):
    profile = read_profile(told, "U1", frozenset())
    assert (profile.name, profile.is_admin) == (name, manages)
    assert read_profile(told, "U1", frozenset({"U1"})).is_admin


def test_a_reply_line_has_five_uses_in_thirty_minutes():
    line = inbound.read_command(COMMAND, NOON).line
    assert line.is_open(NOON + timedelta(minutes=29, seconds=59))
    assert not line.is_open(NOON + timedelta(minutes=30))
    for _ in range(5):
        assert line.is_open(NOON)
        line = line.used()
    assert not line.is_open(NOON)


def test_recent_deliveries_are_kept_in_bounded_memory():
    recent = Recent(size=2)
    assert [recent.first(key) for key in ("a", "b", "a", "c", "a")] == [True, True, False, True, True]


async def test_a_channel_that_was_quiet_does_not_wait():
    clock = FakeClock()
    pace = Pace(clock)
    await pace.turn(channel_of("T1", "C1"))
    await clock.advance(1)
    await pace.turn(channel_of("T1", "C1"))
    assert pace.held_s("T1", "chat.update") == 0
    pace.hold("T1", "chat.update", 5)
    assert pace.held_s("T1", "chat.update") == 5
    assert pace.held_s("T2", "chat.update") == 0
