"""App Home, the manifest, and what the operator is told."""

import json
import re
from pathlib import Path

import pytest

import adapters.slack
from adapters.slack.doctor import doctor_lines
from adapters.slack.manifest import EVENTS, SCOPES, manifest
from adapters.slack.words import WORDS
from bot.domain.language import Language
from bot.settings import read_settings
from tests.adapters.slack.fake_slack import Failure
from tests.adapters.slack.lint import texts_of
from tests.adapters.slack.test_workspaces import MANY

COMMITTED = Path(adapters.slack.__file__).parent / "manifest.json"


async def test_app_home_shows_ones_own_record_and_the_workspaces_standings(world, fake, clock):
    await world.command("Ana", "/quiz 1")
    await clock.advance(5)
    await world.press("Ana", world.question(), "the right one")
    await clock.advance(30)
    await world.event({"type": "app_home_opened", "user": "UANA", "tab": "home"})
    shown = "\n".join(texts_of(fake.homes["T1", "UANA"]))
    assert "Your record, Ana" in shown
    assert "Standings: the whole community, all time" in shown
    assert "/lalafact tells a fact" in shown
    assert fake.problems == []


async def test_app_home_speaks_the_readers_language(make, fake):
    fake.add_person("Rita", locale="pt-BR")
    world = await make()
    await world.event({"type": "app_home_opened", "user": "URITA", "tab": "home"})
    shown = "\n".join(texts_of(fake.homes["T1", "URITA"]))
    assert "lalabot neste workspace" in shown
    assert "Standings" not in shown


async def test_app_home_lists_the_daily_posts_and_a_manager_changes_them_there(world, fake, clock):
    await world.command("Mo", "/lala daily on time=9:00 zone=Lisbon")
    for name in ("Ana", "Mo"):
        await world.event({"type": "app_home_opened", "user": f"U{name.upper()}", "tab": "home"})
    rows = {
        name: next(b for b in fake.homes["T1", f"U{name}"]["blocks"] if b["type"] == "section")
        for name in ("ANA", "MO")
    }
    assert re.match(
        r"<#C1> · <!date\^\d+\^\{date_short_pretty} \{time}\|2026-11-23 09:00 UTC>", rows["ANA"]["text"]["text"]
    )
    assert "accessory" not in rows["ANA"]
    await world.send(home_press(fake, "Mo", rows["MO"]["accessory"]))
    view = fake.views[-1]
    wrong = await world.submit("Mo", view, time="25:99", zone="Europe/Lisbon", weekdays="mon", kind="fact")
    assert list(wrong.body["errors"]) == ["time"]
    forbidden = await world.submit("Ana", view, time="10:00", zone="Europe/Lisbon", weekdays="mon", kind="fact")
    assert forbidden.body["response_action"] == "errors"
    saved = await world.submit("Mo", view, time="10:30", zone="Europe/Lisbon", weekdays="mon-fri", kind="fact")
    assert saved.body["response_action"] == "update"
    shown = "\n".join(texts_of(fake.homes["T1", "UMO"]))
    assert "10:30 UTC" in shown
    assert fake.problems == []


def home_press(fake, name, button):
    trigger, _ = fake._base(name, "T1", "")
    return {
        "type": "block_actions",
        "user": {"id": f"U{name.upper()}", "username": name.lower(), "team_id": "T1"},
        "team": {"id": "T1"},
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": "home", "app_installed_team_id": "T1"},
        "trigger_id": trigger,
        "actions": [{"type": "button", "action_id": button["action_id"], "action_ts": "1700000000.1"}],
    }


async def test_the_messages_tab_asks_nothing(world, fake):
    await world.event({"type": "app_home_opened", "user": "UANA", "tab": "messages"})
    assert fake.homes == {}


async def test_an_event_delivered_again_is_dropped(world, fake):
    event = {"type": "app_home_opened", "user": "UANA", "tab": "home"}
    await world.event(event, event_id="Ev1")
    await world.event(event, event_id="Ev1")
    assert len([call for call in fake.calls if call[0] == "views.publish"]) == 1


def test_the_committed_manifest_is_current():
    assert COMMITTED.read_text() == manifest(read_settings({}, {}), socket=False)


