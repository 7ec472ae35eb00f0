"""Installing, tokens that rotate, and being put out."""

from datetime import timedelta

import pytest

from adapters.slack.client import SlackClient
from adapters.slack.ids import channel_of, community_of
from bot.domain.errors import SettingError
from bot.settings import read_settings
from tests.acceptance.table import PlainChance
from tests.adapters.slack.test_delivery import CARD
from tests.adapters.slack.test_games import install

MANY = {
    "SLACK_BOT_TOKEN": "",
    "SLACK_CLIENT_ID": "client",
    "SLACK_CLIENT_SECRET": "client secret",
    "LALABOT_SECRET_KEY": "a key of the operator's",
}


@pytest.fixture
async def many(make):
    return await make(**MANY)


async def test_oauth_from_the_page_to_the_first_answer(many, fake):
    status, page, _, _ = await install(many, fake, "T1")
    assert status == 200
    assert "Thank you" in page
    await many.command("Ana", "/quiz me")
    assert "Your record, Ana" in many.told("Ana")[-1].text


async def test_a_state_is_good_for_one_use(many, fake):
    _, _, state, cookie = await install(many, fake, "T1")
    fake.codes["again"] = fake.teams["T1"]
    assert await redirect(many, fake, state, cookie) == 401
    assert "again" in fake.codes, "the code was not even asked about"


@pytest.mark.parametrize("fault", ["forged", "another browser", "late", "refused code", "cancelled"])
async def test_an_installation_with_a_fault_installs_nothing(many, fake, clock, fault):
    async with fake.session.get(f"{many.base}/slack/install") as response:
        cookie = response.headers["Set-Cookie"].partition(";")[0]
    state = cookie.partition("=")[2].strip('"')
    more = {}
    if fault == "forged":
        state, cookie = "made up", "slack-app-oauth-state=made up"
    elif fault == "another browser":
        cookie = ""
    elif fault == "late":
        await clock.advance(601)
    elif fault == "cancelled":
        more = {"error": "access_denied"}
    if fault != "refused code":
        fake.codes["again"] = fake.teams["T1"]
    status = await redirect(many, fake, state, cookie, **more)
    assert status in {200, 400, 401}
    async with many.store.view() as work:
        assert await work.installations.communities(platform="slack") == ()


async def redirect(world, fake, state, cookie, **more):
    params = {"code": "again", "state": state} | more
    url = f"{world.base}/slack/oauth_redirect"
    async with fake.session.get(url, params=params, headers={"Cookie": cookie}) as response:
        return response.status


async def test_tokens_are_not_in_the_database_in_the_clear(many, fake):
    fake.teams["T1"].refresh = "refresh-1"
    await install(many, fake, "T1")
    async with many.store.view() as work:
        stored = await work.installations.load(community_of("T1"))
    assert fake.teams["T1"].token not in stored.sealed
    assert "refresh" not in stored.sealed
    assert "xox" not in stored.sealed


async def test_another_key_opens_nothing_and_an_old_one_still_opens(make, many, fake, caplog):
    await install(many, fake, "T1")
    added = await make(**MANY | {"LALABOT_SECRET_KEY": "another newer key,a key of the operator's"})
    assert await added.bot.client.kit.workspaces.find("T1")
    lost = await make(**MANY | {"LALABOT_SECRET_KEY": "quite another key"})
    assert await lost.bot.client.kit.workspaces.find("T1") is None
    assert "LALABOT_SECRET_KEY" in caplog.text


async def test_a_token_rotates_before_an_answer_and_before_a_post_of_its_own(many, fake, clock):
    fake.teams["T1"].refresh = "refresh-1"
    await install(many, fake, "T1")
    assert fake.rotations == 0
    await clock.advance(9 * 3600)
    await many.bot.client.gateway.post(channel_of("T1", "C1"), CARD, key="k1")
    assert fake.rotations == 0, "it is still good for three hours"
    await clock.advance(2 * 3600)
    await many.bot.client.gateway.post(channel_of("T1", "C1"), CARD, key="k2")
    assert fake.rotations == 1
    await clock.advance(40 * 3600)
    await many.bot.client.gateway.post(channel_of("T1", "C1"), CARD, key="k3")
    assert fake.rotations == 2
    assert len(many.seen_by_all()) == 3


async def test_two_processes_that_rotate_at_once_both_go_on(make, many, fake, clock):
    fake.teams["T1"].refresh = "refresh-1"
    await install(many, fake, "T1")
    other = await make(**MANY)
    await other.bot.client.kit.workspaces.find("T1")
    await clock.advance(11 * 3600)
    await many.bot.client.gateway.post(channel_of("T1", "C1"), CARD, key="k1")
    await other.bot.client.gateway.post(channel_of("T1", "C1"), CARD, key="k2")
    assert fake.rotations == 1
    assert len(many.seen_by_all()) == 2


