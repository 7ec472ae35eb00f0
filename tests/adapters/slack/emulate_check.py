"""Installing the bot at somebody else's idea of Slack, npm's ``emulate``, and posting there: ``make slack-second-opinion``.

Our own fake knows what we believe of Slack; this is another's belief. The whole bot is composed as ever, with a database in memory, and
served on loopback; ``emulate`` (kept in ``.emulate/``, which alone needs the network, once) runs on loopback beside it with strict
scopes, and a person's browser goes from ``/slack/install`` over its consent page to ``/slack/oauth_redirect``.

One step is by hand: the page's link leads to slack.com, as it must, and the browser takes the same path and query to ``emulate``
instead, as a changed DNS would. ``SLACK_API_URL`` does not move that link: it may be a proxy that only the bot can reach.

``emulate`` tells nothing of slash commands, signed events, token rotation or Slack's pace; our fake alone stands for these.
"""

import asyncio
import json
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Final

from aiohttp import ClientConnectorError, ClientSession, ClientTimeout, CookieJar, DummyCookieJar, web
from yarl import URL

from adapters.slack.client import SlackBot, create
from adapters.slack.ids import PLATFORM, channel_of, community_of
from adapters.slack.manifest import SCOPES
from adapters.slack.oauth import INSTALL_PATH, REDIRECT_PATH
from bot.app.cards import notice
from bot.domain.language import Language
from bot.settings import Settings, read_settings

VERSION: Final = "0.11.2"
HOME: Final = Path(__file__).resolve().parents[3] / ".emulate"
PACKAGE: Final = HOME / "node_modules" / "emulate"
INSTALL_TIMEOUT_S: Final = 180
WALK_TIMEOUT_S: Final = 60
LOOPBACK: Final = "127.0.0.1"
TEAM: Final = "T000000001"  # emulate names its workspace and its #general itself
GENERAL: Final = "C000000001"
INSTALLER: Final = "ana"
READER: Final = "xoxp-who-reads-the-channel"
CLIENT_ID: Final = "123.456"
CLIENT_SECRET: Final = "a secret between lalabot and emulate"
AUTHORIZE: Final = URL("https://slack.com/oauth/v2/authorize")
COOKIE: Final = "slack-app-oauth-state"
# By itself emulate listens on every interface; and it ends with us, however we end.
PRELUDE: Final = """
const { Server } = require("node:net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (port) { return listen.call(this, port, "127.0.0.1"); };
process.stdin.resume().on("end", () => process.exit());
"""


class Failed(Exception):
    """A check did not hold; those after it would tell nothing."""


def check(rule: str, *, holds: bool, shown: object = "") -> None:
    print(f"{'ok ' if holds else 'BAD'} {rule}" + ("" if holds else f": {shown}"), flush=True)
    if not holds:
        raise Failed(rule)


@dataclass(frozen=True, slots=True)
class Walk:
    """``browser`` is the installer's and keeps cookies; ``stranger`` keeps none."""

    bot: SlackBot
    ours: URL
    theirs: URL
    browser: ClientSession
    stranger: ClientSession

    async def install_link(self) -> URL:
        """Where our page sends the browser."""
        async with self.browser.get(self.ours.with_path(INSTALL_PATH)) as response:
            page = await response.text()
        found = re.search(r'<a href="([^"]+)"', page)
        check("our page has the link to Slack", holds=response.status == 200 and found is not None, shown=page)
        return URL(unescape(found[1] if found else ""))

    async def consent(self, link: URL) -> URL:
        """Where Slack sends the browser once the installer has agreed; not followed."""
        there = self.theirs.with_path(link.path).with_query(link.query)
        async with self.browser.get(there) as response:
            page = await response.text()
        check("emulate knows the app and its redirect", holds="Authorize <strong>lalabot" in page, shown=page[-600:])
        forms = re.findall(r'<form[^>]*action="([^"]+)">(.*?)</form>', page, re.DOTALL)
        action, form = next((action, form) for action, form in forms if f">{INSTALLER}<" in form)
        fields = {unescape(k): unescape(v) for k, v in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}
        async with self.browser.post(self.theirs.join(URL(action)), data=fields, allow_redirects=False) as response:
            back = URL(response.headers.get("Location", ""), encoded=True)
        right = back.with_query(None) == self.ours.with_path(REDIRECT_PATH) and bool(back.query.get("code"))
        check("consent leads back to our redirect with a code", holds=right, shown=back)
        return back

    async def refused(self, rule: str, back: URL, *, cookie: str, reason: str) -> None:
        """Nothing is stored, or what is stored stays."""
        before = await self.stored()
        headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        async with self.stranger.get(back, headers=headers) as response:
            page = await response.text()
        told = response.status in {400, 401} and reason in page
        check(rule, holds=told and await self.stored() == before, shown=f"{response.status} {page}")

    async def stored(self) -> Mapping[str, str]:
        """What the database holds, sealed, by community."""
        async with self.bot.store.view() as work:
            communities = await work.installations.communities(platform=PLATFORM)
            found = [await work.installations.load(community) for community in communities]
        return {installation.community: installation.sealed for installation in found if installation}

    async def history(self) -> list[dict[str, Any]]:
        """The newest first, read by a member of the channel: the bot asks for no such scope."""
        url, headers = self.theirs.with_path("/api/conversations.history"), {"Authorization": f"Bearer {READER}"}
        async with self.stranger.post(url, data={"channel": GENERAL}, headers=headers) as response:
            answer = await response.json()
        check("emulate tells the channel's history", holds=answer.get("ok") is True, shown=answer)
        messages: list[dict[str, Any]] = answer["messages"]
        return messages