@pytest.mark.parametrize("socket", [True, False])
def test_the_manifest_follows_the_settings(socket):
    settings = read_settings(
        MANY | {"LALABOT_COMMANDS": "quiz=lalaquiz", "LALABOT_PUBLIC_URL": "https://bot.example.org/"}, {}
    )
    told = json.loads(manifest(settings, socket=socket))
    assert [c["command"] for c in told["features"]["slash_commands"]] == ["/lalafact", "/lalaquiz", "/lala"]
    assert told["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert told["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)
    assert told["settings"]["socket_mode_enabled"] is socket
    assert ("https://bot.example.org/slack/events" in manifest(settings, socket=socket)) is not socket
    assert told["settings"]["token_rotation_enabled"] is not socket
    assert 174 <= len(told["display_information"]["long_description"]) <= 4000
    assert all(
        len(c["description"]) <= 2000 and len(c["usage_hint"]) <= 1000 for c in told["features"]["slash_commands"]
    )


def test_every_scope_has_its_reason():
    assert all(SCOPES.values())


def test_slacks_own_words_stand_in_every_language():
    assert set(WORDS[Language.EN]) == set(WORDS[Language.PT_BR])


def settings_of(fake, **more):
    return read_settings(
        {"SLACK_API_URL": fake.api, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"} | more, {}
    )


async def test_the_doctor_finds_all_well(world, fake, clock):
    settings = settings_of(fake, SLACK_SIGNING_SECRET="s", LALABOT_PUBLIC_URL=world.base)
    lines = await doctor_lines(settings, clock)
    assert any("the bot is lalabot in Team T1" in line for line in lines)
    assert any("scopes present: commands, chat:write" in line for line in lines)
    assert any("a socket can be opened" in line for line in lines)
    assert any("refuses what is not signed" in line for line in lines)
    bad = [line for line in lines if line.startswith("BAD")]
    assert [line for line in bad if "clock" not in line] == []


async def test_the_doctor_sees_a_clock_that_is_off(fake, clock):
    lines = await doctor_lines(settings_of(fake), clock)
    assert any(line.startswith("BAD") and "clock" in line and "NTP" in line for line in lines), (
        "the test's is hours off"
    )


@pytest.mark.parametrize(
    ("method", "failure", "told"),
    [
        ("auth.test", "invalid_auth", "SLACK_BOT_TOKEN is refused (invalid_auth)"),
        ("auth.test", Failure(500), "cannot be reached"),
        ("apps.connections.open", "not_allowed_token_type", "connections:write"),
    ],
)
async def test_the_doctor_says_what_to_do(fake, clock, method, failure, told):
    fake.failures[method] += [failure]
    assert any(told in line for line in await doctor_lines(settings_of(fake), clock) if line.startswith("BAD"))


async def test_the_doctor_names_missing_scopes_with_their_reasons(fake, clock, monkeypatch):
    monkeypatch.setattr("tests.adapters.slack.fake_slack.SCOPES", "commands,chat:write,channels:history")
    line = next(line for line in await doctor_lines(settings_of(fake), clock) if "scopes" in line)
    assert line.startswith("BAD")
    assert "users:read, for the name" in line


async def test_the_doctor_finds_no_way_in_and_no_token(clock):
    assert await doctor_lines(read_settings({}, {}), clock) == ("ok  Slack: no token, so it is left out",)
    lines = await doctor_lines(read_settings({"SLACK_SIGNING_SECRET": "s"}, {}), clock)
    assert "nothing can be answered" in lines[0]


async def test_the_doctor_counts_installations_and_names_missing_settings(fake, clock, store):
    many = MANY | {"SLACK_API_URL": fake.api, "SLACK_SIGNING_SECRET": "s", "LALABOT_PUBLIC_URL": "http://127.0.0.1:9"}
    lines = await doctor_lines(read_settings(many, {}), clock, store)
    assert any("0 workspaces have installed it" in line for line in lines)
    assert any(line.startswith("BAD") and "cannot be reached" in line for line in lines)
    lines = await doctor_lines(read_settings(many | {"LALABOT_SECRET_KEY": ""}, {}), clock, store)
    assert any("set LALABOT_SECRET_KEY too" in line for line in lines)