async def test_authorization_asks_slack_once(world, fake, clock):
    for _ in range(5):
        await world.command("Ana", "/quiz me")
        await clock.advance(30)
    assert len([call for call in fake.calls if call[0] == "auth.test"]) == 1
    assert len([call for call in fake.calls if call[0] == "users.info"]) == 2, "Ana, and the bot for its language"


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["ULALABOT"], "oauth": []}}]
)
async def test_an_uninstallation_in_the_middle_of_a_game_ends_it_and_forgets_the_token(many, fake, clock, event):
    await install(many, fake, "T1")
    await clock.advance(2)
    await many.command("Ana", "/quiz 3")
    await clock.advance(6)
    await many.command("Mo", "/lala daily on time=9:00 zone=Lisbon")
    fake.teams["T1"].alive = False
    await many.event(event)
    await clock.advance(60)
    async with many.store.view() as work:
        assert await work.installations.load(community_of("T1")) is None
        assert await work.games.waking(until=None) == ()
        daily = await work.dailies.load(channel_of("T1", "C1"))
        assert daily.state != "on"
    count = len(fake.messages)
    await clock.advance(3 * 86_400)
    await many.bot.lalabot.tick()
    await clock.advance(0)
    assert len(fake.messages) == count


async def test_a_persons_own_token_that_is_revoked_changes_nothing(many, fake):
    await install(many, fake, "T1")
    await many.event({"type": "tokens_revoked", "tokens": {"oauth": ["UANA"], "bot": []}})
    assert await many.bot.client.kit.workspaces.find("T1")


async def test_an_uninstallation_told_again_does_not_put_out_who_installed_again(many, fake, clock):
    await install(many, fake, "T1")
    await clock.advance(5)
    told = fake.event_payload({"type": "app_uninstalled"})
    await many.send(told)
    assert await many.bot.client.kit.workspaces.find("T1") is None
    await clock.advance(60)
    await install(many, fake, "T1")
    many.bot.client.kit.workspaces.distrust("T1")
    told_again = {**told, "event_id": "another process sees it"}
    await many.send(told_again, headers={"X-Slack-Retry-Num": "2"})
    assert await many.bot.client.kit.workspaces.find("T1")


async def test_who_installs_again_gets_their_schedules_back(many, fake, clock):
    await install(many, fake, "T1")
    await many.command("Mo", "/lala daily on time=9:00 zone=Lisbon")
    await clock.advance(5)
    await many.event({"type": "app_uninstalled"})
    await clock.advance(60)
    await install(many, fake, "T1")
    async with many.store.view() as work:
        assert (await work.dailies.load(channel_of("T1", "C1"))).state == "on"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET"),
        ({"LALABOT_SECRET_KEY": ""}, "LALABOT_SECRET_KEY"),
        ({"LALABOT_SECRET_KEY": "short"}, "16 characters"),
    ],
)
async def test_settings_that_do_not_go_together_are_said_at_the_start(store, clock, settings, told):
    with pytest.raises(SettingError, match=told):
        SlackClient(read_settings(MANY | settings, {}), store, clock, PlainChance())


async def test_a_refused_token_of_the_settings_is_said_at_the_start(store, clock, fake):
    settings = read_settings({"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_API_URL": fake.api}, {})
    client = SlackClient(settings, store, clock, PlainChance())
    with pytest.raises(SettingError, match="SLACK_BOT_TOKEN"):
        await client.start()
    await client.close()


async def test_cached_installations_are_looked_at_again(many, fake, clock):
    await install(many, fake, "T1")
    async with many.store.begin() as work:
        await work.installations.remove(community_of("T1"))
    assert await many.bot.client.kit.workspaces.find("T1")
    await clock.advance(timedelta(minutes=2).total_seconds())
    assert await many.bot.client.kit.workspaces.find("T1") is None


async def test_a_token_that_cannot_be_renewed_yet_is_used_while_it_lasts_and_asked_about_once_a_minute(
    many, fake, clock
):
    fake.teams["T1"].refresh = "refresh-1"
    await install(many, fake, "T1")
    await clock.advance(11 * 3600)
    fake.failures["oauth.v2.access"] += ["service_unavailable"] * 9
    asked = len(fake.calls)
    for number in range(3):
        await clock.advance(1)
        await many.bot.client.gateway.post(channel_of("T1", "C1"), CARD, key=f"k{number}")
    assert [method for method, _, _ in fake.calls[asked:]].count("oauth.v2.access") == 1
    fake.failures["oauth.v2.access"].clear()
    await clock.advance(61)
    await many.bot.client.gateway.post(channel_of("T1", "C1"), CARD, key="k9")
    assert fake.rotations == 1


async def test_a_workspace_of_the_settings_that_comes_back_gets_its_schedules_back(make, fake, clock):
    before = await make()
    await before.command("Mo", "/lala daily on time=9:00 zone=Lisbon")
    await clock.advance(5)
    await before.event({"type": "app_uninstalled"})
    await make()
    async with before.store.view() as work:
        assert (await work.dailies.load(channel_of("T1", "C1"))).state == "on"


async def test_settings_in_the_environment_do_not_reach_past_the_settings(make, fake, monkeypatch):
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "of the environment")
    world = await make()
    await world.command("Ana", "/quiz me")
    assert "Your record, Ana" in world.told("Ana")[-1].text