async def walk(way: Walk) -> None:
    link = await way.install_link()
    check("the link is Slack's OAuth v2 page", holds=link.with_query(None) == AUTHORIZE, shown=link)
    check("the link asks for the manifest's scopes", holds=link.query["scope"] == ",".join(SCOPES), shown=link)
    back = await way.consent(link)
    state = link.query["state"]
    check("the state comes back unchanged", holds=back.query["state"] == state, shown=back)
    await refuse_forgeries(way, back, state)
    async with way.browser.get(back) as response:
        page = await response.text()
    done = response.status == 200 and "Thank you" in page
    check("the installer's own browser installs, with the code that no forgery has spent", holds=done, shown=page)
    await look_at_installation(way)
    again = await way.consent(link)
    fresh = again.query["code"] != back.query["code"]
    check("emulate gives a new code for the same link", holds=fresh, shown=again)
    await way.refused("a reused state is refused, even with a new code", again, cookie=state, reason="invalid_state")
    other = (await way.install_link()).query["state"]
    made_up = back.with_query(code="made up", state=other)
    await way.refused("a code that emulate refuses installs nothing", made_up, cookie=other, reason="invalid_code")
    await post_and_edit(way)


async def refuse_forgeries(way: Walk, back: URL, state: str) -> None:
    check("nothing is stored before the installation", holds=await way.stored() == {})
    forged = back.update_query(state="forged")
    await way.refused("a forged state is refused", forged, cookie="forged", reason="invalid_state")
    changed = state[:-6] + ("A" if state[-6] != "A" else "B") + state[-5:]
    await way.refused(
        "a state with one letter changed is refused",
        back.update_query(state=changed),
        cookie=changed,
        reason="invalid_state",
    )
    await way.refused("another browser is refused", back, cookie="", reason="invalid_browser")


async def look_at_installation(way: Walk) -> None:
    stored = await way.stored()
    check("one workspace is stored", holds=list(stored) == [community_of(TEAM)], shown=list(stored))
    workspaces = way.bot.client.kit.workspaces
    # Otherwise what is remembered would be told, not what is stored.
    workspaces.distrust(TEAM)
    found = await workspaces.find(TEAM)
    assert found is not None
    check("its token is not in the database in the clear", holds=found.token not in stored[community_of(TEAM)])
    told = await workspaces.inspect(found.token)
    same = (told.team, told.bot_user, told.bot_id, told.name) == (TEAM, found.bot_user, found.bot_id, found.name)
    check("the stored token is the bot's in that workspace, by auth.test", holds=same and bool(found.bot_user))
    check("Slack granted the scopes of the manifest", holds=found.scopes == ",".join(SCOPES), shown=found.scopes)
    check("who installed it is known", holds=found.installer not in {"", found.bot_user}, shown=found.installer)


async def post_and_edit(way: Walk) -> None:
    """Through the gateway, in a channel that the bot is no member of."""
    gateway, channel = way.bot.client.gateway, channel_of(TEAM, GENERAL)
    card = notice(Language.EN, "A second opinion", "Here's to the ones who dream.")
    posted = await gateway.post(channel, card, key="second opinion")
    workspace = way.bot.client.kit.workspaces.at_hand(TEAM)
    newest = (await way.history())[0]
    by_us = (newest["ts"], newest["user"]) == (posted.message, workspace.bot_user if workspace else "")
    check("the post is in the channel, by the bot", holds=by_us, shown=newest)
    whole = "A second opinion" in newest["text"] and "ones who dream" in json.dumps(newest["blocks"])
    check("the post has its text and its blocks", holds=whole, shown=newest)
    await gateway.edit(channel, posted.message, notice(Language.EN, "A second opinion, edited"))
    messages = await way.history()
    edited = [m["ts"] for m in messages] == [posted.message] and "edited" in messages[0]["text"]
    check("an edit changes that one message", holds=edited, shown=messages)


def install() -> None:
    """Raises :class:`Failed` without npm or its registry; does nothing where it is there already."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise Failed("this needs Node 20 or newer with npm, see nodejs.org")
    manifest = PACKAGE / "package.json"
    if manifest.exists() and json.loads(manifest.read_text())["version"] == VERSION:
        return
    print(f"Installing emulate@{VERSION} into {HOME.name}/ …", flush=True)
    HOME.mkdir(exist_ok=True)
    options = ("--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    command = [npm, "install", "--prefix", str(HOME), *options, f"emulate@{VERSION}"]
    try:
        subprocess.run(command, check=True, timeout=INSTALL_TIMEOUT_S)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Failed(f"npm could not install emulate@{VERSION}") from error


def loopback_socket() -> socket.socket:
    """On a free port."""
    opened = socket.socket()
    opened.bind((LOOPBACK, 0))
    return opened


def seed(redirect: URL) -> Mapping[str, object]:
    app = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "app_id": "A1", "name": "lalabot"}
    return {
        "slack": {
            "team": {"name": "Seb's", "domain": "sebs"},
            "users": [{"name": INSTALLER, "real_name": "Ana", "email": "ana@example.com", "is_admin": True}],
            "oauth_apps": [app | {"redirect_uris": [str(redirect)], "scopes": list(SCOPES), "bot_name": "lalabot"}],
            "tokens": [{"token": READER, "user": "admin", "scopes": ["channels:history"]}],
            "strict_scopes": True,
        }
    }


@asynccontextmanager
async def emulate(redirect: URL) -> AsyncIterator[URL]:
    """Its address, once it answers."""
    with loopback_socket() as free:
        port = free.getsockname()[1]
    base = URL.build(scheme="http", host=LOOPBACK, port=port)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "prelude.cjs").write_text(PRELUDE)
        (folder / "seed.json").write_text(json.dumps(seed(redirect)))
        entry = ("--require", str(folder / "prelude.cjs"), str(PACKAGE / "dist" / "index.js"))
        options = ("start", "--service", "slack", "--port", str(port), "--seed", str(folder / "seed.json"))
        with (folder / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                "node", *entry, *options, cwd=folder, stdin=subprocess.PIPE, stdout=log, stderr=log
            )
        try:
            await until_it_answers(base, process, folder / "log")
            yield base
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def until_it_answers(base: URL, process: asyncio.subprocess.Process, log: Path) -> None:
    async with ClientSession(timeout=ClientTimeout(total=5)) as session:
        for _ in range(200):
            if process.returncode is not None:
                break
            try:
                async with session.post(base.with_path("/api/api.test")):
                    return
            except ClientConnectorError:
                await asyncio.sleep(0.1)
    raise Failed(f"emulate does not answer:\n{log.read_text(errors='replace')}")


@asynccontextmanager
async def served(settings: Settings, at: socket.socket) -> AsyncIterator[SlackBot]:
    bot = create(settings)
    app = web.Application()
    bot.add_routes(app)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        await bot.start()
        await web.SockSite(runner, at).start()
        yield bot
    finally:
        await runner.cleanup()
        await bot.stop()


async def main() -> None:
    install()
    async with asyncio.timeout(WALK_TIMEOUT_S):
        with loopback_socket() as at:
            ours = URL.build(scheme="http", host=LOOPBACK, port=at.getsockname()[1])
            async with emulate(ours.with_path(REDIRECT_PATH)) as theirs:
                values = {
                    "DATABASE_URL": "sqlite+aiosqlite://",
                    "SLACK_API_URL": str(theirs.with_path("/api/")),
                    "SLACK_SIGNING_SECRET": "signing secret",
                    "SLACK_CLIENT_ID": CLIENT_ID,
                    "SLACK_CLIENT_SECRET": CLIENT_SECRET,
                    "LALABOT_SECRET_KEY": "the key of a second opinion",
                    "LALABOT_PUBLIC_URL": str(ours.origin()),
                }
                # Browsers too take loopback for a safe origin, and send it cookies that are Secure.
                jar = CookieJar(unsafe=True, treat_as_secure_origin=ours.origin())
                async with (
                    served(read_settings(values, {}), at) as bot,
                    ClientSession(cookie_jar=jar) as browser,
                    ClientSession(cookie_jar=DummyCookieJar()) as stranger,
                ):
                    await walk(Walk(bot, ours, theirs, browser, stranger))


if __name__ == "__main__":
    # No proxy of the environment stands between two servers of this machine.
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = LOOPBACK
    # The bot's warnings of what is refused here are wanted.
    logging.disable(logging.WARNING)
    try:
        asyncio.run(main())
    except Failed as failed:
        sys.exit(f"Failed: {failed}")
    except TimeoutError:
        sys.exit(f"Failed: not done within {WALK_TIMEOUT_S} s")
    print(f"emulate@{VERSION} agrees")
